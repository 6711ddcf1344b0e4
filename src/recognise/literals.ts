/** The content of Python's string literals: escapes undone, fields of f-strings filled in. */
import type { Scope } from './scope';
import { Source } from './source';
import { nextToken, type IToken } from './tokens';
import { asText, parseValue } from './values';

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\n': ''
};

/** The content of a string literal, with the offsets of its characters. */
export function decode(token: IToken, source: Source, scope: Scope): Source {
  const body = source.slice(token.bodyStart, token.bodyEnd);
  const { text } = body;
  const raw = token.prefix.includes('r');
  const formatted = token.prefix.includes('f');
  if ((raw || !text.includes('\\')) && !(formatted && /[{}]/.test(text))) {
    return body;
  }
  const pieces: Source[] = [];
  let from = 0;
  let at = 0;
  while (at < text.length) {
    const char = text[at];
    if (char === '\\' && !raw) {
      pieces.push(body.slice(from, at));
      const width = text[at + 1] === '\r' ? 3 : 2;
      const next = text[at + width - 1] ?? '';
      const plain = /^[\\'"]$/.test(next) ? next : ESCAPES[next];
      const shown = plain ?? text.slice(at, at + 2);
      pieces.push(Source.inserted(shown, body.start(at), body.end(at + 1)));
      at += width;
      from = at;
    } else if (formatted && (char === '{' || char === '}')) {
      pieces.push(body.slice(from, at));
      const end = text[at + 1] === char ? -1 : fieldEnd(text, at);
      if (end < 0) {
        pieces.push(body.slice(at, at + 1));
        at += text[at + 1] === char ? 2 : 1;
      } else {
        const whole = isWhole(text, at, end + 1);
        pieces.push(field(body.slice(at + 1, end), scope, whole));
        at = end + 1;
      }
      from = at;
    } else {
      at++;
    }
  }
  pieces.push(body.slice(from, text.length));
  return Source.join(pieces);
}

/** Longer fields are no fields; keeps text full of open braces from being read again and again. */
const LONGEST_FIELD = 400;

/** Offset of the `}` that ends the field opened at `open`; -1 when none does on this line. */
export function fieldEnd(text: string, open: number): number {
  const part = text.slice(open, open + LONGEST_FIELD);
  let depth = 0;
  for (let at = 0; at < part.length;) {
    const char = part[at];
    if (char === '\n') {
      return -1;
    }
    if (char === '"' || char === "'") {
      at = nextToken(part, at)?.end ?? part.length;
      continue;
    }
    if ('([{'.includes(char)) {
      depth++;
    } else if (')]}'.includes(char) && --depth <= 0) {
      return char === '}' ? open + at : -1;
    }
    at++;
  }
  return -1;
}

/**
 * What stands between the braces of a field: a known name's value, else a placeholder. A list of several counts only
 * where the field is a `whole` word; IPython would insert Python's own spelling of it, which pip refuses.
 */
export function field(inner: Source, scope: Scope, whole: boolean): Source {
  const tokens: IToken[] = [];
  let at = 0;
  for (;;) {
    const token = nextToken(inner.text, at);
    if (!token) {
      break;
    }
    tokens.push(token);
    at = token.end;
  }
  const start = inner.start(0);
  const end = inner.end(Math.max(inner.text.length - 1, 0));
  const shown = `{${scope.holes.restore(inner.text)}}`;
  const value = parseValue(tokens, inner, scope, 1);
  if (value.kind === 'unknown') {
    return scope.hole(value.why, shown, Math.max(start - 1, 0), end + 1);
  }
  if (value.kind === 'list' && value.items.length > 1 && !whole) {
    return scope.hole('variable', shown, Math.max(start - 1, 0), end + 1);
  }
  const { text } = asText(value, scope);
  return Source.inserted(text, Math.max(start - 1, 0), end + 1);
}

/** Whether a range of a text is a word of its own. */
export function isWhole(text: string, from: number, to: number): boolean {
  const edge = /^[\s'"]?$/;
  return edge.test(text[from - 1] ?? '') && edge.test(text[to] ?? '');
}
