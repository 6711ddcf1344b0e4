/** The GPU test: what it would do, how far it is, what it found. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { ICheckState } from '../../check/state';
import { testable } from '../../gputest/testable';
import type {
  IFrameworkTest,
  IGpuTestState,
  StepName
} from '../../gputest/types';
import { frameworkName } from '../../rules/words';
import type { IText } from '../../text/text';
import { Badge, Icon, ToneIcon, type Tone } from '../badges';
import { Button } from '../button';
import { useAge } from '../clock';
import { usePanel } from '../context';
import { memory } from '../format';
import { errorIcon, okIcon } from '../icons';
import { Prose } from '../prose';
import { say } from '../say';
import { Section } from '../section';

/** A second click of a double click must not cancel what the first one started; milliseconds. */
const DOUBLE_CLICK_MS = 400;

/** The section. */
export function GpuTest(props: { state: ICheckState }): JSX.Element {
  const { state } = props;
  const { test } = state;
  const { trans } = usePanel();
  const node = React.useRef<HTMLDivElement>(null);
  React.useEffect(() => {
    if (test.phase === 'running') {
      // It may have been started from the header or the palette.
      node.current?.scrollIntoView?.({ block: 'nearest' });
    }
  }, [test.phase]);
  return (
    <div ref={node} data-test={test.phase}>
      <Section
        id="gpu-test"
        title={trans.__('GPU test')}
        note={note(test, trans)}
        open={true}
      >
        <div className="jp-GpuDoctor-test">
          <Body state={state} />
        </div>
      </Section>
      <p className="jp-GpuDoctor-srOnly" role="status">
        {announcement(test, trans)}
      </p>
    </div>
  );
}

function Body(props: { state: ICheckState }): JSX.Element {
  const { state } = props;
  const { test, result } = state;
  const { trans } = usePanel();
  const names = result ? testable(result.facts) : [];
  return (
    <>
      {test.phase === 'idle' && (
        <p className="jp-GpuDoctor-small">
          {names.length > 0
            ? trans.__(
                'Imports %1 in processes of their own, with the variables of this kernel, and computes on the GPU.',
                names.map(frameworkName).join(', ')
              )
            : trans.__('No framework that could be tested is installed.')}
        </p>
      )}
      {test.phase === 'waiting' && (
        <p>{trans.__('It starts when the running code ends.')}</p>
      )}
      {test.stale && <Stale test={test} />}
      {test.failure && <Failure test={test} />}
      {test.report?.frameworks.map(one => (
        <FrameworkTest
          key={one.name}
          test={one}
          meaning={test.meanings[one.name] ?? null}
        />
      ))}
      <Folders test={test} />
      <Controls state={state} off={names.length === 0} />
    </>
  );
}

/** One button in all phases, so that it keeps the focus. */
function Controls(props: { state: ICheckState; off: boolean }): JSX.Element {
  const { state, off } = props;
  const { test, progress, phase } = state;
  const { trans, actions } = usePanel();
  const { since } = test;
  const blocked =
    since === null && (off || progress !== null || phase === 'dead');
  const click = () => {
    if (since === null) {
      actions.runTest();
    } else if (Date.now() - since >= DOUBLE_CLICK_MS) {
      actions.cancelTest();
    }
  };
  return (
    <>
      {since !== null && <Running test={test} />}
      <div className="jp-GpuDoctor-actions">
        <Button off={blocked} onClick={click}>
          {since !== null
            ? trans.__('Cancel')
            : test.phase === 'idle'
              ? trans.__('Run GPU test')
              : trans.__('Run again')}
        </Button>
      </div>
    </>
  );
}

function Running(props: { test: IGpuTestState }): JSX.Element {
  const { phase, since } = props.test;
  const { trans, visible } = usePanel();
  const seconds = Math.floor(useAge(since, visible) / 1000);
  const text =
    phase === 'waiting'
      ? trans.__('Waiting for the kernel')
      : trans.__('Testing');
  return (
    <div className="jp-GpuDoctor-progress">
      <div className="jp-GpuDoctor-bar" role="progressbar" aria-label={text} />
      <div className="jp-GpuDoctor-progressText">
        <span>{text}</span>
        {seconds >= 1 && <span>{trans.__('%1 s', seconds)}</span>}
      </div>
    </div>
  );
}

function Stale(props: { test: IGpuTestState }): JSX.Element {
  const { trans } = usePanel();
  return (
    <p className="jp-GpuDoctor-testStale" data-tone="warning">
      <ToneIcon tone="warning" />
      {props.test.stale === 'restarted'
        ? trans.__('From before the restart of the kernel.')
        : trans.__('From before the packages changed.')}
    </p>
  );
}

