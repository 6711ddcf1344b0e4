/** Rows of the compatibility tables. `source` is an index into SOURCES; the data stand in compat/compat.json. */

/** Where and when a row was read. */
export interface ISource {
  /** As compat.json writes it: a repository's file at a commit, a wheel's metadata, an address. */
  readonly text: string;
  /** ISO date, `2026-11-21`. */
  readonly date: string;
}

/** What every row has. */
export interface IRow {
  /** Index into SOURCES: where the row was read. */
  readonly source: number;
}

/** CUDA and cuDNN of a TensorFlow GPU build on Linux. */
export interface ITensorFlowBuild extends IRow {
  /** Release, `2.15`. */
  readonly version: string;
  /** Distribution, `tensorflow` or `tensorflow-gpu`. */
  readonly package: string;
  /** Oldest and newest Python, `3.9`. */
  readonly python: readonly [string, string];
  readonly cuda: string;
  readonly cudnn: string;
}

/** GPUs that TensorFlow wheels lack code for, or have trouble with. */
export interface ITensorFlowGap extends IRow {
  /** First and last release; null: to the newest of the builds table. */
  readonly versions: readonly [string, string | null];
  /** `missing`: removed from the wheels. `trouble`: failures reported. */
  readonly kind: 'missing' | 'trouble';
  /** Compute capabilities, `5.x` or `12.0`. */
  readonly capabilities: readonly string[];
}

/** A PyTorch release. */
export interface ITorchRelease extends IRow {
  /** `2.5`. */
  readonly version: string;
  /** Oldest and newest Python; the newest is null when it is not stated. */
  readonly python: readonly [string, string | null];
  /** CUDA versions of its stable wheels. */
  readonly cuda: readonly string[];
}

/** What the default package index gives for Linux x86_64. */
export interface ITorchDefault extends IRow {
  readonly version: string;
  readonly cuda: string;
  /** Requires-Python. */
  readonly python: string;
}

/** GPU code in the wheels of one PyTorch release for one CUDA version. */
export interface ITorchArchs extends IRow {
  readonly torch: string;
  readonly cuda: string;
  /** Linux x86_64, Linux aarch64, Windows. */
  readonly platforms: readonly ('linux_x86_64' | 'linux_aarch64' | 'windows')[];
  /** As `torch.cuda.get_arch_list()` writes them: `sm_80`, `compute_120`. */
  readonly archs: readonly string[];
}

/** Which PyTorch a companion was released for. */
export interface ITorchPairing extends IRow {
  readonly package: string;
  /** Release (`0.18`), or full version where patch releases differ. */
  readonly version: string;
  /** The exact version the row was read from, when its wheel pins one torch version. */
  readonly exact: readonly [string, string] | null;
  /** Specifier that the torch release must satisfy; empty: any. */
  readonly torch: string;
}

/** Smallest driver for a CUDA major (minor-version compatibility). */
export interface IDriverMinimum extends IRow {
  readonly cuda: number;
  readonly linux: string;
  readonly windows: string | null;
}

/** Newest CUDA that a driver branch serves. */
export interface IDriverBranch extends IRow {
  readonly branch: number;
  readonly cuda: string;
}

/** A GPU generation and the CUDA versions that compile for it. */
export interface ICudaArchs extends IRow {
  readonly name: string;
  readonly capabilities: readonly string[];
  readonly first: string;
  /** Last CUDA (`12.x`); null when it is still supported. */
  readonly last: string | null;
}

/** Compute capability by product name. */
export interface IGpuName extends IRow {
  /** Regular expression. */
  readonly pattern: string;
  readonly capability: string;
}

/** A CUDA flavour of JAX. */
export interface IJaxFlavour extends IRow {
  /** Extra, `cuda12`. */
  readonly extra: string;
  /** CUDA major. */
  readonly cuda: number;
  readonly capability: string;
}

/** The Python distribution of a conda package; null: it carries none. */
export interface ICondaName extends IRow {
  readonly conda: string;
  readonly pypi: string | null;
}

/** What a TensorFlow release asks of others. */
export interface ITensorFlowNeeds extends IRow {
  /** Exact version: patch releases differ. */
  readonly version: string;
  /** Specifier set. */
  readonly protobuf: string;
  /** Specifier set; empty: that release has a Keras of its own and asks for none. */
  readonly keras: string;
}

/** The TensorFlow that a release of tf-keras needs. */
export interface ITfKeras extends IRow {
  readonly version: string;
  /** Specifier set. */
  readonly tensorflow: string;
}

/** The PyTorch that an xformers wheel asks for. */
export interface IXformers extends IRow {
  /** Exact version: post releases of one release ask for different ones. */
  readonly version: string;
  /** Specifier set. */
  readonly torch: string;
}

/** The mmcv that a package of OpenMMLab checks for at its import. */
export interface IMmcvRange extends IRow {
  readonly package: string;
  readonly version: string;
  /** Specifier set. */
  readonly mmcv: string;
}

/** A wheel of mmcv with compiled operators. */
export interface IMmcvWheel extends IRow {
  /** `mmcv` or `mmcv-full`. */
  readonly package: string;
  /** null: the page names none. */
  readonly version: string | null;
  /** `cu113`. */
  readonly cuda: string;
  /** Release, `1.11`. */
  readonly torch: string;
}

/** What a JAX release asks for. */
export interface IJaxRelease extends IRow {
  readonly version: string;
  /** Requires-Python. */
  readonly python: string;
  /** Specifier set. */
  readonly jaxlib: string;
  /** Specifier set. */
  readonly numpy: string;
}

/** The first release of a package that works with NumPy 2. */
export interface INumpy2 extends IRow {
  readonly package: string;
  readonly first: string;
  /** null: on every system; else `windows` or `linux/macos`. */
  readonly platform: string | null;
}

/** A minor release of NumPy. */
export interface INumpyRelease extends IRow {
  /** Its last patch. */
  readonly version: string;
  /** Oldest and newest Python it has wheels for. */
  readonly python: readonly [string, string];
}

/** The C API of a NumPy release. */
export interface INumpyCApi extends IRow {
  /** Release, `1.22`. */
  readonly numpy: string;
  /** `NPY_1_22_API_VERSION`. */
  readonly api: number;
}

/** The NumPy that a release of numba accepts. */
export interface INumbaNumpy extends IRow {
  /** Release, `0.60`. */
  readonly numba: string;
  /** Specifier set, of its last patch. */
  readonly numpy: string;
}

/** What old releases of a package need although their metadata set no limit. */
export interface ICodeNeed extends IRow {
  readonly package: string;
  /** Releases before this one need it. */
  readonly before: string;
  readonly requirement: string;
  /** Specifier set. */
  readonly specifier: string;
}

/** An answer and where it was read. */
export interface IAnswer<T> {
  readonly value: T;
  readonly source: string;
  /** ISO date of the reading. */
  readonly date: string;
}
