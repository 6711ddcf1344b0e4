import { dist, facts, framework, gpu, gpus, platform } from '../../facts/build';
import { View } from '../../facts/view';
import { plan, request, row } from '../../plan/build';
import { runRules } from '../engine';
import gpuArchitectureMissing from '../environment/gpu-architecture-missing';
import { moveEvidence } from './say';
import { defineInstallRule } from './types';

export default defineInstallRule({
  id: 'arch-lost',
  code: 'P16',
  since: '0.1.0',
  docs: {
    summary: 'The new build would have no code for the GPU here.',
    what: 'Asks the rule `gpu-architecture-missing` about the predicted environment, with the architectures of the planned wheel from the tables, and reports what it did not say before.',
    why: 'The first computation on the GPU fails, or the framework falls back to the CPU.',
    example:
      '`NVIDIA GeForce RTX 5090 with CUDA capability sm_120 is not compatible with the current PyTorch installation`; `no kernel image is available for execution on the device`.',
    fix: 'Take the build whose architectures name the GPU: a newer CUDA for new GPUs, an older release for old ones.',
    safety: 'The driver must serve the CUDA of that build.',
    references: ['remsky/Kokoro-FastAPI#306', 'pytorch/pytorch#31285']
  },
  messages: {
    lost: {
      title: '%1 %2 has no code for the GPU here',
      why: 'The first computation on the GPU fails.'
    }
  },
  supersedes: ['gpu-architecture-missing'],
  check({ before, after, change }, report) {
    const missing = (view: View) =>
      new Set(
        runRules([gpuArchitectureMissing], view.facts)
          .findings.filter(one => one.severity !== 'info')
          .flatMap(one => one.about)
      );
    const now = missing(after);
    if (now.size === 0) {
      return;
    }
    const old = missing(before);
    for (const one of [...change.moved, ...change.added]) {
      const { name, to } = one.value;
      if (now.has(name) && !old.has(name)) {
        report({
          message: 'lost',
          args: [name, to ?? ''],
          severity: 'block',
          subject: name === 'torch' ? null : name,
          about: [name, 'gpu'],
          evidence: [moveEvidence(one)]
        });
      }
    }
  },
  examples: {
    flagged: [
      {
        name: 'a release that dropped the GTX 1080',
        input: () => ({
          facts: facts({
            platform: platform('linux-x86_64'),
            packages: [dist('torch', '2.5.1+cu121', { manager: 'pip' })],
            frameworks: [
              framework('torch', '2.5.1+cu121', {
                distribution: 'torch',
                cuda: '12.1',
                local: 'cu121',
                backend: 'cuda',
                gpu_build: true,
                archs: ['sm_50', 'sm_60', 'sm_70', 'sm_80', 'sm_90']
              })
            ],
            gpu: gpus('580.65.06', '13.0', [
              gpu('NVIDIA GeForce GTX 1080 Ti', '6.1')
            ])
          }),
          requests: [request(['torch'], { options: { upgrade: true } })],
          plan: plan([row('torch', '2.5.1+cu121', '2.13.0')])
        }),
        risks: [{ message: 'lost', severity: 'block', about: ['torch', 'gpu'] }]
      },
      {
        name: 'a release older than the GPU',
        input: () => ({
          facts: facts({
            platform: platform('linux-x86_64'),
            packages: [],
            frameworks: [],
            gpu: gpus('580.65.06', '13.0', [
              gpu('NVIDIA GeForce RTX 5090', '12.0')
            ])
          }),
          requests: [request(['torch==2.5.1'])],
          plan: plan([row('torch', null, '2.5.1')])
        }),
        risks: [{ message: 'lost', severity: 'block', about: ['torch', 'gpu'] }]
      }
    ],
    clean: [
      {
        name: 'the build names the GPU',
        input: () => ({
          facts: facts({
            platform: platform('linux-x86_64'),
            packages: [],
            frameworks: [],
            gpu: gpus('580.65.06', '13.0', [gpu('NVIDIA L4', '8.9')])
          }),
          requests: [request(['torch'])],
          plan: plan([row('torch', null, '2.13.0')])
        })
      },
      {
        name: 'a release that no table knows',
        input: () => ({
          facts: facts({
            platform: platform('linux-x86_64'),
            packages: [],
            frameworks: [],
            gpu: gpus('580.65.06', '13.0', [
              gpu('NVIDIA GeForce GTX 1080 Ti', '6.1')
            ])
          }),
          requests: [request(['torch'])],
          plan: plan([row('torch', null, '9.1.0')])
        })
      }
    ]
  }
});
