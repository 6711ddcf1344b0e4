// Generated from facts.schema.json by scripts/gen.mjs; do not edit.

/**
 * The per-user site directory.
 */
export type IUserSite = {
  /**
   * Its path.
   */
  path: string | null;
  /**
   * `site.ENABLE_USER_SITE` and on `sys.path`.
   */
  enabled: boolean | null;
  /**
   * Whether the directory exists.
   */
  exists: boolean | null;
} | null;
/**
 * C library.
 */
export type ILibc = {
  /**
   * `glibc` or `musl`.
   */
  name: string | null;
  /**
   * Version.
   */
  version: string | null;
} | null;
/**
 * The libstdc++ this process would load or has loaded.
 */
export type ILibstdcxx = {
  /**
   * Path.
   */
  path: string | null;
  /**
   * Newest GLIBCXX symbol version in it, `3.4.30`.
   */
  glibcxx: string | null;
  /**
   * Already mapped into this process.
   */
  mapped: boolean | null;
} | null;
/**
 * The management library.
 */
export type INvml = {
  /**
   * How the call went.
   */
  state: 'ok' | 'missing' | 'error' | 'timeout' | null;
  /**
   * Error text.
   */
  detail: string | null;
  /**
   * Path.
   */
  library: string | null;
} | null;

/**
 * Facts of one Python environment, as `jupyterlab_gpu_doctor/kernel/probe.py` prints them. null means: not known. An empty list, `present: false` or an absent entry means: looked for and not there. Unknown extra keys are allowed.
 */
export interface IFacts {
  /**
   * Name of this contract.
   */
  schema: 'jupyterlab-gpu-doctor/facts';
  /**
   * Its version; another number is another contract.
   */
  schema_version: 1;
  probe: IProbe;
  /**
   * Parts that could not be read.
   */
  problems: IProblem[];
  python: IPython | null;
  environment: IEnvironment | null;
  platform: IPlatform | null;
  /**
   * Installed distributions, in `sys.path` order.
   */
  packages: IDistribution[] | null;
  /**
   * Entries of site-packages that begin with `~`: a removal that was interrupted.
   */
  leftovers: string[] | null;
  /**
   * Import names found more than once on `sys.path`.
   */
  shadows: IShadow[] | null;
  conda: IConda | null;
  /**
   * Frameworks found; one that is not listed is not installed.
   */
  frameworks: IFramework[] | null;
  gpu: IGpuSection | null;
  /**
   * CUDA libraries that could be loaded, in the order in which the loader would look.
   */
  cuda_libraries: ICudaLibrary[] | null;
  /**
   * CUDA toolkits on disk.
   */
  toolkits: IToolkit[] | null;
  /**
   * Environment variables that matter, those that are set; credentials masked.
   */
  environ: {
    [k: string]: string;
  } | null;
  /**
   * Commands on PATH.
   */
  tools: ITool[] | null;
  /**
   * Imported modules.
   */
  modules: IModule[] | null;
  /**
   * Observations; they outrank every table.
   */
  observed: IObservation[] | null;
  /**
   * Options of pip from its configuration files and variables, in the order in which pip reads them; a later one wins.
   */
  pip_config: IPipOption[] | null;
  /**
   * Requirements that packages check by themselves when they are imported.
   */
  guards: IGuard[] | null;
  /**
   * Costly: files that the RECORDs of several distributions list, without groups whose files are all the same (a namespace's empty `__init__.py`); null when not yet asked.
   */
  shared_files: ISharedFiles[] | null;
  /**
   * Costly: libstdc++ versions that shared libraries ask for, one row for each distribution; null when not yet asked.
   */
  needs_glibcxx: IGlibcxxNeed[] | null;
  /**
   * Costly: NumPy C API of compiled modules, one row for each distribution; null when not yet asked.
   */
  numpy_api: INumpyApi[] | null;
  /**
   * Costly: OpenMP runtimes in this environment; null when not yet asked.
   */
  openmp: IOpenmp[] | null;
}
/**
 * How the facts were collected.
 */
