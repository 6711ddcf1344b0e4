/** Distributions that put the same import package on disk, so that only one of them can be installed. */
import type { ICondaRecord, IDistribution } from '../facts/facts.generated';
import type { IPlaced, View } from '../facts/view';
import { satisfies, samePublicVersion } from '../versions/pep440';

/** Distributions with one import package. */
export interface IFamily {
  /** The import name. */
  readonly importName: string;
  /** Distributions that hold it, by normalised name. */
  readonly members: RegExp;
  /** conda packages that hold it; a package with the C++ library alone is none. */
  readonly records: RegExp;
  /** Whether a distribution of that name is empty: a name that was given up. */
  isStub?(dist: IDistribution): boolean;
}

/** OpenCV. conda's py-opencv registers itself under two of the names at once. */
export const OPENCV: IFamily = {
  importName: 'cv2',
  members: /^opencv(-contrib)?-python(-headless)?(-rolling)?$/,
  records: /^(py-)?opencv$/
};

/** TensorFlow. `tensorflow-intel`, `-macos` and `-cpu-aws` are parts of `tensorflow` where it requires them. */
export const TENSORFLOW: IFamily = {
  importName: 'tensorflow',
  members:
    /^(tensorflow(-(cpu|gpu|intel|macos|rocm|cpu-aws|directml|aarch64))?|tf-nightly(-(cpu|gpu|intel|macos))?|intel-tensorflow(-avx512)?)$/,
  records: /^(tensorflow(-(base|gpu|cpu|mkl|eigen|gpu-base))?)$/,
  // From 2.12 on the name holds a notice and no code.
  isStub: dist =>
    dist.name === 'tensorflow-gpu' &&
    dist.version !== null &&
    satisfies(dist.version, '>=2.12') === true
};

/** ONNX Runtime. */
export const ONNXRUNTIME: IFamily = {
  importName: 'onnxruntime',
  members:
    /^(onnxruntime(-(gpu|directml|openvino|qnn|rocm|migraphx|vitisai|training|silicon|azure|cann))?|ort-nightly(-(gpu|directml))?)$/,
  records: /^onnxruntime(-novec)?$/
};

/** CuPy. */
export const CUPY: IFamily = {
  importName: 'cupy',
  members: /^cupy(-cuda\d+x?|-rocm-[\d-]+)?$/,
  records: /^cupy(-core)?$/
};

/** Families without a rule of their own. */
export const OTHER_FAMILIES: readonly IFamily[] = [
  family('psycopg2', /^psycopg2(-binary)?$/, /^psycopg2$/),
  family('faiss', /^faiss(-cpu|-gpu|-gpu-cu\d+)?$/, /^faiss(-cpu|-gpu)?$/),
  family('PIL', /^pillow(-simd)?$/, /^pillow$/),
  family('PyQt5', /^pyqt5?$/, /^pyqt$/),
  family('Crypto', /^pycrypto(dome)?$/, /^pycryptodome$/),
  family(
    'triton',
    /^(triton|pytorch-triton(-rocm|-xpu)?|triton-windows)$/,
    /^triton$/
  ),
  family('paddle', /^paddlepaddle(-gpu|-xpu)?$/, /^paddlepaddle(-gpu)?$/),
  family('dgl', /^dgl(-cu\d+)?$/, /^dgl$/),
  family('mxnet', /^mxnet(-cu\d+|-mkl)?$/, /^mxnet$/),
  family('mmcv', /^mmcv(-full|-lite)?$/, /^mmcv$/),
  family('xgboost', /^xgboost(-cpu)?$/, /^(py-)?xgboost$/),
  family('magic', /^python-magic(-bin)?$/, /^python-magic$/),
  family('cudf', /^cudf(-cu\d+)?$/, /^cudf$/),
  family('cuml', /^cuml(-cu\d+)?$/, /^cuml$/),
  family('rmm', /^rmm(-cu\d+)?$/, /^rmm$/),
  family('ffmpeg', /^(ffmpeg(-python)?|python-ffmpeg)$/, /^ffmpeg-python$/),
  family('fitz', /^(fitz|pymupdf)$/, /^pymupdf$/),
  family('jwt', /^(py)?jwt$/, /^pyjwt$/),
  family('serial', /^(py)?serial$/, /^pyserial$/),
  family('umap', /^umap(-learn)?$/, /^umap-learn$/)
];

/** Every family whose members write one import package. */
export const FAMILIES: readonly IFamily[] = [
  OPENCV,
  TENSORFLOW,
  ONNXRUNTIME,
  CUPY,
  ...OTHER_FAMILIES
];

