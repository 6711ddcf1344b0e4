/** What an install or an undo changed: parts that the card and the history share. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { IChange, IOwned } from '../history/types';
import { Badge } from './badges';
import { Fold } from './fold';

/** Names that are told; the rest is counted. */
const NAMED = 5;

/** Rows drawn at once. */
const ROWS = 1000;

/** Whether a table tells more than the sentence about what changed. */
export function needsTable(changed: readonly IChange[]): boolean {
  return changed.length > 1 || changed.some(hasMoved);
}

/** It belongs to somebody else than before. */
function hasMoved({ ownerFrom, ownerTo }: IChange): boolean {
  return ownerFrom !== null && ownerTo !== null && ownerFrom !== ownerTo;
}

/** Packages that changed, from → to, and who owns them. */
export function ChangedTable(props: {
  changed: readonly IChange[];
  trans: TranslationBundle;
}): JSX.Element {
  const { changed, trans } = props;
  return (
    <Rows
      heads={[trans.__('Package'), trans.__('Change'), trans.__('Owner')]}
      label={trans.__('What changed')}
      rows={changed.map(one => ({
        name: one.name,
        version: changeWord(one, trans),
        owner: ownerWords(one, trans)
      }))}
      trans={trans}
    />
  );
}

/** Packages as they were. */
export function PackagesTable(props: {
  packages: readonly IOwned[];
  trans: TranslationBundle;
}): JSX.Element {
  const { packages, trans } = props;
  return (
    <Rows
      heads={[trans.__('Package'), trans.__('Version'), trans.__('Owner')]}
      label={trans.__('Packages')}
      rows={packages.map(one => ({
        name: one.name,
        version: one.version ?? trans.__('unknown'),
        owner: ownerWord(one.owner, trans)
      }))}
      trans={trans}
    />
  );
}

function Rows(props: {
  heads: readonly string[];
  label: string;
  rows: readonly { name: string; version: string; owner: string }[];
  trans: TranslationBundle;
}): JSX.Element {
  const { heads, label, rows, trans } = props;
  const more = rows.length - ROWS;
  return (
    // A scrolling block must be reachable by keyboard.
    <div
      className="jp-GpuDoctor-rest"
      role="group"
      aria-label={label}
      tabIndex={0}
    >
      <table className="jp-GpuDoctor-table jp-GpuDoctor-changed">
        <thead>
          <tr>
            {heads.map(head => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, ROWS).map(({ name, version, owner }, i) => (
            <tr key={i}>
              <th scope="row">{name}</th>
              <td>{version}</td>
              <td>{owner && <Badge>{owner}</Badge>}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 && (
        <p className="jp-GpuDoctor-small">{trans.__('and %1 more', more)}</p>
      )}
    </div>
  );
}

function changeWord({ from, to }: IChange, trans: TranslationBundle): string {
  const then = to || trans.__('unknown');
  if (from === null) {
    return trans.__('%1 added', then);
  }
  const now = from || trans.__('unknown');
  if (to === null) {
    return trans.__('%1 removed', now);
  }
  return from === to ? then : trans.__('%1 → %2', now, then);
}

function ownerWords(one: IChange, trans: TranslationBundle): string {
  const { ownerFrom, ownerTo } = one;
  if (ownerFrom !== null && ownerTo !== null && hasMoved(one)) {
    return trans.__(
      '%1 → %2',
      ownerWord(ownerFrom, trans),
      ownerWord(ownerTo, trans)
    );
  }
  const owner = ownerTo ?? ownerFrom;
  return owner === null ? '' : ownerWord(owner, trans);
}

function ownerWord(owner: IOwned['owner'], trans: TranslationBundle): string {
  return owner === 'unknown' ? trans.__('unknown') : owner;
}

/** Why the kernel should be restarted. @param names distributions, at least one */
export function restartText(
  names: readonly string[],
  trans: TranslationBundle
): string {
  const more = names.length - NAMED;
  const told = names.slice(0, NAMED).join(', ');
  return trans._n(
    '%2 is loaded in this kernel and changed on disk.',
    '%2 are loaded in this kernel and changed on disk.',
    names.length,
    more > 0 ? trans.__('%1 and %2 more', told, more) : told
  );
}

/** Files that keep an undo from being done, folded. Nothing when there are none. */
export function Files(props: {
  files: readonly string[];
  trans: TranslationBundle;
}): JSX.Element | null {
  const { files, trans } = props;
  return files.length > 0 ? (
    <Fold summary={trans._n('%1 file', '%1 files', files.length)}>
      <pre className="jp-GpuDoctor-code" tabIndex={0}>
        {files.join('\n')}
      </pre>
    </Fold>
  ) : null;
}