export interface IProbe {
  /**
   * Version of the probe.
   */
  version: string;
  /**
   * UTC time, ISO 8601.
   */
  started?: string | null;
  /**
   * Wall time in milliseconds.
   */
  duration_ms?: number | null;
  /**
   * Milliseconds of each section.
   */
  sections?: {
    [k: string]: number;
  };
  /**
   * Process id.
   */
  pid?: number | null;
  /**
   * Ran inside a Jupyter kernel.
   */
  in_kernel?: boolean | null;
}
/**
 * A part that could not be read, and why.
 */
export interface IProblem {
  /**
   * Section of this document, for example `gpu`.
   */
  section: string;
  /**
   * File, library or variable that could not be read; empty when the section as a whole.
   */
  what: string;
  /**
   * Why, in words.
   */
  reason: string;
}
/**
 * The interpreter that was examined.
 */
export interface IPython {
  /**
   * Full version, `3.11.7`.
   */
  version: string | null;
  /**
   * `CPython`, `PyPy` …
   */
  implementation: string | null;
  /**
   * `sys.executable`.
   */
  executable: string | null;
  /**
   * `sys.executable` with symbolic links resolved.
   */
  executable_real: string | null;
  /**
   * `sys.prefix`.
   */
  prefix: string | null;
  /**
   * `sys.base_prefix`.
   */
  base_prefix: string | null;
  /**
   * Started with `-I`.
   */
  isolated: boolean | null;
  /**
   * `sys.path`, in order.
   */
  sys_path: string[] | null;
  /**
   * Entries of PYTHONPATH; empty when it is not set.
   */
  pythonpath: string[] | null;
  user_site: IUserSite;
  /**
   * PEP 508 environment markers.
   */
  markers: {
    [k: string]: string;
  } | null;
}
/**
 * What kind of environment the interpreter belongs to.
 */
export interface IEnvironment {
  /**
   * Who made the environment. `uv` is a virtual environment made by uv; `system` is an interpreter outside any environment.
   */
  kind: 'conda' | 'venv' | 'uv' | 'system' | null;
  /**
   * Folder name of the prefix.
   */
  name: string | null;
  /**
   * True for the base environment of a conda installation.
   */
  base: boolean | null;
  /**
   * An EXTERNALLY-MANAGED file stands next to the standard library (PEP 668).
   */
  externally_managed: boolean | null;
  /**
   * A virtual environment that also sees its base interpreter's packages.
   */
  system_site_packages: boolean | null;
  /**
   * `home` of pyvenv.cfg.
   */
  home: string | null;
  /**
   * Whether this process may write into site-packages.
   */
  writable: boolean | null;
  /**
   * The base interpreter of a virtual environment belongs to a conda installation; null when it is no virtual environment.
   */
  base_conda: boolean | null;
}
/**
 * Operating system and what runs it.
 */
export interface IPlatform {
  /**
   * `Linux`, `Darwin`, `Windows`.
   */
  system: string | null;
  /**
   * `x86_64`, `aarch64`, `arm64`, `AMD64`.
   */
  machine: string | null;
  /**
   * `linux-x86_64`, `win-amd64`, `darwin-arm64` …
   */
  tag: string | null;
  /**
   * Kernel or OS release.
   */
  release: string | null;
  libc: ILibc;
  libstdcxx: ILibstdcxx;
  /**
   * Windows Subsystem for Linux.
   */
  wsl: boolean | null;
  /**
   * Runs in a container.
   */
  container: boolean | null;
  /**
   * `docker`, `podman`, `kubernetes` …
   */
  container_kind: string | null;
}
/**
 * One installed distribution (one `.dist-info` or `.egg-info`).
 */
