/** What somebody asked for in an environment: the packages that nothing else there requires. Pure. */
import { condaNameOf } from '../compat/names';
import type { ICondaRecord, IDistribution } from '../facts/facts.generated';
import type { View } from '../facts/view';
import { INSTALLERS } from '../rules/ownership';
import { isInside } from '../rules/paths';
import { evaluateMarker } from '../versions/marker';
import { parseRequirement } from '../versions/requirement';

/** A package to take along. */
export interface IAskedFor {
  /** Normalised name of the distribution. */
  readonly name: string;
  readonly version: string | null;
  readonly dist: IDistribution | null;
  /** The conda package that carries it; null: it came from a package index. */
  readonly record: ICondaRecord | null;
}

/** What is asked for, and what cannot be had again from a channel or an index. */
export interface IAskedSet {
  readonly packages: readonly IAskedFor[];
  /** Names of what was installed from a folder. */
  readonly local: readonly string[];
}

/** Tools of conda itself, and Jupyter's front ends: a kernel needs neither. */
const TOOLS =
  /^(?:_?anaconda.*|boa|conda|conda-.*|lib(?:mamba|mambapy|solv)|mamba|menuinst|navigator-updater|jupyter|jupyterhub|jupyterlab|jupyterlab-.*|jupyter-(?:console|server|server-.*|lsp)|nbclassic|notebook|notebook-shim|ipykernel)$/;

/** CUDA libraries and plugins: the framework brings those that fit it. */
const LIBRARIES =
  /^(?:nvidia-.*|jax-cuda\d+-.*|cuda-(?:bindings|toolkit|pathfinder)|triton|pytorch-triton|tensorflow-(?:intel|io-gcs-filesystem))$/;

/** Asked for even where something else requires them: what stands on them must not choose them. */
const FRAMEWORKS = ['torch', 'tensorflow', 'jax', 'jaxlib'];

/** Whether a package is one that people ask for, not a tool or a library that comes along. */
export function isWanted(name: string): boolean {
  return !INSTALLERS.has(name) && !TOOLS.test(name) && !LIBRARIES.test(name);
}

/** Distributions of this very environment that a package manager owns, by name. */
export function own(view: View): Map<string, IDistribution> {
  const prefix = view.facts.python?.prefix ?? null;
  const result = new Map<string, IDistribution>();
  for (const [name, copies] of view.names()) {
    const found = copies.find(
      ({ value }) =>
        value.manager !== null &&
        (prefix === null ||
          value.location === null ||
          isInside(value.location, prefix))
    );
    if (found) {
      result.set(name, found.value);
    }
  }
  return result;
}

/** What a distribution requires for its extras. */
function extraRequirements(
  view: View,
  dist: IDistribution | null,
  extras: ReadonlySet<string>
): string[] {
  const markers = view.facts.python?.markers ?? null;
  return (dist?.requires ?? []).flatMap(line => {
    const one = line.includes('extra') ? parseRequirement(line) : null;
    return one?.marker && evaluateMarker(one.marker, markers, [...extras])
      ? [one.name]
      : [];
  });
}

/** Who requires whom: names of distributions. */
export function graph(
  view: View,
  dists: ReadonlyMap<string, IDistribution>
): Map<string, Set<string>> {
  const edges = new Map<string, Set<string>>();
  const add = (from: string, to: string) => {
    if (from !== to && dists.has(to)) {
      edges.set(from, (edges.get(from) ?? new Set()).add(to));
    }
  };
  const extras = new Map<string, Set<string>>();
  for (const [name, dist] of dists) {
    for (const requirement of view.requirements(dist)) {
      add(name, requirement.name);
      for (const extra of requirement.extras) {
        extras.set(
          requirement.name,
          (extras.get(requirement.name) ?? new Set()).add(extra)
        );
      }
    }
  }
  for (const [name, wanted] of extras) {
    for (const requirement of extraRequirements(
      view,
      dists.get(name) ?? null,
      wanted
    )) {
      add(name, requirement);
    }
  }
  for (const { python_name, name, depends } of view.facts.conda?.records ??
    []) {
    for (const spec of depends ?? []) {
      const to = view.record(spec.split(/[\s=<>!~[]/)[0])?.value.python_name;
      if (to) {
        add(python_name ?? name, to);
      }
    }
  }
  return edges;
}

/** Names that nothing requires; of packages that require each other, one. */
function roots(
  names: Iterable<string>,
  edges: ReadonlyMap<string, ReadonlySet<string>>
): string[] {
  const required = new Set([...edges.values()].flatMap(one => [...one]));
  const sorted = [...names].sort();
  const result = sorted.filter(name => !required.has(name));
  const reached = new Set<string>();
  const reach = (name: string) => {
    const rest = [name];
    for (let one = rest.pop(); one !== undefined; one = rest.pop()) {
      if (!reached.has(one)) {
        reached.add(one);
        rest.push(...(edges.get(one) ?? []));
      }
    }
  };
  result.forEach(reach);
  for (const name of sorted) {
    if (!reached.has(name)) {
      result.push(name);
      reach(name);
    }
  }
  return result.sort();
}

/** The conda package that people install: `tensorflow`, not `tensorflow-base`. */
function recordOf(view: View, name: string): ICondaRecord | null {
  const owner = view.owner(name)?.value ?? null;
  const known = condaNameOf(name)?.value;
  const named = known === undefined ? null : view.record(known)?.value;
  return owner && named?.version === owner.version ? (named ?? owner) : owner;
}

/** What was asked for; null when the packages are not known. */
export function askedFor(view: View): IAskedSet | null {
  if (view.facts.packages === null) {
    return null;
  }
  const dists = own(view);
  const edges = graph(view, dists);
  // What Jupyter or conda brought along was not asked for either.
  const top = [
    ...new Set([
      ...roots(dists.keys(), edges),
      ...FRAMEWORKS.filter(name => dists.has(name))
    ])
  ]
    .filter(isWanted)
    .sort();
  const local = top.filter(name => dists.get(name)?.editable);
  return {
    packages: top
      .filter(name => !local.includes(name))
      .map(name => {
        const dist = dists.get(name) ?? null;
        return {
          name,
          version: dist?.version ?? null,
          dist,
          record: recordOf(view, name)
        };
      }),
    local
  };
}
