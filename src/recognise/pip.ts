/** `pip install`, `pip uninstall` and the tools that take pip's options. */
import { Given, NO_OPTIONS, names, parseOptions, type ISpec } from './options';
import type { IAsked } from './requirement';
import type { IWord } from './shell';
import type { Action } from './types';

const GENERAL = `log proxy retries timeout exists-action trusted-host cert client-cert cache-dir use-feature
  use-deprecated keyring-provider python resume-retries`;

/** pip 26.3's own list, with the names that older ones had. */
export const PIP: ISpec = {
  values: names(
    GENERAL,
    `requirement constraint build-constraint editable target platform python-version implementation abi root prefix src
    upgrade-strategy config-settings global-option install-option build-option no-binary only-binary progress-bar
    root-user-action report group index-url extra-index-url find-links build download uploaded-prior-to log-file
    local-log default-timeout config-setting source source-dir source-directory pypi-url only-final all-releases
    requirements-from-script`
  ),
  flags: names(
    `upgrade pre force-reinstall ignore-installed no-deps no-dependencies user no-user break-system-packages yes quiet
    verbose dry-run help version no-index no-build-isolation use-pep517 no-use-pep517 no-cache-dir
    disable-pip-version-check prefer-binary require-hashes no-warn-script-location no-warn-conflicts isolated debug
    require-virtualenv no-input no-color no-compile compile ignore-requires-python no-clean
    no-python-version-warning check-build-dependencies egg`
  ),
  shortValues: 'rcetCifbd',
  same: {
    r: 'requirement',
    c: 'constraint',
    e: 'editable',
    t: 'target',
    C: 'config-settings',
    i: 'index-url',
    f: 'find-links',
    b: 'build',
    d: 'download',
    U: 'upgrade',
    I: 'ignore-installed',
    q: 'quiet',
    v: 'verbose',
    h: 'help',
    V: 'version',
    y: 'yes',
    'no-dependencies': 'no-deps',
    'pypi-url': 'index-url'
  },
  abbreviated: true
};

/** What `pip …` asks for; null when it changes nothing. `words` stand behind `pip`. */
export function readPip(words: readonly IWord[]): IAsked | null {
  const before = parseOptions(words, PIP, true);
  const [verb, ...rest] = before.rest;
  const action: Action | null =
    verb?.source.text === 'install'
      ? 'install'
      : verb?.source.text === 'uninstall'
        ? 'uninstall'
        : null;
  if (!action) {
    return null;
  }
  const after = parseOptions(rest, PIP);
  const given = new Given([...before.given, ...after.given]);
  if (given.has('help', 'version', 'dry-run', 'download')) {
    return null;
  }
  const folder = given.last('target', 'root');
  return {
    action,
    args: rest,
    words: after.words,
    files: given.all('requirement'),
    editables: given.all('editable'),
    others: given.all('group').map(group => ({
      kind: 'local-project' as const,
      text: group
    })),
    options: {
      ...NO_OPTIONS,
      upgrade: given.has('upgrade'),
      eager: given.last('upgrade-strategy') === 'eager',
      pre: given.has('pre'),
      forceReinstall: given.has('force-reinstall'),
      ignoreInstalled: given.has('ignore-installed'),
      noDeps: given.has('no-deps'),
      user: given.has('user'),
      breakSystemPackages: given.has('break-system-packages'),
      yes: given.has('yes'),
      indexes: [
        ...given.all('index-url'),
        ...(given.has('no-index') ? ['--no-index'] : [])
      ],
      extraIndexes: [
        ...given.all('extra-index-url'),
        ...given.all('find-links')
      ],
      constraints: given.all('constraint')
    },
    place:
      folder !== null
        ? { folder }
        : named(given.last('prefix') ?? given.last('python'))
  };
}

/** A place that an option names. */
export function named(name: string | null): IAsked['place'] {
  return name === null ? null : { name };
}
