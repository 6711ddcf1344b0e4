/** Splits a cell into what IPython would run: its own lines (`!…`, `%…`), and logical lines of Python. */
import { Source } from './source';
import { matchAt, nextToken, type IToken } from './tokens';

/** A line for IPython, without its `!`, `!!` or `%`. */
export interface IMagicLine {
  readonly kind: 'magic';
  readonly escape: '!' | '!!' | '%' | 'bare';
  readonly line: Source;
  /** Columns in front of it. */
  readonly indent: number;
}

/** A logical line of Python. */
export interface IPythonLine {
  readonly kind: 'python';
  readonly tokens: readonly IToken[];
  readonly indent: number;
}

export type CellLine = IMagicLine | IPythonLine;

const INDENT = /[ \t\f]*/y;
/** IPython's automagic: these words run as `%word`, unless the line is Python. */
const BARE =
  /(?:pip|conda|mamba|micromamba|uv|cd)[ \t]+(?!(?:in|is|if|and|or|not|for|as)\b)[\w.\-"'~/$]/y;
const CLASSIC = /^[ \t]*(?:>>>|\.\.\.)(?: |$)/gm;
const NUMBERED = /^(?:In \[\d+\]: |[ \t]*\.{3,}: ?)/gm;

/** The cell with copied prompts (`>>> `, `In [1]: `) blanked out, as IPython strips them; same length. */
export function withoutPrompts(cell: string): string {
  const first = /^\s*(?:(>>>)(?: |$)|(In \[\d+\]: ))/m.exec(cell);
  if (!first || cell.slice(0, first.index).trim() !== '') {
    return cell;
  }
  return cell.replace(first[1] ? CLASSIC : NUMBERED, text =>
    ' '.repeat(text.length)
  );
}

/** The name, line and body of a cell that begins with `%%`; null for any other cell. */
export function cellMagic(
  source: Source
): { name: string; line: Source; body: Source } | null {
  const { text } = source;
  const match = /^(?:[ \t\r]*\n)*[ \t]*%%(\S*)([^\n]*)/.exec(text);
  if (!match) {
    return null;
  }
  const end = match[0].length;
  return {
    // "%%bash?" shows help; no magic has such a name.
    name: match[1],
    line: source.slice(end - match[2].length, end),
    body: source.slice(Math.min(end + 1, text.length), text.length)
  };
}

/**
 * The lines of a cell (not one that begins with `%%`), in order. Blocks under `if False:` are left out.
 * Special lines count only where a statement begins: not in a string, a bracket or after a backslash.
 */
export function splitCell(source: Source, automagic: boolean): CellLine[] {
  const { text } = source;
  const lines: CellLine[] = [];
  let dead = Infinity;
  let at = 0;
  while (at < text.length) {
    const indent = matchAt(INDENT, text, at)?.[0].length ?? 0;
    const read = readLine(source, at + indent, indent, automagic);
    at = read.next;
    if (!read.line) {
      continue;
    }
    if (indent <= dead) {
      dead = neverRuns(read.line) ? indent : Infinity;
    }
    if (dead === Infinity) {
      lines.push(read.line);
    }
  }
  return lines;
}

function readLine(
  source: Source,
  at: number,
  indent: number,
  automagic: boolean
): { line: CellLine | null; next: number } {
  const { text } = source;
  if (text[at] === '!' || text[at] === '%') {
    const escape = text.startsWith('!!', at) ? '!!' : (text[at] as '!' | '%');
    return magicLine(source, at + escape.length, escape, indent);
  }
  if (automagic && matchAt(BARE, text, at)) {
    return magicLine(source, at, 'bare', indent);
  }
  return pythonLine(source, at, indent);
}

/** A line for IPython with its continuations joined by a space, as IPython does. */
function magicLine(
  source: Source,
  from: number,
  escape: IMagicLine['escape'],
  indent: number
): { line: IMagicLine | null; next: number } {
  const { text } = source;
  const pieces: Source[] = [];
  let at = from;
  for (;;) {
    const found = text.indexOf('\n', at);
    const end = found < 0 ? text.length : found;
    const stop = text[end - 1] === '\r' ? end - 1 : end;
    if (found < 0 || text[stop - 1] !== '\\' || stop - 1 < at) {
      pieces.push(source.slice(at, stop));
      at = end + 1;
      break;
    }
    const joint = source.start(stop - 1);
    pieces.push(source.slice(at, stop - 1));
    pieces.push(Source.inserted(' ', joint, joint + 1));
    at = end + 1;
  }
  const line = Source.join(pieces);
  // "%pip install?" and "!pip install x?" ask for help; IPython runs nothing.
  const help = /[\w*\]]\?\??\s*$/.test(line.text) && !line.text.includes('#');
  return {
    line: help ? null : { kind: 'magic', escape, line, indent },
    next: at
  };
}

/** Tokens up to the end of the logical line, or the magic that the line assigns (`x = !pip …`). */
function pythonLine(
  source: Source,
  from: number,
  indent: number
): { line: CellLine | null; next: number } {
  const { text } = source;
  const tokens: IToken[] = [];
  let depth = 0;
  let assigned = false;
  let at = from;
  for (;;) {
    const token = nextToken(text, at);
    if (!token) {
      at = text.length;
      break;
    }
    at = token.end;
    if (token.kind === 'newline') {
      if (depth === 0) {
        break;
      }
      continue;
    }
    tokens.push(token);
    if (token.kind !== 'op') {
      continue;
    }
    if ('([{'.includes(token.text)) {
      depth++;
    } else if (')]}'.includes(token.text)) {
      depth = Math.max(0, depth - 1);
    } else if (token.text === '=' && depth === 0 && !assigned) {
      // Only the first assignment of a line counts for IPython.
      assigned = true;
      const magic = matchAt(/[ \t]*(!!?|%(?=[A-Za-z]))/y, text, at);
      if (magic) {
        const escape = magic[1] as '!' | '!!' | '%';
        return magicLine(source, at + magic[0].length, escape, indent);
      }
    }
  }
  return {
    line: tokens.length > 0 ? { kind: 'python', tokens, indent } : null,
    next: at
  };
}

/** `if False:` and `if 0:`: a switched-off block. */
function neverRuns(line: CellLine): boolean {
  return (
    line.kind === 'python' &&
    line.tokens.length === 3 &&
    /^(?:if|while)$/.test(line.tokens[0].text) &&
    /^(?:False|0|None)$/.test(line.tokens[1].text) &&
    line.tokens[2].text === ':'
  );
}
