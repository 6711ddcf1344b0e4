/** CUDA, cuDNN, driver and compute-capability numbers: dotted numbers of any length. */
import coerce from 'semver/functions/coerce';
import compareSemver from 'semver/functions/compare';

/** `535.104.05` and `12.1` as semver; leading zeros are not allowed there. null when there is no number. */
function semver(version: string) {
  return coerce(version.replace(/(^|\.)0+(?=\d)/g, '$1'));
}

/** Order of two dotted versions (negative, 0, positive); null when one has no number. */
export function compareDotted(a: string, b: string): number | null {
  const left = semver(a);
  const right = semver(b);
  return left && right
    ? compareSemver(left, right) || fourth(a) - fourth(b)
    : null;
}

/** semver stops at three numbers; cuDNN has four, `8.6.0.163`. */
function fourth(version: string): number {
  return Number(/\d+\.\d+\.\d+\.(\d+)/.exec(version)?.[1] ?? 0);
}

/** Major number, `majorOf('12.1')` → 12; null when there is none. */
export function majorOf(version: string | null | undefined): number | null {
  return version ? (semver(version)?.major ?? null) : null;
}

/**
 * `cu121` → `12.1`, `cu102` → `10.2`, `cu92` → `9.2`, `pt26cu124` → `12.4`; `cuda12` → `12`, because jaxlib
 * names the major alone; null for labels that name no CUDA.
 */
export function cudaOfLabel(label: string | null | undefined): string | null {
  const match = /(?:^|[._-]|pt\d{2,3})cu(?:da)?(\d{2,3})(?:$|[._-]|cudnn)/.exec(
    label ?? ''
  );
  if (!match) {
    return null;
  }
  const digits = match[1];
  return digits.length === 2 && digits.startsWith('1')
    ? digits
    : `${digits.slice(0, -1)}.${digits.slice(-1)}`;
}

/** `sm_86` → [8, 6], `compute_90a` → [9, 0], `8.6` → [8, 6], `12.1` → [12, 1]; null when it is neither. */
export function capability(text: string): [number, number] | null {
  const arch = /^(?:sm|compute)_(\d+?)(\d)[af]?$/.exec(text);
  const dotted = /^(\d+)\.(\d)$/.exec(text);
  const match = arch ?? dotted;
  return match ? [Number(match[1]), Number(match[2])] : null;
}
