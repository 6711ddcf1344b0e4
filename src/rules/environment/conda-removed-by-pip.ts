import {
  conda,
  dist,
  environment,
  facts,
  framework,
  record
} from '../../facts/build';
import type { ICondaRecord } from '../../facts/facts.generated';
import { text } from '../../text/text';
import { insteadOf } from '../families';
import { backToConda, recordsByPythonName } from '../ownership';
import { defineRule } from '../types';

export default defineRule({
  id: 'conda-removed-by-pip',
  code: 'R03',
  since: '0.1.0',
  docs: {
    summary: 'conda lists a Python package that is no longer there.',
    what: 'Looks for conda records of which the own metadata directory is gone while no distribution of that name, and none that fills its place, is left.',
    why: '`import` fails, while `conda list` shows the package and `conda install` says that everything is there already.',
    example: '`ModuleNotFoundError: No module named …` after `pip uninstall`.',
    fix: 'Let conda install the package again.',
    safety:
      'Only the missing packages are written. conda may ask for the channel they came from.',
    references: ['conda/conda-pack#34', 'conda/conda-pack#35']
  },
  messages: {
    one: {
      title: '%1 is recorded by conda but gone',
      why: 'Importing it fails, and conda believes that it is installed.'
    },
    several: {
      title: '%1 packages are recorded by conda but gone',
      why: 'Importing them fails, and conda believes that they are installed.'
    }
  },
  supersedes: ['unmet-requirement'],
  check(view, report) {
    if (view.facts.packages === null) {
      return;
    }
    const gone = [...recordsByPythonName(view)].filter(
      ([name, records]) =>
        records.every(({ value }) => value.dist_info_exists === false) &&
        view.dist(name) === null &&
        insteadOf(view, name) === null
    );
    if (gone.length === 0) {
      return;
    }
    const names = gone.map(([name]) => name);
    report({
      message: gone.length === 1 ? 'one' : 'several',
      args: [gone.length === 1 ? names[0] : String(gone.length)],
      severity: 'error',
      about: names,
      evidence: gone.map(([, [{ value, path }]]) => ({
        text: text(
          '%1 %2: %3 does not exist',
          value.name,
          value.version ?? '?',
          value.dist_info ?? 'its dist-info'
        ),
        path: `${path}/dist_info_exists`
      })),
      fix: {
        ...backToConda(
          view,
          gone.map(([name, [{ value }]]) => ({
            name,
            record: value,
            dist: null
          }))
        ),
        safety: 'safe',
        note: undefined
      },
      stops: view
        .frameworks()
        .map(({ value }) => value)
        .filter(f => f.distribution !== null && names.includes(f.distribution))
        .map(f => f.name)
    });
  },
  examples: {
    flagged: [
      {
        name: 'scipy was uninstalled by pip',
        facts: () =>
          facts({
            environment: environment('conda'),
            packages: [dist('numpy', '1.26.4', { manager: 'conda' })],
            conda: conda([
              gone('scipy', '1.11.4', 'scipy'),
              record('numpy', '1.26.4', {
                python_name: 'numpy',
                dist_info_exists: true
              })
            ])
          }),
        findings: [{ message: 'one', severity: 'error', about: ['scipy'] }]
      },
      {
        name: 'torch and a helper are gone, the folder of torch is not',
        facts: () =>
          facts({
            packages: [],
            conda: conda([
              gone('pytorch', '2.3.1', 'torch'),
              gone('filelock', '3.13.1', 'filelock')
            ]),
            frameworks: [framework('torch', null, { distribution: 'torch' })]
          }),
        findings: [
          {
            message: 'several',
            severity: 'error',
            about: ['torch', 'filelock']
          }
        ]
      }
    ],
    clean: [
      {
        name: 'the packages are not known',
        facts: () => facts({ conda: conda([gone('scipy', '1.11.4', 'scipy')]) })
      },
      {
        name: 'nobody looked whether the directory exists; one record has no Python part',
        facts: () =>
          facts({
            packages: [],
            conda: conda([
              record('scipy', '1.11.4', { python_name: 'scipy' }),
              record('openssl', '3.3.1', { dist_info_exists: false })
            ])
          })
      },
      {
        name: 'pip put another member of the family in its place',
        facts: () =>
          facts({
            packages: [
              dist('opencv-python-headless', '4.10.0.84', { manager: 'pip' })
            ],
            conda: conda([gone('py-opencv', '4.9.0', 'opencv-python')])
          })
      }
    ]
  }
});

function gone(name: string, version: string, pythonName: string): ICondaRecord {
  return record(name, version, {
    python_name: pythonName,
    dist_info_exists: false
  });
}
