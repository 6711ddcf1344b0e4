import { facts } from '../facts/build';
import { render } from '../text/text';
import { runRules } from './engine';
import type { IDraft, IRule, Severity } from './types';

/** A rule that says what it is told to. */
function rule(
  id: string,
  drafts: Partial<IDraft>[],
  more: Partial<IRule> = {}
): IRule {
  const words = 'x';
  return {
    id,
    code: id,
    since: '0',
    docs: {
      summary: words,
      what: words,
      why: words,
      example: words,
      fix: words,
      safety: words,
      references: []
    },
    messages: { m: { title: '%1 is wrong', why: 'It breaks %1.' } },
    check: (view, report) =>
      drafts.forEach(draft =>
        report({
          message: 'm',
          severity: 'warning',
          about: [],
          evidence: [],
          ...draft
        })
      ),
    examples: { flagged: [], clean: [] },
    ...more
  };
}

function ids(rules: IRule[], ignored: string[] = []): string[] {
  return runRules(rules, facts({}), new Set(ignored)).findings.map(
    one => one.rule
  );
}

describe('runRules', () => {
  it('fills the words in', () => {
    const [one] = runRules(
      [rule('a', [{ args: ['numpy'], about: ['numpy'] }])],
      facts({})
    ).findings;
    expect(render(one.title)).toBe('numpy is wrong');
    expect(render(one.why)).toBe('It breaks numpy.');
    expect(one).toMatchObject({ fix: null, stops: [], symptoms: [] });
  });

  it('sorts by severity, then what is stopped, then symptoms, then code', () => {
    expect(
      ids([
        rule('i', [{ severity: 'info' }]),
        rule('b', [{}]),
        rule('a', [{}]),
        rule('s', [{ stops: ['torch'] }]),
        rule('c', [{ about: ['x'] }], { supersedes: ['d'] }),
        rule('d', [{ about: ['x'], severity: 'info' }]),
        rule('e', [{ severity: 'error' }])
      ])
    ).toEqual(['e', 's', 'c', 'a', 'b', 'i']);
  });

  it('isolates a rule that throws, and drops what it said before', () => {
    const broken = rule('broken', [], {
      check: (view, report) => {
        report({ message: 'm', severity: 'error', about: [], evidence: [] });
        throw new Error('no');
      }
    });
    const result = runRules([broken, rule('a', [{}])], facts({}));
    expect(result.findings.map(one => one.rule)).toEqual(['a']);
    expect(result.failures).toEqual([{ rule: 'broken', message: 'Error: no' }]);
  });

  it('isolates a rule that names a message it does not have', () => {
    const result = runRules(
      [rule('broken', [{ message: 'other' }]), rule('a', [{}])],
      facts({})
    );
    expect(result.findings.map(one => one.rule)).toEqual(['a']);
    expect(result.failures.map(one => one.rule)).toEqual(['broken']);
  });

  it('leaves ignored rules out, and shows again what they would have hidden', () => {
    const rules = [
      rule('cause', [{ about: ['x'] }], { supersedes: ['symptom'] }),
      rule('symptom', [{ about: ['x'] }])
    ];
    expect(ids(rules)).toEqual(['cause']);
    expect(ids(rules, ['cause'])).toEqual(['symptom']);
  });
});

describe('superseding', () => {
  const pair = (
    causeAbout: string[],
    symptomAbout: string[],
    supersedes: string[],
    severities: [Severity, Severity] = ['error', 'warning']
  ) => [
    rule('cause', [{ about: causeAbout, severity: severities[0] }], {
      supersedes
    }),
    rule('symptom', [
      { about: symptomAbout, severity: severities[1], stops: ['torch'] }
    ])
  ];

  it('folds a symptom about the same subject, which still stops what it stops', () => {
    const { findings } = runRules(
      pair(['x', 'y'], ['y', 'z'], ['symptom']),
      facts({})
    );
    expect(findings).toHaveLength(1);
    expect(findings[0].symptoms.map(one => one.rule)).toEqual(['symptom']);
    expect(findings[0].stops).toEqual(['torch']);
  });

  it('leaves another subject alone, unless the entry ends with *', () => {
    expect(ids(pair(['x'], ['z'], ['symptom']))).toHaveLength(2);
    expect(ids(pair(['x'], ['z'], ['symptom*']))).toEqual(['cause']);
  });

  it('never hides the worse one', () => {
    expect(ids(pair(['x'], ['x'], ['symptom'], ['warning', 'error']))).toEqual([
      'symptom',
      'cause'
    ]);
  });

  it('makes chains, and is not caught in circles', () => {
    const chain = ['a', 'b', 'c'].map((id, i, all) =>
      rule(id, [{ about: ['x'] }], { supersedes: [all[(i + 1) % 3]] })
    );
    const { findings } = runRules(chain, facts({}));
    expect(findings).toHaveLength(1);
    expect(findings[0].symptoms).toHaveLength(1);
    expect(findings[0].symptoms[0].symptoms).toHaveLength(1);
  });

  it('folds one rule’s own findings only by name', () => {
    expect(ids([rule('a', [{ about: ['x'] }, { about: ['x'] }])])).toEqual([
      'a',
      'a'
    ]);
  });
});
