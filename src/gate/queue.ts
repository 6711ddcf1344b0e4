/** The parts of the gate's queue that decide nothing. */
import type { HeldPhase, IAnalysis, IGateItem, IHeld, IMemory } from './types';

/** A held item. */
export interface IEntry<I, A> {
  readonly item: I;
  readonly since: number;
  phase: HeldPhase;
  analysis: IAnalysis<A> | null;
  /** The source that was judged. */
  source: string | null;
  facts: unknown;
  /** It was decided that it runs. */
  cleared: boolean;
  /** Ends what is under way for it. */
  abort: AbortController | null;
}

/** The held items of one kernel, first in first out. */
export interface IQueue<I, A> {
  readonly kernelId: string;
  readonly entries: IEntry<I, A>[];
  /** Items are being sent; whoever submits meanwhile joins the tail. */
  draining: boolean;
  /** An earlier cell failed, and whether the kernel dropped its queue is not known yet. */
  failed: boolean;
}

/** An item that has just been submitted. */
export function newEntry<I, A>(item: I, since: number): IEntry<I, A> {
  return {
    item,
    since,
    phase: 'waiting',
    analysis: null,
    source: null,
    facts: undefined,
    cleared: false,
    abort: null
  };
}

/** Start a new stretch of work for an entry; what was under way for it ends. */
export function begin<I, A>(
  entry: IEntry<I, A>,
  phase: HeldPhase
): AbortSignal {
  entry.abort?.abort();
  entry.phase = phase;
  entry.abort = new AbortController();
  return entry.abort.signal;
}

/** The entries of a queue, for the screen. */
export function describe<I, A>({
  kernelId,
  entries
}: IQueue<I, A>): IHeld<I, A>[] {
  return entries.map(({ item, phase, since, analysis }, position) => ({
    item,
    kernelId,
    phase,
    since,
    position,
    analysis: phase === 'asking' && analysis ? analysis.data : null
  }));
}

/** Where an item is held. */
export function find<I, A>(
  queues: ReadonlyMap<string, IQueue<I, A>>,
  item: I
): [IQueue<I, A>, number] | [null, -1] {
  for (const queue of queues.values()) {
    const index = queue.entries.findIndex(entry => entry.item === item);
    if (index >= 0) {
      return [queue, index];
    }
  }
  return [null, -1];
}

/** Remembers until the page is closed. */
export class Memory implements IMemory {
  has(kernelId: string, key: string): boolean {
    return this._keys.has(JSON.stringify([kernelId, key]));
  }

  add(kernelId: string, key: string): void {
    this._keys.add(JSON.stringify([kernelId, key]));
  }

  private readonly _keys = new Set<string>();
}

/** Call somebody else's code; an exception of theirs must not leave the queue half done. */
export function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

/** Call at once; an exception becomes a rejection. */
export async function startAsync<T>(action: () => Promise<T>): Promise<T> {
  return action();
}

/** Replace the source of a cell and see whether it arrived. */
export function rewrite(item: IGateItem, source: string): boolean {
  return (
    attempt(() => {
      item.write(source);
      return item.read() === source;
    }) ?? false
  );
}
