/** What several fixes make of one package, together. */
import { satisfies } from '../versions/pep440';
import { join, type IStep, type IWant } from './step';

/** What is left of each package when these commands have run, by name. */
export function outcome(steps: readonly IStep[]): Map<string, IWant> {
  const result = new Map<string, IWant>();
  for (const { wants } of steps) {
    for (const want of wants) {
      result.set(want.name, want);
    }
  }
  return result;
}

/** Whether some version suits all; the versions that are named, and those a little later, are tried. */
function isPossible(specifiers: readonly string[]): boolean {
  const named = specifiers.join().match(/\d[\w.!+]*/g) ?? [];
  return ['0', ...named.flatMap(one => [one, `${one}.1`])].some(version =>
    specifiers.every(one => satisfies(version, one) === true)
  );
}

/** Both wishes for one package as one; null when they do not go together. */
export function together(a: IWant, b: IWant): IWant | null {
  if (!a.present && !b.present) {
    return a;
  }
  if (a.present !== b.present || a.by !== b.by) {
    return null;
  }
  if (a.word === b.word) {
    return a.moves === b.moves
      ? { ...a, fixed: a.fixed || b.fixed, alone: a.alone && b.alone }
      : null;
  }
  const merged = a.moves || b.moves ? null : mergeWords(a, b);
  return merged === null ||
    [a, b].some(one => one.fixed && one.word !== merged.word)
    ? null
    : { ...merged, fixed: a.fixed || b.fixed, alone: a.alone && b.alone };
}

function mergeWords(a: IWant, b: IWant): IWant | null {
  if (a.by === 'conda') {
    // Builds and channels belong to a spec of conda: two of them are not one.
    return /^[\w.-]+$/.test(a.word) ? b : /^[\w.-]+$/.test(b.word) ? a : null;
  }
  const specifiers = [a.specifier, b.specifier].filter(one => one !== '');
  if (!isPossible(specifiers)) {
    return null;
  }
  const clauses = [...new Set(specifiers.flatMap(one => one.split(',')))].map(
    one => one.trim()
  );
  const exact = clauses.find(one => /^={2,3}[^*]+$/.test(one));
  const specifier = exact ?? clauses.sort().join();
  const extras = [...new Set([...a.extras, ...b.extras])].sort();
  const list = extras.length > 0 ? `[${extras.join()}]` : '';
  return { ...a, specifier, extras, word: `${a.name}${list}${specifier}` };
}

/** What several fixes want of every package; null at the first package on which they differ, with its name. */
export function mergeAll(
  one: ReadonlyMap<string, IWant>,
  other: ReadonlyMap<string, IWant>
): Map<string, IWant> | { readonly clash: string } {
  const result = new Map(one);
  for (const [name, want] of other) {
    const known = result.get(name);
    const both = known ? together(known, want) : want;
    if (!both) {
      return { clash: name };
    }
    result.set(name, both);
  }
  return result;
}

/**
 * The commands of several fixes as one list.
 *
 * Each fix keeps its own order. Of what could come next the earliest phase does, and all fixes that stand at the same command
 * share one.
 */
export function interleave(
  fixes: readonly (readonly IStep[])[],
  wants: ReadonlyMap<string, IWant>
): string[] {
  const rest = fixes.map(one => [...one]);
  const lines: string[] = [];
  const word = (want: IWant) => {
    const whole = wants.get(want.name);
    // An uninstall in front of an install names the package only.
    return want.present && whole?.present && whole.by === want.by
      ? whole.word
      : want.word;
  };
  for (;;) {
    const heads = rest.flatMap(one => one.slice(0, 1));
    if (heads.length === 0) {
      return lines;
    }
    const next = heads.reduce((a, b) => (b.phase < a.phase ? b : a));
    const isNext = (one: IStep) =>
      one.phase === next.phase &&
      (next.key === null ? one.line === next.line : one.key === next.key);
    lines.push(join(heads.filter(isNext), word));
    for (const one of rest) {
      if (one.length > 0 && isNext(one[0])) {
        one.shift();
      }
    }
  }
}
