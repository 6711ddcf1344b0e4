/** The less usual tools: mim, poetry, pdm, pixi, pipenv, easy_install, setup.py and the system's apt. */
import { Given, NO_OPTIONS, names, parseOptions, type ISpec } from './options';
import type { IAsked } from './requirement';
import type { IWord } from './shell';
import type { Action, Tool } from './types';

const VERBS: Readonly<Record<string, Action | undefined>> = {
  add: 'install',
  install: 'install',
  remove: 'uninstall',
  uninstall: 'uninstall',
  update: 'update',
  upgrade: 'update',
  sync: 'update'
};

const PROJECT: ISpec = {
  values: names(
    `group extras source python platform directory project feature manifest-path environment lockfile requirements
    editable git branch tag rev subdir optional with without only categories index`
  ),
  flags: names(''),
  shortValues: 'GECPrepfi',
  same: {
    h: 'help',
    V: 'version',
    e: 'editable',
    r: 'requirements',
    y: 'yes'
  },
  abbreviated: false
};

/** `poetry add x`, `pdm add x`, `pixi add x`, `pipenv install x`: the project decides where. */
export function readProject(
  tool: Tool,
  words: readonly IWord[]
): IAsked | null {
  const before = parseOptions(words, PROJECT, true);
  const [verb, ...args] = before.rest;
  const action = VERBS[verb?.source.text ?? ''];
  const after = parseOptions(args, PROJECT);
  const given = new Given([...before.given, ...after.given]);
  if (!action || given.has('help', 'version', 'dry-run', 'lock', 'no-sync')) {
    return null;
  }
  const project = tool === 'pixi' ? 'pixi.toml' : 'pyproject.toml';
  const whole = after.words.length === 0 && action !== 'uninstall';
  return {
    action: whole ? 'update' : action,
    args,
    words: after.words,
    files: given.all('requirements'),
    editables: given.all('editable'),
    others: whole ? [{ kind: 'local-project', text: project }] : [],
    options: NO_OPTIONS,
    place: null,
    whole
  };
}

const APT: ISpec = {
  values: names('option target-release default-release config-file'),
  flags: names(''),
  shortValues: 'otc',
  same: {
    y: 'yes',
    'assume-yes': 'yes',
    s: 'dry-run',
    simulate: 'dry-run',
    'just-print': 'dry-run',
    'no-act': 'dry-run',
    recon: 'dry-run',
    d: 'download-only',
    h: 'help',
    v: 'version',
    reinstall: 'force-reinstall'
  },
  abbreviated: false
};

const APT_VERBS: Readonly<Record<string, Action | undefined>> = {
  install: 'install',
  'build-dep': 'install',
  reinstall: 'install',
  remove: 'uninstall',
  purge: 'uninstall',
  autoremove: 'uninstall',
  upgrade: 'update',
  'dist-upgrade': 'update',
  'full-upgrade': 'update',
  'safe-upgrade': 'update'
};

/** `apt-get install x`; `apt-get update` only refreshes lists. */
export function readApt(words: readonly IWord[]): IAsked | null {
  const before = parseOptions(words, APT, true);
  const [verb, ...args] = before.rest;
  const action = APT_VERBS[verb?.source.text ?? ''];
  const after = parseOptions(args, APT);
  const given = new Given([...before.given, ...after.given]);
  if (!action || given.has('help', 'version', 'dry-run', 'download-only')) {
    return null;
  }
  return {
    action,
    args,
    words: after.words,
    files: [],
    editables: [],
    others: [],
    options: {
      ...NO_OPTIONS,
      upgrade: action === 'update',
      forceReinstall: given.has('force-reinstall'),
      yes: given.has('yes')
    },
    place: null,
    whole: action === 'update' || args.length === 0
  };
}

/** `python setup.py install` and `develop`. */
export function readSetup(words: readonly IWord[]): IAsked | null {
  const verb = words.findIndex(word =>
    /^(?:install|develop)$/.test(word.source.text)
  );
  const args = words.slice(verb + 1);
  const texts = words.map(word => word.source.text);
  if (
    verb < 0 ||
    texts.some(text => /^(?:--help|-h|--dry-run|-n)$/.test(text))
  ) {
    return null;
  }
  return {
    action: 'install',
    args,
    words: [],
    files: [],
    editables: texts[verb] === 'develop' ? ['.'] : [],
    others:
      texts[verb] === 'develop' ? [] : [{ kind: 'local-project', text: '.' }],
    options: {
      ...NO_OPTIONS,
      user: texts.includes('--user'),
      noDeps: texts.includes('--no-deps')
    },
    place: null,
    whole: true
  };
}

const EASY: ISpec = {
  values: names(
    'find-links index-url install-dir script-dir build-directory prefix record allow-hosts'
  ),
  flags: names(''),
  shortValues: 'fidsbSH',
  same: {
    f: 'find-links',
    i: 'index-url',
    U: 'upgrade',
    N: 'no-deps',
    h: 'help'
  },
  abbreviated: true
};

/** `easy_install x`. */
export function readEasyInstall(words: readonly IWord[]): IAsked | null {
  const { given: list, words: others } = parseOptions(words, EASY);
  const given = new Given(list);
  if (given.has('help', 'version', 'dry-run')) {
    return null;
  }
  const folder = given.last('install-dir', 'd');
  return {
    action: 'install',
    args: words,
    words: others,
    files: [],
    editables: [],
    others: [],
    options: {
      ...NO_OPTIONS,
      upgrade: given.has('upgrade'),
      noDeps: given.has('no-deps'),
      user: given.has('user'),
      indexes: given.all('index-url'),
      extraIndexes: given.all('find-links')
    },
    place: folder === null ? null : { folder }
  };
}
