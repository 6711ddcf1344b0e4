import { Signal } from '@lumino/signaling';
import { framework, gpu, gpus } from '../facts/build';
import { Checker } from './checker';
import type { IIgnoreStore } from './checkerOptions';
import * as core from './core';
import { FakeKernel, factsOf, settle, target } from './fake.testing';
import { MAX_ANSWER } from './run';

class Memory implements IIgnoreStore {
  readonly changed = new Signal<this, void>(this);
  readonly map = new Map<string, ReadonlySet<string>>();
  get(key: string): ReadonlySet<string> {
    return this.map.get(key) ?? new Set();
  }
  set(key: string, rules: ReadonlySet<string>): void {
    this.map.set(key, rules);
  }
}

function setUp(options: { timeout?: number; separate?: FakeKernel } = {}) {
  const ignore = new Memory();
  const started: unknown[] = [];
  const checker = new Checker({
    starter: {
      startNew: async request => {
        started.push(request);
        if (!options.separate) {
          throw new Error('no more kernels');
        }
        return options.separate as never;
      }
    },
    ignore,
    extraRules: () => [],
    timeout: () => options.timeout ?? 5000,
    testLimit: () => 60,
    showsHistory: () => false,
    loadCore: async () => core
  });
  return { checker, ignore, started };
}

async function front(kernel: FakeKernel | null, options = {}) {
  const all = setUp(options);
  all.checker.setTarget(target(kernel));
  await settle();
  return all;
}

const CPU_TORCH = factsOf('/env', {
  frameworks: [
    framework('torch', '2.5.1+cpu', { distribution: 'torch', gpu_build: false })
  ],
  gpu: gpus('550.90.07', '12.4', [gpu('NVIDIA L4', '8.9')])
});

describe('phases', () => {
  test('nothing in front', async () => {
    const { checker } = setUp();
    expect(checker.state.phase).toBe('no-kernel');
    checker.setTarget(target(null));
    expect(checker.state.phase).toBe('no-kernel');
  });

  test('another language is left alone', async () => {
    const kernel = new FakeKernel('k', 'ir', 'R');
    const { checker } = await front(kernel);
    expect(checker.state.phase).toBe('not-python');
    await checker.check();
    expect(kernel.requests).toHaveLength(0);
  });

  test('nothing runs before the first press', async () => {
    const kernel = new FakeKernel();
    const { checker } = await front(kernel);
    kernel.become('busy');
    kernel.become('idle');
    await settle();
    expect(checker.state.phase).toBe('unchecked');
    expect(kernel.requests).toHaveLength(0);
  });

  test('checking, then ready, then checked again', async () => {
    const kernel = new FakeKernel();
    const { checker } = await front(kernel);
    const done = checker.check();
    await settle();
    expect(checker.state.phase).toBe('checking');
    kernel.requests[0].answer(CPU_TORCH);
    await done;
    expect(checker.state.phase).toBe('ready');
    expect(checker.state.result?.findings[0].rule).toBe('cpu-build-on-gpu');
    const again = checker.check();
    await settle();
    expect(checker.state.result).not.toBeNull();
    kernel.requests[1].answer(factsOf('/env'));
    await again;
    expect(checker.state.result?.findings).toHaveLength(0);
  });

  test('a part that could not be read makes it partial', async () => {
    const kernel = new FakeKernel();
    const { checker } = await front(kernel);
    const done = checker.check();
    await settle();
    const problems = [{ section: 'gpu', what: '', reason: 'timeout' }];
    kernel.requests[0].answer(factsOf('/env', { problems }));
    await done;
    expect(checker.state.phase).toBe('partial');
  });

  test('the kernel died', async () => {
    const kernel = new FakeKernel();
    const { checker } = await front(kernel);
    kernel.become('dead');
    expect(checker.state.phase).toBe('dead');
  });
});

