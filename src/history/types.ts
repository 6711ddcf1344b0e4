/** The history of an environment: one entry for each install, as history.py keeps them. Plain data. */
import type { Severity } from '../rules/types';

/** Number of this contract; entries of another one are kept but not shown. */
export const SCHEMA = 1;

/** A package and who owned it. */
export interface IOwned {
  /** Normalised name. */
  readonly name: string;
  readonly version: string | null;
  readonly owner: 'pip' | 'conda' | 'uv' | 'unknown';
}

/** A package before and after. */
export interface IChange {
  /** Normalised name; of conda packages without a Python distribution, conda's name. */
  readonly name: string;
  /** null: it was not there. */
  readonly from: string | null;
  /** null: it is gone. */
  readonly to: string | null;
  readonly ownerFrom: IOwned['owner'] | null;
  readonly ownerTo: IOwned['owner'] | null;
}

/** What a resolver had said. */
export interface IPlanned {
  readonly name: string;
  readonly from: string | null;
  /** Empty: some version. */
  readonly to: string | null;
}

/** A finding by name, for comparison later. */
export interface IFindingMark {
  readonly rule: string;
  readonly severity: Severity;
  readonly about: readonly string[];
  /** In English. */
  readonly title: string;
}

/** Whether what happened is what the resolver had said. */
export type Reality = 'as-planned' | 'different' | 'no-plan';

/** One step in the life of an environment. */
export interface IEntry {
  readonly schema: typeof SCHEMA;
  readonly id: string;
  /** `start`: how it was before the first install that we saw. */
  readonly kind: 'start' | 'install' | 'undo';
  /** UTC, ISO 8601. */
  readonly time: string;
  /** `pip`, `uv`, `conda` …; empty when not known. */
  readonly tool: string;
  /** The commands; credentials masked. */
  readonly command: string;
  /** Path of the notebook; null: a console, or not known. */
  readonly notebook: string | null;
  /** `unseen`: it ran without the guard. */
  readonly verdict: 'ok' | 'warn' | 'block' | 'unchecked' | 'unseen';
  readonly planned: readonly IPlanned[] | null;
  readonly changed: readonly IChange[];
  readonly newFindings: readonly IFindingMark[];
  readonly goneFindings: readonly IFindingMark[];
  readonly reality: Reality;
  /** What the user said it is for. */
  readonly why: string | null;
  /** Id of the backup that can undo it. */
  readonly undo: string | null;
  /** When it was undone; UTC, ISO 8601. */
  readonly undone: string | null;
  /** Only of `start`. */
  readonly packages?: readonly IOwned[];
}

/** Where a history is kept. */
export type HistoryPlace = 'environment' | 'user' | 'none';

/** What history.py told. */
export interface IHistory {
  /** Oldest first. */
  readonly entries: readonly IEntry[];
  readonly place: HistoryPlace;
  /** Lines that could not be read. */
  readonly skipped: number;
}
