/** Runs the GPU test in a kernel and keeps its state in the kernel's entry. */
import type { Kernel } from '@jupyterlab/services';
import { testable } from '../gputest/testable';
import { NO_TEST, type IGpuTestState } from '../gputest/types';
import { deadFailure, type IEntry } from './entry';
import type { GpuTestOutcome } from './gpuTest';
import { idle, READY } from './idle';
import { failure } from './request';

/** What a run needs. */
export interface ITestEntryOptions {
  loadCore(): Promise<typeof import('./core')>;
  /** Seconds for each framework. */
  limit(): number;
  /** The entry has changed. */
  changed(): void;
}

/**
 * Test the frameworks of an entry that has a result, when the kernel is idle. Resolves when there is an answer, or none to
 * expect; true: there is a new report.
 */
export async function testEntry(
  entry: IEntry,
  kernel: Kernel.IKernelConnection,
  options: ITestEntryOptions
): Promise<boolean> {
  const frameworks = entry.result ? testable(entry.result.facts) : [];
  if (entry.testAbort || frameworks.length === 0) {
    return false;
  }
  const abort = new AbortController();
  entry.testAbort = abort;
  const former = entry.test;
  const set = (change: Partial<IGpuTestState>) => {
    if (entry.testAbort === abort) {
      entry.test = { ...entry.test, ...change };
      options.changed();
    }
  };
  const waits = !READY.includes(kernel.status);
  const phase = waits ? 'waiting' : 'running';
  set({ ...NO_TEST, phase, since: Date.now() });
  let outcome: GpuTestOutcome;
  try {
    if (waits && !(await idle(kernel, abort.signal))) {
      outcome = abort.signal.aborted
        ? { kind: 'cancelled' }
        : { kind: 'failure', failure: deadFailure() };
    } else {
      set({ phase: 'running', since: Date.now() });
      const core = await options.loadCore();
      outcome = await core.runGpuTest(kernel, {
        source: `${core.BACKGROUND_SOURCE}\n${core.GPU_TEST_SOURCE}`,
        child: core.GPU_TEST_CHILD_SOURCE,
        frameworks,
        limit: options.limit(),
        signal: abort.signal,
        onProgress: report => set({ report })
      });
      if (outcome.kind === 'report') {
        const { report } = outcome;
        const meanings = entry.result
          ? await core.testMeanings(report, entry.result)
          : {};
        set({ phase: 'done', since: null, report, meanings });
      }
    }
  } catch (error) {
    outcome = {
      kind: 'failure',
      failure: failure(
        'unexpected',
        'The GPU test stopped with an error of its own.',
        String(error)
      )
    };
  }
  if (outcome.kind === 'failure') {
    set({ ...NO_TEST, phase: 'failed', failure: outcome.failure });
  } else if (outcome.kind === 'cancelled') {
    // What was known before is still true, unless something happened meanwhile.
    set({ ...former, stale: entry.test.stale ?? former.stale });
  }
  const wanted = entry.testAbort === abort;
  if (wanted) {
    entry.testAbort = null;
  }
  return wanted && outcome.kind === 'report';
}
