/** What was installed into this environment, newest first, and the ways back. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { IHistoryState, UndoState } from '../../check/state';
import { ToneIcon } from '../badges';
import { Button } from '../button';
import { PackagesTable } from '../changed';
import { useAge } from '../clock';
import { usePanel } from '../context';
import { Fold } from '../fold';
import { diskSize } from '../format';
import { Notice } from '../notices';
import { Prose } from '../prose';
import { say, sayPlain } from '../say';
import { focusSection, Section } from '../section';
import { Entry, Time } from './historyEntry';

/** Entries that are shown until all are asked for. */
const SHOWN = 20;

/** Closed at first, unless something in it needs a look. Nothing while it is not read. */
export function History(props: {
  history: IHistoryState | null;
}): JSX.Element | null {
  return props.history && <Read history={props.history} />;
}

interface IHistoryProps {
  readonly history: IHistoryState;
}

function Read(props: IHistoryProps): JSX.Element {
  const { history } = props;
  const { entries, broken, halfway } = history;
  const { trans } = usePanel();
  const installs = entries.filter(one => one.kind === 'install').length;
  const note =
    broken.size > 0
      ? trans.__('%1 · %2 broke it', installs, broken.size)
      : installs > 0
        ? String(installs)
        : undefined;
  return (
    <>
      <Section
        id="history"
        title={trans.__('History')}
        note={note}
        open={halfway !== null || broken.size > 0 || history.undo.size > 0}
      >
        <Body history={history} />
      </Section>
      <Announcer undo={history.undo} />
    </>
  );
}

function Body(props: IHistoryProps): JSX.Element {
  const { history } = props;
  const { entries, failure } = history;
  const { trans, visible } = usePanel();
  const [all, setAll] = React.useState(false);
  const steps = entries.filter(one => one.kind !== 'start').reverse();
  const start = entries.find(one => one.kind === 'start');
  const newest = steps.length > 0 ? Date.parse(steps[0].time) : null;
  // Ages of all entries follow that of the newest.
  const now = (newest ?? 0) + useAge(newest, visible);
  const busy = [...history.undo.values()].some(one => one.phase === 'running');
  return (
    <>
      <Halfway history={history} busy={busy} />
      {failure && (
        <p
          className="jp-GpuDoctor-historyFact"
          data-line="failure"
          data-tone="error"
        >
          <ToneIcon tone="error" />
          <span>
            <Prose text={say(failure, trans)} />
          </span>
        </p>
      )}
      {steps.length === 0 && !failure && (
        <p className="jp-GpuDoctor-empty">
          {trans.__('Nothing was installed yet since GPU Doctor looks.')}
        </p>
      )}
      <ul className="jp-GpuDoctor-plainList jp-GpuDoctor-history">
        {(all ? steps : steps.slice(0, SHOWN)).map(entry => (
          <Entry
            key={entry.id}
            entry={entry}
            history={history}
            now={now}
            busy={busy}
          />
        ))}
      </ul>
      {!all && steps.length > SHOWN && (
        <div className="jp-GpuDoctor-more">
          <span className="jp-GpuDoctor-muted">
            {trans.__('%1 of %2', SHOWN, steps.length)}
          </span>
          <Button
            onClick={event => {
              focusSection(event.currentTarget);
              setAll(true);
            }}
          >
            {trans.__('Show all')}
          </Button>
        </div>
      )}
      {start && (
        <div className="jp-GpuDoctor-entry" data-kind="start">
          <Fold
            summary={trans._n(
              'Before the first install: %1 package',
              'Before the first install: %1 packages',
              start.packages?.length ?? 0
            )}
          >
            <p className="jp-GpuDoctor-small">
              <Time at={start.time} now={now} />
            </p>
            <PackagesTable packages={start.packages ?? []} trans={trans} />
          </Fold>
        </div>
      )}
      <Facts history={history} />
      <Backups history={history} busy={busy} />
    </>
  );
}

