/** Facts that take long to read: which are missing, and what a later answer adds. */
import type { IFacts } from './facts.generated';
import { parseFacts } from './parse';

const AT_TOP = [
  'shared_files',
  'needs_glibcxx',
  'numpy_api',
  'openmp'
] as const;

/** A fact that takes long to read, so that it is read only when a rule asks for it; until then it is null. */
export type CostlyFact =
  /** `/shared_files`, `/needs_glibcxx`, `/numpy_api`, `/openmp`. */
  | (typeof AT_TOP)[number]
  /** `/frameworks/N/archs` of torch. */
  | 'archs';

/** What the kernel found in files, by path, size and time: it need not read them again. Not for reading. */
export type CostlyCache = Readonly<Record<string, unknown>>;

/** Whether a costly fact is not known, and could be. */
export function isUnread(facts: IFacts, name: CostlyFact): boolean {
  return name === 'archs'
    ? (facts.frameworks ?? []).some(
        one =>
          one.name === 'torch' && one.backend === 'cuda' && one.archs === null
      )
    : facts[name] === null;
}

/** Facts with what costly.py has read; null when its answer does not have the agreed form. */
export function mergeCostly(
  facts: IFacts,
  answer: unknown
): { facts: IFacts; cache: CostlyCache } | null {
  const { facts: read, archs, cache, problems } = object(answer);
  const merged: Record<string, unknown> = {
    ...facts,
    problems: [...facts.problems, ...(Array.isArray(problems) ? problems : [])]
  };
  for (const name of AT_TOP) {
    const value = object(read)[name];
    if (value !== undefined) {
      merged[name] = value;
    }
  }
  const found = object(archs).torch;
  if (found && facts.frameworks) {
    merged.frameworks = facts.frameworks.map(one =>
      one.name === 'torch' && one.backend === 'cuda'
        ? { ...one, archs: found }
        : one
    );
  }
  const parsed = parseFacts(merged);
  return parsed.ok ? { facts: parsed.facts, cache: object(cache) } : null;
}

function object(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)
    : {};
}
