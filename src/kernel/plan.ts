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
import { askKernel } from './request';

/** MIME type of the planner's answer. */
export const PLAN_MIME = 'application/vnd.jupyterlab-gpu-doctor.plan+json';

/** What came of it. */
export type PlanOutcome =
  | PlanAnswer
  | { readonly kind: 'failure'; readonly failure: IFailure }
  | { readonly kind: 'cancelled' };

/** Options of a run. */
export interface IPlanRunOptions {
  /** Python source that defines `publish_plan(nonce, request)`. */
  readonly source: string;
  readonly request: IPlanRequest;
  /** Stops waiting; the planner itself ends at its deadline, or when the kernel is interrupted. */
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
  // Once as JSON for the planner, once more as a Python string.
  const words = JSON.stringify(JSON.stringify(request));
  const outcome = await askKernel(kernel, {
    program: nonce =>
      `${source}\npublish_plan(${JSON.stringify(nonce)}, __import__("json").loads(${words}))\n`,
    mime: PLAN_MIME,
    timeout: request.deadline * 1000 + patience,
    signal,
    accept: data => {
      if ('plan' in data) {
        return true;
      }
      const progress = readProgress(data.progress);
      if (progress && !signal.aborted) {
        options.onProgress?.(progress);
      }
      return false;
    }
  });
  return outcome.kind === 'answer'
    ? readPlan((outcome.value as { plan?: unknown }).plan)
    : outcome;
}
