/**
 * Cases of tests/cases, written by people who had not seen the code, from public reports: judged, checked and explained
 * by the functions behind `doctor.mjs`, with the files' expectations (shared/cases/README.md has their form).
 */
import { readFileSync } from 'fs';
import { join } from 'path';
import { check, explain, judge } from './cli';
import { normalise } from './versions/requirement';

interface ICase {
  readonly id: string;
  readonly title: string;
  readonly facts: Record<string, unknown> | null;
  readonly cell: string;
  readonly plan: unknown;
  readonly expect: {
    readonly verdict?: string;
    readonly about?: readonly string[];
    readonly at_least?: number;
    readonly findings_about?: readonly string[];
    readonly min_severity?: 'info' | 'warning' | 'error';
  };
}

interface IError {
  readonly id: string;
  readonly text: string;
  /** Empty: an ordinary error. */
  readonly about: readonly string[];
  readonly facts: Record<string, unknown> | null;
}

function read<T>(name: string): T[] {
  const path = join(__dirname, '..', 'tests', 'cases', `${name}.jsonl`);
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as T);
}

/** How many of these names are named. */
function hits(wanted: readonly string[], found: readonly string[]): number {
  const names = new Set(found.map(normalise));
  return wanted.filter(name => names.has(normalise(name))).length;
}

const RANK: Readonly<Record<string, number>> = {
  info: 0,
  warning: 1,
  error: 2
};

const titled = (one: ICase) => [`${one.id}: ${one.title}`, one] as const;

describe.each(['harm', 'form'])('%s: what does harm is asked about', kind => {
  test.each(read<ICase>(kind).map(titled))('%s', (_, one) => {
    const { facts, cell, plan, expect: wanted } = one;
    const { verdict, risks } = judge({ facts, cell, plan });
    expect(verdict).not.toBe('ok');
    const about = risks.flatMap(risk => risk.about);
    const found = hits(wanted.about ?? [], about);
    expect([about, found >= (wanted.at_least ?? 1)]).toEqual([about, true]);
  });
});

test.each(read<ICase>('benign').map(titled))('silent: %s', (_, one) => {
  const { facts, cell, plan } = one;
  expect(judge({ facts, cell, plan })).toMatchObject({
    verdict: 'ok',
    risks: []
  });
});

test.each(read<ICase>('env').map(titled))('broken: %s', (_, one) => {
  const { findings_about: names, min_severity: least, at_least } = one.expect;
  const { findings } = check(one.facts);
  const about = findings
    .filter(({ severity }) => RANK[severity] >= RANK[least ?? 'info'])
    .flatMap(finding => finding.about);
  const found = hits(names ?? [], about);
  expect([about, found >= (at_least ?? 1)]).toEqual([about, true]);
});

test.each(read<ICase>('healthy').map(titled))('healthy: %s', (_, one) => {
  const { findings } = check(one.facts);
  expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
});

describe('errors', () => {
  test.each(read<IError>('errors').map(one => [one.id, one] as const))(
    '%s',
    (_, { text, about, facts }) => {
      const { matches } = explain(text, facts);
      const names = matches.flatMap(one => one.about);
      expect([names, hits(about, names) > 0]).toEqual([
        names,
        about.length > 0
      ]);
      expect(matches.length > 0).toBe(about.length > 0);
    }
  );
});
