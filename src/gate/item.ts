/** One run of a cell of JupyterLab, as the gate holds it. */
import type { ISessionContext } from '@jupyterlab/apputils';
import type { Cell, CodeCell, ICodeCellModel } from '@jupyterlab/cells';
import type { Kernel } from '@jupyterlab/services';
import { PromiseDelegate } from '@lumino/coreutils';
import type { CancelReason, IGateItem } from './types';

/** A held run of a cell. The same cell may be held twice: it was run twice. */
export interface IHeldCell extends IGateItem {
  readonly cell: CodeCell;
  readonly context: ISessionContext;
  /** The kernel it was submitted to. */
  readonly kernel: Kernel.IKernelConnection;
  /** Settles when the run has ended, or will not take place. */
  readonly result: Promise<unknown>;
  /** It will not run. */
  readonly cancelled: boolean;
  /**
   * Resolves when the runs that an executor has under way for this kernel have ended; null when there are none. What it
   * sends by another way than the page's connection can be overtaken by a request of ours.
   */
  earlier(): Promise<unknown> | null;
}

/** What an item is made from. */
export interface ICellItemOptions<R> {
  readonly cell: CodeCell;
  readonly context: ISessionContext;
  readonly kernel: Kernel.IKernelConnection;
  isInstall(source: string): boolean;
  /** See `IHeldCell`. */
  earlier(): Promise<unknown> | null;
  /** The original function with its original arguments. */
  run(): Promise<R>;
  /** What the caller gets when the cell does not run; may throw. */
  cancelled(reason: CancelReason): R;
  /** The cell was disposed while it was held. */
  closed(item: IHeldCell): void;
}

/** A run that waits for the gate, with the promise its caller was given. */
export class CellItem<R> implements IHeldCell {
  constructor(private readonly _options: ICellItemOptions<R>) {
    this.cell = _options.cell;
    this.context = _options.context;
    this.kernel = _options.kernel;
  }

  readonly cell: CodeCell;
  readonly context: ISessionContext;
  readonly kernel: Kernel.IKernelConnection;

  /** Settles as the original would have, or as `cancelled` says. */
  get result(): Promise<R> {
    return this._result.promise;
  }

  isInstall(): boolean {
    return this._options.isInstall(this.read());
  }

  earlier(): Promise<unknown> | null {
    return this._options.earlier();
  }

  read(): string {
    return sourceOf(this.cell);
  }

  write(source: string): void {
    this.cell.model.sharedModel.setSource(source);
  }

  send(): void {
    if (this.take()) {
      try {
        const run = this._options.run();
        this._result.resolve(run);
        run.then(
          reply => isRefused(reply) && this._unmark(),
          () => this._unmark()
        );
      } catch (error) {
        this._result.reject(error);
      }
    }
  }

  get cancelled(): boolean {
    return this._cancelled;
  }

  cancel(reason: CancelReason): void {
    if (!this.take()) {
      return;
    }
    this._cancelled = true;
    try {
      if (this._marked && !this.cell.isDisposed) {
        this.cell.model.executionState = 'idle';
      }
    } finally {
      try {
        this._result.resolve(this._options.cancelled(reason));
      } catch (error) {
        this._result.reject(error);
      }
    }
  }

  /** Show that it waits. Outputs are left alone. */
  begin(): void {
    if (this._taken) {
      return;
    }
    this.cell.disposed.connect(this._onDisposed, this);
    this.cell.model.stateChanged?.connect(this._mark, this);
    this._mark();
  }

  /** An earlier run of the same cell may still be going on; then the mark is not ours, until that run ends. */
  private _mark(): void {
    if (!this._taken && this.cell.model.executionState !== 'running') {
      this._marked = true;
      this.cell.model.executionState = 'running';
    }
  }

  /** The one chance to run or to cancel it: true for the first caller. */
  take(): boolean {
    if (this._taken) {
      return false;
    }
    this._taken = true;
    this.cell.disposed.disconnect(this._onDisposed, this);
    this.cell.model?.stateChanged?.disconnect(this._mark, this);
    return true;
  }

  /** The core takes the marks of aborted cells away once, at the first error of a command: too early for what was held. */
  private _unmark(): void {
    const { model } = this.cell;
    if (
      !this.cell.isDisposed &&
      model.executionState === 'running' &&
      (model.executionCount ?? null) === null
    ) {
      model.executionState = 'idle';
    }
  }

  private _onDisposed(): void {
    this._unmarkWhenBack();
    this._options.closed(this);
  }

  /** Undoing the deletion of a cell brings it back with its mark, but not its run. */
  private _unmarkWhenBack(): void {
    const { id, notebook } = this._place;
    const onChange = () => {
      const found = notebook?.cells.find(one => one.getId() === id);
      if (found) {
        notebook?.changed.disconnect(onChange);
        if ('executionState' in found && found.executionState === 'running') {
          found.executionState = 'idle';
        }
      }
    };
    notebook?.changed.connect(onChange);
  }

  /** Where the cell stands, which a disposed one no longer knows. */
  private readonly _place = placeOf(this._options.cell);
  private readonly _result = new PromiseDelegate<R>();
  private _taken = false;
  private _cancelled = false;
  private _marked = false;
}

/** Whether the kernel answered that it did not run the cell, or that it failed. */
function isRefused(reply: unknown): boolean {
  const { content } = (reply ?? {}) as { content?: { status?: string } };
  return content?.status !== undefined && content.status !== 'ok';
}

function placeOf({ model }: CodeCell) {
  return { id: model.id, notebook: model.sharedModel.notebook ?? null };
}

/** The text of a cell. */
export function sourceOf(cell: Cell): string {
  return cell.model.sharedModel.getSource();
}

/** Whether a failure of this cell does not stop what comes after it. */
export function raisesException(cell: Cell<ICodeCellModel> | Cell): boolean {
  const tags: unknown = cell.model.getMetadata('tags');
  return Array.isArray(tags) && tags.includes('raises-exception');
}
