/** The verdicts on cells that people write. */
import { factsFromShortForm, type IShortForm } from '../facts/shortForm';
import { judgeCase, type ICaseAnswer } from './case';
import { BENIGN, HARM, type IJudgeCase } from './cases.testing';

function answer({ facts, cell, plan }: IJudgeCase): ICaseAnswer {
  return judgeCase(
    {
      facts,
      cell,
      plan:
        plan &&
        plan.map(([name, from, to, requires, build]) => ({
          name,
          from,
          to,
          requires,
          build
        }))
    },
    value => factsFromShortForm(value as IShortForm)
  );
}

describe('what does harm', () => {
  it('is at least forty cases', () => {
    expect(HARM.length).toBeGreaterThanOrEqual(40);
    expect(BENIGN.length).toBeGreaterThanOrEqual(40);
  });

  it.each(HARM.map(one => [one.name, one] as const))('%s', (name, one) => {
    const { verdict, risks } = answer(one);
    expect(verdict).not.toBe('ok');
    if (one.verdict) {
      expect(verdict).toBe(one.verdict);
    }
    const about = new Set(risks.flatMap(risk => risk.about));
    expect(one.about.filter(word => !about.has(word))).toEqual([]);
    if (one.rule) {
      expect(risks.map(risk => risk.id)).toContain(one.rule);
    }
    for (const { title } of risks) {
      expect(title).not.toMatch(/%\d|undefined|null|\[object|→ *$/);
    }
  });
});

describe('what does no harm', () => {
  it.each(BENIGN.map(one => [one.name, one] as const))('%s', (name, one) => {
    const { verdict, risks, safer } = answer(one);
    expect(risks).toEqual([]);
    expect(verdict).toBe('ok');
    expect(safer).toBeNull();
  });
});
