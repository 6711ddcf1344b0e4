/** Small functions of a cell that run a command, seen from their calls: `def install(p): …`, `install("x")`. */
import type { CellLine } from './cell';
import { type ICall } from './python';
import type { IRun } from './run';
import type { Source } from './source';
import { closing, split, type IToken } from './tokens';
import { parseValue, type Value } from './values';

/** A function defined in the cell. */
export interface IFunction {
  readonly name: string;
  readonly parameters: readonly IParameter[];
  readonly body: readonly CellLine[];
  /** Whether a call was followed into it and found a command there. */
  followed: boolean;
}

interface IParameter {
  readonly name: string;
  readonly fallback: readonly IToken[];
  /** `*names` takes all further arguments. */
  readonly rest: boolean;
}

/** The functions that a cell defines, by name. */
export function collectFunctions(
  lines: readonly CellLine[]
): Map<string, IFunction> {
  const functions = new Map<string, IFunction>();
  lines.forEach((line, i) => {
    if (line.kind !== 'python') {
      return;
    }
    const { tokens } = line;
    const at = tokens[0].text === 'async' ? 1 : 0;
    if (tokens[at]?.text !== 'def' || tokens[at + 2]?.text !== '(') {
      return;
    }
    const end = closing(tokens, at + 2);
    const colon = tokens.findIndex((one, k) => k > end && one.text === ':');
    const body: CellLine[] = [];
    if (colon > 0 && colon < tokens.length - 1) {
      body.push({ ...line, tokens: tokens.slice(colon + 1) });
    }
    for (
      let k = i + 1;
      k < lines.length && lines[k].indent > line.indent;
      k++
    ) {
      body.push(lines[k]);
    }
    const name = tokens[at + 1].text;
    functions.set(name, {
      name,
      parameters: split(tokens.slice(at + 3, end), ',').map(parameter),
      body,
      followed: false
    });
  });
  return functions;
}

function parameter(tokens: readonly IToken[]): IParameter {
  const rest = tokens[0].text === '*';
  const name = tokens[rest ? 1 : 0]?.text ?? '';
  const equals = tokens.findIndex(one => one.text === '=');
  return { name, rest, fallback: equals < 0 ? [] : tokens.slice(equals + 1) };
}

/** Calls followed from calls deeper than this are left alone. */
const DEEPEST_CALL = 3;
const MOST_CALLS = 200;

/** Reads the body of a function with the arguments of one of its calls. */
export function inline(
  known: IFunction,
  call: ICall,
  source: Source,
  run: IRun,
  read: (line: CellLine) => void
): void {
  if (run.depth >= DEEPEST_CALL || run.followed >= MOST_CALLS) {
    return;
  }
  run.followed++;
  const { scope, span, found } = run;
  const values = new Map<string, Value>();
  const given = split(call.args, ',');
  const positional = given.filter(part => part[1]?.text !== '=');
  known.parameters.forEach(({ name, rest, fallback }, i) => {
    const named = given.find(
      part => part[0].text === name && part[1]?.text === '='
    );
    if (rest) {
      const items = positional
        .slice(i)
        .map(part => parseValue(part, source, scope));
      values.set(name, { kind: 'list', items });
    } else {
      const tokens = named?.slice(2) ?? positional[i] ?? fallback;
      values.set(name, parseValue(tokens, source, scope));
    }
  });
  run.depth++;
  run.span = span ?? { start: call.start, end: call.end };
  run.found = [];
  scope.within(values, () => known.body.forEach(read));
  known.followed = known.followed || run.found.length > 0;
  run.found = [...found, ...run.found];
  run.span = span;
  run.depth--;
}
