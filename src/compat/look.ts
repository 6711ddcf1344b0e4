/** What the look-ups share. */
import { compareDotted } from '../versions/cuda';
import { publicVersion, releasePrefix } from '../versions/pep440';
import { SOURCES } from './tables.generated';
import type { IAnswer, IRow } from './types';

/** A value with the text and the date of its row's source. */
export function answer<T>(value: T, row: IRow): IAnswer<T> {
  const { text: source, date } = SOURCES[row.source];
  return { value, source, date };
}

/** The row of an exact version, without its local label; undefined for one that no row names. */
export function rowOf<Row extends { readonly version: string }>(
  rows: readonly Row[],
  version: string
): Row | undefined {
  const plain = publicVersion(version);
  return rows.find(one => one.version === plain);
}

/** `2.5.1+cu124` → `2.5`; null when it is not a version. */
export function releaseOf(version: string): string | null {
  return releasePrefix(version, 2);
}

/** Alpha, beta, release candidate, nightly or built from source: no table knows what is in it. */
export function isPreview(version: string): boolean {
  return /[a-z]/i.test(publicVersion(version).replace(/\.?post\d+/, ''));
}

/** Whether a ≤ b; false when one has no number. */
export function atMost(a: string, b: string): boolean {
  const order = compareDotted(a, b);
  return order !== null && order <= 0;
}

/** A source for a line of evidence: `metadata of pandas-2.2.2` instead of names of wheels. Any other text stays. */
export function brief(source: string): string {
  const wheel =
    /^PyPI wheel METADATA ([A-Za-z0-9_.]+-[^\s-]+)-[^\s;]+\.whl(?: ; |$)/.exec(
      source
    );
  return wheel ? `metadata of ${wheel[1]}` : source;
}
