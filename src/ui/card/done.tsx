/** The card when an install has run and the environment was looked at again. */
import * as React from 'react';
import type { UndoState } from '../../check/state';
import type { IAfter, IDone } from '../../guard/types';
import { severityWord, ToneIcon, type Tone } from '../badges';
import { Button } from '../button';
import { ChangedTable, Files, needsTable, restartText } from '../changed';
import { Fold } from '../fold';
import { Prose } from '../prose';
import { say } from '../say';
import { useNow } from './clock';
import { useCard } from './context';
import { remaining, toneWord, undoOf } from './ended';
import { CardCommand, Dismiss, Heading, ResolverWords, SrOnly } from './parts';
import { seconds } from './words';

const SECOND = 1000;

/** Lines of one kind that are shown at once. */
const SHOWN = 5;

/** Properties of `Ran`. */
export interface IRanProps {
  readonly state: IAfter;
  readonly done: IDone;
  readonly tone: Tone;
}

/** One quiet line when all is well; the whole card when it is not. */
export function Ran(props: IRanProps): JSX.Element {
  const { state, done, tone } = props;
  const { trans } = useCard();
  const [open, setOpen] = React.useState(false);
  const undo = undoOf(done);
  const { news, differences, restart } = remaining(done);
  const isUndone = undo?.phase === 'done';
  const isQuiet =
    news.length + differences.length + restart.length === 0 &&
    undo?.phase !== 'refused';
  const hasTable = !isUndone && needsTable(done.changed);
  const running = undo?.phase === 'running' ? undo : null;
  const text = isUndone ? null : state.text;
  const shown = open && hasTable;
  return (
    <>
      <Heading
        tone={tone}
        word={toneWord(tone, trans)}
        side={
          <>
            {running ? (
              <Undoing since={running.since} />
            ) : (
              isQuiet &&
              text &&
              state.tone === 'ok' && (
                <span className="jp-GpuDoctor-cardFact">
                  <Prose text={say(text, trans)} />
                </span>
              )
            )}
            <div className="jp-GpuDoctor-cardTools">
              {isQuiet && hasTable && (
                <Button
                  kind="link"
                  expanded={open}
                  onClick={() => setOpen(!open)}
                >
                  {trans.__('Changes')}
                  <span aria-hidden="true">{open ? '▴' : '▾'}</span>
                </Button>
              )}
              {isQuiet && <Undo undo={done.undo} />}
              <Dismiss />
            </div>
          </>
        }
      >
        <Prose text={say(isUndone ? undo.text : state.title, trans)} />
      </Heading>
      {running && (
        <div
          className="jp-GpuDoctor-bar"
          role="progressbar"
          aria-label={trans.__('Undoing…')}
        />
      )}
      <div className="jp-GpuDoctor-cardBody">
        {undo?.phase === 'refused' && <Refused undo={undo} />}
        {text && state.tone !== 'ok' && (
          <p className="jp-GpuDoctor-why">
            <Prose text={say(text, trans)} />
          </p>
        )}
        {!isUndone && state.detail && (
          <ResolverWords>{state.detail}</ResolverWords>
        )}
        <News news={news} />
        <Differences texts={differences.map(one => say(one, trans))} />
        {restart.length > 0 && (
          <p className="jp-GpuDoctor-caution" data-line="restart">
            <ToneIcon tone="warning" />
            <span>{restartText(restart, trans)}</span>
          </p>
        )}
        {isQuiet && shown && (
          <ChangedTable changed={done.changed} trans={trans} />
        )}
        {!isQuiet && hasTable && (
          <Fold summary={trans.__('What changed')}>
            <ChangedTable changed={done.changed} trans={trans} />
          </Fold>
        )}
      </div>
      {!isQuiet && <Ways restart={restart.length > 0} undo={done.undo} />}
    </>
  );
}

