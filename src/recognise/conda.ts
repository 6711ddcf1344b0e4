/** `conda`, `mamba` and `micromamba`. */
import { Given, NO_OPTIONS, names, parseOptions, type ISpec } from './options';
import { named } from './pip';
import type { IAsked } from './requirement';
import type { IWord } from './shell';
import type { Action } from './types';

/** conda 26's list with micromamba's. */
const CONDA: ISpec = {
  values: names(
    `name prefix channel file clone revision solver experimental repodata-fn subdir platform rc-file root-prefix
    category environment-specifier env-spec format cacert-path ssl-verify lockfile safety-checks retry-clean-cache
    log-level extra-safety-checks relocate-prefix channel-priority-value default-channel`
  ),
  flags: names(
    `yes quiet verbose dry-run download-only help version update-deps no-update-deps freeze-installed no-deps
    only-deps force-reinstall override-channels use-local offline json all no-pin copy clobber insecure
    show-channel-urls update-all update-specs satisfied-skip-solve strict-channel-priority no-channel-priority dev
    force force-remove use-index-cache use-index prune keep-env no-capture-output mkdir no-py-pin py-pin features`
  ),
  shortValues: 'npcr',
  same: {
    n: 'name',
    p: 'prefix',
    c: 'channel',
    r: 'root-prefix',
    y: 'yes',
    q: 'quiet',
    v: 'verbose',
    d: 'dry-run',
    h: 'help',
    V: 'version',
    f: 'force',
    k: 'insecure',
    C: 'use-index-cache',
    m: 'mkdir',
    a: 'all',
    platform: 'subdir'
  },
  abbreviated: true
};

/** With an environment file: `conda env update -f FILE`, `micromamba install -f FILE`. */
const WITH_FILE: ISpec = {
  ...CONDA,
  shortValues: 'npcrf',
  same: { ...CONDA.same, f: 'file' }
};

const VERBS: Readonly<Record<string, Action | undefined>> = {
  install: 'install',
  update: 'update',
  upgrade: 'update',
  remove: 'uninstall',
  uninstall: 'uninstall'
};

/** What `conda …` asks for; null when it changes no existing environment (`create`, `list`, `env export`, …). */
export function readConda(
  tool: 'conda' | 'mamba' | 'micromamba',
  words: readonly IWord[]
): IAsked | null {
  const before = parseOptions(words, CONDA, true);
  const [first, ...rest] = before.rest;
  const environment = first?.source.text === 'env';
  const [verb, ...args] = environment ? rest : before.rest;
  const action = VERBS[verb?.source.text ?? ''];
  if (!action || (environment && action !== 'update')) {
    return null;
  }
  // In conda's own install "-f" once meant force; a file name behind it tells.
  const file = args.some((word, i) => {
    const next = args[i + 1]?.source.text ?? '';
    return word.source.text === '-f' && /\.(?:ya?ml|txt|lock)$/.test(next);
  });
  const spec = environment || tool !== 'conda' || file ? WITH_FILE : CONDA;
  const after = parseOptions(args, spec);
  const given = new Given([...before.given, ...after.given]);
  if (given.has('help', 'version', 'dry-run', 'download-only')) {
    return null;
  }
  const files = given.all('file');
  return {
    action: given.has('revision') ? 'update' : action,
    args,
    words: after.words,
    files: environment && files.length === 0 ? ['environment.yml'] : files,
    editables: [],
    others: [],
    options: {
      ...NO_OPTIONS,
      upgrade: action === 'update',
      eager: action === 'update' && given.has('all', 'update-all'),
      forceReinstall: given.has('force-reinstall'),
      noDeps: given.has('no-deps'),
      yes: given.has('yes'),
      channels: given.all('channel')
    },
    place: named(given.last('prefix', 'name')),
    whole: given.has('all', 'update-all', 'revision')
  };
}
