/** Fetches uv into a private folder of the machine on which the kernel runs; no environment is changed. */
import type { Kernel } from '@jupyterlab/services';
import { readProgress, type IPlanProgress } from '../plan/answer';
import { text, type IText } from '../text/text';
import { runInBackground } from './background';

/** Whether there is a uv now, or why not. */
export type FetchUvOutcome =
  | { readonly ok: true; readonly version: string }
  | {
      readonly ok: false;
      /** One sentence for people. */
      readonly message: IText;
      /** Technical detail, credentials masked; empty when there is none. */
      readonly detail: string;
    };

/** Options of a fetch. */
export interface IFetchUvOptions {
  /** Python sources: background.py and fetch_uv.py. */
  readonly source: string;
  /** Stops the download and all its processes. */
  readonly signal: AbortSignal;
  /** Seconds. Default 120. */
  readonly deadline?: number;
  /** Told the phase: `downloading`, `unpacking`, `done`. */
  onProgress?(progress: IPlanProgress): void;
}

/** Milliseconds that the request may wait for the kernel, beside its deadline. */
const PATIENCE = 5000;
const MAX_DETAIL = 400;

/** Sentences for the kinds of fetch_uv.py. */
const MESSAGES: ReadonlyMap<unknown, IText> = new Map([
  ['cancelled', text('The download of uv was stopped.')],
  ['timeout', text('The download of uv took too long.')],
  ['network', text('The package index could not be reached.')],
  ['credentials', text('The package index wants other credentials.')],
  ['not-found', text('The package index has no uv for this system.')],
  ['no-pip', text('There is no pip here to download uv with.')],
  ['no-space', text('There is no space left for uv.')],
  ['read-only', text('The folder for uv cannot be written.')],
  ['broken', text('The downloaded uv does not run here.')]
]);

/** Fetch uv. Never rejects. */
export async function fetchUv(
  kernel: Kernel.IKernelConnection,
  { source, signal, deadline = 120, onProgress }: IFetchUvOptions
): Promise<FetchUvOutcome> {
  const outcome = await runInBackground(kernel, {
    source,
    call: 'fetch',
    request: { deadline },
    signal,
    timeout: deadline * 1000 + PATIENCE,
    onProgress: one => {
      const progress = readProgress(one);
      if (progress && !signal.aborted) {
        onProgress?.(progress);
      }
    }
  });
  switch (outcome.kind) {
    case 'answer':
      return readFetched(outcome.value);
    case 'cancelled':
      return failed('cancelled');
    case 'failure':
      return {
        ok: false,
        message: outcome.failure.message,
        detail: outcome.failure.detail
      };
  }
}

/** Read the answer of fetch_uv.py: it is untrusted. */
function readFetched(value: unknown): FetchUvOutcome {
  const { version, error } = (value ?? {}) as Record<string, unknown>;
  if (typeof version === 'string' && /^\d+(\.\d+){1,3}$/.test(version)) {
    return { ok: true, version };
  }
  const { kind, text: detail } = (error ?? {}) as Record<string, unknown>;
  return failed(kind, typeof detail === 'string' ? detail : '');
}

function failed(kind: unknown, detail = ''): FetchUvOutcome {
  const message = MESSAGES.get(kind) ?? text('uv could not be downloaded.');
  return { ok: false, message, detail: detail.slice(0, MAX_DETAIL) };
}
