/** The top of the panel: which kernel, how old the answer is, the button. */
import {
  circleEmptyIcon,
  circleIcon,
  copyIcon,
  downloadIcon,
  offlineBoltIcon,
  type LabIcon
} from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { ICheckState, IProgress, Phase } from '../check/state';
import type { IFacts } from '../facts/facts.generated';
import { testable } from '../gputest/testable';
import { Badge, Icon } from './badges';
import { AnsweringButton, Button } from './button';
import { useAge } from './clock';
import { usePanel } from './context';
import { checkedAgo } from './format';
import { doctorIcon } from './icons';
import { environmentKind } from './words';

/** A second click of a double click must not cancel what the first one started; milliseconds. */
const DOUBLE_CLICK_MS = 400;

/** Seconds are shown from here on; milliseconds. */
const SHOW_SECONDS_MS = 1000;

/** Title, kernel, interpreter, buttons. */
export function Header(props: { state: ICheckState }): JSX.Element {
  const { state } = props;
  const { trans, actions } = usePanel();
  return (
    <div className="jp-GpuDoctor-header">
      <div className="jp-GpuDoctor-titleLine">
        <h2>{trans.__('GPU Doctor')}</h2>
        {state.result && <Age checkedAt={state.result.checkedAt} />}
      </div>
      {state.kernel && <KernelLine state={state} />}
      {state.result && <Interpreter facts={state.result.facts} />}
      <CheckButton state={state} />
      {state.progress && <Progress progress={state.progress} />}
      {state.result && (
        <div className="jp-GpuDoctor-row">
          <TestButton state={state} facts={state.result.facts} />
          <AnsweringButton
            label={trans.__('Copy report')}
            done={trans.__('Copied')}
            failed={trans.__('Failed')}
            icon={copyIcon}
            act={() => actions.copyReport()}
          />
          <AnsweringButton
            label={trans.__('Save facts')}
            done={trans.__('Saved')}
            failed={trans.__('Failed')}
            icon={downloadIcon}
            act={() => actions.saveFacts()}
          />
          <Button
            title={trans.__('Take this environment along in a file')}
            onClick={() => void actions.exportEnvironment()}
          >
            {trans.__('Export environment…')}
          </Button>
        </div>
      )}
    </div>
  );
}

/** The panel scrolls to the test when it begins; there is its Cancel. */
function TestButton(props: { state: ICheckState; facts: IFacts }): JSX.Element {
  const { state, facts } = props;
  const { trans, actions } = usePanel();
  const off =
    state.progress !== null ||
    state.test.since !== null ||
    state.phase === 'dead' ||
    testable(facts).length === 0;
  return (
    <Button off={off} onClick={() => actions.runTest()}>
      {trans.__('GPU test')}
    </Button>
  );
}

function Age(props: { checkedAt: number }): JSX.Element {
  const { trans, visible } = usePanel();
  const age = useAge(props.checkedAt, visible);
  const date = new Date(props.checkedAt);
  return (
    <time
      className="jp-GpuDoctor-age"
      dateTime={date.toISOString()}
      title={date.toLocaleString()}
    >
      {checkedAgo(age, trans)}
    </time>
  );
}

function KernelLine(props: { state: ICheckState }): JSX.Element | null {
  const { kernel, phase, result } = props.state;
  const { trans } = usePanel();
  if (!kernel) {
    return null;
  }
  const environment = result?.facts.environment ?? null;
  const kind = environment && environmentKind(environment, trans);
  const word = kernelWord(phase, trans);
  return (
    <div className="jp-GpuDoctor-kernel">
      <span className="jp-GpuDoctor-kernelState" title={word}>
        <Icon icon={kernelIcon(phase)} />
        <span className="jp-GpuDoctor-srOnly">{word}</span>
      </span>
      <span className="jp-GpuDoctor-kernelName" title={kernel.title}>
        {kernel.displayName}
      </span>
      {kind && <Badge>{kind}</Badge>}
      {environment?.base && (
        <Badge title={trans.__('The base environment of a conda installation')}>
          {trans.__('base')}
        </Badge>
      )}
    </div>
  );
}

function kernelIcon(phase: Phase): LabIcon {
  switch (phase) {
    case 'busy':
    case 'checking':
    case 'starting':
      return circleIcon;
    case 'dead':
      return offlineBoltIcon;
    default:
      return circleEmptyIcon;
  }
}

function kernelWord(phase: Phase, trans: TranslationBundle): string {
  switch (phase) {
    case 'busy':
    case 'checking':
      return trans.__('Kernel busy');
    case 'starting':
      return trans.__('Kernel starting');
    case 'dead':
      return trans.__('Kernel dead');
    default:
      return trans.__('Kernel');
  }
}

function Interpreter(props: { facts: IFacts }): JSX.Element | null {
  const { trans } = usePanel();
  const { python } = props.facts;
  if (!python || (!python.executable && !python.version)) {
    return null;
  }
  return (
    <div className="jp-GpuDoctor-interpreter">
      {python.version && (
        <span title={trans.__('Version of the interpreter')}>
          {python.version}
        </span>
      )}
      {python.executable && (
        // Right-to-left puts the ellipsis at the start: the end of a path tells environments apart.
        <span className="jp-GpuDoctor-pathEnd" title={python.executable}>
          <bdi dir="ltr">{python.executable}</bdi>
        </span>
      )}
    </div>
  );
}

/** One button in all phases, so that it keeps the focus. */
function CheckButton(props: { state: ICheckState }): JSX.Element {
  const { phase, progress } = props.state;
  const { trans, actions } = usePanel();
  const off =
    !progress &&
    ['no-kernel', 'not-python', 'starting', 'dead'].includes(phase);
  const click = () => {
    if (!progress) {
      actions.check();
    } else if (Date.now() - progress.since >= DOUBLE_CLICK_MS) {
      actions.cancel();
    }
  };
  return (
    <div className="jp-GpuDoctor-row">
      <Button
        kind={progress ? undefined : 'primary'}
        icon={progress ? undefined : doctorIcon}
        off={off}
        onClick={click}
      >
        {progress ? trans.__('Cancel') : trans.__('Check GPU env')}
      </Button>
    </div>
  );
}

function Progress(props: { progress: IProgress }): JSX.Element {
  const { progress } = props;
  const { trans, visible } = usePanel();
  const age = useAge(progress.since, visible);
  const text = progress.queued
    ? trans.__('Waiting for the kernel')
    : progress.separate
      ? trans.__('Checking in a separate kernel')
      : trans.__('Checking');
  return (
    <div className="jp-GpuDoctor-progress">
      <div className="jp-GpuDoctor-bar" role="progressbar" aria-label={text} />
      <div className="jp-GpuDoctor-progressText">
        <span>{text}</span>
        {age >= SHOW_SECONDS_MS && (
          <span>{trans.__('%1 s', Math.floor(age / 1000))}</span>
        )}
      </div>
    </div>
  );
}
