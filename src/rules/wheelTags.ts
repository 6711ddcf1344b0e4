/** What a wheel was built for, by the tags of its WHEEL file (PEP 425), against the Python at hand. */

/** The interpreter that is examined. */
export interface IHere {
  /** `3.11`; of CPython. */
  readonly python: string;
  /** `Linux`, `Windows` or `Darwin`. */
  readonly system: string;
  /** `x86_64`, `aarch64`, `arm64`. */
  readonly machine: string;
}

/** `Linux x86_64`, `macOS arm64`. */
export function systemName(system: string, machine: string): string {
  return `${NAMES[system] ?? system} ${machine}`;
}

const NAMES: Readonly<Record<string, string>> = {
  Linux: 'Linux',
  Windows: 'Windows',
  Darwin: 'macOS'
};

/** The Python that a tag is for, when it is for one alone: `cp310-cp310` → `3.10`. The stable ABI, `py3` and `none` are not. */
function pythonOf(interpreter: string, abi: string): string | null {
  const [, major, minor] = /^cp(\d)(\d+)$/.exec(interpreter) ?? [];
  return major && new RegExp(`^cp${major}${minor}[a-z]*$`).test(abi)
    ? `${major}.${minor}`
    : null;
}

/** System and machine of a platform tag; null for one that is not known. */
function systemOf(
  platform: string
): { system: string; machine: string } | null {
  const patterns: readonly [string, RegExp][] = [
    ['Windows', /^win(?:32|_(.+))$/],
    ['Linux', /^(?:many|musl)?linux(?:\d+|_\d+_\d+)?_(.+)$/],
    ['Darwin', /^macosx_\d+_\d+_(.+)$/]
  ];
  for (const [system, pattern] of patterns) {
    const match = pattern.exec(platform);
    if (match) {
      return { system, machine: match[1] ?? '' };
    }
  }
  return null;
}

const INTEL = /^(x86_64|amd64)$/i;
const ARM = /^(aarch64|arm64)$/i;

/** Whether code for one machine cannot run on the other; only between the two that are common, as 32 bits run on 64. */
function otherMachine(wanted: string, here: string): boolean {
  return (
    (INTEL.test(wanted) && ARM.test(here)) ||
    (ARM.test(wanted) && INTEL.test(here))
  );
}

/** Why one tag does not fit; null when it does, or when that is not known. */
function misfit(
  tag: readonly [string, string, string],
  here: IHere
): string | null {
  const [interpreter, abi, platform] = tag;
  const python = pythonOf(interpreter, abi);
  if (python !== null && python !== here.python) {
    return `Python ${python}`;
  }
  const system = systemOf(platform);
  if (system === null) {
    return null;
  }
  if (system.system !== here.system) {
    return NAMES[system.system];
  }
  // Windows runs programs of other machines, and tells its own instead of theirs.
  return system.system !== 'Windows' &&
    otherMachine(system.machine, here.machine)
    ? system.machine
    : null;
}

/** What the wheel was built for, when every one of its tags excludes this Python: `Python 3.10`, `Windows`, `arm64`. */
export function builtFor(tags: readonly string[], here: IHere): string | null {
  // Nearly all wheels, and the cheapest test.
  if (tags.some(line => line.endsWith('-none-any'))) {
    return null;
  }
  let found: string | null = null;
  for (const line of tags) {
    const parts = line.split('-').map(part => part.split('.'));
    if (parts.length !== 3) {
      return null;
    }
    // One line may hold several of each: `py2.py3-none-any`.
    for (const interpreter of parts[0]) {
      for (const abi of parts[1]) {
        for (const platform of parts[2]) {
          const reason = misfit([interpreter, abi, platform], here);
          if (reason === null) {
            return null;
          }
          found ??= reason;
        }
      }
    }
  }
  return found;
}
