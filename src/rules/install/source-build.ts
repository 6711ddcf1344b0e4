import { dist, facts, framework } from '../../facts/build';
import type { View } from '../../facts/view';
import { plan, request, row } from '../../plan/build';
import { text } from '../../text/text';
import { majorOf } from '../../versions/cuda';
import { gpuBuild } from '../cuda';
import { moveEvidence, shown } from './say';
import { defineInstallRule, type IRiskEvidence } from './types';

/** Packages whose build compiles CUDA code: their setup scripts call nvcc. */
const NEEDS_NVCC =
  /^(flash-attn|deepspeed|mmcv(-full)?|detectron2|pycuda|apex|pytorch3d|torch-(scatter|sparse|cluster|spline-conv)|pyg-lib|causal-conv1d|mamba-ssm|xformers|auto-gptq|autoawq|exllamav2|tiny-cuda-nn|tinycudann|diff-gaussian-rasterization|simple-knn|nvdiffrast|minkowskiengine|spconv|warp-rnnt|dcnv\d?|gsplat|grouped-gemm|transformer-engine|vllm|llama-cpp-python|bitsandbytes|natten|kaolin)$/;

/** Packages that compile much C++ or Fortran: without compilers they end in a page of errors. */
const NEEDS_COMPILER =
  /^(dlib|numpy|scipy|pandas|scikit-learn|h5py|pyarrow|grpcio|tokenizers|pystan|prophet|lightfm|hdbscan|pycocotools|box2d-py|fasttext|mpi4py|pygraphviz|psycopg2|mysqlclient|opencv-(contrib-)?python(-headless)?|matplotlib|llvmlite|numba|shapely|pyproj|cartopy|gdal|rasterio|fiona)$/;

/** On the package index these have no wheels at all. */
const NEVER_WHEELS =
  /^(flash-attn|pycuda|torch-(scatter|sparse|cluster|spline-conv)|causal-conv1d|mamba-ssm|mmcv-full|tinycudann)$/;

type Need = 'nvcc' | 'other' | 'compiler';

/** What a build needs and this machine lacks, or may lack. */
function needOf(
  view: View,
  name: string
): { need: Need; evidence: IRiskEvidence[] } | null {
  if (NEEDS_COMPILER.test(name)) {
    return { need: 'compiler', evidence: [] };
  }
  if (!NEEDS_NVCC.test(name)) {
    return null;
  }
  const { tools, toolkits } = view.facts;
  const index = toolkits?.findIndex(one => one.nvcc !== null) ?? -1;
  const toolkit = toolkits?.[index];
  const onPath = tools?.find(one => one.name === 'nvcc')?.path ?? null;
  if (!toolkit && onPath === null) {
    return { need: 'nvcc', evidence: [] };
  }
  const wanted = gpuBuild(view, 'torch')?.cuda ?? null;
  const has = toolkit?.version ?? null;
  return wanted !== null && has !== null && majorOf(wanted) !== majorOf(has)
    ? {
        need: 'other',
        evidence: [
          {
            text: text('nvcc of CUDA %1, PyTorch is for CUDA %2', has, wanted),
            path: `/facts/toolkits/${index}`
          }
        ]
      }
    : null;
}

