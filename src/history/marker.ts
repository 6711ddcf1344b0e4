/** Which step broke it: the first entry after which a finding of now appeared and never went away. */
import type { IEntry, IFindingMark } from './types';

/** Entry ids with the findings of now that came with them. Steps that were undone broke nothing that is still there. */
export function brokenBy(
  entries: readonly IEntry[],
  now: readonly IFindingMark[]
): ReadonlyMap<string, readonly IFindingMark[]> {
  const found = new Map<string, IFindingMark[]>();
  for (const mark of now) {
    let since: string | null = null;
    for (const entry of entries) {
      if (entry.undone === null && entry.newFindings.some(isSame(mark))) {
        since ??= entry.id;
      } else if (entry.goneFindings.some(isSame(mark))) {
        since = null;
      }
    }
    if (since !== null) {
      found.set(since, [...(found.get(since) ?? []), mark]);
    }
  }
  return found;
}

function isSame(mark: IFindingMark): (other: IFindingMark) => boolean {
  return other =>
    other.rule === mark.rule &&
    other.about.some(name => mark.about.includes(name));
}
