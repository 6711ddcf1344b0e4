/** Buttons of the panel. */
import type { LabIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import { Icon } from './badges';
import { errorIcon, okIcon } from './icons';

/** How long the answer of a button stays, in milliseconds. */
const ANSWER_MS = 2000;

/** Properties of `Button`. */
export interface IButtonProps {
  readonly onClick: (event: React.MouseEvent<HTMLButtonElement>) => void;
  readonly children: React.ReactNode;
  readonly icon?: LabIcon;
  /** `primary` fills the line; `link` has no frame. */
  readonly kind?: 'primary' | 'link';
  /** Cannot be used now. It keeps the focus, so `aria-disabled` and not `disabled`. */
  readonly off?: boolean;
  readonly expanded?: boolean;
  readonly label?: string;
  readonly title?: string;
}

/** A button. */
export function Button(props: IButtonProps): JSX.Element {
  return (
    <button
      type="button"
      className="jp-GpuDoctor-button"
      data-kind={props.kind}
      aria-disabled={props.off || undefined}
      aria-expanded={props.expanded}
      aria-label={props.label}
      title={props.title}
      onClick={event => {
        if (!props.off) {
          props.onClick(event);
        }
      }}
    >
      {props.icon && <Icon icon={props.icon} />}
      {props.children}
    </button>
  );
}

/** Properties of `AnsweringButton`. */
export interface IAnsweringButtonProps {
  readonly label: string;
  /** Said for a moment when it worked. */
  readonly done: string;
  /** Said for a moment when it did not. */
  readonly failed: string;
  readonly icon: LabIcon;
  /** What it does; false or a rejection means that it did not work. */
  readonly act: () => Promise<unknown> | boolean;
}

/** A button that says whether it worked. Its width does not change with the words. */
export function AnsweringButton(props: IAnsweringButtonProps): JSX.Element {
  const [answer, setAnswer] = React.useState<'done' | 'failed' | null>(null);
  const mounted = React.useRef(true);
  React.useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);
  React.useEffect(() => {
    if (answer === null) {
      return;
    }
    const timer = window.setTimeout(() => setAnswer(null), ANSWER_MS);
    return () => window.clearTimeout(timer);
  }, [answer]);
  const act = async () => {
    let worked = false;
    try {
      worked = (await props.act()) !== false;
    } catch {
      worked = false;
    }
    if (mounted.current) {
      setAnswer(worked ? 'done' : 'failed');
    }
  };
  return (
    <>
      <Button onClick={() => void act()}>
        <span className="jp-GpuDoctor-swap">
          <span data-shown={answer === null}>
            <Icon icon={props.icon} />
            {props.label}
          </span>
          <span data-shown={answer === 'done'}>
            <Icon icon={okIcon} tone="ok" />
            {props.done}
          </span>
          <span data-shown={answer === 'failed'}>
            <Icon icon={errorIcon} tone="error" />
            {props.failed}
          </span>
        </span>
      </Button>
      <span className="jp-GpuDoctor-srOnly" role="status">
        {answer && props[answer]}
      </span>
    </>
  );
}
