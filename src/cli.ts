/** What `scripts/doctor.mjs` runs: the outside commands of the project, without a browser. */
import { summarise } from './check/verdict';
import type { IFacts } from './facts/facts.generated';
import { describeProblem, FACTS_SCHEMA, parseFacts } from './facts/parse';
import {
  factsFromShortForm,
  shortFormProblem,
  type IShortForm
} from './facts/shortForm';
import { judgeCase } from './judge/case';
import { runRules } from './rules/engine';
import { ENVIRONMENT_RULES } from './rules/environment/index.generated';
import type { IFinding } from './rules/types';
import { render } from './text/text';

/** Bad input: one line for the person who typed the command. */
export class UsageError extends Error {}

/** A finding as contract.md section 2 prints it. */
interface IPlainFinding {
  rule: string;
  severity: string;
  title: string;
  about: readonly string[];
  evidence: string[];
  fix: { commands: readonly string[]; restart: boolean } | null;
}

/** Facts from a probe document or from the short form. Throws UsageError. */
export function readFacts(value: unknown): IFacts {
  if ((value as { schema?: unknown } | null)?.schema === FACTS_SCHEMA) {
    const parsed = parseFacts(value);
    if (!parsed.ok) {
      throw new UsageError(describeProblem(parsed.problem));
    }
    return parsed.facts;
  }
  const problem = shortFormProblem(value);
  if (problem) {
    throw new UsageError(problem);
  }
  return factsFromShortForm(value as IShortForm);
}

/** `doctor.mjs check`. Throws UsageError. */
export function check(value: unknown): {
  verdict: string;
  findings: IPlainFinding[];
} {
  const facts = readFacts(value);
  const { findings } = runRules(ENVIRONMENT_RULES, facts);
  const summary = summarise(facts, findings);
  return {
    verdict: summary.verdict,
    findings: findings.flatMap(flatten)
  };
}

/** `doctor.mjs judge`. Throws an error with one line for people on bad input. */
export function judge(value: unknown): unknown {
  return judgeCase(value, readFacts);
}

/** A finding followed by its consequences. */
function flatten(one: IFinding): IPlainFinding[] {
  return [
    {
      rule: one.rule,
      severity: one.severity,
      title: render(one.title),
      about: one.about,
      evidence: one.evidence.map(item => render(item.text)),
      fix: one.fix && {
        commands: one.fix.commands,
        restart: one.fix.restart
      }
    },
    ...one.symptoms.flatMap(flatten)
  ];
}
