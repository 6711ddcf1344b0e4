/** Reads what a Python expression is when its text already tells: literals, joins of literals, known names. */
import { decode } from './literals';
import type { Scope } from './scope';
import { LONGEST, Source } from './source';
import { closing, split, type IToken } from './tokens';

/** A value, or the reason why there is none. */
export type Value =
  | { readonly kind: 'text'; readonly source: Source }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | {
      readonly kind: 'unknown';
      /** The expression as written. */
      readonly source: Source;
      readonly why: 'expression' | 'variable';
    };

/** Brackets within brackets deeper than this are not read: nobody writes a command so. */
const DEEPEST = 12;

/** The value of an expression given as tokens of `source`. Never evaluates anything. */
export function parseValue(
  tokens: readonly IToken[],
  source: Source,
  scope: Scope,
  depth = 0
): Value {
  if (tokens.length === 0 || depth > DEEPEST) {
    return unknown(tokens, source, 'expression');
  }
  const terms = split(tokens, '+');
  const values = terms.map(term => parseTerm(term, source, scope, depth));
  if (values.length === 1) {
    return values[0];
  }
  if (values.some(value => value.kind === 'list')) {
    const items = values.flatMap(value =>
      value.kind === 'list' ? value.items : [value]
    );
    if (items.length > LONGEST) {
      return unknown(tokens, source, 'expression');
    }
    return { kind: 'list', items };
  }
  // A text with unknown parts is still useful: "pip install " + name.
  if (values.some(value => value.kind === 'text')) {
    const pieces = values.map(value => asText(value, scope));
    const length = pieces.reduce((sum, one) => sum + one.text.length, 0);
    if (length > LONGEST) {
      return unknown(tokens, source, 'expression');
    }
    return { kind: 'text', source: Source.join(pieces) };
  }
  return unknown(tokens, source, 'expression');
}

/** A value as text; what is unknown becomes a placeholder, a list its words. */
export function asText(value: Value, scope: Scope): Source {
  if (value.kind === 'text') {
    return value.source;
  }
  if (value.kind === 'list') {
    const pieces = value.items.flatMap((item, i) => {
      const text = asText(item, scope);
      const at = text.start(0);
      return i > 0 ? [Source.inserted(' ', at, at), text] : [text];
    });
    return pieces.length > 0 ? Source.join(pieces) : Source.plain('', 0);
  }
  const { source } = value;
  const last = Math.max(source.text.length - 1, 0);
  return scope.hole(
    value.why,
    scope.holes.restore(source.text),
    source.start(0),
    source.end(last)
  );
}

function parseTerm(
  tokens: readonly IToken[],
  source: Source,
  scope: Scope,
  depth: number
): Value {
  const [first] = tokens;
  if (first.text === 'await') {
    return unknown(tokens, source, 'expression');
  }
  if (first.kind === 'string') {
    return parseText(tokens, source, scope, depth);
  }
  if (first.text === '[' || first.text === '(') {
    const end = closing(tokens, 0);
    const inner = tokens.slice(1, end);
    const tail = tokens.slice(end + 1);
    if (tail.length > 0 || inner.some(one => one.text === 'for')) {
      return unknown(tokens, source, 'expression');
    }
    const parts = split(inner, ',');
    if (first.text === '(' && parts.length === 1 && !endsWithComma(inner)) {
      return parseValue(parts[0], source, scope, depth + 1);
    }
    const items = parts.flatMap(part => item(part, source, scope, depth));
    return { kind: 'list', items };
  }
  if (first.kind === 'number' && tokens.length === 1) {
    return { kind: 'text', source: slice(tokens, source) };
  }
  const known = CALLS.get(dotted(tokens));
  if (known && tokens[tokens.length - 1].text === ')') {
    const open = tokens.findIndex(one => one.text === '(');
    if (closing(tokens, open) === tokens.length - 1) {
      const inner = split(tokens.slice(open + 1, -1), ',')[0] ?? [];
      const value = parseValue(inner, source, scope, depth + 1);
      return known === 'split' ? words(value, scope) : value;
    }
  }
  return parseName(tokens, source, scope);
}

/** Functions whose result the text tells: `shlex.split("…")`, `str(x)`, `list(x)`. */
const CALLS = new Map<string, 'split' | 'same'>([
  ['shlex.split', 'split'],
  ['split', 'split'],
  ['str', 'same'],
  ['list', 'same'],
  ['tuple', 'same'],
  ['shlex.quote', 'same']
]);

/** The dotted name in front of the first bracket. */
function dotted(tokens: readonly IToken[]): string {
  const open = tokens.findIndex(one => one.text === '(');
  return open < 0
    ? ''
    : tokens
        .slice(0, open)
        .map(one => one.text)
        .join('');
}

