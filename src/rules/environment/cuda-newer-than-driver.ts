import { cudaFits, driverMinimum } from '../../compat/driver';
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
import { majorOf } from '../../versions/cuda';
import { driverCuda, gpuBuilds, type IBuild } from '../cuda';
import { jaxFix, tensorflowFix, torchFix } from '../gpuFix';
import { frameworkName } from '../words';
import { defineRule, type IFix } from '../types';

function fixOf(view: View, build: IBuild): IFix | null {
  const version = build.framework.version;
  const found =
    build.name === 'torch'
      ? torchFix(view, version)
      : build.name === 'tensorflow'
        ? tensorflowFix(view, build.distribution, version)
        : build.name === 'jax'
          ? jaxFix(view, version)
          : null;
  const minimum = driverMinimum(
    majorOf(build.cuda) ?? 0,
    view.facts.platform?.system ?? ''
  )?.value;
  return found && minimum
    ? { ...found, note: text('Or keep it, with driver %1 or newer.', minimum) }
    : found;
}

export default defineRule({
  id: 'cuda-newer-than-driver',
  code: 'R52',
  since: '0.1.0',
  docs: {
    summary:
      'A framework was built for a CUDA that the NVIDIA driver does not serve.',
    what: 'Compares the CUDA major that a framework was built for with the newest CUDA that the driver serves. Up to CUDA 10 the minor counts too. An older CUDA under a newer driver is fine: drivers are backward compatible. Silent where forward-compatibility libraries are in play.',
    why: 'Every call of CUDA fails, and the framework falls back to the CPU or raises.',
    example:
      '`UserWarning: CUDA initialization: The NVIDIA driver on your system is too old (found version 12080).`; `CUDA driver version is insufficient for CUDA runtime version`',
    fix: 'Install a build for the CUDA major of the driver, or a newer driver.',
    safety:
      'The framework changes its version or build; packages that were compiled against it must follow.',
    references: [
      'facebook/Ax#717',
      'verl-project/verl-omni#133',
      'NVIDIA CUDA Toolkit release notes, table of minor-version compatibility'
    ]
  },
  messages: {
    major: {
      title: '%1 was built for CUDA %2, the driver serves up to %3',
      why: '%1 cannot start CUDA with this driver.'
    }
  },
  supersedes: ['gpu-architecture-missing'],
  check(view, report) {
    const driver = driverCuda(view);
    if (!driver) {
      return;
    }
    for (const build of gpuBuilds(view)) {
      if (
        build.cuda === null ||
        majorOf(build.cuda) === null ||
        majorOf(driver.value) === null ||
        cudaFits(build.cuda, driver.value) ||
        view.seenWorking(build.name)
      ) {
        continue;
      }
      report({
        message: 'major',
        args: [frameworkName(build.name), build.cuda, driver.value],
        severity: 'error',
        about: [build.distribution, 'driver'],
        evidence: [build.evidence, driver.evidence],
        fix: fixOf(view, build),
        stops: [build.name]
      });
    }
  },
  examples: {
    flagged: [
      {
        name: 'CUDA 13 torch under a CUDA 12 driver',
        facts: () =>
          facts({
            python: python('3.11.7'),
            platform: platform('linux-x86_64'),
            packages: [dist('torch', '2.11.0', { manager: 'pip' })],
            frameworks: [
              framework('torch', '2.11.0+cu130', {
                gpu_build: true,
                backend: 'cuda',
                cuda: '13.0'
              })
            ],
            gpu: gpus('535.104.05', '12.2', [
              gpu('NVIDIA A100-SXM4-40GB', '8.0')
            ])
          }),
        findings: [
          { message: 'major', severity: 'error', about: ['torch', 'driver'] }
        ]
      },
      {
        name: 'the plain wheel of torch 1.10 (CUDA 10.2) under a CUDA 10.1 driver',
        facts: () =>
          facts({
            platform: platform('linux-x86_64'),
            packages: [dist('torch', '1.10.0', { manager: 'pip' })],
            frameworks: [framework('torch', '1.10.0')],
            gpu: gpus(null, '10.1', null)
          }),
        findings: [
          { message: 'major', severity: 'error', about: ['torch', 'driver'] }
        ]
      },
      {
        name: 'the CUDA of the driver is known by its branch',
        facts: () =>
          facts({
            platform: platform('linux-x86_64'),
            frameworks: [
              framework('jax', '0.8.3', { gpu_build: true, cuda: '13.0' })
            ],
            gpu: gpus('550.90.07', null, [gpu('NVIDIA L4', '8.9')])
          }),
        findings: [
          { message: 'major', severity: 'error', about: ['jax', 'driver'] }
        ]
      }
    ],
    clean: [
      {
        name: 'nvidia-smi says 12.2, torch was built for 11.7',
        facts: () =>
          facts({
            frameworks: [
              framework('torch', '2.0.1+cu117', {
                gpu_build: true,
                cuda: '11.7'
              })
            ],
            gpu: gpus('535.183.01', '12.2', [
              gpu('NVIDIA GeForce RTX 3090', '8.6')
            ])
          })
      },
      {
        name: 'a newer minor of the same major',
        facts: () =>
          facts({
            frameworks: [
              framework('torch', '2.5.1+cu124', {
                gpu_build: true,
                cuda: '12.4'
              })
            ],
            gpu: gpus('535.183.01', '12.2', [gpu('NVIDIA L4', '8.9')])
          })
      },
      {
        name: 'the CUDA of the driver is not known',
        facts: () =>
          facts({
            frameworks: [
              framework('torch', '2.11.0+cu130', {
                gpu_build: true,
                cuda: '13.0'
              })
            ],
            gpu: gpus('565.57.01', null, [gpu('NVIDIA L4', '8.9')])
          })
      },
      {
        name: 'forward-compatibility libraries are in front',
        facts: () =>
          facts({
            frameworks: [
              framework('torch', '2.11.0+cu130', {
                gpu_build: true,
                cuda: '13.0'
              })
            ],
            gpu: gpus('535.104.05', '12.2', [gpu('NVIDIA H100', '9.0')]),
            environ: {
              LD_LIBRARY_PATH:
                '/usr/local/cuda/compat/lib:/usr/local/nvidia/lib'
            }
          })
      },
      {
        name: 'old torch for CUDA 10.2 under a new driver',
        facts: () =>
          facts({
            frameworks: [
              framework('torch', '1.8.0', { gpu_build: true, cuda: '10.2' })
            ],
            gpu: gpus('535.183.01', '12.2', [
              gpu('Tesla V100-SXM2-16GB', '7.0')
            ])
          })
      }
    ]
  }
});
