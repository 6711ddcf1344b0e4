/** Environments that a cell makes before it installs into them: they are not the kernel's. */
import type { IWord } from './shell';
import { baseName } from './wrappers';

const PYTHON = /^(?:python|pypy)(?:[23](?:\.\d+)?)?$/;

/** Options of venv and virtualenv that take a word of their own. */
const WITH_VALUE =
  /^(?:-p|--python|--prompt|--app-data|--seeder|--pip|--setuptools|--creator|--discovery|--index-strategy|--link-mode|--cache-dir)$/;

/** The folder or the name of the environment that a command makes; null when it makes none. */
export function createdBy(words: readonly IWord[]): string | null {
  const [head, ...rest] = words.map(word => word.source.text);
  const name = baseName(head ?? '');
  if (PYTHON.test(name) && rest[0] === '-m') {
    return /^(?:venv|virtualenv)$/.test(rest[1] ?? '')
      ? folder(rest.slice(2))
      : null;
  }
  if (name === 'virtualenv') {
    return folder(rest);
  }
  if (name === 'uv' && rest[0] === 'venv') {
    return folder(rest.slice(1)) ?? '.venv';
  }
  if (
    /^(?:conda|mamba|micromamba)$/.test(name) &&
    (rest[0] === 'create' || (rest[0] === 'env' && rest[1] === 'create'))
  ) {
    const at = rest.findIndex(word => /^(?:-n|--name|-p|--prefix)$/.test(word));
    const joined = rest
      .map(word => /^--(?:name|prefix)=(.+)$/.exec(word)?.[1])
      .find(word => word !== undefined);
    return (at >= 0 ? rest[at + 1] : joined) ?? null;
  }
  return null;
}

function folder(words: readonly string[]): string | null {
  return (
    words.find(
      (word, i) => !word.startsWith('-') && !WITH_VALUE.test(words[i - 1] ?? '')
    ) ?? null
  );
}

/** Whether an interpreter, a prefix or a name belongs to one of these environments. */
export function isOneOf(made: ReadonlySet<string>, name: string): boolean {
  const plain = trimmed(name);
  return [...made]
    .map(trimmed)
    .some(one => plain === one || plain.startsWith(`${one}/`));
}

function trimmed(path: string): string {
  return path
    .replace(/\\/g, '/')
    .replace(/^(?:\.\/)+/, '')
    .replace(/\/+$/, '');
}
