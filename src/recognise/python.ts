/** Python calls that run a command: `os.system`, `subprocess.run`, `pip.main`, `get_ipython().system`. */
import { readIPython } from './ipython';
import type { ReadCell } from './magics';
import { runShell, runWords, type IRun } from './run';
import type { IWord } from './words';
import { Source } from './source';
import { closing, split, type IToken } from './tokens';
import type { Form } from './types';
import { asText, parseValue, type Value } from './values';

/** A call: the dotted name in front, the tokens between the brackets. */
export interface ICall {
  readonly name: string;
  readonly args: readonly IToken[];
  /** Cell offsets of the whole call. */
  readonly start: number;
  readonly end: number;
}

const SHELL_CALLS =
  /^(?:os\.(?:system|popen)|(?:subprocess|commands)\.get(?:status)?output|asyncio\.create_subprocess_shell|(?:asyncio\.)?subprocess\.create_subprocess_shell)$/;
const ARGUMENT_CALLS =
  /^(?:subprocess\.(?:run|call|check_call|check_output|Popen)|asyncio\.create_subprocess_exec)$/;
const PIP_CALLS =
  /^(?:pip\.main|pip\._internal\.(?:cli\.)?main(?:\.main)?|pip_?main)$/;
const CONDA_CALLS = /^condacolab\.install\w*$/;

/** Names that earlier cells usually import by themselves. */
const USUAL: Readonly<Record<string, string>> = {
  sp: 'subprocess',
  run: 'subprocess.run',
  call: 'subprocess.call',
  check_call: 'subprocess.check_call',
  check_output: 'subprocess.check_output',
  Popen: 'subprocess.Popen',
  getoutput: 'subprocess.getoutput',
  getstatusoutput: 'subprocess.getstatusoutput',
  system: 'os.system',
  popen: 'os.popen'
};

/** More words than a command in brackets ever has; keeps broken text from being read again and again. */
const MOST_TOKENS = 2000;

/** The wanted calls in a line, in the order of their brackets. */
export function callsOf(
  tokens: readonly IToken[],
  source: Source,
  wanted: (name: string) => boolean
): ICall[] {
  const calls: ICall[] = [];
  for (let open = 1; open < tokens.length; open++) {
    if (tokens[open].text !== '(' || tokens[open - 1].kind !== 'name') {
      continue;
    }
    let first = open - 1;
    while (
      first >= 2 &&
      tokens[first - 1].text === '.' &&
      tokens[first - 2].kind === 'name'
    ) {
      first -= 2;
    }
    if (tokens[first - 1]?.text === 'def') {
      continue;
    }
    let name = tokens
      .slice(first, open)
      .map(token => token.text)
      .join('');
    if (tokens[first - 1]?.text === '.') {
      const shell =
        tokens[first - 2]?.text === ')' &&
        tokens[first - 4]?.text === 'get_ipython';
      name = `${shell ? 'ipython' : '?'}.${name}`;
      first = shell ? first - 4 : first;
    }
    if (!wanted(name)) {
      continue;
    }
    const rest = tokens.slice(open, open + MOST_TOKENS);
    const end = closing(rest, 0);
    calls.push({
      name,
      args: rest.slice(1, end),
      start: source.start(tokens[first].start),
      end: source.end(rest[end].end - 1)
    });
  }
  return calls;
}

/** Methods of IPython's shell object that run something. */
const IPYTHON_CALLS =
  /\.(?:system|getoutput|system_raw|system_piped|run_line_magic|run_cell_magic|magic|run_cell)$/;

/** Whether a call by this name may run a command. */
export function mayRun(called: string, run: IRun): boolean {
  const name = fullName(called, run);
  return [
    SHELL_CALLS,
    ARGUMENT_CALLS,
    PIP_CALLS,
    CONDA_CALLS,
    IPYTHON_CALLS,
    /^(?:os\.chdir|run_(?:line|cell)_magic)$/
  ].some(pattern => pattern.test(name));
}

/** The name with the imports of this cell, and the usual ones of earlier cells, undone. */
function fullName(called: string, { scope }: IRun): string {
  const canonical = scope.canonical(called);
  const head = /^\w*/.exec(called)?.[0] ?? '';
  const usual = Object.prototype.hasOwnProperty.call(USUAL, head)
    ? USUAL[head]
    : undefined;
  return canonical === called && usual !== undefined && !scope.defines(head)
    ? usual + called.slice(head.length)
    : canonical;
}