describe('the request', () => {
  test('is silent and leaves no trace', async () => {
    const kernel = new FakeKernel();
    const { checker } = await front(kernel);
    void checker.check();
    await settle();
    const { user_expressions: expressions, ...rest } =
      kernel.requests[0].content;
    expect(rest).toEqual({
      code: '',
      silent: true,
      store_history: false,
      allow_stdin: true,
      stop_on_error: false
    });
    const [text, ...others] = Object.values(expressions as object);
    expect(others).toEqual([]);
    expect(text.split('\n')).toHaveLength(1);
    checker.dispose();
  });

  test('a second press while one waits sends nothing', async () => {
    const kernel = new FakeKernel();
    const { checker } = await front(kernel);
    const done = checker.check();
    await checker.check();
    await settle();
    expect(kernel.requests).toHaveLength(1);
    kernel.requests[0].answer(factsOf('/env'));
    await done;
  });

  test('a kernel that evaluates no expressions gets code', async () => {
    const kernel = new FakeKernel();
    const { checker } = await front(kernel);
    const done = checker.check();
    await settle();
    kernel.requests[0].reply('ok');
    await settle();
    const { code, user_expressions: expressions } = kernel.requests[1].content;
    expect(expressions).toEqual({});
    expect(String(code)).toContain('publish');
    kernel.requests[1].answer(factsOf('/env'));
    await done;
    expect(checker.state.phase).toBe('ready');
  });

  test('aborted once: sent again', async () => {
    const kernel = new FakeKernel();
    const { checker } = await front(kernel);
    const done = checker.check();
    await settle();
    kernel.requests[0].reply('aborted');
    await settle();
    expect(kernel.requests).toHaveLength(2);
    kernel.requests[1].answer(factsOf('/env'));
    await done;
    expect(checker.state.phase).toBe('ready');
  });
});

describe('bad answers', () => {
  const twice = (kernel: FakeKernel, act: (i: number) => void) => {
    act(0);
    void settle().then(() => act(1));
  };
  const cases: [string, (kernel: FakeKernel) => void, string][] = [
    [
      'no answer, in either form of the request',
      kernel => twice(kernel, i => kernel.requests[i].reply('ok')),
      'no-answer'
    ],
    [
      'an error in Python',
      kernel => kernel.requests[0].error('MemoryError'),
      'python-error'
    ],
    [
      'an error in the expression',
      kernel =>
        kernel.requests[0].reply('ok', {
          user_expressions: {
            gpu_doctor: { status: 'error', ename: 'ZeroDivisionError' }
          }
        }),
      'python-error'
    ],
    [
      'an answer with another nonce',
      kernel =>
        twice(kernel, i =>
          kernel.requests[i].answer(factsOf('/env'), 'feedbeef')
        ),
      'no-answer'
    ],
    [
      'something that is not ours',
      kernel => kernel.requests[0].answer({ hello: 1 }),
      'not-facts'
    ],
    [
      'another schema version',
      kernel =>
        kernel.requests[0].answer({ ...factsOf('/env'), schema_version: 99 }),
      'other-version'
    ],
    [
      'a wrong form',
      kernel =>
        kernel.requests[0].answer({ ...factsOf('/env'), packages: 'many' }),
      'invalid'
    ],
    ['a lost request', kernel => kernel.requests[0].lose(), 'restarted'],
    [
      'aborted twice',
      kernel => twice(kernel, i => kernel.requests[i].reply('aborted')),
      'aborted'
    ]
  ];

  test.each(cases)('%s: %#', async (_, act, kind) => {
    const kernel = new FakeKernel();
    const { checker } = await front(kernel);
    const done = checker.check();
    await settle();
    act(kernel);
    await done;
    expect(checker.state.phase).toBe('failed');
    expect(checker.state.failure?.kind).toBe(kind);
  });

  test('the former answer stays', async () => {
    const kernel = new FakeKernel();
    const { checker } = await front(kernel);
    const first = checker.check();
    await settle();
    kernel.requests[0].answer(CPU_TORCH);
    await first;
    const second = checker.check();
    await settle();
    kernel.requests[1].error('MemoryError');
    await second;
    expect(checker.state.phase).toBe('failed');
    expect(checker.state.result?.findings[0].rule).toBe('cpu-build-on-gpu');
  });

  test('prints at start-up do not disturb', async () => {
    const kernel = new FakeKernel();
    const { checker } = await front(kernel);
    const done = checker.check();
    await settle();
    kernel.requests[0].print('{"facts": "nonsense"}');
    kernel.requests[0].answer(factsOf('/env'));
    await done;
    expect(checker.state.phase).toBe('ready');
  });

  test('a compressed answer', async () => {
    const kernel = new FakeKernel();
    const { checker } = await front(kernel);
    const done = checker.check();
    await settle();
    const { nonce } = kernel.requests[0];
    const { deflateSync } = await import('node:zlib');
    const data = deflateSync(JSON.stringify(CPU_TORCH)).toString('base64');
    kernel.requests[0].publish({ nonce, encoding: 'deflate+base64', data });
    kernel.requests[0].reply('ok');
    await done;
    expect(checker.state.phase).toBe('ready');
  });

  test('an answer that unpacks to more than is bearable', async () => {
    const kernel = new FakeKernel();
    const { checker } = await front(kernel);
    const done = checker.check();
    await settle();
    const { nonce } = kernel.requests[0];
    const { deflateSync } = await import('node:zlib');
    const data = deflateSync(' '.repeat(MAX_ANSWER + 1)).toString('base64');
    kernel.requests[0].publish({ nonce, encoding: 'deflate+base64', data });
    kernel.requests[0].reply('ok');
    await done;
    expect(checker.state.failure?.kind).toBe('too-large');
  });

  test('an answer in an unknown packing', async () => {
    const kernel = new FakeKernel();
    const { checker } = await front(kernel);
    const done = checker.check();
    await settle();
    const { nonce } = kernel.requests[0];
    kernel.requests[0].publish({ nonce, encoding: 'lzma', data: '' });
    kernel.requests[0].reply('ok');
    await done;
    expect(checker.state.failure?.kind).toBe('not-facts');
  });

  test('time limit', async () => {
    const kernel = new FakeKernel();
    const { checker } = await front(kernel, { timeout: 20 });
    await checker.check();
    expect(checker.state.failure?.kind).toBe('timeout');
    // A late answer is nobody's.
    kernel.requests[0].answer(CPU_TORCH);
    await settle();
    expect(checker.state.result).toBeNull();
  });
});

