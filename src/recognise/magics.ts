/** IPython's own lines and cells: `!…`, `%pip …`, `%%bash`, `%%capture`, `%%writefile`. */
import type { IMagicLine } from './cell';
import { expand } from './expand';
import { DEEPEST_SCRIPT, otherPython, runShell, type IRun } from './run';
import { Source } from './source';
import type { Form } from './types';
import { baseName } from './wrappers';

/** Reads a whole cell. */
export type ReadCell = (source: Source, run: IRun) => void;

/** Magics that run their line or their body as a cell of its own. */
const CELLS =
  /^(?:capture|time|timeit|prun|debug|memit|mprun|lprun|scalene|snakeviz|pyinstrument|wandb|notify|heat)$/;

/** Magics whose body is a script of a POSIX shell. */
const SHELLS = /^(?:bash|sh|zsh|dash|ksh|shell|system|sx|!|cmd)$/;

/** A line that IPython takes for itself. */
export function readMagicLine(
  { escape, line }: Pick<IMagicLine, 'escape' | 'line'>,
  run: IRun,
  readCell: ReadCell,
  form?: Form
): void {
  if (escape === '!' || escape === '!!') {
    runShell(expand(line, run.scope), form ?? 'bang', run);
    return;
  }
  const match = /^(\S+)(\s*)/.exec(line.text);
  if (!match) {
    return;
  }
  const rest = line.slice(match[0].length, line.text.length);
  const own = form ?? (escape === 'bare' ? 'automagic' : 'magic');
  const name = match[1];
  if (/^(?:pip|uv|conda|mamba|micromamba)$/.test(name)) {
    readPackaging(line, run, own);
  } else if (name === 'cd') {
    run.directory = changed(expand(rest, run.scope), run);
  } else if (/^(?:system|sx|shell|!)$/.test(name)) {
    runShell(expand(rest, run.scope), form ?? 'bang', run);
  } else if (CELLS.test(name) && run.depth < DEEPEST_SCRIPT) {
    // "%time !pip install x", "%timeit -n1 %pip …"
    const options = /^(?:-\w+(?:\s+\d+)?\s+)*/.exec(rest.text)?.[0].length ?? 0;
    run.depth++;
    readCell(rest.slice(options, rest.text.length), run);
    run.depth--;
  }
}

/** `%pip` runs `sys.executable -m pip` in a shell; `%conda` and `%uv` likewise act on the kernel's own environment. */
function readPackaging(line: Source, run: IRun, form: Form): void {
  const expanded = expand(line, run.scope);
  const at = line.start(0);
  const head = run.scope.hole('python', '{sys.executable}', at, at);
  const module = Source.inserted(' -m ', at, at);
  runShell(Source.join([head, module, expanded]), form, run);
}

function changed(to: Source, run: IRun): string {
  const text = to.text.trim().replace(/^(['"])(.*)\1$/, '$2');
  const shown = run.scope.holes.restore(text);
  const base = run.directory?.replace(/\/$/, '');
  return base === undefined || /^[/\\~{$]|^[A-Za-z]:/.test(shown)
    ? shown
    : `${base}/${shown}`;
}

/** A cell that begins with `%%name`. Unknown magics are left alone: their body is some other language. */
export function readCellMagic(
  magic: { name: string; line: Source; body: Source },
  run: IRun,
  readCell: ReadCell,
  form?: Form
): void {
  const { name, line, body } = magic;
  if (run.depth >= DEEPEST_SCRIPT) {
    return;
  }
  run.depth++;
  const words = line.text.trim();
  const program = name === 'script' ? programOf(words) : name;
  if (CELLS.test(name)) {
    if (/^(?:time|timeit)$/.test(name) && words !== '') {
      readCell(line, run);
    }
    readCell(body, run);
  } else if (SHELLS.test(program)) {
    const expands = program === 'system' || program === 'sx' || program === '!';
    const text = expands ? expand(body, run.scope) : body;
    runShell(text, form ?? 'cell-magic', run);
  } else if (/^(?:python|pypy)[\d.]*$/.test(program)) {
    const before = run.found.length;
    run.python(body, run, form ?? 'cell-magic');
    otherPython(run, before, { kind: 'path', command: program });
  }
  run.depth--;
}

/** The program of `%%script --bg --out log bash -e`; `%%script false` switches a cell off. */
function programOf(line: string): string {
  const words = line.split(/\s+/);
  let i = 0;
  while (words[i]?.startsWith('-')) {
    i += /^--(?:out|err|proc)$/.test(words[i]) ? 2 : 1;
  }
  while (/^(?:sudo|env|nohup|\w+=.*)$/.test(words[i] ?? '')) {
    i++;
  }
  return baseName(words[i] ?? '');
}