/** Reads one call; what is no known way to run a command is left alone. */
export function readCall(
  call: ICall,
  source: Source,
  run: IRun,
  readCell: ReadCell,
  form: Form
): void {
  const { scope } = run;
  const name = fullName(call.name, run);
  const { positional, keywords } = argumentsOf(call);
  const first = positional[0] ?? keywords.get('args') ?? keywords.get('cmd');
  if (CONDA_CALLS.test(name)) {
    runWords(condaWords(call, source, run), call, form, run);
    return;
  }
  if (name === 'os.chdir' && first) {
    const value = parseValue(first, source, scope);
    run.directory =
      value.kind === 'text' ? scope.holes.restore(value.source.text) : null;
    return;
  }
  if (!first) {
    return;
  }
  if (SHELL_CALLS.test(name)) {
    for (const value of valuesOf(first, source, run)) {
      runShell(asText(value, scope), form, run);
    }
  } else if (ARGUMENT_CALLS.test(name)) {
    const shell = keywords.get('shell')?.[0]?.text === 'True';
    const several = name.endsWith('_exec');
    const folder = keywords.get('cwd');
    const before = run.directory;
    const cwd = folder ? parseValue(folder, source, scope) : null;
    run.directory =
      cwd?.kind === 'text' ? scope.holes.restore(cwd.source.text) : before;
    const values = several
      ? [list(positional.map(part => parseValue(part, source, scope)))]
      : valuesOf(first, source, run);
    for (const value of values) {
      runValue(value, shell, call, form, run);
    }
    run.directory = before;
  } else if (PIP_CALLS.test(name)) {
    for (const value of valuesOf(first, source, run)) {
      const words = value.kind === 'list' ? wordsOf(value.items, run) : [];
      runWords([...pipWords(call, run), ...words], call, form, run);
    }
  } else {
    readIPython(name, positional, source, run, readCell);
  }
}

/** `subprocess.run(["pip", …])`, `subprocess.run("pip …", shell=True)`, `run(["pip …"], shell=True)`. */
function runValue(
  value: Value,
  shell: boolean,
  call: ICall,
  form: Form,
  run: IRun
): void {
  if (value.kind === 'text') {
    runShell(value.source, form, run);
  } else if (value.kind === 'list' && value.items.length > 0) {
    if (shell) {
      runShell(asText(value.items[0], run.scope), form, run);
    } else {
      runWords(wordsOf(value.items, run), call, form, run);
    }
  }
}

function argumentsOf(call: ICall): {
  positional: (readonly IToken[])[];
  keywords: Map<string, readonly IToken[]>;
} {
  const positional: (readonly IToken[])[] = [];
  const keywords = new Map<string, readonly IToken[]>();
  for (const part of split(call.args, ',')) {
    if (part[0].kind === 'name' && part[1]?.text === '=') {
      keywords.set(part[0].text, part.slice(2));
    } else {
      positional.push(part);
    }
  }
  return { positional, keywords };
}

/** The value of an argument; for a name that the cell sets in several ways, each of them. */
export function valuesOf(
  tokens: readonly IToken[],
  source: Source,
  run: IRun
): readonly Value[] {
  const value = parseValue(tokens, source, run.scope);
  if (value.kind !== 'unknown' || tokens.length !== 1) {
    return [value];
  }
  const at = source.start(tokens[0].start);
  return run.scope.candidates(tokens[0].text, at);
}

function list(items: readonly Value[]): Value {
  return { kind: 'list', items };
}

/** Values as the words of a command line. */
export function wordsOf(items: readonly Value[], run: IRun): IWord[] {
  return items
    .flatMap(item => (item.kind === 'list' ? item.items : [item]))
    .map(item => {
      const source = asText(item, run.scope);
      return word(source);
    });
}

function pipWords(call: ICall, run: IRun): IWord[] {
  const { start } = call;
  const head = run.scope.hole('python', '{sys.executable}', start, start);
  return [
    head,
    ...['-m', 'pip'].map(text => Source.inserted(text, start, start))
  ].map(word);
}

/** `condacolab.install()` puts a conda of its own in place of the kernel's Python. */
function condaWords(call: ICall, source: Source, run: IRun): IWord[] {
  const { start, end } = call;
  const text = `${call.name}(${call.args.map(token => token.text).join('')})`;
  const head = run.scope.hole('python', '{sys.executable}', start, start);
  const words = ['-m', 'conda', 'install'].map(word =>
    Source.inserted(word, start, end)
  );
  const what = run.scope.hole('expression', text, start, end);
  return [head, ...words, what].map(word);
}

/** A word that no shell has touched. */
function word(source: Source): IWord {
  return { source, raw: source.text, quoted: true, start: source.start(0) };
}
