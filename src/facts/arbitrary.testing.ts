/** Arbitrary schema-valid facts for property tests: names that rules know, versions that clash, nulls everywhere. */
import * as fc from 'fast-check';
import * as make from './build';
import type { IDistribution, IFacts } from './facts.generated';

const NAMES = [
  'numpy',
  'scipy',
  'torch',
  'torchvision',
  'torchaudio',
  'tensorflow',
  'tensorflow-cpu',
  'tensorflow-gpu',
  'tensorflow-intel',
  'keras',
  'jax',
  'jaxlib',
  'protobuf',
  'opencv-python',
  'opencv-python-headless',
  'onnxruntime',
  'onnxruntime-gpu',
  'cupy',
  'cupy-cuda12x',
  'nvidia-cudnn-cu11',
  'nvidia-cudnn-cu12',
  'nvidia-cublas-cu12',
  'requests',
  'pip',
  'ipykernel'
];
const CONDA_NAMES = [
  ...NAMES,
  'pytorch',
  'tensorflow-base',
  'py-opencv',
  'libopencv',
  'cudatoolkit',
  'cudnn',
  'pytorch-cuda'
];
const VERSIONS = [
  '1.20.3',
  '1.26.4',
  '2.0.0',
  '2.5.1+cu124',
  '2.5.1+cpu',
  '2.15.1',
  '2.16.0rc1',
  '3.20.0',
  '12.4',
  'not a version',
  ''
];
const PLACES = [
  '/opt/env/lib/python3.11/site-packages',
  '/home/u/.local/lib/python3.11/site-packages',
  '/srv/path'
];
const SPECIFIERS = ['', '>=1.22,<2', '==2.5.1', ' (<3,>=2)', '!=1.*', '<<'];
const MARKERS = ['', '; python_version >= "3.8"', '; extra == "x"', '; ('];

const name = fc.constantFrom(...NAMES);
const version = fc.constantFrom(...VERSIONS);
const nullable = <T>(one: fc.Arbitrary<T>) => fc.option(one, { freq: 3 });
const boolean = nullable(fc.boolean());
const requirement = fc
  .tuple(name, fc.constantFrom(...SPECIFIERS), fc.constantFrom(...MARKERS))
  .map(parts => parts.join(''));

const time = fc.constantFrom(
  '2026-01-01T00:00:00Z',
  '2025-06-30T23:59:59Z',
  ''
);
const tag = fc.constantFrom(
  'py3-none-any',
  'cp311-cp311-manylinux_2_28_x86_64',
  'cp39-abi3-win_amd64',
  'x'
);

const distribution = (placed: boolean) =>
  fc
    .record({
      name,
      version: nullable(version),
      manager: fc.constantFrom(
        'conda' as const,
        'pip' as const,
        'uv' as const,
        null
      ),
      place: fc.nat({ max: PLACES.length - 1 }),
      known: placed ? fc.constant(true) : fc.boolean(),
      metadata: nullable(fc.constantFrom('a-1.dist-info', 'b-2.egg-info')),
      requires: nullable(fc.array(requirement, { maxLength: 4 })),
      editable: nullable(fc.constant('/srv/src')),
      editable_exists: boolean,
      origin: nullable(
        fc.constantFrom(
          'git+https://host.example/x.git@0123456789abcdef',
          'https://host.example/a-1-py3-none-any.whl',
          'https://****@host.example/a-1.tar.gz',
          'file:///home/marie/a'
        )
      ),
      installed: nullable(time),
      removable: boolean,
      tags: nullable(fc.array(tag, { maxLength: 2 }))
    })
    .map(({ place, known, ...rest }): IDistribution => ({
      ...make.dist(rest.name, rest.version),
      ...rest,
      location: known ? PLACES[place] : null,
      path_index: known ? place + 3 : null
    }));

