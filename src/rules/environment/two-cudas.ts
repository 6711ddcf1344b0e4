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
  python,
  record
} from '../../facts/build';
import type { ICudaLibrary, IFacts } from '../../facts/facts.generated';
import type { View } from '../../facts/view';
import { majorOf } from '../../versions/cuda';
import { condaOwns, gpuBuilds, isWheel, type IBuild } from '../cuda';
import { cudnnNeeds, type ICudnnNeed } from '../cudnn';
import { moveOut } from '../separate';
import { defineRule, type IFix } from '../types';
import { frameworkName } from '../words';

/** Frameworks that load CUDA into this process, with a known CUDA, and not seen to work. */
function builds(view: View): IBuild[] {
  return gpuBuilds(view).filter(
    one =>
      ['torch', 'tensorflow', 'jax'].includes(one.name) &&
      majorOf(one.cuda) !== null &&
      one.framework.gpu_build !== false
  );
}

/** The first two that differ; conda does not put two majors into one environment. */
function pairOf(view: View, all: readonly IBuild[]): [IBuild, IBuild] | null {
  for (const one of all) {
    for (const other of all) {
      if (
        all.indexOf(other) > all.indexOf(one) &&
        majorOf(one.cuda) !== majorOf(other.cuda) &&
        !(
          condaOwns(view, one.distribution) &&
          condaOwns(view, other.distribution)
        )
      ) {
        return [one, other];
      }
    }
  }
  return null;
}

/** Wheels without a suffix, which are those of one CUDA as well. */
const PLAIN =
  /^(?:cuda-toolkit|nvidia-(?:cublas|cuda-cccl|cuda-crt|cuda-cupti|cuda-nvcc|cuda-nvrtc|cuda-runtime|cufft|cufile|curand|cusolver|cusparse|nvjitlink|nvtx|nvvm))$/;

/** Names of the nvidia wheels for a CUDA major. */
function wheelsOf(view: View, major: number | null): string[] {
  const runtime = view.dist('cuda-toolkit') ?? view.dist('nvidia-cuda-runtime');
  const plain = majorOf(runtime?.value.version);
  return [...view.names()]
    .map(([name]) => name)
    .filter(
      name =>
        major !== null &&
        (PLAIN.test(name)
          ? plain === major
          : name.startsWith('nvidia-') && name.endsWith(`-cu${major}`))
    )
    .sort();
}

/** Wheels of two majors that write the same file: the same library with the same leading number. */
function overwritten(view: View, majors: readonly (number | null)[]): string[] {
  const lead = (name: string) => majorOf(view.dist(name)?.value.version);
  const [left, right] = majors.map(major => wheelsOf(view, major));
  const base = (name: string) => name.replace(/-cu\d\d$/, '');
  return left
    .flatMap(name =>
      right
        .filter(
          other =>
            base(other) === base(name) &&
            lead(name) !== null &&
            lead(name) === lead(other)
        )
        .flatMap(other => [name, other])
    )
    .sort();
}

/** Whether it has a CUDA runtime in its own place: that of conda in the environment, that of a wheel in wheels. */
function hasOwn(view: View, build: IBuild): boolean {
  const byConda = condaOwns(view, build.distribution);
  const major = majorOf(build.cuda);
  const files = view.facts.cuda_libraries;
  return files !== null
    ? files.some(
        one =>
          one.family === 'cudart' &&
          one.major === major &&
          one.origin === (byConda ? 'environment' : 'wheel')
      )
    : byConda
      ? ['cudatoolkit', 'cuda-cudart', 'cuda-version'].some(
          name => majorOf(view.record(name)?.value.version) === major
        )
      : // Wheels of PyTorch bring their libraries or require them.
        build.name === 'torch' && isWheel(view, build.distribution);
}

/** A build of conda and a wheel, each with its own libraries. */
function liveApart(view: View, pair: readonly IBuild[]): boolean {
  return (
    pair.some(one => condaOwns(view, one.distribution)) &&
    pair.every(one => hasOwn(view, one))
  );
}

/** How many distributions require it. */
function dependants(view: View, build: IBuild): number {
  return [...view.names()].filter(([, [placed]]) =>
    view.requirements(placed.value).some(r => r.name === build.distribution)
  ).length;
}

