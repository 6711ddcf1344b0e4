/** Which Python's environment a command changes, as far as its text tells. */
import type { IAsked } from './requirement';
import type { IWord } from './shell';
import type { Holes } from './source';
import { mask } from './source';
import type { Target } from './types';
import type { ISession } from './command';

/** Whether a word names its program by a path or by something only known later: `/x/bin/pip`, `{sys.executable}`. */
export function isLocated(word: IWord): boolean {
  return /[/\\\ue000-\uf8ff]/.test(word.source.text);
}

/**
 * The target of a command. An option outranks the program's path, which outranks an activated environment.
 *
 * @param head the word that starts pip, Python or conda
 * @param activated the environment that stands in front on PATH, null for none
 */
export function targetOf(
  place: IAsked['place'],
  head: IWord,
  activated: string | null,
  holes: Holes
): Target {
  if (place) {
    if ('folder' in place) {
      return { kind: 'folder', path: mask(holes.restore(place.folder)) };
    }
    if ('path' in place) {
      return { kind: 'path', command: place.path };
    }
    return byName(place.name, holes);
  }
  const text = head.source.text;
  if (isLocated(head)) {
    return byName(text, holes);
  }
  return activated === null
    ? { kind: 'path', command: text }
    : byName(activated, holes);
}

/** An interpreter, a prefix or an environment's name. */
function byName(text: string, holes: Holes): Target {
  const hole = holes.first(text);
  // "{sys.executable}", "{sys.prefix}/bin/pip"
  if (
    hole?.kind === 'python' ||
    (hole?.kind === 'prefix' && !/\.\./.test(text))
  ) {
    return { kind: 'kernel' };
  }
  const shown = holes.restore(text);
  const found =
    /^(?:\$\(|`|\{?shutil\.which\(['"])\s*(?:(?:which|command -v|type -p)\s+)?([\w.]+)['"]?[)`]\}?$/.exec(
      shown
    );
  return found
    ? { kind: 'path', command: found[1] }
    : { kind: 'named', name: mask(shown) };
}

const ACTIVATE = /^(.*?)[/\\]?(?:bin|Scripts)[/\\]activate(?:\.\w+)?$/;

/** Follows `cd` and activations. Returns whether the command was one of them. */
export function follow(words: readonly IWord[], session: ISession): boolean {
  const [name, first, second] = words.map(word => word.source.text);
  if (name === 'cd' || name === 'pushd' || name === 'chdir') {
    if (first !== undefined && first !== '-') {
      session.directory = joined(session.directory, first);
    }
    return true;
  }
  if (name === 'source' || name === '.') {
    const script = ACTIVATE.exec(first ?? '');
    if (script) {
      session.activated = script[1] || '.';
    } else if (/^activate$|[/\\]activate$/.test(first ?? '')) {
      session.activated = second ?? 'base';
    }
    return true;
  }
  if (/^(?:conda|mamba|micromamba)$/.test(name ?? '')) {
    if (first === 'activate') {
      session.activated = second ?? 'base';
    } else if (first === 'deactivate') {
      session.activated = null;
    }
    return first === 'activate' || first === 'deactivate';
  }
  if (name === 'deactivate') {
    session.activated = null;
    return true;
  }
  return false;
}

function joined(before: string | null, to: string): string {
  return before === null || /^(?:[/\\~]|[A-Za-z]:|[\ue000-\uf8ff])/.test(to)
    ? to
    : `${before.replace(/[/\\]$/, '')}/${to}`;
}
