/** NumPy 2. */
import { answer } from './look';
import { NUMPY2 } from './tables.generated';
import type { IAnswer } from './types';

/**
 * The first release of a package whose wheels work with NumPy 2; null: not known.
 *
 * @param system as `platform.system()`; null: only what holds on every system
 */
export function numpy2Since(
  name: string,
  system: string | null
): IAnswer<string> | null {
  const words: Readonly<Record<string, string>> = {
    Linux: 'linux',
    Darwin: 'macos',
    Windows: 'windows'
  };
  const word = words[system ?? ''];
  const row = NUMPY2.find(
    one =>
      one.package === name &&
      (one.platform === null ||
        (word !== undefined && one.platform.split('/').includes(word)))
  );
  return row ? answer(row.first, row) : null;
}
