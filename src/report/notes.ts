/** `requirements-notes.md`: what pip installed, when, by which command, what for, and what that changed. Pure. */
import { condaNameOf } from '../compat/names';
import type { IDistribution } from '../facts/facts.generated';
import type { IChange, IEntry } from '../history/types';
import { normalise } from '../versions/requirement';
import type { IContents } from './contents';

/** Changes that are named in one cell. */
const MOST = 12;

/** The file. */
export function notes(contents: IContents): string {
  const { pip, python, clean } = contents;
  const rows = pip.map(one => row(contents, one));
  return [
    '# Packages from pip',
    '',
    `${
      contents.scope === 'asked'
        ? 'What was asked for of pip'
        : 'Everything that pip installed'
    }${python === null ? '' : `, with Python ${cell(python)}`}.`,
    '',
    ...(rows.length === 0
      ? ['None.']
      : [
          HEAD.join(' | '),
          HEAD.map(() => '---').join(' | '),
          ...rows.map(one => one.map(clean).map(cell).join(' | '))
        ].map(line => `| ${line} |`)),
    ''
  ].join('\n');
}

const HEAD = [
  'Package',
  'Version',
  'When',
  'Command',
  'Why',
  'What it changed',
  'From conda-forge'
];

function row(
  { history, origins }: IContents,
  { name, version, installed, editable, origin: known }: IDistribution
): string[] {
  const entry = [...history]
    .reverse()
    .find(one =>
      one.changed.some(
        change => normalise(change.name) === name && change.to !== null
      )
    );
  const origin = editable ?? known ?? origins.get(name);
  return [
    name,
    origin === undefined ? (version ?? '') : `${version ?? ''} (${origin})`,
    (entry?.time ?? installed ?? '').replace(/T(\d\d:\d\d).*$/, ' $1'),
    entry?.command ?? '',
    entry?.why ?? '',
    entry ? changed(entry, name) : '',
    condaNameOf(name)?.value ?? ''
  ];
}

/** What else moved with it. */
function changed(entry: IEntry, name: string): string {
  const others = entry.changed.filter(one => normalise(one.name) !== name);
  const own = entry.changed.find(one => normalise(one.name) === name);
  // Its own arrival is told by the row; its own move is not.
  const told = own && own.from !== null ? [own, ...others] : others;
  const more = told.length - MOST;
  return [
    ...told.slice(0, MOST).map(move),
    ...(more > 0 ? [`${more} more`] : [])
  ].join(', ');
}

function move({ name, from, to, ownerFrom, ownerTo }: IChange): string {
  const owner =
    ownerFrom !== null && ownerTo !== null && ownerFrom !== ownerTo
      ? ` (${ownerFrom} → ${ownerTo})`
      : '';
  return from === null
    ? `${name} ${to ?? ''} added`
    : to === null
      ? `${name} ${from} removed`
      : `${name} ${from} → ${to}${owner}`;
}

/** A text as a cell: one line, no markup, no end of the cell. */
export function cell(text: string): string {
  return (
    text
      // What cannot be seen, or turns the writing direction.
      .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\s]+/gu, ' ')
      .trim()
      .replace(/[\\`*_[\]~#]/g, '\\$&')
      .replace(/&/g, '&amp;')
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;')
      .replace(/\|/g, '&#124;')
      .replace(/:\/\//g, ':&#47;&#47;')
  );
}
