import {
  conda,
  dist,
  facts,
  framework,
  platform,
  record
} from '../../facts/build';
import { plan, request, row } from '../../plan/build';
import { text } from '../../text/text';
import { majorOf } from '../../versions/cuda';
import { localLabel } from '../../versions/pep440';
import { gpuBuild, isWheel } from '../cuda';
import { condaCuda, cudaMajorOfName, frameworkCuda, wheelCuda } from './cudaOf';
import { asker, moveEvidence, shown } from './say';
import { defineInstallRule } from './types';

export default defineInstallRule({
  id: 'own-cuda-runtime',
  code: 'P04',
  since: '0.1.0',
  docs: {
    summary: 'The install would bring a second CUDA.',
    what: 'Takes the CUDA majors that the plan adds (wheels of NVIDIA, builds of frameworks) and holds them against those in use: frameworks that stay, CUDA wheels, the CUDA packages of conda. Of one major, only a runtime that nobody asked for beside a GPU framework of conda is told.',
    why: 'Two frameworks load two sets of libraries into one process; which one wins depends on the order of imports.',
    example:
      '`pip install sentence-transformers` in an image with TensorFlow 2.9 (CUDA 11) brings torch with CUDA 12 wheels: `libcublas.so.11: cannot open shared object file`.',
    fix: 'Keep the new framework in an environment of its own, or take a build for the CUDA that is there.',
    safety: 'The environment at hand stays as it is.',
    references: [
      'rapidsai-community/rapidsai-csp-utils#138',
      'jax-ml/jax#17624',
      'tensorflow/docs#2251'
    ]
  },
  messages: {
    clash: {
      title: 'CUDA %1 would stand beside CUDA %2',
      why: '%3 brings libraries of CUDA %1, while %4 works with CUDA %2.'
    },
    library: {
      title: 'CUDA libraries that PyTorch loads would change',
      why: 'PyTorch is made for exact versions of %3, and nobody could read which.'
    },
    second: {
      title: 'A second CUDA %1 would be installed',
      why: '%3 brings its own libraries beside those that %4 works with.'
    }
  },
  supersedes: ['cuda-wheels-mixed'],
  check({ change, before, after }, report) {
    if (change.byConda) {
      return;
    }
    const brought = [...change.added, ...change.moved].flatMap(one => {
      const { name, from, to } = one.value;
      const build =
        name === 'torch' || name === 'jax' ? gpuBuild(after, name)?.cuda : null;
      const major = cudaMajorOfName(name, to) ?? majorOf(build);
      // A move within one major brings nothing new.
      const old =
        cudaMajorOfName(name, from) ??
        (from === null ? null : majorOf(gpuBuild(before, name)?.cuda));
      return major === null || major === old ? [] : [{ one, major }];
    });
    const libraries = change.moved.filter(
      ({ value }) =>
        /^nvidia-/.test(value.name) &&
        cudaMajorOfName(value.name, value.to) !== null &&
        change.dependants(value.name).length === 0
    );
    const torch = before.dist('torch');
    if (
      libraries.length > 0 &&
      change.row('torch') === null &&
      torch?.value.requires === null &&
      isWheel(before, 'torch')
    ) {
      const names = libraries.map(one => one.value.name).sort();
      report({
        message: 'library',
        args: ['', '', names.join(', '), 'torch'],
        severity: 'warn',
        subject: null,
        about: [...names, 'torch'],
        evidence: libraries.slice(0, 8).map(moveEvidence)
      });
    }
    // NCCL alone comes with packages that compute on CPUs too.
    if (
      brought.every(({ one }) => /^nvidia-(nccl|nvshmem)/.test(one.value.name))
    ) {
      return;
    }
    const moves = (name: string) => {
      const found = change.row(name)?.value;
      return found !== undefined && found.from !== found.to;
    };
    const gone = frameworkCuda(before).filter(use => moves(use.name));
    // Wheels that only a framework used which now moves to another CUDA are left over, and load for nobody.
    const leftOver = (use: { name: string; major: number }) => {
      const users = change.dependants(use.name).filter(by => by !== use.name);
      return users.length > 0
        ? users.every(by => moves(by) || /^nvidia-/.test(by))
        : gone.some(one => one.major === use.major);
    };
    const frameworks = frameworkCuda(before).filter(use => !moves(use.name));
    const used = [
      ...frameworks,
      ...wheelCuda(before).filter(use => !moves(use.name) && !leftOver(use))
    ];
    const found = condaCuda(before);
    const owned =
      found && gone.length > 0 && frameworks.length === 0 ? null : found;
    const all = owned ? [...used, owned] : used;
    const other = all.find(use => brought.every(b => b.major !== use.major));
    const rows = brought.map(b => b.one.value.name).sort();
    const who =
      change.names.find(name => change.row(name)) ??
      asker(change, brought[0].one.value.name);
    const evidence = (use: (typeof all)[number]) => [
      ...brought.slice(0, 4).map(b => moveEvidence(b.one)),
      {
        text: text(
          '%1 %2 is for CUDA %3',
          use.name,
          shown(use.version),
          String(use.major)
        ),
        path: `/facts${use.path}`
      }
    ];
    if (other) {
      const bundled =
        other.name === 'torch' &&
        localLabel(other.version ?? '') !== null &&
        wheelCuda(before).every(use => use.major !== other.major);
      const grave =
        (other !== owned && !bundled) || before.environ('LD_LIBRARY_PATH');
      report({
        message: 'clash',
        args: [String(brought[0].major), String(other.major), who, other.name],
        severity: grave ? 'block' : 'warn',
        subject: null,
        about: [...new Set([other.name, ...rows])].slice(0, 12),
        evidence: evidence(other)
      });
      return;
    }
    const condas = frameworkCuda(before).find(
      use =>
        !moves(use.name) && before.dist(use.name)?.value.manager === 'conda'
    );
    if (owned && condas && !change.isAsked('torch')) {
      report({
        message: 'second',
        args: [String(owned.major), '', who, condas.name],
        severity: 'warn',
        subject: null,
        about: [...new Set([condas.name, owned.name, ...rows])].slice(0, 12),
        evidence: evidence(owned)
      });
    }
  },
  examples: {
    flagged: [
      {
        name: 'torch with CUDA 12 beside TensorFlow with CUDA 11',
        input: () => ({
          facts: facts({
            platform: platform('linux-x86_64'),
            packages: [dist('tensorflow', '2.9.1', { manager: 'pip' })],
            frameworks: [
              framework('tensorflow', '2.9.1', {
                distribution: 'tensorflow',
                cuda: '11.2',
                gpu_build: true
              })
            ]
          }),
          requests: [request(['sentence-transformers'])],
          plan: plan([
            row('sentence-transformers', null, '2.7.0'),
            row('torch', null, '2.3.1'),
            row('nvidia-cublas-cu12', null, '12.1.3.1')
          ])
        }),
        risks: [
          {
            message: 'clash',
            severity: 'block',
            about: ['tensorflow', 'nvidia-cublas-cu12', 'torch']
          }
        ]
      },
      {
        name: 'a library under a PyTorch whose pins are not known',
        input: () => ({
          facts: facts({
            packages: [
              dist('torch', '2.5.1', { manager: 'pip' }),
              dist('nvidia-cudnn-cu12', '9.1.0.70', { manager: 'pip' })
            ]
          }),
          requests: [request(['nvidia-cudnn-cu12==9.5.0.50'])],
          plan: plan([row('nvidia-cudnn-cu12', '9.1.0.70', '9.5.0.50')])
        }),
        risks: [
          {
            message: 'library',
            severity: 'warn',
            about: ['nvidia-cudnn-cu12', 'torch']
          }
        ]
      },
      {
        name: 'wheels of the same CUDA beside a framework of conda',
        input: () => ({
          facts: facts({
            conda: conda([record('cudatoolkit', '11.8.0')]),
            packages: [dist('torch', '2.0.1', { manager: 'conda' })],
            frameworks: [
              framework('torch', '2.0.1', {
                distribution: 'torch',
                cuda: '11.8',
                gpu_build: true
              })
            ]
          }),
          requests: [request(['some-solver'])],
          plan: plan([
            row('some-solver', null, '1.0'),
            row('nvidia-cusolver-cu11', null, '11.4.1.48')
          ])
        }),
        risks: [
          {
            message: 'second',
            severity: 'warn',
            about: ['torch', 'cudatoolkit', 'nvidia-cusolver-cu11']
          }
        ]
      }
    ],
    clean: [
      {
        name: 'the first framework here',
        input: () => ({
          facts: facts({
            platform: platform('linux-x86_64'),
            packages: [dist('numpy', '1.26.4', { manager: 'pip' })],
            frameworks: []
          }),
          requests: [request(['torch'])],
          plan: plan([
            row('torch', null, '2.5.1'),
            row('nvidia-cublas-cu12', null, '12.4.5.8')
          ])
        })
      },
      {
        name: 'a newer library of the same CUDA',
        input: () => ({
          facts: facts({
            packages: [
              dist('nvidia-cudnn-cu12', '9.1.0', { manager: 'pip' }),
              dist('tensorflow', '2.17.0', { manager: 'pip' })
            ],
            frameworks: []
          }),
          requests: [request(['jax[cuda12]'])],
          plan: plan([
            row('jax', null, '0.4.35'),
            row('jax-cuda12-plugin', null, '0.4.35'),
            row('nvidia-cudnn-cu12', '9.1.0', '9.5.0')
          ])
        })
      },
      {
        name: 'torch goes from CUDA 12 to 13, its old wheels stay behind',
        input: () => ({
          facts: facts({
            platform: platform('linux-x86_64'),
            packages: [
              dist('torch', '2.5.1', {
                manager: 'pip',
                requires: ['nvidia-cublas-cu12==12.4.5.8']
              }),
              dist('nvidia-cublas-cu12', '12.4.5.8', { manager: 'pip' })
            ],
            frameworks: [
              framework('torch', '2.5.1', {
                distribution: 'torch',
                cuda: '12.4',
                gpu_build: true
              })
            ]
          }),
          requests: [request(['torch'], { options: { upgrade: true } })],
          plan: plan([
            row('torch', '2.5.1', '2.13.0'),
            row('nvidia-cublas', null, '13.0.0.19'),
            row('nvidia-cudnn-cu13', null, '9.19.0.56')
          ])
        })
      },
      {
        name: 'NCCL alone',
        input: () => ({
          facts: facts({
            packages: [dist('torch', '2.1.0+cu118', { manager: 'pip' })],
            frameworks: [
              framework('torch', '2.1.0+cu118', {
                cuda: '11.8',
                gpu_build: true
              })
            ]
          }),
          requests: [request(['xgboost'])],
          plan: plan([
            row('xgboost', null, '3.0.0'),
            row('nvidia-nccl-cu12', null, '2.26.2')
          ])
        })
      },
      {
        name: 'a tool that reads the GPU',
        input: () => ({
          facts: facts({
            packages: [dist('nvidia-cublas-cu11', '11.10', { manager: 'pip' })]
          }),
          requests: [request(['nvitop'])],
          plan: plan([
            row('nvitop', null, '1.3.2'),
            row('nvidia-ml-py', null, '12.560.30')
          ])
        })
      }
    ]
  }
});
