/** Names for a new environment out of the old one's. Pure. */
import { nameOf } from '../fixes/newEnvironment';
import type { IContents } from './contents';

/** Name of the environment: its own, or its project's; never one that tells who works in it. */
export function environmentName({
  view,
  clean
}: Pick<IContents, 'view' | 'clean'>): string {
  const { kind, base, name } = view.facts.environment ?? {};
  const found = nameOf(view).replace(/[.-]+$/, '');
  const parent = (view.facts.python?.prefix ?? '').replace(/[\\/]+$/, '');
  // `/home/someone/.venv` is named after someone.
  const isHome =
    nameOf(view) !== name &&
    /^(?:[A-Za-z]:)?~[\\/][^\\/]+$/.test(clean(parent));
  return base ||
    kind === 'system' ||
    isHome ||
    clean(found) !== found ||
    !/^[A-Za-z0-9][A-Za-z0-9._-]{0,60}$/.test(found)
    ? 'gpu'
    : found;
}
