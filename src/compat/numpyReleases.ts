/** Releases of NumPy: the Python they have wheels for, their C API, and what numba accepts. */
import { answer, atMost, isPreview, releaseOf } from './look';
import { NUMBA_NUMPY, NUMPY_C_API, NUMPY_RELEASES } from './tables.generated';
import type { IAnswer } from './types';

/** The last patch of each minor that has wheels for this Python, newest first. @param python null: for any */
export function numpyReleases(python: string | null): string[] {
  const minor = python === null ? null : releaseOf(python);
  return NUMPY_RELEASES.filter(
    one =>
      minor === null ||
      (atMost(one.python[0], minor) && atMost(minor, one.python[1]))
  ).map(one => one.version);
}

/** Version of the C API of a NumPy (`0xe` is 14); null for a release that no row names. */
export function numpyCApi(version: string): IAnswer<number> | null {
  const release = isPreview(version) ? null : releaseOf(version);
  const row = NUMPY_C_API.find(one => one.numpy === release);
  return row ? answer(row.api, row) : null;
}

/** Specifier set of the NumPy that a release of numba accepts in one of its patches; null: not known. */
export function numpyForNumba(version: string): IAnswer<string> | null {
  const release = isPreview(version) ? null : releaseOf(version);
  const row = NUMBA_NUMPY.find(one => one.numba === release);
  return row ? answer(row.numpy, row) : null;
}

/** Releases of numba with the NumPy that each accepts, oldest first. */
export function numbaReleases(): readonly { numba: string; numpy: string }[] {
  return NUMBA_NUMPY;
}
