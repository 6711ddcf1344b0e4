/** One command of a fix, taken apart: what it asks for, and what it can be joined with. */
import { asked, isCondaTool } from '../plan/asked';
import { recognise } from '../recognise';
import type { IInstallRequest } from '../recognise/types';
import { quote } from '../rules/words';

/** What a command makes of one package. */
export interface IWant {
  /** Normalised name of the distribution. */
  readonly name: string;
  readonly by: 'pip' | 'conda';
  /** Whether it is there afterwards. */
  readonly present: boolean;
  /** The word as the command writes it. */
  readonly word: string;
  /** Specifier set; empty: any version. */
  readonly specifier: string;
  readonly extras: readonly string[];
  /** Asks for another version than the installed one without naming it. */
  readonly moves: boolean;
  /** Its word cannot be replaced by another one. */
  readonly fixed: boolean;
  /** Nothing but this package is looked at (`--no-deps`). */
  readonly alone: boolean;
}

/** A command. */
export interface IStep {
  readonly line: string;
  /** When it runs: lower ones first, as far as the order within a fix allows. */
  readonly phase: number;
  /** Commands with the same key can be one command; null: it stands alone. */
  readonly key: string | null;
  readonly wants: readonly IWant[];
}

/** Python lines, and what the other commands need to run at all. */
const PREPARE = 0;
const PIP_UNINSTALL = 1;
const CONDA_REMOVE = 2;
const CONDA_INSTALL = 3;
const PIP_INSTALL = 4;
/** Last, because a resolver's choice must not undo it. */
const PIP_FORCED = 5;

/** Words of a command line, quotes kept. */
function tokens(line: string): string[] {
  return line.match(/(?:"(?:\\.|[^"\\])*"|[^\s"])+/g) ?? [];
}

function bare(token: string): string {
  return token.replace(/"((?:\\.|[^"\\])*)"/g, (whole, inner: string) =>
    inner.replace(/\\(.)/g, '$1')
  );
}

/** Take a command apart. What is no command of a package manager is left as it is. */
export function step(line: string): IStep {
  const requests = recognise(line);
  const wants = requests.flatMap(request => wantsOf(request));
  if (requests.length === 0) {
    return { line, phase: PREPARE, key: null, wants };
  }
  const [request] = requests;
  const phase = phaseOf(request);
  const split = requests.length === 1 ? apart(line, request) : null;
  if (!split) {
    return {
      line,
      phase,
      key: null,
      wants: wants.map(one => ({ ...one, fixed: true }))
    };
  }
  return { line, phase, key: split, wants };
}

/** The command without its packages, as a key and as a beginning; null when it cannot be written again for sure. */
function apart(line: string, request: IInstallRequest): string | null {
  const { args, packages, unknowns, action } = request;
  const all = tokens(line);
  const tail = all.slice(all.length - args.length);
  if (
    action === 'update' ||
    unknowns.length > 0 ||
    packages.length === 0 ||
    tail.some((token, i) => bare(token) !== args[i]) ||
    // Its values are names of packages too.
    args.some(word => /^--(?:torch-backend|reinstall-package)/.test(word)) ||
    asked([request]).length !== packages.length
  ) {
    return null;
  }
  const options = tail.filter((token, i) => !packages.includes(args[i]));
  return [...all.slice(0, all.length - args.length), ...options].join(' ');
}

function phaseOf(request: IInstallRequest): number {
  const { action, options, packages, tool } = request;
  const tools = packages.every(word => /^(?:pip|uv)\b/.test(word));
  if (action !== 'uninstall' && packages.length > 0 && tools) {
    return PREPARE;
  }
  if (isCondaTool(tool)) {
    return action === 'uninstall' ? CONDA_REMOVE : CONDA_INSTALL;
  }
  if (action === 'uninstall') {
    return PIP_UNINSTALL;
  }
  return options.noDeps || options.forceReinstall ? PIP_FORCED : PIP_INSTALL;
}

function wantsOf(request: IInstallRequest): IWant[] {
  const { action, options, packages, tool } = request;
  return packages.flatMap(word => {
    const [one] = asked([{ ...request, packages: [word] }]);
    return one
      ? [
          {
            name: one.name,
            by: isCondaTool(tool) ? ('conda' as const) : ('pip' as const),
            present: action !== 'uninstall',
            word,
            specifier: one.specifier,
            extras: one.extras,
            moves:
              one.specifier === '' && (action === 'update' || options.upgrade),
            fixed: false,
            alone: options.noDeps
          }
        ]
      : [];
  });
}

/** One command out of several with the same key. @param wordOf the word for a package, as all fixes together want it */
export function join(
  steps: readonly IStep[],
  wordOf: (want: IWant) => string
): string {
  const [first] = steps;
  if (first.key === null) {
    return first.line;
  }
  const words = new Set(steps.flatMap(one => one.wants.map(wordOf)));
  return [first.key, ...[...words].map(quote)].join(' ');
}
