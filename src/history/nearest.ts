/** The command that comes nearest to an undo that is refused. */
import { normalise } from '../versions/requirement';
import type { IChange } from './types';

/**
 * Commands for a cell that install what was there and remove what is new; null when there is nothing to do. They come near,
 * not back: files may differ, and what else depends on them is not resolved.
 */
export function nearestCommand(changed: readonly IChange[]): string | null {
  const safe = changed.filter(
    ({ name, from }) =>
      normalise(name) === name &&
      /^[a-z0-9._-]+$/.test(name) &&
      (from === null || /^[\w.!+-]+$/.test(from))
  );
  const back = (owner: (change: IChange) => boolean) =>
    safe
      .filter(one => one.from !== null && one.from !== one.to && owner(one))
      .map(one => `${one.name}==${one.from}`);
  const isConda = ({ ownerFrom }: IChange) => ownerFrom === 'conda';
  const conda = back(isConda).map(word => word.replace('==', '='));
  const pip = back(one => !isConda(one));
  const added = safe.filter(one => one.from === null).map(one => one.name);
  const lines = [
    ...(added.length > 0 ? [`%pip uninstall -y ${added.join(' ')}`] : []),
    ...(conda.length > 0
      ? [`%conda install --yes --force-reinstall ${conda.join(' ')}`]
      : []),
    ...(pip.length > 0
      ? [`%pip install --force-reinstall --no-deps ${pip.join(' ')}`]
      : [])
  ];
  return lines.length > 0 ? lines.join('\n') : null;
}
