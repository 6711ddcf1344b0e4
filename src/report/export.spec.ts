import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { load } from 'js-yaml';
import { arbitraryFacts } from '../facts/arbitrary.testing';
import {
  conda,
  dist,
  environment,
  facts,
  platform,
  python,
  record
} from '../facts/build';
import type { IFacts } from '../facts/facts.generated';
import { parseEntry } from '../history/parse';
import type { IEntry } from '../history/types';
import { parseRequirement } from '../versions/requirement';
import { scalar } from './environmentYml';
import { exportFile, EXPORTS, numbered, type ExportKind } from './export';
import { cell } from './notes';
import { quoteFor } from './recreate';

const SITE = '/opt/envs/tf/lib/python3.11/site-packages';

/** A distribution in the environment. */
function own(
  name: string,
  version: string | null,
  manager: 'conda' | 'pip' | 'uv',
  more: Parameters<typeof dist>[2] = {}
) {
  return dist(name, version, { manager, location: SITE, ...more });
}

function fromConda(
  name: string,
  version: string,
  more: Parameters<typeof record>[2] = {}
) {
  return record(name, version, {
    build: 'py311_0',
    channel: 'https://conda.host.example/conda-forge/linux-64',
    depends: [],
    ...more
  });
}

/** A conda environment: pip replaced numpy and installed three packages, one of them asked for. */
const MIXED = facts({
  python: python('3.11.7', { prefix: '/opt/envs/tf' }),
  environment: environment('conda', { name: 'tf', base: false }),
  conda: conda([
    fromConda('python', '3.11.7', { build: 'h123_0_cpython' }),
    fromConda('pip', '23.1', { python_name: 'pip' }),
    fromConda('numpy', '1.24.4', {
      python_name: 'numpy',
      dist_info_exists: false
    }),
    fromConda('pandas', '2.0.3', {
      python_name: 'pandas',
      depends: ['numpy >=1.21', 'python-dateutil']
    }),
    fromConda('python-dateutil', '2.9.0', { python_name: 'python-dateutil' }),
    fromConda('ipykernel', '6.29.0', { python_name: 'ipykernel' }),
    fromConda('cudatoolkit', '11.8.0', {
      channel: 'nvidia',
      depends: ['libgcc >=12']
    }),
    fromConda('libgcc', '13.2.0')
  ]),
  packages: [
    own('pip', '23.1', 'conda'),
    own('numpy', '1.26.4', 'pip'),
    own('pandas', '2.0.3', 'conda'),
    own('python-dateutil', '2.9.0', 'conda'),
    own('ipykernel', '6.29.0', 'conda'),
    own('torch', '2.3.1+cu121', 'pip', { requires: ['filelock'] }),
    own('filelock', '3.13.0', 'pip'),
    own('focal-loss', '0.0.7', 'pip', { requires: ['absl-py', 'numpy'] }),
    own('absl-py', '1.0.0', 'pip'),
    own('mine', '0.1', 'pip', { editable: '/home/marie.curie/mine' }),
    dist('elsewhere', '1.0', {
      manager: 'pip',
      location: '/home/marie.curie/.local/lib/python3.11/site-packages'
    })
  ]
});

/** A virtual environment. */
const VENV = facts({
  python: python('3.12.1', { prefix: '/srv/project/.venv' }),
  environment: environment('venv', { name: '.venv' }),
  packages: [
    dist('pip', '24.0', { manager: 'pip' }),
    dist('b', '2.0', { manager: 'pip', requires: ['a'] }),
    dist('a', '1.0', { manager: 'pip' }),
    dist('c', '1.5+abc', { manager: 'pip' })
  ]
});

function entry(parts: Record<string, unknown>): IEntry {
  const one = parseEntry({
    schema: 1,
    id: 'x',
    kind: 'install',
    time: '2026-05-02T10:11:12Z',
    tool: 'pip',
    ...parts
  });
  if (!one) {
    throw new Error('no entry');
  }
  return one;
}

