/** CUDA majors behind packages: from a suffix, a label, or what a framework was built for. */
import type { View } from '../../facts/view';
import { tensorflowBuild } from '../../compat/tensorflow';
import { majorOf } from '../../versions/cuda';
import { gpuBuild, gpuBuilds } from '../cuda';

/** Libraries of one CUDA version. */
export interface ICudaUse {
  /** Distribution or conda package. */
  readonly name: string;
  readonly version: string | null;
  readonly major: number;
}

/** Management libraries and bindings fit every CUDA of their range; they hold none of its libraries. */
const NO_LIBRARIES =
  /^(nvidia-(ml-py|pyindex|dali|nvcomp|smi|htop)|cuda-(python|pathfinder|core|bindings))/;

/**
 * The CUDA major that a wheel carries or was built for, by its name; null when the name does not tell.
 *
 * @param version null: it is not installed
 */
export function cudaMajorOfName(
  name: string,
  version: string | null
): number | null {
  if (version === null || NO_LIBRARIES.test(name)) {
    return null;
  }
  const suffix = /-cu(?:da)?(\d\d)x?(?:-(?:plugin|pjrt))?$/.exec(name);
  if (suffix) {
    return Number(suffix[1]);
  }
  return /^(cuda-(toolkit|cudart|version|runtime|libraries)|cudatoolkit|pytorch-cuda|nvidia-cuda-(runtime|nvrtc|cupti|nvcc))$/.test(
    name
  )
    ? majorOf(version)
    : null;
}

/** conda packages that hold the CUDA libraries. */
const CONDA_RUNTIME =
  /^(cudatoolkit|cuda-cudart|cuda-toolkit|cuda-runtime|cuda-libraries|cuda-version|pytorch-cuda)$/;

/** CUDA of conda, when it is there. */
export function condaCuda(view: View): (ICudaUse & { path: string }) | null {
  const records = view.facts.conda?.records ?? [];
  for (const [i, one] of records.entries()) {
    const major = CONDA_RUNTIME.test(one.name) ? majorOf(one.version) : null;
    if (major !== null && major >= 8) {
      const { name, version } = one;
      return { name, version, major, path: `/conda/records/${i}` };
    }
  }
  return null;
}

/** What frameworks here compute with: their CUDA, from the build or, for TensorFlow, by its release. */
export function frameworkCuda(view: View): (ICudaUse & { path: string })[] {
  const result = gpuBuilds(view).flatMap(one => {
    const major = majorOf(one.cuda);
    return major === null
      ? []
      : [
          {
            name: one.distribution,
            version: one.framework.version,
            major,
            path: one.path
          }
        ];
  });
  const found = view.framework('tensorflow');
  const version = found?.value.version ?? null;
  if (
    found &&
    version !== null &&
    found.value.gpu_build !== false &&
    gpuBuild(view, 'tensorflow') === null
  ) {
    // Its release tells the CUDA it looks for, wherever the libraries come from.
    const major = majorOf(tensorflowBuild(version)?.value.cuda);
    if (major !== null && (view.gpus?.length ?? 0) > 0) {
      const name = found.value.distribution ?? 'tensorflow';
      result.push({ name, version, major, path: found.path });
    }
  }
  return result;
}

/** CUDA libraries installed as wheels. */
export function wheelCuda(view: View): (ICudaUse & { path: string })[] {
  const result: (ICudaUse & { path: string })[] = [];
  for (const [name, [{ value, path }]] of view.names()) {
    const major = /^nvidia-|^cuda-toolkit$/.test(name)
      ? cudaMajorOfName(name, value.version ?? '')
      : null;
    if (major !== null) {
      result.push({ name, version: value.version, major, path });
    }
  }
  return result;
}
