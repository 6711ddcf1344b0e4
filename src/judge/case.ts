/** A case of contract.md section 3 in, its answer out: `scripts/doctor.mjs judge`. */
import type { IFacts } from '../facts/facts.generated';
import { View } from '../facts/view';
import { isCondaTool } from '../plan/asked';
import type { IPlan, IPlanRow, Verdict } from '../plan/types';
import { recognise } from '../recognise';
import type { IInstallRequest } from '../recognise/types';
import { render } from '../text/text';
import { normalise } from '../versions/requirement';
import { judge } from './judge';

/** A case that cannot be read: one line for the person who wrote it. */
export class CaseError extends Error {}

/** The answer in the words of the contract. */
export interface ICaseAnswer {
  readonly id?: string;
  readonly verdict: Verdict;
  readonly requests: readonly {
    readonly tool: string;
    readonly form: string;
    readonly packages: readonly string[];
  }[];
  readonly risks: readonly {
    readonly id: string;
    readonly severity: string;
    readonly about: readonly string[];
    readonly title: string;
  }[];
  readonly safer: string | null;
}

/**
 * Judge a case. Throws CaseError, and what `readFacts` throws.
 *
 * @param readFacts facts from a probe document or from the short form
 */
export function judgeCase(
  value: unknown,
  readFacts: (facts: unknown) => IFacts
): ICaseAnswer {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new CaseError('a case must be an object');
  }
  const { id, cell, facts, plan } = value as Record<string, unknown>;
  if (typeof cell !== 'string') {
    throw new CaseError('"cell" must be the source of a cell');
  }
  const requests = recognise(cell);
  const known = readFacts(facts ?? {});
  const result = judge({
    facts: known,
    requests,
    plan: readPlan(plan, requests, new View(known))
  });
  return {
    ...(typeof id === 'string' ? { id } : {}),
    verdict: result.verdict,
    requests: requests.map(({ tool, form, packages }) => ({
      tool,
      form,
      packages
    })),
    risks: result.risks.map(one => ({
      id: one.rule,
      severity: one.severity,
      about: one.about,
      title: render(one.title)
    })),
    safer: result.safer?.command ?? null
  };
}

/** The plan of a case: absent or null when no resolver answered. */
function readPlan(
  value: unknown,
  requests: readonly IInstallRequest[],
  view: View
): IPlan | null {
  if (value === undefined || value === null) {
    return null;
  }
  if (!Array.isArray(value)) {
    throw new CaseError('"plan" must be a list of rows, or null');
  }
  const conda =
    requests.length > 0 && requests.every(one => isCondaTool(one.tool));
  return {
    rows: value.map((one, index) => readRow(one, index, view)),
    planner: conda ? 'conda' : 'case',
    duration: 0
  };
}

function readRow(value: unknown, index: number, view: View): IPlanRow {
  const row = (value ?? {}) as Record<string, unknown>;
  const fail = (what: string): never => {
    throw new CaseError(`"plan"[${index}] ${what}`);
  };
  const version = (key: 'from' | 'to'): string | null => {
    const one = row[key] ?? null;
    return one === null || typeof one === 'string'
      ? one
      : fail(`"${key}" must be a version or null`);
  };
  const { name, requires, build, size } = row;
  if (typeof name !== 'string' || name === '') {
    return fail('needs a "name"');
  }
  if (
    requires !== undefined &&
    requires !== null &&
    !(Array.isArray(requires) && requires.every(one => typeof one === 'string'))
  ) {
    return fail('"requires" must be a list of strings');
  }
  return {
    name: normalise(name),
    // A row without it tells the new version only.
    from:
      row.from === undefined
        ? (view.dist(name)?.value.version ?? null)
        : version('from'),
    to: version('to'),
    requires: (requires as string[] | undefined) ?? null,
    build: build === 'sdist' || build === 'wheel' ? build : null,
    size: typeof size === 'number' ? size : null
  };
}
