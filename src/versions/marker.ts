/** Environment markers (PEP 508): parsed once, evaluated with three answers (null = cannot tell). */
import { compareVersions, satisfies } from './pep440';

/** A parsed marker. */
export type Marker =
  | { kind: 'and' | 'or'; left: Marker; right: Marker }
  | { kind: 'compare'; left: Operand; operator: string; right: Operand };

type Operand = { kind: 'name' | 'text'; value: string };

const TOKEN =
  /\s*(?:(\()|(\))|('[^']*'|"[^"]*")|(===|==|!=|<=|>=|<|>|~=)|(not\s+in\b|in\b)|(and\b|or\b)|([A-Za-z_][A-Za-z0-9_.]*))/y;

/** Old spellings that PEP 345 metadata use. */
const ALIASES: Record<string, string> = {
  'os.name': 'os_name',
  'sys.platform': 'sys_platform',
  'platform.version': 'platform_version',
  'platform.machine': 'platform_machine',
  'platform.python_implementation': 'platform_python_implementation',
  python_implementation: 'platform_python_implementation'
};

const VERSIONS = new Set([
  'python_version',
  'python_full_version',
  'implementation_version'
]);

type Token = {
  kind: 'open' | 'close' | 'text' | 'operator' | 'logic' | 'name';
  value: string;
};

function tokens(text: string): Token[] | null {
  const result: Token[] = [];
  let at = 0;
  const end = text.trimEnd().length;
  while (at < end) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (!match) {
      return null;
    }
    at = TOKEN.lastIndex;
    if (match[1]) {
      result.push({ kind: 'open', value: '(' });
    } else if (match[2]) {
      result.push({ kind: 'close', value: ')' });
    } else if (match[3]) {
      result.push({ kind: 'text', value: match[3].slice(1, -1) });
    } else if (match[4] || match[5]) {
      const value = (match[4] ?? match[5]).replace(/\s+/, ' ');
      result.push({ kind: 'operator', value });
    } else if (match[6]) {
      result.push({ kind: 'logic', value: match[6] });
    } else {
      result.push({ kind: 'name', value: ALIASES[match[7]] ?? match[7] });
    }
  }
  return result;
}

/** Parse a marker; null when it is not one. Never throws. */
export function parseMarker(text: string): Marker | null {
  const list = tokens(text);
  if (list === null || list.length > 500) {
    return null;
  }
  let at = 0;

  function either(): Marker | null {
    let left = both();
    while (left && list![at]?.kind === 'logic' && list![at].value === 'or') {
      at++;
      const right = both();
      left = right && { kind: 'or', left, right };
    }
    return left;
  }

  function both(): Marker | null {
    let left = single();
    while (left && list![at]?.kind === 'logic' && list![at].value === 'and') {
      at++;
      const right = single();
      left = right && { kind: 'and', left, right };
    }
    return left;
  }

  function operand(): Operand | null {
    const token = list![at++];
    return token?.kind === 'name' || token?.kind === 'text'
      ? { kind: token.kind, value: token.value }
      : null;
  }

  function single(): Marker | null {
    if (list![at]?.kind === 'open') {
      at++;
      const inner = either();
      return inner && list![at++]?.kind === 'close' ? inner : null;
    }
    const left = operand();
    const operator = list![at++];
    const right = operand();
    return left && right && operator?.kind === 'operator'
      ? { kind: 'compare', left, operator: operator.value, right }
      : null;
  }

  const marker = either();
  return at === list.length ? marker : null;
}

/**
 * Evaluate a marker.
 *
 * @param environment values by marker name; null when nothing is known of the environment
 * @param extras extras that were asked for; without any, a requirement of an extra does not apply
 */
export function evaluateMarker(
  marker: Marker,
  environment: Readonly<Record<string, string>> | null,
  extras: readonly string[] = []
): boolean | null {
  if (marker.kind === 'compare') {
    return compare(marker, environment, extras);
  }
  const left = evaluateMarker(marker.left, environment, extras);
  const decisive = marker.kind === 'or';
  if (left === decisive) {
    return decisive;
  }
  const right = evaluateMarker(marker.right, environment, extras);
  if (right === decisive) {
    return decisive;
  }
  return left === null || right === null ? null : !decisive;
}

function compare(
  marker: Marker & { kind: 'compare' },
  environment: Readonly<Record<string, string>> | null,
  extras: readonly string[]
): boolean | null {
  const { left, operator, right } = marker;
  const name =
    left.kind === 'name'
      ? left.value
      : right.kind === 'name'
        ? right.value
        : '';
  if (name === 'extra' || name === 'extras') {
    const wanted = left.kind === 'text' ? left.value : right.value;
    const has = extras.includes(wanted.toLowerCase().replace(/[-_.]+/g, '-'));
    return operator === '==' || operator === 'in'
      ? has
      : operator === '!='
        ? !has
        : null;
  }
  const a = valueOf(left, environment);
  const b = valueOf(right, environment);
  if (a === null || b === null) {
    return null;
  }
  if (operator === 'in') {
    return b.includes(a);
  }
  if (operator === 'not in') {
    return !b.includes(a);
  }
  if (VERSIONS.has(name)) {
    const answer =
      left.kind === 'name'
        ? satisfies(a, operator + b)
        : mirrored(a, operator, b);
    if (answer !== null) {
      return answer;
    }
  }
  switch (operator) {
    case '==':
    case '===':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    default:
      return null;
  }
}

/** `"3.8" <= python_version`: the version stands on the right. */
function mirrored(a: string, operator: string, b: string): boolean | null {
  const order = compareVersions(a, b);
  if (order === null) {
    return null;
  }
  switch (operator) {
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
    default:
      return null;
  }
}

function valueOf(
  operand: Operand,
  environment: Readonly<Record<string, string>> | null
): string | null {
  if (operand.kind === 'text') {
    return operand.value;
  }
  return environment?.[operand.value] ?? null;
}
