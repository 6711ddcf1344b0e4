import { dist, environment, facts, platform, python } from '../facts/build';
import type { IFacts } from '../facts/facts.generated';
import { judge } from '../judge/judge';
import { recognise } from '../recognise';
import { runRules } from '../rules/engine';
import { ENVIRONMENT_RULES } from '../rules/environment/index.generated';
import { forgiveFix } from './own';

function verdict(document: IFacts, source: string) {
  const requests = recognise(source);
  const judgement = judge({ facts: document, requests, plan: null });
  return {
    before: judgement.verdict,
    after: forgiveFix(document, judgement, {})
  };
}

const cells = ENVIRONMENT_RULES.flatMap(rule =>
  rule.examples.flagged.flatMap(example => {
    const document = example.facts();
    return runRules(ENVIRONMENT_RULES, document)
      .findings.filter(
        one =>
          one.rule === rule.id &&
          one.fix?.where === 'cell' &&
          recognise(one.fix.commands.join('\n')).length > 0
      )
      .map(
        one =>
          [
            `${rule.id}: ${example.name}`,
            document,
            (one.fix?.commands ?? []).join('\n')
          ] as const
      );
  })
);

it.each(cells)(
  'the fix of %s runs without a question',
  (name, document, source) => {
    expect(verdict(document, source).after).toMatchObject({
      verdict: 'ok',
      risks: [],
      safer: null
    });
  }
);

const TWINS = facts({
  python: python('3.11.7'),
  platform: platform('linux-x86_64'),
  environment: environment('venv'),
  packages: ['opencv-python', 'opencv-python-headless'].map(name =>
    dist(name, '4.11.0.86', {
      manager: 'pip',
      installer: 'pip',
      location: '/env/site-packages',
      path_index: 0,
      metadata: `${name}.dist-info`
    })
  )
});

it('still asks about another command for the same packages', () => {
  const [fix] = runRules(ENVIRONMENT_RULES, TWINS).findings.map(
    one => one.fix?.commands ?? []
  );
  const own = verdict(TWINS, fix.join('\n'));
  expect([own.before, own.after.verdict]).toStrictEqual(['block', 'ok']);
  const half = verdict(TWINS, fix[0].replace(/ \S+$/, ''));
  expect(half.before).toBe('block');
  expect(half.after.verdict).toBe('block');
  const more = `${fix.join('\n')}\n%pip uninstall -y x`;
  expect(verdict(TWINS, more).after.verdict).toBe('block');
});

it('keeps a risk to a package that the fix does not name', () => {
  const [finding] = runRules(ENVIRONMENT_RULES, TWINS).findings;
  const source = (finding.fix?.commands ?? []).join('\n');
  const judgement = judge({
    facts: TWINS,
    requests: recognise(source),
    plan: null
  });
  const [risk] = judgement.risks;
  const other = { ...risk, about: ['pandas'] };
  const left = forgiveFix(TWINS, { ...judgement, risks: [risk, other] }, {});
  expect(left.risks).toStrictEqual([other]);
  expect(left.verdict).toBe('block');
});
