/** A POSIX shell's reading of a text: simple commands with their words, redirections and here-documents. */
import type { Scope } from './scope';
import { LONGEST, Source } from './source';
import { matchAt } from './tokens';
import { WordReader, type IWord, type Variables } from './words';

export type { IWord } from './words';

/** A command with its words; compound commands appear as the simple ones inside them. */
export interface ISimpleCommand {
  readonly words: readonly IWord[];
  /** Redirections that look like a version: `numpy>=1.2` writes a file `=1.2`. */
  readonly eaten: readonly string[];
  /** What it reads: a here-document or here-string. */
  input: Source | null;
  /** In a subshell of its own (`(…)`, `$(…)`, one side of a pipe): its `cd` does not last. */
  readonly nested: boolean;
  readonly start: number;
  readonly end: number;
}

/** Substitutions deeper than this are not read. */
const DEEPEST = 8;

const REDIRECT = /&>>?|<<<|<<-?|<>|<&|>&|>>|>\||[<>](?!\()/y;
const CONTROL = /&&|\|\||\|&|;;&?|;&|[;&|()\n]/y;

/** Reads a script. Assignments of plain texts are followed, `export` too. */
export function parseShell(source: Source, scope: Scope): ISimpleCommand[] {
  return new Parser(source, scope, new Map(), 0).run();
}

/** Words that lead a command inside a compound one. */
const RESERVED = /^(?:then|do|else|elif|if|while|until|\{|!|coproc)$/;

class Parser extends WordReader {
  private readonly done: ISimpleCommand[] = [];
  private words: IWord[] = [];
  private eaten: string[] = [];
  private input: Source | null = null;
  private last = -1;
  private parentheses = 0;
  private readonly waiting: { mark: string; tabs: boolean; command: number }[] =
    [];
  private readonly late: { index: number; body: Source }[] = [];

  constructor(
    source: Source,
    scope: Scope,
    variables: Variables,
    private readonly depth: number
  ) {
    super(source, scope, variables);
  }

  protected inner(source: Source): void {
    if (this.depth < DEEPEST) {
      const { scope, variables, depth } = this;
      const parser = new Parser(source, scope, variables, depth + 1);
      this.done.push(...parser.run());
    }
  }

  run(): ISimpleCommand[] {
    const { text } = this;
    while (this.at < text.length) {
      const char = text[this.at];
      if (char === ' ' || char === '\t' || char === '\r') {
        this.at++;
      } else if (
        char === '\\' &&
        /^\\\r?\n/.test(text.slice(this.at, this.at + 3))
      ) {
        this.at = text.indexOf('\n', this.at) + 1;
      } else if (char === '#') {
        const end = text.indexOf('\n', this.at);
        this.at = end < 0 ? text.length : end;
      } else if (!this.redirect() && !this.control()) {
        this.word();
      }
    }
    this.finish(false);
    for (const { index, body } of this.late) {
      if (this.done[index]) {
        this.done[index].input = body;
      }
    }
    return this.done;
  }

  private control(): boolean {
    const match = matchAt(CONTROL, this.text, this.at);
    if (!match) {
      return false;
    }
    this.finish(match[0][0] === '|' && match[0] !== '||');
    this.at += match[0].length;
    if (match[0] === '(') {
      this.parentheses++;
    } else if (match[0] === ')') {
      this.parentheses = Math.max(0, this.parentheses - 1);
    } else if (match[0] === '\n') {
      this.hereDocuments();
    }
    return true;
  }

  private finish(piped: boolean): void {
    const lead = this.words.findIndex(word => !RESERVED.test(word.raw));
    const words = lead > 0 ? this.words.slice(lead) : this.words;
    if (lead >= 0) {
      this.assign(words);
      this.done.push({
        words,
        eaten: this.eaten,
        input: this.input,
        nested: piped || this.parentheses > 0 || this.depth > 0,
        start: words[0].start,
        end: this.source.end(this.last - 1)
      });
      for (const one of this.waiting) {
        one.command = one.command < 0 ? this.done.length - 1 : one.command;
      }
    }
    this.words = [];
    this.eaten = [];
    this.input = null;
  }

  /** Follows `NAME=text` and `export NAME=text`; a second, different value makes the name unknown. */
  private assign(words: readonly IWord[]): void {
    const head = words[0].source.text;
    if (head === 'for' || head === 'read' || head === 'select') {
      const values = words.slice(3).map(word => word.source.text);
      const known =
        head === 'for' &&
        words[2]?.raw === 'in' &&
        !values.some(
          value => this.scope.holes.first(value) || /[*?{]/.test(value)
        );
      this.variables.set(words[1]?.source.text ?? '', known ? values : null);
      return;
    }
    const declared = /^(?:export|local|declare|readonly|typeset)$/.test(head);
    const pairs = words.slice(declared ? 1 : 0).map(word => {
      const match = /^([A-Za-z_]\w*)(\+?)=([^]*)$/.exec(word.source.text);
      return match ?? null;
    });
    if (!declared && pairs.some(pair => pair === null)) {
      return;
    }
    for (const pair of pairs) {
      if (pair) {
        const [, name, plus, value] = pair;
        const old = this.variables.get(name);
        const same = old === undefined || old === value;
        const known = same && !plus && value.length < LONGEST;
        this.variables.set(name, known ? value : null);
      }
    }
  }

  private redirect(): boolean {
    const match = matchAt(REDIRECT, this.text, this.at);
    if (!match) {
      return false;
    }
    const { text } = this;
    const from = this.at;
    const previous = this.words[this.words.length - 1];
    const touching = previous !== undefined && this.last === from;
    this.at += match[0].length;
    // "2>" names a stream when the number touches the sign.
    if (touching && /^\d+$/.test(previous.raw)) {
      this.words.pop();
    }
    while (text[this.at] === ' ' || text[this.at] === '\t') {
      this.at++;
    }
    const spaced = this.at > from + match[0].length;
    const target = this.readWord();
    this.last = this.at;
    if (match[0].startsWith('<<') && match[0] !== '<<<') {
      this.waiting.push({
        mark: target?.source.text ?? '',
        tabs: match[0] === '<<-',
        command: -1
      });
    } else if (match[0] === '<<<') {
      this.input = target?.source ?? null;
    } else if (/^[<>]$/.test(match[0]) && !spaced && previous && target) {
      const version = touching ? /^=|^\d/ : /^=/;
      if (version.test(target.raw)) {
        const known = this.eaten[this.eaten.length - 1];
        const more = match[0] + target.raw;
        if (touching && known?.startsWith(previous.raw)) {
          this.eaten[this.eaten.length - 1] = known + more;
        } else {
          this.eaten.push(previous.raw + more);
        }
      }
    }
    return true;
  }

  /** Reads the bodies that the line just ended has asked for. */
  private hereDocuments(): void {
    for (const { mark, tabs, command } of this.waiting.splice(0)) {
      const from = this.at;
      let end = this.text.length;
      let next = this.text.length;
      for (let at = from; at < this.text.length;) {
        const found = this.text.indexOf('\n', at);
        const stop = found < 0 ? this.text.length : found;
        const line = this.text.slice(at, stop).replace(/\r$/, '');
        if ((tabs ? line.replace(/^\t+/, '') : line) === mark) {
          end = at;
          next = stop;
          break;
        }
        at = stop + 1;
      }
      this.late.push({ index: command, body: this.source.slice(from, end) });
      this.at = next;
    }
  }

  private word(): void {
    const from = this.at;
    const word = this.readWord();
    if (this.at === from) {
      // A lone "<(" or a stray sign: never stand still.
      this.at++;
      return;
    }
    if (!word || word.raw === '\\') {
      return;
    }
    this.last = this.at;
    // An unquoted variable's value is split into words again.
    if (!word.quoted && /\s/.test(word.source.text)) {
      for (const match of word.source.text.matchAll(/\S+/g)) {
        const start = match.index ?? 0;
        const source = word.source.slice(start, start + match[0].length);
        this.words.push({
          source,
          raw: match[0],
          quoted: false,
          start: word.start
        });
      }
      return;
    }
    this.words.push(word);
  }
}
