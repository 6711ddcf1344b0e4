/** What the facts add to a text: who owns what is named, and the finding behind it. */
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
} from '../facts/build';
import type { IFacts } from '../facts/facts.generated';
import { View } from '../facts/view';
import { runRules } from '../rules/engine';
import { ENVIRONMENT_RULES } from '../rules/environment/index.generated';
import { render } from '../text/text';
import { explain } from './engine';
import type { IMatch } from './types';

function known(document: IFacts) {
  return {
    view: new View(document),
    findings: runRules(ENVIRONMENT_RULES, document).findings
  };
}

function best(error: string, document: IFacts): IMatch {
  const [first] = explain(error, known(document));
  expect(first).toBeDefined();
  return first;
}

const evidence = (match: IMatch) => match.evidence.map(e => render(e.text));

const CUBLAS = `Traceback (most recent call last):
  File "/opt/conda/lib/python3.8/site-packages/tensorflow/python/platform/self_check.py", line 64, in preload_check
    ctypes.CDLL(name)
OSError: libcublas.so.11: cannot open shared object file: No such file or directory`;

describe('S2a: libcublas.so.11', () => {
  const base: Partial<IFacts> = {
    python: python('3.8.10', { prefix: '/usr' }),
    platform: platform('linux-x86_64'),
    environment: environment('system'),
    frameworks: [
      framework('tensorflow', '2.9.1', {
        distribution: 'tensorflow',
        gpu_build: true,
        backend: 'cuda',
        cuda: '11.2',
        cudnn: '8'
      }),
      framework('torch', '2.3.1+cu121', {
        distribution: 'torch',
        gpu_build: true,
        backend: 'cuda',
        cuda: '12.1'
      })
    ],
    gpu: gpus('470.182.03', '11.4', [gpu('Tesla T4', '7.5')])
  };
  const packages = [
    dist('tensorflow', '2.9.1', { manager: 'pip' }),
    dist('torch', '2.3.1', { manager: 'pip' })
  ];

  test('with the library in a wheel of PyTorch: its owner, and where it lies', () => {
    const match = best(
      CUBLAS,
      facts({
        ...base,
        packages: [
          ...packages,
          dist('nvidia-cublas-cu11', '11.10.3.66', { manager: 'pip' })
        ],
        cuda_libraries: [
          library(
            'cublas',
            'libcublas.so.11',
            '/usr/lib/python3/dist-packages/nvidia/cublas/lib/libcublas.so.11',
            { origin: 'wheel', distribution: 'nvidia-cublas-cu11' }
          )
        ]
      })
    );
    expect(match.signature).toBe('cuda-library-missing');
    expect(match.about).toEqual(
      expect.arrayContaining(['tensorflow', 'nvidia-cublas-cu11'])
    );
    expect(evidence(match)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('tensorflow 2.9.1 was built for CUDA 11.2'),
        'libcublas.so.11 of nvidia-cublas-cu11 is /usr/lib/python3/dist-packages/nvidia/cublas/lib/libcublas.so.11',
        'nvidia-cublas-cu11 11.10.3.66, installed by pip'
      ])
    );
    expect(match.fix).not.toBeNull();
  });

  test('with the library of another CUDA only: the finding of TensorFlow', () => {
    const match = best(
      CUBLAS,
      facts({
        ...base,
        packages: [
          ...packages,
          dist('nvidia-cublas-cu12', '12.1.3.1', { manager: 'pip' })
        ],
        cuda_libraries: [
          library(
            'cublas',
            'libcublas.so.12',
            '/usr/lib/python3/dist-packages/nvidia/cublas/lib/libcublas.so.12',
            { origin: 'wheel', distribution: 'nvidia-cublas-cu12' }
          )
        ]
      })
    );
    expect(evidence(match).join('\n')).toContain(
      'libcublas.so.12 of nvidia-cublas-cu12'
    );
    expect(match.finding?.code).toBe('R62');
    expect(match.fix).toBe(match.finding?.fix);
  });

  test('a pin of PyTorch that is not met is the fix', () => {
    const match = best(
      'OSError: libcublas.so.11: cannot open shared object file: No such file or directory',
      facts({
        python: python('3.10.12'),
        platform: platform('linux-x86_64'),
        packages: [
          dist('torch', '1.13.1', {
            manager: 'pip',
            requires: ['nvidia-cublas-cu11==11.10.3.66']
          })
        ],
        cuda_libraries: []
      })
    );
    expect(evidence(match)).toContain(
      'torch 1.13.1 requires nvidia-cublas-cu11==11.10.3.66'
    );
    expect(match.fix?.commands.join()).toContain(
      'nvidia-cublas-cu11==11.10.3.66'
    );
  });

  test('without facts it is general, and promises nothing', () => {
    const [match] = explain(CUBLAS, null);
    expect(match.about).toEqual(['tensorflow', 'nvidia-cublas-cu11']);
    expect(match.fix).toBeNull();
    expect(match.evidence).toEqual([]);
  });
});

