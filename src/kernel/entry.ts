/** What a checker knows of one kernel. */
import type { Kernel } from '@jupyterlab/services';
import type {
  ICheckResult,
  IFailure,
  IProgress,
  Phase,
  Staleness
} from '../check/state';
import type { IFacts } from '../facts/facts.generated';
import {
  NO_TEST,
  type IGpuTestReport,
  type IGpuTestState
} from '../gputest/types';
import { failure } from './run';

/** What is known of one kernel. */
export interface IEntry {
  result: ICheckResult | null;
  stale: Staleness | null;
  failure: IFailure | null;
  progress: IProgress | null;
  abort: AbortController | null;
  /** An install was seen to start; at the next idle the facts are stale. */
  installing: boolean;
  /** The cell that was seen to install last. */
  source: string;
  test: IGpuTestState;
  /** Ends the GPU test; null when none runs. */
  testAbort: AbortController | null;
}

/** A kernel that nobody asked about yet. */
export function newEntry(): IEntry {
  return {
    result: null,
    stale: null,
    failure: null,
    progress: null,
    abort: null,
    installing: false,
    source: '',
    test: NO_TEST,
    testAbort: null
  };
}

/** Where a check of this kernel stands. */
export function phaseOf(
  status: Kernel.Status,
  language: string,
  entry: IEntry | undefined
): Phase {
  if (status === 'dead' || status === 'terminating') {
    return 'dead';
  }
  if (language !== '' && language !== 'python') {
    return 'not-python';
  }
  if (entry?.progress) {
    return entry.progress.queued ? 'busy' : 'checking';
  }
  if (entry?.failure) {
    return 'failed';
  }
  if (entry?.result) {
    const { facts, failures } = entry.result;
    return facts.problems.length > 0 || failures.length > 0
      ? 'partial'
      : 'ready';
  }
  return language === '' || status === 'unknown' ? 'starting' : 'unchecked';
}

/** Something happened that the facts, and what a GPU test saw, do not know of. */
export function markStale(entry: IEntry, why: Staleness): void {
  entry.stale = entry.result ? why : null;
  if (entry.test.phase !== 'idle') {
    entry.test = { ...entry.test, stale: why };
  }
}

/** What a GPU test saw that still holds. */
export function freshReport({ test }: IEntry): IGpuTestReport | null {
  return test.phase === 'done' && !test.stale ? test.report : null;
}

/** Key of an environment: one prefix of one interpreter. */
export function environmentKey(facts: IFacts): string {
  return facts.python?.prefix ?? facts.python?.executable ?? '';
}

/** The kernel went away. */
export function deadFailure(): IFailure {
  return failure('kernel-died', 'The kernel died during the check.');
}

/** The kernel came back without what it was doing. */
export function restartedFailure(): IFailure {
  return failure('restarted', 'The kernel was restarted during the check.');
}