/** A new name with an import package of its own, which still meets the old requirement. */
const SUCCESSORS: readonly IFamily[] = [
  family(
    'tflite_runtime',
    /^(tflite-runtime|ai-edge-litert)$/,
    /^tflite-runtime$/
  )
];

function family(importName: string, members: RegExp, records: RegExp): IFamily {
  return { importName, members, records };
}

/** One installed copy of a family's import package. */
export interface ICopy {
  /** Name of the distribution, or of the conda package when it registers none. */
  readonly name: string;
  readonly version: string | null;
  /** JSON pointer to it. */
  readonly path: string;
  /** Owned by conda. */
  readonly conda: boolean;
  /** The conda package, if known. */
  readonly record: ICondaRecord | null;
  readonly location: string | null;
  readonly pathIndex: number | null;
}

/** Whether pip or uv owns the files. */
export function isPip(dist: IDistribution): boolean {
  return dist.manager === 'pip' || dist.manager === 'uv';
}

/** The copies of a family; what Python imports comes first. Empty when the packages are not known. */
export function copiesOf(view: View, one: IFamily): ICopy[] {
  const dists: IPlaced<IDistribution>[] = [];
  for (const [name, list] of view.names()) {
    if (one.members.test(name) && !one.isStub?.(list[0].value)) {
      dists.push(list[0]);
    }
  }
  // Among equals the name decides, so that the order of the document does not.
  dists.sort(
    (a, b) =>
      (a.value.path_index ?? 1e6) - (b.value.path_index ?? 1e6) ||
      (a.value.name < b.value.name ? -1 : 1)
  );
  const records = recordsOf(view, one);
  const whole = dists.filter(dist => !isPart(view, dist.value, dists));
  const byConda = (dist: IDistribution) =>
    dist.manager === 'conda' || (dist.manager === null && records.length > 0);
  const copies = whole
    .filter(dist => !byConda(dist.value))
    .map(({ value, path }) => copyOf(value, path, null, false));
  const managed = whole.filter(dist => byConda(dist.value));
  if (managed.length > 0) {
    // conda's OpenCV registers two names for its one copy.
    const { value, path } = managed[0];
    const owner = view.owner(value.name)?.value ?? records[0]?.value ?? null;
    copies.push(copyOf(value, path, owner, true));
  } else if (
    view.facts.packages !== null &&
    records.length > 0 &&
    records.every(({ value }) => value.python_name === null)
  ) {
    const { value, path } = records[0];
    copies.push({
      name: value.name,
      version: value.version,
      path,
      conda: true,
      record: value,
      location: null,
      pathIndex: null
    });
  }
  return copies.sort((a, b) => (a.pathIndex ?? 1e6) - (b.pathIndex ?? 1e6));
}

function copyOf(
  dist: IDistribution,
  path: string,
  record: ICondaRecord | null,
  conda: boolean
): ICopy {
  return {
    name: dist.name,
    version: dist.version,
    path,
    conda,
    record,
    location: dist.location,
    pathIndex: dist.path_index
  };
}

function recordsOf(view: View, one: IFamily): IPlaced<ICondaRecord>[] {
  return (view.facts.conda?.records ?? [])
    .map((value, i) => ({ value, path: `/conda/records/${i}` }))
    .filter(
      ({ value }) =>
        one.records.test(value.name) ||
        (value.python_name !== null && one.members.test(value.python_name))
    );
}

/** Names under which the build for one platform hangs below the general name. */
const PARTS = /^(tensorflow|tf-nightly)-(intel|macos|cpu-aws)$/;

/** Whether another member requires this one: then both are one installation. */
function isPart(
  view: View,
  dist: IDistribution,
  all: readonly IPlaced<IDistribution>[]
): boolean {
  return all.some(
    ({ value: other }) =>
      other !== dist &&
      (view.requirements(other).some(r => r.name === dist.name) ||
        (PARTS.test(dist.name) &&
          !PARTS.test(other.name) &&
          samePublicVersion(dist.version ?? '', other.version ?? '') === true))
  );
}

/**
 * What fills the place of a distribution that is not installed: another member of its family, or a conda
 * package without Python metadata. null when nothing does.
 */
export function insteadOf(view: View, name: string): string | null {
  const record = view.record(name);
  if (record && record.value.dist_info_exists !== false) {
    return record.value.name;
  }
  for (const one of [...FAMILIES, ...SUCCESSORS]) {
    if (!one.members.test(name)) {
      continue;
    }
    for (const [other, list] of view.names()) {
      if (one.members.test(other) && !one.isStub?.(list[0].value)) {
        return other;
      }
    }
    const found = recordsOf(view, one).find(r => r.value.python_name === null);
    if (found) {
      return found.value.name;
    }
  }
  return null;
}
