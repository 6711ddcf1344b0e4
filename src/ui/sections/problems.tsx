/** What could not be read, and rules that failed. */
import * as React from 'react';
import type { ICheckResult } from '../../check/state';
import { usePanel } from '../context';
import { Section } from '../section';
import { partName } from '../words';

/** Nothing when all went well. Open when an answer is incomplete because of it. */
export function Problems(props: {
  result: ICheckResult;
  open: boolean;
}): JSX.Element | null {
  const { facts, failures } = props.result;
  const { trans } = usePanel();
  const count = facts.problems.length + failures.length;
  if (count === 0) {
    return null;
  }
  return (
    <Section
      id="problems"
      title={trans.__('Could not be read')}
      note={String(count)}
      open={props.open}
    >
      <ul className="jp-GpuDoctor-items">
        {facts.problems.map((one, i) => (
          <li key={`p${i}`}>
            <strong>{partName(one.section, trans)}</strong>
            {one.what && <div className="jp-GpuDoctor-mono">{one.what}</div>}
            <div>{one.reason}</div>
          </li>
        ))}
        {failures.map((one, i) => (
          <li key={`f${i}`}>
            <strong>{trans.__('A rule failed: %1', one.rule)}</strong>
            <div className="jp-GpuDoctor-mono">{one.message}</div>
          </li>
        ))}
      </ul>
    </Section>
  );
}
