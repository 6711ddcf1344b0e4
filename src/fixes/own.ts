/** A cell that holds the fix of a finding: what it is meant to do is no risk. Pure. */
import type { IFacts } from '../facts/facts.generated';
import { View } from '../facts/view';
import type { IJudgement, IJudgeOptions } from '../judge/judge';
import { asked } from '../plan/asked';
import { recognise } from '../recognise';
import type { IInstallRequest } from '../recognise/types';
import { runRules } from '../rules/engine';
import { ENVIRONMENT_RULES } from '../rules/environment/index.generated';
import type { IRisk } from '../rules/install/types';
import type { IFinding } from '../rules/types';
import { planFixes } from './plan';

/** Words of `about` that name no package. */
const WORDS: ReadonlySet<string> = new Set([
  'driver',
  'gpu',
  'LD_LIBRARY_PATH',
  'CUDA_HOME',
  'CUDA_VISIBLE_DEVICES',
  'user-site',
  'PYTHONPATH',
  'python',
  'container',
  'mig',
  'wsl',
  'libstdc++',
  'pip',
  'conda',
  'cuda'
]);

/** What commands do, for comparing. */
function signature(requests: readonly IInstallRequest[]): string {
  return JSON.stringify(
    requests.map(({ tool, action, args, target }) => [
      tool,
      action,
      args,
      target
    ])
  );
}

/** The findings that exactly these commands mend, one by one or all together; none when they are no such fix. */
export function mendedBy(
  view: View,
  findings: readonly IFinding[],
  requests: readonly IInstallRequest[]
): readonly IFinding[] {
  const wanted = signature(requests);
  const matches = (lines: readonly string[]) =>
    lines.length > 0 && signature(recognise(lines.join('\n'))) === wanted;
  const single = findings.filter(
    ({ fix }) => fix?.where === 'cell' && matches(fix.commands)
  );
  if (single.length > 0) {
    return single;
  }
  const plan = planFixes(
    view,
    findings.filter(one => one.severity !== 'info')
  );
  return matches(plan.commands) ? plan.findings : [];
}

/**
 * The verdict on a cell without what is the purpose of a fix: to take a twin away, to give a package back to conda. What would
 * happen to packages that neither the fix nor its findings name stays.
 */
export function forgiveFix(
  facts: IFacts,
  judgement: IJudgement,
  options: IJudgeOptions
): IJudgement {
  if (judgement.verdict === 'ok') {
    return judgement;
  }
  const { environmentRules = ENVIRONMENT_RULES, ignored } = options;
  const { findings } = runRules(environmentRules, facts, ignored);
  const mended = mendedBy(new View(facts), findings, judgement.requests);
  if (mended.length === 0) {
    return judgement;
  }
  const meant = new Set([
    ...WORDS,
    ...mended.flatMap(one => one.about),
    ...asked(judgement.requests).map(one => one.name)
  ]);
  const isMeant = (risk: IRisk): boolean =>
    risk.about.every(name => meant.has(name)) && risk.symptoms.every(isMeant);
  const risks = judgement.risks.filter(risk => !isMeant(risk));
  return {
    ...judgement,
    risks,
    verdict: risks.some(one => one.severity === 'block')
      ? 'block'
      : risks.length > 0
        ? 'warn'
        : 'ok',
    safer: risks.length > 0 ? judgement.safer : null
  };
}
