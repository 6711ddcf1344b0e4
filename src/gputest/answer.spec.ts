import fc from 'fast-check';
import { render } from '../text/text';
import { readGpuTest } from './answer';
import { answer, failing, onCpu, test as one } from './samples.testing';
import cpu from './samples/cpu-wheels.json';
import type { IGpuTestReport } from './types';

function report(value: unknown): IGpuTestReport {
  const read = readGpuTest(value);
  if (read.kind !== 'report') {
    throw new Error(`${render(read.message)} ${read.detail}`);
  }
  return read.report;
}

function problem(value: unknown): string {
  const read = readGpuTest(value);
  return read.kind === 'problem'
    ? [render(read.message), read.detail].filter(Boolean).join(' | ')
    : 'a report';
}

test('what the real wheels for CPUs answered', () => {
  const { frameworks, addedFolders } = report(cpu);
  expect(frameworks.map(f => [f.name, f.outcome, f.version])).toEqual([
    ['torch', 'cpu', '2.13.0+cpu'],
    ['tensorflow', 'cpu', '2.21.0'],
    ['jax', 'cpu', '0.10.2']
  ]);
  expect(frameworks[0].steps.map(step => step.name)).toEqual([
    'import',
    'devices',
    'sum',
    'product'
  ]);
  expect(addedFolders).toEqual([]);
});

test('a GPU', () => {
  expect(report(answer([one('torch')])).frameworks[0]).toEqual({
    name: 'torch',
    outcome: 'gpu',
    step: null,
    steps: expect.arrayContaining([{ name: 'convolution', ok: true, ms: 410 }]),
    durationMs: 3100,
    error: null,
    version: '2.5.1+cu124',
    file: '/env/lib/python3.11/site-packages/torch/__init__.py',
    cuda: '12.4',
    devices: [
      {
        kind: 'gpu',
        name: 'NVIDIA L4',
        computeCapability: '8.9',
        memory: 24152899584
      }
    ],
    whyNot: null,
    against: 'NumPy',
    memory: {
      before: { allocated: 0, reserved: 0 },
      peak: { allocated: 8519680, reserved: 23068672 },
      process: 1288490188
    },
    cudnn: '9.1.0',
    output: ''
  });
});

test('a crash; a kind that a later version may name', () => {
  const crash = { kind: 'crash', text: 'ended', signal: 'SIGSEGV' };
  const melted = { kind: 'melted', text: 'hot', exit_code: 3 };
  const { frameworks } = report(
    answer([failing('torch', crash), failing('jax', melted)])
  );
  expect(frameworks.map(f => f.error)).toEqual([
    { kind: 'crash', text: 'ended', signal: 'SIGSEGV', exitCode: null },
    { kind: 'other', text: 'hot', signal: null, exitCode: 3 }
  ]);
});

test('an unfinished one', () => {
  const running = one('torch', { outcome: null, step: 'sum', steps: [] });
  expect(report(answer([running])).frameworks[0]).toMatchObject({
    outcome: null,
    step: 'sum'
  });
});

test('texts are cut, not refused', () => {
  const long = 'x'.repeat(100_000);
  const error = { kind: 'error', text: long };
  const [test] = report(
    answer([failing('jax', error, 'import', { output: long })])
  ).frameworks;
  expect([test.error?.text.length, test.output.length]).toEqual([4096, 60000]);
});

describe('what is not the agreed form is a clear problem', () => {
  const form = 'The answer does not have the agreed form.';
  const cases: [string, unknown, string][] = [
    ['nothing', undefined, 'The answer does not come from the GPU test.'],
    ['text', 'gputest', 'The answer does not come from the GPU test.'],
    [
      'another document',
      { schema: 'jupyterlab-gpu-doctor/plan' },
      'The answer does not come from the GPU test.'
    ],
    [
      'another version',
      answer([], { schema_version: 2 }),
      'The answer has another format version; reload the page to get the matching one.'
    ],
    [
      'its own error',
      answer([], { error: { kind: 'crash', text: 'KeyError: 5' } }),
      'The GPU test could not be run. | KeyError: 5'
    ],
    [
      'no list',
      answer([], { frameworks: {} }),
      `${form} | frameworks: no list of at most 3`
    ],
    [
      'another framework',
      answer([onCpu('theano')]),
      `${form} | frameworks/0/name: unknown value`
    ],
    [
      'one twice',
      answer([onCpu('jax'), onCpu('jax')]),
      `${form} | frameworks: one is there twice`
    ],
    [
      'an unknown outcome',
      answer([one('jax', { outcome: 'fine' })]),
      `${form} | frameworks/0/outcome: unknown value`
    ],
    [
      'a success with an error',
      answer([
        one('jax', {
          error: { kind: 'error', text: '', signal: null, exit_code: null }
        })
      ]),
      `${form} | frameworks/0: outcome gpu and error do not fit`
    ],
    [
      'a failure without an error',
      answer([one('jax', { outcome: 'failed' })]),
      `${form} | frameworks/0: outcome failed and error do not fit`
    ],
    [
      'a negative time',
      answer([one('jax', { duration_ms: -1 })]),
      `${form} | frameworks/0/duration_ms: no amount`
    ],
    [
      'an unknown step',
      answer([one('jax', { steps: [{ name: 'dance', ok: true, ms: 1 }] })]),
      `${form} | frameworks/0/steps/0/name: unknown value`
    ],
    [
      'a missing key',
      answer([one('jax', { devices: undefined })]),
      `${form} | frameworks/0/devices: no list of at most 64`
    ]
  ];

  test.each(cases)('%s', (_, value, expected) => {
    expect(problem(value)).toBe(expected);
  });
});

test('nothing throws, and nothing but a report is a report', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.anything(),
        fc
          .record({ key: fc.constantFrom(...Object.keys(one('jax'))) })
          .chain(({ key }) =>
            fc.anything().map(value => answer([one('jax', { [key]: value })]))
          ),
        fc
          .constantFrom(...Object.keys(answer([])))
          .chain(key =>
            fc.anything().map(value => answer([onCpu('jax')], { [key]: value }))
          )
      ),
      value => {
        const read = readGpuTest(value);
        if (read.kind === 'report') {
          for (const test of read.report.frameworks) {
            expect(['torch', 'tensorflow', 'jax']).toContain(test.name);
            expect(typeof test.output).toBe('string');
          }
        } else {
          expect(render(read.message)).not.toBe('');
        }
      }
    )
  );
});