const HISTORY = [
  entry({
    id: '1',
    command: '%pip install focal-loss',
    why: 'loss for | few\nexamples',
    changed: [
      { name: 'focal-loss', from: null, to: '0.0.7', ownerTo: 'pip' },
      { name: 'absl-py', from: null, to: '1.0.0', ownerTo: 'pip' },
      {
        name: 'numpy',
        from: '1.24.4',
        to: '1.26.4',
        ownerFrom: 'conda',
        ownerTo: 'pip'
      }
    ]
  }),
  entry({
    id: '2',
    command: '%pip install filelock torch==2.3.1',
    changed: [
      { name: 'torch', from: null, to: '2.3.1+cu121', ownerTo: 'pip' },
      { name: 'filelock', from: null, to: '3.13.0', ownerTo: 'pip' }
    ]
  })
];

function write(
  kind: ExportKind,
  document: IFacts,
  scope: 'asked' | 'everything' = 'asked',
  more: { history?: readonly IEntry[]; builds?: boolean } = {}
): string {
  return exportFile(kind, document, { scope, ...more })?.text ?? 'null';
}

interface IYml {
  name: string;
  channels: string[];
  dependencies: (string | { pip: string[] })[];
}

function yml(
  ...args: Parameters<typeof write> extends [unknown, ...infer R] ? R : never
) {
  const parsed = load(write('environment.yml', ...args)) as IYml;
  const parts = parsed.dependencies.filter(one => typeof one !== 'string');
  return {
    ...parsed,
    conda: parsed.dependencies.filter(one => typeof one === 'string'),
    pip: parts.flatMap(one => (typeof one === 'string' ? [] : one.pip))
  };
}

/** Lines of a requirements file that are no comments. */
function lines(text: string): string[] {
  return text.split('\n').filter(one => one !== '' && !one.startsWith('#'));
}

describe('environment.yml', () => {
  test('what was asked for: conda first, pip last', () => {
    expect(yml(MIXED)).toMatchObject({
      name: 'tf',
      channels: ['conda-forge', 'nvidia'],
      conda: [
        'python=3.11.7',
        'pip',
        'ipykernel',
        'nvidia::cudatoolkit=11.8.0',
        'pandas=2.0.3'
      ],
      pip: ['focal-loss==0.0.7', 'torch==2.3.1']
    });
  });

  test('what the history asked for is asked for, in its order', () => {
    expect(yml(MIXED, 'asked', { history: HISTORY }).pip).toEqual([
      'focal-loss==0.0.7',
      'filelock==3.13.0',
      'torch==2.3.1'
    ]);
  });

  test('an undone install asks for nothing', () => {
    const undone = HISTORY.map(one => ({ ...one, undone: one.time }));
    expect(yml(MIXED, 'asked', { history: undone }).pip).not.toContain(
      'filelock==3.13.0'
    );
  });

  test("everything: pip's packages are not in conda's part", () => {
    const all = yml(MIXED, 'everything');
    expect(all.conda).toEqual([
      'python=3.11.7',
      'pip==23.1',
      'nvidia::cudatoolkit=11.8.0',
      'ipykernel=6.29.0',
      'libgcc=13.2.0',
      'pandas=2.0.3',
      'python-dateutil=2.9.0'
    ]);
    expect(all.pip.slice().sort()).toEqual([
      'absl-py==1.0.0',
      'filelock==3.13.0',
      'focal-loss==0.0.7',
      'numpy==1.26.4',
      'torch==2.3.1'
    ]);
    const at = (name: string) => all.pip.findIndex(one => one.startsWith(name));
    expect(at('absl-py')).toBeLessThan(at('focal-loss'));
    expect(at('filelock')).toBeLessThan(at('torch'));
  });

  test('builds on demand', () => {
    expect(yml(MIXED, 'everything', { builds: true }).conda).toEqual(
      expect.arrayContaining([
        'python=3.11.7=h123_0_cpython',
        'pandas=2.0.3=py311_0'
      ])
    );
  });

  test('of a virtual environment', () => {
    expect(yml(VENV)).toMatchObject({
      name: 'project',
      channels: ['conda-forge'],
      conda: ['python=3.12', 'pip', 'ipykernel'],
      pip: ['b==2.0', 'c==1.5']
    });
  });

  test('the part of conda without its records', () => {
    const document = {
      ...MIXED,
      conda: null,
      packages: [own('torch', '2.3.1', 'conda')]
    };
    expect(yml(document).conda).toContain('pytorch=2.3.1');
  });

  test('a channel that conda would not find by its name', () => {
    const document = {
      ...MIXED,
      conda: conda([
        fromConda('cudnn', '8.9', {
          channel: 'https://u:hunter2@host.example/t/abc/team/linux-64'
        }),
        fromConda('zlib', '1.3', { channel: 'https://host.example/linux-64' })
      ])
    };
    const text = write('environment.yml', document);
    expect(yml(document).channels).toEqual(['team']);
    expect(text).toContain('# team: the address of this channel is left out.');
    expect(text).not.toMatch(/host\.example|hunter2|abc/);
  });
});

