// @ts-nocheck
/* eslint-disable */
// Generated from facts.schema.json by scripts/gen.mjs; do not edit.
var Te = y,
  Ue = y,
  Y = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'facts.schema.json',
    title: 'IFacts',
    description:
      'Facts of one Python environment, as `jupyterlab_gpu_doctor/kernel/probe.py` prints them. null means: not known. An empty list, `present: false` or an absent entry means: looked for and not there. Unknown extra keys are allowed.',
    type: 'object',
    additionalProperties: !0,
    properties: {
      schema: {
        const: 'jupyterlab-gpu-doctor/facts',
        description: 'Name of this contract.'
      },
      schema_version: {
        const: 1,
        description: 'Its version; another number is another contract.'
      },
      probe: {
        type: 'object',
        description: 'How the facts were collected.',
        properties: {
          version: { type: 'string', description: 'Version of the probe.' },
          started: {
            type: ['string', 'null'],
            description: 'UTC time, ISO 8601.'
          },
          duration_ms: {
            type: ['number', 'null'],
            description: 'Wall time in milliseconds.'
          },
          sections: {
            type: 'object',
            additionalProperties: { type: 'number' },
            description: 'Milliseconds of each section.'
          },
          pid: { type: ['integer', 'null'], description: 'Process id.' },
          in_kernel: {
            type: ['boolean', 'null'],
            description: 'Ran inside a Jupyter kernel.'
          }
        },
        required: ['version'],
        additionalProperties: !0,
        title: 'IProbe'
      },
      problems: {
        type: 'array',
        description: 'Parts that could not be read.',
        items: { $ref: '#/definitions/problem' }
      },
      python: { anyOf: [{ $ref: '#/definitions/python' }, { type: 'null' }] },
      environment: {
        anyOf: [{ $ref: '#/definitions/environment' }, { type: 'null' }]
      },
      platform: {
        anyOf: [{ $ref: '#/definitions/platform' }, { type: 'null' }]
      },
      packages: {
        type: ['array', 'null'],
        description: 'Installed distributions, in `sys.path` order.',
        items: { $ref: '#/definitions/distribution' }
      },
      leftovers: {
        type: ['array', 'null'],
        description:
          'Entries of site-packages that begin with `~`: a removal that was interrupted.',
        items: { type: 'string' }
      },
      shadows: {
        type: ['array', 'null'],
        description: 'Import names found more than once on `sys.path`.',
        items: { $ref: '#/definitions/shadow' }
      },
      conda: { anyOf: [{ $ref: '#/definitions/conda' }, { type: 'null' }] },
      frameworks: {
        type: ['array', 'null'],
        description:
          'Frameworks found; one that is not listed is not installed.',
        items: { $ref: '#/definitions/framework' }
      },
      gpu: { anyOf: [{ $ref: '#/definitions/gpu' }, { type: 'null' }] },
      cuda_libraries: {
        type: ['array', 'null'],
        description:
          'CUDA libraries that could be loaded, in the order in which the loader would look.',
        items: { $ref: '#/definitions/library' }
      },
      toolkits: {
        type: ['array', 'null'],
        description: 'CUDA toolkits on disk.',
        items: { $ref: '#/definitions/toolkit' }
      },
      environ: {
        type: ['object', 'null'],
        additionalProperties: { type: 'string' },
        description:
          'Environment variables that matter, those that are set; credentials masked.'
      },
      tools: {
        type: ['array', 'null'],
        description: 'Commands on PATH.',
        items: { $ref: '#/definitions/tool' }
      },
      modules: {
        type: ['array', 'null'],
        description: 'Imported modules.',
        items: { $ref: '#/definitions/module' }
      },
      observed: {
        type: ['array', 'null'],
        description: 'Observations; they outrank every table.',
        items: { $ref: '#/definitions/observation' }
      }
    },
    definitions: {
      problem: {
        type: 'object',
        description: 'A part that could not be read, and why.',
        properties: {
          section: {
            type: 'string',
            description: 'Section of this document, for example `gpu`.'
          },
          what: {
            type: 'string',
            description:
              'File, library or variable that could not be read; empty when the section as a whole.'
          },
          reason: { type: 'string', description: 'Why, in words.' }
        },
        required: ['section', 'what', 'reason'],
        additionalProperties: !0,
        title: 'IProblem'
      },
      python: {
        type: 'object',
        description: 'The interpreter that was examined.',
        properties: {
          version: {
            type: ['string', 'null'],
            description: 'Full version, `3.11.7`.'
          },
          implementation: {
            type: ['string', 'null'],
            description: '`CPython`, `PyPy` \u2026'
          },
          executable: {
            type: ['string', 'null'],
            description: '`sys.executable`.'
          },
          executable_real: {
            type: ['string', 'null'],
            description: '`sys.executable` with symbolic links resolved.'
          },
          prefix: { type: ['string', 'null'], description: '`sys.prefix`.' },
          base_prefix: {
            type: ['string', 'null'],
            description: '`sys.base_prefix`.'
          },
          isolated: {
            type: ['boolean', 'null'],
            description: 'Started with `-I`.'
          },
          sys_path: {
            type: ['array', 'null'],
            description: '`sys.path`, in order.',
            items: { type: 'string' }
          },
          pythonpath: {
            type: ['array', 'null'],
            description: 'Entries of PYTHONPATH; empty when it is not set.',
            items: { type: 'string' }
          },
          user_site: {
            type: ['object', 'null'],
            description: 'The per-user site directory.',
            properties: {
              path: { type: ['string', 'null'], description: 'Its path.' },
              enabled: {
                type: ['boolean', 'null'],
                description: '`site.ENABLE_USER_SITE` and on `sys.path`.'
              },
              exists: {
                type: ['boolean', 'null'],
                description: 'Whether the directory exists.'
              }
            },
            required: ['path', 'enabled', 'exists'],
            additionalProperties: !0,
            title: 'IUserSite'
          },
          markers: {
            type: ['object', 'null'],
            additionalProperties: { type: 'string' },
            description: 'PEP 508 environment markers.'
          }
        },
        required: [
          'version',
          'implementation',
          'executable',
          'executable_real',
          'prefix',
          'base_prefix',
          'isolated',
          'sys_path',
          'pythonpath',
          'user_site',
          'markers'
        ],
        additionalProperties: !0,
        title: 'IPython'
      },
      environment: {
        type: 'object',
        description: 'What kind of environment the interpreter belongs to.',
        properties: {
          kind: {
            enum: ['conda', 'venv', 'uv', 'system', null],
            description:
              'Who made the environment. `uv` is a virtual environment made by uv; `system` is an interpreter outside any environment.'
          },
          name: {
            type: ['string', 'null'],
            description: 'Folder name of the prefix.'
          },
          base: {
            type: ['boolean', 'null'],
            description:
              'True for the base environment of a conda installation.'
          },
          externally_managed: {
            type: ['boolean', 'null'],
            description:
              'An EXTERNALLY-MANAGED file stands next to the standard library (PEP 668).'
          },
          system_site_packages: {
            type: ['boolean', 'null'],
            description:
              "A virtual environment that also sees its base interpreter's packages."
          },
          home: {
            type: ['string', 'null'],
            description: '`home` of pyvenv.cfg.'
          },
          writable: {
            type: ['boolean', 'null'],
            description: 'Whether this process may write into site-packages.'
          }
        },
        required: [
          'kind',
          'name',
          'base',
          'externally_managed',
          'system_site_packages',
          'home',
          'writable'
        ],
        additionalProperties: !0,
        title: 'IEnvironment'
      },
      platform: {
        type: 'object',
        description: 'Operating system and what runs it.',
        properties: {
          system: {
            type: ['string', 'null'],
            description: '`Linux`, `Darwin`, `Windows`.'
          },
          machine: {
            type: ['string', 'null'],
            description: '`x86_64`, `aarch64`, `arm64`, `AMD64`.'
          },
          tag: {
            type: ['string', 'null'],
            description: '`linux-x86_64`, `win-amd64`, `darwin-arm64` \u2026'
          },
          release: {
            type: ['string', 'null'],
            description: 'Kernel or OS release.'
          },
          libc: {
            type: ['object', 'null'],
            description: 'C library.',
            properties: {
              name: {
                type: ['string', 'null'],
                description: '`glibc` or `musl`.'
              },
              version: { type: ['string', 'null'], description: 'Version.' }
            },
            required: ['name', 'version'],
            additionalProperties: !0,
            title: 'ILibc'
          },
          libstdcxx: {
            type: ['object', 'null'],
            description: 'The libstdc++ this process would load or has loaded.',
            properties: {
              path: { type: ['string', 'null'], description: 'Path.' },
              glibcxx: {
                type: ['string', 'null'],
                description: 'Newest GLIBCXX symbol version in it, `3.4.30`.'
              },
              mapped: {
                type: ['boolean', 'null'],
                description: 'Already mapped into this process.'
              }
            },
            required: ['path', 'glibcxx', 'mapped'],
            additionalProperties: !0,
            title: 'ILibstdcxx'
          },
          wsl: {
            type: ['boolean', 'null'],
            description: 'Windows Subsystem for Linux.'
          },
          container: {
            type: ['boolean', 'null'],
            description: 'Runs in a container.'
          },
          container_kind: {
            type: ['string', 'null'],
            description: '`docker`, `podman`, `kubernetes` \u2026'
          }
        },
        required: [
          'system',
          'machine',
          'tag',
          'release',
          'libc',
          'libstdcxx',
          'wsl',
          'container',
          'container_kind'
        ],
        additionalProperties: !0,
        title: 'IPlatform'
      },
      distribution: {
        type: 'object',
        description:
          'One installed distribution (one `.dist-info` or `.egg-info`).',
        properties: {
          name: { type: 'string', description: 'Normalised name (PEP 503).' },
          project: {
            type: 'string',
            description: 'Name as its metadata write it.'
          },
          version: {
            type: ['string', 'null'],
            description: 'Version; null when the metadata cannot be read.'
          },
          manager: {
            enum: ['conda', 'pip', 'uv', null],
            description: 'Who owns its files now.'
          },
          installer: {
            type: ['string', 'null'],
            description: 'Text of its INSTALLER file.'
          },
          location: {
            type: ['string', 'null'],
            description: 'The directory on `sys.path` that holds it.'
          },
          path_index: {
            type: ['integer', 'null'],
            description:
              'Index of that directory in `sys.path`; a smaller one wins.'
          },
          metadata: {
            type: ['string', 'null'],
            description: 'Name of its metadata directory or file.'
          },
          requires: {
            type: ['array', 'null'],
            description:
              'Requires-Dist entries as written; null when the metadata cannot be read.',
            items: { type: 'string' }
          },
          requires_python: {
            type: ['string', 'null'],
            description: 'Requires-Python.'
          },
          editable: {
            type: ['string', 'null'],
            description: 'Target of an editable install.'
          }
        },
        required: [
          'name',
          'project',
          'version',
          'manager',
          'installer',
          'location',
          'path_index',
          'metadata',
          'requires',
          'requires_python',
          'editable'
        ],
        additionalProperties: !0,
        title: 'IDistribution'
      },
      condaRecord: {
        type: 'object',
        description: 'One record of conda-meta.',
        properties: {
          name: { type: 'string', description: 'conda name.' },
          version: { type: ['string', 'null'], description: 'Version.' },
          build: { type: ['string', 'null'], description: 'Build string.' },
          channel: { type: ['string', 'null'], description: 'Channel.' },
          python_name: {
            type: ['string', 'null'],
            description:
              'Normalised name of the Python distribution it carries (from the dist-info path that it lists); null when it carries none.'
          },
          dist_info: {
            type: ['string', 'null'],
            description: 'That metadata directory, relative to the prefix.'
          },
          dist_info_exists: {
            type: ['boolean', 'null'],
            description: 'Whether the directory is still there.'
          }
        },
        required: [
          'name',
          'version',
          'build',
          'channel',
          'python_name',
          'dist_info',
          'dist_info_exists'
        ],
        additionalProperties: !0,
        title: 'ICondaRecord'
      },
      conda: {
        type: 'object',
        description: 'What conda knows of the prefix.',
        properties: {
          present: {
            type: ['boolean', 'null'],
            description: 'Whether conda-meta exists.'
          },
          records: {
            type: ['array', 'null'],
            description: 'Records.',
            items: { $ref: '#/definitions/condaRecord' }
          },
          last_change: {
            type: ['string', 'null'],
            description:
              'Time of the last transaction in conda-meta/history, `YYYY-MM-DD HH:MM:SS`.'
          },
          pinned: {
            type: ['array', 'null'],
            description: 'Specs of conda-meta/pinned.',
            items: { type: 'string' }
          }
        },
        required: ['present', 'records', 'last_change', 'pinned'],
        additionalProperties: !0,
        title: 'IConda'
      },
      framework: {
        type: 'object',
        description:
          'An array or deep-learning framework, or a package that carries compiled GPU code, as its files describe it.',
        properties: {
          name: {
            type: 'string',
            description:
              'Import name: `torch`, `tensorflow`, `jax`, `torchvision`, `torchaudio`, `keras`, `tf_keras`, `cupy`, `xformers` \u2026'
          },
          distribution: {
            type: ['string', 'null'],
            description: 'Normalised distribution name.'
          },
          version: {
            type: ['string', 'null'],
            description:
              "Version with its local label, as the package's own files give it."
          },
          metadata_version: {
            type: ['string', 'null'],
            description: 'Version of the metadata.'
          },
          local: {
            type: ['string', 'null'],
            description: 'Local label, `cu121`, `cpu`, `rocm6.0`.'
          },
          backend: {
            enum: ['cuda', 'rocm', 'cpu', 'xpu', 'mps', 'metal', null],
            description: 'What the build computes on.'
          },
          gpu_build: {
            type: ['boolean', 'null'],
            description: 'Whether this is a GPU build.'
          },
          cuda: {
            type: ['string', 'null'],
            description: 'CUDA version it was built for.'
          },
          cudnn: {
            type: ['string', 'null'],
            description: 'cuDNN version it was built for.'
          },
          hip: {
            type: ['string', 'null'],
            description: 'HIP version it was built for.'
          },
          archs: {
            type: ['array', 'null'],
            description:
              'GPU architectures in the build, `sm_80`, `compute_90`; null when not known.',
            items: { type: 'string' }
          },
          location: {
            type: ['string', 'null'],
            description: 'Directory of the package that Python would import.'
          },
          source: {
            type: ['string', 'null'],
            description: 'File or metadata the build was read from.'
          }
        },
        required: [
          'name',
          'distribution',
          'version',
          'metadata_version',
          'local',
          'backend',
          'gpu_build',
          'cuda',
          'cudnn',
          'hip',
          'archs',
          'location',
          'source'
        ],
        additionalProperties: !0,
        title: 'IFramework'
      },
      process: {
        type: 'object',
        description: 'A process on a GPU.',
        properties: {
          pid: { type: 'integer' },
          memory: {
            type: ['integer', 'null'],
            description:
              'Bytes of GPU memory; null when the driver does not say.'
          },
          this_kernel: {
            type: ['boolean', 'null'],
            description:
              'Whether it is the examined process; null when process ids of another namespace are reported.'
          },
          kind: { enum: ['compute', 'graphics', null], description: 'Kind.' }
        },
        required: ['pid', 'memory', 'this_kernel', 'kind'],
        additionalProperties: !0,
        title: 'IGpuProcess'
      },
      device: {
        type: 'object',
        description: 'One NVIDIA GPU.',
        properties: {
          index: { type: ['integer', 'null'], description: 'NVML index.' },
          name: { type: ['string', 'null'], description: 'Product name.' },
          uuid: { type: ['string', 'null'], description: 'UUID.' },
          compute_capability: {
            type: ['string', 'null'],
            description: '`8.9`.'
          },
          memory_total: { type: ['integer', 'null'], description: 'Bytes.' },
          memory_used: { type: ['integer', 'null'], description: 'Bytes.' },
          utilization: {
            type: ['integer', 'null'],
            description: 'Percent of the last sample period.'
          },
          mig: { type: ['boolean', 'null'], description: 'MIG mode is on.' },
          mig_devices: {
            type: ['array', 'null'],
            description: 'MIG instances.',
            items: {
              type: 'object',
              required: ['uuid', 'name', 'memory_total'],
              properties: {
                uuid: { type: ['string', 'null'] },
                name: { type: ['string', 'null'] },
                memory_total: { type: ['integer', 'null'] }
              },
              additionalProperties: !0,
              title: 'IMigDevice'
            }
          },
          processes: {
            type: ['array', 'null'],
            description: 'Processes on it.',
            items: { $ref: '#/definitions/process' }
          }
        },
        required: [
          'index',
          'name',
          'uuid',
          'compute_capability',
          'memory_total',
          'memory_used',
          'utilization',
          'mig',
          'mig_devices',
          'processes'
        ],
        additionalProperties: !0,
        title: 'IGpu'
      },
      driver: {
        type: 'object',
        description: 'The NVIDIA driver.',
        properties: {
          present: {
            type: ['boolean', 'null'],
            description: 'False when it was looked for and is not there.'
          },
          version: { type: ['string', 'null'], description: '`535.104.05`.' },
          cuda: {
            type: ['string', 'null'],
            description: 'Newest CUDA version it serves, `12.2`.'
          },
          kernel_module: {
            type: ['string', 'null'],
            description: 'Version of the loaded kernel module.'
          },
          library: {
            type: ['string', 'null'],
            description: 'Path of the libcuda.so.1 that would be loaded.'
          },
          source: {
            type: ['string', 'null'],
            description: 'Where the version was read.'
          }
        },
        required: [
          'present',
          'version',
          'cuda',
          'kernel_module',
          'library',
          'source'
        ],
        additionalProperties: !0,
        title: 'IDriver'
      },
      gpu: {
        type: 'object',
        description: "NVIDIA GPUs and driver; other vendors' devices by name.",
        properties: {
          driver: {
            anyOf: [{ $ref: '#/definitions/driver' }, { type: 'null' }]
          },
          nvml: {
            type: ['object', 'null'],
            description: 'The management library.',
            properties: {
              state: {
                enum: ['ok', 'missing', 'error', 'timeout', null],
                description: 'How the call went.'
              },
              detail: { type: ['string', 'null'], description: 'Error text.' },
              library: { type: ['string', 'null'], description: 'Path.' }
            },
            required: ['state', 'detail', 'library'],
            additionalProperties: !0,
            title: 'INvml'
          },
          devices: {
            type: ['array', 'null'],
            description:
              'GPUs; empty when there is none, null when that could not be told.',
            items: { $ref: '#/definitions/device' }
          },
          nodes: {
            type: ['array', 'null'],
            description:
              'Device files: /dev/nvidia0, /dev/nvidiactl, /dev/nvidia-uvm, /dev/dxg, /dev/kfd \u2026',
            items: { type: 'string' }
          },
          others: {
            type: ['array', 'null'],
            description: 'Devices of other vendors.',
            items: {
              type: 'object',
              required: ['vendor', 'name'],
              properties: {
                vendor: { enum: ['amd', 'intel', 'apple'] },
                name: { type: ['string', 'null'] }
              },
              additionalProperties: !0,
              title: 'IOtherGpu'
            }
          }
        },
        required: ['driver', 'nvml', 'devices', 'nodes', 'others'],
        additionalProperties: !0,
        title: 'IGpuSection'
      },
      library: {
        type: 'object',
        description: 'A CUDA library that a process here could load.',
        properties: {
          family: {
            enum: [
              'cudart',
              'cudnn',
              'cublas',
              'nvjitlink',
              'cufft',
              'cusparse',
              'cusolver',
              'curand',
              'nccl',
              'nvrtc',
              'cupti'
            ],
            description: 'Library.'
          },
          soname: {
            type: 'string',
            description:
              'File name as the loader asks for it, `libcudart.so.12`.'
          },
          path: { type: 'string', description: 'Path.' },
          version: {
            type: ['string', 'null'],
            description: 'Version as far as the file name or its owner tells.'
          },
          major: {
            type: ['integer', 'null'],
            description: 'Major version of the SONAME.'
          },
          origin: {
            enum: [
              'LD_LIBRARY_PATH',
              'environment',
              'wheel',
              'ld-cache',
              'usr-local-cuda',
              'mapped'
            ],
            description: 'How it would be found.'
          },
          distribution: {
            type: ['string', 'null'],
            description: 'Distribution or conda package that owns it.'
          },
          mapped: {
            type: ['boolean', 'null'],
            description: 'Already mapped into this process.'
          }
        },
        required: [
          'family',
          'soname',
          'path',
          'version',
          'major',
          'origin',
          'distribution',
          'mapped'
        ],
        additionalProperties: !0,
        title: 'ICudaLibrary'
      },
      toolkit: {
        type: 'object',
        description: 'A CUDA toolkit on disk.',
        properties: {
          variable: {
            type: ['string', 'null'],
            description:
              'CUDA_HOME, CUDA_PATH, `PATH` (nvcc found there), or null for /usr/local/cuda*.'
          },
          path: { type: 'string', description: 'Its folder.' },
          exists: {
            type: ['boolean', 'null'],
            description: 'Whether the folder exists.'
          },
          version: { type: ['string', 'null'], description: 'Version.' },
          nvcc: { type: ['string', 'null'], description: 'Path of its nvcc.' }
        },
        required: ['variable', 'path', 'exists', 'version', 'nvcc'],
        additionalProperties: !0,
        title: 'IToolkit'
      },
      tool: {
        type: 'object',
        description: 'A command as the shell would find it.',
        properties: {
          name: {
            type: 'string',
            description:
              '`pip`, `pip3`, `python`, `python3`, `conda`, `mamba`, `uv`, `nvcc`, `nvidia-smi`.'
          },
          path: {
            type: ['string', 'null'],
            description: 'Path; null when it is not on PATH.'
          },
          prefix: {
            type: ['string', 'null'],
            description:
              'Prefix of the environment it belongs to: for pip that of the interpreter in its first line.'
          }
        },
        required: ['name', 'path', 'prefix'],
        additionalProperties: !0,
        title: 'ITool'
      },
      module: {
        type: 'object',
        description: 'An imported top-level module.',
        properties: {
          name: { type: 'string', description: 'Import name.' },
          version: {
            type: ['string', 'null'],
            description: '`__version__` in memory.'
          },
          file: { type: ['string', 'null'], description: 'Its file.' }
        },
        required: ['name', 'version', 'file'],
        additionalProperties: !0,
        title: 'IModule'
      },
      shadow: {
        type: 'object',
        description:
          'An import name that exists in more than one entry of `sys.path`.',
        properties: {
          name: { type: 'string', description: 'Import name.' },
          winner: { type: 'string', description: 'Entry that wins.' },
          winner_kind: {
            enum: ['pythonpath', 'user-site', 'site', 'stdlib', 'cwd', 'other'],
            description: 'What kind of entry it is.'
          },
          losers: {
            type: 'array',
            description: 'Entries that lose.',
            items: { type: 'string' }
          }
        },
        required: ['name', 'winner', 'winner_kind', 'losers'],
        additionalProperties: !0,
        title: 'IShadow'
      },
      observation: {
        type: 'object',
        description:
          'What was seen to work or fail in a process of this interpreter.',
        properties: {
          framework: { type: 'string', description: 'Import name.' },
          gpu_works: {
            type: ['boolean', 'null'],
            description: 'It computed on a GPU.'
          },
          source: {
            type: 'string',
            description:
              '`this kernel` (already initialised there) or `GPU test`.'
          }
        },
        required: ['framework', 'gpu_works', 'source'],
        additionalProperties: !0,
        title: 'IObservation'
      }
    },
    required: [
      'schema',
      'schema_version',
      'probe',
      'problems',
      'python',
      'environment',
      'platform',
      'packages',
      'leftovers',
      'shadows',
      'conda',
      'frameworks',
      'gpu',
      'cuda_libraries',
      'toolkits',
      'environ',
      'tools',
      'modules',
      'observed'
    ]
  };
