/** What the panel loads when it shows an answer: plans of fixes, new environments, and the sources of the tables. */
import type { IFacts } from '../facts/facts.generated';
import { View } from '../facts/view';
import type { IFinding } from '../rules/types';
import { newEnvironment, type INewEnvironment } from './newEnvironment';
import { planFixes, type IFixPlan } from './plan';

export { sourcesAmong, sourcesOf } from '../compat/sources';

/** The fixes of these findings as one. */
export function fixAll(facts: IFacts, findings: readonly IFinding[]): IFixPlan {
  return planFixes(new View(facts), findings);
}

/** A new environment with what was asked for in this one; null when its packages are not known. */
export function environmentLike(facts: IFacts): INewEnvironment | null {
  return newEnvironment(new View(facts));
}
