import * as fc from 'fast-check';
import { arbitraryFacts } from '../facts/arbitrary.testing';
import {
  conda,
  dist,
  environment,
  facts,
  framework,
  gpus,
  platform,
  record
} from '../facts/build';
import { parseFacts } from '../facts/parse';
import { View } from '../facts/view';
import { arbitraryPlan } from './arbitrary.testing';
import { plan, request, row } from './build';
import { predict } from './predict';

const LINUX = platform('linux-x86_64');

describe('predict', () => {
  it('returns the same facts for an empty plan', () => {
    const before = facts({ packages: [dist('numpy', '1.26.4')] });
    expect(predict(before, plan([]))).toBe(before);
  });

  it('adds, changes and removes packages and leaves the given facts alone', () => {
    const before = facts({
      packages: [
        dist('numpy', '1.26.4', { manager: 'pip', requires: ['old'] }),
        dist('tqdm', '4.60.0'),
        dist('six', '1.16.0')
      ]
    });
    const copy = JSON.stringify(before);
    const after = new View(
      predict(
        before,
        plan([
          row('numpy', '1.26.4', '2.1.0'),
          row('tqdm', '4.60.0', null),
          row('rich', null, '14.0.0', { requires: ['pygments'] })
        ])
      )
    );
    expect(JSON.stringify(before)).toBe(copy);
    expect(after.dist('numpy')?.value).toMatchObject({
      version: '2.1.0',
      manager: 'pip',
      requires: null
    });
    expect(after.has('tqdm')).toBe(false);
    expect(after.dist('rich')?.value.requires).toEqual(['pygments']);
    expect(after.dist('six')?.value.version).toBe('1.16.0');
  });

  it('keeps the requirements of what is written again', () => {
    const after = predict(
      facts({ packages: [dist('six', '1.16.0', { requires: ['a'] })] }),
      plan([row('six', '1.16.0', '1.16.0')])
    );
    expect(after.packages?.[0].requires).toEqual(['a']);
  });

  it('keeps the record of conda when pip replaces its package', () => {
    const before = facts({
      conda: conda([
        record('numpy', '1.20.3', {
          python_name: 'numpy',
          dist_info_exists: true
        })
      ]),
      packages: [dist('numpy', '1.20.3', { manager: 'conda' })]
    });
    const after = predict(before, plan([row('numpy', '1.20.3', '1.22.4')]));
    expect(after.packages?.[0].manager).toBe('pip');
    expect(after.conda?.records?.[0]).toMatchObject({
      version: '1.20.3',
      dist_info_exists: false
    });
  });

  it('lets conda change its records and its packages', () => {
    const before = facts({
      conda: conda([record('numpy', '1.20.3', { python_name: 'numpy' })]),
      packages: [dist('numpy', '1.20.3', { manager: 'conda' })]
    });
    const after = predict(
      before,
      plan(
        [row('numpy', '1.20.3', '1.26.4'), row('cudatoolkit', null, '11.8.0')],
        'conda 26.7'
      )
    );
    expect(after.conda?.records?.map(r => [r.name, r.version])).toEqual([
      ['numpy', '1.26.4'],
      ['cudatoolkit', '11.8.0']
    ]);
    expect(after.packages?.map(d => [d.name, d.manager])).toEqual([
      ['numpy', 'conda']
    ]);
  });

  it('puts a copy for the user in front of the one in the environment', () => {
    const after = new View(
      predict(
        facts({ packages: [dist('numpy', '1.26.4', { manager: 'conda' })] }),
        plan([row('numpy', '1.26.4', '2.1.0')]),
        [request(['numpy'], { options: { user: true } })]
      )
    );
    expect(after.copies('numpy').map(c => c.value.version)).toEqual([
      '2.1.0',
      '1.26.4'
    ]);
  });

  it('leaves unknown packages unknown', () => {
    const after = predict(facts({}), plan([row('numpy', null, '2.1.0')]));
    expect(after.packages).toBeNull();
    expect(after.frameworks).toBeNull();
  });

  it('gives up libraries and observations that a plan does not tell', () => {
    const before = facts({
      packages: [dist('torch', '2.3.1')],
      cuda_libraries: [],
      observed: [{ framework: 'torch', gpu_works: true, source: 'GPU test' }]
    });
    const after = predict(before, plan([row('torch', '2.3.1', '2.5.1')]));
    expect(after.cuda_libraries).toBeNull();
    expect(after.observed).toBeNull();
    const small = predict(before, plan([row('rich', null, '14.0.0')]));
    expect(small.cuda_libraries).toEqual([]);
    expect(small.observed).toHaveLength(1);
  });
});

