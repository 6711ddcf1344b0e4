/** Runs the GPU test in processes of a kernel's interpreter; the kernel itself only starts them. */
import type { Kernel } from '@jupyterlab/services';
import type { IFailure } from '../check/state';
import { readGpuTest } from '../gputest/answer';
import type { IGpuTestReport } from '../gputest/types';
import { text } from '../text/text';
import { runInBackground } from './background';

/** What came of it. */
export type GpuTestOutcome =
  | { readonly kind: 'report'; readonly report: IGpuTestReport }
  | { readonly kind: 'failure'; readonly failure: IFailure }
  | { readonly kind: 'cancelled' };

/** Options of a run. */
export interface IGpuTestOptions {
  /** background.py and gputest.py. */
  readonly source: string;
  /** gputest_child.py. */
  readonly child: string;
  /** Import names. */
  readonly frameworks: readonly string[];
  /** Seconds for each framework. */
  readonly limit: number;
  /** Stops the test and all its processes. */
  readonly signal: AbortSignal;
  /** Told how far it is. */
  onProgress?(report: IGpuTestReport): void;
}

/** Milliseconds for which the kernel may be busy beside the test's own limits. */
const PATIENCE = 60_000;

/** Test in this kernel's environment. Never rejects. */
export async function runGpuTest(
  kernel: Kernel.IKernelConnection,
  options: IGpuTestOptions
): Promise<GpuTestOutcome> {
  const { source, child, frameworks, limit, signal } = options;
  const outcome = await runInBackground(kernel, {
    source,
    call: 'gpu_test',
    request: { frameworks, limit, source: child },
    signal,
    timeout: frameworks.length * limit * 1000 + PATIENCE,
    onProgress: one => {
      const answer = readGpuTest(one);
      if (answer.kind === 'report' && !signal.aborted) {
        options.onProgress?.(answer.report);
      }
    }
  });
  if (outcome.kind === 'cancelled') {
    return outcome;
  }
  if (outcome.kind === 'failure') {
    return { kind: 'failure', failure: inOurWords(outcome.failure) };
  }
  const answer = readGpuTest(outcome.value);
  return answer.kind === 'report'
    ? answer
    : {
        kind: 'failure',
        failure: {
          kind: 'invalid',
          message: answer.message,
          detail: answer.detail
        }
      };
}

/** The sentences of a request speak of the check. */
function inOurWords(failure: IFailure): IFailure {
  switch (failure.kind) {
    case 'restarted':
      return {
        ...failure,
        message: text('The kernel was restarted during the GPU test.')
      };
    case 'kernel-died':
      return {
        ...failure,
        message: text('The kernel died during the GPU test.')
      };
    case 'aborted':
      return {
        ...failure,
        message: text(
          'The GPU test was dropped because a cell before it failed.'
        )
      };
    default:
      return failure;
  }
}
