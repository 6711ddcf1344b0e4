/** CUDA libraries in the order of the loader, toolkits, variables. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { ICheckResult } from '../../check/state';
import type {
  ICudaLibrary,
  IFacts,
  IToolkit
} from '../../facts/facts.generated';
import { Badge } from '../badges';
import { usePanel } from '../context';
import { Section } from '../section';
import { familyName, originName } from '../words';

/** Closed at first; its note counts the runtimes. */
export function Libraries(props: { result: ICheckResult }): JSX.Element {
  const { facts } = props.result;
  const { trans } = usePanel();
  return (
    <Section
      id="libraries"
      title={trans.__('CUDA libraries')}
      note={libraryNote(facts.cuda_libraries, trans)}
      open={false}
    >
      <LibraryList list={facts.cuda_libraries} />
      <Toolkits list={facts.toolkits} />
      <Variables environ={facts.environ} />
    </Section>
  );
}

function libraryNote(
  list: readonly ICudaLibrary[] | null,
  trans: TranslationBundle
): string | undefined {
  if (list === null || list.length === 0) {
    return undefined;
  }
  const runtimes = list.filter(one => one.family === 'cudart').length;
  return runtimes > 0
    ? trans._n('%1 runtime', '%1 runtimes', runtimes)
    : trans._n('%1 file', '%1 files', list.length);
}

function LibraryList(props: {
  list: readonly ICudaLibrary[] | null;
}): JSX.Element {
  const { list } = props;
  const { trans } = usePanel();
  if (list === null || list.length === 0) {
    return (
      <p className="jp-GpuDoctor-empty">
        {list === null
          ? trans.__('The CUDA libraries could not be read.')
          : trans.__('No CUDA library was found.')}
      </p>
    );
  }
  const families = new Map<ICudaLibrary['family'], ICudaLibrary[]>();
  for (const one of list) {
    families.set(one.family, [...(families.get(one.family) ?? []), one]);
  }
  return (
    <>
      {[...families].map(([family, libraries]) => (
        <div className="jp-GpuDoctor-group" key={family}>
          <h4>{familyName(family)}</h4>
          <ol className="jp-GpuDoctor-plainList">
            {libraries.map((one, i) => (
              <Library key={i} library={one} wins={isWinner(one, libraries)} />
            ))}
          </ol>
        </div>
      ))}
    </>
  );
}

/** Only files of the same soname compete; the first of at least two wins. */
function isWinner(
  library: ICudaLibrary,
  family: readonly ICudaLibrary[]
): boolean {
  const rivals = family.filter(one => one.soname === library.soname);
  return rivals.length > 1 && rivals[0] === library;
}

function Library(props: { library: ICudaLibrary; wins: boolean }): JSX.Element {
  const { library, wins } = props;
  const { trans } = usePanel();
  return (
    <li>
      <div className="jp-GpuDoctor-pair">
        <span title={library.soname}>
          {library.version ?? library.soname}{' '}
          <span className="jp-GpuDoctor-muted">
            {library.distribution ?? originName(library.origin, trans)}
          </span>
        </span>
        <span className="jp-GpuDoctor-badges">
          {library.mapped && (
            <Badge
              tone="ok"
              title={trans.__('This kernel has it in memory now')}
            >
              {trans.__('loaded')}
            </Badge>
          )}
          {wins && (
            <Badge
              title={trans.__(
                'The loader finds this file before the others of its name'
              )}
            >
              {trans.__('wins')}
            </Badge>
          )}
        </span>
      </div>
      <div className="jp-GpuDoctor-mono">{library.path}</div>
    </li>
  );
}

function Toolkits(props: {
  list: readonly IToolkit[] | null;
}): JSX.Element | null {
  const { trans } = usePanel();
  if (!props.list || props.list.length === 0) {
    return null;
  }
  return (
    <div className="jp-GpuDoctor-group">
      <h4>{trans.__('Toolkits')}</h4>
      <ul className="jp-GpuDoctor-plainList">
        {props.list.map((one, i) => (
          <li key={i}>
            <div className="jp-GpuDoctor-pair">
              <span>
                {one.version ?? trans.__('unknown version')}{' '}
                <span className="jp-GpuDoctor-muted">{one.variable}</span>
              </span>
              {one.exists === false && (
                <Badge tone="warning">{trans.__('missing')}</Badge>
              )}
            </div>
            <div className="jp-GpuDoctor-mono">{one.path}</div>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Variables(props: { environ: IFacts['environ'] }): JSX.Element | null {
  const { trans } = usePanel();
  const entries = Object.entries(props.environ ?? {}).sort(([a], [b]) =>
    a < b ? -1 : 1
  );
  if (entries.length === 0) {
    return null;
  }
  return (
    <div className="jp-GpuDoctor-group" data-part="environ">
      <h4>{trans.__('Environment variables')}</h4>
      <dl className="jp-GpuDoctor-variables">
        {entries.map(([name, value]) => (
          <React.Fragment key={name}>
            <dt>{name}</dt>
            <dd>{value === '' ? trans.__('(empty)') : value}</dd>
          </React.Fragment>
        ))}
      </dl>
    </div>
  );
}
