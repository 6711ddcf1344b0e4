/** Every install rule against its own examples, and the set against the engine. */
import { parseFacts } from '../../facts/parse';
import { unknownFacts } from '../../facts/build';
import { View } from '../../facts/view';
import { assume } from '../../plan/assume';
import { request, plan as planOf, row } from '../../plan/build';
import { Change } from '../../plan/change';
import { isCondaPlan, predict } from '../../plan/predict';
import { isCondaTool } from '../../plan/asked';
import { runInstallRules } from './engine';
import { INSTALL_RULES } from './index.generated';
import {
  defineInstallRule,
  type IInstallContext,
  type IInstallExample,
  type IInstallRule,
  type IRiskDraft
} from './types';

function contextOf(example: IInstallExample): IInstallContext {
  const { facts, requests, plan, problem, protectedNames } = example.input();
  const before = new View(facts);
  const rows = plan?.rows ?? assume(before, requests);
  const conda =
    (plan !== null && isCondaPlan(plan)) ||
    (requests.length > 0 && requests.every(one => isCondaTool(one.tool)));
  const predicted = predict(
    facts,
    { rows, planner: conda ? 'conda' : 'uv' },
    requests
  );
  return {
    before,
    after: new View(predicted),
    facts,
    predicted,
    requests,
    plan,
    change: new Change(before, rows, requests, plan !== null),
    newFindings: [],
    problem: problem ?? null,
    protectedNames: new Set(protectedNames)
  };
}

function drafts(rule: IInstallRule, context: IInstallContext): IRiskDraft[] {
  const result: IRiskDraft[] = [];
  rule.check(context, draft => result.push(draft));
  return result;
}

/** Follow a JSON pointer; undefined when it leads nowhere. */
function resolve(document: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (at, part) =>
        typeof at === 'object' && at !== null
          ? (at as Record<string, unknown>)[part]
          : undefined,
      document
    );
}

describe.each(INSTALL_RULES.map(rule => [rule.id, rule] as const))(
  '%s',
  (id, rule) => {
    it('has enough examples', () => {
      expect(rule.examples.flagged.length).toBeGreaterThanOrEqual(2);
      expect(rule.examples.clean.length).toBeGreaterThanOrEqual(2);
    });

    it.each(rule.examples.flagged.map(one => [one.name, one] as const))(
      'flags: %s',
      (name, example) => {
        const context = contextOf(example);
        expect(parseFacts(context.facts)).toMatchObject({ ok: true });
        const found = drafts(rule, context);
        expect(
          found.map(({ message, severity, about }) => ({
            message,
            severity,
            about
          }))
        ).toEqual(example.risks);
        const document = { ...context, rows: context.change.rows };
        for (const { evidence } of found) {
          expect(evidence.length).toBeGreaterThan(0);
          for (const { path } of evidence) {
            expect([path, resolve(document, path)]).not.toEqual([
              path,
              undefined
            ]);
          }
        }
        expect(runInstallRules([rule], context).failures).toEqual([]);
      }
    );

    it.each(rule.examples.clean.map(one => [one.name, one] as const))(
      'is silent: %s',
      (name, example) => {
        const context = contextOf(example);
        expect(parseFacts(context.facts)).toMatchObject({ ok: true });
        expect(drafts(rule, context)).toEqual([]);
      }
    );

    it('shows each of its messages in an example, with all its values', () => {
      const shown = rule.examples.flagged.flatMap(one =>
        drafts(rule, contextOf(one))
      );
      expect([...new Set(shown.map(one => one.message))].sort()).toEqual(
        Object.keys(rule.messages).sort()
      );
      for (const { message, args = [] } of shown) {
        const { title, why } = rule.messages[message];
        for (const placeholder of (title + why).match(/%[1-9]/g) ?? []) {
          expect(args[Number(placeholder[1]) - 1]).toBeTruthy();
        }
      }
    });

    it('says nothing about an empty plan in unknown facts', () => {
      const context = contextOf({
        name: '',
        input: () => ({
          facts: unknownFacts(),
          requests: [request(['spam'])],
          plan: planOf([])
        })
      });
      expect(drafts(rule, context)).toEqual([]);
    });
  }
);

describe('the engine', () => {
  const context = contextOf({
    name: '',
    input: () => ({
      facts: unknownFacts(),
      requests: [request(['spam'])],
      plan: planOf([row('spam', null, '1.0')])
    })
  });
  const rule = (
    id: string,
    code: string,
    draft: Omit<IRiskDraft<'x'>, 'message' | 'evidence'>,
    supersedes: readonly string[] = []
  ) =>
    defineInstallRule<'x'>({
      ...INSTALL_RULES[0],
      id,
      code,
      supersedes,
      messages: { x: { title: id, why: id } },
      check: (_, report) => report({ ...draft, message: 'x', evidence: [] })
    });

  it('tells one moved package once, under the gravest title', () => {
    const { risks } = runInstallRules(
      [
        rule('low', 'P06', { severity: 'warn', subject: 'a', about: ['a'] }),
        rule('high', 'P05', {
          severity: 'block',
          subject: 'a',
          about: ['a', 'b']
        }),
        rule('other', 'P08', { severity: 'block', subject: 'c', about: ['c'] })
      ],
      context
    );
    expect(risks.map(one => [one.rule, one.about])).toEqual([
      ['high', ['a', 'b']],
      ['other', ['c']]
    ]);
    expect(risks[0].symptoms.map(one => one.rule)).toEqual(['low']);
  });

  it('puts a superseded risk under its cause and keeps the names', () => {
    const { risks } = runInstallRules(
      [
        rule('cause', 'P01', { severity: 'warn', subject: 'a', about: ['a'] }, [
          'symptom'
        ]),
        rule('symptom', 'P99', {
          severity: 'block',
          subject: null,
          about: ['a', 'z']
        })
      ],
      context
    );
    expect(risks).toHaveLength(1);
    expect(risks[0]).toMatchObject({
      rule: 'cause',
      severity: 'block',
      about: ['a', 'z']
    });
  });

  it('keeps notes apart and survives a rule that throws', () => {
    const broken = defineInstallRule<'x'>({
      ...INSTALL_RULES[0],
      id: 'broken',
      messages: { x: { title: '', why: '' } },
      check: () => {
        throw new Error('no');
      }
    });
    const result = runInstallRules(
      [
        broken,
        rule('n', 'P22', { severity: 'note', subject: null, about: [] }),
        rule('ignored', 'P02', { severity: 'warn', subject: null, about: [] })
      ],
      context,
      new Set(['ignored'])
    );
    expect(result.risks).toEqual([]);
    expect(result.notes.map(one => one.rule)).toEqual(['n']);
    expect(result.failures).toEqual([{ rule: 'broken', message: 'Error: no' }]);
  });

  it('has rules with ids and codes of their own', () => {
    const names = INSTALL_RULES.flatMap(one => [one.id, one.code]);
    expect(new Set(names).size).toBe(names.length);
    expect(INSTALL_RULES.length).toBeGreaterThanOrEqual(22);
  });
});
