/** CUDA libraries of which LD_LIBRARY_PATH puts another copy in front. */
import type { ICudaLibrary } from '../facts/facts.generated';
import type { View } from '../facts/view';
import { text } from '../text/text';
import { compareDotted, majorOf } from '../versions/cuda';
import { cudaMinor, type IBuild } from './cuda';
import { dirname, samePath } from './paths';
import type { IEvidence } from './types';

const VARIABLE = 'LD_LIBRARY_PATH';

/** A copy in front, and the one it hides. */
export interface IClash {
  /** Folder on LD_LIBRARY_PATH. */
  folder: string;
  /** File name or package, with its version. */
  found: string;
  wanted: string;
  /** Distribution that carries the other copy; null when not known. */
  distribution: string | null;
  older: boolean;
  /** Folder of the other copy; null when not known. */
  ownFolder: string | null;
  /** conda spec that brings the same version; null when conda owns neither. */
  spec: string | null;
  evidence: IEvidence;
}

/**
 * Order of two versions by their minor, null when one names a major only. Patches of a minor share their
 * symbols, and the number of a package is not always the number of each library in it.
 */
function order(a: string, b: string): number | null {
  const left = cudaMinor(a);
  const right = cudaMinor(b);
  return left && right ? compareDotted(left, right) : null;
}

/** By the files that the loader would find. */
function byFiles(view: View): IClash[] {
  const all = view.facts.cuda_libraries ?? [];
  const clashes: IClash[] = [];
  all.forEach((front, i) => {
    // A wheel's own folder on the variable is no other copy.
    if (
      front.origin !== VARIABLE ||
      front.version === null ||
      /[/\\](?:site|dist)-packages[/\\]/.test(front.path)
    ) {
      return;
    }
    const wheel = all.find(
      (other: ICudaLibrary) =>
        other.origin === 'wheel' &&
        other.soname === front.soname &&
        !samePath(other.path, front.path)
    );
    const difference = wheel?.version
      ? order(front.version, wheel.version)
      : null;
    if (wheel?.version && difference) {
      clashes.push({
        folder: dirname(front.path),
        found: `${front.soname} ${front.version}`,
        wanted: `${wheel.distribution ?? wheel.path} ${wheel.version}`,
        distribution: wheel.distribution,
        older: difference < 0,
        ownFolder: dirname(wheel.path),
        spec: null,
        evidence: {
          text: text(
            '%1 is %2, the copy in the wheel is %3',
            front.path,
            front.version,
            wheel.version
          ),
          path: `/cuda_libraries/${i}`
        }
      });
    }
  });
  return clashes;
}

/** Packages of conda and the wheels with the same SONAME. */
const PAIRS: readonly (readonly [string, string])[] = [
  ['cudnn', 'nvidia-cudnn-cu'],
  ['cudatoolkit', 'nvidia-cuda-runtime-cu'],
  ['cuda-cudart', 'nvidia-cuda-runtime-cu'],
  ['nccl', 'nvidia-nccl-cu']
];

/** The folder of the environment's own libraries, if it is on the variable. */
function environmentFolder(
  view: View,
  folders: readonly string[]
): string | null {
  const prefix = view.facts.python?.prefix;
  return (
    folders.find(folder =>
      prefix
        ? samePath(folder, `${prefix}/lib`)
        : view.facts.environment?.kind === 'conda' &&
          /[/](?:envs[/][^/]+|\w*conda3?|miniforge3|mambaforge)[/]lib[/]?$/.test(
            folder
          )
    ) ?? null
  );
}

/** By the versions of conda's packages, when the files were not looked at. */
function byRecords(view: View, folders: readonly string[]): IClash[] {
  const folder = environmentFolder(view, folders);
  if (folder === null) {
    return [];
  }
  return PAIRS.flatMap(([conda, prefix]) => {
    const record = view.record(conda);
    const own = record?.value.version ?? '';
    // The wheel with the same SONAME, whichever CUDA its name says.
    const wheel = [...view.names()]
      .filter(([name]) => name.startsWith(prefix))
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([, copies]) => copies[0])
      .find(one => own !== '' && majorOf(one.value.version) === majorOf(own));
    const other = wheel?.value.version ?? '';
    const difference = wheel ? order(own, other) : null;
    return record && wheel && difference
      ? [
          {
            folder,
            found: `${conda} ${own}`,
            wanted: `${wheel.value.name} ${other}`,
            distribution: wheel.value.name,
            older: difference < 0,
            ownFolder: null,
            spec: `${conda}=${cudaMinor(wheel.value.version ?? '') ?? '*'}`,
            evidence: {
              text: text('conda has %1 %2, the wheel is %3', conda, own, other),
              path: `${record.path}/version`
            }
          }
        ]
      : [];
  });
}

/** By the version in a toolkit's folder name, when the files were not looked at. */
function byFolderName(
  folders: readonly string[],
  builds: readonly IBuild[]
): IClash[] {
  return folders.flatMap(folder => {
    const version = /[/]cuda-(\d+\.\d+)(?:[.\d]*)[/]/.exec(`${folder}/`)?.[1];
    const build = builds.find(
      one =>
        one.cuda !== null && version && majorOf(one.cuda) === majorOf(version)
    );
    const wanted = cudaMinor(build?.cuda ?? '');
    const difference =
      version && wanted ? compareDotted(version, wanted) : null;
    return build && wanted && version && difference
      ? [
          {
            folder,
            found: `CUDA ${version}`,
            wanted: `${build.distribution} for CUDA ${wanted}`,
            distribution: null,
            older: difference < 0,
            ownFolder: null,
            spec: null,
            evidence: build.evidence
          }
        ]
      : [];
  });
}

/**
 * All clashes: by the files, or, when nobody looked for files, by what versions and folder names tell.
 *
 * @param builds frameworks that bring their own libraries
 */
export function libraryClashes(
  view: View,
  folders: readonly string[],
  builds: readonly IBuild[]
): IClash[] {
  return view.facts.cuda_libraries !== null
    ? byFiles(view)
    : [
        ...byRecords(view, folders),
        // The wheels of the others may rely on such a folder.
        ...byFolderName(
          folders,
          builds.filter(one => one.name === 'torch')
        )
      ];
}
