/** Names of things that the facts name by key. */
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ICudaLibrary, IEnvironment } from '../facts/facts.generated';

/** Names of libraries as NVIDIA writes them; names are not translated. */
const FAMILIES: Readonly<Record<ICudaLibrary['family'], string>> = {
  cudart: 'CUDA runtime',
  cudnn: 'cuDNN',
  cublas: 'cuBLAS',
  nvjitlink: 'nvJitLink',
  cufft: 'cuFFT',
  cusparse: 'cuSPARSE',
  cusolver: 'cuSOLVER',
  curand: 'cuRAND',
  nccl: 'NCCL',
  nvrtc: 'NVRTC',
  cupti: 'CUPTI'
};

/** Name of a family of CUDA libraries. */
export function familyName(family: ICudaLibrary['family']): string {
  return FAMILIES[family] ?? family;
}

/** How a library would be found. */
export function originName(
  origin: ICudaLibrary['origin'],
  trans: TranslationBundle
): string {
  switch (origin) {
    case 'environment':
      return trans.__('environment');
    case 'wheel':
      return trans.__('wheel');
    case 'ld-cache':
      return trans.__('system');
    case 'usr-local-cuda':
      return '/usr/local/cuda';
    case 'mapped':
      return trans.__('this process');
    case 'LD_LIBRARY_PATH':
      return 'LD_LIBRARY_PATH';
  }
}

/** Who made the environment; null when that is not known. */
export function environmentKind(
  environment: IEnvironment,
  trans: TranslationBundle
): string | null {
  switch (environment.kind) {
    case 'conda':
    case 'venv':
    case 'uv':
      return environment.kind;
    case 'system':
      return trans.__('system');
    case null:
      return null;
  }
}

/** Name of a part of the facts, for people. */
export function partName(section: string, trans: TranslationBundle): string {
  switch (section) {
    case 'python':
      return trans.__('Interpreter');
    case 'environment':
      return trans.__('Environment');
    case 'platform':
      return trans.__('Platform');
    case 'packages':
    case 'leftovers':
    case 'shadows':
      return trans.__('Packages');
    case 'conda':
      return trans.__('conda records');
    case 'frameworks':
      return trans.__('Frameworks');
    case 'gpu':
      return trans.__('GPUs and driver');
    case 'cuda_libraries':
    case 'toolkits':
      return trans.__('CUDA libraries');
    case 'environ':
      return trans.__('Environment variables');
    case 'tools':
      return trans.__('Commands');
    case 'modules':
      return trans.__('Imported modules');
    default:
      return section;
  }
}
