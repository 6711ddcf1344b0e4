/**
 * The barrier: a silent, empty request on the main shell. The kernel answers it after every cell it was sent before, and
 * answers "aborted" when one of them failed: order and abort in one message.
 */
import type { Kernel } from '@jupyterlab/services';
import { CLOCK, type BarrierAnswer, type IClock } from './types';

/** A kernel that is idle for so many milliseconds without having answered will not answer. */
export const IDLE_LIMIT = 5000;

/**
 * Wait until the kernel has finished everything it was sent before this call; the request leaves synchronously. Never
 * rejects. There is no limit while the kernel is busy.
 */
export function reachMainShell(
  kernel: Kernel.IKernelConnection,
  signal: AbortSignal,
  idleLimit = IDLE_LIMIT,
  clock: IClock = CLOCK
): Promise<BarrierAnswer> {
  return new Promise(resolve => {
    const future = kernel.requestExecute(
      {
        code: '',
        silent: true,
        store_history: false,
        user_expressions: {},
        // The flag is global in ipykernel: false would break an input() of the user's.
        allow_stdin: true,
        stop_on_error: false
      },
      false
    );
    let stopTimer: (() => void) | undefined;
    const settle = (answer: BarrierAnswer) => {
      stopTimer?.();
      kernel.statusChanged.disconnect(onStatus);
      signal.removeEventListener('abort', onAbort);
      resolve(answer);
    };
    const onStatus = () => {
      stopTimer?.();
      stopTimer =
        kernel.status === 'idle' ? clock.after(idleLimit, giveUp) : undefined;
    };
    const giveUp = () => {
      settle({ kind: 'failed' });
      // The request cannot be withdrawn; a late answer finds nobody.
      future.dispose();
    };
    const onAbort = () => giveUp();
    // The reply alone tells; the idle message on the other channel is not waited for.
    future.onReply = ({ content }) => {
      // Protocol before 5.1 says "abort".
      const status: string = content.status;
      settle({
        kind: status.startsWith('abort') ? 'aborted' : 'reached'
      });
    };
    // A future is disposed before it is done when the kernel restarts, dies or is left.
    future.done.then(
      () => future.dispose(),
      () => settle({ kind: 'lost' })
    );
    kernel.statusChanged.connect(onStatus);
    signal.addEventListener('abort', onAbort);
    onStatus();
  }).catch(error => ({ kind: 'failed', error })) as Promise<BarrierAnswer>;
}
