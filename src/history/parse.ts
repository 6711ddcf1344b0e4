/** A history as it was read from a disk: untrusted. */
import { EMPTY } from './compare';
import {
  SCHEMA,
  type HistoryPlace,
  type IChange,
  type IEntry,
  type IFindingMark,
  type IHistory,
  type IOwned,
  type IPlanned
} from './types';

/** Characters of a text that are kept. */
const MOST = 4000;

/** Read what history.py answered; what has another form is left out and counted. null: it is no answer at all. */
export function parseHistory(value: unknown): IHistory | null {
  const { entries, place, skipped } = record(value);
  if (!Array.isArray(entries)) {
    return null;
  }
  const parsed = entries.map(parseEntry);
  const good = parsed.filter((one): one is IEntry => one !== null);
  return {
    entries: good,
    place: oneOf<HistoryPlace>(place, ['environment', 'user', 'none'], 'none'),
    skipped:
      (typeof skipped === 'number' && skipped > 0 ? skipped : 0) +
      parsed.length -
      good.length
  };
}

/** One entry; null when it is none of ours. */
export function parseEntry(value: unknown): IEntry | null {
  const one = record(value);
  const { schema, id, kind, time } = one;
  if (
    schema !== SCHEMA ||
    typeof id !== 'string' ||
    id === '' ||
    typeof time !== 'string' ||
    Number.isNaN(Date.parse(time)) ||
    (kind !== 'start' && kind !== 'install' && kind !== 'undo')
  ) {
    return null;
  }
  return {
    ...EMPTY,
    id: words(id),
    kind,
    time,
    tool: words(one.tool),
    command: words(one.command),
    notebook: maybe(one.notebook),
    verdict: oneOf<IEntry['verdict']>(
      one.verdict,
      ['ok', 'warn', 'block', 'unchecked', 'unseen'],
      'unseen'
    ),
    planned: Array.isArray(one.planned)
      ? list(one.planned, planned)
      : EMPTY.planned,
    changed: list(one.changed, change),
    newFindings: list(one.newFindings, mark),
    goneFindings: list(one.goneFindings, mark),
    reality: oneOf<IEntry['reality']>(
      one.reality,
      ['as-planned', 'different', 'no-plan'],
      'no-plan'
    ),
    why: maybe(one.why),
    undo: maybe(one.undo),
    undone: maybe(one.undone),
    ...(kind === 'start' ? { packages: list(one.packages, owned) } : {})
  };
}

function planned(one: Fields): IPlanned | null {
  const name = words(one.name);
  return name ? { name, from: maybe(one.from), to: maybe(one.to) } : null;
}

function change(one: Fields): IChange | null {
  const name = words(one.name);
  return name
    ? {
        name,
        from: maybe(one.from),
        to: maybe(one.to),
        ownerFrom: owner(one.ownerFrom),
        ownerTo: owner(one.ownerTo)
      }
    : null;
}

function owned(one: Fields): IOwned | null {
  const name = words(one.name);
  return name
    ? {
        name,
        version: maybe(one.version),
        owner: owner(one.owner) ?? 'unknown'
      }
    : null;
}

function mark(one: Fields): IFindingMark | null {
  const rule = words(one.rule);
  return rule
    ? {
        rule,
        severity: oneOf<IFindingMark['severity']>(
          one.severity,
          ['error', 'warning', 'info'],
          'info'
        ),
        about: Array.isArray(one.about)
          ? one.about.filter(name => typeof name === 'string').map(words)
          : [],
        title: words(one.title)
      }
    : null;
}

type Fields = Readonly<Record<string, unknown>>;

function record(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : {};
}

function list<T>(value: unknown, read: (one: Fields) => T | null): T[] {
  return Array.isArray(value)
    ? value
        .map(one => read(record(one)))
        .filter((one): one is T => one !== null)
    : [];
}

function words(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, MOST) : '';
}

function maybe(value: unknown): string | null {
  return typeof value === 'string' ? value.slice(0, MOST) : null;
}

function owner(value: unknown): IOwned['owner'] | null {
  return value === null || value === undefined
    ? null
    : oneOf<IOwned['owner']>(
        value,
        ['pip', 'conda', 'uv', 'unknown'],
        'unknown'
      );
}

function oneOf<T extends string>(
  value: unknown,
  allowed: readonly T[],
  fallback: T
): T {
  return allowed.includes(value as T) ? (value as T) : fallback;
}
