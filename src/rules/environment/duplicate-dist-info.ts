import { dist, environment, facts, framework } from '../../facts/build';
import type { IDistribution } from '../../facts/facts.generated';
import type { IPlaced, View } from '../../facts/view';
import { compareVersions, localLabel } from '../../versions/pep440';
import { text } from '../../text/text';
import {
  deleteMetadata,
  importedVersion,
  INSTALLERS,
  sameVersion
} from '../ownership';
import { normalisePath } from '../paths';
import { defineRule, type IFix } from '../types';
import { condaInstall, pipInstall, pipUninstall } from '../words';

type Copies = IPlaced<IDistribution>[];

/** Copies of one name that lie in one directory with different metadata. */
function twins(list: Copies): Copies {
  const places = new Map<string, Copies>();
  for (const one of list) {
    const { location, metadata } = one.value;
    if (location === null || metadata === null) {
      continue;
    }
    const key = normalisePath(location);
    const others = places.get(key) ?? [];
    if (others.every(other => other.value.metadata !== metadata)) {
      places.set(key, [...others, one]);
    }
  }
  return [...places.values()].find(group => group.length > 1) ?? [];
}

/** Debian's packages bring an `.egg-info` beside the `.dist-info` of some projects; apt removes both. */
function madeByDebian(group: Copies): boolean {
  return group.every(({ value }) =>
    /^\/usr\/lib\/python3(\.\d+)?\/dist-packages\/?$/.test(value.location ?? '')
  );
}

/** Whether the metadata tell different versions. A version that cannot be read is no difference. */
function differ(group: Copies): boolean {
  const [first, ...rest] = group.flatMap(c => c.value.version ?? []);
  return rest.some(version => !sameVersion(version, first));
}

/** The copies that do not describe what Python imports; empty when that cannot be told. */
function staleOf(view: View, name: string, group: Copies): Copies {
  const imported = importedVersion(view, name)?.version;
  const stale = group.filter(
    ({ value }) =>
      imported !== undefined &&
      value.version !== null &&
      !sameVersion(value.version, imported)
  );
  return stale.length === group.length - 1 ? stale : [];
}

/** Commands that write the files of the good copy again. */
function reinstall(view: View, good: IDistribution): string[] {
  if (good.manager === 'conda') {
    const name = view.owner(good.name)?.value.name ?? good.name;
    return [condaInstall([`${name}=${good.version}`], ['--force-reinstall'])];
  }
  // A build such as +cu128 is not what the default index would give.
  const label = localLabel(importedVersion(view, good.name)?.version ?? '');
  const options = ['--force-reinstall', '--no-deps'];
  return label === null
    ? [pipInstall(view, [`${good.name}==${good.version}`], options)]
    : [];
}

function fixOf(view: View, name: string, group: Copies): IFix {
  const stale = staleOf(view, name, group);
  if (stale.length > 0) {
    const good = group.find(one => !stale.includes(one))!.value;
    return {
      commands: [
        ...stale.map(({ value }) =>
          deleteMetadata(value.location ?? '', value.metadata ?? '')
        ),
        ...reinstall(view, good)
      ],
      where: 'cell',
      restart: true,
      safety: 'review',
      note: text(
        '%1 describes a version that is not imported.',
        stale.map(one => one.value.metadata).join(', ')
      )
    };
  }
  const newest = group
    .flatMap(one => one.value.version ?? [])
    .reduce((a, b) => ((compareVersions(a, b) ?? 0) < 0 ? b : a), '');
  return {
    // One uninstall takes one copy away.
    commands: [
      ...group.map(() => pipUninstall(view, [name])),
      pipInstall(view, [newest ? `${name}==${newest}` : name], ['--no-deps'])
    ],
    where: 'cell',
    restart: true,
    safety: 'review'
  };
}