const conda = fc.record({
  present: boolean,
  records: nullable(
    fc.array(
      fc.record({
        name: fc.constantFrom(...CONDA_NAMES),
        version: nullable(version),
        build: nullable(
          fc.constantFrom('py3.10_cuda12.1_cudnn8_0', 'cpu_py310', 'h123_0')
        ),
        channel: nullable(fc.constant('conda-forge')),
        python_name: nullable(name),
        dist_info: nullable(fc.constant('lib/a-1.dist-info')),
        dist_info_exists: boolean,
        depends: nullable(
          fc.array(
            fc.constantFrom(
              'numpy >=1.21,<2.0a0',
              '__glibc >=2.28',
              'x ==',
              ''
            ),
            { maxLength: 2 }
          )
        ),
        overwritten: nullable(
          fc.array(
            fc.constantFrom('lib/a-1.dist-info/RECORD', 'lib/libtorch.so'),
            { maxLength: 2 }
          )
        )
      }),
      { maxLength: 8 }
    )
  ),
  last_change: nullable(fc.constant('2026-01-01 00:00:00')),
  pinned: nullable(fc.constant<string[]>(['numpy 1.26.*']))
});

const framework = fc
  .record({
    name: fc.constantFrom(
      'torch',
      'torchvision',
      'torchaudio',
      'tensorflow',
      'jax',
      'jaxlib',
      'keras',
      'cupy',
      'xformers',
      'flash_attn',
      'torch_scatter',
      'mmcv',
      'triton'
    ),
    distribution: nullable(name),
    version: nullable(version),
    metadata_version: nullable(version),
    local: nullable(fc.constantFrom('cu124', 'cpu', 'rocm6.0', 'x')),
    backend: nullable(
      fc.constantFrom('cuda' as const, 'rocm' as const, 'cpu' as const)
    ),
    gpu_build: boolean,
    cuda: nullable(fc.constantFrom('11.2', '12.4', '13.0', 'x')),
    cudnn: nullable(fc.constantFrom('8', '8.6', '9.1.0')),
    archs: nullable(
      fc.array(fc.constantFrom('sm_50', 'sm_80', 'sm_90a', 'compute_90', 'x'))
    ),
    location: nullable(fc.constant(`${PLACES[0]}/torch`)),
    source: nullable(fc.constantFrom('torch/version.py', 'METADATA')),
    built_torch: nullable(fc.constantFrom('2.4', '2.5.1', '26', 'x'))
  })
  .map(more => make.framework(more.name, more.version, more));

const device = fc
  .record({
    name: nullable(fc.constantFrom('NVIDIA L4', 'Tesla K80')),
    compute_capability: nullable(fc.constantFrom('3.7', '8.9', '12.0', 'x')),
    mig: boolean,
    memory_total: nullable(fc.nat())
  })
  .map(more => ({ ...make.gpu('', null), ...more }));

const gpu = fc.record({
  driver: nullable(
    fc.record({
      present: boolean,
      version: nullable(fc.constantFrom('470.82.01', '535.104.05', '580.65')),
      cuda: nullable(fc.constantFrom('11.4', '12.2', '13.0', 'x')),
      kernel_module: nullable(fc.constantFrom('535.104.05', '550.1')),
      library: nullable(fc.constant('/usr/lib/libcuda.so.1')),
      library_version: nullable(fc.constantFrom('535.104.05', '550.1', 'x')),
      source: nullable(fc.constant('NVML'))
    })
  ),
  nvml: nullable(
    fc.record({
      state: nullable(
        fc.constantFrom(
          'ok' as const,
          'missing' as const,
          'error' as const,
          'timeout' as const
        )
      ),
      detail: nullable(fc.constant('Driver/library version mismatch')),
      library: nullable(fc.constant('/usr/lib/libnvidia-ml.so.1'))
    })
  ),
  devices: nullable(fc.array(device, { maxLength: 3 })),
  nodes: nullable(
    fc.uniqueArray(
      fc.constantFrom(
        '/dev/nvidia0',
        '/dev/nvidiactl',
        '/dev/nvidia-uvm',
        '/dev/dxg'
      )
    )
  ),
  others: nullable(
    fc.array(
      fc.record({
        vendor: fc.constantFrom(
          'amd' as const,
          'intel' as const,
          'apple' as const
        ),
        name: nullable(fc.constant('GPU'))
      }),
      { maxLength: 1 }
    )
  )
});

