/**
 * Long work in a thread of the kernel: one request starts it, short ones ask for news. The kernel never waits for us, and what
 * nobody wants any more is stopped without an interrupt, which would reach the user's own processes as well.
 */
import type { Kernel } from '@jupyterlab/services';
import type { IFailure } from '../check/state';
import { askKernel, asExpression, failure, randomNonce } from './request';

/** MIME type of what background.py publishes. */
export const BACKGROUND_MIME =
  'application/vnd.jupyterlab-gpu-doctor.background+json';

/** Seconds for which the kernel keeps a request for news waiting. The first waits longer: nothing is shown yet that could be pressed. */
const FIRST = 1;
const WAIT = 0.5;

/**
 * Milliseconds between requests for news of what runs aside, seconds for which its result is kept, and seconds that the cell
 * has to start in before the work takes its share of the interpreter.
 */
const PAUSE = 300;
const KEPT = 3600;
const HEAD_START = 0.05;

/** What came of it; the value is unchecked. */
export type BackgroundOutcome =
  | { readonly kind: 'answer'; readonly value: unknown }
  | { readonly kind: 'failure'; readonly failure: IFailure }
  | { readonly kind: 'cancelled' };

/** Options of a run. */
export interface IBackgroundOptions {
  /** Python sources: background.py and what the work needs. */
  readonly source: string;
  /** Name of a function that takes `(request, report, stop)`. */
  readonly call: string;
  /** Its first argument; can be JSON. */
  readonly request: unknown;
  /** Stops the work. */
  readonly signal: AbortSignal;
  /** Milliseconds after which no answer is awaited any more. */
  readonly timeout: number;
  /**
   * The kernel is needed for other things meanwhile: no request waits in it, and the result is kept for an hour, because
   * a cell may run that long.
   */
  readonly isAside?: boolean;
  /** The kernel has begun with it. */
  onStarted?(): void;
  /** Told what the work reported last; unchecked. */
  onProgress?(progress: unknown): void;
}

/** Run it. Never rejects. */
export async function runInBackground(
  kernel: Kernel.IKernelConnection,
  options: IBackgroundOptions
): Promise<BackgroundOutcome> {
  const { source, call, request, signal, timeout, isAside } = options;
  if (signal.aborted) {
    return { kind: 'cancelled' };
  }
  const key = randomNonce();
  // Once as JSON for the work, once more as a Python string.
  const words = JSON.stringify(JSON.stringify(request));
  const work = `lambda report, stop: ${call}(__import__("json").loads(${words}), report, stop)`;
  const news = (thread: string, seconds: number) => (nonce: string) =>
    `${thread}\nthread.news(${JSON.stringify(nonce)}, ${seconds})\n`;
  // Whether it runs is not known before the first answer; a request to stop finds it, or nothing.
  const stop = () =>
    tell(
      kernel,
      `${find(key)}\nif thread:\n    thread.stop.set()\n    thread.fetched.set()\n`
    );
  signal.addEventListener('abort', stop);
  const end = Date.now() + timeout;
  let library: string | undefined = source;
  const aside = isAside
    ? `\nthread.KEPT = ${KEPT}\nthread.HEAD_START = ${HEAD_START}`
    : '';
  let program = news(
    `thread = Background(${JSON.stringify(key)}, ${work})${aside}\nthread.start()`,
    isAside ? 0 : FIRST
  );
  try {
    for (;;) {
      const outcome = await askKernel(kernel, {
        library,
        program,
        mime: BACKGROUND_MIME,
        timeout: Math.max(1, end - Date.now()),
        signal
      });
      if (outcome.kind !== 'answer') {
        if (outcome.kind === 'failure') {
          stop();
        }
        return outcome;
      }
      const { answer, error, progress } = outcome.value as Record<
        string,
        unknown
      >;
      if (answer !== undefined) {
        return { kind: 'answer', value: answer };
      }
      if (error !== undefined) {
        return {
          kind: 'failure',
          failure: failure(
            'python-error',
            'The code of GPU Doctor failed in the kernel.',
            String(error)
          )
        };
      }
      if (progress) {
        options.onProgress?.(progress);
      }
      if (library !== undefined) {
        options.onStarted?.();
      }
      if (isAside) {
        await new Promise(resolve => setTimeout(resolve, PAUSE));
      }
      library = undefined;
      program = news(find(key), isAside ? 0 : WAIT);
    }
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Python that finds the thread, or None. */
function find(key: string): string {
  const name = JSON.stringify(`gpu-doctor-${key}`);
  return `thread = next((t for t in __import__("threading").enumerate() if t.name == ${name}), None)`;
}

/** Send statements whose answer nobody needs. */
function tell(kernel: Kernel.IKernelConnection, program: string): void {
  try {
    const future = kernel.requestExecute(
      {
        code: '',
        silent: true,
        store_history: false,
        user_expressions: { gpu_doctor: asExpression(program) },
        allow_stdin: true,
        stop_on_error: false
      },
      true
    );
    future.done.catch(() => undefined);
  } catch {
    // The kernel is gone, and the work with it.
  }
}
