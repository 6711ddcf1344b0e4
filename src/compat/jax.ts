/** JAX and CUDA. */
import { compareVersions } from '../versions/pep440';
import { answer, atMost, isPreview, releaseOf } from './look';
import { JAX_FLAVOURS, JAX_RELEASES } from './tables.generated';
import type { IAnswer, IJaxRelease } from './types';

/** First release with CUDA 13 plugins, and the first whose CUDA comes as plugins only (CHANGELOG.md of jax-ml/jax). */
const SINCE: Readonly<Record<string, string>> = {
  cuda13: '0.7.2',
  cuda12: '0.4.30'
};

/** Extra of the newest CUDA flavour (`cuda12`) that driver, GPU and this JAX release serve; null when none does. */
export function jaxExtraFor(
  version: string,
  driverCudaMajor: number,
  capability: string | null
): IAnswer<string> | null {
  const row = JAX_FLAVOURS.find(
    one =>
      one.cuda <= driverCudaMajor &&
      (capability === null || atMost(one.capability, capability)) &&
      (compareVersions(version, SINCE[one.extra] ?? '9999') ?? -1) >= 0
  );
  return row ? answer(row.extra, row) : null;
}

/** What a JAX release asks of Python and NumPy, and of jaxlib in the patch release that was read; null: not known. */
export function jaxRelease(version: string): IAnswer<IJaxRelease> | null {
  const release = isPreview(version) ? null : releaseOf(version);
  const row = JAX_RELEASES.find(one => releaseOf(one.version) === release);
  return row ? answer(row, row) : null;
}
