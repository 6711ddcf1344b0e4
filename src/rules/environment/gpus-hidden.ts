import { facts, framework, gpu, gpus, noGpu } from '../../facts/build';
import { text } from '../../text/text';
import { gpuBuilds } from '../cuda';
import { kernelEnv } from '../paths';
import { defineRule } from '../types';

const VARIABLE = 'CUDA_VISIBLE_DEVICES';

/** What CUDA makes of the variable. */
interface IVisible {
  /** How many GPUs it leaves. */
  count: number;
  /** The entry at which CUDA stops reading; null when it reads all. */
  stop: string | null;
}

/**
 * CUDA takes the entries in order and stops at the first that names no GPU; a GPU named twice leaves none.
 * UUIDs and MIG instances are taken to exist.
 */
function visible(value: string, devices: number): IVisible {
  if (value.trim() === '') {
    return { count: 0, stop: null };
  }
  const seen = new Set<string>();
  for (const entry of value.split(',').map(part => part.trim())) {
    const named =
      /^(?:GPU|MIG)-/i.test(entry) ||
      (/^\d+$/.test(entry) && Number(entry) < devices);
    if (!named) {
      return { count: seen.size, stop: entry };
    }
    const key = /^\d+$/.test(entry) ? String(Number(entry)) : entry;
    if (seen.has(key)) {
      return { count: 0, stop: entry };
    }
    seen.add(key);
  }
  return { count: seen.size, stop: null };
}

export default defineRule({
  id: 'gpus-hidden',
  code: 'R66',
  since: '0.1.0',
  docs: {
    summary: 'CUDA_VISIBLE_DEVICES hides GPUs that are there.',
    what: 'Reads `CUDA_VISIBLE_DEVICES` as CUDA does: entry by entry, up to the first that names no GPU (`-1`, `NoDevFiles`, an index that does not exist). An empty value hides all, and so does a GPU that is named twice. A choice of existing GPUs, and UUIDs, are fine.',
    why: 'Frameworks see no GPU, or fewer than were asked for.',
    example:
      '`RuntimeError: No CUDA GPUs are available`; `no CUDA-capable device is detected`',
    fix: 'Set the variable in the `env` entry of kernel.json, or take out the line that sets it, and restart: CUDA reads it once.',
    safety:
      'Only this kernel is affected. Where a scheduler hands out GPUs, ask it for one.',
    references: [
      'pytorch/examples#115',
      'NVIDIA CUDA C++ programming guide, CUDA environment variables'
    ]
  },
  messages: {
    all: {
      title: 'CUDA_VISIBLE_DEVICES hides every GPU',
      why: 'No framework in this kernel can see the %1.'
    },
    some: {
      title: 'CUDA_VISIBLE_DEVICES names a GPU that is not there',
      why: 'CUDA stops reading at `%2`, so this kernel sees %3 of the GPUs that were asked for.'
    }
  },
  check(view, report) {
    const value = view.environ(VARIABLE);
    const devices = view.gpus;
    if (
      value === undefined ||
      value === null ||
      !devices ||
      devices.length === 0 ||
      view.facts.gpu?.driver?.present === false
    ) {
      return;
    }
    const { count, stop } = visible(value, devices.length);
    const builds = gpuBuilds(view);
    if (
      (count > 0 && stop === null) ||
      builds.some(one => view.seenWorking(one.name))
    ) {
      return;
    }
    report({
      message: count === 0 ? 'all' : 'some',
      args: [devices[0].name ?? 'GPU', stop ?? '', String(count)],
      severity: 'warning',
      about: [VARIABLE, 'gpu'],
      evidence: [
        {
          text: text('%1="%2"', VARIABLE, value),
          path: `/environ/${VARIABLE}`
        },
        {
          text: text('%1 GPU(s) in this machine', String(devices.length)),
          path: '/gpu/devices'
        }
      ],
      fix: {
        commands: [
          kernelEnv({ [VARIABLE]: devices.map((_, i) => String(i)).join(',') })
        ],
        where: 'kernelspec',
        restart: true,
        safety: 'review',
        note: text(
          'If a cell sets it through os.environ, take that line out as well.'
        )
      },
      stops: count === 0 ? builds.map(one => one.name) : []
    });
  },
  examples: {
    flagged: [
      ...['', '-1', 'NoDevFiles', '1', '0,0'].map(value => ({
        name: `"${value}" with one GPU`,
        facts: () =>
          facts({
            frameworks: [
              framework('torch', '2.5.1+cu124', {
                gpu_build: true,
                cuda: '12.4'
              })
            ],
            gpu: gpus('550.90.07', '12.4', [gpu('NVIDIA L4', '8.9')]),
            environ: { CUDA_VISIBLE_DEVICES: value }
          }),
        findings: [
          {
            message: 'all',
            severity: 'warning' as const,
            about: ['CUDA_VISIBLE_DEVICES', 'gpu']
          }
        ]
      })),
      {
        name: 'the second of two does not exist',
        facts: () =>
          facts({
            gpu: gpus('550.90.07', '12.4', [gpu('NVIDIA L4', '8.9')]),
            environ: { CUDA_VISIBLE_DEVICES: '0,1' }
          }),
        findings: [
          {
            message: 'some',
            severity: 'warning',
            about: ['CUDA_VISIBLE_DEVICES', 'gpu']
          }
        ]
      }
    ],
    clean: [
      {
        name: 'one of two GPUs was chosen',
        facts: () =>
          facts({
            gpu: gpus('550.90.07', '12.4', [
              gpu('NVIDIA L4', '8.9'),
              gpu('NVIDIA L4', '8.9')
            ]),
            environ: { CUDA_VISIBLE_DEVICES: '1' }
          })
      },
      {
        name: 'a UUID and a MIG instance',
        facts: () =>
          facts({
            gpu: gpus('550.90.07', '12.4', [gpu('NVIDIA H100', '9.0')]),
            environ: { CUDA_VISIBLE_DEVICES: 'GPU-3f2a,MIG-77aa' }
          })
      },
      {
        name: 'it is not set',
        facts: () =>
          facts({
            gpu: gpus('550.90.07', '12.4', [gpu('NVIDIA L4', '8.9')]),
            environ: {}
          })
      },
      {
        name: 'the variables are not known',
        facts: () =>
          facts({ gpu: gpus('550.90.07', '12.4', [gpu('NVIDIA L4', '8.9')]) })
      },
      {
        name: 'the GPUs are not known',
        facts: () => facts({ environ: { CUDA_VISIBLE_DEVICES: '-1' } })
      },
      {
        name: 'no driver to hide from',
        facts: () =>
          facts({ gpu: noGpu(), environ: { CUDA_VISIBLE_DEVICES: '-1' } })
      }
    ]
  }
});