export interface IDistribution {
  /**
   * Normalised name (PEP 503).
   */
  name: string;
  /**
   * Name as its metadata write it.
   */
  project: string;
  /**
   * Version; null when the metadata cannot be read.
   */
  version: string | null;
  /**
   * Who owns its files now.
   */
  manager: 'conda' | 'pip' | 'uv' | null;
  /**
   * Text of its INSTALLER file.
   */
  installer: string | null;
  /**
   * The directory on `sys.path` that holds it.
   */
  location: string | null;
  /**
   * Index of that directory in `sys.path`; a smaller one wins.
   */
  path_index: number | null;
  /**
   * Name of its metadata directory or file.
   */
  metadata: string | null;
  /**
   * Requires-Dist entries as written; null when the metadata cannot be read.
   */
  requires: string[] | null;
  /**
   * Requires-Python.
   */
  requires_python: string | null;
  /**
   * Target of an editable install.
   */
  editable: string | null;
  /**
   * Where it was installed from when not by an index, as pip takes it: `git+https://…@commit`, the address of an archive, `file:///…` (direct_url.json, PEP 610); credentials are masked with `****`. null for an editable install, and for conda's packages.
   */
  origin: string | null;
  /**
   * When it was installed, UTC, ISO 8601: time of its RECORD, which pip and uv write last; for conda's, of the record in conda-meta; without a RECORD, of the metadata.
   */
  installed: string | null;
  /**
   * False when pip cannot uninstall it: a distutils `.egg-info` file, or neither RECORD nor installed-files.txt.
   */
  removable: boolean | null;
  /**
   * `Tag` lines of its WHEEL file, `cp311-cp311-manylinux_2_17_x86_64`; null without one.
   */
  tags: string[] | null;
  /**
   * Whether the target of an editable install is there; null when it is not editable.
   */
  editable_exists: boolean | null;
}
/**
 * An import name that exists in more than one entry of `sys.path`.
 */
export interface IShadow {
  /**
   * Import name.
   */
  name: string;
  /**
   * Entry that wins.
   */
  winner: string;
  /**
   * What kind of entry it is.
   */
  winner_kind: 'pythonpath' | 'user-site' | 'site' | 'stdlib' | 'cwd' | 'other';
  /**
   * Entries that lose.
   */
  losers: string[];
}
/**
 * What conda knows of the prefix.
 */
export interface IConda {
  /**
   * Whether conda-meta exists.
   */
  present: boolean | null;
  /**
   * Records.
   */
  records: ICondaRecord[] | null;
  /**
   * Time of the last transaction in conda-meta/history, `YYYY-MM-DD HH:MM:SS`.
   */
  last_change: string | null;
  /**
   * Specs of conda-meta/pinned.
   */
  pinned: string[] | null;
}
/**
 * One record of conda-meta.
 */
export interface ICondaRecord {
  /**
   * conda name.
   */
  name: string;
  /**
   * Version.
   */
  version: string | null;
  /**
   * Build string.
   */
  build: string | null;
  /**
   * Channel.
   */
  channel: string | null;
  /**
   * Normalised name of the Python distribution it carries (from the dist-info path that it lists); null when it carries none.
   */
  python_name: string | null;
  /**
   * That metadata directory, relative to the prefix.
   */
  dist_info: string | null;
  /**
   * Whether the directory is still there.
   */
  dist_info_exists: boolean | null;
  /**
   * What it depends on, as conda match specs: `__glibc >=2.17,<3.0.a0`.
   */
  depends: string[] | null;
  /**
   * Its files, relative to the prefix, that are no longer as conda wrote them: INSTALLER, RECORD and METADATA by hash, shared libraries by size; at most 50. A file that is gone counts in a Python package. Of packages without a Python distribution only the libraries in the library folder are compared. Empty when they were compared and are equal; null when nothing was compared.
   */
  overwritten: string[] | null;
}
/**
 * An array or deep-learning framework, or a package that carries compiled GPU code, as its files describe it.
 */
export interface IFramework {
  /**
   * Import name: `torch`, `tensorflow`, `jax`, `torchvision`, `torchaudio`, `keras`, `tf_keras`, `cupy`, `xformers`, `flash_attn`, `torch_scatter`, `torch_sparse`, `torch_cluster`, `mmcv`, `detectron2`, `triton` …
   */
  name: string;
  /**
   * Normalised distribution name.
   */
  distribution: string | null;
  /**
   * Version with its local label, as the package's own files give it.
   */
  version: string | null;
  /**
   * Version of the metadata.
   */
  metadata_version: string | null;
  /**
   * Local label, `cu121`, `cpu`, `rocm6.0`.
   */
  local: string | null;
  /**
   * What the build computes on.
   */
  backend: 'cuda' | 'rocm' | 'cpu' | 'xpu' | 'mps' | 'metal' | null;
  /**
   * Whether this is a GPU build.
   */
  gpu_build: boolean | null;
  /**
   * CUDA version it was built for.
   */
  cuda: string | null;
  /**
   * cuDNN version it was built for.
   */
  cudnn: string | null;
  /**
   * HIP version it was built for.
   */
  hip: string | null;
  /**
   * GPU architectures in the build, `sm_80`, `compute_90`; null when not known or not yet asked (costly: read on request).
   */
  archs: string[] | null;
  /**
   * Directory of the package that Python would import.
   */
  location: string | null;
  /**
   * File or metadata the build was read from.
   */
  source: string | null;
  /**
   * Version of torch that an extension was built for, as far as its own files or its local label tell: xformers/cpp_lib.json, `+pt26cu124`, `+torch2.4`.
   */
  built_torch: string | null;
}
/**
 * NVIDIA GPUs and driver; other vendors' devices by name.
 */
