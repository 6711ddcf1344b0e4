/** Who owns a distribution's files, which copy Python imports, and the commands that give files back. */
import type { ICondaRecord, IDistribution } from '../facts/facts.generated';
import type { IPlaced, View } from '../facts/view';
import { samePublicVersion } from '../versions/pep440';
import { text } from '../text/text';
import { isInside } from './paths';
import type { IEvidence, IFix } from './types';
import { condaInstall, pipUninstall } from './words';

/** Package managers' own packages: each of them updates itself, which harms nothing. */
export const INSTALLERS: ReadonlySet<string> = new Set([
  'pip',
  'setuptools',
  'wheel',
  'uv',
  'conda'
]);

/** Packages whose compiled parts others are linked against: a second owner breaks them now, not later. */
export const CORE: ReadonlySet<string> = new Set([
  'numpy',
  'scipy',
  'torch',
  'tensorflow',
  'mkl',
  'pyarrow',
  'protobuf'
]);

/** Import names that differ from the distribution's name. */
const IMPORTS: Readonly<Record<string, string>> = {
  protobuf: 'google',
  pillow: 'PIL',
  'scikit-learn': 'sklearn',
  'scikit-image': 'skimage',
  pyyaml: 'yaml',
  'absl-py': 'absl',
  'python-dateutil': 'dateutil',
  beautifulsoup4: 'bs4'
};

/** Whether two versions are the same, local labels aside; texts are compared where one is no version. */
export function sameVersion(a: string, b: string): boolean {
  return samePublicVersion(a, b) ?? a === b;
}

/** What is imported already under a distribution's import name: the version in memory. */
export function loaded(
  view: View,
  name: string
): { version: string; evidence: IEvidence } | null {
  const importName = IMPORTS[name] ?? name.replace(/-/g, '_');
  const index = view.facts.modules?.findIndex(m => m.name === importName) ?? -1;
  const module = view.facts.modules?.[index];
  if (!module?.version) {
    return null;
  }
  const { version } = module;
  return {
    version,
    evidence: {
      text: text('%1 %2 is imported in this kernel', importName, version),
      path: `/modules/${index}/version`
    }
  };
}

/** The version that Python gets on `import`: from memory, else from the framework's own files. */
export function importedVersion(
  view: View,
  name: string
): { version: string; evidence: IEvidence } | null {
  const inMemory = loaded(view, name);
  if (inMemory) {
    return inMemory;
  }
  const index =
    view.facts.frameworks?.findIndex(f => f.distribution === name) ?? -1;
  const found = view.facts.frameworks?.[index];
  // Metadata would answer the question with the question.
  if (
    !found?.version ||
    !found.source ||
    /METADATA|PKG-INFO|^metadata$/i.test(found.source)
  ) {
    return null;
  }
  return {
    version: found.version,
    evidence: {
      text: text('%1 %2 (%3)', found.name, found.version, found.source),
      path: `/frameworks/${index}/version`
    }
  };
}

/** Records that carry a Python distribution, by its name. */
export function recordsByPythonName(
  view: View
): Map<string, IPlaced<ICondaRecord>[]> {
  const result = new Map<string, IPlaced<ICondaRecord>[]>();
  view.facts.conda?.records?.forEach((value, i) => {
    if (value.python_name !== null) {
      const list = result.get(value.python_name) ?? [];
      list.push({ value, path: `/conda/records/${i}` });
      result.set(value.python_name, list);
    }
  });
  return result;
}

/** Whether a copy lies in the examined prefix; true when its place or the prefix is not known. */
export function inPrefix(view: View, dist: IDistribution): boolean {
  const prefix = view.facts.python?.prefix;
  return !prefix || !dist.location || isInside(dist.location, prefix);
}

/** `name=version` for conda. */
export function condaSpec(record: ICondaRecord, version?: string): string {
  const wanted = version ?? record.version;
  return wanted ? `${record.name}=${wanted}` : record.name;
}

/** A Python line that deletes a metadata directory or file. It runs in a cell on every system. */
export function deleteMetadata(location: string, metadata: string): string {
  const separator = location.includes('\\') ? '\\' : '/';
  const path = `${location.replace(/[\\/]+$/, '')}${separator}${metadata}`;
  // A JSON string is a Python string.
  const literal = JSON.stringify(path);
  return metadata.endsWith('.dist-info')
    ? `import shutil; shutil.rmtree(${literal})`
    : `import os, shutil; p = ${literal}; shutil.rmtree(p) if os.path.isdir(p) else os.remove(p)`;
}

/**
 * Give packages back to conda.
 *
 * pip's copy must go first: conda would write its files over it and leave pip's metadata behind. In a base
 * environment conda itself needs its packages, so there the order is turned round.
 */
export function backToConda(
  view: View,
  packages: readonly {
    name: string;
    record: ICondaRecord;
    dist: IDistribution | null;
    /** Another version than the record's. */
    version?: string;
  }[]
): IFix {
  const install = condaInstall(
    packages.map(p => condaSpec(p.record, p.version)),
    ['--force-reinstall']
  );
  const base = view.facts.environment?.base === true;
  const removed = packages.flatMap(({ name, dist }) => (dist ? [name] : []));
  const cleaned = packages.flatMap(({ dist, record }) =>
    dist?.location &&
    dist.metadata &&
    record.dist_info?.split(/[\\/]/).pop() !== dist.metadata
      ? [deleteMetadata(dist.location, dist.metadata)]
      : []
  );
  return {
    commands: base
      ? [install, ...cleaned]
      : removed.length > 0
        ? [pipUninstall(view, removed), install]
        : [install],
    where: 'cell',
    restart: true,
    safety: 'review',
    note: base
      ? text(
          'conda itself runs in this environment: run the lines in this order.'
        )
      : text('Until the last line has run, the packages are missing.')
  };
}
