import {
  conda,
  dist,
  environment,
  facts,
  platform,
  record
} from '../../facts/build';
import type { IFacts } from '../../facts/facts.generated';
import type { View } from '../../facts/view';
import { text } from '../../text/text';
import { condaOwns } from '../cuda';
import { dirname, normalisePath, samePath } from '../paths';
import { defineRule, type IFix } from '../types';
import { pipUninstall } from '../words';

type Runtime = NonNullable<IFacts['openmp']>[number];

/** LLVM's runtime under Intel's name: conda-forge links it so. */
function isIntel(one: Runtime, all: readonly Runtime[]): boolean {
  return (
    one.name === 'libiomp5' &&
    one.distribution !== 'llvm-openmp' &&
    (one.distribution !== null ||
      !all.some(
        other =>
          other.name === 'libomp' &&
          samePath(dirname(other.path), dirname(one.path))
      ))
  );
}

interface IRuntime {
  readonly value: Runtime;
  readonly path: string;
  readonly intel: boolean;
}

/** One of each folder: conda puts links with the other names beside the runtime that it has chosen. */
function runtimes(view: View): IRuntime[] {
  const all = view.facts.openmp ?? [];
  const rank = (one: IRuntime) =>
    one.intel ? 0 : one.value.name === 'libgomp' ? 2 : 1;
  const seen = new Map<string, IRuntime>();
  all.forEach((value, i) => {
    const one = { value, path: `/openmp/${i}`, intel: isIntel(value, all) };
    const folder = normalisePath(dirname(value.path));
    const known = seen.get(folder);
    if (!known || rank(one) < rank(known)) {
      seen.set(folder, one);
    }
  });
  return [...seen.values()].sort((a, b) =>
    a.value.path < b.value.path ? -1 : 1
  );
}

/** The runtimes that meet: Intel's refuses every other; LLVM's matters when both are loaded. */
function clash(view: View): IRuntime[] {
  const all = runtimes(view);
  const intel = all.filter(one => one.intel);
  if (intel.length > 0) {
    return all.length > 1 ? [...intel, ...all.filter(one => !one.intel)] : [];
  }
  const loaded = all.filter(one => one.value.mapped === true);
  return loaded.length > 1 && loaded.some(one => one.value.name !== 'libgomp')
    ? loaded
    : [];
}

/** Intel's runtime goes, together with what needs it. */
function fixOf(view: View, all: readonly IRuntime[]): IFix | null {
  const rest = { where: 'cell', restart: true, safety: 'review' } as const;
  if (!all.some(one => one.intel)) {
    return null;
  }
  const isConda = view.facts.environment?.kind === 'conda';
  if (
    isConda &&
    (view.record('intel-openmp') || view.record('mkl')) &&
    !view.has('intel-openmp')
  ) {
    return {
      ...rest,
      // conda removes what needs the runtime along with it: MKL, which nothing needs by then.
      commands: [
        '%conda install nomkl',
        ...(view.record('intel-openmp') ? ['%conda remove intel-openmp'] : [])
      ],
      note: text('NumPy and SciPy change from MKL to OpenBLAS.')
    };
  }
  if (view.has('intel-openmp') && !condaOwns(view, 'intel-openmp')) {
    const needing = [...view.names()]
      .filter(([, [placed]]) =>
        view.requirements(placed.value).some(one => one.name === 'intel-openmp')
      )
      .map(([name]) => name)
      .sort();
    return {
      ...rest,
      commands: [pipUninstall(view, ['intel-openmp', ...needing])],
      ...(needing.length > 0
        ? { note: text('%1 cannot do without it.', needing.join(', ')) }
        : {})
    };
  }
  return null;
}

/** An environment with these runtimes. */
function example(
  system: 'linux-x86_64' | 'win-amd64' | 'osx-arm64',
  list: readonly (readonly [
    name: Runtime['name'],
    path: string,
    distribution: string | null,
    mapped?: boolean
  ])[],
  more: Partial<IFacts> = {}
) {
  return () =>
    facts({
      platform: platform(system.replace('osx', 'darwin')),
      environment: environment('conda'),
      openmp: list.map(([name, path, distribution, mapped]) => ({
        name,
        path,
        distribution,
        mapped: mapped ?? null
      })),
      ...more
    });
}

const TORCH = '/e/site-packages/torch/lib/libgomp-a34b3233.so.1';