describe('S2b: what sentence-transformers moves', () => {
  const CACHE =
    "TypeError: SentenceTransformer.__init__() got an unexpected keyword argument 'cache_folder'";
  const packages = [
    dist('sentence-transformers', '0.4.1', {
      manager: 'pip',
      requires: ['transformers>=3.1.0']
    }),
    dist('transformers', '4.40.0', {
      manager: 'pip',
      requires: ['huggingface-hub>=0.19.3']
    }),
    dist('huggingface-hub', '0.23.5', { manager: 'pip' })
  ];

  test('cache_folder: whose argument it is, and what is installed', () => {
    const match = best(CACHE, facts({ packages }));
    expect(match.signature).toBe('cache-folder-unknown');
    expect(evidence(match)).toEqual([
      'sentence-transformers 0.4.1, installed by pip',
      'transformers 4.40.0, installed by pip',
      'huggingface-hub 0.23.5, installed by pip'
    ]);
    expect(match.fix?.commands).toEqual([
      '%pip install --upgrade sentence-transformers'
    ]);
  });

  test('cache_folder: an install that the kernel has not seen needs a restart only', () => {
    const match = best(
      CACHE,
      facts({
        packages,
        modules: [
          { name: 'sentence_transformers', version: '0.3.0', file: null }
        ]
      })
    );
    expect(match.fix).toMatchObject({ commands: [], restart: true });
    expect(evidence(match)).toContain(
      'sentence_transformers 0.3.0 is imported in this kernel'
    );
  });

  test('cached_download: who asks for it, who has it', () => {
    const error = `Traceback (most recent call last):
  File "/opt/conda/lib/python3.10/site-packages/diffusers/utils/dynamic_modules_utils.py", line 28, in <module>
    from huggingface_hub import cached_download, hf_hub_download, model_info
ImportError: cannot import name 'cached_download' from 'huggingface_hub' (/opt/conda/lib/python3.10/site-packages/huggingface_hub/__init__.py)`;
    const match = best(
      error,
      facts({
        packages: [
          dist('diffusers', '0.25.0', {
            manager: 'pip',
            requires: ['huggingface-hub>=0.20.2']
          }),
          dist('huggingface-hub', '0.26.1', { manager: 'pip' })
        ]
      })
    );
    expect(match.about).toEqual(['huggingface-hub', 'diffusers']);
    expect(match.fix?.commands.join()).toMatch(
      /^%pip install "huggingface-hub[^"]*<0\.26"$/
    );
  });

  test('a requirement that is not met is the finding behind it', () => {
    const match = best(
      'ImportError: huggingface-hub>=0.19.3,<1.0 is required for a normal functioning of this module, but found huggingface-hub==1.0.0.',
      facts({
        packages: [
          dist('transformers', '4.40.0', {
            manager: 'pip',
            requires: ['huggingface-hub<1.0,>=0.19.3']
          }),
          dist('huggingface-hub', '1.0.0', { manager: 'pip' })
        ]
      })
    );
    expect(match.finding?.code).toMatch(/^(R40|R20)$/);
    expect(match.fix).toBe(match.finding?.fix);
  });
});

