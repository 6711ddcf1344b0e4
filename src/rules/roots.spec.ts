/** One root cause, its consequences folded under it; and which costly facts are asked for where. */
import {
  conda,
  dist,
  driver,
  environment,
  facts,
  framework,
  gpu,
  gpus,
  noGpu,
  platform,
  python,
  record
} from '../facts/build';
import type { IFacts } from '../facts/facts.generated';
import { factsFromShortForm, type IShortForm } from '../facts/shortForm';
import { View } from '../facts/view';
import { runRules } from './engine';
import { ENVIRONMENT_RULES } from './environment/index.generated';
import type { IFinding } from './types';

/** Findings above information, with the rules folded under each. */
function roots(document: IFacts): [string, string[]][] {
  const { findings, failures } = runRules(ENVIRONMENT_RULES, document);
  expect(failures).toEqual([]);
  return findings
    .filter(one => one.severity !== 'info')
    .map(one => [one.rule, below(one).sort()]);
}

function below(one: IFinding): string[] {
  return one.symptoms.flatMap(s => [s.rule, ...below(s)]);
}

const linux = platform('linux-x86_64', { wsl: false, container: false });
const cuda13 = [
  framework('torch', '2.11.0+cu130', {
    distribution: 'torch',
    gpu_build: true,
    backend: 'cuda',
    cuda: '13.0'
  })
];

describe('a broken machine', () => {
  test('a driver of two versions hides what its number would say', () => {
    expect(
      roots(
        facts({
          platform: linux,
          frameworks: cuda13,
          gpu: {
            ...noGpu(),
            driver: driver(true, {
              version: '535.104.05',
              kernel_module: '535.104.05',
              library: '/usr/lib/libcuda.so.1',
              library_version: '580.65.06'
            }),
            nvml: { state: 'error', detail: 'mismatch', library: null },
            devices: null,
            nodes: ['/dev/nvidia0', '/dev/nvidia-uvm'],
            others: []
          }
        })
      )
    ).toEqual([['driver-split', ['cuda-newer-than-driver']]]);
  });

  test('two TensorFlows hide what one of them requires', () => {
    expect(
      roots(
        facts({
          environment: environment('venv'),
          packages: [
            dist('tensorflow', '2.15.1', { manager: 'pip' }),
            dist('tensorflow-cpu', '2.12.1', {
              manager: 'pip',
              requires: ['keras<2.13,>=2.12.0']
            }),
            dist('keras', '2.15.0', { manager: 'pip' })
          ]
        })
      )
    ).toEqual([['tensorflow-twins', ['unmet-requirement']]]);
  });

  test('without nvidia-uvm the CUDA of the driver does not matter yet', () => {
    expect(
      roots(
        facts({
          platform: linux,
          frameworks: cuda13,
          gpu: {
            driver: driver(true, { version: '535.104.05', cuda: '12.2' }),
            nvml: { state: 'ok', detail: null, library: null },
            devices: [gpu('NVIDIA L4', '8.9')],
            nodes: ['/dev/nvidia0'],
            others: []
          }
        })
      )
    ).toEqual([['uvm-missing', ['cuda-newer-than-driver']]]);
  });

  test('WSL without a driver is one note', () => {
    const { findings } = runRules(
      ENVIRONMENT_RULES,
      facts({
        platform: platform('linux-x86_64', { wsl: true, container: false }),
        frameworks: cuda13,
        gpu: noGpu()
      })
    );
    expect(findings.map(one => [one.rule, below(one)])).toEqual([
      ['wsl-driver', ['gpu-build-without-driver']]
    ]);
  });
});

describe('packages that were compiled for others', () => {
  test('xformers for another torch hides its unmet requirement', () => {
    const form: IShortForm = {
      python: '3.11',
      environment: 'venv',
      platform: 'linux-x86_64',
      packages: [
        { name: 'torch', version: '2.5.1+cu124', manager: 'pip' },
        {
          name: 'xformers',
          version: '0.0.26.post1',
          manager: 'pip',
          requires: ['numpy', 'torch ==2.3.0']
        }
      ],
      torch: { version: '2.5.1+cu124', cuda: '12.4' }
    };
    expect(roots(factsFromShortForm(form))).toEqual([
      ['torch-extension', ['unmet-requirement']]
    ]);
  });

  test('a jaxlib that jax refuses hides its unmet requirement', () => {
    const form: IShortForm = {
      environment: 'venv',
      platform: 'linux-x86_64',
      packages: [
        {
          name: 'jax',
          version: '0.4.25',
          manager: 'pip',
          requires: ['jaxlib>=0.4.20,<=0.4.25']
        },
        { name: 'jaxlib', version: '0.4.26', manager: 'pip' }
      ]
    };
    expect(roots(factsFromShortForm(form))).toEqual([
      ['jax-family', ['unmet-requirement']]
    ]);
  });

  test('triton and the nvidia wheels that torch pins, each once', () => {
    const form: IShortForm = {
      environment: 'venv',
      platform: 'linux-x86_64',
      packages: [
        {
          name: 'torch',
          version: '2.5.1',
          manager: 'pip',
          requires: [
            'triton==3.1.0; platform_system == "Linux"',
            'nvidia-nccl-cu12==2.21.5; platform_system == "Linux"'
          ]
        },
        { name: 'triton', version: '3.2.0', manager: 'pip' },
        { name: 'nvidia-nccl-cu12', version: '2.28.9', manager: 'pip' }
      ]
    };
    const found = roots(factsFromShortForm(form));
    expect(found.map(([rule]) => rule).sort()).toEqual([
      'nvidia-pin',
      'triton-mismatch'
    ]);
    expect(found.flatMap(([, symptoms]) => symptoms)).toEqual([
      'unmet-requirement'
    ]);
  });
});

