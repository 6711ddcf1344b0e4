/** Pieces that several states of the card share. */
import { closeIcon, copyIcon, downloadIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import { Icon, ToneIcon, type Tone } from '../badges';
import { AnsweringButton, Button } from '../button';
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

/** A command that can be copied. */
export function CardCommand(props: { command: string }): JSX.Element {
  const { command } = props;
  const { trans, actions } = useCard();
  return (
    <div className="jp-GpuDoctor-command">
      <pre>
        <Words line={command} />
      </pre>
      <AnsweringButton
        label={trans.__('Copy')}
        done={trans.__('Copied')}
        failed={trans.__('Failed')}
        icon={copyIcon}
        act={() => actions.copy(command)}
      />
    </div>
  );
}

/** A command that breaks between its words, not at the hyphens in them. */
function Words(props: { line: string }): JSX.Element {
  return (
    <>
      {props.line
        .split(/(\s+)/)
        .map((part, i) => (i % 2 ? part : <span key={i}>{part}</span>))}
    </>
  );
}

/** What a resolver said, folded. */
export function ResolverWords(props: { children: string }): JSX.Element {
  const { trans } = useCard();
  return (
    <details>
      <summary>{trans.__('Words of the resolver')}</summary>
      {/* A scrolling block must be reachable by keyboard. */}
      <pre className="jp-GpuDoctor-code" tabIndex={0}>
        {props.children}
      </pre>
    </details>
  );
}

/** Takes the card away. */
export function Dismiss(): JSX.Element {
  const { trans, actions } = useCard();
  return (
    <Button
      kind="link"
      label={trans.__('Dismiss')}
      title={trans.__('Dismiss')}
      onClick={() => actions.dismiss()}
    >
      <Icon icon={closeIcon} />
    </Button>
  );
}
