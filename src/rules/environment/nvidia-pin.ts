import {
  dist,
  facts,
  framework,
  library,
  platform,
  python
} from '../../facts/build';
import type { ICudaLibrary } from '../../facts/facts.generated';
import type { View } from '../../facts/view';
import { text } from '../../text/text';
import { majorOf } from '../../versions/cuda';
import { satisfies } from '../../versions/pep440';
import type { IRequirement } from '../../versions/requirement';
import { condaOwns } from '../cuda';
import { defineRule, type IEvidence } from '../types';
import { pipInstall } from '../words';

/** Library of a wheel, by the middle of its name. */
const FAMILIES: Readonly<Record<string, ICudaLibrary['family']>> = {
  'cuda-runtime': 'cudart',
  cudnn: 'cudnn',
  cublas: 'cublas',
  nvjitlink: 'nvjitlink',
  cufft: 'cufft',
  cusparse: 'cusparse',
  cusolver: 'cusolver',
  curand: 'curand',
  nccl: 'nccl',
  'cuda-nvrtc': 'nvrtc',
  'cuda-cupti': 'cupti'
};

function familyOf(name: string): ICudaLibrary['family'] | null {
  const base = /^nvidia-(.+?)(?:-cu\d\d)?$/.exec(name)?.[1];
  return base === undefined ? null : (FAMILIES[base] ?? null);
}

interface IPin {
  requirement: IRequirement;
  /** Installed version; null when it is not installed. */
  found: string | null;
  path: string;
}

/** Whether a library is found nowhere; null when nobody looked for it. A wheel in torch/lib counts. */
function isAbsent(view: View, name: string): boolean | null {
  const family = familyOf(name);
  const all = view.facts.cuda_libraries;
  return all === null || family === null
    ? null
    : !all.some(
        one => one.family === family && one.origin !== 'usr-local-cuda'
      );
}

/** What PyTorch asks for exactly, and does not have. */
function unmet(view: View): IPin[] {
  const torch = view.dist('torch');
  if (!torch || condaOwns(view, 'torch')) {
    return [];
  }
  const complete =
    torch.value.location !== null || torch.value.metadata !== null;
  return view
    .requirements(torch.value)
    .filter(
      ({ name, specifier }) =>
        /^nvidia-|^cuda-toolkit$/.test(name) && /^\s*===?/.test(specifier)
    )
    .flatMap((requirement): IPin[] => {
      const placed = view.dist(requirement.name);
      const version = placed?.value.version ?? null;
      if (!placed) {
        return complete && isAbsent(view, requirement.name) === true
          ? [{ requirement, found: null, path: `${torch.path}/requires` }]
          : [];
      }
      return version !== null &&
        satisfies(version, requirement.specifier) === false
        ? [{ requirement, found: version, path: `${placed.path}/version` }]
        : [];
    });
}

/** `nvidia-cudnn-cu12==9.1.0.70`, with the extras that were asked for. */
function specOf({ requirement }: IPin): string {
  const { name, extras, specifier } = requirement;
  return `${name}${extras.length > 0 ? `[${extras.join(',')}]` : ''}${specifier.replace(/\s+/g, '')}`;
}

/** Another major of cuDNN has another file name, so that PyTorch finds none, unless the system has one. */
function cannotLoad(view: View, one: IPin): boolean {
  if (one.found === null) {
    return true;
  }
  const wanted = majorOf(one.requirement.specifier.replace(/^\s*=+\s*/, ''));
  return (
    familyOf(one.requirement.name) === 'cudnn' &&
    majorOf(one.found) !== wanted &&
    !(view.facts.cuda_libraries ?? []).some(
      other =>
        other.family === 'cudnn' &&
        other.major === wanted &&
        other.origin !== 'usr-local-cuda'
    )
  );
}

const MARKER = '; platform_system == "Linux" and platform_machine == "x86_64"';

/** A wheel of PyTorch with its pins, and what is installed of them. */
function wheel(
  pins: readonly string[],
  installed: Readonly<Record<string, string | null>>,
  libraries: ICudaLibrary[] | null = null,
  manager: 'pip' | 'conda' = 'pip'
) {
  return () =>
    facts({
      platform: platform('linux-x86_64'),
      python: python('3.11.7', {
        markers: { platform_system: 'Linux', platform_machine: 'x86_64' }
      }),
      packages: [
        dist('torch', '2.5.1', {
          manager,
          location: '/e/site-packages',
          path_index: 1,
          requires: ['filelock', ...pins.map(pin => pin + MARKER)]
        }),
        ...Object.entries(installed).map(([name, version]) =>
          dist(name, version, { manager: 'pip' })
        )
      ],
      frameworks: [
        framework('torch', '2.5.1+cu124', { gpu_build: true, cuda: '12.4' })
      ],
      cuda_libraries: libraries
    });
}

