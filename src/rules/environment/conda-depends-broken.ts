import { conda, dist, environment, facts, record } from '../../facts/build';
import type {
  ICondaRecord,
  IDistribution,
  IFacts
} from '../../facts/facts.generated';
import type { IPlaced, View } from '../../facts/view';
import { text } from '../../text/text';
import { parseCondaSpec, satisfiesConda } from '../../versions/conda';
import { publicVersion } from '../../versions/pep440';
import { isPip } from '../families';
import { backToConda, inPrefix, INSTALLERS, sameVersion } from '../ownership';
import { defineRule } from '../types';
import { condaInstall } from '../words';

/** A package of conda that depends on another version of what pip put in place. */
interface IDependant {
  readonly name: string;
  readonly record: IPlaced<ICondaRecord>;
  readonly spec: string;
}

/** A package of conda of which pip's other version is on disk. */
interface IReplaced {
  readonly name: string;
  readonly owner: ICondaRecord;
  readonly dist: IPlaced<IDistribution>;
  readonly dependants: readonly IDependant[];
}

/** A dependency that a package of conda has and that its record does not state. */
interface IUnstated {
  readonly name: string;
  readonly version: string;
  /** Builds of the channel whose recipe lacks it. */
  readonly build: RegExp;
  readonly depends: string;
  readonly source: string;
}

const UNSTATED: readonly IUnstated[] = [
  {
    // Linked to the MKL of the environment, which dropped `iJIT_NotifyEvent`; conda-forge's builds state it.
    name: 'pytorch',
    version: '<2.4',
    build: /^py\d[\d.]*_(?:cuda|cpu)/,
    depends: 'mkl <2024.1',
    source: 'pytorch/pytorch#123097'
  }
];

interface IUnmet {
  readonly by: IPlaced<ICondaRecord>;
  readonly found: IPlaced<ICondaRecord>;
  readonly row: IUnstated;
}

function unstated(view: View): IUnmet[] {
  return UNSTATED.flatMap(row => {
    const by = view.record(row.name);
    const spec = parseCondaSpec(row.depends);
    const found = spec && view.record(spec.name);
    return by?.value.version &&
      found?.value.version &&
      row.build.test(by.value.build ?? '') &&
      satisfiesConda(by.value.version, row.version) === true &&
      satisfiesConda(found.value.version, spec?.version ?? '') === false
      ? [{ by, found, row }]
      : [];
  });
}

