/** What the planner in the kernel answered, read by hand: it is untrusted. Never throws. */
import type { IPlan, IPlanRow } from './types';

/** Something that the rows of a plan cannot say. */
export interface IPlanNote {
  /**
   * - `needs-build`: a package has no wheel, its build code will run
   * - `lower-bound`: more may change than the rows say
   * - `local-project`: the version of a local project is not known
   * - `pip-will-refuse`: pip cannot uninstall what the plan replaces
   * - `externally-managed`: pip refuses without `--break-system-packages`
   * - `credentials`: an index refused an answer
   * - `twice`: a package is installed twice
   * - `not-installed`: there is nothing to uninstall
   * - `outside`: uv does not see what pip sees
   * - `other`: a kind that this version does not know
   */
  readonly kind: NoteKind;
  readonly text: string;
  /** Normalised name of the package it is about. */
  readonly package: string | null;
}

const NOTES = [
  'needs-build',
  'lower-bound',
  'local-project',
  'pip-will-refuse',
  'externally-managed',
  'credentials',
  'twice',
  'not-installed',
  'outside',
  'other'
] as const;

export type NoteKind = (typeof NOTES)[number];

const PROBLEMS = [
  'unsatisfiable',
  'unknown-package',
  'network',
  'timeout',
  'usage',
  'credentials',
  'needs-build',
  'no-planner',
  'crash',
  'missing-file',
  'cancelled',
  'other'
] as const;

export type ProblemKind = (typeof PROBLEMS)[number];

/** Why there is no plan. */
export interface IPlanProblem {
  readonly kind: ProblemKind;
  /** The resolver's own words, credentials masked; at most 4096 characters. */
  readonly text: string;
  /**
   * Normalised name of the package it is about, when it is about one: the unknown one, one that must be built, one whose
   * pin in the command names a version that does not exist or has nothing for this Python.
   */
  readonly package: string | null;
  /**
   * - `unknown-package`: the name that is spelt most like `package`, among well-known and installed ones
   * - `unsatisfiable`, with a `package`: the version of it that comes nearest to the pin and can be had
   * - else null
   */
  readonly nearest: string | null;
}

/** A read answer: a plan or a problem, with notes either way. */
export type PlanAnswer = { readonly notes: readonly IPlanNote[] } & (
  | { readonly kind: 'plan'; readonly plan: IPlan }
  | { readonly kind: 'problem'; readonly problem: IPlanProblem }
);

/** A phase of planning, as far as it was told. */
export interface IPlanProgress {
  /** `resolving`, `checking`, `pip`, `conda`. */
  readonly phase: string;
  /** Since the planner started. */
  readonly seconds: number;
}

const MAX_ROWS = 20_000;
const MAX_TEXT = 4096;
const MAX_SHORT = 200;
const VERSION = /^(\d{1,9}!)?\d[A-Za-z0-9.]{0,99}(\+[A-Za-z0-9._-]{1,99})?$/;
const NAME = /^[a-z0-9]([a-z0-9._-]{0,198}[a-z0-9])?$/;

type Fields = Readonly<Record<string, unknown>>;

/** Read a plan document. */
export function readPlan(value: unknown): PlanAnswer {
  const document = fields(value);
  if (document?.schema !== 'jupyterlab-gpu-doctor/plan') {
    return broken('The answer is no plan.');
  }
  if (document.schema_version !== 1) {
    return broken('The plan has another format version.');
  }
  const notes = list(document.notes).flatMap(readNote);
  const error = fields(document.error);
  if (error) {
    return { kind: 'problem', notes, problem: readProblem(error) };
  }
  const planner = string(document.planner, MAX_SHORT);
  if (
    document.error !== null ||
    !planner ||
    !Array.isArray(document.rows) ||
    document.rows.length > MAX_ROWS
  ) {
    return broken('The plan does not have the agreed form.');
  }
  const rows: IPlanRow[] = [];
  for (const one of document.rows) {
    const row = readRow(one);
    if (!row) {
      // A plan without one of its rows would be a wrong plan.
      return broken('A row of the plan does not have the agreed form.');
    }
    rows.push(row);
  }
  const duration = amount(document.duration_ms) ?? 0;
  return { kind: 'plan', notes, plan: { rows, planner, duration } };
}

/** Read what comes before the plan; null when it is no progress. */
export function readProgress(value: unknown): IPlanProgress | null {
  const progress = fields(value);
  const phase = string(progress?.phase, MAX_SHORT);
  const seconds = amount(progress?.seconds);
  return phase && seconds !== null ? { phase, seconds } : null;
}

function readProblem(error: Fields): IPlanProblem {
  const kind = oneOf(PROBLEMS, error.kind) ?? 'other';
  const about = name(error.package);
  const { nearest } = error;
  return {
    kind,
    text: string(error.text, MAX_TEXT) ?? '',
    package: about,
    nearest:
      kind === 'unknown-package'
        ? name(nearest)
        : kind === 'unsatisfiable' && about !== null
          ? plainVersion(nearest)
          : null
  };
}

function readRow(value: unknown): IPlanRow | null {
  const row = fields(value);
  const known = name(row?.name);
  const from = version(row?.from);
  const to = version(row?.to);
  if (!row || !known || from === undefined || to === undefined) {
    return null;
  }
  if (from === null && to === null) {
    return null;
  }
  const requires = Array.isArray(row.requires)
    ? row.requires.map(one => string(one, 1000))
    : null;
  return {
    name: known,
    from,
    to,
    requires: requires?.every(isString) ? requires : null,
    build: oneOf(['wheel', 'sdist'] as const, row.build),
    size: amount(row.size)
  };
}

function readNote(value: unknown): IPlanNote[] {
  const note = fields(value);
  const words = string(note?.text, MAX_TEXT);
  return note && words !== null
    ? [
        {
          kind: oneOf(NOTES, note.kind) ?? 'other',
          text: words,
          package: name(note.package)
        }
      ]
    : [];
}

function broken(text: string): PlanAnswer {
  return {
    kind: 'problem',
    notes: [],
    problem: { kind: 'crash', text, package: null, nearest: null }
  };
}

function fields(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : null;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, MAX_ROWS) : [];
}

function isString(value: string | null): value is string {
  return value !== null;
}

/** Text, cut to a length; null when it is none. */
function string(value: unknown, most: number): string | null {
  return typeof value === 'string' ? value.slice(0, most) : null;
}

function name(value: unknown): string | null {
  return typeof value === 'string' && NAME.test(value) ? value : null;
}

/** A version that can stand in a command; null when it is none. */
function plainVersion(value: unknown): string | null {
  return typeof value === 'string' && VERSION.test(value) ? value : null;
}

/** A version or null; undefined when it is neither. */
function version(value: unknown): string | null | undefined {
  return value === null || (typeof value === 'string' && value.length < 200)
    ? value
    : undefined;
}

function amount(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0
    ? value
    : null;
}

function oneOf<T extends string>(
  values: readonly T[],
  value: unknown
): T | null {
  return values.find(one => one === value) ?? null;
}
