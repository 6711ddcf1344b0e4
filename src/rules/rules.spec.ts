/** Every rule against its own examples, against healthy environments and against arbitrary facts. */
import * as fc from 'fast-check';
import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { arbitraryFacts } from '../facts/arbitrary.testing';
import { unknownFacts } from '../facts/build';
import type { IFacts } from '../facts/facts.generated';
import { parseFacts } from '../facts/parse';
import { View } from '../facts/view';
import { runRules } from './engine';
import { ENVIRONMENT_RULES } from './environment/index.generated';
import type { IDraft, IRule } from './types';

const SAMPLES = join(__dirname, '../facts/samples');

function drafts(rule: IRule, facts: IFacts): IDraft[] {
  const result: IDraft[] = [];
  rule.check(new View(facts), draft => result.push(draft));
  return result;
}

/** Follow a JSON pointer; undefined when it leads nowhere. */
function resolve(document: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .map(part => part.replace(/~1/g, '/').replace(/~0/g, '~'))
    .reduce<unknown>(
      (at, part) =>
        typeof at === 'object' && at !== null
          ? (at as Record<string, unknown>)[part]
          : undefined,
      document
    );
}

function sample(name: string): IFacts {
  const parsed = parseFacts(
    JSON.parse(readFileSync(join(SAMPLES, name), 'utf8'))
  );
  if (!parsed.ok) {
    throw new Error(`${name}: ${JSON.stringify(parsed.problem)}`);
  }
  return parsed.facts;
}

describe.each(ENVIRONMENT_RULES.map(rule => [rule.id, rule] as const))(
  '%s',
  (id, rule) => {
    it('has enough examples', () => {
      expect(rule.examples.flagged.length).toBeGreaterThanOrEqual(2);
      expect(rule.examples.clean.length).toBeGreaterThanOrEqual(2);
    });

    it.each(rule.examples.flagged.map(one => [one.name, one] as const))(
      'flags: %s',
      (name, example) => {
        const facts = example.facts();
        expect(parseFacts(facts)).toMatchObject({ ok: true });
        const found = drafts(rule, facts);
        expect(
          found.map(({ message, severity, about }) => ({
            message,
            severity,
            about
          }))
        ).toEqual(example.findings);
        for (const draft of found) {
          expect(draft.evidence.length).toBeGreaterThan(0);
          for (const { path } of draft.evidence) {
            expect([path, resolve(facts, path)]).not.toEqual([path, undefined]);
          }
        }
        // The whole engine accepts what the rule says.
        expect(runRules([rule], facts).failures).toEqual([]);
      }
    );

    it.each(rule.examples.clean.map(one => [one.name, one] as const))(
      'is silent: %s',
      (name, example) => {
        const facts = example.facts();
        expect(parseFacts(facts)).toMatchObject({ ok: true });
        expect(drafts(rule, facts)).toEqual([]);
      }
    );

    it('shows each of its messages in an example, with all its values', () => {
      const shown = rule.examples.flagged.flatMap(one =>
        drafts(rule, one.facts())
      );
      expect([...new Set(shown.map(draft => draft.message))].sort()).toEqual(
        Object.keys(rule.messages).sort()
      );
      for (const { message, args = [] } of shown) {
        const { title, why } = rule.messages[message];
        const wanted = (title + why).match(/%[1-9]/g) ?? [];
        for (const placeholder of wanted) {
          expect(args[Number(placeholder[1]) - 1]).toBeDefined();
        }
      }
    });

    it('gives commands that are one line each', () => {
      for (const example of rule.examples.flagged) {
        for (const { fix } of drafts(rule, example.facts())) {
          expect(fix ? fix.commands.length : 1).toBeGreaterThan(0);
          for (const command of fix?.commands ?? []) {
            expect(command).not.toMatch(/\n|undefined|null|NaN|==\?|\[object/);
          }
        }
      }
    });

    it('is silent when nothing is known', () => {
      expect(drafts(rule, unknownFacts())).toEqual([]);
    });
  }
);

describe('the rules as a set', () => {
  it('have ids and codes of their own', () => {
    const names = ENVIRONMENT_RULES.flatMap(rule => [rule.id, rule.code]);
    expect(new Set(names).size).toBe(names.length);
  });

  const healthy = readdirSync(SAMPLES).filter(name =>
    name.startsWith('healthy-')
  );

  it('meet at least six healthy environments', () => {
    expect(healthy.length).toBeGreaterThanOrEqual(6);
  });

  it.each(healthy)('raise no alarm: %s', name => {
    const { findings, failures } = runRules(ENVIRONMENT_RULES, sample(name));
    expect(failures).toEqual([]);
    expect(
      findings
        .filter(finding => finding.severity !== 'info')
        .map(({ rule, about }) => [rule, about])
    ).toEqual([]);
  });

  it('never throw, whatever schema-valid facts say, and evidence leads somewhere', () => {
    fc.assert(
      fc.property(arbitraryFacts(), facts => {
        expect(parseFacts(facts)).toMatchObject({ ok: true });
        for (const rule of ENVIRONMENT_RULES) {
          for (const { evidence, message } of drafts(rule, facts)) {
            expect(rule.messages[message]).toBeDefined();
            for (const { path } of evidence) {
              expect([path, resolve(facts, path)]).not.toEqual([
                path,
                undefined
              ]);
            }
          }
        }
      }),
      { numRuns: 300 }
    );
  });

  it('say the same whatever the order of the packages', () => {
    fc.assert(
      fc.property(
        arbitraryFacts({ placed: true }),
        fc.infiniteStream(fc.nat()),
        (facts, numbers) => {
          const shuffled = [...(facts.packages ?? [])]
            .map(one => ({ one, key: numbers.next().value as number }))
            .sort((a, b) => a.key - b.key)
            .map(({ one }) => one);
          expect(says({ ...facts, packages: shuffled })).toEqual(says(facts));
        }
      ),
      { numRuns: 200 }
    );
  });
});

/** What is said, without order. */
function says(facts: IFacts): string[] {
  return ENVIRONMENT_RULES.flatMap(rule =>
    drafts(rule, facts).map(({ message, severity, about }) =>
      [rule.id, message, severity, ...[...about].sort()].join(' ')
    )
  ).sort();
}
