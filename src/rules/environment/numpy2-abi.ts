import { conda, dist, environment, facts, record } from '../../facts/build';
import { platform, python } from '../../facts/build';
import type { View } from '../../facts/view';
import { text } from '../../text/text';
import { condaOwns } from '../cuda';
import { demandsOn, installEach, isCompiled, meetsAll } from '../demands';
import {
  builtForOne,
  fittingNumpy,
  numpyOf,
  saysTwo,
  type IBuiltForOne
} from '../numpyFit';
import { defineRule, type IFix } from '../types';
import { pipInstall } from '../words';

/** Frameworks by the distribution that holds their compiled code; PyTorch works without NumPy. */
const STOPPED: readonly [RegExp, string][] = [
  [/^tensorflow(-(cpu|gpu|intel|macos|rocm))?$/, 'tensorflow'],
  [/^(jaxlib|ml-dtypes)$/, 'jax'],
  [/^onnxruntime(-.+)?$/, 'onnxruntime'],
  [/^cupy(-.+)?$/, 'cupy']
];

function frameworkOf(name: string): string | null {
  return STOPPED.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

/** numba checks for itself, and has a rule of its own. */
function isAsked(name: string): boolean {
  return name !== 'numpy' && name !== 'numba';
}

function usesNumpy(view: View, name: string): boolean {
  const found = view.dist(name);
  return (
    found !== null &&
    view.requirements(found.value).some(one => one.name === 'numpy')
  );
}

function caughtOf(view: View): IBuiltForOne[] {
  const result: IBuiltForOne[] = [];
  for (const [name] of view.names()) {
    const framework = frameworkOf(name) ?? name;
    const found =
      isAsked(name) && view.seenWorking(framework) !== true
        ? builtForOne(view, name)
        : null;
    if (found) {
      result.push(found);
    }
  }
  return result.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Newer releases of what was caught, when everybody here accepts them; null when one has none. */
function upgrades(view: View, caught: readonly IBuiltForOne[]): IFix | null {
  const wanted = caught.flatMap(({ name, first }) =>
    first !== null &&
    meetsAll(
      first,
      demandsOn(view, name).map(one => one.specifier)
    )
      ? [{ name, specifier: `>=${first}` }]
      : []
  );
  return wanted.length === caught.length ? installEach(view, wanted) : null;
}

function fixOf(
  view: View,
  version: string,
  caught: readonly IBuiltForOne[]
): IFix {
  const newer = upgrades(view, caught);
  // A step back of conda's NumPy would take other packages of conda with it.
  if (
    newer &&
    condaOwns(view, 'numpy') &&
    caught.every(one => !condaOwns(view, one.name))
  ) {
    return newer;
  }
  const one = fittingNumpy(view, version, ['<2']);
  if (one) {
    return {
      ...installEach(view, [{ name: 'numpy', specifier: `==${one}` }]),
      note: text('All requirements that are known here accept NumPy %1.', one)
    };
  }
  return (
    newer ?? {
      commands: [
        pipInstall(
          view,
          caught.map(({ name }) => name),
          ['--upgrade']
        )
      ],
      where: 'cell',
      restart: true,
      safety: 'review',
      note: text('No release of NumPy 1 suits this Python and these packages.')
    }
  );
}

export default defineRule({
  id: 'numpy2-abi',
  code: 'R32',
  since: '0.1.0',
  docs: {
    summary: 'Packages that were compiled for NumPy 1 stand beside NumPy 2.',
    what: 'With NumPy 2 installed, asks of every package what it was compiled for: first its own compiled modules, which name the C API they were built with; then the record of conda; then the table of first releases for NumPy 2; last a limit `numpy<2` in the metadata of a package with compiled code. A module that was built for NumPy 2 is never reported, whatever the table says.',
    why: 'NumPy 2 changed its binary interface: code that was compiled for NumPy 1 refuses to load, or crashes.',
    example:
      '`A module that was compiled using NumPy 1.x cannot be run in NumPy 2.0.0 as it may crash.`; `AttributeError: _ARRAY_API not found`; `numpy.dtype size changed, may indicate binary incompatibility. Expected 96 from C header, got 88 from PyObject`.',
    fix: 'Go back to the newest NumPy 1 that all packages here accept; where none fits (Python 3.13, or a package that needs NumPy 2), upgrade the named packages.',
    safety:
      'Code that was compiled for NumPy 2 runs with NumPy 1 too. Notebooks that use names new in NumPy 2 do not.',
    references: [
      'numpy/numpy#26191',
      'jupyter/notebook#7522',
      'epics-base/pvaPy#91'
    ]
  },
  messages: {
    built: {
      title: 'NumPy %1 does not run %2',
      why: 'Code that was compiled for NumPy 1 fails at its import under NumPy 2, or crashes the kernel.'
    },
    limited: {
      title: 'NumPy %1 is newer than %2 allows',
      why: 'Compiled code that was made for NumPy 1 only can crash with NumPy 2.'
    }
  },
  supersedes: [
    'unmet-requirement',
    'numpy-range',
    'numba-guard',
    'conda-depends-broken'
  ],
  costly(view) {
    const numpy = numpyOf(view);
    if (!numpy || numpy.major < 2 || view.facts.numpy_api !== null) {
      return [];
    }
    const isOpen = (name: string): boolean =>
      isAsked(name) &&
      !(condaOwns(view, name) && condaOwns(view, 'numpy')) &&
      !saysTwo(view, name) &&
      (builtForOne(view, name) !== null ||
        (isCompiled(view, name) === true && usesNumpy(view, name)));
    return [...view.names()].some(([name]) => isOpen(name))
      ? ['numpy_api']
      : [];
  },
  check(view, report) {
    const numpy = numpyOf(view);
    if (!numpy || numpy.major < 2) {
      return;
    }
    const caught = caughtOf(view);
    if (caught.length === 0) {
      return;
    }
    const sure = caught.filter(one => one.sure);
    const shown = sure.length > 0 ? sure : caught;
    report({
      message: sure.length > 0 ? 'built' : 'limited',
      args: [
        numpy.version,
        shown.map(one => `${one.name} ${one.version}`).join(', ')
      ],
      severity: sure.length > 0 ? 'error' : 'warning',
      about: ['numpy', ...caught.map(one => one.name)],
      evidence: [numpy.evidence, ...caught.map(one => one.evidence)],
      fix: fixOf(view, numpy.version, caught),
      stops: [
        ...new Set(sure.flatMap(one => frameworkOf(one.name) ?? []))
      ].sort()
    });
  },
  examples: {
    flagged: [
      {
        name: 'by the table, from names and versions alone',
        facts: () =>
          facts({
            packages: [
              dist('numpy', '2.1.0'),
              dist('pandas', '2.1.4'),
              dist('scikit-learn', '1.5.0'),
              dist('tensorflow-cpu', '2.15.1')
            ]
          }),
        findings: [
          {
            message: 'built',
            severity: 'error',
            about: ['numpy', 'pandas', 'tensorflow-cpu']
          }
        ]
      },
      {
        name: 'the modules say it, whatever the table says',
        facts: () =>
          facts({
            packages: [
              dist('numpy', '2.2.6', { manager: 'pip' }),
              dist('pandas', '2.1.4', { manager: 'pip' }),
              dist('own-extension', '1.0', { manager: 'pip' })
            ],
            numpy_api: [
              {
                distribution: 'pandas',
                file: '/v/lib/python3.12/site-packages/pandas/_libs/lib.so',
                major: 2
              },
              {
                distribution: 'own-extension',
                file: '/v/lib/python3.12/site-packages/own/_core.so',
                major: 1
              }
            ]
          }),
        findings: [
          {
            message: 'built',
            severity: 'error',
            about: ['numpy', 'own-extension']
          }
        ]
      },
      {
        name: 'a compiled wheel of which only the limit is known',
        facts: () =>
          facts({
            packages: [
              dist('numpy', '2.0.2', { manager: 'pip' }),
              dist('pvapy', '5.3.1', {
                manager: 'pip',
                requires: ['numpy<2,>=1.22'],
                tags: ['cp311-cp311-manylinux_2_17_x86_64']
              })
            ]
          }),
        findings: [
          {
            message: 'limited',
            severity: 'warning',
            about: ['numpy', 'pvapy']
          }
        ]
      },
      {
        name: 'pip put NumPy 2 under what conda compiled for NumPy 1',
        facts: () =>
          facts({
            environment: environment('conda'),
            packages: [
              dist('numpy', '2.2.6', { manager: 'pip' }),
              dist('pandas', '2.2.2', { manager: 'conda' })
            ],
            conda: conda([
              record('pandas', '2.2.2', {
                python_name: 'pandas',
                depends: ['numpy >=1.22.4,<2.0a0', 'python >=3.12,<3.13.0a0']
              })
            ])
          }),
        findings: [
          { message: 'built', severity: 'error', about: ['numpy', 'pandas'] }
        ]
      }
    ],
    clean: [
      {
        name: 'versions are not known; NumPy is not known',
        facts: () =>
          facts({ packages: [dist('numpy', null), dist('pandas', '2.1.4')] })
      },
      {
        name: 'the same packages beside NumPy 1',
        facts: () =>
          facts({
            packages: [
              dist('numpy', '1.26.4'),
              dist('pandas', '2.1.4', { requires: ['numpy<2,>=1.22.4'] })
            ]
          })
      },
      {
        name: 'first releases for NumPy 2; a limit of pure Python; a limit above 2',
        facts: () =>
          facts({
            platform: platform('linux-x86_64'),
            python: python('3.12.3', { markers: { python_version: '3.12' } }),
            packages: [
              dist('numpy', '2.2.6'),
              dist('pandas', '2.2.2', { requires: ['numpy>=1.26.0'] }),
              dist('scipy', '1.13.0', { requires: ['numpy<2.3,>=1.22.4'] }),
              dist('torch', '2.3.1+cu121', { requires: ['sympy'] }),
              dist('langchain', '0.1.0', {
                requires: ['numpy<2,>=1'],
                tags: ['py3-none-any']
              })
            ]
          })
      },
      {
        name: 'conda solved both; an old release built anew for NumPy 2',
        facts: () =>
          facts({
            packages: [
              dist('numpy', '2.0.2', { manager: 'conda' }),
              dist('h5py', '3.10.0', { manager: 'conda' }),
              dist('bottleneck', '1.3.8', { manager: 'pip' })
            ],
            numpy_api: [
              {
                distribution: 'bottleneck',
                file: '/e/lib/python3.11/site-packages/bottleneck/move.so',
                major: 2
              }
            ]
          })
      }
    ]
  }
});
