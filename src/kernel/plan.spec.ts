import type { Kernel } from '@jupyterlab/services';
import { request } from '../plan/build';
import { planRequest } from '../plan/command';
import { FakeKernel, settle, type Request } from './fake.testing';
import { PLAN_MIME, runPlan, type IPlanRunOptions } from './plan';

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

function nonceOf(sent: Request): string {
  const text = JSON.stringify(sent.content);
  return /publish_plan\([\\"]+([0-9a-f]{32})/.exec(text)?.[1] ?? '';
}

function publish(sent: Request, payload: unknown, mime = PLAN_MIME): void {
  sent.future.onIOPub({
    header: { msg_type: 'display_data' },
    content: { data: { [mime]: payload } }
  });
}

function start(more: Partial<IPlanRunOptions> = {}, args = ['a']) {
  const kernel = new FakeKernel();
  const asked = planRequest(request(args), { deadline: 2 });
  if (!asked) {
    throw new Error('not planned');
  }
  const abort = new AbortController();
  const outcome = runPlan(kernel as unknown as Kernel.IKernelConnection, {
    source: 'def publish_plan(nonce, request): pass',
    request: asked,
    signal: abort.signal,
    ...more
  });
  return { kernel, sent: kernel.requests[0], outcome, abort };
}

it('sends one silent expression that holds the request as a string', () => {
  const { sent, abort } = start({}, ['a"\\\n\'); import os #', '{x}']);
  expect(sent.content).toMatchObject({
    code: '',
    silent: true,
    store_history: false,
    stop_on_error: false
  });
  const [expression] = Object.values(
    sent.content.user_expressions as Record<string, string>
  );
  // Three layers of JSON: program, string in it, document in that.
  const program: string = JSON.parse(
    /compile\(("(?:[^"\\]|\\.)*")/.exec(expression)?.[1] ?? ''
  );
  const text: string = JSON.parse(
    /loads\(("(?:[^"\\]|\\.)*")\)\)\n$/.exec(program)?.[1] ?? ''
  );
  expect(JSON.parse(text)).toMatchObject({
    tool: 'pip',
    args: ['a"\\\n\'); import os #', '{x}'],
    deadline: 2
  });
  abort.abort();
});

it('tells progress and reads the plan', async () => {
  const seen: unknown[] = [];
  const { sent, outcome } = start({ onProgress: one => seen.push(one) });
  const nonce = nonceOf(sent);
  publish(sent, { nonce, progress: { phase: 'resolving', seconds: 0.1 } });
  publish(sent, { nonce, progress: 'odd' });
  publish(sent, { nonce, plan: PLAN });
  sent.reply('ok');
  expect(await outcome).toMatchObject({
    kind: 'plan',
    plan: { rows: PLAN.rows, planner: 'uv 0.13.9' }
  });
  expect(seen).toEqual([{ phase: 'resolving', seconds: 0.1 }]);
});

it('ignores what has another nonce or another type', async () => {
  const { sent, kernel, outcome } = start();
  publish(sent, { nonce: 'x', plan: PLAN });
  publish(sent, null);
  publish(sent, { nonce: nonceOf(sent), plan: PLAN }, 'text/plain');
  sent.reply('ok');
  await settle();
  // Kernels that evaluate no expressions get the same text as code.
  expect(kernel.requests[1].content.code).toContain('publish_plan');
  kernel.requests[1].reply('ok');
  expect(await outcome).toMatchObject({
    kind: 'failure',
    failure: { kind: 'no-answer' }
  });
});

it('reads a problem, and calls an odd plan broken', async () => {
  const first = start();
  const error = { kind: 'unsatisfiable', text: 'because' };
  publish(first.sent, { nonce: nonceOf(first.sent), plan: { ...PLAN, error } });
  first.sent.reply('ok');
  expect(await first.outcome).toMatchObject({
    kind: 'problem',
    problem: { kind: 'unsatisfiable' }
  });
  const second = start();
  publish(second.sent, { nonce: nonceOf(second.sent), plan: 5 });
  second.sent.reply('ok');
  expect(await second.outcome).toMatchObject({
    kind: 'problem',
    problem: { kind: 'crash' }
  });
});

it('stops waiting', async () => {
  const seen: unknown[] = [];
  const { sent, outcome, abort } = start({ onProgress: one => seen.push(one) });
  abort.abort();
  expect(await outcome).toEqual({ kind: 'cancelled' });
  publish(sent, { nonce: nonceOf(sent), progress: { phase: 'x', seconds: 1 } });
  expect(seen).toEqual([]);
});

it('waits for the deadline and a little longer', async () => {
  jest.useFakeTimers();
  try {
    const { outcome } = start({ patience: 500 });
    let done = false;
    void outcome.then(() => (done = true));
    await jest.advanceTimersByTimeAsync(2400);
    expect(done).toBe(false);
    await jest.advanceTimersByTimeAsync(200);
    expect(await outcome).toMatchObject({
      kind: 'failure',
      failure: { kind: 'timeout' }
    });
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
