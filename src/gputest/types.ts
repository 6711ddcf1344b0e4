/** What the GPU test found: jupyterlab_gpu_doctor/kernel/gputest.py, read by answer.ts. */
import type { IFailure, Staleness } from '../check/state';
import type { IText } from '../text/text';

/** Frameworks that can be tested, by import name. */
export const TESTABLE = ['torch', 'tensorflow', 'jax'] as const;

/** Import name of a framework that can be tested. */
export type Testable = (typeof TESTABLE)[number];

/** Steps of a test, in their order. */
export const STEPS = [
  'import',
  'devices',
  'sum',
  'product',
  'convolution'
] as const;

/** Name of a step. */
export type StepName = (typeof STEPS)[number];

/** A step that ended. */
export interface ITestStep {
  readonly name: StepName;
  /** False: the test ended in this step. */
  readonly ok: boolean;
  /** Milliseconds; null where it did not end. */
  readonly ms: number | null;
}

/** A device that a framework listed. */
export interface ITestDevice {
  readonly kind: 'gpu' | 'cpu' | 'other';
  /** As the framework names it. */
  readonly name: string | null;
  /** Such as `8.9`. */
  readonly computeCapability: string | null;
  /** Bytes. */
  readonly memory: number | null;
}

/** Memory of the device in bytes, as the framework counts it. */
export interface IDeviceMemory {
  readonly allocated: number | null;
  readonly reserved: number | null;
}

/** Memory of a test. */
export interface ITestMemory {
  /** Before the first computation. */
  readonly before: IDeviceMemory;
  /** The most it had. */
  readonly peak: IDeviceMemory;
  /** Most memory of the process on the host, in bytes. */
  readonly process: number | null;
}

const ERRORS = [
  'missing',
  'error',
  'wrong',
  'crash',
  'exit',
  'timeout',
  'cancelled',
  'not-started',
  'other'
] as const;

/**
 * Why a test gave no result.
 *
 * - `missing`: the framework is not installed
 * - `error`: it raised
 * - `wrong`: a result was not right, or was computed elsewhere
 * - `crash`: the process was ended by a signal
 * - `exit`: the process ended by itself
 * - `timeout`, `cancelled`, `not-started`
 * - `other`: a kind that this version does not know
 */
export type TestErrorKind = (typeof ERRORS)[number];

/** All kinds. */
export const ERROR_KINDS: readonly TestErrorKind[] = ERRORS;

/** Why a test gave no result, in the framework's own words. */
export interface ITestError {
  readonly kind: TestErrorKind;
  readonly text: string;
  /** Such as `SIGSEGV`; of a crash. */
  readonly signal: string | null;
  /** Of an exit. */
  readonly exitCode: number | null;
}

/** How a test ended. */
export type TestOutcome = 'gpu' | 'cpu' | 'other' | 'failed' | 'cancelled';

/** One framework. What is not known is null. */
export interface IFrameworkTest {
  readonly name: Testable;
  /** What it computed on, or that it failed; null while it runs. */
  readonly outcome: TestOutcome | null;
  /** The step that runs. */
  readonly step: StepName | null;
  /** Steps that ended; of a failed test the last one is the one that failed. */
  readonly steps: readonly ITestStep[];
  readonly durationMs: number | null;
  readonly error: ITestError | null;
  readonly version: string | null;
  /** File that was imported. */
  readonly file: string | null;
  /** CUDA that it was built for, by its own words. */
  readonly cuda: string | null;
  readonly devices: readonly ITestDevice[] | null;
  /** Why a CUDA build saw no GPU, in its own words. */
  readonly whyNot: string | null;
  /** Who computed the product that it was compared with. */
  readonly against: string | null;
  readonly memory: ITestMemory | null;
  /** cuDNN in the process. */
  readonly cudnn: string | null;
  /** The end of what it printed. */
  readonly output: string;
}

/** An answer, finished or not. */
export interface IGpuTestReport {
  readonly frameworks: readonly IFrameworkTest[];
  readonly durationMs: number;
  /** Folders that the kernel has added to its path since it started; the tests' processes do not have them. */
  readonly addedFolders: readonly string[];
}

/** What views know of the GPU test of a kernel. */
export interface IGpuTestState {
  /**
   * - `idle`: nobody asked for it
   * - `waiting`: for the kernel to become idle
   * - `running`: `report` grows
   * - `done`: `report` is whole
   * - `failed`: there is no report; see `failure`
   */
  readonly phase: 'idle' | 'waiting' | 'running' | 'done' | 'failed';
  /** When it began: milliseconds since the epoch; null when it does not run. */
  readonly since: number | null;
  readonly report: IGpuTestReport | null;
  /** What failures mean, by framework. */
  readonly meanings: Readonly<Partial<Record<Testable, IText>>>;
  readonly failure: IFailure | null;
  /** Why the report may no longer be true. */
  readonly stale: Staleness | null;
}

/** Nobody asked for it. */
export const NO_TEST: IGpuTestState = {
  phase: 'idle',
  since: null,
  report: null,
  meanings: {},
  failure: null,
  stale: null
};
