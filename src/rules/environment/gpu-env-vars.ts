import { dist, facts, framework, gpu, gpus, noGpu } from '../../facts/build';
import type { IFacts } from '../../facts/facts.generated';
import type { View } from '../../facts/view';
import { text, type IText } from '../../text/text';
import { compareVersions, publicVersion } from '../../versions/pep440';
import { gpuBuild } from '../cuda';
import { defineRule, type IEvidence } from '../types';

interface IVariable {
  name: string;
  /** Framework that reads it, by import name. */
  framework: string;
  /** What its value does; null when it does what happens without it. */
  effect(value: string, view: View): IText | null;
}

const TRUE = /^(?:1|true|yes|on|t|y)$/i;
const FALSE = /^(?:0|false|no|off|f|n)$/i;

/** An effect of one kind of value. */
function when(values: RegExp, effect: IText) {
  return (value: string) => (values.test(value.trim()) ? effect : null);
}

const VARIABLES: readonly IVariable[] = [
  {
    name: 'TF_FORCE_GPU_ALLOW_GROWTH',
    framework: 'tensorflow',
    effect: when(
      TRUE,
      text('TensorFlow takes GPU memory as it needs it, not all at once')
    )
  },
  {
    name: 'TF_GPU_ALLOCATOR',
    framework: 'tensorflow',
    effect: when(
      /^cuda_malloc_async$/i,
      text('TensorFlow allocates through the pool of CUDA')
    )
  },
  {
    name: 'TF_ENABLE_ONEDNN_OPTS',
    framework: 'tensorflow',
    effect: (value, view) => {
      const version = view.framework('tensorflow')?.value.version ?? null;
      const order =
        version === null
          ? null
          : compareVersions(publicVersion(version), '2.9');
      // On by default from 2.9 on, on Linux.
      return order === null || view.facts.platform?.system !== 'Linux'
        ? null
        : order >= 0
          ? FALSE.test(value)
            ? text(
                'TensorFlow computes without oneDNN: other rounding on the CPU'
              )
            : null
          : TRUE.test(value)
            ? text('TensorFlow computes with oneDNN: other rounding on the CPU')
            : null;
    }
  },
  {
    name: 'XLA_PYTHON_CLIENT_PREALLOCATE',
    framework: 'jax',
    effect: when(
      FALSE,
      text('JAX takes GPU memory as it needs it, not three quarters at once')
    )
  },
  {
    name: 'XLA_PYTHON_CLIENT_MEM_FRACTION',
    framework: 'jax',
    effect: value =>
      /^0?\.75$/.test(value.trim()) || value.trim() === ''
        ? null
        : text('JAX takes this part of the GPU memory')
  },
  {
    name: 'XLA_PYTHON_CLIENT_ALLOCATOR',
    framework: 'jax',
    effect: when(
      /^platform$/i,
      text('JAX allocates each array by itself, which is slow')
    )
  },
  ...['JAX_PLATFORMS', 'JAX_PLATFORM_NAME'].map(name => ({
    name,
    framework: 'jax',
    effect: when(/^cpu$/i, text('JAX computes on the CPU'))
  })),
  ...['PYTORCH_CUDA_ALLOC_CONF', 'PYTORCH_ALLOC_CONF'].map(name => ({
    name,
    framework: 'torch',
    effect: (value: string) =>
      /^(?:backend:native)?$/.test(value.trim())
        ? null
        : text('PyTorch allocates GPU memory by these settings')
  })),
  {
    name: 'PYTORCH_NO_CUDA_MEMORY_CACHING',
    framework: 'torch',
    effect: value =>
      value.trim() === ''
        ? null
        : text('PyTorch keeps no GPU memory for reuse, which is slow')
  },
  ...['torch', 'tensorflow', 'jax'].map(name => ({
    name: 'NVIDIA_TF32_OVERRIDE',
    framework: name,
    effect: when(
      /^0$/,
      text('matrix products never use TF32: slower, more exact')
    )
  })),
  ...['torch', 'tensorflow', 'jax'].map(name => ({
    name: 'CUDA_LAUNCH_BLOCKING',
    framework: name,
    effect: when(/^1$/, text('each kernel is waited for, which is slow'))
  }))
];

/** Libraries of CUDA among those of LD_PRELOAD. */
const PRELOADED =
  /lib(?:cuda|cudart|cublas(?:Lt)?|cudnn\w*|cufft|cusparse|cusolver|nvrtc|nccl|nvJitLink)[-.\w]*\.so[.\d]*/;

/** One framework for the GPU, and these variables. */
function setting(
  variables: Record<string, string> | null,
  name = 'torch',
  more: Partial<IFacts> = {}
) {
  return () =>
    facts({
      packages: [dist(name, '2.5.1')],
      frameworks: [
        framework(name, '2.5.1', {
          distribution: name,
          gpu_build: true,
          cuda: '12.4'
        })
      ],
      gpu: gpus('550.90.07', '12.4', [gpu('NVIDIA L4', '8.9')]),
      environ: variables,
      ...more
    });
}

