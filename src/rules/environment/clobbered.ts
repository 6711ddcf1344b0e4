import {
  conda,
  dist,
  environment,
  facts,
  platform,
  record
} from '../../facts/build';
import type {
  ICondaRecord,
  IDistribution,
  IFacts
} from '../../facts/facts.generated';
import type { IPlaced, View } from '../../facts/view';
import { text } from '../../text/text';
import { isPip } from '../families';
import { backToConda, inPrefix, INSTALLERS } from '../ownership';
import { defineRule } from '../types';

const METADATA = /\.(dist|egg)-info(\/|$)/;

/** Records of which files were written by somebody else. A version that pip replaced as a whole is another rule. */
function clobbered(view: View): IPlaced<ICondaRecord>[] {
  // Signing makes libraries longer there than conda lists them.
  const signs = view.facts.platform?.system === 'Darwin';
  return (view.facts.conda?.records ?? [])
    .map((value, i) => ({ value, path: `/conda/records/${i}` }))
    .filter(
      ({ value }) =>
        value.dist_info_exists !== false &&
        !INSTALLERS.has(value.python_name ?? value.name) &&
        (value.overwritten ?? []).some(file => !signs || METADATA.test(file))
    );
}

function subject({ value }: IPlaced<ICondaRecord>): string {
  return value.python_name ?? value.name.toLowerCase();
}

export default defineRule({
  id: 'clobbered',
  code: 'R02',
  since: '0.1.0',
  docs: {
    summary: 'Files of a conda package were overwritten.',
    what: 'Compares INSTALLER, RECORD and METADATA of each Python package of conda with the hashes that conda wrote down, and the shared libraries of Python packages, and of others in the library folder, with their sizes. Files that two packages of conda list are left out. It finds what version numbers do not show: pip or uv wrote the same version over conda’s. pip, setuptools and wheel update themselves and are left out, and packages of which conda’s metadata are gone: other rules speak of those.',
    why: 'conda’s package is then a mixture of two builds, and neither manager removes or updates all of it.',
    example:
      '`CondaPackError: Files managed by conda were found to have been deleted/overwritten in the following packages`.',
    fix: 'Take pip’s copy away where there is one, and let conda write its own files again.',
    safety: 'Between the two commands the package is missing.',
    references: ['conda/conda-pack#35', 'conda/conda-pack#98']
  },
  messages: {
    one: {
      title: 'Files of %1 from conda were overwritten',
      why: 'The package is a mixture of two builds, and neither manager removes or updates all of it.'
    },
    several: {
      title: 'Files of %1 packages from conda were overwritten',
      why: 'They are mixtures of two builds, and neither manager removes or updates all of them.'
    }
  },
  check(view, report) {
    const found = clobbered(view);
    if (found.length === 0) {
      return;
    }
    report({
      message: found.length === 1 ? 'one' : 'several',
      args: [found.length === 1 ? subject(found[0]) : String(found.length)],
      severity: 'warning',
      about: [...new Set(found.map(subject))],
      evidence: found.slice(0, 8).map(({ value, path }) => ({
        text: text(
          '%1 %2, not as conda wrote: %3',
          value.name,
          value.version ?? '?',
          (value.overwritten ?? []).slice(0, 3).join(', ')
        ),
        path: `${path}/overwritten`
      })),
      fix: backToConda(
        view,
        found.map(one => {
          // The wheel `zstd` is no copy of the library of that name.
          const copy = (
            one.value.python_name === null ? [] : view.copies(subject(one))
          ).find(({ value }) => isPip(value) && inPrefix(view, value));
          return {
            name: subject(one),
            record: one.value,
            dist: copy?.value ?? null
          };
        })
      )
    });
  },
  examples: {
    flagged: [
      {
        name: 'pip installed the same version again',
        facts: () =>
          example(
            [`${INFO}/INSTALLER`, `${INFO}/RECORD`],
            dist('scipy', '1.11.4', { manager: 'pip' })
          ),
        findings: [{ message: 'one', severity: 'warning', about: ['scipy'] }]
      },
      {
        name: 'libraries of two packages have another size',
        facts: () => {
          const one = example(
            ['lib/python3.11/site-packages/scipy/linalg/_flapack.so'],
            dist('scipy', '1.11.4', { manager: 'conda' })
          );
          one.conda?.records?.push(
            record('h5py', '3.10.0', {
              python_name: 'h5py',
              dist_info_exists: true,
              overwritten: ['lib/python3.11/site-packages/h5py/_conv.so']
            })
          );
          return one;
        },
        findings: [
          { message: 'several', severity: 'warning', about: ['scipy', 'h5py'] }
        ]
      },
      {
        name: 'a library without Python; a wheel has its name',
        facts: () =>
          facts({
            environment: environment('conda'),
            packages: [dist('zstd', '1.5.5', { manager: 'pip' })],
            conda: conda([
              record('zstd', '1.5.6', { overwritten: ['lib/libzstd.so.1.5.6'] })
            ])
          }),
        findings: [{ message: 'one', severity: 'warning', about: ['zstd'] }]
      }
    ],
    clean: [
      {
        name: 'the files were not compared',
        facts: () =>
          facts({
            packages: [dist('scipy', '1.11.4', { manager: 'pip' })],
            conda: conda([record('scipy', '1.11.4', { python_name: 'scipy' })])
          })
      },
      {
        name: 'conda’s files are as conda wrote them; pip updated itself',
        facts: () => {
          const one = example(
            [],
            dist('scipy', '1.11.4', { manager: 'conda', installer: 'conda' })
          );
          one.conda?.records?.push(
            record('pip', '24.0', {
              python_name: 'pip',
              dist_info_exists: true,
              overwritten: ['lib/python3.11/site-packages/pip-24.0.dist-info']
            })
          );
          return one;
        }
      },
      {
        name: 'conda’s metadata are gone: another rule',
        facts: () => {
          const one = example(
            [`${INFO}/RECORD`],
            dist('scipy', '1.12.0', { manager: 'pip' })
          );
          const [owner] = one.conda?.records ?? [];
          owner.dist_info_exists = false;
          return one;
        }
      },
      {
        name: 'libraries that were signed on macOS',
        facts: () => ({
          ...example(
            ['lib/python3.11/site-packages/scipy/linalg/_flapack.so'],
            dist('scipy', '1.11.4', { manager: 'conda' })
          ),
          platform: platform('darwin-arm64')
        })
      }
    ]
  }
});

const INFO = 'lib/python3.11/site-packages/scipy-1.11.4.dist-info';

function example(overwritten: string[], copy: IDistribution): IFacts {
  return facts({
    environment: environment('conda'),
    packages: [copy],
    conda: conda([
      record('scipy', '1.11.4', {
        python_name: 'scipy',
        dist_info: INFO,
        dist_info_exists: true,
        overwritten
      })
    ])
  });
}