export interface IGpuSection {
  driver: IDriver | null;
  nvml: INvml;
  /**
   * GPUs; empty when there is none, null when that could not be told.
   */
  devices: IGpu[] | null;
  /**
   * Device files: /dev/nvidia0, /dev/nvidiactl, /dev/nvidia-uvm, /dev/dxg, /dev/kfd …
   */
  nodes: string[] | null;
  /**
   * Devices of other vendors.
   */
  others: IOtherGpu[] | null;
}
/**
 * The NVIDIA driver.
 */
export interface IDriver {
  /**
   * False when it was looked for and is not there.
   */
  present: boolean | null;
  /**
   * `535.104.05`.
   */
  version: string | null;
  /**
   * Newest CUDA version it serves, `12.2`.
   */
  cuda: string | null;
  /**
   * Version of the loaded kernel module.
   */
  kernel_module: string | null;
  /**
   * Path of the libcuda.so.1 that would be loaded.
   */
  library: string | null;
  /**
   * Where the version was read.
   */
  source: string | null;
  /**
   * Version in the real file name of the libcuda.so.1 that would be loaded, `535.104.05`.
   */
  library_version: string | null;
}
/**
 * One NVIDIA GPU.
 */
export interface IGpu {
  /**
   * NVML index.
   */
  index: number | null;
  /**
   * Product name.
   */
  name: string | null;
  /**
   * UUID.
   */
  uuid: string | null;
  /**
   * `8.9`.
   */
  compute_capability: string | null;
  /**
   * Bytes.
   */
  memory_total: number | null;
  /**
   * Bytes.
   */
  memory_used: number | null;
  /**
   * Percent of the last sample period.
   */
  utilization: number | null;
  /**
   * MIG mode is on.
   */
  mig: boolean | null;
  /**
   * MIG instances.
   */
  mig_devices: IMigDevice[] | null;
  /**
   * Processes on it.
   */
  processes: IGpuProcess[] | null;
}
export interface IMigDevice {
  uuid: string | null;
  name: string | null;
  memory_total: number | null;
}
/**
 * A process on a GPU.
 */
export interface IGpuProcess {
  pid: number;
  /**
   * Bytes of GPU memory; null when the driver does not say.
   */
  memory: number | null;
  /**
   * Whether it is the examined process; null when process ids of another namespace are reported.
   */
  this_kernel: boolean | null;
  /**
   * Kind.
   */
  kind: 'compute' | 'graphics' | null;
}
export interface IOtherGpu {
  vendor: 'amd' | 'intel' | 'apple';
  name: string | null;
}
/**
 * A CUDA library that a process here could load.
 */
export interface ICudaLibrary {
  /**
   * Library.
   */
  family:
    | 'cudart'
    | 'cudnn'
    | 'cublas'
    | 'nvjitlink'
    | 'cufft'
    | 'cusparse'
    | 'cusolver'
    | 'curand'
    | 'nccl'
    | 'nvrtc'
    | 'cupti';
  /**
   * File name as the loader asks for it, `libcudart.so.12`.
   */
  soname: string;
  /**
   * Path.
   */
  path: string;
  /**
   * Version as far as the file name or its owner tells.
   */
  version: string | null;
  /**
   * Major version of the SONAME.
   */
  major: number | null;
  /**
   * How it would be found.
   */
  origin:
    | 'LD_LIBRARY_PATH'
    | 'environment'
    | 'wheel'
    | 'ld-cache'
    | 'usr-local-cuda'
    | 'mapped';
  /**
   * Distribution or conda package that owns it.
   */
  distribution: string | null;
  /**
   * Already mapped into this process.
   */
  mapped: boolean | null;
}
/**
 * A CUDA toolkit on disk.
 */
