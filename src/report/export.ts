/** The files in which an environment is taken along. Pure. */
import type { IFacts } from '../facts/facts.generated';
import { View } from '../facts/view';
import type { IEntry } from '../history/types';
import { contentsOf, type IContents, type Scope } from './contents';
import { environmentYml } from './environmentYml';
import { notes } from './notes';
import { recreateScript } from './recreate';
import { constraints, requirements } from './requirements';

/** The kinds of file. */
export const EXPORTS = [
  'environment.yml',
  'requirements',
  'constraints',
  'notes',
  'recreate',
  'venv'
] as const;

/** A kind of file. */
export type ExportKind = (typeof EXPORTS)[number];

/** A file. */
export interface IExportFile {
  readonly name: string;
  readonly text: string;
}

/** What to put into it. */
export interface IExportOptions {
  readonly scope: Scope;
  /** Build strings of conda too. */
  readonly builds?: boolean;
  /** Oldest first; without it nothing is known of when and why. */
  readonly history?: readonly IEntry[];
}

const WRITERS: Readonly<
  Record<ExportKind, (one: IContents, options: IExportOptions) => IExportFile>
> = {
  'environment.yml': (one, { builds }) => ({
    name: 'environment.yml',
    text: environmentYml(one, builds)
  }),
  requirements: one => ({ name: 'requirements.txt', text: requirements(one) }),
  constraints: one => ({ name: 'constraints.txt', text: constraints(one) }),
  notes: one => ({ name: 'requirements-notes.md', text: notes(one) }),
  recreate: one => recreateScript(one),
  venv: one => recreateScript(one, true)
};

/** A name that is not among these: `environment-1.yml`. */
export function numbered(name: string, taken: readonly string[]): string {
  // File systems that know no case exist.
  const used = new Set(taken.map(one => one.toLowerCase()));
  const dot = name.lastIndexOf('.');
  let result = name;
  for (let i = 1; used.has(result.toLowerCase()); i++) {
    result = `${name.slice(0, dot)}-${i}${name.slice(dot)}`;
  }
  return result;
}

/** Write one; null when the packages are not known. It holds no home folder, user, host or credential. */
export function exportFile(
  kind: ExportKind,
  facts: IFacts,
  options: IExportOptions
): IExportFile | null {
  const contents = contentsOf(new View(facts), options.scope, options.history);
  return contents && WRITERS[kind](contents, options);
}