const library = fc
  .record({
    family: fc.constantFrom(
      'cudart' as const,
      'cudnn' as const,
      'cublas' as const
    ),
    soname: fc.constantFrom(
      'libcudart.so.11.0',
      'libcudnn.so.8',
      'libcublas.so.12'
    ),
    path: fc.constantFrom('/usr/local/cuda/lib64/x', `${PLACES[0]}/nvidia/x`),
    version: nullable(version),
    origin: fc.constantFrom(
      'LD_LIBRARY_PATH' as const,
      'environment' as const,
      'wheel' as const,
      'usr-local-cuda' as const
    ),
    mapped: boolean
  })
  .map(more => make.library(more.family, more.soname, more.path, more));

const path = fc.constantFrom('/opt/env', '/opt/conda', '/usr', 'C:\\py', '');

const python = fc
  .record({
    version: nullable(fc.constantFrom('3.8.1', '3.11.7', '3.14.0', 'x')),
    executable: nullable(fc.constantFrom('/opt/env/bin/python', 'python')),
    prefix: nullable(path),
    base_prefix: nullable(path),
    pythonpath: nullable(fc.array(fc.constantFrom(PLACES[2], ''))),
    user_site: nullable(
      fc.record({
        path: nullable(fc.constant(PLACES[1])),
        enabled: boolean,
        exists: boolean
      })
    ),
    markers: nullable(
      fc.constant({ python_version: '3.11', sys_platform: 'linux' })
    )
  })
  .map(more => make.python(more.version, more));

const environment = fc
  .record({
    kind: fc.constantFrom(
      'conda' as const,
      'venv' as const,
      'uv' as const,
      'system' as const,
      null
    ),
    base: boolean,
    externally_managed: boolean,
    system_site_packages: boolean,
    base_conda: boolean
  })
  .map(more => make.environment(more.kind, more));

const platform = fc
  .record({
    tag: fc.constantFrom(
      'linux-x86_64',
      'linux-aarch64',
      'win-amd64',
      'darwin-arm64',
      null
    ),
    wsl: boolean,
    container: boolean,
    libstdcxx: nullable(
      fc.record({
        path: nullable(fc.constant('/usr/lib/libstdc++.so.6')),
        glibcxx: nullable(fc.constantFrom('3.4.25', '3.4.30', 'x')),
        mapped: boolean
      })
    )
  })
  .map(more => make.platform(more.tag, more));

const environ = fc
  .record(
    {
      LD_LIBRARY_PATH: fc.constantFrom(
        '',
        '/usr/local/cuda/lib64:/x/stubs',
        '::'
      ),
      CUDA_VISIBLE_DEVICES: fc.constantFrom('', '-1', '0,0', '7', 'MIG-x'),
      CUDA_HOME: path,
      CUDA_PATH: path,
      CONDA_PREFIX: path,
      VIRTUAL_ENV: path,
      NVIDIA_VISIBLE_DEVICES: fc.constantFrom('all', 'void')
    },
    { requiredKeys: [] }
  )
  .map(values => ({ ...values }) as Record<string, string>);

const shadow = fc.record({
  name: fc.constantFrom('torch', 'numpy', 'random', 'utils'),
  winner: fc.constantFrom(...PLACES),
  winner_kind: fc.constantFrom(
    'pythonpath' as const,
    'user-site' as const,
    'site' as const,
    'cwd' as const,
    'other' as const
  ),
  losers: fc.array(fc.constantFrom(...PLACES), { maxLength: 2 })
});

const pipOption = fc.record({
  name: fc.constantFrom('target', 'user', 'prefix', 'index-url', 'no-deps'),
  value: fc.constantFrom('/x', 'true', '1', 'no', ''),
  source: fc.constantFrom('PIP_TARGET', '/etc/pip.conf')
});

