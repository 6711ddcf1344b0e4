/** The commands that make the environment again, with a kernel, for a terminal. Pure. */
import type { IDistribution } from '../facts/facts.generated';
import { isWindowsPath } from '../rules/paths';
import { releasePrefix } from '../versions/pep440';
import { normalise } from '../versions/requirement';
import type { IContents } from './contents';
import { condaSpecs } from './environmentYml';
import { environmentName } from './names';
import { oneLine, pin, type IPin } from './pins';

/** How to make it. */
export interface IRecreate {
  readonly tool: 'conda' | 'uv' | 'venv';
  readonly shell: 'posix' | 'powershell';
  /** Name of the new environment and of its kernel. */
  readonly name: string;
  /** In order. */
  readonly commands: readonly string[];
  /** What the commands cannot bring back, one line each. */
  readonly comments: readonly string[];
}

/** Words on one command line of pip: Windows takes 32,000 characters. */
const WORDS = 200;

/**
 * Make the commands: conda first, pip last.
 *
 * @param apart from wheels alone, in a virtual environment, also where the environment is one of conda
 */
export function recreate(contents: IContents, apart = false): IRecreate {
  const { view } = contents;
  const { kind } = view.facts.environment ?? {};
  const isWindows =
    view.facts.platform?.system === 'Windows' ||
    isWindowsPath(view.facts.python?.executable ?? '');
  const shell = isWindows ? 'powershell' : 'posix';
  const name = `${environmentName(contents)}-copy`;
  const tool =
    kind === 'conda' && !apart ? 'conda' : kind === 'uv' ? 'uv' : 'venv';
  const dists = apart
    ? [...fromConda(contents), ...contents.pip]
    : contents.pip;
  const pins = dists.map(one => pin(contents, one));
  const made =
    tool === 'conda'
      ? byConda(contents, name, pins, shell)
      : byWheels(contents, name, pins, shell, tool);
  return {
    tool,
    shell,
    name,
    commands: made.commands,
    comments: [
      ...pins.flatMap(one => (one.word === null ? one.comments : [])),
      ...made.comments
    ]
  };
}

/** Distributions that conda brought: most have a wheel of the same version. */
function fromConda({ conda, view }: IContents): IDistribution[] {
  return conda.flatMap(
    one => (one.python_name && view.dist(one.python_name)?.value) || []
  );
}

/** The commands as a script. @param apart as for `recreate` */
export function recreateScript(
  contents: IContents,
  apart = false
): {
  name: string;
  text: string;
} {
  const { commands, comments, shell, name } = recreate(contents, apart);
  const stem = apart ? 'recreate-venv' : 'recreate';
  return {
    name: shell === 'posix' ? `${stem}.sh` : `${stem}.ps1`,
    text: [
      shell === 'posix'
        ? '# For a terminal; stop at the first line that fails.'
        : '# For PowerShell; stop at the first line that fails.',
      ...comments.map(line => `# ${line}`),
      ...commands,
      `# Then choose the kernel "Python (${name})" for the notebook.`,
      ''
    ].join('\n')
  };
}

type Shell = IRecreate['shell'];
type Made = Pick<IRecreate, 'commands' | 'comments'>;

function byConda(
  contents: IContents,
  name: string,
  pins: readonly IPin[],
  shell: Shell
): Made {
  const { view } = contents;
  const conda =
    ['conda', 'mamba', 'micromamba'].find(tool =>
      view.facts.tools?.some(one => one.name === tool && one.path !== null)
    ) ?? 'conda';
  const { words, left, channels } = condaSpecs(contents);
  const run = [conda, 'run', '-n', name, 'python'];
  return {
    commands: [
      [
        ...[conda, 'create', '-y', '-n', name],
        ...channels.names.flatMap(one => ['-c', one]),
        ...words
      ],
      ...pipInstalls(contents, run, pins, []),
      kernel(run, name)
    ].map(one => line(one, shell)),
    comments: [
      ...channels.unsure.map(
        one => `${one}: the address of this channel is left out.`
      ),
      ...left.map(one => `${one}: left out, its name or version is none.`)
    ]
  };
}

