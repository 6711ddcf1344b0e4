/** Waiting for a busy kernel. */
import type { Kernel } from '@jupyterlab/services';

/** Statuses in which the kernel would answer at once. */
export const READY: readonly Kernel.Status[] = ['idle'];

/** Resolve true when the kernel becomes idle, false when it dies or nobody waits any more. */
export function idle(
  kernel: Kernel.IKernelConnection,
  signal: AbortSignal
): Promise<boolean> {
  return new Promise(resolve => {
    const settle = (value: boolean) => {
      kernel.statusChanged.disconnect(onStatus);
      kernel.disposed.disconnect(onDisposed);
      signal.removeEventListener('abort', onAbort);
      resolve(value);
    };
    const onStatus = (_: unknown, status: Kernel.Status) => {
      if (READY.includes(status)) {
        settle(true);
      } else if (status === 'dead') {
        settle(false);
      }
    };
    const onDisposed = () => settle(false);
    const onAbort = () => settle(false);
    kernel.statusChanged.connect(onStatus);
    kernel.disposed.connect(onDisposed);
    signal.addEventListener('abort', onAbort);
  });
}