export interface IToolkit {
  /**
   * CUDA_HOME, CUDA_PATH, `PATH` (nvcc found there), or null for /usr/local/cuda*.
   */
  variable: string | null;
  /**
   * Its folder.
   */
  path: string;
  /**
   * Whether the folder exists.
   */
  exists: boolean | null;
  /**
   * Version.
   */
  version: string | null;
  /**
   * Path of its nvcc.
   */
  nvcc: string | null;
}
/**
 * A command as the shell would find it.
 */
export interface ITool {
  /**
   * `pip`, `pip3`, `python`, `python3`, `conda`, `mamba`, `uv`, `nvcc`, `nvidia-smi`.
   */
  name: string;
  /**
   * Path; null when it is not on PATH.
   */
  path: string | null;
  /**
   * Prefix of the environment it belongs to: for pip that of the interpreter in its first line.
   */
  prefix: string | null;
}
/**
 * An imported top-level module.
 */
export interface IModule {
  /**
   * Import name.
   */
  name: string;
  /**
   * `__version__` in memory.
   */
  version: string | null;
  /**
   * Its file.
   */
  file: string | null;
  /**
   * `__version__` as its files have it now; looked for only where the distribution of that name has another version than the module in memory.
   */
  disk?: string | null;
}
/**
 * What was seen to work or fail in a process of this interpreter.
 */
export interface IObservation {
  /**
   * Import name.
   */
  framework: string;
  /**
   * It computed on a GPU.
   */
  gpu_works: boolean | null;
  /**
   * `this kernel` (already initialised there) or `GPU test`.
   */
  source: string;
}
/**
 * An option of pip that is set outside a command line.
 */
export interface IPipOption {
  /**
   * Long option without its dashes: `target`, `user`, `prefix`, `index-url`, `extra-index-url`, `no-deps`, `constraint`, `no-index`, `find-links` …
   */
  name: string;
  /**
   * Its text; credentials masked.
   */
  value: string;
  /**
   * Variable, `PIP_TARGET`, or path of the configuration file.
   */
  source: string;
}
/**
 * Requirements that a package checks by itself when it is imported.
 */
export interface IGuard {
  /**
   * Normalised distribution name of the package that checks.
   */
  distribution: string;
  /**
   * What it asks for, as PEP 508 requirements.
   */
  requires: string[];
  /**
   * File that says so.
   */
  source: string;
}
/**
 * Files that several distributions list as theirs.
 */
export interface ISharedFiles {
  /**
   * Normalised distribution names, sorted.
   */
  distributions: string[];
  /**
   * How many files they share.
   */
  count: number;
  /**
   * At most five of them, relative to site-packages.
   */
  files: string[];
}
/**
 * The newest libstdc++ that the shared libraries of one distribution ask for.
 */
export interface IGlibcxxNeed {
  /**
   * Normalised distribution name.
   */
  distribution: string | null;
  /**
   * Path of the library that asks for it.
   */
  file: string;
  /**
   * GLIBCXX symbol version, `3.4.29`.
   */
  version: string;
}
/**
 * NumPy C API that the compiled modules of one distribution were built for.
 */
export interface INumpyApi {
  /**
   * Normalised distribution name.
   */
  distribution: string | null;
  /**
   * Path of a module that tells.
   */
  file: string;
  /**
   * 1: built with headers of NumPy 1, which NumPy 2 refuses. 2: built with headers of NumPy 2, which run on both.
   */
  major: 1 | 2;
}
/**
 * An OpenMP runtime on disk.
 */
export interface IOpenmp {
  /**
   * Runtime.
   */
  name: 'libgomp' | 'libiomp5' | 'libomp';
  /**
   * Path.
   */
  path: string;
  /**
   * Distribution or conda package that brings it.
   */
  distribution: string | null;
  /**
   * Already mapped into this process.
   */
  mapped: boolean | null;
}
