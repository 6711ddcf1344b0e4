/**
 * Holds cells that would change the environment, and everything behind them, without changing what a notebook does.
 *
 * JupyterLab sends all cells of "Run All" at once and leaves order and stop-on-error to the kernel's queue. A cell that is
 * held is not in that queue; so the gate keeps one queue per kernel that behaves like it. Nothing held and nothing to install:
 * `submit` says so synchronously and the caller goes on as if the gate did not exist.
 */
import {
  attempt,
  begin,
  describe,
  find,
  Memory,
  newEntry,
  rewrite,
  startAsync,
  type IEntry,
  type IQueue
} from './queue';
import {
  CLOCK,
  type CancelReason,
  type Decision,
  type IGateItem,
  type IGateOptions,
  type IHeld,
  type OpenReason
} from './types';

/** One queue per kernel id: two views of a kernel are one queue. */
export class Gate<I extends IGateItem, A> {
  constructor(private readonly _options: IGateOptions<I, A>) {}

  /** Whether cells of this kernel are held. */
  holds(kernelId: string): boolean {
    return this._queues.has(kernelId);
  }

  /** The held cells, for the screen. */
  held(): IHeld<I, A>[] {
    return [...this._queues.values()].flatMap(describe);
  }

  /** Call after every change of `held`; the result takes the listener away. */
  onChange(listener: () => void): () => void {
    this._listeners.add(listener);
    return () => void this._listeners.delete(listener);
  }

  /**
   * A cell is about to run. `pass`: the caller runs it at once, nothing was kept. `held`: the item's `send` or `cancel`
   * is called later, once.
   */
  submit(kernelId: string, item: I): 'pass' | 'held' {
    let queue = this._queues.get(kernelId);
    if (!queue) {
      if (this._disposed || !this._isInstall(item)) {
        return 'pass';
      }
      queue = { kernelId, entries: [], draining: false, failed: false };
      this._queues.set(kernelId, queue);
    }
    queue.entries.push(newEntry(item, this._clock.now()));
    this._drain(queue);
    this._notify();
    return 'held';
  }

  /** Decide about a held cell. Returns whether that was possible. */
  decide(item: I, decision: Decision): boolean {
    const [queue, index] = find(this._queues, item);
    if (!queue) {
      return false;
    }
    const entry = queue.entries[index];
    if (decision.kind === 'cancel') {
      this._drop(queue, index, 'user');
      return true;
    }
    if (decision.kind === 'edit') {
      if (entry.phase !== 'asking' || !rewrite(item, decision.source)) {
        // Running the original instead would be the opposite of what was asked for.
        return false;
      }
      entry.source = decision.source;
    } else if (decision.remember && entry.analysis?.key) {
      const { key } = entry.analysis;
      attempt(() => this._memory.add(queue.kernelId, key));
    }
    this._clear(queue, entry);
    return true;
  }

  /** Cancel every held cell of this kernel. */
  cancel(kernelId: string, reason: CancelReason): void {
    const queue = this._queues.get(kernelId);
    if (queue) {
      this._drop(queue, 0, reason);
    }
  }

  /** Cancel this held cell and everything behind it. */
  withdraw(item: I, reason: CancelReason): void {
    const [queue, index] = find(this._queues, item);
    if (queue) {
      this._drop(queue, index, reason);
    }
  }

  /**
   * A cell of this kernel failed and was not marked `raises-exception`.
   *
   * @param inQueue The failed cell went through the same kernel queue as the barrier does. Then the barrier's answer tells
   * more exactly whether the held cells would have been dropped, and this is used only when the barrier breaks.
   */
  failed(kernelId: string, inQueue = false): void {
    const queue = this._queues.get(kernelId);
    if (queue && inQueue) {
      queue.failed = true;
    } else {
      this.cancel(kernelId, 'earlier-error');
    }
  }

  /** Stop holding: everything held runs, in order. */
  dispose(): void {
    this._disposed = true;
    for (const queue of [...this._queues.values()]) {
      if (queue.entries.length > 0) {
        this._pass(queue, queue.entries[0]);
      }
    }
  }

  /** Send from the front until there is something to ask, or nothing left. */
  private _drain(queue: IQueue<I, A>): void {
    if (queue.draining) {
      return;
    }
    queue.draining = true;
    let head: IEntry<I, A> | undefined;
    while ((head = queue.entries[0]) && head.phase === 'waiting') {
      // The source is read now, not when the cell was submitted: it may have been edited while it waited.
      if (!head.cleared && !this._disposed && this._isInstall(head.item)) {
        queue.failed = false;
        void this._examine(queue, head);
      } else {
        queue.entries.shift();
        attempt(() => head!.item.send());
      }
    }
    queue.draining = false;
    this._forget(queue);
  }

