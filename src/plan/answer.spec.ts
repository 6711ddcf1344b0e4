import { readPlan, readProgress } from './answer';

const ROW = {
  name: 'torch',
  from: '2.3.1+cu121',
  to: '2.3.0',
  requires: ['sympy'],
  build: 'wheel',
  size: 12
};

function document(more: Record<string, unknown> = {}): unknown {
  return {
    schema: 'jupyterlab-gpu-doctor/plan',
    schema_version: 1,
    planner: 'uv 0.13.9',
    duration_ms: 31.5,
    rows: [ROW],
    notes: [],
    error: null,
    ...more
  };
}

describe('readPlan', () => {
  it('reads a plan', () => {
    expect(readPlan(document())).toEqual({
      kind: 'plan',
      notes: [],
      plan: { rows: [ROW], planner: 'uv 0.13.9', duration: 31.5 }
    });
  });

  it('reads an error', () => {
    const error = {
      kind: 'unknown-package',
      text: 'no',
      package: 'numpyy',
      nearest: 'numpy'
    };
    expect(
      readPlan(document({ rows: [], planner: null, error }))
    ).toMatchObject({ kind: 'problem', problem: error });
    expect(
      readPlan(document({ error: { kind: 'new kind', nearest: 'a' } }))
    ).toMatchObject({
      kind: 'problem',
      problem: { kind: 'other', text: '', package: null, nearest: null }
    });
  });

  it.each([
    ['unsatisfiable', 'opencv-python', '4.7.0.72', '4.7.0.72'],
    ['unsatisfiable', 'torch', '1!2.3.1.post1+cu118', '1!2.3.1.post1+cu118'],
    // A version of nothing says nothing.
    ['unsatisfiable', undefined, '4.7.0.72', null],
    ['unsatisfiable', 'Torch', '4.7.0.72', null],
    ['unsatisfiable', 'torch', '2.3 --pre', null],
    ['unsatisfiable', 'torch', 'numpy', null],
    ['unsatisfiable', 'torch', 2, null],
    ['unknown-package', 'numpyy', '<b>', null],
    ['network', 'numpy', '2.0', null]
  ])('reads what is nearest: %s, %s, %s', (kind, about, nearest, expected) => {
    const error = { kind, text: 'no', package: about, nearest };
    const answer = readPlan(document({ error }));
    expect(answer.kind === 'problem' && answer.problem.nearest).toBe(expected);
  });

  it('reads notes and passes over broken ones', () => {
    const notes = [
      { kind: 'needs-build', text: 'x', package: 'docopt' },
      { kind: 'later', text: 'y', package: 'No Name' },
      { kind: 'twice' },
      7
    ];
    expect(readPlan(document({ notes })).notes).toEqual([
      { kind: 'needs-build', text: 'x', package: 'docopt' },
      { kind: 'other', text: 'y', package: null }
    ]);
  });

  it.each([
    ['build', { build: 'magic' }, { build: null }],
    ['size', { size: -1 }, { size: null }],
    ['size', { size: NaN }, { size: null }],
    ['requires', { requires: [1] }, { requires: null }],
    ['requires', { requires: null }, { requires: null }],
    ['from', { from: null }, { from: null }],
    ['to', { to: null }, { to: null }],
    ['unknown version', { to: '' }, { to: '' }]
  ])('keeps a row with an odd or absent %s', (_, change, expected) => {
    const answer = readPlan(document({ rows: [{ ...ROW, ...change }] }));
    expect(answer).toMatchObject({
      kind: 'plan',
      plan: { rows: [{ ...ROW, ...expected }] }
    });
  });

  it.each([
    null,
    undefined,
    1,
    'x',
    [],
    {},
    document({ schema: 'other' }),
    document({ schema_version: 2 }),
    document({ planner: null }),
    document({ planner: 5 }),
    document({ rows: null }),
    document({ rows: {} }),
    document({ rows: [null] }),
    document({ rows: [{}] }),
    document({ rows: [{ ...ROW, name: '../x' }] }),
    document({ rows: [{ ...ROW, name: 'Torch' }] }),
    document({ rows: [{ ...ROW, to: 1 }] }),
    document({ rows: [{ ...ROW, from: null, to: null }] }),
    document({ rows: [{ ...ROW, from: 'x'.repeat(300) }] }),
    document({ rows: Array.from({ length: 20_001 }, () => ROW) }),
    document({ error: 'text' }),
    document({ error: undefined })
  ])('calls %p broken', value => {
    expect(readPlan(value)).toMatchObject({
      kind: 'problem',
      problem: { kind: 'crash' }
    });
  });

  it('cuts long texts', () => {
    const answer = readPlan(
      document({ error: { kind: 'other', text: 'x'.repeat(10_000) } })
    );
    expect(answer.kind === 'problem' && answer.problem.text.length).toBe(4096);
  });
});

test('readProgress', () => {
  expect(readProgress({ phase: 'pip', seconds: 1.5 })).toEqual({
    phase: 'pip',
    seconds: 1.5
  });
  for (const odd of [null, 1, {}, { phase: 'x' }, { phase: 1, seconds: 1 }]) {
    expect(readProgress(odd)).toBeNull();
  }
});
