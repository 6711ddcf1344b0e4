/** JupyterLab in small, for tests: a kernel with its queue, cells, and the functions that run them, as the core has them. */
import type { ISessionContext } from '@jupyterlab/apputils';
import type { Cell, CodeCell } from '@jupyterlab/cells';
import type { INotebookCellExecutor } from '@jupyterlab/notebook';
import type { Kernel } from '@jupyterlab/services';
import { PromiseDelegate } from '@lumino/coreutils';
import { Signal } from '@lumino/signaling';

interface IReply {
  content: { status: string };
}

interface IMessage {
  readonly code: string;
  readonly silent: boolean;
  readonly stopOnError: boolean;
  readonly done: PromiseDelegate<IReply>;
  readonly future: { onReply(reply: IReply): void };
}

/**
 * ipykernel's queue: a failure drops what is queued, unless the failed cell was marked. The first word of the code is its
 * name; the word `fails` makes it fail.
 */
export class QueueKernel {
  constructor(
    readonly id = 'k1',
    readonly name = 'python3',
    language = 'python'
  ) {
    this.info = Promise.resolve({
      language_info: { name: language },
      implementation: 'ipython'
    });
  }

  readonly info: Promise<unknown>;
  readonly statusChanged = new Signal<this, Kernel.Status>(this);
  /** Names of what ran, in order. */
  readonly log: string[] = [];
  /** Everything that was sent, barriers too. */
  readonly sent: string[] = [];
  status: Kernel.Status = 'idle';
  barrierBroken = false;

  get isRunning(): boolean {
    return this._running !== null;
  }

  requestExecute(content: {
    code: string;
    silent?: boolean;
    stop_on_error?: boolean;
  }): unknown {
    if (this.status === 'dead') {
      throw new Error('Kernel is dead');
    }
    const done = new PromiseDelegate<IReply>();
    done.promise.catch(() => undefined);
    const future = {
      done: done.promise,
      onReply: (_: IReply) => undefined,
      dispose: () => undefined
    };
    const silent = content.silent ?? false;
    this.sent.push(silent ? '|' : content.code.split(' ')[0]);
    this._queue.push({
      code: content.code,
      silent,
      stopOnError: content.stop_on_error ?? false,
      done,
      future
    });
    this._pump();
    return future;
  }

  /** The running cell ends. */
  finish(): void {
    const message = this._running;
    if (message) {
      this._running = null;
      this._end(message, message.code.includes('fails'));
    }
  }

  interrupt(): void {
    const message = this._running;
    if (message) {
      this._running = null;
      this._end(message, true);
    }
  }

  /** What `KernelConnection.restart` does at once: everything that was sent is lost. */
  restart(status: Kernel.Status = 'restarting'): void {
    this.become(status);
    const lost = [...(this._running ? [this._running] : []), ...this._queue];
    this._running = null;
    this._queue = [];
    for (const { done } of lost) {
      done.reject(new Error('Canceled future for execute_request message'));
    }
  }

  become(status: Kernel.Status): void {
    this.status = status;
    this.statusChanged.emit(status);
  }

  private _end(message: IMessage, failed: boolean): void {
    this._reply(message, failed ? 'error' : 'ok');
    if (failed && message.stopOnError) {
      const dropped = this._queue;
      this._queue = [];
      dropped.forEach(one => this._reply(one, 'aborted'));
    }
    this._pump();
  }

  private _pump(): void {
    while (!this._running && this._queue.length > 0) {
      const message = this._queue.shift()!;
      if (!message.silent) {
        this._running = message;
        this.become('busy');
        this.log.push(message.code.split(' ')[0]);
      } else if (!this.barrierBroken) {
        // The caller hangs its handler on the future first.
        void Promise.resolve().then(() => this._reply(message, 'ok'));
      }
    }
  }

  private _reply(message: IMessage, status: string): void {
    const reply = { content: { status } };
    this.become('idle');
    message.future.onReply(reply);
    message.done.resolve(reply);
  }

  private _running: IMessage | null = null;
  private _queue: IMessage[] = [];
}

/** A code cell, or a markdown cell. */
export class FakeCell {
  constructor(
    public source: string,
    readonly type = 'code',
    readonly tags?: string[]
  ) {}

  readonly disposed = new Signal<this, void>(this);
  readonly states: string[] = [];
  isDisposed = false;
  readonly model = {
    type: this.type,
    sharedModel: {
      getSource: () => this.source,
      setSource: (source: string) => {
        this.source = source;
      }
    },
    getMetadata: (key: string) => (key === 'tags' ? this.tags : undefined),
    get executionState(): string {
      return this.state;
    },
    set executionState(state: string) {
      this.state = state;
      this.states.push(state);
    },
    state: 'idle',
    states: this.states
  };

  dispose(): void {
    this.isDisposed = true;
    this.disposed.emit();
  }

  /** As the real thing. */
  get cell(): CodeCell {
    return this as unknown as CodeCell;
  }
}

