import { summarise } from '../check/verdict';
import { facts, framework, gpu, gpus, noGpu } from '../facts/build';
import type { IFacts } from '../facts/facts.generated';
import { View } from '../facts/view';
import { runRules } from '../rules/engine';
import { ENVIRONMENT_RULES } from '../rules/environment/index.generated';
import { render } from '../text/text';
import { readGpuTest } from './answer';
import { withObservations } from './observations';
import { testable } from './testable';
import { answer, failing, onCpu, test as one } from './samples.testing';
import type { IGpuTestReport } from './types';

const L4 = gpus('550.90.07', '12.4', [gpu('NVIDIA L4', '8.9')]);
const TORCH = framework('torch', '2.5.1', {
  backend: 'cuda',
  gpu_build: true,
  cuda: '12.4'
});
const ENVIRONMENT = facts({ frameworks: [TORCH], gpu: L4 });

function report(...frameworks: Record<string, unknown>[]): IGpuTestReport {
  const read = readGpuTest(answer(frameworks));
  if (read.kind !== 'report') {
    throw new Error(read.detail);
  }
  return read.report;
}

/** What a test of torch proves. */
function proves(
  test: Record<string, unknown>,
  parts: Partial<IFacts> = {}
): boolean | null {
  const before = facts({ frameworks: [TORCH], gpu: L4, ...parts });
  const { observed } = withObservations(before, report(test));
  expect(observed?.every(one => one.source === 'GPU test') ?? true).toBe(true);
  return observed?.[0]?.gpu_works ?? null;
}

const error = (text: string) => ({ kind: 'error', text });

test('a GPU that computed', () => {
  const after = withObservations(ENVIRONMENT, report(one('torch')));
  expect(after.observed).toEqual([
    { framework: 'torch', gpu_works: true, source: 'GPU test' }
  ]);
  expect(ENVIRONMENT.observed).toBeNull();
});

describe('a success of the CPU', () => {
  test('says nothing of a GPU where there is none', () => {
    expect(proves(onCpu('torch'), { gpu: noGpu() })).toBeNull();
    expect(proves(onCpu('torch'), { gpu: null })).toBeNull();
  });

  test('says nothing of a CPU build', () => {
    const build = framework('torch', '2.5.1+cpu', { gpu_build: false });
    expect(proves(onCpu('torch'), { frameworks: [build] })).toBeNull();
  });

  test('is a failure of a CUDA build that has a GPU', () => {
    expect(proves(onCpu('torch'))).toBe(false);
  });

  test('unless somebody chose the CPU', () => {
    const environ = { CUDA_VISIBLE_DEVICES: '' };
    expect(proves(onCpu('torch'), { environ })).toBeNull();
  });
});

describe('a failure', () => {
  const no = 'libcublas.so.11: cannot open shared object file';
  const cases: [string, Record<string, unknown>, string, boolean | null][] = [
    ['an import error', error(`ImportError: ${no}`), '', false],
    ['a wrong result', { kind: 'wrong', text: 'sum' }, '', false],
    ['an exit', { kind: 'exit', text: '3', exit_code: 3 }, '', false],
    ['SIGSEGV', { kind: 'crash', text: '', signal: 'SIGSEGV' }, '', false],
    // Not of the environment, but of this moment.
    ['SIGKILL', { kind: 'crash', text: '', signal: 'SIGKILL' }, '', null],
    ['out of memory', error('CUDA out of memory. Tried'), '', null],
    ['XLA out of memory', error('RESOURCE_EXHAUSTED: Out of'), '', null],
    [
      'a busy GPU',
      error('all CUDA-capable devices are busy or unavailable'),
      '',
      null
    ],
    [
      'a crash after no memory',
      { kind: 'crash', text: '', signal: 'SIGABRT' },
      'terminate called: out of memory',
      null
    ],
    ['no time', { kind: 'timeout', text: '' }, '', null],
    ['not installed', { kind: 'missing', text: '' }, '', null],
    ['no process', { kind: 'not-started', text: '' }, '', null]
  ];

  test.each(cases)('%s', (_, why, output, expected) => {
    expect(proves(failing('torch', why, 'import', { output }))).toBe(expected);
  });
});

test('a later test replaces an earlier one; other observations stay', () => {
  const kernel = {
    framework: 'jax',
    gpu_works: true,
    source: 'this kernel'
  };
  const first = withObservations(
    { ...ENVIRONMENT, observed: [kernel] },
    report(failing('torch', error('x')))
  );
  expect(first.observed?.map(o => o.gpu_works)).toEqual([true, false]);
  const second = withObservations(first, report(one('torch')));
  expect(second.observed).toEqual([
    kernel,
    { framework: 'torch', gpu_works: true, source: 'GPU test' }
  ]);
  // A test that is no longer true is forgotten.
  expect(withObservations(second, null).observed).toEqual([kernel]);
  expect(withObservations(ENVIRONMENT, null)).toBe(ENVIRONMENT);
});

test('what was seen to work outranks the tables', () => {
  // No library of compute capability 12.0 in this build, say the tables.
  const before = facts({
    frameworks: [{ ...TORCH, archs: ['sm_80', 'sm_86', 'sm_90'] }],
    gpu: gpus('575.57.08', '12.9', [gpu('NVIDIA GeForce RTX 5090', '12.0')])
  });
  const rules = (it: IFacts) =>
    runRules(ENVIRONMENT_RULES, it).findings.map(f => f.rule);
  expect(rules(before)).toContain('gpu-architecture-missing');
  const after = withObservations(before, report(one('torch')));
  expect(rules(after)).not.toContain('gpu-architecture-missing');
  expect(new View(after).seenWorking('torch')).toBe(true);
  const { findings } = runRules(ENVIRONMENT_RULES, after);
  expect(render(summarise(after, findings).headline)).toBe(
    'PyTorch can use the GPU'
  );
});

test('which frameworks are tested', () => {
  const names = ['jax', 'keras', 'torch', 'numpy'];
  expect(
    testable(facts({ frameworks: names.map(name => framework(name, '1')) }))
  ).toEqual(['torch', 'jax']);
  expect(testable(facts({ frameworks: [] }))).toEqual([]);
  expect(testable(facts({ frameworks: null }))).toEqual([
    'torch',
    'tensorflow',
    'jax'
  ]);
});
