import { tensorflowBuild, tensorflowRunsOn } from '../../compat/tensorflow';
import {
  dist,
  environment,
  facts,
  framework,
  gpu,
  gpus,
  library,
  platform,
  python
} from '../../facts/build';
import type { ICudaLibrary, IFacts } from '../../facts/facts.generated';
import type { View } from '../../facts/view';
import { text } from '../../text/text';
import { majorOf } from '../../versions/cuda';
import { publicVersion } from '../../versions/pep440';
import {
  condaOwns,
  cudaMinor,
  gpuBuild,
  isWheel,
  tensorflowFindsWheels,
  type IBuild
} from '../cuda';
import { dirname, kernelEnv } from '../paths';
import { defineRule, type IFix } from '../types';
import { condaInstall, pipInstall } from '../words';

/** SONAME of the CUDA runtime: one a major from 11 on (11 is called 11.0), one a minor before. */
function runtimeSoname(cuda: string): string | null {
  const major = majorOf(cuda);
  const minor = cudaMinor(cuda);
  if (major === null || minor === null) {
    return null;
  }
  return major > 11
    ? `libcudart.so.${major}`
    : major === 11
      ? 'libcudart.so.11.0'
      : `libcudart.so.${minor}`;
}

/** Whether TensorFlow's loader would find this copy; null when that is not known. */
function isFound(view: View, build: IBuild, one: ICudaLibrary): boolean | null {
  if (one.mapped === true) {
    return true;
  }
  switch (one.origin) {
    case 'LD_LIBRARY_PATH':
    case 'ld-cache':
    case 'mapped':
      return true;
    case 'environment':
      // conda's builds look in the environment's lib, wheels before 2.14 do not; of later ones it is not known.
      return condaOwns(view, build.distribution)
        ? true
        : isWheel(view, build.distribution) &&
            tensorflowFindsWheels(build.framework.version ?? '') === false
          ? false
          : null;
    case 'wheel':
      return tensorflowFindsWheels(build.framework.version ?? '');
    default:
      return false;
  }
}

/** Put the folders that hold the libraries in front. */
function pathFix(view: View, libraries: readonly ICudaLibrary[]): IFix {
  const folders = new Set([
    ...libraries.map(one => dirname(one.path)),
    ...(view.environ('LD_LIBRARY_PATH') ?? '')
      .split(':')
      .filter(folder => folder !== '')
  ]);
  return {
    commands: [kernelEnv({ LD_LIBRARY_PATH: [...folders].join(':') })],
    where: 'kernelspec',
    restart: true,
    safety: 'review',
    note: text(
      'Scripts in etc/conda/activate.d do not run for kernels; an entry in kernel.json does.'
    )
  };
}

function installFix(view: View, build: IBuild, cuda: string): IFix | null {
  const version = build.framework.version ?? '';
  const rest = { where: 'cell', restart: true, safety: 'review' } as const;
  const table = tensorflowBuild(version)?.value;
  if (isWheel(view, build.distribution)) {
    if (tensorflowFindsWheels(version)) {
      return {
        ...rest,
        commands: [
          pipInstall(view, [`tensorflow[and-cuda]==${publicVersion(version)}`])
        ]
      };
    }
    const next = tensorflowBuild('2.14')?.value;
    const prefix = view.facts.python?.prefix;
    if (view.facts.environment?.kind === 'conda' && prefix && table) {
      return {
        ...rest,
        commands: [
          condaInstall(
            [`cudatoolkit=${cudaMinor(cuda)}`, `cudnn=${table.cudnn}`],
            ['-c', 'conda-forge']
          ),
          kernelEnv({
            LD_LIBRARY_PATH: [
              `${prefix}/lib`,
              ...(view.environ('LD_LIBRARY_PATH') ?? '')
                .split(':')
                .filter(folder => folder !== '')
            ].join(':')
          })
        ],
        note: text(
          'The second line belongs into kernel.json: TensorFlow %1 does not look there by itself.',
          version
        )
      };
    }
    return next &&
      view.facts.python?.version &&
      tensorflowRunsOn(next, view.facts.python.version)
      ? {
          ...rest,
          commands: [
            pipInstall(view, [`tensorflow[and-cuda]==${next.version}.*`])
          ],
          note: text(
            'From this release on the CUDA libraries come as an extra.'
          )
        }
      : null;
  }
  return condaOwns(view, build.distribution) &&
    table &&
    (majorOf(cuda) ?? 12) < 12
    ? {
        ...rest,
        commands: [
          condaInstall([
            `cudatoolkit=${cudaMinor(cuda)}`,
            `cudnn=${table.cudnn}`
          ])
        ]
      }
    : null;
}

