import {
  dist,
  environment,
  facts,
  framework,
  gpu,
  gpus,
  noGpu,
  platform,
  python,
  record
} from '../../facts/build';
import type { View } from '../../facts/view';
import { text } from '../../text/text';
import { compareVersions, localLabel } from '../../versions/pep440';
import { isWheel } from '../cuda';
import { jaxFix, tensorflowFix, torchFix } from '../gpuFix';
import { frameworkName } from '../words';
import { defineRule, type IEvidence, type IFix } from '../types';

interface ICpuBuild {
  version: string | null;
  distribution: string;
  evidence: IEvidence;
}

/** A framework whose files say that it is a CPU build. */
function cpuBuild(view: View, name: string): ICpuBuild | null {
  const found = view.framework(name);
  if (!found || found.value.gpu_build !== false) {
    return name === 'jax' ? jaxWithoutPlugin(view) : null;
  }
  const { version, source, distribution } = found.value;
  return {
    version,
    distribution: distribution ?? name,
    evidence: {
      text: text(
        '%1 %2 (%3)',
        distribution ?? name,
        version ?? '?',
        source ?? 'metadata'
      ),
      path: version === null ? found.path : `${found.path}/version`
    }
  };
}

/** A jaxlib wheel computes on the CPU unless a plugin stands beside it or its label names a CUDA version. */
function jaxWithoutPlugin(view: View): ICpuBuild | null {
  const found = view.framework('jax');
  const lib = view.dist('jaxlib');
  if (
    !found ||
    found.value.gpu_build !== null ||
    !lib?.value.version ||
    !isWheel(view, 'jaxlib') ||
    localLabel(lib.value.version) !== null ||
    [...view.names()].some(([name]) =>
      /^jax-(cuda|rocm)|^jax-metal$|^libtpu/.test(name)
    )
  ) {
    return null;
  }
  return {
    version: found.value.version,
    distribution: 'jax',
    evidence: {
      text: text('jaxlib %1 without a jax-cuda plugin', lib.value.version),
      path: `${lib.path}/version`
    }
  };
}

function fixOf(view: View, name: string, build: ICpuBuild): IFix | null {
  switch (name) {
    case 'torch':
      return torchFix(view, build.version);
    case 'tensorflow':
      return tensorflowFix(view, build.distribution, build.version);
    default:
      return jaxFix(view, build.version);
  }
}

/** TensorFlow and JAX have no GPU build for native Windows (TensorFlow after 2.10). */
function noBuildForWindows(
  view: View,
  name: string,
  version: string | null
): boolean {
  return (
    view.facts.platform?.system === 'Windows' &&
    (name === 'jax' ||
      (name === 'tensorflow' &&
        version !== null &&
        (compareVersions(version, '2.11') ?? -1) >= 0))
  );
}

