/** Text that knows where each of its characters stands in the cell, and placeholders for what only the kernel or the shell knows. */
import type { IUnknown } from './types';

/**
 * A piece of text with the cell offsets of every character. Continuations, quotes and inserted values change the text
 * but not where it came from. No shell splitter on npm keeps offsets, which is why this folder has its own.
 */
export class Source {
  private constructor(
    readonly text: string,
    private readonly base: number,
    private readonly starts: readonly number[] | null,
    private readonly ends: readonly number[] | null
  ) {}

  /** Text that stands in the cell exactly so, from `base` on. */
  static plain(text: string, base: number): Source {
    return new Source(text, base, null, null);
  }

  /** Text that stands for the cell's range `start`–`end`: an inserted value, a placeholder. */
  static inserted(text: string, start: number, end: number): Source {
    return new Source(
      text,
      start,
      new Array<number>(text.length).fill(start),
      new Array<number>(text.length).fill(end)
    );
  }

  /** The pieces one after the other. */
  static join(pieces: readonly Source[]): Source {
    if (pieces.length === 1) {
      return pieces[0];
    }
    const starts: number[] = [];
    const ends: number[] = [];
    for (const piece of pieces) {
      for (let i = 0; i < piece.text.length; i++) {
        starts.push(piece.start(i));
        ends.push(piece.end(i));
      }
    }
    const text = pieces.map(piece => piece.text).join('');
    return new Source(text, pieces[0]?.base ?? 0, starts, ends);
  }

  /** Cell offset where character `index` begins. */
  start(index: number): number {
    return this.starts?.[index] ?? this.base + (this.starts ? 0 : index);
  }

  /** Cell offset behind character `index`. */
  end(index: number): number {
    return this.ends?.[index] ?? this.base + (this.ends ? 0 : index + 1);
  }

  slice(from: number, to: number): Source {
    return new Source(
      this.text.slice(from, to),
      this.start(from),
      this.starts?.slice(from, to) ?? null,
      this.ends?.slice(from, to) ?? null
    );
  }
}

/** Longer values are no part of a command that a person wrote (and texts that double could grow without end). */
export const LONGEST = 10000;

/** What a placeholder stands for. */
export interface IHole {
  /** `python` and `prefix`: the kernel's own `sys.executable` and `sys.prefix`. */
  readonly kind:
    | 'python'
    | 'prefix'
    | Extract<IUnknown['kind'], 'expression' | 'variable' | 'substitution'>;
  /** As the cell writes it: `{version}`, `$HOME`, `$(cat x)`. */
  readonly text: string;
}

const FIRST = 0xe000;
const LAST = 0xf8ff;

/** Private-use characters; the cell's own are replaced before, so that they cannot pose as placeholders. */
const PRIVATE = /[\ue000-\uf8ff]/g;

/** The placeholders of one cell: one character each, so that they pass through quotes and splitting unharmed. */
export class Holes {
  private readonly holes: IHole[] = [];

  /** The cell's text with the same length and no placeholder characters. */
  static clean(text: string): string {
    return text.replace(PRIVATE, '\ufffd');
  }

  add(kind: IHole['kind'], text: string): string {
    const code = Math.min(FIRST + this.holes.length, LAST);
    this.holes[code - FIRST] = { kind, text };
    return String.fromCharCode(code);
  }

  /** The first placeholder in a text. */
  first(text: string): IHole | null {
    PRIVATE.lastIndex = 0;
    const match = PRIVATE.exec(text);
    return match ? (this.holes[match[0].charCodeAt(0) - FIRST] ?? null) : null;
  }

  /** The text with every placeholder as the cell writes it. */
  restore(text: string): string {
    return text.replace(
      PRIVATE,
      char => this.holes[char.charCodeAt(0) - FIRST]?.text ?? char
    );
  }
}

/** Removes user names, passwords and tokens from URLs; `git@` and names without a URL stay. */
export function mask(text: string): string {
  return text
    .replace(/:\/\/(?!git@)[^/@\s'"]+@/g, '://****@')
    .replace(/(:\/\/\S*?\/t\/)[^/\s]+/g, '$1****')
    .replace(
      /([?&][\w-]*(?:token|key|sig|signature|secret|password|auth)=)[^&\s#'"]+/gi,
      '$1****'
    );
}
