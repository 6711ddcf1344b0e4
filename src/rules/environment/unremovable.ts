import { condaNameOf } from '../../compat/names';
import { conda, dist, environment, facts } from '../../facts/build';
import type { IDistribution, IFacts } from '../../facts/facts.generated';
import type { IPlaced, View } from '../../facts/view';
import { text } from '../../text/text';
import { deleteMetadata, INSTALLERS } from '../ownership';
import { samePath } from '../paths';
import { defineRule, type IFix } from '../types';
import { condaInstall, pipInstall } from '../words';

/** Directories of the operating system: its own package manager removes what lies there. */
const SYSTEM =
  /^\/usr\/(lib|lib64|share)\/|^\/(System|Library|nix|gnu)\/|^\/opt\/homebrew\//;

function isUnremovable(view: View, one: IDistribution): boolean {
  return (
    one.removable === false &&
    one.version !== null &&
    one.editable === null &&
    one.location !== null &&
    one.metadata !== null &&
    // INSTALLER of rpm, Debian and others, and of conda.
    (one.installer === null || /^(pip|uv)$/i.test(one.installer)) &&
    one.manager !== 'conda' &&
    view.owner(one.name) === null &&
    !INSTALLERS.has(one.name) &&
    !SYSTEM.test(one.location)
  );
}

function fixOf(view: View, one: IDistribution): IFix {
  const location = one.location ?? '';
  const beside = view
    .copies(one.name)
    .find(
      ({ value }) =>
        value !== one &&
        value.version !== null &&
        samePath(value.location ?? '', location)
    );
  const version = beside?.value.version ?? one.version;
  const condaName =
    view.facts.environment?.kind === 'conda' && !beside
      ? condaNameOf(one.name)?.value
      : undefined;
  return {
    commands: [
      deleteMetadata(location, one.metadata ?? ''),
      condaName
        ? condaInstall([`${condaName}=${version}`])
        : pipInstall(
            view,
            [`${one.name}==${version}`],
            ['--force-reinstall', '--no-deps']
          )
    ],
    where: 'cell',
    restart: true,
    safety: 'review',
    note: text('Files that the new build does not have stay on disk.')
  };
}

export default defineRule({
  id: 'unremovable',
  code: 'R06',
  since: '0.1.0',
  docs: {
    summary: 'pip cannot uninstall or upgrade a package.',
    what: 'Looks for packages without a list of their files: an `.egg-info` file as distutils wrote it, or a `.dist-info` directory without RECORD. Packages of conda, of the operating system and editable installs are left out.',
    why: 'Each install that wants another version of it fails halfway.',
    example:
      "`ERROR: Cannot uninstall 'llvmlite'. It is a distutils installed project and thus we cannot accurately determine which files belong to it which would lead to only a partial uninstall.`",
    fix: 'Delete the metadata, then install the same version again, which brings a list of files.',
    safety:
      'Files of the old build that the new one does not have stay behind. The version must still be available.',
    references: ['Jammy2211/PyAutoLens#135', 'yaml/pyyaml#349']
  },
  messages: {
    distutils: {
      title: '%1 cannot be uninstalled by pip',
      why: 'distutils installed it without a list of its files, so that an install that needs another version fails.'
    },
    record: {
      title: '%1 has no list of its files',
      why: 'pip cannot uninstall or upgrade it, so that an install that needs another version fails.'
    }
  },
  supersedes: ['duplicate-dist-info'],
  check(view, report) {
    for (const [name, list] of view.names()) {
      const found: IPlaced<IDistribution> | undefined = list.find(one =>
        isUnremovable(view, one.value)
      );
      // In a conda environment its records must be known.
      if (
        !found ||
        (view.facts.environment?.kind === 'conda' && !view.facts.conda?.records)
      ) {
        continue;
      }
      const { value, path } = found;
      report({
        message: value.metadata?.endsWith('.dist-info')
          ? 'record'
          : 'distutils',
        args: [name],
        severity: 'warning',
        about: [name],
        evidence: [
          {
            text: text('%1 in %2', value.metadata ?? '', value.location ?? ''),
            path: `${path}/metadata`
          },
          {
            text: text('pip finds no list of its files'),
            path: `${path}/removable`
          }
        ],
        fix: fixOf(view, value)
      });
    }
  },
  examples: {
    flagged: [
      {
        name: 'an egg-info file of distutils',
        facts: () => example('venv', { metadata: 'llvmlite-0.31.0.egg-info' }),
        findings: [
          { message: 'distutils', severity: 'warning', about: ['llvmlite'] }
        ]
      },
      {
        name: 'a dist-info without RECORD in a conda environment',
        facts: () => ({
          ...example('conda', {
            metadata: 'llvmlite-0.31.0.dist-info',
            installer: 'pip',
            manager: 'pip'
          }),
          conda: conda([])
        }),
        findings: [
          { message: 'record', severity: 'warning', about: ['llvmlite'] }
        ]
      }
    ],
    clean: [
      {
        name: 'nobody looked for the list; the records of conda are not known',
        facts: () => {
          const one = example('conda', { metadata: 'llvmlite.egg-info' });
          one.packages?.push(dist('pyyaml', '5.3', { location: SITE }));
          return one;
        }
      },
      {
        name: 'a package of Debian, and one of rpm',
        facts: () => {
          const one = example('system', {
            metadata: 'llvmlite-0.31.0.egg-info',
            location: '/usr/lib/python3/dist-packages'
          });
          one.packages?.push(
            dist('dnf', '4.18.0', {
              installer: 'rpm',
              location: SITE,
              metadata: 'dnf-4.18.0.dist-info',
              removable: false
            })
          );
          return one;
        }
      },
      {
        name: 'conda owns it',
        facts: () => ({
          ...example('conda', {
            metadata: 'llvmlite-0.31.0.egg-info',
            manager: 'conda'
          }),
          conda: conda([])
        })
      },
      {
        name: 'pip can remove it; setuptools is left out',
        facts: () => {
          const one = example('venv', {
            metadata: 'llvmlite-0.31.0.dist-info',
            removable: true
          });
          one.packages?.push(
            dist('setuptools', '50.0', {
              location: SITE,
              metadata: 'setuptools.egg-info',
              removable: false
            })
          );
          return one;
        }
      }
    ]
  }
});

const SITE = '/venv/lib/python3.8/site-packages';

function example(
  kind: 'venv' | 'conda' | 'system',
  more: Partial<IDistribution>
): IFacts {
  return facts({
    environment: environment(kind),
    packages: [
      dist('llvmlite', '0.31.0', { location: SITE, removable: false, ...more })
    ]
  });
}