/** An install, or an undo, that was killed. */
function Halfway(props: IHistoryProps & { busy: boolean }): JSX.Element | null {
  const { history, busy } = props;
  const { halfway } = history;
  const { trans, actions } = usePanel();
  // What was known when "Repair" was pressed; anything newer is its answer.
  const [pressed, setPressed] = React.useState<IHistoryState | null>(null);
  return halfway === null ? null : (
    <Notice
      id="halfway"
      tone="warning"
      title={trans.__('An install was not followed to its end.')}
    >
      <p>{trans.__('Packages may be half installed.')}</p>
      <div className="jp-GpuDoctor-actions">
        <Button
          off={busy || pressed === history}
          title={trans.__('Put back the files from before this install')}
          onClick={() => {
            setPressed(history);
            actions.repair(halfway);
          }}
        >
          {trans.__('Repair')}
        </Button>
      </div>
    </Notice>
  );
}

/** Where the history is kept, and what of it could not be read. */
function Facts(props: IHistoryProps): JSX.Element {
  const { place, skipped, failure } = props.history;
  const { trans } = usePanel();
  return (
    <>
      {place === 'user' && (
        <p
          className="jp-GpuDoctor-historyFact jp-GpuDoctor-small"
          data-line="place"
        >
          {trans.__(
            'Kept in your user folder, the environment is not writable.'
          )}
        </p>
      )}
      {place === 'none' && !failure && (
        <p
          className="jp-GpuDoctor-historyFact jp-GpuDoctor-small"
          data-line="place"
        >
          {trans.__(
            'Not kept: neither the environment nor your user folder is writable.'
          )}
        </p>
      )}
      {skipped > 0 && (
        <p
          className="jp-GpuDoctor-historyFact jp-GpuDoctor-small"
          data-line="skipped"
        >
          {trans._n(
            '%1 line of the history could not be read.',
            '%1 lines of the history could not be read.',
            skipped
          )}
        </p>
      )}
    </>
  );
}

/** How much the backups take, and a way to delete them; it asks once. */
function Backups(props: IHistoryProps & { busy: boolean }): JSX.Element | null {
  const { history, busy } = props;
  const { backups } = history;
  const { trans, actions } = usePanel();
  const [asks, setAsks] = React.useState(false);
  const line = React.useRef<HTMLDivElement>(null);
  const first = React.useRef(true);
  React.useEffect(() => {
    // The button that was pressed is gone: on with the one that does no harm.
    if (!first.current) {
      line.current?.querySelector('button')?.focus();
    }
    first.current = false;
  }, [asks]);
  if (backups.size === 0) {
    return null;
  }
  const total = [...backups.values()].reduce((sum, one) => sum + one, 0);
  const size = diskSize(total, trans);
  return (
    <div
      ref={line}
      className="jp-GpuDoctor-more jp-GpuDoctor-backups"
      data-line="backups"
    >
      <span className={asks ? undefined : 'jp-GpuDoctor-muted'}>
        {asks
          ? trans.__('Delete %1? Then nothing here can be undone.', size)
          : trans.__('Backups: %1', size)}
      </span>
      {asks ? (
        <span className="jp-GpuDoctor-ask">
          <Button onClick={() => setAsks(false)}>{trans.__('Keep')}</Button>
          <Button
            off={busy}
            onClick={event => {
              focusSection(event.currentTarget);
              first.current = true;
              setAsks(false);
              actions.dropBackups();
            }}
          >
            {trans.__('Delete')}
          </Button>
        </span>
      ) : (
        <Button kind="link" off={busy} onClick={() => setAsks(true)}>
          {trans.__('Delete backups')}
        </Button>
      )}
    </div>
  );
}

/** Reads aloud how an undo goes; what was there before the panel is not news. */
function Announcer(props: {
  undo: ReadonlyMap<string, UndoState>;
}): JSX.Element {
  const { undo } = props;
  const { trans } = usePanel();
  const before = React.useRef(undo);
  const [line, setLine] = React.useState('');
  React.useEffect(() => {
    for (const [entry, state] of undo) {
      if (before.current.get(entry) !== state) {
        setLine(undoLine(state, trans));
      }
    }
    before.current = undo;
  }, [undo]);
  return (
    <p className="jp-GpuDoctor-srOnly" role="status" aria-live="polite">
      {line}
    </p>
  );
}

function undoLine(state: UndoState, trans: TranslationBundle): string {
  switch (state.phase) {
    case 'running':
      return trans.__('Undoing…');
    case 'done':
      return sayPlain(state.text, trans);
    case 'refused':
      return trans.__('Not undone. %1', sayPlain(state.reason, trans));
  }
}