describe('two frameworks', () => {
  const packages = (...entries: [string, string, string[]?][]) =>
    entries.map(([name, version, requires]) => ({
      name,
      version,
      manager: 'pip' as const,
      ...(requires ? { requires } : {})
    }));

  const both = (form: IShortForm) =>
    factsFromShortForm({
      python: '3.11.7',
      environment: 'venv',
      platform: 'linux-x86_64',
      driver: '580.65.06',
      driver_cuda: '13.0',
      gpus: [{ name: 'NVIDIA L4', compute_capability: '8.9' }],
      environ: {},
      ...form
    });

  test('cuDNN of two majors is one finding, whoever was installed last', () => {
    const stack = (cudnn: string) =>
      both({
        packages: packages(
          ['torch', '2.5.1', ['nvidia-cudnn-cu12==9.1.0.70']],
          ['tensorflow', '2.15.1'],
          ['nvidia-cudnn-cu12', cudnn]
        ),
        torch: { version: '2.5.1+cu124', cuda: '12.4' },
        tensorflow: { version: '2.15.1', cuda: '12.2', cudnn: '8' }
      });
    expect(roots(stack('9.1.0.70'))).toEqual([
      ['two-cudas', ['cudnn-mismatch']]
    ]);
    expect(roots(stack('8.9.4.25'))).toEqual([
      ['two-cudas', ['nvidia-pin', 'unmet-requirement']]
    ]);
  });

  test('CUDA 12 and 13 with one file of cuDNN', () => {
    expect(
      roots(
        both({
          packages: packages(
            ['torch', '2.11.0'],
            ['tensorflow', '2.19.0'],
            ['nvidia-cudnn-cu12', '9.3.0.75'],
            ['nvidia-cudnn-cu13', '9.19.0.56']
          ),
          torch: { version: '2.11.0+cu130', cuda: '13.0' },
          tensorflow: { version: '2.19.0', cuda: '12.5', cudnn: '9' }
        })
      )
    ).toEqual([['two-cudas', ['cuda-wheels-mixed']]]);
  });

  test('one CUDA major is no finding', () => {
    expect(
      roots(
        both({
          packages: packages(
            ['torch', '2.6.0', ['nvidia-cudnn-cu12==9.3.0.75']],
            ['tensorflow', '2.18.0'],
            ['nvidia-cudnn-cu12', '9.3.0.75']
          ),
          torch: { version: '2.6.0+cu124', cuda: '12.4' },
          tensorflow: { version: '2.18.0', cuda: '12.5', cudnn: '9' }
        })
      )
    ).toEqual([]);
  });

  test("conda's TensorFlow beside a wheel of PyTorch is a note", () => {
    const document = both({
      environment: 'conda',
      conda: [
        { name: 'tensorflow', version: '2.15.0' },
        { name: 'cudatoolkit', version: '11.8.0' }
      ],
      packages: [
        { name: 'tensorflow', version: '2.15.0', manager: 'conda' },
        { name: 'torch', version: '2.5.1+cu124', manager: 'pip' }
      ],
      tensorflow: { version: '2.15.0', cuda: '11.8', cudnn: '8' }
    });
    expect(roots(document)).toEqual([]);
  });
});

