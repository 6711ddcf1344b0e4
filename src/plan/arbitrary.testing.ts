/** Arbitrary plans and requests for property tests. */
import * as fc from 'fast-check';
import type { IInstallRequest } from '../recognise/types';
import { request } from './build';
import type { IPlan } from './types';

const NAMES = [
  'numpy',
  'scipy',
  'torch',
  'torchvision',
  'triton',
  'tensorflow',
  'tensorflow-cpu',
  'keras',
  'jax',
  'jaxlib',
  'jax-cuda12-plugin',
  'protobuf',
  'opencv-python',
  'opencv-python-headless',
  'cupy-cuda13x',
  'nvidia-cudnn-cu12',
  'cuda-toolkit',
  'requests',
  'pip',
  'ipykernel',
  'flash-attn',
  'python',
  'pytorch',
  'spam'
];
const VERSIONS = [
  '1.20.3',
  '2.0.0',
  '2.5.1+cu124',
  '2.5.1',
  '2.6.0+cpu',
  '13.0.2',
  '3.0.0rc1',
  'not a version',
  ''
];
const REQUIRES = ['numpy<2', 'torch==2.5.1', 'protobuf (>=3.20)', 'x; ('];

const version = fc.constantFrom(...VERSIONS);

/** Plans with one row for each name. */
export function arbitraryPlan(): fc.Arbitrary<IPlan> {
  return fc.record({
    rows: fc.uniqueArray(
      fc.record({
        name: fc.constantFrom(...NAMES),
        from: fc.option(version),
        to: fc.option(version),
        requires: fc.option(
          fc.array(fc.constantFrom(...REQUIRES), { maxLength: 3 })
        ),
        build: fc.constantFrom('wheel' as const, 'sdist' as const, null),
        size: fc.constant(null)
      }),
      { maxLength: 10, selector: one => one.name }
    ),
    planner: fc.constantFrom('uv 0.13.8', 'pip 26.3', 'conda 26.7'),
    duration: fc.constant(1)
  });
}

/** Requests of any tool, with any options. */
export function arbitraryRequests(): fc.Arbitrary<IInstallRequest[]> {
  const one = fc.record({
    tool: fc.constantFrom(
      'pip' as const,
      'uv' as const,
      'conda' as const,
      'mim' as const,
      'pipx' as const,
      'apt' as const
    ),
    action: fc.constantFrom(
      'install' as const,
      'uninstall' as const,
      'update' as const
    ),
    packages: fc.array(
      fc
        .tuple(
          fc.constantFrom(...NAMES),
          fc.constantFrom(
            '',
            '==2.0.0',
            '>=1,<2',
            '=1.20',
            '[x]',
            ' @ x',
            '==*'
          )
        )
        .map(parts => parts.join('')),
      { maxLength: 3 }
    ),
    target: fc.constantFrom(
      { kind: 'kernel' as const },
      { kind: 'path' as const, command: 'pip' },
      { kind: 'path' as const, command: 'conda' },
      { kind: 'named' as const, name: '/opt/conda/bin/python' },
      { kind: 'folder' as const, path: './libs' }
    ),
    eaten: fc.constantFrom([], ['>=2']),
    lostActivation: fc.boolean(),
    unknowns: fc.constantFrom(
      [],
      [{ kind: 'direct-url' as const, text: 'git+https://e.org/xformers.git' }],
      [{ kind: 'expression' as const, text: '{pkg}' }]
    ),
    options: fc.record({
      upgrade: fc.boolean(),
      eager: fc.boolean(),
      pre: fc.boolean(),
      forceReinstall: fc.boolean(),
      noDeps: fc.boolean(),
      user: fc.boolean(),
      sudo: fc.boolean(),
      breakSystemPackages: fc.boolean()
    })
  });
  return fc.array(
    one.map(({ packages, ...more }) => request(packages, more)),
    { maxLength: 3 }
  );
}
