/** `uv pip install`, `uv add`, `uv sync` … `uvx`, `uv tool` and `uv run` leave the environments alone. */
import { Given, NO_OPTIONS, names, parseOptions, type ISpec } from './options';
import { named } from './pip';
import type { IAsked } from './requirement';
import type { IWord } from './shell';
import type { Action } from './types';

/** uv 0.13's list. */
const UV: ISpec = {
  values: names(
    `requirement requirements constraint constraints build-constraint build-constraints editable override overrides
    excludes python target prefix index default-index index-url extra-index-url find-links index-strategy
    keyring-provider allow-insecure-host trusted-host upgrade-package upgrade-group reinstall-package resolution
    prerelease fork-strategy exclude-newer exclude-newer-package link-mode config-setting config-settings
    config-settings-package no-build-isolation-package no-binary only-binary no-build-package no-binary-package
    refresh-package python-version python-platform torch-backend cache-dir config-file directory project color extra
    group optional branch tag rev package script bounds marker no-sources-package env-file no-extra no-group
    only-group no-install-package python-preference no-editable-package timeout retries proxy cert`
  ),
  flags: names(''),
  shortValues: 'rcebpifCPm',
  same: {
    r: 'requirement',
    c: 'constraint',
    e: 'editable',
    b: 'build-constraint',
    p: 'python',
    i: 'index-url',
    f: 'find-links',
    C: 'config-setting',
    P: 'upgrade-package',
    U: 'upgrade',
    n: 'no-cache',
    q: 'quiet',
    v: 'verbose',
    h: 'help',
    V: 'version',
    y: 'yes',
    m: 'marker',
    requirements: 'requirement',
    constraints: 'constraint'
  },
  abbreviated: false
};

/** For uv add and sync `--editable` is a plain flag. */
const UV_PROJECT: ISpec = {
  ...UV,
  values: new Set([...UV.values].filter(name => name !== 'editable')),
  shortValues: UV.shortValues.replace('e', '')
};

/** What `uv …` asks for; null when it changes no environment. */
export function readUv(words: readonly IWord[]): IAsked | null {
  const before = parseOptions(words, UV, true);
  const [first, ...rest] = before.rest;
  if (first?.source.text === 'pip') {
    const between = parseOptions(rest, UV, true);
    const [verb, ...args] = between.rest;
    const action = PIP_VERBS[verb?.source.text ?? ''];
    return action
      ? readPipLike(action, args, [...before.given, ...between.given])
      : null;
  }
  const action = PROJECT_VERBS[first?.source.text ?? ''];
  if (!action) {
    return null;
  }
  const after = parseOptions(rest, UV_PROJECT);
  const given = new Given([...before.given, ...after.given]);
  if (given.has('help', 'version', 'dry-run', 'script', 'no-sync', 'check')) {
    return null;
  }
  const asked = common(action, rest, after.words, given);
  if (action !== 'update') {
    return asked;
  }
  const project = { kind: 'local-project' as const, text: 'pyproject.toml' };
  return { ...asked, whole: true, others: [project] };
}

const PIP_VERBS: Readonly<Record<string, Action | undefined>> = {
  install: 'install',
  uninstall: 'uninstall',
  sync: 'update'
};

const PROJECT_VERBS: Readonly<Record<string, Action | undefined>> = {
  add: 'install',
  remove: 'uninstall',
  sync: 'update'
};

function readPipLike(
  action: Action,
  args: readonly IWord[],
  before: ReturnType<typeof parseOptions>['given']
): IAsked | null {
  const after = parseOptions(args, UV);
  const given = new Given([...before, ...after.given]);
  if (given.has('help', 'version', 'dry-run')) {
    return null;
  }
  const words = action === 'update' ? [] : after.words;
  const files = action === 'update' ? after.words : [];
  const asked = common(action, args, words, given);
  return {
    ...asked,
    files: [...asked.files, ...files.map(word => word.source.text)]
  };
}

function common(
  action: Action,
  args: readonly IWord[],
  words: readonly IWord[],
  given: Given
): IAsked {
  const folder = given.last('target');
  const place = named(given.last('prefix', 'python'));
  return {
    action,
    args,
    words,
    files: given.all('requirement'),
    editables: given.all('editable'),
    others: [],
    options: {
      ...NO_OPTIONS,
      upgrade: given.has('upgrade', 'upgrade-package'),
      // uv's own -U moves every dependency, as pip does with the eager strategy.
      eager: given.has('upgrade'),
      pre: given.has('pre') || given.last('prerelease') === 'allow',
      forceReinstall: given.has(
        'reinstall',
        'force-reinstall',
        'reinstall-package'
      ),
      noDeps: given.has('no-deps'),
      user: given.has('user'),
      breakSystemPackages: given.has('break-system-packages'),
      yes: given.has('yes'),
      indexes: [
        ...given.all('default-index', 'index-url'),
        ...(given.has('no-index') ? ['--no-index'] : [])
      ],
      extraIndexes: given.all('index', 'extra-index-url', 'find-links'),
      constraints: given.all('constraint')
    },
    place:
      folder !== null
        ? { folder }
        : (place ?? (given.has('system') ? { path: 'python' } : null))
  };
}