describe('requirements and constraints', () => {
  test('what an extra brought along was not asked for', () => {
    const document = {
      ...VENV,
      packages: [
        dist('a', '1.0', { manager: 'pip', requires: ['b[Fast_X]>=1'] }),
        dist('b', '1.0', {
          manager: 'pip',
          requires: ['c; extra == "fast-x"', 'd; extra == "other"']
        }),
        dist('c', '1.0', { manager: 'pip' }),
        dist('d', '1.0', { manager: 'pip' })
      ]
    };
    expect(lines(write('requirements', document))).toEqual([
      'a==1.0',
      'd==1.0'
    ]);
  });

  test('what came from an address, of which only public forges are named', () => {
    const document = {
      ...MIXED,
      packages: [
        own('forge', '1.0', 'pip', {
          origin:
            'git+https://github.com/a-team/forge.git@0123abc#subdirectory=py'
        }),
        own('by-ssh', '1.0', 'pip', {
          origin: 'git+ssh://git@github.com/a-team/by-ssh.git@0123abc'
        }),
        own('private', '1.0', 'pip', {
          origin: 'git+https://git.host.example/private.git@0123abc'
        }),
        own('secret', '1.0', 'pip', {
          origin: 'git+https://****@github.com/a-team/secret.git@0123abc'
        }),
        own('folder', '1.0', 'pip', { origin: 'file:///srv/folder' }),
        own('torch', '2.3.1+cu121', 'pip', {
          origin: 'https://wheels.host.example/torch-2.3.1%2Bcu121.whl'
        })
      ]
    };
    const text = write('requirements', document);
    expect(lines(text)).toEqual([
      'forge @ git+https://github.com/a-team/forge.git@0123abc#subdirectory=py',
      'torch==2.3.1'
    ]);
    expect(text).toContain('# folder 1.0: left out, installed from file://');
    expect(text).not.toContain('host.example');
    expect(write('recreate', document)).toContain(
      "'forge @ git+https://github.com/a-team/forge.git@0123abc#subdirectory=py'"
    );
  });

  test('what was asked for', () => {
    const text = write('requirements', MIXED);
    expect(lines(text)).toEqual(['focal-loss==0.0.7', 'torch==2.3.1']);
    expect(text).toContain('# mine 0.1: left out, an editable install');
    expect(text).toContain('# pandas 2.0.3');
    expect(text).toContain('# elsewhere 1.0: not of this environment');
  });

  test('a local version names its label and no host', () => {
    const text = write('requirements', MIXED);
    expect(text).toMatch(
      /# torch: .*2\.3\.1\+cu121.*--extra-index-url.*--torch-backend=cu121/
    );
    expect(text).not.toContain('://');
    expect(write('requirements', VENV)).toMatch(
      /# c: .*1\.5\+abc.*index that has abc.*\nc==1\.5/
    );
  });

  test('what was installed from an address is a comment', () => {
    const history = [
      entry({
        command:
          '%pip install git+https://u:hunter2@host.example/team/focal-loss.git@v1'
      })
    ];
    const text = write('requirements', MIXED, 'asked', { history });
    expect(lines(text)).toEqual(['torch==2.3.1']);
    expect(text).toContain(
      '# focal-loss 0.0.7: left out, installed from git+https://<host>/team/focal-loss.git@v1'
    );
    // Later it came from an index.
    const later = entry({ command: '%pip install -U focal-loss' });
    expect(
      lines(
        write('requirements', MIXED, 'asked', { history: [...history, later] })
      )
    ).toContain('focal-loss==0.0.7');
  });

  test('constraints hold what conda owns too', () => {
    expect(lines(write('constraints', MIXED))).toEqual([
      'absl-py==1.0.0',
      'filelock==3.13.0',
      'focal-loss==0.0.7',
      'ipykernel==6.29.0',
      'numpy==1.26.4',
      'pandas==2.0.3',
      'python-dateutil==2.9.0',
      'torch==2.3.1'
    ]);
  });
});

