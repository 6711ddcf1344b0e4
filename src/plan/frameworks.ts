/** The frameworks after a plan: build, CUDA, GPU code, as far as version, label and tables tell. */
import { tensorflowBuild } from '../compat/tensorflow';
import { torchArchs, torchDefaultCuda } from '../compat/torch';
import { framework } from '../facts/build';
import type { IFacts, IFramework } from '../facts/facts.generated';
import { View } from '../facts/view';
import type { IInstallRequest } from '../recognise/types';
import { wheelPlatform } from '../rules/cuda';
import { CUPY, ONNXRUNTIME, TENSORFLOW } from '../rules/families';
import { cudaOfLabel } from '../versions/cuda';
import { compareVersions, localLabel, publicVersion } from '../versions/pep440';
import type { IPlanRow } from './types';

const IMPORTS: Readonly<Record<string, string>> = {
  torch: 'torch',
  torchvision: 'torchvision',
  torchaudio: 'torchaudio',
  torchtext: 'torchtext',
  torchdata: 'torchdata',
  jax: 'jax',
  jaxlib: 'jaxlib',
  keras: 'keras',
  'tf-keras': 'tf_keras',
  xformers: 'xformers',
  'flash-attn': 'flash_attn',
  bitsandbytes: 'bitsandbytes',
  triton: 'triton'
};

/** Import name of a framework's distribution; null for what is no framework. */
export function frameworkOf(distribution: string): string | null {
  if (TENSORFLOW.members.test(distribution)) {
    return 'tensorflow';
  }
  if (CUPY.members.test(distribution)) {
    return 'cupy';
  }
  if (ONNXRUNTIME.members.test(distribution)) {
    return 'onnxruntime';
  }
  return Object.prototype.hasOwnProperty.call(IMPORTS, distribution)
    ? IMPORTS[distribution]
    : null;
}

/** What decides about a build beside its version. */
export interface IBuildHints {
  /** conda makes the change: its build strings are not in a plan. */
  readonly conda: boolean;
  /** Another index than the default one was named: its address. */
  readonly indexes: readonly string[];
}

/** The hints in the requests. */
export function hintsOf(
  requests: readonly IInstallRequest[],
  conda: boolean
): IBuildHints {
  return {
    conda,
    indexes: requests.flatMap(one => [
      ...one.options.indexes,
      ...one.options.extraIndexes
    ])
  };
}

