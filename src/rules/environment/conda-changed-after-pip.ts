import { dist, environment, facts, record } from '../../facts/build';
import type { IDistribution, IFacts } from '../../facts/facts.generated';
import type { IPlaced, View } from '../../facts/view';
import { text } from '../../text/text';
import { isPip } from '../families';
import { inPrefix, INSTALLERS } from '../ownership';
import { defineRule } from '../types';

/** conda writes local time without a zone; the westernmost one is 12 hours behind, the easternmost 14 ahead. */
const ZONES = 14 * 3_600_000;

/** Packages of conda that pip had installed before conda's last transaction. */
function older(view: View): { name: string; dist: IPlaced<IDistribution> }[] {
  const last = view.facts.conda?.last_change;
  const changed = last ? Date.parse(`${last.replace(' ', 'T')}Z`) : NaN;
  return [...view.names()]
    .filter(([name]) => view.owner(name) !== null && !INSTALLERS.has(name))
    .flatMap(([name, list]) => {
      const dist = list.find(
        ({ value }) =>
          isPip(value) &&
          inPrefix(view, value) &&
          Date.parse(value.installed ?? '') < changed - ZONES
      );
      return dist ? [{ name, dist }] : [];
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

export default defineRule({
  id: 'conda-changed-after-pip',
  code: 'R07',
  since: '0.1.0',
  docs: {
    summary: 'conda changed the environment after pip had replaced a package.',
    what: 'Compares the time of conda’s last transaction with the time at which pip installed a package that conda also has a record of. Times that could be the same in another time zone are left out.',
    why: 'conda does not see pip’s copy: its next transaction can put its own back or mix the two.',
    example:
      '`conda install` of something else, and numpy is back at the version before `pip install`.',
    fix: 'Make a new environment: conda’s packages first, pip’s last. The finding about the package itself tells how to mend this one.',
    safety: 'The environment at hand stays as it is.',
    references: ['conda/conda#9058']
  },
  messages: {
    mixed: {
      title: 'conda changed this environment after pip',
      why: 'conda does not see that pip replaced %1, and its next transaction can mix the files of both.'
    }
  },
  check(view, report) {
    const found = older(view);
    if (found.length === 0) {
      return;
    }
    report({
      message: 'mixed',
      args: [
        found
          .slice(0, 5)
          .map(one => one.name)
          .join(', ')
      ],
      severity: 'info',
      about: [...found.map(one => one.name), 'conda'],
      evidence: [
        {
          text: text(
            'last transaction of conda: %1',
            view.facts.conda?.last_change ?? ''
          ),
          path: '/conda/last_change'
        },
        ...found.slice(0, 5).map(({ name, dist: { value, path } }) => ({
          text: text(
            '%1 %2 was installed by %3 at %4',
            name,
            value.version ?? '?',
            value.manager ?? 'pip',
            value.installed ?? ''
          ),
          path: `${path}/installed`
        }))
      ],
      fix: null
    });
  },
  examples: {
    flagged: [
      {
        name: 'numpy of pip, then conda a week later',
        facts: () => example('2026-01-03T10:00:00Z'),
        findings: [
          { message: 'mixed', severity: 'info', about: ['numpy', 'conda'] }
        ]
      },
      {
        name: 'two packages',
        facts: () => {
          const one = example('2026-01-03T10:00:00Z');
          one.packages?.push(
            dist('absl-py', '1.0.0', {
              manager: 'uv',
              installed: '2025-12-01T00:00:00Z'
            })
          );
          one.conda?.records?.push(
            record('absl-py', '0.10.0', { python_name: 'absl-py' })
          );
          return one;
        },
        findings: [
          {
            message: 'mixed',
            severity: 'info',
            about: ['absl-py', 'numpy', 'conda']
          }
        ]
      }
    ],
    clean: [
      { name: 'the times are not known', facts: () => example(null) },
      {
        name: 'pip came after conda, or the time zone decides',
        facts: () => example('2026-01-10T05:00:00Z')
      },
      {
        name: 'pip’s package is none of conda’s; pip updated itself',
        facts: () =>
          facts({
            environment: environment('conda'),
            packages: [
              dist('torch', '2.5.1', {
                manager: 'pip',
                installed: '2026-01-03T10:00:00Z'
              }),
              dist('pip', '25.0', {
                manager: 'pip',
                installed: '2026-01-03T10:00:00Z'
              })
            ],
            conda: {
              present: true,
              records: [
                record('numpy', '1.26.4', { python_name: 'numpy' }),
                record('pip', '24.0', { python_name: 'pip' })
              ],
              last_change: '2026-01-10 12:00:00',
              pinned: null
            }
          })
      }
    ]
  }
});

function example(installed: string | null): IFacts {
  return facts({
    environment: environment('conda'),
    packages: [dist('numpy', '2.0.0', { manager: 'pip', installed })],
    conda: {
      present: true,
      records: [record('numpy', '1.26.4', { python_name: 'numpy' })],
      last_change: '2026-01-10 12:00:00',
      pinned: null
    }
  });
}
