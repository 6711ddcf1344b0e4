/** Which packages others stand on, and the names under which packages are imported. */
import type { View } from '../../facts/view';
import { frameworkOf } from '../../plan/frameworks';
import { CORE } from '../ownership';

/** A change of these is felt by the running kernel at once, or when it starts the next time. */
export const KERNEL_STACK: ReadonlySet<string> = new Set([
  'ipykernel',
  'ipython',
  'jupyter-client',
  'jupyter-core',
  'pyzmq',
  'tornado',
  'traitlets',
  'comm',
  'debugpy',
  'nest-asyncio',
  'nest-asyncio2',
  'matplotlib-inline'
]);

/** The kernel imports these for itself; the old code in memory serves it as well. */
export const KERNEL_HELPERS: ReadonlySet<string> = new Set([
  'asttokens',
  'backcall',
  'certifi',
  'charset-normalizer',
  'decorator',
  'executing',
  'idna',
  'jedi',
  'packaging',
  'parso',
  'pexpect',
  'pickleshare',
  'platformdirs',
  'prompt-toolkit',
  'psutil',
  'ptyprocess',
  'pure-eval',
  'pygments',
  'python-dateutil',
  'six',
  'stack-data',
  'wcwidth'
]);

/** What serves notebooks. */
export const JUPYTER_STACK: ReadonlySet<string> = new Set([
  ...KERNEL_STACK,
  'jupyter-server',
  'jupyterlab',
  'jupyterlab-server',
  'notebook',
  'notebook-shim',
  'nbclassic',
  'nbconvert',
  'nbformat',
  'jupyterhub'
]);

/** Packages that most others here are built on or checked against. */
export function isCore(name: string): boolean {
  return CORE.has(name) || frameworkOf(name) !== null || HUBS.has(name);
}

/** Not compiled against, but checked or subclassed by what stands on them. */
const HUBS: ReadonlySet<string> = new Set([
  'transformers',
  'pandas',
  'scikit-learn',
  'numba',
  'pydantic',
  'pytorch-lightning',
  'lightning'
]);

const IMPORTS: Readonly<Record<string, readonly string[]>> = {
  attrs: ['attr', 'attrs'],
  beautifulsoup4: ['bs4'],
  'faiss-cpu': ['faiss'],
  'faiss-gpu': ['faiss'],
  gitpython: ['git'],
  ipython: ['IPython'],
  pillow: ['PIL'],
  'pillow-simd': ['PIL'],
  protobuf: ['google.protobuf'],
  pycryptodome: ['Crypto'],
  'python-dateutil': ['dateutil'],
  pyyaml: ['yaml'],
  pyzmq: ['zmq'],
  'scikit-image': ['skimage'],
  'scikit-learn': ['sklearn'],
  'absl-py': ['absl'],
  'pytorch-lightning': ['pytorch_lightning'],
  setuptools: ['setuptools', 'pkg_resources']
};

/** Import names of a distribution. */
export function importNames(distribution: string): readonly string[] {
  if (/^opencv-/.test(distribution)) {
    return ['cv2'];
  }
  if (Object.prototype.hasOwnProperty.call(IMPORTS, distribution)) {
    return IMPORTS[distribution];
  }
  return [frameworkOf(distribution) ?? distribution.replace(/-/g, '_')];
}

/** Place of the imported module of a distribution in the facts; null when it is not imported or not known. */
export function importedAt(view: View, distribution: string): string | null {
  const names = importNames(distribution);
  const modules = view.facts.modules ?? [];
  let index = modules.findIndex(one => names.includes(one.name));
  if (index < 0 && distribution === 'protobuf' && ownsGoogle(view)) {
    index = modules.findIndex(one => one.name === 'google');
  }
  return index < 0 ? null : `/facts/modules/${index}`;
}

/** `google` is a namespace: it means protobuf when nobody else here lives in it. */
function ownsGoogle(view: View): boolean {
  return [...view.names()].every(
    ([name]) => !/^(google-|googleapis|grpc-google)/.test(name)
  );
}

/** Whether a package hangs together from compiled parts that pip and conda cannot share. */
export function isCompiledCore(name: string): boolean {
  return CORE.has(name) || frameworkOf(name) !== null;
}
