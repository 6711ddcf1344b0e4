/**
 * PEP 440 questions with three answers: yes, no, cannot tell (null).
 *
 * `@renovatebot/pep440` decides. It needs 0.1 ms a question, and a check asks thousands; so plain release
 * numbers (`1.26.4` against `>=1.22,<2`), which are nearly all of them, are compared here. A property test
 * holds both against each other.
 */
import {
  compare,
  parse,
  satisfies as librarySatisfies
} from '@renovatebot/pep440';

const RELEASE = /^\d+(?:\.\d+)*$/;
const CLAUSE = /^(===|==|!=|<=|>=|<|>|~=)\s*([^\s,;)]+)$/;

type Clause = {
  operator: string;
  version: string;
  release: number[] | null;
  wildcard: boolean;
};

const releases = new Map<string, number[] | null>();
const specifiers = new Map<string, Clause[] | null>();

/** Keep the caches from growing without limit in a page that stays open for weeks. */
function remember<T>(cache: Map<string, T>, key: string, value: T): T {
  if (cache.size > 20_000) {
    cache.clear();
  }
  cache.set(key, value);
  return value;
}

/** The numbers of a plain release (`1.26.4`), or null for anything with an epoch, a suffix or a label. */
function release(version: string): number[] | null {
  const known = releases.get(version);
  if (known !== undefined) {
    return known;
  }
  return remember(
    releases,
    version,
    RELEASE.test(version) ? version.split('.').map(Number) : null
  );
}

function compareReleases(a: number[], b: number[]): number {
  const length = Math.max(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) {
      return difference;
    }
  }
  return 0;
}

function startsWith(a: number[], prefix: number[]): boolean {
  return prefix.every((part, i) => (a[i] ?? 0) === part);
}

/** The library answers "no" to what is no clause (`>=x`, `~=1`, `>=3.*`); nobody can tell there. */
function isClause(
  operator: string,
  version: string,
  wildcard: boolean
): boolean {
  if (operator === '===') {
    return true;
  }
  if (wildcard && operator !== '==' && operator !== '!=') {
    return false;
  }
  const parsed = parse(version);
  return parsed !== null && (operator !== '~=' || parsed.release.length > 1);
}

function clauses(specifier: string): Clause[] | null {
  const known = specifiers.get(specifier);
  if (known !== undefined) {
    return known;
  }
  const result: Clause[] = [];
  for (const part of specifier.split(',')) {
    const trimmed = part.trim();
    if (trimmed === '') {
      continue;
    }
    const match = CLAUSE.exec(trimmed);
    if (!match) {
      return remember(specifiers, specifier, null);
    }
    const wildcard = match[2].endsWith('.*');
    const version = wildcard ? match[2].slice(0, -2) : match[2];
    if (!isClause(match[1], version, wildcard)) {
      return remember(specifiers, specifier, null);
    }
    result.push({
      operator: match[1],
      version: match[2],
      release: release(version),
      wildcard
    });
  }
  return remember(specifiers, specifier, result);
}

function clauseHolds(numbers: number[], clause: Clause): boolean | null {
  const wanted = clause.release;
  if (wanted === null || clause.operator === '===') {
    return null;
  }
  if (clause.wildcard) {
    if (clause.operator === '==') {
      return startsWith(numbers, wanted);
    }
    return clause.operator === '!=' ? !startsWith(numbers, wanted) : null;
  }
  const order = compareReleases(numbers, wanted);
  switch (clause.operator) {
    case '==':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '~=':
      return wanted.length < 2
        ? null
        : order >= 0 && startsWith(numbers, wanted.slice(0, -1));
    default:
      return null;
  }
}

/**
 * Whether an installed version satisfies a specifier set such as `>=1.2,<2`. Prereleases count, as in
 * `pip check`. null when either cannot be parsed. Never throws.
 */
export function satisfies(version: string, specifier: string): boolean | null {
  if (specifier.trim() === '') {
    return true;
  }
  const parsed = clauses(specifier);
  if (parsed === null) {
    return null;
  }
  const numbers = release(version);
  if (numbers !== null) {
    let all = true;
    let known = true;
    for (const clause of parsed) {
      const holds = clauseHolds(numbers, clause);
      if (holds === null) {
        known = false;
        break;
      }
      all = all && holds;
    }
    if (known) {
      return all;
    }
  }
  if (parse(version) === null) {
    return null;
  }
  try {
    const text = parsed
      .map(clause => clause.operator + clause.version)
      .join(',');
    return librarySatisfies(version, text, { prereleases: true });
  } catch {
    return null;
  }
}

/** Order of two versions (negative, 0, positive), or null when one is not a version. Local labels count. */
export function compareVersions(a: string, b: string): number | null {
  const left = release(a);
  const right = release(b);
  if (left !== null && right !== null) {
    return compareReleases(left, right);
  }
  if (parse(a) === null || parse(b) === null) {
    return null;
  }
  return compare(a, b);
}

/** `2.3.1+cu121` → `2.3.1`. */
export function publicVersion(version: string): string {
  const plus = version.indexOf('+');
  return plus < 0 ? version : version.slice(0, plus);
}

/** `2.3.1+cu121` → `cu121`; null without a local label. */
export function localLabel(version: string): string | null {
  const plus = version.indexOf('+');
  return plus < 0 ? null : version.slice(plus + 1);
}

/** First `count` numbers of the release, `minorOf('2.3.1+cu121', 2)` → `2.3`; null when it is not a version. */
export function releasePrefix(version: string, count: number): string | null {
  const parsed = parse(version);
  if (parsed === null) {
    return null;
  }
  const numbers = parsed.release.slice(0, count);
  while (numbers.length < count) {
    numbers.push(0);
  }
  return numbers.join('.');
}

/** Same version, local labels aside. null when one cannot be parsed. */
export function samePublicVersion(a: string, b: string): boolean | null {
  const order = compareVersions(publicVersion(a), publicVersion(b));
  return order === null ? null : order === 0;
}
