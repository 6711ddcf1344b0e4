/** From an error text to explanations: what is known by its words, joined with the facts and the findings. */
import { unknownFacts } from '../facts/build';
import { View } from '../facts/view';
import type { IEvidence, IFinding } from '../rules/types';
import { text } from '../text/text';
import { ownerOf } from './advice';
import { clean, framesIn } from './clean';
import { SIGNATURES } from './signatures';
import type { Grade, IAdvice, IMatch, ISeen, ISignature } from './types';

/** So many explanations at most: one error has one cause, rarely two. */
const MOST = 3;

/** So many lines on who owns what. */
const MOST_OWNERS = 4;

const GRADES: Readonly<Record<Grade, number>> = {
  exact: 0,
  usual: 1,
  general: 2
};

/** What is known of the environment in which the error was raised. */
export interface IKnown {
  readonly view: View;
  /** What the rules say of it. */
  readonly findings: readonly IFinding[];
}

interface IRecognised {
  readonly signature: ISignature;
  readonly seen: ISeen;
  readonly at: number;
}

/**
 * Explain an error text: a traceback, or what a command printed.
 *
 * @param known null: by the text alone
 * @returns the best first; empty when nothing is known
 */
export function explain(error: string, known: IKnown | null): IMatch[] {
  const nothing = new View(unknownFacts());
  const found = recognise(error).flatMap(one => {
    const joined = join(one, known?.view ?? nothing, known?.findings ?? []);
    return joined ? [{ ...one, joined }] : [];
  });
  const covered = new Set(found.flatMap(one => one.signature.covers ?? []));
  const left = found.filter(one => !covered.has(one.signature.id));
  const best = left.length > 0 ? gradeOf(left[0].signature) : 0;
  return (
    left
      // What says less is no second opinion.
      .filter(one => gradeOf(one.signature) === best)
      .slice(0, MOST)
      .map(one => one.joined)
  );
}

function gradeOf(signature: ISignature): number {
  return GRADES[signature.grade ?? 'usual'];
}

/** The signatures that a text has, the most specific first; of two alike, the one that was raised last. */
function recognise(error: string): IRecognised[] {
  const plain = clean(error);
  const frames = framesIn(plain);
  const packages = unique(frames.filter(one => one !== null));
  const found: IRecognised[] = [];
  for (const signature of SIGNATURES) {
    if (!signature.hints.some(hint => plain.includes(hint))) {
      continue;
    }
    const match = signature.pattern.exec(plain);
    if (!match) {
      continue;
    }
    const groups: Record<string, string> = {};
    for (const [name, value] of Object.entries(match.groups ?? {})) {
      groups[name] = value ?? '';
    }
    const seen = { groups, packages, frames, text: plain };
    if (signature.accept?.(seen) ?? true) {
      found.push({ signature, seen, at: match.index });
    }
  }
  return found.sort(
    (a, b) => gradeOf(a.signature) - gradeOf(b.signature) || b.at - a.at
  );
}

/** Join with the facts; null when they speak against it. */
function join(
  { signature, seen }: IRecognised,
  view: View,
  findings: readonly IFinding[]
): IMatch | null {
  const advice: IAdvice | null = signature.advise
    ? signature.advise(seen, view)
    : {};
  const own =
    typeof signature.about === 'function'
      ? signature.about(seen)
      : signature.about;
  const about = unique([...(advice?.about ?? []), ...own]);
  const finding = findingOf(signature, about, findings);
  if (advice === null && !finding) {
    return null;
  }
  const evidence = [
    ...(advice?.evidence ?? []),
    ...about.flatMap(name => ownerOf(view, name)).slice(0, MOST_OWNERS),
    ...(finding?.evidence ?? [])
  ];
  const args = [...(signature.args?.(seen) ?? [])];
  return {
    signature: signature.id,
    title: text(signature.title, ...args),
    why: text(signature.why, ...args),
    about: unique([...about, ...(finding?.about ?? [])]),
    evidence: distinct(evidence),
    fix: finding?.fix ?? advice?.fix ?? null,
    finding
  };
}

/** The finding that the error is a sign of: of the likeliest rule, about one of the same things. */
function findingOf(
  signature: ISignature,
  about: readonly string[],
  findings: readonly IFinding[]
): IFinding | null {
  for (const code of signature.rules) {
    const root = findings.find(one => says(one, code, about));
    if (root) {
      return root;
    }
  }
  return null;
}

function says(
  finding: IFinding,
  code: string,
  about: readonly string[]
): boolean {
  return (
    (finding.code === code &&
      finding.about.some(name => about.includes(name))) ||
    finding.symptoms.some(one => says(one, code, about))
  );
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}

function distinct(evidence: readonly IEvidence[]): IEvidence[] {
  const seen = new Set<string>();
  return evidence.filter(({ text: line }) => {
    const key = JSON.stringify(line);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}
