/** The rows of the package table. */
import type { IDistribution } from '../facts/facts.generated';
import type { IFinding } from '../rules/types';

/** A row. */
export interface IPackageRow {
  readonly package: IDistribution;
  /** Named by an error or a warning, or installed more than once. */
  readonly conflict: boolean;
  /** Another copy of it stands earlier on `sys.path`, so this one is not imported. */
  readonly hidden: boolean;
  /** One of several copies: only its place tells it apart. */
  readonly copies: boolean;
}

/** Words of `about` that name no package even where one has that name. */
const NOT_PACKAGES: ReadonlySet<string> = new Set(['pip', 'conda', 'python']);

/**
 * Rows in alphabetical order; among copies the one that Python imports is first.
 *
 * @param packages as they stand in the facts
 * @param findings without the ignored ones
 */
export function packageRows(
  packages: readonly IDistribution[],
  findings: readonly IFinding[]
): IPackageRow[] {
  const named = new Set<string>();
  findings.forEach(finding => collect(finding, named));
  const groups = new Map<string, IDistribution[]>();
  for (const one of packages) {
    const group = groups.get(one.name);
    if (group) {
      group.push(one);
    } else {
      groups.set(one.name, [one]);
    }
  }
  // Plain comparison: localeCompare takes a second for 20,000 names.
  const names = [...groups.keys()].sort();
  const rows: IPackageRow[] = [];
  for (const name of names) {
    const group = (groups.get(name) ?? []).sort(
      (a, b) => (a.path_index ?? Infinity) - (b.path_index ?? Infinity) || 0
    );
    group.forEach((one, i) =>
      rows.push({
        package: one,
        conflict: group.length > 1 || named.has(name),
        hidden: i > 0,
        copies: group.length > 1
      })
    );
  }
  return rows;
}

function collect(finding: IFinding, named: Set<string>): void {
  if (finding.severity !== 'info') {
    finding.about
      .filter(name => !NOT_PACKAGES.has(name))
      .forEach(name => named.add(name));
  }
  finding.symptoms.forEach(symptom => collect(symptom, named));
}
