import { conda, dist, facts, python, record } from '../../facts/build';
import { text } from '../../text/text';
import { satisfies } from '../../versions/pep440';
import { condaOwns } from '../cuda';
import { demandsOn, installEach } from '../demands';
import { fittingNumpy, numpyOf } from '../numpyFit';
import { defineRule } from '../types';
import { pipInstall } from '../words';

/** Built upon NumPy so closely that their metadata are worth a finding of their own. */
const CLOSE: ReadonlySet<string> = new Set(['scipy', 'pandas', 'scikit-learn']);

export default defineRule({
  id: 'numpy-range',
  code: 'R35',
  since: '0.1.0',
  docs: {
    summary: 'SciPy, pandas or scikit-learn were made for another NumPy.',
    what: 'Compares NumPy with the range that SciPy checks when it is imported (`np_minversion`, `np_maxversion` in `scipy/__init__.py`), and with what the metadata of SciPy, pandas and scikit-learn require. Where conda owns both it is a note, because conda solved them with ranges of its own.',
    why: 'They were tested with that range only; outside of it they warn, fail in single functions or give other numbers.',
    example:
      '`UserWarning: A NumPy version >=1.18.5 and <1.26.0 is required for this version of SciPy (detected version 1.26.4)`',
    fix: 'Install the NumPy nearest to the present one that all packages here accept; where there is none, upgrade the package.',
    safety: 'One package changes.',
    references: ['scipy: `scipy/__init__.py`']
  },
  messages: {
    range: {
      title: '%1 %2 is not made for NumPy %3',
      why: 'It warns when it is imported, and single functions can fail.'
    }
  },
  supersedes: ['unmet-requirement', 'conda-depends-broken'],
  check(view, report) {
    const numpy = numpyOf(view);
    if (!numpy) {
      return;
    }
    const done = new Set<string>();
    const demands = demandsOn(view, 'numpy').filter(
      ({ by, path }) =>
        (path.startsWith('/guards/') && by === 'scipy') ||
        (CLOSE.has(by) && path.startsWith('/packages/'))
    );
    for (const { by, specifier, path } of demands) {
      const version = view.dist(by)?.value.version ?? null;
      if (
        version === null ||
        done.has(by) ||
        satisfies(numpy.version, specifier) !== false
      ) {
        continue;
      }
      done.add(by);
      const one = fittingNumpy(view, numpy.version, []);
      report({
        message: 'range',
        args: [by, version, numpy.version],
        severity:
          condaOwns(view, by) && condaOwns(view, 'numpy') ? 'info' : 'warning',
        about: [by, 'numpy'],
        evidence: [
          {
            text: text('%1 %2 requires numpy%3', by, version, specifier),
            path
          },
          numpy.evidence
        ],
        fix: one
          ? installEach(view, [{ name: 'numpy', specifier: `==${one}` }])
          : {
              commands: [
                condaOwns(view, by)
                  ? `%conda update ${view.owner(by)?.value.name ?? by}`
                  : pipInstall(view, [by], ['--upgrade'])
              ],
              where: 'cell',
              restart: true,
              safety: 'review'
            }
      });
    }
  },
  examples: {
    flagged: [
      {
        name: 'what SciPy checks when it is imported',
        facts: () =>
          facts({
            python: python('3.10.14'),
            packages: [
              dist('numpy', '1.26.4', { manager: 'pip' }),
              dist('scipy', '1.9.3', { manager: 'pip' })
            ],
            guards: [
              {
                distribution: 'scipy',
                requires: ['numpy>=1.18.5,<1.26.0'],
                source: 'scipy/__init__.py'
              }
            ]
          }),
        findings: [
          { message: 'range', severity: 'warning', about: ['scipy', 'numpy'] }
        ]
      },
      {
        name: 'what the metadata require, one finding each',
        facts: () =>
          facts({
            packages: [
              dist('numpy', '2.3.5', { manager: 'pip' }),
              dist('scipy', '1.13.1', {
                manager: 'pip',
                requires: ['numpy<2.3,>=1.22.4']
              }),
              dist('scikit-learn', '1.5.0', {
                manager: 'pip',
                requires: ['numpy>=1.19.5,!=2.3.5']
              })
            ]
          }),
        findings: [
          { message: 'range', severity: 'warning', about: ['scipy', 'numpy'] },
          {
            message: 'range',
            severity: 'warning',
            about: ['scikit-learn', 'numpy']
          }
        ]
      },
      {
        name: 'conda owns both',
        facts: () =>
          facts({
            packages: [
              dist('numpy', '1.26.4', { manager: 'conda' }),
              dist('scipy', '1.9.3', {
                manager: 'conda',
                requires: ['numpy<1.26.0,>=1.18.5']
              })
            ],
            conda: conda([
              record('numpy', '1.26.4', { python_name: 'numpy' }),
              record('scipy', '1.9.3', { python_name: 'scipy' })
            ])
          }),
        findings: [
          { message: 'range', severity: 'info', about: ['scipy', 'numpy'] }
        ]
      }
    ],
    clean: [
      {
        name: 'requirements and checks are not known',
        facts: () =>
          facts({
            packages: [dist('numpy', '1.26.4'), dist('scipy', '1.9.3')]
          })
      },
      {
        name: 'within the range',
        facts: () =>
          facts({
            packages: [
              dist('numpy', '2.2.6'),
              dist('scipy', '1.13.1', { requires: ['numpy<2.3,>=1.22.4'] })
            ]
          })
      },
      {
        name: 'another package outside of its range',
        facts: () =>
          facts({
            packages: [
              dist('numpy', '2.2.6'),
              dist('langchain', '0.1.0', { requires: ['numpy<2'] })
            ]
          })
      }
    ]
  }
});