  private async _examine(
    queue: IQueue<I, A>,
    entry: IEntry<I, A>
  ): Promise<void> {
    const signal = begin(entry, 'barrier');
    const answer = await startAsync(() =>
      this._options.barrier(entry.item, signal)
    ).catch(error => ({ kind: 'failed' as const, error }));
    if (signal.aborted) {
      return;
    }
    if (answer.kind === 'reached') {
      entry.facts = answer.facts;
      await this._analyse(queue, entry);
    } else if (answer.kind === 'lost') {
      this._drop(queue, 0, 'kernel-gone');
    } else if (answer.kind === 'aborted' || queue.failed) {
      this._drop(queue, 0, 'earlier-error');
    } else {
      this._open(queue, entry, 'barrier', answer.error);
    }
  }

  private async _analyse(
    queue: IQueue<I, A>,
    entry: IEntry<I, A>
  ): Promise<void> {
    if (!this._isInstall(entry.item)) {
      this._pass(queue, entry);
      return;
    }
    const signal = begin(entry, 'analysing');
    this._notify();
    if (signal.aborted) {
      // A listener decided.
      return;
    }
    let stop: (() => void) | undefined;
    let ask: boolean;
    try {
      stop = this._clock.after(this._options.deadline(), () =>
        this._open(queue, entry, 'deadline')
      );
      signal.addEventListener('abort', stop);
      const { item, facts } = entry;
      const source = (entry.source = item.read());
      const question = { source, facts, signal };
      const analysis = await this._options.analyse(item, question);
      if (signal.aborted) {
        return;
      }
      const { key } = analysis;
      ask =
        analysis.ask &&
        (key === null || !this._memory.has(queue.kernelId, key));
      entry.analysis = analysis;
    } catch (error) {
      if (!signal.aborted) {
        this._open(queue, entry, 'error', error);
      }
      return;
    } finally {
      stop?.();
    }
    if (ask) {
      entry.phase = 'asking';
      this._notify();
    } else {
      this._clear(queue, entry);
    }
  }

  /** It may run, unless it is no longer what was judged. */
  private _clear(queue: IQueue<I, A>, entry: IEntry<I, A>): void {
    if (
      entry.analysis &&
      attempt(() => entry.item.read() !== entry.source) &&
      this._isInstall(entry.item)
    ) {
      entry.analysis = null;
      void this._analyse(queue, entry);
      return;
    }
    this._pass(queue, entry);
  }

  /** Fail-open: our own trouble never keeps a cell from running. */
  private _open(
    queue: IQueue<I, A>,
    entry: IEntry<I, A>,
    reason: OpenReason,
    error?: unknown
  ): void {
    this._opened(entry.item, reason, error);
    this._pass(queue, entry);
  }

  /** Send it, or let it be sent when its turn comes. */
  private _pass(queue: IQueue<I, A>, entry: IEntry<I, A>): void {
    entry.abort?.abort();
    entry.cleared = true;
    entry.phase = 'waiting';
    this._drain(queue);
    this._notify();
  }

  private _drop(queue: IQueue<I, A>, from: number, reason: CancelReason): void {
    const dropped = queue.entries.splice(from);
    dropped.forEach(entry => entry.abort?.abort());
    this._forget(queue);
    dropped.forEach(({ item }) => attempt(() => item.cancel(reason)));
    this._notify();
  }

  private _forget(queue: IQueue<I, A>): void {
    const idle = queue.entries.length === 0 && !queue.draining;
    // A callback may have cancelled everything, and a new queue may have been made since.
    if (idle && this._queues.get(queue.kernelId) === queue) {
      this._queues.delete(queue.kernelId);
    }
  }

  private _isInstall(item: I): boolean {
    try {
      return item.isInstall();
    } catch (error) {
      this._opened(item, 'error', error);
      return false;
    }
  }

  private _opened(item: I, reason: OpenReason, error?: unknown): void {
    attempt(() => this._options.opened?.(item, reason, error));
  }

  private _notify(): void {
    this._listeners.forEach(listener => attempt(listener));
  }

  private readonly _clock = this._options.clock ?? CLOCK;
  private readonly _memory = this._options.memory ?? new Memory();
  private readonly _queues = new Map<string, IQueue<I, A>>();
  private readonly _listeners = new Set<() => void>();
  private _disposed = false;
}
