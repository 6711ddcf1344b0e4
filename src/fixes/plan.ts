/** The fixes of several findings as one list of commands that do not undo each other. Pure; nothing is run. */
import type { View } from '../facts/view';
import type { IFinding, IFix } from '../rules/types';
import type { IText } from '../text/text';
import { satisfies } from '../versions/pep440';
import { step, type IStep, type IWant } from './step';
import { interleave, mergeAll, outcome } from './wants';

/** A fix that cannot be joined with the others. */
export interface ILeftOut {
  readonly finding: IFinding;
  /** The one whose fix wants something else. */
  readonly other: IFinding;
  /** The package on which they differ. */
  readonly subject: string;
}

/** What mends several findings at once. */
export interface IFixPlan {
  /** For one cell, in order. */
  readonly commands: readonly string[];
  /** Findings that they mend, root causes first. */
  readonly findings: readonly IFinding[];
  readonly leftOut: readonly ILeftOut[];
  /** Findings whose fix belongs in a terminal or in kernel.json. */
  readonly elsewhere: readonly IFinding[];
  readonly restart: boolean;
  readonly safety: IFix['safety'];
  readonly notes: readonly IText[];
}

interface IPart {
  readonly finding: IFinding;
  readonly steps: readonly IStep[];
  readonly outcome: ReadonlyMap<string, IWant>;
}

const RANK: Readonly<Record<IFinding['severity'], number>> = {
  error: 0,
  warning: 1,
  info: 2
};

/** A total order of findings, so that the plan does not depend on the order in which they come. */
function keyOf({
  severity,
  code,
  rule,
  message,
  about,
  fix
}: IFinding): string {
  return JSON.stringify([
    RANK[severity],
    code,
    rule,
    message,
    about,
    fix?.commands
  ]);
}

/** Plan. @param findings top level only: a cause mends its symptoms */
export function planFixes(view: View, findings: readonly IFinding[]): IFixPlan {
  const sorted = findings
    .map(finding => ({ finding, key: keyOf(finding) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(one => one.finding);
  const taken: IPart[] = [];
  const leftOut: ILeftOut[] = [];
  const elsewhere: IFinding[] = [];
  let wants: ReadonlyMap<string, IWant> = new Map<string, IWant>();
  for (const finding of sorted) {
    const { fix } = finding;
    if (!fix || fix.commands.length === 0) {
      continue;
    }
    if (fix.where !== 'cell') {
      elsewhere.push(finding);
      continue;
    }
    const steps = fix.commands.map(step);
    const part = { finding, steps, outcome: outcome(steps) };
    const clash = findClash(view, taken, part);
    const merged = mergeAll(wants, part.outcome);
    if (clash) {
      leftOut.push({ finding, ...clash });
    } else if ('clash' in merged) {
      const other = [...taken]
        .reverse()
        .find(one => one.outcome.has(merged.clash as string));
      leftOut.push({
        finding,
        other: (other ?? part).finding,
        subject: merged.clash as string
      });
    } else {
      wants = merged;
      taken.push(part);
    }
  }
  const fixes = taken.flatMap(one => one.finding.fix ?? []);
  return {
    commands: interleave(
      taken.map(one => one.steps),
      wants
    ),
    findings: taken.map(one => one.finding),
    leftOut,
    elsewhere,
    restart: fixes.some(one => one.restart),
    safety: fixes.some(one => one.safety === 'review') ? 'review' : 'safe',
    notes: fixes.flatMap(one => one.note ?? [])
  };
}

/** One fix would undo through its requirements what another one does. */
function findClash(
  view: View,
  taken: readonly IPart[],
  part: IPart
): Omit<ILeftOut, 'finding'> | null {
  for (const other of taken) {
    const subject = undone(view, other, part) ?? undone(view, part, other);
    if (subject !== null) {
      return { other: other.finding, subject };
    }
  }
  return null;
}

/** The package that `mover` would bring back, or move away from where `holder` put it; null when there is none. */
function undone(view: View, holder: IPart, mover: IPart): string | null {
  for (const want of mover.outcome.values()) {
    const dist = view.dist(want.name)?.value;
    if (!want.present || want.alone || want.by !== 'pip' || !dist) {
      continue;
    }
    const stays =
      want.specifier !== '' &&
      dist.version !== null &&
      satisfies(dist.version, want.specifier) === true;
    for (const { name, specifier } of view.requirements(dist)) {
      const held = holder.outcome.get(name);
      // A package that stays keeps what it requires; one that moves takes exact requirements along.
      const moved = !stays && /^={2,3}[^*]+$/.test(specifier);
      if (
        held &&
        !mover.outcome.has(name) &&
        (held.present ? moved && held.alone : true)
      ) {
        return name;
      }
    }
  }
  return null;
}
