/** Histories for tests. */
import type { IHistoryState } from '../../check/state';
import { EMPTY } from '../../history/compare';
import type { IEntry } from '../../history/types';

/** A moment that all times are before. */
export const NOW = Date.UTC(2026, 10, 21, 12);

/** A time. @param minutes before `NOW` */
export function at(minutes: number): string {
  return new Date(NOW - minutes * 60_000).toISOString();
}

/** An install with pip, an hour ago. */
export function entry(id: string, more: Partial<IEntry> = {}): IEntry {
  return {
    ...EMPTY,
    id,
    kind: 'install',
    time: at(60),
    tool: 'pip',
    command: '%pip install tqdm',
    notebook: 'work/training.ipynb',
    verdict: 'ok',
    changed: [
      {
        name: 'tqdm',
        from: null,
        to: '4.67.1',
        ownerFrom: null,
        ownerTo: 'pip'
      }
    ],
    reality: 'as-planned',
    ...more
  };
}

/** The state before the first install. */
export function start(count = 53): IEntry {
  return {
    ...EMPTY,
    id: 'start',
    kind: 'start',
    time: at(24 * 60),
    packages: Array.from({ length: count }, (_, i) => ({
      name: `package-${i}`,
      version: i === 0 ? null : '1.0',
      owner: 'conda' as const
    }))
  };
}

/** A history without anything special. */
export function history(
  entries: readonly IEntry[],
  more: Partial<IHistoryState> = {}
): IHistoryState {
  return {
    entries,
    place: 'environment',
    skipped: 0,
    backups: new Map(),
    broken: new Map(),
    undo: new Map(),
    halfway: null,
    failure: null,
    ...more
  };
}
