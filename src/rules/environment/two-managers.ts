import {
  conda,
  dist,
  environment,
  facts,
  framework,
  python,
  record
} from '../../facts/build';
import type { ICondaRecord, IDistribution } from '../../facts/facts.generated';
import type { IPlaced, View } from '../../facts/view';
import {
  compareVersions,
  publicVersion,
  releasePrefix,
  satisfies
} from '../../versions/pep440';
import { text } from '../../text/text';
import { isPip } from '../families';
import {
  backToConda,
  CORE,
  importedVersion,
  inPrefix,
  INSTALLERS,
  recordsByPythonName,
  sameVersion
} from '../ownership';
import { defineRule, type IEvidence } from '../types';

/** A package with two owners. */
interface ITwice {
  readonly name: string;
  readonly dist: IPlaced<IDistribution>;
  readonly record: IPlaced<ICondaRecord>;
  /** conda's metadata are still beside pip's. */
  readonly both: boolean;
}

/** conda's packages of which pip's copy is there instead, or beside. */
function ownedTwice(view: View): ITwice[] {
  const result: ITwice[] = [];
  for (const [name, records] of recordsByPythonName(view)) {
    if (INSTALLERS.has(name)) {
      continue;
    }
    const copies = view.copies(name).filter(c => inPrefix(view, c.value));
    const pip = copies.find(c => isPip(c.value) && c.value.version !== null);
    // A metapackage may carry the same name; it counts when one of them fits.
    if (!pip || records.some(({ value }) => owns(value, pip.value))) {
      continue;
    }
    result.push({
      name,
      dist: pip,
      record: records.find(({ value }) => value.name === name) ?? records[0],
      both: copies.some(c => c.value.manager === 'conda')
    });
  }
  return result;
}

/** Whether a record describes what is on disk, or does not tell. */
function owns(owner: ICondaRecord, copy: IDistribution): boolean {
  if (owner.version === null || copy.version === null) {
    return true;
  }
  return (
    sameVersion(owner.version, copy.version) && owner.dist_info_exists !== false
  );
}

/** The version conda should install: its own, unless something else here cannot work with it. */
function wanted(view: View, one: ITwice): string | undefined {
  const pip = publicVersion(one.dist.value.version ?? '');
  const conda = one.record.value.version ?? '';
  for (const [, list] of view.names()) {
    for (const { name, specifier } of view.requirements(list[0].value)) {
      if (
        name === one.name &&
        satisfies(conda, specifier) === false &&
        satisfies(pip, specifier) === true
      ) {
        return pip;
      }
    }
  }
  return undefined;
}

/** Compiled code runs with a newer release of the same major, not with an older one or another major. */
function breaks(one: ITwice): boolean {
  const pip = one.dist.value.version ?? '';
  const conda = one.record.value.version ?? '';
  const order = compareVersions(publicVersion(pip), conda);
  return (
    one.name === 'numpy' &&
    order !== null &&
    (order < 0 || releasePrefix(pip, 1) !== releasePrefix(conda, 1))
  );
}

/** Frameworks of conda that were built against its copy and cannot run with pip's, or were seen to fail. */
function stoppedBy(view: View, one: ITwice): string[] {
  return view
    .frameworks()
    .map(({ value }) => value)
    .filter(({ name, distribution }) => {
      const owner = distribution === null ? null : view.dist(distribution);
      const seen = view.seenWorking(name);
      return (
        owner?.value.manager === 'conda' &&
        owner.value.name !== one.name &&
        seen !== true &&
        (breaks(one) ||
          (seen === false &&
            view.requirements(owner.value).some(r => r.name === one.name)))
      );
    })
    .map(({ name }) => name);
}

function evidence(view: View, one: ITwice): IEvidence[] {
  const { record: owner, dist: copy } = one;
  const imported = importedVersion(view, one.name);
  return [
    {
      text: text(
        '%1 %2 (record of conda)',
        owner.value.name,
        owner.value.version ?? '?'
      ),
      path: owner.path
    },
    {
      text: text(
        '%1 %2 (installed by %3)',
        one.name,
        copy.value.version ?? '?',
        copy.value.manager ?? 'pip'
      ),
      path: `${copy.path}/version`
    },
    ...(imported ? [imported.evidence] : [])
  ];
}

