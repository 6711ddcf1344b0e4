import {
  facts,
  framework,
  gpu,
  gpus,
  noGpu,
  platform
} from '../../facts/build';
import type { View } from '../../facts/view';
import { text } from '../../text/text';
import { gpuBuilds } from '../cuda';
import { defineRule } from '../types';
import { frameworkName } from '../words';

/** Variables of NVIDIA's images and runtime: the container was meant to have GPUs. */
const SIGNS = ['NVIDIA_VISIBLE_DEVICES', 'NVIDIA_REQUIRE_CUDA', 'CUDA_VERSION'];

/** The variable that shows that GPUs were meant to be here; null when there is none, or when they were refused. */
function sign(view: View): string | null {
  const wanted = view.environ('NVIDIA_VISIBLE_DEVICES');
  if (wanted === 'void' || wanted === 'none') {
    return null;
  }
  return SIGNS.find(name => view.environ(name)) ?? null;
}

const START: Readonly<Record<string, string>> = {
  podman: 'podman run --device nvidia.com/gpu=all …',
  kubernetes: 'resources: {limits: {nvidia.com/gpu: 1}}'
};

export default defineRule({
  id: 'container-without-gpu',
  code: 'R65',
  since: '0.1.0',
  docs: {
    summary: 'A container that was made for GPUs and started without them.',
    what: 'Looks for a container with variables of the NVIDIA images or runtime, a GPU build of a framework, and no driver and no device file.',
    why: 'The framework computes on the CPU, however many GPUs the host has.',
    example:
      '`nvidia-smi: command not found`, and `torch.cuda.is_available()` is `False`.',
    fix: 'Start the container again with its GPUs: `--gpus all` for Docker, a device for Podman, a resource limit for Kubernetes.',
    safety: 'What is not kept in a volume is lost with the old container.',
    references: ['iot-salzburg/gpu-jupyter#22', 'yejy53/DreamMat#14']
  },
  messages: {
    without: {
      title: 'This container was started without its GPUs',
      why: '%1 computes on the CPU here.'
    }
  },
  supersedes: ['gpu-build-without-driver'],
  check(view, report) {
    const { gpu: section, platform: system } = view.facts;
    const variable = sign(view);
    if (
      system?.container !== true ||
      variable === null ||
      section?.driver?.present !== false ||
      (section.devices ?? []).length > 0 ||
      (section.nodes ?? []).some(node => /nvidia|dxg/.test(node))
    ) {
      return;
    }
    const builds = gpuBuilds(view).filter(
      one =>
        one.framework.gpu_build === true &&
        one.framework.backend !== 'rocm' &&
        !view.seenWorking(one.name)
    );
    if (builds.length === 0) {
      return;
    }
    report({
      message: 'without',
      args: [builds.map(one => frameworkName(one.name)).join(', ')],
      severity: 'warning',
      about: ['container', 'driver', ...builds.map(one => one.distribution)],
      evidence: [
        {
          text: text('%1=%2', variable, view.environ(variable) ?? ''),
          path: `/environ/${variable}`
        },
        {
          text: text('no NVIDIA driver was found'),
          path: '/gpu/driver/present'
        },
        ...builds.map(one => one.evidence)
      ],
      fix: {
        commands: [
          START[system.container_kind ?? ''] ?? 'docker run --gpus all …'
        ],
        where: 'terminal',
        restart: false,
        safety: 'review'
      },
      stops: builds.map(one => one.name)
    });
  },
  examples: {
    flagged: [
      {
        name: 'an image of NVIDIA without --gpus',
        facts: () =>
          facts({
            platform: platform('linux-x86_64', { container: true }),
            frameworks: [
              framework('torch', '1.7.0+cu110', {
                distribution: 'torch',
                gpu_build: true,
                backend: 'cuda',
                cuda: '11.0'
              })
            ],
            gpu: noGpu(),
            environ: { NVIDIA_VISIBLE_DEVICES: 'all' }
          }),
        findings: [
          {
            message: 'without',
            severity: 'warning',
            about: ['container', 'driver', 'torch']
          }
        ]
      },
      {
        name: 'a pod without a GPU',
        facts: () =>
          facts({
            platform: platform('linux-x86_64', {
              container: true,
              container_kind: 'kubernetes'
            }),
            frameworks: [
              framework('tensorflow', '2.15.0', {
                distribution: 'tensorflow',
                gpu_build: true,
                backend: 'cuda',
                cuda: '12.2'
              })
            ],
            gpu: noGpu(),
            environ: { CUDA_VERSION: '12.2.0' }
          }),
        findings: [
          {
            message: 'without',
            severity: 'warning',
            about: ['container', 'driver', 'tensorflow']
          }
        ]
      }
    ],
    clean: [
      {
        name: 'whether there is a driver is not known',
        facts: () =>
          facts({
            platform: platform('linux-x86_64', { container: true }),
            frameworks: [
              framework('torch', '2.5.1+cu124', {
                gpu_build: true,
                backend: 'cuda'
              })
            ],
            environ: { NVIDIA_VISIBLE_DEVICES: 'all' }
          })
      },
      {
        name: 'an ordinary container: nothing says that it should have GPUs',
        facts: () =>
          facts({
            platform: platform('linux-x86_64', { container: true }),
            frameworks: [
              framework('torch', '2.5.1+cu124', {
                gpu_build: true,
                backend: 'cuda'
              })
            ],
            gpu: noGpu(),
            environ: {}
          })
      },
      {
        name: 'GPUs were refused on purpose',
        facts: () =>
          facts({
            platform: platform('linux-x86_64', { container: true }),
            frameworks: [
              framework('torch', '2.5.1+cu124', {
                gpu_build: true,
                backend: 'cuda'
              })
            ],
            gpu: noGpu(),
            environ: { NVIDIA_VISIBLE_DEVICES: 'void', CUDA_VERSION: '12.4' }
          })
      },
      {
        name: 'the GPUs are there',
        facts: () =>
          facts({
            platform: platform('linux-x86_64', { container: true }),
            frameworks: [
              framework('torch', '2.5.1+cu124', {
                gpu_build: true,
                backend: 'cuda'
              })
            ],
            gpu: gpus('550.90.07', '12.4', [gpu('NVIDIA L4', '8.9')]),
            environ: { NVIDIA_VISIBLE_DEVICES: 'all' }
          })
      }
    ]
  }
});
