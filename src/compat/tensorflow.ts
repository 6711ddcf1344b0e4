/** TensorFlow: CUDA and cuDNN of its GPU builds, and GPUs they lack code for. */
import { capability as numbersOf } from '../versions/cuda';
import { cudaFits } from './driver';
import { answer, atMost, isPreview, releaseOf } from './look';
import { TENSORFLOW_BUILDS, TENSORFLOW_GAPS } from './tables.generated';
import type { IAnswer, ITensorFlowBuild } from './types';

/** CUDA, cuDNN and Python of the official GPU build; null for a release that no row names. */
export function tensorflowBuild(
  version: string
): IAnswer<ITensorFlowBuild> | null {
  const release = isPreview(version) ? null : releaseOf(version);
  const row = TENSORFLOW_BUILDS.find(one => one.version === release);
  return row ? answer(row, row) : null;
}

/**
 * Newest release whose CUDA the driver serves, that has wheels for this Python and code for this GPU.
 *
 * @param python null: do not look
 * @param capability null: do not look
 */
export function tensorflowFor(
  driverCuda: string,
  python: string | null,
  capability: string | null = null
): IAnswer<ITensorFlowBuild> | null {
  const row = TENSORFLOW_BUILDS.find(
    one =>
      cudaFits(one.cuda, driverCuda) &&
      tensorflowRunsOn(one, python) &&
      (capability === null || tensorflowGap(one.version, capability) === null)
  );
  return row ? answer(row, row) : null;
}

/** Whether a release has wheels for this Python. @param python null: taken for granted */
export function tensorflowRunsOn(
  build: ITensorFlowBuild,
  python: string | null
): boolean {
  const minor = python === null ? null : releaseOf(python);
  return (
    minor === null ||
    (atMost(build.python[0], minor) && atMost(minor, build.python[1]))
  );
}

/** Whether the official wheels of a release lack code for a GPU or were seen to fail on it; null when no row says so. */
export function tensorflowGap(
  version: string,
  capability: string
): IAnswer<'missing' | 'trouble'> | null {
  const release = tensorflowBuild(version)?.value.version;
  const gpu = numbersOf(capability);
  if (!release || !gpu) {
    return null;
  }
  const row = TENSORFLOW_GAPS.find(
    one =>
      atMost(one.versions[0], release) &&
      (one.versions[1] === null || atMost(release, one.versions[1])) &&
      one.capabilities.some(
        entry => entry === capability || entry === `${gpu[0]}.x`
      )
  );
  return row ? answer(row.kind, row) : null;
}
