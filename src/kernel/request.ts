/**
 * One silent request to a kernel: an expression on the main shell that leaves no name behind, answered as
 * `display_data` of a private MIME type with a nonce. Reasons: docs/design.md, "Running code in the kernel".
 */
import type { Kernel, KernelMessage } from '@jupyterlab/services';
import { PromiseDelegate } from '@lumino/coreutils';
import type { IFailure } from '../check/state';
import { text } from '../text/text';
import { CODE_MIME, compiledFor, type ICompiled } from './compiled';

/** What came of a run: an unchecked answer, or why there is none. */
export type RunOutcome =
  | { kind: 'answer'; value: unknown }
  | { kind: 'failure'; failure: IFailure }
  | { kind: 'cancelled' };

/** A request. */
export interface IKernelRequest {
  /** Python definitions in front of the program, the same each time: compiled once per kernel. */
  readonly library?: string;
  /** Python statements; what they publish carries the nonce. */
  program(nonce: string): string;
  /** MIME type of the answer. */
  readonly mime: string;
  /** Milliseconds after which no answer is awaited any more; those in which the kernel is at something else do not count. */
  readonly timeout: number;
  /** Stops waiting. */
  readonly signal: AbortSignal;
  /** Told when the kernel is at something else first, and when it begins. */
  onWaiting?(isWaiting: boolean): void;
  /** Called with what comes with the right nonce; false: not the answer yet. Without it the first one is. */
  accept?(data: Readonly<Record<string, unknown>>): boolean;
}

/** A failure with its sentence. */
export function failure(
  kind: IFailure['kind'],
  template: string,
  detail = '',
  ...args: string[]
): IFailure {
  return { kind, message: text(template, ...args), detail };
}

/** Milliseconds after which a request that has not begun is said to wait. */
const SOON = 300;

/** Key of our expression. */
const KEY = 'gpu_doctor';

/**
 * The expression that runs statements in a fresh dict. Names are taken from `builtins`: people call their variables
 * `compile` or `exec`. JSON strings are Python strings.
 */
export function asExpression(program: string): string {
  const builtins = "__import__('builtins')";
  return `${builtins}.exec(${builtins}.compile(${JSON.stringify(program)}, '<gpu-doctor>', 'exec'), {'__name__': '__gpu_doctor__'})`;
}

/** Send a request and bring back its answer. Never rejects. */
export async function askKernel(
  kernel: Kernel.IKernelConnection,
  request: IKernelRequest
): Promise<RunOutcome> {
  // Expressions are not sent through IPython's input transformers, which need 50 ms for a text of this size.
  let form: 'expression' | 'code' = 'expression';
  let again = 1;
  const compiled = request.library
    ? compiledFor(kernel, request.library)
    : null;
  for (;;) {
    const outcome = await askOnce(kernel, request, form, compiled);
    if (outcome.kind !== 'failure' || request.signal.aborted) {
      return outcome;
    }
    const { kind } = outcome.failure;
    if (kind === 'aborted' && again > 0) {
      // A request queued behind a failing cell is answered "aborted" and never ran; once it may be sent again.
      again--;
    } else if (kind === 'no-answer' && form === 'expression') {
      // Not every Python kernel evaluates expressions.
      form = 'code';
    } else if (!compiled?.refused(outcome.failure)) {
      return outcome;
    }
  }
}

