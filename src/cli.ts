/** What `scripts/doctor.mjs` runs: the outside commands of the project, without a browser. */
import { summarise } from './check/verdict';
import { explain as explainText } from './explain/engine';
import type { IFacts } from './facts/facts.generated';
import { describeProblem, FACTS_SCHEMA, parseFacts } from './facts/parse';
import {
  factsFromShortForm,
  shortFormProblem,
  type IShortForm
} from './facts/shortForm';
import { View } from './facts/view';
import { compare as compareMoments, type IComparison } from './history/compare';
import { parseEntry } from './history/parse';
import type { IEntry } from './history/types';
import { judgeCase } from './judge/case';
import { readPlan } from './plan/answer';
import { exportFile, EXPORTS } from './report/export';
import { runRules } from './rules/engine';
import { ENVIRONMENT_RULES } from './rules/environment/index.generated';
import type { IFinding, IFix } from './rules/types';
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
  fix: IPlainFix | null;
}

interface IPlainFix {
  commands: readonly string[];
  restart: boolean;
}

/** An explanation as contract.md section 4 prints it, and what else is known. */
interface IPlainMatch {
  signature: string;
  title: string;
  why: string;
  about: readonly string[];
  evidence: string[];
  /** Id of the rule whose finding it is a sign of. */
  rule: string | null;
  fix: IPlainFix | null;
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
export function judge(value: unknown): ReturnType<typeof judgeCase> {
  return judgeCase(value, readFacts);
}

/** `doctor.mjs explain`. @param value facts, or null when there are none. Throws UsageError. */
export function explain(
  error: string,
  value: unknown
): { matches: IPlainMatch[] } {
  const facts = value === null ? null : readFacts(value);
  const matches = explainText(
    error,
    facts && {
      view: new View(facts),
      findings: runRules(ENVIRONMENT_RULES, facts).findings
    }
  );
  return {
    matches: matches.map(one => ({
      signature: one.signature,
      title: render(one.title),
      why: render(one.why),
      about: one.about,
      evidence: one.evidence.map(item => render(item.text)),
      rule: one.finding?.rule ?? null,
      fix: plainFix(one.fix)
    }))
  };
}

/** `doctor.mjs compare`: what an install did. @param plan an answer of plan.py, or null. Throws UsageError. */
export function compare(
  before: unknown,
  after: unknown,
  plan: unknown
): IComparison {
  const moment = (value: unknown) => {
    const facts = readFacts(value);
    return { facts, findings: runRules(ENVIRONMENT_RULES, facts).findings };
  };
  const answer = plan === null ? null : readPlan(plan);
  return compareMoments(
    moment(before),
    moment(after),
    answer?.kind === 'plan' ? answer.plan : null
  );
}

/**
 * `doctor.mjs export`: the text of the file. Throws UsageError.
 *
 * @param words the kind of file, one of `EXPORTS`
 * @param options `history`: the text of a history.jsonl, or null
 */
export function exportText(
  value: unknown,
  words: readonly string[],
  options: { all: boolean; builds: boolean; history: string | null }
): string {
  const kind = EXPORTS.find(one => one === words[0]);
  if (kind === undefined || words.length > 1) {
    throw new UsageError(`export one of: ${EXPORTS.join(', ')}`);
  }
  const file = exportFile(kind, readFacts(value), {
    scope: options.all ? 'everything' : 'asked',
    builds: options.builds,
    history: historyOf(options.history ?? '')
  });
  if (!file) {
    throw new UsageError('these facts tell of no packages');
  }
  return file.text;
}

/** Entries of a history.jsonl; lines that are none are passed over, as the panel does. */
function historyOf(lines: string): IEntry[] {
  return lines.split('\n').flatMap(line => {
    try {
      return parseEntry(JSON.parse(line)) ?? [];
    } catch {
      return [];
    }
  });
}

function plainFix(fix: IFix | null): IPlainFix | null {
  return fix && { commands: fix.commands, restart: fix.restart };
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
      fix: plainFix(one.fix)
    },
    ...one.symptoms.flatMap(flatten)
  ];
}
