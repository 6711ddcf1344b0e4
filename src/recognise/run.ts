/** Runs through shell texts and argument lists, and gathers the requests in them. */
import { analyse, type ISession } from './command';
import { createdBy, isOneOf } from './created';
import type { Scope } from './scope';
import { parseShell, type ISimpleCommand, type IWord } from './shell';
import { Source } from './source';
import { follow, targetOf } from './target';
import type { Form, IInstallRequest, Target } from './types';
import { baseName, unwrap } from './wrappers';

/** One pass over a cell. */
export interface IRun {
  readonly scope: Scope;
  readonly automagic: boolean;
  /** What was found so far. */
  found: IInstallRequest[];
  /** Folder that `%cd` or `os.chdir` has set. */
  directory: string | null;
  /** A shell with an activated environment has ended. */
  lost: boolean;
  /** Environments that the cell has made so far: folders and names. */
  readonly made: Set<string>;
  /** Where requests stand when a call brings them in from elsewhere. */
  span: { readonly start: number; readonly end: number } | null;
  /** How deep scripts and cells are nested. */
  depth: number;
  /** How many calls of the cell's own functions were followed. */
  followed: number;
  /** Reads Python handed to `python -c` and here-documents. */
  readonly python: (source: Source, run: IRun, form: Form) => void;
}

/** Scripts within scripts deeper than this are not read. */
export const DEEPEST_SCRIPT = 6;

/** One shell from start to end: a `!` line, a `%%bash` cell, `os.system(…)`. */
export function runShell(source: Source, form: Form, run: IRun): void {
  const session: ISession = { directory: run.directory, activated: null };
  runScript(source, form, run, session);
  // What it had activated ends with it.
  run.lost = run.lost || session.activated !== null;
}

function runScript(
  source: Source,
  form: Form,
  run: IRun,
  session: ISession
): void {
  for (const command of parseShell(source, run.scope)) {
    runCommand(command, form, run, session);
  }
}

/** One program with its arguments, no shell in between. */
export function runWords(
  words: readonly IWord[],
  span: { readonly start: number; readonly end: number },
  form: Form,
  run: IRun
): void {
  const session: ISession = { directory: run.directory, activated: null };
  const command: ISimpleCommand = {
    words,
    eaten: [],
    input: null,
    nested: false,
    ...span
  };
  runCommand(command, form, run, session);
}

function runCommand(
  command: ISimpleCommand,
  form: Form,
  run: IRun,
  session: ISession
): void {
  const { words } = unwrap(command.words);
  const own = command.nested ? { ...session } : session;
  if (words.length === 0 || follow(words, own)) {
    return;
  }
  const script = scriptOf(words, command.input);
  if (script) {
    if (run.depth < DEEPEST_SCRIPT) {
      run.depth++;
      if (script.language === 'python') {
        const before = run.found.length;
        run.python(script.source, run, form);
        const head = words[0];
        const target = targetOf(null, head, session.activated, run.scope.holes);
        otherPython(run, before, target);
      } else {
        runScript(script.source, form, run, { ...session });
      }
      run.depth--;
    }
    return;
  }
  const made = createdBy(words);
  if (made !== null) {
    run.made.add(made);
  }
  const request = analyse(command, {
    form,
    session,
    holes: run.scope.holes,
    lost: run.lost && session.activated === null,
    span: run.span
  });
  if (request) {
    const { target } = request;
    run.found.push(
      target.kind === 'named' && isOneOf(run.made, target.name)
        ? { ...request, target: { ...target, isNew: true } }
        : request
    );
  }
}

/** What stands for the kernel's Python in a script of another Python means that one. */
export function otherPython(run: IRun, from: number, target: Target): void {
  run.found = run.found.map((one, i) =>
    i >= from && one.target.kind === 'kernel' ? { ...one, target } : one
  );
}

/** Text that another shell or Python gets to run: `bash -c '…'`, `eval`, `python -c '…'`. */
interface IScript {
  readonly language: 'shell' | 'python';
  readonly source: Source;
}

const SHELL = /^(?:ba|z|da|k|fi)?sh$/;
const PYTHON = /^python(?:[23](?:\.\d+)?)?$/;

/** The script that a command hands to another interpreter; null for any other command. */
function scriptOf(
  words: readonly IWord[],
  input: Source | null
): IScript | null {
  const name = baseName(words[0].source.text);
  const join = (some: readonly IWord[]): Source =>
    Source.join(
      some.flatMap((word, i) => {
        const at = word.source.start(0);
        return i > 0
          ? [Source.inserted(' ', at, at), word.source]
          : [word.source];
      })
    );
  if (name === 'eval') {
    return { language: 'shell', source: join(words.slice(1)) };
  }
  const shell = SHELL.test(name) || (name === 'su' && words.length > 2);
  if (!shell && !PYTHON.test(name)) {
    return null;
  }
  const language = shell ? 'shell' : 'python';
  const at = words.findIndex(
    (word, i) => i > 0 && /^-[a-z]*c$/.test(word.source.text)
  );
  const before = words.slice(1, Math.max(at, 1));
  if (at > 0 && before.every(word => /^[-+]/.test(word.source.text))) {
    return { language, source: join(words.slice(at + 1, at + 2)) };
  }
  const onlyOptions = words.slice(1).every(word => /^-/.test(word.source.text));
  return input && onlyOptions ? { language, source: input } : null;
}