export default defineRule({
  id: 'duplicate-dist-info',
  code: 'R04',
  since: '0.1.0',
  docs: {
    summary: 'One package is registered twice in one directory.',
    what: 'Looks for two metadata directories (`.dist-info`, `.egg-info`) of one name in one site directory. The version that Python imports, from memory or from the files of the framework, tells which of them is stale. pip, setuptools and wheel are left out.',
    why: 'pip sees one of the two only: it can report a version that is not the imported one, and an uninstall or upgrade leaves files of the other behind.',
    example:
      '`pip show torchvision` says 0.22.0 and `torchvision.__version__` is 0.23.0; `RuntimeError: operator torchvision::nms does not exist`.',
    fix: 'Delete the stale metadata and install the imported version again. Where it is not known which is stale, uninstall both and install one.',
    safety:
      'The deleted directory holds metadata only. The reinstall writes over the files of the package.',
    references: ['pytorch/vision#9174', 'astral-sh/uv: DuplicatePackage']
  },
  messages: {
    versions: {
      title: '%1 is registered twice, as %2',
      why: 'Files of two versions can be mixed, and pip reports either of them.'
    },
    same: {
      title: '%1 %2 is registered twice',
      why: 'pip removes or upgrades one of them and leaves the other behind.'
    }
  },
  supersedes: ['unmet-requirement'],
  check(view, report) {
    for (const [name, list] of view.names()) {
      const group = INSTALLERS.has(name) ? [] : twins(list);
      if (group.length < 2) {
        continue;
      }
      const mixed = differ(group);
      if (!mixed && madeByDebian(group)) {
        continue;
      }
      const imported = importedVersion(view, name);
      const versions = group.flatMap(one => one.value.version ?? []);
      report({
        message: mixed ? 'versions' : 'same',
        args: [name, mixed ? versions.join(' and ') : (versions[0] ?? '')],
        severity: mixed ? 'error' : 'warning',
        about: [name],
        evidence: [
          ...group.map(({ value, path }) => ({
            text: text(
              '%1 in %2',
              value.metadata ?? '?',
              value.location ?? '?'
            ),
            path: `${path}/metadata`
          })),
          ...(imported ? [imported.evidence] : [])
        ],
        fix: fixOf(view, name, group)
      });
    }
  },
  examples: {
    flagged: [
      {
        name: 'torchvision of two versions, the files tell which one is there',
        facts: () =>
          facts({
            environment: environment('venv'),
            packages: [
              at('torchvision', '0.22.0', 'torchvision-0.22.0.dist-info'),
              at('torchvision', '0.23.0', 'torchvision-0.23.0.dist-info')
            ],
            frameworks: [
              framework('torchvision', '0.23.0+cu128', {
                distribution: 'torchvision',
                source: 'torchvision/version.py'
              })
            ]
          }),
        findings: [
          { message: 'versions', severity: 'error', about: ['torchvision'] }
        ]
      },
      {
        name: 'the same version as dist-info and egg-info',
        facts: () =>
          facts({
            packages: [
              at('pyyaml', '6.0.1', 'PyYAML-6.0.1.dist-info'),
              at('pyyaml', '6.0.1', 'PyYAML-6.0.1.egg-info')
            ]
          }),
        findings: [{ message: 'same', severity: 'warning', about: ['pyyaml'] }]
      }
    ],
    clean: [
      {
        name: 'a package of Debian with both kinds of metadata',
        facts: () =>
          facts({
            packages: [
              dist('cryptography', '38.0.4', {
                location: '/usr/lib/python3/dist-packages',
                metadata: 'cryptography-38.0.4.dist-info'
              }),
              dist('cryptography', '38.0.4', {
                location: '/usr/lib/python3/dist-packages',
                metadata: 'cryptography.egg-info'
              })
            ]
          })
      },
      {
        name: 'the places are not known',
        facts: () =>
          facts({ packages: [dist('numpy', '1.26.4'), dist('numpy', '2.0.0')] })
      },
      {
        name: 'two versions in two directories of sys.path: another rule',
        facts: () =>
          facts({
            packages: [
              at('numpy', '1.26.4', 'numpy-1.26.4.dist-info'),
              {
                ...at('numpy', '2.0.0', 'numpy-2.0.0.dist-info'),
                location: '/home/u/.local/lib/python3.11/site-packages'
              }
            ]
          })
      },
      {
        name: 'one directory that stands on sys.path twice; pip twice',
        facts: () =>
          facts({
            packages: [
              at('numpy', '1.26.4', 'numpy-1.26.4.dist-info'),
              {
                ...at('numpy', '1.26.4', 'numpy-1.26.4.dist-info'),
                location: '/venv/lib/python3.11/site-packages/'
              },
              at('pip', '24.0', 'pip-24.0.dist-info'),
              at('pip', '25.0', 'pip-25.0.dist-info')
            ]
          })
      }
    ]
  }
});

function at(name: string, version: string, metadata: string): IDistribution {
  return dist(name, version, {
    manager: 'pip',
    location: '/venv/lib/python3.11/site-packages',
    metadata
  });
}