describe('a busy kernel', () => {
  test('a cell got in front: the check waits for it, and its time does not count', async () => {
    const kernel = new FakeKernel();
    const { checker } = await front(kernel, { timeout: 200 });
    const done = checker.check();
    await settle();
    // The page learns of the cell only now.
    kernel.become('busy');
    await new Promise(resolve => setTimeout(resolve, 900));
    expect(checker.state).toMatchObject({ phase: 'busy', failure: null });
    kernel.requests[0].begin();
    expect(checker.state.phase).toBe('checking');
    kernel.requests[0].answer(CPU_TORCH);
    await done;
    expect(checker.state.failure).toBeNull();
    expect(checker.state.result).not.toBeNull();
  });

  test('the check waits and runs when it is idle', async () => {
    const kernel = new FakeKernel();
    kernel.status = 'busy';
    const { checker } = await front(kernel);
    const done = checker.check();
    await settle();
    expect(checker.state.phase).toBe('busy');
    expect(kernel.requests).toHaveLength(0);
    kernel.become('idle');
    await settle();
    kernel.requests[0].answer(factsOf('/env'));
    await done;
    expect(checker.state.phase).toBe('ready');
  });

  test('cancel', async () => {
    const kernel = new FakeKernel();
    kernel.status = 'busy';
    const { checker } = await front(kernel);
    const done = checker.check();
    await settle();
    checker.cancel();
    await done;
    expect(checker.state.phase).toBe('unchecked');
    kernel.become('idle');
    await settle();
    expect(kernel.requests).toHaveLength(0);
  });

  test('a separate kernel answers, and is shut down', async () => {
    const kernel = new FakeKernel();
    const separate = new FakeKernel('separate');
    kernel.status = 'busy';
    const { checker, started } = await front(kernel, { separate });
    const waiting = checker.check();
    await settle();
    const done = checker.checkSeparately();
    await settle();
    separate.requests[0].answer(factsOf('/env'));
    await Promise.all([done, waiting]);
    await settle();
    expect(started).toEqual([{ name: 'python3', path: 'a.ipynb' }]);
    expect(checker.state.result?.separate).toBe(true);
    expect(separate.shutdowns).toBe(1);
    expect(kernel.requests).toHaveLength(0);
  });

  test('no separate kernel can be started', async () => {
    const kernel = new FakeKernel();
    const { checker } = await front(kernel);
    await checker.checkSeparately();
    expect(checker.state.failure?.kind).toBe('separate-kernel');
  });
});