async function askOnce(
  kernel: Kernel.IKernelConnection,
  { program, mime, timeout, signal, accept, onWaiting }: IKernelRequest,
  form: 'expression' | 'code',
  compiled: ICompiled | null
): Promise<RunOutcome> {
  if (signal.aborted) {
    return { kind: 'cancelled' };
  }
  const nonce = randomNonce();
  const statements = program(nonce);
  const code = asExpression(compiled?.around(statements, nonce) ?? statements);
  let error = '';
  let begun = false;
  const answered = new PromiseDelegate<{ kind: 'answer'; value: unknown }>();
  let future: Kernel.IShellFuture<
    KernelMessage.IExecuteRequestMsg,
    KernelMessage.IExecuteReplyMsg
  >;
  try {
    future = kernel.requestExecute(
      {
        code: form === 'code' ? code : '',
        silent: true,
        store_history: false,
        user_expressions: form === 'expression' ? { [KEY]: code } : {},
        // The flag is global in ipykernel: false would break an input() of the user's.
        allow_stdin: true,
        stop_on_error: false
      },
      false
    );
  } catch (reason) {
    return {
      kind: 'failure',
      failure: failure(
        'unexpected',
        'The kernel did not take the request.',
        String(reason)
      )
    };
  }
  future.onIOPub = message => {
    const content = message.content as IErrorContent & {
      data?: Record<string, unknown>;
    };
    if (message.header.msg_type === 'display_data') {
      const data = content.data?.[mime] as
        { nonce?: unknown } | null | undefined;
      if (data && data.nonce === nonce && (accept?.({ ...data }) ?? true)) {
        answered.resolve({ kind: 'answer', value: data });
      } else if (compiled) {
        compiled.keep(content.data?.[CODE_MIME], nonce);
      }
    } else if (message.header.msg_type === 'error') {
      error = errorText(content);
    } else if (message.header.msg_type === 'status' && !begun) {
      begun = true;
      onWaiting?.(false);
    }
  };
  const isBehind = () => !begun && kernel.status === 'busy';
  const soon = setTimeout(() => {
    if (isBehind()) {
      onWaiting?.(true);
    }
  }, SOON);

  const done = future.done.then(
    reply => ({ kind: 'reply' as const, reply }),
    reason => ({ kind: 'rejected' as const, reason })
  );
  // The reply comes some milliseconds after the answer, and tells nothing more.
  const ended = await within(
    timeout,
    signal,
    Promise.race([answered.promise, done]),
    isBehind
  );
  clearTimeout(soon);
  if (ended.kind === 'timeout' || ended.kind === 'aborted') {
    // The request cannot be withdrawn; a late answer is ignored because nobody listens to its future any more.
    future.dispose();
  }
  switch (ended.kind) {
    case 'answer':
      return ended;
    case 'aborted':
      return { kind: 'cancelled' };
    case 'timeout':
      return {
        kind: 'failure',
        failure: failure(
          'timeout',
          'The kernel gave no answer within %1 s.',
          '',
          String(Math.round(timeout / 1000))
        )
      };
    case 'rejected':
      return { kind: 'failure', failure: lost(kernel, ended.reason) };
    case 'reply':
      return outcomeOf(ended.reply, error);
  }
}

function outcomeOf(
  reply: KernelMessage.IExecuteReplyMsg,
  error: string
): RunOutcome {
  const status: string = reply.content.status;
  const { user_expressions: evaluated } = reply.content as {
    user_expressions?: Record<string, IErrorContent & { status?: string }>;
  };
  if (evaluated?.[KEY]?.status === 'error') {
    error = errorText(evaluated[KEY]);
  }
  if (status === 'aborted' || status === 'abort') {
    return {
      kind: 'failure',
      failure: failure(
        'aborted',
        'The check was dropped because a cell before it failed.'
      )
    };
  }
  if (status === 'error' || error) {
    return {
      kind: 'failure',
      failure: failure(
        'python-error',
        'The inspection code failed in the kernel.',
        error
      )
    };
  }
  return {
    kind: 'failure',
    failure: failure(
      'no-answer',
      'The kernel ran the check but sent no answer.'
    )
  };
}

/** What an error message carries. */
interface IErrorContent {
  ename?: string;
  evalue?: string;
  traceback?: string[];
}

function errorText({ ename, evalue, traceback }: IErrorContent): string {
  return [`${ename ?? ''}: ${evalue ?? ''}`, ...(traceback ?? [])].join('\n');
}

/** The future was disposed under us: the kernel restarted, died or was shut down. */
function lost(kernel: Kernel.IKernelConnection, reason: unknown): IFailure {
  return kernel.isDisposed || kernel.status === 'dead'
    ? failure(
        'kernel-died',
        'The kernel died during the check.',
        String(reason)
      )
    : failure(
        'restarted',
        'The kernel was restarted during the check.',
        String(reason)
      );
}

/**
 * Wait for a promise, for so many milliseconds (Infinity: for ever), or until the signal says that nobody waits any more.
 *
 * @param isBehind whether the time does not count yet
 */
export function within<T>(
  milliseconds: number,
  signal: AbortSignal,
  promise: Promise<T>,
  isBehind: () => boolean = () => false
): Promise<T | { kind: 'timeout' | 'aborted' }> {
  return new Promise((resolve, reject) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const settle = (action: () => void) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      action();
    };
    const onAbort = () => settle(() => resolve({ kind: 'aborted' }));
    const wait = () => {
      const wasBehind = isBehind();
      timer = setTimeout(() => {
        // It is idle for a moment between two cells, too; so once more after that.
        if (wasBehind || isBehind()) {
          wait();
        } else {
          settle(() => resolve({ kind: 'timeout' }));
        }
      }, milliseconds);
    };
    if (Number.isFinite(milliseconds)) {
      wait();
    }
    signal.addEventListener('abort', onAbort);
    promise.then(
      value => settle(() => resolve(value)),
      reason => settle(() => reject(reason))
    );
  });
}

/** Something that nobody can guess. */
export function randomNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
}
