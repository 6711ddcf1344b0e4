import { dist, facts, python } from '../../facts/build';
import { plan, request, row } from '../../plan/build';
import { compareVersions } from '../../versions/pep440';
import { causeEvidence, moveEvidence } from './say';
import { defineInstallRule } from './types';

/** Backports under the name of a standard module, and the Python that brought the module. */
const BACKPORTS: Readonly<Record<string, string>> = {
  argparse: '3.2',
  asyncio: '3.4',
  dataclasses: '3.7',
  enum34: '3.4',
  pathlib: '3.4',
  statistics: '3.4',
  typing: '3.5',
  uuid: '3.0'
};

export default defineInstallRule({
  id: 'stdlib-shadow',
  code: 'P24',
  since: '0.1.0',
  docs: {
    summary: 'A backport would stand beside the module of Python itself.',
    what: 'Looks for new distributions such as `enum34`, `typing`, `dataclasses` or `pathlib` on a Python that has that module. Silent when the version of Python is not known.',
    why: 'Where the backport is found first, it lacks names that the standard library itself uses.',
    example: '`AttributeError: module ‘enum’ has no attribute ‘IntFlag’`',
    fix: 'Leave it out: Python has it.',
    safety: 'Safe.',
    references: ['cardiffnlp/tweetnlp#4', 'jupyter/notebook#1971']
  },
  messages: {
    backport: {
      title: '%1 is a backport of a module that Python %2 has',
      why: 'Where it is found first, packages fail that use newer parts of the module.'
    }
  },
  check({ before, change }, report) {
    const version = before.facts.python?.version ?? null;
    for (const one of change.added) {
      const { name } = one.value;
      const since = Object.prototype.hasOwnProperty.call(BACKPORTS, name)
        ? BACKPORTS[name]
        : null;
      if (
        version !== null &&
        since !== null &&
        (compareVersions(version, since) ?? -1) >= 0
      ) {
        report({
          message: 'backport',
          args: [name, version],
          severity: 'warn',
          subject: name,
          about: [name, 'python'],
          evidence: [moveEvidence(one), ...causeEvidence(change, name)]
        });
      }
    }
  },
  examples: {
    flagged: [
      {
        name: 'enum34, as a requirement',
        input: () => ({
          facts: facts({
            python: python('3.8.18'),
            packages: [dist('six', '1')]
          }),
          requests: [request(['old-tool'])],
          plan: plan([
            row('old-tool', null, '0.1', { requires: ['enum34'] }),
            row('enum34', null, '1.1.10')
          ])
        }),
        risks: [
          { message: 'backport', severity: 'warn', about: ['enum34', 'python'] }
        ]
      },
      {
        name: 'dataclasses, without a resolver',
        input: () => ({
          facts: facts({ python: python('3.10.12'), packages: [] }),
          requests: [request(['dataclasses'])],
          plan: null
        }),
        risks: [
          {
            message: 'backport',
            severity: 'warn',
            about: ['dataclasses', 'python']
          }
        ]
      }
    ],
    clean: [
      {
        name: 'an old Python that lacks the module',
        input: () => ({
          facts: facts({ python: python('3.6.15'), packages: [] }),
          requests: [request(['dataclasses'])],
          plan: plan([row('dataclasses', null, '0.8')])
        })
      },
      {
        name: 'Python is not known; a backport under a name of its own',
        input: () => ({
          facts: facts({ packages: [] }),
          requests: [request(['enum34', 'typing-extensions'])],
          plan: plan([
            row('enum34', null, '1.1.10'),
            row('typing-extensions', null, '4.12.2')
          ])
        })
      }
    ]
  }
});
