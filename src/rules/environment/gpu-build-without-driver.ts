import {
  facts,
  framework,
  gpu,
  gpus,
  noGpu,
  platform
} from '../../facts/build';
import { text } from '../../text/text';
import { gpuBuilds } from '../cuda';
import { frameworkName } from '../words';
import { defineRule } from '../types';

export default defineRule({
  id: 'gpu-build-without-driver',
  code: 'R50',
  since: '0.1.0',
  docs: {
    summary:
      'A GPU build of a framework on a machine without an NVIDIA driver.',
    what: 'Looks for a GPU build of PyTorch, TensorFlow, JAX or CuPy where the driver was looked for and is not there.',
    why: 'The framework works, but computes on the CPU. On a laptop or a login node that is as it should be.',
    example: '`RuntimeError: Found no NVIDIA driver on your system.`',
    fix: 'None in this environment: the driver belongs to the machine.',
    safety: 'Nothing is changed.',
    references: ['sinzlab/sensorium#77']
  },
  messages: {
    absent: {
      title: 'There is no NVIDIA driver for %1',
      why: 'Computations with %1 run on the CPU of this machine.'
    }
  },
  check(view, report) {
    const gpuFacts = view.facts.gpu;
    // Device files without a driver's library are a broken driver, which is another matter.
    if (
      gpuFacts?.driver?.present !== false ||
      (gpuFacts.nodes ?? []).some(node => /nvidia|dxg/.test(node)) ||
      (gpuFacts.devices ?? []).length > 0 ||
      view.facts.platform?.system === 'Darwin'
    ) {
      return;
    }
    const builds = gpuBuilds(view).filter(
      one => one.framework.gpu_build === true && !view.seenWorking(one.name)
    );
    if (builds.length === 0) {
      return;
    }
    report({
      message: 'absent',
      args: [builds.map(one => frameworkName(one.name)).join(', ')],
      severity: 'info',
      about: [...builds.map(one => one.distribution), 'driver'],
      evidence: [
        ...builds.map(one => one.evidence),
        {
          text: text('no NVIDIA driver was found'),
          path: '/gpu/driver/present'
        }
      ],
      fix: null,
      stops: builds.map(one => one.name)
    });
  },
  examples: {
    flagged: [
      {
        name: 'CUDA torch on a laptop',
        facts: () =>
          facts({
            frameworks: [
              framework('torch', '2.5.1+cu124', {
                gpu_build: true,
                backend: 'cuda',
                cuda: '12.4'
              })
            ],
            gpu: noGpu()
          }),
        findings: [
          { message: 'absent', severity: 'info', about: ['torch', 'driver'] }
        ]
      },
      {
        name: 'two frameworks, one finding',
        facts: () =>
          facts({
            frameworks: [
              framework('torch', '2.5.1', { gpu_build: true, cuda: '12.4' }),
              framework('tensorflow', '2.15.1', {
                gpu_build: true,
                cuda: '12.2'
              })
            ],
            gpu: noGpu()
          }),
        findings: [
          {
            message: 'absent',
            severity: 'info',
            about: ['torch', 'tensorflow', 'driver']
          }
        ]
      }
    ],
    clean: [
      {
        name: 'nobody looked for a driver',
        facts: () =>
          facts({
            frameworks: [
              framework('torch', '2.5.1', { gpu_build: true, cuda: '12.4' })
            ]
          })
      },
      {
        name: 'the driver is there',
        facts: () =>
          facts({
            frameworks: [
              framework('torch', '2.5.1', { gpu_build: true, cuda: '12.4' })
            ],
            gpu: gpus('550.90.07', '12.4', [gpu('NVIDIA L4', '8.9')])
          })
      },
      {
        name: 'a CPU build and a ROCm build',
        facts: () =>
          facts({
            platform: platform('linux-x86_64'),
            frameworks: [
              framework('tensorflow', '2.15.1', { gpu_build: false }),
              framework('torch', '2.5.1+rocm6.2', {
                gpu_build: true,
                backend: 'rocm'
              })
            ],
            gpu: noGpu()
          })
      }
    ]
  }
});
