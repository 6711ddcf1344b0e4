/** What happens to kernels and notebooks while cells are held: they are cancelled when they would have been lost, too. */
import type { ISessionContext } from '@jupyterlab/apputils';
import type { Kernel } from '@jupyterlab/services';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';
import type { CancelReason } from './types';

/** The part of the gate that is used. */
export interface ICancellable {
  holds(kernelId: string): boolean;
  cancel(kernelId: string, reason: CancelReason): void;
  onChange(listener: () => void): () => void;
}

/** The part of the command registry that is used. */
export interface ICommandEvents {
  readonly commandExecuted: ISignal<unknown, { readonly id: string }>;
}

/** What is followed. */
export interface ILifecycleOptions {
  readonly gate: ICancellable;
  readonly commands: ICommandEvents;
  /** The session that this command is about: of the current notebook, console or widget. */
  contextOf(command: string): ISessionContext | null;
}

/** A dialog was not needed, or was accepted: the kernel is interrupted when the command has been given. */
const INTERRUPT =
  /^(?:notebook|console):interrupt-kernel$|^kernelmenu:interrupt$/;

/** Commands after which a kernel may restart, but a dialog may still be dismissed. */
const RESTART = /^(?:notebook|console|kernelmenu|runmenu):restart/;

/** Statuses that end whatever the kernel was told. */
const ENDS: Partial<Record<Kernel.Status, CancelReason>> = {
  restarting: 'restart',
  autorestarting: 'restart',
  terminating: 'kernel-gone',
  dead: 'kernel-gone'
};

/** Cancels held cells when their kernel is interrupted, restarted, exchanged or gone. Follows only kernels that hold some. */
export class Lifecycle implements IDisposable {
  constructor(private readonly _options: ILifecycleOptions) {
    _options.commands.commandExecuted.connect(this._onCommand, this);
    this._unlisten = _options.gate.onChange(() => this._release());
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this._unlisten();
      this._watches.forEach(watch => watch.dispose());
      this._watches.clear();
      Signal.clearData(this);
    }
  }

  /** Follow this session as long as cells of its kernel are held. */
  watch(context: ISessionContext, kernelId: string): void {
    const known = this._watches.get(context);
    if (
      known?.kernelId === kernelId ||
      this._isDisposed ||
      !this._options.gate.holds(kernelId)
    ) {
      return;
    }
    known?.dispose();
    this._watches.set(
      context,
      new Watch(context, kernelId, this._options.gate)
    );
  }

  private _onCommand(_: unknown, { id }: { readonly id: string }): void {
    const interrupts = INTERRUPT.test(id);
    if (!interrupts && !RESTART.test(id)) {
      return;
    }
    const context = this._options.contextOf(id);
    const kernelId = context?.session?.kernel?.id;
    if (!context || !kernelId) {
      return;
    }
    if (interrupts) {
      this._options.gate.cancel(kernelId, 'interrupt');
    } else {
      // Another view of the kernel may be the one that restarts it. Cells are cancelled when it does: the command asks first,
      // and "Restart and run all" submits new cells afterwards.
      this.watch(context, kernelId);
    }
  }

  private _release(): void {
    for (const [context, watch] of this._watches) {
      if (!this._options.gate.holds(watch.kernelId)) {
        watch.dispose();
        this._watches.delete(context);
      }
    }
  }

  private readonly _watches = new Map<ISessionContext, Watch>();
  private readonly _unlisten: () => void;
  private _isDisposed = false;
}

/** One session with held cells. */
class Watch implements IDisposable {
  constructor(
    context: ISessionContext,
    readonly kernelId: string,
    private readonly _gate: ICancellable
  ) {
    this._status = context.session?.kernel?.status ?? null;
    context.statusChanged.connect(this._onStatus, this);
    context.kernelChanged.connect(this._onKernel, this);
    context.disposed.connect(this._onDisposed, this);
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    this._isDisposed = true;
    Signal.clearData(this);
  }

  private _onStatus(_: unknown, status: Kernel.Status): void {
    // A restart reports its status again when it is done; cells that were submitted meanwhile must survive that.
    if (status === this._status) {
      return;
    }
    this._status = status;
    const reason = ENDS[status];
    if (reason) {
      this._gate.cancel(this.kernelId, reason);
    }
  }

  private _onKernel(
    _: unknown,
    { newValue }: { newValue: Kernel.IKernelConnection | null }
  ): void {
    // A restart reports its kernel as changed, too.
    if (newValue?.id !== this.kernelId) {
      this._gate.cancel(this.kernelId, 'kernel-gone');
    }
  }

  private _onDisposed(): void {
    this._gate.cancel(this.kernelId, 'closed');
  }

  private _status: Kernel.Status | null;
  private _isDisposed = false;
}
