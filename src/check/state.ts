/** What the panel, the status bar and the commands know of the kernel in front: plain data. */
import type { IFacts } from '../facts/facts.generated';
import { NO_TEST, type IGpuTestState } from '../gputest/types';
import type { IEntry, IFindingMark, IHistory } from '../history/types';
import type { IFinding } from '../rules/types';
import type { IText } from '../text/text';
import type { ISummary } from './verdict';

/**
 * Where a check stands.
 *
 * - `no-kernel`: nothing in front has a kernel
 * - `not-python`: the kernel runs another language
 * - `starting`: the kernel is not ready yet
 * - `unchecked`: a Python kernel nobody asked about yet
 * - `busy`: a check waits for the kernel to become idle
 * - `checking`: the probe runs
 * - `ready`: an answer, whole
 * - `partial`: an answer in which some part could not be read
 * - `failed`: no answer; see `failure`
 * - `dead`: the kernel died
 */
export type Phase =
  | 'no-kernel'
  | 'not-python'
  | 'starting'
  | 'unchecked'
  | 'busy'
  | 'checking'
  | 'ready'
  | 'partial'
  | 'failed'
  | 'dead';

/** The kernel in front. */
export interface IKernelInfo {
  readonly id: string;
  /** Name of the kernelspec as people see it. */
  readonly displayName: string;
  /** `python`, `R`, `bash` …; empty while not known. */
  readonly language: string;
  /** What is in front. */
  readonly source: 'notebook' | 'console';
  /** Name of that document. */
  readonly title: string;
}

/** Why there is no answer. */
export interface IFailure {
  readonly kind:
    | 'timeout'
    | 'kernel-died'
    | 'restarted'
    | 'aborted'
    | 'python-error'
    | 'not-facts'
    | 'other-version'
    | 'invalid'
    | 'too-large'
    | 'no-answer'
    | 'separate-kernel'
    | 'unexpected';
  /** One sentence for people. */
  readonly message: IText;
  /** Technical detail, such as a traceback; empty when there is none. */
  readonly detail: string;
}

/** An answer and what the rules made of it. */
export interface ICheckResult {
  readonly facts: IFacts;
  /** Findings without the ignored rules, root causes first. */
  readonly findings: readonly IFinding[];
  /** Findings of rules that are ignored in this environment. */
  readonly ignored: readonly IFinding[];
  /** Rules that threw. */
  readonly failures: readonly { rule: string; message: string }[];
  readonly summary: ISummary;
  /** Milliseconds since the epoch. */
  readonly checkedAt: number;
  /** The answer comes from a kernel that was started for it: what is imported or mapped there says nothing of this one. */
  readonly separate: boolean;
}

/** A check under way. */
export interface IProgress {
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** Waits for the kernel to become idle. */
  readonly queued: boolean;
  /** Runs in a separate kernel. */
  readonly separate: boolean;
}

/** Why the facts may no longer be true. */
export type Staleness = 'restarted' | 'packages-changed';

/** An undo that was asked for. */
export type UndoState =
  /** It runs since then, in milliseconds since the epoch. */
  | { readonly phase: 'running'; readonly since: number }
  | {
      readonly phase: 'done';
      readonly text: IText;
      /** Distributions that the kernel has imported and that changed on disk. */
      readonly restart: readonly string[];
    }
  | {
      readonly phase: 'refused';
      readonly reason: IText;
      /** Files, relative to the environment. */
      readonly files: readonly string[];
      /** The command that comes nearest; null when there is none. */
      readonly command: string | null;
    };

/** The history of the environment in front. */
export interface IHistoryState extends IHistory {
  /** Oldest first; undone ones included. */
  readonly entries: readonly IEntry[];
  /** Bytes on disk of each backup, by its id. */
  readonly backups: ReadonlyMap<string, number>;
  /** Findings of now by the id of the entry they came with. */
  readonly broken: ReadonlyMap<string, readonly IFindingMark[]>;
  /** By entry id. */
  readonly undo: ReadonlyMap<string, UndoState>;
  /** An install or an undo that was killed half-way, and can be repaired: id of its backup. */
  readonly halfway: string | null;
  /** Why it could not be read; null when it could. */
  readonly failure: IText | null;
}

/** Everything a view needs. */
export interface ICheckState {
  readonly phase: Phase;
  readonly kernel: IKernelInfo | null;
  /** Last answer of this kernel; shown with its age while a new one is awaited. */
  readonly result: ICheckResult | null;
  readonly stale: Staleness | null;
  readonly progress: IProgress | null;
  readonly failure: IFailure | null;
  /** The GPU test of this kernel. */
  readonly test: IGpuTestState;
  /** null: not read yet. */
  readonly history: IHistoryState | null;
}

/** What a view can ask for. */
export interface ICheckActions {
  /** Check the kernel in front (waits when it is busy). */
  check(): void;
  /** Start a kernel of the same kind, check there, shut it down. */
  checkSeparately(): void;
  /** Stop waiting for an answer. */
  cancel(): void;
  /** Test on the GPU the frameworks that are installed, in processes of their own. */
  runTest(): void;
  /** End that test. */
  cancelTest(): void;
  /** Undo an install. @param entry id of the entry */
  undo(entry: string): void;
  /** Undo what was killed half-way. @param backup id of the backup */
  repair(backup: string): void;
  /** Keep what an install was for. @param why empty: nothing */
  setWhy(entry: string, why: string): void;
  /** Delete the backups of this environment. */
  dropBackups(): void;
  /** Restart the kernel in front, after a question. */
  restartKernel(): void;
  /** Put text on the clipboard. */
  copy(text: string): Promise<void>;
  /** Insert a code cell below the active one. False when nothing in front takes cells. */
  insertCell(source: string): boolean;
  /** Ignore a rule in this environment. */
  ignore(rule: string): void;
  /** Take that back. */
  restore(rule: string): void;
  /** Copy a Markdown report without private data. */
  copyReport(): Promise<void>;
  /** Save the facts as a JSON file. */
  saveFacts(): Promise<void>;
  /** Ask in which file to take the environment along, and write it. */
  exportEnvironment(): Promise<void>;
  /** Show the documentation of a rule. */
  openRule(rule: string): void;
}

/** Nothing known. */
export const EMPTY_STATE: ICheckState = {
  phase: 'no-kernel',
  kernel: null,
  result: null,
  stale: null,
  progress: null,
  failure: null,
  test: NO_TEST,
  history: null
};
