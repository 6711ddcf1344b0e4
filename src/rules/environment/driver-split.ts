import {
  driver,
  facts,
  framework,
  gpus,
  noGpu,
  platform
} from '../../facts/build';
import type { IFacts } from '../../facts/facts.generated';
import type { View } from '../../facts/view';
import { text } from '../../text/text';
import { compareDotted } from '../../versions/cuda';
import { DRIVER_SYMPTOMS, stoppedBuilds } from '../machine';
import { defineRule, type IEvidence, type IFix } from '../types';

/** A driver's number; the library of a Jetson is called 1.1, whatever its driver. */
const NUMBER = /^\d{3,}\.\d+(?:\.\d+)*$/;

/** What shows that the module and the libraries differ; null when they do not, or when that is not known. */
function split(view: View): IEvidence[] | null {
  const gpu = view.facts.gpu;
  const module = gpu?.driver?.kernel_module ?? null;
  const library = gpu?.driver?.library_version ?? null;
  const said = gpu?.nvml?.detail ?? '';
  if (/driver\/library version mismatch/i.test(said)) {
    return [
      { text: text('NVML: %1', said), path: '/gpu/nvml/detail' },
      ...(module
        ? [
            {
              text: text('kernel module %1', module),
              path: '/gpu/driver/kernel_module'
            }
          ]
        : [])
    ];
  }
  // Forward-compatibility libraries and the stubs of a toolkit have numbers of their own.
  return module &&
    library &&
    NUMBER.test(module) &&
    NUMBER.test(library) &&
    !/[/](?:(?:cuda-)?compat|stubs)[/]/.test(gpu?.driver?.library ?? '') &&
    compareDotted(module, library) !== 0
    ? [
        {
          text: text('kernel module %1', module),
          path: '/gpu/driver/kernel_module'
        },
        {
          text: text(
            '%1 is of %2',
            gpu?.driver?.library ?? 'libcuda.so.1',
            library
          ),
          path: '/gpu/driver/library_version'
        }
      ]
    : null;
}

function fixOf(view: View): IFix {
  const rest = { where: 'terminal', restart: true, safety: 'review' } as const;
  return view.facts.platform?.container === true
    ? {
        ...rest,
        commands: [
          view.facts.platform.container_kind === 'kubernetes'
            ? 'kubectl delete pod …'
            : 'docker restart …'
        ],
        note: text(
          'A container gets the libraries of the driver when it starts; if it is still so afterwards, restart the host.'
        )
      }
    : {
        ...rest,
        commands: ['sudo reboot'],
        note: text(
          'The module of the former driver stays in memory until then.'
        )
      };
}

/** A machine with this module and this library. */
function machine(
  module: string | null,
  library: string | null,
  more: Partial<IFacts> = {},
  path = '/usr/lib/x86_64-linux-gnu/libcuda.so.1'
) {
  return () =>
    facts({
      platform: platform('linux-x86_64', { container: false, wsl: false }),
      frameworks: [
        framework('torch', '2.5.1+cu124', { gpu_build: true, cuda: '12.4' })
      ],
      gpu: {
        ...gpus(null, null, null),
        driver: driver(true, {
          version: module,
          kernel_module: module,
          library: path,
          library_version: library
        }),
        nvml: null,
        devices: null,
        nodes: ['/dev/nvidia0', '/dev/nvidiactl', '/dev/nvidia-uvm'],
        others: []
      },
      ...more
    });
}

export default defineRule({
  id: 'driver-split',
  code: 'R68',
  since: '0.1.0',
  docs: {
    summary:
      'The kernel module of the NVIDIA driver and its libraries are of two versions.',
    what: 'Compares the version of the loaded kernel module with the version in the file name of the `libcuda.so.1` that would be loaded, and reads what NVML answers. Silent where forward-compatibility libraries are in play.',
    why: 'The libraries refuse to talk to a module of another version, so no program sees a GPU.',
    example:
      '`Failed to initialize NVML: Driver/library version mismatch`; `CUDA error 804: forward compatibility was attempted on non supported HW`',
    fix: 'Restart the machine, so that the module of the new driver is loaded. Restart a container after its host got another driver.',
    safety: 'A restart ends everything that runs on the machine.',
    references: [
      'NVIDIA Linux driver README, error NVML_ERROR_LIB_RM_VERSION_MISMATCH'
    ]
  },
  messages: {
    split: {
      title: 'The NVIDIA driver is of two versions',
      why: 'No program can use the GPU until module and libraries are of one version.'
    }
  },
  supersedes: DRIVER_SYMPTOMS,
  check(view, report) {
    const evidence = split(view);
    const builds = stoppedBuilds(view);
    if (!evidence || !builds || view.facts.platform?.wsl === true) {
      return;
    }
    report({
      message: 'split',
      severity: 'error',
      about: ['driver', 'gpu', ...builds.map(one => one.distribution)],
      evidence,
      fix: fixOf(view),
      stops: builds.map(one => one.name)
    });
  },
  examples: {
    flagged: [
      {
        name: 'the libraries were updated, the module is the old one',
        facts: machine('535.104.05', '550.54.15'),
        findings: [
          {
            message: 'split',
            severity: 'error',
            about: ['driver', 'gpu', 'torch']
          }
        ]
      },
      {
        name: 'NVML says so itself',
        facts: machine('535.104.05', null, {
          platform: platform('linux-x86_64', {
            container: true,
            container_kind: 'docker'
          }),
          frameworks: [],
          gpu: {
            driver: driver(true, { kernel_module: '535.104.05' }),
            nvml: {
              state: 'error',
              detail: 'Driver/library version mismatch',
              library: '/usr/lib/libnvidia-ml.so.1'
            },
            devices: null,
            nodes: ['/dev/nvidia0'],
            others: []
          }
        }),
        findings: [
          { message: 'split', severity: 'error', about: ['driver', 'gpu'] }
        ]
      }
    ],
    clean: [
      {
        name: 'one version',
        facts: machine('535.104.05', '535.104.05')
      },
      {
        name: 'forward-compatibility libraries',
        facts: machine(
          '535.104.05',
          '550.54.15',
          {},
          '/usr/local/cuda/compat/libcuda.so.1'
        )
      },
      {
        name: 'the version of the library is not known',
        facts: machine('535.104.05', null)
      },
      {
        name: 'WSL, whose module is that of Windows',
        facts: machine('551.61', '550.54.10', {
          platform: platform('linux-x86_64', { wsl: true })
        })
      },
      {
        name: 'no driver at all',
        facts: () => facts({ gpu: noGpu() })
      },
      {
        name: 'it was seen to compute',
        facts: machine('535.104.05', '550.54.15', {
          observed: [
            { framework: 'torch', gpu_works: true, source: 'GPU test' }
          ]
        })
      }
    ]
  }
});
