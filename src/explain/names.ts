/** Import names and the distributions that bring them. */
import type { View } from '../facts/view';
import { normalise } from '../versions/requirement';

const DISTRIBUTIONS: Readonly<Record<string, string>> = {
  sklearn: 'scikit-learn',
  skimage: 'scikit-image',
  cv2: 'opencv-python',
  PIL: 'pillow',
  yaml: 'pyyaml',
  google: 'protobuf',
  bs4: 'beautifulsoup4',
  Crypto: 'pycryptodome',
  dateutil: 'python-dateutil',
  absl: 'absl-py',
  faiss: 'faiss-cpu',
  pkg_resources: 'setuptools',
  flash_attn: 'flash-attn',
  flash_attn_2_cuda: 'flash-attn',
  flash_attn_cuda: 'flash-attn',
  selective_scan_cuda: 'mamba-ssm',
  causal_conv1d_cuda: 'causal-conv1d',
  fused_layer_norm_cuda: 'apex',
  IPython: 'ipython',
  pl_bolts: 'lightning-bolts',
  tensorflow_core: 'tensorflow'
};

/** Names under which people know the import, when they are not installed here: only these count as packages. */
const KNOWN: ReadonlySet<string> = new Set([
  'numpy',
  'scipy',
  'pandas',
  'sklearn',
  'skimage',
  'matplotlib',
  'seaborn',
  'PIL',
  'cv2',
  'yaml',
  'requests',
  'tqdm',
  'torch',
  'torchvision',
  'torchaudio',
  'tensorflow',
  'keras',
  'jax',
  'jaxlib',
  'flax',
  'transformers',
  'datasets',
  'tokenizers',
  'accelerate',
  'huggingface_hub',
  'sentence_transformers',
  'diffusers',
  'xformers',
  'onnx',
  'onnxruntime',
  'numba',
  'cupy',
  'google',
  'xgboost',
  'lightgbm',
  'faiss',
  'spacy',
  'nltk',
  'plotly',
  'bokeh',
  'h5py',
  'pyarrow',
  'statsmodels'
]);

/** Whether an import name is that of a well-known package, and not of somebody's own module. */
export function isKnown(importName: string): boolean {
  return KNOWN.has(importName);
}

/** Normalised name of the distribution that brings an import name; among those installed, if that can be told. */
export function distributionOf(importName: string, view?: View): string {
  const plain = normalise(importName);
  const known = DISTRIBUTIONS[importName];
  if (view) {
    const own = view.framework(importName)?.value.distribution;
    if (own) {
      return own;
    }
    if (importName === 'cv2') {
      for (const [name] of view.names()) {
        if (/^opencv(-contrib)?-python/.test(name)) {
          return name;
        }
      }
    }
    if (view.has(plain)) {
      return plain;
    }
  }
  return known ?? plain;
}
