/** What an environment consists of, for the files that make it again. Pure. */
import { condaNameOf } from '../compat/names';
import { record as makeRecord } from '../facts/build';
import type { ICondaRecord, IDistribution } from '../facts/facts.generated';
import { View } from '../facts/view';
import { askedFor, graph, isWanted, own } from '../fixes/asked';
import type { IEntry } from '../history/types';
import { asked } from '../plan/asked';
import { recognise } from '../recognise';
import type { IInstallRequest } from '../recognise/types';
import { isInside } from '../rules/paths';
import { normalise, parseRequirement } from '../versions/requirement';
import { redactor } from './redact';

/** Only what somebody asked for, or every package. */
export type Scope = 'asked' | 'everything';

/** The parts of an environment. */
export interface IContents {
  readonly view: View;
  readonly scope: Scope;
  /** Version of Python; null when not known. */
  readonly python: string | null;
  /** Packages of conda apart from Python itself, by name. */
  readonly conda: readonly ICondaRecord[];
  /** What pip or uv installed, apart from pip, in the order in which it was installed. */
  readonly pip: readonly IDistribution[];
  /** Distributions outside of the environment that its Python imports: the user's site-packages, PYTHONPATH. */
  readonly outside: readonly IDistribution[];
  /** Addresses and folders that packages were installed from, as far as the history tells. */
  readonly origins: ReadonlyMap<string, string>;
  /** The entries that count: oldest first, without what was undone. */
  readonly history: readonly IEntry[];
  /** Takes out what is private. */
  readonly clean: (text: string) => string;
}

/** Packages that conda has and pip cannot install, or that are no packages. */
const NEVER = new Set(['python', 'pip']);

/** Take an environment apart; null when its packages are not known. */
export function contentsOf(
  view: View,
  scope: Scope,
  entries: readonly IEntry[] = []
): IContents | null {
  const set = askedFor(view);
  if (!set) {
    return null;
  }
  const dists = own(view);
  const history = entries.filter(
    one => one.kind === 'install' && one.undone === null
  );
  const requests = history.flatMap(one => requestsOf(one.command));
  const wanted =
    scope === 'everything'
      ? null
      : new Set([
          ...set.packages.map(one => one.name),
          ...set.local,
          ...asked(requests.filter(one => one.action !== 'uninstall')).map(
            one => one.name
          )
        ]);
  const pip = [...dists.values()].filter(
    one =>
      one.manager !== 'conda' &&
      !NEVER.has(one.name) &&
      (wanted === null || wanted.has(one.name))
  );
  const records = view.facts.conda?.records ?? null;
  return {
    view,
    scope,
    python:
      view.record('python')?.value.version ??
      view.facts.python?.version ??
      null,
    conda: condaPart(
      wanted === null
        ? (records ?? recordsFor(dists.values()))
        : [
            ...set.packages.flatMap(({ name, record, dist }) =>
              dist?.manager !== 'conda' ? [] : (record ?? recordOf(name, dist))
            ),
            ...[...wanted].flatMap(
              name => (view.record(name) ?? view.owner(name))?.value ?? []
            ),
            ...rootRecords(records ?? [])
          ],
      dists
    ),
    pip: inOrder(view, pip, dists, history),
    outside: outsideOf(view),
    origins: originsOf(requests, dists),
    history,
    clean: redactor(
      view.facts,
      entries.flatMap(one => [one.command, one.notebook ?? '', one.why ?? ''])
    )
  };
}

/** A history may hold a command as a shell gets it, without the `!` of a cell. */
function requestsOf(command: string): readonly IInstallRequest[] {
  const found = recognise(command);
  return found.length > 0 ? found : recognise(command.replace(/^/gm, '!'));
}

/** A record for a package of conda whose records are not known. */
function recordOf(name: string, dist: IDistribution): ICondaRecord {
  return makeRecord(condaNameOf(name)?.value ?? name, dist.version ?? '', {
    python_name: name
  });
}

function recordsFor(dists: Iterable<IDistribution>): ICondaRecord[] {
  return [...dists]
    .filter(one => one.manager === 'conda')
    .map(one => recordOf(one.name, one));
}

