/** One quiet line under the output of a cell that failed with a known error. */
import { closeIcon, ReactWidget } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { IText } from '../../text/text';
import { Icon, ToneIcon } from '../badges';
import { Button } from '../button';
import { Prose } from '../prose';
import { say } from '../say';
import { keepKeys } from './keys';

/** Properties of `ErrorLine`. */
export interface IErrorLineProps {
  readonly title: IText;
  readonly trans: TranslationBundle;
  readonly onExplain: () => void;
  readonly onDismiss: () => void;
}

/** What the error means in a few words, and the offer to explain it. */
export function ErrorLine(props: IErrorLineProps): JSX.Element {
  const { title, trans, onExplain, onDismiss } = props;
  const headingId = React.useId();
  return (
    <div
      className="jp-GpuDoctor-cardFrame"
      role="group"
      aria-labelledby={headingId}
      data-state="explain"
      data-tone="info"
      data-lm-suppress-shortcuts="true"
      tabIndex={-1}
      onKeyDown={keepKeys}
    >
      <div className="jp-GpuDoctor-cardHead">
        <ToneIcon tone="info" />
        <h3 id={headingId}>
          <Prose text={say(title, trans)} />
        </h3>
        <div className="jp-GpuDoctor-cardTools">
          <Button
            title={trans.__('Show the cause in this environment')}
            onClick={onExplain}
          >
            {trans.__('Explain')}
          </Button>
          <Button
            kind="link"
            label={trans.__('Dismiss')}
            title={trans.__('Dismiss')}
            onClick={onDismiss}
          >
            <Icon icon={closeIcon} />
          </Button>
        </div>
      </div>
    </div>
  );
}

/** Holds the line, for the layout of a cell. */
export class ErrorLineWidget extends ReactWidget {
  constructor(private readonly _props: IErrorLineProps) {
    super();
    this.addClass('jp-GpuDoctor-card');
    this.addClass('jp-GpuDoctor-errorLine');
  }

  dispose(): void {
    if (this.node.contains(document.activeElement)) {
      // What has the focus goes away: the cell gets it.
      this.node
        .closest<HTMLElement>('.jp-Notebook .jp-Cell')
        ?.focus({ preventScroll: true });
    }
    super.dispose();
  }

  protected render(): JSX.Element {
    return <ErrorLine {...this._props} />;
  }
}
