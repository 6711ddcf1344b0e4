import { facts, framework, gpu, gpus, noGpu } from '../facts/build';
import type { IFacts, IFramework } from '../facts/facts.generated';
import type { IFinding } from '../rules/types';
import { render, text } from '../text/text';
import { summarise } from './verdict';

const L4 = gpus('550.90.07', '12.4', [gpu('NVIDIA L4', '8.9')]);

const cuda = (name: string, more: Partial<IFramework> = {}) =>
  framework(name, '1.0', {
    backend: 'cuda',
    gpu_build: true,
    cuda: '12.1',
    ...more
  });

const finding = (more: Partial<IFinding>): IFinding => ({
  rule: 'some-rule',
  code: 'R00',
  message: 'm',
  severity: 'error',
  title: text('Something is wrong'),
  why: text('Why'),
  about: [],
  evidence: [],
  fix: null,
  stops: [],
  symptoms: [],
  ...more
});

describe('headline', () => {
  const cases: [string, Partial<IFacts>, IFinding[], string][] = [
    ['nothing known', {}, [], 'The frameworks could not be read'],
    [
      'no framework, no GPU',
      { frameworks: [], gpu: noGpu() },
      [],
      'No GPU and no GPU framework here'
    ],
    [
      'no framework, a GPU',
      { frameworks: [], gpu: L4 },
      [],
      'No GPU framework is installed here'
    ],
    [
      'all is well',
      { frameworks: [cuda('torch')], gpu: L4 },
      [],
      'PyTorch can use the GPU'
    ],
    [
      'a GPU build without a GPU',
      { frameworks: [cuda('torch')], gpu: noGpu() },
      [],
      'No NVIDIA GPU here: PyTorch computes on the CPU'
    ],
    [
      'a finding stops it',
      { frameworks: [cuda('torch')], gpu: L4 },
      [finding({ stops: ['torch'] })],
      'PyTorch cannot use the GPU here'
    ],
    [
      'one can, one cannot',
      { frameworks: [cuda('torch'), cuda('tensorflow')], gpu: L4 },
      [finding({ stops: ['tensorflow'] })],
      'PyTorch can use the GPU; TensorFlow cannot'
    ],
    [
      'an error that stops no framework',
      { frameworks: [cuda('torch')], gpu: L4 },
      [finding({})],
      'PyTorch can use the GPU, but the environment is damaged'
    ],
    [
      'a warning that stops no framework',
      { frameworks: [cuda('torch')], gpu: L4 },
      [finding({ severity: 'warning' })],
      'PyTorch can use the GPU'
    ],
    [
      'the build is not known',
      { frameworks: [framework('jax', '0.4')], gpu: L4 },
      [],
      'Whether JAX can use the GPU is not known'
    ],
    [
      'the GPUs are not known',
      { frameworks: [cuda('torch')], gpu: gpus('550', '12.4', null) },
      [],
      'Whether PyTorch can use the GPU is not known'
    ],
    [
      'seen to work: an observation outranks a finding',
      {
        frameworks: [cuda('torch')],
        gpu: L4,
        observed: [
          { framework: 'torch', gpu_works: true, source: 'this kernel' }
        ]
      },
      [finding({ stops: ['torch'], severity: 'warning' })],
      'PyTorch can use the GPU'
    ],
    [
      'seen to fail, and nothing says why',
      {
        frameworks: [cuda('torch'), cuda('jax')],
        gpu: L4,
        observed: [{ framework: 'jax', gpu_works: false, source: 'GPU test' }]
      },
      [],
      'PyTorch can use the GPU; JAX cannot'
    ],
    [
      'seen to fail where there is no GPU: it does not compute on the CPU either',
      {
        frameworks: [cuda('torch')],
        gpu: noGpu(),
        observed: [{ framework: 'torch', gpu_works: false, source: 'GPU test' }]
      },
      [],
      'PyTorch failed in the GPU test'
    ],
    [
      'Metal on a Mac',
      {
        frameworks: [
          framework('torch', '2.5', { backend: 'mps', gpu_build: true })
        ],
        gpu: { ...noGpu()!, others: [{ vendor: 'apple', name: 'Apple M2' }] }
      },
      [],
      'PyTorch can use the GPU'
    ]
  ];

  test.each(cases)('%s', (_, parts, findings, expected) => {
    expect(render(summarise(facts(parts), findings).headline)).toBe(expected);
  });
});

test('what was seen to fail is an error, with the cause that was found', () => {
  const parts = {
    frameworks: [cuda('torch')],
    gpu: L4,
    observed: [{ framework: 'torch', gpu_works: false, source: 'GPU test' }]
  };
  const alone = summarise(facts(parts), []);
  expect(alone.verdict).toBe('error');
  expect(alone.detail && render(alone.detail)).toBe(
    'The error of PyTorch is shown under “GPU test”.'
  );
  expect(alone.frameworks[0]).toMatchObject({
    usable: 'no',
    failed: true,
    observed: false
  });
  // A finding knows more.
  const known = summarise(facts(parts), [
    finding({ stops: ['torch'], severity: 'warning' })
  ]);
  expect(known.verdict).toBe('warning');
  expect(known.detail && render(known.detail)).toBe('Something is wrong');
  // What works somewhere is no failure.
  const both = [
    ...parts.observed,
    { framework: 'torch', gpu_works: true, source: 'this kernel' }
  ];
  const works = summarise(facts({ ...parts, observed: both }), []);
  expect(works.verdict).toBe('ok');
  expect(works.frameworks[0]).toMatchObject({ usable: 'yes', observed: true });
});

test('the verdict is the worst severity; information is no reproach', () => {
  const of = (...severities: IFinding['severity'][]) =>
    summarise(
      facts({}),
      severities.map(severity => finding({ severity }))
    ).verdict;
  expect(of()).toBe('ok');
  expect(of('info')).toBe('ok');
  expect(of('info', 'warning')).toBe('warning');
  expect(of('warning', 'error')).toBe('error');
});
