import {
  conda,
  dist,
  environment,
  facts,
  framework,
  platform,
  python,
  record
} from '../../facts/build';
import type { IDistribution, IFacts } from '../../facts/facts.generated';
import type { IPlaced, View } from '../../facts/view';
import { text } from '../../text/text';
import { compareDotted, majorOf } from '../../versions/cuda';
import { cudaMinor, gpuBuilds, isWheel, tensorflowFindsWheels } from '../cuda';
import { kernelEnv, samePath } from '../paths';
import { defineRule, type IEvidence, type IFix } from '../types';

const VARIABLE = 'LD_LIBRARY_PATH';

/** conda's packages whose version is that of CUDA. */
const RUNTIMES = ['cudatoolkit', 'cuda-cudart', 'cuda-version'];

/** Libraries of which the SONAME does not tell the CUDA: conda's packages and the wheels. */
const SHARED: readonly (readonly [readonly string[], string])[] = [
  [['cudnn', 'libcudnn'], 'nvidia-cudnn-cu'],
  [['nccl'], 'nvidia-nccl-cu']
];

interface ISide {
  name: string;
  version: string;
  evidence: IEvidence;
}

/** conda's CUDA; null when it has none. */
function condaCuda(view: View): ISide | null {
  for (const name of RUNTIMES) {
    const found = view.record(name);
    const version = found?.value.version ?? null;
    if (found && version !== null && majorOf(version) !== null) {
      return {
        name,
        version,
        evidence: {
          text: text('conda has %1 %2', name, version),
          path: `${found.path}/version`
        }
      };
    }
  }
  return null;
}

