import { dist, facts } from '../../facts/build';
import { plan, request, row } from '../../plan/build';
import { asker, causeEvidence, moveEvidence, shown } from './say';
import { defineInstallRule } from './types';

export default defineInstallRule({
  id: 'protected-package',
  code: 'P25',
  since: '0.1.0',
  docs: {
    summary: 'A package that the settings protect would change.',
    what: 'Compares the plan with the protected packages of the settings. What the command itself names is left out: that is what was asked for.',
    why: 'Somebody decided that this package must stay as it is.',
    example:
      '`numpy` is protected, and `%pip install opencv-python` would take it from 1.26.4 to 2.4.6.',
    fix: 'Install a release that is content with what is there; it is looked for, and offered when there is one.',
    safety: 'Nothing else moves.',
    references: ['pypa/pip#8076']
  },
  messages: {
    moved: {
      title: '%1 is protected and would go from %2 to %3',
      why: '%4 asks for another version.'
    },
    removed: {
      title: '%1 is protected and would be removed',
      why: 'The command takes %1 %2 away.'
    }
  },
  check({ change, protectedNames }, report) {
    for (const one of [...change.moved, ...change.removed]) {
      const { name, from, to } = one.value;
      if (!protectedNames.has(name) || change.isAsked(name)) {
        continue;
      }
      report({
        message: to === null ? 'removed' : 'moved',
        args: [name, shown(from), shown(to), asker(change, name)],
        severity: 'block',
        subject: name,
        about: [name],
        evidence: [moveEvidence(one), ...causeEvidence(change, name)]
      });
    }
  },
  examples: {
    flagged: [
      {
        name: 'a protected package would be upgraded',
        input: () => ({
          facts: facts({ packages: [dist('pillow', '10.0.0')] }),
          requests: [request(['new'])],
          plan: plan([
            row('new', null, '1.0', { requires: ['pillow>=11'] }),
            row('pillow', '10.0.0', '11.0.0')
          ]),
          protectedNames: ['pillow']
        }),
        risks: [{ message: 'moved', severity: 'block', about: ['pillow'] }]
      },
      {
        name: 'a protected package would be removed',
        input: () => ({
          facts: facts({ packages: [dist('pillow', '10.0.0')] }),
          requests: [request(['other'], { tool: 'conda' })],
          plan: plan([row('pillow', '10.0.0', null)], 'conda 26.7'),
          protectedNames: ['pillow']
        }),
        risks: [{ message: 'removed', severity: 'block', about: ['pillow'] }]
      }
    ],
    clean: [
      {
        name: 'it was asked for by name',
        input: () => ({
          facts: facts({ packages: [dist('pillow', '10.0.0')] }),
          requests: [request(['pillow>=11'])],
          plan: plan([row('pillow', '10.0.0', '11.0.0')]),
          protectedNames: ['pillow']
        })
      },
      {
        name: 'nobody protects it',
        input: () => ({
          facts: facts({ packages: [dist('pillow', '10.0.0')] }),
          requests: [request(['new'])],
          plan: plan([row('pillow', '10.0.0', '11.0.0')])
        })
      },
      {
        name: 'no resolver answered',
        input: () => ({
          facts: facts({ packages: null }),
          requests: [request(['new'])],
          plan: null,
          protectedNames: ['pillow']
        })
      }
    ]
  }
});
