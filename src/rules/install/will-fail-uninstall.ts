import { dist, facts } from '../../facts/build';
import { plan, request, row, uninstall } from '../../plan/build';
import { text } from '../../text/text';
import { isPip } from '../families';
import { moveEvidence } from './say';
import { defineInstallRule } from './types';

export default defineInstallRule({
  id: 'will-fail-uninstall',
  code: 'P15',
  since: '0.1.0',
  docs: {
    summary: 'pip may refuse to replace a package that it did not install.',
    what: 'Looks for rows that change or remove a distribution with `.egg-info` metadata and no INSTALLER file: distutils, an old setup script or the system put it there.',
    why: 'pip does not know which files belong to it, stops with an error, and nothing of the command is installed.',
    example:
      '`ERROR: Cannot uninstall ‘llvmlite’. It is a distutils installed project and thus we cannot accurately determine which files belong to it`',
    fix: 'Let the manager that installed it change it (`conda update NAME`).',
    safety: 'Only that package moves.',
    references: ['Jammy2211/PyAutoLens#135', 'yaml/pyyaml#349']
  },
  messages: {
    distutils: {
      title: 'pip may be unable to replace %1',
      why: '%1 %2 was not installed by pip, which then stops and installs nothing.'
    }
  },
  check({ before, change }, report) {
    for (const one of [...change.moved, ...change.removed]) {
      const found = before.dist(one.value.name);
      if (
        found &&
        found.value.metadata?.endsWith('.egg-info') &&
        found.value.installer === null &&
        found.value.editable === null &&
        !isPip(found.value) &&
        !change.byConda
      ) {
        report({
          message: 'distutils',
          args: [one.value.name, found.value.version ?? ''],
          severity: 'warn',
          subject: one.value.name,
          about: [one.value.name],
          evidence: [
            moveEvidence(one),
            {
              text: text('metadata: %1, no INSTALLER', found.value.metadata),
              path: `/facts${found.path}/metadata`
            }
          ]
        });
      }
    }
  },
  examples: {
    flagged: [
      {
        name: 'llvmlite of an old distribution',
        input: () => ({
          facts: facts({
            packages: [
              dist('llvmlite', '0.31.0', {
                metadata: 'llvmlite-0.31.0-py3.7.egg-info'
              })
            ]
          }),
          requests: [request(['numba'], { options: { upgrade: true } })],
          plan: plan([row('llvmlite', '0.31.0', '0.39.1')])
        }),
        risks: [{ message: 'distutils', severity: 'warn', about: ['llvmlite'] }]
      },
      {
        name: 'it should go away',
        input: () => ({
          facts: facts({
            packages: [
              dist('pyyaml', '3.13', { metadata: 'PyYAML-3.13.egg-info' })
            ]
          }),
          requests: [uninstall(['pyyaml'])],
          plan: null
        }),
        risks: [{ message: 'distutils', severity: 'warn', about: ['pyyaml'] }]
      }
    ],
    clean: [
      {
        name: 'pip installed it',
        input: () => ({
          facts: facts({
            packages: [
              dist('pyyaml', '5.1', {
                metadata: 'PyYAML-5.1.egg-info',
                manager: 'pip',
                installer: 'pip'
              })
            ]
          }),
          requests: [request(['pyyaml'])],
          plan: plan([row('pyyaml', '5.1', '6.0.2')])
        })
      },
      {
        name: 'nobody knows its metadata',
        input: () => ({
          facts: facts({ packages: [dist('pyyaml', '3.13')] }),
          requests: [request(['pyyaml'])],
          plan: plan([row('pyyaml', '3.13', '6.0.2')])
        })
      }
    ]
  }
});