export default defineRule({
  id: 'two-openmp',
  code: 'R42',
  since: '0.1.0',
  docs: {
    summary: "Intel's OpenMP runtime meets another one.",
    what: "Lists the OpenMP runtimes of the environment: `libgomp` (GNU), `libomp` (LLVM) and `libiomp5` (Intel). Names in one folder count once, because conda links them to one file. Intel's beside any other is reported; `libomp` beside another only when both are loaded in this process. Several copies of `libgomp`, which many wheels bring, are silent.",
    why: "Intel's runtime stops the process when it finds a second one; with `libgomp` MKL refuses its threads, or computations get slow or wrong.",
    example:
      '`OMP: Error #15: Initializing libiomp5md.dll, but found libiomp5md.dll already initialized.`; `MKL_THREADING_LAYER=INTEL is incompatible with libgomp-a34b3233.so.1 library.`',
    fix: 'One source: NumPy without MKL (`nomkl`) in a conda environment, or without the wheel `intel-openmp`. `KMP_DUPLICATE_LIB_OK=TRUE` only hides the message.',
    safety:
      'NumPy computes with OpenBLAS afterwards: a little slower or faster, other rounding.',
    references: [
      'dmlc/xgboost#1715',
      'kuprel/min-dalle#12',
      'pytorch/pytorch#37377'
    ]
  },
  messages: {
    intel: {
      title: "Intel's OpenMP runtime stands beside another one",
      why: 'A process that loads both can stop with `OMP: Error #15`, or compute wrongly.'
    },
    loaded: {
      title: 'Two OpenMP runtimes are loaded in this process',
      why: 'Each starts its own threads, so computations get slow, or stop.'
    }
  },
  costly(view) {
    // Without Intel's or LLVM's runtime there is nothing to find.
    const names = ['intel-openmp', 'mkl', 'llvm-openmp', 'openmp'];
    return names.some(name => view.record(name) !== null || view.has(name))
      ? ['openmp']
      : [];
  },
  check(view, report) {
    const all = clash(view);
    const system = view.facts.platform?.system ?? null;
    if (all.length === 0 || system === null) {
      return;
    }
    const intel = all.some(one => one.intel);
    const owners = all.flatMap(one => one.value.distribution ?? []);
    report({
      message: intel ? 'intel' : 'loaded',
      severity: intel && system !== 'Linux' ? 'error' : 'warning',
      about: [...new Set(owners.length > 0 ? owners : ['python'])],
      evidence: all.slice(0, 5).map(one => ({
        text: one.value.mapped
          ? text('%1 (loaded)', one.value.path)
          : text('%1', one.value.path),
        path: one.path
      })),
      fix: fixOf(view, all)
    });
  },
  examples: {
    flagged: [
      {
        name: "conda's MKL beside the libgomp of a PyTorch wheel",
        facts: example(
          'linux-x86_64',
          [
            ['libiomp5', '/opt/conda/envs/a/lib/libiomp5.so', 'intel-openmp'],
            ['libgomp', TORCH, 'torch']
          ],
          { conda: conda([record('intel-openmp', '2023.1.0')]) }
        ),
        findings: [
          {
            message: 'intel',
            severity: 'warning',
            about: ['intel-openmp', 'torch']
          }
        ]
      },
      {
        name: 'Windows, where PyTorch and MKL bring the same runtime',
        facts: example(
          'win-amd64',
          [
            [
              'libiomp5',
              'C:\\env\\Library\\bin\\libiomp5md.dll',
              'intel-openmp'
            ],
            [
              'libiomp5',
              'C:\\env\\Lib\\site-packages\\torch\\lib\\libiomp5md.dll',
              'torch'
            ]
          ],
          { conda: conda([record('intel-openmp', '2023.1.0')]) }
        ),
        findings: [
          {
            message: 'intel',
            severity: 'error',
            about: ['torch', 'intel-openmp']
          }
        ]
      },
      {
        name: 'the wheel intel-openmp',
        facts: example(
          'linux-x86_64',
          [
            ['libiomp5', '/e/lib/libiomp5.so', 'intel-openmp'],
            [
              'libgomp',
              '/e/site-packages/scikit_learn.libs/libgomp.so.1',
              'scikit-learn'
            ]
          ],
          {
            environment: environment('venv'),
            packages: [
              dist('intel-openmp', '2024.0.0', { manager: 'pip' }),
              dist('mkl', '2024.0.0', {
                manager: 'pip',
                requires: ['intel-openmp==2024.*']
              })
            ]
          }
        ),
        findings: [
          {
            message: 'intel',
            severity: 'warning',
            about: ['intel-openmp', 'scikit-learn']
          }
        ]
      },
      {
        name: 'LLVM and GNU, both loaded',
        facts: example('linux-x86_64', [
          ['libomp', '/opt/conda/envs/a/lib/libomp.so', 'llvm-openmp', true],
          ['libgomp', TORCH, 'torch', true]
        ]),
        findings: [
          {
            message: 'loaded',
            severity: 'warning',
            about: ['torch', 'llvm-openmp']
          }
        ]
      }
    ],
    clean: [
      {
        name: 'several copies of libgomp, one for each wheel',
        facts: example('linux-x86_64', [
          ['libgomp', TORCH, 'torch', true],
          [
            'libgomp',
            '/e/site-packages/scikit_learn.libs/libgomp.so.1',
            'scikit-learn',
            true
          ]
        ])
      },
      {
        name: "conda's links to one runtime",
        facts: example('linux-x86_64', [
          ['libomp', '/opt/conda/envs/a/lib/libomp.so', 'llvm-openmp', true],
          ['libiomp5', '/opt/conda/envs/a/lib/libiomp5.so', 'llvm-openmp'],
          [
            'libgomp',
            '/opt/conda/envs/a/lib/libgomp.so.1',
            '_openmp_mutex',
            true
          ]
        ])
      },
      {
        name: "the same without its owner's name, beside a wheel",
        facts: example('linux-x86_64', [
          ['libomp', '/opt/conda/envs/a/lib/libomp.so', null],
          ['libiomp5', '/opt/conda/envs/a/lib/libiomp5.so', null],
          ['libgomp', TORCH, 'torch']
        ])
      },
      {
        name: 'LLVM on the disk beside a wheel',
        facts: example('osx-arm64', [
          ['libomp', '/e/site-packages/torch/lib/libomp.dylib', 'torch'],
          [
            'libomp',
            '/e/site-packages/sklearn/.dylibs/libomp.dylib',
            'scikit-learn'
          ]
        ])
      },
      {
        name: 'nobody looked for runtimes',
        facts: example('linux-x86_64', [], { openmp: null })
      }
    ]
  }
});
