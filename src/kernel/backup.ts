/** Asks backup.py in a kernel: backups before installs, and undo. */
import type { Kernel } from '@jupyterlab/services';
import type { IFailure } from '../check/state';
import { runInBackground } from './background';
import { failure } from './request';

/** How much backups may take. */
export interface IBackupLimits {
  readonly megabytes: number;
  readonly days: number;
  readonly generations: number;
}

/** What is asked. */
export type BackupRequest =
  | {
      readonly action: 'begin';
      readonly id: string;
      readonly mode: 'auto' | 'tree' | 'plan';
      /** Distributions that a plan replaces or removes; null: not known. */
      readonly names: readonly string[] | null;
      readonly limits: IBackupLimits;
      /** conda and its relatives change the whole environment. */
      readonly tool: string;
      /** The install runs as soon as the backup is made; else `start` tells when. */
      readonly starts: boolean;
    }
  | {
      readonly action: 'start' | 'seal' | 'undo' | 'drop';
      readonly id: string;
    }
  | { readonly action: 'list' | 'repair' };

/** A backup on the disk. */
export interface IBackup {
  readonly id: string;
  /** On the disk. */
  readonly bytes: number;
}

/** What came of it. */
export type BackupOutcome =
  | { readonly kind: 'begun' | 'done' }
  | {
      readonly kind: 'sealed';
      /** false: the install changed files that the backup does not hold. */
      readonly complete: boolean;
    }
  | { readonly kind: 'undone' }
  | { readonly kind: 'listed'; readonly backups: readonly IBackup[] }
  /** Installs and undos that were killed. */
  | { readonly kind: 'halfway'; readonly ids: readonly string[] }
  | {
      readonly kind: 'refused';
      /** `files-changed-later`, `read-only` …; see backup.py. */
      readonly reason: string;
      /** Relative to the environment. */
      readonly files: readonly string[];
    }
  | { readonly kind: 'failure'; readonly failure: IFailure }
  | { readonly kind: 'cancelled' };

/** What an answer has in any case. */
const SIGNS: Readonly<Record<BackupRequest['action'], string>> = {
  begin: 'id',
  start: 'id',
  seal: 'id',
  drop: 'id',
  undo: 'verified',
  list: 'backups',
  repair: 'found'
};

/** Names of files that are shown, and characters of each. */
const MOST = 20;
const LONGEST = 400;

/** How to ask. */
export interface IBackupOptions {
  /** Gives it up. */
  readonly signal: AbortSignal;
  /** Milliseconds; default 60,000. */
  readonly timeout?: number;
  /** See `IBackgroundOptions`. */
  readonly isAside?: boolean;
  onStarted?(): void;
}

/** Ask. Never rejects. */
export async function runBackup(
  kernel: Kernel.IKernelConnection,
  source: string,
  request: BackupRequest,
  { timeout = 60_000, ...how }: IBackupOptions
): Promise<BackupOutcome> {
  const outcome = await runInBackground(kernel, {
    source,
    call: 'backup',
    request,
    timeout,
    ...how
  });
  return outcome.kind === 'answer'
    ? readBackup(request.action, outcome.value)
    : outcome;
}

/** Read an answer of backup.py; it is untrusted. */
export function readBackup(
  action: BackupRequest['action'],
  value: unknown
): BackupOutcome {
  const answer = record(value);
  if (answer.error !== undefined) {
    const { kind, files } = record(answer.error);
    return {
      kind: 'refused',
      reason: typeof kind === 'string' ? kind : '',
      files: texts(files)
        .slice(0, MOST)
        .map(one => one.slice(0, LONGEST))
    };
  }
  // A backup that may not be there is none.
  if (!(SIGNS[action] in answer)) {
    return {
      kind: 'failure',
      failure: failure(
        'invalid',
        'The answer does not have the agreed form.',
        JSON.stringify(value)?.slice(0, LONGEST)
      )
    };
  }
  switch (action) {
    case 'begin':
      return { kind: 'begun' };
    case 'seal':
      return { kind: 'sealed', complete: answer.complete === true };
    case 'undo':
      // Only what was verified is an undo.
      return answer.verified === true
        ? { kind: 'undone' }
        : { kind: 'refused', reason: 'verify-failed', files: [] };
    case 'list':
      return {
        kind: 'listed',
        backups: rows(answer.backups).flatMap(({ id, bytes }) =>
          typeof id === 'string' && Number.isFinite(bytes)
            ? [{ id, bytes: Math.max(0, Number(bytes)) }]
            : []
        )
      };
    case 'repair':
      return {
        kind: 'halfway',
        // A question that was left behind is no interrupted install.
        ids: rows(answer.found).flatMap(({ id, alive, state, started }) =>
          typeof id === 'string' &&
          alive !== true &&
          (state === 'undoing' || started === true)
            ? [id]
            : []
        )
      };
    default:
      return { kind: 'done' };
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function rows(value: unknown): Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.map(record) : [];
}

function texts(value: unknown): string[] {
  return Array.isArray(value)
    ? value.filter((one): one is string => typeof one === 'string')
    : [];
}
