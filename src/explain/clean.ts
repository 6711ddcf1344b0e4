/** Error texts as people paste them, and as kernels send them: made plain before they are compared. */

/** Longer texts lose their middle; the first error and the last one stand at the ends. In characters. */
const HEAD = 16_000;
const TAIL = 48_000;

/** Colours and cursor movements of terminals. */
// eslint-disable-next-line no-control-regex
const ANSI = /[\u001b\u009b](?:\[[0-9;?]{0,40}[A-Za-z]|[()][A-Z0-9]|[A-Z])?/g;

/** IPython's listing of source: `----> 3 import torch`, `      4 x = 1`. */
const LISTED = /^[ \t]*(?:-{2,8}>[ \t]*)?\d{1,6}(?:[ \t].*)?$/;

/** A frame as Python writes it; its source follows, further in. */
const FRAME = /^([ \t]*)File "[^"\n]{1,400}", line \d+/;

/** A line that only marks a place in the line above. */
const MARKER = /^[ \t]+[\^~]+[ \t]*$/;

/** The first and the last part of a long text. */
export function cap(text: string): string {
  return text.length > HEAD + TAIL
    ? `${text.slice(0, HEAD)}\n${text.slice(-TAIL)}`
    : text;
}

/**
 * The text without colours and source lines. A comment or a string in the user's code must not look like an error; the
 * frames and the messages stay.
 */
export function clean(text: string): string {
  const lines = cap(text)
    .replace(ANSI, '')
    .split(/\r?\n|\r/);
  const kept: string[] = [];
  let frame = -1;
  for (const line of lines) {
    const indent = /^[ \t]*/.exec(line)?.[0].length ?? 0;
    const source = frame >= 0 && indent > frame;
    frame = -1;
    if (source || LISTED.test(line) || MARKER.test(line)) {
      continue;
    }
    const found = FRAME.exec(line);
    if (found) {
      frame = found[1].length;
    }
    kept.push(line);
  }
  return kept.join('\n');
}

/** A place in an installed package: the folder below site-packages. */
const PLACE = /(?:site|dist)-packages[\\/]([A-Za-z0-9_]{1,80})/;

/** A line that is a frame of a traceback, in any of the forms that Python and IPython use. */
const FRAME_LINE =
  /^[ \t]*(?:(?:File[ \t]|\[?[~/\\]|\[?[A-Za-z]:[\\/]).{0,600}?(?:", line \d|:\d+\b|[ \t]in[ \t])|Cell In ?\[|Input In ?\[|<ipython-input-)/;

/** A place in Python's own library, or none: it only passes on what others do. */
const STANDARD =
  /[\\/]lib(?:64)?[\\/]python\d\.\d+[\\/]|<frozen |\.pyx\b|\\lib\\(?:importlib|ctypes|runpy)/i;

/**
 * The frames of a cleaned text, the innermost first: the import name of an installed package, or null for code that lies
 * elsewhere, such as a cell. Python's own library is left out.
 */
export function framesIn(text: string): (string | null)[] {
  const found: (string | null)[] = [];
  for (const line of text.split('\n')) {
    if (!FRAME_LINE.test(line)) {
      continue;
    }
    const name = PLACE.exec(line)?.[1];
    if (name || !STANDARD.test(line)) {
      found.push(name ?? null);
    }
  }
  return found.reverse();
}
