/** Runs the probe in a kernel and brings back its answer. */
import type { Kernel } from '@jupyterlab/services';
import { askKernel, type RunOutcome } from './request';

export { failure, within, type RunOutcome } from './request';

/** MIME type of the probe's answer. */
export const FACTS_MIME = 'application/vnd.jupyterlab-gpu-doctor.facts+json';

/** An answer larger than this (in characters of JSON) is refused: it is not ours, or it would freeze the page. */
export const MAX_ANSWER = 64 * 1024 * 1024;

/** Options of a run. */
export interface IRunOptions {
  /** Python source that defines `publish(nonce)`. */
  source: string;
  /** Milliseconds after which no answer is awaited any more. */
  timeout: number;
  /** Stops waiting. */
  signal: AbortSignal;
  /** Told when the kernel is at something else first, and when it begins. */
  onWaiting?(isWaiting: boolean): void;
}

/** Run the probe in this kernel. Never rejects. */
export function runProbe(
  kernel: Kernel.IKernelConnection,
  { source, timeout, signal, onWaiting }: IRunOptions
): Promise<RunOutcome> {
  return askKernel(kernel, {
    library: source,
    program: nonce => `publish(${JSON.stringify(nonce)})`,
    mime: FACTS_MIME,
    timeout,
    signal,
    onWaiting
  });
}
