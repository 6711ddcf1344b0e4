/** What names stand for: parameters of an inlined call, assignments of the cell, values the kernel told. */
import { Holes, LONGEST, Source, type IHole } from './source';
import { parseValue, type Value } from './values';
import { closing, type IToken } from './tokens';
import type { IRecogniseContext } from './types';
import type { CellLine, IPythonLine } from './cell';

type Names = NonNullable<IRecogniseContext['names']>;

interface IBinding {
  readonly source: Source;
  /** The right-hand side; null when the name is bound in a way that cannot be followed. */
  readonly tokens: readonly IToken[] | null;
  /** `=` sets, `+=`, `append` and `extend` add, `for` takes one after the other. */
  readonly how: 'set' | 'add' | 'append' | 'for';
  readonly at: number;
}

const NONE: Names = {};

/** Names behind names further than this are not followed. */
const DEEPEST = 20;
const DEEPEST_INLINED = 6;
/** A name with more values than this has none that helps. */
const MOST = 8;

/** Words that stand alone in front of a block's colon. */
const BLOCK = /^(?:else|try|finally|lambda)$/;

/** The names of one cell. Values are read when they are asked for; nothing is evaluated. */
export class Scope {
  readonly holes = new Holes();
  private readonly bindings = new Map<string, IBinding[]>();
  private readonly busy = new Set<string>();
  private readonly known = new Map<string, readonly Value[]>();
  private overrides: ReadonlyMap<string, Value> = new Map();
  private readonly modules = new Map<string, string>();

  constructor(private readonly names: Names = NONE) {}

  /** A placeholder for something unknown, standing for the cell's range of `source`. */
  hole(kind: IHole['kind'], text: string, start: number, end: number): Source {
    return Source.inserted(this.holes.add(kind, text), start, end);
  }

  /** Runs with parameters set: the body of a small function, seen from one of its calls. */
  within<T>(values: ReadonlyMap<string, Value>, run: () => T): T {
    const before = this.overrides;
    this.overrides = values;
    try {
      return run();
    } finally {
      this.overrides = before;
    }
  }

  /** The value of a name where the cell's offset `at` runs; null when the text does not tell. */
  lookup(name: string, at: number): Value | null {
    const override = this.overrides.get(name);
    if (override) {
      return override;
    }
    const count = this.countBefore(name, at);
    if (count === 0) {
      return this.fromKernel(name, at);
    }
    const candidates = this.candidates(name, at);
    return candidates.length === 1 ? candidates[0] : null;
  }

  /** Every value that the cell's text gives a name before `at`; empty when one of them cannot be read. */
  candidates(name: string, at: number): readonly Value[] {
    const count = this.countBefore(name, at);
    const key = `${name}:${count}`;
    const known = this.overrides.size === 0 ? this.known.get(key) : undefined;
    const deepest = this.overrides.size === 0 ? DEEPEST : DEEPEST_INLINED;
    if (known || this.busy.has(name) || this.busy.size >= deepest) {
      return known ?? [];
    }
    this.busy.add(name);
    const values = this.read((this.bindings.get(name) ?? []).slice(0, count));
    this.busy.delete(name);
    if (this.overrides.size === 0) {
      this.known.set(key, values);
    }
    return values;
  }

  private read(bindings: readonly IBinding[]): readonly Value[] {
    let values: Value[] = [];
    for (const one of bindings) {
      if (!one.tokens || values.length > MOST) {
        return [];
      }
      const value = parseValue(one.tokens, one.source, this);
      if (one.how === 'add' || one.how === 'append') {
        values = values.map(before => extended(before, value, one.how));
      } else if (one.how === 'set' || value.kind === 'list') {
        values.push(value);
      } else {
        return [];
      }
    }
    return values.some(value => value.kind === 'unknown') ? [] : values;
  }

  /** How many bindings of a name stand before an offset; they are in the order of the text. */
  private countBefore(name: string, at: number): number {
    const all = this.bindings.get(name);
    if (!all) {
      return 0;
    }
    const later = all.findIndex(one => one.at >= at);
    return later < 0 ? all.length : later;
  }

  /** Whether the cell itself defines this name. */
  defines(name: string): boolean {
    return this.bindings.has(name);
  }

  /** A dotted name with the cell's import aliases undone: `sp.run` → `subprocess.run`. */
  canonical(dotted: string): string {
    const dot = dotted.indexOf('.');
    const head = dot < 0 ? dotted : dotted.slice(0, dot);
    const full = this.modules.get(head);
    return full === undefined ? dotted : full + dotted.slice(head.length);
  }

  /** Notes the imports and bindings of a cell. */
  learn(lines: readonly CellLine[], source: Source): void {
    for (const line of lines) {
      if (line.kind === 'python') {
        this.learnImports(line);
        this.learnBindings(line, source);
      }
    }
  }

  private fromKernel(name: string, at: number): Value | null {
    if (!Object.prototype.hasOwnProperty.call(this.names, name)) {
      return null;
    }
    const value = this.names[name];
    if (String(value).length > LONGEST) {
      return null;
    }
    const text = (one: string | number): Value => ({
      kind: 'text',
      source: Source.inserted(Holes.clean(String(one)), at, at + name.length)
    });
    return typeof value === 'object'
      ? { kind: 'list', items: value.map(text) }
      : text(value);
  }

