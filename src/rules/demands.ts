/** What the installed packages together ask of one of them. */
import type { View } from '../facts/view';
import { compareVersions, satisfies } from '../versions/pep440';
import { joinSpecifiers } from '../versions/specifier';
import { condaOwns } from './cuda';
import type { IFix } from './types';
import { condaInstall, pipInstall } from './words';

/** What one package asks of another. */
export interface IDemand {
  /** Who asks. */
  readonly by: string;
  /** Specifier set, not empty. */
  readonly specifier: string;
  /** JSON pointer to where it stands. */
  readonly path: string;
}

/** Specifier set of a conda match spec about `name`: `numpy >=1.22,<2.0a0` → `>=1.22,<2.0a0`; null: another package, or none. */
export function condaSpecifier(spec: string, name: string): string | null {
  const [package_, version] = spec.trim().split(/\s+/);
  return package_ === name && version && /^[<>=!~]/.test(version)
    ? version
    : null;
}

/** Several rules ask the same of one view. */
const known = new WeakMap<View, Map<string, readonly IDemand[]>>();

/** The demands of everybody on a package: requirements, what is checked at import, and conda's own records. */
export function demandsOn(view: View, name: string): readonly IDemand[] {
  const before = known.get(view) ?? new Map<string, readonly IDemand[]>();
  known.set(view, before);
  const found = before.get(name) ?? collect(view, name);
  before.set(name, found);
  return found;
}

function collect(view: View, name: string): IDemand[] {
  const result: IDemand[] = [];
  const add = (by: string, specifier: string, path: string) => {
    if (specifier !== '' && by !== name) {
      result.push({ by, specifier, path });
    }
  };
  for (const [by, [{ value, path }]] of view.names()) {
    for (const one of view.requirements(value)) {
      if (one.name === name) {
        add(by, one.specifier, `${path}/requires`);
      }
    }
  }
  view.facts.guards?.forEach(({ distribution, requires }, i) => {
    for (const one of view.requirements({ requires })) {
      if (one.name === name) {
        add(distribution, one.specifier, `/guards/${i}`);
      }
    }
  });
  view.facts.conda?.records?.forEach(({ python_name: by, depends }, i) => {
    // A record of what pip replaced asks for nothing any more.
    if (by !== null && view.dist(by)?.value.manager === 'conda') {
      for (const spec of depends ?? []) {
        add(
          by,
          condaSpecifier(spec, name) ?? '',
          `/conda/records/${i}/depends`
        );
      }
    }
  });
  return result;
}

/** Whether a version meets all specifier sets. */
export function meetsAll(
  version: string,
  specifiers: readonly string[]
): boolean {
  return specifiers.every(one => satisfies(version, one) === true);
}

/** Versions that specifier sets name as a limit that belongs to them: `>=1.22.4` and `==1.23.5`, not `<2`. */
function named(specifiers: readonly string[]): string[] {
  return specifiers
    .join()
    .split(',')
    .flatMap(clause => {
      const match = /^\s*(?:===?|<=|>=|~=)\s*(\d+(?:\.\d+){2,})\s*$/.exec(
        clause
      );
      return match ? [match[1]] : [];
    });
}

/**
 * The version that meets all specifier sets and is nearest to the installed one, so that as little as possible
 * changes. Known releases go before versions that only a specifier names; null when none fits.
 */
export function nearest(
  installed: string,
  specifiers: readonly string[],
  releases: readonly string[]
): string | null {
  const distinct = [...new Set(specifiers)];
  for (const list of [releases, named(distinct)]) {
    const fitting = list
      .filter(version => meetsAll(version, distinct))
      .sort((a, b) => compareVersions(a, b) ?? 0);
    const below = fitting.filter(
      version => (compareVersions(version, installed) ?? 1) <= 0
    );
    const found = below.pop() ?? fitting[0];
    if (found) {
      return found;
    }
  }
  return null;
}

/** Install specifiers of packages with the manager that owns each: `numpy` and `==1.26.4`. conda goes first. */
export function installEach(
  view: View,
  wanted: readonly { readonly name: string; readonly specifier: string }[]
): IFix {
  const byConda: string[] = [];
  const byPip: string[] = [];
  for (const { name, specifier } of wanted) {
    const plain = joinSpecifiers([specifier]);
    if (condaOwns(view, name)) {
      // `==` asks conda for exactly these numbers, which is what is meant.
      byConda.push(`${view.owner(name)?.value.name ?? name}${plain}`);
    } else {
      byPip.push(`${name}${plain}`);
    }
  }
  return {
    commands: [
      ...(byConda.length > 0 ? [condaInstall(byConda)] : []),
      ...(byPip.length > 0 ? [pipInstall(view, byPip)] : [])
    ],
    where: 'cell',
    restart: true,
    safety: 'review'
  };
}

/** Whether a distribution holds compiled code: true by the tags of its wheel, false for a pure one, null: not known. */
export function isCompiled(view: View, name: string): boolean | null {
  const tags = view.dist(name)?.value.tags ?? null;
  return tags === null || tags.length === 0
    ? null
    : tags.some(tag => !tag.endsWith('-any'));
}
