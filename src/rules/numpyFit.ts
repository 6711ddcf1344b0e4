/** NumPy and the compiled code that stands on it. */
import { numpy2Since } from '../compat/numpy';
import { numpyForNumba, numpyReleases } from '../compat/numpyReleases';
import type { View } from '../facts/view';
import { text } from '../text/text';
import {
  compareVersions,
  publicVersion,
  releasePrefix,
  satisfies
} from '../versions/pep440';
import { condaOwns } from './cuda';
import { demandsOn, isCompiled, nearest, type IDemand } from './demands';
import type { IEvidence } from './types';

/** The NumPy that Python imports: its version, and where it was read. */
export function numpyOf(
  view: View
): { version: string; major: number; evidence: IEvidence } | null {
  const found = view.dist('numpy');
  const version = found?.value.version ?? null;
  const major = version === null ? null : releasePrefix(version, 1);
  return found && version !== null && major !== null
    ? {
        version,
        major: Number(major),
        evidence: {
          text: text('numpy %1', version),
          path: `${found.path}/version`
        }
      }
    : null;
}

/** Other names of the builds of one project: the tables know the first. */
const BUILDS: readonly [RegExp, string][] = [
  [/^tensorflow-(cpu|gpu|intel|macos|rocm|cpu-aws)$/, 'tensorflow'],
  [/^onnxruntime-(gpu|directml|openvino|training|silicon)$/, 'onnxruntime'],
  [/^opencv-(contrib-)?python(-headless)?$/, 'opencv-python']
];

/** The first release of a package for NumPy 2; on an unknown system what holds on all of them. */
export function firstForNumpy2(
  view: View,
  name: string
): { first: string; source: string } | null {
  const project = BUILDS.find(([pattern]) => pattern.test(name))?.[1] ?? name;
  const system = view.facts.platform?.system ?? null;
  const found =
    numpy2Since(project, system) ??
    (system === null ? numpy2Since(project, 'Linux') : null);
  return found ? { first: found.value, source: found.source } : null;
}

/** A package that was built for NumPy 1. */
export interface IBuiltForOne {
  readonly name: string;
  readonly version: string;
  readonly evidence: IEvidence;
  /** First release for NumPy 2; null: not known. */
  readonly first: string | null;
  /** Seen in its files or in a table; else its requirements say so, and they may be careful only. */
  readonly sure: boolean;
}

/** Whether a specifier set ends in front of NumPy 2 and nowhere else. */
function endsBeforeTwo(specifier: string): boolean {
  return (
    satisfies('2.0.0', specifier) === false &&
    numpyReleases(null).some(
      version =>
        version.startsWith('1.') && satisfies(version, specifier) === true
    )
  );
}

/** Demands on NumPy, by who asks. */
const byAsker = new WeakMap<View, Map<string, IDemand[]>>();

const NONE: readonly IDemand[] = [];

function ownDemands(view: View, name: string): readonly IDemand[] {
  let found = byAsker.get(view);
  if (!found) {
    found = new Map<string, IDemand[]>();
    for (const demand of demandsOn(view, 'numpy')) {
      const list = found.get(demand.by);
      if (list) {
        list.push(demand);
      } else {
        found.set(demand.by, [demand]);
      }
    }
    byAsker.set(view, found);
  }
  return found.get(name) ?? NONE;
}

/** What the requirements of a package say about NumPy 2; null: nothing. */
function saysItself(
  demands: readonly IDemand[]
): { built: 1 | 2; demand: IDemand } | null {
  for (const demand of demands) {
    if (endsBeforeTwo(demand.specifier)) {
      return { built: 1, demand };
    }
    // A limit above 2, or nothing below it: then its makers had NumPy 2 in mind.
    if (
      satisfies('2.0.0', demand.specifier) === true &&
      (satisfies('1.26.4', demand.specifier) === false ||
        /<|~=/.test(demand.specifier))
    ) {
      return { built: 2, demand };
    }
  }
  return null;
}

/** Whether a package's own requirements, or the table, say that it was made for NumPy 2. */
export function saysTwo(view: View, name: string): boolean {
  return (
    saysItself(ownDemands(view, name))?.built === 2 || isNewEnough(view, name)
  );
}

function isNewEnough(view: View, name: string): boolean {
  const known = firstForNumpy2(view, name);
  const version = view.dist(name)?.value.version ?? null;
  return (
    known !== null &&
    version !== null &&
    (compareVersions(publicVersion(version), known.first) ?? -1) >= 0
  );
}

/** What a package was built for, by what its files, its own words and the tables tell, in this order. */
export function builtForOne(view: View, name: string): IBuiltForOne | null {
  const found = view.dist(name);
  const version = found?.value.version ?? null;
  if (!found || version === null) {
    return null;
  }
  const known = firstForNumpy2(view, name);
  const result = (evidence: IEvidence, sure: boolean): IBuiltForOne => ({
    name,
    version,
    evidence,
    first: known?.first ?? null,
    sure
  });
  const rows = view.facts.numpy_api ?? [];
  const own = rows.filter(one => one.distribution === name);
  if (own.length > 0) {
    const index = rows.findIndex(
      one => one.distribution === name && one.major === 1
    );
    return index < 0
      ? null
      : result(
          {
            text: text(
              '%1 %2 was compiled for NumPy 1 (%3)',
              name,
              version,
              rows[index].file
            ),
            path: `/numpy_api/${index}`
          },
          true
        );
  }
  const word = saysItself(ownDemands(view, name));
  const byWord = (sure: boolean, demand: IDemand) =>
    result(
      {
        text: text('%1 %2 requires numpy%3', name, version, demand.specifier),
        path: demand.path
      },
      sure
    );
  if (word?.built === 1 && word.demand.path.startsWith('/conda/')) {
    // conda writes the NumPy that a build was compiled for into its record.
    return byWord(true, word.demand);
  }
  const order = known
    ? compareVersions(publicVersion(version), known.first)
    : null;
  if (word?.built === 2 || (order !== null && order >= 0)) {
    return null;
  }
  if (known && order !== null) {
    // conda rebuilds old releases for new NumPy, and its solver has seen both.
    return condaOwns(view, name) && condaOwns(view, 'numpy')
      ? null
      : result(
          {
            text: text(
              '%1 %2; NumPy 2 needs %3 (%4)',
              name,
              version,
              known.first,
              known.source
            ),
            path: `${found.path}/version`
          },
          true
        );
  }
  return word?.built === 1 && isCompiled(view, name) === true
    ? byWord(false, word.demand)
    : null;
}

/** The NumPy nearest to the installed one that everybody here accepts; null when there is none. */
export function fittingNumpy(
  view: View,
  installed: string,
  demands: readonly string[]
): string | null {
  const python = view.facts.python?.version ?? null;
  const known = demandsOn(view, 'numpy');
  const numba = view.dist('numba')?.value.version ?? null;
  // numba refuses at its import, so its table counts where its own words are not known.
  const byTable =
    numba !== null && !known.some(one => one.by === 'numba')
      ? numpyForNumba(numba)
      : null;
  return nearest(
    publicVersion(installed),
    [
      ...known.map(one => one.specifier),
      ...(byTable ? [byTable.value] : []),
      ...demands
    ],
    numpyReleases(python)
  );
}
