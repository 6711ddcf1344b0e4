/** Where a table was read, on demand. */
import * as React from 'react';
import type { ISource } from '../compat/types';
import { usePanel } from './context';

/** A line that opens; nothing when there is no source. */
export function Sources(props: {
  sources: readonly ISource[];
}): JSX.Element | null {
  const { sources } = props;
  const { trans } = usePanel();
  if (sources.length === 0) {
    return null;
  }
  return (
    <details className="jp-GpuDoctor-sources">
      <summary>{trans._n('Source', 'Sources', sources.length)}</summary>
      <ul className="jp-GpuDoctor-plainList">
        {sources.map((one, i) => (
          <li key={i}>
            <Linked text={one.text} />{' '}
            <span className="jp-GpuDoctor-muted">
              {trans.__('(read on %1)', one.date)}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Text in which addresses are links. Anything but https stays text. */
function Linked(props: { text: string }): JSX.Element {
  return (
    <>
      {props.text.split(/(https:\/\/[^\s;,)]+)/).map((part, i) =>
        i % 2 ? (
          <a key={i} href={part} target="_blank" rel="noopener noreferrer">
            {part}
          </a>
        ) : (
          part
        )
      )}
    </>
  );
}
