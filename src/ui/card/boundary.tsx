/** A card that cannot be drawn still lets its cell go. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { CardState, ICardActions } from '../../guard/types';
import { Button } from '../button';
import { ErrorBoundary, type IErrorBoundaryProps } from '../errorBoundary';

/** Properties of `CardBoundary`. */
export interface ICardBoundaryProps extends IErrorBoundaryProps {
  readonly subject: CardState;
  readonly actions: ICardActions;
}

/** Shows its children; when they cannot be drawn, an alert and the buttons that matter. */
export class CardBoundary extends ErrorBoundary {
  declare readonly props: ICardBoundaryProps;

  render(): React.ReactNode {
    const { subject, actions, trans } = this.props;
    return this.state.message === null ? (
      super.render()
    ) : (
      <div
        className="jp-GpuDoctor-cardFrame"
        role="group"
        aria-label={trans.__('GPU Doctor')}
        data-state="crash"
        data-tone="error"
        data-lm-suppress-shortcuts="true"
      >
        {super.render()}
        <div className="jp-GpuDoctor-cardActions">
          <WaysOut state={subject} actions={actions} trans={trans} />
        </div>
      </div>
    );
  }
}

function WaysOut(props: {
  state: CardState;
  actions: ICardActions;
  trans: TranslationBundle;
}): JSX.Element {
  const { state, actions, trans } = props;
  if (state?.kind === 'after') {
    return (
      <Button onClick={() => actions.dismiss()}>{trans.__('Dismiss')}</Button>
    );
  }
  return (
    <>
      <Button kind="primary" onClick={() => actions.cancel()}>
        {trans.__('Cancel')}
      </Button>
      {state?.kind === 'working' ? (
        <Button onClick={() => actions.runNow()}>
          {trans.__('Run without waiting')}
        </Button>
      ) : (
        <Button onClick={() => actions.anyway([])}>
          {trans.__('Install anyway')}
        </Button>
      )}
    </>
  );
}
