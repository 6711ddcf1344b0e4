/** `environment.yml`: the part of conda, then the part of pip. Pure. */
import type { ICondaRecord } from '../facts/facts.generated';
import { channelName } from '../fixes/newEnvironment';
import { releasePrefix } from '../versions/pep440';
import type { IContents } from './contents';
import { condaWord, oneLine, pin } from './pins';
import { environmentName } from './names';

/** Channels that conda finds by their name alone. */
const PUBLIC = new Set([
  'bioconda',
  'conda-forge',
  'defaults',
  'fastai',
  'intel',
  'nvidia',
  'pytorch',
  'pytorch-nightly',
  'rapidsai'
]);

/** Channels of the packages, the one with most packages first; the others by name. */
export interface IChannels {
  readonly names: readonly string[];
  /** Names of which the address was left out. */
  readonly unsure: readonly string[];
  /** The channel to write in front of a package: where it is not from the first one. */
  of(record: ICondaRecord): string;
}

/** The channels of a list of packages. */
export function channelsOf(
  records: readonly ICondaRecord[],
  clean: (text: string) => string
): IChannels {
  const nameOf = (one: ICondaRecord) => {
    const name = channelName(one.channel ?? '');
    return /^[A-Za-z0-9_-]+$/.test(name) &&
      name !== 'pypi' &&
      clean(name) === name
      ? name
      : null;
  };
  const counts = new Map<string, number>();
  const unsure = new Set<string>();
  for (const one of records) {
    const name = nameOf(one);
    if (name !== null) {
      counts.set(name, (counts.get(name) ?? 0) + 1);
      if (/:\/\//.test(one.channel ?? '') && !PUBLIC.has(name)) {
        unsure.add(name);
      }
    }
  }
  const names = [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([name]) => name);
  return {
    names: names.length > 0 ? names : ['conda-forge'],
    unsure: [...unsure],
    of: one => {
      const name = nameOf(one);
      return name !== null && name !== names[0] && PUBLIC.has(name) ? name : '';
    }
  };
}

/** Specs of conda, Python first. */
export interface ICondaSpecs {
  readonly words: readonly string[];
  /** Names of packages that cannot be asked for. */
  readonly left: readonly string[];
  readonly channels: IChannels;
}

/** What conda shall install. @param builds with their build strings */
export function condaSpecs(contents: IContents, builds = false): ICondaSpecs {
  const { view, conda, pip, python, scope, clean } = contents;
  const base = view.record('python')?.value ?? null;
  const pipRecord = view.record('pip')?.value ?? null;
  const kernel = view.record('ipykernel')?.value ?? null;
  const extra = (one: ICondaRecord | null, name: string) =>
    (one && (scope === 'everything' || name === 'python')
      ? condaWord(one, builds)
      : null) ?? name;
  const release = releasePrefix(python ?? '', 2);
  const listed = new Set([...conda, ...pip].map(one => one.name));
  const records = [...conda, ...(base ? [base] : [])];
  const channels = channelsOf(records, clean);
  const words = conda.map(one => {
    const word = condaWord(one, builds);
    const channel = channels.of(one);
    return word && channel !== '' ? `${channel}::${word}` : word;
  });
  return {
    words: [
      base ? extra(base, 'python') : release ? `python=${release}` : 'python',
      ...(pipRecord || pip.length > 0 ? [extra(pipRecord, 'pip')] : []),
      ...(listed.has('ipykernel') ? [] : [extra(kernel, 'ipykernel')]),
      ...words.filter((one): one is string => one !== null)
    ],
    left: conda
      .filter((_, i) => words[i] === null)
      .map(one => oneLine(clean(one.name))),
    channels
  };
}

/** The file. @param builds with build strings, for the same platform only */
export function environmentYml(contents: IContents, builds = false): string {
  const { words, left, channels } = condaSpecs(contents, builds);
  const pins = contents.pip.map(one => pin(contents, one));
  const asked = pins.flatMap(one => one.word ?? []);
  return [
    contents.scope === 'asked'
      ? '# What was asked for; what it requires is left to the solver.'
      : '# Every package of the environment.',
    '# conda first, pip last: conda env create -f environment.yml',
    `name: ${scalar(environmentName(contents))}`,
    ...channels.unsure.map(
      one => `# ${one}: the address of this channel is left out.`
    ),
    'channels:',
    ...channels.names.map(one => `  - ${scalar(one)}`),
    'dependencies:',
    ...words.map(one => `  - ${scalar(one)}`),
    ...left.map(one => `  # ${one}: left out, its name or version is none.`),
    ...(asked.length > 0 ? ['  - pip:'] : []),
    ...pins.flatMap(one => [
      ...one.comments.map(line => `      # ${line}`),
      ...(one.word === null ? [] : [`      - ${scalar(one.word)}`])
    ]),
    ...outside(contents).map(line => `  ${line}`),
    ''
  ].join('\n');
}

/** Comments about what Python takes from outside of the environment. */
export function outside(contents: IContents): string[] {
  return contents.outside.map(
    one =>
      `# ${oneLine(
        `${contents.clean(`${one.name} ${one.version ?? ''}`.trim())}: not of this environment, but imported from ${contents.clean(one.location ?? '')}`
      )}`
  );
}

/** Words that YAML readers of some age take for a truth value or for nothing. */
const WORDS = /^(?:true|false|yes|no|on|off|y|n|null)$/i;

/** A text as a scalar of YAML: plain where every reader takes it for that text, else in double quotes. */
export function scalar(text: string): string {
  return /^[A-Za-z_](?:[A-Za-z0-9_.+=<>!-]|::(?=[A-Za-z0-9_]))*$/.test(text) &&
    !WORDS.test(text)
    ? text
    : JSON.stringify(text).replace(
        /[^\x20-\x7e]/g,
        one => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`
      );
}
