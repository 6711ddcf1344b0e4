import { dist, facts, framework } from '../../facts/build';
import type { IPlaced, View } from '../../facts/view';
import type { IDistribution } from '../../facts/facts.generated';
import { text } from '../../text/text';
import { majorOf } from '../../versions/cuda';
import { normalise, parseRequirement } from '../../versions/requirement';
import { gpuBuilds } from '../cuda';
import { defineRule, type IFix } from '../types';
import { pipInstall, pipUninstall } from '../words';

interface IWheel {
  name: string;
  /** Name without prefix and suffix, `cudnn`: the folder it writes. */
  base: string;
  major: number;
  placed: IPlaced<IDistribution>;
}

/** Wheels without a suffix, which are those of CUDA 13; the folder they write is theirs. */
const PLAIN =
  /^nvidia-(cublas|cuda-cccl|cuda-crt|cuda-cupti|cuda-nvcc|cuda-nvrtc|cuda-runtime|cufft|cufile|curand|cusolver|cusparse|nvjitlink|nvtx|nvvm)$/;

function wheels(view: View): IWheel[] {
  const result: IWheel[] = [];
  const runtime = view.dist('cuda-toolkit') ?? view.dist('nvidia-cuda-runtime');
  const plainMajor = majorOf(runtime?.value.version);
  for (const [name, copies] of view.names()) {
    const suffixed = /^nvidia-(.+)-cu(\d\d)$/.exec(name);
    const plain = PLAIN.exec(name);
    if (suffixed) {
      result.push({
        name,
        base: suffixed[1],
        major: Number(suffixed[2]),
        placed: copies[0]
      });
    } else if (plain && plainMajor !== null) {
      result.push({
        name,
        base: `${plain[1]} of cu${plainMajor}`,
        major: plainMajor,
        placed: copies[0]
      });
    }
  }
  return result.sort((a, b) => a.name.localeCompare(b.name));
}

/** CUDA majors that something installed needs, or null when that cannot be told. */
function used(view: View): Set<number> | null {
  const majors = new Set<number>();
  for (const build of gpuBuilds(view)) {
    const major = majorOf(build.cuda);
    if (major === null) {
      return null;
    }
    majors.add(major);
  }
  for (const [name, copies] of view.names()) {
    const plugin =
      /^(?:cupy|jax|onnxruntime-gpu|faiss-gpu)-cu(?:da)?(\d\d)/.exec(name);
    if (plugin) {
      majors.add(Number(plugin[1]));
    }
    if (/^nvidia-|^cuda-/.test(name)) {
      continue;
    }
    for (const line of copies[0].value.requires ?? []) {
      const wanted = parseRequirement(line);
      const suffix = /^nvidia-.+-cu(\d\d)$/.exec(wanted?.name ?? '');
      // An extra that nobody may have asked for proves no use, but to remove its packages could break it.
      if (suffix && view.dist(normalise(wanted?.name ?? ''))) {
        majors.add(Number(suffix[1]));
      }
    }
  }
  return majors.size > 0 ? majors : null;
}

/** Wheels that write the same folder; the same leading number means the same SONAME, so the same file. */
function clashes(all: readonly IWheel[]): IWheel[] {
  const lead = (one: IWheel) => majorOf(one.placed.value.version);
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
  all: readonly IWheel[],
  clashing: readonly IWheel[]
): IFix | null {
  const majors = used(view);
  const unused = majors ? all.filter(one => !majors.has(one.major)) : [];
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
    const all = wheels(view);
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
