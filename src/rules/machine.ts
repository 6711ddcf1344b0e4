/** What the rules about a broken driver or loader share: whom it stops, and whether a GPU is there at all. */
import type { View } from '../facts/view';
import { gpuBuilds, type IBuild } from './cuda';

/** CUDA builds that a broken machine stops; null when one was seen to compute, and then nothing is broken. */
export function stoppedBuilds(view: View): IBuild[] | null {
  const builds = gpuBuilds(view);
  return builds.some(one => view.seenWorking(one.name)) ? null : builds;
}

/** Whether an NVIDIA GPU or its driver shows itself; null when not known. */
export function hasNvidia(view: View): boolean | null {
  const gpu = view.facts.gpu;
  if (!gpu) {
    return null;
  }
  if (
    gpu.driver?.present === true ||
    (gpu.devices ?? []).length > 0 ||
    (gpu.nodes ?? []).some(node => /^\/dev\/nvidia\d/.test(node))
  ) {
    return true;
  }
  return gpu.driver?.present === false || gpu.devices !== null ? false : null;
}

/** Findings that follow from a driver that does not answer. */
export const DRIVER_SYMPTOMS: readonly string[] = [
  'cuda-newer-than-driver*',
  'cuda-minor-above-driver*',
  'gpu-build-without-driver*',
  'gpu-architecture-missing*',
  'cpu-build-on-gpu*'
];