export default defineRule({
  id: 'two-managers',
  code: 'R01',
  since: '0.1.0',
  docs: {
    summary: 'pip replaced a package that conda owns.',
    what: 'Compares the records of conda with the distributions on disk: conda records one version, and pip or uv installed another one (or the same one, and conda’s own metadata are gone). Packages of which the compiled parts are used by others (numpy, scipy, torch, tensorflow, mkl, pyarrow, protobuf) are reported one by one as errors, the others together. pip, setuptools and wheel update themselves and are left out.',
    why: '`conda list` and `pip list` tell two truths, conda’s next transaction mixes the files, and packages that conda built against its own version can fail when they are imported.',
    example:
      '`conda list` says numpy 1.20.3, `numpy.__version__` is 1.22.4; later `numpy.dtype size changed, may indicate binary incompatibility`, or `CondaPackError: Files managed by conda were found to have been deleted/overwritten`.',
    fix: 'Take pip’s copy away, then let conda install its own again. When another package here needs pip’s version, conda is asked for that version instead.',
    safety:
      'Between the two commands the package is missing. conda may refuse a version that its channels do not have.',
    references: [
      'spyder-ide/spyder#25516',
      'conda/conda-pack#273',
      'conda/conda-pack#35'
    ]
  },
  messages: {
    core: {
      title: '%1 is owned by conda and by pip',
      why: 'Python imports %2 %3, while packages from conda were built for %4.'
    },
    others: {
      title: '%1 packages of conda were replaced by pip',
      why: 'conda does not know about it, and its next transaction will mix the files of both.'
    },
    other: {
      title: '%1 of conda was replaced by pip',
      why: 'conda records %4, but %3 is on disk, and the next conda transaction will mix the files of both.'
    }
  },
  supersedes: [
    'unmet-requirement',
    'duplicate-dist-info',
    'conda-removed-by-pip',
    'clobbered',
    'conda-depends-broken',
    'conda-changed-after-pip',
    'pinned-violated',
    'numpy2-abi',
    'numpy-too-old',
    'numpy-range',
    'numba-guard',
    'protobuf-generation',
    'keras-generation',
    'hf-guards',
    'blas-mix',
    'other-twins',
    'shared-files',
    'opencv-twins',
    'tensorflow-twins',
    'onnxruntime-twins',
    'cupy-twins'
  ],
  check(view, report) {
    const found = ownedTwice(view);
    const fix = (list: readonly ITwice[]) =>
      backToConda(
        view,
        list.map(one => ({
          name: one.name,
          record: one.record.value,
          dist: one.dist.value,
          version: wanted(view, one)
        }))
      );
    const args = (one: ITwice) => [
      one.name,
      one.dist.value.manager ?? 'pip',
      one.dist.value.version ?? '',
      one.record.value.version ?? ''
    ];
    const isCore = (one: ITwice) => CORE.has(one.name) || one.both;
    for (const one of found.filter(isCore)) {
      report({
        message: 'core',
        args: args(one),
        severity: 'error',
        about: [one.name],
        evidence: evidence(view, one),
        fix: fix([one]),
        stops: stoppedBy(view, one)
      });
    }
    const rest = found.filter(one => !isCore(one));
    if (rest.length > 0) {
      report({
        message: rest.length === 1 ? 'other' : 'others',
        args: rest.length === 1 ? args(rest[0]) : [String(rest.length)],
        severity: 'warning',
        about: rest.map(one => one.name),
        evidence: rest.flatMap(one => evidence(view, one)),
        fix: fix(rest)
      });
    }
  },
  examples: {
    flagged: [
      {
        name: 'pip moved numpy under the TensorFlow of conda',
        facts: () =>
          facts({
            environment: environment('conda'),
            packages: [
              dist('numpy', '1.22.4', { manager: 'pip' }),
              dist('tensorflow', '2.7.0', { manager: 'conda' })
            ],
            conda: conda([
              record('numpy', '1.20.3', {
                python_name: 'numpy',
                dist_info_exists: false
              }),
              record('tensorflow-base', '2.7.0', {
                python_name: 'tensorflow',
                dist_info_exists: true
              })
            ]),
            frameworks: [
              framework('tensorflow', '2.7.0', { distribution: 'tensorflow' })
            ],
            modules: [{ name: 'numpy', version: '1.22.4', file: null }]
          }),
        findings: [{ message: 'core', severity: 'error', about: ['numpy'] }]
      },
      {
        name: 'two pure packages, known by name and version alone',
        facts: () =>
          facts({
            packages: [
              dist('absl-py', '1.0.0', { manager: 'pip' }),
              dist('requests', '2.32.3', { manager: 'uv' })
            ],
            conda: conda([
              record('absl-py', '0.10.0', { python_name: 'absl-py' }),
              record('requests', '2.28.1', { python_name: 'requests' })
            ])
          }),
        findings: [
          {
            message: 'others',
            severity: 'warning',
            about: ['absl-py', 'requests']
          }
        ]
      },
      {
        name: 'the same version from pip, and the metadata of conda are gone',
        facts: () =>
          facts({
            packages: [dist('attrs', '23.1.0', { manager: 'pip' })],
            conda: conda([
              record('attrs', '23.1.0', {
                python_name: 'attrs',
                dist_info_exists: false
              })
            ])
          }),
        findings: [{ message: 'other', severity: 'warning', about: ['attrs'] }]
      }
    ],
    clean: [
      {
        name: 'nobody knows who installed it',
        facts: () =>
          facts({
            packages: [dist('numpy', '1.22.4')],
            conda: conda([record('numpy', '1.20.3', { python_name: 'numpy' })])
          })
      },
      {
        name: 'conda says what is there, pip added others and updated itself',
        facts: () =>
          facts({
            packages: [
              dist('numpy', '1.26.4', { manager: 'conda' }),
              dist('pip', '25.0', { manager: 'pip' }),
              dist('torch', '2.5.1', { manager: 'pip' })
            ],
            conda: conda([
              record('numpy', '1.26.4', {
                python_name: 'numpy',
                dist_info_exists: true
              }),
              record('pip', '24.0', {
                python_name: 'pip',
                dist_info_exists: false
              })
            ])
          })
      },
      {
        name: 'the other version lies in the user site: another rule',
        facts: () =>
          facts({
            python: python('3.11.7', { prefix: '/opt/conda/envs/a' }),
            packages: [
              dist('numpy', '2.0.0', {
                manager: 'pip',
                location: '/home/u/.local/lib/python3.11/site-packages'
              })
            ],
            conda: conda([
              record('numpy', '1.26.4', {
                python_name: 'numpy',
                dist_info_exists: true
              })
            ])
          })
      }
    ]
  }
});
