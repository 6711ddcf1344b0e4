import { Signal } from '@lumino/signaling';
import { framework } from '../facts/build';
import type { CostlyFact } from '../facts/costly';
import type { IFacts } from '../facts/facts.generated';
import type { IRule } from '../rules/types';
import { text } from '../text/text';
import { BACKGROUND_MIME } from './background';
import { Checker } from './checker';
import * as core from './core';
import { FakeKernel, factsOf, settle, target } from './fake.testing';

/** Speaks when two distributions share files, and wants to know that where there are packages. */
const RULE: IRule = {
  id: 'test-shared',
  code: 'T1',
  since: '0',
  docs: {
    summary: 'x',
    what: 'x',
    why: 'x',
    example: 'x',
    fix: 'x',
    safety: 'x',
    references: []
  },
  messages: { m: { title: '%1', why: '%1.' } },
  costly: view => (view.facts.packages ? ['shared_files'] : []),
  check: (view, report) =>
    view.facts.shared_files?.forEach((one, i) =>
      report({
        message: 'm',
        severity: 'warning',
        about: one.distributions,
        evidence: [{ text: text('x'), path: `/shared_files/${i}` }]
      })
    ),
  examples: { flagged: [], clean: [] }
} as IRule;

const SHARED = [
  { distributions: ['a', 'b'], count: 1, files: ['cv2/__init__.py'] }
];

function setUp(kernel: FakeKernel, separate?: FakeKernel): Checker {
  const options = {
    starter: { startNew: async () => separate as never },
    ignore: {
      changed: new Signal<object, void>({}),
      get: () => new Set<string>(),
      set: () => undefined
    },
    extraRules: () => [RULE],
    timeout: () => 5000,
    testLimit: () => 5000,
    showsHistory: () => false,
    loadCore: async () => core
  };
  const checker = new Checker(options);
  checker.setTarget(target(kernel));
  return checker;
}

