import {
  conda,
  dist,
  facts,
  framework,
  gpu,
  gpus,
  noGpu,
  platform,
  record
} from '../../facts/build';
import type { View } from '../../facts/view';
import { plan, request, row } from '../../plan/build';
import { text } from '../../text/text';
import { frameworkName } from '../words';
import { moveEvidence, shown } from './say';
import { defineInstallRule, type IRiskEvidence } from './types';

/** Whether this machine has a GPU; null when nobody looked. */
function hasGpu(view: View): boolean | null {
  if (view.gpus !== null) {
    return view.gpus.length > 0;
  }
  return view.facts.gpu?.driver?.present ?? null;
}

function gpuEvidence(view: View): IRiskEvidence[] {
  const first = view.gpus?.[0];
  return first
    ? [
        {
          text: text('%1 is in this machine', first.name ?? 'GPU'),
          path: '/facts/gpu/devices/0'
        }
      ]
    : [];
}

/** conda packages that choose the build of PyTorch, and those without which it is no CUDA build. */
const CPU_CHOICE = 'cpuonly';
const CUDA_CHOICE = /^(?:cudatoolkit|pytorch-cuda)$/;

/** CPU forms that hide the GPU form beside them. */
const FORMS: readonly { gpu: string; cpu: string; name: string }[] = [
  { gpu: 'onnxruntime-gpu', cpu: 'onnxruntime', name: 'onnxruntime' },
  { gpu: 'faiss-gpu', cpu: 'faiss-cpu', name: 'faiss' },
  { gpu: 'tensorflow', cpu: 'tensorflow-cpu', name: 'tensorflow' },
  { gpu: 'tensorflow-gpu', cpu: 'tensorflow-cpu', name: 'tensorflow' }
];

