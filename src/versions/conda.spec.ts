import * as fc from 'fast-check';
import {
  compareConda,
  matchesConda,
  parseCondaSpec,
  satisfiesConda
} from './conda';

describe('parseCondaSpec', () => {
  test.each([
    ['numpy', 'numpy', ''],
    ['numpy >=1.22,<2.0a0', 'numpy', '>=1.22,<2.0a0'],
    ['numpy >=1.22, <2', 'numpy', '>=1.22,<2'],
    ['numpy>=1.22', 'numpy', '>=1.22'],
    ['numpy >= 1.22', 'numpy', '>=1.22'],
    ['numpy 1.26.*', 'numpy', '1.26.*'],
    ['numpy=1.26', 'numpy', '=1.26'],
    ['numpy =1.26', 'numpy', '=1.26'],
    ['numpy==1.26.4', 'numpy', '==1.26.4'],
    ['numpy=1.26.4=py311h64a7726_0', 'numpy', '1.26.4'],
    ['numpy=1.26.*=py311*', 'numpy', '1.26.*'],
    ['numpy 1.26.4 py311h64a7726_0', 'numpy', '1.26.4'],
    ['conda-forge::numpy 1.26.*', 'numpy', '1.26.*'],
    ['conda-forge/linux-64::numpy', 'numpy', ''],
    ['python_abi 3.11.* *_cp311', 'python_abi', '3.11.*'],
    ['__glibc >=2.17,<3.0.a0', '__glibc', '>=2.17,<3.0.a0'],
    ['blas * openblas', 'blas', '*'],
    ['Jinja2 <3|>=4', 'jinja2', '<3|>=4']
  ])('%s', (spec, name, version) => {
    expect(parseCondaSpec(spec)).toEqual({ name, version });
  });

  test.each([
    '',
    '>=1.2',
    'numpy[version=">=1.22"]',
    "numpy[version='1.*',build=py311*]",
    'numpy (1.2)',
    'a b c d',
    '*'
  ])('is no plain spec: %j', spec => {
    expect(parseCondaSpec(spec)).toBeNull();
  });
});

describe('satisfiesConda', () => {
  test.each([
    ['1.26.4', '', true],
    ['1.26.4', '*', true],
    ['1.26.4', '>=1.22,<2.0a0', true],
    ['2.0.0', '>=1.22,<2.0a0', false],
    ['2.0.0rc1', '<2.0a0', false],
    ['2.0.0a1', '<2.0.0', true],
    ['1.26.4', '=1.26', true],
    ['1.26.4', '=1.2', false],
    ['1.26.4', '1.26.*', true],
    ['1.260', '1.26.*', false],
    ['1.26.4', '1.26*', true],
    ['1.26.4', '==1.26', false],
    ['1.26', '==1.26.0', true],
    ['1.26.4', '1.26.4', true],
    ['1.26.5', '1.26.4', false],
    ['1.26.4', '!=1.26.4', false],
    ['1.26.4', '!=1.25.*', true],
    ['1.25.9', '!=1.25.*,>=1', false],
    ['1.26.4', '<1.20|>=1.26', true],
    ['1.25.0', '<1.20|>=1.26', false],
    ['1.19', '>=1.10,<1.20|>=1.26,<2', true],
    ['2.5.0', '~=2.4.1', false],
    ['2.4.7', '~=2.4.1', true],
    ['2.1', '>=2.0.*', true],
    ['1.1.1w', '>=1.1.1a,<1.1.2a', true],
    ['2.5.1+1', '>2.5.1', true],
    ['2.0', '=2', true],
    ['2', '=2.0', true],
    ['1.0.post1', '>1.0', true],
    ['1.0.dev3', '<1.0', true],
    ['1!0.1', '>5', true]
  ])('%s against %j: %s', (version, spec, expected) => {
    expect(satisfiesConda(version, spec)).toBe(expected);
  });

  test.each([
    ['not a version', '>=1'],
    ['', '>=1'],
    ['1.2', '^1\\.2$'],
    ['1.2', '>=x y'],
    ['1.2', '>1.*'],
    ['1.2', '1.*.2'],
    ['1.2', '|'],
    ['1.2', '>=1.0|^x$'],
    ['1.2', '>='],
    ['1.2', '~=1']
  ])('%j against %j: nobody can tell', (version, spec) => {
    expect(satisfiesConda(version, spec)).toBeNull();
  });
});

test('a whole match spec', () => {
  expect(matchesConda('2.1.0', 'numpy >=1.23,<2.0a0')).toBe(false);
  expect(matchesConda('1.26.4', 'numpy >=1.23,<2.0a0')).toBe(true);
  expect(matchesConda('1.26.4', "numpy[version='1.*']")).toBeNull();
});

test('the order of conda, oldest first', () => {
  // The list in the documentation of conda's VersionOrder, without what it calls equal.
  const order =
    '0.4 0.4.1.rc 0.4.1 0.5a1 0.5b3 0.5C1 0.5 0.9.6 0.960923 1.0 1.1dev1 1.1_ 1.1a1 1.1.0dev1 1.1.a1 1.1.0rc1 1.1.0 1.1.0post1 1.1post1 1996.07.12 1!0.4.1 1!3.1.1.6 2!0.4.1'
      .split(' ')
      // An underscore at the end is OpenSSL's of old, and unknown here.
      .filter(one => one !== '1.1_' && one !== '1.1.0dev1' && one !== '1.1a1');
  for (let i = 1; i < order.length; i++) {
    expect([
      order[i - 1],
      order[i],
      compareConda(order[i - 1], order[i])
    ]).toEqual([order[i - 1], order[i], -1]);
  }
  expect(compareConda('1.1', '1.1.0')).toBe(0);
  expect(compareConda('1.1', 'one two')).toBeNull();
});

test('never throws, and says yes or no or nothing', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.string({ unit: fc.constantFrom(...'1.2*=<>!~|,ab '.split('')) }),
      (version, spec) => {
        expect([true, false, null]).toContain(satisfiesConda(version, spec));
        expect([true, false, null]).toContain(satisfiesConda('1.2', spec));
        parseCondaSpec(spec);
      }
    )
  );
});
