/** The installed packages and who owns them. */
import * as React from 'react';
import type { ICheckResult } from '../../check/state';
import { Badge, ToneIcon } from '../badges';
import { Button } from '../button';
import { usePanel } from '../context';
import { packageRows, type IPackageRow } from '../packageRows';
import { Section } from '../section';

/** Rows drawn at once: a table of 20,000 rows would freeze the page. */
const PAGE = 200;

/** Closed at first; its note counts packages and conflicts. */
export function Packages(props: { result: ICheckResult }): JSX.Element {
  const { facts, findings } = props.result;
  const { trans } = usePanel();
  const rows = React.useMemo(
    () => (facts.packages ? packageRows(facts.packages, findings) : null),
    [facts.packages, findings]
  );
  const conflicts = new Set(
    rows?.filter(row => row.conflict).map(row => row.package.name)
  ).size;
  const note =
    rows === null
      ? undefined
      : conflicts > 0
        ? trans.__('%1 · %2 in conflict', rows.length, conflicts)
        : String(rows.length);
  return (
    <Section
      id="packages"
      title={trans.__('Packages')}
      note={note}
      open={false}
    >
      {rows === null ? (
        <p className="jp-GpuDoctor-empty">
          {trans.__('The packages could not be read.')}
        </p>
      ) : (
        <PackageTable rows={rows} conflicts={conflicts} />
      )}
    </Section>
  );
}

function PackageTable(props: {
  rows: readonly IPackageRow[];
  conflicts: number;
}): JSX.Element {
  const { rows, conflicts } = props;
  const { trans } = usePanel();
  const [filter, setFilter] = React.useState('');
  const [only, setOnly] = React.useState(false);
  const [limit, setLimit] = React.useState(PAGE);
  // Names are normalised: `Focal_Loss` is found as `focal-loss`.
  const query = filter.trim().toLowerCase().replace(/[_.]+/g, '-');
  const onlyConflicts = only && conflicts > 0;
  const found = React.useMemo(
    () =>
      rows.filter(
        row =>
          row.package.name.includes(query) && (row.conflict || !onlyConflicts)
      ),
    [rows, query, onlyConflicts]
  );
  const shown = found.slice(0, limit);
  return (
    <>
      <div className="jp-GpuDoctor-filter">
        <input
          type="search"
          className="jp-GpuDoctor-input"
          placeholder={trans.__('Filter by name')}
          aria-label={trans.__('Filter packages by name')}
          value={filter}
          onChange={event => {
            setFilter(event.target.value);
            setLimit(PAGE);
          }}
        />
        {conflicts > 0 && (
          <label className="jp-GpuDoctor-check">
            <input
              type="checkbox"
              checked={only}
              onChange={event => {
                setOnly(event.target.checked);
                setLimit(PAGE);
              }}
            />
            {trans.__('conflicts only')}
          </label>
        )}
      </div>
      {shown.length === 0 ? (
        <p className="jp-GpuDoctor-empty">{trans.__('No package matches.')}</p>
      ) : (
        <table className="jp-GpuDoctor-table">
          <thead>
            <tr>
              <th scope="col">{trans.__('Package')}</th>
              <th scope="col">{trans.__('Version')}</th>
              <th scope="col">{trans.__('Owner')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row, i) => (
              <PackageRow key={i} row={row} />
            ))}
          </tbody>
        </table>
      )}
      {found.length > limit && (
        <div className="jp-GpuDoctor-more">
          <span className="jp-GpuDoctor-muted">
            {trans.__('%1 of %2', shown.length, found.length)}
          </span>
          <Button onClick={() => setLimit(limit + PAGE)}>
            {trans.__('Show more')}
          </Button>
        </div>
      )}
    </>
  );
}

function PackageRow(props: { row: IPackageRow }): JSX.Element {
  const { row } = props;
  const { trans } = usePanel();
  const { package: one } = row;
  return (
    <>
      <tr data-conflict={row.conflict || undefined}>
        <th scope="row">
          {one.name}
          {row.conflict && (
            <>
              {' '}
              <ToneIcon tone="warning" />
              <span className="jp-GpuDoctor-srOnly">
                {trans.__('in conflict')}
              </span>
            </>
          )}
        </th>
        <td>{one.version ?? trans.__('unknown')}</td>
        <td>{one.manager ? <Badge>{one.manager}</Badge> : '–'}</td>
      </tr>
      {(row.copies || one.editable || one.origin) && (
        <tr className="jp-GpuDoctor-rowDetail">
          <td colSpan={3}>
            {row.copies && (
              <span>
                {row.hidden ? trans.__('not imported') : trans.__('imported')}
              </span>
            )}
            {one.editable && <span>{trans.__('editable')}</span>}
            <span className="jp-GpuDoctor-mono">
              {one.editable ?? one.origin ?? one.location}
            </span>
          </td>
        </tr>
      )}
    </>
  );
}
