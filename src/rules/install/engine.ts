/** Runs the install rules: isolates a rule that throws, tells one cause once, sorts. */
import type { Change } from '../../plan/change';
import { text } from '../../text/text';
import type { IFinding } from '../types';
import type {
  IInstallContext,
  IInstallRule,
  IRisk,
  IRiskDraft,
  RiskSeverity
} from './types';

/** Result of a run. */
export interface IRisksResult {
  /** Worst first; without notes. */
  readonly risks: readonly IRisk[];
  /** What is worth a line when the card is open anyway. */
  readonly notes: readonly IRisk[];
  /** Rules that threw: their id and the message. */
  readonly failures: readonly { rule: string; message: string }[];
}

const RANK: Readonly<Record<RiskSeverity, number>> = {
  block: 0,
  warn: 1,
  note: 2
};

/** Causes before consequences: the risk whose title tells most about a moved package. */
const ORDER: readonly string[] = [
  'P17',
  'P01',
  'P10',
  'P16',
  'P09',
  'P07',
  'P05',
  'P08',
  'P03',
  'P13',
  'P20',
  'P04',
  'P02',
  'P11',
  'P23',
  'P12',
  'P06'
];

/** Run the rules. @param ignored ids of rules that the user does not want to hear of here */
export function runInstallRules(
  rules: readonly IInstallRule[],
  context: IInstallContext,
  ignored: ReadonlySet<string> = new Set()
): IRisksResult {
  const found: IRisk[] = [];
  const failures: { rule: string; message: string }[] = [];
  for (const rule of rules) {
    if (ignored.has(rule.id)) {
      continue;
    }
    const own: IRisk[] = [];
    try {
      rule.check(context, draft => own.push(risk(rule, draft)));
    } catch (error) {
      failures.push({ rule: rule.id, message: String(error) });
      continue;
    }
    found.push(...own);
  }
  found.push(
    ...context.newFindings
      .filter(one => !ignored.has(one.rule))
      .map(one => fromFinding(one, context))
  );
  const merged = mergeBySubject(supersede(rules, found), context.change).sort(
    compare
  );
  return {
    risks: merged.filter(one => one.severity !== 'note'),
    notes: merged.filter(one => one.severity === 'note'),
    failures
  };
}

function risk(rule: IInstallRule, draft: IRiskDraft): IRisk {
  const message = rule.messages[draft.message];
  const args = draft.args ?? [];
  return {
    rule: rule.id,
    code: rule.code,
    message: draft.message,
    severity: draft.severity,
    title: text(message.title, ...args),
    why: text(message.why, ...args),
    subject: draft.subject,
    about: draft.about,
    evidence: draft.evidence,
    symptoms: []
  };
}

/** An error about the predicted environment is asked about, a warning is told. */
function fromFinding(one: IFinding, { change }: IInstallContext): IRisk {
  return {
    rule: one.rule,
    code: one.code,
    message: one.message,
    severity:
      one.severity === 'error'
        ? 'block'
        : one.severity === 'warning'
          ? 'warn'
          : 'note',
    title: one.title,
    why: one.why,
    subject: one.about.find(name => change.row(name) !== null) ?? null,
    about: one.about,
    evidence: one.evidence.map(item => ({
      text: item.text,
      path: `/predicted${item.path}`
    })),
    symptoms: []
  };
}

/** Put each risk that another one explains under it. */
function supersede(rules: readonly IInstallRule[], found: IRisk[]): IRisk[] {
  const lists = new Map(rules.map(one => [one.id, one.supersedes ?? []]));
  const taken = new Set<IRisk>();
  const under = new Map<IRisk, IRisk[]>();
  for (const symptom of found) {
    const cause = found.find(
      other =>
        other !== symptom &&
        !taken.has(other) &&
        !under.has(symptom) &&
        other.severity !== 'note' &&
        (lists.get(other.rule) ?? []).some(
          entry =>
            entry === `${symptom.rule}*` ||
            (entry === symptom.rule &&
              symptom.about.some(name => other.about.includes(name)))
        )
    );
    if (cause) {
      taken.add(symptom);
      under.set(cause, [...(under.get(cause) ?? []), symptom]);
    }
  }
  return found
    .filter(one => !taken.has(one))
    .map(one => join(one, under.get(one) ?? []));
}

/** One moved package is one cause: the worst and most telling risk keeps its title, the others go under it. */
function mergeBySubject(found: IRisk[], change: Change): IRisk[] {
  const groups = new Map<string, IRisk[]>();
  const result: IRisk[] = [];
  for (const one of found) {
    if (one.subject === null) {
      result.push(one);
    } else {
      const subject = change.subject(one.subject);
      groups.set(subject, [...(groups.get(subject) ?? []), one]);
    }
  }
  for (const list of groups.values()) {
    const [first, ...rest] = [...list].sort(compare);
    result.push(join(first, rest));
  }
  return result;
}

function join(one: IRisk, symptoms: readonly IRisk[]): IRisk {
  const flat = symptoms.flatMap(s => [{ ...s, symptoms: [] }, ...s.symptoms]);
  return {
    ...one,
    severity: [one, ...symptoms].reduce<RiskSeverity>(
      (worst, s) => (RANK[s.severity] < RANK[worst] ? s.severity : worst),
      one.severity
    ),
    about: [...new Set([...one.about, ...flat.flatMap(s => s.about)])],
    symptoms: [...one.symptoms, ...flat]
  };
}

function compare(a: IRisk, b: IRisk): number {
  return (
    RANK[a.severity] - RANK[b.severity] ||
    place(a) - place(b) ||
    b.about.length - a.about.length ||
    a.code.localeCompare(b.code) ||
    a.about.join().localeCompare(b.about.join())
  );
}

function place(one: IRisk): number {
  const at = ORDER.indexOf(one.code);
  return at < 0 ? ORDER.length : at;
}
