/** One step in the history of an environment. */
import type { TranslationBundle } from '@jupyterlab/translation';
import { copyIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import type { IHistoryState } from '../../check/state';
import type { IEntry, IFindingMark } from '../../history/types';
import { changeText } from '../../history/words';
import { Badge, Mark, severityWord, ToneIcon } from '../badges';
import { AnsweringButton } from '../button';
import { ChangedTable, needsTable } from '../changed';
import { useKeptFocus } from '../card/keys';
import { usePanel } from '../context';
import { Fold } from '../fold';
import { ago } from '../format';
import { errorIcon, okIcon, unknownIcon, warningIcon } from '../icons';
import { Prose } from '../prose';
import { say } from '../say';
import { Undo, Why } from './historyUndo';

/** Properties of `Entry`. */
export interface IEntryProps {
  readonly entry: IEntry;
  readonly history: IHistoryState;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** An undo runs. */
  readonly busy: boolean;
}

/** Time, command, what changed, whether it broke something, and the way back. */
export function Entry(props: IEntryProps): JSX.Element {
  const { entry, history, now, busy } = props;
  const root = useKeptFocus();
  return (
    <li
      className="jp-GpuDoctor-entry"
      data-entry={entry.id}
      data-kind={entry.kind}
      data-undone={entry.undone === null ? undefined : true}
    >
      <div ref={root} tabIndex={-1}>
        <Head entry={entry} now={now} />
        {entry.command && <Command entry={entry} />}
        <Changes entry={entry} />
        <Broke marks={history.broken.get(entry.id) ?? []} />
        {entry.kind === 'install' && (
          <>
            {(entry.tool === 'pip' || entry.tool === 'uv') && (
              <Why entry={entry} />
            )}
            <Undo entry={entry} history={history} busy={busy} />
          </>
        )}
      </div>
    </li>
  );
}

/** How long ago; the time itself on demand. @param props.at UTC, ISO 8601 */
export function Time(props: { at: string; now: number }): JSX.Element {
  const { trans } = usePanel();
  const at = Date.parse(props.at);
  return (
    <time dateTime={props.at} title={new Date(at).toLocaleString()}>
      {ago(at, props.now, trans)}
    </time>
  );
}

function Head(props: { entry: IEntry; now: number }): JSX.Element {
  const { entry, now } = props;
  const { trans } = usePanel();
  return (
    <div className="jp-GpuDoctor-pair jp-GpuDoctor-entryHead">
      <ul className="jp-GpuDoctor-inlineList">
        <li>
          <Time at={entry.time} now={now} />
        </li>
        {entry.notebook !== null && (
          <li title={entry.notebook}>{entry.notebook.split('/').pop()}</li>
        )}
      </ul>
      {entry.kind === 'undo' ? (
        <Badge>{trans.__('undo')}</Badge>
      ) : entry.undone !== null ? (
        <Badge>
          {trans.__('undone')} <Time at={entry.undone} now={now} />
        </Badge>
      ) : (
        <VerdictMark verdict={entry.verdict} trans={trans} />
      )}
    </div>
  );
}

function VerdictMark(props: {
  verdict: IEntry['verdict'];
  trans: TranslationBundle;
}): JSX.Element {
  const { verdict, trans } = props;
  switch (verdict) {
    case 'ok':
      return (
        <Mark
          icon={okIcon}
          tone="ok"
          word={trans.__('no risk')}
          title={trans.__('The guard found no risk')}
        />
      );
    case 'warn':
      return (
        <Mark
          icon={warningIcon}
          tone="warning"
          word={trans.__('warned')}
          title={trans.__('The guard had warned')}
        />
      );
    case 'block':
      return (
        <Mark
          icon={errorIcon}
          tone="error"
          word={trans.__('harmful')}
          title={trans.__('The guard had called it harmful')}
        />
      );
    case 'unchecked':
      return (
        <Mark
          icon={unknownIcon}
          word={trans.__('unchecked')}
          title={trans.__('It ran before the guard had an answer')}
        />
      );
    case 'unseen':
      return (
        <Mark
          icon={unknownIcon}
          word={trans.__('without guard')}
          title={trans.__('It ran where the guard does not look')}
        />
      );
  }
}

/** One line of it; all of it, to be copied, on demand. */
function Command(props: { entry: IEntry }): JSX.Element {
  const { command } = props.entry;
  const { trans, actions } = usePanel();
  const [first, ...others] = command.split('\n');
  return (
    <div className="jp-GpuDoctor-entryCommand">
      <Fold summary={others.length > 0 ? trans.__('%1 …', first) : first}>
        <pre className="jp-GpuDoctor-code" tabIndex={0}>
          {command}
        </pre>
        <div className="jp-GpuDoctor-actions">
          <AnsweringButton
            label={trans.__('Copy')}
            done={trans.__('Copied')}
            failed={trans.__('Failed')}
            icon={copyIcon}
            act={() => actions.copy(command)}
          />
        </div>
      </Fold>
    </div>
  );
}

/** What it changed: a sentence, and a table where that tells more. */
function Changes(props: { entry: IEntry }): JSX.Element {
  const { changed, reality } = props.entry;
  const { trans } = usePanel();
  const line = (
    <>
      <Prose text={say(changeText(changed), trans)} />
      {reality === 'different' && (
        <>
          {' '}
          <Mark
            icon={warningIcon}
            tone="warning"
            word={trans.__('not as planned')}
          />
        </>
      )}
    </>
  );
  return needsTable(changed) ? (
    <Fold summary={line}>
      <ChangedTable changed={changed} trans={trans} />
    </Fold>
  ) : (
    <p>{line}</p>
  );
}

/** Findings of now that came with this step. */
function Broke(props: { marks: readonly IFindingMark[] }): JSX.Element | null {
  const { marks } = props;
  const { trans } = usePanel();
  const tone = marks.some(one => one.severity === 'error')
    ? 'error'
    : 'warning';
  return marks.length > 0 ? (
    <div className="jp-GpuDoctor-broke" data-line="broke" data-tone={tone}>
      <ToneIcon tone={tone} />
      <div>
        <strong>{trans.__('Broke it')}</strong>
        <ul className="jp-GpuDoctor-plainList">
          {marks.map((one, i) => (
            <li key={i} data-rule={one.rule}>
              <span className="jp-GpuDoctor-srOnly">
                {`${severityWord(one.severity, trans)}: `}
              </span>
              <Prose text={one.title} />
            </li>
          ))}
        </ul>
      </div>
    </div>
  ) : null;
}
