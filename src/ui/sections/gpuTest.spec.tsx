/** @jest-environment jsdom */
jest.mock('@jupyterlab/ui-components', () => {
  class LabIcon {
    react = () => null;
  }
  return {
    LabIcon,
    caretDownIcon: new LabIcon(),
    caretRightIcon: new LabIcon()
  };
});

import * as React from 'react';
import { createRoot, type Root } from 'react-dom/client';
import {
  EMPTY_STATE,
  type ICheckActions,
  type ICheckState
} from '../../check/state';
import { facts, framework } from '../../facts/build';
import { readGpuTest } from '../../gputest/answer';
import {
  answer,
  failing,
  onCpu,
  test as one
} from '../../gputest/samples.testing';
import {
  NO_TEST,
  type IGpuTestReport,
  type IGpuTestState
} from '../../gputest/types';
import { evaluate } from '../../kernel/core';
import { text } from '../../text/text';
import { trans } from '../card/samples.testing';
import { PanelContext } from '../context';
import { GpuTest } from './gpuTest';

const { act } = React;

let host: HTMLDivElement;
let root: Root;
const actions = {
  runTest: jest.fn(),
  cancelTest: jest.fn()
};

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  host = document.body.appendChild(document.createElement('div'));
  root = createRoot(host);
  jest.clearAllMocks();
});

afterEach(() => {
  act(() => root.unmount());
  host.remove();
});

function report(...rows: Record<string, unknown>[]): IGpuTestReport {
  const read = readGpuTest(answer(rows, { added_folders: ['/work/lib'] }));
  if (read.kind !== 'report') {
    throw new Error(read.detail);
  }
  return read.report;
}

function show(
  test: Partial<IGpuTestState>,
  more: Partial<ICheckState> = {},
  names = ['torch', 'jax']
): void {
  const result = evaluate(
    facts({ frameworks: names.map(name => framework(name, '1.0')) }),
    [],
    new Set(),
    { checkedAt: 0, separate: false }
  );
  const state: ICheckState = {
    ...EMPTY_STATE,
    phase: 'ready',
    result,
    test: { ...NO_TEST, ...test },
    ...more
  };
  const context = {
    trans,
    actions: actions as unknown as ICheckActions,
    sections: { isOpen: () => true, setOpen: () => undefined },
    visible: true
  };
  act(() =>
    root.render(
      <PanelContext.Provider value={context}>
        <GpuTest state={state} />
      </PanelContext.Provider>
    )
  );
}

const button = () => host.querySelector('.jp-GpuDoctor-actions button')!;
const line = (key: string) =>
  host.querySelector(`[data-line="${key}"]`)?.textContent ?? null;
const press = () =>
  act(() => button().dispatchEvent(new MouseEvent('click', { bubbles: true })));

test('idle: what it would do, and the button', () => {
  show({});
  expect(host.textContent).toContain('Imports PyTorch, JAX');
  expect(button().textContent).toBe('Run GPU test');
  press();
  expect(actions.runTest).toHaveBeenCalledTimes(1);
});

test('nothing to test', () => {
  show({}, {}, ['keras']);
  expect(host.textContent).toContain(
    'No framework that could be tested is installed.'
  );
  expect(button().getAttribute('aria-disabled')).toBe('true');
  press();
  expect(actions.runTest).not.toHaveBeenCalled();
});

test('not while a check runs, nor in a dead kernel', () => {
  const progress = { since: 0, queued: false, separate: false };
  show({}, { phase: 'checking', progress });
  expect(button().getAttribute('aria-disabled')).toBe('true');
  show({}, { phase: 'dead' });
  expect(button().getAttribute('aria-disabled')).toBe('true');
});

