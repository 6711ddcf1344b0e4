import { conda, dist, environment, facts, record } from '../../facts/build';
import type { View } from '../../facts/view';
import { plan, request, row } from '../../plan/build';
import { isCondaTool } from '../../plan/asked';
import type { Change, IPlacedRow } from '../../plan/change';
import { text } from '../../text/text';
import { releasePrefix, satisfies } from '../../versions/pep440';
import { isPip } from '../families';
import { INSTALLERS, sameVersion } from '../ownership';
import { moveEvidence, shown } from './say';
import { isCore } from './sets';
import { defineInstallRule, type IRiskEvidence } from './types';

/** Packages of conda that pip replaced. */
function replaced(view: View): { name: string; evidence: IRiskEvidence }[] {
  const result: { name: string; evidence: IRiskEvidence }[] = [];
  for (const [name, [{ value }]] of view.names()) {
    const owner = view.owner(name);
    if (
      owner &&
      !INSTALLERS.has(name) &&
      isPip(value) &&
      value.version !== null &&
      owner.value.version !== null &&
      (owner.value.dist_info_exists === false ||
        !sameVersion(value.version, owner.value.version))
    ) {
      result.push({
        name,
        evidence: {
          text: text(
            '%1 %2 of pip stands in the place of %3',
            name,
            value.version,
            owner.value.version
          ),
          path: `/facts${owner.path}`
        }
      });
    }
  }
  return result.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The move of Python itself: from the plan, or from what the command asks for. */
function pythonRow(view: View, change: Change): IPlacedRow | null {
  const found = change.row('python');
  const from = view.facts.python?.version ?? null;
  const [wanted] = change.asked('python');
  if (found?.value.from || !wanted || from === null) {
    return found;
  }
  const to = wanted.specifier.replace(/^==|\.\*$/g, '');
  return /^[\d.]+$/.test(to) && satisfies(from, wanted.specifier) === false
    ? {
        value: {
          name: 'python',
          from,
          to,
          requires: null,
          build: null,
          size: null
        },
        path: `/requests/${wanted.request}`
      }
    : null;
}

export default defineInstallRule({
  id: 'conda-after-pip',
  code: 'P20',
  since: '0.1.0',
  docs: {
    summary: 'conda would work in an environment that pip has changed.',
    what: 'For commands of conda, mamba and micromamba it looks at packages of conda that pip replaced, at wheels that the plan would write over, at `update --all`, and at a change of Python itself.',
    why: 'conda does not see what pip installed: it overwrites or removes files of it, and after a change of Python all wheels are gone.',
    example:
      '`conda update --all` puts numpy 1.20.3 back over the wheel 1.22.4; afterwards both halves lie in one folder.',
    fix: 'Make a new environment: conda’s packages first, pip’s last.',
    safety: 'The environment at hand stays as it is.',
    references: ['conda/conda#9058']
  },
  messages: {
    replaced: {
      title: 'conda would work over packages that pip replaced',
      why: 'conda puts its own files of %1 back and leaves pip’s beside them.'
    },
    over: {
      title: 'conda would write over %1 of pip',
      why: 'Two copies then lie in one folder, and either manager breaks the other’s.'
    },
    all: {
      title: 'Everything of conda in this environment would move',
      why: 'Packages that pip installed were chosen for the versions that are here now.'
    },
    python: {
      title: 'Python would go from %1 to %2',
      why: 'Packages that pip installed lie in the folder of Python %1 and are gone for %2.'
    }
  },
  check({ before, change, requests }, report) {
    const index = requests.findIndex(one => isCondaTool(one.tool));
    if (index < 0 || before.facts.packages === null) {
      return;
    }
    const python = pythonRow(before, change);
    const wheels = [...before.names()].filter(
      ([name, [{ value }]]) => isPip(value) && !INSTALLERS.has(name)
    );
    if (
      wheels.length > 0 &&
      python?.value.from &&
      python.value.to &&
      releasePrefix(python.value.from, 2) !== releasePrefix(python.value.to, 2)
    ) {
      report({
        message: 'python',
        args: [python.value.from, python.value.to],
        severity: 'block',
        subject: null,
        about: ['python'],
        evidence: [moveEvidence(python)]
      });
    }
    const mine = replaced(before);
    if (mine.length > 0) {
      report({
        message: 'replaced',
        args: [mine.map(one => one.name).join(', ')],
        severity: 'warn',
        subject: null,
        about: [...mine.map(one => one.name), 'conda'],
        evidence: mine.slice(0, 8).map(one => one.evidence)
      });
    }
    for (const one of [...change.added, ...change.moved]) {
      const found = before.dist(one.value.name);
      if (
        found &&
        isPip(found.value) &&
        !INSTALLERS.has(one.value.name) &&
        !mine.some(other => other.name === one.value.name)
      ) {
        report({
          message: 'over',
          args: [one.value.name],
          severity: isCore(one.value.name) ? 'block' : 'warn',
          subject: one.value.name,
          about: [one.value.name, 'conda'],
          evidence: [
            {
              text: text(
                '%1 %2 was installed by pip',
                one.value.name,
                shown(found.value.version)
              ),
              path: `/facts${found.path}`
            }
          ]
        });
      }
    }
    const request = requests[index];
    if (
      request.action === 'update' &&
      request.options.eager &&
      wheels.length > 0
    ) {
      report({
        message: 'all',
        args: [],
        severity: 'warn',
        subject: null,
        about: ['conda', ...wheels.slice(0, 8).map(([name]) => name)],
        evidence: [
          {
            text: text('the command updates everything'),
            path: `/requests/${index}`
          }
        ]
      });
    }
  },
  examples: {
    flagged: [
      {
        name: 'pip replaced numpy of conda',
        input: () => ({
          facts: facts({
            environment: environment('conda'),
            conda: conda([record('numpy', '1.20.3', { python_name: 'numpy' })]),
            packages: [dist('numpy', '1.22.4', { manager: 'pip' })]
          }),
          requests: [request(['folium'], { tool: 'conda' })],
          plan: null
        }),
        risks: [
          { message: 'replaced', severity: 'warn', about: ['numpy', 'conda'] }
        ]
      },
      {
        name: 'conda writes over a wheel',
        input: () => ({
          facts: facts({
            conda: conda([]),
            packages: [dist('pandas', '2.1.4', { manager: 'pip' })]
          }),
          requests: [request(['geopandas'], { tool: 'conda' })],
          plan: plan(
            [row('geopandas', null, '1.0.1'), row('pandas', null, '2.2.3')],
            'conda 26.7'
          )
        }),
        risks: [
          { message: 'over', severity: 'block', about: ['pandas', 'conda'] }
        ]
      },
      {
        name: 'everything, beside wheels',
        input: () => ({
          facts: facts({
            packages: [dist('torch', '2.5.1', { manager: 'pip' })]
          }),
          requests: [
            request([], {
              tool: 'conda',
              action: 'update',
              options: { eager: true }
            })
          ],
          plan: null
        }),
        risks: [{ message: 'all', severity: 'warn', about: ['conda', 'torch'] }]
      },
      {
        name: 'another Python',
        input: () => ({
          facts: facts({
            packages: [dist('torch', '2.5.1', { manager: 'pip' })]
          }),
          requests: [request(['python=3.12'], { tool: 'conda' })],
          plan: plan([row('python', '3.10.14', '3.12.4')], 'conda 26.7')
        }),
        risks: [{ message: 'python', severity: 'block', about: ['python'] }]
      }
    ],
    clean: [
      {
        name: 'an addition beside wheels that it does not touch',
        input: () => ({
          facts: facts({
            conda: conda([record('numpy', '1.26.4', { python_name: 'numpy' })]),
            packages: [
              dist('numpy', '1.26.4', { manager: 'conda' }),
              dist('torch', '2.5.1', { manager: 'pip' })
            ]
          }),
          requests: [request(['folium'], { tool: 'conda' })],
          plan: plan([row('folium', null, '0.18.0')], 'conda 26.7')
        })
      },
      {
        name: 'nothing is known of the packages',
        input: () => ({
          facts: facts({}),
          requests: [request(['folium'], { tool: 'mamba' })],
          plan: null
        })
      }
    ]
  }
});
