import { dist, facts, unknownFacts } from './build';
import { describeProblem, parseFacts } from './parse';

describe('parseFacts', () => {
  it('accepts a document in which nothing is known, and unknown extra keys', () => {
    expect(parseFacts(unknownFacts()).ok).toBe(true);
    expect(parseFacts({ ...unknownFacts(), later: 1 }).ok).toBe(true);
  });

  it.each([
    [null],
    [[]],
    ['facts'],
    [{}],
    [{ ...unknownFacts(), schema: 'other' }]
  ])('is no facts document: %j', value => {
    expect(parseFacts(value)).toEqual({
      ok: false,
      problem: { kind: 'not-facts' }
    });
  });

  it('names another version', () => {
    const parsed = parseFacts({ ...unknownFacts(), schema_version: 2 });
    expect(parsed).toEqual({
      ok: false,
      problem: { kind: 'other-version', version: '2' }
    });
  });

  it.each([
    [{ packages: [{ name: 'x' }] }, '/packages/0'],
    [
      { packages: [{ ...dist('x', '1'), manager: 'apt' }] },
      '/packages/0/manager'
    ],
    [{ environ: { PATH: 1 } }, '/environ/PATH'],
    [{ problems: null }, '/problems']
  ])('names the place of what is wrong: %j', (parts, path) => {
    const parsed = parseFacts({ ...unknownFacts(), ...parts });
    expect(parsed).toMatchObject({
      ok: false,
      problem: { kind: 'invalid', path }
    });
  });

  it('says that a part is missing', () => {
    const { gpu, ...rest } = facts({});
    expect(gpu).toBeNull();
    expect(parseFacts(rest)).toMatchObject({
      ok: false,
      problem: { kind: 'invalid', path: '' }
    });
  });
});

describe('describeProblem', () => {
  it('has a sentence for each kind', () => {
    expect(describeProblem({ kind: 'not-facts' })).toContain('not a facts');
    expect(describeProblem({ kind: 'other-version', version: '2' })).toContain(
      '2'
    );
    expect(
      describeProblem({ kind: 'invalid', path: '/a', message: 'm' })
    ).toContain('/a: m');
  });
});