var z = {
    type: 'object',
    description: 'The interpreter that was examined.',
    properties: {
      version: {
        type: ['string', 'null'],
        description: 'Full version, `3.11.7`.'
      },
      implementation: {
        type: ['string', 'null'],
        description: '`CPython`, `PyPy` \u2026'
      },
      executable: {
        type: ['string', 'null'],
        description: '`sys.executable`.'
      },
      executable_real: {
        type: ['string', 'null'],
        description: '`sys.executable` with symbolic links resolved.'
      },
      prefix: { type: ['string', 'null'], description: '`sys.prefix`.' },
      base_prefix: {
        type: ['string', 'null'],
        description: '`sys.base_prefix`.'
      },
      isolated: {
        type: ['boolean', 'null'],
        description: 'Started with `-I`.'
      },
      sys_path: {
        type: ['array', 'null'],
        description: '`sys.path`, in order.',
        items: { type: 'string' }
      },
      pythonpath: {
        type: ['array', 'null'],
        description: 'Entries of PYTHONPATH; empty when it is not set.',
        items: { type: 'string' }
      },
      user_site: {
        type: ['object', 'null'],
        description: 'The per-user site directory.',
        properties: {
          path: { type: ['string', 'null'], description: 'Its path.' },
          enabled: {
            type: ['boolean', 'null'],
            description: '`site.ENABLE_USER_SITE` and on `sys.path`.'
          },
          exists: {
            type: ['boolean', 'null'],
            description: 'Whether the directory exists.'
          }
        },
        required: ['path', 'enabled', 'exists'],
        additionalProperties: !0,
        title: 'IUserSite'
      },
      markers: {
        type: ['object', 'null'],
        additionalProperties: { type: 'string' },
        description: 'PEP 508 environment markers.'
      }
    },
    required: [
      'version',
      'implementation',
      'executable',
      'executable_real',
      'prefix',
      'base_prefix',
      'isolated',
      'sys_path',
      'pythonpath',
      'user_site',
      'markers'
    ],
    additionalProperties: !0,
    title: 'IPython'
  },
  ne = {
    type: 'object',
    description: 'What kind of environment the interpreter belongs to.',
    properties: {
      kind: {
        enum: ['conda', 'venv', 'uv', 'system', null],
        description:
          'Who made the environment. `uv` is a virtual environment made by uv; `system` is an interpreter outside any environment.'
      },
      name: {
        type: ['string', 'null'],
        description: 'Folder name of the prefix.'
      },
      base: {
        type: ['boolean', 'null'],
        description: 'True for the base environment of a conda installation.'
      },
      externally_managed: {
        type: ['boolean', 'null'],
        description:
          'An EXTERNALLY-MANAGED file stands next to the standard library (PEP 668).'
      },
      system_site_packages: {
        type: ['boolean', 'null'],
        description:
          "A virtual environment that also sees its base interpreter's packages."
      },
      home: { type: ['string', 'null'], description: '`home` of pyvenv.cfg.' },
      writable: {
        type: ['boolean', 'null'],
        description: 'Whether this process may write into site-packages.'
      }
    },
    required: [
      'kind',
      'name',
      'base',
      'externally_managed',
      'system_site_packages',
      'home',
      'writable'
    ],
    additionalProperties: !0,
    title: 'IEnvironment'
  },
  X = {
    type: 'object',
    description: 'Operating system and what runs it.',
    properties: {
      system: {
        type: ['string', 'null'],
        description: '`Linux`, `Darwin`, `Windows`.'
      },
      machine: {
        type: ['string', 'null'],
        description: '`x86_64`, `aarch64`, `arm64`, `AMD64`.'
      },
      tag: {
        type: ['string', 'null'],
        description: '`linux-x86_64`, `win-amd64`, `darwin-arm64` \u2026'
      },
      release: {
        type: ['string', 'null'],
        description: 'Kernel or OS release.'
      },
      libc: {
        type: ['object', 'null'],
        description: 'C library.',
        properties: {
          name: { type: ['string', 'null'], description: '`glibc` or `musl`.' },
          version: { type: ['string', 'null'], description: 'Version.' }
        },
        required: ['name', 'version'],
        additionalProperties: !0,
        title: 'ILibc'
      },
      libstdcxx: {
        type: ['object', 'null'],
        description: 'The libstdc++ this process would load or has loaded.',
        properties: {
          path: { type: ['string', 'null'], description: 'Path.' },
          glibcxx: {
            type: ['string', 'null'],
            description: 'Newest GLIBCXX symbol version in it, `3.4.30`.'
          },
          mapped: {
            type: ['boolean', 'null'],
            description: 'Already mapped into this process.'
          }
        },
        required: ['path', 'glibcxx', 'mapped'],
        additionalProperties: !0,
        title: 'ILibstdcxx'
      },
      wsl: {
        type: ['boolean', 'null'],
        description: 'Windows Subsystem for Linux.'
      },
      container: {
        type: ['boolean', 'null'],
        description: 'Runs in a container.'
      },
      container_kind: {
        type: ['string', 'null'],
        description: '`docker`, `podman`, `kubernetes` \u2026'
      }
    },
    required: [
      'system',
      'machine',
      'tag',
      'release',
      'libc',
      'libstdcxx',
      'wsl',
      'container',
      'container_kind'
    ],
    additionalProperties: !0,
    title: 'IPlatform'
  },
  ee = {
    type: 'object',
    description:
      'One installed distribution (one `.dist-info` or `.egg-info`).',
    properties: {
      name: { type: 'string', description: 'Normalised name (PEP 503).' },
      project: {
        type: 'string',
        description: 'Name as its metadata write it.'
      },
      version: {
        type: ['string', 'null'],
        description: 'Version; null when the metadata cannot be read.'
      },
      manager: {
        enum: ['conda', 'pip', 'uv', null],
        description: 'Who owns its files now.'
      },
      installer: {
        type: ['string', 'null'],
        description: 'Text of its INSTALLER file.'
      },
      location: {
        type: ['string', 'null'],
        description: 'The directory on `sys.path` that holds it.'
      },
      path_index: {
        type: ['integer', 'null'],
        description:
          'Index of that directory in `sys.path`; a smaller one wins.'
      },
      metadata: {
        type: ['string', 'null'],
        description: 'Name of its metadata directory or file.'
      },
      requires: {
        type: ['array', 'null'],
        description:
          'Requires-Dist entries as written; null when the metadata cannot be read.',
        items: { type: 'string' }
      },
      requires_python: {
        type: ['string', 'null'],
        description: 'Requires-Python.'
      },
      editable: {
        type: ['string', 'null'],
        description: 'Target of an editable install.'
      }
    },
    required: [
      'name',
      'project',
      'version',
      'manager',
      'installer',
      'location',
      'path_index',
      'metadata',
      'requires',
      'requires_python',
      'editable'
    ],
    additionalProperties: !0,
    title: 'IDistribution'
  },
  Ne = {
    type: 'object',
    description:
      'An import name that exists in more than one entry of `sys.path`.',
    properties: {
      name: { type: 'string', description: 'Import name.' },
      winner: { type: 'string', description: 'Entry that wins.' },
      winner_kind: {
        enum: ['pythonpath', 'user-site', 'site', 'stdlib', 'cwd', 'other'],
        description: 'What kind of entry it is.'
      },
      losers: {
        type: 'array',
        description: 'Entries that lose.',
        items: { type: 'string' }
      }
    },
    required: ['name', 'winner', 'winner_kind', 'losers'],
    additionalProperties: !0,
    title: 'IShadow'
  },
  Q = {
    type: 'object',
    description:
      'An array or deep-learning framework, or a package that carries compiled GPU code, as its files describe it.',
    properties: {
      name: {
        type: 'string',
        description:
          'Import name: `torch`, `tensorflow`, `jax`, `torchvision`, `torchaudio`, `keras`, `tf_keras`, `cupy`, `xformers` \u2026'
      },
      distribution: {
        type: ['string', 'null'],
        description: 'Normalised distribution name.'
      },
      version: {
        type: ['string', 'null'],
        description:
          "Version with its local label, as the package's own files give it."
      },
      metadata_version: {
        type: ['string', 'null'],
        description: 'Version of the metadata.'
      },
      local: {
        type: ['string', 'null'],
        description: 'Local label, `cu121`, `cpu`, `rocm6.0`.'
      },
      backend: {
        enum: ['cuda', 'rocm', 'cpu', 'xpu', 'mps', 'metal', null],
        description: 'What the build computes on.'
      },
      gpu_build: {
        type: ['boolean', 'null'],
        description: 'Whether this is a GPU build.'
      },
      cuda: {
        type: ['string', 'null'],
        description: 'CUDA version it was built for.'
      },
      cudnn: {
        type: ['string', 'null'],
        description: 'cuDNN version it was built for.'
      },
      hip: {
        type: ['string', 'null'],
        description: 'HIP version it was built for.'
      },
      archs: {
        type: ['array', 'null'],
        description:
          'GPU architectures in the build, `sm_80`, `compute_90`; null when not known.',
        items: { type: 'string' }
      },
      location: {
        type: ['string', 'null'],
        description: 'Directory of the package that Python would import.'
      },
      source: {
        type: ['string', 'null'],
        description: 'File or metadata the build was read from.'
      }
    },
    required: [
      'name',
      'distribution',
      'version',
      'metadata_version',
      'local',
      'backend',
      'gpu_build',
      'cuda',
      'cudnn',
      'hip',
      'archs',
      'location',
      'source'
    ],
    additionalProperties: !0,
    title: 'IFramework'
  },
  oe = {
    type: 'object',
    description: 'A CUDA library that a process here could load.',
    properties: {
      family: {
        enum: [
          'cudart',
          'cudnn',
          'cublas',
          'nvjitlink',
          'cufft',
          'cusparse',
          'cusolver',
          'curand',
          'nccl',
          'nvrtc',
          'cupti'
        ],
        description: 'Library.'
      },
      soname: {
        type: 'string',
        description: 'File name as the loader asks for it, `libcudart.so.12`.'
      },
      path: { type: 'string', description: 'Path.' },
      version: {
        type: ['string', 'null'],
        description: 'Version as far as the file name or its owner tells.'
      },
      major: {
        type: ['integer', 'null'],
        description: 'Major version of the SONAME.'
      },
      origin: {
        enum: [
          'LD_LIBRARY_PATH',
          'environment',
          'wheel',
          'ld-cache',
          'usr-local-cuda',
          'mapped'
        ],
        description: 'How it would be found.'
      },
      distribution: {
        type: ['string', 'null'],
        description: 'Distribution or conda package that owns it.'
      },
      mapped: {
        type: ['boolean', 'null'],
        description: 'Already mapped into this process.'
      }
    },
    required: [
      'family',
      'soname',
      'path',
      'version',
      'major',
      'origin',
      'distribution',
      'mapped'
    ],
    additionalProperties: !0,
    title: 'ICudaLibrary'
  },
  de = {
    type: 'object',
    description: 'A CUDA toolkit on disk.',
    properties: {
      variable: {
        type: ['string', 'null'],
        description:
          'CUDA_HOME, CUDA_PATH, `PATH` (nvcc found there), or null for /usr/local/cuda*.'
      },
      path: { type: 'string', description: 'Its folder.' },
      exists: {
        type: ['boolean', 'null'],
        description: 'Whether the folder exists.'
      },
      version: { type: ['string', 'null'], description: 'Version.' },
      nvcc: { type: ['string', 'null'], description: 'Path of its nvcc.' }
    },
    required: ['variable', 'path', 'exists', 'version', 'nvcc'],
    additionalProperties: !0,
    title: 'IToolkit'
  },
  qe = {
    type: 'object',
    description: 'A command as the shell would find it.',
    properties: {
      name: {
        type: 'string',
        description:
          '`pip`, `pip3`, `python`, `python3`, `conda`, `mamba`, `uv`, `nvcc`, `nvidia-smi`.'
      },
      path: {
        type: ['string', 'null'],
        description: 'Path; null when it is not on PATH.'
      },
      prefix: {
        type: ['string', 'null'],
        description:
          'Prefix of the environment it belongs to: for pip that of the interpreter in its first line.'
      }
    },
    required: ['name', 'path', 'prefix'],
    additionalProperties: !0,
    title: 'ITool'
  },
  Ie = {
    type: 'object',
    description: 'An imported top-level module.',
    properties: {
      name: { type: 'string', description: 'Import name.' },
      version: {
        type: ['string', 'null'],
        description: '`__version__` in memory.'
      },
      file: { type: ['string', 'null'], description: 'Its file.' }
    },
    required: ['name', 'version', 'file'],
    additionalProperties: !0,
    title: 'IModule'
  },
  Oe = {
    type: 'object',
    description:
      'What was seen to work or fail in a process of this interpreter.',
    properties: {
      framework: { type: 'string', description: 'Import name.' },
      gpu_works: {
        type: ['boolean', 'null'],
        description: 'It computed on a GPU.'
      },
      source: {
        type: 'string',
        description: '`this kernel` (already initialised there) or `GPU test`.'
      }
    },
    required: ['framework', 'gpu_works', 'source'],
    additionalProperties: !0,
    title: 'IObservation'
  },
  ue = {
    type: 'object',
    description: 'What conda knows of the prefix.',
    properties: {
      present: {
        type: ['boolean', 'null'],
        description: 'Whether conda-meta exists.'
      },
      records: {
        type: ['array', 'null'],
        description: 'Records.',
        items: { $ref: '#/definitions/condaRecord' }
      },
      last_change: {
        type: ['string', 'null'],
        description:
          'Time of the last transaction in conda-meta/history, `YYYY-MM-DD HH:MM:SS`.'
      },
      pinned: {
        type: ['array', 'null'],
        description: 'Specs of conda-meta/pinned.',
        items: { type: 'string' }
      }
    },
    required: ['present', 'records', 'last_change', 'pinned'],
    additionalProperties: !0,
    title: 'IConda'
  },
  pe = {
    type: 'object',
    description: 'One record of conda-meta.',
    properties: {
      name: { type: 'string', description: 'conda name.' },
      version: { type: ['string', 'null'], description: 'Version.' },
      build: { type: ['string', 'null'], description: 'Build string.' },
      channel: { type: ['string', 'null'], description: 'Channel.' },
      python_name: {
        type: ['string', 'null'],
        description:
          'Normalised name of the Python distribution it carries (from the dist-info path that it lists); null when it carries none.'
      },
      dist_info: {
        type: ['string', 'null'],
        description: 'That metadata directory, relative to the prefix.'
      },
      dist_info_exists: {
        type: ['boolean', 'null'],
        description: 'Whether the directory is still there.'
      }
    },
    required: [
      'name',
      'version',
      'build',
      'channel',
      'python_name',
      'dist_info',
      'dist_info_exists'
    ],
    additionalProperties: !0,
    title: 'ICondaRecord'
  };
function M(
  d,
  {
    instancePath: t = '',
    parentData: ye,
    parentDataProperty: me,
    rootData: ae = d
  } = {}
) {
  let r = null,
    e = 0;
  if (e === 0)
    if (d && typeof d == 'object' && !Array.isArray(d)) {
      let O;
      if (
        (d.present === void 0 && (O = 'present')) ||
        (d.records === void 0 && (O = 'records')) ||
        (d.last_change === void 0 && (O = 'last_change')) ||
        (d.pinned === void 0 && (O = 'pinned'))
      )
        return (
          (M.errors = [
            {
              instancePath: t,
              schemaPath: '#/required',
              keyword: 'required',
              params: { missingProperty: O },
              message: "must have required property '" + O + "'"
            }
          ]),
          !1
        );
      if (d.present !== void 0) {
        let h = d.present,
          v = e;
        if (typeof h != 'boolean' && h !== null)
          return (
            (M.errors = [
              {
                instancePath: t + '/present',
                schemaPath: '#/properties/present/type',
                keyword: 'type',
                params: { type: ue.properties.present.type },
                message: 'must be boolean,null'
              }
            ]),
            !1
          );
        var u = v === e;
      } else var u = !0;
      if (u) {
        if (d.records !== void 0) {
          let h = d.records,
            v = e;
          if (!Array.isArray(h) && h !== null)
            return (
              (M.errors = [
                {
                  instancePath: t + '/records',
                  schemaPath: '#/properties/records/type',
                  keyword: 'type',
                  params: { type: ue.properties.records.type },
                  message: 'must be array,null'
                }
              ]),
              !1
            );
          if (e === v && Array.isArray(h)) {
            var G = !0;
            let H = h.length;
            for (let m = 0; m < H; m++) {
              let g = h[m],
                w = e;
              if (e === e)
                if (g && typeof g == 'object' && !Array.isArray(g)) {
                  let j;
                  if (
                    (g.name === void 0 && (j = 'name')) ||
                    (g.version === void 0 && (j = 'version')) ||
                    (g.build === void 0 && (j = 'build')) ||
                    (g.channel === void 0 && (j = 'channel')) ||
                    (g.python_name === void 0 && (j = 'python_name')) ||
                    (g.dist_info === void 0 && (j = 'dist_info')) ||
                    (g.dist_info_exists === void 0 && (j = 'dist_info_exists'))
                  )
                    return (
                      (M.errors = [
                        {
                          instancePath: t + '/records/' + m,
                          schemaPath: '#/definitions/condaRecord/required',
                          keyword: 'required',
                          params: { missingProperty: j },
                          message: "must have required property '" + j + "'"
                        }
                      ]),
                      !1
                    );
                  if (g.name !== void 0) {
                    let c = e;
                    if (typeof g.name != 'string')
                      return (
                        (M.errors = [
                          {
                            instancePath: t + '/records/' + m + '/name',
                            schemaPath:
                              '#/definitions/condaRecord/properties/name/type',
                            keyword: 'type',
                            params: { type: 'string' },
                            message: 'must be string'
                          }
                        ]),
                        !1
                      );
                    var A = c === e;
                  } else var A = !0;
                  if (A) {
                    if (g.version !== void 0) {
                      let c = g.version,
                        _ = e;
                      if (typeof c != 'string' && c !== null)
                        return (
                          (M.errors = [
                            {
                              instancePath: t + '/records/' + m + '/version',
                              schemaPath:
                                '#/definitions/condaRecord/properties/version/type',
                              keyword: 'type',
                              params: { type: pe.properties.version.type },
                              message: 'must be string,null'
                            }
                          ]),
                          !1
                        );
                      var A = _ === e;
                    } else var A = !0;
                    if (A) {
                      if (g.build !== void 0) {
                        let c = g.build,
                          _ = e;
                        if (typeof c != 'string' && c !== null)
                          return (
                            (M.errors = [
                              {
                                instancePath: t + '/records/' + m + '/build',
                                schemaPath:
                                  '#/definitions/condaRecord/properties/build/type',
                                keyword: 'type',
                                params: { type: pe.properties.build.type },
                                message: 'must be string,null'
                              }
                            ]),
                            !1
                          );
                        var A = _ === e;
                      } else var A = !0;
                      if (A) {
                        if (g.channel !== void 0) {
                          let c = g.channel,
                            _ = e;
                          if (typeof c != 'string' && c !== null)
                            return (
                              (M.errors = [
                                {
                                  instancePath:
                                    t + '/records/' + m + '/channel',
                                  schemaPath:
                                    '#/definitions/condaRecord/properties/channel/type',
                                  keyword: 'type',
                                  params: { type: pe.properties.channel.type },
                                  message: 'must be string,null'
                                }
                              ]),
                              !1
                            );
                          var A = _ === e;
                        } else var A = !0;
                        if (A) {
                          if (g.python_name !== void 0) {
                            let c = g.python_name,
                              _ = e;
                            if (typeof c != 'string' && c !== null)
                              return (
                                (M.errors = [
                                  {
                                    instancePath:
                                      t + '/records/' + m + '/python_name',
                                    schemaPath:
                                      '#/definitions/condaRecord/properties/python_name/type',
                                    keyword: 'type',
                                    params: {
                                      type: pe.properties.python_name.type
                                    },
                                    message: 'must be string,null'
                                  }
                                ]),
                                !1
                              );
                            var A = _ === e;
                          } else var A = !0;
                          if (A) {
                            if (g.dist_info !== void 0) {
                              let c = g.dist_info,
                                _ = e;
                              if (typeof c != 'string' && c !== null)
                                return (
                                  (M.errors = [
                                    {
                                      instancePath:
                                        t + '/records/' + m + '/dist_info',
                                      schemaPath:
                                        '#/definitions/condaRecord/properties/dist_info/type',
                                      keyword: 'type',
                                      params: {
                                        type: pe.properties.dist_info.type
                                      },
                                      message: 'must be string,null'
                                    }
                                  ]),
                                  !1
                                );
                              var A = _ === e;
                            } else var A = !0;
                            if (A)
                              if (g.dist_info_exists !== void 0) {
                                let c = g.dist_info_exists,
                                  _ = e;
                                if (typeof c != 'boolean' && c !== null)
                                  return (
                                    (M.errors = [
                                      {
                                        instancePath:
                                          t +
                                          '/records/' +
                                          m +
                                          '/dist_info_exists',
                                        schemaPath:
                                          '#/definitions/condaRecord/properties/dist_info_exists/type',
                                        keyword: 'type',
                                        params: {
                                          type: pe.properties.dist_info_exists
                                            .type
                                        },
                                        message: 'must be boolean,null'
                                      }
                                    ]),
                                    !1
                                  );
                                var A = _ === e;
                              } else var A = !0;
                          }
                        }
                      }
                    }
                  }
                } else
                  return (
                    (M.errors = [
                      {
                        instancePath: t + '/records/' + m,
                        schemaPath: '#/definitions/condaRecord/type',
                        keyword: 'type',
                        params: { type: 'object' },
                        message: 'must be object'
                      }
                    ]),
                    !1
                  );
              var G = w === e;
              if (!G) break;
            }
          }
          var u = v === e;
        } else var u = !0;
        if (u) {
          if (d.last_change !== void 0) {
            let h = d.last_change,
              v = e;
            if (typeof h != 'string' && h !== null)
              return (
                (M.errors = [
                  {
                    instancePath: t + '/last_change',
                    schemaPath: '#/properties/last_change/type',
                    keyword: 'type',
                    params: { type: ue.properties.last_change.type },
                    message: 'must be string,null'
                  }
                ]),
                !1
              );
            var u = v === e;
          } else var u = !0;
          if (u)
            if (d.pinned !== void 0) {
              let h = d.pinned,
                v = e;
              if (!Array.isArray(h) && h !== null)
                return (
                  (M.errors = [
                    {
                      instancePath: t + '/pinned',
                      schemaPath: '#/properties/pinned/type',
                      keyword: 'type',
                      params: { type: ue.properties.pinned.type },
                      message: 'must be array,null'
                    }
                  ]),
                  !1
                );
              if (e === v && Array.isArray(h)) {
                var B = !0;
                let H = h.length;
                for (let m = 0; m < H; m++) {
                  let g = e;
                  if (typeof h[m] != 'string')
                    return (
                      (M.errors = [
                        {
                          instancePath: t + '/pinned/' + m,
                          schemaPath: '#/properties/pinned/items/type',
                          keyword: 'type',
                          params: { type: 'string' },
                          message: 'must be string'
                        }
                      ]),
                      !1
                    );
                  var B = g === e;
                  if (!B) break;
                }
              }
              var u = v === e;
            } else var u = !0;
        }
      }
    } else
      return (
        (M.errors = [
          {
            instancePath: t,
            schemaPath: '#/type',
            keyword: 'type',
            params: { type: 'object' },
            message: 'must be object'
          }
        ]),
        !1
      );
  return ((M.errors = r), e === 0);
}
var re = {
    type: 'object',
    description: "NVIDIA GPUs and driver; other vendors' devices by name.",
    properties: {
      driver: { anyOf: [{ $ref: '#/definitions/driver' }, { type: 'null' }] },
      nvml: {
        type: ['object', 'null'],
        description: 'The management library.',
        properties: {
          state: {
            enum: ['ok', 'missing', 'error', 'timeout', null],
            description: 'How the call went.'
          },
          detail: { type: ['string', 'null'], description: 'Error text.' },
          library: { type: ['string', 'null'], description: 'Path.' }
        },
        required: ['state', 'detail', 'library'],
        additionalProperties: !0,
        title: 'INvml'
      },
      devices: {
        type: ['array', 'null'],
        description:
          'GPUs; empty when there is none, null when that could not be told.',
        items: { $ref: '#/definitions/device' }
      },
      nodes: {
        type: ['array', 'null'],
        description:
          'Device files: /dev/nvidia0, /dev/nvidiactl, /dev/nvidia-uvm, /dev/dxg, /dev/kfd \u2026',
        items: { type: 'string' }
      },
      others: {
        type: ['array', 'null'],
        description: 'Devices of other vendors.',
        items: {
          type: 'object',
          required: ['vendor', 'name'],
          properties: {
            vendor: { enum: ['amd', 'intel', 'apple'] },
            name: { type: ['string', 'null'] }
          },
          additionalProperties: !0,
          title: 'IOtherGpu'
        }
      }
    },
    required: ['driver', 'nvml', 'devices', 'nodes', 'others'],
    additionalProperties: !0,
    title: 'IGpuSection'
  },
  le = {
    type: 'object',
    description: 'The NVIDIA driver.',
    properties: {
      present: {
        type: ['boolean', 'null'],
        description: 'False when it was looked for and is not there.'
      },
      version: { type: ['string', 'null'], description: '`535.104.05`.' },
      cuda: {
        type: ['string', 'null'],
        description: 'Newest CUDA version it serves, `12.2`.'
      },
      kernel_module: {
        type: ['string', 'null'],
        description: 'Version of the loaded kernel module.'
      },
      library: {
        type: ['string', 'null'],
        description: 'Path of the libcuda.so.1 that would be loaded.'
      },
      source: {
        type: ['string', 'null'],
        description: 'Where the version was read.'
      }
    },
    required: [
      'present',
      'version',
      'cuda',
      'kernel_module',
      'library',
      'source'
    ],
    additionalProperties: !0,
    title: 'IDriver'
  },
  J = {
    type: 'object',
    description: 'One NVIDIA GPU.',
    properties: {
      index: { type: ['integer', 'null'], description: 'NVML index.' },
      name: { type: ['string', 'null'], description: 'Product name.' },
      uuid: { type: ['string', 'null'], description: 'UUID.' },
      compute_capability: { type: ['string', 'null'], description: '`8.9`.' },
      memory_total: { type: ['integer', 'null'], description: 'Bytes.' },
      memory_used: { type: ['integer', 'null'], description: 'Bytes.' },
      utilization: {
        type: ['integer', 'null'],
        description: 'Percent of the last sample period.'
      },
      mig: { type: ['boolean', 'null'], description: 'MIG mode is on.' },
      mig_devices: {
        type: ['array', 'null'],
        description: 'MIG instances.',
        items: {
          type: 'object',
          required: ['uuid', 'name', 'memory_total'],
          properties: {
            uuid: { type: ['string', 'null'] },
            name: { type: ['string', 'null'] },
            memory_total: { type: ['integer', 'null'] }
          },
          additionalProperties: !0,
          title: 'IMigDevice'
        }
      },
      processes: {
        type: ['array', 'null'],
        description: 'Processes on it.',
        items: { $ref: '#/definitions/process' }
      }
    },
    required: [
      'index',
      'name',
      'uuid',
      'compute_capability',
      'memory_total',
      'memory_used',
      'utilization',
      'mig',
      'mig_devices',
      'processes'
    ],
    additionalProperties: !0,
    title: 'IGpu'
  },
  he = {
    type: 'object',
    description: 'A process on a GPU.',
    properties: {
      pid: { type: 'integer' },
      memory: {
        type: ['integer', 'null'],
        description: 'Bytes of GPU memory; null when the driver does not say.'
      },
      this_kernel: {
        type: ['boolean', 'null'],
        description:
          'Whether it is the examined process; null when process ids of another namespace are reported.'
      },
      kind: { enum: ['compute', 'graphics', null], description: 'Kind.' }
    },
    required: ['pid', 'memory', 'this_kernel', 'kind'],
    additionalProperties: !0,
    title: 'IGpuProcess'
  };
