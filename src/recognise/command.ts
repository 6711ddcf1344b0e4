/** From one simple command to a request: which tool, which Python, what for. */
import { readConda } from './conda';
import { readApt, readEasyInstall, readProject, readSetup } from './others';
import { readPip } from './pip';
import { sort, type IAsked } from './requirement';
import type { ISimpleCommand, IWord } from './shell';
import type { Holes } from './source';
import { mask } from './source';
import { isLocated, targetOf } from './target';
import type { Form, IInstallRequest, IUnknown, Tool } from './types';
import { readUv } from './uv';
import { baseName, unwrap, type IUnwrapped } from './wrappers';

/** What a shell has been told so far; a new one for every `!` line. */
export interface ISession {
  /** From `cd`. */
  directory: string | null;
  /** From `source X/bin/activate`, `conda activate X`. */
  activated: string | null;
}

/** What stays the same for all commands of one shell. */
export interface ICircumstances {
  readonly form: Form;
  readonly session: ISession;
  readonly holes: Holes;
  /** An activation in an earlier shell of this cell was lost. */
  readonly lost: boolean;
  /** Where the request stands, when not where its words do. */
  readonly span: { readonly start: number; readonly end: number } | null;
}

const PIP = /^pip(?:-?[23](?:\.\d+)?)?$/;
const PYTHON = /^(?:(?:python|pypy)(?:[23](?:\.\d+)?)?[tw]?|py)$/;
const APT = /^(?:apt|apt-get|apt-fast|aptitude)$/;

/** A tool found in a command. */
interface IFound {
  readonly tool: Tool;
  /** The word that decides which Python. */
  readonly head: IWord;
  readonly asked: IAsked | null;
}

/** The request of one command; null when it changes nothing. */
export function analyse(
  command: ISimpleCommand,
  around: ICircumstances
): IInstallRequest | null {
  const unwrapped = unwrap(command.words);
  const found = find(unwrapped.words);
  if (!found?.asked) {
    return null;
  }
  const { tool, head } = found;
  const asked = withVariables(
    unwrapped.piped ? withPiped(found.asked) : found.asked,
    unwrapped
  );
  const { packages, unknowns } = sort(asked, around.holes);
  if (packages.length + unknowns.length === 0 && !asked.whole) {
    return null;
  }
  const show = (text: string): string => mask(around.holes.restore(text));
  const activated =
    tool === 'apt' ? null : (unwrapped.environment ?? around.session.activated);
  const target = targetOf(asked.place, head, activated, around.holes);
  const { options } = asked;
  return {
    tool,
    form: around.form,
    action: asked.action,
    packages,
    options: {
      ...options,
      sudo: unwrapped.sudo,
      // IPython itself adds --yes to %conda.
      yes:
        options.yes ||
        (around.form.endsWith('magic') &&
          isConda(tool) &&
          target.kind === 'kernel'),
      indexes: options.indexes.map(show),
      extraIndexes: options.extraIndexes
        .flatMap(one => one.split(/\s+/))
        .map(show),
      channels: options.channels.map(show),
      constraints: options.constraints.map(show),
      requirementFiles: asked.files.map(show),
      editables: asked.editables.map(show)
    },
    target,
    args: asked.args.map(word => around.holes.restore(word.source.text)),
    unknowns,
    eaten: command.eaten.map(show),
    directory:
      around.session.directory === null ? null : show(around.session.directory),
    lostActivation: around.lost && target.kind === 'path' && tool !== 'apt',
    start: around.span?.start ?? command.start,
    end: around.span?.end ?? command.end
  };
}

/** The tool behind the words of a command, wrappers taken off. */
function find(words: readonly IWord[]): IFound | null {
  const [head, ...rest] = words;
  if (!head) {
    return null;
  }
  const name = baseName(head.source.text);
  if (PYTHON.test(name) || (isLocated(head) && startsInterpreter(rest))) {
    return python(head, rest);
  }
  return named(name.toLowerCase(), head, rest);
}

