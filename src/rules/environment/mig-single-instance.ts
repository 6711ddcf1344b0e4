import { facts, framework, gpu, gpus } from '../../facts/build';
import type { IFacts, IGpu } from '../../facts/facts.generated';
import type { View } from '../../facts/view';
import { text } from '../../text/text';
import { compareVersions, publicVersion } from '../../versions/pep440';
import { gpuBuild, gpuBuilds } from '../cuda';
import { torchFix } from '../gpuFix';
import { kernelEnv } from '../paths';
import { defineRule, type IEvidence, type IFix } from '../types';

const VARIABLE = 'CUDA_VISIBLE_DEVICES';

/** MIG instances that the variable names. */
function chosen(view: View): string[] {
  return (view.environ(VARIABLE) ?? '')
    .split(',')
    .map(entry => entry.trim())
    .filter(entry => /^MIG-/i.test(entry));
}

/** PyTorch 1.13 to 2.0 counts GPUs by NVML and stumbles over the name of an instance. */
function oldTorch(view: View): boolean {
  const version = publicVersion(
    gpuBuild(view, 'torch')?.framework.version ?? ''
  );
  return (
    (compareVersions(version, '1.13') ?? -1) >= 0 &&
    (compareVersions(version, '2.1') ?? 1) < 0
  );
}

/** The largest instance. */
function largest(devices: readonly IGpu[]): string | null {
  const all = devices
    .flatMap(one => one.mig_devices ?? [])
    .filter(one => one.uuid !== null)
    .sort((a, b) => (b.memory_total ?? 0) - (a.memory_total ?? 0));
  return all[0]?.uuid ?? null;
}

function fixOf(devices: readonly IGpu[]): IFix | null {
  const uuid = largest(devices);
  return uuid === null
    ? null
    : {
        commands: [kernelEnv({ [VARIABLE]: uuid })],
        where: 'kernelspec',
        restart: true,
        safety: 'safe',
        note: text('This is the largest of the instances.')
      };
}

/** One GPU in MIG mode with instances of these sizes. */
function machine(
  gigabytes: number[] | null,
  visible: string | null,
  more: Partial<IFacts> = {}
) {
  return () =>
    facts({
      gpu: gpus('550.90.07', '12.4', [
        gpu('NVIDIA A100-SXM4-40GB', '8.0', {
          index: 0,
          mig: true,
          mig_devices:
            gigabytes?.map((size, i) => ({
              uuid: `MIG-${i}`,
              name: `NVIDIA A100-SXM4-40GB MIG ${size}gb`,
              memory_total: size * 1e9
            })) ?? null
        })
      ]),
      environ: visible === null ? {} : { [VARIABLE]: visible },
      ...more
    });
}

