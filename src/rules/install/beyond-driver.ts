import { cudaFits } from '../../compat/driver';
import { dist, facts, framework, gpu, gpus, platform } from '../../facts/build';
import { plan, request, row } from '../../plan/build';
import { majorOf } from '../../versions/cuda';
import { driverCuda, gpuBuild } from '../cuda';
import { cudaMajorOfName } from './cudaOf';
import { moveEvidence } from './say';
import { defineInstallRule } from './types';

export default defineInstallRule({
  id: 'beyond-driver',
  code: 'P10',
  since: '0.1.0',
  docs: {
    summary:
      'The install would bring a build for a CUDA that the driver does not serve.',
    what: 'Takes the CUDA of what the plan adds or changes (a label, a table of the default wheels, a suffix such as `-cu13`) and compares its major with the newest CUDA of the driver. A newer minor of the same major runs and is not mentioned.',
    why: 'CUDA does not start: the framework falls back to the CPU or raises an error.',
    example:
      '`UserWarning: CUDA initialization: The NVIDIA driver on your system is too old (found version 10010).`',
    fix: 'Take a build for the CUDA of the driver, or update the driver.',
    safety: 'A driver update needs the administrator of the machine.',
    references: ['facebook/Ax#717']
  },
  messages: {
    newer: {
      title: '%1 needs CUDA %2, the driver serves up to %3',
      why: 'CUDA does not start with this driver, so %1 cannot use the GPU.'
    }
  },
  supersedes: [
    'cuda-newer-than-driver',
    'gpu-architecture-missing',
    'arch-lost'
  ],
  check({ before, after, change }, report) {
    const driver = driverCuda(before);
    const served = majorOf(driver?.value);
    if (!driver || served === null) {
      return;
    }
    const evidence = {
      text: driver.evidence.text,
      path: `/facts${driver.evidence.path}`
    };
    const told = new Set<number>();
    const rows = [...change.moved, ...change.added].sort((a, b) =>
      a.value.name < b.value.name ? -1 : 1
    );
    for (const one of rows) {
      const { name, from } = one.value;
      const now = after.frameworks().find(f => f.value.distribution === name);
      const cuda = now ? (gpuBuild(after, now.value.name)?.cuda ?? null) : null;
      if (
        !now ||
        cuda === null ||
        majorOf(cuda) === null ||
        cudaFits(cuda, driver.value)
      ) {
        continue;
      }
      const old = from === null ? null : gpuBuild(before, now.value.name)?.cuda;
      if (old && majorOf(old) !== null && !cudaFits(old, driver.value)) {
        continue;
      }
      told.add(majorOf(cuda) ?? 0);
      report({
        message: 'newer',
        args: [name, cuda, driver.value],
        severity: 'block',
        subject: name === 'torch' ? null : name,
        about: [name, 'driver'],
        evidence: [moveEvidence(one), evidence]
      });
    }
    const carriers = rows.filter(one => {
      const major = cudaMajorOfName(one.value.name, one.value.to);
      const old = cudaMajorOfName(one.value.name, one.value.from);
      return (
        major !== null && major > served && major !== old && !told.has(major)
      );
    });
    if (carriers.length > 0) {
      const first =
        carriers.find(one => change.isAsked(one.value.name)) ??
        carriers.find(one => !one.value.name.startsWith('nvidia-')) ??
        carriers[0];
      const { name, to } = first.value;
      report({
        message: 'newer',
        args: [name, String(cudaMajorOfName(name, to)), driver.value],
        severity: 'block',
        subject: null,
        about: [name, 'driver'],
        evidence: [moveEvidence(first), evidence]
      });
    }
  },
  examples: {
    flagged: [
      {
        name: 'a default wheel for CUDA 13 on a driver for 12.2',
        input: () => ({
          facts: facts({
            platform: platform('linux-x86_64'),
            packages: [dist('torch', '2.5.1', { manager: 'pip' })],
            frameworks: [
              framework('torch', '2.5.1+cu121', {
                distribution: 'torch',
                cuda: '12.1',
                gpu_build: true
              })
            ],
            gpu: gpus('535.104.05', '12.2', [gpu('NVIDIA L4', '8.9')])
          }),
          requests: [request(['torch'], { options: { upgrade: true } })],
          plan: plan([row('torch', '2.5.1', '2.13.0')])
        }),
        risks: [
          { message: 'newer', severity: 'block', about: ['torch', 'driver'] }
        ]
      },
      {
        name: 'a wheel named after CUDA 13',
        input: () => ({
          facts: facts({
            platform: platform('linux-x86_64'),
            packages: [dist('numpy', '2.1.0', { manager: 'pip' })],
            frameworks: [],
            gpu: gpus('550.90.07', '12.4', [gpu('NVIDIA L4', '8.9')])
          }),
          requests: [request(['cupy-cuda13x'])],
          plan: plan([row('cupy-cuda13x', null, '13.6.0')])
        }),
        risks: [
          {
            message: 'newer',
            severity: 'block',
            about: ['cupy-cuda13x', 'driver']
          }
        ]
      }
    ],
    clean: [
      {
        name: 'a newer minor of the same major',
        input: () => ({
          facts: facts({
            platform: platform('linux-x86_64'),
            packages: [],
            frameworks: [],
            gpu: gpus('535.104.05', '12.2', [gpu('NVIDIA L4', '8.9')])
          }),
          requests: [request(['torch==2.5.1'])],
          plan: plan([row('torch', null, '2.5.1+cu124')])
        })
      },
      {
        name: 'no driver is known',
        input: () => ({
          facts: facts({
            platform: platform('linux-x86_64'),
            packages: [],
            frameworks: []
          }),
          requests: [request(['cupy-cuda13x'])],
          plan: plan([row('cupy-cuda13x', null, '13.6.0')])
        })
      },
      {
        name: 'the installed build was for that CUDA already',
        input: () => ({
          facts: facts({
            platform: platform('linux-x86_64'),
            packages: [dist('torch', '2.11.0', { manager: 'pip' })],
            frameworks: [
              framework('torch', '2.11.0+cu130', {
                distribution: 'torch',
                cuda: '13.0',
                gpu_build: true
              })
            ],
            gpu: gpus('535.104.05', '12.2', [gpu('NVIDIA L4', '8.9')])
          }),
          requests: [request(['torch'], { options: { upgrade: true } })],
          plan: plan([row('torch', '2.11.0', '2.13.0')])
        })
      }
    ]
  }
});