describe('fixes', () => {
  const fixOf = (document: IFacts, rule: string) =>
    runRules(ENVIRONMENT_RULES, document).findings.find(
      one => one.rule === rule
    )?.fix;

  test('TensorFlow moves out, and what it shared is written again', () => {
    const document = facts({
      platform: linux,
      environment: environment('venv'),
      python: python('3.11.7', { executable: '/e/bin/python' }),
      packages: [
        dist('torch', '2.11.0', { manager: 'pip' }),
        dist('tensorflow', '2.19.0', { manager: 'pip' }),
        dist('nvidia-cudnn-cu12', '9.3.0.75', { manager: 'pip' }),
        dist('nvidia-cublas-cu12', '12.5.3.2', { manager: 'pip' }),
        dist('nvidia-cudnn-cu13', '9.19.0.56', { manager: 'pip' })
      ],
      frameworks: [
        ...cuda13,
        framework('tensorflow', '2.19.0', { gpu_build: true, cuda: '12.5' })
      ],
      gpu: gpus('580.65.06', '13.0', [gpu('NVIDIA L4', '8.9')])
    });
    expect(fixOf(document, 'two-cudas')).toMatchObject({
      where: 'terminal',
      commands: [
        '/e/bin/python -m venv ~/tensorflow-gpu',
        '~/tensorflow-gpu/bin/python -m pip install "tensorflow[and-cuda]==2.19.0" ipykernel',
        '~/tensorflow-gpu/bin/python -m ipykernel install --user --name tensorflow-gpu --display-name "Python (tensorflow-gpu)"',
        '/e/bin/python -m pip uninstall -y tensorflow nvidia-cublas-cu12 nvidia-cudnn-cu12',
        '/e/bin/python -m pip install --force-reinstall --no-deps nvidia-cudnn-cu13==9.19.0.56'
      ]
    });
  });

  test('the whole family of JAX, with its plugin', () => {
    const document = facts({
      packages: ['jax', 'jaxlib', 'jax-cuda12-plugin'].map(name =>
        dist(name, name === 'jax-cuda12-plugin' ? '0.6.0' : '0.6.2', {
          manager: 'pip'
        })
      )
    });
    expect(fixOf(document, 'jax-family')?.commands).toEqual([
      '%pip install "jax[cuda12]==0.6.2"'
    ]);
  });

  test('an xformers that takes this torch', () => {
    const document = facts({
      packages: [
        dist('torch', '2.5.1+cu124', { manager: 'pip' }),
        dist('xformers', '0.0.27.post2', { manager: 'pip' })
      ]
    });
    expect(fixOf(document, 'torch-extension')?.commands).toEqual([
      '%pip uninstall -y xformers',
      '%pip install xformers==0.0.28.post3 torch==2.5.1'
    ]);
  });

  test('libstdc++ of conda-forge, or LD_LIBRARY_PATH without the older one', () => {
    const document = (version: string | null, path: string) =>
      facts({
        platform: platform('linux-x86_64', {
          libstdcxx: { path, glibcxx: '3.4.28', mapped: false }
        }),
        environment: environment('conda'),
        python: python('3.11.7', { prefix: '/c/envs/a' }),
        environ: path.startsWith('/opt') ? { LD_LIBRARY_PATH: '/opt/x' } : {},
        conda: conda(version ? [record('libstdcxx-ng', version)] : []),
        needs_glibcxx: [
          { distribution: 'scipy', file: '/s.so', version: '3.4.30' }
        ]
      });
    expect(
      fixOf(document(null, '/usr/lib/libstdc++.so.6'), 'glibcxx-too-old')
    ).toMatchObject({
      where: 'cell',
      commands: ['%conda install -c conda-forge "libstdcxx-ng>=12"']
    });
    expect(
      fixOf(document('13.2.0', '/opt/x/libstdc++.so.6'), 'glibcxx-too-old')
    ).toMatchObject({
      where: 'kernelspec',
      commands: ['"env": {"LD_LIBRARY_PATH":""}']
    });
  });
});

describe('costly facts', () => {
  const wants = (id: string, document: IFacts) =>
    ENVIRONMENT_RULES.find(rule => rule.id === id)?.costly?.(
      new View(document)
    );
  const torch = (archs: string[] | null) =>
    facts({
      frameworks: [
        framework('torch', '2.5.1+cu124', {
          gpu_build: true,
          cuda: '12.4',
          archs
        })
      ],
      gpu: gpus('550.90.07', '12.4', [gpu('NVIDIA L4', '8.9')])
    });

  test('architectures: a GPU, a CUDA build, and no list yet', () => {
    const rule = 'gpu-architecture-missing';
    expect(wants(rule, torch(null))).toEqual(['archs']);
    expect(wants(rule, torch(['sm_80']))).toEqual([]);
    expect(wants(rule, { ...torch(null), gpu: noGpu() })).toEqual([]);
    expect(wants(rule, facts({}))).toEqual([]);
  });

  test('libstdc++: only an old one', () => {
    const system = (glibcxx: string | null) =>
      facts({
        platform: platform('linux-x86_64', {
          libstdcxx: { path: '/l', glibcxx, mapped: null }
        })
      });
    expect(wants('glibcxx-too-old', system('3.4.28'))).toEqual([
      'needs_glibcxx'
    ]);
    expect(wants('glibcxx-too-old', system('3.4.30'))).toEqual([]);
    expect(wants('glibcxx-too-old', system(null))).toEqual([]);
  });

  test("OpenMP: where Intel's or LLVM's is installed", () => {
    const rule = 'two-openmp';
    expect(
      wants(rule, facts({ conda: conda([record('mkl', '2023.1.0')]) }))
    ).toEqual(['openmp']);
    expect(
      wants(rule, facts({ packages: [dist('intel-openmp', '2024.0.0')] }))
    ).toEqual(['openmp']);
    expect(wants(rule, facts({ packages: [dist('torch', '2.5.1')] }))).toEqual(
      []
    );
  });
});
