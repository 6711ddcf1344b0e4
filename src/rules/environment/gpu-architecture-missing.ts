import { archSupports } from '../../compat/gpu';
import { tensorflowGap } from '../../compat/tensorflow';
import { torchArchs } from '../../compat/torch';
import {
  dist,
  facts,
  framework,
  gpu,
  gpus,
  platform,
  python
} from '../../facts/build';
import type { View } from '../../facts/view';
import { text } from '../../text/text';
import {
  cudaMinor,
  capableGpus,
  gpuBuilds,
  isWheel,
  wheelPlatform,
  type IBuild,
  type ICapable
} from '../cuda';
import { tensorflowFix, torchFix } from '../gpuFix';
import { frameworkName } from '../words';
import { defineRule, type IEvidence } from '../types';

interface IArchs {
  archs: readonly string[];
  evidence: IEvidence;
}

/** The GPU code in a build: from its own files, else from the table, which knows official wheels only. */
function archsOf(view: View, build: IBuild): IArchs | null {
  const own = build.framework.archs;
  if (own && own.length > 0) {
    return {
      archs: own,
      evidence: {
        text: text('%1 has code for %2', build.distribution, own.join(' ')),
        path: `${build.path}/archs`
      }
    };
  }
  const { version, cuda } = build.framework;
  const known = cudaMinor(cuda ?? build.cuda ?? '');
  const wheels = wheelPlatform(view);
  if (
    build.name !== 'torch' ||
    version === null ||
    known === null ||
    wheels === null ||
    !isWheel(view, build.distribution)
  ) {
    return null;
  }
  const found = torchArchs(version, known, wheels);
  return found
    ? {
        archs: found.value,
        evidence: {
          text: text(
            'the wheel of torch %1 for CUDA %2 has code for %3',
            version,
            known,
            found.value.join(' ')
          ),
          path: `${build.path}/version`
        }
      }
    : null;
}

/** GPUs without code, by the architectures of the build. */
function without(gpus: readonly ICapable[], archs: IArchs | null): ICapable[] {
  return archs
    ? gpus.filter(one => archSupports(archs.archs, one.capability) === false)
    : [];
}

