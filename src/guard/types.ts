/** What a card shows of one held install, and what its buttons can ask for: plain data. */
import type { UndoState } from '../check/state';
import type { IChange } from '../history/types';
import type { Verdict } from '../plan/types';
import type { IRisk } from '../rules/install/types';
import type { Severity } from '../rules/types';
import type { IText } from '../text/text';

/**
 * What the guard is doing before it can say something.
 *
 * - `reading`: the environment is read
 * - `resolving`: uv resolves
 * - `checking`: uv looks whether something must be built
 * - `pip`: pip resolves, which can take a minute
 * - `conda`: conda resolves
 * - `saving`: a backup is made, for undo
 */
export type Activity =
  'reading' | 'resolving' | 'checking' | 'pip' | 'conda' | 'saving';

/** The guard is at work. */
export interface IWorking {
  readonly kind: 'working';
  readonly activity: Activity;
  /** When this activity began, in milliseconds since the epoch. */
  readonly since: number;
  /** When the cell runs without an answer, in milliseconds since the epoch; null: no limit. */
  readonly until: number | null;
  /** pip resolves because there is no uv, and uv can be fetched. */
  readonly canFetchUv: boolean;
}

/** A package that would change. */
export interface IChangeRow {
  /** Normalised name. */
  readonly name: string;
  /** null: it is new. */
  readonly from: string | null;
  /** null: it is removed. Empty: some version. */
  readonly to: string | null;
  /** Who owns what is installed now; `new` when nothing is. */
  readonly owner: 'new' | 'pip' | 'conda' | 'uv' | 'unknown';
  /** Names of packages that ask for it, at most three; empty when it is named in the cell or when nobody is known. */
  readonly becauseOf: readonly string[];
  /** It stands in the command itself. */
  readonly asked: boolean;
  /** A risk is about it. */
  readonly harmful: boolean;
  /** What is special about the new version, such as `CUDA 13.2` or `built from source`; null when nothing. */
  readonly detail: IText | null;
}

/** A command that reaches the same with less risk. */
export type SaferState =
  /** There is none that we know. */
  | { readonly kind: 'none' }
  /** A resolver is being asked. */
  | { readonly kind: 'looking'; readonly since: number }
  | {
      readonly kind: 'found';
      /** What would stand in the cell. */
      readonly command: string;
      /** How it differs, one sentence. */
      readonly why: IText;
      /** `uv 0.13.9`; null: no resolver has confirmed it. */
      readonly resolvedBy: string | null;
      /** Seconds the resolver took. */
      readonly seconds: number | null;
      /** What must be known before choosing it, such as an older major version. */
      readonly caution: IText | null;
      /** Whether the cell can be changed for the user; else the command can be copied. */
      readonly applicable: boolean;
    };

/** A rule of this card, for "don't ask again". */
export interface IAskedRule {
  readonly id: string;
  readonly title: IText;
}

/** The guard waits for a decision. */
export interface IAsking {
  readonly kind: 'asking';
  readonly verdict: Verdict;
  /** The card's heading. */
  readonly title: IText;
  /** Worst first. The heading is the title of the first one when there is one. */
  readonly risks: readonly IRisk[];
  /** Worth a line. */
  readonly notes: readonly IText[];
  /** Harmful ones first, then what is replaced or removed, then new ones. */
  readonly rows: readonly IChangeRow[];
  /** Bytes to download; null when not known. */
  readonly bytes: number | null;
  /** `uv 0.13.9`; null: no resolver answered, the command alone was judged. */
  readonly planner: string | null;
  /** Why no resolver answered; null when one did, or none was asked. */
  readonly unplanned: IText | null;
  /** Seconds the resolver took; null when none answered. */
  readonly seconds: number | null;
  /** When it was resolved, in milliseconds since the epoch. */
  readonly checkedAt: number;
  readonly safer: SaferState;
  readonly rules: readonly IAskedRule[];
  /** There is no uv, and it can be fetched. */
  readonly canFetchUv: boolean;
}

/** The cell has run or will not run. */
export interface IAfter {
  readonly kind: 'after';
  readonly tone: 'ok' | 'info' | 'warning';
  readonly title: IText;
  readonly text: IText | null;
  /** Words of a resolver, shown on demand; empty when there are none. */
  readonly detail: string;
  /** Offer to check the environment again. */
  readonly canCheck: boolean;
  readonly canFetchUv: boolean;
  /** What changed; only of an install that ran. */
  readonly done?: IDone;
}

/** What an install did. */
export interface IDone {
  /** What is different, by name. */
  readonly changed: readonly IChange[];
  /** What did not go as the resolver had said. */
  readonly differences: readonly IText[];
  /** Findings that are new. */
  readonly news: readonly { rule: string; severity: Severity; title: string }[];
  /** Distributions that the kernel had imported and that are others on disk now; empty: no restart. */
  readonly restart: readonly string[];
  /** Whether it can be undone, and how that goes; null: it cannot. */
  readonly undo: 'possible' | UndoState | null;
}

/** What a card shows; null: nothing. */
export type CardState = IWorking | IAsking | IAfter | null;

/** What the buttons of a card ask for. */
export interface ICardActions {
  /** "Run without waiting". */
  runNow(): void;
  /** "Wait longer". */
  waitLonger(): void;
  /** "Install anyway". @param quiet ids of rules not to be asked about again in this kernel */
  anyway(quiet: readonly string[]): void;
  /** "Install the safer way". */
  safer(): void;
  cancel(): void;
  /** Put text on the clipboard. */
  copy(text: string): Promise<void>;
  /** Show the documentation of a rule. */
  openRule(rule: string): void;
  /** Fetch uv into a private folder; false when that did not work. */
  fetchUv(): Promise<boolean>;
  /** Show the panel and check the kernel. */
  check(): void;
  /** Undo the install that ran. */
  undo(): void;
  /** Restart the kernel, after a question. */
  restart(): void;
  /** Show the history in the panel. */
  openHistory(): void;
  /** Take an `after` card away. */
  dismiss(): void;
}

/** A card's data, for a view. */
export interface ICardModel {
  readonly state: CardState;
  /** Call after every change of `state`; the result takes the listener away. */
  onChange(listener: () => void): () => void;
  readonly actions: ICardActions;
}
