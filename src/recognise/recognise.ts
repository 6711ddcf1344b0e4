/** From the text of a cell to the package manager commands in it. */
import { cellMagic, splitCell, withoutPrompts, type CellLine } from './cell';
import { collectFunctions, inline, type IFunction } from './functions';
import { readCellMagic, readMagicLine } from './magics';
import { mayChangePackages } from './prescan';
import { callsOf, mayRun, readCall } from './python';
import type { IRun } from './run';
import { Scope } from './scope';
import { Holes, Source } from './source';
import type { Form, IInstallRequest, IRecogniseContext } from './types';

/**
 * The commands of a cell that change packages, in the order of the text; empty for a cell that installs nothing.
 * Reads only: nothing is evaluated, looked up or run. Never throws.
 */
export function recognise(
  cell: string,
  context: IRecogniseContext = {}
): IInstallRequest[] {
  if (!mayChangePackages(cell)) {
    return [];
  }
  const run: IRun = {
    scope: new Scope(context.names),
    automagic: context.automagic ?? true,
    found: [],
    directory: null,
    lost: false,
    made: new Set(),
    span: null,
    depth: 0,
    followed: 0,
    python: readPython
  };
  const text = withoutPrompts(Holes.clean(cell));
  readCell(Source.plain(text, 0), run);
  return run.found;
}

function readCell(source: Source, run: IRun): void {
  const magic = cellMagic(source);
  if (magic) {
    readCellMagic(magic, run, readCell);
    return;
  }
  readLines(splitCell(source, run.automagic), source, run, 'python-call');
}

/** Python without IPython: `python -c`, `%%python`. */
function readPython(source: Source, run: IRun, form: Form): void {
  const lines = splitCell(source, false);
  const plain = lines.filter(line => line.kind === 'python');
  readLines(plain, source, run, form);
}

function readLines(
  lines: readonly CellLine[],
  source: Source,
  run: IRun,
  form: Form
): void {
  run.scope.learn(lines, source);
  const functions = collectFunctions(lines);
  const read = (line: CellLine): void => {
    if (line.kind === 'magic') {
      readMagicLine(line, run, readCell);
      return;
    }
    const wanted = (name: string): boolean =>
      functions.has(name) || mayRun(name, run);
    for (const call of callsOf(line.tokens, source, wanted)) {
      const known = functions.get(call.name);
      if (known) {
        inline(known, call, source, run, read);
      } else {
        readCall(call, source, run, readCell, form);
      }
    }
  };
  const bodies = new Map<CellLine, IFunction>();
  for (const known of functions.values()) {
    known.body.forEach(line => bodies.set(line, known));
  }
  const own = new Map<IInstallRequest, IFunction>();
  for (const line of lines) {
    const before = run.found.length;
    read(line);
    const owner = bodies.get(line);
    if (owner) {
      run.found.slice(before).forEach(one => own.set(one, owner));
    }
  }
  // The body of a function says less than the calls that were followed into it.
  run.found = run.found.filter(one => {
    const owner = own.get(one);
    return !owner?.followed || one.unknowns.length === 0;
  });
}
