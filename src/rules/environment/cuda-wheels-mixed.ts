import { dist, facts, framework } from '../../facts/build';
import type { View } from '../../facts/view';
import { text } from '../../text/text';
import { majorOf } from '../../versions/cuda';
import { gpuBuilds } from '../cuda';
import { cudaWheels, usedMajors, type ICudaWheel } from '../cudaWheels';
import { defineRule, type IFix } from '../types';
import { pipInstall, pipUninstall } from '../words';

/** Wheels that write the same folder; the same leading number means the same SONAME, so the same file. */
function clashes(all: readonly ICudaWheel[]): ICudaWheel[] {
  const lead = (one: ICudaWheel) => majorOf(one.placed.value.version);
  return all.filter(one =>
    all.some(
      other =>
        other.base === one.base &&
        other.major !== one.major &&
        lead(one) !== null &&
        lead(one) === lead(other)
    )
  );
}

function fixOf(
  view: View,
  all: readonly ICudaWheel[],
  clashing: readonly ICudaWheel[]
): IFix | null {
  const majors = usedMajors(view);
  const unused = majors?.size ? all.filter(one => !majors.has(one.major)) : [];
  if (unused.length === 0 || unused.length === all.length) {
    return null;
  }
  const gone = new Set(unused);
  const restored = clashing
    .filter(one => !gone.has(one) && one.placed.value.version !== null)
    .map(one => `${one.name}==${one.placed.value.version}`);
  return {
    commands: [
      pipUninstall(
        view,
        unused.map(one => one.name)
      ),
      // The removal took files that both had written.
      ...(restored.length > 0
        ? [pipInstall(view, restored, ['--force-reinstall', '--no-deps'])]
        : [])
    ],
    where: 'cell',
    restart: true,
    safety: 'review',
    note: text(
      'No framework here was built for the CUDA of the packages that go.'
    )
  };
}

export default defineRule({
  id: 'cuda-wheels-mixed',
  code: 'R55',
  since: '0.1.0',
  docs: {
    summary: 'CUDA libraries of two CUDA majors are installed as wheels.',
    what: 'Groups the `nvidia-…-cu11`, `-cu12` and `-cu13` wheels, and the wheels of CUDA 13 without a suffix, by CUDA major. Two wheels of the same library with the same SONAME write the same file: `nvidia-cudnn-cu12` and `nvidia-cudnn-cu13` both write `nvidia/cudnn/lib/libcudnn.so.9`.',
    why: 'Where two wheels write the same file, the one that was installed last wins, for every framework. Elsewhere each framework finds its own, but gigabytes are there twice.',
    example:
      '`ImportError: libcudart.so.12: cannot open shared object file`; a cuDNN that was built for another CUDA.',
    fix: 'Uninstall the wheels of the major that nothing needs, then write the shared files again. Two frameworks that need two majors belong in two environments.',
    safety:
      'The frameworks keep their versions. Look whether another package needs what is removed.',
    references: ['CSP-UNIBE/csp-utils#138', 'sgl-project/sglang#22719']
  },
  messages: {
    overwritten: {
      title: 'Wheels of %1 write the same files: %2',
      why: 'One of them has overwritten the other, so a framework loads a library of another CUDA.'
    },
    mixed: {
      title: 'Libraries of %1 are installed side by side',
      why: 'A framework can load a library of another CUDA than it was built for.'
    }
  },
  check(view, report) {
    const all = cudaWheels(view);
    const majors = [...new Set(all.map(one => one.major))].sort(
      (a, b) => a - b
    );
    if (majors.length < 2) {
      return;
    }
    const builds = gpuBuilds(view);
    if (builds.length > 0 && builds.every(one => view.seenWorking(one.name))) {
      return;
    }
    const clashing = clashes(all);
    const shown = clashing.length > 0 ? clashing : all;
    report({
      message: clashing.length > 0 ? 'overwritten' : 'mixed',
      args: [
        majors.map(major => `CUDA ${major}`).join(', '),
        clashing.map(one => one.name).join(', ')
      ],
      severity: clashing.length > 0 ? 'error' : 'warning',
      about: shown.map(one => one.name),
      evidence: shown.slice(0, 8).map(one => ({
        text: text('%1 %2', one.name, one.placed.value.version ?? '?'),
        path: one.placed.path
      })),
      fix: fixOf(view, all, clashing)
    });
  },
  examples: {
    flagged: [
      {
        name: 'cuDNN for two CUDA majors in one folder',
        facts: () =>
          facts({
            packages: [
              dist('nvidia-cudnn-cu12', '9.1.0.70'),
              dist('nvidia-cudnn-cu13', '9.20.0.48')
            ],
            frameworks: [
              framework('torch', '2.5.1+cu124', {
                gpu_build: true,
                cuda: '12.4'
              })
            ]
          }),
        findings: [
          {
            message: 'overwritten',
            severity: 'error',
            about: ['nvidia-cudnn-cu12', 'nvidia-cudnn-cu13']
          }
        ]
      },
      {
        name: 'runtimes of CUDA 11 and 12',
        facts: () =>
          facts({
            packages: [
              dist('nvidia-cuda-runtime-cu11', '11.8.89'),
              dist('nvidia-cuda-runtime-cu12', '12.4.127')
            ]
          }),
        findings: [
          {
            message: 'mixed',
            severity: 'warning',
            about: ['nvidia-cuda-runtime-cu11', 'nvidia-cuda-runtime-cu12']
          }
        ]
      },
      {
        name: 'CUDA 13 without suffix beside CUDA 12',
        facts: () =>
          facts({
            packages: [
              dist('cuda-toolkit', '13.0.3'),
              dist('nvidia-cublas', '13.1.0.3'),
              dist('nvidia-cublas-cu12', '12.5.3.2')
            ]
          }),
        findings: [
          {
            message: 'mixed',
            severity: 'warning',
            about: ['nvidia-cublas', 'nvidia-cublas-cu12']
          }
        ]
      }
    ],
    clean: [
      {
        name: 'the wheels of torch for CUDA 13',
        facts: () =>
          facts({
            packages: [
              dist('cuda-toolkit', '13.0.3'),
              dist('nvidia-cublas', '13.1.0.3'),
              dist('nvidia-cuda-runtime', '13.0.96'),
              dist('nvidia-cufft', '12.0.0.61'),
              dist('nvidia-cudnn-cu13', '9.19.0.56'),
              dist('nvidia-nccl-cu13', '2.28.9'),
              dist('nvidia-ml-py', '13.580.82')
            ]
          })
      },
      {
        name: 'one major',
        facts: () =>
          facts({
            packages: [
              dist('nvidia-cudnn-cu12', '9.1.0.70'),
              dist('nvidia-cublas-cu12', '12.4.5.8')
            ]
          })
      },
      {
        name: 'wheels without suffix of an unknown CUDA',
        facts: () =>
          facts({
            packages: [
              dist('nvidia-cublas', '13.1.0.3'),
              dist('nvidia-cudnn-cu12', '9.1.0.70')
            ]
          })
      },
      { name: 'the packages are not known', facts: () => facts({}) }
    ]
  }
});
