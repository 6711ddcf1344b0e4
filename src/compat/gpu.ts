/** GPUs: which code runs on which, and the compute capability behind a product name. */
import { capability as numbersOf } from '../versions/cuda';
import { answer } from './look';
import { CUDA_ARCHS, GPU_NAMES } from './tables.generated';
import type { IAnswer, ICudaArchs } from './types';

const ARCH = /^(sm|compute)_(\d+?)(\d)([af]?)$/;

/**
 * Whether a list of architectures (`sm_80`, `compute_90`, `sm_90a`, `sm_100f`) holds code for a compute
 * capability (`8.9`). Compiled code runs within its major from its minor on, PTX (`compute_`) on everything
 * newer; `a` is for that one capability only, `f` for its family. null when nothing can be told.
 */
export function archSupports(
  archs: readonly string[],
  capability: string
): boolean | null {
  const gpu = numbersOf(capability);
  let known = false;
  for (const arch of archs) {
    const match = ARCH.exec(arch);
    if (!match || !gpu) {
      continue;
    }
    known = true;
    const [major, minor] = [Number(match[2]), Number(match[3])];
    const sameMajor = major === gpu[0] && minor <= gpu[1];
    const runs =
      match[4] === 'a'
        ? major === gpu[0] && minor === gpu[1]
        : match[1] === 'compute' && match[4] === ''
          ? major < gpu[0] || sameMajor
          : sameMajor;
    if (runs) {
      return true;
    }
  }
  return known ? false : null;
}

/** Compute capability by product name, for drivers that do not tell; null for a name that no pattern knows. */
export function computeCapabilityOf(name: string): IAnswer<string> | null {
  const row = GPU_NAMES.find(one => new RegExp(one.pattern).test(name));
  return row ? answer(row.capability, row) : null;
}

/** The generation of a compute capability, with the CUDA versions that support it. */
export function gpuGeneration(capability: string): IAnswer<ICudaArchs> | null {
  const row = CUDA_ARCHS.find(one => one.capabilities.includes(capability));
  return row ? answer(row, row) : null;
}
