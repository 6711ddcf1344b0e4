/**
 * Match specs of conda with three answers: yes, no, cannot tell (null).
 *
 * Order and operators as in conda's own `VersionOrder` and `VersionSpec`. Build strings are not looked at.
 */

/** One match spec. */
export interface ICondaSpec {
  /** conda name, lower case. */
  readonly name: string;
  /** Version spec, `>=1.2,<2`; empty when any version will do. */
  readonly version: string;
}

const NAME = /^(?:[\w./:-]+::)?([A-Za-z0-9_][\w.-]*)(.*)$/;
const VERSION = /^[\w.*+!<>=~|,-]*$/;

/** Parse `numpy >=1.22,<2.0a0`, `numpy=1.26`, `conda-forge::numpy 1.26.4 py311_0`; null for another syntax. */
export function parseCondaSpec(spec: string): ICondaSpec | null {
  const words = spec
    .trim()
    // Spaces after a comma, a bar or an operator do not end the version.
    .replace(/ *([,|]) */g, '$1')
    .replace(/([<>=!~]) +/g, '$1')
    .split(/\s+/);
  const match = NAME.exec(words[0]);
  if (!match || (match[2] !== '' && !/^[=<>!~]/.test(match[2]))) {
    return null;
  }
  // Name, version and build are up to three words; the version may hang on the name.
  const [version, ...more] = [
    ...(match[2] === '' ? [] : [match[2]]),
    ...words.slice(1)
  ];
  if (more.length > 1 || !VERSION.test(version ?? '')) {
    return null;
  }
  // `name=1.2=build`: conda then takes the version as it stands.
  const [, exact] = /^==?([^=,|<>!~]+)=[^=]*$/.exec(version ?? '') ?? [];
  return { name: match[1].toLowerCase(), version: exact ?? version ?? '' };
}

/** Whether a version satisfies a version spec of conda. null when either cannot be parsed. Never throws. */
export function satisfiesConda(version: string, spec: string): boolean | null {
  const parsed = parse(version);
  if (parsed === null) {
    return null;
  }
  // `|` binds weaker than `,`.
  let result = false;
  for (const group of spec.split('|')) {
    const holds = group === '' && spec !== '' ? null : all(parsed, group);
    if (holds === null) {
      return null;
    }
    result ||= holds;
  }
  return result;
}

/** Whether a version satisfies a whole match spec; the name is not compared. */
export function matchesConda(version: string, spec: string): boolean | null {
  const parsed = parseCondaSpec(spec);
  return parsed && satisfiesConda(version, parsed.version);
}

/** Order of two versions of conda (negative, 0, positive); null when one is no version. */
export function compareConda(a: string, b: string): number | null {
  const left = parse(a);
  const right = parse(b);
  return left && right ? compare(left, right) : null;
}

/** Numbers and letters of one component; `dev` is before, `post` after everything. */
type Component = readonly (number | string)[];

interface IVersion {
  /** The epoch, then the components. */
  readonly release: readonly Component[];
  readonly local: readonly Component[];
}

const ZERO: Component = [0];

function parse(text: string): IVersion | null {
  const match = /^(?:(\d+)!)?([0-9a-z._-]+)(?:\+([0-9a-z._-]+))?$/.exec(
    text.trim().toLowerCase()
  );
  if (!match || !/^[0-9a-z]/.test(match[2])) {
    return null;
  }
  const release = components(match[2]);
  const local = match[3] === undefined ? [] : components(match[3]);
  return release && local
    ? { release: [[Number(match[1] ?? 0)], ...release], local }
    : null;
}

function components(text: string): Component[] | null {
  const result: Component[] = [];
  for (const part of text.replace(/[_-]/g, '.').split('.')) {
    const pieces = part.match(/\d+|[a-z]+/g);
    if (pieces === null) {
      return null;
    }
    const values = pieces.map(piece =>
      /\d/.test(piece)
        ? Number(piece)
        : piece === 'post'
          ? Infinity
          : // Upper case sorts before every other word.
            piece === 'dev'
            ? 'DEV'
            : piece
    );
    result.push(typeof values[0] === 'string' ? [0, ...values] : values);
  }
  return result;
}

function compare(a: IVersion, b: IVersion): number {
  return compareLists(a.release, b.release) || compareLists(a.local, b.local);
}

function compareLists(
  a: readonly Component[],
  b: readonly Component[]
): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const left = a[i] ?? ZERO;
    const right = b[i] ?? ZERO;
    for (let j = 0; j < Math.max(left.length, right.length); j++) {
      const order = comparePieces(left[j] ?? 0, right[j] ?? 0);
      if (order !== 0) {
        return order;
      }
    }
  }
  return 0;
}

/** A word is before every number: 1.0a is before 1.0. */
function comparePieces(a: number | string, b: number | string): number {
  if (typeof a === typeof b) {
    return a === b ? 0 : a < b ? -1 : 1;
  }
  return typeof a === 'string' ? -1 : 1;
}

/** Whether the version begins with these components: 1.2.3 with 1.2, but not 1.20. */
function startsWith(version: IVersion, prefix: IVersion): boolean {
  if (prefix.local.length > 0) {
    return compare(version, prefix) === 0;
  }
  const last = prefix.release.length - 1;
  const head = (list: readonly Component[]) => list.slice(0, last);
  if (compareLists(head(version.release), head(prefix.release)) !== 0) {
    return false;
  }
  const found = version.release[last] ?? ZERO;
  return prefix.release[last].every((piece, i, whole) => {
    const other = found[i] ?? 0;
    return i === whole.length - 1 && typeof piece === 'string'
      ? typeof other === 'string' && other.startsWith(piece)
      : other === piece;
  });
}

function all(version: IVersion, group: string): boolean | null {
  let result = true;
  for (const clause of group.split(',')) {
    const holds = one(version, clause.trim());
    if (holds === null) {
      return null;
    }
    result = result && holds;
  }
  return result;
}

function one(version: IVersion, clause: string): boolean | null {
  if (clause === '' || clause === '*') {
    return true;
  }
  const match = /^(==|!=|>=|<=|~=|=|>|<)?([^*=<>!~]+?)(\.?\*)?$/.exec(clause);
  const wanted = match && parse(match[2]);
  if (!match || !wanted) {
    return null;
  }
  const glob = match[3] !== undefined;
  const order = compare(version, wanted);
  switch (match[1] ?? '') {
    case '':
      return glob ? startsWith(version, wanted) : order === 0;
    case '=':
      return startsWith(version, wanted);
    case '==':
      return glob ? startsWith(version, wanted) : order === 0;
    case '!=':
      return glob ? !startsWith(version, wanted) : order !== 0;
    case '>=':
      return order >= 0;
    case '<=':
      return order <= 0;
    // conda drops the asterisk here, with a warning; nobody can mean that.
    case '>':
      return glob ? null : order > 0;
    case '<':
      return glob ? null : order < 0;
    default:
      return glob || wanted.release.length < 3
        ? null
        : order >= 0 &&
            startsWith(version, {
              release: wanted.release.slice(0, -1),
              local: []
            });
  }
}
