import { numpyCApi } from '../../compat/numpyReleases';
import {
  conda,
  dist,
  environment,
  facts,
  python,
  record
} from '../../facts/build';
import type { View } from '../../facts/view';
import { text } from '../../text/text';
import { compareVersions, satisfies } from '../../versions/pep440';
import { condaOwns } from '../cuda';
import { demandsOn, installEach, isCompiled, type IDemand } from '../demands';
import { firstForNumpy2, fittingNumpy, numpyOf } from '../numpyFit';
import { defineRule, type IFix } from '../types';
import { pipInstall } from '../words';

/** The lowest NumPy of a specifier set, when the installed one lies below it; null otherwise. */
function floor(specifier: string, installed: string): string | null {
  for (const clause of specifier.split(',')) {
    const match = /^\s*(?:>=|~=|==|>)\s*(\d+(?:\.\d+)*)(?:\.\*)?\s*$/.exec(
      clause
    );
    if (
      match &&
      satisfies(installed, clause) === false &&
      (compareVersions(installed, match[1]) ?? 0) < 0
    ) {
      return match[1];
    }
  }
  return null;
}

/** Whether the demand is one of compiled code that NumPy's C API refuses. */
function isRefused(view: View, demand: IDemand, installed: string): boolean {
  if (satisfies(installed, demand.specifier) !== false) {
    return false;
  }
  const lowest = floor(demand.specifier, installed);
  const wanted = lowest === null ? null : numpyCApi(lowest);
  const offered = numpyCApi(installed);
  return (
    wanted !== null &&
    offered !== null &&
    // Code for NumPy 2 runs on NumPy 1 too; its limit is about Python code.
    wanted.value < FIRST_OF_NUMPY2 &&
    wanted.value > offered.value &&
    // numba looks at the version by itself, and has a rule of its own.
    demand.by !== 'numba' &&
    (demand.path.startsWith('/conda/') ||
      firstForNumpy2(view, demand.by) !== null ||
      isCompiled(view, demand.by) === true) &&
    !(condaOwns(view, demand.by) && condaOwns(view, 'numpy')) &&
    view.seenWorking(demand.by) !== true
  );
}

/** `NPY_2_0_API_VERSION`. */
const FIRST_OF_NUMPY2 = 18;

function fixOf(
  view: View,
  installed: string,
  names: readonly string[]
): IFix | null {
  const one = fittingNumpy(view, installed, []);
  return one
    ? installEach(view, [{ name: 'numpy', specifier: `==${one}` }])
    : {
        commands: [pipInstall(view, names, ['--upgrade'])],
        where: 'cell',
        restart: true,
        safety: 'review',
        note: text('No release of NumPy suits every package here.')
      };
}

export default defineRule({
  id: 'numpy-too-old',
  code: 'R33',
  since: '0.1.0',
  docs: {
    summary: 'Compiled code needs a newer C API than this NumPy has.',
    what: 'Looks for packages with compiled code whose metadata, conda record or check at import ask for a NumPy of a newer C API than the installed one. A limit that lies within the same C API is left to `unmet-requirement`, and so is a limit above NumPy 2, because code that was compiled for NumPy 2 runs with NumPy 1 too.',
    why: 'NumPy refuses code that was compiled for a newer C API, so the import fails.',
    example:
      '`RuntimeError: module compiled against API version 0xf but this version of numpy is 0xe`; `ImportError: numpy.core.multiarray failed to import`.',
    fix: 'Upgrade NumPy to the oldest release that all packages here accept.',
    safety: 'Only NumPy changes.',
    references: [
      'GuyTevet/motion-diffusion-model#129',
      'AMICI-dev/AMICI#1403',
      'huggingface/transformers#18483'
    ]
  },
  messages: {
    old: {
      title: 'NumPy %1 is too old for %2',
      why: 'Their compiled code asks for a newer C API and refuses to load.'
    }
  },
  supersedes: ['unmet-requirement', 'numpy-range', 'conda-depends-broken'],
  check(view, report) {
    const numpy = numpyOf(view);
    if (!numpy) {
      return;
    }
    const refused = new Map<string, IDemand>();
    for (const demand of demandsOn(view, 'numpy')) {
      if (!refused.has(demand.by) && isRefused(view, demand, numpy.version)) {
        refused.set(demand.by, demand);
      }
    }
    const names = [...refused.keys()].sort();
    if (names.length > 0) {
      report({
        message: 'old',
        args: [numpy.version, names.join(', ')],
        severity: 'error',
        about: ['numpy', ...names],
        evidence: [
          numpy.evidence,
          ...names.flatMap(name => {
            const demand = refused.get(name);
            return demand
              ? [
                  {
                    text: text(
                      '%1 %2 requires numpy%3',
                      name,
                      view.dist(name)?.value.version ?? '?',
                      demand.specifier
                    ),
                    path: demand.path
                  }
                ]
              : [];
          })
        ],
        fix: fixOf(view, numpy.version, names),
        stops: names.includes('tensorflow') ? ['tensorflow'] : []
      });
    }
  },
  examples: {
    flagged: [
      {
        name: 'a wheel built for NumPy 1.22 beside 1.20',
        facts: () =>
          facts({
            environment: environment('venv'),
            python: python('3.9.18', { markers: { python_version: '3.9' } }),
            packages: [
              dist('numpy', '1.20.3', { manager: 'pip' }),
              dist('scipy', '1.11.4', {
                manager: 'pip',
                requires: ['numpy<1.28.0,>=1.22.4']
              }),
              dist('pvapy', '5.3.0', {
                manager: 'pip',
                requires: ['numpy>=1.22'],
                tags: ['cp39-cp39-manylinux_2_17_x86_64']
              })
            ]
          }),
        findings: [
          {
            message: 'old',
            severity: 'error',
            about: ['numpy', 'pvapy', 'scipy']
          }
        ]
      },
      {
        name: 'pip put an old NumPy under what conda compiled',
        facts: () =>
          facts({
            environment: environment('conda'),
            packages: [
              dist('numpy', '1.19.5', { manager: 'pip' }),
              dist('own-extension', '1.0', { manager: 'conda' })
            ],
            conda: conda([
              record('own-extension', '1.0', {
                python_name: 'own-extension',
                depends: ['numpy >=1.20.3,<2.0a0', 'libgcc-ng >=12']
              })
            ])
          }),
        findings: [
          {
            message: 'old',
            severity: 'error',
            about: ['numpy', 'own-extension']
          }
        ]
      }
    ],
    clean: [
      {
        name: 'versions, requirements or wheels are not known',
        facts: () =>
          facts({
            packages: [
              dist('numpy', '1.20.3'),
              dist('scipy', '1.11.4'),
              dist('some-package', '1.0', { requires: ['numpy>=1.22'] })
            ]
          })
      },
      {
        name: 'a patch release below the limit, with the same C API',
        facts: () =>
          facts({
            packages: [
              dist('numpy', '1.21.2'),
              dist('scipy', '1.10.1', { requires: ['numpy<1.27,>=1.21.6'] })
            ]
          })
      },
      {
        name: 'pure Python; code for NumPy 2 beside NumPy 1',
        facts: () =>
          facts({
            packages: [
              dist('numpy', '1.20.3'),
              dist('seaborn', '0.13.2', {
                requires: ['numpy>=1.24'],
                tags: ['py3-none-any']
              }),
              dist('opencv-python', '4.12.0.88', { requires: ['numpy>=2'] })
            ]
          })
      }
    ]
  }
});