describe('restart and change', () => {
  test('a restart makes the facts stale', async () => {
    const kernel = new FakeKernel();
    const { checker } = await front(kernel);
    const done = checker.check();
    await settle();
    kernel.requests[0].answer(factsOf('/env'));
    await done;
    kernel.become('restarting');
    kernel.become('idle');
    expect(checker.state.stale).toBe('restarted');
    expect(checker.state.result).not.toBeNull();
  });

  test('a restart during the check', async () => {
    const kernel = new FakeKernel();
    const { checker } = await front(kernel);
    const done = checker.check();
    await settle();
    kernel.become('restarting');
    await done;
    expect(checker.state.failure?.kind).toBe('restarted');
  });

  test('a waiting check outlives a restart', async () => {
    const kernel = new FakeKernel();
    kernel.status = 'busy';
    const { checker } = await front(kernel);
    const done = checker.check();
    await settle();
    kernel.become('restarting');
    kernel.become('idle');
    await settle();
    kernel.requests[0].answer(factsOf('/env'));
    await done;
    expect(checker.state.phase).toBe('ready');
  });

  test('the kernel dies during the check', async () => {
    const kernel = new FakeKernel();
    const { checker } = await front(kernel);
    const done = checker.check();
    await settle();
    kernel.become('dead');
    await done;
    expect(checker.state.phase).toBe('dead');
    expect(checker.state.progress).toBeNull();
  });

  test.each([
    ['%pip install tqdm', 'packages-changed'],
    ['!conda update --all', 'packages-changed'],
    ['print(1)', null]
  ])('a cell %s', async (code, stale) => {
    const kernel = new FakeKernel();
    const { checker } = await front(kernel);
    const done = checker.check();
    await settle();
    kernel.requests[0].answer(factsOf('/env'));
    await done;
    kernel.runs(code);
    expect(checker.state.stale).toBe(stale);
  });

  test('each kernel keeps its own answer', async () => {
    const one = new FakeKernel('one');
    const two = new FakeKernel('two');
    const { checker } = await front(one);
    const first = target(one);
    checker.setTarget(first);
    const done = checker.check();
    await settle();
    one.requests[0].answer(CPU_TORCH);
    await done;
    checker.setTarget(target(two));
    await settle();
    expect(checker.state.phase).toBe('unchecked');
    // An install in the notebook behind is noticed as well.
    one.runs('%pip install torch');
    checker.setTarget(first);
    expect(checker.state.result?.findings).toHaveLength(1);
    expect(checker.state.stale).toBe('packages-changed');
  });

  test('a closed connection forgets', async () => {
    const kernel = new FakeKernel();
    const { checker } = await front(kernel);
    const done = checker.check();
    await settle();
    kernel.requests[0].answer(factsOf('/env'));
    await done;
    kernel.dispose();
    expect(checker.state.result).toBeNull();
  });
});

test('ignoring a rule, and showing it again', async () => {
  const kernel = new FakeKernel();
  const { checker, ignore } = await front(kernel);
  const done = checker.check();
  await settle();
  kernel.requests[0].answer(CPU_TORCH);
  await done;
  checker.setIgnored('cpu-build-on-gpu', true);
  await settle();
  expect(checker.state.result?.findings).toHaveLength(0);
  expect(checker.state.result?.ignored).toHaveLength(1);
  expect([...ignore.get('/env')]).toEqual(['cpu-build-on-gpu']);
  checker.setIgnored('cpu-build-on-gpu', false);
  await settle();
  expect(checker.state.result?.findings).toHaveLength(1);
});
