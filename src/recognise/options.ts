/** Options of a command line, read by the rules of the tool that will get them. */
import type { IWord } from './shell';
import type { IOptions } from './types';

/** What a tool's options are called. Names without dashes for long, one letter for short ones. */
export interface ISpec {
  /** Long options with a value. */
  readonly values: ReadonlySet<string>;
  /** Long options without a value; needed only where the tool takes abbreviations (`--upg`). */
  readonly flags: ReadonlySet<string>;
  /** Letters with a value. */
  readonly shortValues: string;
  /** Letter or other spelling → the name used here. */
  readonly same: Readonly<Record<string, string>>;
  /** Whether unique beginnings of long options count (Python's optparse and argparse). */
  readonly abbreviated: boolean;
}

/** One option as given. */
export interface IGiven {
  readonly name: string;
  readonly value: string | null;
}

export interface IParsed {
  readonly given: readonly IGiven[];
  readonly words: readonly IWord[];
}

/** A set from words separated by spaces. */
export function names(...lists: string[]): ReadonlySet<string> {
  return new Set(lists.join(' ').split(/\s+/).filter(Boolean));
}

/** Options and other words of a command. `until` stops at the first other word (for options before a subcommand). */
export function parseOptions(
  words: readonly IWord[],
  spec: ISpec,
  until = false
): IParsed & { readonly rest: readonly IWord[] } {
  const given: IGiven[] = [];
  const others: IWord[] = [];
  let i = 0;
  for (; i < words.length; i++) {
    const text = words[i].source.text;
    if (text === '--') {
      others.push(...words.slice(i + 1));
      i = words.length;
      break;
    }
    if (text.startsWith('--')) {
      const equals = text.indexOf('=');
      const written = equals < 0 ? text.slice(2) : text.slice(2, equals);
      const name = canonical(written, spec);
      if (equals >= 0) {
        given.push({ name, value: text.slice(equals + 1) });
      } else if (spec.values.has(name)) {
        given.push({ name, value: words[++i]?.source.text ?? '' });
      } else {
        given.push({ name, value: null });
      }
    } else if (/^-[A-Za-z]/.test(text)) {
      i = letters(words, i, spec, given);
    } else if (until) {
      break;
    } else {
      others.push(words[i]);
    }
  }
  return { given, words: others, rest: words.slice(i) };
}

/** `-Uqq`, `-rFILE`, `-r FILE`. */
function letters(
  words: readonly IWord[],
  at: number,
  spec: ISpec,
  given: IGiven[]
): number {
  const text = words[at].source.text;
  for (let k = 1; k < text.length; k++) {
    const letter = text[k];
    const name = spec.same[letter] ?? letter;
    if (!spec.shortValues.includes(letter)) {
      given.push({ name, value: null });
      continue;
    }
    const attached = text.slice(k + 1).replace(/^=/, '');
    if (attached !== '') {
      given.push({ name, value: attached });
      return at;
    }
    given.push({ name, value: words[at + 1]?.source.text ?? '' });
    return at + 1;
  }
  return at;
}

function canonical(written: string, spec: ISpec): string {
  const exact = spec.same[written];
  if (exact) {
    return exact;
  }
  if (
    !spec.abbreviated ||
    written.length < 2 ||
    spec.values.has(written) ||
    spec.flags.has(written)
  ) {
    return written;
  }
  const found = new Set<string>();
  for (const name of [...spec.values, ...spec.flags]) {
    if (name.startsWith(written)) {
      found.add(spec.same[name] ?? name);
    }
  }
  return found.size === 1 ? [...found][0] : written;
}

/** Options before anything was read. */
export const NO_OPTIONS: IOptions = {
  upgrade: false,
  eager: false,
  pre: false,
  forceReinstall: false,
  ignoreInstalled: false,
  noDeps: false,
  user: false,
  breakSystemPackages: false,
  sudo: false,
  yes: false,
  indexes: [],
  extraIndexes: [],
  channels: [],
  constraints: [],
  requirementFiles: [],
  editables: []
};

/** Questions to the options given. */
export class Given {
  constructor(private readonly given: readonly IGiven[]) {}

  has(...wanted: string[]): boolean {
    return this.given.some(one => wanted.includes(one.name));
  }

  /** Values of the named options, in order. */
  all(...wanted: string[]): string[] {
    return this.given
      .filter(one => wanted.includes(one.name) && one.value !== null)
      .map(one => one.value ?? '');
  }

  /** The last value of an option, as the tools take it; null when it was not given. */
  last(...wanted: string[]): string | null {
    const all = this.all(...wanted);
    return all.length > 0 ? all[all.length - 1] : null;
  }
}
