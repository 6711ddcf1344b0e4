import { dist, facts } from '../../facts/build';
import type { IPlanProblem } from '../../plan/answer';
import { plan, request, row } from '../../plan/build';
import { asked } from '../../plan/asked';
import { text } from '../../text/text';
import { defineInstallRule } from './types';

/** A problem as the planner tells it, for the examples. */
function problem(
  kind: IPlanProblem['kind'],
  nearest: string | null = null,
  name: string | null = null
): IPlanProblem {
  return { kind, text: 'No solution found.', nearest, package: name };
}

export default defineInstallRule({
  id: 'cannot-resolve',
  code: 'P26',
  since: '0.1.0',
  docs: {
    summary: 'What the command asks for does not exist, or contradicts itself.',
    what: 'Speaks when a resolver reached the index and found no solution: an unknown name, a version that was never released, or requirements that exclude each other. Where the resolver knows the nearest name or version, it is told. Trouble with the network, a time limit or credentials is not meant.',
    why: 'The command ends in an error, and the cells after it run without the package.',
    example:
      '`%pip install opencv-python==4.7.0`: there is 4.7.0.72, but no 4.7.0. `ERROR: No matching distribution found for …`.',
    fix: 'Take the nearest version, or the right name.',
    safety: 'Nothing is installed by the failing command itself.',
    references: ['opencv/opencv-python#849', 'pypa/pip#9187']
  },
  messages: {
    version: {
      title: 'There is no %1',
      why: 'The nearest release is %2; the command ends in an error.'
    },
    name: {
      title: 'The package index knows no %1',
      why: 'The command ends in an error; a similar name is %2.'
    },
    unknown: {
      title: 'The package index knows no %1',
      why: 'The command ends in an error.'
    },
    missing: {
      title: 'There is no %1 for this environment',
      why: 'The command ends in an error and installs nothing.'
    },
    conflict: {
      title: 'No versions fit what the command asks for',
      why: 'The command ends in an error and installs nothing.'
    }
  },
  check({ problem: found, requests }, report) {
    if (found?.kind !== 'unsatisfiable' && found?.kind !== 'unknown-package') {
      return;
    }
    const named = asked(requests);
    const one =
      named.find(item => item.name === found.package) ??
      (named.length === 1 ? named[0] : undefined);
    const isVersion = found.kind === 'unsatisfiable';
    report({
      message: isVersion
        ? one && found.package !== null
          ? found.nearest
            ? 'version'
            : 'missing'
          : 'conflict'
        : found.nearest
          ? 'name'
          : 'unknown',
      args: [
        one
          ? isVersion
            ? `${one.name} ${one.exact ?? one.specifier}`
            : one.name
          : named.map(item => item.name).join(', ') || '?',
        found.nearest ?? ''
      ],
      severity: 'warn',
      subject: null,
      about: one ? [one.name] : named.map(item => item.name),
      evidence: [{ text: text('%1', found.text), path: '/problem/text' }]
    });
  },
  examples: {
    flagged: [
      {
        name: 'a version that was never released',
        input: () => ({
          facts: facts({ packages: [] }),
          requests: [request(['opencv-python==4.7.0'])],
          plan: null,
          problem: problem('unsatisfiable', '4.7.0.72', 'opencv-python')
        }),
        risks: [
          { message: 'version', severity: 'warn', about: ['opencv-python'] }
        ]
      },
      {
        name: 'a release that has nothing for this Python',
        input: () => ({
          facts: facts({ packages: [] }),
          requests: [request(['tensorflow==2.3.0'])],
          plan: null,
          problem: problem('unsatisfiable', null, 'tensorflow')
        }),
        risks: [{ message: 'missing', severity: 'warn', about: ['tensorflow'] }]
      },
      {
        name: 'a misspelt name',
        input: () => ({
          facts: facts({ packages: [dist('tensorflow', '2.15.0')] }),
          requests: [request(['tensorfow'])],
          plan: null,
          problem: problem('unknown-package', 'tensorflow', 'tensorfow')
        }),
        risks: [{ message: 'name', severity: 'warn', about: ['tensorfow'] }]
      },
      {
        name: 'an unknown name',
        input: () => ({
          facts: facts({ packages: [] }),
          requests: [request(['zzqqy', 'tqdm'])],
          plan: null,
          problem: problem('unknown-package', null, 'zzqqy')
        }),
        risks: [{ message: 'unknown', severity: 'warn', about: ['zzqqy'] }]
      },
      {
        name: 'requirements that exclude each other',
        input: () => ({
          facts: facts({ packages: [] }),
          requests: [request(['pandas==2.1.4', 'numpy>=2.3'])],
          plan: null,
          problem: problem('unsatisfiable')
        }),
        risks: [
          {
            message: 'conflict',
            severity: 'warn',
            about: ['pandas', 'numpy']
          }
        ]
      }
    ],
    clean: [
      {
        name: 'the network is down',
        input: () => ({
          facts: facts({ packages: [] }),
          requests: [request(['tqdm'])],
          plan: null,
          problem: problem('network')
        })
      },
      {
        name: 'a resolver answered',
        input: () => ({
          facts: facts({ packages: [] }),
          requests: [request(['tqdm'])],
          plan: plan([row('tqdm', null, '4.67.1')])
        })
      }
    ]
  }
});
