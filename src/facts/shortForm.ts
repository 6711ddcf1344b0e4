/**
 * The short form of contract.md section 3 → facts.
 *
 * Absent = not known; null or [] = looked for and not there.
 */
import { pypiNameOf } from '../compat/names';
import { cudaOfLabel } from '../versions/cuda';
import { localLabel } from '../versions/pep440';
import { normalise } from '../versions/requirement';
import * as make from './build';
import type { IDistribution, IFacts, IFramework } from './facts.generated';

/** The short form. */
export interface IShortForm {
  python?: string;
  environment?: 'conda' | 'venv' | 'uv' | 'system';
  packages?: {
    name: string;
    version: string;
    manager?: 'pip' | 'conda' | 'uv';
    requires?: string[];
  }[];
  conda?: { name: string; version: string; build?: string }[];
  imported?: string[];
  driver?: string | null;
  driver_cuda?: string | null;
  gpus?: { name: string; compute_capability?: string }[] | null;
  environ?: Record<string, string>;
  torch?: { version?: string; cuda?: string | null; archs?: string[] } | null;
  tensorflow?: {
    version?: string;
    cuda?: string | null;
    cudnn?: string | null;
  } | null;
  platform?: string;
  container?: boolean;
  wsl?: boolean;
}

const KEYS: readonly (keyof IShortForm)[] = [
  'python',
  'environment',
  'packages',
  'conda',
  'imported',
  'driver',
  'driver_cuda',
  'gpus',
  'environ',
  'torch',
  'tensorflow',
  'platform',
  'container',
  'wsl'
];

/** What is wrong with a value that should be the short form, or null when it is one. */
export function shortFormProblem(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return 'the facts must be an object';
  }
  const form = value as Record<string, unknown>;
  for (const key of ['python', 'environment', 'platform'] as const) {
    if (
      form[key] !== undefined &&
      form[key] !== null &&
      typeof form[key] !== 'string'
    ) {
      return `"${key}" must be a string`;
    }
  }
  for (const key of ['packages', 'conda'] as const) {
    const list = form[key];
    if (list === undefined || list === null) {
      continue;
    }
    if (
      !Array.isArray(list) ||
      list.some(
        entry =>
          typeof entry?.name !== 'string' || typeof entry?.version !== 'string'
      )
    ) {
      return `"${key}" must be a list of {name, version}`;
    }
  }
  for (const key of ['imported', 'gpus'] as const) {
    if (
      form[key] !== undefined &&
      form[key] !== null &&
      !Array.isArray(form[key])
    ) {
      return `"${key}" must be a list`;
    }
  }
  if (
    Array.isArray(form.gpus) &&
    form.gpus.some(g => typeof g?.name !== 'string')
  ) {
    return '"gpus" must be a list of {name, compute_capability}';
  }
  return KEYS.some(key => key in form) || Object.keys(form).length === 0
    ? null
    : 'this is neither a facts document nor the short form';
}

/** Turn the short form into facts. */
export function factsFromShortForm(form: IShortForm): IFacts {
  const result = make.unknownFacts();
  result.python = pythonOf(form);
  result.environment = form.environment
    ? make.environment(form.environment)
    : null;
  if (form.platform || form.container !== undefined || form.wsl !== undefined) {
    result.platform = make.platform(form.platform ?? null, {
      container: form.container ?? null,
      wsl: form.wsl ?? null
    });
  }
  result.packages = form.packages?.map(distOf) ?? null;
  result.conda = condaOf(form);
  result.frameworks = frameworksOf(form);
  result.gpu = gpuOf(form);
  result.environ = form.environ ?? null;
  result.modules =
    form.imported?.map(name => ({ name, version: null, file: null })) ?? null;
  return result;
}

function pythonOf(form: IShortForm): IFacts['python'] {
  if (!form.python && !form.platform) {
    return null;
  }
  const version = form.python ?? null;
  const platform = make.platform(form.platform ?? null);
  const markers: Record<string, string> = {
    implementation_name: 'cpython',
    platform_python_implementation: 'CPython'
  };
  if (version) {
    const [major, minor, patch] = version.split('.');
    markers.python_version = `${major}.${minor ?? '0'}`;
    markers.python_full_version = `${markers.python_version}.${patch ?? '0'}`;
  }
  if (platform.system) {
    markers.platform_system = platform.system;
    markers.sys_platform =
      platform.system === 'Windows' ? 'win32' : platform.system.toLowerCase();
    markers.os_name = platform.system === 'Windows' ? 'nt' : 'posix';
  }
  if (platform.machine) {
    markers.platform_machine =
      platform.machine === 'amd64' ? 'AMD64' : platform.machine;
  }
  return make.python(version, { markers });
}

function distOf(
  entry: NonNullable<IShortForm['packages']>[number]
): IDistribution {
  return make.dist(normalise(entry.name), entry.version, {
    project: entry.name,
    manager: entry.manager ?? null,
    installer: entry.manager ?? null,
    requires: entry.requires ?? null
  });
}