/** `…/whl/cu118` → `cu118`; null when no index tells. */
function labelOfIndex(indexes: readonly string[]): string | null {
  for (const address of indexes) {
    const match = /\/(cu\d{2,3}|cpu|rocm[\d.]+)(?:\/|$|[?#])/.exec(address);
    if (match) {
      return match[1];
    }
  }
  return null;
}

/** The frameworks after the rows. `after` has the new packages already. */
export function predictFrameworks(
  before: IFacts,
  after: IFacts,
  rows: readonly IPlanRow[],
  hints: IBuildHints
): IFramework[] | null {
  if (before.frameworks === null) {
    return null;
  }
  const view = new View(after);
  const result = new Map(before.frameworks.map(one => [one.name, one]));
  for (const row of rows) {
    const name = frameworkOf(row.name);
    if (name === null || row.from === row.to) {
      continue;
    }
    if (row.to !== null) {
      result.set(name, built(view, name, row.name, row.to, hints));
    } else if ((result.get(name)?.distribution ?? row.name) === row.name) {
      result.delete(name);
    }
  }
  const moved = rows.some(row => /^jax/.test(row.name) && row.from !== row.to);
  for (const name of moved ? ['jax', 'jaxlib'] : []) {
    const found = result.get(name);
    if (found) {
      result.set(name, { ...found, ...jaxBuild(view, hints) });
    }
  }
  return [...result.values()];
}

function built(
  view: View,
  name: string,
  distribution: string,
  to: string,
  hints: IBuildHints
): IFramework {
  const version = to === '' ? null : to;
  const found = framework(name, version, {
    distribution,
    metadata_version: version
  });
  if (version === null || hints.conda) {
    return found;
  }
  const own = localLabel(version);
  const family = /^torch/.test(name);
  const local = own ?? (family ? labelOfIndex(hints.indexes) : null);
  const result = { ...found, local: own };
  if (local !== null) {
    const more = ofLabel(local);
    return name === 'torch'
      ? withArchs(view, { ...result, ...more })
      : { ...result, ...more };
  }
  if (hints.indexes.length > 0) {
    return result;
  }
  if (name === 'torch') {
    return withArchs(view, { ...result, ...ofDefaultTorch(view, version) });
  }
  return name === 'tensorflow'
    ? { ...result, ...ofTensorFlow(view, distribution, version) }
    : result;
}

type Build = Partial<
  Pick<IFramework, 'backend' | 'cuda' | 'cudnn' | 'gpu_build'>
>;

function ofLabel(label: string): Build {
  const cuda = cudaOfLabel(label);
  if (cuda !== null) {
    return { backend: 'cuda', cuda, gpu_build: true };
  }
  if (/^rocm/.test(label)) {
    return { backend: 'rocm', gpu_build: true };
  }
  return label === 'cpu' ? { backend: 'cpu', gpu_build: false } : {};
}

/** The wheel on the default index: with CUDA on Linux x86_64, and on aarch64 from 2.11 on; without on Windows. */
function ofDefaultTorch(view: View, version: string): Build {
  const platform = wheelPlatform(view);
  if (platform === null) {
    return {};
  }
  const since = platform === 'linux_aarch64' ? '2.11' : '0';
  const order = compareVersions(publicVersion(version), since);
  if (platform === 'windows' || (order !== null && order < 0)) {
    return ofLabel('cpu');
  }
  const cuda = torchDefaultCuda(version)?.value ?? null;
  return cuda === null ? {} : { backend: 'cuda', cuda, gpu_build: true };
}

function withArchs(view: View, one: IFramework): IFramework {
  const platform = wheelPlatform(view);
  return platform && one.cuda !== null && one.version !== null
    ? {
        ...one,
        archs:
          torchArchs(one.version, one.cuda, platform)?.value.slice() ?? null
      }
    : one;
}

/** GPU code is in the wheels for Linux x86_64; for native Windows the last such release was 2.10. */
function ofTensorFlow(
  view: View,
  distribution: string,
  version: string
): Build {
  const row = tensorflowBuild(version)?.value;
  if (/-(cpu|intel|macos|cpu-aws|aarch64)$/.test(distribution)) {
    return ofLabel('cpu');
  }
  const platform = wheelPlatform(view);
  const order = compareVersions(publicVersion(version), '2.11');
  if (platform === 'windows' && order !== null && order >= 0) {
    return ofLabel('cpu');
  }
  return row &&
    platform === 'linux_x86_64' &&
    ownsGpuCode(distribution, version)
    ? { backend: 'cuda', cuda: row.cuda, cudnn: row.cudnn, gpu_build: true }
    : {};
}

/** Up to 1.14 (and in 2.0) the plain name is the CPU build. */
function ownsGpuCode(distribution: string, version: string): boolean {
  const order = compareVersions(publicVersion(version), '2.1');
  return (
    distribution === 'tensorflow-gpu' ||
    (distribution === 'tensorflow' && order !== null && order >= 0)
  );
}

/** JAX computes on what its plugins bring, as the probe reads it. */
function jaxBuild(view: View, hints: IBuildHints): Build {
  for (const [name] of view.names()) {
    const match = /^jax-(cuda|rocm)(\d+)-(?:plugin|pjrt)$/.exec(name);
    if (match) {
      return match[1] === 'cuda'
        ? { backend: 'cuda', cuda: match[2], gpu_build: true }
        : { backend: 'rocm', gpu_build: true };
    }
  }
  const version = view.dist('jaxlib')?.value.version;
  if (!version || hints.conda) {
    return { backend: null, cuda: null, gpu_build: null };
  }
  const label = localLabel(version);
  return label === null ? ofLabel('cpu') : ofLabel(label);
}
