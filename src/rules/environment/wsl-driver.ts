import {
  driver,
  facts,
  framework,
  gpu,
  gpus,
  noGpu,
  platform
} from '../../facts/build';
import type { IFacts } from '../../facts/facts.generated';
import type { View } from '../../facts/view';
import { text } from '../../text/text';
import { frameworkName } from '../words';
import { DRIVER_SYMPTOMS, stoppedBuilds } from '../machine';
import { isInside, kernelEnv } from '../paths';
import { defineRule, type IFix } from '../types';

/** Where WSL puts the libraries of the Windows driver. */
const FOLDER = '/usr/lib/wsl/lib';

function fixOf(view: View, linux: boolean): IFix {
  const folders = (view.environ('LD_LIBRARY_PATH') ?? '')
    .split(':')
    .filter(folder => folder !== '' && folder !== FOLDER);
  return {
    commands: [kernelEnv({ LD_LIBRARY_PATH: [FOLDER, ...folders].join(':') })],
    where: 'kernelspec',
    restart: true,
    safety: 'safe',
    note: linux
      ? text(
          'For all programs: remove the packages of the Linux driver (`sudo apt-get purge "libnvidia-*" "nvidia-driver-*" "cuda-drivers*"`); the driver belongs into Windows.'
        )
      : text('For all programs: add %1 to a file in /etc/ld.so.conf.d.', FOLDER)
  };
}

/** A WSL in which the loader finds this libcuda.so.1. */
function wsl(library: string | null, more: Partial<IFacts> = {}) {
  return () =>
    facts({
      platform: platform('linux-x86_64', { wsl: true, container: false }),
      frameworks: [
        framework('torch', '2.5.1+cu124', { gpu_build: true, cuda: '12.4' })
      ],
      gpu: {
        driver: driver(null, { library }),
        nvml: { state: 'error', detail: 'Unknown Error', library: null },
        devices: null,
        nodes: ['/dev/dxg'],
        others: []
      },
      ...more
    });
}

