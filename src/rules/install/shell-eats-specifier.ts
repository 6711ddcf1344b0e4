import { dist, facts } from '../../facts/build';
import { plan, request, row } from '../../plan/build';
import { text } from '../../text/text';
import { defineInstallRule } from './types';

export default defineInstallRule({
  id: 'shell-eats-specifier',
  code: 'P18',
  since: '0.1.0',
  docs: {
    summary: 'The shell takes `>` or `<` of a version as a redirection.',
    what: 'Looks at words of a shell or magic line in which an unquoted `>` or `<` stands where a version was meant.',
    why: 'pip never sees the condition, installs any version, and its output goes to a file such as `=2.4.2`.',
    example: '`!pip install pandas>=2.0` writes a file `=2.0`.',
    fix: 'Put the requirement in quotes: `"pandas>=2.0"`.',
    safety: 'Safe.',
    references: ['pypa/pip#12396']
  },
  messages: {
    eaten: {
      title: 'The shell takes %1 as a redirection',
      why: 'pip does not see the version, and a file of that name is written or read.'
    }
  },
  check({ requests, change }, report) {
    requests.forEach((one, i) => {
      if (one.eaten.length > 0) {
        report({
          message: 'eaten',
          args: [one.eaten.join(' ')],
          severity: 'warn',
          subject: null,
          about: change.names,
          evidence: [
            {
              text: text('unquoted: %1', one.eaten.join(' ')),
              path: `/requests/${i}`
            }
          ]
        });
      }
    });
  },
  examples: {
    flagged: [
      {
        name: 'a lower bound',
        input: () => ({
          facts: facts({}),
          requests: [request(['pandas'], { form: 'bang', eaten: ['>=2.0'] })],
          plan: null
        }),
        risks: [{ message: 'eaten', severity: 'warn', about: ['pandas'] }]
      },
      {
        name: 'an upper bound, with a plan',
        input: () => ({
          facts: facts({ packages: [dist('numpy', '1.26.4')] }),
          requests: [request(['numpy'], { eaten: ['<2'] })],
          plan: plan([])
        }),
        risks: [{ message: 'eaten', severity: 'warn', about: ['numpy'] }]
      }
    ],
    clean: [
      {
        name: 'quoted',
        input: () => ({
          facts: facts({}),
          requests: [request(['pandas>=2.0'], { form: 'bang' })],
          plan: null
        })
      },
      {
        name: 'nothing to eat',
        input: () => ({
          facts: facts({}),
          requests: [request(['pandas'])],
          plan: plan([row('pandas', null, '2.2.3')])
        })
      }
    ]
  }
});
