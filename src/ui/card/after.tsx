/** The card when the cell has run or will not run. */
import * as React from 'react';
import type { IAfter } from '../../guard/types';
import { Button } from '../button';
import { Prose } from '../prose';
import { say } from '../say';
import { useCard } from './context';
import { Ran } from './done';
import { afterTone, toneWord } from './ended';
import { Dismiss, FetchUv, Heading, ResolverWords } from './parts';

/** One quiet line, more on demand or when it did not go well. */
export function After(props: { state: IAfter }): JSX.Element {
  const { state } = props;
  const { done, canFetchUv } = state;
  return (
    <>
      {done ? (
        <Ran state={state} done={done} tone={afterTone(state)} />
      ) : (
        <Ended state={state} />
      )}
      {canFetchUv && <FetchUv />}
    </>
  );
}

function Ended(props: { state: IAfter }): JSX.Element {
  const { tone, title, canCheck } = props.state;
  const { trans, actions } = useCard();
  return (
    <>
      <Heading
        tone={tone}
        word={toneWord(tone, trans)}
        side={
          <div className="jp-GpuDoctor-cardTools">
            {canCheck && (
              <Button onClick={() => actions.check()}>
                {trans.__('Check GPU env')}
              </Button>
            )}
            <Dismiss />
          </div>
        }
      >
        <Prose text={say(title, trans)} />
      </Heading>
      <Told state={props.state} />
    </>
  );
}

/** Text and words of the resolver. Nothing when there are none. */
function Told(props: { state: IAfter }): JSX.Element | null {
  const { text, detail } = props.state;
  const { trans } = useCard();
  return text || detail ? (
    <div className="jp-GpuDoctor-cardBody">
      {text && (
        <p className="jp-GpuDoctor-why">
          <Prose text={say(text, trans)} />
        </p>
      )}
      {detail && <ResolverWords>{detail}</ResolverWords>}
    </div>
  ) : null;
}