/** Records that no other one depends on and that carry no Python distribution: `cudatoolkit`, `ffmpeg`. */
function rootRecords(records: readonly ICondaRecord[]): ICondaRecord[] {
  if (records.every(one => one.depends === null)) {
    return [];
  }
  const required = new Set(
    records.flatMap(({ name, depends }) =>
      (depends ?? [])
        .map(spec => spec.split(/[\s=<>!~[]/)[0])
        .filter(one => one !== name)
    )
  );
  return records.filter(
    one =>
      one.python_name === null &&
      !required.has(one.name) &&
      // Nothing stands on this one; it stands for all of them.
      (one.name === 'anaconda' || isWanted(one.name))
  );
}

/** Once each, without Python, and without what pip took over or took away. */
function condaPart(
  records: readonly ICondaRecord[],
  dists: ReadonlyMap<string, IDistribution>
): ICondaRecord[] {
  const kept = records.filter(({ name, python_name, dist_info_exists }) => {
    const dist = python_name === null ? null : dists.get(python_name);
    return (
      !NEVER.has(name) &&
      (dist ? dist.manager === 'conda' : dist_info_exists !== false)
    );
  });
  return [...new Map(kept.map(one => [one.name, one])).values()].sort((a, b) =>
    a.name < b.name ? -1 : 1
  );
}

/** As the history has it; what it does not know came before, each package after what it requires. */
function inOrder(
  view: View,
  packages: readonly IDistribution[],
  dists: ReadonlyMap<string, IDistribution>,
  history: readonly IEntry[]
): IDistribution[] {
  const step = new Map<string, number>();
  history.forEach((entry, i) => {
    for (const { name, to } of entry.changed) {
      if (to !== null) {
        step.set(normalise(name), i);
      }
    }
  });
  const edges = graph(view, dists);
  const place = new Map<string, number>();
  const seen = new Set<string>();
  const visit = (name: string) => {
    // A list of its own instead of recursion: chains can be long.
    const rest: [string, boolean][] = [[name, false]];
    for (let one = rest.pop(); one; one = rest.pop()) {
      const [current, done] = one;
      if (done) {
        place.set(current, place.size);
      } else if (!seen.has(current)) {
        seen.add(current);
        rest.push([current, true]);
        for (const next of [...(edges.get(current) ?? [])].sort().reverse()) {
          rest.push([next, false]);
        }
      }
    }
  };
  [...dists.keys()].sort().forEach(visit);
  const rank = ({ name }: IDistribution) => [
    step.get(name) ?? -1,
    place.get(name) ?? 0
  ];
  return [...packages].sort((a, b) => {
    const [left, right] = [rank(a), rank(b)];
    return left[0] - right[0] || left[1] - right[1];
  });
}

/** What Python imports from elsewhere, and package managers of this environment do not own. */
function outsideOf(view: View): IDistribution[] {
  const prefix = view.facts.python?.prefix ?? null;
  const base = view.facts.python?.base_prefix ?? null;
  return [...view.names()]
    .map(([, [first]]) => first.value)
    .filter(
      one =>
        prefix !== null &&
        one.location !== null &&
        one.manager !== null &&
        !isInside(one.location, prefix) &&
        // What a virtual environment borrows from its interpreter stays there.
        (base === null || !isInside(one.location, base))
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Packages that were installed from an address or a folder: their own name tells which. */
function originsOf(
  requests: readonly IInstallRequest[],
  dists: ReadonlyMap<string, IDistribution>
): Map<string, string> {
  const result = new Map<string, string>();
  for (const { packages, action } of requests) {
    for (const word of packages) {
      const named = parseRequirement(word);
      const address = named?.url ?? (/:\/\/|[\\/]/.test(word) ? word : null);
      const name = named?.name ?? nameIn(word);
      if (action === 'uninstall' || address === null) {
        // Installed again from an index, or gone.
        result.delete(name);
      } else if (dists.has(name)) {
        result.set(name, address);
      }
    }
  }
  return result;
}

/** The name that an address gives away: `#egg=name`, a wheel, a repository. */
function nameIn(address: string): string {
  const egg = /#.*?\begg=([\w.-]+)/.exec(address)?.[1];
  const last = address
    .replace(/[?#].*$/, '')
    .replace(/@[^/@]*$/, '')
    .replace(/\/+$/, '')
    .split(/[\\/]/)
    .pop();
  return normalise(
    egg ??
      (last ?? '')
        .replace(/-\d[^-]*(?:-[^-]+)*\.whl$|-\d[^-]*\.(?:tar\.\w+|zip)$/i, '')
        .replace(/\.git$/, '')
  );
}