/** The session of a view. Several may have the same kernel. */
export class FakeContext {
  constructor(public kernel: QueueKernel | null) {
    this._kernel = kernel;
    kernel?.statusChanged.connect((_, status) =>
      this.statusChanged.emit(status)
    );
  }

  readonly statusChanged = new Signal<this, Kernel.Status>(this);
  readonly kernelChanged = new Signal<this, unknown>(this);
  readonly disposed = new Signal<this, void>(this);
  readonly specsManager = { specs: { kernelspecs: {} } };
  isTerminating = false;
  pendingInput = false;

  get session(): { kernel: QueueKernel | null } | null {
    return this._kernel ? { kernel: this._kernel } : null;
  }

  /** As `SessionContext.restartKernel`, which reports the status before and after, and the kernel as changed. */
  restart(): void {
    this.statusChanged.emit('restarting');
    this._kernel?.restart();
    this.statusChanged.emit(this._kernel?.status ?? 'unknown');
    this.kernelChanged.emit({ newValue: this._kernel });
  }

  changeKernel(kernel: QueueKernel | null): void {
    this._kernel = kernel;
    this.kernelChanged.emit({ newValue: kernel });
  }

  /** As the real thing. */
  get context(): ISessionContext {
    return this as unknown as ISessionContext;
  }

  private _kernel: QueueKernel | null;
}

type Options = INotebookCellExecutor.IRunCellOptions;

/** The core: what `@jupyterlab/cells` and `@jupyterlab/notebook` do with a cell. */
export class Lab {
  /** Stands for the class `CodeCell`. */
  readonly codeCell = {
    execute: async (
      cell: CodeCell,
      context: ISessionContext,
      _metadata?: unknown
    ): Promise<IReply | void> => {
      this.calls.push(cell);
      const code = cell.model.sharedModel.getSource();
      const kernel = context.session?.kernel;
      if (!code.trim() || !kernel) {
        return;
      }
      const tags = cell.model.getMetadata('tags');
      cell.model.executionState = 'running';
      try {
        const stop = !(tags ?? []).includes('raises-exception');
        return await (
          kernel as unknown as { requestExecute: Send }
        ).requestExecute({ code, stop_on_error: stop }).done;
      } finally {
        cell.model.executionState = 'idle';
      }
    }
  } as unknown as { execute: typeof CodeCell.execute };

  /** Every call of the original `CodeCell.execute`. */
  readonly calls: unknown[] = [];
  readonly executed = new Signal<this, { cell: Cell; success: boolean }>(this);

  /** `runCell` of the core. */
  readonly runCell = async (options: Options): Promise<boolean> => {
    const { cell, sessionContext, onCellExecuted } = options;
    if (cell.model.type !== 'code' || !sessionContext) {
      return true;
    }
    if (sessionContext.pendingInput) {
      return false;
    }
    try {
      const reply = await this.codeCell.execute(
        cell as CodeCell,
        sessionContext,
        {}
      );
      if (reply && reply.content.status !== 'ok') {
        throw new Error(`KernelReplyNotOK: ${reply.content.status}`);
      }
    } catch (reason) {
      if (cell.isDisposed || (reason as Error).message.startsWith('Canceled')) {
        return false;
      }
      onCellExecuted({ cell, success: false });
      throw reason;
    }
    onCellExecuted({ cell, success: true });
    return true;
  };

  /** `NotebookActions.run*`: all cells at once. */
  run(
    executor: INotebookCellExecutor,
    context: FakeContext,
    cells: readonly FakeCell[]
  ): Promise<boolean> {
    return Promise.all(
      cells.map(cell =>
        executor.runCell({
          cell: cell.cell,
          sessionContext: context.context,
          onCellExecuted: (args: { cell: Cell; success: boolean }) =>
            this.executed.emit(args),
          onCellExecutionScheduled: () => undefined
        } as unknown as Options)
      )
    ).then(
      results => results.every(result => result),
      reason => {
        if ((reason as Error).message.startsWith('KernelReplyNotOK')) {
          return false;
        }
        throw reason;
      }
    );
  }
}

type Send = (content: { code: string; stop_on_error: boolean }) => {
  done: Promise<IReply>;
};

/** Let promises settle. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 40; i++) {
    await Promise.resolve();
  }
}

/** A clock that is moved by hand. */
export class FakeClock {
  now(): number {
    return this._now;
  }

  after(milliseconds: number, callback: () => void): () => void {
    const timer = { at: this._now + milliseconds, callback };
    this._timers.add(timer);
    return () => void this._timers.delete(timer);
  }

  advance(milliseconds: number): void {
    this._now += milliseconds;
    for (const timer of [...this._timers]) {
      if (timer.at <= this._now && this._timers.delete(timer)) {
        timer.callback();
      }
    }
  }

  get pending(): number {
    return this._timers.size;
  }

  private _now = 0;
  private readonly _timers = new Set<{ at: number; callback: () => void }>();
}