function Failure(props: { test: IGpuTestState }): JSX.Element | null {
  const { failure } = props.test;
  const { trans } = usePanel();
  return (
    failure && (
      <div data-tone="error" className="jp-GpuDoctor-testFailure">
        <p>
          <ToneIcon tone="error" />
          <Prose text={say(failure.message, trans)} />
        </p>
        {failure.detail && (
          <Details summary={trans.__('Technical detail')}>
            {failure.detail}
          </Details>
        )}
      </div>
    )
  );
}

/** Folded text; a scrolling block must be reachable by keyboard. */
function Details(props: { summary: string; children: string }): JSX.Element {
  return (
    <details>
      <summary>{props.summary}</summary>
      <pre className="jp-GpuDoctor-code" tabIndex={0}>
        {props.children}
      </pre>
    </details>
  );
}

function Folders(props: { test: IGpuTestState }): JSX.Element | null {
  const folders = props.test.report?.addedFolders ?? [];
  const { trans } = usePanel();
  if (folders.length === 0) {
    return null;
  }
  return (
    <details className="jp-GpuDoctor-small">
      <summary>
        {trans._n(
          'Without %1 folder that this kernel has added to its path',
          'Without %1 folders that this kernel has added to its path',
          folders.length
        )}
      </summary>
      <ul className="jp-GpuDoctor-plainList jp-GpuDoctor-mono">
        {folders.map(one => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </details>
  );
}

/** What one framework did, line by line. */
function FrameworkTest(props: {
  test: IFrameworkTest;
  meaning: IText | null;
}): JSX.Element {
  const { test, meaning } = props;
  const { trans } = usePanel();
  const tone = toneOf(test);
  const failed = test.outcome === 'failed' || test.outcome === 'cancelled';
  return (
    <div
      className="jp-GpuDoctor-testResult"
      data-framework={test.name}
      data-outcome={test.outcome ?? 'running'}
    >
      <div className="jp-GpuDoctor-pair">
        <h4>
          {frameworkName(test.name)}{' '}
          {test.version && (
            <span className="jp-GpuDoctor-testVersion">{test.version}</span>
          )}
        </h4>
        {test.outcome && <Badge tone={tone}>{outcomeWord(test, trans)}</Badge>}
      </div>
      <table className="jp-GpuDoctor-table jp-GpuDoctor-testLines">
        <tbody>
          {lines(test, trans).map(line => (
            <tr
              key={line.key}
              data-line={line.key}
              data-state={line.state}
              title={line.title}
            >
              <th scope="row">{line.label}</th>
              <td>
                <Outcome line={line} />
              </td>
              <td>{line.time}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {failed && test.error && (
        <p className="jp-GpuDoctor-testError jp-GpuDoctor-mono">
          {test.error.text}
        </p>
      )}
      {test.whyNot && <p className="jp-GpuDoctor-mono">{test.whyNot}</p>}
      {meaning && (
        <p className="jp-GpuDoctor-testMeaning">
          <Prose text={say(meaning, trans)} />
        </p>
      )}
      {test.outcome && test.outcome !== 'gpu' && test.output && (
        <Details summary={trans.__('What it printed')}>{test.output}</Details>
      )}
    </div>
  );
}

interface ILine {
  readonly key: string;
  readonly label: string;
  readonly state: 'ok' | 'failed' | 'running' | 'value';
  readonly value: string;
  /** More about it, for the pointer. */
  readonly title?: string;
  readonly time: string;
}

function Outcome(props: { line: ILine }): JSX.Element {
  const { line } = props;
  const { trans } = usePanel();
  const word =
    line.state === 'ok'
      ? trans.__('right')
      : line.state === 'failed'
        ? trans.__('failed')
        : null;
  return (
    <>
      {line.state === 'running' && (
        <span className="jp-GpuDoctor-muted">{trans.__('running')}</span>
      )}
      {word && (
        <span
          className="jp-GpuDoctor-mark"
          data-tone={line.state === 'ok' ? 'ok' : 'error'}
        >
          <Icon icon={line.state === 'ok' ? okIcon : errorIcon} />
          <span className={line.value ? 'jp-GpuDoctor-srOnly' : undefined}>
            {word}
          </span>
        </span>
      )}{' '}
      {line.value}
    </>
  );
}

/** The lines of a test: its steps, then what it saw. */
function lines(test: IFrameworkTest, trans: TranslationBundle): ILine[] {
  const found: ILine[] = test.steps.map(step => ({
    key: step.name,
    label: stepLabel(step.name, trans),
    state: step.ok ? (computes(step.name) ? 'ok' : 'value') : 'failed',
    value: step.ok ? stepValue(test, step.name, trans) : '',
    title: stepTitle(step.name, trans),
    time: step.ms === null ? '' : duration(step.ms, trans)
  }));
  if (test.outcome === null && test.step) {
    found.push({
      key: test.step,
      label: stepLabel(test.step, trans),
      state: 'running',
      value: '',
      time: ''
    });
  }
  const used = memoryText(test, trans);
  const more: [string, string, string | null][] = [
    ['memory', trans.__('memory'), used],
    ['cudnn', 'cuDNN', test.cudnn]
  ];
  for (const [key, label, value] of more) {
    if (value) {
      found.push({ key, label, state: 'value', value, time: '' });
    }
  }
  return found;
}

/** Steps whose result is right or wrong. */
function computes(step: StepName): boolean {
  return step !== 'import' && step !== 'devices';
}

function stepLabel(step: StepName, trans: TranslationBundle): string {
  switch (step) {
    case 'import':
      return trans.__('import');
    case 'devices':
      return trans.__('device');
    case 'sum':
      return trans.__('sum');
    case 'product':
      return trans.__('product');
    case 'convolution':
      return trans.__('convolution');
  }
}

function stepTitle(
  step: StepName,
  trans: TranslationBundle
): string | undefined {
  switch (step) {
    case 'sum':
      return '[1, 2, 3] + [4, 5, 6]';
    case 'product':
      return trans.__('Product of two matrices of 64 × 64 numbers');
    case 'convolution':
      return trans.__('A convolution, which needs cuDNN');
    default:
      return undefined;
  }
}

function duration(ms: number, trans: TranslationBundle): string {
  if (ms < 1) {
    return trans.__('< 1 ms');
  }
  return ms < 1000
    ? trans.__('%1 ms', Math.round(ms))
    : trans.__('%1 s', (ms / 1000).toFixed(1));
}

function stepValue(
  test: IFrameworkTest,
  step: StepName,
  trans: TranslationBundle
): string {
  switch (step) {
    case 'devices':
      return deviceText(test, trans);
    case 'sum':
      return '[5, 7, 9]';
    case 'product':
      return test.against ? trans.__('as by %1', test.against) : '';
    default:
      return '';
  }
}

function deviceText(test: IFrameworkTest, trans: TranslationBundle): string {
  const [first, ...others] = test.devices ?? [];
  if (!first) {
    return '';
  }
  if (first.kind === 'cpu') {
    return trans.__('CPU, no GPU seen');
  }
  const name = first.name ?? trans.__('unknown GPU');
  return [
    first.computeCapability
      ? trans.__('%1 · compute %2', name, first.computeCapability)
      : name,
    ...(others.length > 0 ? [trans.__('and %1 more', others.length)] : [])
  ].join(' ');
}

function memoryText(
  { memory: seen, outcome }: IFrameworkTest,
  trans: TranslationBundle
): string | null {
  if (!seen) {
    return null;
  }
  const { allocated, reserved } = seen.peak;
  if (allocated !== null && reserved !== null) {
    return trans.__(
      '%1 allocated, %2 reserved',
      memory(allocated, trans),
      memory(reserved, trans)
    );
  }
  if (allocated !== null) {
    return trans.__('%1 allocated', memory(allocated, trans));
  }
  return outcome === 'cpu' && seen.process !== null
    ? trans.__('%1 in the process', memory(seen.process, trans))
    : null;
}

function toneOf({ outcome }: IFrameworkTest): Tone | undefined {
  return outcome === 'gpu' ? 'ok' : outcome === 'failed' ? 'error' : undefined;
}

function outcomeWord(
  { outcome, error, devices }: IFrameworkTest,
  trans: TranslationBundle
): string {
  switch (outcome) {
    case 'gpu':
      return trans.__('works on the GPU');
    case 'cpu':
      return trans.__('works on the CPU');
    case 'other':
      return trans.__('works on %1', devices?.[0]?.name ?? '?');
    case 'cancelled':
      return trans.__('stopped');
    default:
      return error?.kind === 'timeout'
        ? trans.__('too slow')
        : error?.kind === 'crash'
          ? trans.__('crashed')
          : error?.kind === 'missing'
            ? trans.__('not installed')
            : trans.__('failed');
  }
}

function note(
  test: IGpuTestState,
  trans: TranslationBundle
): string | undefined {
  if (test.phase !== 'done') {
    return test.since === null ? undefined : trans.__('running');
  }
  const count = (kind: string) =>
    test.report?.frameworks.filter(one => one.outcome === kind).length ?? 0;
  return [
    ...(count('gpu') ? [trans.__('%1 on GPU', count('gpu'))] : []),
    ...(count('cpu') ? [trans.__('%1 on CPU', count('cpu'))] : []),
    ...(count('failed') ? [trans.__('%1 failed', count('failed'))] : [])
  ].join(' · ');
}

/** Read aloud when it begins and when it ends. */
function announcement(
  test: IGpuTestState,
  trans: TranslationBundle
): string | null {
  switch (test.phase) {
    case 'running':
      return trans.__('The GPU test runs');
    case 'failed':
      return trans.__('The GPU test could not be run');
    case 'done':
      return (test.report?.frameworks ?? [])
        .map(one =>
          trans.__('%1 %2', frameworkName(one.name), outcomeWord(one, trans))
        )
        .join('. ');
    default:
      return null;
  }
}
