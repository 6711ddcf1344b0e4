/** What the code of old releases needs although their metadata do not say so. */
import { compareVersions, publicVersion } from '../versions/pep440';
import { answer } from './look';
import { CODE_NEEDS } from './tables.generated';
import type { IAnswer, ICodeNeed } from './types';

/** What the code of this release needs of `requirement`; null: nothing is known. */
export function codeNeeds(
  name: string,
  version: string,
  requirement: string
): IAnswer<ICodeNeed> | null {
  const row = CODE_NEEDS.find(
    one =>
      one.package === name &&
      one.requirement === requirement &&
      (compareVersions(publicVersion(version), one.before) ?? 0) < 0
  );
  return row ? answer(row, row) : null;
}
