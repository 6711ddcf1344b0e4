/** What a cell asks a package manager to do. Pure data; nothing has been looked up or run. */

/** The package manager behind a command. */
export type Tool =
  | 'pip'
  | 'uv'
  | 'conda'
  | 'mamba'
  | 'micromamba'
  | 'mim'
  | 'pipx'
  | 'poetry'
  | 'pdm'
  | 'pixi'
  | 'pipenv'
  | 'easy_install'
  | 'setup.py'
  | 'apt';

/** How the cell writes it. */
export type Form =
  /** `%pip install x` */
  | 'magic'
  /** bare `pip install x` (IPython's automagic) */
  | 'automagic'
  /** `!pip install x`, also indented or assigned */
  | 'bang'
  /** `%%bash`, `%%sh`, `%%script`, `%%system` */
  | 'cell-magic'
  /** `get_ipython().system(…)`, `run_line_magic(…)` … */
  | 'ipython-call'
  /** `os.system(…)`, `subprocess.run(…)`, `pip.main(…)` */
  | 'python-call';

/** What it does to the environment. */
export type Action =
  | 'install'
  | 'uninstall'
  /** `conda update`, `uv sync`, `conda env update`: the command itself decides what moves */
  | 'update';

/** Which Python's environment it changes, as far as the text tells. */
export type Target =
  /** The kernel's own: `%pip`, `{sys.executable} -m pip`. */
  | { kind: 'kernel' }
  /** The first `pip`, `python` or `conda` on PATH. */
  | { kind: 'path'; command: string }
  /** An interpreter, prefix or environment named in the command; `isNew`: the cell itself makes it. */
  | { kind: 'named'; name: string; isNew?: boolean }
  /** `--target DIR`, `--root DIR`: a folder, no environment. */
  | { kind: 'folder'; path: string };

/** Something in the command that cannot be known before it runs; `text` as the cell writes it. */
export interface IUnknown {
  readonly kind:
    | 'expression'
    | 'substitution'
    | 'requirements-file'
    | 'local-project'
    | 'direct-url'
    | 'variable';
  readonly text: string;
}

/** Options that matter for the verdict. */
export interface IOptions {
  readonly upgrade: boolean;
  /** `--upgrade-strategy eager`. */
  readonly eager: boolean;
  readonly pre: boolean;
  readonly forceReinstall: boolean;
  /** `-I`, `--ignore-installed`. */
  readonly ignoreInstalled: boolean;
  readonly noDeps: boolean;
  readonly user: boolean;
  readonly breakSystemPackages: boolean;
  /** `sudo` in front. */
  readonly sudo: boolean;
  /** `-y`, `--yes`. */
  readonly yes: boolean;
  /** Values with credentials masked. `--no-index` stands here for itself. */
  readonly indexes: readonly string[];
  /** Extra indexes and find-links. */
  readonly extraIndexes: readonly string[];
  readonly channels: readonly string[];
  readonly constraints: readonly string[];
  readonly requirementFiles: readonly string[];
  readonly editables: readonly string[];
}

/** One command that changes an environment. */
export interface IInstallRequest {
  readonly tool: Tool;
  readonly form: Form;
  readonly action: Action;
  /**
   * Requirements as the package manager will see them (quotes removed), `["xformers==0.0.26.post1"]`. A word with an
   * unknown part is not here but in `unknowns`; URLs and paths are in both.
   */
  readonly packages: readonly string[];
  readonly options: IOptions;
  readonly target: Target;
  /**
   * The words after the tool and its subcommand, exactly as they will reach it: the one field where credentials are
   * not masked. For a resolver only, never for a log or the screen.
   */
  readonly args: readonly string[];
  /** What cannot be known. */
  readonly unknowns: readonly IUnknown[];
  /**
   * Words that the shell takes as a redirection although a version was meant: `pip install x>=2` writes a file `=2`.
   */
  readonly eaten: readonly string[];
  /** Folder the command runs in, when a `cd` stands before it. */
  readonly directory: string | null;
  /** An activation (`source venv/bin/activate`, `conda activate`) stands before it in another shell and is lost. */
  readonly lostActivation: boolean;
  /** Where the command stands in the cell: UTF-16 offsets of its text without indentation and `!`/`%`. */
  readonly start: number;
  readonly end: number;
}

/** What is known beside the cell's text. */
export interface IRecogniseContext {
  /** Whether bare `pip install x` runs as a magic. IPython's default is yes. */
  readonly automagic?: boolean;
  /** Values of plain names in the kernel, for `{name}`, `$name` and variables in Python calls. */
  readonly names?: Readonly<
    Record<string, string | number | readonly string[]>
  >;
}
