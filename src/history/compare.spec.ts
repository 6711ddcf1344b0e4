/** What an install did, told from facts before and after. */
import fc from 'fast-check';
import { arbitraryFacts } from '../facts/arbitrary.testing';
import { conda, dist, environment, facts, record } from '../facts/build';
import type { IFacts } from '../facts/facts.generated';
import { plan, row } from '../plan/build';
import type { IFinding } from '../rules/types';
import { text } from '../text/text';
import { compare, packagesOf, startEntry, type IMoment } from './compare';

const moment = (
  packages: readonly (readonly [string, string])[],
  more: Partial<IFacts> = {},
  findings: readonly IFinding[] = []
): IMoment => ({
  facts: facts({
    packages: packages.map(([name, version]) =>
      dist(name, version, { manager: 'pip' })
    ),
    ...more
  }),
  findings
});

const finding = (
  rule: string,
  about: string[],
  severity: IFinding['severity'] = 'error',
  symptoms: IFinding[] = []
): IFinding => ({
  rule,
  code: 'R00',
  message: 'm',
  severity,
  title: text('%1 is broken', about[0]),
  why: text('why'),
  about,
  evidence: [],
  fix: null,
  stops: [],
  symptoms
});

it('what another notebook did meanwhile is not ours, unless our plan names it', () => {
  const before = moment([['six', '1.15.0']]);
  const after = moment([
    ['six', '1.16.0'],
    ['tqdm', '4.67.1'],
    ['idna', '3.0']
  ]);
  const { changed: others } = compare(before, after, null);
  const own = plan([row('tqdm', null, '4.67.1'), row('idna', null, '3.0')]);
  expect(compare(before, after, own)).toMatchObject({ reality: 'different' });
  const found = compare(before, after, own, others.slice(0, 2));
  expect(found).toMatchObject({ reality: 'as-planned', differences: [] });
  expect(found.changed.map(one => one.name)).toEqual(['idna', 'tqdm']);
  // Another version than theirs is not theirs.
  const moved = others.map(one => ({ ...one, to: '9' }));
  expect(compare(before, after, own, moved).changed).toHaveLength(3);
});

it('names what was added, moved and removed', () => {
  const found = compare(
    moment([
      ['numpy', '1.26.4'],
      ['old', '1']
    ]),
    moment([
      ['numpy', '2.0.0'],
      ['tqdm', '4.67.1']
    ]),
    null
  );
  expect(found.changed.map(one => [one.name, one.from, one.to])).toEqual([
    ['numpy', '1.26.4', '2.0.0'],
    ['old', '1', null],
    ['tqdm', null, '4.67.1']
  ]);
  expect(found.reality).toBe('no-plan');
});

it('sees that the same version belongs to somebody else', () => {
  const before = facts({
    environment: environment('conda'),
    packages: [dist('numpy', '1.26.4', { manager: 'conda' })],
    conda: conda([
      record('numpy', '1.26.4', { python_name: 'numpy' }),
      record('libblas', '3.9.0')
    ])
  });
  const after = {
    ...before,
    packages: [dist('numpy', '1.26.4', { manager: 'pip' })]
  };
  const found = compare(
    { facts: before, findings: [] },
    { facts: after, findings: [] },
    plan([row('numpy', '1.26.4', '1.26.4')])
  );
  expect(found.changed).toEqual([
    {
      name: 'numpy',
      from: '1.26.4',
      to: '1.26.4',
      ownerFrom: 'conda',
      ownerTo: 'pip'
    }
  ]);
  expect(found.reality).toBe('as-planned');
  expect([...(packagesOf(before)?.keys() ?? [])]).toEqual(['numpy', 'libblas']);
});

