/** A kernel that is started for one check and shut down after it, whatever happens. */
import type { Kernel } from '@jupyterlab/services';
import { failure, within, type RunOutcome } from './run';

/** Starts kernels; JupyterLab's kernel manager is one. */
export interface IKernelStarter {
  startNew(options: {
    name: string;
    path?: string;
  }): Promise<Kernel.IKernelConnection>;
}

/** Milliseconds a kernel may need to start. */
const START_LIMIT = 60_000;

/** Start a kernel, use it, shut it down. Rejects when the kernel cannot be started. */
export async function withSeparateKernel(
  starter: IKernelStarter,
  options: { name: string; path?: string },
  signal: AbortSignal,
  use: (kernel: Kernel.IKernelConnection) => Promise<RunOutcome>
): Promise<RunOutcome> {
  const kernel = await starter.startNew(options);
  try {
    const ready = await within(
      START_LIMIT,
      signal,
      kernel.info.then(() => ({ kind: 'ready' as const }))
    );
    if (ready.kind === 'aborted') {
      return { kind: 'cancelled' };
    }
    if (ready.kind === 'ready') {
      return await use(kernel);
    }
    return {
      kind: 'failure',
      failure: failure(
        'separate-kernel',
        'The separate kernel did not start within %1 s.',
        '',
        String(START_LIMIT / 1000)
      )
    };
  } finally {
    // Nobody should wait for this; a kernel that cannot be shut down is already gone.
    void kernel.shutdown().then(
      () => kernel.dispose(),
      () => kernel.dispose()
    );
  }
}