function replaced(view: View): IReplaced[] {
  const result: IReplaced[] = [];
  for (const [name, list] of view.names()) {
    const owner = view.owner(name)?.value;
    const dist = list.find(
      ({ value }) =>
        isPip(value) && value.version !== null && inPrefix(view, value)
    );
    if (
      owner?.version &&
      dist?.value.version &&
      !INSTALLERS.has(name) &&
      !sameVersion(owner.version, dist.value.version)
    ) {
      const version = publicVersion(dist.value.version);
      const dependants = dependantsOf(view, owner, name, version);
      if (dependants.length > 0) {
        result.push({ name, owner, dist, dependants });
      }
    }
  }
  return result.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Records whose dependency conda's version met, and the version on disk does not. */
function dependantsOf(
  view: View,
  owner: ICondaRecord,
  name: string,
  version: string
): IDependant[] {
  const found = new Map<string, IDependant>();
  view.facts.conda?.records?.forEach((value, i) => {
    const dependant = value.python_name ?? value.name;
    const spec = value.depends?.find(one => {
      const parsed = parseCondaSpec(one);
      return (
        parsed !== null &&
        view.record(parsed.name)?.value.python_name === name &&
        satisfiesConda(owner.version ?? '', parsed.version) === true &&
        satisfiesConda(version, parsed.version) === false
      );
    });
    if (spec !== undefined && dependant !== name && !found.has(dependant)) {
      const path = `/conda/records/${i}`;
      found.set(dependant, { name: dependant, record: { value, path }, spec });
    }
  });
  return [...found.values()];
}

export default defineRule({
  id: 'conda-depends-broken',
  code: 'R22',
  since: '0.1.0',
  docs: {
    summary: 'A package does not fit what conda packages depend on.',
    what: 'Evaluates the dependencies in conda’s records against the version that is really on disk, where pip or uv replaced conda’s. A dependency counts only when conda’s own version met it. It also knows a dependency that records do not state: PyTorch’s own builds need an MKL before 2024.1.',
    why: 'The packages of conda were built for other versions; conda itself compares its records with each other, and they agree.',
    example:
      'conda’s scipy depends on `numpy >=1.23.5,<2.0a0`, pip installed numpy 2.1.0, and `conda doctor` finds nothing.',
    fix: 'Take pip’s copy away and let conda install its own again.',
    safety: 'Between the two commands the package is missing.',
    references: [
      'conda: `conda doctor` looks at the records alone',
      'pytorch/pytorch#123097'
    ]
  },
  messages: {
    one: {
      title: '%1 of conda depends on another version of %2',
      why: '%1 was built for %4, and %3 is on disk.'
    },
    unstated: {
      title: '%1 %2 of conda fails with this %4',
      why: 'It was linked to %3, which its record does not state: importing it stops at an undefined symbol.'
    },
    several: {
      title: '%1 packages of conda depend on another version of %2',
      why: 'They were built for other versions than %3, which pip put in its place.'
    }
  },
  check(view, report) {
    for (const { by, found, row } of unstated(view)) {
      report({
        message: 'unstated',
        args: [row.name, by.value.version ?? '', row.depends, found.value.name],
        severity: 'error',
        about: [found.value.name, by.value.python_name ?? row.name],
        evidence: [
          {
            text: text('%1 %2', found.value.name, found.value.version ?? '?'),
            path: `${found.path}/version`
          },
          {
            text: text(
              '%1 %2, build %3; %4',
              row.name,
              by.value.version ?? '?',
              by.value.build ?? '?',
              row.source
            ),
            path: `${by.path}/build`
          }
        ],
        fix: {
          commands: [condaInstall([row.depends.replace(' ', '')])],
          where: 'cell',
          restart: true,
          safety: 'review'
        }
      });
    }
    for (const one of replaced(view)) {
      const { dependants, dist } = one;
      const several = dependants.length > 1;
      report({
        message: several ? 'several' : 'one',
        args: [
          several ? String(dependants.length) : dependants[0].name,
          one.name,
          dist.value.version ?? '',
          dependants[0].spec
        ],
        severity: 'warning',
        about: [one.name, ...dependants.map(d => d.name)],
        evidence: [
          {
            text: text(
              '%1 %2 (installed by %3)',
              one.name,
              dist.value.version ?? '?',
              dist.value.manager ?? 'pip'
            ),
            path: `${dist.path}/version`
          },
          ...dependants
            .slice(0, 8)
            .map(({ record: { value, path }, spec }) => ({
              text: text(
                '%1 %2 depends on %3',
                value.name,
                value.version ?? '?',
                spec
              ),
              path: `${path}/depends`
            }))
        ],
        fix: backToConda(view, [
          { name: one.name, record: one.owner, dist: dist.value }
        ])
      });
    }
  },
  examples: {
    flagged: [
      {
        name: 'a new MKL under PyTorch’s own build',
        facts: () =>
          facts({
            environment: environment('conda'),
            conda: conda([
              record('mkl', '2024.1.0'),
              record('pytorch', '2.0.1', {
                build: 'py3.10_cuda11.8_cudnn8.7.0_0',
                python_name: 'torch'
              })
            ])
          }),
        findings: [
          { message: 'unstated', severity: 'error', about: ['mkl', 'torch'] }
        ]
      },
      {
        name: 'numpy 2 under scipy of conda',
        facts: () => example('2.1.0', ['numpy >=1.23.5,<2.0a0']),
        findings: [
          { message: 'one', severity: 'warning', about: ['numpy', 'scipy'] }
        ]
      },
      {
        name: 'two packages were built for numpy 1',
        facts: () => {
          const one = example('2.1.0', ['python', 'numpy 1.26.*']);
          one.conda?.records?.push(
            record('pandas', '2.1.4', {
              python_name: 'pandas',
              depends: ['numpy >=1.26,<2', 'numpy >=1.23.5,<2.0a0']
            })
          );
          return one;
        },
        findings: [
          {
            message: 'several',
            severity: 'warning',
            about: ['numpy', 'scipy', 'pandas']
          }
        ]
      }
    ],
    clean: [
      {
        name: 'PyTorch of conda-forge, which states its MKL; a later PyTorch; an older MKL',
        facts: () =>
          facts({
            environment: environment('conda'),
            conda: conda([
              record('mkl', '2024.2.2'),
              record('pytorch', '2.0.1', { build: 'cuda118py310h4a8e6a6_200' })
            ])
          })
      },
      {
        name: 'a build that is not known, or an MKL that fits',
        facts: () =>
          facts({
            environment: environment('conda'),
            conda: conda([
              record('mkl', '2023.1.0'),
              record('pytorch', '2.0.1', {
                build: 'py3.10_cuda11.8_cudnn8.7.0_0'
              })
            ])
          })
      },
      {
        name: 'the dependencies are not known',
        facts: () => example('2.1.0', null)
      },
      {
        name: 'pip’s version fits as well, or the notation is not known',
        facts: () =>
          example('1.26.9', [
            'numpy >=1.23.5,<2.0a0',
            "numpy[version='1.26.4']"
          ])
      },
      {
        name: 'conda’s own version: its recipe may number otherwise',
        facts: () => {
          const one = example('2.1.0', ['numpy >=1.23.5,<2.0a0']);
          one.packages = [dist('numpy', '2.1.0', { manager: 'conda' })];
          return one;
        }
      }
    ]
  }
});

function example(version: string, depends: string[] | null): IFacts {
  return facts({
    environment: environment('conda'),
    packages: [
      dist('numpy', version, { manager: 'pip' }),
      dist('scipy', '1.11.4', { manager: 'conda' })
    ],
    conda: conda([
      record('numpy', '1.26.4', { python_name: 'numpy' }),
      record('scipy', '1.11.4', { python_name: 'scipy', depends })
    ])
  });
}
