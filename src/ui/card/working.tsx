/** The card while the guard is at work. */
import * as React from 'react';
import type { IWorking } from '../../guard/types';
import { Button } from '../button';
import { useNow } from './clock';
import { useCard } from './context';
import { FetchUv, Heading } from './parts';
import { activityText, seconds, workingTitle } from './words';

const SECOND = 1000;

/** What it does, for how long, and the ways out. */
export function Working(props: { state: IWorking }): JSX.Element {
  const { activity, since, until, canFetchUv } = props.state;
  const { trans, actions, visible } = useCard();
  const now = useNow(since, visible);
  const off = activity === 'stopping';
  const title = workingTitle(activity, trans);
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
      <div
        className="jp-GpuDoctor-bar"
        role="progressbar"
        aria-label={title}
        data-still={activity === 'earlier-cells' || undefined}
      />
      {canFetchUv && !off && <FetchUv slow={activity === 'pip'} />}
      <div className="jp-GpuDoctor-cardActions">
        <Button off={off} onClick={() => actions.runNow()}>
          {trans.__('Run without waiting')}
        </Button>
        <Button off={off} onClick={() => actions.cancel()}>
          {trans.__('Cancel')}
        </Button>
        {!off && until !== null && isLate(now, since, until) && (
          <div className="jp-GpuDoctor-cardEnd">
            <span className="jp-GpuDoctor-small">
              {trans.__(
                'runs unchecked in %1 s',
                Math.max(0, Math.ceil((until - now) / SECOND))
              )}
            </span>
            <Button onClick={() => actions.waitLonger()}>
              {trans.__('Wait longer')}
            </Button>
          </div>
        )}
      </div>
    </>
  );
}

/** Whether half of the time is gone: before, a countdown would only make nervous. */
function isLate(now: number, since: number, until: number): boolean {
  return until - now < (until - since) / 2;
}
