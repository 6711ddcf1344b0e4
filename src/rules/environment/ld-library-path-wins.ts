import {
  dist,
  facts,
  framework,
  library,
  platform,
  record,
  environment
} from '../../facts/build';
import type { ICudaLibrary, IFacts } from '../../facts/facts.generated';
import { text } from '../../text/text';
import {
  gpuBuilds,
  isWheel,
  tensorflowFindsWheels,
  type IBuild
} from '../cuda';
import { kernelEnv, samePath } from '../paths';
import { libraryClashes, type IClash } from '../libraryClashes';
import { defineRule, type IFix } from '../types';
import { condaInstall, frameworkName } from '../words';

const VARIABLE = 'LD_LIBRARY_PATH';

function fixOf(
  folders: readonly string[],
  builds: readonly IBuild[],
  clashes: readonly IClash[]
): IFix | null {
  const rest = { restart: true, safety: 'review' } as const;
  const set = (list: readonly string[]): IFix => ({
    ...rest,
    commands: [kernelEnv({ [VARIABLE]: [...new Set(list)].join(':') })],
    where: 'kernelspec'
  });
  // Older wheels of TensorFlow find CUDA through this variable only: it may not lose a folder.
  const needsPath = builds.some(
    one =>
      one.name === 'tensorflow' &&
      tensorflowFindsWheels(one.framework.version ?? '') !== true
  );
  if (!needsPath) {
    return set(
      folders.filter(
        folder => !clashes.some(one => samePath(one.folder, folder))
      )
    );
  }
  const own = clashes.flatMap(one => one.ownFolder ?? []);
  const specs = clashes.flatMap(one => one.spec ?? []);
  return own.length === clashes.length
    ? set([...own, ...folders])
    : specs.length === clashes.length
      ? {
          ...rest,
          commands: [condaInstall(specs, ['-c', 'conda-forge'])],
          where: 'cell'
        }
      : null;
}

/** A PyTorch wheel and the variable. */
function example(
  cuda: string,
  path: string,
  libraries: ICudaLibrary[] | null = null
): () => IFacts {
  const version = `2.4.1+cu${cuda.replace('.', '')}`;
  return () =>
    facts({
      platform: platform('linux-x86_64'),
      packages: [dist('torch', version, { manager: 'pip' })],
      frameworks: [framework('torch', version, { gpu_build: true, cuda })],
      environ: { [VARIABLE]: path },
      cuda_libraries: libraries
    });
}

/** A copy on the variable and one in a wheel. */
function copies(
  soname: string,
  folder: string,
  front: string | null,
  wheel: string
): ICudaLibrary[] {
  return [
    library('nvjitlink', soname, `${folder}/${soname}`, {
      version: front,
      origin: VARIABLE
    }),
    library('nvjitlink', soname, `/e/site-packages/nvidia/lib/${soname}`, {
      version: wheel,
      origin: 'wheel',
      distribution: 'nvidia-nvjitlink-cu12'
    })
  ];
}

