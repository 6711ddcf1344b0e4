/** What the environment rules say after a change and did not say before. */
import type { IRulesResult } from '../rules/engine';
import type { IFinding, Severity } from '../rules/types';

/**
 * Rules about what surrounds an environment, or about files that a plan does not tell: their answers for predicted
 * facts would be guesses. Requirements have a rule of their own, which holds both sides against each other.
 */
const NOT_FROM_A_PLAN: ReadonlySet<string> = new Set([
  'base-environment',
  'container-without-gpu',
  'cuda-home-elsewhere',
  'cuda-minor-above-driver',
  'env-variable-elsewhere',
  'gpu-build-without-driver',
  'gpus-hidden',
  'ld-library-path-wins',
  'pip-elsewhere',
  'pythonpath-shadow',
  'tensorflow-libraries-missing',
  'unmet-requirement',
  'user-site-shadow'
]);

const RANK: Readonly<Record<Severity, number>> = {
  error: 2,
  warning: 1,
  info: 0
};

/** A CPU build is told only where it takes something away or was asked for: an install rule knows. */
const TOLD_ELSEWHERE: ReadonlySet<string> = new Set(['cpu-build-on-gpu']);

/** New findings, consequences included. A finding is new when it names something its rule did not name, or is worse. */
export function newFindings(
  before: IRulesResult,
  after: IRulesResult
): IFinding[] {
  const known = new Map<string, Map<string, number>>();
  for (const one of flat(before.findings)) {
    const names = known.get(one.rule) ?? new Map<string, number>();
    for (const name of one.about) {
      names.set(name, Math.max(names.get(name) ?? 0, RANK[one.severity]));
    }
    known.set(one.rule, names);
  }
  return flat(after.findings).filter(one => {
    const names = known.get(one.rule);
    return (
      one.severity !== 'info' &&
      !NOT_FROM_A_PLAN.has(one.rule) &&
      !TOLD_ELSEWHERE.has(one.rule) &&
      one.about.some(name => (names?.get(name) ?? -1) < RANK[one.severity])
    );
  });
}

/** A finding, then its consequences. */
function flat(findings: readonly IFinding[]): IFinding[] {
  return findings.flatMap(one => [
    { ...one, symptoms: [] },
    ...flat(one.symptoms)
  ]);
}
