import { compare, parse, satisfies as oracle } from '@renovatebot/pep440';
import * as fc from 'fast-check';
import {
  compareVersions,
  localLabel,
  publicVersion,
  releasePrefix,
  samePublicVersion,
  satisfies
} from './pep440';

const part = fc.integer({ min: 0, max: 12 });
const release = fc
  .array(part, { minLength: 1, maxLength: 4 })
  .map(parts => parts.join('.'));
const suffix = fc.constantFrom(
  '',
  '',
  '',
  'a1',
  'rc2',
  '.post1',
  '.dev3',
  '+cu121',
  'rc1.post2.dev1'
);
const version = fc.tuple(release, suffix).map(parts => parts.join(''));
const operator = fc.constantFrom('==', '!=', '<=', '>=', '<', '>', '~=');

/** How many numbers the release of a version has. */
function numbers(text: string): number {
  return parse(text)?.release.length ?? 0;
}

describe('against the library', () => {
  it('orders plain releases alike', () => {
    fc.assert(
      fc.property(release, release, (a, b) => {
        expect(Math.sign(compareVersions(a, b) ?? NaN)).toBe(
          Math.sign(compare(a, b))
        );
      }),
      { numRuns: 1000 }
    );
  });

  it('answers a plain release against a plain clause alike', () => {
    fc.assert(
      fc.property(release, operator, release, (a, op, b) => {
        // The library throws for `~=1`, which is no specifier.
        fc.pre(op !== '~=' || b.includes('.'));
        expect([a, op, b, satisfies(a, op + b)]).toEqual([
          a,
          op,
          b,
          oracle(a, op + b, { prereleases: true })
        ]);
      }),
      { numRuns: 3000 }
    );
  });

  it('answers wildcards alike', () => {
    fc.assert(
      fc.property(version, fc.constantFrom('==', '!='), release, (a, op, b) => {
        // `8` is `8.0` to pip, and not to the library: see the table below.
        fc.pre(numbers(a) >= numbers(b));
        expect([a, op, b, satisfies(a, `${op}${b}.*`)]).toEqual([
          a,
          op,
          b,
          oracle(a, `${op}${b}.*`, { prereleases: true })
        ]);
      }),
      { numRuns: 3000 }
    );
  });

  it('answers any version against a set of clauses alike', () => {
    fc.assert(
      fc.property(
        version,
        fc.array(fc.tuple(operator, release), { minLength: 1, maxLength: 3 }),
        (a, list) => {
          fc.pre(list.every(([op, b]) => op !== '~=' || b.includes('.')));
          const set = list.map(clause => clause.join('')).join(',');
          expect([a, set, satisfies(a, set)]).toEqual([
            a,
            set,
            oracle(a, set, { prereleases: true })
          ]);
        }
      ),
      { numRuns: 3000 }
    );
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect([true, false, null]).toContain(satisfies(a, b));
        const order = compareVersions(a, b);
        expect(order === null).toBe(parse(a) === null || parse(b) === null);
      }),
      { numRuns: 500 }
    );
  });
});

describe('satisfies', () => {
  it.each([
    ['2.5.1+cu124', '==2.5.1', true],
    ['2.5.1', '==2.5.1+cu124', false],
    ['2.3.1+cu121', '>2.3.1', false],
    ['2.16.0rc1', '<2.16', false],
    ['2.16.0rc1', '>=2.15', true],
    ['1.26.4', '>=1.22, <2', true],
    ['1.26.4', '>= 1.22 ,< 1.26', false],
    ['1.26', '==1.26.*', true],
    ['8', '==8.0.*', true],
    ['8', '!=8.0.*', false],
    ['1.26.4', '~=1.26.0', true],
    ['1.27.0', '~=1.26.0', false],
    ['2.7.0', '<2.8,~=2.7.0rc0', true],
    ['1.0.post1', '>1.0', false],
    ['1.0', '', true],
    ['x', '', true],
    ['x', '>=1', null],
    ['1.0', '>=x', null],
    ['1.0', '=>1', null],
    ['1.0', '~=1', null],
    ['3.11', '>=3.*', null],
    ['x', '===x', null],
    ['1.0', '===1.0', true],
    ['1!1.0', '>=2.0', true],
    ['24.0', '<5.0.0dev,>=3.20.3', false]
  ])('%s %s: %s', (a, set, expected) => {
    expect(satisfies(a, set)).toBe(expected);
  });
});

describe('parts of a version', () => {
  it('splits the local label off', () => {
    expect(publicVersion('2.3.1+cu121')).toBe('2.3.1');
    expect(localLabel('2.3.1+cu121')).toBe('cu121');
    expect(localLabel('2.3.1')).toBeNull();
  });

  it.each([
    ['2.3.1+cu121', 2, '2.3'],
    ['2', 2, '2.0'],
    ['1!2.3.4rc1', 3, '2.3.4'],
    ['x', 2, null]
  ])('releasePrefix(%s, %s) is %s', (a, count, expected) => {
    expect(releasePrefix(a, count)).toBe(expected);
  });

  it.each([
    ['2.5.1', '2.5.1+cu124', true],
    ['2.5', '2.5.0', true],
    ['2.5.1', '2.5.2', false],
    ['2.5.1', 'x', null]
  ])('samePublicVersion(%s, %s) is %s', (a, b, expected) => {
    expect(samePublicVersion(a, b)).toBe(expected);
  });
});