describe('frameworks after a plan', () => {
  const torch = (
    to: string,
    more: Parameters<typeof facts>[0] = {},
    indexes: string[] = []
  ) =>
    new View(
      predict(
        facts({ platform: LINUX, packages: [], frameworks: [], ...more }),
        plan([row('torch', null, to)]),
        [request(['torch'], { options: { indexes } })]
      )
    ).framework('torch')?.value;

  it.each([
    ['2.3.1+cu121', LINUX, [], { cuda: '12.1', gpu_build: true }],
    ['2.3.1+cpu', LINUX, [], { backend: 'cpu', gpu_build: false }],
    ['2.5.1', LINUX, [], { cuda: '12.4', gpu_build: true }],
    ['2.13.0', LINUX, [], { cuda: '13.0', gpu_build: true }],
    ['9.9.9', LINUX, [], { cuda: null, gpu_build: null }],
    ['2.5.1', platform('win-amd64'), [], { backend: 'cpu' }],
    ['2.5.1', platform('darwin-arm64'), [], { cuda: null, gpu_build: null }],
    ['2.5.1', platform('linux-aarch64'), [], { backend: 'cpu' }],
    ['2.5.1', LINUX, ['https://index.example/whl/cu118'], { cuda: '11.8' }],
    ['2.5.1', LINUX, ['https://index.example/simple'], { cuda: null }]
  ] as const)('torch %s', (to, where, indexes, expected) => {
    expect(torch(to, { platform: where }, [...indexes])).toMatchObject(
      expected
    );
  });

  it('knows the architectures of a planned wheel', () => {
    expect(torch('2.5.1')?.archs).toContain('sm_90');
    expect(torch('9.9.9')?.archs).toBeNull();
  });

  it('takes CUDA and cuDNN of TensorFlow from the table', () => {
    const after = predict(
      facts({ platform: LINUX, packages: [], frameworks: [] }),
      plan([row('tensorflow', null, '2.15.1')])
    );
    expect(after.frameworks).toMatchObject([
      { name: 'tensorflow', cuda: '12.2', gpu_build: true }
    ]);
  });

  it('sees the CUDA of JAX in its plugins', () => {
    const before = facts({ platform: LINUX, packages: [], frameworks: [] });
    const build = (rows: Parameters<typeof plan>[0]) =>
      new View(predict(before, plan(rows))).framework('jax')?.value;
    expect(
      build([
        row('jax', null, '0.6.0'),
        row('jax-cuda12-plugin', null, '0.6.0')
      ])
    ).toMatchObject({ backend: 'cuda', cuda: '12' });
    expect(
      build([row('jax', null, '0.6.0'), row('jaxlib', null, '0.6.0')])
    ).toMatchObject({ backend: 'cpu', gpu_build: false });
  });

  it('forgets a framework that goes away', () => {
    const after = predict(
      facts({
        packages: [dist('torch', '2.5.1')],
        frameworks: [framework('torch', '2.5.1', { distribution: 'torch' })],
        gpu: gpus(null, null, null),
        environment: environment('venv')
      }),
      plan([row('torch', '2.5.1', null)])
    );
    expect(after.frameworks).toEqual([]);
  });
});

it('gives valid facts, whatever facts and plan say', () => {
  fc.assert(
    fc.property(arbitraryFacts(), arbitraryPlan(), (before, answer) => {
      const after = predict(before, answer);
      // A copy for the user would be in front of sys.path; the schema has no such index.
      expect(parseFacts(after)).toMatchObject({ ok: true });
    }),
    { numRuns: 200 }
  );
});
