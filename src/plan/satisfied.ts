/** Whether an install has nothing to do, told from the facts alone: then no resolver needs to be asked. */
import type { View } from '../facts/view';
import type { IInstallRequest } from '../recognise/types';
import { satisfies } from '../versions/pep440';
import { asked } from './asked';

/**
 * Whether everything that the command names is installed in a version it accepts, with all that this requires in turn. pip and uv
 * change nothing then. false also when that cannot be told.
 */
export function isSatisfied(view: View, request: IInstallRequest): boolean {
  const { tool, action, options, packages, unknowns, eaten } = request;
  const plain =
    (tool === 'pip' || tool === 'uv') &&
    action === 'install' &&
    packages.length > 0 &&
    unknowns.length + eaten.length === 0 &&
    !options.upgrade &&
    !options.eager &&
    !options.forceReinstall &&
    !options.ignoreInstalled &&
    !options.user &&
    options.requirementFiles.length === 0 &&
    options.editables.length === 0 &&
    options.constraints.length === 0;
  const named = asked([request]);
  if (
    !plain ||
    named.length !== packages.length ||
    !view.facts.python?.markers ||
    // `uv add` writes the project file and installs from it.
    request.args.some(word => word.startsWith('--script'))
  ) {
    return false;
  }
  const seen = new Set<string>();
  const holds = (
    name: string,
    specifier: string,
    extras: readonly string[]
  ): boolean => {
    const dist = view.dist(name)?.value;
    if (
      !dist?.version ||
      extras.length > 0 ||
      satisfies(dist.version, specifier) !== true
    ) {
      return false;
    }
    if (seen.has(name)) {
      return true;
    }
    seen.add(name);
    return (
      dist.requires !== null &&
      view
        .requirements(dist)
        .every(
          one => one.url === null && holds(one.name, one.specifier, one.extras)
        )
    );
  };
  return named.every(one => holds(one.name, one.specifier, one.extras));
}