describe('who owns the name', () => {
  test('conda had another version, pip replaced it', () => {
    const match = best(
      'ValueError: numpy.ndarray size changed, may indicate binary incompatibility. Expected 88 from C header, got 80 from PyObject',
      facts({
        environment: environment('conda'),
        packages: [dist('numpy', '1.22.4', { manager: 'pip' })],
        conda: conda([
          record('numpy', '1.20.3', {
            python_name: 'numpy',
            dist_info_exists: false
          })
        ])
      })
    );
    expect(evidence(match)).toEqual(
      expect.arrayContaining([
        'numpy 1.22.4, installed by pip',
        'conda had installed numpy 1.20.3'
      ])
    );
    expect(match.finding?.rule).toBe('two-managers');
  });

  test('a fix goes through the manager that owns it', () => {
    const numba = 'ImportError: Numba needs NumPy 1.24 or less';
    const wheel = facts({
      packages: [
        dist('numpy', '1.26.4', { manager: 'pip' }),
        dist('numba', '0.57.0', { manager: 'pip' })
      ]
    });
    const fixOf = (document: IFacts) =>
      explain(numba, { view: new View(document), findings: [] })[0].fix;
    expect(fixOf(wheel)?.commands).toEqual(['%pip install "numpy<1.25"']);
    const owned = facts({
      environment: environment('conda'),
      packages: [
        dist('numpy', '1.26.4', { manager: 'conda' }),
        dist('numba', '0.57.0', { manager: 'conda' })
      ],
      conda: conda([
        record('numpy', '1.26.4', {
          python_name: 'numpy',
          dist_info_exists: true
        })
      ])
    });
    expect(fixOf(owned)?.commands).toEqual(['%conda install "numpy<1.25"']);
  });

  test('facts that speak against it: NumPy 1 on disk and nothing old in memory', () => {
    const match = best(
      'AttributeError: _ARRAY_API not found',
      facts({ packages: [dist('numpy', '1.26.4', { manager: 'pip' })] })
    );
    expect(match.fix).toBeNull();
  });

  test('a driver that is not there is the finding, not a package', () => {
    const match = best(
      'RuntimeError: Found no NVIDIA driver on your system. Please check that you have an NVIDIA GPU.',
      facts({
        platform: platform('linux-x86_64', { container: false, wsl: false }),
        packages: [dist('torch', '2.3.1', { manager: 'pip' })],
        frameworks: [
          framework('torch', '2.3.1+cu121', {
            distribution: 'torch',
            gpu_build: true,
            backend: 'cuda',
            cuda: '12.1'
          })
        ],
        gpu: noGpu()
      })
    );
    expect(match.finding?.rule).toBe('gpu-build-without-driver');
  });
});

describe('a module that is missing', () => {
  const missing = (name: string) =>
    `ModuleNotFoundError: No module named '${name}'`;
  const removed = facts({
    environment: environment('conda'),
    packages: [dist('pandas', '2.1.4', { manager: 'conda' })],
    conda: conda([
      record('numpy', '1.26.4', {
        python_name: 'numpy',
        dist_info_exists: false
      })
    ])
  });
  const elsewhere = facts({
    python: python('3.11.7', { prefix: '/envs/tf' }),
    packages: [],
    tools: [{ name: 'pip', path: '/opt/conda/bin/pip', prefix: '/opt/conda' }]
  });

  test('conda lists it, pip removed it', () => {
    const match = best(missing('numpy'), removed);
    expect(match.signature).toBe('installed-module-missing');
    expect(match.finding?.rule).toBe('conda-removed-by-pip');
    expect(evidence(match).join('\n')).toContain('numpy 1.26.4');
  });

  test('pip installs into another environment', () => {
    const match = best(missing('seaborn'), elsewhere);
    expect(match.about).toEqual(['pip', 'seaborn']);
    expect(match.fix?.commands).toEqual(['%pip install seaborn']);
  });

  test.each([
    ['a misspelt module of the user', missing('utlis'), elsewhere],
    ['a package that nobody installed', missing('seaborn'), removed],
    [
      'nothing known of the packages',
      missing('numpy'),
      facts({ tools: elsewhere.tools })
    ]
  ])('%s is not explained', (_, error, document) => {
    expect(explain(error, known(document))).toEqual([]);
  });
});

test('a fold shows its root', () => {
  const document = facts({
    packages: [
      dist('torch', '2.3.0', { manager: 'pip' }),
      dist('torchvision', '0.18.1', {
        manager: 'pip',
        requires: ['torch==2.3.1']
      })
    ]
  });
  const root = known(document).findings[0];
  const view = new View(document);
  const folded = {
    ...root,
    code: 'R04',
    about: ['other'],
    fix: null,
    symptoms: [root]
  };
  const [match] = explain(
    'RuntimeError: operator torchvision::nms does not exist',
    { view, findings: [folded] }
  );
  expect(match.finding).toBe(folded);
});