function byWheels(
  contents: IContents,
  name: string,
  pins: readonly IPin[],
  shell: Shell,
  tool: 'uv' | 'venv'
): Made {
  const windows = shell === 'powershell';
  const folder = windows ? `$HOME\\${name}-env` : `~/${name}-env`;
  const python = windows
    ? `${folder}\\Scripts\\python.exe`
    : `${folder}/bin/python`;
  const release = releasePrefix(contents.python ?? '', 2);
  const kernelWord = pins.some(one => one.name === 'ipykernel' && one.word)
    ? []
    : ['ipykernel'];
  const there = new Set(pins.map(one => one.name));
  const left = contents.conda.filter(one => !there.has(one.python_name ?? ''));
  const comments = [
    ...(left.length < contents.conda.length
      ? [
          'Where an index has no wheel of the version that conda had, drop the ==.'
        ]
      : []),
    ...left.map(one =>
      oneLine(
        contents.clean(
          `${one.name} ${one.version ?? ''}: left out, a package of conda that is no distribution of Python.`
        )
      )
    )
  ];
  if (tool === 'uv') {
    return {
      comments,
      commands: [
        ['uv', 'venv', '--python', release ?? '3', folder],
        ...parts(contents, pins).map(({ words, backend, options }, i) => [
          ...['uv', 'pip', 'install', '--python', python, ...options],
          ...(backend === null ? [] : [`--torch-backend=${backend}`]),
          ...words
        ]),
        ...(kernelWord.length > 0
          ? [['uv', 'pip', 'install', '--python', python, 'ipykernel']]
          : []),
        kernel([python], name)
      ].map(one => line(one, shell))
    };
  }
  const base = windows
    ? ['py', ...(release === null ? [] : [`-${release}`])]
    : [`python${release ?? '3'}`];
  return {
    comments,
    commands: [
      [...base, '-m', 'venv', folder],
      ...pipInstalls(contents, [python], pins, kernelWord),
      kernel([python], name)
    ].map(one => line(one, shell))
  };
}

interface IPart {
  readonly words: readonly string[];
  readonly backend: string | null;
  readonly options: readonly string[];
}

/** What one command can install: builds of PyTorch's own index go first, by themselves. */
function parts({ scope }: IContents, pins: readonly IPin[]): IPart[] {
  // Everything is named, so nothing has to be looked for, and what contradicts itself comes back all the same.
  const options = scope === 'everything' ? ['--no-deps'] : [];
  const wanted = pins.filter(one => one.word !== null);
  const backends = [...new Set(wanted.map(one => one.backend))];
  return [
    ...backends.filter(one => one !== null),
    ...backends.filter(one => one === null)
  ].flatMap(backend => {
    const words = wanted
      .filter(one => one.backend === backend)
      .map(one => one.word as string);
    const size = scope === 'everything' ? WORDS : words.length;
    return Array.from({ length: Math.ceil(words.length / size) }, (_, i) => ({
      words: words.slice(i * size, (i + 1) * size),
      backend,
      options
    }));
  });
}

/** pip knows no backends, so uv installs these. */
function pipInstalls(
  contents: IContents,
  python: readonly string[],
  pins: readonly IPin[],
  more: readonly string[]
): string[][] {
  const all = parts(contents, pins);
  const needsUv = all.some(one => one.backend !== null);
  const tools = [...more, ...(needsUv ? ['uv'] : [])];
  return [
    ...(tools.length > 0
      ? [[...python, '-m', 'pip', 'install', ...tools]]
      : []),
    ...all.map(({ words, backend, options }) => [
      ...python,
      '-m',
      ...(backend === null ? [] : ['uv']),
      ...['pip', 'install', ...options],
      ...(backend === null ? [] : [`--torch-backend=${backend}`]),
      ...words
    ])
  ];
}

function kernel(python: readonly string[], name: string): string[] {
  return [
    ...[...python, '-m', 'ipykernel', 'install', '--user'],
    ...['--name', normalise(name), '--display-name', `Python (${name})`]
  ];
}

/** A command line out of words. */
export function line(words: readonly string[], shell: Shell): string {
  const quoted = words.map(one => quoteFor(one, shell));
  // A string at the start of a line is only a string to PowerShell.
  return shell === 'powershell' && /^["'$]/.test(quoted[0])
    ? `& ${quoted.join(' ')}`
    : quoted.join(' ');
}

/** A word for a shell. Only a leading `~/`, and `$HOME\` for PowerShell, keep their meaning. */
export function quoteFor(word: string, shell: Shell): string {
  if (shell === 'powershell') {
    const home = /^\$HOME\\([A-Za-z0-9._\\-]+)$/.exec(word);
    return home
      ? `"${word}"`
      : /^[A-Za-z0-9._=:/\\+-]+$/.test(word)
        ? word
        : `'${word.replace(/['\u2018-\u201b]/g, '$&$&')}'`;
  }
  return /^(?:~\/)?[A-Za-z0-9._=:/+-]+$/.test(word)
    ? word
    : `'${word.replace(/'/g, "'\\''")}'`;
}
