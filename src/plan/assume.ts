/** What a command certainly changes, read from the command alone when no resolver answered. */
import type { View } from '../facts/view';
import type { IInstallRequest } from '../recognise/types';
import { satisfies } from '../versions/pep440';
import { asked } from './asked';
import type { IPlanRow } from './types';

/** Version of a package that will be installed in a version that only a resolver can tell. */
export const SOME_VERSION = '';

/**
 * Rows for what a command names: pins that differ from what is installed, packages that are not there yet, packages
 * that go away. What they bring along stays unknown.
 */
export function assume(
  view: View,
  requests: readonly IInstallRequest[]
): IPlanRow[] {
  const rows = new Map<string, IPlanRow>();
  for (const one of asked(requests)) {
    const request = requests[one.request];
    const installed = view.dist(one.name)?.value.version ?? null;
    const row = (to: string | null): IPlanRow => ({
      name: one.name,
      from: installed,
      to,
      requires: null,
      build: null,
      size: null
    });
    if (request.action === 'uninstall') {
      if (view.has(one.name)) {
        rows.set(one.name, row(null));
      }
      continue;
    }
    // Removed in a line above and installed again here: a move.
    const again = rows.get(one.name)?.to === null;
    const kept =
      installed !== null &&
      !again &&
      satisfies(installed, one.specifier) !== false;
    if (kept && !request.options.forceReinstall) {
      rows.delete(one.name);
    } else if (one.exact !== null) {
      rows.set(one.name, row(one.exact));
    } else if (view.facts.packages !== null) {
      rows.set(one.name, row(kept ? installed : SOME_VERSION));
    }
  }
  return [...rows.values()];
}
