/** Cells with the verdict that a person would want, modelled on public reports and on everyday notebooks. */
import type { IShortForm } from '../facts/shortForm';

type Row = [
  name: string,
  from: string | null,
  to: string | null,
  requires?: string[],
  build?: 'sdist'
];

/** A case. */
export interface IJudgeCase {
  readonly name: string;
  readonly facts: IShortForm;
  readonly cell: string;
  /** null: no resolver answered. */
  readonly plan: readonly Row[] | null;
  /** What the risks must be about; empty: the verdict must be ok. */
  readonly about: readonly string[];
  /** The rule that must tell; not given: any. */
  readonly rule?: string;
  /** The exact verdict; not given: warn or block. */
  readonly verdict?: 'warn' | 'block';
}

const LINUX = { python: '3.11', platform: 'linux-x86_64' };
const VENV: IShortForm = { ...LINUX, environment: 'venv' };
const CONDA: IShortForm = { ...LINUX, environment: 'conda' };
const L4 = {
  driver: '550.90.07',
  driver_cuda: '12.4',
  gpus: [{ name: 'NVIDIA L4', compute_capability: '8.9' }]
};

function pip(name: string, version: string, ...requires: string[]) {
  return { name, version, manager: 'pip' as const, requires };
}

function owned(name: string, version: string, ...requires: string[]) {
  return { name, version, manager: 'conda' as const, requires };
}

/** torch with its companions, as the wheels of the CUDA index declare them. */
function torchFamily(torch: string, vision: string, label: string) {
  return [
    pip('torch', torch + label, 'triton==3.1.0; platform_system == "Linux"'),
    pip('torchvision', vision + label, 'numpy', `torch==${torch}`),
    pip('torchaudio', torch + label, `torch==${torch}`),
    pip('triton', '3.1.0'),
    pip('numpy', '1.26.4')
  ];
}

const TORCH: IShortForm = {
  ...VENV,
  ...L4,
  packages: torchFamily('2.5.1', '0.20.1', '+cu124'),
  torch: { version: '2.5.1+cu124', cuda: '12.4' }
};

/** What a data scientist has: everything by pip, nothing exotic. */
const EVERYDAY: IShortForm = {
  ...VENV,
  ...L4,
  imported: ['numpy', 'pandas', 'ipykernel', 'traitlets', 'tornado', 'zmq'],
  packages: [
    ...torchFamily('2.5.1', '0.20.1', '+cu124').filter(p => p.name !== 'numpy'),
    pip('numpy', '2.1.3'),
    pip('pandas', '2.2.3', 'numpy>=1.26.0', 'python-dateutil>=2.8.2', 'pytz'),
    pip(
      'scikit-learn',
      '1.6.1',
      'numpy>=1.19.5',
      'scipy>=1.6.0',
      'joblib>=1.2'
    ),
    pip('scipy', '1.14.1', 'numpy<2.3,>=1.23.5'),
    pip('matplotlib', '3.10.0', 'numpy>=1.23', 'packaging>=20.0', 'pillow>=8'),
    pip('pillow', '11.0.0'),
    pip(
      'requests',
      '2.32.3',
      'urllib3<3,>=1.21.1',
      'certifi>=2017.4.17',
      'idna<4'
    ),
    pip('urllib3', '2.2.3'),
    pip('certifi', '2024.8.30'),
    pip('idna', '3.10'),
    pip('packaging', '24.2'),
    pip('typing-extensions', '4.12.2'),
    pip('tqdm', '4.67.0'),
    pip('joblib', '1.4.2'),
    pip('python-dateutil', '2.9.0'),
    pip('pytz', '2024.2'),
    pip('ipykernel', '6.29.5', 'traitlets>=5.4.0', 'tornado>=6.1', 'pyzmq>=24'),
    pip('traitlets', '5.14.3'),
    pip('tornado', '6.4.2'),
    pip('pyzmq', '26.2.0'),
    pip('pip', '24.0'),
    pip('setuptools', '70.0.0'),
    pip('wheel', '0.43.0')
  ],
  torch: { version: '2.5.1+cu124', cuda: '12.4', archs: ['sm_80', 'sm_90'] }
};

const CONDA_TF: IShortForm = {
  ...CONDA,
  conda: [
    { name: 'tensorflow', version: '2.11.0', build: 'cuda112py311_0' },
    { name: 'cudatoolkit', version: '11.8.0' },
    { name: 'numpy', version: '1.24.3' },
    { name: 'protobuf', version: '3.20.3' },
    { name: 'rich', version: '13.3.5' }
  ],
  packages: [
    owned('tensorflow', '2.11.0', 'numpy>=1.20', 'protobuf<3.21,>=3.9.2'),
    owned('numpy', '1.24.3'),
    owned('protobuf', '3.20.3'),
    owned('rich', '13.3.5'),
    pip('pip', '23.1')
  ],
  tensorflow: { version: '2.11.0', cuda: '11.2', cudnn: '8' }
};