/** The text of a request, without the layers of quotes around it. */
const textOf = (kernel: FakeKernel, i: number) =>
  JSON.stringify(kernel.requests[i].content).replace(/\\+"/g, '"');

function answer(kernel: FakeKernel, i: number, value: unknown): void {
  const request = kernel.requests[i];
  request.publish(
    { nonce: request.nonce, ...(value as object) },
    BACKGROUND_MIME
  );
  request.reply('ok');
}

const found = (checker: Checker) =>
  checker.state.result?.findings.map(one => one.rule);

const PACKAGES = factsOf('/env', { packages: [] });

async function first(facts: IFacts = PACKAGES) {
  const kernel = new FakeKernel();
  const checker = setUp(kernel);
  await settle();
  const done = checker.check();
  await settle();
  kernel.requests[0].answer(facts);
  await settle();
  return { kernel, checker, done };
}

test('the first answer is shown at once; the rule speaks after the second', async () => {
  const { kernel, checker, done } = await first();
  expect(checker.state.phase).toBe('ready');
  expect(checker.state.progress).toBeNull();
  expect(found(checker)).toEqual([]);
  expect(kernel.requests).toHaveLength(2);
  expect(textOf(kernel, 1)).toContain('"wanted":["shared_files"]');
  expect(textOf(kernel, 1)).toContain('"cache":{}');
  expect(kernel.requests[1].content.silent).toBe(true);
  const { checkedAt } = checker.state.result!;
  answer(kernel, 1, {
    answer: {
      facts: { shared_files: SHARED },
      archs: {},
      cache: {},
      problems: []
    }
  });
  await done;
  expect(found(checker)).toEqual(['test-shared']);
  expect(checker.state.result?.facts.shared_files).toEqual(SHARED);
  expect(checker.state.result?.checkedAt).toBe(checkedAt);
  expect(checker.state.phase).toBe('ready');
});

test('nobody wants more: no second request', async () => {
  const { kernel, done } = await first(factsOf('/env'));
  await done;
  expect(kernel.requests).toHaveLength(1);
});

test('what is known is not asked for', async () => {
  const { kernel, done } = await first({ ...PACKAGES, shared_files: [] });
  await done;
  expect(kernel.requests).toHaveLength(1);
});

test('the cache goes back to the kernel, for this environment only', async () => {
  const { kernel, checker, done } = await first();
  const cache = { 'numpy|/x.so|1|2': 1 };
  answer(kernel, 1, {
    answer: { facts: { shared_files: [] }, archs: {}, cache, problems: [] }
  });
  await done;
  const again = checker.check();
  await settle();
  kernel.requests[2].answer(PACKAGES);
  await settle();
  expect(textOf(kernel, 3)).toContain('"numpy|/x.so|1|2":1');
  answer(kernel, 3, { error: 'x' });
  await again;
  const other = checker.check();
  await settle();
  kernel.requests[4].answer(factsOf('/other', { packages: [] }));
  await settle();
  expect(textOf(kernel, 5)).toContain('"cache":{}');
  answer(kernel, 5, { error: 'x' });
  await other;
});

test.each<[string, (kernel: FakeKernel) => void]>([
  ['an error', kernel => answer(kernel, 1, { error: 'OSError: x' })],
  ['a lost request', kernel => kernel.requests[1].lose()],
  [
    'an answer of another form',
    kernel => answer(kernel, 1, { answer: { facts: { shared_files: 'many' } } })
  ],
  ['no object', kernel => answer(kernel, 1, { answer: 7 })]
])('%s: the first answer stays', async (_, act) => {
  const { kernel, checker, done } = await first();
  act(kernel);
  await done;
  expect(checker.state.phase).toBe('ready');
  expect(checker.state.failure).toBeNull();
  expect(checker.state.result?.facts.shared_files).toBeNull();
});

test('a fact that was not finished brings its reason', async () => {
  const { kernel, checker, done } = await first();
  const problem = { section: 'shared_files', what: '', reason: 'took longer' };
  answer(kernel, 1, {
    answer: {
      facts: { shared_files: null },
      archs: {},
      cache: {},
      problems: [problem]
    }
  });
  await done;
  expect(checker.state.phase).toBe('partial');
  expect(checker.state.result?.facts.problems).toEqual([problem]);
});

test('a new check does not wait for the second answer of the one before', async () => {
  const { kernel, checker, done } = await first();
  const again = checker.check();
  await done;
  await settle();
  // A request that stops the work in the kernel, and the new check.
  expect(textOf(kernel, 2)).toContain('thread.stop.set()');
  kernel.requests[3].answer(factsOf('/env'));
  await again;
  expect(kernel.requests).toHaveLength(4);
  expect(checker.state.result?.facts.packages).toBeNull();
});

test('what went stale meanwhile stays stale', async () => {
  const { kernel, checker, done } = await first();
  kernel.runs('%pip install tqdm');
  answer(kernel, 1, {
    answer: {
      facts: { shared_files: SHARED },
      archs: {},
      cache: {},
      problems: []
    }
  });
  await done;
  expect(checker.state.stale).toBe('packages-changed');
  expect(found(checker)).toEqual(['test-shared']);
});

test('a separate kernel is asked as well, before it goes', async () => {
  const kernel = new FakeKernel();
  const separate = new FakeKernel('separate');
  const checker = setUp(kernel, separate);
  await settle();
  const done = checker.checkSeparately();
  await settle();
  separate.requests[0].answer(PACKAGES);
  await settle();
  expect(separate.shutdowns).toBe(0);
  answer(separate, 1, {
    answer: {
      facts: { shared_files: SHARED },
      archs: {},
      cache: {},
      problems: []
    }
  });
  await done;
  expect(separate.shutdowns).toBe(1);
  expect(kernel.requests).toHaveLength(0);
  expect(found(checker)).toEqual(['test-shared']);
});

describe('what is unread', () => {
  const torch = (more = {}) =>
    factsOf('/env', {
      frameworks: [framework('torch', '2.5.1', { backend: 'cuda', ...more })]
    });
  const wants = (facts: IFacts, ...costly: CostlyFact[]) =>
    core.costlyFor(facts, [{ ...RULE, costly: () => costly }]);

  test('architectures: only of a CUDA build of torch, when not known', () => {
    expect(wants(torch(), 'archs')).toContain('archs');
    expect(wants(torch({ archs: ['sm_80'] }), 'archs')).not.toContain('archs');
    expect(wants(torch({ backend: 'cpu' }), 'archs')).not.toContain('archs');
    expect(wants(factsOf('/env'), 'archs')).not.toContain('archs');
  });

  test('a rule that throws wants nothing; the others are heard', () => {
    const broken = {
      ...RULE,
      costly: () => {
        throw new Error('x');
      }
    };
    expect(core.costlyFor(PACKAGES, [broken, RULE])).toContain('shared_files');
  });

  test('architectures reach their framework', () => {
    const facts = torch();
    const more = core.mergeCostly(facts, { archs: { torch: ['sm_80'] } });
    expect(more?.facts.frameworks?.[0].archs).toEqual(['sm_80']);
    expect(facts.frameworks?.[0].archs).toBeNull();
    expect(core.mergeCostly(facts, { archs: { torch: 7 } })).toBeNull();
  });
});
