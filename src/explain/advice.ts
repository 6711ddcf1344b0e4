/** What signatures say of the facts, and the fixes that several of them need. */
import type { View } from '../facts/view';
import { condaOwns } from '../rules/cuda';
import { loaded, sameVersion } from '../rules/ownership';
import type { IEvidence, IFix } from '../rules/types';
import { condaInstall, pipInstall } from '../rules/words';
import { text, type IText } from '../text/text';

/** A fix in a cell. */
export function cellFix(
  commands: readonly string[],
  note?: IText,
  safety: IFix['safety'] = 'review'
): IFix {
  return {
    commands,
    where: 'cell',
    restart: true,
    safety,
    ...(note ? { note } : {})
  };
}

/** Nothing to install: what is in memory is older than what is on disk. */
export function restartFix(): IFix {
  return {
    commands: [],
    where: 'cell',
    restart: true,
    safety: 'safe',
    note: text('Restart the kernel: what it has imported is no longer there.')
  };
}

/** A restart, when one of these was changed on disk after it was imported; else null. */
export function restartIfStale(
  view: View,
  names: readonly string[]
): { fix: IFix; evidence: IEvidence[] } | null {
  for (const name of names) {
    const memory = loaded(view, name);
    const disk = view.dist(name);
    if (
      memory &&
      disk?.value.version &&
      !sameVersion(memory.version, disk.value.version)
    ) {
      return {
        fix: restartFix(),
        evidence: [
          memory.evidence,
          {
            text: text('%1 %2 is on disk', name, disk.value.version),
            path: `${disk.path}/version`
          }
        ]
      };
    }
  }
  return null;
}

/** Version of a distribution; null when not installed or not known. */
export function versionOf(view: View, name: string): string | null {
  return view.dist(name)?.value.version ?? null;
}

/**
 * Bring a distribution into a range, by the manager that owns it.
 *
 * @param specifier `<2`, `==1.26.4`; empty: the newest
 */
export function moveTo(
  view: View,
  name: string,
  specifier: string,
  note?: IText
): IFix {
  const owner = view.owner(name)?.value.name;
  if (owner && condaOwns(view, name)) {
    const spec = specifier.replace(/^==/, '=');
    return cellFix([condaInstall([`${owner}${spec}`])], note);
  }
  return cellFix(
    [
      specifier === ''
        ? pipInstall(view, [name], ['--upgrade'])
        : pipInstall(view, [`${name}${specifier}`])
    ],
    note
  );
}

/** Install the same version once more, by the manager that owns it; null when it is not known to be here. */
export function reinstall(view: View, name: string): IFix | null {
  const found = view.dist(name);
  if (!found?.value.version) {
    return null;
  }
  const owner = view.owner(name)?.value;
  return owner?.version && condaOwns(view, name)
    ? cellFix([
        condaInstall([`${owner.name}=${owner.version}`], ['--force-reinstall'])
      ])
    : cellFix([
        pipInstall(
          view,
          [`${name}==${found.value.version}`],
          ['--force-reinstall', '--no-deps']
        )
      ]);
}

/** What is installed under a name, and who owns it; what conda had there before, if pip replaced it. */
export function ownerOf(view: View, name: string): IEvidence[] {
  const found = view.dist(name);
  const record = view.owner(name);
  if (!found) {
    return record && view.facts.packages !== null
      ? [
          {
            text: text(
              'conda lists %1 %2, but it is not installed',
              record.value.name,
              record.value.version ?? '?'
            ),
            path: record.path
          }
        ]
      : [];
  }
  const version = found.value.version ?? '?';
  const manager = found.value.manager;
  const lines: IEvidence[] = [
    {
      text: manager
        ? text('%1 %2, installed by %3', name, version, manager)
        : text('%1 %2 is installed', name, version),
      path: `${found.path}/version`
    }
  ];
  if (
    record?.value.version &&
    manager !== 'conda' &&
    !sameVersion(record.value.version, version)
  ) {
    lines.push({
      text: text(
        'conda had installed %1 %2',
        record.value.name,
        record.value.version
      ),
      path: `${record.path}/version`
    });
  }
  return lines;
}
