/** What a tool was asked for, before the cell's circumstances are added; and the kinds of requirement words. */
import type { IWord } from './shell';
import type { Holes } from './source';
import { mask } from './source';
import type { Action, IOptions, IUnknown } from './types';

/** One tool's reading of its command line. Texts still hold placeholders. */
export interface IAsked {
  readonly action: Action;
  /** Words behind the subcommand. */
  readonly args: readonly IWord[];
  /** The words that are no options: requirements. */
  readonly words: readonly IWord[];
  readonly files: readonly string[];
  readonly editables: readonly string[];
  /** Further things that cannot be known. */
  readonly others: readonly IUnknown[];
  readonly options: IOptions;
  /** What an option says about the place: an environment by name, a folder, or PATH's. */
  readonly place:
    | { readonly name: string }
    | { readonly folder: string }
    | { readonly path: string }
    | null;
  /** `conda update --all`, `uv sync`: complete without any package. */
  readonly whole?: boolean;
}

const ARCHIVE = /\.(?:whl|tar\.gz|tar\.bz2|tgz|zip|deb|conda)$/i;

/** Why a requirement word cannot be judged by its name and version alone; null when it can. */
export function requirement(text: string): IUnknown['kind'] | null {
  if (/^(?:file:|[\w.\-[\],]+\s*@\s*file:)/.test(text)) {
    return 'local-project';
  }
  if (
    /:\/\/|^git\+|^git@/.test(text) ||
    /^[\w.-]+(?:\[.*\])?\s*@\s*\S/.test(text)
  ) {
    return 'direct-url';
  }
  const bare = text.split(';')[0].replace(/\[[\w\s,.-]*\]$/, '');
  return /^\.{0,2}[/\\]|^~[/\\]|^\.{1,2}$|^[A-Za-z]:\\/.test(bare) ||
    ARCHIVE.test(bare) ||
    (/[/\\]/.test(bare) && !/[<>=!~]|::/.test(bare))
    ? 'local-project'
    : null;
}

/** Splits words into what can be named and what cannot be known. */
export function sort(
  asked: IAsked,
  holes: Holes
): { packages: string[]; unknowns: IUnknown[] } {
  const packages: string[] = [];
  const unknowns: IUnknown[] = [];
  const add = (kind: IUnknown['kind'], text: string): void => {
    unknowns.push({ kind, text: mask(holes.restore(text)) });
  };
  for (const { source } of asked.words) {
    const hole = holes.first(source.text);
    if (hole) {
      const known = hole.kind === 'python' || hole.kind === 'prefix';
      add(known ? 'expression' : (hole.kind as IUnknown['kind']), source.text);
      continue;
    }
    if (source.text.trim() === '') {
      continue;
    }
    packages.push(mask(source.text));
    const kind = requirement(source.text);
    if (kind) {
      add(kind, source.text);
    }
  }
  for (const file of asked.files) {
    add('requirements-file', file);
  }
  for (const project of asked.editables) {
    add(
      requirement(project) === 'direct-url' ? 'direct-url' : 'local-project',
      project
    );
  }
  for (const other of asked.others) {
    add(other.kind, other.text);
  }
  return { packages, unknowns };
}