export default defineRule({
  id: 'ld-library-path-wins',
  code: 'R58',
  since: '0.1.0',
  docs: {
    summary:
      'LD_LIBRARY_PATH puts other CUDA libraries in front of those that a framework brings.',
    what: 'Looks for libraries on `LD_LIBRARY_PATH` that have the SONAME of one in an `nvidia-…` wheel, but another version. Where the files were not read, the versions of the conda packages and of the toolkit folders stand in for them. Equal versions are silent.',
    why: 'The loader takes the copy on the path. PyTorch finds its direct libraries by RPATH before that, but those of the wheels among themselves, TensorFlow and JAX do not surely.',
    example:
      '`libcusparse.so.12: undefined symbol: __nvJitLinkComplete_12_4`; `cuDNN version incompatibility: PyTorch was compiled against (8, 5, 0) but found runtime version (8, 4, 1)`; `Loaded runtime CuDNN library: 8.1.0 but source was compiled with: 8.6.0.`',
    fix: 'Take the folder off `LD_LIBRARY_PATH` in the `env` entry of kernel.json, then restart the kernel. TensorFlow before 2.14 finds its wheels through this variable only: there the folders of the wheels go in front, or conda brings the same version.',
    safety:
      'Programs started from this kernel that rely on the folder no longer find it.',
    references: [
      'pytorch/pytorch#119989',
      'pytorch/pytorch#134929',
      'pytorch/pytorch#80637',
      'tensorflow/docs#2251'
    ]
  },
  messages: {
    older: {
      title: 'LD_LIBRARY_PATH puts an older %1 in front',
      why: '%2 can load it instead of its own, %3, and miss symbols.'
    },
    newer: {
      title: 'LD_LIBRARY_PATH puts another %1 in front',
      why: '%2 can load it instead of its own, %3; a newer minor usually works.'
    }
  },
  check(view, report) {
    const value = view.environ(VARIABLE);
    const system = view.facts.platform?.system ?? 'Linux';
    if (!value || system !== 'Linux') {
      return;
    }
    const folders = value.split(':').filter(folder => folder !== '');
    // Only frameworks that bring their own libraries have something to lose.
    const builds = gpuBuilds(view).filter(one =>
      isWheel(view, one.distribution)
    );
    if (
      builds.length === 0 ||
      builds.every(one => view.seenWorking(one.name))
    ) {
      return;
    }
    const clashes = libraryClashes(view, folders, builds);
    const worst = clashes.find(one => one.older) ?? clashes[0];
    if (!worst) {
      return;
    }
    const same = clashes.filter(one => one.older === worst.older);
    report({
      message: worst.older ? 'older' : 'newer',
      args: [
        worst.found,
        builds.map(one => frameworkName(one.name)).join(', '),
        worst.wanted
      ],
      severity: worst.older ? 'warning' : 'info',
      about: [
        VARIABLE,
        ...new Set([
          ...same.flatMap(one => one.distribution ?? []),
          ...builds.map(one => one.distribution)
        ])
      ],
      evidence: [
        { text: text('%1=%2', VARIABLE, value), path: `/environ/${VARIABLE}` },
        ...same.slice(0, 5).map(one => one.evidence)
      ],
      fix: fixOf(folders, builds, same)
    });
  },
  examples: {
    flagged: [
      {
        name: 'an older nvJitLink of a system toolkit',
        facts: example(
          '12.4',
          '/usr/local/cuda-12.1/lib64:/opt/lib',
          copies(
            'libnvJitLink.so.12',
            '/usr/local/cuda-12.1/lib64',
            '12.1.105',
            '12.4.127'
          )
        ),
        findings: [
          {
            message: 'older',
            severity: 'warning',
            about: ['LD_LIBRARY_PATH', 'nvidia-nvjitlink-cu12', 'torch']
          }
        ]
      },
      {
        name: "conda's cuDNN on the path beside the wheel of another version",
        facts: () =>
          facts({
            platform: platform('linux-x86_64'),
            environment: environment('conda'),
            packages: [
              dist('tensorflow', '2.12.0', { manager: 'pip' }),
              dist('nvidia-cudnn-cu11', '8.6.0.163', { manager: 'pip' })
            ],
            conda: {
              present: true,
              records: [record('cudnn', '8.1.0.77')],
              last_change: null,
              pinned: null
            },
            frameworks: [
              framework('tensorflow', '2.12.0', {
                gpu_build: true,
                cuda: '11.8'
              })
            ],
            environ: { LD_LIBRARY_PATH: '/opt/conda/envs/tf/lib' }
          }),
        findings: [
          {
            message: 'older',
            severity: 'warning',
            about: ['LD_LIBRARY_PATH', 'nvidia-cudnn-cu11', 'tensorflow']
          }
        ]
      },
      {
        name: 'an older toolkit, by its folder',
        facts: example('12.4', '/usr/local/cuda-12.1/lib64'),
        findings: [
          {
            message: 'older',
            severity: 'warning',
            about: ['LD_LIBRARY_PATH', 'torch']
          }
        ]
      },
      {
        name: 'a newer minor',
        facts: example('12.1', '/usr/local/cuda-12.4/lib64'),
        findings: [
          {
            message: 'newer',
            severity: 'info',
            about: ['LD_LIBRARY_PATH', 'torch']
          }
        ]
      }
    ],
    clean: [
      {
        name: 'the same version',
        facts: example(
          '12.4',
          '/usr/local/cuda-12.4/lib64',
          copies(
            'libnvJitLink.so.12',
            '/usr/local/cuda-12.4/lib64',
            '12.4',
            '12.4.127'
          )
        )
      },
      {
        name: 'the versions are not known',
        facts: example(
          '12.4',
          '/usr/local/cuda/lib64',
          copies(
            'libnvJitLink.so.12',
            '/usr/local/cuda/lib64',
            null,
            '12.4.127'
          )
        )
      },
      {
        name: "the wheels' own folder on the path",
        facts: example(
          '12.4',
          '/e/site-packages/nvidia/other/lib',
          copies(
            'libnvJitLink.so.12',
            '/e/site-packages/nvidia/other/lib',
            '12.1.105',
            '12.4.127'
          )
        )
      },
      {
        name: 'another CUDA major has other SONAMEs',
        facts: example('12.4', '/usr/local/cuda-11.8/lib64')
      },
      {
        name: 'conda tensorflow needs the folder of its environment',
        facts: () =>
          facts({
            environment: environment('conda'),
            packages: [
              dist('tensorflow', '2.7.0', { manager: 'conda' }),
              dist('nvidia-cudnn-cu11', '8.6.0.163', { manager: 'pip' })
            ],
            conda: {
              present: true,
              records: [record('cudnn', '8.1.0.77')],
              last_change: null,
              pinned: null
            },
            frameworks: [
              framework('tensorflow', '2.7.0', {
                gpu_build: true,
                cuda: '11.2'
              })
            ],
            environ: { LD_LIBRARY_PATH: '/opt/conda/envs/tf27/lib' }
          })
      }
    ]
  }
});