const HF: IShortForm = {
  ...VENV,
  packages: [
    pip(
      'transformers',
      '4.40.2',
      'huggingface-hub<1.0,>=0.19.3',
      'tokenizers<0.20,>=0.19'
    ),
    pip('huggingface-hub', '0.23.5'),
    pip('tokenizers', '0.19.1', 'huggingface-hub<1.0,>=0.16.4'),
    pip('datasets', '2.19.0', 'fsspec[http]<=2024.3.1,>=2023.1.0'),
    pip('fsspec', '2024.3.1')
  ]
};

/** What must be caught. */
export const HARM: readonly IJudgeCase[] = [
  {
    name: 'fastai caps torch and takes it back',
    facts: TORCH,
    cell: '!pip install -Uqq fastai==2.7.13',
    plan: [
      ['fastai', null, '2.7.13', ['torch<2.2,>=1.10', 'torchvision>=0.11']],
      ['torch', '2.5.1+cu124', '2.1.2'],
      ['torchvision', '0.20.1+cu124', '0.16.2', ['torch==2.1.2']],
      ['triton', '3.1.0', '2.1.0']
    ],
    about: ['torch', 'torchaudio'],
    rule: 'torch-swap',
    verdict: 'block'
  },
  {
    name: 'vllm brings its own torch, numpy and OpenCV',
    facts: TORCH,
    cell: '%pip install vllm',
    plan: [
      ['vllm', null, '0.9.2', ['torch==2.7.0']],
      ['torch', '2.5.1+cu124', '2.7.0', ['triton==3.3.0']],
      ['triton', '3.1.0', '3.3.0'],
      ['numpy', '1.26.4', '2.2.6'],
      ['opencv-python-headless', null, '4.12.0.88']
    ],
    about: ['torch', 'torchvision'],
    rule: 'torch-swap',
    verdict: 'block'
  },
  {
    name: 'another CUDA for the same torch',
    facts: TORCH,
    cell: '%pip install auto-gptq --extra-index-url https://index.example/whl/cu118',
    plan: [
      ['auto-gptq', null, '0.7.1'],
      ['torch', '2.5.1+cu124', '2.5.1+cu118']
    ],
    about: ['torch'],
    rule: 'torch-swap',
    verdict: 'block'
  },
  {
    name: 'torch by name, its companions left behind',
    facts: TORCH,
    cell: '%pip install torch==2.6.0',
    plan: [
      ['torch', '2.5.1+cu124', '2.6.0', ['triton==3.2.0']],
      ['triton', '3.1.0', '3.2.0']
    ],
    about: ['torchvision', 'torchaudio'],
    verdict: 'block'
  },
  {
    name: 'companions whose metadata say nothing',
    facts: {
      ...VENV,
      packages: [
        { name: 'torch', version: '2.1.0', manager: 'pip' },
        { name: 'torchvision', version: '0.16.0', manager: 'pip' }
      ]
    },
    cell: '%pip install -U torch',
    plan: [['torch', '2.1.0', '2.5.1']],
    about: ['torchvision'],
    rule: 'torch-family-mismatch'
  },
  {
    name: 'NumPy 2 under a SciPy that caps it',
    facts: {
      ...VENV,
      packages: [
        pip('numpy', '1.26.4'),
        pip('scipy', '1.11.4', 'numpy<1.28.0,>=1.21.6')
      ]
    },
    cell: '%pip install -U numpy',
    plan: [['numpy', '1.26.4', '2.1.3']],
    about: ['scipy'],
    verdict: 'block'
  },
  {
    name: 'NumPy 2 under a torch and an OpenCV that cap nothing',
    facts: {
      ...VENV,
      packages: [
        pip('numpy', '1.26.4'),
        pip('torch', '2.0.1', 'sympy'),
        pip('opencv-python', '4.8.1.78', 'numpy>=1.23.5')
      ]
    },
    cell: '!pip install albumentations',
    plan: [
      ['albumentations', null, '2.0.8', ['numpy>=1.24.4']],
      ['numpy', '1.26.4', '2.2.6']
    ],
    about: ['torch', 'opencv-python'],
    rule: 'abi-swap',
    verdict: 'block'
  },
  {
    name: 'numba refuses a newer minor of NumPy',
    facts: {
      ...VENV,
      packages: [
        pip('numpy', '2.0.2'),
        pip('numba', '0.60.0', 'numpy<2.1,>=1.22')
      ]
    },
    cell: '%pip install -U numpy',
    plan: [['numpy', '2.0.2', '2.2.6']],
    about: ['numba'],
    rule: 'breaks-dependant'
  },
  {
    name: 'protobuf 6 under TensorFlow',
    facts: {
      ...VENV,
      packages: [
        pip('protobuf', '3.20.3'),
        pip('tensorflow', '2.11.0', 'protobuf<3.20.4,>=3.9.2')
      ]
    },
    cell: '%pip install --upgrade wandb',
    plan: [
      ['wandb', null, '0.21.0', ['protobuf<7,>=3.19.0']],
      ['protobuf', '3.20.3', '6.31.1']
    ],
    about: ['protobuf', 'tensorflow'],
    verdict: 'block'
  },
  {
    name: 'protobuf 5 under a tensorboard of which nothing is known',
    facts: {
      ...VENV,
      packages: [
        { name: 'protobuf', version: '3.20.1', manager: 'pip' },
        { name: 'tensorboard', version: '2.9.1', manager: 'pip' }
      ]
    },
    cell: '%pip install streamlit',
    plan: [
      ['streamlit', null, '1.40.0'],
      ['protobuf', '3.20.1', '5.29.0']
    ],
    about: ['protobuf', 'tensorboard'],
    rule: 'abi-swap'
  },
  {
    name: 'a second OpenCV',
    facts: { ...VENV, packages: [pip('opencv-python', '4.10.0.84')] },
    cell: '%pip install mediapipe',
    plan: [
      ['mediapipe', null, '0.10.14', ['opencv-contrib-python']],
      ['opencv-contrib-python', null, '4.11.0.86']
    ],
    about: ['opencv-python', 'opencv-contrib-python'],
    rule: 'shares-files'
  },
  {
    name: 'onnxruntime over onnxruntime-gpu',
    facts: { ...VENV, ...L4, packages: [pip('onnxruntime-gpu', '1.18.0')] },
    cell: '!pip install rembg',
    plan: [
      ['rembg', null, '2.0.57', ['onnxruntime']],
      ['onnxruntime', null, '1.19.2']
    ],
    about: ['onnxruntime', 'onnxruntime-gpu'],
    verdict: 'block'
  },
  {
    name: 'a second TensorFlow, without a resolver',
    facts: { ...VENV, packages: [pip('tensorflow', '2.15.1')] },
    cell: '!pip install tensorflow-cpu==2.15.1',
    plan: null,
    about: ['tensorflow', 'tensorflow-cpu'],
    rule: 'shares-files'
  },
  {
    name: 'a second CuPy for another CUDA',
    facts: { ...VENV, ...L4, packages: [pip('cupy-cuda11x', '13.3.0')] },
    cell: '%pip install cupy-cuda12x',
    plan: [['cupy-cuda12x', null, '13.3.0']],
    about: ['cupy-cuda11x', 'cupy-cuda12x']
  },
  {
    name: 'a wheel over numpy of conda',
    facts: CONDA_TF,
    cell: '!pip install tensorflow-addons',
    plan: [
      ['tensorflow-addons', null, '0.20.0', ['typeguard<3.0.0,>=2.7']],
      ['numpy', '1.24.3', '1.26.4'],
      ['typeguard', null, '2.13.3']
    ],
    about: ['numpy'],
    rule: 'conda-owned',
    verdict: 'block'
  },
  {
    name: 'a wheel over a pure Python package of conda',
    facts: CONDA_TF,
    cell: '%pip install textual',
    plan: [
      ['textual', null, '0.80.0', ['rich>=13.3.6']],
      ['rich', '13.3.5', '13.9.4']
    ],
    about: ['rich'],
    rule: 'conda-owned',
    verdict: 'warn'
  },
  {
    name: 'torch with CUDA 12 beside a TensorFlow with CUDA 11',
    facts: {
      ...VENV,
      driver_cuda: '12.2',
      packages: [pip('tensorflow', '2.9.1', 'numpy>=1.20')],
      tensorflow: { version: '2.9.1', cuda: '11.2', cudnn: '8' }
    },
    cell: '!pip install sentence-transformers',
    plan: [
      ['sentence-transformers', null, '2.7.0', ['torch>=1.11.0']],
      ['torch', null, '2.3.1'],
      ['nvidia-cublas-cu12', null, '12.1.3.1'],
      ['nvidia-cudnn-cu12', null, '8.9.2.26']
    ],
    about: ['tensorflow', 'torch'],
    rule: 'own-cuda-runtime'
  },
  {
    name: 'a CUDA newer than the driver',
    facts: {
      ...VENV,
      driver: '470.199.02',
      driver_cuda: '11.4',
      gpus: [{ name: 'Tesla T4', compute_capability: '7.5' }],
      packages: [pip('torch', '1.13.1+cu117')],
      torch: { version: '1.13.1+cu117', cuda: '11.7' }
    },
    cell: '%pip install -U torch',
    plan: [['torch', '1.13.1+cu117', '2.5.1']],
    about: ['driver'],
    rule: 'beyond-driver',
    verdict: 'block'
  },
  {
    name: 'JAX for CUDA 13 on a driver for 12.4',
    facts: { ...VENV, ...L4, packages: [pip('numpy', '2.1.3')] },
    cell: '%pip install "jax[cuda13]"',
    plan: [
      ['jax', null, '0.7.2'],
      ['jaxlib', null, '0.7.2'],
      ['jax-cuda13-plugin', null, '0.7.2'],
      ['nvidia-cublas', null, '13.0.0.19']
    ],
    about: ['driver'],
    rule: 'beyond-driver'
  },
  {
    name: 'the CPU build over the GPU build',
    facts: TORCH,
    cell: '%pip install -U torch torchvision torchaudio --index-url https://index.example/whl/cpu',
    plan: [
      ['torch', '2.5.1+cu124', '2.6.0+cpu'],
      ['torchvision', '0.20.1+cu124', '0.21.0+cpu', ['torch==2.6.0']],
      ['torchaudio', '2.5.1+cu124', '2.6.0+cpu', ['torch==2.6.0']]
    ],
    about: ['torch', 'gpu'],
    rule: 'gpu-to-cpu',
    verdict: 'block'
  },
  {
    name: 'the default index on Windows has CPU builds',
    facts: {
      python: '3.11',
      environment: 'venv',
      platform: 'win-amd64',
      ...L4,
      packages: [pip('torch', '2.4.1+cu121')],
      torch: { version: '2.4.1+cu121', cuda: '12.1' }
    },
    cell: '%pip install diffusers',
    plan: [
      ['diffusers', null, '0.31.0'],
      ['torch', '2.4.1+cu121', '2.5.1']
    ],
    about: ['torch'],
    verdict: 'block'
  },
  {
    name: 'a release that no longer has code for the GPU',
    facts: {
      ...VENV,
      driver: '580.65.06',
      driver_cuda: '13.0',
      gpus: [{ name: 'Tesla V100-SXM2-16GB', compute_capability: '7.0' }],
      packages: [pip('torch', '2.5.1+cu124')],
      torch: {
        version: '2.5.1+cu124',
        cuda: '12.4',
        archs: ['sm_50', 'sm_60', 'sm_70', 'sm_75', 'sm_80', 'sm_86', 'sm_90']
      }
    },
    cell: '%pip install -U torch',
    plan: [['torch', '2.5.1+cu124', '2.13.0']],
    about: ['gpu', 'torch'],
    rule: 'arch-lost'
  },
  {
    name: 'pydantic 2 under a library for pydantic 1',
    facts: {
      ...VENV,
      packages: [
        pip('pydantic', '1.10.13', 'typing-extensions>=4.2.0'),
        pip('spacy', '3.5.4', 'pydantic!=1.8,<1.11.0,>=1.7.4'),
        pip('typing-extensions', '4.5.0')
      ]
    },
    cell: '%pip install -U gradio',
    plan: [
      ['gradio', null, '4.44.0', ['pydantic>=2.0']],
      ['pydantic', '1.10.13', '2.9.2'],
      ['typing-extensions', '4.5.0', '4.12.2']
    ],
    about: ['pydantic', 'spacy'],
    rule: 'breaks-dependant'
  },
  {
    name: 'typing-extensions goes back for an old TensorFlow',
    facts: {
      ...VENV,
      packages: [
        pip('typing-extensions', '4.9.0'),
        pip('pydantic', '2.6.4', 'typing-extensions>=4.6.1')
      ]
    },
    cell: '!pip install tensorflow==2.13.0',
    plan: [
      ['tensorflow', null, '2.13.0', ['typing-extensions<4.6.0,>=3.6.6']],
      ['typing-extensions', '4.9.0', '4.5.0']
    ],
    about: ['typing-extensions', 'pydantic'],
    verdict: 'block'
  },
  {
    name: 'sentence-transformers moves transformers by a major',
    facts: HF,
    cell: '%pip install sentence-transformers',
    plan: [
      ['sentence-transformers', null, '6.2.0', ['transformers>=4.41']],
      ['transformers', '4.40.2', '5.23.0', ['huggingface-hub>=1.0']],
      ['huggingface-hub', '0.23.5', '2.4.0'],
      ['tokenizers', '0.19.1', '0.23.3']
    ],
    about: ['transformers', 'huggingface-hub']
  },
  {
    name: 'fsspec past what datasets accepts',
    facts: HF,
    cell: '%pip install -U gcsfs',
    plan: [
      ['gcsfs', null, '2024.9.0', ['fsspec==2024.9.0']],
      ['fsspec', '2024.3.1', '2024.9.0']
    ],
    about: ['datasets', 'fsspec']
  },
  {
    name: 'removing what others need',
    facts: {
      ...EVERYDAY,
      imported: []
    },
    cell: '!pip uninstall -y numpy',
    plan: null,
    about: ['numpy', 'pandas'],
    rule: 'uninstall-shared',
    verdict: 'block'
  },
  {
    name: 'removing one of two OpenCVs',
    facts: {
      ...VENV,
      packages: [
        pip('opencv-python', '4.10.0.84'),
        pip('opencv-python-headless', '4.10.0.84')
      ]
    },
    cell: '%pip uninstall -y opencv-python-headless',
    plan: [['opencv-python-headless', '4.10.0.84', null]],
    about: ['opencv-python'],
    verdict: 'block'
  },
  {
    name: 'pip removes what is conda’s',
    facts: CONDA_TF,
    cell: '!pip uninstall -y protobuf',
    plan: [['protobuf', '3.20.3', null]],
    about: ['protobuf'],
    verdict: 'block'
  },
  {
    name: 'the whole tree again',
    facts: EVERYDAY,
    cell: '!pip install --force-reinstall scikit-learn',
    plan: [
      ['scikit-learn', '1.6.1', '1.7.0'],
      ['numpy', '2.1.3', '2.3.1'],
      ['scipy', '1.14.1', '1.16.0'],
      ['joblib', '1.4.2', '1.5.1']
    ],
    about: ['numpy', 'scipy']
  },
  {
    name: 'eagerly upgraded requirements',
    facts: { ...EVERYDAY, imported: [] },
    cell: '%pip install -U --upgrade-strategy eager pandas',
    plan: [
      ['pandas', '2.2.3', '2.3.0'],
      ['numpy', '2.1.3', '2.3.1'],
      ['pytz', '2024.2', '2025.2']
    ],
    about: ['numpy', 'scipy'],
    verdict: 'block'
  },
  {
    name: 'the kernel changes under itself',
    facts: EVERYDAY,
    cell: '!pip install jupyterthemes',
    plan: [
      ['jupyterthemes', null, '0.20.0'],
      ['tornado', '6.4.2', '6.5.1']
    ],
    about: ['tornado'],
    verdict: 'block'
  },
  {
    name: 'an old dashboard takes tornado back',
    facts: { ...EVERYDAY, imported: [] },
    cell: '!pip install old-dashboard',
    plan: [
      ['old-dashboard', null, '1.0', ['tornado<6']],
      ['tornado', '6.4.2', '5.1.1']
    ],
    about: ['tornado', 'ipykernel'],
    verdict: 'block'
  },
  {
    name: 'an imported numpy is upgraded',
    facts: EVERYDAY,
    cell: '%pip install -U numpy',
    plan: [['numpy', '2.1.3', '2.2.6']],
    about: ['numpy'],
    rule: 'imported',
    verdict: 'warn'
  },
  {
    name: 'for the user, from a conda environment',
    facts: CONDA_TF,
    cell: '!pip install --user focal-loss',
    plan: [['focal-loss', null, '0.0.7', ['tensorflow>=2.2']]],
    about: ['user-site'],
    rule: 'wrong-target'
  },
  {
    name: 'with sudo',
    facts: TORCH,
    cell: '!sudo pip install -U pyyaml',
    plan: null,
    about: ['pyyaml'],
    rule: 'wrong-target'
  },
  {
    name: 'the activation is lost',
    facts: TORCH,
    cell: '!source venv/bin/activate\n!pip install shapely',
    plan: null,
    about: ['shapely'],
    rule: 'wrong-target'
  },
  {
    name: 'the shell eats the version',
    facts: EVERYDAY,
    cell: '!pip install tqdm>=4.60',
    plan: null,
    about: ['tqdm'],
    rule: 'shell-eats-specifier'
  },
  {
    name: 'against the operating system',
    facts: {
      ...LINUX,
      environment: 'system',
      packages: [pip('pip', '24.0')]
    },
    cell: '!pip install --break-system-packages tqdm',
    plan: [['tqdm', null, '4.67.1']],
    about: ['tqdm'],
    rule: 'system-flag'
  },
  {
    name: 'conda in an environment that pip changed',
    facts: {
      ...CONDA,
      conda: [{ name: 'numpy', version: '1.20.3' }],
      packages: [pip('numpy', '1.22.4')]
    },
    cell: '%conda install -y scikit-image',
    plan: null,
    about: ['numpy'],
    rule: 'conda-after-pip'
  },
  {
    name: 'flash-attn has no wheel here',
    facts: { ...TORCH },
    cell: '!pip install flash-attn --no-build-isolation',
    plan: [['flash-attn', null, '2.8.3', ['torch', 'einops'], 'sdist']],
    about: ['flash-attn'],
    rule: 'source-build'
  },
  {
    name: 'a file of requirements that pins another torch',
    facts: TORCH,
    cell: '!pip install -r requirements.txt',
    plan: [
      ['torch', '2.5.1+cu124', '1.13.1'],
      ['diffusers', null, '0.14.0']
    ],
    about: ['torch'],
    rule: 'torch-swap'
  },
  {
    name: 'xformers, and nobody could resolve it',
    facts: TORCH,
    cell: '%pip install xformers',
    plan: null,
    about: ['torch'],
    rule: 'unknowable',
    verdict: 'warn'
  },
  {
    name: 'a pin alone breaks what stays, without a resolver',
    facts: HF,
    cell: '%pip install huggingface_hub==1.0.1',
    plan: null,
    about: ['huggingface-hub', 'transformers'],
    rule: 'breaks-dependant'
  },
  {
    name: 'TensorFlow moves with an add-on',
    facts: {
      ...VENV,
      packages: [pip('tensorflow', '2.15.1'), pip('keras', '2.15.0')]
    },
    cell: '%pip install tensorflow-text',
    plan: [
      ['tensorflow-text', null, '2.20.1', ['tensorflow<2.21,>=2.20.0']],
      ['tensorflow', '2.15.1', '2.20.0', ['keras>=3.10.0']],
      ['keras', '2.15.0', '3.11.0']
    ],
    about: ['tensorflow', 'keras']
  },
  {
    name: 'in a conditional, through subprocess',
    facts: TORCH,
    cell: 'import subprocess, sys\nif True:\n    subprocess.check_call([sys.executable, "-m", "pip", "install", "xformers==0.0.27"])',
    plan: [
      ['xformers', null, '0.0.27', ['torch==2.3.1']],
      ['torch', '2.5.1+cu124', '2.3.1']
    ],
    about: ['torch'],
    verdict: 'block'
  }
];

