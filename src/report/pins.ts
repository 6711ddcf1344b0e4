/** Words for pip and conda out of names and versions that were read from a disk; what is no such word becomes a comment. Pure. */
import type { ICondaRecord, IDistribution } from '../facts/facts.generated';
import { framework } from '../fixes/frameworks';
import { compareVersions, localLabel, publicVersion } from '../versions/pep440';
import { parseRequirement } from '../versions/requirement';
import type { IContents } from './contents';

/** A package as a line: a requirement, or only comments about it. */
export interface IPin {
  readonly name: string;
  /** `name==version`; null: it cannot be asked for. */
  readonly word: string | null;
  /** What a reader has to know, one line each, safe to stand behind `# `. */
  readonly comments: readonly string[];
  /** Backend of PyTorch's own index that the build came from, `cu121`. */
  readonly backend: string | null;
}

/** Characters of a comment. */
const MOST = 300;

/** pip on Windows reads requirements in the local code page: only these are the same everywhere. */
const STRANGE = /[^\x20-\x7e]+/g;

/** A text as one line, without anything that could end it. */
export function oneLine(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(STRANGE, '?')
    .slice(0, MOST)
    .replace(/[\\\s]+$/, '');
}

/** Whether a text is a name that pip takes. */
export function isName(name: string): boolean {
  return /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/i.test(name);
}

/** The version without its label; null when it is none that could be asked for. */
function askable(version: string | null): string | null {
  return version !== null &&
    /^[A-Za-z0-9.!+_-]+$/.test(version) &&
    compareVersions(version, version) !== null
    ? publicVersion(version)
    : null;
}

/** `name==version`; null where name or version are none. */
function requirement(name: string, version: string | null): string | null {
  const release = askable(version);
  const word = release === null ? null : `${name}==${release}`;
  return word !== null && isName(name) && parseRequirement(word) ? word : null;
}

/** Public forges: the file is for others, so no other server is named in it. */
const FORGES =
  /:\/\/(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|huggingface\.co)\//;

/** `name @ address` (PEP 508) of a commit or an archive on a public forge; null for any other address. */
function reference(
  { clean }: Pick<IContents, 'clean'>,
  name: string,
  address: string
): string | null {
  const word = `${name} @ ${address}`;
  return /^(?:git\+)?https:\/\/[\w.~/#@+=%-]+$/.test(address) &&
    FORGES.test(address) &&
    // A name of the user's in the rest of it stays private.
    clean(address) === address.replace(FORGES, '://<host>/') &&
    isName(name) &&
    parseRequirement(word)?.url === address
    ? word
    : null;
}

/** A requirement for exactly what is installed. */
export function pin(
  contents: Pick<IContents, 'clean' | 'origins'>,
  { name, version, editable, origin: known }: IDistribution
): IPin {
  const said = (...texts: string[]) => texts.map(one => oneLine(one));
  const without = (text: string): IPin => ({
    name,
    word: null,
    comments: said(text),
    backend: null
  });
  const shown = contents.clean(`${name} ${version ?? ''}`.trim());
  const origin = known ?? contents.origins.get(name);
  if (editable !== null) {
    return without(
      `${shown}: left out, an editable install of the folder ${contents.clean(editable)}`
    );
  }
  const address = known === null ? null : reference(contents, name, known);
  if (address !== null) {
    return { name, word: address, comments: [], backend: null };
  }
  const label = localLabel(version ?? '');
  const backend =
    framework(name) === 'torch' &&
    /^(?:cu\d+|cpu|rocm\d[\d.]*|xpu)$/.test(label ?? '')
      ? label
      : null;
  // A wheel of PyTorch by its address is the same one that its index has.
  if (origin !== undefined && backend === null) {
    return without(
      `${shown}: left out, installed from ${contents.clean(origin)}`
    );
  }
  const word = requirement(name, version);
  if (word === null) {
    return without(`${shown}: left out, its version cannot be asked for`);
  }
  if (label === null) {
    return { name, word, comments: [], backend: null };
  }
  return {
    name,
    word,
    backend,
    comments: said(
      backend !== null
        ? `${name}: the installed build is ${version}. PyTorch's own index for ${label} has it: add that index with --extra-index-url, or let uv choose it with --torch-backend=${label}.`
        : `${name}: the installed build is ${version}. The index that has ${label} is not named here: add it with --extra-index-url.`
    )
  };
}

/** A constraint for exactly what is installed, whoever owns it; null when there is none. */
export function constraint({ name, version, editable }: IDistribution) {
  return editable === null ? requirement(name, version) : null;
}

/** A match spec for exactly this package; null when name or version are none. @param builds with its build string */
export function condaWord(
  { name, version, build }: ICondaRecord,
  builds: boolean
): string | null {
  if (
    !/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(name) ||
    !/^[A-Za-z0-9][A-Za-z0-9_.!+]*$/.test(version ?? '')
  ) {
    return null;
  }
  if (builds && /^[A-Za-z0-9_.+]+$/.test(build ?? '')) {
    return `${name}=${version}=${build}`;
  }
  // To conda, `=11.8` is any 11.8.x; with three numbers there is hardly anything behind.
  return /\..*\./.test(version ?? '')
    ? `${name}=${version}`
    : `${name}==${version}`;
}
