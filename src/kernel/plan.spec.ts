import type { Kernel } from '@jupyterlab/services';
import { request } from '../plan/build';
import { planRequest } from '../plan/command';
import { BACKGROUND_MIME } from './background';
import { FakeKernel, news, programOf, settle } from './fake.testing';
import { runPlan, type IPlanRunOptions } from './plan';

const PLAN = {
  schema: 'jupyterlab-gpu-doctor/plan',
  schema_version: 1,
  planner: 'uv 0.13.9',
  duration_ms: 3,
  rows: [
    {
      name: 'a',
      from: null,
      to: '1',
      requires: null,
      build: null,
      size: null
    }
  ],
  notes: [],
  error: null
};

function start(more: Partial<IPlanRunOptions> = {}, args = ['a']) {
  const kernel = new FakeKernel();
  const asked = planRequest(request(args), { deadline: 2 });
  if (!asked) {
    throw new Error('not planned');
  }
  const abort = new AbortController();
  const outcome = runPlan(kernel as unknown as Kernel.IKernelConnection, {
    source: 'SOURCES',
    request: asked,
    signal: abort.signal,
    ...more
  });
  return { kernel, sent: kernel.requests[0], outcome, abort };
}

it('starts a thread by one silent expression that holds the request as a string', () => {
  const { sent, abort } = start({}, ['a"\\\n\'); import os #', '{x}']);
  expect(sent.content).toMatchObject({
    code: '',
    silent: true,
    store_history: false,
    stop_on_error: false
  });
  const program = programOf(sent);
  expect(program.startsWith('__library__ = compile("SOURCES"')).toBe(true);
  const text: string = JSON.parse(
    /loads\(("(?:[^"\\]|\\.)*")\)/.exec(program)?.[1] ?? ''
  );
  expect(JSON.parse(text)).toMatchObject({
    tool: 'pip',
    args: ['a"\\\n\'); import os #', '{x}'],
    deadline: 2
  });
  abort.abort();
});

it('asks for news until there is a plan', async () => {
  const seen: unknown[] = [];
  const { kernel, sent, outcome } = start({
    onProgress: one => seen.push(one)
  });
  news(sent, { progress: { phase: 'resolving', seconds: 0.1 } });
  await settle();
  // The sources are sent once.
  expect(programOf(kernel.requests[1])).not.toContain('SOURCES');
  news(kernel.requests[1], { progress: 'odd' });
  await settle();
  news(kernel.requests[2], { answer: PLAN });
  expect(await outcome).toMatchObject({
    kind: 'plan',
    plan: { rows: PLAN.rows, planner: 'uv 0.13.9' }
  });
  expect(seen).toEqual([{ phase: 'resolving', seconds: 0.1 }]);
  expect(kernel.requests).toHaveLength(3);
});

it('ignores what has another nonce or another type', async () => {
  const { sent, kernel, outcome } = start();
  sent.future.onIOPub({
    header: { msg_type: 'display_data' },
    content: { data: { [BACKGROUND_MIME]: { nonce: 'x', answer: PLAN } } }
  });
  news(sent, { answer: PLAN }, 'text/plain');
  await settle();
  // Kernels that evaluate no expressions get the same text as code.
  expect(kernel.requests[1].content.code).toContain('SOURCES');
  kernel.requests[1].reply('ok');
  expect(await outcome).toMatchObject({
    kind: 'failure',
    failure: { kind: 'no-answer' }
  });
});

it('reads a problem, and calls an odd plan broken', async () => {
  const first = start();
  const error = { kind: 'unsatisfiable', text: 'because' };
  news(first.sent, { answer: { ...PLAN, error } });
  expect(await first.outcome).toMatchObject({
    kind: 'problem',
    problem: { kind: 'unsatisfiable' }
  });
  const second = start();
  news(second.sent, { answer: 5 });
  expect(await second.outcome).toMatchObject({
    kind: 'problem',
    problem: { kind: 'crash' }
  });
  const third = start();
  news(third.sent, { error: 'MemoryError: ' });
  expect(await third.outcome).toMatchObject({
    kind: 'failure',
    failure: { kind: 'python-error', detail: 'MemoryError: ' }
  });
});

it('stops the thread by a request, before anything that is sent afterwards', async () => {
  const { kernel, sent, outcome, abort } = start();
  const key = /Background\("([0-9a-f]{32})"/.exec(programOf(sent))?.[1];
  abort.abort();
  expect(kernel.requests).toHaveLength(2);
  expect(programOf(kernel.requests[1])).toContain(`"gpu-doctor-${key}"`);
  expect(programOf(kernel.requests[1])).toContain('stop.set()');
  expect(await outcome).toEqual({ kind: 'cancelled' });
});

it('waits for the deadline and a little longer', async () => {
  jest.useFakeTimers();
  try {
    const { kernel, outcome } = start({ patience: 500 });
    let done = false;
    void outcome.then(() => (done = true));
    await jest.advanceTimersByTimeAsync(2400);
    expect(done).toBe(false);
    await jest.advanceTimersByTimeAsync(200);
    expect(await outcome).toMatchObject({
      kind: 'failure',
      failure: { kind: 'timeout' }
    });
    expect(programOf(kernel.requests[1])).toContain('stop.set()');
  } finally {
    jest.useRealTimers();
  }
});

it('says so when the kernel is gone or fails', async () => {
  const lost = start();
  lost.sent.lose();
  expect(await lost.outcome).toMatchObject({
    kind: 'failure',
    failure: { kind: 'restarted' }
  });
  const failed = start();
  failed.sent.error('SyntaxError');
  expect(await failed.outcome).toMatchObject({
    kind: 'failure',
    failure: { kind: 'python-error' }
  });
});
