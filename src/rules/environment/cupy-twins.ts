import {
  conda,
  dist,
  environment,
  facts,
  gpu,
  gpus,
  record
} from '../../facts/build';
import type { View } from '../../facts/view';
import { majorOf } from '../../versions/cuda';
import { CUPY, type ICopy } from '../families';
import { mostWanted, twinsDraft, twinsOf } from '../twins';
import { defineRule } from '../types';

/** `cupy-cuda12x` → 12, `cupy-cuda112` → 11; null for a build from source. */
function cudaMajor(name: string): number | null {
  const match = /^cupy-cuda(\d+)x?$/.exec(name);
  const digits = match?.[1] ?? '';
  return match
    ? Number(digits.length > 2 ? digits.slice(0, -1) : digits)
    : null;
}

/** The wheel for the newest CUDA that the driver serves, else the one that most packages ask for. */
function choose(view: View, copies: readonly ICopy[]): ICopy {
  const limit = majorOf(view.facts.gpu?.driver?.cuda);
  const fitting = copies
    .filter(c => {
      const major = cudaMajor(c.name);
      return limit !== null && major !== null && major <= limit;
    })
    .sort((a, b) => (cudaMajor(b.name) ?? 0) - (cudaMajor(a.name) ?? 0));
  return fitting[0] ?? mostWanted(view, copies);
}

export default defineRule({
  id: 'cupy-twins',
  code: 'R27',
  since: '0.1.0',
  docs: {
    summary: 'Two distributions of CuPy are installed.',
    what: 'Counts the distributions that hold the folder `cupy`: `cupy`, `cupy-cuda11x`, `cupy-cuda12x`, `cupy-cuda13x` and so on, the ROCm forms and conda’s.',
    why: 'Their files for different CUDA versions are mixed, and the wrong CUDA libraries are looked for.',
    example:
      '`UserWarning: CuPy may not function correctly because multiple CuPy packages are installed in your environment`.',
    fix: 'Uninstall all of them, then install the one for the newest CUDA that the driver serves.',
    safety: 'Between the two commands CuPy is missing.',
    references: ['cupy/cupy#3552', 'rapidsai-community/rapidsai-csp-utils#138']
  },
  messages: {
    shared: {
      title: '%1 and %2 share the folder %3',
      why: 'Files for different CUDA versions are mixed, and CuPy may not function correctly.'
    },
    hidden: {
      title: '%1 hides %2',
      why: 'Python imports %3 from the first; the second is never used.'
    }
  },
  supersedes: ['unmet-requirement'],
  check(view, report) {
    const twins = twinsOf(view, CUPY);
    if (twins) {
      report(
        twinsDraft(view, CUPY, twins, 'warning', copies => choose(view, copies))
      );
    }
  },
  examples: {
    flagged: [
      {
        name: 'two CUDA majors',
        facts: () =>
          facts({
            packages: [
              dist('cupy-cuda12x', '13.6.0', { manager: 'pip' }),
              dist('cupy-cuda13x', '13.6.0', { manager: 'pip' })
            ],
            gpu: gpus('535.104.05', '12.2', [gpu('Tesla T4', '7.5')])
          }),
        findings: [
          {
            message: 'shared',
            severity: 'warning',
            about: ['cupy-cuda12x', 'cupy-cuda13x']
          }
        ]
      },
      {
        name: 'a wheel beside conda’s',
        facts: () =>
          facts({
            environment: environment('conda'),
            packages: [
              dist('cupy', '13.3.0', { manager: 'conda' }),
              dist('cupy-cuda11x', '13.3.0', { manager: 'pip' })
            ],
            conda: conda([
              record('cupy', '13.3.0'),
              record('cupy-core', '13.3.0', { python_name: 'cupy' })
            ])
          }),
        findings: [
          {
            message: 'shared',
            severity: 'warning',
            about: ['cupy-cuda11x', 'cupy']
          }
        ]
      },
      {
        name: 'the user site hides the one of the environment',
        facts: () =>
          facts({
            packages: [
              dist('cupy-cuda11x', '12.3.0', {
                manager: 'pip',
                location: '/home/u/.local/lib/python3.11/site-packages',
                path_index: 3
              }),
              dist('cupy-cuda12x', '13.6.0', {
                manager: 'pip',
                location: '/usr/local/lib/python3.11/dist-packages',
                path_index: 4
              })
            ]
          }),
        findings: [
          {
            message: 'hidden',
            severity: 'warning',
            about: ['cupy-cuda11x', 'cupy-cuda12x']
          }
        ]
      }
    ],
    clean: [
      { name: 'the packages are not known', facts: () => facts({}) },
      { name: 'the packages are not known', facts: () => facts({}) },
      {
        name: 'conda’s two packages are one copy',
        facts: () =>
          facts({
            packages: [dist('cupy', '13.3.0', { manager: 'conda' })],
            conda: conda([
              record('cupy', '13.3.0'),
              record('cupy-core', '13.3.0', { python_name: 'cupy' })
            ])
          })
      },
      {
        name: 'one wheel and its helpers',
        facts: () =>
          facts({
            packages: [
              dist('cupy-cuda12x', '13.6.0', { manager: 'pip' }),
              dist('cupyx-helper', '1.0', { manager: 'pip' })
            ]
          })
      }
    ]
  }
});