it.each([
  ['as planned', plan([row('tqdm', null, '4.67.1')]), 'as-planned', []],
  [
    'a local label that the plan has not',
    plan([row('tqdm', null, '4.67.1+cpu')]),
    'as-planned',
    []
  ],
  [
    'another version',
    plan([row('tqdm', null, '4.66.0')]),
    'different',
    [{ name: 'tqdm', planned: '4.66.0', found: '4.67.1' }]
  ],
  [
    'one that did not come',
    plan([row('tqdm', null, '4.67.1'), row('rich', null, '13.0')]),
    'different',
    [{ name: 'rich', planned: '13.0', found: null }]
  ],
  [
    'one that nobody planned',
    plan([]),
    'different',
    [{ name: 'tqdm', planned: undefined, found: '4.67.1' }]
  ]
])('holds the plan against it: %s', (_, said, reality, differences) => {
  const found = compare(
    moment([['numpy', '2.0.0']]),
    moment([
      ['numpy', '2.0.0'],
      ['tqdm', '4.67.1']
    ]),
    said
  );
  expect(found.reality).toBe(reality);
  expect(found.differences).toEqual(differences);
});

it('asks for a restart only for what was imported before and is another now', () => {
  const imported = (...names: string[]) => ({
    modules: names.map(name => ({ name, version: null, file: null }))
  });
  const before = moment(
    [
      ['numpy', '1.26.4'],
      ['pandas', '2.1.4'],
      ['pygments', '2.15']
    ],
    imported('numpy', 'pandas', 'pygments')
  );
  const after = moment(
    [
      ['numpy', '2.0.0'],
      ['pandas', '2.1.4'],
      ['pygments', '2.16'],
      ['tqdm', '4']
    ],
    imported('numpy', 'pandas', 'pygments', 'tqdm')
  );
  expect(compare(before, after, null).restart).toEqual(['numpy']);
  expect(
    compare({ ...before, facts: { ...before.facts, modules: [] } }, after, null)
      .restart
  ).toEqual([]);
});

it('tells new findings, symptoms included, and those that are gone; information is no news', () => {
  const before = moment([], {}, [
    finding('a', ['numpy'], 'warning'),
    finding('b', ['x'])
  ]);
  const after = moment([], {}, [
    finding('a', ['numpy'], 'error', [finding('c', ['pandas'])]),
    finding('d', ['y'], 'info')
  ]);
  const found = compare(before, after, null);
  expect(found.newFindings.map(one => one.rule)).toEqual(['a', 'c']);
  expect(found.goneFindings.map(one => one.rule)).toEqual(['b']);
});

it('asks for none where the version in memory is the one that came back', () => {
  const loaded = (version: string | null) =>
    moment([['numpy', '2.0.0']], {
      modules: [{ name: 'numpy', version, file: null }]
    });
  const after = moment([['numpy', '1.26.4']]);
  expect(compare(loaded('1.26.4'), after, null).restart).toEqual([]);
  expect(compare(loaded('2.0.0'), after, null).restart).toEqual(['numpy']);
  expect(compare(loaded(null), after, null).restart).toEqual(['numpy']);
});

it('leaves out what a restart of the kernel ends: the restart is told', () => {
  const after = moment([], {}, [finding('stale-module', ['numpy'], 'warning')]);
  expect(compare(moment([]), after, null).newFindings).toEqual([]);
});

it('says nothing when one side is not known, and never throws', () => {
  expect(
    compare(moment([]), { facts: facts({}), findings: [] }, null).changed
  ).toEqual([]);
  fc.assert(
    fc.property(arbitraryFacts(), arbitraryFacts(), (one, other) => {
      const found = compare(
        { facts: one, findings: [] },
        { facts: other, findings: [] },
        null
      );
      expect(
        compare(
          { facts: one, findings: [] },
          { facts: one, findings: [] },
          plan([])
        )
      ).toMatchObject({ changed: [], reality: 'as-planned', restart: [] });
      expect(
        found.restart.every(n => found.changed.some(c => c.name === n))
      ).toBe(true);
      startEntry(one, 'x', '2026-11-21T00:00:00Z');
    }),
    { numRuns: 100 }
  );
});
