/** The card when the cell has run or will not run. */
import { closeIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import type { IAfter } from '../../guard/types';
import { Icon } from '../badges';
import { Button } from '../button';
import { Prose } from '../prose';
import { say } from '../say';
import { useCard } from './context';
import { FetchUv, Heading } from './parts';

/** One quiet line, more on demand. */
export function After(props: { state: IAfter }): JSX.Element {
  const { tone, title, text, detail, canCheck, canFetchUv } = props.state;
  const { trans, actions } = useCard();
  const word =
    tone === 'warning'
      ? trans.__('Warning')
      : tone === 'ok'
        ? trans.__('Done')
        : undefined;
  return (
    <>
      <Heading
        tone={tone}
        word={word}
        side={
          <div className="jp-GpuDoctor-cardTools">
            {canCheck && (
              <Button onClick={() => actions.check()}>
                {trans.__('Check GPU env')}
              </Button>
            )}
            <Button
              kind="link"
              label={trans.__('Dismiss')}
              title={trans.__('Dismiss')}
              onClick={() => actions.dismiss()}
            >
              <Icon icon={closeIcon} />
            </Button>
          </div>
        }
      >
        <Prose text={say(title, trans)} />
      </Heading>
      {(text || detail) && (
        <div className="jp-GpuDoctor-cardBody">
          {text && (
            <p className="jp-GpuDoctor-why">
              <Prose text={say(text, trans)} />
            </p>
          )}
          {detail && (
            <details>
              <summary>{trans.__('Words of the resolver')}</summary>
              {/* A scrolling block must be reachable by keyboard. */}
              <pre className="jp-GpuDoctor-code" tabIndex={0}>
                {detail}
              </pre>
            </details>
          )}
        </div>
      )}
      {canFetchUv && <FetchUv />}
    </>
  );
}
