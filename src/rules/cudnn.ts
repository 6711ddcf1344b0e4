/** cuDNN: which one each framework was built for, and which ones are there for TensorFlow. */
import { tensorflowBuild } from '../compat/tensorflow';
import type { ICudaLibrary } from '../facts/facts.generated';
import type { View } from '../facts/view';
import { text } from '../text/text';
import { compareDotted, majorOf } from '../versions/cuda';
import { parseRequirement } from '../versions/requirement';
import {
  condaOwns,
  cudaMinor,
  gpuBuild,
  isWheel,
  tensorflowFindsWheels,
  type IBuild
} from './cuda';
import type { IEvidence } from './types';

/** The cuDNN that a framework needs. */
export interface ICudnnNeed {
  readonly build: IBuild;
  readonly major: number;
  /** Oldest that will do, as `8.6`; null when only the major is known. */
  readonly minor: string | null;
  /** What brings it, for a requirement: `==9.1.0.70`. */
  readonly specifier: string;
  readonly evidence: IEvidence;
}

/** A cuDNN that is there. */
export interface ICudnnCopy {
  readonly major: number;
  /** null when only the major is known. */
  readonly version: string | null;
  /** Package that brings it; null when not known. */
  readonly distribution: string | null;
  readonly evidence: IEvidence;
}

/** By the build's own files and, for the official wheels, by the table. */
function tensorflowNeed(view: View): ICudnnNeed | null {
  const build = gpuBuild(view, 'tensorflow');
  const version = build?.framework.version ?? null;
  if (!build || version === null || build.framework.gpu_build !== true) {
    return null;
  }
  const own = build.framework.cudnn;
  const table = isWheel(view, build.distribution)
    ? (tensorflowBuild(version)?.value.cudnn ?? null)
    : null;
  const major = majorOf(own ?? table);
  if (major === null) {
    return null;
  }
  const minor =
    [own, table]
      .map(one => cudaMinor(one ?? ''))
      .find(one => one !== null && majorOf(one) === major) ?? null;
  return {
    build,
    major,
    minor,
    specifier: `>=${minor ?? major},<${major + 1}`,
    evidence: {
      text: text(
        '%1 %2 was built with cuDNN %3',
        build.distribution,
        version,
        table && majorOf(table) === major ? table : (own ?? '')
      ),
      path: own ? `${build.path}/cudnn` : `${build.path}/version`
    }
  };
}

/** By what the metadata of a distribution ask for, extras included: JAX asks in one. */
function requiredCudnn(
  view: View,
  build: IBuild,
  distribution: string
): ICudnnNeed | null {
  const placed = view.dist(distribution);
  for (const line of placed?.value.requires ?? []) {
    const requirement = parseRequirement(line);
    const oldest = /[=>~]=\s*(\d+(?:\.\d+)*)/.exec(
      requirement?.specifier ?? ''
    )?.[1];
    const major = majorOf(oldest);
    if (
      placed &&
      requirement &&
      /^nvidia-cudnn-cu\d\d$/.test(requirement.name) &&
      major !== null
    ) {
      return {
        build,
        major,
        minor: cudaMinor(oldest ?? ''),
        specifier: requirement.specifier.replace(/\s+/g, ''),
        evidence: {
          text: text(
            '%1 %2 requires %3%4',
            distribution,
            placed.value.version ?? '?',
            requirement.name,
            requirement.specifier.replace(/\s+/g, '')
          ),
          path: `${placed.path}/requires`
        }
      };
    }
  }
  return null;
}

/** The cuDNN of TensorFlow, PyTorch and JAX, of those that say it. */
export function cudnnNeeds(view: View): ICudnnNeed[] {
  const torch = gpuBuild(view, 'torch');
  const jax = gpuBuild(view, 'jax');
  const plugin = jax
    ? [...view.names()].find(([name]) => /^jax-cuda\d+-plugin$/.test(name))?.[0]
    : undefined;
  return [
    tensorflowNeed(view),
    torch && isWheel(view, torch.distribution)
      ? requiredCudnn(view, torch, torch.distribution)
      : null,
    jax && plugin ? requiredCudnn(view, jax, plugin) : null
  ].filter((one): one is ICudnnNeed => one !== null);
}

/** Whether TensorFlow's loader finds a copy; null when that is not known. */
export function tensorflowFinds(
  view: View,
  build: IBuild,
  one: ICudaLibrary
): boolean | null {
  const version = build.framework.version ?? '';
  switch (one.origin) {
    case 'LD_LIBRARY_PATH':
    case 'ld-cache':
    case 'mapped':
      return true;
    case 'environment':
      return condaOwns(view, build.distribution)
        ? true
        : isWheel(view, build.distribution) &&
            tensorflowFindsWheels(version) === false
          ? (one.mapped ?? false)
          : null;
    case 'wheel':
      // torch/lib is PyTorch's own.
      return one.distribution?.startsWith('nvidia-') === false
        ? false
        : tensorflowFindsWheels(version);
    default:
      return one.mapped ?? false;
  }
}

/**
 * The copies that TensorFlow finds or may find: by the files, or, when nobody looked for files, by the packages
 * that bring cuDNN. null when neither is known.
 */
export function cudnnCopies(view: View, build: IBuild): ICudnnCopy[] | null {
  const files = view.facts.cuda_libraries;
  if (files !== null) {
    return files.flatMap((one, i) => {
      const major = one.major ?? majorOf(one.version);
      return one.family === 'cudnn' &&
        major !== null &&
        tensorflowFinds(view, build, one) !== false
        ? [
            {
              major,
              version: cudaMinor(one.version ?? '') ? one.version : null,
              distribution: one.distribution,
              evidence: {
                text: text('%1 (%2)', one.path, one.version ?? String(major)),
                path: `/cuda_libraries/${i}`
              }
            }
          ]
        : [];
    });
  }
  if (view.facts.packages === null) {
    return null;
  }
  const wheels = [...view.names()]
    .filter(([name]) => /^nvidia-cudnn-cu\d\d$/.test(name))
    .map(([, copies]) => copies[0]);
  const records = ['cudnn', 'libcudnn'].flatMap(
    name => view.record(name) ?? []
  );
  return [...wheels, ...records].flatMap(({ value, path }) => {
    const major = majorOf(value.version);
    return major === null
      ? []
      : [
          {
            major,
            version: value.version,
            distribution: value.name,
            evidence: {
              text: text('%1 %2', value.name, value.version ?? ''),
              path: `${path}/version`
            }
          }
        ];
  });
}

/** Whether a copy will do: the same major, and the minor at least. What is not known counts as fitting. */
export function cudnnFits(need: ICudnnNeed, copy: ICudnnCopy): boolean {
  const minor = cudaMinor(copy.version ?? '');
  return (
    copy.major === need.major &&
    (need.minor === null ||
      minor === null ||
      (compareDotted(minor, need.minor) ?? 0) >= 0)
  );
}
