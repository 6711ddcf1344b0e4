/** The way back from one step, and what the step was for. */
import * as React from 'react';
import type { IHistoryState, UndoState } from '../../check/state';
import type { IEntry } from '../../history/types';
import { ToneIcon } from '../badges';
import { Button } from '../button';
import { Files, restartText } from '../changed';
import { useAge } from '../clock';
import { Commands } from '../commands';
import { usePanel } from '../context';
import { diskSize } from '../format';
import { Prose } from '../prose';
import { say } from '../say';

/** Characters of a note. */
const MOST = 200;

/** Properties of `Undo`. */
export interface IUndoProps {
  readonly entry: IEntry;
  readonly history: IHistoryState;
  /** This or another undo runs. */
  readonly busy: boolean;
}

/** How an undo goes, and the button where there is a backup. */
export function Undo(props: IUndoProps): JSX.Element {
  const { entry, history, busy } = props;
  const { trans, actions } = usePanel();
  const state = history.undo.get(entry.id);
  const size =
    entry.undo === null ? undefined : history.backups.get(entry.undo);
  return (
    <>
      {state?.phase === 'running' && <Running since={state.since} />}
      {state?.phase === 'done' && <Done state={state} />}
      {state?.phase === 'refused' && <Refused state={state} />}
      {size !== undefined && entry.undone === null && (
        <div className="jp-GpuDoctor-actions">
          <Button
            off={busy}
            title={trans.__('Put back the files from before this install')}
            onClick={() => actions.undo(entry.id)}
          >
            {state?.phase === 'refused'
              ? trans.__('Try again')
              : trans.__('Undo')}
          </Button>
          <span
            className="jp-GpuDoctor-small"
            title={trans.__('Size of its backup')}
          >
            {diskSize(size, trans)}
          </span>
        </div>
      )}
    </>
  );
}

function Running(props: { since: number }): JSX.Element {
  const { trans, visible } = usePanel();
  const seconds = Math.floor(useAge(props.since, visible) / 1000);
  return (
    <div className="jp-GpuDoctor-progress">
      <div
        className="jp-GpuDoctor-bar"
        role="progressbar"
        aria-label={trans.__('Undoing…')}
      />
      <div className="jp-GpuDoctor-progressText">
        <span>{trans.__('Undoing… %1 s', seconds)}</span>
      </div>
    </div>
  );
}

function Done(props: {
  state: Extract<UndoState, { phase: 'done' }>;
}): JSX.Element {
  const { text, restart } = props.state;
  const { trans, actions } = usePanel();
  return (
    <div className="jp-GpuDoctor-undo" data-undo="done">
      <p data-tone="ok">
        <ToneIcon tone="ok" />
        <span>
          <Prose text={say(text, trans)} />
        </span>
      </p>
      {restart.length > 0 && (
        <>
          <p data-tone="warning">
            <ToneIcon tone="warning" />
            <span>{restartText(restart, trans)}</span>
          </p>
          <div className="jp-GpuDoctor-actions">
            <Button onClick={() => actions.restartKernel()}>
              {trans.__('Restart kernel')}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}

function Refused(props: {
  state: Extract<UndoState, { phase: 'refused' }>;
}): JSX.Element {
  const { reason, files, command } = props.state;
  const { trans } = usePanel();
  return (
    <div className="jp-GpuDoctor-undo" data-undo="refused">
      <p data-tone="warning">
        <ToneIcon tone="warning" />
        <span>
          <strong>{trans.__('Not undone.')}</strong>{' '}
          <Prose text={say(reason, trans)} />
        </span>
      </p>
      <Files files={files} trans={trans} />
      {command && (
        <Commands
          lines={command.split('\n')}
          cell={true}
          place={trans.__('The command that comes nearest:')}
          notes={[]}
          restart={false}
          review={false}
        />
      )}
    </div>
  );
}

/** What an install was for: a line that can be written and changed. */
export function Why(props: { entry: IEntry }): JSX.Element {
  const { entry } = props;
  const { trans, actions } = usePanel();
  const [draft, setDraft] = React.useState<string | null>(null);
  // Shown until the history tells it.
  const [saved, setSaved] = React.useState<string | null>(null);
  const root = React.useRef<HTMLDivElement>(null);
  const first = React.useRef(true);
  const editing = draft !== null;
  React.useEffect(() => setSaved(null), [entry]);
  React.useEffect(() => {
    // From the link to the field and back.
    if (!first.current) {
      root.current?.querySelector<HTMLElement>('input, button')?.focus();
    }
    first.current = false;
  }, [editing]);
  const why = saved ?? entry.why ?? '';
  const question = trans.__('What was it for?');
  const save = (event: React.FormEvent) => {
    event.preventDefault();
    const next = (draft ?? '').trim();
    if (next !== why) {
      setSaved(next);
      actions.setWhy(entry.id, next);
    }
    setDraft(null);
  };
  return (
    <div ref={root} className="jp-GpuDoctor-entryWhy">
      {editing ? (
        <form
          onSubmit={save}
          onKeyDown={event => {
            if (event.key === 'Escape') {
              event.stopPropagation();
              setDraft(null);
            }
          }}
        >
          <input
            type="text"
            className="jp-GpuDoctor-input"
            aria-label={question}
            placeholder={question}
            maxLength={MOST}
            value={draft}
            onChange={event => setDraft(event.target.value)}
          />
          <button type="submit" className="jp-GpuDoctor-button">
            {trans.__('Save')}
          </button>
        </form>
      ) : (
        <>
          {why && <span>{why}</span>}
          <Button
            kind="link"
            label={why ? trans.__('Edit what it was for') : undefined}
            onClick={() => setDraft(why)}
          >
            {why ? trans.__('Edit') : question}
          </Button>
        </>
      )}
    </div>
  );
}
