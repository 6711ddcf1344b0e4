/** Commands to take along: what they are, and what can be done with them. */
import { addIcon, copyIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import { Badge } from './badges';
import { AnsweringButton } from './button';
import { usePanel } from './context';
import { Prose } from './prose';
import { say } from './say';
import type { IText } from '../text/text';

/** Properties of `Commands`. */
export interface ICommandsProps {
  readonly lines: readonly string[];
  /** Whether they can stand in a cell. */
  readonly cell: boolean;
  /** Said before them. */
  readonly place?: string | null;
  readonly notes: readonly IText[];
  readonly restart: boolean;
  readonly review: boolean;
  readonly children?: React.ReactNode;
}

/** The commands with their buttons. Nothing is run. */
export function Commands(props: ICommandsProps): JSX.Element {
  const { lines, cell, place, notes, restart, review } = props;
  const { trans, actions } = usePanel();
  const source = lines.join('\n');
  return (
    <div className="jp-GpuDoctor-fix">
      {place && <p className="jp-GpuDoctor-small">{place}</p>}
      {source && <pre className="jp-GpuDoctor-code">{source}</pre>}
      {notes.map((note, i) => (
        <p key={i} className="jp-GpuDoctor-small">
          <Prose text={say(note, trans)} />
        </p>
      ))}
      {props.children}
      <div className="jp-GpuDoctor-actions">
        {source && cell && (
          <AnsweringButton
            label={trans.__('Insert as cell')}
            done={trans.__('Inserted')}
            failed={trans.__('No notebook')}
            icon={addIcon}
            act={() => actions.insertCell(source)}
          />
        )}
        {source && (
          <AnsweringButton
            label={trans.__('Copy')}
            done={trans.__('Copied')}
            failed={trans.__('Failed')}
            icon={copyIcon}
            act={() => actions.copy(source)}
          />
        )}
        {review && (
          <Badge
            tone="warning"
            title={trans.__('It changes more than what is broken')}
          >
            {trans.__('review first')}
          </Badge>
        )}
        {restart && <Badge>{trans.__('restart needed')}</Badge>}
      </div>
    </div>
  );
}
