import { tensorflowBuild } from '../../compat/tensorflow';
import {
  conda,
  dist,
  environment,
  facts,
  framework,
  gpu,
  gpus,
  library,
  noGpu,
  platform,
  record
} from '../../facts/build';
import type { ICudaLibrary, IFacts } from '../../facts/facts.generated';
import type { View } from '../../facts/view';
import { text } from '../../text/text';
import { majorOf } from '../../versions/cuda';
import { publicVersion } from '../../versions/pep440';
import { condaOwns, isWheel, tensorflowFindsWheels } from '../cuda';
import {
  cudnnCopies,
  cudnnFits,
  cudnnNeeds,
  tensorflowFinds,
  type ICudnnNeed
} from '../cudnn';
import { defineRule, type IEvidence, type IFix } from '../types';
import { condaInstall, pipInstall } from '../words';

function fixOf(view: View, need: ICudnnNeed): IFix | null {
  const rest = { where: 'cell', restart: true, safety: 'review' } as const;
  const { distribution, framework: found, cuda } = need.build;
  const version = found.version ?? '';
  const wanted = need.minor ?? String(need.major);
  if (condaOwns(view, distribution)) {
    return { ...rest, commands: [condaInstall([`cudnn=${wanted}`])] };
  }
  if (!isWheel(view, distribution)) {
    return null;
  }
  if (tensorflowFindsWheels(version)) {
    return {
      ...rest,
      commands: [
        pipInstall(view, [`tensorflow[and-cuda]==${publicVersion(version)}`])
      ]
    };
  }
  const major = majorOf(cuda ?? tensorflowBuild(version)?.value.cuda);
  const wheel = `nvidia-cudnn-cu${major ?? ''}`;
  return view.has(wheel)
    ? {
        ...rest,
        commands: [pipInstall(view, [`${wheel}${need.specifier}`])]
      }
    : view.facts.environment?.kind === 'conda'
      ? {
          ...rest,
          commands: [condaInstall([`cudnn=${wanted}`], ['-c', 'conda-forge'])]
        }
      : null;
}

/** TensorFlow finds the runtime of its CUDA, so that cuDNN alone is the matter. */
function hasRuntime(view: View, need: ICudnnNeed): boolean {
  const major = majorOf(need.build.cuda);
  return (view.facts.cuda_libraries ?? []).some(
    one =>
      one.family === 'cudart' &&
      major !== null &&
      one.major === major &&
      tensorflowFinds(view, need.build, one) === true
  );
}

/** TensorFlow beside a T4. */
function example(
  version: string,
  cuda: string,
  cudnn: string,
  more: Partial<IFacts> = {}
) {
  return () =>
    facts({
      platform: platform('linux-x86_64'),
      packages: [dist('tensorflow', version, { manager: 'pip' })],
      frameworks: [
        framework('tensorflow', version, { gpu_build: true, cuda, cudnn })
      ],
      gpu: gpus('535.104.05', '12.2', [gpu('Tesla T4', '7.5')]),
      ...more
    });
}

/** A library of a wheel. */
function wheel(
  family: ICudaLibrary['family'],
  soname: string,
  version: string,
  distribution: string
): ICudaLibrary {
  return library(
    family,
    soname,
    `/e/site-packages/nvidia/${family}/lib/${soname}`,
    {
      version,
      origin: 'wheel',
      distribution
    }
  );
}

const RUNTIME = wheel(
  'cudart',
  'libcudart.so.12',
  '12.2.140',
  'nvidia-cuda-runtime-cu12'
);

