/** The card while the guard is at work. */
import * as React from 'react';
import type { IWorking } from '../../guard/types';
import { Button } from '../button';
import { useNow } from './clock';
import { useCard } from './context';
import { FetchUv, Heading } from './parts';
import { activityText, seconds } from './words';

const SECOND = 1000;

/** Milliseconds before the end in which it is counted down: earlier it would only make nervous. */
const LAST = 6 * SECOND;

/** What it does, for how long, and the ways out. */
export function Working(props: { state: IWorking }): JSX.Element {
  const { activity, since, until, canFetchUv } = props.state;
  const { trans, actions, visible } = useCard();
  const now = useNow(since, visible);
  const left = Math.max(0, Math.ceil(((until ?? now) - now) / SECOND));
  const saves = activity === 'saving';
  const title = saves
    ? trans.__('Keeping a copy for undo…')
    : trans.__('Checking what this install would change…');
  return (
    <>
      <Heading
        side={
          <span className="jp-GpuDoctor-cardFact">
            {activityText(
              activity,
              seconds((now - since) / SECOND, trans),
              trans
            )}
          </span>
        }
      >
        {title}
      </Heading>
      <div className="jp-GpuDoctor-bar" role="progressbar" aria-label={title} />
      {canFetchUv && <FetchUv slow={activity === 'pip'} />}
      <div className="jp-GpuDoctor-cardActions">
        <Button onClick={() => actions.runNow()}>
          {trans.__('Run without waiting')}
        </Button>
        <Button onClick={() => actions.cancel()}>{trans.__('Cancel')}</Button>
        {until !== null && until - now < LAST && (
          <div className="jp-GpuDoctor-cardEnd">
            <span className="jp-GpuDoctor-small">
              {saves
                ? trans.__('runs without undo in %1 s', left)
                : trans.__('runs unchecked in %1 s', left)}
            </span>
            {!saves && (
              <Button onClick={() => actions.waitLonger()}>
                {trans.__('Wait longer')}
              </Button>
            )}
          </div>
        )}
      </div>
    </>
  );
}
