/** A command that reaches the same with less risk. */
import * as React from 'react';
import type { SaferState } from '../../guard/types';
import { ToneIcon } from '../badges';
import { Prose } from '../prose';
import { say } from '../say';
import { useNow } from './clock';
import { useCard } from './context';
import { CardCommand, SrOnly } from './parts';
import { seconds } from './words';

const SECOND = 1000;

/** Whether a safer way was looked for while the question stood there. */
export function useSearched(safer: SaferState): boolean {
  const searched = React.useRef(false);
  if (safer.kind === 'looking') {
    searched.current = true;
  }
  return searched.current;
}

/** Properties of `Safer`. */
export interface ISaferProps {
  readonly safer: SaferState;
  /** The resolver that the last line of the card names; it is not named twice. */
  readonly planner: string | null;
  /** It was looked for: the place stays, because buttons stand below. */
  readonly searched: boolean;
}

/** The search, or what it found. */
export function Safer(props: ISaferProps): JSX.Element | null {
  const { safer, planner, searched } = props;
  const { trans } = useCard();
  if (safer.kind === 'none' && !searched) {
    return null;
  }
  return (
    <div
      className="jp-GpuDoctor-safer"
      data-safer={safer.kind}
      data-searched={searched || undefined}
    >
      {safer.kind === 'looking' && <Looking since={safer.since} />}
      {safer.kind === 'found' && <Found safer={safer} planner={planner} />}
      {safer.kind === 'none' && (
        <p className="jp-GpuDoctor-muted">
          {trans.__('No safer way was found.')}
        </p>
      )}
    </div>
  );
}

function Looking(props: { since: number }): JSX.Element {
  const { trans, visible } = useCard();
  const now = useNow(props.since, visible);
  return (
    <>
      <p className="jp-GpuDoctor-saferHead">
        <span>{trans.__('Looking for a safer way…')}</span>
        <span className="jp-GpuDoctor-cardFact jp-GpuDoctor-small">
          {seconds((now - props.since) / SECOND, trans)}
        </span>
      </p>
      <div
        className="jp-GpuDoctor-bar"
        role="progressbar"
        aria-label={trans.__('Looking for a safer way…')}
      />
    </>
  );
}

function Found(props: {
  safer: Extract<SaferState, { kind: 'found' }>;
  planner: string | null;
}): JSX.Element {
  const { planner } = props;
  const { command, why, caution, resolvedBy } = props.safer;
  const { trans } = useCard();
  const took = props.safer.seconds;
  return (
    <>
      <p className="jp-GpuDoctor-saferHead">
        <span>
          <strong>{trans.__('A safer way:')}</strong>{' '}
          <Prose text={say(why, trans)} />
        </span>
        {resolvedBy !== planner && (
          <span className="jp-GpuDoctor-cardFact jp-GpuDoctor-small">
            {resolvedBy === null
              ? trans.__('not resolved')
              : took === null
                ? trans.__('resolved by %1', resolvedBy)
                : trans.__(
                    'resolved by %1 in %2',
                    resolvedBy,
                    seconds(took, trans)
                  )}
          </span>
        )}
      </p>
      <CardCommand command={command} />
      {caution && (
        <p className="jp-GpuDoctor-caution" data-tone="warning">
          <ToneIcon tone="warning" />
          <span>
            <SrOnly>{trans.__('Warning:')}</SrOnly>{' '}
            <Prose text={say(caution, trans)} />
          </span>
        </p>
      )}
    </>
  );
}
