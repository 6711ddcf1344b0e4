/** The words of Python, as far as the recogniser needs them: strings, comments, names, brackets, line ends. */

export type TokenKind = 'name' | 'number' | 'string' | 'op' | 'newline';

export interface IToken {
  readonly kind: TokenKind;
  readonly text: string;
  /** Offsets in the text that was read. */
  readonly start: number;
  readonly end: number;
  /** Strings only: lower-case prefix (`f`, `rb`) and where the content stands. */
  readonly prefix: string;
  readonly bodyStart: number;
  readonly bodyEnd: number;
}

const SPACE = /[ \t\f\r]+/y;
const STRING = /([a-zA-Z]{0,2})('''|"""|'|")/y;
const NAME = /[\p{L}_][\p{L}\p{N}_]*/uy;
const NUMBER = /(?:\d|\.\d)[\w.]*/y;
const OPERATOR =
  /->|:=|\*\*=?|\/\/=?|<<=?|>>=?|\.\.\.|[=!<>+\-*/%&|^@]=|[^\s]/y;

/** Reads one pattern at an offset; null when it does not stand there. */
export function matchAt(
  pattern: RegExp,
  text: string,
  at: number
): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** The token at an offset, and where the next begins. Comments and continuations are skipped; null at the end. */
export function nextToken(text: string, from: number): IToken | null {
  let at = from;
  for (;;) {
    const space = matchAt(SPACE, text, at);
    at += space ? space[0].length : 0;
    if (at >= text.length) {
      return null;
    }
    if (text[at] === '#') {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
    } else if (text[at] === '\\' && /\r?\n/y.test(text.slice(at + 1, at + 3))) {
      at = text.indexOf('\n', at) + 1;
    } else {
      break;
    }
  }
  if (text[at] === '\n') {
    return token('newline', text, at, at + 1);
  }
  const quote = matchAt(STRING, text, at);
  if (quote && /^(?:[rbuft]|[rbft]{2})?$/i.test(quote[1])) {
    const bodyStart = at + quote[0].length;
    const bodyEnd = endOfString(text, bodyStart, quote[2]);
    const closed = text.startsWith(quote[2], bodyEnd) ? quote[2].length : 0;
    return {
      kind: 'string',
      text: text.slice(at, bodyEnd + closed),
      start: at,
      end: bodyEnd + closed,
      prefix: quote[1].toLowerCase(),
      bodyStart,
      bodyEnd
    };
  }
  const name = matchAt(NAME, text, at);
  if (name) {
    return token('name', text, at, at + name[0].length);
  }
  const number = matchAt(NUMBER, text, at);
  if (number) {
    return token('number', text, at, at + number[0].length);
  }
  const operator = matchAt(OPERATOR, text, at);
  return token('op', text, at, at + (operator?.[0].length ?? 1));
}

/** Where the content of a string ends: at its closing quotes, else at the line's or the text's end. */
function endOfString(text: string, from: number, quote: string): number {
  let at = from;
  while (at < text.length) {
    const char = text[at];
    if (char === '\\') {
      at += text[at + 1] === '\r' && text[at + 2] === '\n' ? 3 : 2;
    } else if (text.startsWith(quote, at)) {
      return at;
    } else if (char === '\n' && quote.length === 1) {
      return at;
    } else {
      at++;
    }
  }
  return text.length;
}

function token(
  kind: TokenKind,
  text: string,
  start: number,
  end: number
): IToken {
  return {
    kind,
    text: text.slice(start, end),
    start,
    end,
    prefix: '',
    bodyStart: start,
    bodyEnd: end
  };
}

/** Index of the bracket that closes the one at `open`; the last token when none does. */
export function closing(tokens: readonly IToken[], open: number): number {
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    const { text, kind } = tokens[i];
    if (kind === 'op' && '([{'.includes(text)) {
      depth++;
    } else if (kind === 'op' && ')]}'.includes(text) && --depth === 0) {
      return i;
    }
  }
  return tokens.length - 1;
}

/** The parts of a comma-separated list, without empty ones. */
export function split(
  tokens: readonly IToken[],
  separator: string
): IToken[][] {
  const parts: IToken[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'op' && '([{'.includes(token.text)) {
      depth++;
    } else if (token.kind === 'op' && ')]}'.includes(token.text)) {
      depth--;
    }
    if (depth === 0 && token.kind === 'op' && token.text === separator) {
      parts.push([]);
    } else {
      parts[parts.length - 1].push(token);
    }
  }
  return parts.filter(part => part.length > 0);
}