/** CUDA wheels: name, CUDA major. */
function wheels(
  view: View
): { name: string; major: number; placed: IPlaced<IDistribution> }[] {
  return [...view.names()]
    .flatMap(([name, copies]) => {
      const suffix = /^nvidia-.+-cu(\d\d)$/.exec(name);
      return suffix && copies[0].value.manager !== 'conda'
        ? [{ name, major: Number(suffix[1]), placed: copies[0] }]
        : [];
    })
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** Libraries that both bring under one SONAME. */
function shared(view: View): { conda: ISide; wheel: ISide; cuda: number }[] {
  return SHARED.flatMap(([names, prefix]) => {
    const record = names.flatMap(name => view.record(name) ?? [])[0];
    const version = record?.value.version ?? null;
    return wheels(view).flatMap(({ name, major, placed }) =>
      record &&
      version !== null &&
      placed.value.version !== null &&
      name.startsWith(prefix) &&
      majorOf(placed.value.version) === majorOf(version)
        ? [
            {
              cuda: major,
              conda: {
                name: record.value.name,
                version,
                evidence: {
                  text: text('conda has %1 %2', record.value.name, version),
                  path: `${record.path}/version`
                }
              },
              wheel: {
                name,
                version: placed.value.version,
                evidence: {
                  text: text('%1 %2', name, placed.value.version),
                  path: `${placed.path}/version`
                }
              }
            }
          ]
        : []
    );
  });
}

/** The folder of conda's libraries on LD_LIBRARY_PATH. */
function onPath(view: View, folders: readonly string[]): string | null {
  const prefix = view.facts.python?.prefix;
  return (
    folders.find(folder =>
      prefix
        ? samePath(folder, `${prefix}/lib`)
        : /[/](?:envs[/][^/]+|\w*conda3?|miniforge3|mambaforge)[/]lib[/]?$/.test(
            folder
          )
    ) ?? null
  );
}

/** Without the folder, unless a wheel of TensorFlow finds its CUDA through it alone. */
function fixOf(
  view: View,
  folders: readonly string[],
  folder: string,
  cuda: number
): IFix | null {
  const needed = gpuBuilds(view).some(
    one =>
      one.name === 'tensorflow' &&
      isWheel(view, one.distribution) &&
      (tensorflowFindsWheels(one.framework.version ?? '') !== true ||
        majorOf(one.cuda) === cuda)
  );
  return needed
    ? null
    : {
        commands: [
          kernelEnv({
            [VARIABLE]: folders.filter(one => one !== folder).join(':')
          })
        ],
        where: 'kernelspec',
        restart: true,
        safety: 'review',
        note: text('Packages of conda find that folder without the variable.')
      };
}

/** conda's CUDA 11 beside wheels. */
function example(
  cudnn: string,
  installed: Readonly<Record<string, string>>,
  path: string | null,
  more: Partial<IFacts> = {}
) {
  return () =>
    facts({
      platform: platform('linux-x86_64'),
      environment: environment('conda'),
      python: python('3.10.12', { prefix: '/opt/conda/envs/tf' }),
      packages: [
        dist('torch', '2.3.1', { manager: 'pip' }),
        ...Object.entries(installed).map(([name, version]) =>
          dist(name, version, { manager: 'pip' })
        )
      ],
      conda: conda([record('cudatoolkit', '11.8.0'), record('cudnn', cudnn)]),
      frameworks: [
        framework('torch', '2.3.1+cu121', { gpu_build: true, cuda: '12.1' })
      ],
      environ: path === null ? {} : { [VARIABLE]: path },
      ...more
    });
}

export default defineRule({
  id: 'conda-and-wheel-cuda',
  code: 'R56',
  since: '0.1.0',
  docs: {
    summary: 'conda and wheels bring CUDA libraries of two majors.',
    what: 'Looks for CUDA packages of conda (`cudatoolkit`, `cuda-cudart`) beside `nvidia-…` wheels of another CUDA major. It is a warning only when the `lib` folder of the environment is on `LD_LIBRARY_PATH` and both bring cuDNN or NCCL under one file name. Otherwise each framework loads its own, and a difference is a note. The same CUDA major is silent.',
    why: 'cuDNN 8 for CUDA 11 and cuDNN 8 for CUDA 12 have one file name. The loader takes the one on the path, which then looks for the libraries of the other CUDA.',
    example:
      '`Could not load library libcudnn_cnn_infer.so.8. Error: libcublasLt.so.11: cannot open shared object file`; `undefined symbol: cublasSetEnvironmentMode`',
    fix: 'Take the folder off `LD_LIBRARY_PATH` in the `env` entry of kernel.json: what conda installed does not need it.',
    safety: 'Programs that rely on the folder no longer find it.',
    references: ['nv-legate/cupynumeric#1225', 'tensorflow/docs#2251']
  },
  messages: {
    front: {
      title:
        "LD_LIBRARY_PATH puts conda's %1 for CUDA %2 before the one for CUDA %3",
      why: 'A framework for CUDA %3 loads a library that was built for CUDA %2.'
    },
    both: {
      title: 'CUDA %2 of conda stands beside wheels of CUDA %3',
      why: 'Each framework loads its own, as long as no search path mixes them; the libraries take their space twice.'
    }
  },
  supersedes: ['ld-library-path-wins'],
  check(view, report) {
    const own = condaCuda(view);
    if (!own) {
      return;
    }
    const major = majorOf(own.version);
    const builds = gpuBuilds(view).filter(one =>
      isWheel(view, one.distribution)
    );
    const others = wheels(view).filter(one => one.major !== major);
    if (
      major === null ||
      others.length === 0 ||
      others.length !== wheels(view).length ||
      builds.length === 0 ||
      builds.every(one => view.seenWorking(one.name))
    ) {
      return;
    }
    const value = view.environ(VARIABLE) ?? '';
    const folders = value.split(':').filter(folder => folder !== '');
    const folder = onPath(view, folders);
    const common = shared(view).filter(one => one.cuda !== major);
    if (folder !== null && common.length > 0) {
      report({
        message: 'front',
        args: [common[0].conda.name, String(major), String(common[0].cuda)],
        severity: 'warning',
        about: [
          VARIABLE,
          ...common.flatMap(one => [one.conda.name, one.wheel.name]),
          ...builds.map(one => one.distribution)
        ],
        evidence: [
          {
            text: text('%1=%2', VARIABLE, value),
            path: `/environ/${VARIABLE}`
          },
          own.evidence,
          ...common.flatMap(one => [one.conda.evidence, one.wheel.evidence])
        ],
        fix: fixOf(view, folders, folder, major)
      });
      return;
    }
    const different = common.filter(
      one =>
        compareDotted(
          cudaMinor(one.conda.version) ?? '',
          cudaMinor(one.wheel.version) ?? ''
        ) !== 0
    );
    if (different.length > 0) {
      report({
        message: 'both',
        args: [own.name, String(major), String(others[0].major)],
        severity: 'info',
        about: [own.name, ...different.map(one => one.wheel.name)],
        evidence: [
          own.evidence,
          ...different.flatMap(one => [one.conda.evidence, one.wheel.evidence])
        ],
        fix: null
      });
    }
  },
  examples: {
    flagged: [
      {
        name: "conda's cuDNN 8 for CUDA 11 in front of the one for CUDA 12",
        facts: example(
          '8.9.2.26',
          { 'nvidia-cudnn-cu12': '8.9.2.26' },
          '/opt/conda/envs/tf/lib:/opt/lib'
        ),
        findings: [
          {
            message: 'front',
            severity: 'warning',
            about: ['LD_LIBRARY_PATH', 'cudnn', 'nvidia-cudnn-cu12', 'torch']
          }
        ]
      },
      {
        name: 'two versions, and no variable',
        facts: example('8.8.0', { 'nvidia-cudnn-cu12': '8.9.2.26' }, null),
        findings: [
          {
            message: 'both',
            severity: 'info',
            about: ['cudatoolkit', 'nvidia-cudnn-cu12']
          }
        ]
      }
    ],
    clean: [
      {
        name: 'each its own, with other file names',
        facts: example(
          '8.8.0',
          { 'nvidia-cudnn-cu12': '9.1.0.70' },
          '/opt/conda/envs/tf/lib'
        )
      },
      {
        name: 'the same version of cuDNN, and no variable',
        facts: example('8.9.2.26', { 'nvidia-cudnn-cu12': '8.9.2.26' }, null)
      },
      {
        name: 'one CUDA major',
        facts: example(
          '8.8.0',
          { 'nvidia-cudnn-cu11': '8.7.0.84' },
          '/opt/conda/envs/tf/lib'
        )
      },
      {
        name: 'the packages of conda are not known',
        facts: example(
          '8.9.2.26',
          { 'nvidia-cudnn-cu12': '8.9.2.26' },
          '/opt/conda/envs/tf/lib',
          { conda: null }
        )
      },
      {
        name: 'it was seen to compute',
        facts: example(
          '8.9.2.26',
          { 'nvidia-cudnn-cu12': '8.9.2.26' },
          '/opt/conda/envs/tf/lib',
          {
            observed: [
              { framework: 'torch', gpu_works: true, source: 'this kernel' }
            ]
          }
        )
      }
    ]
  }
});
