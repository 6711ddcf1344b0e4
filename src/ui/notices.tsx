/** What the panel says about the state itself: no kernel, busy, failed, stale … */
import * as React from 'react';
import type { ICheckState, IFailure } from '../check/state';
import type { ICoverage } from '../gate/attach';
import { ToneIcon, type Tone } from './badges';
import { Button } from './button';
import { usePanel } from './context';
import { Prose } from './prose';
import { say } from './say';
import { partName } from './words';

/** Properties of `Notice`. */
export interface INoticeProps {
  readonly id: string;
  readonly tone: Tone;
  readonly title: string;
  readonly children?: React.ReactNode;
}

/** A message in a frame of its tone. */
export function Notice(props: INoticeProps): JSX.Element {
  return (
    <div
      className="jp-GpuDoctor-notice"
      data-tone={props.tone}
      data-notice={props.id}
    >
      <ToneIcon tone={props.tone} />
      <div className="jp-GpuDoctor-noticeText">
        <strong>{props.title}</strong>
        {props.children}
      </div>
    </div>
  );
}

/** All notices for a state, in order of weight. */
export function Notices(props: { state: ICheckState }): JSX.Element {
  const { state } = props;
  return (
    <>
      <PhaseNotice state={state} />
      {state.stale && <StaleNotice state={state} />}
      {state.result?.separate && <SeparateNotice />}
    </>
  );
}

/** The part of the install guard that the panel tells of. */
export interface IGuardState {
  readonly coverage: ICoverage;
  readonly enabled: boolean;
}

/** Said only where a user would count on the guard in vain. */
export function GuardNotice(props: {
  guard: IGuardState;
  state: ICheckState;
}): JSX.Element | null {
  const { guard, state } = props;
  const { trans } = usePanel();
  const source = state.kernel?.source;
  const covered =
    source === 'console'
      ? guard.coverage.consoles !== 'not-covered'
      : guard.coverage.notebooks !== 'not-covered';
  if (!guard.enabled || !source || covered || state.phase === 'not-python') {
    return null;
  }
  return (
    <Notice
      id="not-covered"
      tone="info"
      title={
        source === 'console'
          ? trans.__('Installs in consoles are not looked at')
          : trans.__('Installs in notebooks are not looked at')
      }
    >
      <p>
        {guard.coverage.reason === 'foreign-executor'
          ? trans.__(
              'Another extension runs the cells here in a way that GPU Doctor cannot see.'
            )
          : trans.__(
              'This version of JupyterLab does not let GPU Doctor see cells before they run.'
            )}
      </p>
    </Notice>
  );
}

function PhaseNotice(props: { state: ICheckState }): JSX.Element | null {
  const { state } = props;
  const { trans } = usePanel();
  switch (state.phase) {
    case 'no-kernel':
      return (
        <Notice
          id="no-kernel"
          tone="info"
          title={trans.__('No kernel in front')}
        >
          <p>{trans.__('Open a notebook or console with a Python kernel.')}</p>
        </Notice>
      );
    case 'not-python':
      return (
        <Notice
          id="not-python"
          tone="info"
          title={trans.__(
            'This kernel runs %1, not Python',
            state.kernel?.language || trans.__('another language')
          )}
        >
          <p>
            {trans.__('Only Python kernels can be checked. Nothing was run.')}
          </p>
        </Notice>
      );
    case 'starting':
      return (
        <Notice
          id="starting"
          tone="info"
          title={trans.__('The kernel is starting')}
        >
          <p>{trans.__('It can be checked as soon as it is ready.')}</p>
        </Notice>
      );
    case 'dead':
      return (
        <Notice id="dead" tone="error" title={trans.__('The kernel died')}>
          <p>{trans.__('Restart it to check it again.')}</p>
          <SeparateOffer />
        </Notice>
      );
    case 'busy':
      return (
        <Notice id="busy" tone="info" title={trans.__('The kernel is busy')}>
          <p>{trans.__('The check starts when the running code ends.')}</p>
          <SeparateOffer />
        </Notice>
      );
    case 'failed':
      return state.failure && <FailedNotice failure={state.failure} />;
    case 'partial':
      return <PartialNotice state={state} />;
    case 'unchecked':
      return state.result ? null : <Preview checking={false} />;
    case 'checking':
      return state.result ? null : <Preview checking={true} />;
    case 'ready':
      return null;
  }
}

