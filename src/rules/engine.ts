/** Runs rules over facts: isolates a rule that throws, folds symptoms under their cause, sorts. */
import { isUnread, type CostlyFact } from '../facts/costly';
import type { IFacts } from '../facts/facts.generated';
import { View } from '../facts/view';
import { text } from '../text/text';
import type { IDraft, IFinding, IRule, Severity } from './types';

/** Result of a run. */
export interface IRulesResult {
  /** Root causes first. */
  readonly findings: readonly IFinding[];
  /** Rules that threw: their id and the message. */
  readonly failures: readonly { rule: string; message: string }[];
}

const RANK: Readonly<Record<Severity, number>> = {
  error: 0,
  warning: 1,
  info: 2
};

/** Run the rules. @param ignored ids of rules that the user does not want to hear of here */
export function runRules(
  rules: readonly IRule[],
  facts: IFacts,
  ignored: ReadonlySet<string> = new Set()
): IRulesResult {
  const view = new View(facts);
  const findings: IFinding[] = [];
  const failures: { rule: string; message: string }[] = [];
  for (const rule of rules) {
    if (ignored.has(rule.id)) {
      continue;
    }
    const own: IFinding[] = [];
    try {
      // In here too, because a message that the rule does not have is its fault.
      rule.check(view, draft => own.push(finding(rule, draft)));
    } catch (error) {
      failures.push({ rule: rule.id, message: String(error) });
      continue;
    }
    findings.push(...own);
  }
  return { findings: sort(fold(rules, findings)), failures };
}

/** Costly facts that these rules want to know and that are not known. A rule that throws wants nothing. */
export function wantedCostly(
  rules: readonly IRule[],
  facts: IFacts
): CostlyFact[] {
  const view = new View(facts);
  const wanted = new Set<CostlyFact>();
  for (const rule of rules) {
    try {
      rule.costly?.(view).forEach(name => wanted.add(name));
    } catch {
      continue;
    }
  }
  return [...wanted].filter(name => isUnread(facts, name)).sort();
}

function finding(rule: IRule, draft: IDraft): IFinding {
  const message = rule.messages[draft.message];
  const args = draft.args ?? [];
  return {
    rule: rule.id,
    code: rule.code,
    message: draft.message,
    severity: draft.severity,
    title: text(message.title, ...args),
    why: text(message.why, ...args),
    about: draft.about,
    evidence: draft.evidence,
    fix: draft.fix ?? null,
    stops: draft.stops ?? [],
    symptoms: []
  };
}

/** Put each finding that another one explains under it. A cause never ranks below what it hides. */
function fold(rules: readonly IRule[], findings: IFinding[]): IFinding[] {
  const supersedes = new Map(rules.map(r => [r.id, r.supersedes ?? []]));
  const parents = new Map<IFinding, IFinding>();
  for (const symptom of findings) {
    const cause = findings.find(
      other =>
        other !== symptom &&
        explains(supersedes.get(other.rule) ?? [], other, symptom) &&
        RANK[other.severity] <= RANK[symptom.severity] &&
        !isAncestor(parents, symptom, other)
    );
    if (cause) {
      parents.set(symptom, cause);
    }
  }
  const children = new Map<IFinding, IFinding[]>();
  for (const [symptom, cause] of parents) {
    children.set(cause, [...(children.get(cause) ?? []), symptom]);
  }
  const withSymptoms = (one: IFinding): IFinding => {
    const own = (children.get(one) ?? []).map(withSymptoms);
    return {
      ...one,
      symptoms: own,
      stops: [...new Set([...one.stops, ...own.flatMap(s => s.stops)])]
    };
  };
  return findings.filter(f => !parents.has(f)).map(withSymptoms);
}

function explains(
  list: readonly string[],
  cause: IFinding,
  symptom: IFinding
): boolean {
  return list.some(
    entry =>
      entry === `${symptom.rule}*` ||
      (entry === symptom.rule &&
        symptom.about.some(name => cause.about.includes(name)))
  );
}

function isAncestor(
  parents: Map<IFinding, IFinding>,
  candidate: IFinding,
  of: IFinding
): boolean {
  for (let one = parents.get(of); one; one = parents.get(one)) {
    if (one === candidate) {
      return true;
    }
  }
  return false;
}

function sort(findings: IFinding[]): IFinding[] {
  return findings
    .map((one, order) => ({ one, order }))
    .sort(
      (a, b) =>
        RANK[a.one.severity] - RANK[b.one.severity] ||
        b.one.stops.length - a.one.stops.length ||
        b.one.symptoms.length - a.one.symptoms.length ||
        a.one.code.localeCompare(b.one.code) ||
        a.one.about.join().localeCompare(b.one.about.join()) ||
        a.order - b.order
    )
    .map(({ one }) => one);
}