/** Cells of the rows of a table; escaped bars do not end a cell. */
function rows(text: string): string[][] {
  return text
    .split('\n')
    .filter(one => one.startsWith('|'))
    .map(one =>
      one
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map(part => part.trim())
    );
}

describe('requirements-notes.md', () => {
  test('a row for each package of pip', () => {
    const text = write('notes', MIXED, 'everything', { history: HISTORY });
    const found = new Map(rows(text).map(one => [one[0], one]));
    expect([...found.keys()].slice(2).sort()).toEqual([
      'absl-py',
      'filelock',
      'focal-loss',
      'mine',
      'numpy',
      'torch'
    ]);
    expect(found.get('focal-loss')).toEqual([
      'focal-loss',
      '0.0.7',
      '2026-05-02 10:11',
      '%pip install focal-loss',
      'loss for &#124; few examples',
      'absl-py 1.0.0 added, numpy 1.24.4 → 1.26.4 (conda → pip)',
      ''
    ]);
    expect(found.get('numpy')?.[5]).toContain('numpy 1.24.4 → 1.26.4');
    expect(found.get('torch')?.[6]).toBe('pytorch');
    expect(found.get('mine')?.[1]).toBe('0.1 (\\~/mine)');
  });

  test('an environment without pip', () => {
    const document = { ...MIXED, packages: [own('numpy', '1', 'conda')] };
    expect(write('notes', document)).toContain('\nNone.\n');
  });
});

describe('recreate', () => {
  const commands = (...args: Parameters<typeof write>) => lines(write(...args));

  test('conda first, pip last, then the kernel', () => {
    expect(commands('recreate', MIXED)).toEqual([
      'conda create -y -n tf-copy -c conda-forge -c nvidia python=3.11.7 pip ipykernel nvidia::cudatoolkit=11.8.0 pandas=2.0.3',
      'conda run -n tf-copy python -m pip install uv',
      'conda run -n tf-copy python -m uv pip install --torch-backend=cu121 torch==2.3.1',
      'conda run -n tf-copy python -m pip install focal-loss==0.0.7',
      "conda run -n tf-copy python -m ipykernel install --user --name tf-copy --display-name 'Python (tf-copy)'"
    ]);
  });

  test('apart from conda, as a virtual environment from wheels', () => {
    expect(commands('venv', MIXED)).toEqual([
      'python3.11 -m venv ~/tf-copy-env',
      '~/tf-copy-env/bin/python -m pip install ipykernel uv',
      '~/tf-copy-env/bin/python -m uv pip install --torch-backend=cu121 torch==2.3.1',
      '~/tf-copy-env/bin/python -m pip install pandas==2.0.3 focal-loss==0.0.7',
      "~/tf-copy-env/bin/python -m ipykernel install --user --name tf-copy --display-name 'Python (tf-copy)'"
    ]);
    expect(write('venv', MIXED)).toContain(
      '# cudatoolkit 11.8.0: left out, a package of conda'
    );
    expect(exportFile('venv', MIXED, { scope: 'asked' })?.name).toBe(
      'recreate-venv.sh'
    );
  });

  test('a virtual environment', () => {
    expect(commands('recreate', VENV, 'everything')).toEqual([
      'python3.12 -m venv ~/project-copy-env',
      '~/project-copy-env/bin/python -m pip install ipykernel',
      '~/project-copy-env/bin/python -m pip install --no-deps a==1.0 b==2.0 c==1.5',
      "~/project-copy-env/bin/python -m ipykernel install --user --name project-copy --display-name 'Python (project-copy)'"
    ]);
  });

  test('uv', () => {
    const document = { ...VENV, environment: environment('uv', { name: 'x' }) };
    expect(commands('recreate', document)).toEqual([
      'uv venv --python 3.12 ~/x-copy-env',
      'uv pip install --python ~/x-copy-env/bin/python b==2.0 c==1.5',
      'uv pip install --python ~/x-copy-env/bin/python ipykernel',
      "~/x-copy-env/bin/python -m ipykernel install --user --name x-copy --display-name 'Python (x-copy)'"
    ]);
  });

  test('Windows: PowerShell', () => {
    const document = { ...VENV, platform: platform('win-amd64') };
    expect(exportFile('recreate', document, { scope: 'asked' })?.name).toBe(
      'recreate.ps1'
    );
    expect(commands('recreate', document)).toEqual([
      'py -3.12 -m venv "$HOME\\project-copy-env"',
      '& "$HOME\\project-copy-env\\Scripts\\python.exe" -m pip install ipykernel',
      '& "$HOME\\project-copy-env\\Scripts\\python.exe" -m pip install b==2.0 c==1.5',
      `& "$HOME\\project-copy-env\\Scripts\\python.exe" -m ipykernel install --user --name project-copy --display-name 'Python (project-copy)'`
    ]);
  });

  test.each([
    ['/home/marie/.venv', '.venv', 'gpu-copy'],
    ['C:\\Users\\marie\\venv', 'venv', 'gpu-copy'],
    ['/home/marie/envs/tf', 'tf', 'tf-copy'],
    ['/srv/$(x)', '$(x)', 'x-copy'],
    ['/srv/--', '--', 'gpu-copy']
  ])('the name of %s', (prefix, name, expected) => {
    const document = {
      ...VENV,
      python: python('3.12.1', { prefix }),
      environment: environment('venv', { name })
    };
    expect(write('recreate', document)).toContain(`"Python (${expected})"`);
  });

  test('a shell gives each word back as it was', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc
            .string({ unit: 'binary' })
            .map(one => one.replace(/\0/g, '').replace(/^~/, ''))
            .filter(one => one !== ''),
          { minLength: 1, maxLength: 20 }
        ),
        words => {
          const script = `printf '%s\\0' ${words.map(one => quoteFor(one, 'posix')).join(' ')}`;
          const { stdout } = spawnSync('sh', ['-c', script]);
          expect(stdout.toString('utf8').split('\0').slice(0, -1)).toEqual(
            words
          );
        }
      ),
      { numRuns: 30 }
    );
  });
});