/** Who moves out: a wheel rather than what conda brought, and what fewer packages need. */
function mover(view: View, pair: readonly IBuild[]): IBuild {
  return [...pair].sort(
    (a, b) =>
      Number(condaOwns(view, a.distribution)) -
        Number(condaOwns(view, b.distribution)) ||
      dependants(view, a) - dependants(view, b) ||
      a.name.localeCompare(b.name)
  )[0];
}

function fixOf(
  view: View,
  pair: readonly IBuild[],
  shared: readonly string[]
): IFix {
  const out = mover(view, pair);
  const gone = wheelsOf(view, majorOf(out.cuda));
  const restored = shared
    .filter(name => !gone.includes(name))
    .map(name => `${name}==${view.dist(name)?.value.version ?? ''}`)
    .filter(one => !one.endsWith('=='));
  return moveOut(view, out, gone, restored);
}

/** cuDNN of two majors for one wheel: whoever was installed last has its own. */
function cudnnClash(
  view: View
): { needs: [ICudnnNeed, ICudnnNeed]; wheel: string } | null {
  const needs = cudnnNeeds(view).filter(one =>
    isWheel(view, one.build.distribution)
  );
  const [first] = needs;
  const other = needs.find(one => one.major !== first.major);
  const wheels = [...view.names()]
    .map(([name]) => name)
    .filter(name => /^nvidia-cudnn-cu\d\d$/.test(name));
  const files = view.facts.cuda_libraries;
  const both =
    other &&
    files &&
    [first, other].every(need =>
      files.some(
        one =>
          one.family === 'cudnn' &&
          one.major === need.major &&
          one.origin !== 'usr-local-cuda'
      )
    );
  return other && wheels.length === 1 && !both
    ? { needs: [first, other], wheel: wheels[0] }
    : null;
}

const GPU = gpus('550.90.07', '12.4', [gpu('NVIDIA L4', '8.9')]);

/** TensorFlow and PyTorch as wheels. */
function both(
  tensorflow: readonly [string, string, string],
  torch: readonly [string, string],
  wheels: Readonly<Record<string, string>>,
  more: Partial<IFacts> = {},
  pins: string[] | null = null
) {
  return () =>
    facts({
      platform: platform('linux-x86_64'),
      environment: environment('venv'),
      python: python('3.11.7', { executable: '/e/bin/python' }),
      packages: [
        dist('tensorflow', tensorflow[0], { manager: 'pip' }),
        dist('torch', torch[0], { manager: 'pip', requires: pins }),
        ...Object.entries(wheels).map(([name, version]) =>
          dist(name, version, { manager: 'pip' })
        )
      ],
      frameworks: [
        framework('tensorflow', tensorflow[0], {
          gpu_build: true,
          cuda: tensorflow[1],
          cudnn: tensorflow[2]
        }),
        framework('torch', torch[0], { gpu_build: true, cuda: torch[1] })
      ],
      gpu: GPU,
      ...more
    });
}

/** A runtime. */
function cudart(version: string, origin: ICudaLibrary['origin']): ICudaLibrary {
  return library(
    'cudart',
    `libcudart.so.${version}`,
    `/x/${origin}/libcudart.so.${version}`,
    { origin }
  );
}

/** conda's TensorFlow for CUDA 11 and a wheel of PyTorch for CUDA 12. */
function mixed(libraries: ICudaLibrary[] | null, toolkit: string | null) {
  return () =>
    facts({
      platform: platform('linux-x86_64'),
      environment: environment('conda'),
      packages: [
        dist('tensorflow', '2.9.1', { manager: 'conda' }),
        dist('torch', '2.4.1', { manager: 'pip' }),
        dist('sentence-transformers', '3.0.0', {
          manager: 'pip',
          requires: ['torch>=1.11.0']
        })
      ],
      conda: conda(toolkit ? [record('cudatoolkit', toolkit)] : []),
      frameworks: [
        framework('tensorflow', '2.9.1', { gpu_build: true, cuda: '11.2' }),
        framework('torch', '2.4.1+cu121', { gpu_build: true, cuda: '12.1' })
      ],
      gpu: GPU,
      cuda_libraries: libraries
    });
}

