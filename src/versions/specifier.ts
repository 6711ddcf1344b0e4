/** Specifier sets of several requirers as one. */
import { compareVersions, satisfies } from './pep440';

interface IClause {
  readonly operator: string;
  readonly version: string;
  readonly text: string;
}

function parse(text: string): IClause {
  const match = /^(===|==|!=|<=|>=|<|>|~=)\s*(\S+)$/.exec(text);
  return { operator: match?.[1] ?? '', version: match?.[2] ?? '', text };
}

/** The bound that leaves less; the first one where that cannot be told. @param sign 1: lower bounds, -1: upper ones */
function tighter(a: IClause, b: IClause, sign: 1 | -1): IClause {
  const order = (compareVersions(b.version, a.version) ?? 0) * sign;
  // `>1` leaves less than `>=1`.
  const strict = order === 0 && b.operator.length < a.operator.length;
  return order > 0 || strict ? b : a;
}

/**
 * One specifier set that asks for the same as all of them: of several lower or upper bounds the tightest one stays,
 * and an exact version that fits the rest stands alone. `>=5.4,>=5.13` → `>=5.13`. Never throws; what cannot be
 * compared stays as it is.
 */
export function joinSpecifiers(sets: readonly string[]): string {
  const texts = sets
    .join(',')
    .split(',')
    .map(text => text.replace(/\s+/g, ''))
    .filter(text => text !== '');
  const clauses = [...new Set(texts)].map(parse);
  const exact = clauses.find(
    one => one.operator === '==' && !one.version.endsWith('.*')
  );
  if (exact && satisfies(exact.version, [...texts].join()) === true) {
    return exact.text;
  }
  const kept: IClause[] = [];
  for (const clause of clauses) {
    const lower = clause.operator.startsWith('>');
    const bound = lower || clause.operator.startsWith('<');
    const at = bound
      ? kept.findIndex(
          one =>
            one.operator[0] === clause.operator[0] &&
            compareVersions(one.version, clause.version) !== null
        )
      : -1;
    if (at < 0) {
      kept.push(clause);
    } else {
      kept[at] = tighter(kept[at], clause, lower ? 1 : -1);
    }
  }
  return kept.map(one => one.text).join();
}
