import { conda, dist, environment, facts, record } from '../../facts/build';
import type { View } from '../../facts/view';
import { text } from '../../text/text';
import { condaOwns, isWheel } from '../cuda';
import { defineRule, type IEvidence } from '../types';
import { condaInstall, pipUninstall } from '../words';

/** Wheels that bring an OpenBLAS of their own. */
const WHEELS: readonly string[] = ['numpy', 'scipy'];

/** Packages of conda that call conda's BLAS themselves. */
const USERS: readonly string[] = ['numpy', 'scipy', 'scikit-learn', 'numexpr'];

/** The record that says that conda's BLAS is MKL; null when it is not, or not known. */
function mkl(view: View): IEvidence | null {
  for (const name of ['libblas', 'blas']) {
    const found = view.record(name);
    if (found && /(^|_)mkl(_|$)/.test(found.value.build ?? '')) {
      return {
        text: text('%1 %2 (conda)', name, found.value.build ?? ''),
        path: `${found.path}/build`
      };
    }
  }
  return null;
}

/** Two OpenMP runtimes in this process: what turns the mixture from slow into dangerous. */
function twoRuntimes(view: View): IEvidence[] {
  const rows = (view.facts.openmp ?? []).flatMap((one, i) =>
    one.mapped === true
      ? [
          {
            name: one.name,
            evidence: {
              text: text('%1 is loaded from %2', one.name, one.path),
              path: `/openmp/${i}`
            }
          }
        ]
      : []
  );
  return new Set(rows.map(one => one.name)).size > 1
    ? rows.map(one => one.evidence)
    : [];
}

export default defineRule({
  id: 'blas-mix',
  code: 'R43',
  since: '0.1.0',
  docs: {
    summary: 'Packages use conda’s MKL and a wheel’s OpenBLAS side by side.',
    what: 'conda’s BLAS is MKL, and NumPy or SciPy is a wheel with an OpenBLAS inside. That alone works for many, so it is told only with a second sign: a package of conda that calls MKL at the same time (SciPy, scikit-learn, numexpr), or two OpenMP runtimes in this process. It is never more than information.',
    why: 'Two BLAS libraries keep a pool of threads each, so that both get slower, and their OpenMP runtimes can clash.',
    example:
      'Matrix products that use twice the cores and take longer; in rare cases a crash in `dgemm`.',
    fix: 'Give NumPy and SciPy back to conda.',
    safety: 'Versions may change.',
    references: ['ContinuumIO/anaconda-issues#1645']
  },
  messages: {
    mixed: {
      title: 'OpenBLAS of %1 stands beside the MKL of conda',
      why: 'Two BLAS libraries share the cores of this process, and can slow each other down.'
    }
  },
  check(view, report) {
    const source = mkl(view);
    const wheels = WHEELS.filter(name => isWheel(view, name));
    if (!source || wheels.length === 0) {
      return;
    }
    const users = USERS.filter(
      name => !wheels.includes(name) && condaOwns(view, name)
    ).flatMap(name => {
      const found = view.dist(name);
      return found
        ? [
            {
              text: text('%1 %2 (conda)', name, found.value.version ?? '?'),
              path: found.path
            }
          ]
        : [];
    });
    const second = [...users, ...twoRuntimes(view)];
    if (second.length === 0) {
      return;
    }
    report({
      message: 'mixed',
      args: [wheels.join(', ')],
      severity: 'info',
      about: [...wheels, 'mkl'],
      evidence: [
        source,
        ...wheels.flatMap(name => {
          const found = view.dist(name);
          return found
            ? [
                {
                  text: text('%1 %2 (wheel)', name, found.value.version ?? '?'),
                  path: found.path
                }
              ]
            : [];
        }),
        ...second
      ],
      fix: {
        commands: [
          pipUninstall(view, wheels),
          condaInstall(wheels, ['--force-reinstall'])
        ],
        where: 'cell',
        restart: true,
        safety: 'review',
        note: text('Until the last line has run, the packages are missing.')
      }
    });
  },
  examples: {
    flagged: [
      {
        name: 'NumPy by pip, SciPy by conda',
        facts: () =>
          facts({
            environment: environment('conda'),
            packages: [
              dist('numpy', '1.26.4', { manager: 'pip' }),
              dist('scipy', '1.13.0', { manager: 'conda' })
            ],
            conda: conda([
              record('libblas', '3.9.0', { build: '22_linux64_mkl' }),
              record('scipy', '1.13.0', { python_name: 'scipy' })
            ])
          }),
        findings: [
          { message: 'mixed', severity: 'info', about: ['numpy', 'mkl'] }
        ]
      },
      {
        name: 'two OpenMP runtimes in this process',
        facts: () =>
          facts({
            environment: environment('conda'),
            packages: [
              dist('numpy', '1.26.4', { manager: 'pip' }),
              dist('scipy', '1.13.0', { manager: 'pip' })
            ],
            conda: conda([record('blas', '1.0', { build: 'mkl' })]),
            openmp: [
              {
                name: 'libiomp5',
                path: '/opt/conda/lib/libiomp5.so',
                distribution: 'intel-openmp',
                mapped: true
              },
              {
                name: 'libgomp',
                path: '/opt/conda/lib/libgomp.so.1',
                distribution: 'torch',
                mapped: true
              }
            ]
          }),
        findings: [
          {
            message: 'mixed',
            severity: 'info',
            about: ['numpy', 'scipy', 'mkl']
          }
        ]
      }
    ],
    clean: [
      {
        name: 'the build of conda’s BLAS, or who owns NumPy, is not known',
        facts: () =>
          facts({
            packages: [
              dist('numpy', '1.26.4'),
              dist('scipy', '1.13.0', { manager: 'conda' })
            ],
            conda: conda([record('libblas', '3.9.0')])
          })
      },
      {
        name: 'wheels beside MKL, and no second sign',
        facts: () =>
          facts({
            packages: [
              dist('numpy', '1.26.4', { manager: 'pip' }),
              dist('scipy', '1.13.0', { manager: 'pip' })
            ],
            conda: conda([
              record('libblas', '3.9.0', { build: '22_linux64_mkl' })
            ])
          })
      },
      {
        name: 'all of it by conda, with OpenBLAS and with MKL',
        facts: () =>
          facts({
            packages: [
              dist('numpy', '1.26.4', { manager: 'conda' }),
              dist('scipy', '1.13.0', { manager: 'conda' })
            ],
            conda: conda([
              record('libblas', '3.9.0', { build: '22_linux64_mkl' }),
              record('numpy', '1.26.4', { python_name: 'numpy' })
            ])
          })
      }
    ]
  }
});
