/** Which frameworks are here, what they were built for, whether they can use the GPU. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { ICheckResult } from '../../check/state';
import type { IFrameworkStatus } from '../../check/verdict';
import type { IFramework } from '../../facts/facts.generated';
import { frameworkName } from '../../rules/words';
import { UsableMark } from '../badges';
import { usePanel } from '../context';
import { useFixes } from '../fixes';
import { Prose } from '../prose';
import { say } from '../say';
import { Section } from '../section';
import { Sources } from '../sources';

/** Named when they are missing. */
const EXPECTED = ['tensorflow', 'torch', 'jax'];

/** The table of frameworks. */
export function Frameworks(props: { result: ICheckResult }): JSX.Element {
  const { trans } = usePanel();
  const list = props.result.facts.frameworks;
  return (
    <Section id="frameworks" title={trans.__('Frameworks')} open={true}>
      {list === null ? (
        <p className="jp-GpuDoctor-empty">
          {trans.__('The frameworks could not be read.')}
        </p>
      ) : (
        <FrameworkList list={list} result={props.result} />
      )}
    </Section>
  );
}

function FrameworkList(props: {
  list: readonly IFramework[];
  result: ICheckResult;
}): JSX.Element {
  const { list, result } = props;
  const { trans } = usePanel();
  const missing = EXPECTED.filter(name => !list.some(one => one.name === name));
  return (
    <>
      {list.length > 0 && (
        <table className="jp-GpuDoctor-table jp-GpuDoctor-frameworks">
          <thead>
            <tr>
              <th scope="col">{trans.__('Package')}</th>
              <th scope="col">{trans.__('Version')}</th>
              <th scope="col">{trans.__('CUDA')}</th>
              <th scope="col">{trans.__('GPU')}</th>
            </tr>
          </thead>
          <tbody>
            {list.map((one, i) => (
              <FrameworkRow
                key={i}
                framework={one}
                fault={result.summary.verdict !== 'ok'}
                status={
                  result.summary.frameworks.find(
                    other => other.framework.name === one.name
                  ) ?? null
                }
              />
            ))}
          </tbody>
        </table>
      )}
      {missing.length > 0 && (
        <p className="jp-GpuDoctor-empty">
          {trans.__('Not installed: %1', missing.map(frameworkName).join(', '))}
        </p>
      )}
    </>
  );
}

function FrameworkRow(props: {
  framework: IFramework;
  status: IFrameworkStatus | null;
  fault: boolean;
}): JSX.Element {
  const { framework, status } = props;
  const { trans } = usePanel();
  const sources = useFixes()?.sourcesOf(framework) ?? [];
  return (
    <>
      <tr data-framework={framework.name}>
        <th scope="row">{frameworkName(framework.name)}</th>
        <td title={framework.source ?? undefined}>
          {framework.version === null ? (
            <Unknown />
          ) : (
            <Version version={framework.version} />
          )}
        </td>
        <td>{builtFor(framework, trans) ?? (status ? <Unknown /> : '–')}</td>
        <td>
          {status ? (
            <UsableMark
              usable={status.usable}
              fault={props.fault}
              trans={trans}
            />
          ) : (
            <span className="jp-GpuDoctor-muted">
              {buildWord(framework, trans)}
            </span>
          )}
        </td>
      </tr>
      {(status?.reason ||
        status?.observed ||
        framework.cudnn ||
        sources.length > 0) && (
        <tr className="jp-GpuDoctor-rowDetail">
          <td colSpan={4}>
            {status?.reason && (
              <span>
                <Prose text={say(status.reason, trans)} />
              </span>
            )}
            {status?.observed && (
              <span>{trans.__('Seen to compute on the GPU')}</span>
            )}
            {framework.cudnn && (
              <span>{trans.__('built for cuDNN %1', framework.cudnn)}</span>
            )}
            <Sources sources={sources} />
          </td>
        </tr>
      )}
    </>
  );
}

/** A long version may break before its local label. */
function Version(props: { version: string }): JSX.Element {
  const [main, ...local] = props.version.split('+');
  return (
    <>
      {main}
      {local.length > 0 && (
        <>
          <wbr />+{local.join('+')}
        </>
      )}
    </>
  );
}

function Unknown(): JSX.Element {
  const { trans } = usePanel();
  return <span className="jp-GpuDoctor-muted">{trans.__('unknown')}</span>;
}

/** What it was built for, in the column of CUDA versions. */
function builtFor(
  framework: IFramework,
  trans: TranslationBundle
): string | null {
  if (framework.cuda) {
    return framework.cuda;
  }
  if (framework.hip) {
    return trans.__('ROCm %1', framework.hip);
  }
  switch (framework.backend) {
    case 'cpu':
      return trans.__('none');
    case 'rocm':
      return 'ROCm';
    case 'xpu':
      return 'XPU';
    case 'mps':
    case 'metal':
      return 'Metal';
    default:
      return framework.gpu_build === false ? trans.__('none') : null;
  }
}

/** For packages that ride on a framework, only their build says something. */
function buildWord(framework: IFramework, trans: TranslationBundle): string {
  switch (framework.gpu_build) {
    case true:
      return trans.__('GPU build');
    case false:
      return trans.__('CPU build');
    case null:
      return '–';
  }
}
