/**
 * Puts the gate in front of the two functions through which JupyterLab runs cells.
 *
 * Providing `INotebookCellExecutor` would lose silently to other providers, or disable them; so what is there is decorated.
 * An executor that can be changed gets a new `runCell` (server-side executors never call `CodeCell.execute`); the shared
 * `CodeCell.execute` is always wrapped (the core's frozen executor and the code console call it).
 */
import type { ISessionContext } from '@jupyterlab/apputils';
import type { Cell, CodeCell } from '@jupyterlab/cells';
import type { INotebookCellExecutor } from '@jupyterlab/notebook';
import type { Kernel } from '@jupyterlab/services';
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { decorate } from './decorate';
import type { Gate } from './gate';
import { CellItem, raisesException, sourceOf, type IHeldCell } from './item';
import { isExamined, kernelOf } from './kernels';
import type { CancelReason } from './types';

type Execute = typeof CodeCell.execute;
type RunCell = INotebookCellExecutor['runCell'];

/** What the guard sees, for the panel. */
export interface ICoverage {
  /** Through which function cells of notebooks are seen. */
  readonly notebooks: 'executor' | 'codecell' | 'not-covered';
  readonly consoles: 'codecell' | 'not-covered';
  /** Why something is not covered. */
  readonly reason: 'foreign-executor' | 'not-writable' | null;
}

/** What is wrapped, and what for. */
export interface IAttachOptions<A> {
  readonly gate: Gate<IHeldCell, A>;
  /** What the token `INotebookCellExecutor` resolved to; null when there is none. */
  readonly executor: INotebookCellExecutor | null;
  /** The class of `@jupyterlab/cells`. */
  readonly codeCell: { execute: Execute };
  /** `runCell` of `@jupyterlab/notebook`. */
  readonly coreRunCell: RunCell;
  /** `NotebookActions.executed`. */
  readonly executed: ISignal<unknown, { cell: Cell; success: boolean }>;
  /** Whether this text could change the environment. Asked for every cell that runs. */
  isInstall(source: string): boolean;
  /** Whether new installs are held; default yes. What is held stays held. */
  enabled?(): boolean;
  /** A cell is held from now on. */
  onHeld?(item: IHeldCell): void;
  /** Told once, at the first error of our own. */
  warn(message: string, error: unknown): void;
}

/** The wrapped functions. */
export interface IAttachment extends IDisposable {
  readonly coverage: ICoverage;
}

/** Where a cell was sent last. */
interface ISent {
  readonly kernelId: string;
  /** By the connection that the barrier uses too. */
  readonly inQueue: boolean;
}

/** Wrap both functions; dispose to take the wrappers away. */
export function attach<A>(options: IAttachOptions<A>): IAttachment {
  return new Attachment(options);
}

class Attachment<A> implements IAttachment {
  constructor(private readonly _options: IAttachOptions<A>) {
    const { executor, codeCell, coreRunCell, executed } = _options;
    const core = executor === null || executor.runCell === coreRunCell;
    const cells = decorate(codeCell, 'execute', original =>
      this._execute(original)
    );
    const runs =
      executor &&
      decorate(executor, 'runCell', original => this._runCell(original));
    this._undo = [cells, runs];
    this.coverage = {
      notebooks: runs ? 'executor' : core && cells ? 'codecell' : 'not-covered',
      consoles: cells ? 'codecell' : 'not-covered',
      reason: !cells ? 'not-writable' : runs || core ? null : 'foreign-executor'
    };
    executed.connect(this._onExecuted, this);
  }

