/** The packages that an install would change. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { IChangeRow } from '../../guard/types';
import { Badge } from '../badges';
import { sayPlain } from '../say';
import { useCard } from './context';
import { SrOnly } from './parts';
import { ownerWord } from './words';

/** Harmful rows that are shown at once. */
const SHOWN = 8;

/** Properties of `Changes`. */
export interface IChangesProps {
  readonly rows: readonly IChangeRow[];
  /** Whether a resolver told them; else they are what the command names. */
  readonly planned: boolean;
}

/** The harmful ones, then the rest on demand. */
export function Changes(props: IChangesProps): JSX.Element | null {
  const { rows, planned } = props;
  const { trans } = useCard();
  const shown = rows.filter(row => row.harmful).slice(0, SHOWN);
  const rest = rows.filter(row => !shown.includes(row));
  if (rows.length === 0) {
    return null;
  }
  const label = restLabel(shown.length, rest, planned, trans);
  return (
    <div className="jp-GpuDoctor-changes">
      {shown.length > 0 && <Table rows={shown} />}
      {rest.length > 0 && (
        <details>
          <summary>{label}</summary>
          {/* A scrolling block must be reachable by keyboard. */}
          <div
            className="jp-GpuDoctor-rest"
            role="group"
            aria-label={label}
            tabIndex={0}
          >
            <Table rows={rest} headless={shown.length > 0} />
          </div>
        </details>
      )}
    </div>
  );
}

function restLabel(
  shown: number,
  rest: readonly IChangeRow[],
  planned: boolean,
  trans: TranslationBundle
): string {
  const count = rest.length;
  const harmful = rest.filter(row => row.harmful).length;
  if (shown === 0) {
    return trans._n(
      '%1 package would change',
      '%1 packages would change',
      count
    );
  }
  if (harmful > 0) {
    return trans._n(
      '%1 more, harmful as well',
      '%1 more, %2 of them harmful',
      count,
      harmful
    );
  }
  return planned
    ? trans._n('%1 more, not harmful', '%1 more, none of them harmful', count)
    : trans._n('%1 more', '%1 more', count);
}

/** Both tables have columns of fixed shares, so that they line up. */
function Table(props: {
  rows: readonly IChangeRow[];
  /** The table above has told the columns. */
  headless?: boolean;
}): JSX.Element {
  const { trans } = useCard();
  return (
    <table data-headless={props.headless || undefined}>
      <thead>
        <tr>
          <th scope="col">{trans.__('Package')}</th>
          <th scope="col">{trans.__('Now')}</th>
          <th scope="col">{trans.__('Would be')}</th>
          <th scope="col">{trans.__('Owner')}</th>
          <th scope="col">{trans.__('Because of')}</th>
        </tr>
      </thead>
      <tbody>
        {props.rows.map(row => (
          <Row key={row.name} row={row} trans={trans} />
        ))}
      </tbody>
    </table>
  );
}

function Row(props: {
  row: IChangeRow;
  trans: TranslationBundle;
}): JSX.Element {
  const { row, trans } = props;
  const detail = row.detail && sayPlain(row.detail, trans);
  const version = row.to || trans.__('some version');
  return (
    <tr
      data-harmful={row.harmful || undefined}
      data-new={row.from === null || undefined}
    >
      <th scope="row">{row.name}</th>
      <td data-at="now">
        {row.from ?? (
          <>
            <span aria-hidden="true">—</span>
            <SrOnly>{trans.__('not installed')}</SrOnly>
          </>
        )}
      </td>
      <td data-at="then">
        {row.to === null
          ? trans.__('removed')
          : detail
            ? trans.__('%1 (%2)', version, detail)
            : version}
      </td>
      <td data-at="owner">
        <Badge>{ownerWord(row.owner, trans)}</Badge>
      </td>
      <td data-at="why" data-label={trans.__('Because of')}>
        {row.asked ? (
          <span className="jp-GpuDoctor-muted">{trans.__('this cell')}</span>
        ) : (
          row.becauseOf.join(', ')
        )}
      </td>
    </tr>
  );
}
