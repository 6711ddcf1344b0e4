/** Tokens and ids that plugins, and other extensions, share. */
import { Token } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import type { ICheckState } from './check/state';
import type { IExplained } from './explain/types';
import type { ICoverage } from './gate/attach';
import type { HistoryKeeper } from './kernel/historyKeeper';
import type { IRule } from './rules/types';

/** Ids of our plugins. */
export namespace PluginIDs {
  export const doctor = 'jupyterlab-gpu-doctor:doctor';
  export const rules = 'jupyterlab-gpu-doctor:rules';
  export const panel = 'jupyterlab-gpu-doctor:panel';
  export const status = 'jupyterlab-gpu-doctor:status';
  export const guard = 'jupyterlab-gpu-doctor:guard';
  export const explain = 'jupyterlab-gpu-doctor:explain';
}

/** Ids of our commands. */
export namespace CommandIDs {
  export const check = 'gpu-doctor:check';
  export const checkSeparately = 'gpu-doctor:check-separately';
  export const showPanel = 'gpu-doctor:show-panel';
  export const showHistory = 'gpu-doctor:show-history';
  export const copyReport = 'gpu-doctor:copy-report';
  export const saveFacts = 'gpu-doctor:save-facts';
  export const exportEnvironment = 'gpu-doctor:export-environment';
  export const exportEnvironmentYml = 'gpu-doctor:export-environment-yml';
  export const exportRequirements = 'gpu-doctor:export-requirements';
  export const exportConstraints = 'gpu-doctor:export-constraints';
  export const exportNotes = 'gpu-doctor:export-notes';
  export const exportRecreate = 'gpu-doctor:export-recreate';
  export const exportVenv = 'gpu-doctor:export-venv';
  export const runGpuTest = 'gpu-doctor:run-gpu-test';
}

/** Checks the kernel in front. */
export interface IGpuDoctor {
  /** What is known of the kernel in front. */
  readonly state: ICheckState;
  /** Emitted after every change of `state`. */
  readonly stateChanged: ISignal<unknown, void>;
  /** Check the kernel in front; waits when it is busy. */
  check(): Promise<void>;
  /** Check in a kernel of the same kind that is started for it. */
  checkSeparately(): Promise<void>;
  /** Stop waiting for an answer. */
  cancel(): void;
  /** Test the frameworks on the GPU, in processes of their own; checks first when there is no answer that holds. */
  runGpuTest(): Promise<void>;
  /** End that test. */
  cancelGpuTest(): void;
  /** Hide a rule in this environment, or show it again. */
  setIgnored(rule: string, ignored: boolean): void;
  /** The histories of the environments. */
  readonly history: HistoryKeeper;
  /** Undo an install in the environment in front. @param entry id of its entry */
  undo(entry: string): Promise<void>;
  /** Put back what was killed half-way. @param backup its id */
  repair(backup: string): Promise<void>;
  /** Keep what an install was for. */
  setWhy(entry: string, why: string): Promise<void>;
  /** Delete the backups of the environment in front. */
  dropBackups(): Promise<void>;
}

/** Service that checks the kernel in front. */
export const IGpuDoctor = new Token<IGpuDoctor>(
  'jupyterlab-gpu-doctor:IGpuDoctor',
  'Checks whether the kernel in front can use the GPU.'
);

/** Looks at installs before they run. */
export interface IInstallGuard {
  /** Which cells it sees. */
  readonly coverage: ICoverage;
  /** Whether it is switched on. */
  readonly enabled: boolean;
  /** How many installs wait for a decision. */
  readonly waiting: number;
  /** Emitted after every change of `enabled` and `waiting`. */
  readonly changed: ISignal<unknown, void>;
  /** Bring the first cell that waits into view. */
  revealWaiting(): void;
}

/** Service that looks at installs before they run. */
export const IInstallGuard = new Token<IInstallGuard>(
  'jupyterlab-gpu-doctor:IInstallGuard',
  'Warns before a cell changes the environment of its kernel.'
);

/** Explains errors of cells. */
export interface IErrorExplainer {
  /** The error that was asked about last; null when there is none, or it was put away. */
  readonly explained: IExplained | null;
  /** Emitted after every change of `explained`. */
  readonly changed: ISignal<unknown, void>;
  /** Explain an error text of a kernel, with the facts of the kernel as soon as they are at hand. */
  explain(text: string, kernelId: string): Promise<void>;
  /** Put the explanation away. */
  dismiss(): void;
}

/** Service that explains errors of cells. */
export const IErrorExplainer = new Token<IErrorExplainer>(
  'jupyterlab-gpu-doctor:IErrorExplainer',
  'Explains errors whose cause lies in the environment.'
);

/** Takes rules of other extensions. */
export interface IRuleRegistry {
  /** Add a rule; dispose to remove it. Throws when the id is taken. */
  add(rule: IRule): IDisposable;
  /** The rules that were added. */
  readonly added: readonly IRule[];
}

/** Registry of additional environment rules. */
export const IRuleRegistry = new Token<IRuleRegistry>(
  'jupyterlab-gpu-doctor:IRuleRegistry',
  'A registry of rules about the environment of a kernel.'
);