export default defineRule({
  id: 'gpu-architecture-missing',
  code: 'R54',
  since: '0.1.0',
  docs: {
    summary: 'A framework has no code for the GPU of this machine.',
    what: 'Compares the compute capability of each GPU with the architectures that are compiled into PyTorch, TensorFlow, JAX or CuPy. Compiled code runs within its major from its minor on; PTX runs on everything newer. Where the files do not tell, the table of official PyTorch wheels does, for the versions it names.',
    why: 'Kernels fail at the first computation, or the framework refuses the GPU.',
    example:
      '`NVIDIA GeForce RTX 5090 with CUDA capability sm_120 is not compatible with the current PyTorch installation.`; `CUDA error: no kernel image is available for execution on the device`',
    fix: 'Install a build that has code for this GPU: a newer one for a newer GPU, one for an older CUDA for an older GPU.',
    safety:
      'The framework changes its version or its CUDA; packages that were compiled against it must follow.',
    references: [
      'remsky/Kokoro-FastAPI#306',
      'pytorch/pytorch#31285',
      'tensorflow/tensorflow#99592'
    ]
  },
  messages: {
    missing: {
      title: '%1 %2 has no code for the %3',
      why: 'The first computation on the %3 (compute capability %4) fails.'
    },
    some: {
      title: '%1 %2 has no code for one of the GPUs, the %3',
      why: 'Computations on the %3 (compute capability %4) fail; the other GPUs work.'
    },
    trouble: {
      title: '%1 %2 is known to fail on the %3',
      why: 'Compute capability %4 came after this release, and its kernels fail to compile at run time.'
    }
  },
  costly(view) {
    // PyTorch alone keeps its list in a large library, and that outranks the table.
    const build = gpuBuilds(view).find(one => one.name === 'torch');
    return build &&
      build.framework.archs === null &&
      capableGpus(view).length > 0 &&
      !view.seenWorking('torch')
      ? ['archs']
      : [];
  },
  check(view, report) {
    const all = capableGpus(view);
    for (const build of gpuBuilds(view)) {
      const version = build.framework.version;
      if (all.length === 0 || view.seenWorking(build.name)) {
        continue;
      }
      const archs = archsOf(view, build);
      const gap = (one: ICapable) =>
        build.name === 'tensorflow' &&
        version !== null &&
        isWheel(view, build.distribution)
          ? tensorflowGap(version, one.capability)
          : null;
      const bare = without(all, archs);
      const missing = archs
        ? bare
        : all.filter(one => gap(one)?.value === 'missing');
      const trouble = all.filter(
        one => !missing.includes(one) && gap(one)?.value === 'trouble'
      );
      const first = missing[0] ?? trouble[0];
      if (!first) {
        continue;
      }
      const source = gap(first)?.source;
      const every = missing.length > 0 && missing.length === view.gpus?.length;
      report({
        message: missing.length === 0 ? 'trouble' : every ? 'missing' : 'some',
        args: [
          frameworkName(build.name),
          version ?? '',
          first.name,
          first.capability
        ],
        severity: every ? 'error' : 'warning',
        about: [build.distribution, 'gpu'],
        evidence: [
          first.evidence,
          missing.length > 0 && archs
            ? archs.evidence
            : {
                text: text(
                  '%1 %2 (%3)',
                  build.distribution,
                  version ?? '?',
                  source ?? 'metadata'
                ),
                path: `${build.path}/version`
              }
        ],
        fix:
          build.name === 'torch'
            ? torchFix(view, version, first.capability)
            : build.name === 'tensorflow' && missing.length > 0
              ? tensorflowFix(view, build.distribution, null)
              : null,
        stops: every ? [build.name] : []
      });
    }
  },
  examples: {
    flagged: [
      {
        name: 'RTX 5090 with an older torch',
        facts: () =>
          facts({
            python: python('3.11.7'),
            platform: platform('linux-x86_64'),
            packages: [dist('torch', '2.5.1+cu124', { manager: 'pip' })],
            frameworks: [
              framework('torch', '2.5.1+cu124', {
                gpu_build: true,
                cuda: '12.4',
                archs: [
                  'sm_50',
                  'sm_60',
                  'sm_70',
                  'sm_75',
                  'sm_80',
                  'sm_86',
                  'sm_90'
                ]
              })
            ],
            gpu: gpus('570.86.10', '12.8', [
              gpu('NVIDIA GeForce RTX 5090', '12.0')
            ])
          }),
        findings: [
          { message: 'missing', severity: 'error', about: ['torch', 'gpu'] }
        ]
      },
      {
        name: 'a Pascal card with the CUDA 13 wheel, by the table and by name',
        facts: () =>
          facts({
            python: python('3.11.7'),
            platform: platform('linux-x86_64'),
            packages: [dist('torch', '2.14.0', { manager: 'pip' })],
            frameworks: [
              framework('torch', '2.14.0+cu130', {
                gpu_build: true,
                cuda: '13.0',
                local: 'cu130'
              })
            ],
            gpu: gpus('580.82.07', '13.0', [
              gpu('NVIDIA GeForce GTX 1080 Ti', null)
            ])
          }),
        findings: [
          { message: 'missing', severity: 'error', about: ['torch', 'gpu'] }
        ]
      },
      {
        name: 'one of two GPUs',
        facts: () =>
          facts({
            frameworks: [
              framework('torch', '2.7.0', {
                gpu_build: true,
                cuda: '12.8',
                archs: ['sm_75', 'sm_80', 'sm_90']
              })
            ],
            gpu: gpus('570.86.10', '12.8', [
              gpu('Tesla T4', '7.5'),
              gpu('Quadro P4000', '6.1')
            ])
          }),
        findings: [
          { message: 'some', severity: 'warning', about: ['torch', 'gpu'] }
        ]
      },
      {
        name: 'tensorflow 2.19 on Blackwell',
        facts: () =>
          facts({
            packages: [dist('tensorflow', '2.19.0', { manager: 'pip' })],
            frameworks: [
              framework('tensorflow', '2.19.0', {
                gpu_build: true,
                cuda: '12.5',
                archs: ['sm_80', 'sm_89', 'compute_90']
              })
            ],
            gpu: gpus('570.86.10', '12.8', [
              gpu('NVIDIA GeForce RTX 5080', '12.0')
            ])
          }),
        findings: [
          {
            message: 'trouble',
            severity: 'warning',
            about: ['tensorflow', 'gpu']
          }
        ]
      }
    ],
    clean: [
      {
        name: 'an L4 runs code for 8.6',
        facts: () =>
          facts({
            frameworks: [
              framework('torch', '2.1.0+cu118', {
                gpu_build: true,
                cuda: '11.8',
                archs: ['sm_80', 'sm_86']
              })
            ],
            gpu: gpus('535.104.05', '12.2', [gpu('NVIDIA L4', '8.9')])
          })
      },
      {
        name: 'PTX runs on newer GPUs',
        facts: () =>
          facts({
            frameworks: [
              framework('tensorflow', '2.15.1', {
                gpu_build: true,
                cuda: '12.2',
                archs: ['sm_60', 'compute_90']
              })
            ],
            gpu: gpus('580.82.07', '13.0', [gpu('NVIDIA B200', '10.0')])
          })
      },
      {
        name: 'an H200 with the CUDA 13 wheel, by the table',
        facts: () =>
          facts({
            platform: platform('linux-x86_64'),
            packages: [dist('torch', '2.11.0', { manager: 'pip' })],
            frameworks: [
              framework('torch', '2.11.0+cu130', {
                gpu_build: true,
                cuda: '13.0'
              })
            ],
            gpu: gpus('580.82.07', '13.0', [gpu('NVIDIA H200', '9.0')])
          })
      },
      {
        name: "conda's build: the table knows wheels only",
        facts: () =>
          facts({
            platform: platform('linux-x86_64'),
            packages: [dist('torch', '2.13.0', { manager: 'conda' })],
            frameworks: [
              framework('torch', '2.13.0', { gpu_build: true, cuda: '12.8' })
            ],
            gpu: gpus('570.86.10', '12.8', [gpu('NVIDIA TITAN Xp', '6.1')])
          })
      },
      {
        name: 'a release that the table does not name',
        facts: () =>
          facts({
            platform: platform('linux-x86_64'),
            packages: [dist('torch', '2.99.0', { manager: 'pip' })],
            frameworks: [
              framework('torch', '2.99.0+cu130', {
                gpu_build: true,
                cuda: '13.0'
              })
            ],
            gpu: gpus('580.82.07', '13.0', [
              gpu('NVIDIA GeForce GTX 1080 Ti', '6.1')
            ])
          })
      },
      {
        name: 'the compute capability is not known',
        facts: () =>
          facts({
            frameworks: [
              framework('torch', '2.5.1', {
                gpu_build: true,
                cuda: '12.4',
                archs: ['sm_80']
              })
            ],
            gpu: gpus('570.86.10', '12.8', [gpu('NVIDIA Something New', null)])
          })
      },
      {
        name: 'it was seen to compute there',
        facts: () =>
          facts({
            frameworks: [
              framework('torch', '2.5.1', {
                gpu_build: true,
                cuda: '12.4',
                archs: ['sm_90']
              })
            ],
            gpu: gpus('570.86.10', '12.8', [gpu('NVIDIA L4', '8.9')]),
            observed: [
              { framework: 'torch', gpu_works: true, source: 'this kernel' }
            ]
          })
      }
    ]
  }
});
