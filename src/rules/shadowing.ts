/** Copies of a package that hide another one further back on `sys.path`. */
import type { IDistribution, IShadow } from '../facts/facts.generated';
import type { IPlaced, View } from '../facts/view';
import { sameVersion } from './ownership';

/** A distribution in front of another version of itself. */
export interface IHidden {
  readonly name: string;
  readonly winner: IPlaced<IDistribution>;
  readonly loser: IPlaced<IDistribution>;
}

/** Distributions that win from a place, over a copy of another version that lies elsewhere. */
export function hiddenBy(
  view: View,
  isThere: (location: string) => boolean
): IHidden[] {
  const result: IHidden[] = [];
  for (const [name, [winner, ...rest]] of view.names()) {
    const { location, version, path_index: index } = winner.value;
    if (
      location === null ||
      version === null ||
      index === null ||
      !isThere(location)
    ) {
      continue;
    }
    const loser = rest.find(
      ({ value }) =>
        value.location !== null &&
        value.path_index !== null &&
        value.path_index > index &&
        !isThere(value.location) &&
        value.version !== null &&
        !sameVersion(value.version, version)
    );
    if (loser) {
      result.push({ name, winner, loser });
    }
  }
  return result.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Import names that win from a kind of place and have no metadata there: folders and files. Only names that
 * stand for an installed framework or distribution count.
 */
export function shadowsOf(
  view: View,
  kind: IShadow['winner_kind'],
  isThere: (location: string) => boolean
): IPlaced<IShadow>[] {
  return (view.facts.shadows ?? [])
    .map((value, i) => ({ value, path: `/shadows/${i}` }))
    .filter(({ value }) => {
      if (value.winner_kind !== kind || value.losers.length === 0) {
        return false;
      }
      const name =
        view.framework(value.name)?.value.distribution ??
        value.name.replace(/_/g, '-').toLowerCase();
      const copies = view.copies(name);
      return (
        copies.length > 0 &&
        copies.every(
          c => c.value.location !== null && !isThere(c.value.location)
        )
      );
    });
}
