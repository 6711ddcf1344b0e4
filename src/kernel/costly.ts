/** Reads costly facts in a kernel: in a thread of it, so that a cell that is run meanwhile does not wait. */
import type { Kernel } from '@jupyterlab/services';
import type { CostlyCache, CostlyFact } from '../facts/costly';
import { runInBackground, type BackgroundOutcome } from './background';
import { BACKGROUND_SOURCE, COSTLY_SOURCE } from './embedded.generated';

/** Options of a request. */
export interface ICostlyOptions {
  readonly wanted: readonly CostlyFact[];
  /** Cache of a former answer in this environment. */
  readonly cache: CostlyCache;
  readonly signal: AbortSignal;
  /** Milliseconds after which no answer is awaited any more. */
  readonly timeout: number;
}

/** Ask. Never rejects. The kernel ends by itself after 3 s; what it had not read by then is null. */
export function readCostly(
  kernel: Kernel.IKernelConnection,
  { wanted, cache, signal, timeout }: ICostlyOptions
): Promise<BackgroundOutcome> {
  return runInBackground(kernel, {
    source: `${BACKGROUND_SOURCE}\n${COSTLY_SOURCE}`,
    call: 'read_costly',
    request: { wanted, cache },
    signal,
    timeout
  });
}