function SeparateOffer(): JSX.Element {
  const { trans, actions } = usePanel();
  return (
    <>
      <div className="jp-GpuDoctor-actions">
        <Button onClick={() => actions.checkSeparately()}>
          {trans.__('Check in a separate kernel')}
        </Button>
      </div>
      <p className="jp-GpuDoctor-small">
        {trans.__(
          'It sees the same environment, but not what this kernel has imported or loaded.'
        )}
      </p>
    </>
  );
}

function FailedNotice(props: { failure: IFailure }): JSX.Element {
  const { failure } = props;
  const { trans, actions } = usePanel();
  return (
    <Notice id="failed" tone="error" title={trans.__('The check failed')}>
      <p>
        <Prose text={say(failure.message, trans)} />
      </p>
      {failure.detail && (
        <details>
          <summary>{trans.__('Technical detail')}</summary>
          {/* A scrolling block must be reachable by keyboard. */}
          <pre className="jp-GpuDoctor-code" tabIndex={0}>
            {failure.detail}
          </pre>
        </details>
      )}
      <div className="jp-GpuDoctor-actions">
        <Button onClick={() => actions.check()}>{trans.__('Try again')}</Button>
      </div>
    </Notice>
  );
}

function PartialNotice(props: { state: ICheckState }): JSX.Element {
  const { trans } = usePanel();
  const problems = props.state.result?.facts.problems ?? [];
  const parts = new Set(problems.map(one => partName(one.section, trans)));
  return (
    <Notice
      id="partial"
      tone="warning"
      title={trans.__('Part of the environment could not be read')}
    >
      {parts.size > 0 && (
        <ul className="jp-GpuDoctor-inlineList">
          {[...parts].map(part => (
            <li key={part}>{part}</li>
          ))}
        </ul>
      )}
      <p className="jp-GpuDoctor-small">
        {trans.__('What depends on it is left open, not judged.')}
      </p>
    </Notice>
  );
}

function StaleNotice(props: { state: ICheckState }): JSX.Element {
  const { trans, actions } = usePanel();
  const { stale, progress } = props.state;
  const restarted = stale === 'restarted';
  return (
    <Notice
      id="stale"
      tone="warning"
      title={
        restarted
          ? trans.__('The kernel was restarted since')
          : trans.__('Packages changed since')
      }
    >
      <p>
        {restarted
          ? trans.__('This answer is from before the restart.')
          : trans.__('This answer is from before the change.')}
      </p>
      {!progress && (
        <div className="jp-GpuDoctor-actions">
          <Button onClick={() => actions.check()}>
            {trans.__('Check again')}
          </Button>
        </div>
      )}
    </Notice>
  );
}

function SeparateNotice(): JSX.Element {
  const { trans } = usePanel();
  return (
    <Notice
      id="separate"
      tone="info"
      title={trans.__('Checked in a separate kernel')}
    >
      <p>
        {trans.__('What this kernel has imported or loaded was not looked at.')}
      </p>
    </Notice>
  );
}

/** What a check looks at, while there is no answer yet. */
function Preview(props: { checking: boolean }): JSX.Element {
  const { trans } = usePanel();
  return (
    <div className="jp-GpuDoctor-preview" data-notice="unchecked">
      <p>
        {props.checking
          ? trans.__('The check looks at:')
          : trans.__('Nothing has run in this kernel yet. The check looks at:')}
      </p>
      <ul>
        <li>{trans.__('the interpreter and its environment')}</li>
        <li>
          {trans.__(
            'TensorFlow, PyTorch and JAX, and the CUDA they were built for'
          )}
        </li>
        <li>{trans.__('the NVIDIA driver and the GPUs')}</li>
        <li>{trans.__('the CUDA libraries that could be loaded')}</li>
        <li>{trans.__('the packages, and whether pip or conda owns them')}</li>
      </ul>
      <p className="jp-GpuDoctor-small">
        {trans.__(
          'It imports no framework, uses no GPU memory and changes nothing.'
        )}
      </p>
    </div>
  );
}