/** A conda record carries the Python distribution that the packages list under conda's hand. */
function condaOf(form: IShortForm): IFacts['conda'] {
  if (!form.conda) {
    return null;
  }
  const names = new Set(form.packages?.map(p => normalise(p.name)) ?? []);
  return {
    present: true,
    records: form.conda.map(entry => {
      const own = normalise(entry.name);
      const known = pypiNameOf(entry.name);
      const mapped = known ? known.value : own;
      return make.record(entry.name, entry.version, {
        build: entry.build ?? null,
        // The table's null is an answer: libtorch carries no distribution, whatever its name.
        python_name:
          mapped === null
            ? null
            : names.has(mapped)
              ? mapped
              : names.has(own)
                ? own
                : null
      });
    }),
    last_change: null,
    pinned: null
  };
}

function frameworksOf(form: IShortForm): IFramework[] | null {
  const list: IFramework[] = [];
  const versionOf = (...names: string[]) =>
    form.packages?.find(p => names.includes(normalise(p.name)));
  if (form.torch || versionOf('torch')) {
    const version = form.torch?.version ?? versionOf('torch')?.version ?? null;
    const label = version ? localLabel(version) : null;
    const build = condaBuild(form, 'pytorch');
    const cuda =
      form.torch?.cuda !== undefined
        ? form.torch.cuda
        : (cudaOfLabel(label) ?? build?.cuda ?? null);
    const cpu =
      form.torch?.cuda === null || label === 'cpu' || build?.cpu === true;
    list.push(
      make.framework('torch', version, {
        distribution: 'torch',
        local: label,
        cuda,
        backend: cuda
          ? 'cuda'
          : label?.startsWith('rocm')
            ? 'rocm'
            : cpu
              ? 'cpu'
              : null,
        gpu_build:
          cuda || label?.startsWith('rocm') ? true : cpu ? false : null,
        archs: form.torch?.archs ?? null
      })
    );
  }
  const tensorflow = versionOf(
    'tensorflow',
    'tensorflow-gpu',
    'tensorflow-cpu',
    'tf-nightly',
    'tensorflow-intel'
  );
  if (form.tensorflow || tensorflow) {
    const cuda = form.tensorflow?.cuda ?? null;
    const cpu =
      form.tensorflow?.cuda === null ||
      (!form.tensorflow &&
        tensorflow !== undefined &&
        normalise(tensorflow.name) === 'tensorflow-cpu');
    list.push(
      make.framework(
        'tensorflow',
        form.tensorflow?.version ?? tensorflow?.version ?? null,
        {
          distribution: tensorflow ? normalise(tensorflow.name) : 'tensorflow',
          cuda,
          cudnn: form.tensorflow?.cudnn ?? null,
          backend: cuda ? 'cuda' : cpu ? 'cpu' : null,
          gpu_build: cuda ? true : cpu ? false : null
        }
      )
    );
  }
  for (const name of [
    'torchvision',
    'torchaudio',
    'torchtext',
    'jax',
    'jaxlib',
    'keras',
    'xformers'
  ]) {
    const found = versionOf(name);
    if (found) {
      const label = localLabel(found.version);
      const cuda = cudaOfLabel(label);
      list.push(
        make.framework(name, found.version, {
          distribution: name,
          local: label,
          cuda,
          backend: cuda ? 'cuda' : label === 'cpu' ? 'cpu' : null,
          gpu_build: cuda ? true : label === 'cpu' ? false : null
        })
      );
    }
  }
  return list.length > 0 || form.packages ? list : null;
}

/** `py3.10_cuda12.1_cudnn8_0` and `cuda112py39h…` name the CUDA of a conda build; `cpu_…` says that there is none. */
function condaBuild(
  form: IShortForm,
  name: string
): { cuda: string | null; cpu: boolean } | null {
  const build = form.conda?.find(entry => entry.name === name)?.build;
  if (!build) {
    return null;
  }
  const dotted = /cuda_?(\d+\.\d+)/.exec(build);
  const packed = /cuda_?(\d{3})(?!\d)/.exec(build);
  return {
    cuda: dotted
      ? dotted[1]
      : packed
        ? `${packed[1].slice(0, 2)}.${packed[1].slice(2)}`
        : null,
    cpu: /(^|_)cpu(_|$|py)/.test(build)
  };
}

function gpuOf(form: IShortForm): IFacts['gpu'] {
  if (
    form.driver === undefined &&
    form.driver_cuda === undefined &&
    form.gpus === undefined
  ) {
    return null;
  }
  const known = form.driver !== undefined || form.driver_cuda !== undefined;
  const present =
    form.driver || form.driver_cuda || (form.gpus && form.gpus.length > 0);
  return {
    driver: make.driver(present ? true : known ? false : null, {
      version: form.driver ?? null,
      cuda: form.driver_cuda ?? null
    }),
    nvml: null,
    devices:
      form.gpus === undefined
        ? null
        : (form.gpus ?? []).map((g, index) =>
            make.gpu(g.name, g.compute_capability ?? null, { index })
          ),
    nodes: null,
    others: null
  };
}