  readonly coverage: ICoverage;

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this._options.executed.disconnect(this._onExecuted, this);
      this._undo.forEach(undo => undo?.());
    }
  }

  /** `CodeCell.execute`: what the core's executor, code consoles and other extensions call. */
  private _execute(original: Execute): Execute {
    const take = this._take.bind(this);
    const admitted = this._admitted;
    return function (this: unknown, ...args: Parameters<Execute>) {
      const run = () => Reflect.apply(original, this, args);
      const [cell, context] = args;
      const via = admitted.delete(cell) ? 'admitted' : 'queue';
      return take(via, cell, context, run, canceled) ?? run();
    };
  }

  /** `runCell` of an executor that lets itself be changed. */
  private _runCell(original: RunCell): RunCell {
    const take = this._take.bind(this);
    const track = this._track.bind(this);
    const admitted = this._admitted;
    return function (this: unknown, ...args: Parameters<RunCell>) {
      const cell = args[0]?.cell;
      const context = args[0]?.sessionContext;
      const run = () =>
        track(context, Reflect.apply(original, this, args) as Promise<boolean>);
      const admit = () => {
        // It may call `CodeCell.execute`, at once or after a dialog; that is the same run, not a new one.
        admitted.add(cell);
        const result = run();
        const done = () => admitted.delete(cell);
        Promise.resolve(result).then(done, done);
        return result;
      };
      return take('executor', cell, context, admit, () => false) ?? run();
    };
  }

  /** Remember a run of the executor as long as it is under way. */
  private _track(
    context: ISessionContext | undefined,
    result: Promise<boolean>
  ): Promise<boolean> {
    const id = context?.session?.kernel?.id;
    if (id !== undefined) {
      const running = this._running.get(id) ?? new Set();
      this._running.set(id, running.add(result));
      const ended = () => {
        running.delete(result);
        if (running.size === 0) {
          this._running.delete(id);
        }
      };
      Promise.resolve(result).then(ended, ended);
    }
    return result;
  }

  /** The promise of a held run, or null: then it was not kept, and the caller has to run the cell itself. */
  private _take<R>(
    via: 'queue' | 'admitted' | 'executor',
    cell: Cell,
    context: ISessionContext | undefined,
    run: () => Promise<R>,
    cancelled: (reason: CancelReason) => R
  ): Promise<R> | null {
    const { gate, isInstall, onHeld } = this._options;
    let item: CellItem<R> | null = null;
    try {
      const kernel = kernelOf(context);
      if (!kernel || !context || cell.model.type !== 'code') {
        return null;
      }
      if (via === 'executor' && context.pendingInput) {
        // It is refused with a dialog.
        return null;
      }
      const sent = () =>
        this._sent.set(cell, {
          kernelId: kernel.id,
          inQueue: via !== 'executor'
        });
      if (via === 'admitted' || !this._concerns(cell, context, kernel)) {
        sent();
        return null;
      }
      item = new CellItem({
        cell: cell as CodeCell,
        context,
        kernel,
        isInstall,
        earlier: () => {
          const running = this._running.get(kernel.id);
          return running ? Promise.allSettled(running) : null;
        },
        run: () => {
          sent();
          return run();
        },
        cancelled,
        closed: closed => gate.withdraw(closed, 'closed')
      });
      if (gate.submit(kernel.id, item) === 'pass') {
        return null;
      }
    } catch (error) {
      this._warn(error);
      // The caller runs the cell, unless the gate already did.
      if (!item || item.take()) {
        return null;
      }
    }
    try {
      item.begin();
      onHeld?.(item);
    } catch (error) {
      this._warn(error);
    }
    return item.result;
  }

  /** Whether the gate has anything to do with this run. */
  private _concerns(
    cell: Cell,
    context: ISessionContext,
    kernel: Kernel.IKernelConnection
  ): boolean {
    const { gate, isInstall, enabled } = this._options;
    if (gate.holds(kernel.id)) {
      // An empty cell never reaches the kernel; it only clears itself.
      return sourceOf(cell).trim() !== '';
    }
    return (
      isInstall(sourceOf(cell)) &&
      (enabled?.() ?? true) &&
      isExamined(context, kernel)
    );
  }

  private _onExecuted(
    _: unknown,
    { cell, success }: { cell: Cell; success: boolean }
  ): void {
    const sent = success ? undefined : this._sent.get(cell);
    if (sent && (cell.isDisposed || !raisesException(cell))) {
      this._options.gate.failed(sent.kernelId, sent.inQueue);
    }
  }

  private _warn(error: unknown): void {
    if (!this._warned) {
      this._warned = true;
      this._options.warn(
        'GPU Doctor could not look at a cell; it runs as usual.',
        error
      );
    }
  }

  private readonly _undo: readonly ((() => void) | null)[];
  /** Cells whose run has passed the gate at `runCell`. */
  private readonly _admitted = new WeakSet<Cell>();
  private readonly _sent = new WeakMap<Cell, ISent>();
  /** Runs of the executor that have not ended, by kernel. */
  private readonly _running = new Map<string, Set<Promise<boolean>>>();
  private _isDisposed = false;
  private _warned = false;
}

/** The core takes a rejection whose message begins so for a cell that did not run; anything else is an error to it. */
function canceled(reason: CancelReason): never {
  throw new Error(`Canceled before it was sent to the kernel (${reason})`);
}
