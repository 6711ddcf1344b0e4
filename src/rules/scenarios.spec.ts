/** Scenarios of the product that are about tables and versions; the others are played in ui-tests/tests/scenarios.spec.ts. */
import { summarise } from '../check/verdict';
import { tensorflowBuild } from '../compat/tensorflow';
import { torchRelease } from '../compat/torch';
import {
  dist,
  environment,
  facts,
  framework,
  gpu,
  gpus,
  library,
  platform,
  python
} from '../facts/build';
import type { IFacts } from '../facts/facts.generated';
import { factsFromShortForm } from '../facts/shortForm';
import { render } from '../text/text';
import { runRules } from './engine';
import { ENVIRONMENT_RULES } from './environment/index.generated';

function rulesOf(document: IFacts, grave = true): string[] {
  return runRules(ENVIRONMENT_RULES, document)
    .findings.filter(one => !grave || one.severity !== 'info')
    .map(one => one.rule);
}

const linux = platform('linux-x86_64');

describe('S3a: nvidia-smi says 12.2, PyTorch is built for 11.7', () => {
  const document = facts({
    python: python('3.10.12'),
    platform: linux,
    environment: environment('venv'),
    packages: [dist('torch', '2.0.1', { manager: 'pip' })],
    frameworks: [
      framework('torch', '2.0.1+cu117', {
        distribution: 'torch',
        local: 'cu117',
        backend: 'cuda',
        gpu_build: true,
        cuda: '11.7'
      })
    ],
    gpu: gpus('535.104.05', '12.2', [gpu('NVIDIA L4', '8.9')])
  });

  test('is no problem, and the verdict says why', () => {
    const { findings } = runRules(ENVIRONMENT_RULES, document);
    expect(findings.filter(one => one.severity !== 'info')).toEqual([]);
    const summary = summarise(document, findings);
    expect(summary.verdict).toBe('ok');
    expect(render(summary.headline)).toBe('PyTorch can use the GPU');
    expect(summary.detail && render(summary.detail)).toContain(
      'every older one'
    );
  });
});

describe('S3b: PyTorch, Python and CUDA as a matrix', () => {
  test.each([
    ['2.0.0', '3.8', '3.11', '11.7'],
    ['2.5.1', '3.9', '3.12', '12.4'],
    ['1.12.1', '3.7', '3.10', '11.3']
  ])('%s: Python %s to %s, CUDA %s', (version, oldest, newest, cuda) => {
    const release = torchRelease(version);
    expect(release?.value.python).toEqual([oldest, newest]);
    expect(release?.value.cuda).toContain(cuda);
    expect(release?.source).not.toBe('');
  });

  test.each([
    ['3.12.1', '2.0.0+cu117', ['python-unsupported']],
    ['3.10.12', '2.0.0+cu117', []],
    ['3.13.0', '1.13.1+cu117', ['python-unsupported']]
  ])('Python %s with torch %s: %j', (version, torch, expected) => {
    const document = factsFromShortForm({
      python: version,
      environment: 'venv',
      platform: 'linux-x86_64',
      packages: [{ name: 'torch', version: torch, manager: 'pip' }],
      torch: { version: torch, cuda: '11.7' }
    });
    expect(rulesOf(document)).toEqual(expected);
  });
});

describe('S4a: TensorFlow, CUDA and cuDNN', () => {
  test.each([
    ['2.15.0', '12.2', '8.9'],
    ['2.12.0', '11.8', '8.6'],
    ['2.4.0', '11.0', '8.0'],
    ['1.15.0', '10.0', '7.4']
  ])('%s was built for CUDA %s and cuDNN %s', (version, cuda, cudnn) => {
    const build = tensorflowBuild(version);
    expect(build?.value).toMatchObject({ cuda, cudnn });
    expect(build?.source).not.toBe('');
  });

  const tensorflow = (libraries: IFacts['cuda_libraries']) =>
    facts({
      python: python('3.11.7'),
      platform: linux,
      environment: environment('venv'),
      packages: [dist('tensorflow', '2.15.1', { manager: 'pip' })],
      frameworks: [
        framework('tensorflow', '2.15.1', {
          distribution: 'tensorflow',
          backend: 'cuda',
          gpu_build: true,
          cuda: '12.2',
          cudnn: '8'
        })
      ],
      gpu: gpus('535.104.05', '12.2', [gpu('NVIDIA L4', '8.9')]),
      cuda_libraries: libraries,
      environ: {}
    });

  test('built for CUDA 12 where only CUDA 11 is', () => {
    const document = tensorflow([
      library(
        'cudart',
        'libcudart.so.11.0',
        '/usr/local/cuda-11.8/lib64/libcudart.so.11.0',
        { origin: 'ld-cache' }
      )
    ]);
    const { findings } = runRules(ENVIRONMENT_RULES, document);
    expect(findings[0].rule).toBe('tensorflow-libraries-missing');
    expect(summarise(document, findings).frameworks[0].usable).toBe('no');
  });

  test('built for CUDA 12 where CUDA 12 is', () => {
    const path = '/usr/local/cuda-12.2/lib64';
    const document = tensorflow([
      library('cudart', 'libcudart.so.12', `${path}/libcudart.so.12`, {
        origin: 'ld-cache'
      }),
      library('cublas', 'libcublas.so.12', `${path}/libcublas.so.12`, {
        origin: 'ld-cache'
      }),
      library('cudnn', 'libcudnn.so.8', `${path}/libcudnn.so.8`, {
        origin: 'ld-cache'
      })
    ]);
    expect(rulesOf(document)).toEqual([]);
  });
});

describe('S4d: old stacks are judged by their own rows', () => {
  test.each([
    [
      'PyTorch 1.8 with cudatoolkit 10.2',
      {
        python: '3.8.18',
        environment: 'conda' as const,
        platform: 'linux-x86_64',
        conda: [
          {
            name: 'pytorch',
            version: '1.8.1',
            build: 'py3.8_cuda10.2_cudnn7.6.5_0'
          },
          { name: 'cudatoolkit', version: '10.2.89' }
        ],
        packages: [
          { name: 'torch', version: '1.8.1', manager: 'conda' as const }
        ],
        torch: { version: '1.8.1', cuda: '10.2' },
        driver: '450.80.02',
        driver_cuda: '11.0',
        gpus: [{ name: 'Tesla V100', compute_capability: '7.0' }]
      }
    ],
    [
      'tensorflow-gpu 1.15 with cudatoolkit 10.0',
      {
        python: '3.7.16',
        environment: 'conda' as const,
        platform: 'linux-x86_64',
        conda: [{ name: 'cudatoolkit', version: '10.0.130' }],
        packages: [
          { name: 'tensorflow-gpu', version: '1.15.5', manager: 'pip' as const }
        ],
        tensorflow: { version: '1.15.5', cuda: '10.0', cudnn: '7.6' },
        driver: '418.87.01',
        driver_cuda: '10.1',
        gpus: [{ name: 'Tesla K80', compute_capability: '3.7' }]
      }
    ]
  ])('%s', (_, form) => {
    expect(rulesOf(factsFromShortForm(form))).toEqual([]);
  });

  test('PyTorch 1.10 for CUDA 10.2 under a driver for 10.1', () => {
    const document = factsFromShortForm({
      python: '3.8.18',
      environment: 'conda',
      platform: 'linux-x86_64',
      packages: [{ name: 'torch', version: '1.10.0', manager: 'pip' }],
      torch: { version: '1.10.0', cuda: '10.2' },
      driver_cuda: '10.1'
    });
    expect(rulesOf(document)[0]).toBe('cuda-newer-than-driver');
  });
});
