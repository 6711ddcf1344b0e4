/** What a request names: distributions and the versions it wants of them. */
import { condaNameOf, pypiNameOf } from '../compat/names';
import type { IInstallRequest } from '../recognise/types';
import { normalise, parseRequirement } from '../versions/requirement';

/** A distribution that a command names. */
export interface IAsked {
  /** Normalised name; of a conda package, the name of the distribution it carries. */
  readonly name: string;
  /** Specifier set as pip would write it, `==1.26.*`; empty: any version. */
  readonly specifier: string;
  /** The one version it accepts; null when it accepts several. */
  readonly exact: string | null;
  readonly extras: readonly string[];
  /** Index of the request in the list of requests. */
  readonly request: number;
}

const ARCHIVE = /\.(?:whl|zip|tar\.gz|tgz|tar\.bz2|conda)$/i;
const CONDA_SPEC =
  /^(?:[^\s:]+::)?([A-Za-z0-9_][\w.-]*?)\s*(?:\[.*\])?\s*(?:(===?|=|!=|<=|>=|<|>|~=)\s*([^\s=]+)(?:=[^\s=]+)?)?$/;

/** Whether this tool takes conda's names and specs. */
export function isCondaTool(tool: IInstallRequest['tool']): boolean {
  return (
    tool === 'conda' ||
    tool === 'mamba' ||
    tool === 'micromamba' ||
    tool === 'pixi'
  );
}

/** The distribution that a conda package carries, when a table knows; else its own name. */
export function distributionOf(condaName: string): string {
  return pypiNameOf(condaName)?.value ?? normalise(condaName);
}

/** What the requests name, in order. What cannot be read is left out. */
export function asked(requests: readonly IInstallRequest[]): IAsked[] {
  return requests.flatMap((request, index) =>
    request.packages.flatMap(word => {
      const one = isCondaTool(request.tool) ? condaSpec(word) : pipSpec(word);
      return one ? [{ ...one, request: index }] : [];
    })
  );
}

function pipSpec(word: string): Omit<IAsked, 'request'> | null {
  const requirement = ARCHIVE.test(word) ? null : parseRequirement(word);
  if (!requirement) {
    return null;
  }
  const { name, specifier, extras } = requirement;
  return { name, specifier, extras, exact: exactOf(specifier) };
}

function condaSpec(word: string): Omit<IAsked, 'request'> | null {
  const match = CONDA_SPEC.exec(word.trim());
  if (!match) {
    return null;
  }
  const [, name, operator, version] = match;
  const specifier =
    operator === undefined
      ? ''
      : operator === '='
        ? `==${version.replace(/\.?\*$/, '')}.*`
        : operator + version;
  return {
    name: distributionOf(name.toLowerCase()),
    specifier,
    extras: [],
    // `=1.24` means the newest 1.24: its first numbers tell enough.
    exact: operator === '=' ? version.replace(/\.?\*$/, '') : exactOf(specifier)
  };
}

function exactOf(specifier: string): string | null {
  const match = /^={2,3}\s*([^\s,*]+)$/.exec(specifier);
  return match ? match[1] : null;
}

/** The name under which conda-forge is likely to carry a distribution; null for what it cannot carry. */
export function likelyCondaName(distribution: string): string | null {
  const known = condaNameOf(distribution)?.value;
  if (known) {
    return known;
  }
  // Wheels that are named after a CUDA version exist on package indexes only.
  return /(^|-)(cu|cuda)\d+x?($|-)|^nvidia-/.test(distribution)
    ? null
    : distribution;
}
