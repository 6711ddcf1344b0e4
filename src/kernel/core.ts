/**
 * What is needed once somebody presses the button: Python sources, validator, rules, tables. Loaded on demand, so
 * that JupyterLab starts without it.
 */
import type { ICheckResult } from '../check/state';
import { summarise } from '../check/verdict';
import type { IFacts } from '../facts/facts.generated';
import { runRules } from '../rules/engine';
import { ENVIRONMENT_RULES } from '../rules/environment/index.generated';
import type { IJudgeOptions } from '../judge/judge';
import { INSTALL_RULES } from '../rules/install/index.generated';
import {
  ENVIRONMENT_PAGES,
  INSTALL_PAGES,
  rulePage as pageOf
} from '../rules/page';
import type { IRule } from '../rules/types';

export { askingCard, unplannedText, withSymptoms } from '../guard/card';
export { examine } from '../guard/examine';
export { findSafer, maySearch } from '../guard/safer';
export { readAnswer } from './answer';
export {
  BACKGROUND_SOURCE,
  FETCH_UV_SOURCE,
  NAMES_SOURCE,
  PLAN_SOURCE,
  PROBE_SOURCE
} from './embedded.generated';
export { fetchUv } from './fetchUv';

/** Apply the rules. @param ignored ids of rules that are ignored in this environment */
export function evaluate(
  facts: IFacts,
  extra: readonly IRule[],
  ignored: ReadonlySet<string>,
  how: { checkedAt: number; separate: boolean }
): ICheckResult {
  const all = runRules([...ENVIRONMENT_RULES, ...extra], facts);
  const findings = all.findings.filter(one => !ignored.has(one.rule));
  return {
    facts,
    findings,
    ignored: all.findings.filter(one => ignored.has(one.rule)),
    failures: all.failures,
    summary: summarise(facts, findings),
    ...how
  };
}

/** How the guard judges. @param ignored ids of rules that are not asked about */
export function judging(
  extra: readonly IRule[],
  ignored: ReadonlySet<string>,
  protectedNames: ReadonlySet<string>
): IJudgeOptions {
  return {
    environmentRules: [...ENVIRONMENT_RULES, ...extra],
    ignored,
    protectedNames
  };
}

/** Documentation of a rule as Markdown; null when there is no such rule. */
export function rulePage(id: string): string | null {
  const rule = ENVIRONMENT_RULES.find(one => one.id === id);
  if (rule) {
    return pageOf(rule, ENVIRONMENT_PAGES);
  }
  const install = INSTALL_RULES.find(one => one.id === id);
  return install ? pageOf(install, INSTALL_PAGES) : null;
}