export default defineRule({
  id: 'wsl-driver',
  code: 'R64',
  since: '0.1.0',
  docs: {
    summary: 'In WSL the loader does not find the driver of Windows.',
    what: 'In the Windows Subsystem for Linux the libraries of the driver are those of Windows, in `/usr/lib/wsl/lib`. Looks which `libcuda.so.1` would be loaded: one elsewhere belongs to a Linux driver. Containers are left out: their runtime puts the libraries in other places. A GPU build without any driver is a note, because a computer without an NVIDIA GPU looks the same.',
    why: 'A Linux driver cannot reach the GPU in WSL, so no framework sees it.',
    example:
      '`Could not load dynamic library libcuda.so.1`; `torch.cuda.is_available()` is `False`, while `nvidia-smi.exe` shows the GPU in Windows.',
    fix: 'Put `/usr/lib/wsl/lib` in front for this kernel, and remove the Linux driver from WSL.',
    safety: 'Only this kernel is affected by the entry in kernel.json.',
    references: ['microsoft/WSL#8587', 'microsoft/WSL#9092']
  },
  messages: {
    linux: {
      title: 'A Linux driver hides the driver of Windows in WSL',
      why: 'That driver cannot reach the GPU through WSL, so no framework sees one.'
    },
    unreachable: {
      title: 'The loader does not find libcuda.so.1 in WSL',
      why: 'The GPU is there, but no framework can load its driver.'
    },
    absent: {
      title: 'WSL has no NVIDIA driver for %1',
      why: 'Computations with %1 run on the CPU; with an NVIDIA GPU, Windows needs its driver.'
    }
  },
  supersedes: DRIVER_SYMPTOMS,
  check(view, report) {
    const section = view.facts.gpu;
    const library = section?.driver?.library ?? null;
    const builds = stoppedBuilds(view);
    if (
      view.facts.platform?.wsl !== true ||
      view.facts.platform.container === true ||
      !section ||
      !builds
    ) {
      return;
    }
    const about = ['wsl', 'driver', ...builds.map(one => one.distribution)];
    const stops = builds.map(one => one.name);
    if (library !== null) {
      if (
        !isInside(library, '/usr/lib/wsl') &&
        !/[/](?:stubs|(?:cuda-)?compat)[/]/.test(library)
      ) {
        report({
          message: 'linux',
          severity: 'error',
          about,
          evidence: [
            {
              text: text('libcuda.so.1 would be %1', library),
              path: '/gpu/driver/library'
            },
            { text: text('this is WSL'), path: '/platform/wsl' }
          ],
          fix: fixOf(view, true),
          stops
        });
      }
      return;
    }
    const devices = section.devices?.length ?? 0;
    // Without an answer of NVML nobody looked for the library.
    if (devices > 0 && section.driver && section.nvml?.state === 'ok') {
      report({
        message: 'unreachable',
        severity: 'error',
        about,
        evidence: [
          { text: text('NVML sees a GPU'), path: '/gpu/devices' },
          {
            text: text('no libcuda.so.1 was found'),
            path: '/gpu/driver/library'
          }
        ],
        fix: fixOf(view, false),
        stops
      });
    } else if (
      section.driver?.present === false &&
      devices === 0 &&
      builds.length > 0
    ) {
      report({
        message: 'absent',
        args: [builds.map(one => frameworkName(one.name)).join(', ')],
        severity: 'info',
        about,
        evidence: [
          {
            text: text('no NVIDIA driver was found'),
            path: '/gpu/driver/present'
          },
          { text: text('this is WSL'), path: '/platform/wsl' }
        ],
        fix: null,
        stops
      });
    }
  },
  examples: {
    flagged: [
      {
        name: 'a Linux driver package inside WSL',
        facts: wsl('/usr/lib/x86_64-linux-gnu/libcuda.so.1', {
          environ: { LD_LIBRARY_PATH: '/usr/local/cuda/lib64' }
        }),
        findings: [
          {
            message: 'linux',
            severity: 'error',
            about: ['wsl', 'driver', 'torch']
          }
        ]
      },
      {
        name: 'NVML answers, and libcuda.so.1 is nowhere',
        facts: wsl(null, {
          gpu: {
            ...gpus('551.61', '12.4', [gpu('NVIDIA GeForce RTX 4090', '8.9')]),
            driver: driver(true, { version: '551.61', cuda: '12.4' }),
            nvml: { state: 'ok', detail: null, library: null },
            devices: [gpu('NVIDIA GeForce RTX 4090', '8.9')],
            nodes: ['/dev/dxg'],
            others: []
          }
        }),
        findings: [
          {
            message: 'unreachable',
            severity: 'error',
            about: ['wsl', 'driver', 'torch']
          }
        ]
      },
      {
        name: 'no driver in Windows, or no GPU',
        facts: wsl(null, { gpu: noGpu() }),
        findings: [
          {
            message: 'absent',
            severity: 'info',
            about: ['wsl', 'driver', 'torch']
          }
        ]
      }
    ],
    clean: [
      {
        name: 'the driver of Windows',
        facts: wsl('/usr/lib/wsl/lib/libcuda.so.1')
      },
      {
        name: 'the same library elsewhere, in a container',
        facts: wsl('/usr/lib/x86_64-linux-gnu/libcuda.so.1', {
          platform: platform('linux-x86_64', { wsl: true, container: true })
        })
      },
      {
        name: 'a Linux machine',
        facts: wsl('/usr/lib/x86_64-linux-gnu/libcuda.so.1', {
          platform: platform('linux-x86_64', { wsl: false })
        })
      },
      {
        name: 'whether this is WSL is not known',
        facts: wsl('/usr/lib/x86_64-linux-gnu/libcuda.so.1', {
          platform: platform('linux-x86_64')
        })
      },
      {
        name: 'the driver is not known',
        facts: wsl(null, {
          gpu: {
            driver: null,
            nvml: { state: 'ok', detail: null, library: null },
            devices: [gpu('NVIDIA GeForce RTX 4090', '8.9')],
            nodes: null,
            others: null
          }
        })
      },
      {
        name: 'which library would be loaded is not known',
        facts: wsl(null, {
          gpu: gpus('551.61', '12.4', [gpu('NVIDIA GeForce RTX 4090', '8.9')])
        })
      }
    ]
  }
});