export default defineRule({
  id: 'two-cudas',
  code: 'R63',
  since: '0.1.0',
  docs: {
    summary:
      'Two frameworks in one environment need two majors of CUDA or of cuDNN.',
    what: 'Compares the CUDA majors that PyTorch, TensorFlow and JAX were built for, and the majors of cuDNN that they ask for where one wheel has to serve them all. Two builds for one CUDA major share its wheels and are fine. A build of conda beside a wheel, each with its own libraries, is a note. Silent on a machine without a GPU.',
    why: 'Wheels of two majors can write the same file, and a wheel exists in one version only: then one of the frameworks cannot load its libraries. Where both can, whichever is imported second meets libraries that are loaded already, and both reserve GPU memory.',
    example:
      '`libcublas.so.11: cannot open shared object file`, or a framework that computes on the CPU, depending on which was installed last.',
    fix: 'An environment of its own, with its own kernel, for one of the two. Where the GPU is needed by one of them only, a CPU build of the other serves as well.',
    safety:
      'The commands add an environment and take one framework out of this one; notebooks that use it need the other kernel.',
    references: [
      'jax-ml/jax#17624',
      'Scenario 002: TensorFlow for CUDA 11 and PyTorch with its own CUDA 12'
    ]
  },
  messages: {
    clash: {
      title: '%1 and %2 need two CUDA majors that write the same files',
      why: 'The wheels of CUDA %3 and %4 overwrite each other, so one framework loads libraries of the other.'
    },
    majors: {
      title: '%1 needs CUDA %3, %2 needs CUDA %4',
      why: 'Two sets of CUDA libraries meet in one process: the second import can fail, or compute on the CPU.'
    },
    apart: {
      title: '%1 uses CUDA %3, %2 uses CUDA %4',
      why: 'Each has its own libraries, which works for many; both reserve GPU memory.'
    },
    cudnn: {
      title: '%1 needs cuDNN %3, %2 needs cuDNN %4',
      why: 'One wheel serves both, so only one of them finds its cuDNN.'
    }
  },
  supersedes: [
    'cuda-wheels-mixed*',
    'cudnn-mismatch',
    'nvidia-pin',
    'unmet-requirement'
  ],
  check(view, report) {
    if (view.gpus?.length === 0) {
      return;
    }
    const all = builds(view);
    if (all.length < 2) {
      return;
    }
    const working = (pair: readonly IBuild[]) =>
      pair.every(one => view.seenWorking(one.name));
    const pair = pairOf(view, all);
    if (pair && !working(pair)) {
      const majors = pair.map(one => majorOf(one.cuda));
      const shared = overwritten(view, majors);
      const apart = shared.length === 0 && liveApart(view, pair);
      report({
        message: shared.length > 0 ? 'clash' : apart ? 'apart' : 'majors',
        args: [
          ...pair.map(one => frameworkName(one.name)),
          ...majors.map(String)
        ],
        severity: shared.length > 0 ? 'error' : apart ? 'info' : 'warning',
        about: [...pair.map(one => one.distribution), ...shared],
        evidence: pair.map(one => one.evidence),
        fix: apart ? null : fixOf(view, pair, shared)
      });
      return;
    }
    const clash = cudnnClash(view);
    if (!clash || working(clash.needs.map(one => one.build))) {
      return;
    }
    const out = mover(
      view,
      clash.needs.map(one => one.build)
    );
    const stays = clash.needs.find(one => one.build !== out);
    report({
      message: 'cudnn',
      args: [
        ...clash.needs.map(one => frameworkName(one.build.name)),
        ...clash.needs.map(one => String(one.major))
      ],
      severity: 'error',
      about: [...clash.needs.map(one => one.build.distribution), clash.wheel],
      evidence: clash.needs.map(one => one.evidence),
      fix: moveOut(
        view,
        out,
        [],
        stays ? [`${clash.wheel}${stays.specifier}`] : []
      )
    });
  },
  examples: {
    flagged: [
      {
        name: 'TensorFlow for CUDA 12 and PyTorch for CUDA 13 share cuDNN 9',
        facts: both(['2.19.0', '12.5', '9'], ['2.11.0+cu130', '13.0'], {
          'nvidia-cudnn-cu12': '9.3.0.75',
          'nvidia-cudnn-cu13': '9.19.0.56'
        }),
        findings: [
          {
            message: 'clash',
            severity: 'error',
            about: [
              'torch',
              'tensorflow',
              'nvidia-cudnn-cu12',
              'nvidia-cudnn-cu13'
            ]
          }
        ]
      },
      {
        name: 'a wheel of TensorFlow for CUDA 11 and PyTorch for CUDA 12',
        facts: both(['2.9.1', '11.2', '8'], ['2.4.1+cu121', '12.1'], {
          'nvidia-cublas-cu12': '12.1.3.1'
        }),
        findings: [
          {
            message: 'majors',
            severity: 'warning',
            about: ['torch', 'tensorflow']
          }
        ]
      },
      {
        name: 'one wheel of cuDNN for TensorFlow 2.15 and PyTorch 2.5',
        facts: both(
          ['2.15.1', '12.2', '8'],
          ['2.5.1+cu124', '12.4'],
          { 'nvidia-cudnn-cu12': '9.1.0.70' },
          {},
          ['nvidia-cudnn-cu12==9.1.0.70']
        ),
        findings: [
          {
            message: 'cudnn',
            severity: 'error',
            about: ['tensorflow', 'torch', 'nvidia-cudnn-cu12']
          }
        ]
      },
      {
        name: "conda's TensorFlow for CUDA 11, a wheel of PyTorch, libraries unknown",
        facts: mixed(null, null),
        findings: [
          {
            message: 'majors',
            severity: 'warning',
            about: ['torch', 'tensorflow']
          }
        ]
      },
      {
        name: 'the same, each with its own libraries',
        facts: mixed(
          [cudart('11.0', 'environment'), cudart('12', 'wheel')],
          null
        ),
        findings: [
          { message: 'apart', severity: 'info', about: ['torch', 'tensorflow'] }
        ]
      },
      {
        name: 'the same, by the packages',
        facts: mixed(null, '11.2.2'),
        findings: [
          { message: 'apart', severity: 'info', about: ['torch', 'tensorflow'] }
        ]
      }
    ],
    clean: [
      {
        name: 'one CUDA major, a cuDNN that serves both',
        facts: both(
          ['2.18.0', '12.5', '9'],
          ['2.6.0+cu124', '12.4'],
          { 'nvidia-cudnn-cu12': '9.3.0.75' },
          {},
          ['nvidia-cudnn-cu12==9.1.0.70']
        )
      },
      {
        name: 'two majors of cuDNN, both there',
        facts: both(
          ['2.15.1', '12.2', '8'],
          ['2.5.1+cu124', '12.4'],
          { 'nvidia-cudnn-cu12': '9.1.0.70' },
          {
            cuda_libraries: [
              library('cudnn', 'libcudnn.so.8', '/usr/lib/libcudnn.so.8', {
                origin: 'ld-cache'
              }),
              library('cudnn', 'libcudnn.so.9', '/e/nvidia/libcudnn.so.9', {
                origin: 'wheel',
                distribution: 'nvidia-cudnn-cu12'
              })
            ]
          },
          ['nvidia-cudnn-cu12==9.1.0.70']
        )
      },
      {
        name: 'a CPU build of PyTorch',
        facts: both(
          ['2.15.1', '12.2', '8'],
          ['2.5.1+cpu', ''],
          {},
          {
            frameworks: [
              framework('tensorflow', '2.15.1', {
                gpu_build: true,
                cuda: '12.2'
              }),
              framework('torch', '2.5.1+cpu', { gpu_build: false })
            ]
          }
        )
      },
      {
        name: 'the CUDA of PyTorch is not known',
        facts: both(
          ['2.9.1', '11.2', '8'],
          ['2.4.1', ''],
          {},
          {
            platform: null,
            frameworks: [
              framework('tensorflow', '2.9.1', {
                gpu_build: true,
                cuda: '11.2'
              }),
              framework('torch', '2.4.1', { gpu_build: true })
            ]
          }
        )
      },
      {
        name: 'no GPU here',
        facts: both(
          ['2.9.1', '11.2', '8'],
          ['2.4.1+cu121', '12.1'],
          {},
          {
            gpu: noGpu()
          }
        )
      },
      {
        name: 'both were seen to compute',
        facts: both(
          ['2.9.1', '11.2', '8'],
          ['2.4.1+cu121', '12.1'],
          {},
          {
            observed: ['torch', 'tensorflow'].map(name => ({
              framework: name,
              gpu_works: true,
              source: 'GPU test'
            }))
          }
        )
      }
    ]
  }
});
