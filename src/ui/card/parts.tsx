/** Pieces that several states of the card share. */
import { downloadIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import { ToneIcon, type Tone } from '../badges';
import { AnsweringButton } from '../button';
import { useCard } from './context';

/** Properties of `Heading`. */
export interface IHeadingProps {
  /** With an icon in its colour when given. */
  readonly tone?: Tone;
  /** For screen readers, where others see the icon. */
  readonly word?: string;
  /** Right of the heading: a `cardFact` or `cardTools`. */
  readonly side?: React.ReactNode;
  readonly children: React.ReactNode;
}

/** First line of a card; its heading names the card. */
export function Heading(props: IHeadingProps): JSX.Element {
  const { tone, word, side, children } = props;
  const { headingId } = useCard();
  return (
    <div className="jp-GpuDoctor-cardHead">
      {tone && <ToneIcon tone={tone} />}
      <h3 id={headingId}>
        {word && <SrOnly>{`${word}: `}</SrOnly>}
        {children}
      </h3>
      {side}
    </div>
  );
}

/** Words for screen readers only. */
export function SrOnly(props: { children: string }): JSX.Element {
  return <span className="jp-GpuDoctor-srOnly">{props.children}</span>;
}

/** A quiet offer to fetch uv. @param props.slow pip is resolving right now */
export function FetchUv(props: { slow?: boolean }): JSX.Element {
  const { trans, actions } = useCard();
  const [busy, setBusy] = React.useState(false);
  const running = React.useRef<Promise<boolean> | null>(null);
  const fetchOnce = () => {
    if (!running.current) {
      setBusy(true);
      running.current = actions.fetchUv().finally(() => {
        running.current = null;
        setBusy(false);
      });
    }
    return running.current;
  };
  return (
    <div className="jp-GpuDoctor-cardOffer">
      <span>
        {busy
          ? trans.__('Fetching uv…')
          : props.slow
            ? trans.__('pip is slow at this. Fetch uv, and it takes a second.')
            : trans.__('With uv, this check takes a second.')}
      </span>
      <AnsweringButton
        label={trans.__('Fetch uv')}
        done={trans.__('Fetched')}
        failed={trans.__('Failed')}
        icon={downloadIcon}
        act={fetchOnce}
      />
    </div>
  );
}