function W(
  d,
  {
    instancePath: t = '',
    parentData: ye,
    parentDataProperty: me,
    rootData: ae = d
  } = {}
) {
  let r = null,
    e = 0;
  if (e === 0)
    if (d && typeof d == 'object' && !Array.isArray(d)) {
      let h;
      if (
        (d.index === void 0 && (h = 'index')) ||
        (d.name === void 0 && (h = 'name')) ||
        (d.uuid === void 0 && (h = 'uuid')) ||
        (d.compute_capability === void 0 && (h = 'compute_capability')) ||
        (d.memory_total === void 0 && (h = 'memory_total')) ||
        (d.memory_used === void 0 && (h = 'memory_used')) ||
        (d.utilization === void 0 && (h = 'utilization')) ||
        (d.mig === void 0 && (h = 'mig')) ||
        (d.mig_devices === void 0 && (h = 'mig_devices')) ||
        (d.processes === void 0 && (h = 'processes'))
      )
        return (
          (W.errors = [
            {
              instancePath: t,
              schemaPath: '#/required',
              keyword: 'required',
              params: { missingProperty: h },
              message: "must have required property '" + h + "'"
            }
          ]),
          !1
        );
      if (d.index !== void 0) {
        let v = d.index,
          N = e;
        if (
          !(typeof v == 'number' && !(v % 1) && !isNaN(v) && isFinite(v)) &&
          v !== null
        )
          return (
            (W.errors = [
              {
                instancePath: t + '/index',
                schemaPath: '#/properties/index/type',
                keyword: 'type',
                params: { type: J.properties.index.type },
                message: 'must be integer,null'
              }
            ]),
            !1
          );
        var u = N === e;
      } else var u = !0;
      if (u) {
        if (d.name !== void 0) {
          let v = d.name,
            N = e;
          if (typeof v != 'string' && v !== null)
            return (
              (W.errors = [
                {
                  instancePath: t + '/name',
                  schemaPath: '#/properties/name/type',
                  keyword: 'type',
                  params: { type: J.properties.name.type },
                  message: 'must be string,null'
                }
              ]),
              !1
            );
          var u = N === e;
        } else var u = !0;
        if (u) {
          if (d.uuid !== void 0) {
            let v = d.uuid,
              N = e;
            if (typeof v != 'string' && v !== null)
              return (
                (W.errors = [
                  {
                    instancePath: t + '/uuid',
                    schemaPath: '#/properties/uuid/type',
                    keyword: 'type',
                    params: { type: J.properties.uuid.type },
                    message: 'must be string,null'
                  }
                ]),
                !1
              );
            var u = N === e;
          } else var u = !0;
          if (u) {
            if (d.compute_capability !== void 0) {
              let v = d.compute_capability,
                N = e;
              if (typeof v != 'string' && v !== null)
                return (
                  (W.errors = [
                    {
                      instancePath: t + '/compute_capability',
                      schemaPath: '#/properties/compute_capability/type',
                      keyword: 'type',
                      params: { type: J.properties.compute_capability.type },
                      message: 'must be string,null'
                    }
                  ]),
                  !1
                );
              var u = N === e;
            } else var u = !0;
            if (u) {
              if (d.memory_total !== void 0) {
                let v = d.memory_total,
                  N = e;
                if (
                  !(
                    typeof v == 'number' &&
                    !(v % 1) &&
                    !isNaN(v) &&
                    isFinite(v)
                  ) &&
                  v !== null
                )
                  return (
                    (W.errors = [
                      {
                        instancePath: t + '/memory_total',
                        schemaPath: '#/properties/memory_total/type',
                        keyword: 'type',
                        params: { type: J.properties.memory_total.type },
                        message: 'must be integer,null'
                      }
                    ]),
                    !1
                  );
                var u = N === e;
              } else var u = !0;
              if (u) {
                if (d.memory_used !== void 0) {
                  let v = d.memory_used,
                    N = e;
                  if (
                    !(
                      typeof v == 'number' &&
                      !(v % 1) &&
                      !isNaN(v) &&
                      isFinite(v)
                    ) &&
                    v !== null
                  )
                    return (
                      (W.errors = [
                        {
                          instancePath: t + '/memory_used',
                          schemaPath: '#/properties/memory_used/type',
                          keyword: 'type',
                          params: { type: J.properties.memory_used.type },
                          message: 'must be integer,null'
                        }
                      ]),
                      !1
                    );
                  var u = N === e;
                } else var u = !0;
                if (u) {
                  if (d.utilization !== void 0) {
                    let v = d.utilization,
                      N = e;
                    if (
                      !(
                        typeof v == 'number' &&
                        !(v % 1) &&
                        !isNaN(v) &&
                        isFinite(v)
                      ) &&
                      v !== null
                    )
                      return (
                        (W.errors = [
                          {
                            instancePath: t + '/utilization',
                            schemaPath: '#/properties/utilization/type',
                            keyword: 'type',
                            params: { type: J.properties.utilization.type },
                            message: 'must be integer,null'
                          }
                        ]),
                        !1
                      );
                    var u = N === e;
                  } else var u = !0;
                  if (u) {
                    if (d.mig !== void 0) {
                      let v = d.mig,
                        N = e;
                      if (typeof v != 'boolean' && v !== null)
                        return (
                          (W.errors = [
                            {
                              instancePath: t + '/mig',
                              schemaPath: '#/properties/mig/type',
                              keyword: 'type',
                              params: { type: J.properties.mig.type },
                              message: 'must be boolean,null'
                            }
                          ]),
                          !1
                        );
                      var u = N === e;
                    } else var u = !0;
                    if (u) {
                      if (d.mig_devices !== void 0) {
                        let v = d.mig_devices,
                          N = e;
                        if (!Array.isArray(v) && v !== null)
                          return (
                            (W.errors = [
                              {
                                instancePath: t + '/mig_devices',
                                schemaPath: '#/properties/mig_devices/type',
                                keyword: 'type',
                                params: { type: J.properties.mig_devices.type },
                                message: 'must be array,null'
                              }
                            ]),
                            !1
                          );
                        if (e === N && Array.isArray(v)) {
                          var G = !0;
                          let m = v.length;
                          for (let g = 0; g < m; g++) {
                            let w = v[g],
                              T = e;
                            if (e === T)
                              if (
                                w &&
                                typeof w == 'object' &&
                                !Array.isArray(w)
                              ) {
                                let j;
                                if (
                                  (w.uuid === void 0 && (j = 'uuid')) ||
                                  (w.name === void 0 && (j = 'name')) ||
                                  (w.memory_total === void 0 &&
                                    (j = 'memory_total'))
                                )
                                  return (
                                    (W.errors = [
                                      {
                                        instancePath: t + '/mig_devices/' + g,
                                        schemaPath:
                                          '#/properties/mig_devices/items/required',
                                        keyword: 'required',
                                        params: { missingProperty: j },
                                        message:
                                          "must have required property '" +
                                          j +
                                          "'"
                                      }
                                    ]),
                                    !1
                                  );
                                if (w.uuid !== void 0) {
                                  let c = w.uuid,
                                    _ = e;
                                  if (typeof c != 'string' && c !== null)
                                    return (
                                      (W.errors = [
                                        {
                                          instancePath:
                                            t + '/mig_devices/' + g + '/uuid',
                                          schemaPath:
                                            '#/properties/mig_devices/items/properties/uuid/type',
                                          keyword: 'type',
                                          params: {
                                            type: J.properties.mig_devices.items
                                              .properties.uuid.type
                                          },
                                          message: 'must be string,null'
                                        }
                                      ]),
                                      !1
                                    );
                                  var A = _ === e;
                                } else var A = !0;
                                if (A) {
                                  if (w.name !== void 0) {
                                    let c = w.name,
                                      _ = e;
                                    if (typeof c != 'string' && c !== null)
                                      return (
                                        (W.errors = [
                                          {
                                            instancePath:
                                              t + '/mig_devices/' + g + '/name',
                                            schemaPath:
                                              '#/properties/mig_devices/items/properties/name/type',
                                            keyword: 'type',
                                            params: {
                                              type: J.properties.mig_devices
                                                .items.properties.name.type
                                            },
                                            message: 'must be string,null'
                                          }
                                        ]),
                                        !1
                                      );
                                    var A = _ === e;
                                  } else var A = !0;
                                  if (A)
                                    if (w.memory_total !== void 0) {
                                      let c = w.memory_total,
                                        _ = e;
                                      if (
                                        !(
                                          typeof c == 'number' &&
                                          !(c % 1) &&
                                          !isNaN(c) &&
                                          isFinite(c)
                                        ) &&
                                        c !== null
                                      )
                                        return (
                                          (W.errors = [
                                            {
                                              instancePath:
                                                t +
                                                '/mig_devices/' +
                                                g +
                                                '/memory_total',
                                              schemaPath:
                                                '#/properties/mig_devices/items/properties/memory_total/type',
                                              keyword: 'type',
                                              params: {
                                                type: J.properties.mig_devices
                                                  .items.properties.memory_total
                                                  .type
                                              },
                                              message: 'must be integer,null'
                                            }
                                          ]),
                                          !1
                                        );
                                      var A = _ === e;
                                    } else var A = !0;
                                }
                              } else
                                return (
                                  (W.errors = [
                                    {
                                      instancePath: t + '/mig_devices/' + g,
                                      schemaPath:
                                        '#/properties/mig_devices/items/type',
                                      keyword: 'type',
                                      params: { type: 'object' },
                                      message: 'must be object'
                                    }
                                  ]),
                                  !1
                                );
                            var G = T === e;
                            if (!G) break;
                          }
                        }
                        var u = N === e;
                      } else var u = !0;
                      if (u)
                        if (d.processes !== void 0) {
                          let v = d.processes,
                            N = e;
                          if (!Array.isArray(v) && v !== null)
                            return (
                              (W.errors = [
                                {
                                  instancePath: t + '/processes',
                                  schemaPath: '#/properties/processes/type',
                                  keyword: 'type',
                                  params: { type: J.properties.processes.type },
                                  message: 'must be array,null'
                                }
                              ]),
                              !1
                            );
                          if (e === N && Array.isArray(v)) {
                            var B = !0;
                            let m = v.length;
                            for (let g = 0; g < m; g++) {
                              let w = v[g],
                                T = e;
                              if (e === e)
                                if (
                                  w &&
                                  typeof w == 'object' &&
                                  !Array.isArray(w)
                                ) {
                                  let c;
                                  if (
                                    (w.pid === void 0 && (c = 'pid')) ||
                                    (w.memory === void 0 && (c = 'memory')) ||
                                    (w.this_kernel === void 0 &&
                                      (c = 'this_kernel')) ||
                                    (w.kind === void 0 && (c = 'kind'))
                                  )
                                    return (
                                      (W.errors = [
                                        {
                                          instancePath: t + '/processes/' + g,
                                          schemaPath:
                                            '#/definitions/process/required',
                                          keyword: 'required',
                                          params: { missingProperty: c },
                                          message:
                                            "must have required property '" +
                                            c +
                                            "'"
                                        }
                                      ]),
                                      !1
                                    );
                                  if (w.pid !== void 0) {
                                    let _ = w.pid,
                                      D = e;
                                    if (!(
                                      typeof _ == 'number' &&
                                      !(_ % 1) &&
                                      !isNaN(_) &&
                                      isFinite(_)
                                    ))
                                      return (
                                        (W.errors = [
                                          {
                                            instancePath:
                                              t + '/processes/' + g + '/pid',
                                            schemaPath:
                                              '#/definitions/process/properties/pid/type',
                                            keyword: 'type',
                                            params: { type: 'integer' },
                                            message: 'must be integer'
                                          }
                                        ]),
                                        !1
                                      );
                                    var O = D === e;
                                  } else var O = !0;
                                  if (O) {
                                    if (w.memory !== void 0) {
                                      let _ = w.memory,
                                        D = e;
                                      if (
                                        !(
                                          typeof _ == 'number' &&
                                          !(_ % 1) &&
                                          !isNaN(_) &&
                                          isFinite(_)
                                        ) &&
                                        _ !== null
                                      )
                                        return (
                                          (W.errors = [
                                            {
                                              instancePath:
                                                t +
                                                '/processes/' +
                                                g +
                                                '/memory',
                                              schemaPath:
                                                '#/definitions/process/properties/memory/type',
                                              keyword: 'type',
                                              params: {
                                                type: he.properties.memory.type
                                              },
                                              message: 'must be integer,null'
                                            }
                                          ]),
                                          !1
                                        );
                                      var O = D === e;
                                    } else var O = !0;
                                    if (O) {
                                      if (w.this_kernel !== void 0) {
                                        let _ = w.this_kernel,
                                          D = e;
                                        if (typeof _ != 'boolean' && _ !== null)
                                          return (
                                            (W.errors = [
                                              {
                                                instancePath:
                                                  t +
                                                  '/processes/' +
                                                  g +
                                                  '/this_kernel',
                                                schemaPath:
                                                  '#/definitions/process/properties/this_kernel/type',
                                                keyword: 'type',
                                                params: {
                                                  type: he.properties
                                                    .this_kernel.type
                                                },
                                                message: 'must be boolean,null'
                                              }
                                            ]),
                                            !1
                                          );
                                        var O = D === e;
                                      } else var O = !0;
                                      if (O)
                                        if (w.kind !== void 0) {
                                          let _ = w.kind,
                                            D = e;
                                          if (!(
                                            _ === 'compute' ||
                                            _ === 'graphics' ||
                                            _ === null
                                          ))
                                            return (
                                              (W.errors = [
                                                {
                                                  instancePath:
                                                    t +
                                                    '/processes/' +
                                                    g +
                                                    '/kind',
                                                  schemaPath:
                                                    '#/definitions/process/properties/kind/enum',
                                                  keyword: 'enum',
                                                  params: {
                                                    allowedValues:
                                                      he.properties.kind.enum
                                                  },
                                                  message:
                                                    'must be equal to one of the allowed values'
                                                }
                                              ]),
                                              !1
                                            );
                                          var O = D === e;
                                        } else var O = !0;
                                    }
                                  }
                                } else
                                  return (
                                    (W.errors = [
                                      {
                                        instancePath: t + '/processes/' + g,
                                        schemaPath:
                                          '#/definitions/process/type',
                                        keyword: 'type',
                                        params: { type: 'object' },
                                        message: 'must be object'
                                      }
                                    ]),
                                    !1
                                  );
                              var B = T === e;
                              if (!B) break;
                            }
                          }
                          var u = N === e;
                        } else var u = !0;
                    }
                  }
                }
              }
            }
          }
        }
      }
    } else
      return (
        (W.errors = [
          {
            instancePath: t,
            schemaPath: '#/type',
            keyword: 'type',
            params: { type: 'object' },
            message: 'must be object'
          }
        ]),
        !1
      );
  return ((W.errors = r), e === 0);
}
function S(
  d,
  {
    instancePath: t = '',
    parentData: ye,
    parentDataProperty: me,
    rootData: ae = d
  } = {}
) {
  let r = null,
    e = 0;
  if (e === 0)
    if (d && typeof d == 'object' && !Array.isArray(d)) {
      let H;
      if (
        (d.driver === void 0 && (H = 'driver')) ||
        (d.nvml === void 0 && (H = 'nvml')) ||
        (d.devices === void 0 && (H = 'devices')) ||
        (d.nodes === void 0 && (H = 'nodes')) ||
        (d.others === void 0 && (H = 'others'))
      )
        return (
          (S.errors = [
            {
              instancePath: t,
              schemaPath: '#/required',
              keyword: 'required',
              params: { missingProperty: H },
              message: "must have required property '" + H + "'"
            }
          ]),
          !1
        );
      if (d.driver !== void 0) {
        let m = d.driver,
          g = e,
          w = e,
          T = !1,
          k = e;
        if (e === e)
          if (m && typeof m == 'object' && !Array.isArray(m)) {
            let c;
            if (
              (m.present === void 0 && (c = 'present')) ||
              (m.version === void 0 && (c = 'version')) ||
              (m.cuda === void 0 && (c = 'cuda')) ||
              (m.kernel_module === void 0 && (c = 'kernel_module')) ||
              (m.library === void 0 && (c = 'library')) ||
              (m.source === void 0 && (c = 'source'))
            ) {
              let _ = {
                instancePath: t + '/driver',
                schemaPath: '#/definitions/driver/required',
                keyword: 'required',
                params: { missingProperty: c },
                message: "must have required property '" + c + "'"
              };
              (r === null ? (r = [_]) : r.push(_), e++);
            } else {
              if (m.present !== void 0) {
                let _ = m.present,
                  D = e;
                if (typeof _ != 'boolean' && _ !== null) {
                  let q = {
                    instancePath: t + '/driver/present',
                    schemaPath: '#/definitions/driver/properties/present/type',
                    keyword: 'type',
                    params: { type: le.properties.present.type },
                    message: 'must be boolean,null'
                  };
                  (r === null ? (r = [q]) : r.push(q), e++);
                }
                var u = D === e;
              } else var u = !0;
              if (u) {
                if (m.version !== void 0) {
                  let _ = m.version,
                    D = e;
                  if (typeof _ != 'string' && _ !== null) {
                    let C = {
                      instancePath: t + '/driver/version',
                      schemaPath:
                        '#/definitions/driver/properties/version/type',
                      keyword: 'type',
                      params: { type: le.properties.version.type },
                      message: 'must be string,null'
                    };
                    (r === null ? (r = [C]) : r.push(C), e++);
                  }
                  var u = D === e;
                } else var u = !0;
                if (u) {
                  if (m.cuda !== void 0) {
                    let _ = m.cuda,
                      D = e;
                    if (typeof _ != 'string' && _ !== null) {
                      let C = {
                        instancePath: t + '/driver/cuda',
                        schemaPath: '#/definitions/driver/properties/cuda/type',
                        keyword: 'type',
                        params: { type: le.properties.cuda.type },
                        message: 'must be string,null'
                      };
                      (r === null ? (r = [C]) : r.push(C), e++);
                    }
                    var u = D === e;
                  } else var u = !0;
                  if (u) {
                    if (m.kernel_module !== void 0) {
                      let _ = m.kernel_module,
                        D = e;
                      if (typeof _ != 'string' && _ !== null) {
                        let C = {
                          instancePath: t + '/driver/kernel_module',
                          schemaPath:
                            '#/definitions/driver/properties/kernel_module/type',
                          keyword: 'type',
                          params: { type: le.properties.kernel_module.type },
                          message: 'must be string,null'
                        };
                        (r === null ? (r = [C]) : r.push(C), e++);
                      }
                      var u = D === e;
                    } else var u = !0;
                    if (u) {
                      if (m.library !== void 0) {
                        let _ = m.library,
                          D = e;
                        if (typeof _ != 'string' && _ !== null) {
                          let C = {
                            instancePath: t + '/driver/library',
                            schemaPath:
                              '#/definitions/driver/properties/library/type',
                            keyword: 'type',
                            params: { type: le.properties.library.type },
                            message: 'must be string,null'
                          };
                          (r === null ? (r = [C]) : r.push(C), e++);
                        }
                        var u = D === e;
                      } else var u = !0;
                      if (u)
                        if (m.source !== void 0) {
                          let _ = m.source,
                            D = e;
                          if (typeof _ != 'string' && _ !== null) {
                            let C = {
                              instancePath: t + '/driver/source',
                              schemaPath:
                                '#/definitions/driver/properties/source/type',
                              keyword: 'type',
                              params: { type: le.properties.source.type },
                              message: 'must be string,null'
                            };
                            (r === null ? (r = [C]) : r.push(C), e++);
                          }
                          var u = D === e;
                        } else var u = !0;
                    }
                  }
                }
              }
            }
          } else {
            let c = {
              instancePath: t + '/driver',
              schemaPath: '#/definitions/driver/type',
              keyword: 'type',
              params: { type: 'object' },
              message: 'must be object'
            };
            (r === null ? (r = [c]) : r.push(c), e++);
          }
        var G = k === e;
        if (((T = T || G), !T)) {
          let c = e;
          if (m !== null) {
            let D = {
              instancePath: t + '/driver',
              schemaPath: '#/properties/driver/anyOf/1/type',
              keyword: 'type',
              params: { type: 'null' },
              message: 'must be null'
            };
            (r === null ? (r = [D]) : r.push(D), e++);
          }
          var G = c === e;
          T = T || G;
        }
        if (T) ((e = w), r !== null && (w ? (r.length = w) : (r = null)));
        else {
          let c = {
            instancePath: t + '/driver',
            schemaPath: '#/properties/driver/anyOf',
            keyword: 'anyOf',
            params: {},
            message: 'must match a schema in anyOf'
          };
          return (r === null ? (r = [c]) : r.push(c), e++, (S.errors = r), !1);
        }
        var A = g === e;
      } else var A = !0;
      if (A) {
        if (d.nvml !== void 0) {
          let m = d.nvml,
            g = e;
          if (!(m && typeof m == 'object' && !Array.isArray(m)) && m !== null)
            return (
              (S.errors = [
                {
                  instancePath: t + '/nvml',
                  schemaPath: '#/properties/nvml/type',
                  keyword: 'type',
                  params: { type: re.properties.nvml.type },
                  message: 'must be object,null'
                }
              ]),
              !1
            );
          if (e === g && m && typeof m == 'object' && !Array.isArray(m)) {
            let T;
            if (
              (m.state === void 0 && (T = 'state')) ||
              (m.detail === void 0 && (T = 'detail')) ||
              (m.library === void 0 && (T = 'library'))
            )
              return (
                (S.errors = [
                  {
                    instancePath: t + '/nvml',
                    schemaPath: '#/properties/nvml/required',
                    keyword: 'required',
                    params: { missingProperty: T },
                    message: "must have required property '" + T + "'"
                  }
                ]),
                !1
              );
            if (m.state !== void 0) {
              let k = m.state,
                j = e;
              if (!(
                k === 'ok' ||
                k === 'missing' ||
                k === 'error' ||
                k === 'timeout' ||
                k === null
              ))
                return (
                  (S.errors = [
                    {
                      instancePath: t + '/nvml/state',
                      schemaPath: '#/properties/nvml/properties/state/enum',
                      keyword: 'enum',
                      params: {
                        allowedValues: re.properties.nvml.properties.state.enum
                      },
                      message: 'must be equal to one of the allowed values'
                    }
                  ]),
                  !1
                );
              var B = j === e;
            } else var B = !0;
            if (B) {
              if (m.detail !== void 0) {
                let k = m.detail,
                  j = e;
                if (typeof k != 'string' && k !== null)
                  return (
                    (S.errors = [
                      {
                        instancePath: t + '/nvml/detail',
                        schemaPath: '#/properties/nvml/properties/detail/type',
                        keyword: 'type',
                        params: {
                          type: re.properties.nvml.properties.detail.type
                        },
                        message: 'must be string,null'
                      }
                    ]),
                    !1
                  );
                var B = j === e;
              } else var B = !0;
              if (B)
                if (m.library !== void 0) {
                  let k = m.library,
                    j = e;
                  if (typeof k != 'string' && k !== null)
                    return (
                      (S.errors = [
                        {
                          instancePath: t + '/nvml/library',
                          schemaPath:
                            '#/properties/nvml/properties/library/type',
                          keyword: 'type',
                          params: {
                            type: re.properties.nvml.properties.library.type
                          },
                          message: 'must be string,null'
                        }
                      ]),
                      !1
                    );
                  var B = j === e;
                } else var B = !0;
            }
          }
          var A = g === e;
        } else var A = !0;
        if (A) {
          if (d.devices !== void 0) {
            let m = d.devices,
              g = e;
            if (!Array.isArray(m) && m !== null)
              return (
                (S.errors = [
                  {
                    instancePath: t + '/devices',
                    schemaPath: '#/properties/devices/type',
                    keyword: 'type',
                    params: { type: re.properties.devices.type },
                    message: 'must be array,null'
                  }
                ]),
                !1
              );
            if (e === g && Array.isArray(m)) {
              var O = !0;
              let T = m.length;
              for (let k = 0; k < T; k++) {
                let j = e;
                W(m[k], {
                  instancePath: t + '/devices/' + k,
                  parentData: m,
                  parentDataProperty: k,
                  rootData: ae
                }) ||
                  ((r = r === null ? W.errors : r.concat(W.errors)),
                  (e = r.length));
                var O = j === e;
                if (!O) break;
              }
            }
            var A = g === e;
          } else var A = !0;
          if (A) {
            if (d.nodes !== void 0) {
              let m = d.nodes,
                g = e;
              if (!Array.isArray(m) && m !== null)
                return (
                  (S.errors = [
                    {
                      instancePath: t + '/nodes',
                      schemaPath: '#/properties/nodes/type',
                      keyword: 'type',
                      params: { type: re.properties.nodes.type },
                      message: 'must be array,null'
                    }
                  ]),
                  !1
                );
              if (e === g && Array.isArray(m)) {
                var h = !0;
                let T = m.length;
                for (let k = 0; k < T; k++) {
                  let j = e;
                  if (typeof m[k] != 'string')
                    return (
                      (S.errors = [
                        {
                          instancePath: t + '/nodes/' + k,
                          schemaPath: '#/properties/nodes/items/type',
                          keyword: 'type',
                          params: { type: 'string' },
                          message: 'must be string'
                        }
                      ]),
                      !1
                    );
                  var h = j === e;
                  if (!h) break;
                }
              }
              var A = g === e;
            } else var A = !0;
            if (A)
              if (d.others !== void 0) {
                let m = d.others,
                  g = e;
                if (!Array.isArray(m) && m !== null)
                  return (
                    (S.errors = [
                      {
                        instancePath: t + '/others',
                        schemaPath: '#/properties/others/type',
                        keyword: 'type',
                        params: { type: re.properties.others.type },
                        message: 'must be array,null'
                      }
                    ]),
                    !1
                  );
                if (e === g && Array.isArray(m)) {
                  var v = !0;
                  let T = m.length;
                  for (let k = 0; k < T; k++) {
                    let j = m[k],
                      c = e;
                    if (e === c)
                      if (j && typeof j == 'object' && !Array.isArray(j)) {
                        let D;
                        if (
                          (j.vendor === void 0 && (D = 'vendor')) ||
                          (j.name === void 0 && (D = 'name'))
                        )
                          return (
                            (S.errors = [
                              {
                                instancePath: t + '/others/' + k,
                                schemaPath:
                                  '#/properties/others/items/required',
                                keyword: 'required',
                                params: { missingProperty: D },
                                message:
                                  "must have required property '" + D + "'"
                              }
                            ]),
                            !1
                          );
                        if (j.vendor !== void 0) {
                          let q = j.vendor,
                            C = e;
                          if (!(q === 'amd' || q === 'intel' || q === 'apple'))
                            return (
                              (S.errors = [
                                {
                                  instancePath: t + '/others/' + k + '/vendor',
                                  schemaPath:
                                    '#/properties/others/items/properties/vendor/enum',
                                  keyword: 'enum',
                                  params: {
                                    allowedValues:
                                      re.properties.others.items.properties
                                        .vendor.enum
                                  },
                                  message:
                                    'must be equal to one of the allowed values'
                                }
                              ]),
                              !1
                            );
                          var N = C === e;
                        } else var N = !0;
                        if (N)
                          if (j.name !== void 0) {
                            let q = j.name,
                              C = e;
                            if (typeof q != 'string' && q !== null)
                              return (
                                (S.errors = [
                                  {
                                    instancePath: t + '/others/' + k + '/name',
                                    schemaPath:
                                      '#/properties/others/items/properties/name/type',
                                    keyword: 'type',
                                    params: {
                                      type: re.properties.others.items
                                        .properties.name.type
                                    },
                                    message: 'must be string,null'
                                  }
                                ]),
                                !1
                              );
                            var N = C === e;
                          } else var N = !0;
                      } else
                        return (
                          (S.errors = [
                            {
                              instancePath: t + '/others/' + k,
                              schemaPath: '#/properties/others/items/type',
                              keyword: 'type',
                              params: { type: 'object' },
                              message: 'must be object'
                            }
                          ]),
                          !1
                        );
                    var v = c === e;
                    if (!v) break;
                  }
                }
                var A = g === e;
              } else var A = !0;
          }
        }
      }
    } else
      return (
        (S.errors = [
          {
            instancePath: t,
            schemaPath: '#/type',
            keyword: 'type',
            params: { type: 'object' },
            message: 'must be object'
          }
        ]),
        !1
      );
  return ((S.errors = r), e === 0);
}
function y(
  d,
  {
    instancePath: t = '',
    parentData: ye,
    parentDataProperty: me,
    rootData: ae = d
  } = {}
) {
  let r = null,
    e = 0;
  if (e === 0)
    if (d && typeof d == 'object' && !Array.isArray(d)) {
      let F;
      if (
        (d.schema === void 0 && (F = 'schema')) ||
        (d.schema_version === void 0 && (F = 'schema_version')) ||
        (d.probe === void 0 && (F = 'probe')) ||
        (d.problems === void 0 && (F = 'problems')) ||
        (d.python === void 0 && (F = 'python')) ||
        (d.environment === void 0 && (F = 'environment')) ||
        (d.platform === void 0 && (F = 'platform')) ||
        (d.packages === void 0 && (F = 'packages')) ||
        (d.leftovers === void 0 && (F = 'leftovers')) ||
        (d.shadows === void 0 && (F = 'shadows')) ||
        (d.conda === void 0 && (F = 'conda')) ||
        (d.frameworks === void 0 && (F = 'frameworks')) ||
        (d.gpu === void 0 && (F = 'gpu')) ||
        (d.cuda_libraries === void 0 && (F = 'cuda_libraries')) ||
        (d.toolkits === void 0 && (F = 'toolkits')) ||
        (d.environ === void 0 && (F = 'environ')) ||
        (d.tools === void 0 && (F = 'tools')) ||
        (d.modules === void 0 && (F = 'modules')) ||
        (d.observed === void 0 && (F = 'observed'))
      )
        return (
          (y.errors = [
            {
              instancePath: t,
              schemaPath: '#/required',
              keyword: 'required',
              params: { missingProperty: F },
              message: "must have required property '" + F + "'"
            }
          ]),
          !1
        );
      if (d.schema !== void 0) {
        let i = e;
        if (d.schema !== 'jupyterlab-gpu-doctor/facts')
          return (
            (y.errors = [
              {
                instancePath: t + '/schema',
                schemaPath: '#/properties/schema/const',
                keyword: 'const',
                params: { allowedValue: 'jupyterlab-gpu-doctor/facts' },
                message: 'must be equal to constant'
              }
            ]),
            !1
          );
        var u = i === e;
      } else var u = !0;
      if (u) {
        if (d.schema_version !== void 0) {
          let i = e;
          if (d.schema_version !== 1)
            return (
              (y.errors = [
                {
                  instancePath: t + '/schema_version',
                  schemaPath: '#/properties/schema_version/const',
                  keyword: 'const',
                  params: { allowedValue: 1 },
                  message: 'must be equal to constant'
                }
              ]),
              !1
            );
          var u = i === e;
        } else var u = !0;
        if (u) {
          if (d.probe !== void 0) {
            let i = d.probe,
              P = e;
            if (e === P)
              if (i && typeof i == 'object' && !Array.isArray(i)) {
                let b;
                if (i.version === void 0 && (b = 'version'))
                  return (
                    (y.errors = [
                      {
                        instancePath: t + '/probe',
                        schemaPath: '#/properties/probe/required',
                        keyword: 'required',
                        params: { missingProperty: b },
                        message: "must have required property '" + b + "'"
                      }
                    ]),
                    !1
                  );
                if (i.version !== void 0) {
                  let p = e;
                  if (typeof i.version != 'string')
                    return (
                      (y.errors = [
                        {
                          instancePath: t + '/probe/version',
                          schemaPath:
                            '#/properties/probe/properties/version/type',
                          keyword: 'type',
                          params: { type: 'string' },
                          message: 'must be string'
                        }
                      ]),
                      !1
                    );
                  var G = p === e;
                } else var G = !0;
                if (G) {
                  if (i.started !== void 0) {
                    let p = i.started,
                      s = e;
                    if (typeof p != 'string' && p !== null)
                      return (
                        (y.errors = [
                          {
                            instancePath: t + '/probe/started',
                            schemaPath:
                              '#/properties/probe/properties/started/type',
                            keyword: 'type',
                            params: {
                              type: Y.properties.probe.properties.started.type
                            },
                            message: 'must be string,null'
                          }
                        ]),
                        !1
                      );
                    var G = s === e;
                  } else var G = !0;
                  if (G) {
                    if (i.duration_ms !== void 0) {
                      let p = i.duration_ms,
                        s = e;
                      if (!(typeof p == 'number' && isFinite(p)) && p !== null)
                        return (
                          (y.errors = [
                            {
                              instancePath: t + '/probe/duration_ms',
                              schemaPath:
                                '#/properties/probe/properties/duration_ms/type',
                              keyword: 'type',
                              params: {
                                type: Y.properties.probe.properties.duration_ms
                                  .type
                              },
                              message: 'must be number,null'
                            }
                          ]),
                          !1
                        );
                      var G = s === e;
                    } else var G = !0;
                    if (G) {
                      if (i.sections !== void 0) {
                        let p = i.sections,
                          s = e;
                        if (e === s)
                          if (p && typeof p == 'object' && !Array.isArray(p))
                            for (let f in p) {
                              let o = p[f],
                                l = e;
                              if (!(typeof o == 'number' && isFinite(o)))
                                return (
                                  (y.errors = [
                                    {
                                      instancePath:
                                        t +
                                        '/probe/sections/' +
                                        f
                                          .replace(/~/g, '~0')
                                          .replace(/\//g, '~1'),
                                      schemaPath:
                                        '#/properties/probe/properties/sections/additionalProperties/type',
                                      keyword: 'type',
                                      params: { type: 'number' },
                                      message: 'must be number'
                                    }
                                  ]),
                                  !1
                                );
                              var A = l === e;
                              if (!A) break;
                            }
                          else
                            return (
                              (y.errors = [
                                {
                                  instancePath: t + '/probe/sections',
                                  schemaPath:
                                    '#/properties/probe/properties/sections/type',
                                  keyword: 'type',
                                  params: { type: 'object' },
                                  message: 'must be object'
                                }
                              ]),
                              !1
                            );
                        var G = s === e;
                      } else var G = !0;
                      if (G) {
                        if (i.pid !== void 0) {
                          let p = i.pid,
                            s = e;
                          if (
                            !(
                              typeof p == 'number' &&
                              !(p % 1) &&
                              !isNaN(p) &&
                              isFinite(p)
                            ) &&
                            p !== null
                          )
                            return (
                              (y.errors = [
                                {
                                  instancePath: t + '/probe/pid',
                                  schemaPath:
                                    '#/properties/probe/properties/pid/type',
                                  keyword: 'type',
                                  params: {
                                    type: Y.properties.probe.properties.pid.type
                                  },
                                  message: 'must be integer,null'
                                }
                              ]),
                              !1
                            );
                          var G = s === e;
                        } else var G = !0;
                        if (G)
                          if (i.in_kernel !== void 0) {
                            let p = i.in_kernel,
                              s = e;
                            if (typeof p != 'boolean' && p !== null)
                              return (
                                (y.errors = [
                                  {
                                    instancePath: t + '/probe/in_kernel',
                                    schemaPath:
                                      '#/properties/probe/properties/in_kernel/type',
                                    keyword: 'type',
                                    params: {
                                      type: Y.properties.probe.properties
                                        .in_kernel.type
                                    },
                                    message: 'must be boolean,null'
                                  }
                                ]),
                                !1
                              );
                            var G = s === e;
                          } else var G = !0;
                      }
                    }
                  }
                }
              } else
                return (
                  (y.errors = [
                    {
                      instancePath: t + '/probe',
                      schemaPath: '#/properties/probe/type',
                      keyword: 'type',
                      params: { type: 'object' },
                      message: 'must be object'
                    }
                  ]),
                  !1
                );
            var u = P === e;
          } else var u = !0;
          if (u) {
            if (d.problems !== void 0) {
              let i = d.problems,
                P = e;
              if (e === P)
                if (Array.isArray(i)) {
                  var B = !0;
                  let b = i.length;
                  for (let p = 0; p < b; p++) {
                    let s = i[p],
                      E = e;
                    if (e === e)
                      if (s && typeof s == 'object' && !Array.isArray(s)) {
                        let l;
                        if (
                          (s.section === void 0 && (l = 'section')) ||
                          (s.what === void 0 && (l = 'what')) ||
                          (s.reason === void 0 && (l = 'reason'))
                        )
                          return (
                            (y.errors = [
                              {
                                instancePath: t + '/problems/' + p,
                                schemaPath: '#/definitions/problem/required',
                                keyword: 'required',
                                params: { missingProperty: l },
                                message:
                                  "must have required property '" + l + "'"
                              }
                            ]),
                            !1
                          );
                        if (s.section !== void 0) {
                          let n = e;
                          if (typeof s.section != 'string')
                            return (
                              (y.errors = [
                                {
                                  instancePath:
                                    t + '/problems/' + p + '/section',
                                  schemaPath:
                                    '#/definitions/problem/properties/section/type',
                                  keyword: 'type',
                                  params: { type: 'string' },
                                  message: 'must be string'
                                }
                              ]),
                              !1
                            );
                          var O = n === e;
                        } else var O = !0;
                        if (O) {
                          if (s.what !== void 0) {
                            let n = e;
                            if (typeof s.what != 'string')
                              return (
                                (y.errors = [
                                  {
                                    instancePath:
                                      t + '/problems/' + p + '/what',
                                    schemaPath:
                                      '#/definitions/problem/properties/what/type',
                                    keyword: 'type',
                                    params: { type: 'string' },
                                    message: 'must be string'
                                  }
                                ]),
                                !1
                              );
                            var O = n === e;
                          } else var O = !0;
                          if (O)
                            if (s.reason !== void 0) {
                              let n = e;
                              if (typeof s.reason != 'string')
                                return (
                                  (y.errors = [
                                    {
                                      instancePath:
                                        t + '/problems/' + p + '/reason',
                                      schemaPath:
                                        '#/definitions/problem/properties/reason/type',
                                      keyword: 'type',
                                      params: { type: 'string' },
                                      message: 'must be string'
                                    }
                                  ]),
                                  !1
                                );
                              var O = n === e;
                            } else var O = !0;
                        }
                      } else
                        return (
                          (y.errors = [
                            {
                              instancePath: t + '/problems/' + p,
                              schemaPath: '#/definitions/problem/type',
                              keyword: 'type',
                              params: { type: 'object' },
                              message: 'must be object'
                            }
                          ]),
                          !1
                        );
                    var B = E === e;
                    if (!B) break;
                  }
                } else
                  return (
                    (y.errors = [
                      {
                        instancePath: t + '/problems',
                        schemaPath: '#/properties/problems/type',
                        keyword: 'type',
                        params: { type: 'array' },
                        message: 'must be array'
                      }
                    ]),
                    !1
                  );
              var u = P === e;
            } else var u = !0;
            if (u) {
              if (d.python !== void 0) {
                let i = d.python,
                  P = e,
                  $ = e,
                  b = !1,
                  p = e;
                if (e === e)
                  if (i && typeof i == 'object' && !Array.isArray(i)) {
                    let f;
                    if (
                      (i.version === void 0 && (f = 'version')) ||
                      (i.implementation === void 0 && (f = 'implementation')) ||
                      (i.executable === void 0 && (f = 'executable')) ||
                      (i.executable_real === void 0 &&
                        (f = 'executable_real')) ||
                      (i.prefix === void 0 && (f = 'prefix')) ||
                      (i.base_prefix === void 0 && (f = 'base_prefix')) ||
                      (i.isolated === void 0 && (f = 'isolated')) ||
                      (i.sys_path === void 0 && (f = 'sys_path')) ||
                      (i.pythonpath === void 0 && (f = 'pythonpath')) ||
                      (i.user_site === void 0 && (f = 'user_site')) ||
                      (i.markers === void 0 && (f = 'markers'))
                    ) {
                      let o = {
                        instancePath: t + '/python',
                        schemaPath: '#/definitions/python/required',
                        keyword: 'required',
                        params: { missingProperty: f },
                        message: "must have required property '" + f + "'"
                      };
                      (r === null ? (r = [o]) : r.push(o), e++);
                    } else {
                      if (i.version !== void 0) {
                        let o = i.version,
                          l = e;
                        if (typeof o != 'string' && o !== null) {
                          let n = {
                            instancePath: t + '/python/version',
                            schemaPath:
                              '#/definitions/python/properties/version/type',
                            keyword: 'type',
                            params: { type: z.properties.version.type },
                            message: 'must be string,null'
                          };
                          (r === null ? (r = [n]) : r.push(n), e++);
                        }
                        var h = l === e;
                      } else var h = !0;
                      if (h) {
                        if (i.implementation !== void 0) {
                          let o = i.implementation,
                            l = e;
                          if (typeof o != 'string' && o !== null) {
                            let a = {
                              instancePath: t + '/python/implementation',
                              schemaPath:
                                '#/definitions/python/properties/implementation/type',
                              keyword: 'type',
                              params: {
                                type: z.properties.implementation.type
                              },
                              message: 'must be string,null'
                            };
                            (r === null ? (r = [a]) : r.push(a), e++);
                          }
                          var h = l === e;
                        } else var h = !0;
                        if (h) {
                          if (i.executable !== void 0) {
                            let o = i.executable,
                              l = e;
                            if (typeof o != 'string' && o !== null) {
                              let a = {
                                instancePath: t + '/python/executable',
                                schemaPath:
                                  '#/definitions/python/properties/executable/type',
                                keyword: 'type',
                                params: { type: z.properties.executable.type },
                                message: 'must be string,null'
                              };
                              (r === null ? (r = [a]) : r.push(a), e++);
                            }
                            var h = l === e;
                          } else var h = !0;
                          if (h) {
                            if (i.executable_real !== void 0) {
                              let o = i.executable_real,
                                l = e;
                              if (typeof o != 'string' && o !== null) {
                                let a = {
                                  instancePath: t + '/python/executable_real',
                                  schemaPath:
                                    '#/definitions/python/properties/executable_real/type',
                                  keyword: 'type',
                                  params: {
                                    type: z.properties.executable_real.type
                                  },
                                  message: 'must be string,null'
                                };
                                (r === null ? (r = [a]) : r.push(a), e++);
                              }
                              var h = l === e;
                            } else var h = !0;
                            if (h) {
                              if (i.prefix !== void 0) {
                                let o = i.prefix,
                                  l = e;
                                if (typeof o != 'string' && o !== null) {
                                  let a = {
                                    instancePath: t + '/python/prefix',
                                    schemaPath:
                                      '#/definitions/python/properties/prefix/type',
                                    keyword: 'type',
                                    params: { type: z.properties.prefix.type },
                                    message: 'must be string,null'
                                  };
                                  (r === null ? (r = [a]) : r.push(a), e++);
                                }
                                var h = l === e;
                              } else var h = !0;
                              if (h) {
                                if (i.base_prefix !== void 0) {
                                  let o = i.base_prefix,
                                    l = e;
                                  if (typeof o != 'string' && o !== null) {
                                    let a = {
                                      instancePath: t + '/python/base_prefix',
                                      schemaPath:
                                        '#/definitions/python/properties/base_prefix/type',
                                      keyword: 'type',
                                      params: {
                                        type: z.properties.base_prefix.type
                                      },
                                      message: 'must be string,null'
                                    };
                                    (r === null ? (r = [a]) : r.push(a), e++);
                                  }
                                  var h = l === e;
                                } else var h = !0;
                                if (h) {
                                  if (i.isolated !== void 0) {
                                    let o = i.isolated,
                                      l = e;
                                    if (typeof o != 'boolean' && o !== null) {
                                      let a = {
                                        instancePath: t + '/python/isolated',
                                        schemaPath:
                                          '#/definitions/python/properties/isolated/type',
                                        keyword: 'type',
                                        params: {
                                          type: z.properties.isolated.type
                                        },
                                        message: 'must be boolean,null'
                                      };
                                      (r === null ? (r = [a]) : r.push(a), e++);
                                    }
                                    var h = l === e;
                                  } else var h = !0;
                                  if (h) {
                                    if (i.sys_path !== void 0) {
                                      let o = i.sys_path,
                                        l = e;
                                      if (!Array.isArray(o) && o !== null) {
                                        let a = {
                                          instancePath: t + '/python/sys_path',
                                          schemaPath:
                                            '#/definitions/python/properties/sys_path/type',
                                          keyword: 'type',
                                          params: {
                                            type: z.properties.sys_path.type
                                          },
                                          message: 'must be array,null'
                                        };
                                        (r === null ? (r = [a]) : r.push(a),
                                          e++);
                                      }
                                      if (e === l && Array.isArray(o)) {
                                        var v = !0;
                                        let a = o.length;
                                        for (let x = 0; x < a; x++) {
                                          let U = e;
                                          if (typeof o[x] != 'string') {
                                            let V = {
                                              instancePath:
                                                t + '/python/sys_path/' + x,
                                              schemaPath:
                                                '#/definitions/python/properties/sys_path/items/type',
                                              keyword: 'type',
                                              params: { type: 'string' },
                                              message: 'must be string'
                                            };
                                            (r === null ? (r = [V]) : r.push(V),
                                              e++);
                                          }
                                          var v = U === e;
                                          if (!v) break;
                                        }
                                      }
                                      var h = l === e;
                                    } else var h = !0;
                                    if (h) {
                                      if (i.pythonpath !== void 0) {
                                        let o = i.pythonpath,
                                          l = e;
                                        if (!Array.isArray(o) && o !== null) {
                                          let a = {
                                            instancePath:
                                              t + '/python/pythonpath',
                                            schemaPath:
                                              '#/definitions/python/properties/pythonpath/type',
                                            keyword: 'type',
                                            params: {
                                              type: z.properties.pythonpath.type
                                            },
                                            message: 'must be array,null'
                                          };
                                          (r === null ? (r = [a]) : r.push(a),
                                            e++);
                                        }
                                        if (e === l && Array.isArray(o)) {
                                          var N = !0;
                                          let a = o.length;
                                          for (let x = 0; x < a; x++) {
                                            let U = e;
                                            if (typeof o[x] != 'string') {
                                              let V = {
                                                instancePath:
                                                  t + '/python/pythonpath/' + x,
                                                schemaPath:
                                                  '#/definitions/python/properties/pythonpath/items/type',
                                                keyword: 'type',
                                                params: { type: 'string' },
                                                message: 'must be string'
                                              };
                                              (r === null
                                                ? (r = [V])
                                                : r.push(V),
                                                e++);
                                            }
                                            var N = U === e;
                                            if (!N) break;
                                          }
                                        }
                                        var h = l === e;
                                      } else var h = !0;
                                      if (h) {
                                        if (i.user_site !== void 0) {
                                          let o = i.user_site,
                                            l = e;
                                          if (
                                            !(
                                              o &&
                                              typeof o == 'object' &&
                                              !Array.isArray(o)
                                            ) &&
                                            o !== null
                                          ) {
                                            let a = {
                                              instancePath:
                                                t + '/python/user_site',
                                              schemaPath:
                                                '#/definitions/python/properties/user_site/type',
                                              keyword: 'type',
                                              params: {
                                                type: z.properties.user_site
                                                  .type
                                              },
                                              message: 'must be object,null'
                                            };
                                            (r === null ? (r = [a]) : r.push(a),
                                              e++);
                                          }
                                          if (
                                            e === l &&
                                            o &&
                                            typeof o == 'object' &&
                                            !Array.isArray(o)
                                          ) {
                                            let a;
                                            if (
                                              (o.path === void 0 &&
                                                (a = 'path')) ||
                                              (o.enabled === void 0 &&
                                                (a = 'enabled')) ||
                                              (o.exists === void 0 &&
                                                (a = 'exists'))
                                            ) {
                                              let x = {
                                                instancePath:
                                                  t + '/python/user_site',
                                                schemaPath:
                                                  '#/definitions/python/properties/user_site/required',
                                                keyword: 'required',
                                                params: { missingProperty: a },
                                                message:
                                                  "must have required property '" +
                                                  a +
                                                  "'"
                                              };
                                              (r === null
                                                ? (r = [x])
                                                : r.push(x),
                                                e++);
                                            } else {
                                              if (o.path !== void 0) {
                                                let x = o.path,
                                                  U = e;
                                                if (
                                                  typeof x != 'string' &&
                                                  x !== null
                                                ) {
                                                  let R = {
                                                    instancePath:
                                                      t +
                                                      '/python/user_site/path',
                                                    schemaPath:
                                                      '#/definitions/python/properties/user_site/properties/path/type',
                                                    keyword: 'type',
                                                    params: {
                                                      type: z.properties
                                                        .user_site.properties
                                                        .path.type
                                                    },
                                                    message:
                                                      'must be string,null'
                                                  };
                                                  (r === null
                                                    ? (r = [R])
                                                    : r.push(R),
                                                    e++);
                                                }
                                                var H = U === e;
                                              } else var H = !0;
                                              if (H) {
                                                if (o.enabled !== void 0) {
                                                  let x = o.enabled,
                                                    U = e;
                                                  if (
                                                    typeof x != 'boolean' &&
                                                    x !== null
                                                  ) {
                                                    let V = {
                                                      instancePath:
                                                        t +
                                                        '/python/user_site/enabled',
                                                      schemaPath:
                                                        '#/definitions/python/properties/user_site/properties/enabled/type',
                                                      keyword: 'type',
                                                      params: {
                                                        type: z.properties
                                                          .user_site.properties
                                                          .enabled.type
                                                      },
                                                      message:
                                                        'must be boolean,null'
                                                    };
                                                    (r === null
                                                      ? (r = [V])
                                                      : r.push(V),
                                                      e++);
                                                  }
                                                  var H = U === e;
                                                } else var H = !0;
                                                if (H)
                                                  if (o.exists !== void 0) {
                                                    let x = o.exists,
                                                      U = e;
                                                    if (
                                                      typeof x != 'boolean' &&
                                                      x !== null
                                                    ) {
                                                      let V = {
                                                        instancePath:
                                                          t +
                                                          '/python/user_site/exists',
                                                        schemaPath:
                                                          '#/definitions/python/properties/user_site/properties/exists/type',
                                                        keyword: 'type',
                                                        params: {
                                                          type: z.properties
                                                            .user_site
                                                            .properties.exists
                                                            .type
                                                        },
                                                        message:
                                                          'must be boolean,null'
                                                      };
                                                      (r === null
                                                        ? (r = [V])
                                                        : r.push(V),
                                                        e++);
                                                    }
                                                    var H = U === e;
                                                  } else var H = !0;
                                              }
                                            }
                                          }
                                          var h = l === e;
                                        } else var h = !0;
                                        if (h)
                                          if (i.markers !== void 0) {
                                            let o = i.markers,
                                              l = e;
                                            if (
                                              !(
                                                o &&
                                                typeof o == 'object' &&
                                                !Array.isArray(o)
                                              ) &&
                                              o !== null
                                            ) {
                                              let a = {
                                                instancePath:
                                                  t + '/python/markers',
                                                schemaPath:
                                                  '#/definitions/python/properties/markers/type',
                                                keyword: 'type',
                                                params: {
                                                  type: z.properties.markers
                                                    .type
                                                },
                                                message: 'must be object,null'
                                              };
                                              (r === null
                                                ? (r = [a])
                                                : r.push(a),
                                                e++);
                                            }
                                            if (
                                              e === l &&
                                              o &&
                                              typeof o == 'object' &&
                                              !Array.isArray(o)
                                            )
                                              for (let a in o) {
                                                let x = e;
                                                if (typeof o[a] != 'string') {
                                                  let U = {
                                                    instancePath:
                                                      t +
                                                      '/python/markers/' +
                                                      a
                                                        .replace(/~/g, '~0')
                                                        .replace(/\//g, '~1'),
                                                    schemaPath:
                                                      '#/definitions/python/properties/markers/additionalProperties/type',
                                                    keyword: 'type',
                                                    params: { type: 'string' },
                                                    message: 'must be string'
                                                  };
                                                  (r === null
                                                    ? (r = [U])
                                                    : r.push(U),
                                                    e++);
                                                }
                                                var m = x === e;
                                                if (!m) break;
                                              }
                                            var h = l === e;
                                          } else var h = !0;
                                      }
                                    }
                                  }
                                }
                              }
                            }
                          }
                        }
                      }
                    }
                  } else {
                    let f = {
                      instancePath: t + '/python',
                      schemaPath: '#/definitions/python/type',
                      keyword: 'type',
                      params: { type: 'object' },
                      message: 'must be object'
                    };
                    (r === null ? (r = [f]) : r.push(f), e++);
                  }
                var g = p === e;
                if (((b = b || g), !b)) {
                  let f = e;
                  if (i !== null) {
                    let l = {
                      instancePath: t + '/python',
                      schemaPath: '#/properties/python/anyOf/1/type',
                      keyword: 'type',
                      params: { type: 'null' },
                      message: 'must be null'
                    };
                    (r === null ? (r = [l]) : r.push(l), e++);
                  }
                  var g = f === e;
                  b = b || g;
                }
                if (b)
                  ((e = $), r !== null && ($ ? (r.length = $) : (r = null)));
                else {
                  let f = {
                    instancePath: t + '/python',
                    schemaPath: '#/properties/python/anyOf',
                    keyword: 'anyOf',
                    params: {},
                    message: 'must match a schema in anyOf'
                  };
                  return (
                    r === null ? (r = [f]) : r.push(f),
                    e++,
                    (y.errors = r),
                    !1
                  );
                }
                var u = P === e;
              } else var u = !0;
              if (u) {
                if (d.environment !== void 0) {
                  let i = d.environment,
                    P = e,
                    $ = e,
                    b = !1,
                    p = e;
                  if (e === e)
                    if (i && typeof i == 'object' && !Array.isArray(i)) {
                      let f;
                      if (
                        (i.kind === void 0 && (f = 'kind')) ||
                        (i.name === void 0 && (f = 'name')) ||
                        (i.base === void 0 && (f = 'base')) ||
                        (i.externally_managed === void 0 &&
                          (f = 'externally_managed')) ||
                        (i.system_site_packages === void 0 &&
                          (f = 'system_site_packages')) ||
                        (i.home === void 0 && (f = 'home')) ||
                        (i.writable === void 0 && (f = 'writable'))
                      ) {
                        let o = {
                          instancePath: t + '/environment',
                          schemaPath: '#/definitions/environment/required',
                          keyword: 'required',
                          params: { missingProperty: f },
                          message: "must have required property '" + f + "'"
                        };
                        (r === null ? (r = [o]) : r.push(o), e++);
                      } else {
                        if (i.kind !== void 0) {
                          let o = i.kind,
                            l = e;
                          if (!(
                            o === 'conda' ||
                            o === 'venv' ||
                            o === 'uv' ||
                            o === 'system' ||
                            o === null
                          )) {
                            let n = {
                              instancePath: t + '/environment/kind',
                              schemaPath:
                                '#/definitions/environment/properties/kind/enum',
                              keyword: 'enum',
                              params: {
                                allowedValues: ne.properties.kind.enum
                              },
                              message:
                                'must be equal to one of the allowed values'
                            };
                            (r === null ? (r = [n]) : r.push(n), e++);
                          }
                          var w = l === e;
                        } else var w = !0;
                        if (w) {
                          if (i.name !== void 0) {
                            let o = i.name,
                              l = e;
                            if (typeof o != 'string' && o !== null) {
                              let a = {
                                instancePath: t + '/environment/name',
                                schemaPath:
                                  '#/definitions/environment/properties/name/type',
                                keyword: 'type',
                                params: { type: ne.properties.name.type },
                                message: 'must be string,null'
                              };
                              (r === null ? (r = [a]) : r.push(a), e++);
                            }
                            var w = l === e;
                          } else var w = !0;
                          if (w) {
                            if (i.base !== void 0) {
                              let o = i.base,
                                l = e;
                              if (typeof o != 'boolean' && o !== null) {
                                let a = {
                                  instancePath: t + '/environment/base',
                                  schemaPath:
                                    '#/definitions/environment/properties/base/type',
                                  keyword: 'type',
                                  params: { type: ne.properties.base.type },
                                  message: 'must be boolean,null'
                                };
                                (r === null ? (r = [a]) : r.push(a), e++);
                              }
                              var w = l === e;
                            } else var w = !0;
                            if (w) {
                              if (i.externally_managed !== void 0) {
                                let o = i.externally_managed,
                                  l = e;
                                if (typeof o != 'boolean' && o !== null) {
                                  let a = {
                                    instancePath:
                                      t + '/environment/externally_managed',
                                    schemaPath:
                                      '#/definitions/environment/properties/externally_managed/type',
                                    keyword: 'type',
                                    params: {
                                      type: ne.properties.externally_managed
                                        .type
                                    },
                                    message: 'must be boolean,null'
                                  };
                                  (r === null ? (r = [a]) : r.push(a), e++);
                                }
                                var w = l === e;
                              } else var w = !0;
                              if (w) {
                                if (i.system_site_packages !== void 0) {
                                  let o = i.system_site_packages,
                                    l = e;
                                  if (typeof o != 'boolean' && o !== null) {
                                    let a = {
                                      instancePath:
                                        t + '/environment/system_site_packages',
                                      schemaPath:
                                        '#/definitions/environment/properties/system_site_packages/type',
                                      keyword: 'type',
                                      params: {
                                        type: ne.properties.system_site_packages
                                          .type
                                      },
                                      message: 'must be boolean,null'
                                    };
                                    (r === null ? (r = [a]) : r.push(a), e++);
                                  }
                                  var w = l === e;
                                } else var w = !0;
                                if (w) {
                                  if (i.home !== void 0) {
                                    let o = i.home,
                                      l = e;
                                    if (typeof o != 'string' && o !== null) {
                                      let a = {
                                        instancePath: t + '/environment/home',
                                        schemaPath:
                                          '#/definitions/environment/properties/home/type',
                                        keyword: 'type',
                                        params: {
                                          type: ne.properties.home.type
                                        },
                                        message: 'must be string,null'
                                      };
                                      (r === null ? (r = [a]) : r.push(a), e++);
                                    }
                                    var w = l === e;
                                  } else var w = !0;
                                  if (w)
                                    if (i.writable !== void 0) {
                                      let o = i.writable,
                                        l = e;
                                      if (typeof o != 'boolean' && o !== null) {
                                        let a = {
                                          instancePath:
                                            t + '/environment/writable',
                                          schemaPath:
                                            '#/definitions/environment/properties/writable/type',
                                          keyword: 'type',
                                          params: {
                                            type: ne.properties.writable.type
                                          },
                                          message: 'must be boolean,null'
                                        };
                                        (r === null ? (r = [a]) : r.push(a),
                                          e++);
                                      }
                                      var w = l === e;
                                    } else var w = !0;
                                }
                              }
                            }
                          }
                        }
                      }
                    } else {
                      let f = {
                        instancePath: t + '/environment',
                        schemaPath: '#/definitions/environment/type',
                        keyword: 'type',
                        params: { type: 'object' },
                        message: 'must be object'
                      };
                      (r === null ? (r = [f]) : r.push(f), e++);
                    }
                  var T = p === e;
                  if (((b = b || T), !b)) {
                    let f = e;
                    if (i !== null) {
                      let l = {
                        instancePath: t + '/environment',
                        schemaPath: '#/properties/environment/anyOf/1/type',
                        keyword: 'type',
                        params: { type: 'null' },
                        message: 'must be null'
                      };
                      (r === null ? (r = [l]) : r.push(l), e++);
                    }
                    var T = f === e;
                    b = b || T;
                  }
                  if (b)
                    ((e = $), r !== null && ($ ? (r.length = $) : (r = null)));
                  else {
                    let f = {
                      instancePath: t + '/environment',
                      schemaPath: '#/properties/environment/anyOf',
                      keyword: 'anyOf',
                      params: {},
                      message: 'must match a schema in anyOf'
                    };
                    return (
                      r === null ? (r = [f]) : r.push(f),
                      e++,
                      (y.errors = r),
                      !1
                    );
                  }
                  var u = P === e;
                } else var u = !0;
                if (u) {
                  if (d.platform !== void 0) {
                    let i = d.platform,
                      P = e,
                      $ = e,
                      b = !1,
                      p = e;
                    if (e === e)
                      if (i && typeof i == 'object' && !Array.isArray(i)) {
                        let f;
                        if (
                          (i.system === void 0 && (f = 'system')) ||
                          (i.machine === void 0 && (f = 'machine')) ||
                          (i.tag === void 0 && (f = 'tag')) ||
                          (i.release === void 0 && (f = 'release')) ||
                          (i.libc === void 0 && (f = 'libc')) ||
                          (i.libstdcxx === void 0 && (f = 'libstdcxx')) ||
                          (i.wsl === void 0 && (f = 'wsl')) ||
                          (i.container === void 0 && (f = 'container')) ||
                          (i.container_kind === void 0 &&
                            (f = 'container_kind'))
                        ) {
                          let o = {
                            instancePath: t + '/platform',
                            schemaPath: '#/definitions/platform/required',
                            keyword: 'required',
                            params: { missingProperty: f },
                            message: "must have required property '" + f + "'"
                          };
                          (r === null ? (r = [o]) : r.push(o), e++);
                        } else {
                          if (i.system !== void 0) {
                            let o = i.system,
                              l = e;
                            if (typeof o != 'string' && o !== null) {
                              let n = {
                                instancePath: t + '/platform/system',
                                schemaPath:
                                  '#/definitions/platform/properties/system/type',
                                keyword: 'type',
                                params: { type: X.properties.system.type },
                                message: 'must be string,null'
                              };
                              (r === null ? (r = [n]) : r.push(n), e++);
                            }
                            var k = l === e;
                          } else var k = !0;
                          if (k) {
                            if (i.machine !== void 0) {
                              let o = i.machine,
                                l = e;
                              if (typeof o != 'string' && o !== null) {
                                let a = {
                                  instancePath: t + '/platform/machine',
                                  schemaPath:
                                    '#/definitions/platform/properties/machine/type',
                                  keyword: 'type',
                                  params: { type: X.properties.machine.type },
                                  message: 'must be string,null'
                                };
                                (r === null ? (r = [a]) : r.push(a), e++);
                              }
                              var k = l === e;
                            } else var k = !0;
                            if (k) {
                              if (i.tag !== void 0) {
                                let o = i.tag,
                                  l = e;
                                if (typeof o != 'string' && o !== null) {
                                  let a = {
                                    instancePath: t + '/platform/tag',
                                    schemaPath:
                                      '#/definitions/platform/properties/tag/type',
                                    keyword: 'type',
                                    params: { type: X.properties.tag.type },
                                    message: 'must be string,null'
                                  };
                                  (r === null ? (r = [a]) : r.push(a), e++);
                                }
                                var k = l === e;
                              } else var k = !0;
                              if (k) {
                                if (i.release !== void 0) {
                                  let o = i.release,
                                    l = e;
                                  if (typeof o != 'string' && o !== null) {
                                    let a = {
                                      instancePath: t + '/platform/release',
                                      schemaPath:
                                        '#/definitions/platform/properties/release/type',
                                      keyword: 'type',
                                      params: {
                                        type: X.properties.release.type
                                      },
                                      message: 'must be string,null'
                                    };
                                    (r === null ? (r = [a]) : r.push(a), e++);
                                  }
                                  var k = l === e;
                                } else var k = !0;
                                if (k) {
                                  if (i.libc !== void 0) {
                                    let o = i.libc,
                                      l = e;
                                    if (
                                      !(
                                        o &&
                                        typeof o == 'object' &&
                                        !Array.isArray(o)
                                      ) &&
                                      o !== null
                                    ) {
                                      let a = {
                                        instancePath: t + '/platform/libc',
                                        schemaPath:
                                          '#/definitions/platform/properties/libc/type',
                                        keyword: 'type',
                                        params: {
                                          type: X.properties.libc.type
                                        },
                                        message: 'must be object,null'
                                      };
                                      (r === null ? (r = [a]) : r.push(a), e++);
                                    }
                                    if (
                                      e === l &&
                                      o &&
                                      typeof o == 'object' &&
                                      !Array.isArray(o)
                                    ) {
                                      let a;
                                      if (
                                        (o.name === void 0 && (a = 'name')) ||
                                        (o.version === void 0 &&
                                          (a = 'version'))
                                      ) {
                                        let x = {
                                          instancePath: t + '/platform/libc',
                                          schemaPath:
                                            '#/definitions/platform/properties/libc/required',
                                          keyword: 'required',
                                          params: { missingProperty: a },
                                          message:
                                            "must have required property '" +
                                            a +
                                            "'"
                                        };
                                        (r === null ? (r = [x]) : r.push(x),
                                          e++);
                                      } else {
                                        if (o.name !== void 0) {
                                          let x = o.name,
                                            U = e;
                                          if (
                                            typeof x != 'string' &&
                                            x !== null
                                          ) {
                                            let R = {
                                              instancePath:
                                                t + '/platform/libc/name',
                                              schemaPath:
                                                '#/definitions/platform/properties/libc/properties/name/type',
                                              keyword: 'type',
                                              params: {
                                                type: X.properties.libc
                                                  .properties.name.type
                                              },
                                              message: 'must be string,null'
                                            };
                                            (r === null ? (r = [R]) : r.push(R),
                                              e++);
                                          }
                                          var j = U === e;
                                        } else var j = !0;
                                        if (j)
                                          if (o.version !== void 0) {
                                            let x = o.version,
                                              U = e;
                                            if (
                                              typeof x != 'string' &&
                                              x !== null
                                            ) {
                                              let V = {
                                                instancePath:
                                                  t + '/platform/libc/version',
                                                schemaPath:
                                                  '#/definitions/platform/properties/libc/properties/version/type',
                                                keyword: 'type',
                                                params: {
                                                  type: X.properties.libc
                                                    .properties.version.type
                                                },
                                                message: 'must be string,null'
                                              };
                                              (r === null
                                                ? (r = [V])
                                                : r.push(V),
                                                e++);
                                            }
                                            var j = U === e;
                                          } else var j = !0;
                                      }
                                    }
                                    var k = l === e;
                                  } else var k = !0;
                                  if (k) {
                                    if (i.libstdcxx !== void 0) {
                                      let o = i.libstdcxx,
                                        l = e;
                                      if (
                                        !(
                                          o &&
                                          typeof o == 'object' &&
                                          !Array.isArray(o)
                                        ) &&
                                        o !== null
                                      ) {
                                        let a = {
                                          instancePath:
                                            t + '/platform/libstdcxx',
                                          schemaPath:
                                            '#/definitions/platform/properties/libstdcxx/type',
                                          keyword: 'type',
                                          params: {
                                            type: X.properties.libstdcxx.type
                                          },
                                          message: 'must be object,null'
                                        };
                                        (r === null ? (r = [a]) : r.push(a),
                                          e++);
                                      }
                                      if (
                                        e === l &&
                                        o &&
                                        typeof o == 'object' &&
                                        !Array.isArray(o)
                                      ) {
                                        let a;
                                        if (
                                          (o.path === void 0 && (a = 'path')) ||
                                          (o.glibcxx === void 0 &&
                                            (a = 'glibcxx')) ||
                                          (o.mapped === void 0 &&
                                            (a = 'mapped'))
                                        ) {
                                          let x = {
                                            instancePath:
                                              t + '/platform/libstdcxx',
                                            schemaPath:
                                              '#/definitions/platform/properties/libstdcxx/required',
                                            keyword: 'required',
                                            params: { missingProperty: a },
                                            message:
                                              "must have required property '" +
                                              a +
                                              "'"
                                          };
                                          (r === null ? (r = [x]) : r.push(x),
                                            e++);
                                        } else {
                                          if (o.path !== void 0) {
                                            let x = o.path,
                                              U = e;
                                            if (
                                              typeof x != 'string' &&
                                              x !== null
                                            ) {
                                              let R = {
                                                instancePath:
                                                  t +
                                                  '/platform/libstdcxx/path',
                                                schemaPath:
                                                  '#/definitions/platform/properties/libstdcxx/properties/path/type',
                                                keyword: 'type',
                                                params: {
                                                  type: X.properties.libstdcxx
                                                    .properties.path.type
                                                },
                                                message: 'must be string,null'
                                              };
                                              (r === null
                                                ? (r = [R])
                                                : r.push(R),
                                                e++);
                                            }
                                            var c = U === e;
                                          } else var c = !0;
                                          if (c) {
                                            if (o.glibcxx !== void 0) {
                                              let x = o.glibcxx,
                                                U = e;
                                              if (
                                                typeof x != 'string' &&
                                                x !== null
                                              ) {
                                                let V = {
                                                  instancePath:
                                                    t +
                                                    '/platform/libstdcxx/glibcxx',
                                                  schemaPath:
                                                    '#/definitions/platform/properties/libstdcxx/properties/glibcxx/type',
                                                  keyword: 'type',
                                                  params: {
                                                    type: X.properties.libstdcxx
                                                      .properties.glibcxx.type
                                                  },
                                                  message: 'must be string,null'
                                                };
                                                (r === null
                                                  ? (r = [V])
                                                  : r.push(V),
                                                  e++);
                                              }
                                              var c = U === e;
                                            } else var c = !0;
                                            if (c)
                                              if (o.mapped !== void 0) {
                                                let x = o.mapped,
                                                  U = e;
                                                if (
                                                  typeof x != 'boolean' &&
                                                  x !== null
                                                ) {
                                                  let V = {
                                                    instancePath:
                                                      t +
                                                      '/platform/libstdcxx/mapped',
                                                    schemaPath:
                                                      '#/definitions/platform/properties/libstdcxx/properties/mapped/type',
                                                    keyword: 'type',
                                                    params: {
                                                      type: X.properties
                                                        .libstdcxx.properties
                                                        .mapped.type
                                                    },
                                                    message:
                                                      'must be boolean,null'
                                                  };
                                                  (r === null
                                                    ? (r = [V])
                                                    : r.push(V),
                                                    e++);
                                                }
                                                var c = U === e;
                                              } else var c = !0;
                                          }
                                        }
                                      }
                                      var k = l === e;
                                    } else var k = !0;
                                    if (k) {
                                      if (i.wsl !== void 0) {
                                        let o = i.wsl,
                                          l = e;
                                        if (
                                          typeof o != 'boolean' &&
                                          o !== null
                                        ) {
                                          let a = {
                                            instancePath: t + '/platform/wsl',
                                            schemaPath:
                                              '#/definitions/platform/properties/wsl/type',
                                            keyword: 'type',
                                            params: {
                                              type: X.properties.wsl.type
                                            },
                                            message: 'must be boolean,null'
                                          };
                                          (r === null ? (r = [a]) : r.push(a),
                                            e++);
                                        }
                                        var k = l === e;
                                      } else var k = !0;
                                      if (k) {
                                        if (i.container !== void 0) {
                                          let o = i.container,
                                            l = e;
                                          if (
                                            typeof o != 'boolean' &&
                                            o !== null
                                          ) {
                                            let a = {
                                              instancePath:
                                                t + '/platform/container',
                                              schemaPath:
                                                '#/definitions/platform/properties/container/type',
                                              keyword: 'type',
                                              params: {
                                                type: X.properties.container
                                                  .type
                                              },
                                              message: 'must be boolean,null'
                                            };
                                            (r === null ? (r = [a]) : r.push(a),
                                              e++);
                                          }
                                          var k = l === e;
                                        } else var k = !0;
                                        if (k)
                                          if (i.container_kind !== void 0) {
                                            let o = i.container_kind,
                                              l = e;
                                            if (
                                              typeof o != 'string' &&
                                              o !== null
                                            ) {
                                              let a = {
                                                instancePath:
                                                  t +
                                                  '/platform/container_kind',
                                                schemaPath:
                                                  '#/definitions/platform/properties/container_kind/type',
                                                keyword: 'type',
                                                params: {
                                                  type: X.properties
                                                    .container_kind.type
                                                },
                                                message: 'must be string,null'
                                              };
                                              (r === null
                                                ? (r = [a])
                                                : r.push(a),
                                                e++);
                                            }
                                            var k = l === e;
                                          } else var k = !0;
                                      }
                                    }
                                  }
                                }
                              }
                            }
                          }
                        }
                      } else {
                        let f = {
                          instancePath: t + '/platform',
                          schemaPath: '#/definitions/platform/type',
                          keyword: 'type',
                          params: { type: 'object' },
                          message: 'must be object'
                        };
                        (r === null ? (r = [f]) : r.push(f), e++);
                      }
                    var _ = p === e;
                    if (((b = b || _), !b)) {
                      let f = e;
                      if (i !== null) {
                        let l = {
                          instancePath: t + '/platform',
                          schemaPath: '#/properties/platform/anyOf/1/type',
                          keyword: 'type',
                          params: { type: 'null' },
                          message: 'must be null'
                        };
                        (r === null ? (r = [l]) : r.push(l), e++);
                      }
                      var _ = f === e;
                      b = b || _;
                    }
                    if (b)
                      ((e = $),
                        r !== null && ($ ? (r.length = $) : (r = null)));
                    else {
                      let f = {
                        instancePath: t + '/platform',
                        schemaPath: '#/properties/platform/anyOf',
                        keyword: 'anyOf',
                        params: {},
                        message: 'must match a schema in anyOf'
                      };
                      return (
                        r === null ? (r = [f]) : r.push(f),
                        e++,
                        (y.errors = r),
                        !1
                      );
                    }
                    var u = P === e;
                  } else var u = !0;
                  if (u) {
                    if (d.packages !== void 0) {
                      let i = d.packages,
                        P = e;
                      if (!Array.isArray(i) && i !== null)
                        return (
                          (y.errors = [
                            {
                              instancePath: t + '/packages',
                              schemaPath: '#/properties/packages/type',
                              keyword: 'type',
                              params: { type: Y.properties.packages.type },
                              message: 'must be array,null'
                            }
                          ]),
                          !1
                        );
                      if (e === P && Array.isArray(i)) {
                        var D = !0;
                        let b = i.length;
                        for (let p = 0; p < b; p++) {
                          let s = i[p],
                            E = e;
                          if (e === e)
                            if (
                              s &&
                              typeof s == 'object' &&
                              !Array.isArray(s)
                            ) {
                              let l;
                              if (
                                (s.name === void 0 && (l = 'name')) ||
                                (s.project === void 0 && (l = 'project')) ||
                                (s.version === void 0 && (l = 'version')) ||
                                (s.manager === void 0 && (l = 'manager')) ||
                                (s.installer === void 0 && (l = 'installer')) ||
                                (s.location === void 0 && (l = 'location')) ||
                                (s.path_index === void 0 &&
                                  (l = 'path_index')) ||
                                (s.metadata === void 0 && (l = 'metadata')) ||
                                (s.requires === void 0 && (l = 'requires')) ||
                                (s.requires_python === void 0 &&
                                  (l = 'requires_python')) ||
                                (s.editable === void 0 && (l = 'editable'))
                              )
                                return (
                                  (y.errors = [
                                    {
                                      instancePath: t + '/packages/' + p,
                                      schemaPath:
                                        '#/definitions/distribution/required',
                                      keyword: 'required',
                                      params: { missingProperty: l },
                                      message:
                                        "must have required property '" +
                                        l +
                                        "'"
                                    }
                                  ]),
                                  !1
                                );
                              if (s.name !== void 0) {
                                let n = e;
                                if (typeof s.name != 'string')
                                  return (
                                    (y.errors = [
                                      {
                                        instancePath:
                                          t + '/packages/' + p + '/name',
                                        schemaPath:
                                          '#/definitions/distribution/properties/name/type',
                                        keyword: 'type',
                                        params: { type: 'string' },
                                        message: 'must be string'
                                      }
                                    ]),
                                    !1
                                  );
                                var q = n === e;
                              } else var q = !0;
                              if (q) {
                                if (s.project !== void 0) {
                                  let n = e;
                                  if (typeof s.project != 'string')
                                    return (
                                      (y.errors = [
                                        {
                                          instancePath:
                                            t + '/packages/' + p + '/project',
                                          schemaPath:
                                            '#/definitions/distribution/properties/project/type',
                                          keyword: 'type',
                                          params: { type: 'string' },
                                          message: 'must be string'
                                        }
                                      ]),
                                      !1
                                    );
                                  var q = n === e;
                                } else var q = !0;
                                if (q) {
                                  if (s.version !== void 0) {
                                    let n = s.version,
                                      a = e;
                                    if (typeof n != 'string' && n !== null)
                                      return (
                                        (y.errors = [
                                          {
                                            instancePath:
                                              t + '/packages/' + p + '/version',
                                            schemaPath:
                                              '#/definitions/distribution/properties/version/type',
                                            keyword: 'type',
                                            params: {
                                              type: ee.properties.version.type
                                            },
                                            message: 'must be string,null'
                                          }
                                        ]),
                                        !1
                                      );
                                    var q = a === e;
                                  } else var q = !0;
                                  if (q) {
                                    if (s.manager !== void 0) {
                                      let n = s.manager,
                                        a = e;
                                      if (!(
                                        n === 'conda' ||
                                        n === 'pip' ||
                                        n === 'uv' ||
                                        n === null
                                      ))
                                        return (
                                          (y.errors = [
                                            {
                                              instancePath:
                                                t +
                                                '/packages/' +
                                                p +
                                                '/manager',
                                              schemaPath:
                                                '#/definitions/distribution/properties/manager/enum',
                                              keyword: 'enum',
                                              params: {
                                                allowedValues:
                                                  ee.properties.manager.enum
                                              },
                                              message:
                                                'must be equal to one of the allowed values'
                                            }
                                          ]),
                                          !1
                                        );
                                      var q = a === e;
                                    } else var q = !0;
                                    if (q) {
                                      if (s.installer !== void 0) {
                                        let n = s.installer,
                                          a = e;
                                        if (typeof n != 'string' && n !== null)
                                          return (
                                            (y.errors = [
                                              {
                                                instancePath:
                                                  t +
                                                  '/packages/' +
                                                  p +
                                                  '/installer',
                                                schemaPath:
                                                  '#/definitions/distribution/properties/installer/type',
                                                keyword: 'type',
                                                params: {
                                                  type: ee.properties.installer
                                                    .type
                                                },
                                                message: 'must be string,null'
                                              }
                                            ]),
                                            !1
                                          );
                                        var q = a === e;
                                      } else var q = !0;
                                      if (q) {
                                        if (s.location !== void 0) {
                                          let n = s.location,
                                            a = e;
                                          if (
                                            typeof n != 'string' &&
                                            n !== null
                                          )
                                            return (
                                              (y.errors = [
                                                {
                                                  instancePath:
                                                    t +
                                                    '/packages/' +
                                                    p +
                                                    '/location',
                                                  schemaPath:
                                                    '#/definitions/distribution/properties/location/type',
                                                  keyword: 'type',
                                                  params: {
                                                    type: ee.properties.location
                                                      .type
                                                  },
                                                  message: 'must be string,null'
                                                }
                                              ]),
                                              !1
                                            );
                                          var q = a === e;
                                        } else var q = !0;
                                        if (q) {
                                          if (s.path_index !== void 0) {
                                            let n = s.path_index,
                                              a = e;
                                            if (
                                              !(
                                                typeof n == 'number' &&
                                                !(n % 1) &&
                                                !isNaN(n) &&
                                                isFinite(n)
                                              ) &&
                                              n !== null
                                            )
                                              return (
                                                (y.errors = [
                                                  {
                                                    instancePath:
                                                      t +
                                                      '/packages/' +
                                                      p +
                                                      '/path_index',
                                                    schemaPath:
                                                      '#/definitions/distribution/properties/path_index/type',
                                                    keyword: 'type',
                                                    params: {
                                                      type: ee.properties
                                                        .path_index.type
                                                    },
                                                    message:
                                                      'must be integer,null'
                                                  }
                                                ]),
                                                !1
                                              );
                                            var q = a === e;
                                          } else var q = !0;
                                          if (q) {
                                            if (s.metadata !== void 0) {
                                              let n = s.metadata,
                                                a = e;
                                              if (
                                                typeof n != 'string' &&
                                                n !== null
                                              )
                                                return (
                                                  (y.errors = [
                                                    {
                                                      instancePath:
                                                        t +
                                                        '/packages/' +
                                                        p +
                                                        '/metadata',
                                                      schemaPath:
                                                        '#/definitions/distribution/properties/metadata/type',
                                                      keyword: 'type',
                                                      params: {
                                                        type: ee.properties
                                                          .metadata.type
                                                      },
                                                      message:
                                                        'must be string,null'
                                                    }
                                                  ]),
                                                  !1
                                                );
                                              var q = a === e;
                                            } else var q = !0;
                                            if (q) {
                                              if (s.requires !== void 0) {
                                                let n = s.requires,
                                                  a = e;
                                                if (
                                                  !Array.isArray(n) &&
                                                  n !== null
                                                )
                                                  return (
                                                    (y.errors = [
                                                      {
                                                        instancePath:
                                                          t +
                                                          '/packages/' +
                                                          p +
                                                          '/requires',
                                                        schemaPath:
                                                          '#/definitions/distribution/properties/requires/type',
                                                        keyword: 'type',
                                                        params: {
                                                          type: ee.properties
                                                            .requires.type
                                                        },
                                                        message:
                                                          'must be array,null'
                                                      }
                                                    ]),
                                                    !1
                                                  );
                                                if (
                                                  e === a &&
                                                  Array.isArray(n)
                                                ) {
                                                  var C = !0;
                                                  let U = n.length;
                                                  for (let R = 0; R < U; R++) {
                                                    let V = e;
                                                    if (typeof n[R] != 'string')
                                                      return (
                                                        (y.errors = [
                                                          {
                                                            instancePath:
                                                              t +
                                                              '/packages/' +
                                                              p +
                                                              '/requires/' +
                                                              R,
                                                            schemaPath:
                                                              '#/definitions/distribution/properties/requires/items/type',
                                                            keyword: 'type',
                                                            params: {
                                                              type: 'string'
                                                            },
                                                            message:
                                                              'must be string'
                                                          }
                                                        ]),
                                                        !1
                                                      );
                                                    var C = V === e;
                                                    if (!C) break;
                                                  }
                                                }
                                                var q = a === e;
                                              } else var q = !0;
                                              if (q) {
                                                if (
                                                  s.requires_python !== void 0
                                                ) {
                                                  let n = s.requires_python,
                                                    a = e;
                                                  if (
                                                    typeof n != 'string' &&
                                                    n !== null
                                                  )
                                                    return (
                                                      (y.errors = [
                                                        {
                                                          instancePath:
                                                            t +
                                                            '/packages/' +
                                                            p +
                                                            '/requires_python',
                                                          schemaPath:
                                                            '#/definitions/distribution/properties/requires_python/type',
                                                          keyword: 'type',
                                                          params: {
                                                            type: ee.properties
                                                              .requires_python
                                                              .type
                                                          },
                                                          message:
                                                            'must be string,null'
                                                        }
                                                      ]),
                                                      !1
                                                    );
                                                  var q = a === e;
                                                } else var q = !0;
                                                if (q)
                                                  if (s.editable !== void 0) {
                                                    let n = s.editable,
                                                      a = e;
                                                    if (
                                                      typeof n != 'string' &&
                                                      n !== null
                                                    )
                                                      return (
                                                        (y.errors = [
                                                          {
                                                            instancePath:
                                                              t +
                                                              '/packages/' +
                                                              p +
                                                              '/editable',
                                                            schemaPath:
                                                              '#/definitions/distribution/properties/editable/type',
                                                            keyword: 'type',
                                                            params: {
                                                              type: ee
                                                                .properties
                                                                .editable.type
                                                            },
                                                            message:
                                                              'must be string,null'
                                                          }
                                                        ]),
                                                        !1
                                                      );
                                                    var q = a === e;
                                                  } else var q = !0;
                                              }
                                            }
                                          }
                                        }
                                      }
                                    }
                                  }
                                }
                              }
                            } else
                              return (
                                (y.errors = [
                                  {
                                    instancePath: t + '/packages/' + p,
                                    schemaPath:
                                      '#/definitions/distribution/type',
                                    keyword: 'type',
                                    params: { type: 'object' },
                                    message: 'must be object'
                                  }
                                ]),
                                !1
                              );
                          var D = E === e;
                          if (!D) break;
                        }
                      }
                      var u = P === e;
                    } else var u = !0;
                    if (u) {
                      if (d.leftovers !== void 0) {
                        let i = d.leftovers,
                          P = e;
                        if (!Array.isArray(i) && i !== null)
                          return (
                            (y.errors = [
                              {
                                instancePath: t + '/leftovers',
                                schemaPath: '#/properties/leftovers/type',
                                keyword: 'type',
                                params: { type: Y.properties.leftovers.type },
                                message: 'must be array,null'
                              }
                            ]),
                            !1
                          );
                        if (e === P && Array.isArray(i)) {
                          var ve = !0;
                          let b = i.length;
                          for (let p = 0; p < b; p++) {
                            let s = e;
                            if (typeof i[p] != 'string')
                              return (
                                (y.errors = [
                                  {
                                    instancePath: t + '/leftovers/' + p,
                                    schemaPath:
                                      '#/properties/leftovers/items/type',
                                    keyword: 'type',
                                    params: { type: 'string' },
                                    message: 'must be string'
                                  }
                                ]),
                                !1
                              );
                            var ve = s === e;
                            if (!ve) break;
                          }
                        }
                        var u = P === e;
                      } else var u = !0;
                      if (u) {
                        if (d.shadows !== void 0) {
                          let i = d.shadows,
                            P = e;
                          if (!Array.isArray(i) && i !== null)
                            return (
                              (y.errors = [
                                {
                                  instancePath: t + '/shadows',
                                  schemaPath: '#/properties/shadows/type',
                                  keyword: 'type',
                                  params: { type: Y.properties.shadows.type },
                                  message: 'must be array,null'
                                }
                              ]),
                              !1
                            );
                          if (e === P && Array.isArray(i)) {
                            var ge = !0;
                            let b = i.length;
                            for (let p = 0; p < b; p++) {
                              let s = i[p],
                                E = e;
                              if (e === e)
                                if (
                                  s &&
                                  typeof s == 'object' &&
                                  !Array.isArray(s)
                                ) {
                                  let l;
                                  if (
                                    (s.name === void 0 && (l = 'name')) ||
                                    (s.winner === void 0 && (l = 'winner')) ||
                                    (s.winner_kind === void 0 &&
                                      (l = 'winner_kind')) ||
                                    (s.losers === void 0 && (l = 'losers'))
                                  )
                                    return (
                                      (y.errors = [
                                        {
                                          instancePath: t + '/shadows/' + p,
                                          schemaPath:
                                            '#/definitions/shadow/required',
                                          keyword: 'required',
                                          params: { missingProperty: l },
                                          message:
                                            "must have required property '" +
                                            l +
                                            "'"
                                        }
                                      ]),
                                      !1
                                    );
                                  if (s.name !== void 0) {
                                    let n = e;
                                    if (typeof s.name != 'string')
                                      return (
                                        (y.errors = [
                                          {
                                            instancePath:
                                              t + '/shadows/' + p + '/name',
                                            schemaPath:
                                              '#/definitions/shadow/properties/name/type',
                                            keyword: 'type',
                                            params: { type: 'string' },
                                            message: 'must be string'
                                          }
                                        ]),
                                        !1
                                      );
                                    var Z = n === e;
                                  } else var Z = !0;
                                  if (Z) {
                                    if (s.winner !== void 0) {
                                      let n = e;
                                      if (typeof s.winner != 'string')
                                        return (
                                          (y.errors = [
                                            {
                                              instancePath:
                                                t + '/shadows/' + p + '/winner',
                                              schemaPath:
                                                '#/definitions/shadow/properties/winner/type',
                                              keyword: 'type',
                                              params: { type: 'string' },
                                              message: 'must be string'
                                            }
                                          ]),
                                          !1
                                        );
                                      var Z = n === e;
                                    } else var Z = !0;
                                    if (Z) {
                                      if (s.winner_kind !== void 0) {
                                        let n = s.winner_kind,
                                          a = e;
                                        if (!(
                                          n === 'pythonpath' ||
                                          n === 'user-site' ||
                                          n === 'site' ||
                                          n === 'stdlib' ||
                                          n === 'cwd' ||
                                          n === 'other'
                                        ))
                                          return (
                                            (y.errors = [
                                              {
                                                instancePath:
                                                  t +
                                                  '/shadows/' +
                                                  p +
                                                  '/winner_kind',
                                                schemaPath:
                                                  '#/definitions/shadow/properties/winner_kind/enum',
                                                keyword: 'enum',
                                                params: {
                                                  allowedValues:
                                                    Ne.properties.winner_kind
                                                      .enum
                                                },
                                                message:
                                                  'must be equal to one of the allowed values'
                                              }
                                            ]),
                                            !1
                                          );
                                        var Z = a === e;
                                      } else var Z = !0;
                                      if (Z)
                                        if (s.losers !== void 0) {
                                          let n = s.losers,
                                            a = e;
                                          if (e === a)
                                            if (Array.isArray(n)) {
                                              var be = !0;
                                              let U = n.length;
                                              for (let R = 0; R < U; R++) {
                                                let V = e;
                                                if (typeof n[R] != 'string')
                                                  return (
                                                    (y.errors = [
                                                      {
                                                        instancePath:
                                                          t +
                                                          '/shadows/' +
                                                          p +
                                                          '/losers/' +
                                                          R,
                                                        schemaPath:
                                                          '#/definitions/shadow/properties/losers/items/type',
                                                        keyword: 'type',
                                                        params: {
                                                          type: 'string'
                                                        },
                                                        message:
                                                          'must be string'
                                                      }
                                                    ]),
                                                    !1
                                                  );
                                                var be = V === e;
                                                if (!be) break;
                                              }
                                            } else
                                              return (
                                                (y.errors = [
                                                  {
                                                    instancePath:
                                                      t +
                                                      '/shadows/' +
                                                      p +
                                                      '/losers',
                                                    schemaPath:
                                                      '#/definitions/shadow/properties/losers/type',
                                                    keyword: 'type',
                                                    params: { type: 'array' },
                                                    message: 'must be array'
                                                  }
                                                ]),
                                                !1
                                              );
                                          var Z = a === e;
                                        } else var Z = !0;
                                    }
                                  }
                                } else
                                  return (
                                    (y.errors = [
                                      {
                                        instancePath: t + '/shadows/' + p,
                                        schemaPath: '#/definitions/shadow/type',
                                        keyword: 'type',
                                        params: { type: 'object' },
                                        message: 'must be object'
                                      }
                                    ]),
                                    !1
                                  );
                              var ge = E === e;
                              if (!ge) break;
                            }
                          }
                          var u = P === e;
                        } else var u = !0;
                        if (u) {
                          if (d.conda !== void 0) {
                            let i = d.conda,
                              P = e,
                              $ = e,
                              b = !1,
                              p = e;
                            M(i, {
                              instancePath: t + '/conda',
                              parentData: d,
                              parentDataProperty: 'conda',
                              rootData: ae
                            }) ||
                              ((r = r === null ? M.errors : r.concat(M.errors)),
                              (e = r.length));
                            var fe = p === e;
                            if (((b = b || fe), !b)) {
                              let E = e;
                              if (i !== null) {
                                let o = {
                                  instancePath: t + '/conda',
                                  schemaPath: '#/properties/conda/anyOf/1/type',
                                  keyword: 'type',
                                  params: { type: 'null' },
                                  message: 'must be null'
                                };
                                (r === null ? (r = [o]) : r.push(o), e++);
                              }
                              var fe = E === e;
                              b = b || fe;
                            }
                            if (b)
                              ((e = $),
                                r !== null &&
                                  ($ ? (r.length = $) : (r = null)));
                            else {
                              let E = {
                                instancePath: t + '/conda',
                                schemaPath: '#/properties/conda/anyOf',
                                keyword: 'anyOf',
                                params: {},
                                message: 'must match a schema in anyOf'
                              };
                              return (
                                r === null ? (r = [E]) : r.push(E),
                                e++,
                                (y.errors = r),
                                !1
                              );
                            }
                            var u = P === e;
                          } else var u = !0;
                          if (u) {
                            if (d.frameworks !== void 0) {
                              let i = d.frameworks,
                                P = e;
                              if (!Array.isArray(i) && i !== null)
                                return (
                                  (y.errors = [
                                    {
                                      instancePath: t + '/frameworks',
                                      schemaPath:
                                        '#/properties/frameworks/type',
                                      keyword: 'type',
                                      params: {
                                        type: Y.properties.frameworks.type
                                      },
                                      message: 'must be array,null'
                                    }
                                  ]),
                                  !1
                                );
                              if (e === P && Array.isArray(i)) {
                                var _e = !0;
                                let b = i.length;
                                for (let p = 0; p < b; p++) {
                                  let s = i[p],
                                    E = e;
                                  if (e === e)
                                    if (
                                      s &&
                                      typeof s == 'object' &&
                                      !Array.isArray(s)
                                    ) {
                                      let l;
                                      if (
                                        (s.name === void 0 && (l = 'name')) ||
                                        (s.distribution === void 0 &&
                                          (l = 'distribution')) ||
                                        (s.version === void 0 &&
                                          (l = 'version')) ||
                                        (s.metadata_version === void 0 &&
                                          (l = 'metadata_version')) ||
                                        (s.local === void 0 && (l = 'local')) ||
                                        (s.backend === void 0 &&
                                          (l = 'backend')) ||
                                        (s.gpu_build === void 0 &&
                                          (l = 'gpu_build')) ||
                                        (s.cuda === void 0 && (l = 'cuda')) ||
                                        (s.cudnn === void 0 && (l = 'cudnn')) ||
                                        (s.hip === void 0 && (l = 'hip')) ||
                                        (s.archs === void 0 && (l = 'archs')) ||
                                        (s.location === void 0 &&
                                          (l = 'location')) ||
                                        (s.source === void 0 && (l = 'source'))
                                      )
                                        return (
                                          (y.errors = [
                                            {
                                              instancePath:
                                                t + '/frameworks/' + p,
                                              schemaPath:
                                                '#/definitions/framework/required',
                                              keyword: 'required',
                                              params: { missingProperty: l },
                                              message:
                                                "must have required property '" +
                                                l +
                                                "'"
                                            }
                                          ]),
                                          !1
                                        );
                                      if (s.name !== void 0) {
                                        let n = e;
                                        if (typeof s.name != 'string')
                                          return (
                                            (y.errors = [
                                              {
                                                instancePath:
                                                  t +
                                                  '/frameworks/' +
                                                  p +
                                                  '/name',
                                                schemaPath:
                                                  '#/definitions/framework/properties/name/type',
                                                keyword: 'type',
                                                params: { type: 'string' },
                                                message: 'must be string'
                                              }
                                            ]),
                                            !1
                                          );
                                        var I = n === e;
                                      } else var I = !0;
                                      if (I) {
                                        if (s.distribution !== void 0) {
                                          let n = s.distribution,
                                            a = e;
                                          if (
                                            typeof n != 'string' &&
                                            n !== null
                                          )
                                            return (
                                              (y.errors = [
                                                {
                                                  instancePath:
                                                    t +
                                                    '/frameworks/' +
                                                    p +
                                                    '/distribution',
                                                  schemaPath:
                                                    '#/definitions/framework/properties/distribution/type',
                                                  keyword: 'type',
                                                  params: {
                                                    type: Q.properties
                                                      .distribution.type
                                                  },
                                                  message: 'must be string,null'
                                                }
                                              ]),
                                              !1
                                            );
                                          var I = a === e;
                                        } else var I = !0;
                                        if (I) {
                                          if (s.version !== void 0) {
                                            let n = s.version,
                                              a = e;
                                            if (
                                              typeof n != 'string' &&
                                              n !== null
                                            )
                                              return (
                                                (y.errors = [
                                                  {
                                                    instancePath:
                                                      t +
                                                      '/frameworks/' +
                                                      p +
                                                      '/version',
                                                    schemaPath:
                                                      '#/definitions/framework/properties/version/type',
                                                    keyword: 'type',
                                                    params: {
                                                      type: Q.properties.version
                                                        .type
                                                    },
                                                    message:
                                                      'must be string,null'
                                                  }
                                                ]),
                                                !1
                                              );
                                            var I = a === e;
                                          } else var I = !0;
                                          if (I) {
                                            if (s.metadata_version !== void 0) {
                                              let n = s.metadata_version,
                                                a = e;
                                              if (
                                                typeof n != 'string' &&
                                                n !== null
                                              )
                                                return (
                                                  (y.errors = [
                                                    {
                                                      instancePath:
                                                        t +
                                                        '/frameworks/' +
                                                        p +
                                                        '/metadata_version',
                                                      schemaPath:
                                                        '#/definitions/framework/properties/metadata_version/type',
                                                      keyword: 'type',
                                                      params: {
                                                        type: Q.properties
                                                          .metadata_version.type
                                                      },
                                                      message:
                                                        'must be string,null'
                                                    }
                                                  ]),
                                                  !1
                                                );
                                              var I = a === e;
                                            } else var I = !0;
                                            if (I) {
                                              if (s.local !== void 0) {
                                                let n = s.local,
                                                  a = e;
                                                if (
                                                  typeof n != 'string' &&
                                                  n !== null
                                                )
                                                  return (
                                                    (y.errors = [
                                                      {
                                                        instancePath:
                                                          t +
                                                          '/frameworks/' +
                                                          p +
                                                          '/local',
                                                        schemaPath:
                                                          '#/definitions/framework/properties/local/type',
                                                        keyword: 'type',
                                                        params: {
                                                          type: Q.properties
                                                            .local.type
                                                        },
                                                        message:
                                                          'must be string,null'
                                                      }
                                                    ]),
                                                    !1
                                                  );
                                                var I = a === e;
                                              } else var I = !0;
                                              if (I) {
                                                if (s.backend !== void 0) {
                                                  let n = s.backend,
                                                    a = e;
                                                  if (!(
                                                    n === 'cuda' ||
                                                    n === 'rocm' ||
                                                    n === 'cpu' ||
                                                    n === 'xpu' ||
                                                    n === 'mps' ||
                                                    n === 'metal' ||
                                                    n === null
                                                  ))
                                                    return (
                                                      (y.errors = [
                                                        {
                                                          instancePath:
                                                            t +
                                                            '/frameworks/' +
                                                            p +
                                                            '/backend',
                                                          schemaPath:
                                                            '#/definitions/framework/properties/backend/enum',
                                                          keyword: 'enum',
                                                          params: {
                                                            allowedValues:
                                                              Q.properties
                                                                .backend.enum
                                                          },
                                                          message:
                                                            'must be equal to one of the allowed values'
                                                        }
                                                      ]),
                                                      !1
                                                    );
                                                  var I = a === e;
                                                } else var I = !0;
                                                if (I) {
                                                  if (s.gpu_build !== void 0) {
                                                    let n = s.gpu_build,
                                                      a = e;
                                                    if (
                                                      typeof n != 'boolean' &&
                                                      n !== null
                                                    )
                                                      return (
                                                        (y.errors = [
                                                          {
                                                            instancePath:
                                                              t +
                                                              '/frameworks/' +
                                                              p +
                                                              '/gpu_build',
                                                            schemaPath:
                                                              '#/definitions/framework/properties/gpu_build/type',
                                                            keyword: 'type',
                                                            params: {
                                                              type: Q.properties
                                                                .gpu_build.type
                                                            },
                                                            message:
                                                              'must be boolean,null'
                                                          }
                                                        ]),
                                                        !1
                                                      );
                                                    var I = a === e;
                                                  } else var I = !0;
                                                  if (I) {
                                                    if (s.cuda !== void 0) {
                                                      let n = s.cuda,
                                                        a = e;
                                                      if (
                                                        typeof n != 'string' &&
                                                        n !== null
                                                      )
                                                        return (
                                                          (y.errors = [
                                                            {
                                                              instancePath:
                                                                t +
                                                                '/frameworks/' +
                                                                p +
                                                                '/cuda',
                                                              schemaPath:
                                                                '#/definitions/framework/properties/cuda/type',
                                                              keyword: 'type',
                                                              params: {
                                                                type: Q
                                                                  .properties
                                                                  .cuda.type
                                                              },
                                                              message:
                                                                'must be string,null'
                                                            }
                                                          ]),
                                                          !1
                                                        );
                                                      var I = a === e;
                                                    } else var I = !0;
                                                    if (I) {
                                                      if (s.cudnn !== void 0) {
                                                        let n = s.cudnn,
                                                          a = e;
                                                        if (
                                                          typeof n !=
                                                            'string' &&
                                                          n !== null
                                                        )
                                                          return (
                                                            (y.errors = [
                                                              {
                                                                instancePath:
                                                                  t +
                                                                  '/frameworks/' +
                                                                  p +
                                                                  '/cudnn',
                                                                schemaPath:
                                                                  '#/definitions/framework/properties/cudnn/type',
                                                                keyword: 'type',
                                                                params: {
                                                                  type: Q
                                                                    .properties
                                                                    .cudnn.type
                                                                },
                                                                message:
                                                                  'must be string,null'
                                                              }
                                                            ]),
                                                            !1
                                                          );
                                                        var I = a === e;
                                                      } else var I = !0;
                                                      if (I) {
                                                        if (s.hip !== void 0) {
                                                          let n = s.hip,
                                                            a = e;
                                                          if (
                                                            typeof n !=
                                                              'string' &&
                                                            n !== null
                                                          )
                                                            return (
                                                              (y.errors = [
                                                                {
                                                                  instancePath:
                                                                    t +
                                                                    '/frameworks/' +
                                                                    p +
                                                                    '/hip',
                                                                  schemaPath:
                                                                    '#/definitions/framework/properties/hip/type',
                                                                  keyword:
                                                                    'type',
                                                                  params: {
                                                                    type: Q
                                                                      .properties
                                                                      .hip.type
                                                                  },
                                                                  message:
                                                                    'must be string,null'
                                                                }
                                                              ]),
                                                              !1
                                                            );
                                                          var I = a === e;
                                                        } else var I = !0;
                                                        if (I) {
                                                          if (
                                                            s.archs !== void 0
                                                          ) {
                                                            let n = s.archs,
                                                              a = e;
                                                            if (
                                                              !Array.isArray(
                                                                n
                                                              ) &&
                                                              n !== null
                                                            )
                                                              return (
                                                                (y.errors = [
                                                                  {
                                                                    instancePath:
                                                                      t +
                                                                      '/frameworks/' +
                                                                      p +
                                                                      '/archs',
                                                                    schemaPath:
                                                                      '#/definitions/framework/properties/archs/type',
                                                                    keyword:
                                                                      'type',
                                                                    params: {
                                                                      type: Q
                                                                        .properties
                                                                        .archs
                                                                        .type
                                                                    },
                                                                    message:
                                                                      'must be array,null'
                                                                  }
                                                                ]),
                                                                !1
                                                              );
                                                            if (
                                                              e === a &&
                                                              Array.isArray(n)
                                                            ) {
                                                              var ke = !0;
                                                              let U = n.length;
                                                              for (
                                                                let R = 0;
                                                                R < U;
                                                                R++
                                                              ) {
                                                                let V = e;
                                                                if (
                                                                  typeof n[R] !=
                                                                  'string'
                                                                )
                                                                  return (
                                                                    (y.errors =
                                                                      [
                                                                        {
                                                                          instancePath:
                                                                            t +
                                                                            '/frameworks/' +
                                                                            p +
                                                                            '/archs/' +
                                                                            R,
                                                                          schemaPath:
                                                                            '#/definitions/framework/properties/archs/items/type',
                                                                          keyword:
                                                                            'type',
                                                                          params:
                                                                            {
                                                                              type: 'string'
                                                                            },
                                                                          message:
                                                                            'must be string'
                                                                        }
                                                                      ]),
                                                                    !1
                                                                  );
                                                                var ke =
                                                                  V === e;
                                                                if (!ke) break;
                                                              }
                                                            }
                                                            var I = a === e;
                                                          } else var I = !0;
                                                          if (I) {
                                                            if (
                                                              s.location !==
                                                              void 0
                                                            ) {
                                                              let n =
                                                                  s.location,
                                                                a = e;
                                                              if (
                                                                typeof n !=
                                                                  'string' &&
                                                                n !== null
                                                              )
                                                                return (
                                                                  (y.errors = [
                                                                    {
                                                                      instancePath:
                                                                        t +
                                                                        '/frameworks/' +
                                                                        p +
                                                                        '/location',
                                                                      schemaPath:
                                                                        '#/definitions/framework/properties/location/type',
                                                                      keyword:
                                                                        'type',
                                                                      params: {
                                                                        type: Q
                                                                          .properties
                                                                          .location
                                                                          .type
                                                                      },
                                                                      message:
                                                                        'must be string,null'
                                                                    }
                                                                  ]),
                                                                  !1
                                                                );
                                                              var I = a === e;
                                                            } else var I = !0;
                                                            if (I)
                                                              if (
                                                                s.source !==
                                                                void 0
                                                              ) {
                                                                let n =
                                                                    s.source,
                                                                  a = e;
                                                                if (
                                                                  typeof n !=
                                                                    'string' &&
                                                                  n !== null
                                                                )
                                                                  return (
                                                                    (y.errors =
                                                                      [
                                                                        {
                                                                          instancePath:
                                                                            t +
                                                                            '/frameworks/' +
                                                                            p +
                                                                            '/source',
                                                                          schemaPath:
                                                                            '#/definitions/framework/properties/source/type',
                                                                          keyword:
                                                                            'type',
                                                                          params:
                                                                            {
                                                                              type: Q
                                                                                .properties
                                                                                .source
                                                                                .type
                                                                            },
                                                                          message:
                                                                            'must be string,null'
                                                                        }
                                                                      ]),
                                                                    !1
                                                                  );
                                                                var I = a === e;
                                                              } else var I = !0;
                                                          }
                                                        }
                                                      }
                                                    }
                                                  }
                                                }
                                              }
                                            }
                                          }
                                        }
                                      }
                                    } else
                                      return (
                                        (y.errors = [
                                          {
                                            instancePath:
                                              t + '/frameworks/' + p,
                                            schemaPath:
                                              '#/definitions/framework/type',
                                            keyword: 'type',
                                            params: { type: 'object' },
                                            message: 'must be object'
                                          }
                                        ]),
                                        !1
                                      );
                                  var _e = E === e;
                                  if (!_e) break;
                                }
                              }
                              var u = P === e;
                            } else var u = !0;
                            if (u) {
                              if (d.gpu !== void 0) {
                                let i = d.gpu,
                                  P = e,
                                  $ = e,
                                  b = !1,
                                  p = e;
                                S(i, {
                                  instancePath: t + '/gpu',
                                  parentData: d,
                                  parentDataProperty: 'gpu',
                                  rootData: ae
                                }) ||
                                  ((r =
                                    r === null ? S.errors : r.concat(S.errors)),
                                  (e = r.length));
                                var ce = p === e;
                                if (((b = b || ce), !b)) {
                                  let E = e;
                                  if (i !== null) {
                                    let o = {
                                      instancePath: t + '/gpu',
                                      schemaPath:
                                        '#/properties/gpu/anyOf/1/type',
                                      keyword: 'type',
                                      params: { type: 'null' },
                                      message: 'must be null'
                                    };
                                    (r === null ? (r = [o]) : r.push(o), e++);
                                  }
                                  var ce = E === e;
                                  b = b || ce;
                                }
                                if (b)
                                  ((e = $),
                                    r !== null &&
                                      ($ ? (r.length = $) : (r = null)));
                                else {
                                  let E = {
                                    instancePath: t + '/gpu',
                                    schemaPath: '#/properties/gpu/anyOf',
                                    keyword: 'anyOf',
                                    params: {},
                                    message: 'must match a schema in anyOf'
                                  };
                                  return (
                                    r === null ? (r = [E]) : r.push(E),
                                    e++,
                                    (y.errors = r),
                                    !1
                                  );
                                }
                                var u = P === e;
                              } else var u = !0;
                              if (u) {
                                if (d.cuda_libraries !== void 0) {
                                  let i = d.cuda_libraries,
                                    P = e;
                                  if (!Array.isArray(i) && i !== null)
                                    return (
                                      (y.errors = [
                                        {
                                          instancePath: t + '/cuda_libraries',
                                          schemaPath:
                                            '#/properties/cuda_libraries/type',
                                          keyword: 'type',
                                          params: {
                                            type: Y.properties.cuda_libraries
                                              .type
                                          },
                                          message: 'must be array,null'
                                        }
                                      ]),
                                      !1
                                    );
                                  if (e === P && Array.isArray(i)) {
                                    var we = !0;
                                    let b = i.length;
                                    for (let p = 0; p < b; p++) {
                                      let s = i[p],
                                        E = e;
                                      if (e === e)
                                        if (
                                          s &&
                                          typeof s == 'object' &&
                                          !Array.isArray(s)
                                        ) {
                                          let l;
                                          if (
                                            (s.family === void 0 &&
                                              (l = 'family')) ||
                                            (s.soname === void 0 &&
                                              (l = 'soname')) ||
                                            (s.path === void 0 &&
                                              (l = 'path')) ||
                                            (s.version === void 0 &&
                                              (l = 'version')) ||
                                            (s.major === void 0 &&
                                              (l = 'major')) ||
                                            (s.origin === void 0 &&
                                              (l = 'origin')) ||
                                            (s.distribution === void 0 &&
                                              (l = 'distribution')) ||
                                            (s.mapped === void 0 &&
                                              (l = 'mapped'))
                                          )
                                            return (
                                              (y.errors = [
                                                {
                                                  instancePath:
                                                    t + '/cuda_libraries/' + p,
                                                  schemaPath:
                                                    '#/definitions/library/required',
                                                  keyword: 'required',
                                                  params: {
                                                    missingProperty: l
                                                  },
                                                  message:
                                                    "must have required property '" +
                                                    l +
                                                    "'"
                                                }
                                              ]),
                                              !1
                                            );
                                          if (s.family !== void 0) {
                                            let n = s.family,
                                              a = e;
                                            if (!(
                                              n === 'cudart' ||
                                              n === 'cudnn' ||
                                              n === 'cublas' ||
                                              n === 'nvjitlink' ||
                                              n === 'cufft' ||
                                              n === 'cusparse' ||
                                              n === 'cusolver' ||
                                              n === 'curand' ||
                                              n === 'nccl' ||
                                              n === 'nvrtc' ||
                                              n === 'cupti'
                                            ))
                                              return (
                                                (y.errors = [
                                                  {
                                                    instancePath:
                                                      t +
                                                      '/cuda_libraries/' +
                                                      p +
                                                      '/family',
                                                    schemaPath:
                                                      '#/definitions/library/properties/family/enum',
                                                    keyword: 'enum',
                                                    params: {
                                                      allowedValues:
                                                        oe.properties.family
                                                          .enum
                                                    },
                                                    message:
                                                      'must be equal to one of the allowed values'
                                                  }
                                                ]),
                                                !1
                                              );
                                            var L = a === e;
                                          } else var L = !0;
                                          if (L) {
                                            if (s.soname !== void 0) {
                                              let n = e;
                                              if (typeof s.soname != 'string')
                                                return (
                                                  (y.errors = [
                                                    {
                                                      instancePath:
                                                        t +
                                                        '/cuda_libraries/' +
                                                        p +
                                                        '/soname',
                                                      schemaPath:
                                                        '#/definitions/library/properties/soname/type',
                                                      keyword: 'type',
                                                      params: {
                                                        type: 'string'
                                                      },
                                                      message: 'must be string'
                                                    }
                                                  ]),
                                                  !1
                                                );
                                              var L = n === e;
                                            } else var L = !0;
                                            if (L) {
                                              if (s.path !== void 0) {
                                                let n = e;
                                                if (typeof s.path != 'string')
                                                  return (
                                                    (y.errors = [
                                                      {
                                                        instancePath:
                                                          t +
                                                          '/cuda_libraries/' +
                                                          p +
                                                          '/path',
                                                        schemaPath:
                                                          '#/definitions/library/properties/path/type',
                                                        keyword: 'type',
                                                        params: {
                                                          type: 'string'
                                                        },
                                                        message:
                                                          'must be string'
                                                      }
                                                    ]),
                                                    !1
                                                  );
                                                var L = n === e;
                                              } else var L = !0;
                                              if (L) {
                                                if (s.version !== void 0) {
                                                  let n = s.version,
                                                    a = e;
                                                  if (
                                                    typeof n != 'string' &&
                                                    n !== null
                                                  )
                                                    return (
                                                      (y.errors = [
                                                        {
                                                          instancePath:
                                                            t +
                                                            '/cuda_libraries/' +
                                                            p +
                                                            '/version',
                                                          schemaPath:
                                                            '#/definitions/library/properties/version/type',
                                                          keyword: 'type',
                                                          params: {
                                                            type: oe.properties
                                                              .version.type
                                                          },
                                                          message:
                                                            'must be string,null'
                                                        }
                                                      ]),
                                                      !1
                                                    );
                                                  var L = a === e;
                                                } else var L = !0;
                                                if (L) {
                                                  if (s.major !== void 0) {
                                                    let n = s.major,
                                                      a = e;
                                                    if (
                                                      !(
                                                        typeof n == 'number' &&
                                                        !(n % 1) &&
                                                        !isNaN(n) &&
                                                        isFinite(n)
                                                      ) &&
                                                      n !== null
                                                    )
                                                      return (
                                                        (y.errors = [
                                                          {
                                                            instancePath:
                                                              t +
                                                              '/cuda_libraries/' +
                                                              p +
                                                              '/major',
                                                            schemaPath:
                                                              '#/definitions/library/properties/major/type',
                                                            keyword: 'type',
                                                            params: {
                                                              type: oe
                                                                .properties
                                                                .major.type
                                                            },
                                                            message:
                                                              'must be integer,null'
                                                          }
                                                        ]),
                                                        !1
                                                      );
                                                    var L = a === e;
                                                  } else var L = !0;
                                                  if (L) {
                                                    if (s.origin !== void 0) {
                                                      let n = s.origin,
                                                        a = e;
                                                      if (!(
                                                        n ===
                                                          'LD_LIBRARY_PATH' ||
                                                        n === 'environment' ||
                                                        n === 'wheel' ||
                                                        n === 'ld-cache' ||
                                                        n ===
                                                          'usr-local-cuda' ||
                                                        n === 'mapped'
                                                      ))
                                                        return (
                                                          (y.errors = [
                                                            {
                                                              instancePath:
                                                                t +
                                                                '/cuda_libraries/' +
                                                                p +
                                                                '/origin',
                                                              schemaPath:
                                                                '#/definitions/library/properties/origin/enum',
                                                              keyword: 'enum',
                                                              params: {
                                                                allowedValues:
                                                                  oe.properties
                                                                    .origin.enum
                                                              },
                                                              message:
                                                                'must be equal to one of the allowed values'
                                                            }
                                                          ]),
                                                          !1
                                                        );
                                                      var L = a === e;
                                                    } else var L = !0;
                                                    if (L) {
                                                      if (
                                                        s.distribution !==
                                                        void 0
                                                      ) {
                                                        let n = s.distribution,
                                                          a = e;
                                                        if (
                                                          typeof n !=
                                                            'string' &&
                                                          n !== null
                                                        )
                                                          return (
                                                            (y.errors = [
                                                              {
                                                                instancePath:
                                                                  t +
                                                                  '/cuda_libraries/' +
                                                                  p +
                                                                  '/distribution',
                                                                schemaPath:
                                                                  '#/definitions/library/properties/distribution/type',
                                                                keyword: 'type',
                                                                params: {
                                                                  type: oe
                                                                    .properties
                                                                    .distribution
                                                                    .type
                                                                },
                                                                message:
                                                                  'must be string,null'
                                                              }
                                                            ]),
                                                            !1
                                                          );
                                                        var L = a === e;
                                                      } else var L = !0;
                                                      if (L)
                                                        if (
                                                          s.mapped !== void 0
                                                        ) {
                                                          let n = s.mapped,
                                                            a = e;
                                                          if (
                                                            typeof n !=
                                                              'boolean' &&
                                                            n !== null
                                                          )
                                                            return (
                                                              (y.errors = [
                                                                {
                                                                  instancePath:
                                                                    t +
                                                                    '/cuda_libraries/' +
                                                                    p +
                                                                    '/mapped',
                                                                  schemaPath:
                                                                    '#/definitions/library/properties/mapped/type',
                                                                  keyword:
                                                                    'type',
                                                                  params: {
                                                                    type: oe
                                                                      .properties
                                                                      .mapped
                                                                      .type
                                                                  },
                                                                  message:
                                                                    'must be boolean,null'
                                                                }
                                                              ]),
                                                              !1
                                                            );
                                                          var L = a === e;
                                                        } else var L = !0;
                                                    }
                                                  }
                                                }
                                              }
                                            }
                                          }
                                        } else
                                          return (
                                            (y.errors = [
                                              {
                                                instancePath:
                                                  t + '/cuda_libraries/' + p,
                                                schemaPath:
                                                  '#/definitions/library/type',
                                                keyword: 'type',
                                                params: { type: 'object' },
                                                message: 'must be object'
                                              }
                                            ]),
                                            !1
                                          );
                                      var we = E === e;
                                      if (!we) break;
                                    }
                                  }
                                  var u = P === e;
                                } else var u = !0;
                                if (u) {
                                  if (d.toolkits !== void 0) {
                                    let i = d.toolkits,
                                      P = e;
                                    if (!Array.isArray(i) && i !== null)
                                      return (
                                        (y.errors = [
                                          {
                                            instancePath: t + '/toolkits',
                                            schemaPath:
                                              '#/properties/toolkits/type',
                                            keyword: 'type',
                                            params: {
                                              type: Y.properties.toolkits.type
                                            },
                                            message: 'must be array,null'
                                          }
                                        ]),
                                        !1
                                      );
                                    if (e === P && Array.isArray(i)) {
                                      var Pe = !0;
                                      let b = i.length;
                                      for (let p = 0; p < b; p++) {
                                        let s = i[p],
                                          E = e;
                                        if (e === e)
                                          if (
                                            s &&
                                            typeof s == 'object' &&
                                            !Array.isArray(s)
                                          ) {
                                            let l;
                                            if (
                                              (s.variable === void 0 &&
                                                (l = 'variable')) ||
                                              (s.path === void 0 &&
                                                (l = 'path')) ||
                                              (s.exists === void 0 &&
                                                (l = 'exists')) ||
                                              (s.version === void 0 &&
                                                (l = 'version')) ||
                                              (s.nvcc === void 0 &&
                                                (l = 'nvcc'))
                                            )
                                              return (
                                                (y.errors = [
                                                  {
                                                    instancePath:
                                                      t + '/toolkits/' + p,
                                                    schemaPath:
                                                      '#/definitions/toolkit/required',
                                                    keyword: 'required',
                                                    params: {
                                                      missingProperty: l
                                                    },
                                                    message:
                                                      "must have required property '" +
                                                      l +
                                                      "'"
                                                  }
                                                ]),
                                                !1
                                              );
                                            if (s.variable !== void 0) {
                                              let n = s.variable,
                                                a = e;
                                              if (
                                                typeof n != 'string' &&
                                                n !== null
                                              )
                                                return (
                                                  (y.errors = [
                                                    {
                                                      instancePath:
                                                        t +
                                                        '/toolkits/' +
                                                        p +
                                                        '/variable',
                                                      schemaPath:
                                                        '#/definitions/toolkit/properties/variable/type',
                                                      keyword: 'type',
                                                      params: {
                                                        type: de.properties
                                                          .variable.type
                                                      },
                                                      message:
                                                        'must be string,null'
                                                    }
                                                  ]),
                                                  !1
                                                );
                                              var K = a === e;
                                            } else var K = !0;
                                            if (K) {
                                              if (s.path !== void 0) {
                                                let n = e;
                                                if (typeof s.path != 'string')
                                                  return (
                                                    (y.errors = [
                                                      {
                                                        instancePath:
                                                          t +
                                                          '/toolkits/' +
                                                          p +
                                                          '/path',
                                                        schemaPath:
                                                          '#/definitions/toolkit/properties/path/type',
                                                        keyword: 'type',
                                                        params: {
                                                          type: 'string'
                                                        },
                                                        message:
                                                          'must be string'
                                                      }
                                                    ]),
                                                    !1
                                                  );
                                                var K = n === e;
                                              } else var K = !0;
                                              if (K) {
                                                if (s.exists !== void 0) {
                                                  let n = s.exists,
                                                    a = e;
                                                  if (
                                                    typeof n != 'boolean' &&
                                                    n !== null
                                                  )
                                                    return (
                                                      (y.errors = [
                                                        {
                                                          instancePath:
                                                            t +
                                                            '/toolkits/' +
                                                            p +
                                                            '/exists',
                                                          schemaPath:
                                                            '#/definitions/toolkit/properties/exists/type',
                                                          keyword: 'type',
                                                          params: {
                                                            type: de.properties
                                                              .exists.type
                                                          },
                                                          message:
                                                            'must be boolean,null'
                                                        }
                                                      ]),
                                                      !1
                                                    );
                                                  var K = a === e;
                                                } else var K = !0;
                                                if (K) {
                                                  if (s.version !== void 0) {
                                                    let n = s.version,
                                                      a = e;
                                                    if (
                                                      typeof n != 'string' &&
                                                      n !== null
                                                    )
                                                      return (
                                                        (y.errors = [
                                                          {
                                                            instancePath:
                                                              t +
                                                              '/toolkits/' +
                                                              p +
                                                              '/version',
                                                            schemaPath:
                                                              '#/definitions/toolkit/properties/version/type',
                                                            keyword: 'type',
                                                            params: {
                                                              type: de
                                                                .properties
                                                                .version.type
                                                            },
                                                            message:
                                                              'must be string,null'
                                                          }
                                                        ]),
                                                        !1
                                                      );
                                                    var K = a === e;
                                                  } else var K = !0;
                                                  if (K)
                                                    if (s.nvcc !== void 0) {
                                                      let n = s.nvcc,
                                                        a = e;
                                                      if (
                                                        typeof n != 'string' &&
                                                        n !== null
                                                      )
                                                        return (
                                                          (y.errors = [
                                                            {
                                                              instancePath:
                                                                t +
                                                                '/toolkits/' +
                                                                p +
                                                                '/nvcc',
                                                              schemaPath:
                                                                '#/definitions/toolkit/properties/nvcc/type',
                                                              keyword: 'type',
                                                              params: {
                                                                type: de
                                                                  .properties
                                                                  .nvcc.type
                                                              },
                                                              message:
                                                                'must be string,null'
                                                            }
                                                          ]),
                                                          !1
                                                        );
                                                      var K = a === e;
                                                    } else var K = !0;
                                                }
                                              }
                                            }
                                          } else
                                            return (
                                              (y.errors = [
                                                {
                                                  instancePath:
                                                    t + '/toolkits/' + p,
                                                  schemaPath:
                                                    '#/definitions/toolkit/type',
                                                  keyword: 'type',
                                                  params: { type: 'object' },
                                                  message: 'must be object'
                                                }
                                              ]),
                                              !1
                                            );
                                        var Pe = E === e;
                                        if (!Pe) break;
                                      }
                                    }
                                    var u = P === e;
                                  } else var u = !0;
                                  if (u) {
                                    if (d.environ !== void 0) {
                                      let i = d.environ,
                                        P = e;
                                      if (
                                        !(
                                          i &&
                                          typeof i == 'object' &&
                                          !Array.isArray(i)
                                        ) &&
                                        i !== null
                                      )
                                        return (
                                          (y.errors = [
                                            {
                                              instancePath: t + '/environ',
                                              schemaPath:
                                                '#/properties/environ/type',
                                              keyword: 'type',
                                              params: {
                                                type: Y.properties.environ.type
                                              },
                                              message: 'must be object,null'
                                            }
                                          ]),
                                          !1
                                        );
                                      if (
                                        e === P &&
                                        i &&
                                        typeof i == 'object' &&
                                        !Array.isArray(i)
                                      )
                                        for (let b in i) {
                                          let p = e;
                                          if (typeof i[b] != 'string')
                                            return (
                                              (y.errors = [
                                                {
                                                  instancePath:
                                                    t +
                                                    '/environ/' +
                                                    b
                                                      .replace(/~/g, '~0')
                                                      .replace(/\//g, '~1'),
                                                  schemaPath:
                                                    '#/properties/environ/additionalProperties/type',
                                                  keyword: 'type',
                                                  params: { type: 'string' },
                                                  message: 'must be string'
                                                }
                                              ]),
                                              !1
                                            );
                                          var De = p === e;
                                          if (!De) break;
                                        }
                                      var u = P === e;
                                    } else var u = !0;
                                    if (u) {
                                      if (d.tools !== void 0) {
                                        let i = d.tools,
                                          P = e;
                                        if (!Array.isArray(i) && i !== null)
                                          return (
                                            (y.errors = [
                                              {
                                                instancePath: t + '/tools',
                                                schemaPath:
                                                  '#/properties/tools/type',
                                                keyword: 'type',
                                                params: {
                                                  type: Y.properties.tools.type
                                                },
                                                message: 'must be array,null'
                                              }
                                            ]),
                                            !1
                                          );
                                        if (e === P && Array.isArray(i)) {
                                          var xe = !0;
                                          let b = i.length;
                                          for (let p = 0; p < b; p++) {
                                            let s = i[p],
                                              E = e;
                                            if (e === e)
                                              if (
                                                s &&
                                                typeof s == 'object' &&
                                                !Array.isArray(s)
                                              ) {
                                                let l;
                                                if (
                                                  (s.name === void 0 &&
                                                    (l = 'name')) ||
                                                  (s.path === void 0 &&
                                                    (l = 'path')) ||
                                                  (s.prefix === void 0 &&
                                                    (l = 'prefix'))
                                                )
                                                  return (
                                                    (y.errors = [
                                                      {
                                                        instancePath:
                                                          t + '/tools/' + p,
                                                        schemaPath:
                                                          '#/definitions/tool/required',
                                                        keyword: 'required',
                                                        params: {
                                                          missingProperty: l
                                                        },
                                                        message:
                                                          "must have required property '" +
                                                          l +
                                                          "'"
                                                      }
                                                    ]),
                                                    !1
                                                  );
                                                if (s.name !== void 0) {
                                                  let n = e;
                                                  if (typeof s.name != 'string')
                                                    return (
                                                      (y.errors = [
                                                        {
                                                          instancePath:
                                                            t +
                                                            '/tools/' +
                                                            p +
                                                            '/name',
                                                          schemaPath:
                                                            '#/definitions/tool/properties/name/type',
                                                          keyword: 'type',
                                                          params: {
                                                            type: 'string'
                                                          },
                                                          message:
                                                            'must be string'
                                                        }
                                                      ]),
                                                      !1
                                                    );
                                                  var te = n === e;
                                                } else var te = !0;
                                                if (te) {
                                                  if (s.path !== void 0) {
                                                    let n = s.path,
                                                      a = e;
                                                    if (
                                                      typeof n != 'string' &&
                                                      n !== null
                                                    )
                                                      return (
                                                        (y.errors = [
                                                          {
                                                            instancePath:
                                                              t +
                                                              '/tools/' +
                                                              p +
                                                              '/path',
                                                            schemaPath:
                                                              '#/definitions/tool/properties/path/type',
                                                            keyword: 'type',
                                                            params: {
                                                              type: qe
                                                                .properties.path
                                                                .type
                                                            },
                                                            message:
                                                              'must be string,null'
                                                          }
                                                        ]),
                                                        !1
                                                      );
                                                    var te = a === e;
                                                  } else var te = !0;
                                                  if (te)
                                                    if (s.prefix !== void 0) {
                                                      let n = s.prefix,
                                                        a = e;
                                                      if (
                                                        typeof n != 'string' &&
                                                        n !== null
                                                      )
                                                        return (
                                                          (y.errors = [
                                                            {
                                                              instancePath:
                                                                t +
                                                                '/tools/' +
                                                                p +
                                                                '/prefix',
                                                              schemaPath:
                                                                '#/definitions/tool/properties/prefix/type',
                                                              keyword: 'type',
                                                              params: {
                                                                type: qe
                                                                  .properties
                                                                  .prefix.type
                                                              },
                                                              message:
                                                                'must be string,null'
                                                            }
                                                          ]),
                                                          !1
                                                        );
                                                      var te = a === e;
                                                    } else var te = !0;
                                                }
                                              } else
                                                return (
                                                  (y.errors = [
                                                    {
                                                      instancePath:
                                                        t + '/tools/' + p,
                                                      schemaPath:
                                                        '#/definitions/tool/type',
                                                      keyword: 'type',
                                                      params: {
                                                        type: 'object'
                                                      },
                                                      message: 'must be object'
                                                    }
                                                  ]),
                                                  !1
                                                );
                                            var xe = E === e;
                                            if (!xe) break;
                                          }
                                        }
                                        var u = P === e;
                                      } else var u = !0;
                                      if (u) {
                                        if (d.modules !== void 0) {
                                          let i = d.modules,
                                            P = e;
                                          if (!Array.isArray(i) && i !== null)
                                            return (
                                              (y.errors = [
                                                {
                                                  instancePath: t + '/modules',
                                                  schemaPath:
                                                    '#/properties/modules/type',
                                                  keyword: 'type',
                                                  params: {
                                                    type: Y.properties.modules
                                                      .type
                                                  },
                                                  message: 'must be array,null'
                                                }
                                              ]),
                                              !1
                                            );
                                          if (e === P && Array.isArray(i)) {
                                            var Ae = !0;
                                            let b = i.length;
                                            for (let p = 0; p < b; p++) {
                                              let s = i[p],
                                                E = e;
                                              if (e === e)
                                                if (
                                                  s &&
                                                  typeof s == 'object' &&
                                                  !Array.isArray(s)
                                                ) {
                                                  let l;
                                                  if (
                                                    (s.name === void 0 &&
                                                      (l = 'name')) ||
                                                    (s.version === void 0 &&
                                                      (l = 'version')) ||
                                                    (s.file === void 0 &&
                                                      (l = 'file'))
                                                  )
                                                    return (
                                                      (y.errors = [
                                                        {
                                                          instancePath:
                                                            t + '/modules/' + p,
                                                          schemaPath:
                                                            '#/definitions/module/required',
                                                          keyword: 'required',
                                                          params: {
                                                            missingProperty: l
                                                          },
                                                          message:
                                                            "must have required property '" +
                                                            l +
                                                            "'"
                                                        }
                                                      ]),
                                                      !1
                                                    );
                                                  if (s.name !== void 0) {
                                                    let n = e;
                                                    if (
                                                      typeof s.name != 'string'
                                                    )
                                                      return (
                                                        (y.errors = [
                                                          {
                                                            instancePath:
                                                              t +
                                                              '/modules/' +
                                                              p +
                                                              '/name',
                                                            schemaPath:
                                                              '#/definitions/module/properties/name/type',
                                                            keyword: 'type',
                                                            params: {
                                                              type: 'string'
                                                            },
                                                            message:
                                                              'must be string'
                                                          }
                                                        ]),
                                                        !1
                                                      );
                                                    var se = n === e;
                                                  } else var se = !0;
                                                  if (se) {
                                                    if (s.version !== void 0) {
                                                      let n = s.version,
                                                        a = e;
                                                      if (
                                                        typeof n != 'string' &&
                                                        n !== null
                                                      )
                                                        return (
                                                          (y.errors = [
                                                            {
                                                              instancePath:
                                                                t +
                                                                '/modules/' +
                                                                p +
                                                                '/version',
                                                              schemaPath:
                                                                '#/definitions/module/properties/version/type',
                                                              keyword: 'type',
                                                              params: {
                                                                type: Ie
                                                                  .properties
                                                                  .version.type
                                                              },
                                                              message:
                                                                'must be string,null'
                                                            }
                                                          ]),
                                                          !1
                                                        );
                                                      var se = a === e;
                                                    } else var se = !0;
                                                    if (se)
                                                      if (s.file !== void 0) {
                                                        let n = s.file,
                                                          a = e;
                                                        if (
                                                          typeof n !=
                                                            'string' &&
                                                          n !== null
                                                        )
                                                          return (
                                                            (y.errors = [
                                                              {
                                                                instancePath:
                                                                  t +
                                                                  '/modules/' +
                                                                  p +
                                                                  '/file',
                                                                schemaPath:
                                                                  '#/definitions/module/properties/file/type',
                                                                keyword: 'type',
                                                                params: {
                                                                  type: Ie
                                                                    .properties
                                                                    .file.type
                                                                },
                                                                message:
                                                                  'must be string,null'
                                                              }
                                                            ]),
                                                            !1
                                                          );
                                                        var se = a === e;
                                                      } else var se = !0;
                                                  }
                                                } else
                                                  return (
                                                    (y.errors = [
                                                      {
                                                        instancePath:
                                                          t + '/modules/' + p,
                                                        schemaPath:
                                                          '#/definitions/module/type',
                                                        keyword: 'type',
                                                        params: {
                                                          type: 'object'
                                                        },
                                                        message:
                                                          'must be object'
                                                      }
                                                    ]),
                                                    !1
                                                  );
                                              var Ae = E === e;
                                              if (!Ae) break;
                                            }
                                          }
                                          var u = P === e;
                                        } else var u = !0;
                                        if (u)
                                          if (d.observed !== void 0) {
                                            let i = d.observed,
                                              P = e;
                                            if (!Array.isArray(i) && i !== null)
                                              return (
                                                (y.errors = [
                                                  {
                                                    instancePath:
                                                      t + '/observed',
                                                    schemaPath:
                                                      '#/properties/observed/type',
                                                    keyword: 'type',
                                                    params: {
                                                      type: Y.properties
                                                        .observed.type
                                                    },
                                                    message:
                                                      'must be array,null'
                                                  }
                                                ]),
                                                !1
                                              );
                                            if (e === P && Array.isArray(i)) {
                                              var je = !0;
                                              let b = i.length;
                                              for (let p = 0; p < b; p++) {
                                                let s = i[p],
                                                  E = e;
                                                if (e === e)
                                                  if (
                                                    s &&
                                                    typeof s == 'object' &&
                                                    !Array.isArray(s)
                                                  ) {
                                                    let l;
                                                    if (
                                                      (s.framework === void 0 &&
                                                        (l = 'framework')) ||
                                                      (s.gpu_works === void 0 &&
                                                        (l = 'gpu_works')) ||
                                                      (s.source === void 0 &&
                                                        (l = 'source'))
                                                    )
                                                      return (
                                                        (y.errors = [
                                                          {
                                                            instancePath:
                                                              t +
                                                              '/observed/' +
                                                              p,
                                                            schemaPath:
                                                              '#/definitions/observation/required',
                                                            keyword: 'required',
                                                            params: {
                                                              missingProperty: l
                                                            },
                                                            message:
                                                              "must have required property '" +
                                                              l +
                                                              "'"
                                                          }
                                                        ]),
                                                        !1
                                                      );
                                                    if (
                                                      s.framework !== void 0
                                                    ) {
                                                      let n = e;
                                                      if (
                                                        typeof s.framework !=
                                                        'string'
                                                      )
                                                        return (
                                                          (y.errors = [
                                                            {
                                                              instancePath:
                                                                t +
                                                                '/observed/' +
                                                                p +
                                                                '/framework',
                                                              schemaPath:
                                                                '#/definitions/observation/properties/framework/type',
                                                              keyword: 'type',
                                                              params: {
                                                                type: 'string'
                                                              },
                                                              message:
                                                                'must be string'
                                                            }
                                                          ]),
                                                          !1
                                                        );
                                                      var ie = n === e;
                                                    } else var ie = !0;
                                                    if (ie) {
                                                      if (
                                                        s.gpu_works !== void 0
                                                      ) {
                                                        let n = s.gpu_works,
                                                          a = e;
                                                        if (
                                                          typeof n !=
                                                            'boolean' &&
                                                          n !== null
                                                        )
                                                          return (
                                                            (y.errors = [
                                                              {
                                                                instancePath:
                                                                  t +
                                                                  '/observed/' +
                                                                  p +
                                                                  '/gpu_works',
                                                                schemaPath:
                                                                  '#/definitions/observation/properties/gpu_works/type',
                                                                keyword: 'type',
                                                                params: {
                                                                  type: Oe
                                                                    .properties
                                                                    .gpu_works
                                                                    .type
                                                                },
                                                                message:
                                                                  'must be boolean,null'
                                                              }
                                                            ]),
                                                            !1
                                                          );
                                                        var ie = a === e;
                                                      } else var ie = !0;
                                                      if (ie)
                                                        if (
                                                          s.source !== void 0
                                                        ) {
                                                          let n = e;
                                                          if (
                                                            typeof s.source !=
                                                            'string'
                                                          )
                                                            return (
                                                              (y.errors = [
                                                                {
                                                                  instancePath:
                                                                    t +
                                                                    '/observed/' +
                                                                    p +
                                                                    '/source',
                                                                  schemaPath:
                                                                    '#/definitions/observation/properties/source/type',
                                                                  keyword:
                                                                    'type',
                                                                  params: {
                                                                    type: 'string'
                                                                  },
                                                                  message:
                                                                    'must be string'
                                                                }
                                                              ]),
                                                              !1
                                                            );
                                                          var ie = n === e;
                                                        } else var ie = !0;
                                                    }
                                                  } else
                                                    return (
                                                      (y.errors = [
                                                        {
                                                          instancePath:
                                                            t +
                                                            '/observed/' +
                                                            p,
                                                          schemaPath:
                                                            '#/definitions/observation/type',
                                                          keyword: 'type',
                                                          params: {
                                                            type: 'object'
                                                          },
                                                          message:
                                                            'must be object'
                                                        }
                                                      ]),
                                                      !1
                                                    );
                                                var je = E === e;
                                                if (!je) break;
                                              }
                                            }
                                            var u = P === e;
                                          } else var u = !0;
                                      }
                                    }
                                  }
                                }
                              }
                            }
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    } else
      return (
        (y.errors = [
          {
            instancePath: t,
            schemaPath: '#/type',
            keyword: 'type',
            params: { type: 'object' },
            message: 'must be object'
          }
        ]),
        !1
      );
  return ((y.errors = r), e === 0);
}
export { Ue as default, Te as validate };
