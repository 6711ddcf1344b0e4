/** Words of a POSIX shell: quotes, escapes, `$name`, `$(command)`. */
import { isWhole } from './literals';
import type { Scope } from './scope';
import { Source } from './source';
import { matchAt } from './tokens';

/** One word as the command receives it. */
export interface IWord {
  /** Quotes removed, placeholders for what is unknown. */
  readonly source: Source;
  /** As written. */
  readonly raw: string;
  /** Whether any part of it is quoted. */
  readonly quoted: boolean;
  /** Cell offset of its first character, quote included. */
  readonly start: number;
}

/** Variables that a script has set: a text, the values of a loop in turn, null when more than the text decides. */
export type Variables = Map<string, string | readonly string[] | null>;

const VARIABLE =
  /\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\}|\{[^}\n]*\}|[\d@*#?$!-])/y;
const PLAIN = /[\w./:=@%+,~-]+/y;
const QUOTED = /[^"\\$`]+/y;
/** `C:\` and `.\`: a path of Windows, where a backslash is no escape. */
const WINDOWS = /^(?:[A-Za-z]:|\.{1,2}$|\.{1,2}\\)/;

/** Reads words at a moving offset. */
export abstract class WordReader {
  protected at = 0;
  protected readonly text: string;

  constructor(
    protected readonly source: Source,
    protected readonly scope: Scope,
    protected readonly variables: Variables
  ) {
    this.text = source.text;
  }

  /** The commands of a substitution run as well. */
  protected abstract inner(source: Source): void;

  /** The word at the offset; null when none begins here. */
  protected readWord(): IWord | null {
    const { text, source } = this;
    const from = this.at;
    const pieces: Source[] = [];
    let quoted = false;
    const take = (width: number): void => {
      pieces.push(source.slice(this.at, this.at + width));
      this.at += width;
    };
    while (this.at < text.length) {
      const char = text[this.at];
      const next = text[this.at + 1];
      if (/[\s;&|()]/.test(char)) {
        break;
      }
      if (char === '<' || char === '>') {
        if (next !== '(') {
          break;
        }
        pieces.push(this.substitution(this.at + 2, ')'));
      } else if (char === '\\' && WINDOWS.test(text.slice(from, this.at))) {
        take(1);
      } else if (char === '\\') {
        quoted = true;
        this.at++;
        if (next === '\n') {
          this.at++;
        } else if (this.at < text.length) {
          take(1);
        }
      } else if (char === "'") {
        quoted = true;
        const end = endOf(text, this.at + 1, "'");
        pieces.push(source.slice(this.at + 1, end));
        this.at = end + 1;
      } else if (char === '"') {
        quoted = true;
        this.doubleQuoted(pieces);
      } else if (char === '$' && next === "'") {
        this.at++;
      } else {
        const piece = char === '$' || char === '`' ? this.dollar() : null;
        if (piece) {
          pieces.push(piece);
        } else {
          take(matchAt(PLAIN, text, this.at)?.[0].length ?? 1);
        }
      }
    }
    this.at = Math.min(this.at, text.length);
    return this.at > from
      ? {
          source: Source.join(pieces),
          raw: text.slice(from, this.at),
          quoted,
          start: source.start(from)
        }
      : null;
  }

  private doubleQuoted(pieces: Source[]): void {
    const { text, source } = this;
    this.at++;
    while (this.at < text.length && text[this.at] !== '"') {
      const char = text[this.at];
      const next = text[this.at + 1] ?? '';
      if (char === '\\' && /[$`"\\\n]/.test(next)) {
        if (next !== '\n') {
          pieces.push(source.slice(this.at + 1, this.at + 2));
        }
        this.at += 2;
        continue;
      }
      const piece = char === '$' || char === '`' ? this.dollar() : null;
      if (piece) {
        pieces.push(piece);
      } else {
        const plain = matchAt(QUOTED, text, this.at)?.[0].length ?? 1;
        pieces.push(source.slice(this.at, this.at + plain));
        this.at += plain;
      }
    }
    this.at++;
  }

  /** `$name`, `${name}`, `$(command)`, `` `command` ``; null when the sign stands for itself. */
  private dollar(): Source | null {
    const { text, source } = this;
    if (text[this.at] === '`') {
      return this.substitution(this.at + 1, '`');
    }
    if (text[this.at + 1] === '(') {
      return this.substitution(this.at + 2, ')');
    }
    const match = matchAt(VARIABLE, text, this.at);
    if (!match) {
      return null;
    }
    const from = this.at;
    const start = source.start(from);
    this.at += match[0].length;
    const end = source.end(this.at - 1);
    const value = this.variables.get(match[1] ?? match[2] ?? '');
    if (typeof value === 'string') {
      return Source.inserted(value, start, end);
    }
    // A loop's values in turn amount to all of them, where the variable is the whole word.
    return value && isWhole(text, from, this.at)
      ? Source.inserted(value.join(' '), start, end)
      : this.scope.hole('variable', match[0], start, end);
  }

  /** A command whose output stands here: the commands in it run, its text is unknown. */
  private substitution(from: number, close: string): Source {
    const { text, source } = this;
    const begin = this.at;
    const end =
      close === ')' ? closingParenthesis(text, from) : endOf(text, from, close);
    if (text[from] !== '(') {
      this.inner(source.slice(from, end));
    }
    this.at = Math.min(end + 1, text.length);
    const shown = this.scope.holes.restore(text.slice(begin, this.at));
    return this.scope.hole(
      'substitution',
      shown,
      source.start(begin),
      source.end(this.at - 1)
    );
  }
}

function endOf(text: string, from: number, close: string): number {
  const end = text.indexOf(close, from);
  return end < 0 ? text.length : end;
}

/** The parenthesis that ends a substitution; quotes inside are respected. */
function closingParenthesis(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    const char = text[at];
    if (char === '\\') {
      at++;
    } else if (char === "'" || char === '"') {
      at = endOf(text, at + 1, char);
    } else if (char === '(') {
      depth++;
    } else if (char === ')' && --depth === 0) {
      return at;
    }
  }
  return text.length;
}