export default defineInstallRule({
  id: 'gpu-to-cpu',
  code: 'P09',
  since: '0.1.0',
  docs: {
    summary: 'A build without GPU code would take the place of a GPU build.',
    what: 'Compares the builds of the frameworks before and after: the label (`+cpu`), the default index of Windows, forms such as `onnxruntime` over `onnxruntime-gpu`, `cpuonly` of conda. A framework that is asked for by name and would be new here counts too, unless its CPU form was asked for. Silent on a machine without a GPU.',
    why: 'Everything still runs, many times slower, on the CPU.',
    example:
      '`pip install torch==2.4.0` on Windows takes the CPU build: `AssertionError: Torch not compiled with CUDA enabled`.',
    fix: 'Ask for the GPU build: with the index of its CUDA version, or by the name of its GPU form.',
    safety: 'The download is larger.',
    references: ['microsoft/onnxruntime#26996']
  },
  messages: {
    replaced: {
      title: '%1 would lose the GPU',
      why: 'The build %2 has no GPU code and takes the place of %3.'
    },
    hidden: {
      title: '%1 would lose the GPU',
      why: '%2 writes its CPU build over the files of %3.'
    },
    choice: {
      title: 'PyTorch would lose the GPU',
      why: 'The conda package %1 replaces the CUDA build of PyTorch by the CPU build of the same version.'
    },
    fresh: {
      title: '%1 %2 is a CPU-only build',
      why: '%1 will not use the GPU of this machine.'
    }
  },
  supersedes: ['cpu-build-on-gpu'],
  check({ before, after, change, requests }, report) {
    const present = hasGpu(before);
    if (present === false) {
      return;
    }
    const severity = present ? 'block' : 'warn';
    const torch = before.framework('torch')?.value ?? null;
    const choice = change.added.find(one => one.value.name === CPU_CHOICE);
    if (choice && torch?.gpu_build === true && before.record('pytorch')) {
      const gone = change.placed.filter(
        ({ value }) => value.to === null && CUDA_CHOICE.test(value.name)
      );
      report({
        message: 'choice',
        args: [CPU_CHOICE],
        severity,
        subject: CPU_CHOICE,
        about: [CPU_CHOICE, 'torch', 'gpu'],
        evidence: [
          ...[choice, ...gone].map(one => moveEvidence(one)),
          ...gpuEvidence(before)
        ]
      });
    }
    for (const one of [...change.moved, ...change.added]) {
      const { name, to } = one.value;
      const form = FORMS.find(
        f => f.cpu === name && before.has(f.gpu) === true
      );
      if (form && change.row(form.gpu)?.value.to !== null) {
        report({
          message: 'hidden',
          args: [frameworkName(form.name), name, form.gpu],
          severity,
          subject: name,
          about: [name, form.gpu, 'gpu'],
          evidence: [moveEvidence(one), ...gpuEvidence(before)]
        });
        continue;
      }
      const now =
        after.frameworks().find(f => f.value.distribution === name) ??
        (name === 'jaxlib' ? after.framework('jax') : null);
      if (!now || now.value.backend !== 'cpu') {
        continue;
      }
      const old = before.framework(now.value.name)?.value ?? null;
      if (old?.gpu_build === true) {
        report({
          message: 'replaced',
          args: [
            frameworkName(now.value.name),
            `${name} ${shown(to)}`,
            shown(old.version)
          ],
          severity,
          subject: name,
          about: [name, 'gpu'],
          evidence: [moveEvidence(one), ...gpuEvidence(before)]
        });
      } else if (
        old === null &&
        present &&
        ['torch', 'tensorflow', 'jax'].includes(name) &&
        change.isAsked(name) &&
        !change.asked(name).some(asked => asked.extras.includes('cpu')) &&
        !wantsCpu(
          name,
          to,
          requests.flatMap(r => [
            ...r.options.indexes,
            ...r.options.extraIndexes
          ])
        )
      ) {
        report({
          message: 'fresh',
          args: [frameworkName(now.value.name), shown(to)],
          severity: 'warn',
          subject: name,
          about: [name, 'gpu'],
          evidence: [moveEvidence(one), ...gpuEvidence(before)]
        });
      }
    }
  },
  examples: {
    flagged: [
      {
        name: 'the CPU build over the CUDA build',
        input: () => ({
          facts: facts({
            platform: platform('linux-x86_64'),
            packages: [dist('torch', '2.5.1+cu124', { manager: 'pip' })],
            frameworks: [
              framework('torch', '2.5.1+cu124', {
                distribution: 'torch',
                cuda: '12.4',
                gpu_build: true
              })
            ],
            gpu: gpus('550.90.07', '12.4', [gpu('NVIDIA L4', '8.9')])
          }),
          requests: [
            request(['torch', 'torchaudio'], {
              options: {
                upgrade: true,
                indexes: ['https://index.example/whl/cpu']
              }
            })
          ],
          plan: plan([row('torch', '2.5.1+cu124', '2.6.0+cpu')])
        }),
        risks: [
          { message: 'replaced', severity: 'block', about: ['torch', 'gpu'] }
        ]
      },
      {
        name: 'onnxruntime over onnxruntime-gpu, GPU not known',
        input: () => ({
          facts: facts({
            packages: [dist('onnxruntime-gpu', '1.18.0', { manager: 'pip' })],
            frameworks: []
          }),
          requests: [request(['rembg'])],
          plan: plan([
            row('rembg', null, '2.0.57'),
            row('onnxruntime', null, '1.18.0')
          ])
        }),
        risks: [
          {
            message: 'hidden',
            severity: 'warn',
            about: ['onnxruntime', 'onnxruntime-gpu', 'gpu']
          }
        ]
      },
      {
        name: 'conda chooses the CPU build of the same version',
        input: () => ({
          facts: facts({
            platform: platform('linux-x86_64'),
            packages: [dist('torch', '1.11.0', { manager: 'conda' })],
            conda: conda([
              record('pytorch', '1.11.0', {
                build: 'py3.8_cuda11.3_cudnn8.2.0_0',
                python_name: 'torch'
              }),
              record('cudatoolkit', '11.3.1')
            ]),
            frameworks: [
              framework('torch', '1.11.0', {
                distribution: 'torch',
                cuda: '11.3',
                gpu_build: true
              })
            ],
            gpu: gpus('470.103.01', '11.4', [gpu('NVIDIA TITAN RTX', '7.5')])
          }),
          requests: [request(['torchdata'], { tool: 'conda' })],
          plan: plan(
            [
              row('cpuonly', null, '2.0'),
              row('cudatoolkit', '11.3.1', null),
              row('torchdata', null, '0.3.0')
            ],
            'conda 26.7'
          )
        }),
        risks: [
          {
            message: 'choice',
            severity: 'block',
            about: ['cpuonly', 'torch', 'gpu']
          }
        ]
      },
      {
        name: 'the default index on Windows',
        input: () => ({
          facts: facts({
            platform: platform('win-amd64'),
            packages: [dist('numpy', '2.1.0', { manager: 'pip' })],
            frameworks: [],
            gpu: gpus('560.94', '12.6', [gpu('NVIDIA GeForce RTX 4070', '8.9')])
          }),
          requests: [request(['torch'])],
          plan: plan([row('torch', null, '2.8.0')])
        }),
        risks: [{ message: 'fresh', severity: 'warn', about: ['torch', 'gpu'] }]
      }
    ],
    clean: [
      {
        name: 'no GPU here',
        input: () => ({
          facts: facts({
            platform: platform('linux-x86_64'),
            packages: [dist('torch', '2.5.1+cu124', { manager: 'pip' })],
            frameworks: [
              framework('torch', '2.5.1+cu124', { gpu_build: true })
            ],
            gpu: noGpu()
          }),
          requests: [request(['torch'])],
          plan: plan([row('torch', '2.5.1+cu124', '2.6.0+cpu')])
        })
      },
      {
        name: 'the CPU build was asked for where no torch was',
        input: () => ({
          facts: facts({
            platform: platform('linux-x86_64'),
            packages: [],
            frameworks: [],
            gpu: gpus('550.90.07', '12.4', [gpu('NVIDIA L4', '8.9')])
          }),
          requests: [
            request(['torch'], {
              options: { indexes: ['https://index.example/whl/cpu'] }
            })
          ],
          plan: plan([row('torch', null, '2.6.0+cpu')])
        })
      },
      {
        name: 'a build of which nothing is known',
        input: () => ({
          facts: facts({
            packages: [dist('torch', '2.5.1', { manager: 'pip' })],
            frameworks: [framework('torch', '2.5.1')],
            gpu: gpus('550.90.07', '12.4', [gpu('NVIDIA L4', '8.9')])
          }),
          requests: [request(['torch'])],
          plan: plan([row('torch', '2.5.1', '2.6.0')])
        })
      }
    ]
  }
});

/** Whether the command itself says CPU. */
function wantsCpu(
  name: string,
  to: string | null,
  indexes: readonly string[]
): boolean {
  return (
    /-cpu$/.test(name) ||
    (to?.endsWith('+cpu') === true && indexes.length > 0) ||
    indexes.some(address => /\/cpu(\/|$)/.test(address))
  );
}
