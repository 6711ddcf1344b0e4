import { dist, facts, python } from '../facts/build';
import { View } from '../facts/view';
import { request, uninstall } from './build';
import { isSatisfied } from './satisfied';

const MARKERS = { python_version: '3.11', sys_platform: 'linux' };

function view(markers: Record<string, string> | null = MARKERS): View {
  return new View(
    facts({
      packages: [
        dist('a', '1.5', { requires: ['b>=1', 'c; python_version < "3"'] }),
        dist('b', '2.0', { requires: ['a'] }),
        dist('broken', '1.0', { requires: ['missing'] }),
        dist('old', '1.0', { requires: ['b<2'] }),
        dist('blind', '1.0', { requires: null }),
        dist('fancy', '1.0', { requires: ['b[extra]'] })
      ],
      python: python('3.11.7', { implementation: 'CPython', markers })
    })
  );
}

it.each([
  ['installed, with what it requires', request(['a'])],
  ['in an accepted version', request(['A>=1,<2', 'b'])],
  ['quietly, from another index', request(['a'], { options: { pre: true } })]
])('yes: %s', (_, one) => {
  expect(isSatisfied(view(), one)).toBe(true);
});

it.each([
  ['another version', request(['a>=2'])],
  ['a requirement is missing', request(['broken'])],
  ['a requirement has the wrong version', request(['old'])],
  ['its requirements are not known', request(['blind'])],
  ['extras', request(['a[x]'])],
  ['extras further down', request(['fancy'])],
  ['not installed', request(['z'])],
  ['an upgrade', request(['a'], { options: { upgrade: true } })],
  ['forced', request(['a'], { options: { forceReinstall: true } })],
  ['a file', request(['a'], { options: { requirementFiles: ['r.txt'] } })],
  ['a constraint', request(['a'], { options: { constraints: ['c.txt'] } })],
  [
    'an address',
    request(['a @ git+https://example.org/a'], {
      unknowns: [{ kind: 'direct-url', text: '' }]
    })
  ],
  ['nothing named', request([])],
  ['conda', request(['a'], { tool: 'conda' })],
  ['an uninstall', uninstall(['a'])]
])('no: %s', (_, one) => {
  expect(isSatisfied(view(), one)).toBe(false);
});

it('does not know without markers', () => {
  expect(isSatisfied(view(null), request(['a']))).toBe(false);
});
