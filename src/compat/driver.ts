/** The NVIDIA driver and CUDA. */
import { majorOf } from '../versions/cuda';
import { answer, atMost } from './look';
import { DRIVER_BRANCHES, DRIVER_MINIMUMS } from './tables.generated';
import type { IAnswer } from './types';

/** Oldest driver for any CUDA of this major; null when the table does not say. @param system as `platform.system()` */
export function driverMinimum(
  cudaMajor: number,
  system: string
): IAnswer<string> | null {
  const row = DRIVER_MINIMUMS.find(one => one.cuda === cudaMajor);
  const version = system === 'Windows' ? row?.windows : row?.linux;
  return row && version ? answer(version, row) : null;
}

/** Newest CUDA that this driver serves, by its branch (`535.104.05` → `12.2`); null for a branch no row names. */
export function driverServes(driverVersion: string): IAnswer<string> | null {
  const branch = majorOf(driverVersion);
  const row = DRIVER_BRANCHES.find(one => one.branch === branch);
  return row ? answer(row.cuda, row) : null;
}

/** Whether a driver runs a build of this CUDA: from CUDA 11 on the major decides, before it the minor too. */
export function cudaFits(cuda: string, driverCuda: string): boolean {
  const wanted = majorOf(cuda);
  const served = majorOf(driverCuda);
  if (wanted === null || served === null) {
    return false;
  }
  return wanted === served && wanted < 11
    ? atMost(cuda, driverCuda)
    : wanted <= served;
}