/** A TensorFlow wheel or conda build on a machine with a T4. */
function example(
  version: string,
  cuda: string,
  manager: 'pip' | 'conda',
  libraries: ICudaLibrary[] | null,
  more: Partial<IFacts> = {}
): () => IFacts {
  return () =>
    facts({
      platform: platform('linux-x86_64'),
      packages: [dist('tensorflow', version, { manager })],
      frameworks: [framework('tensorflow', version, { gpu_build: true, cuda })],
      gpu: gpus('535.104.05', '12.2', [gpu('Tesla T4', '7.5')]),
      cuda_libraries: libraries,
      ...more
    });
}

/** The runtime in a folder. */
function cudart(
  version: string,
  folder: string,
  origin: ICudaLibrary['origin'] = 'environment'
): ICudaLibrary {
  const soname = `libcudart.so.${version}`;
  return library('cudart', soname, `${folder}/${soname}`, { origin });
}

export default defineRule({
  id: 'tensorflow-libraries-missing',
  code: 'R62',
  since: '0.1.0',
  docs: {
    summary: 'TensorFlow does not find the CUDA libraries it needs.',
    what: 'Takes the CUDA that TensorFlow was built for, and looks for the runtime library of that CUDA where its loader looks: `LD_LIBRARY_PATH`, the cache of the loader, the `nvidia-…` wheels (from TensorFlow 2.14 on), the `lib` folder of the environment (builds of conda only).',
    why: 'TensorFlow imports, says so in one line of its log, and computes on the CPU.',
    example:
      '`Could not load dynamic library libcudart.so.11.0`; `Cannot dlopen some GPU libraries. Skipping registering GPU devices...`',
    fix: 'Install the libraries, or, where they are there and not found, put their folder on `LD_LIBRARY_PATH` in the `env` entry of kernel.json. Scripts in `activate.d` do not run for kernels.',
    safety:
      'A folder on `LD_LIBRARY_PATH` counts for every program that this kernel starts.',
    references: ['tensorflow/tensorflow#56413', 'tensorflow/tensorflow#60646']
  },
  messages: {
    missing: {
      title: 'TensorFlow %1 needs %2, which is not here',
      why: 'TensorFlow computes on the CPU.'
    },
    hidden: {
      title: 'TensorFlow %1 does not find %2',
      why: 'The library is installed where TensorFlow %1 does not look, so it computes on the CPU.'
    }
  },
  check(view, report) {
    const libraries = view.facts.cuda_libraries;
    const build = gpuBuild(view, 'tensorflow');
    const version = build?.framework.version;
    if (
      !libraries ||
      !build ||
      !version ||
      build.framework.gpu_build !== true ||
      view.facts.platform?.system !== 'Linux' ||
      !view.gpus ||
      view.gpus.length === 0 ||
      view.seenWorking('tensorflow')
    ) {
      return;
    }
    const cuda =
      build.cuda ??
      (isWheel(view, build.distribution)
        ? tensorflowBuild(version)?.value.cuda
        : null);
    const soname = cuda ? runtimeSoname(cuda) : null;
    if (!cuda || soname === null) {
      return;
    }
    const copies = libraries.filter(one => one.soname === soname);
    if (copies.some(one => isFound(view, build, one) !== false)) {
      return;
    }
    // The runtime alone is not enough: bring the folders of its companions along.
    const near = libraries.filter(
      one => one.origin === 'wheel' || one.origin === 'environment'
    );
    const usable = copies.filter(
      one => one.origin === 'wheel' || one.origin === 'environment'
    );
    const first = copies[0];
    report({
      message: first ? 'hidden' : 'missing',
      args: [version, soname],
      severity: 'warning',
      about: [build.distribution, ...(first ? ['LD_LIBRARY_PATH'] : [])],
      evidence: [
        build.evidence,
        first
          ? {
              text: text('%1', first.path),
              path: `/cuda_libraries/${libraries.indexOf(first)}`
            }
          : { text: text('%1 was not found', soname), path: '/cuda_libraries' }
      ],
      fix: first
        ? pathFix(
            view,
            usable.length > 0
              ? near.filter(one => usable.some(u => u.origin === one.origin))
              : copies
          )
        : installFix(view, build, cuda),
      stops: ['tensorflow']
    });
  },
  examples: {
    flagged: [
      {
        name: 'the wheel without its extra',
        facts: example('2.15.1', '12.2', 'pip', []),
        findings: [
          { message: 'missing', severity: 'warning', about: ['tensorflow'] }
        ]
      },
      {
        name: "conda's libraries, which the wheel of 2.10 does not find",
        facts: example(
          '2.10.1',
          '11.2',
          'pip',
          [cudart('11.0', '/opt/conda/envs/tf/lib')],
          {
            python: python('3.9.18', { prefix: '/opt/conda/envs/tf' }),
            environment: environment('conda'),
            environ: {}
          }
        ),
        findings: [
          {
            message: 'hidden',
            severity: 'warning',
            about: ['tensorflow', 'LD_LIBRARY_PATH']
          }
        ]
      },
      {
        name: 'nvidia wheels, which the wheel of 2.12 does not find',
        facts: example('2.12.0', '11.8', 'pip', [
          cudart('11.0', '/e/site-packages/nvidia/cuda_runtime/lib', 'wheel'),
          library(
            'cudnn',
            'libcudnn.so.8',
            '/e/site-packages/nvidia/cudnn/lib/libcudnn.so.8',
            { origin: 'wheel' }
          )
        ]),
        findings: [
          {
            message: 'hidden',
            severity: 'warning',
            about: ['tensorflow', 'LD_LIBRARY_PATH']
          }
        ]
      },
      {
        name: 'the runtime of another minor, where each minor has its own',
        facts: example('1.15.5', '10.0', 'conda', [
          cudart('10.2', '/opt/conda/lib')
        ]),
        findings: [
          { message: 'missing', severity: 'warning', about: ['tensorflow'] }
        ]
      }
    ],
    clean: [
      {
        name: 'the wheels that 2.15 brings',
        facts: example('2.15.1', '12.2', 'pip', [
          cudart('12', '/e/site-packages/nvidia/cuda_runtime/lib', 'wheel')
        ])
      },
      {
        name: 'conda tensorflow-gpu 1.15 with cudatoolkit 10.0',
        facts: example('1.15.0', '10.0', 'conda', [
          cudart('10.0', '/opt/conda/envs/tf1/lib')
        ])
      },
      {
        name: 'conda tensorflow 2.3 with cudatoolkit 10.1',
        facts: example('2.3.0', '10.1', 'conda', [
          cudart('10.1', '/opt/conda/envs/tf2/lib')
        ])
      },
      {
        name: 'the libraries of the system',
        facts: example('2.10.1', '11.2', 'pip', [
          cudart('11.0', '/usr/local/cuda/lib64', 'ld-cache')
        ])
      },
      {
        name: 'who installed it is not known, nor where it looks',
        facts: example(
          '2.10.1',
          '11.2',
          'pip',
          [cudart('11.0', '/opt/conda/envs/tf/lib')],
          {
            packages: [dist('tensorflow', '2.10.1')]
          }
        )
      },
      {
        name: 'nobody looked for the libraries',
        facts: example('2.15.1', '12.2', 'pip', null)
      },
      {
        name: 'a machine without a GPU',
        facts: example('2.15.1', '12.2', 'pip', [], {
          gpu: gpus(null, null, [])
        })
      }
    ]
  }
});
