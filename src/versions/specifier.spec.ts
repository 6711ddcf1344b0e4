import fc from 'fast-check';
import { satisfies } from './pep440';
import { joinSpecifiers } from './specifier';

describe('joinSpecifiers', () => {
  it.each([
    [['>=5.4.0', '>=5.13.0', '>=5.3'], '>=5.13.0'],
    [['<8,>=7.23.1', '>=6.1.12'], '<8,>=7.23.1'],
    [['<2,>=1', '<2.0a0', '>1'], '<2.0a0,>1'],
    [['>=0.34.0,<1.0', '!=0.35.*', '!=0.35.*'], '>=0.34.0,<1.0,!=0.35.*'],
    [['==1.24.4', '>=1.22, <1.27'], '==1.24.4'],
    [['==1.24.4', '>=2'], '==1.24.4,>=2'],
    [['==2.3.*', '>=2'], '==2.3.*,>=2'],
    [['~=1.4', '>=1.2', '>=1.3'], '~=1.4,>=1.3'],
    [['>=x', '>=1', 'nonsense'], '>=x,>=1,nonsense'],
    [['', ' '], ''],
    [[], '']
  ])('%j → %s', (sets, joined) => {
    expect(joinSpecifiers(sets)).toBe(joined);
  });

  it('asks for what all of them ask', () => {
    const version = fc
      .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 }))
      .map(parts => parts.join('.'));
    const clause = fc
      .tuple(fc.constantFrom('>=', '>', '<', '<=', '==', '!=', '~='), version)
      .map(parts => parts.join(''));
    const set = fc
      .array(clause, { minLength: 1, maxLength: 3 })
      .map(list => list.join());
    fc.assert(
      fc.property(fc.array(set, { maxLength: 4 }), version, (sets, one) => {
        expect(satisfies(one, joinSpecifiers(sets))).toBe(
          sets.every(each => satisfies(one, each))
        );
      })
    );
  });
});
