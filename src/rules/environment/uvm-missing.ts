import {
  driver,
  facts,
  framework,
  gpu,
  noGpu,
  platform
} from '../../facts/build';
import type { IFacts } from '../../facts/facts.generated';
import type { View } from '../../facts/view';
import { text } from '../../text/text';
import { DRIVER_SYMPTOMS, stoppedBuilds } from '../machine';
import { defineRule, type IFix } from '../types';

const DEVICE = '/dev/nvidia-uvm';

function fixOf(view: View): IFix {
  const kind = view.facts.platform?.container_kind;
  const load = 'sudo nvidia-modprobe -u -c=0';
  return view.facts.platform?.container === true
    ? {
        // Device files are handed to a container when it starts.
        commands:
          kind === 'kubernetes'
            ? [load, 'kubectl delete pod …']
            : [load, `${kind === 'podman' ? 'podman' : 'docker'} restart …`],
        where: 'terminal',
        restart: true,
        safety: 'review',
        note: text('Both belong on the host of the container.')
      }
    : { commands: [load], where: 'terminal', restart: true, safety: 'safe' };
}

/** A machine with these device files. */
function machine(nodes: string[] | null, more: Partial<IFacts> = {}) {
  return () =>
    facts({
      platform: platform('linux-x86_64', { container: false, wsl: false }),
      frameworks: [
        framework('torch', '2.5.1+cu124', { gpu_build: true, cuda: '12.4' })
      ],
      gpu: {
        driver: driver(true, { version: '550.90.07', cuda: '12.4' }),
        nvml: { state: 'ok', detail: null, library: null },
        devices: [gpu('NVIDIA L4', '8.9')],
        nodes,
        others: []
      },
      ...more
    });
}

export default defineRule({
  id: 'uvm-missing',
  code: 'R69',
  since: '0.1.0',
  docs: {
    summary: 'The device file /dev/nvidia-uvm is missing.',
    what: 'Looks for `/dev/nvidia0` (or another number) without `/dev/nvidia-uvm`.',
    why: 'NVML and `nvidia-smi` work through the other files, but CUDA itself needs this one for its memory.',
    example:
      '`RuntimeError: CUDA unknown error - this may be due to an incorrectly set up environment`, while `nvidia-smi` shows the GPU.',
    fix: 'Load the module and make its device file with `nvidia-modprobe -u -c=0`; restart a container afterwards, on the host.',
    safety: 'The command loads a module of the installed driver.',
    references: ['NVIDIA Linux driver README, nvidia-modprobe']
  },
  messages: {
    missing: {
      title: '/dev/nvidia-uvm is missing',
      why: 'CUDA fails to start, although `nvidia-smi` shows the GPU.'
    }
  },
  supersedes: DRIVER_SYMPTOMS,
  check(view, report) {
    const nodes = view.facts.gpu?.nodes;
    const builds = stoppedBuilds(view);
    const device =
      nodes?.findIndex(one => /^\/dev\/nvidia\d+$/.test(one)) ?? -1;
    if (!nodes || !builds || device < 0 || nodes.includes(DEVICE)) {
      return;
    }
    report({
      message: 'missing',
      severity: 'error',
      about: ['driver', 'gpu', ...builds.map(one => one.distribution)],
      evidence: [
        {
          text: text('%1 is there, %2 is not', nodes[device], DEVICE),
          path: '/gpu/nodes'
        }
      ],
      fix: fixOf(view),
      stops: builds.map(one => one.name)
    });
  },
  examples: {
    flagged: [
      {
        name: 'a host whose module was not loaded',
        facts: machine(['/dev/nvidia0', '/dev/nvidiactl']),
        findings: [
          {
            message: 'missing',
            severity: 'error',
            about: ['driver', 'gpu', 'torch']
          }
        ]
      },
      {
        name: 'a container that got some of the files',
        facts: machine(['/dev/nvidia3', '/dev/nvidiactl'], {
          platform: platform('linux-x86_64', { container: true }),
          frameworks: []
        }),
        findings: [
          { message: 'missing', severity: 'error', about: ['driver', 'gpu'] }
        ]
      }
    ],
    clean: [
      {
        name: 'all files',
        facts: machine([
          '/dev/nvidia0',
          '/dev/nvidiactl',
          '/dev/nvidia-uvm',
          '/dev/nvidia-uvm-tools'
        ])
      },
      { name: 'the files are not known', facts: machine(null) },
      {
        name: 'WSL, which has one file of its own',
        facts: machine(['/dev/dxg'])
      },
      { name: 'no GPU', facts: () => facts({ gpu: noGpu() }) },
      {
        name: 'it was seen to compute',
        facts: machine(['/dev/nvidia0'], {
          observed: [
            { framework: 'torch', gpu_works: true, source: 'this kernel' }
          ]
        })
      }
    ]
  }
});
