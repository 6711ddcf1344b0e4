/** What the rules about two distributions with one import package have in common. */
import type { View } from '../facts/view';
import { compareVersions } from '../versions/pep440';
import { text, type IText } from '../text/text';
import { decoyOf } from './decoyNames';
import { copiesOf, type ICopy, type IFamily } from './families';
import { condaSpec, sameVersion } from './ownership';
import { normalisePath } from './paths';
import type { IDraft, IEvidence, IFix } from './types';
import { condaInstall, pipInstall, pipUninstall } from './words';

/** How two copies stand to each other. */
export type TwinMessage =
  /** They wrote into one folder. */
  | 'shared'
  /** They lie in two folders of `sys.path`, and one hides the other. */
  | 'hidden';

/** Copies of a family that stand beside each other. */
export interface ITwins {
  readonly message: TwinMessage;
  readonly copies: readonly ICopy[];
  /** Their versions differ. */
  readonly mixed: boolean;
}

/** The twins of a family; null when there is one copy, none, or nothing is known. */
export function twinsOf(view: View, family: IFamily): ITwins | null {
  const copies = copiesOf(view, family);
  if (copies.length < 2) {
    return null;
  }
  const places = copies.map(c => c.location && normalisePath(c.location));
  const apart =
    places.every(place => place !== null) &&
    new Set(places).size === places.length;
  const [first, ...rest] = copies;
  return {
    message: apart ? 'hidden' : 'shared',
    copies,
    mixed: rest.some(
      ({ version }) =>
        version !== null &&
        first.version !== null &&
        !sameVersion(version, first.version)
    )
  };
}

/** The draft about twins. @param choose the wheel to keep when conda owns none of the copies */
export function twinsDraft(
  view: View,
  family: IFamily,
  twins: ITwins,
  severity: IDraft['severity'],
  choose: (copies: readonly ICopy[]) => ICopy = one => mostWanted(view, one)
): IDraft<TwinMessage> {
  const { copies, message } = twins;
  const labels = copies.map(c => `${c.name} ${c.version ?? '?'}`);
  return {
    message,
    args: [labels[0], labels.slice(1).join(', '), family.importName],
    severity,
    about: [...new Set(copies.map(c => c.name))],
    evidence: [
      ...copies.map(copy => ({ text: describe(copy), path: copy.path })),
      ...importedFrom(view, family.importName)
    ],
    fix: fixOf(view, twins, choose)
  };
}

function describe(copy: ICopy): IText {
  const version = copy.version ?? '?';
  if (copy.location !== null) {
    return text('%1 %2 in %3', copy.name, version, copy.location);
  }
  return copy.conda
    ? text('%1 %2 (conda)', copy.name, version)
    : text('%1 %2', copy.name, version);
}

/** What Python imports under the common name. */
function importedFrom(view: View, importName: string): IEvidence[] {
  const index = view.facts.modules?.findIndex(m => m.name === importName) ?? -1;
  const module = view.facts.modules?.[index];
  if (module && (module.file ?? module.version)) {
    return [
      {
        text: text(
          '%1 %2 is imported from %3',
          importName,
          module.version ?? '?',
          module.file ?? '?'
        ),
        path: `/modules/${index}`
      }
    ];
  }
  const found = view.framework(importName);
  return found?.value.location
    ? [
        {
          text: text(
            '%1 %2 would be imported from %3',
            importName,
            found.value.version ?? '?',
            found.value.location
          ),
          path: `${found.path}/location`
        }
      ]
    : [];
}

/** The copy that most packages here ask for by name, else the one that people mean, else the newest. */
export function mostWanted(view: View, copies: readonly ICopy[]): ICopy {
  const wanted = new Map(copies.map(c => [c.name, 0]));
  for (const [, list] of view.names()) {
    for (const { name } of view.requirements(list[0].value)) {
      wanted.set(name, (wanted.get(name) ?? 0) + 1);
    }
  }
  return [...copies].sort(
    (a, b) =>
      (wanted.get(b.name) ?? 0) - (wanted.get(a.name) ?? 0) ||
      Number(isDecoy(a)) - Number(isDecoy(b)) ||
      (compareVersions(b.version ?? '0', a.version ?? '0') ?? 0) ||
      (a.name < b.name ? -1 : 1)
  )[0];
}

function isDecoy({ name, version }: ICopy): boolean {
  return decoyOf(name, version) !== null;
}

/** Take all wheels away, then install one copy: each uninstall deletes files of the others. */
function fixOf(
  view: View,
  { copies, message }: ITwins,
  choose: (copies: readonly ICopy[]) => ICopy
): IFix {
  const wheels = copies.filter(c => !c.conda).map(c => c.name);
  const owned = copies.find(c => c.conda);
  const rest = { where: 'cell', restart: true, safety: 'review' } as const;
  if (owned) {
    const spec = owned.record
      ? condaSpec(owned.record)
      : `${owned.name}${owned.version ? `=${owned.version}` : ''}`;
    return {
      commands: [
        pipUninstall(view, wheels),
        condaInstall([spec], ['--force-reinstall'])
      ],
      ...rest,
      note: text(
        'Between the two lines the files of %1 are incomplete.',
        owned.name
      )
    };
  }
  const kept = choose(copies);
  const uninstall =
    message === 'hidden' ? wheels.filter(name => name !== kept.name) : wheels;
  const requirement = kept.version
    ? `${kept.name}==${kept.version}`
    : kept.name;
  return {
    commands: [
      pipUninstall(view, uninstall),
      ...(message === 'hidden'
        ? []
        : [pipInstall(view, [requirement], ['--no-deps'])])
    ],
    ...rest,
    note: text('%1 is kept; choose another one by its name.', kept.name)
  };
}
