/** The settings of the guard; what is not readable has its default. */
import { normalise } from '../versions/requirement';

/** From which verdict on the guard asks. */
export type Threshold = 'block' | 'warn' | 'everything';

/** Who is asked what would change; `none`: nobody, the command alone is judged. */
export type PlannerChoice = 'auto' | 'uv' | 'pip' | 'none';

/** See schema/guard.json. */
export interface IGuardSettings {
  readonly enabled: boolean;
  readonly threshold: Threshold;
  readonly place: 'inline' | 'dialog';
  /** Seconds after which a cell runs without an answer. */
  readonly deadline: number;
  readonly planner: PlannerChoice;
  /** Normalised names of packages that must stay as they are. */
  readonly protectedNames: ReadonlySet<string>;
  /** Normalised names of packages that are installed without a question. */
  readonly trustedNames: ReadonlySet<string>;
  /** Backups for undo; null: none is made. */
  readonly undo: IUndoLimits | null;
}

/** How much backups may take. */
export interface IUndoLimits {
  /** Of all backups of an environment. */
  readonly megabytes: number;
  readonly days: number;
  /** How many installs can be undone. */
  readonly generations: number;
}

/** What holds when nobody changed anything. */
export const DEFAULT_SETTINGS: IGuardSettings = {
  enabled: true,
  threshold: 'warn',
  place: 'inline',
  deadline: 10,
  planner: 'auto',
  protectedNames: new Set(),
  trustedNames: new Set(),
  undo: { megabytes: 2000, days: 14, generations: 1 }
};

/** Read settings as the registry gives them. Never throws. */
export function readSettings(values: Record<string, unknown>): IGuardSettings {
  const one = <T>(value: unknown, choices: readonly T[], fallback: T): T =>
    choices.find(choice => choice === value) ?? fallback;
  const names = (value: unknown): Set<string> =>
    new Set(
      (Array.isArray(value) ? value : [])
        .filter(word => typeof word === 'string' && word.trim() !== '')
        .map(word => normalise(word.trim()))
    );
  const { deadline } = values;
  const number = (value: unknown, least: number, fallback: number): number =>
    typeof value === 'number' && Number.isFinite(value)
      ? Math.max(least, value)
      : fallback;
  return {
    enabled: values.enabled !== false,
    threshold: one(values.threshold, ['block', 'warn', 'everything'], 'warn'),
    place: one(values.place, ['inline', 'dialog'], 'inline'),
    deadline:
      typeof deadline === 'number' && Number.isFinite(deadline)
        ? Math.min(300, Math.max(1, deadline))
        : DEFAULT_SETTINGS.deadline,
    planner: one(values.planner, ['auto', 'uv', 'pip', 'none'], 'auto'),
    protectedNames: names(values.protectedPackages),
    trustedNames: names(values.trustedPackages),
    undo:
      values.undo === false
        ? null
        : {
            megabytes: number(values.undoMegabytes, 1, 2000),
            days: number(values.undoDays, 1, 14),
            generations: Math.round(number(values.undoGenerations, 1, 1))
          }
  };
}
