/** `requirements.txt` and `constraints.txt`. Pure. */
import { own } from '../fixes/asked';
import type { IContents } from './contents';
import { outside } from './environmentYml';
import { constraint, oneLine, pin } from './pins';

/** What pip installed, pinned; packages of conda as comments. */
export function requirements(contents: IContents): string {
  const { conda, pip, clean } = contents;
  return [
    contents.scope === 'asked'
      ? '# What was asked for of pip.'
      : '# Everything that pip installed.',
    ...python(contents),
    ...pip.flatMap(one => {
      const { comments, word } = pin(contents, one);
      return [
        ...comments.map(line => `# ${line}`),
        ...(word === null ? [] : [word])
      ];
    }),
    ...(conda.length > 0 ? ['', '# Installed by conda:'] : []),
    ...conda.map(
      one => `# ${oneLine(clean(`${one.name} ${one.version ?? ''}`.trim()))}`
    ),
    ...outside(contents),
    ''
  ].join('\n');
}

/** Every distribution at its version, whoever owns it: `pip install -c constraints.txt …` moves none of them. */
export function constraints(contents: IContents): string {
  const all = [...own(contents.view).values()]
    .filter(one => one.name !== 'pip')
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return [
    '# Keeps every package at its version: pip install -c constraints.txt NAME',
    ...python(contents),
    ...all.map(
      one =>
        constraint(one) ??
        `# ${oneLine(
          `${contents.clean(`${one.name} ${one.version ?? ''}`.trim())}: ${
            one.editable === null
              ? 'its version cannot be asked for'
              : 'an editable install'
          }`
        )}`
    ),
    ''
  ].join('\n');
}

function python({ python: version }: IContents): string[] {
  return version === null ? [] : [`# Python ${oneLine(version)}`];
}
