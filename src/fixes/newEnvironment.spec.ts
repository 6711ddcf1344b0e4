import {
  conda,
  dist,
  environment,
  facts,
  gpu,
  gpus,
  platform,
  python,
  record
} from '../facts/build';
import type { IFacts } from '../facts/facts.generated';
import { View } from '../facts/view';
import { recognise } from '../recognise';
import { ENVIRONMENT_RULES } from '../rules/environment/index.generated';
import { render } from '../text/text';
import { askedFor } from './asked';
import { newEnvironment } from './newEnvironment';
import { suggestsNew } from './suggests';

function make(document: IFacts) {
  const made = newEnvironment(new View(document));
  return {
    tool: made?.tool,
    commands: made?.commands,
    notes: made?.notes.map(one => render(one)).join('\n') ?? ''
  };
}

const pip = (name: string, version: string, more = {}) =>
  dist(name, version, { manager: 'pip', ...more });
const byConda = (name: string, version: string, more = {}) =>
  dist(name, version, { manager: 'conda', ...more });
const owned = (name: string, version: string, more = {}) =>
  record(name, version, {
    python_name: name,
    channel: 'conda-forge',
    ...more
  });

const HALF = facts({
  python: python('3.11.9', { prefix: '/opt/conda/envs/ml' }),
  environment: environment('conda', { name: 'ml', base: false }),
  platform: platform('linux-x86_64'),
  gpu: gpus('550.90.07', '12.4', [gpu('NVIDIA L4', '8.9')]),
  packages: [
    byConda('tensorflow', '2.15.0', { requires: ['numpy'] }),
    byConda('numpy', '1.26.4'),
    byConda('pandas', '2.2.2', { requires: ['numpy'] }),
    byConda('ipykernel', '6.29.5'),
    byConda('pip', '24.0'),
    pip('focal-loss', '0.0.7', { requires: ['tensorflow>=2.2'] }),
    pip('opencv-python', '4.9.0.80', { requires: ['numpy'] }),
    pip('opencv-python-headless', '4.11.0.86', { requires: ['numpy'] }),
    pip('nvidia-cublas-cu12', '12.1.3.1'),
    pip('mine', '0.1', { editable: '/home/ana/mine' })
  ],
  conda: conda([
    record('tensorflow', '2.15.0', {
      build: 'cuda120py311h5cbd639_3',
      channel: 'conda-forge'
    }),
    owned('tensorflow-base', '2.15.0', {
      python_name: 'tensorflow',
      build: 'cuda120py311h1234567_3'
    }),
    owned('numpy', '1.26.4'),
    owned('pandas', '2.2.2'),
    owned('ipykernel', '6.29.5'),
    owned('pip', '24.0')
  ])
});

const VENV = facts({
  python: python('3.11.9', {
    executable: '/home/ana/llm/.venv/bin/python',
    prefix: '/home/ana/llm/.venv'
  }),
  environment: environment('venv', { name: '.venv' }),
  platform: platform('linux-x86_64'),
  gpu: gpus('550.90.07', '12.4', [gpu('NVIDIA L4', '8.9')]),
  packages: [
    pip('torch', '2.5.1', { requires: ['sympy'] }),
    pip('sympy', '1.13.1'),
    pip('torchvision', '0.20.1', { requires: ['torch==2.5.1'] }),
    pip('transformers', '4.40.0')
  ]
});

describe('a conda environment', () => {
  it('takes conda first, pip last, then registers the kernel', () => {
    expect(make(HALF)).toStrictEqual({
      tool: 'conda',
      commands: [
        'conda create -y -n ml-new -c conda-forge python=3.11 pip ipykernel pandas "tensorflow=2.15.*=*cuda*" "cuda-version<13"',
        'conda run -n ml-new python -m pip install focal-loss opencv-python-headless',
        'conda run -n ml-new python -m ipykernel install --user --name ml-new --display-name "Python (ml-new)"'
      ],
      notes: expect.stringContaining('installed from a folder: mine')
    });
  });

  it('is named anew when the base environment is in use, and leaves conda’s own tools', () => {
    const made = make({
      ...HALF,
      environment: environment('conda', { name: 'base', base: true }),
      packages: [
        byConda('conda', '24.1', { requires: ['requests'] }),
        byConda('requests', '2.31'),
        byConda('jupyterlab', '4.4'),
        pip('torch', '2.5.1'),
        pip('transformers', '4.40.0')
      ],
      conda: conda([
        owned('conda', '24.1'),
        owned('requests', '2.31'),
        owned('jupyterlab', '4.4')
      ])
    });
    expect(made.commands).toStrictEqual([
      'conda create -y -n gpu python=3.11 pip ipykernel',
      'conda run -n gpu python -m pip install torch==2.5.1 transformers',
      'conda run -n gpu python -m ipykernel install --user --name gpu --display-name "Python (gpu)"'
    ]);
  });

  it('uses the tool that is there', () => {
    const tools = [
      { name: 'conda', path: null, prefix: null },
      { name: 'micromamba', path: '/usr/bin/micromamba', prefix: null }
    ];
    expect(make({ ...HALF, tools }).commands?.[0]).toMatch(
      /^micromamba create -y -n ml-new/
    );
  });
});

