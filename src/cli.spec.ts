/** The outside commands, as they are run. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const DOCTOR = join(__dirname, '..', 'scripts', 'doctor.mjs');

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'doctor-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** Write a file; gives its path. */
function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(
    path,
    typeof content === 'string' ? content : JSON.stringify(content)
  );
  return path;
}

function explain(...args: string[]): {
  matches: {
    signature: string;
    title: string;
    about: string[];
    rule: string | null;
    fix: { commands: string[]; restart: boolean } | null;
  }[];
} {
  return JSON.parse(
    execFileSync('node', [DOCTOR, 'explain', ...args], { encoding: 'utf8' })
  );
}

const ERROR =
  'OSError: libcublas.so.11: cannot open shared object file: No such file or directory\n';

describe('explain', () => {
  test('a text alone', () => {
    const { matches } = explain(file('error.txt', ERROR));
    expect(matches.map(one => one.signature)).toEqual(['cuda-library-missing']);
    expect(matches[0]).toMatchObject({
      title: '`libcublas.so.11` cannot be found',
      rule: null,
      fix: null
    });
    expect(matches[0].about).toContain('nvidia-cublas-cu11');
  });

  test('nothing known', () => {
    expect(
      explain(file('none.txt', "NameError: name 'x' is not defined"))
    ).toEqual({
      matches: []
    });
    expect(explain(file('empty.txt', ''))).toEqual({ matches: [] });
  });

  test('with the short form of facts: the finding and its fix', () => {
    const { matches } = explain(
      file('nms.txt', 'RuntimeError: operator torchvision::nms does not exist'),
      file('facts.json', {
        python: '3.10.12',
        platform: 'linux-x86_64',
        packages: [
          { name: 'torch', version: '2.3.0', manager: 'pip' },
          {
            name: 'torchvision',
            version: '0.18.1',
            manager: 'pip',
            requires: ['torch==2.3.1']
          }
        ]
      })
    );
    expect(matches).toHaveLength(1);
    expect(matches[0].rule).toBe('torch-family-mismatch');
    expect(matches[0].about).toEqual(
      expect.arrayContaining(['torch', 'torchvision'])
    );
    expect(matches[0].fix?.restart).toBe(true);
    expect(matches[0].fix?.commands.join()).toContain('torchvision');
  });
});

describe('export', () => {
  const run = (...args: string[]) =>
    execFileSync('node', [DOCTOR, 'export', ...args], { encoding: 'utf8' });
  const short = () =>
    file('short.json', {
      python: '3.11.7',
      environment: 'venv',
      packages: [
        { name: 'a', version: '1.0', manager: 'pip', requires: ['b'] },
        { name: 'b', version: '2.0', manager: 'pip' }
      ]
    });

  test('what was asked for, and everything', () => {
    expect(run(short(), 'environment.yml')).toContain('      - a==1.0\n');
    expect(run(short(), 'requirements')).not.toContain('b==');
    expect(run(short(), 'requirements', '--all')).toContain('b==2.0\na==1.0');
    expect(run(short(), 'constraints')).toContain('a==1.0\nb==2.0');
    expect(run(short(), 'recreate')).toContain('-m pip install a==1.0\n');
  });

  test('with a history', () => {
    const entry = {
      schema: 1,
      id: '1',
      kind: 'install',
      time: '2026-05-02T10:11:12Z',
      command: 'pip install b',
      why: 'needed',
      undone: null,
      changed: [{ name: 'b', from: null, to: '2.0' }]
    };
    const history = file('h.jsonl', `${JSON.stringify(entry)}\n{broken\n`);
    expect(run(short(), 'notes', '--history', history)).toContain(
      '| b | 2.0 | 2026-05-02 10:11 | pip install b | needed |'
    );
  });
});

describe('bad input: one line on stderr, status 2, nothing on stdout', () => {
  test.each([
    ['no command', () => []],
    ['no file', () => ['explain']],
    ['a file that is not there', () => ['explain', join(folder, 'nowhere')]],
    ['a folder', () => ['explain', folder]],
    [
      'facts that are not there',
      () => ['explain', file('e.txt', ERROR), join(folder, 'nowhere.json')]
    ],
    [
      'facts that are no JSON',
      () => ['explain', file('e.txt', ERROR), file('f.json', '{')]
    ],
    [
      'facts that are none',
      () => ['explain', file('e.txt', ERROR), file('g.json', [1])]
    ],
    [
      'a probe document with a wrong value',
      () => [
        'explain',
        file('e.txt', ERROR),
        file('h.json', {
          schema: 'jupyterlab-gpu-doctor/facts',
          schema_version: 1,
          packages: 3
        })
      ]
    ],
    ['JSON for check that is none', () => ['check', file('i.json', 'x')]],
    ['export without a kind', () => ['export', file('j.json', {})]],
    ['a kind that is none', () => ['export', file('k.json', {}), 'x']],
    ['no packages', () => ['export', file('l.json', {}), 'requirements']],
    [
      'an option that is none',
      () => ['export', file('m.json', { packages: [] }), 'notes', '--x']
    ],
    [
      'a history that is not there',
      () => [
        'export',
        file('n.json', { packages: [] }),
        'notes',
        '--history',
        join(folder, 'nowhere')
      ]
    ]
  ])('%s', (_, args) => {
    const { status, stdout, stderr } = spawnSync('node', [DOCTOR, ...args()], {
      encoding: 'utf8'
    });
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^doctor: \S[^\n]+\n$/);
  });
});