export default defineRule({
  id: 'cpu-build-on-gpu',
  code: 'R51',
  since: '0.1.0',
  docs: {
    summary: 'A CPU-only build of a framework on a machine with an NVIDIA GPU.',
    what: 'Compares the build of PyTorch, TensorFlow and JAX, read from their own files, with the GPUs that the driver reports. A `jaxlib` wheel without a `jax-cuda…-plugin` counts as a CPU build.',
    why: 'The framework works, but every computation runs on the CPU, often without a word.',
    example:
      '`torch.cuda.is_available()` is `False`; `AssertionError: Torch not compiled with CUDA enabled`; `An NVIDIA GPU may be present on this machine, but a CUDA-enabled jaxlib is not installed.`',
    fix: 'Install the GPU build of the same version, or the newest one that the driver serves; from conda-forge where conda owns the package. On Windows the default package index has CPU builds of PyTorch only, so the command goes through `uv`, which knows the index of PyTorch by the name of the CUDA version.',
    safety:
      'The GPU build replaces the CPU build and brings CUDA libraries of two to three gigabytes. torchvision and torchaudio are replaced too, because theirs are CPU builds as well.',
    references: [
      'Liquid4All/liquid-audio#10',
      'CAREamics/careamics#769',
      'sanchit-gandhi/whisper-jax#211'
    ]
  },
  messages: {
    cpu: {
      title: '%1 %2 is a CPU-only build',
      why: '%1 will not use the %3 of this machine.'
    },
    windows: {
      title: '%1 %2 has no GPU build for Windows',
      why: '%1 will not use the %3 of this machine outside WSL2.'
    }
  },
  check(view, report) {
    const devices = view.gpus;
    if (!devices || devices.length === 0) {
      return;
    }
    for (const name of ['torch', 'tensorflow', 'jax']) {
      const build = cpuBuild(view, name);
      if (!build || view.seenWorking(name)) {
        continue;
      }
      const windows = noBuildForWindows(view, name, build.version);
      report({
        message: windows ? 'windows' : 'cpu',
        args: [
          frameworkName(name),
          build.version ?? '',
          devices[0].name ?? 'GPU'
        ],
        severity: windows ? 'info' : 'warning',
        about: [build.distribution, 'gpu'],
        evidence: [
          build.evidence,
          {
            text: text(
              '%1, compute capability %2',
              devices[0].name ?? '?',
              devices[0].compute_capability ?? '?'
            ),
            path: '/gpu/devices/0'
          }
        ],
        fix: windows ? null : fixOf(view, name, build),
        stops: [name]
      });
    }
  },
  examples: {
    flagged: [
      {
        name: 'CPU torch beside an L4',
        facts: () =>
          facts({
            python: python('3.11.7'),
            platform: platform('linux-x86_64'),
            packages: [
              dist('torch', '2.5.1+cpu', { manager: 'pip' }),
              dist('torchvision', '0.20.1+cpu', { manager: 'pip' })
            ],
            frameworks: [
              framework('torch', '2.5.1+cpu', {
                distribution: 'torch',
                gpu_build: false,
                backend: 'cpu'
              })
            ],
            gpu: gpus('550.90.07', '12.4', [gpu('NVIDIA L4', '8.9')])
          }),
        findings: [
          { message: 'cpu', severity: 'warning', about: ['torch', 'gpu'] }
        ]
      },
      {
        name: "conda's CPU torch",
        facts: () =>
          facts({
            environment: environment('conda'),
            platform: platform('linux-x86_64'),
            packages: [dist('torch', '2.5.1', { manager: 'conda' })],
            conda: {
              present: true,
              records: [
                record('pytorch', '2.5.1', {
                  build: 'cpu_generic_py311_1',
                  python_name: 'torch'
                }),
                record('cpuonly', '2.0')
              ],
              last_change: null,
              pinned: null
            },
            frameworks: [
              framework('torch', '2.5.1', {
                distribution: 'torch',
                gpu_build: false,
                backend: 'cpu'
              })
            ],
            gpu: gpus('550.90.07', '12.4', [gpu('NVIDIA L4', '8.9')])
          }),
        findings: [
          { message: 'cpu', severity: 'warning', about: ['torch', 'gpu'] }
        ]
      },
      {
        name: 'CPU tensorflow beside a T4',
        facts: () =>
          facts({
            python: python('3.11.7'),
            platform: platform('linux-x86_64'),
            frameworks: [
              framework('tensorflow', '2.15.1', {
                distribution: 'tensorflow-cpu',
                gpu_build: false
              })
            ],
            gpu: gpus('535.104.05', '12.2', [gpu('Tesla T4', '7.5')])
          }),
        findings: [
          {
            message: 'cpu',
            severity: 'warning',
            about: ['tensorflow-cpu', 'gpu']
          }
        ]
      },
      {
        name: 'jaxlib without its plugin',
        facts: () =>
          facts({
            platform: platform('linux-x86_64'),
            packages: [
              dist('jax', '0.6.2', { manager: 'pip' }),
              dist('jaxlib', '0.6.2', { manager: 'pip' })
            ],
            frameworks: [framework('jax', '0.6.2', { distribution: 'jax' })],
            gpu: gpus('535.104.05', '12.2', [gpu('Tesla T4', '7.5')])
          }),
        findings: [
          { message: 'cpu', severity: 'warning', about: ['jax', 'gpu'] }
        ]
      },
      {
        name: 'tensorflow on native Windows',
        facts: () =>
          facts({
            platform: platform('win-amd64'),
            frameworks: [
              framework('tensorflow', '2.15.1', {
                distribution: 'tensorflow',
                gpu_build: false
              })
            ],
            gpu: gpus('551.61', '12.4', [gpu('NVIDIA GeForce RTX 4090', '8.9')])
          }),
        findings: [
          { message: 'windows', severity: 'info', about: ['tensorflow', 'gpu'] }
        ]
      }
    ],
    clean: [
      {
        name: 'the build is not known',
        facts: () =>
          facts({
            frameworks: [
              framework('torch', '2.5.1'),
              framework('jax', '0.6.2')
            ],
            gpu: gpus('550.90.07', '12.4', [gpu('NVIDIA L4', '8.9')])
          })
      },
      {
        name: 'no GPU here',
        facts: () =>
          facts({
            frameworks: [framework('torch', '2.5.1+cpu', { gpu_build: false })],
            gpu: noGpu()
          })
      },
      {
        name: 'jax with its plugin',
        facts: () =>
          facts({
            packages: [
              dist('jax', '0.6.2', { manager: 'pip' }),
              dist('jaxlib', '0.6.2', { manager: 'pip' }),
              dist('jax-cuda12-plugin', '0.6.2', { manager: 'pip' })
            ],
            frameworks: [framework('jax', '0.6.2', { distribution: 'jax' })],
            gpu: gpus('535.104.05', '12.2', [gpu('Tesla T4', '7.5')])
          })
      },
      {
        name: 'it was seen to compute on the GPU',
        facts: () =>
          facts({
            frameworks: [framework('torch', '2.5.1', { gpu_build: false })],
            gpu: gpus('550.90.07', '12.4', [gpu('NVIDIA L4', '8.9')]),
            observed: [
              { framework: 'torch', gpu_works: true, source: 'GPU test' }
            ]
          })
      }
    ]
  }
});