describe('a virtual environment', () => {
  it('is made beside the old one, with one install', () => {
    expect(make(VENV)).toMatchObject({
      tool: 'venv',
      commands: [
        '/home/ana/llm/.venv/bin/python -m venv /home/ana/llm/.venv-new',
        '/home/ana/llm/.venv-new/bin/python -m pip install ipykernel torch==2.5.1 torchvision==0.20.1 transformers',
        '/home/ana/llm/.venv-new/bin/python -m ipykernel install --user --name llm-new --display-name "Python (llm-new)"'
      ]
    });
  });

  it('takes a build for an older driver by uv', () => {
    const old = gpus('470.57.02', '11.4', [gpu('NVIDIA L4', '8.9')]);
    expect(make({ ...VENV, gpu: old }).commands).toContain(
      '/home/ana/llm/.venv-new/bin/python -m uv pip install --torch-backend=cu118 torch==2.5.1 torchvision==0.20.1'
    );
  });

  it('takes a Python that the framework supports', () => {
    const made = make({
      ...VENV,
      python: { ...VENV.python!, version: '3.13.1' },
      packages: [pip('tensorflow', '2.15.1'), pip('pandas', '2.2.2')]
    });
    expect(made.commands?.slice(0, 2)).toStrictEqual([
      'python3.11 -m venv /home/ana/llm/.venv-new',
      '/home/ana/llm/.venv-new/bin/python -m pip install ipykernel "tensorflow[and-cuda]==2.15.1" pandas'
    ]);
    expect(made.notes).toContain('Python 3.11');
    const uv = make({
      ...VENV,
      python: { ...VENV.python!, version: '3.13.1' },
      packages: [pip('tensorflow', '2.15.1')],
      tools: [{ name: 'uv', path: '/usr/bin/uv', prefix: null }]
    });
    expect(uv.tool).toBe('uv');
    expect(uv.commands?.[0]).toBe(
      'uv venv --python 3.11 /home/ana/llm/.venv-new'
    );
  });

  it('says when no Python suits', () => {
    const made = make({
      ...VENV,
      packages: [
        pip('old', '1', { requires_python: '<3.9' }),
        pip('new', '1', { requires_python: '>=3.13' })
      ]
    });
    expect(made.notes).toContain('No Python is known');
  });

  it('writes paths of Windows', () => {
    const made = make({
      ...VENV,
      python: python('3.11.9', {
        executable: 'C:\\Users\\Ana B\\v\\Scripts\\python.exe',
        prefix: 'C:\\Users\\Ana B\\v'
      }),
      environment: environment('venv', { name: 'v' }),
      platform: platform('win-amd64')
    });
    expect(made.commands?.[0]).toBe(
      '"C:\\Users\\Ana B\\v\\Scripts\\python.exe" -m venv "C:\\Users\\Ana B\\v-new"'
    );
    expect(made.commands?.slice(-1)[0]).toMatch(
      /^"C:\\Users\\Ana B\\v-new\\Scripts\\python" -m ipykernel install/
    );
  });
});

describe('what was asked for', () => {
  const names = (document: IFacts) =>
    askedFor(new View(document))?.packages.map(one => one.name);

  it('is what nothing else requires, and the frameworks', () => {
    expect(names(VENV)).toStrictEqual(['torch', 'torchvision', 'transformers']);
    expect(names(HALF)).toStrictEqual([
      'focal-loss',
      'opencv-python',
      'opencv-python-headless',
      'pandas',
      'tensorflow'
    ]);
  });

  it('reads the requirements of conda', () => {
    const document = {
      ...HALF,
      conda: conda([
        owned('pandas', '2.2.2'),
        owned('mlkit', '1', { depends: ['pandas >=2', 'python'] })
      ]),
      packages: [byConda('pandas', '2.2.2'), byConda('mlkit', '1')]
    };
    expect(names(document)).toStrictEqual(['mlkit']);
  });

  it('keeps one of packages that require each other', () => {
    expect(
      names({
        ...VENV,
        packages: [
          pip('b', '1', { requires: ['a'] }),
          pip('a', '1', { requires: ['b'] })
        ]
      })
    ).toStrictEqual(['a']);
  });

  it('leaves out the user site and what the operating system installed', () => {
    expect(
      names({
        ...VENV,
        packages: [
          pip('a', '1', { location: '/home/ana/.local/lib/site-packages' }),
          dist('b', '1'),
          pip('c', '1', { location: '/home/ana/llm/.venv/lib/site-packages' })
        ]
      })
    ).toStrictEqual(['c']);
  });

  it('is unknown without the packages', () => {
    expect(newEnvironment(new View(facts({})))).toBeNull();
  });
});

it('is commands that a package manager takes, in every example of a rule', () => {
  let made = 0;
  for (const rule of ENVIRONMENT_RULES) {
    for (const example of rule.examples.flagged) {
      const commands = newEnvironment(new View(example.facts()))?.commands;
      for (const line of commands ?? []) {
        made++;
        expect(line).not.toMatch(/undefined|null|NaN/);
        const [request] = recognise(`!${line}`);
        expect(request?.unknowns ?? []).toStrictEqual([]);
        expect(request?.eaten ?? []).toStrictEqual([]);
      }
    }
  }
  expect(made).toBeGreaterThan(100);
});

it.each([
  ['R08', 'info', true],
  ['R21', 'warning', true],
  ['R55', 'error', true],
  ['R01', 'error', true],
  ['R01', 'warning', false],
  ['R52', 'error', false]
] as const)('%s at %s: %s', (code, severity, wanted) => {
  expect(
    suggestsNew({
      rule: 'r',
      code,
      message: 'm',
      severity,
      title: { template: '', args: [] },
      why: { template: '', args: [] },
      about: [],
      evidence: [],
      fix: null,
      stops: [],
      symptoms: []
    })
  ).toBe(wanted);
});
