/** What the panel, the status bar and the commands know of the kernel in front: plain data. */
import type { IFacts } from '../facts/facts.generated';
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

/** Everything a view needs. */
export interface ICheckState {
  readonly phase: Phase;
  readonly kernel: IKernelInfo | null;
  /** Last answer of this kernel; shown with its age while a new one is awaited. */
  readonly result: ICheckResult | null;
  readonly stale: Staleness | null;
  readonly progress: IProgress | null;
  readonly failure: IFailure | null;
}

/** What a view can ask for. */
export interface ICheckActions {
  /** Check the kernel in front (waits when it is busy). */
  check(): void;
  /** Start a kernel of the same kind, check there, shut it down. */
  checkSeparately(): void;
  /** Stop waiting for an answer. */
  cancel(): void;
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
  failure: null
};