function named(
  name: string,
  head: IWord,
  rest: readonly IWord[]
): IFound | null {
  if (PIP.test(name)) {
    return { tool: 'pip', head, asked: readPip(rest) };
  }
  if (APT.test(name)) {
    return { tool: 'apt', head, asked: readApt(rest) };
  }
  if (/^easy_install(?:-[23](?:\.\d+)?)?$/.test(name)) {
    return { tool: 'easy_install', head, asked: readEasyInstall(rest) };
  }
  switch (name) {
    case 'uv':
      return { tool: 'uv', head, asked: readUv(rest) };
    case 'conda':
    case 'mamba':
    case 'micromamba':
      return { tool: name, head, asked: readConda(name, rest) };
    case 'mim':
      return { tool: 'mim', head, asked: readPip(rest) };
    case 'poetry':
    case 'pdm':
    case 'pixi':
    case 'pipenv':
      return { tool: name, head, asked: readProject(name, rest) };
    default:
      return null;
  }
}

/** Whether words read like an interpreter's: some options, then `-m`. */
function startsInterpreter(words: readonly IWord[]): boolean {
  const module = words.findIndex(word => /^-[A-Za-z]*m/.test(word.source.text));
  return (
    module >= 0 &&
    words.slice(0, module).every(word => /^-/.test(word.source.text))
  );
}

/** `python -m pip …`, `python -Im pip`, `python -mpip`, `python setup.py install`. */
function python(head: IWord, rest: readonly IWord[]): IFound | null {
  let i = 0;
  for (; i < rest.length; i++) {
    const text = rest[i].source.text;
    if (/^-[WX]$/.test(text)) {
      i++;
    } else if (/^-[a-zA-Z]*c$/.test(text)) {
      return null;
    } else {
      const module = /^-[a-ln-zA-Z]*m(.*)$/.exec(text);
      if (module) {
        const name = module[1] || (rest[i + 1]?.source.text ?? '');
        const args = rest.slice(i + (module[1] ? 1 : 2));
        return named(name.replace(/^pip\.__main__$/, 'pip'), head, args);
      }
      if (!/^-/.test(text)) {
        break;
      }
    }
  }
  const script = baseName(rest[i]?.source.text ?? '');
  return script === 'setup.py'
    ? { tool: 'setup.py', head, asked: readSetup(rest.slice(i + 1)) }
    : null;
}

function isConda(tool: Tool): boolean {
  return tool === 'conda' || tool === 'mamba' || tool === 'micromamba';
}

/** Arguments that come from a pipe cannot be known. */
function withPiped(asked: IAsked): IAsked {
  const more: IUnknown = { kind: 'substitution', text: 'xargs' };
  return { ...asked, others: [...asked.others, more] };
}

/** pip and uv take options from variables too: `PIP_INDEX_URL=… pip install x`. */
function withVariables(asked: IAsked, { variables }: IUnwrapped): IAsked {
  if (variables.size === 0) {
    return asked;
  }
  const values = (...keys: string[]): string[] =>
    keys.flatMap(key => variables.get(key) ?? []);
  const { options } = asked;
  const folder = values('PIP_TARGET')[0];
  const name = values(
    'PIP_PREFIX',
    'VIRTUAL_ENV',
    'UV_PYTHON',
    'PIP_PYTHON'
  )[0];
  return {
    ...asked,
    options: {
      ...options,
      indexes: [
        ...options.indexes,
        ...values('PIP_INDEX_URL', 'UV_INDEX_URL', 'UV_DEFAULT_INDEX')
      ],
      extraIndexes: [
        ...options.extraIndexes,
        ...values(
          'PIP_EXTRA_INDEX_URL',
          'PIP_FIND_LINKS',
          'UV_EXTRA_INDEX_URL',
          'UV_INDEX',
          'UV_FIND_LINKS'
        )
      ],
      constraints: [...options.constraints, ...values('PIP_CONSTRAINT')]
    },
    place:
      asked.place ??
      (folder !== undefined ? { folder } : name !== undefined ? { name } : null)
  };
}