test('a file that is there keeps its name', () => {
  expect(numbered('environment.yml', ['x'])).toBe('environment.yml');
  expect(
    numbered('environment.yml', ['Environment.yml', 'environment-1.yml'])
  ).toBe('environment-2.yml');
});

/** A document and a history in which everything that can hold something private or hostile does. */
const HOSTILE = [
  'evil\nname: x',
  'evil`$(touch /tmp/x)`',
  'evil | cell',
  '- evil: [',
  'evil; rm -rf ~',
  '<img src=x onerror=alert(1)>',
  '--index-url=x'
];
const POISONED = facts({
  python: python('3.11.7', {
    executable: '/home/marie.curie/envs/tf/bin/python',
    prefix: '/home/marie.curie/envs/tf'
  }),
  environment: environment('conda', { name: 'marie.curie' }),
  conda: conda([
    fromConda('cudnn', '8.9', {
      channel: 'https://marie.curie:hunter2@HOST.example/t/abcdef/team/linux-64'
    }),
    fromConda('zlib', '1.3', { channel: 'https://HOST.example:8080' }),
    fromConda('zstd', '1.5', { channel: 'file:///home/marie.curie' }),
    ...HOSTILE.map((one, i) =>
      fromConda(one, i % 2 ? one : '1.0', { build: one, channel: one })
    )
  ]),
  packages: [
    dist('mine', '1.0', {
      manager: 'pip',
      editable: '/data/marie.curie/mine',
      location: '/home/marie.curie/envs/tf/lib/python3.11/site-packages'
    }),
    dist('away', '1.0', {
      manager: 'pip',
      location: '/home/marie.curie/.local/lib/python3.11/site-packages'
    }),
    dist('fromgit', '1.0', { manager: 'pip' }),
    dist('private', '1.0+HOST.example', { manager: 'pip' }),
    ...HOSTILE.flatMap(one => [
      dist(one, '1.0', { manager: 'pip' }),
      dist(`good${HOSTILE.indexOf(one)}`, one, { manager: 'pip' })
    ])
  ],
  environ: {
    PIP_INDEX_URL: 'https://marie.curie:hunter2@HOST.example/simple',
    PIP_TRUSTED_HOST: 'HOST.example',
    HTTPS_PROXY: 'HOST.example:3128',
    HF_TOKEN: 'abcdef'
  },
  pip_config: [
    { name: 'trusted-host', value: 'HOST.example', source: '/etc/pip.conf' }
  ]
});
const POISONED_HISTORY = [
  ...HOSTILE.map(one =>
    entry({
      command: `%pip install ${one}`,
      why: one,
      notebook: '/home/marie.curie/x.ipynb',
      changed: [
        { name: 'fromgit', from: one, to: one },
        { name: one, to: '1' }
      ]
    })
  ),
  entry({
    command:
      'HF_TOKEN=abcdef pip install --index-url https://__token__:hunter2@HOST.example/simple?key=abcdef --trusted-host HOST.example git+ssh://git@HOST.example/team/fromgit.git',
    why: 'for marie.curie, see \\\\HOST.example\\share or marie.curie@HOST.example',
    changed: [{ name: 'fromgit', from: null, to: '1.0' }]
  })
];
const SECRETS = /marie|curie|hunter2|abcdef|HOST\.example\b(?!\.)/;

