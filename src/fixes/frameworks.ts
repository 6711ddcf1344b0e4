/** The frameworks of a new environment: versions that its Python, the driver and the GPU take. Pure. */
import { cudaFits } from '../compat/driver';
import { jaxExtraFor } from '../compat/jax';
import {
  tensorflowBuild,
  tensorflowFor,
  tensorflowRunsOn
} from '../compat/tensorflow';
import {
  defaultFits,
  torchCudaFor,
  torchRelease,
  torchWheelFor
} from '../compat/torch';
import type { View } from '../facts/view';
import { commonCapability, driverCuda, wheelPlatform } from '../rules/cuda';
import { COMPANIONS, torchFamily, wantedHere } from '../rules/gpuFix';
import { compareDotted, majorOf } from '../versions/cuda';
import {
  compareVersions,
  publicVersion,
  releasePrefix,
  satisfies
} from '../versions/pep440';
import type { IAskedFor } from './asked';

/** Pythons that a new environment can have, newest first. */
const PYTHONS = ['3.14', '3.13', '3.12', '3.11', '3.10', '3.9', '3.8'];

/** Requirements of one framework. */
export interface IRequirements {
  readonly words: readonly string[];
  /** The backend of PyTorch's own index, `cu118`; null: the default index. */
  readonly backend: string | null;
}

/** Whether wheels of this package are known to refuse a Python, `3.12`. */
function refuses({ name, version, dist }: IAskedFor, minor: string): boolean {
  if (
    dist?.requires_python &&
    // The newest patch release of it.
    satisfies(`${minor}.99`, dist.requires_python) === false
  ) {
    return true;
  }
  if (version === null) {
    return false;
  }
  const range =
    name === 'torch'
      ? torchRelease(version)?.value.python
      : name === 'tensorflow'
        ? tensorflowBuild(version)?.value.python
        : undefined;
  const [oldest, newest] = range ?? [null, null];
  return (
    (oldest !== null && (compareDotted(minor, oldest) ?? 0) < 0) ||
    (newest !== null && (compareDotted(minor, newest) ?? 0) > 0)
  );
}

/** The Python for these packages: the present one, else the nearest older one, else a newer one. null: none is known. */
export function pythonFor(
  packages: readonly IAskedFor[],
  present: string | null
): string | null {
  const here = present === null ? null : releasePrefix(present, 2);
  const fits = (minor: string) => !packages.some(one => refuses(one, minor));
  if (here === null) {
    return PYTHONS.find(fits) ?? null;
  }
  const older = PYTHONS.filter(one => (compareDotted(one, here) ?? 0) < 0);
  const newer = PYTHONS.filter(
    one => (compareDotted(one, here) ?? 0) > 0
  ).reverse();
  return [here, ...older, ...newer].find(fits) ?? null;
}

/** Requirements of torch and its companions. @param python `3.11` */
export function torchWords(
  view: View,
  version: string,
  python: string | null
): IRequirements {
  const own = publicVersion(version);
  const here = wantedHere(view);
  const wanted = here && { ...here, python: python && `${python}.99` };
  if (!wanted || defaultFits(own, wanted)) {
    return { words: torchFamily(view, own), backend: null };
  }
  const cuda = torchCudaFor(own, wanted)?.value;
  if (cuda) {
    const backend = `cu${cuda.replace('.', '')}`;
    return { words: torchFamily(view, own), backend };
  }
  const other = torchWheelFor(wanted)?.value ?? own;
  return { words: torchFamily(view, other), backend: null };
}

/** Requirement of TensorFlow. */
export function tensorflowWord(
  view: View,
  version: string,
  python: string | null
): string {
  const own = publicVersion(version);
  const driver = driverCuda(view);
  if (!driver || wheelPlatform(view) !== 'linux_x86_64') {
    return `tensorflow==${own}`;
  }
  const build = tensorflowBuild(own)?.value;
  const keeps =
    !build ||
    (cudaFits(build.cuda, driver.value) && tensorflowRunsOn(build, python));
  const other = keeps
    ? null
    : tensorflowFor(driver.value, python, commonCapability(view))?.value
        .version;
  const release = other ?? own;
  const extra =
    (compareVersions(release, '2.14') ?? -1) >= 0 ? '[and-cuda]' : '';
  return `tensorflow${extra}==${release}${other ? '.*' : ''}`;
}

/** Requirement of JAX. */
export function jaxWord(view: View, version: string): string {
  const own = publicVersion(version);
  const major = majorOf(driverCuda(view)?.value);
  const extra =
    major !== null && view.facts.platform?.system === 'Linux'
      ? jaxExtraFor(own, major, commonCapability(view))?.value
      : undefined;
  return extra ? `jax[${extra}]==${own}` : `jax==${own}`;
}

/** Distributions that are settled together with a framework. */
export function framework(name: string): 'torch' | 'tensorflow' | 'jax' | null {
  return name === 'torch' || COMPANIONS.includes(name)
    ? 'torch'
    : name === 'tensorflow'
      ? 'tensorflow'
      : name === 'jax' || name === 'jaxlib'
        ? 'jax'
        : null;
}
