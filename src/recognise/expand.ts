/** What IPython does to a shell line or a magic's line before anything else: `{name}`, `$name`, `{{`, `$$`. */
import { field, fieldEnd, isWhole } from './literals';
import type { Scope } from './scope';
import { Source } from './source';
import { kernelPath } from './values';
import { matchAt } from './tokens';

const DOLLAR = /\$(\$?)([\w.]+)/y;

/**
 * The line with known plain names filled in and placeholders for expressions. A `$name` that Python does not know
 * stays: it is the shell's. (IPython leaves the whole line as it is when one field fails; here each counts alone,
 * because not every name of the kernel is known.)
 */
export function expand(line: Source, scope: Scope): Source {
  const { text } = line;
  if (!/[{}$]/.test(text)) {
    return line;
  }
  const pieces: Source[] = [];
  let from = 0;
  let at = 0;
  // IPython expands a "$name" when an even number of single quotes follows.
  let quotes = text.split("'").length - 1;
  const replace = (end: number, piece: Source): void => {
    pieces.push(line.slice(from, at), piece);
    from = at = end;
  };
  while (at < text.length) {
    const char = text[at];
    if ((char === '{' || char === '}') && text[at + 1] === char) {
      replace(at + 2, line.slice(at, at + 1));
    } else if (char === '{' && text[at - 1] !== '$') {
      const end = fieldEnd(text, at);
      const inner = text.slice(at + 1, end);
      if (end < 0 || inner.trim() === '' || /^\s[^]*;\s*$/.test(inner)) {
        // "{ pip install x; }" is a group of the shell: Python cannot evaluate it.
        at++;
      } else {
        const whole = isWhole(text, at, end + 1);
        replace(end + 1, field(line.slice(at + 1, end), scope, whole));
      }
    } else if (char === '$') {
      const match = matchAt(DOLLAR, text, at);
      const end = at + (match?.[0].length ?? 1);
      if (!match || quotes % 2 === 1) {
        at++;
      } else if (match[1]) {
        replace(end, line.slice(at + 1, end));
      } else {
        const value = known(line, at, end, scope);
        if (value) {
          replace(end, value);
        }
        at = end;
      }
    } else {
      quotes -= char === "'" ? 1 : 0;
      at++;
    }
  }
  pieces.push(line.slice(from, text.length));
  return Source.join(pieces);
}

function known(
  line: Source,
  at: number,
  end: number,
  scope: Scope
): Source | null {
  const name = line.text.slice(at + 1, end);
  if (!kernelPath(name) && !scope.lookup(name, line.start(at))) {
    return null;
  }
  const whole = isWhole(line.text, at, end);
  const { text } = field(line.slice(at + 1, end), scope, whole);
  return Source.inserted(text, line.start(at), line.end(end - 1));
}