test('running: lines so far, the step that runs, Cancel', () => {
  const running = one('torch', {
    outcome: null,
    step: 'devices',
    steps: [{ name: 'import', ok: true, ms: 2310 }],
    devices: null,
    memory: null,
    cudnn: null
  });
  show({ phase: 'running', since: 0, report: report(running) });
  expect(line('import')).toContain('2.3 s');
  expect(line('devices')).toContain('running');
  expect(line('sum')).toBeNull();
  expect(button().textContent).toBe('Cancel');
  press();
  expect(actions.cancelTest).toHaveBeenCalledTimes(1);
});

test('the second click of a double click cancels nothing', () => {
  show({ phase: 'waiting', since: Date.now() });
  expect(host.textContent).toContain('Waiting for the kernel');
  press();
  expect(actions.cancelTest).not.toHaveBeenCalled();
});

test('done: a small table for each framework', () => {
  show({ phase: 'done', report: report(one('torch'), onCpu('jax')) });
  expect(line('import')).toContain('2.3 s');
  expect(line('devices')).toContain('NVIDIA L4 · compute 8.9');
  expect(line('sum')).toContain('[5, 7, 9]');
  expect(line('product')).toContain('as by NumPy');
  expect(line('convolution')).toContain('right');
  expect(line('memory')).toContain('8 MiB allocated, 22 MiB reserved');
  expect(line('cudnn')).toContain('9.1.0');
  const jax = host.querySelector('[data-framework="jax"]');
  expect(jax?.textContent).toContain('works on the CPU');
  expect(jax?.textContent).toContain('CPU, no GPU seen');
  expect(jax?.textContent).toContain('225 MiB in the process');
  expect(host.querySelector('.jp-GpuDoctor-sectionNote')?.textContent).toBe(
    '1 on GPU · 1 on CPU'
  );
  expect(host.querySelector('[role="status"]')?.textContent).toBe(
    'PyTorch works on the GPU. JAX works on the CPU'
  );
  expect(host.textContent).toContain('Without 1 folder');
  expect(button().textContent).toBe('Run again');
});

test('failed: the error, what it means, what was printed, folded', () => {
  const error = { kind: 'error', text: 'ImportError: <b>libcublas</b>' };
  const row = failing('torch', error, 'import', { output: 'Traceback …' });
  const meanings = { torch: text('`libcublas` belongs to %1.', 'nobody') };
  show({ phase: 'done', report: report(row), meanings });
  const torch = host.querySelector('[data-framework="torch"]')!;
  expect(torch.getAttribute('data-outcome')).toBe('failed');
  expect(line('import')).toContain('failed');
  // As text.
  expect(torch.textContent).toContain('ImportError: <b>libcublas</b>');
  expect(torch.querySelector('b')).toBeNull();
  expect(torch.textContent).toContain('libcublas belongs to nobody.');
  expect(torch.querySelector('details')?.open).toBe(false);
  expect(torch.querySelector('details pre')?.textContent).toBe('Traceback …');
});

test.each([
  ['crash', { signal: 'SIGSEGV' }, 'crashed'],
  ['timeout', {}, 'too slow'],
  ['missing', {}, 'not installed'],
  ['exit', { exit_code: 1 }, 'failed']
])('a word for %s', (kind, more, word) => {
  const error = { kind, text: 'why', ...more };
  show({ phase: 'done', report: report(failing('torch', error)) });
  expect(host.querySelector('.jp-GpuDoctor-badge')?.textContent).toBe(word);
});

test.each([
  ['restarted', 'From before the restart of the kernel.'],
  ['packages-changed', 'From before the packages changed.']
] as const)('stale: %s', (stale, words) => {
  show({ phase: 'done', stale, report: report(one('torch')) });
  expect(host.textContent).toContain(words);
  expect(button().textContent).toBe('Run again');
});

test('no report: why', () => {
  const message = text('The kernel died during the GPU test.');
  const failure = { kind: 'kernel-died' as const, message, detail: 'Canceled' };
  show({ phase: 'failed', failure });
  expect(host.textContent).toContain('The kernel died during the GPU test.');
  expect(host.querySelector('pre')?.textContent).toBe('Canceled');
});
