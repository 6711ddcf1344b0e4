import { dist, environment, facts, python } from '../facts/build';
import { View } from '../facts/view';
import { asked, likelyCondaName } from './asked';
import { assume, SOME_VERSION } from './assume';
import { request, row, uninstall } from './build';
import { Change } from './change';
import { placeOf } from './target';

describe('asked', () => {
  it.each([
    ['xformers==0.0.26.post1', 'xformers', '0.0.26.post1'],
    ['Huggingface_Hub', 'huggingface-hub', null],
    ['jax[cuda12]>=0.4', 'jax', null],
    ['torch==2.3.*', 'torch', null],
    ["x==1.0; python_version < '3.9'", 'x', '1.0']
  ])('reads %s', (word, name, exact) => {
    expect(asked([request([word])])).toMatchObject([{ name, exact }]);
  });

  it.each([
    './proj',
    'git+https://example.org/x.git',
    'x-1.0-py3-none-any.whl'
  ])('leaves %s out', word => {
    expect(asked([request([word])])).toEqual([]);
  });

  it.each([
    ['pytorch==2.3.1', 'torch', '==2.3.1'],
    ['conda-forge::numpy=1.24', 'numpy', '==1.24.*'],
    ['pytorch=2.3.1=py3.10_cuda12.1_cudnn8_0', 'torch', '==2.3.1.*'],
    ['python>=3.10', 'python', '>=3.10'],
    ['folium', 'folium', '']
  ])('reads %s as conda does', (word, name, specifier) => {
    expect(asked([request([word], { tool: 'conda' })])).toMatchObject([
      { name, specifier }
    ]);
  });

  it('does not look for CUDA wheels on conda-forge', () => {
    expect(likelyCondaName('cupy-cuda12x')).toBeNull();
    expect(likelyCondaName('torch')).toBe('pytorch');
    expect(likelyCondaName('focal-loss')).toBe('focal-loss');
  });
});

describe('assume', () => {
  const view = new View(
    facts({ packages: [dist('numpy', '1.26.4'), dist('torch', '2.3.1+cu121')] })
  );
  const moves = (...requests: Parameters<typeof assume>[1]) =>
    assume(view, requests).map(({ name, from, to }) => [name, from, to]);

  it('takes a pin that differs for a change, and one that holds for none', () => {
    expect(moves(request(['numpy==1.24.4', 'torch==2.3.1']))).toEqual([
      ['numpy', '1.26.4', '1.24.4']
    ]);
  });

  it('adds what is missing, in some version', () => {
    expect(moves(request(['rich', 'numpy<1.25']))).toEqual([
      ['rich', null, SOME_VERSION],
      ['numpy', '1.26.4', SOME_VERSION]
    ]);
  });

  it('removes, and moves what is removed and installed again', () => {
    expect(moves(uninstall(['numpy', 'absent']))).toEqual([
      ['numpy', '1.26.4', null]
    ]);
    expect(moves(uninstall(['torch']), request(['torch==2.5.1']))).toEqual([
      ['torch', '2.3.1+cu121', '2.5.1']
    ]);
  });

  it('knows nothing where the packages are not known', () => {
    expect(assume(new View(facts({})), [request(['rich'])])).toEqual([]);
  });
});

describe('Change', () => {
  const before = new View(
    facts({
      packages: [
        dist('torch', '2.5.1', { requires: ['triton==3.1.0', 'sympy'] }),
        dist('triton', '3.1.0'),
        dist('sympy', '1.13.1'),
        dist('solver', '1.0', { requires: ['sympy'] })
      ]
    })
  );
  const change = (name: string) =>
    new Change(
      before,
      [row('torch', '2.5.1', '2.3.1'), row('triton', '3.1.0', '2.3.1')],
      [request([name])],
      true
    );

  it('counts as a part what serves only what was asked for', () => {
    expect(change('torch').isPart('triton')).toBe(true);
    expect(change('torch').isPart('sympy')).toBe(false);
    expect(change('xformers').isPart('triton')).toBe(false);
  });

  it('names torch as the cause of what moves with it', () => {
    expect(change('xformers').subject('triton')).toBe('torch');
    expect(change('xformers').subject('sympy')).toBe('sympy');
  });

  it('finds who brought a row', () => {
    const found = new Change(
      before,
      [
        row('xformers', null, '0.0.27', { requires: ['torch==2.3.1'] }),
        row('torch', '2.5.1', '2.3.1')
      ],
      [request(['xformers'])],
      true
    ).cause('torch');
    expect(found?.row.value.name).toBe('xformers');
    expect(found?.requirement).toBe('torch==2.3.1');
  });

  it('does not run in circles', () => {
    const loop = new View(
      facts({
        packages: [
          dist('a', '1', { requires: ['b'] }),
          dist('b', '1', { requires: ['a'] })
        ]
      })
    );
    expect(new Change(loop, [], [request(['c'])], true).isPart('a')).toBe(
      false
    );
  });
});

describe('placeOf', () => {
  const kernel = new View(
    facts({
      environment: environment('conda', { name: 'tf29' }),
      python: python('3.9.18', {
        prefix: '/opt/conda/envs/tf29',
        executable: '/opt/conda/envs/tf29/bin/python'
      }),
      environ: { CONDA_PREFIX: '/opt/conda' },
      tools: [{ name: 'pip', path: '/opt/conda/bin/pip', prefix: '/opt/conda' }]
    })
  );
  const at = (view: View, target: Parameters<typeof request>[1]) =>
    placeOf(view, request(['x'], target)).kernel;

  it.each([
    [{ target: { kind: 'kernel' } }, true],
    [{ target: { kind: 'path', command: 'pip' } }, false],
    [{ target: { kind: 'path', command: 'pip3' } }, null],
    [{ target: { kind: 'path', command: 'conda' }, tool: 'conda' }, false],
    [{ target: { kind: 'named', name: 'tf29' } }, true],
    [{ target: { kind: 'named', name: 'other' } }, false],
    [
      { target: { kind: 'named', name: '/opt/conda/envs/tf29/bin/python' } },
      true
    ],
    [{ target: { kind: 'named', name: '/opt/conda/bin/python' } }, false],
    [{ target: { kind: 'folder', path: './libs' } }, false],
    [{ tool: 'pipx' }, false]
  ] as const)('%j', (target, expected) => {
    expect(at(kernel, target)).toBe(expected);
  });

  it('cannot tell where nothing is known', () => {
    const nothing = new View(facts({}));
    expect(
      at(nothing, { target: { kind: 'path', command: 'pip' } })
    ).toBeNull();
    expect(at(nothing, { target: { kind: 'named', name: 'x' } })).toBeNull();
  });

  it('reads PATH and the active environment when the probe told neither', () => {
    const view = (path: string) =>
      new View(
        facts({ environ: { PATH: path, CONDA_PREFIX: '/opt/conda/envs/tf29' } })
      );
    const target = { target: { kind: 'path', command: 'pip' } } as const;
    expect(at(view('/opt/conda/bin:/usr/bin'), target)).toBe(false);
    expect(at(view('/opt/conda/envs/tf29/bin:/opt/conda/bin'), target)).toBe(
      true
    );
    expect(at(view('/usr/local/bin:/usr/bin'), target)).toBeNull();
  });
});
