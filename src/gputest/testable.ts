/** What can be tested; apart from what tests prove, because JupyterLab loads it when it starts. */
import type { IFacts } from '../facts/facts.generated';
import { TESTABLE } from './types';

/** The frameworks of these facts that can be tested; all where they could not be read. */
export function testable(facts: IFacts): string[] {
  const { frameworks } = facts;
  return TESTABLE.filter(
    name => !frameworks || frameworks.some(one => one.name === name)
  );
}
