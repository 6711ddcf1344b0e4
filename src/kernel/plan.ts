/** Asks the planner in a kernel what a command would change. */
import type { Kernel } from '@jupyterlab/services';
import type { IFailure } from '../check/state';
import {
  readPlan,
  readProgress,
  type IPlanProgress,
  type PlanAnswer
} from '../plan/answer';
import type { IPlanRequest } from '../plan/command';
import { runInBackground } from './background';

/** What came of it. */
export type PlanOutcome =
  | PlanAnswer
  | { readonly kind: 'failure'; readonly failure: IFailure }
  | { readonly kind: 'cancelled' };

/** Options of a run. */
export interface IPlanRunOptions {
  /** background.py and plan.py. */
  readonly source: string;
  readonly request: IPlanRequest;
  /** Stops the planner and all its processes. */
  readonly signal: AbortSignal;
  /** Milliseconds that the request may wait for the kernel, beside its deadline. Default 5000. */
  readonly patience?: number;
  /** Told what the planner is doing. */
  onProgress?(progress: IPlanProgress): void;
}

/** Plan in this kernel. Never rejects. */
export async function runPlan(
  kernel: Kernel.IKernelConnection,
  options: IPlanRunOptions
): Promise<PlanOutcome> {
  const { source, request, signal, patience = 5000 } = options;
  const outcome = await runInBackground(kernel, {
    source,
    call: 'plan',
    request,
    signal,
    timeout: request.deadline * 1000 + patience,
    onProgress: one => {
      const progress = readProgress(one);
      if (progress && !signal.aborted) {
        options.onProgress?.(progress);
      }
    }
  });
  return outcome.kind === 'answer' ? readPlan(outcome.value) : outcome;
}
