/** Packages with compiled code against NumPy, and the first release that runs with NumPy 2. */
import type { View } from '../../facts/view';
import {
  compareVersions,
  localLabel,
  publicVersion,
  releasePrefix,
  satisfies
} from '../../versions/pep440';

interface IFirst {
  readonly first: string;
  /** Where that was said. */
  readonly source: string;
}

const ECOSYSTEM = 'numpy/numpy#26191';
const METADATA = 'Requires-Dist of the wheels';

/** By distribution. */
const NUMPY2: Readonly<Record<string, IFirst>> = {
  pandas: { first: '2.2.2', source: METADATA },
  'scikit-learn': { first: '1.4.2', source: METADATA },
  scipy: { first: '1.13.0', source: METADATA },
  numba: { first: '0.60.0', source: METADATA },
  tensorflow: { first: '2.18.0', source: 'release notes of TensorFlow 2.18.0' },
  torch: { first: '2.3.0', source: 'pytorch/pytorch#107302' },
  jaxlib: { first: '0.4.26', source: 'CHANGELOG of JAX' },
  onnxruntime: { first: '1.19.0', source: 'microsoft/onnxruntime#21063' },
  'onnxruntime-gpu': { first: '1.19.0', source: 'microsoft/onnxruntime#21063' },
  'opencv-python': { first: '4.10.0.84', source: 'opencv/opencv-python#943' },
  'opencv-python-headless': {
    first: '4.10.0.84',
    source: 'opencv/opencv-python#943'
  },
  'opencv-contrib-python': {
    first: '4.10.0.84',
    source: 'opencv/opencv-python#943'
  },
  'opencv-contrib-python-headless': {
    first: '4.10.0.84',
    source: 'opencv/opencv-python#943'
  },
  pyarrow: { first: '16.0.0', source: 'apache/arrow#39532' },
  contourpy: { first: '1.2.1', source: ECOSYSTEM },
  'ml-dtypes': { first: '0.4.0', source: ECOSYSTEM },
  matplotlib: { first: '3.8.4', source: ECOSYSTEM },
  h5py: { first: '3.11.0', source: ECOSYSTEM },
  'scikit-image': { first: '0.23.1', source: ECOSYSTEM },
  shapely: { first: '2.0.4', source: ECOSYSTEM },
  statsmodels: { first: '0.14.2', source: ECOSYSTEM },
  numexpr: { first: '2.10.0', source: ECOSYSTEM },
  pywavelets: { first: '1.6.0', source: ECOSYSTEM },
  bottleneck: { first: '1.4.0', source: ECOSYSTEM },
  astropy: { first: '6.1.0', source: ECOSYSTEM }
};

/** Require NumPy and hold no code that was compiled against it: any version will load. */
const PURE =
  /^(accelerate|albumentations|albucore|altair|bokeh|cuda-python|dask|datasets|diffusers|einops|evaluate|fairscale|fastai|flax|focal-loss|gradio|gym|gymnasium|huggingface-hub|imageio|imgaug|jax|keras(-.+)?|librosa|lightgbm|lightning|mlxtend|networkx|nltk|numpy-.+|optax|optuna|optimum|patsy|peft|plotly|pytorch-lightning|pytorch-metric-learning|qiskit|ray|safetensors|scikit-plot|seaborn|segmentation-models-pytorch|sentence-transformers|shap|soundfile|statannotations|streamlit|tensorboard|tensorboardx|tensorflow-probability|tensorflow-hub|tifffile|timm|torchaudio|torchmetrics|torchtext|torchvision|torch-geometric|transformers|trl|tqdm|ultralytics|umap-learn|wandb|wordcloud-.+|xarray|xgboost|yellowbrick|mmdet|mmengine|mmsegmentation|pandas-.+|geopandas|sktime|tslearn|stable-baselines3|deepspeed|bitsandbytes|onnx|cupy-.+|numba-.+)$/;

/** A package that stands between two NumPy majors. */
export interface ICaught {
  readonly name: string;
  readonly version: string;
  readonly path: string;
  /** First release for NumPy 2; null when it is not known. */
  readonly first: string | null;
  readonly source: string | null;
}

