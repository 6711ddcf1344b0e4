/** The wheels with the libraries of CUDA: which major each is of, and which majors something here needs. */
import type { IDistribution } from '../facts/facts.generated';
import type { IPlaced, View } from '../facts/view';
import { majorOf } from '../versions/cuda';
import { normalise, parseRequirement } from '../versions/requirement';
import { gpuBuilds } from './cuda';

/** A wheel of NVIDIA's. */
export interface ICudaWheel {
  readonly name: string;
  /** Name without prefix and suffix, `cudnn`: the folder it writes. */
  readonly base: string;
  /** CUDA major. */
  readonly major: number;
  readonly placed: IPlaced<IDistribution>;
}

/** Wheels without a suffix, which are those of CUDA 13; the folder they write is theirs. */
const PLAIN =
  /^nvidia-(cublas|cuda-cccl|cuda-crt|cuda-cupti|cuda-nvcc|cuda-nvrtc|cuda-runtime|cufft|cufile|curand|cusolver|cusparse|nvjitlink|nvtx|nvvm)$/;

/** CUDA wheels that are installed, by name. */
export function cudaWheels(view: View): ICudaWheel[] {
  const result: ICudaWheel[] = [];
  const runtime = view.dist('cuda-toolkit') ?? view.dist('nvidia-cuda-runtime');
  const plainMajor = majorOf(runtime?.value.version);
  for (const [name, copies] of view.names()) {
    const suffixed = /^nvidia-(.+)-cu(\d\d)$/.exec(name);
    const plain = PLAIN.exec(name);
    if (suffixed) {
      result.push({
        name,
        base: suffixed[1],
        major: Number(suffixed[2]),
        placed: copies[0]
      });
    } else if (plain && plainMajor !== null) {
      result.push({
        name,
        base: `${plain[1]} of cu${plainMajor}`,
        major: plainMajor,
        placed: copies[0]
      });
    }
  }
  return result.sort((a, b) => a.name.localeCompare(b.name));
}

/** CUDA majors that something installed needs, or null when that cannot be told. @param without distributions that do not count */
export function usedMajors(
  view: View,
  without: ReadonlySet<string> = new Set()
): Set<number> | null {
  const majors = new Set<number>();
  for (const build of gpuBuilds(view)) {
    if (without.has(build.distribution)) {
      continue;
    }
    const major = majorOf(build.cuda);
    if (major === null) {
      return null;
    }
    majors.add(major);
  }
  for (const [name, copies] of view.names()) {
    if (without.has(name)) {
      continue;
    }
    const plugin =
      /^(?:cupy|jax|onnxruntime-gpu|faiss-gpu)-cu(?:da)?(\d\d)/.exec(name);
    if (plugin) {
      majors.add(Number(plugin[1]));
    }
    if (/^nvidia-|^cuda-/.test(name)) {
      continue;
    }
    for (const line of copies[0].value.requires ?? []) {
      const wanted = parseRequirement(line);
      const suffix = /^nvidia-.+-cu(\d\d)$/.exec(wanted?.name ?? '');
      // An extra that nobody may have asked for proves no use, but to remove its packages could break it.
      if (suffix && view.dist(normalise(wanted?.name ?? ''))) {
        majors.add(Number(suffix[1]));
      }
    }
  }
  return majors;
}

/** CUDA packages that these distributions ask for, also through one another; extras count, as they are installed. */
function requiredBy(view: View, distributions: readonly string[]): Set<string> {
  const found = new Set<string>();
  const queue = [...distributions];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    for (const line of view.dist(name)?.value.requires ?? []) {
      const wanted = parseRequirement(line)?.name ?? '';
      if (/^(nvidia|cuda)-/.test(wanted) && !found.has(wanted)) {
        found.add(wanted);
        queue.push(wanted);
      }
    }
  }
  return found;
}

/**
 * Wheels that `leaving` brought and nothing needs any more when it moves to CUDA `major`: beside the new ones they
 * would write the same files. Empty when that cannot be told, and where conda owns them.
 */
export function orphanedWheels(
  view: View,
  leaving: readonly string[],
  major: number | null
): string[] {
  const used = usedMajors(view, new Set(leaving));
  if (used === null || major === null) {
    return [];
  }
  const own = requiredBy(view, leaving);
  return cudaWheels(view)
    .filter(
      one =>
        own.has(one.name) &&
        one.major !== major &&
        !used.has(one.major) &&
        one.placed.value.manager !== 'conda'
    )
    .map(one => one.name);
}