export default defineRule({
  id: 'cudnn-mismatch',
  code: 'R61',
  since: '0.1.0',
  docs: {
    summary: 'TensorFlow finds another cuDNN than it was built with.',
    what: 'Takes the cuDNN that TensorFlow was built with, from its own files and, for official wheels, from the table, and compares it with each `libcudnn.so.N` that its loader finds; where nobody looked for files, with the packages that bring cuDNN. The major must be the same and the minor the same or newer. One copy that fits is enough.',
    why: 'TensorFlow loads no other cuDNN: it leaves the GPU out, or fails at the first convolution.',
    example:
      '`Loaded runtime CuDNN library: 8.1.0 but source was compiled with: 8.6.0. CuDNN library needs to have matching major version and equal or higher minor version.`; `Could not create cudnn handle: CUDNN_STATUS_NOT_INITIALIZED`; `DNN library is not found.`',
    fix: 'Bring the cuDNN of this TensorFlow: by its extra `and-cuda` from 2.14 on, by conda where conda brought TensorFlow.',
    safety:
      'Another framework in the same environment can need the cuDNN that is there now.',
    references: ['rapidsai/cudf#7262', 'tensorflow/docs#2251']
  },
  messages: {
    major: {
      title: 'TensorFlow %1 needs cuDNN %2, here is %3',
      why: 'TensorFlow cannot load another major of cuDNN, so it leaves the GPU out.'
    },
    older: {
      title: 'TensorFlow %1 needs cuDNN %2, here is the older %3',
      why: 'TensorFlow refuses an older cuDNN at the first convolution.'
    },
    missing: {
      title: 'TensorFlow %1 needs cuDNN %2, which is not here',
      why: 'TensorFlow leaves the GPU out.'
    }
  },
  check(view, report) {
    const need = view.framework('tensorflow')
      ? cudnnNeeds(view).find(one => one.build.name === 'tensorflow')
      : null;
    const devices = view.gpus;
    if (
      !need ||
      (view.facts.platform?.system ?? 'Linux') !== 'Linux' ||
      devices?.length === 0 ||
      view.seenWorking('tensorflow')
    ) {
      return;
    }
    const copies = cudnnCopies(view, need.build);
    if (!copies || copies.some(one => cudnnFits(need, one))) {
      return;
    }
    const same = copies.filter(one => one.major === need.major);
    const shown = same.length > 0 ? same : copies;
    const hidden = (view.facts.cuda_libraries ?? []).some(
      one => one.family === 'cudnn' && one.major === need.major
    );
    // Without any copy, only a TensorFlow that has all the rest is known to lack it.
    if (
      shown.length === 0 &&
      (hidden || !view.facts.cuda_libraries || !hasRuntime(view, need))
    ) {
      return;
    }
    const evidence: IEvidence[] = [
      need.evidence,
      ...(shown.length > 0
        ? shown.slice(0, 3).map(one => one.evidence)
        : [{ text: text('no libcudnn was found'), path: '/cuda_libraries' }])
    ];
    const packages = shown.flatMap(one => one.distribution ?? []);
    report({
      message:
        same.length > 0 ? 'older' : shown.length > 0 ? 'major' : 'missing',
      args: [
        need.build.framework.version ?? '',
        need.minor ?? String(need.major),
        ...shown.slice(0, 1).map(one => one.version ?? String(one.major))
      ],
      severity: devices === null ? 'warning' : 'error',
      about: [need.build.distribution, ...new Set(packages)],
      evidence,
      fix: fixOf(view, need),
      stops: ['tensorflow']
    });
  },
  examples: {
    flagged: [
      {
        name: 'cuDNN 9 of a newer PyTorch beside TensorFlow 2.15',
        facts: example('2.15.1', '12.2', '8', {
          cuda_libraries: [
            RUNTIME,
            wheel('cudnn', 'libcudnn.so.9', '9.1.0.70', 'nvidia-cudnn-cu12')
          ]
        }),
        findings: [
          {
            message: 'major',
            severity: 'error',
            about: ['tensorflow', 'nvidia-cudnn-cu12']
          }
        ]
      },
      {
        name: 'an older minor, by the packages',
        facts: example('2.12.0', '11.8', '8.6', {
          packages: [
            dist('tensorflow', '2.12.0', { manager: 'pip' }),
            dist('nvidia-cudnn-cu11', '8.5.0.96', { manager: 'pip' })
          ],
          gpu: null
        }),
        findings: [
          {
            message: 'older',
            severity: 'warning',
            about: ['tensorflow', 'nvidia-cudnn-cu11']
          }
        ]
      },
      {
        name: "conda's cuDNN 9 beside conda's TensorFlow for 8",
        facts: example('2.15.0', '11.8', '8', {
          environment: environment('conda'),
          packages: [dist('tensorflow', '2.15.0', { manager: 'conda' })],
          conda: conda([record('cudnn', '9.3.0.75')])
        }),
        findings: [
          {
            message: 'major',
            severity: 'error',
            about: ['tensorflow', 'cudnn']
          }
        ]
      },
      {
        name: 'the wheels of CUDA without cuDNN',
        facts: example('2.15.1', '12.2', '8', { cuda_libraries: [RUNTIME] }),
        findings: [
          { message: 'missing', severity: 'error', about: ['tensorflow'] }
        ]
      },
      {
        name: 'a wheel of TensorFlow over an old cuDNN of conda',
        facts: example('2.10.1', '11.2', '8', {
          environment: environment('conda'),
          conda: conda([record('cudnn', '7.6.5')])
        }),
        findings: [
          {
            message: 'major',
            severity: 'error',
            about: ['tensorflow', 'cudnn']
          }
        ]
      }
    ],
    clean: [
      {
        name: 'the cuDNN of its extra',
        facts: example('2.15.1', '12.2', '8', {
          cuda_libraries: [
            RUNTIME,
            wheel('cudnn', 'libcudnn.so.8', '8.9.4.25', 'nvidia-cudnn-cu12')
          ]
        })
      },
      {
        name: 'a newer minor',
        facts: example('2.18.0', '12.5', '9', {
          packages: [
            dist('tensorflow', '2.18.0', { manager: 'pip' }),
            dist('nvidia-cudnn-cu12', '9.10.2.21', { manager: 'pip' })
          ]
        })
      },
      {
        name: 'one of two copies fits',
        facts: example('2.12.0', '11.8', '8.6', {
          packages: [
            dist('tensorflow', '2.12.0', { manager: 'pip' }),
            dist('nvidia-cudnn-cu11', '8.6.0.163', { manager: 'pip' })
          ],
          conda: conda([record('cudnn', '8.1.0.77')])
        })
      },
      {
        name: "PyTorch's own copy in torch/lib",
        facts: example('2.15.0', '11.8', '8', {
          environment: environment('conda'),
          packages: [dist('tensorflow', '2.15.0', { manager: 'conda' })],
          cuda_libraries: [
            library(
              'cudnn',
              'libcudnn.so.8',
              '/opt/conda/envs/a/lib/libcudnn.so.8'
            ),
            library(
              'cudnn',
              'libcudnn.so.9',
              '/e/site-packages/torch/lib/libcudnn.so.9',
              { origin: 'wheel', distribution: 'torch' }
            )
          ]
        })
      },
      {
        name: 'neither files nor packages are known',
        facts: example('2.15.1', '12.2', '8', { packages: null })
      },
      {
        name: 'no GPU here',
        facts: example('2.15.1', '12.2', '8', {
          gpu: noGpu(),
          packages: [
            dist('tensorflow', '2.15.1', { manager: 'pip' }),
            dist('nvidia-cudnn-cu12', '9.1.0.70', { manager: 'pip' })
          ]
        })
      },
      {
        name: 'it was seen to compute',
        facts: example('2.15.1', '12.2', '8', {
          packages: [
            dist('tensorflow', '2.15.1', { manager: 'pip' }),
            dist('nvidia-cudnn-cu12', '9.1.0.70', { manager: 'pip' })
          ],
          observed: [
            { framework: 'tensorflow', gpu_works: true, source: 'GPU test' }
          ]
        })
      }
    ]
  }
});
