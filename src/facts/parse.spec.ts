import {
  conda,
  dist,
  environment,
  facts,
  framework,
  gpus,
  record,
  unknownFacts
} from './build';
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

  it('fills in what an older probe did not know of, at every depth', () => {
    const young = [
      ...['installed', 'removable', 'tags', 'editable_exists', 'depends'],
      ...['origin'],
      ...['overwritten', 'base_conda', 'library_version', 'built_torch'],
      ...['pip_config', 'guards', 'shared_files', 'needs_glibcxx'],
      ...['numpy_api', 'openmp']
    ];
    const whole = facts({
      packages: [dist('a', '1')],
      conda: conda([record('a', '1')]),
      environment: environment('venv'),
      frameworks: [framework('torch', '2')],
      gpu: gpus('535.1', '12.2', [])
    });
    const old = JSON.parse(
      JSON.stringify(whole, (key, value) =>
        young.includes(key) ? undefined : value
      )
    );
    expect(old).not.toEqual(whole);
    expect(parseFacts(old)).toEqual({ ok: true, facts: whole });
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
