import { facts, framework, gpu, gpus } from '../../facts/build';
import { compareDotted, majorOf } from '../../versions/cuda';
import { cudaMinor, driverCuda, gpuBuilds } from '../cuda';
import { frameworkName } from '../words';
import { defineRule } from '../types';

export default defineRule({
  id: 'cuda-minor-above-driver',
  code: 'R53',
  since: '0.1.0',
  docs: {
    summary:
      'A framework was built for a newer minor of the CUDA that the driver serves.',
    what: 'Compares the minor numbers where the CUDA major of a framework and of the driver are equal, from CUDA 11 on.',
    why: 'This works: NVIDIA guarantees minor-version compatibility. Only code that is compiled at run time from PTX (Triton, Numba, CuPy) can be refused by the older driver.',
    example:
      '`CUDA_ERROR_UNSUPPORTED_PTX_VERSION` from a kernel that was compiled at run time.',
    fix: 'None is needed.',
    safety: 'Nothing is changed.',
    references: ['NVIDIA CUDA compatibility guide, minor version compatibility']
  },
  messages: {
    minor: {
      title:
        '%1 was built for CUDA %2, a newer minor than the %3 of the driver',
      why: '%1 works; only kernels compiled at run time can be refused by this driver.'
    }
  },
  check(view, report) {
    const driver = driverCuda(view);
    if (!driver) {
      return;
    }
    for (const build of gpuBuilds(view)) {
      const cuda = build.cuda === null ? null : cudaMinor(build.cuda);
      const served = cudaMinor(driver.value);
      const major = majorOf(cuda);
      if (
        cuda === null ||
        served === null ||
        major === null ||
        major < 11 ||
        major !== majorOf(served) ||
        (compareDotted(cuda, served) ?? 0) <= 0 ||
        view.seenWorking(build.name)
      ) {
        continue;
      }
      report({
        message: 'minor',
        args: [frameworkName(build.name), cuda, served],
        severity: 'info',
        about: [build.distribution, 'driver'],
        evidence: [build.evidence, driver.evidence],
        fix: null
      });
    }
  },
  examples: {
    flagged: [
      {
        name: 'CUDA 12.4 torch under a driver for 12.2',
        facts: () =>
          facts({
            frameworks: [
              framework('torch', '2.5.1+cu124', {
                gpu_build: true,
                cuda: '12.4'
              })
            ],
            gpu: gpus('535.183.01', '12.2', [gpu('NVIDIA L4', '8.9')])
          }),
        findings: [
          { message: 'minor', severity: 'info', about: ['torch', 'driver'] }
        ]
      },
      {
        name: 'CUDA 11.8 tensorflow under a driver for 11.4',
        facts: () =>
          facts({
            frameworks: [
              framework('tensorflow', '2.13.0', {
                gpu_build: true,
                cuda: '11.8'
              })
            ],
            gpu: gpus('470.82.01', '11.4', [gpu('Tesla T4', '7.5')])
          }),
        findings: [
          {
            message: 'minor',
            severity: 'info',
            about: ['tensorflow', 'driver']
          }
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
        name: 'the very CUDA of the driver',
        facts: () =>
          facts({
            frameworks: [
              framework('torch', '2.5.1+cu124', {
                gpu_build: true,
                cuda: '12.4'
              })
            ],
            gpu: gpus('550.90.07', '12.4', [
              gpu('NVIDIA A100-SXM4-40GB', '8.0')
            ])
          })
      },
      {
        name: 'the CUDA of the build is not known',
        facts: () =>
          facts({
            frameworks: [framework('torch', '2.5.1', { gpu_build: true })],
            gpu: gpus('535.183.01', '12.2', [gpu('NVIDIA L4', '8.9')])
          })
      }
    ]
  }
});