export default defineInstallRule({
  id: 'source-build',
  code: 'P14',
  since: '0.1.0',
  docs: {
    summary:
      'There is no wheel, and the build needs a compiler that is missing or does not fit.',
    what: 'Looks at rows that the resolver marks as built from source, of packages that are known to compile CUDA code or much C++. An nvcc of the CUDA of PyTorch silences it. Pure Python packages without a wheel are not mentioned.',
    why: 'The build takes minutes and ends in an error, or produces code for another CUDA.',
    example:
      '`OSError: CUDA_HOME environment variable is not set. Please set it to your CUDA install root.`; `The detected CUDA version (…) mismatches the version that was used to compile PyTorch`.',
    fix: 'Take a release that has a wheel for this Python and this PyTorch, or install nvcc of the same CUDA first.',
    safety: 'A wheel changes nothing else.',
    references: ['Dao-AILab/flash-attention#420', 'pypa/pip#13091']
  },
  messages: {
    nvcc: {
      title: '%1 %2 has no wheel here and its build needs nvcc',
      why: 'No CUDA compiler was found, so the build ends in an error after minutes.'
    },
    other: {
      title: '%1 %2 would be built with the nvcc of another CUDA',
      why: 'Its code does not fit the CUDA that PyTorch was built for.'
    },
    compiler: {
      title: '%1 %2 has no wheel here and would be compiled',
      why: 'The build takes long and needs compilers and libraries that are often missing.'
    }
  },
  check({ change, before, requests }, report) {
    const prebuilt = requests.some(
      ({ options, tool }) =>
        tool !== 'pip' ||
        options.extraIndexes.length + options.indexes.length > 0
    );
    for (const one of change.placed) {
      const { name, to, build } = one.value;
      const sdist =
        build === 'sdist' ||
        (!change.resolved && !prebuilt && NEVER_WHEELS.test(name));
      const found = sdist && to !== null ? needOf(before, name) : null;
      if (found) {
        report({
          message: found.need,
          args: [name, shown(to)],
          severity: 'warn',
          subject: name,
          about: [name],
          evidence: [moveEvidence(one), ...found.evidence]
        });
      }
    }
  },
  examples: {
    flagged: [
      {
        name: 'flash-attn without nvcc',
        input: () => ({
          facts: facts({ packages: [dist('torch', '2.5.1')], toolkits: [] }),
          requests: [request(['flash-attn'])],
          plan: plan([row('flash-attn', null, '2.8.3', { build: 'sdist' })])
        }),
        risks: [{ message: 'nvcc', severity: 'warn', about: ['flash-attn'] }]
      },
      {
        name: 'the same, without a resolver',
        input: () => ({
          facts: facts({ packages: [dist('torch', '2.5.1')] }),
          requests: [request(['flash-attn'])],
          plan: null
        }),
        risks: [{ message: 'nvcc', severity: 'warn', about: ['flash-attn'] }]
      },
      {
        name: 'nvcc of another CUDA',
        input: () => ({
          facts: facts({
            packages: [dist('torch', '2.0.1+cu118')],
            frameworks: [
              framework('torch', '2.0.1+cu118', {
                cuda: '11.8',
                gpu_build: true
              })
            ],
            toolkits: [
              {
                variable: null,
                path: '/usr/local/cuda-12.4',
                exists: true,
                version: '12.4',
                nvcc: '/usr/local/cuda-12.4/bin/nvcc'
              }
            ]
          }),
          requests: [request(['deepspeed'])],
          plan: plan([row('deepspeed', null, '0.14.0', { build: 'sdist' })])
        }),
        risks: [{ message: 'other', severity: 'warn', about: ['deepspeed'] }]
      },
      {
        name: 'an old numpy on a new Python',
        input: () => ({
          facts: facts({ packages: [] }),
          requests: [request(['numpy==1.19.3'])],
          plan: plan([row('numpy', null, '1.19.3', { build: 'sdist' })])
        }),
        risks: [{ message: 'compiler', severity: 'warn', about: ['numpy'] }]
      }
    ],
    clean: [
      {
        name: 'pure Python from source',
        input: () => ({
          facts: facts({ packages: [] }),
          requests: [request(['docopt'])],
          plan: plan([row('docopt', null, '0.6.2', { build: 'sdist' })])
        })
      },
      {
        name: 'a wheel, or nobody told',
        input: () => ({
          facts: facts({ packages: [dist('torch', '2.5.1')] }),
          requests: [request(['flash-attn', 'xformers'])],
          plan: plan([
            row('flash-attn', null, '2.8.3', { build: 'wheel' }),
            row('xformers', null, '0.0.28.post3')
          ])
        })
      }
    ]
  }
});
