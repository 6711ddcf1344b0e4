/** Calls of IPython's shell object, as notebooks exported to Python are full of. */
import { readCellMagic, readMagicLine, type ReadCell } from './magics';
import type { IRun } from './run';
import { Source } from './source';
import type { IToken } from './tokens';
import { asText, parseValue } from './values';

/** `get_ipython().system(…)`, `.run_line_magic(name, line)`, `.run_cell_magic(name, line, body)`. */
export function readIPython(
  name: string,
  positional: readonly (readonly IToken[])[],
  source: Source,
  run: IRun,
  readCell: ReadCell
): void {
  const dot = name.lastIndexOf('.');
  const method = name.slice(dot + 1);
  const receiver = dot < 0 ? '' : name.slice(0, dot);
  const shell = /^(?:_?ip|ipy|ipython|shell|self\.shell)$/i.test(receiver);
  const [first, second, third] = positional.map(part =>
    asText(parseValue(part, source, run.scope), run.scope)
  );
  const line = { escape: '!' as const, line: first };
  const empty = first.slice(0, 0);
  if (/^(?:system|getoutput|system_raw|system_piped)$/.test(method)) {
    if (shell || /_/.test(method)) {
      readMagicLine(line, run, readCell, 'ipython-call');
    }
  } else if (method === 'run_line_magic') {
    const space = Source.inserted(' ', first.start(0), first.start(0));
    const joined = Source.join([first, space, second ?? empty]);
    readMagicLine({ escape: '%', line: joined }, run, readCell, 'ipython-call');
  } else if (method === 'magic' && dot >= 0) {
    const bare = first.text.startsWith('%')
      ? first.slice(1, first.text.length)
      : first;
    readMagicLine({ escape: '%', line: bare }, run, readCell, 'ipython-call');
  } else if (method === 'run_cell_magic') {
    const magic = {
      name: first.text,
      line: second ?? empty,
      body: third ?? empty
    };
    // What stands in the body keeps its own form; the call is how it got there.
    const before = run.found.length;
    readCellMagic(magic, run, readCell, 'ipython-call');
    relabel(run, before);
  } else if (method === 'run_cell' && shell) {
    const before = run.found.length;
    readCell(first, run);
    relabel(run, before);
  }
}

function relabel(run: IRun, from: number): void {
  run.found = run.found.map((one, i) =>
    i < from ? one : { ...one, form: 'ipython-call' }
  );
}