/** The buttons when it did not go well. */
function Ways(props: { restart: boolean; undo: IDone['undo'] }): JSX.Element {
  const { trans, actions } = useCard();
  return (
    <div className="jp-GpuDoctor-cardActions">
      {props.restart && (
        <Button kind="primary" onClick={() => actions.restart()}>
          {trans.__('Restart kernel')}
        </Button>
      )}
      <Undo undo={props.undo} />
      <div className="jp-GpuDoctor-cardEnd">
        <Button kind="link" onClick={() => actions.openHistory()}>
          {trans.__('Show history')}
        </Button>
      </div>
    </div>
  );
}

/** One button from the offer to the end of an undo, so that it keeps the focus. */
function Undo(props: { undo: IDone['undo'] }): JSX.Element | null {
  const { undo } = props;
  const { trans, actions } = useCard();
  if (undo === null || (undo !== 'possible' && undo.phase === 'done')) {
    return null;
  }
  const phase = undo === 'possible' ? undo : undo.phase;
  return (
    <Button off={phase === 'running'} onClick={() => actions.undo()}>
      {phase === 'refused' ? trans.__('Try again') : trans.__('Undo')}
    </Button>
  );
}

function Undoing(props: { since: number }): JSX.Element {
  const { trans, visible } = useCard();
  const now = useNow(props.since, visible);
  return (
    <span className="jp-GpuDoctor-cardFact">
      {trans.__('Undoing… %1', seconds((now - props.since) / SECOND, trans))}
    </span>
  );
}

/** Why it was not undone, and what comes nearest. */
function Refused(props: {
  undo: Extract<UndoState, { phase: 'refused' }>;
}): JSX.Element {
  const { reason, files, command } = props.undo;
  const { trans } = useCard();
  return (
    <div className="jp-GpuDoctor-refused" data-line="refused">
      <p>
        <strong>{trans.__('Not undone.')}</strong>{' '}
        <Prose text={say(reason, trans)} />
      </p>
      <Files files={files} trans={trans} />
      {command && (
        <>
          <p className="jp-GpuDoctor-small">
            {trans.__('The command that comes nearest:')}
          </p>
          <CardCommand command={command} />
        </>
      )}
    </div>
  );
}

/** Findings that were not there before. */
function News(props: { news: IDone['news'] }): JSX.Element | null {
  const { news } = props;
  const { trans, actions } = useCard();
  return (
    <Few
      className="jp-GpuDoctor-risks"
      label={trans.__('New findings')}
      list={news.map(({ rule, severity, title }, i) => (
        <li key={i} data-tone={severity} data-rule={rule}>
          <ToneIcon tone={severity} />
          <p>
            <SrOnly>{`${severityWord(severity, trans)}: `}</SrOnly>
            <Prose text={title} />{' '}
            <span className="jp-GpuDoctor-why">
              <Button
                kind="link"
                label={trans.__('Learn more: %1', title)}
                onClick={() => actions.openRule(rule)}
              >
                {trans.__('Learn more')}
              </Button>
            </span>
          </p>
        </li>
      ))}
    />
  );
}

/** What is not as the resolver had said. */
function Differences(props: { texts: readonly string[] }): JSX.Element | null {
  const { texts } = props;
  const { trans } = useCard();
  return texts.length > 0 ? (
    <div data-line="differences">
      <p>{trans.__('Not as planned:')}</p>
      <Few
        className="jp-GpuDoctor-cardNotes"
        label={trans.__('Not as planned')}
        list={texts.map((one, i) => (
          <li key={i}>
            <Prose text={one} />
          </li>
        ))}
      />
    </div>
  ) : null;
}

/** A list whose end is folded. Nothing when it is empty. */
function Few(props: {
  list: readonly JSX.Element[];
  className: string;
  label: string;
}): JSX.Element | null {
  const { list, className, label } = props;
  const { trans } = useCard();
  const rest = list.slice(SHOWN);
  return list.length > 0 ? (
    <>
      <ul className={className} aria-label={label}>
        {list.slice(0, SHOWN)}
      </ul>
      {rest.length > 0 && (
        <Fold summary={trans._n('%1 more', '%1 more', rest.length)}>
          <ul className={className}>{rest}</ul>
        </Fold>
      )}
    </>
  ) : null;
}