function quiet(
  name: string,
  facts: IShortForm,
  cell: string,
  plan: readonly Row[] | null
): IJudgeCase {
  return { name, facts, cell, plan, about: [] };
}

/** What must run without a word. */
export const BENIGN: readonly IJudgeCase[] = [
  quiet('a pure Python package', EVERYDAY, '%pip install rich', [
    ['rich', null, '14.0.0', ['pygments']],
    ['pygments', null, '2.19.1']
  ]),
  quiet('a plotting library', EVERYDAY, '%pip install -q seaborn plotly', [
    ['seaborn', null, '0.13.2', ['numpy!=1.24.0,>=1.20']],
    ['plotly', null, '6.0.0'],
    ['narwhals', null, '1.20.0']
  ]),
  quiet(
    'what is there already',
    EVERYDAY,
    '!pip install numpy pandas matplotlib',
    []
  ),
  quiet(
    'what is there already, without a resolver',
    EVERYDAY,
    '!pip install numpy pandas "scipy>=1.10"',
    null
  ),
  quiet(
    'a new package, without a resolver',
    EVERYDAY,
    '%pip install ftfy wordcloud',
    null
  ),
  quiet(
    'pip itself',
    EVERYDAY,
    '!python -m pip install --upgrade pip setuptools wheel',
    [
      ['pip', '24.0', '25.3'],
      ['setuptools', '70.0.0', '80.9.0'],
      ['wheel', '0.43.0', '0.45.1']
    ]
  ),
  quiet('pip itself in a conda environment', CONDA_TF, '%pip install -U pip', [
    ['pip', '23.1', '25.3']
  ]),
  quiet(
    'a patch release of what nobody imported',
    EVERYDAY,
    '%pip install -U tqdm',
    [['tqdm', '4.67.0', '4.67.1']]
  ),
  quiet(
    'a newer requests, whose certificates move along',
    EVERYDAY,
    '%pip install -U requests',
    [
      ['requests', '2.32.3', '2.32.5'],
      ['certifi', '2024.8.30', '2025.8.3']
    ]
  ),
  quiet('a library on top of torch', TORCH, '!pip install timm einops', [
    ['timm', null, '1.0.15', ['torch', 'torchvision']],
    ['einops', null, '0.8.1']
  ]),
  quiet(
    'transformers with what it needs',
    TORCH,
    '%pip install transformers accelerate datasets',
    [
      ['transformers', null, '4.48.0', ['numpy>=1.17']],
      ['accelerate', null, '1.3.0', ['torch>=2.0.0']],
      ['datasets', null, '3.2.0'],
      ['huggingface-hub', null, '0.27.1'],
      ['tokenizers', null, '0.21.0'],
      ['safetensors', null, '0.5.2'],
      ['pyarrow', null, '18.1.0']
    ]
  ),
  quiet(
    'a library that requires torch, and has it',
    TORCH,
    '%pip install ultralytics',
    [
      [
        'ultralytics',
        null,
        '8.3.50',
        ['torch>=1.8.0', 'torchvision>=0.9.0', 'opencv-python>=4.6.0']
      ],
      ['opencv-python', null, '4.10.0.84', ['numpy>=1.23.5']]
    ]
  ),
  quiet('the first OpenCV', EVERYDAY, '!pip install opencv-python-headless', [
    ['opencv-python-headless', null, '4.11.0.86', ['numpy>=1.23.5']]
  ]),
  quiet('widgets', EVERYDAY, '%pip install ipywidgets', [
    ['ipywidgets', null, '8.1.5'],
    ['jupyterlab-widgets', null, '3.0.13'],
    ['widgetsnbextension', null, '4.0.13']
  ]),
  quiet('an extension of the lab', EVERYDAY, '%pip install jupyterlab-git', [
    ['jupyterlab-git', null, '0.51.0'],
    ['nbdime', null, '4.0.2'],
    ['gitpython', null, '3.1.43']
  ]),
  quiet(
    'the first torch on a new driver',
    {
      ...VENV,
      driver: '580.65.06',
      driver_cuda: '13.0',
      gpus: [{ name: 'NVIDIA L4', compute_capability: '8.9' }],
      packages: [pip('numpy', '2.1.3')]
    },
    '%pip install torch torchvision',
    [
      ['torch', null, '2.13.0'],
      ['torchvision', null, '0.28.0', ['torch==2.13.0']],
      ['triton', null, '3.6.0'],
      ['nvidia-cublas', null, '13.0.0.19'],
      ['nvidia-cudnn-cu13', null, '9.19.0.56'],
      ['cuda-toolkit', null, '13.0.2']
    ]
  ),
  quiet(
    'the first torch, for the CUDA of the driver',
    { ...VENV, ...L4, packages: [] },
    '%pip install torch --index-url https://index.example/whl/cu121',
    [
      ['torch', null, '2.5.1+cu121'],
      ['nvidia-cublas-cu12', null, '12.1.3.1']
    ]
  ),
  quiet(
    'a newer minor of CUDA than the driver names',
    {
      ...VENV,
      driver: '535.104.05',
      driver_cuda: '12.2',
      gpus: [{ name: 'NVIDIA A100', compute_capability: '8.0' }],
      packages: []
    },
    '%pip install torch==2.5.1',
    [
      ['torch', null, '2.5.1'],
      ['nvidia-cublas-cu12', null, '12.4.5.8']
    ]
  ),
  quiet(
    'the first TensorFlow in an empty environment',
    { ...VENV, ...L4, packages: [pip('pip', '24.0')] },
    '%pip install "tensorflow[and-cuda]"',
    [
      ['tensorflow', null, '2.18.0'],
      ['keras', null, '3.8.0'],
      ['numpy', null, '2.0.2'],
      ['nvidia-cublas-cu12', null, '12.5.3.2'],
      ['nvidia-cudnn-cu12', null, '9.3.0.75']
    ]
  ),
  quiet(
    'torch with all its companions',
    TORCH,
    '%pip install torch==2.6.0 torchvision==0.21.0 torchaudio==2.6.0',
    [
      ['torch', '2.5.1+cu124', '2.6.0', ['triton==3.2.0']],
      ['torchvision', '0.20.1+cu124', '0.21.0', ['torch==2.6.0']],
      ['torchaudio', '2.5.1+cu124', '2.6.0', ['torch==2.6.0']],
      ['triton', '3.1.0', '3.2.0']
    ]
  ),
  quiet(
    'torch back, with all its companions, by pin',
    TORCH,
    '!pip install torch==2.4.1 torchvision==0.19.1 torchaudio==2.4.1',
    [
      ['torch', '2.5.1+cu124', '2.4.1', ['triton==3.0.0']],
      ['torchvision', '0.20.1+cu124', '0.19.1', ['torch==2.4.1']],
      ['torchaudio', '2.5.1+cu124', '2.4.1', ['torch==2.4.1']],
      ['triton', '3.1.0', '3.0.0']
    ]
  ),
  quiet(
    'a pandas that everybody accepts',
    { ...EVERYDAY, imported: [] },
    '%pip install "pandas>=2.2,<3" -U',
    [
      ['pandas', '2.2.3', '2.3.1'],
      ['pytz', '2024.2', '2025.2']
    ]
  ),
  quiet(
    'an older leaf, by pin',
    { ...EVERYDAY, imported: [] },
    '%pip install tqdm==4.60.0',
    [['tqdm', '4.67.0', '4.60.0']]
  ),
  quiet(
    'an older leaf, by pin, without a resolver',
    { ...EVERYDAY, imported: [] },
    '%pip install tqdm==4.60.0',
    null
  ),
  quiet(
    'an upgrade that repairs',
    {
      ...VENV,
      packages: [
        pip('torch', '2.5.1'),
        pip('torchvision', '0.19.0', 'torch==2.4.0')
      ]
    },
    '%pip install torchvision==0.20.1',
    [['torchvision', '0.19.0', '0.20.1', ['torch==2.5.1']]]
  ),
  quiet(
    'NumPy back below 2 for what needs it',
    {
      ...VENV,
      packages: [pip('numpy', '2.1.3'), pip('old-scipy', '1.11.4', 'numpy<2')]
    },
    '%pip install "numpy<2"',
    [['numpy', '2.1.3', '1.26.4']]
  ),
  quiet(
    'NumPy 2 where everything is new',
    {
      ...EVERYDAY,
      imported: [],
      packages: [
        pip('numpy', '1.26.4'),
        pip('pandas', '2.2.3', 'numpy>=1.22.4'),
        pip('scipy', '1.14.1', 'numpy<2.3,>=1.23.5'),
        pip('torch', '2.5.1')
      ],
      torch: null
    },
    '%pip install "numpy>=2,<2.3"',
    [['numpy', '1.26.4', '2.2.6']]
  ),
  quiet('the project of the user', EVERYDAY, '!pip install -e .', [
    ['myproject', null, '0.1.0']
  ]),
  quiet(
    'the project of the user, without a resolver',
    EVERYDAY,
    '%pip install -e . --no-deps',
    null
  ),
  quiet(
    'a file of requirements, without a resolver',
    EVERYDAY,
    '%pip install -r requirements.txt',
    null
  ),
  quiet(
    'an address, without a resolver',
    EVERYDAY,
    '!pip install git+https://example.org/someone/tinylib.git',
    null
  ),
  quiet(
    'into a folder',
    EVERYDAY,
    '!pip install --target ./libs numpy==1.23.5 torch==1.13.1',
    [
      ['numpy', '2.1.3', '1.23.5'],
      ['torch', '2.5.1+cu124', '1.13.1']
    ]
  ),
  quiet('an application of its own', EVERYDAY, '!pipx install black', null),
  quiet(
    'conda adds a package',
    CONDA_TF,
    '%conda install -c conda-forge -y folium',
    [
      ['folium', null, '0.18.0'],
      ['branca', null, '0.8.0'],
      ['jinja2', null, '3.1.4']
    ]
  ),
  quiet(
    'conda moves what is its own',
    CONDA_TF,
    '!conda install -y --prefix {sys.prefix} -c conda-forge geopandas',
    [
      ['geopandas', null, '1.0.1'],
      ['ca-certificates', '2024.7.4', '2024.8.30'],
      ['openssl', '3.3.1', '3.3.2']
    ]
  ),
  quiet(
    'conda, without a plan',
    CONDA_TF,
    '%mamba install -y -c conda-forge xarray',
    null
  ),
  quiet(
    'a package in a conda environment that touches nothing of conda',
    CONDA_TF,
    '%pip install focal-loss',
    [['focal-loss', null, '0.0.7', ['tensorflow>=2.2']]]
  ),
  quiet('removing a leaf', EVERYDAY, '!pip uninstall -y tqdm', [
    ['tqdm', '4.67.0', null]
  ]),
  quiet(
    'removing what is not there',
    EVERYDAY,
    '!pip uninstall -y tensorflow',
    null
  ),
  quiet(
    'removing torch with everything on it',
    TORCH,
    '!pip uninstall -y torch torchvision torchaudio triton',
    null
  ),
  quiet(
    'removing and installing again',
    TORCH,
    '!pip uninstall -y torch torchvision torchaudio\n!pip install torch==2.6.0 torchvision==0.21.0 torchaudio==2.6.0',
    [
      ['torch', '2.5.1+cu124', '2.6.0', ['triton==3.2.0']],
      ['torchvision', '0.20.1+cu124', '0.21.0', ['torch==2.6.0']],
      ['torchaudio', '2.5.1+cu124', '2.6.0', ['torch==2.6.0']],
      ['triton', '3.1.0', '3.2.0']
    ]
  ),
  quiet(
    'a second framework of the same CUDA',
    TORCH,
    '%pip install "jax[cuda12]"',
    [
      ['jax', null, '0.4.35'],
      ['jaxlib', null, '0.4.34'],
      ['jax-cuda12-plugin', null, '0.4.35'],
      ['nvidia-cublas-cu12', null, '12.6.4.1']
    ]
  ),
  quiet(
    'a reinstall of one leaf',
    EVERYDAY,
    '%pip install --force-reinstall --no-deps tqdm',
    [['tqdm', '4.67.0', '4.67.0']]
  ),
  quiet('a tool that reads the GPU', TORCH, '%pip install nvitop gpustat', [
    ['nvitop', null, '1.3.2'],
    ['gpustat', null, '1.1.1'],
    ['nvidia-ml-py', null, '12.560.30']
  ]),
  quiet('a pure Python package from source', EVERYDAY, '%pip install docopt', [
    ['docopt', null, '0.6.2', [], 'sdist']
  ]),
  quiet('a system tool', EVERYDAY, '!apt-get install -y ffmpeg graphviz', null),
  quiet(
    'an index that is looked at',
    EVERYDAY,
    '!pip list | grep torch\n!pip show numpy',
    null
  ),
  quiet(
    'for the user, where the system Python has no other place',
    { ...LINUX, environment: 'system', packages: [pip('six', '1.16.0')] },
    '!pip install --user tqdm',
    [['tqdm', null, '4.67.1']]
  ),
  quiet('a prerelease of a leaf', EVERYDAY, '%pip install --pre somelib', [
    ['somelib', null, '2.0rc1']
  ]),
  quiet(
    'what was broken before stays broken',
    {
      ...VENV,
      packages: [pip('spam', '1.0', 'attrs<22'), pip('attrs', '24.1.0')]
    },
    '%pip install -U attrs',
    [['attrs', '24.1.0', '24.2.0']]
  ),
  quiet('a comment', TORCH, '# !pip install xformers==0.0.20', null),
  quiet(
    'a GPU build on a machine without GPU',
    { ...VENV, driver: null, driver_cuda: null, gpus: [], packages: [] },
    '%pip install torch',
    [['torch', null, '2.5.1']]
  ),
  quiet(
    'quietly, with a constraint file',
    EVERYDAY,
    '!pip install -q -c constraints.txt shap',
    [
      ['shap', null, '0.46.0', ['numpy', 'numba']],
      ['numba', null, '0.61.0', ['numpy<2.2,>=1.24']],
      ['llvmlite', null, '0.44.0'],
      ['slicer', null, '0.0.8']
    ]
  )
];
