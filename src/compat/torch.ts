/** PyTorch: its releases, its companions and the GPU code in its wheels. A version that no row names is unknown. */
import {
  compareVersions,
  publicVersion,
  releasePrefix,
  satisfies
} from '../versions/pep440';
import { cudaFits } from './driver';
import { archSupports } from './gpu';
import { answer, atMost, isPreview, releaseOf } from './look';
import {
  TORCH_ARCHS,
  TORCH_DEFAULTS,
  TORCH_PAIRINGS,
  TORCH_RELEASES
} from './tables.generated';
import type {
  IAnswer,
  ITorchArchs,
  ITorchPairing,
  ITorchRelease
} from './types';

/** Where a wheel runs. */
export type WheelPlatform = ITorchArchs['platforms'][number];

/** The specifier that torch must satisfy beside this companion; empty: any will do. null: not known. */
export function pairsWithTorch(
  name: string,
  version: string
): IAnswer<string> | null {
  const row = isPreview(version) ? null : pairing(name, version);
  return row ? answer(row.torch, row) : null;
}

function pairing(name: string, version: string): ITorchPairing | null {
  const full = releasePrefix(version, 3);
  const release = releaseOf(version);
  const rows = TORCH_PAIRINGS.filter(row => row.package === name);
  return (
    rows.find(row => row.version === full) ??
    rows.find(row => row.version === release) ??
    null
  );
}

/**
 * Specifiers of the companions that were released for this torch, by name: `==0.20.1` where a wheel pins this
 * very version, else `==0.18.*`, to be asked for together with the torch version.
 */
export function torchPair(
  version: string
): Readonly<Record<string, IAnswer<string>>> {
  const result: Record<string, IAnswer<string>> = {};
  const plain = publicVersion(version);
  if (isPreview(version)) {
    return result;
  }
  const known = TORCH_PAIRINGS.filter(
    row => row.torch !== '' && satisfies(plain, row.torch) === true
  );
  // Newest first in the data, and a companion without a pin comes after those that name this torch.
  const open = TORCH_PAIRINGS.filter(
    row => row.torch === '' && compareVersions(plain, row.version) !== null
  );
  for (const row of [...known, ...open]) {
    // An open-ended row (`>=2.3`) says what installs, not what was built for it.
    if (
      row.package in result ||
      (row.torch === '' && (compareVersions(plain, row.version) ?? -1) < 0)
    ) {
      continue;
    }
    result[row.package] = answer(companion(row, plain), row);
  }
  return result;
}

function companion(row: ITorchPairing, torch: string): string {
  if (row.exact && row.exact[1] === torch) {
    return `==${row.exact[0]}`;
  }
  return row.version.split('.').length > 2
    ? `==${row.version}`
    : `==${row.version}.*`;
}

/** Python range and stable CUDA versions of a release. */
export function torchRelease(version: string): IAnswer<ITorchRelease> | null {
  const release = releaseOf(version);
  const row = TORCH_RELEASES.find(one => one.version === release);
  return row ? answer(row, row) : null;
}

/** CUDA version of the Linux x86_64 wheel on the default package index. */
export function torchDefaultCuda(version: string): IAnswer<string> | null {
  const plain = publicVersion(version);
  const release = releaseOf(version);
  const row = isPreview(version)
    ? undefined
    : (TORCH_DEFAULTS.find(one => one.version === plain) ??
      TORCH_DEFAULTS.find(one => releaseOf(one.version) === release));
  return row ? answer(row.cuda, row) : null;
}

/** GPU architectures in the official wheel. null for what the table does not name exactly. */
export function torchArchs(
  version: string,
  cuda: string,
  platform: WheelPlatform
): IAnswer<readonly string[]> | null {
  const release = isPreview(version) ? null : releaseOf(version);
  const row = TORCH_ARCHS.find(
    one =>
      one.torch === release &&
      one.cuda === cuda &&
      one.platforms.includes(platform)
  );
  return row ? answer(row.archs, row) : null;
}

/** What a wheel must fit. */
export interface IWanted {
  /** Newest CUDA the driver serves, `12.2`. */
  readonly driverCuda: string;
  /** Compute capability, `8.9`; null: do not look. */
  readonly capability: string | null;
  /** `3.11.7`; null: do not look. */
  readonly python: string | null;
  readonly platform: WheelPlatform;
  /** Newest version wanted. */
  readonly atMost?: string;
}

/** Newest version whose wheel on the default package index fits; null when none is known to. */
export function torchWheelFor(wanted: IWanted): IAnswer<string> | null {
  const limit = wanted.atMost;
  const row = TORCH_DEFAULTS.find(
    one =>
      (limit === undefined ||
        (compareVersions(one.version, limit) ?? 1) <= 0) &&
      defaultFits(one.version, wanted)
  );
  return row ? answer(row.version, row) : null;
}

/** Whether the wheel of this version on the default package index is known to fit. */
export function defaultFits(version: string, wanted: IWanted): boolean {
  const cuda = torchDefaultCuda(version)?.value;
  if (!cuda || !cudaFits(cuda, wanted.driverCuda)) {
    return false;
  }
  const since = wanted.platform === 'linux_aarch64' ? '2.11' : '0';
  if (
    wanted.platform === 'windows' ||
    (compareVersions(publicVersion(version), since) ?? -1) < 0
  ) {
    // There the default index holds CPU builds.
    return false;
  }
  return fitsPython(version, wanted) && hasCode(version, cuda, wanted);
}

/** Newest stable CUDA of the same release that fits the driver and the GPU; null when none is known to. */
export function torchCudaFor(
  version: string,
  wanted: IWanted
): IAnswer<string> | null {
  const release = torchRelease(version);
  const cuda = [...(release?.value.cuda ?? [])]
    .reverse()
    .find(
      one => cudaFits(one, wanted.driverCuda) && hasCode(version, one, wanted)
    );
  return release && cuda ? { ...release, value: cuda } : null;
}

function hasCode(version: string, cuda: string, wanted: IWanted): boolean {
  if (wanted.capability === null) {
    return true;
  }
  const archs = torchArchs(version, cuda, wanted.platform);
  return (
    archs !== null && archSupports(archs.value, wanted.capability) === true
  );
}

function fitsPython(version: string, wanted: IWanted): boolean {
  const python = wanted.python;
  if (python === null) {
    return true;
  }
  const plain = publicVersion(version);
  const row = TORCH_DEFAULTS.find(
    one => one.version === plain || releaseOf(one.version) === releaseOf(plain)
  );
  const newest = torchRelease(version)?.value.python[1] ?? null;
  const minor = releaseOf(python);
  return (
    row !== undefined &&
    satisfies(python, row.python) === true &&
    (newest === null || (minor !== null && atMost(minor, newest)))
  );
}
