/** The card in a cell that holds an install: what the guard does, asks and did. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { CardState, ICardActions } from '../../guard/types';
import type { Tone } from '../badges';
import { sayPlain } from '../say';
import { After } from './after';
import { Asking } from './asking';
import { CardContext } from './context';
import { afterLine, afterTone } from './ended';
import { keepKeys, useKeptFocus } from './keys';
import { riskTone, verdictSeverity } from './words';
import { Working } from './working';

/** Properties of `InstallCard`. */
export interface IInstallCardProps {
  readonly state: CardState;
  readonly actions: ICardActions;
  readonly trans: TranslationBundle;
  /** Whether the card can be seen; true when not given. */
  readonly visible?: boolean;
  /** What was read aloud last; given by who draws the card more than once, so that it is not told again. */
  readonly heard?: { current: string };
}

/** A card as a function of its state, apart from what is open and checked in it. */
export function InstallCard(props: IInstallCardProps): JSX.Element | null {
  return props.state && <Shown {...props} state={props.state} />;
}

function Shown(
  props: IInstallCardProps & { state: NonNullable<CardState> }
): JSX.Element {
  const { state, actions, trans, visible = true } = props;
  const headingId = React.useId();
  const root = useKeptFocus();
  const context = React.useMemo(
    () => ({ trans, actions, visible, headingId }),
    [trans, actions, visible, headingId]
  );
  return (
    <CardContext.Provider value={context}>
      <div
        ref={root}
        className="jp-GpuDoctor-cardFrame"
        role="group"
        aria-labelledby={headingId}
        data-state={state.kind}
        data-tone={toneOf(state)}
        data-lm-suppress-shortcuts="true"
        tabIndex={-1}
        onKeyDown={keepKeys}
      >
        {state.kind === 'working' && <Working state={state} />}
        {state.kind === 'asking' && <Asking state={state} />}
        {state.kind === 'after' && <After state={state} />}
      </div>
      <Announcer state={state} trans={trans} heard={props.heard} />
    </CardContext.Provider>
  );
}

function toneOf(state: NonNullable<CardState>): Tone {
  switch (state.kind) {
    case 'working':
      return 'info';
    case 'asking':
      return riskTone(verdictSeverity(state.verdict));
    case 'after':
      return afterTone(state);
  }
}

/** Reads a question aloud once, and how it ended. */
function Announcer(props: {
  state: NonNullable<CardState>;
  trans: TranslationBundle;
  heard?: { current: string };
}): JSX.Element {
  const { state, trans } = props;
  const own = React.useRef('');
  const heard = props.heard ?? own;
  const line = announcement(state, trans);
  const [said, setSaid] = React.useState('');
  React.useEffect(() => {
    // After the first drawing: a live region tells changes only.
    if (line !== heard.current) {
      heard.current = line;
      setSaid(line);
    }
  }, [line]);
  return (
    <div className="jp-GpuDoctor-srOnly" role="status" aria-live="polite">
      {said}
    </div>
  );
}

function announcement(
  state: NonNullable<CardState>,
  trans: TranslationBundle
): string {
  switch (state.kind) {
    case 'working':
      return '';
    case 'asking':
      return trans.__('%1. Decide in the card.', sayPlain(state.title, trans));
    case 'after':
      return afterLine(state, trans);
  }
}