/** Whether a package requires NumPy 2, or names a limit above it: then its makers had it in mind. */
function saysItself(view: View, name: string): boolean {
  const dist = view.dist(name)?.value;
  return dist
    ? view
        .requirements(dist)
        .some(
          one =>
            one.name === 'numpy' &&
            satisfies('2.0.0', one.specifier) === true &&
            (satisfies('1.26.4', one.specifier) === false ||
              /<|~=/.test(one.specifier))
        )
    : false;
}

/** Whether a package says that it needs NumPy. */
function requiresNumpy(view: View, name: string): boolean {
  const dist = view.dist(name)?.value;
  return (
    dist !== undefined &&
    view.requirements(dist).some(one => one.name === 'numpy')
  );
}

/** Packages here that were compiled against NumPy 1 by the table; `first: null` for those that it does not know. */
export function builtForNumpy1(
  view: View,
  moves: (name: string) => boolean
): ICaught[] {
  const windows = view.facts.platform?.system === 'Windows';
  const result: ICaught[] = [];
  for (const [name, [{ value, path }]] of view.names()) {
    const { version } = value;
    if (version === null || moves(name) || saysItself(view, name)) {
      continue;
    }
    const known = Object.prototype.hasOwnProperty.call(NUMPY2, name)
      ? NUMPY2[name]
      : null;
    const first =
      name === 'torch' && windows ? '2.4.1' : (known?.first ?? null);
    if (known && first) {
      const order = compareVersions(publicVersion(version), first);
      if (order !== null && order < 0) {
        result.push({ name, version, path, first, source: known.source });
      }
    } else if (!known && !PURE.test(name) && requiresNumpy(view, name)) {
      result.push({ name, version, path, first: null, source: null });
    }
  }
  return result.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Packages with C++ code that was compiled against one release of PyTorch. */
const TORCH_EXTENSIONS =
  /^(flash-attn|mmcv(-full)?|detectron2|apex|pytorch3d|torch-(scatter|sparse|cluster|spline-conv)|pyg-lib|causal-conv1d|mamba-ssm|auto-gptq|exllamav2|natten|deepspeed-kernels|xformers|torchsparse|minkowskiengine|kaolin|nvdiffrast|fairseq|dgl|tensorrt-llm|torch-tensorrt|fbgemm-gpu|torchcodec)$/;

/** From here on xformers uses the stable ABI of PyTorch. */
const STABLE: Readonly<Record<string, string>> = { xformers: '0.0.34' };

/** Extensions that were compiled for the PyTorch that goes, unless their label names the one that comes. */
export function torchExtensions(
  view: View,
  to: string,
  moves: (name: string) => boolean
): { name: string; version: string; path: string }[] {
  const release = releasePrefix(publicVersion(to), 2)?.replace('.', '') ?? '';
  const result: { name: string; version: string; path: string }[] = [];
  for (const [name, [{ value, path }]] of view.names()) {
    const { version } = value;
    if (version === null || moves(name) || !TORCH_EXTENSIONS.test(name)) {
      continue;
    }
    const stable = STABLE[name];
    const label = localLabel(version) ?? '';
    if (
      !(
        stable && (compareVersions(publicVersion(version), stable) ?? -1) >= 0
      ) &&
      !(release !== '' && new RegExp(`pt${release}`).test(label))
    ) {
      result.push({ name, version, path });
    }
  }
  return result.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Packages whose code was generated by protobuf's compiler of a certain major. */
const GENERATED =
  /^(tensorflow|tf-nightly|tensorboard|onnx$|onnxruntime|grpcio-(tools|status)|google-|googleapis|streamlit$|wandb$|mlflow|ray$|apache-beam|opentelemetry-proto|proto-plus|mediapipe$|tensorflow-)/;

/** Who works with generated protobuf code here. */
export function protobufUsers(
  view: View,
  moves: (name: string) => boolean
): string[] {
  const result: string[] = [];
  for (const [name, [{ value }]] of view.names()) {
    const says = view.requirements(value).some(one => one.name === 'protobuf');
    if (
      !moves(name) &&
      (says || (value.requires === null && GENERATED.test(name)))
    ) {
      result.push(name);
    }
  }
  return result.sort();
}