  private bind(
    name: string,
    source: Source,
    tokens: readonly IToken[] | null,
    how: IBinding['how'],
    at: number
  ): void {
    const list = this.bindings.get(name) ?? [];
    list.push({ source, tokens, how, at: source.start(at) });
    this.bindings.set(name, list);
  }

  private learnImports({ tokens }: IPythonLine): void {
    const words = tokens.map(token => token.text);
    const start = words[0] === 'from' ? words.indexOf('import') : 0;
    if (start < 0 || words[start] !== 'import') {
      return;
    }
    const module = words.slice(1, start).join('');
    let at = start + 1;
    while (at < words.length) {
      if (words[at] === '(' || words[at] === ',' || words[at] === ')') {
        at++;
        continue;
      }
      let dotted = words[at++];
      while (words[at] === '.') {
        dotted += `.${words[at + 1] ?? ''}`;
        at += 2;
      }
      const full = module ? `${module}.${dotted}` : dotted;
      if (words[at] === 'as') {
        this.modules.set(words[at + 1] ?? '', full);
        at += 2;
      } else if (module) {
        this.modules.set(dotted, full);
      }
      if (words[at] === ';') {
        return;
      }
    }
  }

  private learnBindings({ tokens }: IPythonLine, source: Source): void {
    let depth = 0;
    let first = 0;
    let header: 'def' | null = null;
    for (let i = 0; i < tokens.length; i++) {
      const { text, kind } = tokens[i];
      if (kind === 'op' && '([{'.includes(text)) {
        depth++;
      } else if (kind === 'op' && ')]}'.includes(text)) {
        depth--;
      } else if (depth === 0 && (text === ';' || text === ':')) {
        const annotation =
          text === ':' && i === first + 1 && !BLOCK.test(tokens[first].text);
        first = annotation ? first : i + 1;
        header = null;
      } else if (text === 'def' || text === 'lambda') {
        header = 'def';
      } else if (text === 'for' && depth === 0) {
        this.learnFor(tokens, i, source);
      }
      if (kind === 'name' && header === 'def' && depth > 0) {
        this.bind(text, source, null, 'set', tokens[i].start);
      } else if (kind === 'name' && tokens[i - 1]?.text === 'as') {
        this.bind(text, source, null, 'set', tokens[i].start);
      } else if (kind === 'name' && tokens[i + 1]?.text === ':=') {
        this.bind(text, source, null, 'set', tokens[i].start);
      } else if (depth === 0 && /^[+]?=$/.test(text) && kind === 'op') {
        this.learnAssignment(tokens, first, i, source);
      } else if (
        (text === 'append' || text === 'extend') &&
        tokens[i - 1]?.text === '.' &&
        tokens[i - 2]?.kind === 'name' &&
        tokens[i + 1]?.text === '('
      ) {
        const rest = tokens.slice(i + 1, closing(tokens, i + 1) + 1);
        this.bind(
          tokens[i - 2].text,
          source,
          rest,
          text === 'append' ? 'append' : 'add',
          tokens[i].start
        );
      }
    }
  }

  private learnFor(
    tokens: readonly IToken[],
    at: number,
    source: Source
  ): void {
    const within = tokens.findIndex((one, i) => i > at && one.text === 'in');
    const colon = tokens.findIndex((one, i) => i > within && one.text === ':');
    if (within < 0) {
      return;
    }
    const single = within === at + 2;
    for (const one of tokens.slice(at + 1, within)) {
      if (one.kind === 'name') {
        const value = tokens.slice(within + 1, colon < 0 ? undefined : colon);
        this.bind(one.text, source, single ? value : null, 'for', one.start);
      }
    }
  }

  private learnAssignment(
    tokens: readonly IToken[],
    first: number,
    at: number,
    source: Source
  ): void {
    const end = tokens.findIndex((one, i) => i > at && one.text === ';');
    const value = tokens.slice(at + 1, end < 0 ? undefined : end);
    const targets = tokens.slice(first, at).filter(one => one.kind === 'name');
    const single = at - first === 1 || tokens[first + 1]?.text === ':';
    if (single && targets.length > 0) {
      const how = tokens[at].text === '=' ? 'set' : 'add';
      // From the end of the line on: `x = x + 1` reads the old value.
      const from = Math.max(tokens[tokens.length - 1].end - 1, tokens[at].end);
      this.bind(targets[0].text, source, value, how, from);
      return;
    }
    if (tokens[first + 1]?.text === '.' || tokens[first + 1]?.text === '[') {
      return;
    }
    for (const target of targets) {
      this.bind(target.text, source, null, 'set', target.start);
    }
  }
}

function extended(before: Value, more: Value, how: IBinding['how']): Value {
  if (before.kind === 'list') {
    const items = how === 'add' && more.kind === 'list' ? more.items : [more];
    return { kind: 'list', items: [...before.items, ...items] };
  }
  if (before.kind === 'text' && more.kind === 'text' && how === 'add') {
    return { kind: 'text', source: Source.join([before.source, more.source]) };
  }
  return { kind: 'unknown', source: before.source, why: 'expression' };
}