const sharedFiles = fc.record({
  distributions: fc.uniqueArray(name, { minLength: 2, maxLength: 3 }),
  count: fc.integer({ min: 1, max: 500 }),
  files: fc.array(fc.constantFrom('cv2/__init__.py', 'keras/a.py'), {
    minLength: 1,
    maxLength: 2
  })
});

const libraryFile = fc.constantFrom(
  `${PLACES[0]}/numpy/core/x.so`,
  `${PLACES[0]}/torch/lib/libgomp-a34b3233.so.1`,
  '/opt/env/lib/libiomp5.so'
);

/** Facts that the schema accepts. @param placed whether every distribution has a place of its own on `sys.path` */
export function arbitraryFacts({ placed = false } = {}): fc.Arbitrary<IFacts> {
  const list = placed
    ? fc.uniqueArray(distribution(true), {
        maxLength: 14,
        selector: one => `${one.name} ${one.path_index}`
      })
    : fc.array(distribution(false), { maxLength: 14 });
  return fc
    .record({
      python: nullable(python),
      environment: nullable(environment),
      platform: nullable(platform),
      packages: placed ? list : nullable(list),
      leftovers: nullable(fc.array(fc.constant('~orch'), { maxLength: 1 })),
      shadows: nullable(fc.array(shadow, { maxLength: 3 })),
      conda: nullable(conda),
      frameworks: nullable(
        fc.uniqueArray(framework, { maxLength: 4, selector: one => one.name })
      ),
      gpu: nullable(gpu),
      cuda_libraries: nullable(fc.array(library, { maxLength: 4 })),
      toolkits: nullable(
        fc.array(
          fc.record({
            variable: nullable(
              fc.constantFrom('CUDA_HOME', 'CUDA_PATH', 'PATH')
            ),
            path,
            exists: boolean,
            version: nullable(version),
            nvcc: nullable(path)
          }),
          { maxLength: 2 }
        )
      ),
      environ: nullable(environ),
      tools: nullable(
        fc.array(
          fc.record({
            name: fc.constantFrom('pip', 'python', 'conda', 'nvcc'),
            path: nullable(path),
            prefix: nullable(path)
          }),
          { maxLength: 3 }
        )
      ),
      modules: nullable(
        fc.array(
          fc.record({
            name: fc.constantFrom('numpy', 'torch', 'cv2', 'tensorflow'),
            version: nullable(version),
            file: nullable(path)
          }),
          { maxLength: 3 }
        )
      ),
      observed: nullable(
        fc.array(
          fc.record({
            framework: fc.constantFrom('torch', 'tensorflow'),
            gpu_works: boolean,
            source: fc.constant('GPU test')
          }),
          { maxLength: 1 }
        )
      ),
      pip_config: nullable(fc.array(pipOption, { maxLength: 3 })),
      guards: nullable(
        fc.array(
          fc.record({
            distribution: name,
            requires: fc.array(requirement, { maxLength: 3 }),
            source: fc.constant(`${PLACES[0]}/scipy/__init__.py`)
          }),
          { maxLength: 2 }
        )
      ),
      shared_files: nullable(fc.array(sharedFiles, { maxLength: 2 })),
      needs_glibcxx: nullable(
        fc.array(
          fc.record({
            distribution: nullable(name),
            file: libraryFile,
            version: fc.constantFrom('3.4.21', '3.4.29', '3.4.32', 'x')
          }),
          { maxLength: 3 }
        )
      ),
      numpy_api: nullable(
        fc.array(
          fc.record({
            distribution: nullable(name),
            file: libraryFile,
            major: fc.constantFrom(1 as const, 2 as const)
          }),
          { maxLength: 3 }
        )
      ),
      openmp: nullable(
        fc.array(
          fc.record({
            name: fc.constantFrom(
              'libgomp' as const,
              'libiomp5' as const,
              'libomp' as const
            ),
            path: libraryFile,
            distribution: nullable(name),
            mapped: boolean
          }),
          { maxLength: 3 }
        )
      )
    })
    .map(parts => make.facts(parts));
}
