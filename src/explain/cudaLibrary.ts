/** CUDA libraries by file name: whose they are, who needs them here, and where copies lie. */
import type { View } from '../facts/view';
import { gpuBuilds } from '../rules/cuda';
import { dirname, kernelEnv } from '../rules/paths';
import type { IEvidence, IFix } from '../rules/types';
import { pipInstall } from '../rules/words';
import { text } from '../text/text';
import { majorOf } from '../versions/cuda';
import { satisfies } from '../versions/pep440';
import { cellFix } from './advice';
import type { IAdvice, ISeen } from './types';
import { distributionOf } from './names';

/** Parts of the names of NVIDIA's wheels, by the name of the library. */
const WHEELS: Readonly<Record<string, string>> = {
  cudart: 'cuda-runtime',
  nvrtc: 'cuda-nvrtc',
  cupti: 'cuda-cupti',
  cublas: 'cublas',
  cublasLt: 'cublas',
  cudnn: 'cudnn',
  cufft: 'cufft',
  curand: 'curand',
  cusolver: 'cusolver',
  cusparse: 'cusparse',
  nccl: 'nccl',
  nvJitLink: 'nvjitlink',
  nvToolsExt: 'nvtx',
  cusparseLt: 'cusparselt',
  cufile: 'cufile',
  nvshmem_host: 'nvshmem'
};

/** Libraries whose number is that of CUDA; the others count on their own. */
const COUNTS_LIKE_CUDA: ReadonlySet<string> = new Set([
  'cudart',
  'nvrtc',
  'cupti',
  'cublas',
  'cublasLt',
  'nvJitLink'
]);

/** A library as the loader asks for it. */
export interface ILibraryName {
  /** `libcublas.so.11` */
  readonly soname: string;
  /** `cublas`; cuDNN's parts are `cudnn`. */
  readonly family: string;
  /** Major CUDA version that it belongs to; null when its name does not tell. */
  readonly cuda: number | null;
}

/** Read a file name; null when it is none of CUDA. */
export function libraryName(file: string): ILibraryName | null {
  const match = /^lib([A-Za-z_]+?)\.so(?:\.(\d+))?/.exec(file);
  if (!match) {
    return null;
  }
  const family = match[1].startsWith('cudnn') ? 'cudnn' : match[1];
  if (!(family in WHEELS)) {
    return null;
  }
  const number = match[2] ? Number(match[2]) : null;
  const own =
    family === 'cufft' && number !== null
      ? // cuFFT 10 is that of CUDA 11, 11 that of CUDA 12.
        { 10: 11, 11: 12, 12: 13 }[number]
      : family === 'cusparse' && number === 11
        ? 11
        : COUNTS_LIKE_CUDA.has(family)
          ? number
          : null;
  return { soname: file, family, cuda: own ?? null };
}

/** The wheel that brings a library: `nvidia-cublas-cu11`; from CUDA 13 on without the number. */
export function wheelName(library: ILibraryName): string | null {
  const part = WHEELS[library.family];
  return library.cuda === null
    ? null
    : library.cuda < 13
      ? `nvidia-${part}-cu${library.cuda}`
      : `nvidia-${part}`;
}

/** What the facts tell of a library that could not be loaded. */
export function missingLibrary(file: string, seen: ISeen, view: View): IAdvice {
  const library = libraryName(file);
  if (!library) {
    return {};
  }
  const wheel = wheelName(library);
  const users = usersOf(library, seen, view);
  const pinned = wheel === null ? null : pinOf(view, wheel);
  const copies = copiesOf(view, library);
  const evidence: IEvidence[] = [
    ...users.evidence,
    ...copies.evidence,
    ...(pinned
      ? [
          {
            text: text('%1 requires %2', pinned.by, pinned.requirement),
            path: pinned.path
          }
        ]
      : [])
  ];
  return {
    about: [...users.names, ...(wheel ? [wheel] : [])],
    evidence,
    fix:
      copies.fix ??
      (pinned?.unmet ? cellFix([pipInstall(view, [pinned.requirement])]) : null)
  };
}

/** Frameworks here that were built for the library's CUDA; else those of the traceback. */
function usersOf(
  library: ILibraryName,
  seen: ISeen,
  view: View
): { names: string[]; evidence: IEvidence[] } {
  const raised = seen.packages
    .slice(0, 1)
    .map(name => distributionOf(name, view));
  const builds = gpuBuilds(view).filter(
    one => library.cuda !== null && majorOf(one.cuda) === library.cuda
  );
  return {
    names: [...new Set([...raised, ...builds.map(one => one.distribution)])],
    evidence: builds.map(one => one.evidence)
  };
}

/** The exact version of a wheel that an installed package asks for. */
function pinOf(
  view: View,
  wheel: string
): { by: string; requirement: string; path: string; unmet: boolean } | null {
  for (const [name, [first]] of view.names()) {
    const wanted = view
      .requirements(first.value)
      .find(one => one.name === wheel && one.specifier !== '');
    if (wanted) {
      const version = view.dist(wheel)?.value.version;
      return {
        by: `${name} ${first.value.version ?? '?'}`,
        requirement: `${wheel}${wanted.specifier}`,
        path: `${first.path}/requires`,
        unmet: !version || satisfies(version, wanted.specifier) === false
      };
    }
  }
  return null;
}

/** Copies of the family on disk. One of the right name only has to be found. */
function copiesOf(
  view: View,
  library: ILibraryName
): { evidence: IEvidence[]; fix: IFix | null } {
  const all = (view.facts.cuda_libraries ?? [])
    .map((value, i) => ({ value, path: `/cuda_libraries/${i}` }))
    .filter(({ value }) => value.family === library.family.toLowerCase());
  const same = all.find(
    ({ value }) =>
      value.soname === library.soname &&
      ['environment', 'wheel', 'usr-local-cuda'].includes(value.origin)
  );
  const folders = [
    ...(same ? [dirname(same.value.path)] : []),
    ...(view.environ('LD_LIBRARY_PATH') ?? '').split(':').filter(one => one)
  ];
  return {
    evidence: all.slice(0, 3).map(({ value, path }) => ({
      text: value.distribution
        ? text('%1 of %2 is %3', value.soname, value.distribution, value.path)
        : text('%1 is %2', value.soname, value.path),
      path
    })),
    fix: same
      ? {
          commands: [
            kernelEnv({ LD_LIBRARY_PATH: [...new Set(folders)].join(':') })
          ],
          where: 'kernelspec',
          restart: true,
          safety: 'review'
        }
      : null
  };
}