export default defineRule({
  id: 'gpu-env-vars',
  code: 'R73',
  since: '0.1.0',
  docs: {
    summary: 'Environment variables change how the GPU is used.',
    what: 'Lists variables of PyTorch, TensorFlow, JAX and CUDA whose values change what is computed, where memory goes, or how fast: allocators, preallocation, TF32, oneDNN, `CUDA_LAUNCH_BLOCKING`, CUDA libraries in `LD_PRELOAD`. Values that are the default are left out, and so are variables of a framework that has no GPU build here.',
    why: 'They explain a memory display or a speed that looks wrong; often they were set for a search of an error and stayed.',
    example:
      '`CUDA_LAUNCH_BLOCKING=1` from an error message, still in a kernel.json months later.',
    fix: 'None is needed. Take the variable out of the `env` entry of kernel.json when it is not wanted any more.',
    safety: 'Nothing is changed.',
    references: [
      'PyTorch: CUDA environment variables',
      'JAX: GPU memory allocation',
      'NVIDIA CUDA programming guide: CUDA environment variables'
    ]
  },
  messages: {
    set: {
      title: '%1 changes how the GPU is used',
      why: 'Memory, speed or rounding differ from what the defaults give.'
    },
    preload: {
      title: 'LD_PRELOAD loads %1 into every program',
      why: 'That copy stands before the one that a framework brings.'
    }
  },
  check(view, report) {
    const values = view.facts.environ;
    if (!values || view.gpus?.length === 0) {
      return;
    }
    const names: string[] = [];
    const about: string[] = [];
    const evidence: IEvidence[] = [];
    for (const one of VARIABLES) {
      const value = values[one.name];
      if (typeof value !== 'string' || names.includes(one.name)) {
        continue;
      }
      const build = gpuBuild(view, one.framework);
      const effect = build ? one.effect(value, view) : null;
      if (!build || !effect) {
        continue;
      }
      names.push(one.name);
      about.push(build.distribution);
      evidence.push(
        {
          text: text('%1=%2', one.name, value),
          path: `/environ/${one.name}`
        },
        { text: effect, path: `/environ/${one.name}` }
      );
    }
    if (names.length > 0) {
      report({
        message: 'set',
        args: [names.join(', ')],
        severity: 'info',
        about: [...new Set(about), 'gpu'],
        evidence,
        fix: null
      });
    }
    const preload = values.LD_PRELOAD ?? '';
    const library = PRELOADED.exec(preload)?.[0];
    if (library) {
      report({
        message: 'preload',
        args: [library],
        severity: 'info',
        about: ['gpu'],
        evidence: [
          { text: text('LD_PRELOAD=%1', preload), path: '/environ/LD_PRELOAD' }
        ],
        fix: null
      });
    }
  },
  examples: {
    flagged: [
      {
        name: 'left over from a search for an error',
        facts: setting({ CUDA_LAUNCH_BLOCKING: '1' }),
        findings: [
          { message: 'set', severity: 'info', about: ['torch', 'gpu'] }
        ]
      },
      {
        name: 'memory of TensorFlow',
        facts: setting({ TF_FORCE_GPU_ALLOW_GROWTH: 'true' }, 'tensorflow'),
        findings: [
          { message: 'set', severity: 'info', about: ['tensorflow', 'gpu'] }
        ]
      },
      {
        name: 'JAX on the CPU, without preallocation',
        facts: setting(
          { JAX_PLATFORMS: 'cpu', XLA_PYTHON_CLIENT_PREALLOCATE: 'false' },
          'jax'
        ),
        findings: [{ message: 'set', severity: 'info', about: ['jax', 'gpu'] }]
      },
      {
        name: 'a CUDA library for every program',
        facts: setting({
          LD_PRELOAD: '/usr/local/cuda/lib64/libcublas.so.12:/usr/lib/libx.so'
        }),
        findings: [{ message: 'preload', severity: 'info', about: ['gpu'] }]
      }
    ],
    clean: [
      {
        name: 'values that are the default',
        facts: setting({
          CUDA_LAUNCH_BLOCKING: '0',
          PYTORCH_CUDA_ALLOC_CONF: '',
          TF_FORCE_GPU_ALLOW_GROWTH: 'true',
          XLA_PYTHON_CLIENT_PREALLOCATE: 'true',
          LD_PRELOAD: '/usr/lib/libjemalloc.so.2',
          TF_CPP_MIN_LOG_LEVEL: '2'
        })
      },
      {
        name: 'no GPU here',
        facts: setting({ CUDA_LAUNCH_BLOCKING: '1' }, 'torch', { gpu: noGpu() })
      },
      {
        name: 'a CPU build',
        facts: () =>
          facts({
            frameworks: [framework('torch', '2.5.1+cpu', { gpu_build: false })],
            environ: { CUDA_LAUNCH_BLOCKING: '1' }
          })
      },
      {
        name: 'oneDNN as it is by default',
        facts: setting({ TF_ENABLE_ONEDNN_OPTS: '1' }, 'tensorflow')
      },
      { name: 'the variables are not known', facts: setting(null) }
    ]
  }
});
