/** What the gate is given and what it tells. Pure: the same types serve the queue, the wrappers and the tests. */

/** Why a held cell will not run. */
export type CancelReason =
  /** Cancelled on the card. */
  | 'user'
  /** A cell before it failed; the kernel would have dropped it too. */
  | 'earlier-error'
  | 'interrupt'
  | 'restart'
  /** The kernel died, was shut down or was exchanged. */
  | 'kernel-gone'
  /** The cell, its notebook or its console was closed. */
  | 'closed';

/** Why a cell runs although nobody could judge it. */
export type OpenReason =
  /** The kernel gave no answer to the barrier. */
  | 'barrier'
  /** The analysis took too long. */
  | 'deadline'
  /** Our own code failed. */
  | 'error';

/** Where a held cell stands. Only the first one of a queue is ever beyond `waiting`. */
export type HeldPhase =
  /** Behind another held cell. */
  | 'waiting'
  /** Waits until the kernel has finished every earlier cell. */
  | 'barrier'
  | 'analysing'
  /** Waits for a decision. */
  | 'asking';

/** One run of one cell. The callbacks are called synchronously: a promise would let another cell slip in between. */
export interface IGateItem {
  /** Whether the current source could change the environment. */
  isInstall(): boolean;
  /** The current source. */
  read(): string;
  /** Replace the source, as an undoable change. */
  write(source: string): void;
  /** Run the cell now. Either this or `cancel` is called, once. */
  send(): void;
  /** The cell will not run. */
  cancel(reason: CancelReason): void;
}

/** How the barrier was answered. */
export type BarrierAnswer =
  /** Every earlier cell has finished; whatever was learnt on the way is handed to the analysis. */
  | { readonly kind: 'reached'; readonly facts?: unknown }
  /** The kernel dropped it, because an earlier cell failed. */
  | { readonly kind: 'aborted' }
  /** The kernel was restarted or is gone. */
  | { readonly kind: 'lost' }
  /** No answer is to be expected. */
  | { readonly kind: 'failed'; readonly error?: unknown };

/** What an analysis says. */
export interface IAnalysis<A> {
  /** false: run it, show nothing. */
  readonly ask: boolean;
  /** What the card shows. */
  readonly data: A;
  /**
   * Names this risk for "don't ask again"; null when it cannot be remembered. It must hold no credentials.
   */
  readonly key: string | null;
}

/** What an analysis starts from. */
export interface IQuestion {
  /** The source to judge. */
  readonly source: string;
  /** What the barrier brought. */
  readonly facts: unknown;
  /** Aborted when nobody waits any more. */
  readonly signal: AbortSignal;
}

/** What to do with a held cell. */
export type Decision =
  /** "Install anyway", and "Run without waiting" before there is an analysis. */
  | { readonly kind: 'send'; readonly remember?: boolean }
  /** The safer way: this source takes the place of the cell's, and runs without being asked about. */
  | { readonly kind: 'edit'; readonly source: string }
  /** The cell and everything behind it does not run. */
  | { readonly kind: 'cancel' };

/** A held cell, for the screen. */
export interface IHeld<I, A> {
  readonly item: I;
  readonly kernelId: string;
  readonly phase: HeldPhase;
  /** When it was submitted, in milliseconds of the gate's clock. */
  readonly since: number;
  /** How many held cells of the same kernel stand before it. */
  readonly position: number;
  /** Only in phase `asking`. */
  readonly analysis: A | null;
}

/** Time. */
export interface IClock {
  /** Milliseconds. */
  now(): number;
  /** Call once after so many milliseconds; the result calls it off. */
  after(milliseconds: number, callback: () => void): () => void;
}

/** The clock of the page. */
export const CLOCK: IClock = {
  now: () => Date.now(),
  after: (milliseconds, callback) => {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  }
};

/** Which risks are not to be asked about again. */
export interface IMemory {
  has(kernelId: string, key: string): boolean;
  add(kernelId: string, key: string): void;
}

/** What the queue needs of the world. */
export interface IGateOptions<I extends IGateItem, A> {
  /**
   * Put a marker behind everything the kernel has been sent. Called synchronously, so that the marker stands right
   * behind the cells that were just released. There is no time limit: an earlier cell may train for hours.
   */
  barrier(item: I, signal: AbortSignal): Promise<BarrierAnswer>;
  /** Judge the cell. */
  analyse(item: I, question: IQuestion): Promise<IAnalysis<A>>;
  /** Milliseconds an analysis may take; then the cell runs. */
  deadline(): number;
  /** A cell runs without having been judged. */
  opened?(item: I, reason: OpenReason, error?: unknown): void;
  readonly clock?: IClock;
  /** Default: remembered per kernel until the page is closed. */
  readonly memory?: IMemory;
}