export default defineRule({
  id: 'mig-single-instance',
  code: 'R67',
  since: '0.1.0',
  docs: {
    summary: 'A GPU is split into MIG instances, of which a process uses one.',
    what: 'Reads from NVML whether MIG is on and which instances there are, and whether `CUDA_VISIBLE_DEVICES` names one of them.',
    why: 'CUDA gives a process one instance, however many there are. PyTorch 1.13 to 2.0 does not understand the name of an instance. With MIG on and no instance, CUDA sees no GPU.',
    example:
      '`RuntimeError: device >= 0 && device < num_gpus INTERNAL ASSERT FAILED`; `torch.cuda.device_count()` is 0 or 1.',
    fix: 'Name one instance in `CUDA_VISIBLE_DEVICES`, in the `env` entry of kernel.json.',
    safety:
      'Only this kernel is affected. Where a scheduler hands out instances, it has set the variable already.',
    references: [
      'pytorch/pytorch#95784',
      'pytorch/pytorch#102715',
      'pytorch/pytorch#130181'
    ]
  },
  messages: {
    one: {
      title: 'This process uses one of %1 MIG instances',
      why: 'CUDA gives a process one instance, the first unless one is named, with its part of the memory.'
    },
    several: {
      title: 'CUDA_VISIBLE_DEVICES names %1 MIG instances',
      why: 'CUDA gives a process one instance, the first of them.'
    },
    torch: {
      title: 'PyTorch %1 does not understand the name of a MIG instance',
      why: 'It counts the GPUs in another way than CUDA and finds none, or fails.'
    },
    none: {
      title: 'MIG is on, but there is no instance',
      why: 'CUDA sees no GPU until an instance is made or MIG is switched off.'
    }
  },
  check(view, report) {
    const devices = view.gpus ?? [];
    const index = devices.findIndex(one => one.mig === true);
    const split = devices.filter(one => one.mig === true);
    if (split.length === 0) {
      return;
    }
    const evidence: IEvidence[] = [
      {
        text: text('MIG is on: %1', devices[index].name ?? 'GPU'),
        path: `/gpu/devices/${index}/mig`
      }
    ];
    const about = ['mig', 'gpu'];
    const known = split.every(one => one.mig_devices !== null);
    const count = split.reduce(
      (sum, one) => sum + (one.mig_devices?.length ?? 0),
      0
    );
    const working = gpuBuilds(view).some(one => view.seenWorking(one.name));
    if (known && count === 0) {
      if (split.length === devices.length && !working) {
        report({
          message: 'none',
          severity: 'warning',
          about,
          evidence,
          fix: {
            commands: split.map(
              (one, i) => `sudo nvidia-smi -i ${one.index ?? i} -mig 0`
            ),
            where: 'terminal',
            restart: true,
            safety: 'review',
            note: text(
              'It switches MIG off; nothing else may use the GPU then.'
            )
          },
          stops: gpuBuilds(view).map(one => one.name)
        });
      }
      return;
    }
    const named = chosen(view);
    const value = view.environ(VARIABLE) ?? '';
    if (named.length > 0) {
      evidence.push({
        text: text('%1=%2', VARIABLE, value),
        path: `/environ/${VARIABLE}`
      });
    }
    if (named.length > 0 && oldTorch(view) && !view.seenWorking('torch')) {
      report({
        message: 'torch',
        args: [gpuBuild(view, 'torch')?.framework.version ?? ''],
        severity: 'info',
        about: [...about, gpuBuild(view, 'torch')?.distribution ?? 'torch'],
        evidence,
        // 2.1 and newer know such names; the newest that fits the driver is one of them.
        fix: torchFix(view, null)
      });
    } else if (named.length > 1) {
      report({
        message: 'several',
        args: [String(named.length)],
        severity: 'info',
        about: [...about, VARIABLE],
        evidence,
        fix: {
          commands: [kernelEnv({ [VARIABLE]: named[0] })],
          where: 'kernelspec',
          restart: true,
          safety: 'safe'
        }
      });
    } else if (named.length === 0 && known && count > 1 && view.facts.environ) {
      report({
        message: 'one',
        args: [String(count)],
        severity: 'info',
        about,
        evidence,
        fix: fixOf(split)
      });
    }
  },
  examples: {
    flagged: [
      {
        name: 'two instances, none is named',
        facts: machine([5, 20], null),
        findings: [{ message: 'one', severity: 'info', about: ['mig', 'gpu'] }]
      },
      {
        name: 'two are named',
        facts: machine([20, 20], 'MIG-0,MIG-1'),
        findings: [
          {
            message: 'several',
            severity: 'info',
            about: ['mig', 'gpu', 'CUDA_VISIBLE_DEVICES']
          }
        ]
      },
      {
        name: 'the name of an instance and PyTorch 2.0',
        facts: machine([20, 20], 'MIG-0', {
          frameworks: [
            framework('torch', '2.0.1+cu117', { gpu_build: true, cuda: '11.7' })
          ]
        }),
        findings: [
          { message: 'torch', severity: 'info', about: ['mig', 'gpu', 'torch'] }
        ]
      },
      {
        name: 'MIG without instances',
        facts: machine([], null),
        findings: [
          { message: 'none', severity: 'warning', about: ['mig', 'gpu'] }
        ]
      }
    ],
    clean: [
      {
        name: 'one instance is named, with a newer PyTorch',
        facts: machine([5, 20], 'MIG-1', {
          frameworks: [
            framework('torch', '2.5.1+cu124', { gpu_build: true, cuda: '12.4' })
          ]
        })
      },
      { name: 'the only instance', facts: machine([40], null) },
      { name: 'the instances are not known', facts: machine(null, null) },
      {
        name: 'MIG is off',
        facts: () =>
          facts({
            gpu: gpus('550.90.07', '12.4', [
              gpu('NVIDIA A100-SXM4-40GB', '8.0', {
                mig: false,
                mig_devices: []
              })
            ]),
            environ: {}
          })
      },
      {
        name: 'whether MIG is on is not known',
        facts: () =>
          facts({
            gpu: gpus('550.90.07', '12.4', [gpu('NVIDIA L4', '8.9')]),
            environ: {}
          })
      }
    ]
  }
});
