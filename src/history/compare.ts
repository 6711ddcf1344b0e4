/** What an install did: facts from before against facts from after. */
import type { IFacts } from '../facts/facts.generated';
import { View } from '../facts/view';
import type { IPlan } from '../plan/types';
import { importedAt, KERNEL_HELPERS } from '../rules/install/sets';
import type { IFinding, Severity } from '../rules/types';
import { render } from '../text/text';
import { satisfies } from '../versions/pep440';
import type {
  IChange,
  IEntry,
  IFindingMark,
  IOwned,
  IPlanned,
  Reality
} from './types';

/** Facts with what the rules said of them. */
export interface IMoment {
  readonly facts: IFacts;
  readonly findings: readonly IFinding[];
}

/** A package that did not change as the resolver had said. */
export interface IDifference {
  readonly name: string;
  /** null: it should have been removed; undefined: the plan does not name it. */
  readonly planned: string | null | undefined;
  /** null: it is not there. */
  readonly found: string | null;
}

/** What an install did. */
export interface IComparison {
  /** By name. */
  readonly changed: readonly IChange[];
  readonly reality: Reality;
  readonly differences: readonly IDifference[];
  readonly newFindings: readonly IFindingMark[];
  readonly goneFindings: readonly IFindingMark[];
  /** Distributions that the kernel had imported and that are others on disk now; empty: no restart is needed. */
  readonly restart: readonly string[];
}

/**
 * Compare.
 *
 * @param plan what the resolver had said; null: nobody had asked
 * @param others what other installs of this environment did meanwhile; it counts as ours only where our plan names it
 */
export function compare(
  before: IMoment,
  after: IMoment,
  plan: IPlan | null,
  others: readonly IPlanned[] = []
): IComparison {
  const all = changesOf(before.facts, after.facts);
  const changed = all.filter(
    one =>
      plan?.rows.some(row => row.name === one.name) ||
      !others.some(
        ({ name, from, to }) =>
          name === one.name && from === one.from && to === one.to
      )
  );
  const differences = plan ? differencesOf(plan, changed, after.facts) : [];
  const were = marksOf(before.findings);
  const are = marksOf(after.findings);
  return {
    changed,
    reality: !plan
      ? 'no-plan'
      : differences.length === 0
        ? 'as-planned'
        : 'different',
    differences,
    newFindings: without(are, were),
    goneFindings: without(were, are),
    restart: restartOf(before.facts, all)
  };
}

/** Every package with its owner: what Python imports, and what conda has besides. */
export function packagesOf(facts: IFacts): ReadonlyMap<string, IOwned> | null {
  if (facts.packages === null) {
    return null;
  }
  const found = new Map<string, IOwned>();
  for (const [name, [{ value }]] of new View(facts).names()) {
    const { version, manager } = value;
    const owner =
      manager === 'pip' || manager === 'conda' || manager === 'uv'
        ? manager
        : 'unknown';
    found.set(name, { name, version, owner });
  }
  for (const { name, version, python_name: python } of facts.conda?.records ??
    []) {
    if (!python && !found.has(name)) {
      found.set(name, { name, version, owner: 'conda' });
    }
  }
  return found;
}

/** What is another version, or belongs to somebody else; empty when one side is not known. */
function changesOf(before: IFacts, after: IFacts): IChange[] {
  const were = packagesOf(before);
  const are = packagesOf(after);
  if (!were || !are) {
    return [];
  }
  const names = [...new Set([...were.keys(), ...are.keys()])].sort();
  return names.flatMap(name => {
    const from = were.get(name);
    const to = are.get(name);
    return from?.version === to?.version &&
      from?.owner === to?.owner &&
      !from === !to
      ? []
      : [
          {
            name,
            from: from ? (from.version ?? '') : null,
            to: to ? (to.version ?? '') : null,
            ownerFrom: from?.owner ?? null,
            ownerTo: to?.owner ?? null
          }
        ];
  });
}

