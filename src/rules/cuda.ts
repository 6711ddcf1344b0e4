/** What the rules about CUDA ask of the facts: builds, the driver, the GPUs, where wheels run. */
import { driverServes } from '../compat/driver';
import { computeCapabilityOf } from '../compat/gpu';
import { torchDefaultCuda, type WheelPlatform } from '../compat/torch';
import type { IFramework } from '../facts/facts.generated';
import type { View } from '../facts/view';
import { text } from '../text/text';
import { cudaOfLabel, majorOf } from '../versions/cuda';
import { compareVersions, localLabel, publicVersion } from '../versions/pep440';
import type { IEvidence } from './types';

/** Frameworks that people compute with; the others hang on one of these. */
export const FRAMEWORKS: readonly string[] = [
  'torch',
  'tensorflow',
  'jax',
  'cupy'
];

/** A value and the fact it was read from. */
export interface IRead {
  readonly value: string;
  readonly evidence: IEvidence;
}

/** A GPU build of a framework. */
export interface IBuild {
  /** Import name. */
  readonly name: string;
  /** Distribution. */
  readonly distribution: string;
  readonly framework: IFramework;
  readonly path: string;
  /** CUDA version it was built for; null when not known. */
  readonly cuda: string | null;
  readonly evidence: IEvidence;
}

/** Whether pip or uv, and not conda, owns the copy that Python imports. */
export function isWheel(view: View, distribution: string): boolean {
  const manager = view.dist(distribution)?.value.manager;
  return manager === 'pip' || manager === 'uv';
}

/** Whether conda owns it. */
export function condaOwns(view: View, distribution: string): boolean {
  const manager = view.dist(distribution)?.value.manager ?? null;
  return (
    manager === 'conda' ||
    (manager === null && view.owner(distribution) !== null)
  );
}

/** Where a wheel for this machine runs; null when not known, or when there are none with CUDA. */
export function wheelPlatform(view: View): WheelPlatform | null {
  const system = view.facts.platform?.system;
  const machine = view.facts.platform?.machine?.toLowerCase();
  if (system === 'Windows') {
    return 'windows';
  }
  if (system !== 'Linux') {
    return null;
  }
  return machine === 'x86_64' || machine === 'amd64'
    ? 'linux_x86_64'
    : machine === 'aarch64' || machine === 'arm64'
      ? 'linux_aarch64'
      : null;
}

/** A directory of forward-compatibility libraries is in play: then the driver's own number is not the limit. */
function usesForwardCompatibility(view: View): boolean {
  const compat = /(?:^|[/:])compat(?:[/:]|$)/;
  return (
    compat.test(view.environ('LD_LIBRARY_PATH') ?? '') ||
    compat.test(view.facts.gpu?.driver?.library ?? '')
  );
}

/** Newest CUDA the driver serves, as it says itself or by its branch; null when not known. */
export function driverCuda(view: View): IRead | null {
  const driver = view.facts.gpu?.driver;
  if (!driver || driver.present === false || usesForwardCompatibility(view)) {
    return null;
  }
  if (driver.cuda) {
    return {
      value: driver.cuda,
      evidence: {
        text: driver.version
          ? text('driver %1 serves CUDA up to %2', driver.version, driver.cuda)
          : text('the driver serves CUDA up to %1', driver.cuda),
        path: '/gpu/driver/cuda'
      }
    };
  }
  const served = driver.version ? driverServes(driver.version) : null;
  return served && driver.version
    ? {
        value: served.value,
        evidence: {
          text: text(
            'driver %1 serves CUDA up to %2',
            driver.version,
            served.value
          ),
          path: '/gpu/driver/version'
        }
      }
    : null;
}

/** The GPU build of a framework; null when it is not installed, is none, or that is not known. */
export function gpuBuild(view: View, name: string): IBuild | null {
  const found = view.framework(name);
  if (!found || found.value.gpu_build === false) {
    return null;
  }
  const { value, path } = found;
  if (value.backend !== null && value.backend !== 'cuda') {
    return null;
  }
  const distribution = value.distribution ?? name;
  const own = value.cuda ?? cudaOfLabel(value.local);
  const cuda = own ?? cudaOfDefaultWheel(view, value, distribution);
  if (cuda === null && value.gpu_build !== true) {
    return null;
  }
  const label = `${distribution} ${value.version ?? '?'}`;
  return {
    name,
    distribution,
    framework: value,
    path,
    cuda,
    evidence: {
      text: own
        ? text(
            '%1 was built for CUDA %2 (%3)',
            label,
            own,
            value.source ?? 'metadata'
          )
        : cuda
          ? text('%1 is the wheel for CUDA %2', label, cuda)
          : text('%1 is a GPU build', label),
      path: value.version === null ? path : `${path}/version`
    }
  };
}

/** GPU builds of the frameworks people compute with. */
export function gpuBuilds(view: View): IBuild[] {
  return FRAMEWORKS.flatMap(name => gpuBuild(view, name) ?? []);
}

/**
 * Only the wheel on the default index carries a plain version number; the others have a label. CUDA packages of
 * another major beside it speak against that, and then nothing is known.
 */
function cudaOfDefaultWheel(
  view: View,
  framework: IFramework,
  distribution: string
): string | null {
  const version = framework.version;
  if (
    framework.name !== 'torch' ||
    version === null ||
    localLabel(version) !== null ||
    wheelPlatform(view) !== 'linux_x86_64' ||
    !isWheel(view, distribution)
  ) {
    return null;
  }
  const cuda = torchDefaultCuda(version)?.value ?? null;
  for (const [name] of view.names()) {
    const suffix = /^nvidia-.+-cu(\d\d)$/.exec(name);
    if (cuda && suffix && Number(suffix[1]) !== majorOf(cuda)) {
      return null;
    }
  }
  return cuda;
}

/** A GPU with its compute capability. */
export interface ICapable {
  readonly name: string;
  readonly capability: string;
  readonly evidence: IEvidence;
}

/** GPUs whose compute capability is known, from the driver or by name. */
export function capableGpus(view: View): ICapable[] {
  return (view.gpus ?? []).flatMap((gpu, i) => {
    const capability =
      gpu.compute_capability ??
      (gpu.name ? (computeCapabilityOf(gpu.name)?.value ?? null) : null);
    const name = gpu.name ?? 'GPU';
    return capability === null
      ? []
      : [
          {
            name,
            capability,
            evidence: {
              text: text('%1 has compute capability %2', name, capability),
              path: `/gpu/devices/${i}`
            }
          }
        ];
  });
}

/** Compute capability, when all GPUs have the same; null when they differ or one is not known. */
export function commonCapability(view: View): string | null {
  const all = capableGpus(view);
  const one = all[0]?.capability ?? null;
  return all.length === view.gpus?.length &&
    all.every(gpu => gpu.capability === one)
    ? one
    : null;
}

/** First two numbers: `12.1.105` → `12.1`. */
export function cudaMinor(version: string): string | null {
  return /^\d+\.\d+/.exec(version)?.[0] ?? null;
}

/** Whether a TensorFlow wheel finds the libraries of the nvidia wheels by itself, as it does from 2.14 on. */
export function tensorflowFindsWheels(version: string): boolean | null {
  const order = compareVersions(publicVersion(version), '2.14');
  return order === null ? null : order >= 0;
}
