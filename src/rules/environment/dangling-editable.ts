import { dist, environment, facts } from '../../facts/build';
import { text } from '../../text/text';
import { deleteMetadata } from '../ownership';
import { defineRule } from '../types';
import { pipUninstall } from '../words';

export default defineRule({
  id: 'dangling-editable',
  code: 'R18',
  since: '0.1.0',
  docs: {
    summary: 'An editable install points to a folder that is gone.',
    what: 'Looks for editable installs (`direct_url.json`, `.egg-link`) of which the source folder does not exist.',
    why: 'The package is listed, and importing it fails.',
    example: '`ModuleNotFoundError`, while `pip list` shows the package.',
    fix: 'Uninstall it. Where the folder was moved, install it again from its new place.',
    safety:
      'Only the link is removed. The package is not fetched from an index: there another project can have its name.',
    references: ['PEP 660, PEP 610']
  },
  messages: {
    gone: {
      title: '%1 is installed from a folder that is gone',
      why: 'Importing it fails, because its code was in %2.'
    }
  },
  check(view, report) {
    for (const [name, list] of view.names()) {
      const [{ value, path }] = list;
      if (value.editable === null || value.editable_exists !== false) {
        continue;
      }
      report({
        message: 'gone',
        args: [name, value.editable],
        severity: 'warning',
        about: [name],
        evidence: [
          {
            text: text('%1 does not exist', value.editable),
            path: `${path}/editable_exists`
          }
        ],
        fix: {
          commands: [
            // pip does not see what an .egg-link leads to nowhere.
            value.location !== null && value.metadata?.endsWith('.egg-link')
              ? deleteMetadata(value.location, value.metadata)
              : pipUninstall(view, [name])
          ],
          where: 'cell',
          restart: false,
          safety: 'review',
          note: text(
            'If the folder was moved, run pip install -e with its new path instead.'
          )
        }
      });
    }
  },
  examples: {
    flagged: [
      {
        name: 'the folder was deleted',
        facts: () =>
          facts({
            environment: environment('venv'),
            packages: [
              dist('mylib', '0.1.0', {
                manager: 'pip',
                metadata: 'mylib-0.1.0.dist-info',
                editable: '/home/u/mylib',
                editable_exists: false
              })
            ]
          }),
        findings: [{ message: 'gone', severity: 'warning', about: ['mylib'] }]
      },
      {
        name: 'an .egg-link of setup.py develop',
        facts: () =>
          facts({
            packages: [
              dist('mylib', null, {
                location: '/venv/lib/python3.8/site-packages',
                metadata: 'mylib.egg-link',
                editable: '/home/u/mylib',
                editable_exists: false
              })
            ]
          }),
        findings: [{ message: 'gone', severity: 'warning', about: ['mylib'] }]
      }
    ],
    clean: [
      {
        name: 'nobody looked for the folder',
        facts: () =>
          facts({
            packages: [dist('mylib', '0.1.0', { editable: '/home/u/mylib' })]
          })
      },
      {
        name: 'the folder is there; another package is not editable',
        facts: () =>
          facts({
            packages: [
              dist('mylib', '0.1.0', {
                editable: '/home/u/mylib',
                editable_exists: true
              }),
              dist('numpy', '2.2.0')
            ]
          })
      },
      {
        name: 'a copy that Python does not import',
        facts: () =>
          facts({
            packages: [
              dist('mylib', '0.2.0', { path_index: 3 }),
              dist('mylib', '0.1.0', {
                path_index: 5,
                editable: '/home/u/mylib',
                editable_exists: false
              })
            ]
          })
      }
    ]
  }
});