function differencesOf(
  plan: IPlan,
  changed: readonly IChange[],
  after: IFacts
): IDifference[] {
  const are = packagesOf(after);
  const rows = new Map(plan.rows.map(row => [row.name, row]));
  const found = new Map(changed.map(one => [one.name, one]));
  const unplanned = changed
    // The same version from another owner is what an install over conda's files is planned to do.
    .filter(one => !rows.has(one.name) && one.from !== one.to)
    .map(one => ({ name: one.name, planned: undefined, found: one.to }));
  const unmet = plan.rows.flatMap(({ name, to }) => {
    const one = found.get(name);
    const version = one ? one.to : (are?.get(name)?.version ?? null);
    return sameVersion(to, version)
      ? []
      : [{ name, planned: to, found: version }];
  });
  return [...unmet, ...unplanned];
}

/** Whether a planned version is the one found: metadata may carry a local label that a plan has not, and the other way round. */
function sameVersion(planned: string | null, found: string | null): boolean {
  if (planned === null || found === null) {
    return planned === found;
  }
  const [wanted] = planned.split('+');
  const [is] = found.split('+');
  return (
    planned === '' || wanted === is || satisfies(is, `==${wanted}`) === true
  );
}

function restartOf(before: IFacts, changed: readonly IChange[]): string[] {
  const view = new View(before);
  const isOld = ({ name, from, to }: IChange): boolean => {
    const at = importedAt(view, name);
    const loaded = at && before.modules?.[Number(at.split('/').pop())]?.version;
    // An undo can bring back the very version that is in memory.
    return at !== null && !(loaded && from !== to && sameVersion(loaded, to));
  };
  return changed
    .filter(
      one => one.from !== null && !KERNEL_HELPERS.has(one.name) && isOld(one)
    )
    .map(one => one.name);
}

const RANK: Readonly<Record<Severity, number>> = {
  error: 2,
  warning: 1,
  info: 0
};

/** Tells of the process and not of the environment: a restart ends it, and `restart` names it. */
const OF_THE_KERNEL: ReadonlySet<string> = new Set(['stale-module']);

/** What the rules say, symptoms included; information is no news. */
export function marksOf(findings: readonly IFinding[]): IFindingMark[] {
  return findings.flatMap(one => [
    ...(one.severity === 'info' || OF_THE_KERNEL.has(one.rule)
      ? []
      : [
          {
            rule: one.rule,
            severity: one.severity,
            about: one.about,
            title: render(one.title)
          }
        ]),
    ...marksOf(one.symptoms)
  ]);
}

/** Those of `list` that name something that `others` of the same rule do not name, or say it is worse. */
function without(
  list: readonly IFindingMark[],
  others: readonly IFindingMark[]
): IFindingMark[] {
  return list.filter(one =>
    one.about.some(
      name =>
        !others.some(
          other =>
            other.rule === one.rule &&
            other.about.includes(name) &&
            RANK[other.severity] >= RANK[one.severity]
        )
    )
  );
}

/** The entry that stands in front of all others. */
export function startEntry(facts: IFacts, id: string, time: string): IEntry {
  return {
    ...EMPTY,
    id,
    time,
    kind: 'start',
    packages: [...(packagesOf(facts)?.values() ?? [])]
  };
}

/** Everything but what happened. */
export const EMPTY: Omit<IEntry, 'id' | 'time' | 'kind'> = {
  schema: 1,
  tool: '',
  command: '',
  notebook: null,
  verdict: 'unseen',
  planned: null,
  changed: [],
  newFindings: [],
  goneFindings: [],
  reality: 'no-plan',
  why: null,
  undo: null,
  undone: null
};

/** A plan as an entry keeps it. */
export function plannedOf(plan: IPlan | null): IPlanned[] | null {
  return plan?.rows.map(({ name, from, to }) => ({ name, from, to })) ?? null;
}
