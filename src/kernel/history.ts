/** Asks history.py in a kernel. */
import type { Kernel } from '@jupyterlab/services';
import type { IFailure } from '../check/state';
import { parseHistory } from '../history/parse';
import type { IEntry, IHistory } from '../history/types';
import { runInBackground } from './background';
import { failure } from './request';

/** What is asked. */
export type HistoryRequest =
  | { readonly action: 'read' }
  | { readonly action: 'append'; readonly entry: IEntry }
  | {
      readonly action: 'update';
      readonly id: string;
      readonly patch: Partial<Pick<IEntry, 'undone' | 'why'>>;
    };

/** What came of it. */
export type HistoryOutcome =
  | { readonly kind: 'answer'; readonly value: IHistory }
  /** It was written. */
  | { readonly kind: 'written' }
  | { readonly kind: 'failure'; readonly failure: IFailure }
  | { readonly kind: 'cancelled' };

/** Milliseconds for which an answer is awaited. */
const TIMEOUT = 60_000;

/** Ask. Never rejects. */
export async function runHistory(
  kernel: Kernel.IKernelConnection,
  source: string,
  request: HistoryRequest,
  signal: AbortSignal
): Promise<HistoryOutcome> {
  const outcome = await runInBackground(kernel, {
    source,
    call: 'history',
    request,
    signal,
    timeout: TIMEOUT
  });
  return outcome.kind === 'answer'
    ? readHistory(request.action, outcome.value)
    : outcome;
}

/** Read an answer of history.py; it is untrusted. */
export function readHistory(
  action: HistoryRequest['action'],
  value: unknown
): HistoryOutcome {
  const { error } = (value ?? {}) as { error?: { text?: unknown } };
  if (error) {
    return {
      kind: 'failure',
      failure: failure(
        'unexpected',
        'The history could not be kept: %1',
        '',
        String(error.text ?? '').slice(0, 400)
      )
    };
  }
  const { id } = (value ?? {}) as { id?: unknown };
  if (action !== 'read' && typeof id === 'string') {
    return { kind: 'written' };
  }
  const history = action === 'read' ? parseHistory(value) : null;
  return history
    ? { kind: 'answer', value: history }
    : {
        kind: 'failure',
        failure: failure(
          'invalid',
          'The history has a form that is not known here.'
        )
      };
}
