/** The GPU test of a kernel: when it runs, what is kept of it, what it changes in the verdict. */
import { Signal } from '@lumino/signaling';
import { framework, gpu, gpus } from '../facts/build';
import {
  answer,
  failing,
  onCpu,
  test as one
} from '../gputest/samples.testing';
import { render } from '../text/text';
import { BACKGROUND_MIME } from './background';
import { Checker } from './checker';
import * as core from './core';
import {
  FakeKernel,
  factsOf,
  settle,
  target,
  type Request
} from './fake.testing';

const TORCH = framework('torch', '2.5.1', {
  gpu_build: true,
  backend: 'cuda',
  cuda: '12.4',
  // Known already: nothing has to be looked at closer.
  archs: ['sm_80', 'sm_90']
});
const FACTS = factsOf('/env', {
  frameworks: [TORCH, framework('keras', '3.0')],
  gpu: gpus('550.90.07', '12.4', [gpu('NVIDIA L4', '8.9')])
});

async function setUp(facts = FACTS) {
  const kernel = new FakeKernel();
  const checker = new Checker({
    starter: { startNew: () => Promise.reject(new Error('none')) },
    ignore: {
      changed: new Signal<object, void>({}),
      get: () => new Set<string>(),
      set: () => undefined
    },
    extraRules: () => [],
    timeout: () => 5000,
    testLimit: () => 7,
    showsHistory: () => false,
    loadCore: async () => core
  });
  checker.setTarget(target(kernel));
  await settle();
  /** Requests of the GPU test. */
  const sent = (): Request[] =>
    kernel.requests.filter(request =>
      /gpu_test\(__import__|thread\.news/.test(JSON.stringify(request.content))
    );
  const check = async () => {
    const done = checker.check();
    await settle();
    kernel.requests[kernel.requests.length - 1].answer(facts);
    await done;
  };
  return { kernel, checker, sent, check, test: () => checker.state.test };
}

function news(request: Request, payload: object): void {
  request.publish({ nonce: request.nonce, ...payload }, BACKGROUND_MIME);
  request.reply('ok');
}

/** Start the test and let the kernel answer with these frameworks. */
async function run(
  it: Awaited<ReturnType<typeof setUp>>,
  ...frameworks: Record<string, unknown>[]
): Promise<void> {
  const before = it.sent().length;
  const done = it.checker.runGpuTest();
  await settle();
  news(it.sent()[before], { answer: answer(frameworks) });
  await done;
}

test('grows line by line, then changes the verdict', async () => {
  const it = await setUp();
  await it.check();
  const before = it.checker.state.result?.summary;
  expect(before?.frameworks[0]).toMatchObject({ observed: false });
  const done = it.checker.runGpuTest();
  await settle();
  expect(it.test()).toMatchObject({ phase: 'running', report: null });
  const [first] = it.sent();
  const request = JSON.stringify(first.content);
  // What is asked for: frameworks that are there and can be tested, and the setting.
  expect(request).toMatch(/frameworks[\\":]+\[[\\"]+torch[\\"]+\]/);
  expect(request).toMatch(/limit[\\"]+:7/);
  expect(request).toContain('class Background');

  const running = one('torch', { outcome: null, step: 'sum' });
  news(first, { progress: answer([running]) });
  await settle();
  expect(it.test()).toMatchObject({
    phase: 'running',
    report: { frameworks: [{ name: 'torch', step: 'sum', outcome: null }] }
  });
  // Not what was agreed upon: it is passed over.
  news(it.sent()[1], { progress: { rows: 5 } });
  await settle();
  expect(it.test().report?.frameworks[0].step).toBe('sum');

  news(it.sent()[2], { answer: answer([one('torch')]) });
  await done;
  expect(it.test()).toMatchObject({
    phase: 'done',
    since: null,
    stale: null,
    report: { frameworks: [{ outcome: 'gpu' }] }
  });
  const { result } = it.checker.state;
  expect(result?.facts.observed).toEqual([
    { framework: 'torch', gpu_works: true, source: 'GPU test' }
  ]);
  expect(result?.summary.frameworks[0]).toMatchObject({
    usable: 'yes',
    observed: true
  });
});

test('a failure speaks too, with what it means', async () => {
  const it = await setUp();
  await it.check();
  const crash = { kind: 'crash', text: 'ended', signal: 'SIGSEGV' };
  await run(it, failing('torch', crash));
  const { summary } = it.checker.state.result!;
  expect(summary.verdict).toBe('error');
  expect(render(summary.headline)).toBe('PyTorch cannot use the GPU here');
  expect(render(it.test().meanings.torch!)).toContain('compiled code');
  // Known words are explained.
  const why =
    'ImportError: libcublas.so.11: cannot open shared object file: No such file or directory';
  await run(it, failing('torch', { kind: 'error', text: why }));
  expect(render(it.test().meanings.torch!)).toContain('libcublas.so.11');
});

test('without an answer it checks first', async () => {
  const it = await setUp();
  const done = it.checker.runGpuTest();
  await settle();
  expect(it.sent()).toHaveLength(0);
  it.kernel.requests[0].answer(FACTS);
  await settle();
  news(it.sent()[0], { answer: answer([one('torch')]) });
  await done;
  expect(it.test().phase).toBe('done');
});

test('a check that fails ends it', async () => {
  const it = await setUp();
  const done = it.checker.runGpuTest();
  await settle();
  it.kernel.requests[0].error('NameError');
  await done;
  expect(it.checker.state.phase).toBe('failed');
  expect(it.test().phase).toBe('idle');
  expect(it.sent()).toHaveLength(0);
});

test('no framework, nothing to run', async () => {
  const it = await setUp(
    factsOf('/env', { frameworks: [framework('keras', '3')] })
  );
  await it.check();
  await it.checker.runGpuTest();
  expect(it.sent()).toHaveLength(0);
  expect(it.test().phase).toBe('idle');
});

test('waits for a busy kernel; one at most', async () => {
  const it = await setUp();
  await it.check();
  it.kernel.become('busy');
  const done = it.checker.runGpuTest();
  await settle();
  await it.checker.runGpuTest();
  expect(it.test().phase).toBe('waiting');
  expect(it.sent()).toHaveLength(0);
  it.kernel.become('idle');
  await settle();
  expect(it.test().phase).toBe('running');
  await it.checker.runGpuTest();
  expect(it.sent()).toHaveLength(1);
  news(it.sent()[0], { answer: answer([onCpu('torch')]) });
  await done;
  expect(it.test().phase).toBe('done');
});

describe('cancel', () => {
  test('ends the work in the kernel and brings back what was known', async () => {
    const it = await setUp();
    await it.check();
    await run(it, one('torch'));
    const done = it.checker.runGpuTest();
    await settle();
    it.checker.cancelGpuTest();
    await done;
    const last = it.kernel.requests[it.kernel.requests.length - 1];
    expect(JSON.stringify(last.content)).toContain('thread.stop.set()');
    expect(it.test()).toMatchObject({
      phase: 'done',
      report: { frameworks: [{ outcome: 'gpu' }] }
    });
  });

  test('while it waits', async () => {
    const it = await setUp();
    await it.check();
    it.kernel.become('busy');
    const done = it.checker.runGpuTest();
    await settle();
    it.checker.cancelGpuTest();
    await done;
    expect(it.test().phase).toBe('idle');
    it.kernel.become('idle');
    await settle();
    expect(it.sent()).toHaveLength(0);
  });
});

describe('what it saw', () => {
  test('stays after another check', async () => {
    const it = await setUp();
    await it.check();
    await run(it, one('torch'));
    await it.check();
    expect(it.checker.state.result?.summary.frameworks[0].observed).toBe(true);
  });

  test.each([
    ['restarted', (k: FakeKernel) => k.become('restarting')],
    ['packages-changed', (k: FakeKernel) => k.runs('%pip install six')]
  ])('is old after something happened: %s', async (why, happen) => {
    const it = await setUp();
    await it.check();
    await run(it, one('torch'));
    happen(it.kernel);
    it.kernel.become('idle');
    await settle();
    expect(it.test()).toMatchObject({ phase: 'done', stale: why });
    await it.check();
    expect(it.checker.state.result?.facts.observed ?? []).toEqual([]);
    expect(it.test().stale).toBe(why);
    // A new test knows of it.
    await run(it, one('torch'));
    expect(it.test().stale).toBeNull();
    expect(it.checker.state.result?.facts.observed).toHaveLength(1);
  });
});

describe('no report', () => {
  test('the kernel restarts', async () => {
    const it = await setUp();
    await it.check();
    const done = it.checker.runGpuTest();
    await settle();
    it.sent()[0].lose();
    await done;
    const { phase, failure } = it.test();
    expect(phase).toBe('failed');
    expect(render(failure!.message)).toBe(
      'The kernel was restarted during the GPU test.'
    );
    // The check is another matter.
    expect(it.checker.state.failure).toBeNull();
  });

  test('the kernel dies while it waits', async () => {
    const it = await setUp();
    await it.check();
    it.kernel.become('busy');
    const done = it.checker.runGpuTest();
    await settle();
    it.kernel.become('dead');
    await done;
    expect(it.test().failure?.kind).toBe('kernel-died');
  });

  test.each([
    [{ answer: { rows: [] } }, 'The answer does not come from the GPU test.'],
    [{ error: 'KeyError: 1' }, 'The code of GPU Doctor failed in the kernel.']
  ])('%j', async (payload, message) => {
    const it = await setUp();
    await it.check();
    const done = it.checker.runGpuTest();
    await settle();
    news(it.sent()[0], payload);
    await done;
    expect(render(it.test().failure!.message)).toBe(message);
    expect(it.checker.state.result?.facts.observed ?? []).toEqual([]);
  });

  test('a closed kernel is forgotten', async () => {
    const it = await setUp();
    await it.check();
    const done = it.checker.runGpuTest();
    await settle();
    it.kernel.dispose();
    await done;
    const last = it.kernel.requests[it.kernel.requests.length - 1];
    expect(JSON.stringify(last.content)).toContain('thread.stop.set()');
  });
});
