/** OpenMMLab: which mmcv a package accepts, and where its operators are compiled already. */
import { answer, releaseOf, rowOf } from './look';
import { MMCV_RANGES, MMCV_WHEELS } from './tables.generated';
import type { IAnswer, IMmcvWheel } from './types';

/** Specifier set of the mmcv that this release of mmdet checks for at its import; null: not known. */
export function mmcvFor(name: string, version: string): IAnswer<string> | null {
  const row = rowOf(
    MMCV_RANGES.filter(one => one.package === name),
    version
  );
  return row ? answer(row.mmcv, row) : null;
}

/**
 * Wheels with compiled operators for a torch and a CUDA, newest first.
 *
 * @param torch version, `2.4.1+cu121`
 * @param cuda `12.1`
 * @returns empty when no row names the pair: the page that lists them was seen in part only
 */
export function mmcvWheels(
  torch: string,
  cuda: string
): readonly IAnswer<IMmcvWheel>[] {
  const release = releaseOf(torch);
  const tag = `cu${cuda.replace('.', '')}`;
  return MMCV_WHEELS.filter(
    one => one.torch === release && one.cuda === tag
  ).map(one => answer(one, one));
}
