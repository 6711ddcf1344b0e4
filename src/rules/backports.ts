/** Distributions that bring a module of a newer Python to an older one. */
import { compareVersions } from '../versions/pep440';

/** Backports under the module's own name: the module that they bring, and the Python that brought it. */
export const BACKPORTS: Readonly<Record<string, readonly [string, string]>> = {
  argparse: ['argparse', '3.2'],
  asyncio: ['asyncio', '3.4'],
  dataclasses: ['dataclasses', '3.7'],
  enum34: ['enum', '3.4'],
  futures: ['concurrent', '3.2'],
  pathlib: ['pathlib', '3.4'],
  statistics: ['statistics', '3.4'],
  typing: ['typing', '3.5'],
  uuid: ['uuid', '3.0']
};

/** Others that no release of these Pythons needs, and that hide nothing. */
const NEEDLESS: Readonly<Record<string, string>> = {
  configparser: '3.2',
  contextvars: '3.7',
  'graphlib-backport': '3.9',
  ipaddress: '3.3',
  ordereddict: '3.1',
  selectors34: '3.4'
};

/** Whether this Python has what a backport brings. False when the version is not known. */
export function isBuiltIn(
  distribution: string,
  python: string | null
): boolean {
  const since = Object.prototype.hasOwnProperty.call(BACKPORTS, distribution)
    ? BACKPORTS[distribution][1]
    : Object.prototype.hasOwnProperty.call(NEEDLESS, distribution)
      ? NEEDLESS[distribution]
      : null;
  return (
    since !== null &&
    python !== null &&
    (compareVersions(python, since) ?? -1) >= 0
  );
}