export default defineRule({
  id: 'nvidia-pin',
  code: 'R60',
  since: '0.1.0',
  docs: {
    summary: 'CUDA wheels are other versions than PyTorch pins.',
    what: 'Compares the `nvidia-…==` requirements of `torch`, markers included, with the installed wheels. A wheel that is missing counts only when its library is found nowhere.',
    why: 'PyTorch was compiled and tested with these versions; the libraries call each other by symbols that differ between them.',
    example:
      '`torch 2.5.1 requires nvidia-cudnn-cu12==9.1.0.70; but you have nvidia-cudnn-cu12 8.9.4.25 which is incompatible.`; `libcudnn.so.9: cannot open shared object file`; `libcusparse.so.12: undefined symbol: __nvJitLinkComplete_12_4`',
    fix: 'Install the pinned versions.',
    safety:
      'Another framework in the same environment can have asked for the versions that are there now.',
    references: ['jax-ml/jax#17624', 'pytorch/pytorch#104259']
  },
  messages: {
    other: {
      title: 'PyTorch %1 needs other versions of %2',
      why: 'PyTorch loads libraries that it was not built with, and can miss symbols.'
    },
    broken: {
      title: 'PyTorch %1 does not find its %2',
      why: '`import torch` fails.'
    }
  },
  supersedes: ['unmet-requirement'],
  check(view, report) {
    const torch = view.dist('torch');
    const pins = unmet(view);
    if (!torch || pins.length === 0 || view.seenWorking('torch')) {
      return;
    }
    const broken = pins.filter(one => cannotLoad(view, one));
    const shown = broken.length > 0 ? broken : pins;
    const evidence: IEvidence[] = pins.slice(0, 8).map(one => ({
      text:
        one.found === null
          ? text('torch requires %1, not found', specOf(one))
          : text('torch requires %1, found %2', specOf(one), one.found),
      path: one.path
    }));
    report({
      message: broken.length > 0 ? 'broken' : 'other',
      args: [
        torch.value.version ?? '',
        shown.map(one => one.requirement.name).join(', ')
      ],
      severity: broken.length > 0 ? 'error' : 'warning',
      about: ['torch', ...pins.map(one => one.requirement.name)],
      evidence,
      fix: {
        commands: [pipInstall(view, pins.map(specOf))],
        where: 'cell',
        restart: true,
        safety: 'review'
      },
      stops: broken.length > 0 ? ['torch'] : []
    });
  },
  examples: {
    flagged: [
      {
        name: 'NCCL and cuBLAS moved',
        facts: wheel(
          ['nvidia-nccl-cu12==2.21.5', 'nvidia-cublas-cu12==12.4.5.8'],
          { 'nvidia-nccl-cu12': '2.28.9', 'nvidia-cublas-cu12': '12.9.1.4' }
        ),
        findings: [
          {
            message: 'other',
            severity: 'warning',
            about: ['torch', 'nvidia-nccl-cu12', 'nvidia-cublas-cu12']
          }
        ]
      },
      {
        name: 'cuDNN 8 of TensorFlow',
        facts: wheel(['nvidia-cudnn-cu12 (==9.1.0.70)'], {
          'nvidia-cudnn-cu12': '8.9.4.25'
        }),
        findings: [
          {
            message: 'broken',
            severity: 'error',
            about: ['torch', 'nvidia-cudnn-cu12']
          }
        ]
      },
      {
        name: 'cuBLAS was removed',
        facts: wheel(['nvidia-cublas-cu12==12.4.5.8'], {}, []),
        findings: [
          {
            message: 'broken',
            severity: 'error',
            about: ['torch', 'nvidia-cublas-cu12']
          }
        ]
      },
      {
        name: 'another toolkit of CUDA 13',
        facts: wheel(['cuda-toolkit[cublas,cudart]==13.0.2'], {
          'cuda-toolkit': '13.2.0'
        }),
        findings: [
          {
            message: 'other',
            severity: 'warning',
            about: ['torch', 'cuda-toolkit']
          }
        ]
      }
    ],
    clean: [
      {
        name: 'the pinned versions',
        facts: wheel(['nvidia-nccl-cu12==2.21.5'], {
          'nvidia-nccl-cu12': '2.21.5'
        })
      },
      {
        name: 'removed on purpose, the system has the library',
        facts: wheel(['nvidia-cublas-cu12==12.4.5.8'], {}, [
          library(
            'cublas',
            'libcublas.so.12',
            '/usr/local/cuda/lib64/libcublas.so.12',
            { origin: 'ld-cache' }
          )
        ])
      },
      {
        name: 'missing, and nobody looked for the library',
        facts: wheel(['nvidia-cublas-cu12==12.4.5.8'], {})
      },
      {
        name: 'the installed version is not known',
        facts: wheel(['nvidia-nccl-cu12==2.21.5'], { 'nvidia-nccl-cu12': null })
      },
      {
        name: "conda's build, whose libraries are not wheels",
        facts: wheel(
          ['nvidia-nccl-cu12==2.21.5'],
          { 'nvidia-nccl-cu12': '2.28.9' },
          null,
          'conda'
        )
      }
    ]
  }
});
