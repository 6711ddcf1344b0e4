import { Signal } from '@lumino/signaling';
import { EMPTY_STATE, type ICheckState } from '../check/state';
import { explain } from '../explain/engine';
import { dist, facts } from '../facts/build';
import type { IFacts } from '../facts/facts.generated';
import { View } from '../facts/view';
import { Explainer } from './explainer';

const ERROR = 'ImportError: Numba needs NumPy 1.24 or less';

function result(document: IFacts, checkedAt: number): ICheckState['result'] {
  return {
    facts: document,
    findings: [],
    ignored: [],
    failures: [],
    checkedAt,
    separate: false
  } as unknown as ICheckState['result'];
}

function make(answer: IFacts | null, now = 1_000_000) {
  const owner = {};
  const stateChanged = new Signal<object, void>(owner);
  const doctor = {
    state: {
      ...EMPTY_STATE,
      phase: 'unchecked',
      kernel: {
        id: 'k',
        displayName: '',
        language: 'python',
        source: 'notebook',
        title: ''
      }
    } as ICheckState,
    stateChanged,
    checks: 0,
    check: async () => {
      doctor.checks++;
      doctor.set({ result: answer && result(answer, now) });
    },
    set: (change: Partial<ICheckState>) => {
      doctor.state = { ...doctor.state, ...change };
      stateChanged.emit();
    }
  };
  const explainer = new Explainer({
    doctor,
    load: async () => ({ explain, View }),
    now: () => now
  });
  return { doctor, explainer };
}

const numpy = facts({
  packages: [dist('numpy', '1.26.4', { manager: 'pip' })]
});

test('asks for the facts, and joins them when they come', async () => {
  const { doctor, explainer } = make(numpy);
  const seen: boolean[] = [];
  explainer.changed.connect(() =>
    seen.push(explainer.explained?.withFacts ?? false)
  );
  await explainer.explain(ERROR, 'k');
  expect(doctor.checks).toBe(1);
  expect(seen).toEqual([false, true]);
  expect(explainer.explained).toMatchObject({ kernelId: 'k', asked: 1 });
  expect(explainer.explained?.matches[0].evidence).toHaveLength(1);
  explainer.dismiss();
  expect(explainer.explained).toBeNull();
});

test.each([
  ['fresh ones are used as they are', 30_000, null, 0],
  ['old ones are read again', 90_000, null, 1],
  ['stale ones are read again', 0, 'restarted' as const, 1]
])('facts at hand: %s', async (_, age, stale, checks) => {
  const now = 1_000_000;
  const { doctor, explainer } = make(numpy, now);
  doctor.set({ result: result(numpy, now - age), stale });
  await explainer.explain(ERROR, 'k');
  expect(doctor.checks).toBe(checks);
});

test('a kernel that is not in front is not checked, and its facts are not used', async () => {
  const { doctor, explainer } = make(numpy);
  doctor.set({ result: result(numpy, 1_000_000) });
  await explainer.explain(ERROR, 'other');
  expect(doctor.checks).toBe(0);
  expect(explainer.explained).toMatchObject({
    kernelId: 'other',
    withFacts: false
  });
});

test('facts that speak against the fix leave the words', async () => {
  const text = 'TypeError: Descriptors cannot not be created directly.';
  const { explainer } = make(
    facts({ packages: [dist('protobuf', '3.20.3', { manager: 'pip' })] })
  );
  await explainer.explain(text, 'k');
  expect(explainer.explained?.matches[0]).toMatchObject({
    signature: 'protobuf-too-new',
    fix: null
  });
});

test('what is known at once, for the line under the output', async () => {
  const { explainer } = make(null);
  expect((await explainer.known(ERROR, 'k'))?.signature).toBe(
    'numba-needs-numpy'
  );
  expect(
    await explainer.known("NameError: name 'x' is not defined", 'k')
  ).toBeNull();
});