describe('poisoned facts and history', () => {
  test.each(
    EXPORTS.flatMap(kind =>
      (['asked', 'everything'] as const).map(scope => [kind, scope] as const)
    )
  )('%s, %s: nothing private', (kind, scope) => {
    const text = write(kind, POISONED, scope, { history: POISONED_HISTORY });
    // A label of a version is part of it.
    expect(text.replace(/\+HOST\.example|has HOST\.example/g, '')).not.toMatch(
      SECRETS
    );
  });

  test('the parts hold nothing but what is a name and a version', () => {
    const history = POISONED_HISTORY;
    const {
      name,
      channels,
      conda: specs,
      pip
    } = yml(POISONED, 'everything', {
      history
    });
    expect([name, channels, specs, pip]).toEqual([
      'gpu',
      ['team'],
      [
        'python=3.11',
        'pip',
        'ipykernel',
        'cudnn==8.9',
        'zlib==1.3',
        'zstd==1.5'
      ],
      ['private==1.0']
    ]);
    expect(
      lines(write('requirements', POISONED, 'everything', { history }))
    ).toEqual(['private==1.0']);
  });

  test('no line of the script but ours', () => {
    const script = write('recreate', POISONED, 'everything', {
      history: POISONED_HISTORY
    });
    expect(
      lines(script).map(one => one.split(' ').slice(0, 2).join(' '))
    ).toEqual(['conda create', 'conda run', 'conda run']);
    const { status, stderr } = spawnSync('sh', ['-n'], { input: script });
    expect([status, stderr.toString()]).toEqual([0, '']);
  });

  test('every row keeps its columns and no markup', () => {
    const text = write('notes', POISONED, 'everything', {
      history: POISONED_HISTORY
    });
    for (const one of rows(text)) {
      expect(one).toHaveLength(7);
    }
    expect(text).not.toMatch(/<img|(?<!\\)`/);
  });
});

/** Names, versions and channels of any letters. */
const wild = fc.oneof(
  fc.constantFrom(...HOSTILE, 'numpy', 'a.b_c', '1.0', '1!2.0rc1+x.y', '', ':'),
  fc.string({ unit: 'binary', maxLength: 12 })
);
const wildFacts = fc.oneof(
  arbitraryFacts(),
  fc
    .record({
      names: fc.array(fc.tuple(wild, wild, wild, fc.boolean()), {
        maxLength: 8
      }),
      kind: fc.constantFrom('conda' as const, 'venv' as const, 'uv' as const),
      name: wild
    })
    .map(({ names, kind, name }) =>
      facts({
        python: python(names[0]?.[1] ?? '3.11.7', { prefix: `/opt/${name}` }),
        environment: environment(kind, { name }),
        conda: conda(
          names.map(([one, version, channel]) =>
            record(one, version, { channel, build: channel })
          )
        ),
        packages: names.map(([one, version, where, isEditable]) =>
          dist(one, version, {
            manager: 'pip',
            editable: isEditable ? where : null,
            requires: [where]
          })
        )
      })
    )
);
const wildHistory = fc.array(
  fc.tuple(wild, wild, wild).map(([name, version, words]) =>
    entry({
      command: `pip install ${name} ${words}`,
      why: words,
      changed: [{ name, from: version, to: words }]
    })
  ),
  { maxLength: 4 }
);
const wildScope = fc.constantFrom('asked' as const, 'everything' as const);

describe('arbitrary facts', () => {
  test('environment.yml is YAML of the right form', () => {
    fc.assert(
      fc.property(
        wildFacts,
        wildScope,
        wildHistory,
        fc.boolean(),
        (document, scope, history, builds) => {
          if (document.packages === null) {
            expect(
              exportFile('environment.yml', document, { scope })
            ).toBeNull();
            return;
          }
          const parsed = yml(document, scope, { history, builds });
          expect(Object.keys(parsed).slice(0, 3)).toEqual([
            'name',
            'channels',
            'dependencies'
          ]);
          expect(typeof parsed.name).toBe('string');
          for (const one of [...parsed.channels, ...parsed.conda]) {
            expect(one).toMatch(/^[\x21-\x7e]+$/);
          }
          expect(parsed.conda[0]).toMatch(/^(?:[\w-]+::)?python\b/);
          for (const one of parsed.pip) {
            expect(parseRequirement(one)).not.toBeNull();
          }
          const byPip = new Set(
            parsed.pip.map(one => parseRequirement(one)?.name)
          );
          for (const one of parsed.conda) {
            const name = one.replace(/^.*::/, '').replace(/=.*$/, '');
            // A damaged conda-meta may hold several records of one name.
            const records = (document.conda?.records ?? []).filter(
              other => other.name === name && other.name !== 'pip'
            );
            const taken = records.filter(other =>
              byPip.has(other.python_name ?? '')
            );
            expect([name, records.length > taken.length]).toEqual([
              name,
              records.length > 0
            ]);
          }
        }
      ),
      { numRuns: 300 }
    );
  });

  test('every line of requirements and constraints is a requirement or a comment', () => {
    fc.assert(
      fc.property(
        wildFacts,
        wildScope,
        wildHistory,
        (document, scope, history) => {
          for (const kind of ['requirements', 'constraints'] as const) {
            const file = exportFile(kind, document, { scope, history });
            // What Python calls a line is more than what ends with \n.
            for (const one of lines(file?.text ?? '')) {
              expect(parseRequirement(one)?.specifier).toMatch(/^==[^\s]+$/);
            }
            expect(file?.text ?? '').toMatch(/^[\x20-\x7e\n]*$/);
            expect(file?.text ?? '').not.toMatch(/\\$/m);
          }
        }
      ),
      { numRuns: 300 }
    );
  });

  test('rows keep their columns', () => {
    fc.assert(
      fc.property(
        wildFacts,
        wildScope,
        wildHistory,
        (document, scope, history) => {
          const file = exportFile('notes', document, { scope, history });
          for (const one of rows(file?.text ?? '')) {
            expect(one).toHaveLength(7);
          }
        }
      ),
      { numRuns: 300 }
    );
  });

  test('the script holds commands of ours only', () => {
    fc.assert(
      fc.property(
        wildFacts,
        wildScope,
        wildHistory,
        (document, scope, history) => {
          const file = exportFile('recreate', document, { scope, history });
          for (const one of lines(file?.text ?? '')) {
            expect(one).toMatch(
              /^(?:(?:conda|mamba|micromamba) (?:create|run) |uv (?:venv|pip install) |python[\d.]+ -m venv |py [-\d. ]*-m venv |(?:& )?['"]?(?:~|\$HOME)[\w./\\-]+['"]? -m )/
            );
            expect(one).not.toMatch(/[`;&|<>\n](?! "\$HOME)/);
          }
        }
      ),
      { numRuns: 300 }
    );
  });

  test('a scalar is read back as that text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          wild,
          fc.constantFrom('no', '~', '1e3', '0x1', 'a::b=1', 'a:', '- x', '#')
        ),
        text => {
          expect(load(`- ${scalar(text)}\n`)).toEqual([text]);
        }
      )
    );
  });

  test('a cell is one line without bars', () => {
    fc.assert(
      fc.property(wild, text => {
        expect(cell(text)).not.toMatch(/[|\n\r<>]/);
      })
    );
  });
});