function parseName(
  tokens: readonly IToken[],
  source: Source,
  scope: Scope
): Value {
  const text = tokens.map(one => one.text).join('');
  const range = slice(tokens, source);
  const at = range.start(0);
  const special = kernelPath(text);
  if (special) {
    const end = range.end(range.text.length - 1);
    return { kind: 'text', source: scope.hole(special, `{${text}}`, at, end) };
  }
  if (tokens.length === 1 && tokens[0].kind === 'name') {
    return scope.lookup(text, at) ?? unknown(tokens, source, 'variable');
  }
  return unknown(tokens, source, 'expression');
}

/** Expressions that name the kernel's own interpreter or prefix. */
export function kernelPath(text: string): 'python' | 'prefix' | null {
  const bare = text.replace(/\s+/g, '');
  if (/^(?:str\()?(?:sys\.)?(?:_base_)?executable\)?$/.test(bare)) {
    return 'python';
  }
  if (
    /^(?:sys\.(?:exec_)?prefix|os\.path\.dirname\(sys\.executable\))$/.test(
      bare
    )
  ) {
    return 'prefix';
  }
  return null;
}

function item(
  part: readonly IToken[],
  source: Source,
  scope: Scope,
  depth: number
): readonly Value[] {
  const splat = part[0].text === '*';
  const value = parseValue(
    splat ? part.slice(1) : part,
    source,
    scope,
    depth + 1
  );
  // A list where one word stands is a loop's variable: each of its values in turn.
  return value.kind === 'list' ? value.items : [value];
}

/** String literals side by side, and what follows them. */
function parseText(
  tokens: readonly IToken[],
  source: Source,
  scope: Scope,
  depth: number
): Value {
  let count = 0;
  while (tokens[count]?.kind === 'string') {
    count++;
  }
  const pieces = tokens
    .slice(0, count)
    .map(token => decode(token, source, scope));
  const text = pieces.length === 1 ? pieces[0] : Source.join(pieces);
  const value: Value = { kind: 'text', source: text };
  const tail = tokens.slice(count);
  if (tail.length === 0) {
    return value;
  }
  const method = tail[0].text === '.' ? tail[1]?.text : tail[0].text;
  const end = tail[2] ? closing(tail, 2) : 0;
  if (method === 'split' && end === tail.length - 1) {
    return words(value, scope);
  }
  if (method === 'strip' && end === tail.length - 1) {
    return value;
  }
  if (method === 'join' && end === tail.length - 1) {
    const list = parseValue(tail.slice(3, -1), source, scope, depth + 1);
    if (list.kind === 'list' && text.text.trim() === '') {
      return { kind: 'text', source: asText(list, scope) };
    }
  }
  if (method === '%' || (method === 'format' && end === tail.length - 1)) {
    return { kind: 'text', source: format(text, tail, method, source, scope) };
  }
  return unknown(tokens, source, 'expression');
}

/** `"… %s" % x` and `"… {}".format(x)`: the fields in order. */
function format(
  text: Source,
  tail: readonly IToken[],
  method: string,
  source: Source,
  scope: Scope
): Source {
  const given = method === '%' ? tail.slice(1) : tail.slice(3, -1);
  const open = method === '%' && given[0]?.text === '(';
  const inner = open ? given.slice(1, closing(given, 0)) : given;
  const values = split(inner, ',').map(part =>
    parseValue(part, source, scope, 1)
  );
  const pattern = method === '%' ? /%[sdr]/g : /\{\d*\}|\{\w+\}/g;
  const pieces: Source[] = [];
  let at = 0;
  let next = 0;
  for (const match of text.text.matchAll(pattern)) {
    const from = match.index ?? 0;
    pieces.push(text.slice(at, from));
    const position = /\{(\d+)\}/.exec(match[0]);
    const named = /\{([A-Za-z_]\w*)\}/.exec(match[0]);
    const value = named
      ? undefined
      : values[position ? Number(position[1]) : next++];
    pieces.push(
      value
        ? asText(value, scope)
        : scope.hole('expression', match[0], text.start(from), text.end(from))
    );
    at = from + match[0].length;
  }
  pieces.push(text.slice(at, text.text.length));
  return Source.join(pieces);
}

/** A text as its words, split at white space. */
function words(value: Value, scope: Scope): Value {
  if (value.kind !== 'text') {
    return value;
  }
  const items: Value[] = [];
  for (const match of value.source.text.matchAll(/'[^']*'|"[^"]*"|\S+/g)) {
    const from = match.index ?? 0;
    const quoted = /^['"]/.test(match[0]) ? 1 : 0;
    const to = from + match[0].length - quoted;
    items.push({ kind: 'text', source: value.source.slice(from + quoted, to) });
  }
  return { kind: 'list', items };
}

function endsWithComma(tokens: readonly IToken[]): boolean {
  return tokens[tokens.length - 1]?.text === ',';
}

function slice(tokens: readonly IToken[], source: Source): Source {
  return tokens.length > 0
    ? source.slice(tokens[0].start, tokens[tokens.length - 1].end)
    : source.slice(0, 0);
}

function unknown(
  tokens: readonly IToken[],
  source: Source,
  why: 'expression' | 'variable'
): Value {
  return { kind: 'unknown', source: slice(tokens, source), why };
}
