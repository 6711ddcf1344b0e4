/** What holds for every text. */
import fc from 'fast-check';
import { mayChangePackages, recognise } from './index';

const PIECES = [
  'pip install ',
  '%pip uninstall ',
  '!',
  '%',
  '%%bash\n',
  '%%capture\n',
  '\n',
  '\r\n',
  '    ',
  '"',
  "'",
  '"""',
  '{',
  '}',
  '$',
  '$(',
  '(',
  ')',
  '[',
  ']',
  '`',
  '\\',
  '\\\n',
  'x==1',
  '>=2',
  '<',
  '<<EOF\n',
  'EOF\n',
  '#',
  ' ',
  '&&',
  '|',
  ';',
  'os.system(',
  'subprocess.run(',
  '"pip","install"',
  ',',
  'f"',
  'def f(a):\n',
  'f(',
  'a = ',
  'for a in ',
  '+',
  'sys.executable',
  'conda install ',
  'uv pip install ',
  'sudo ',
  'env ',
  'xargs ',
  'bash -c ',
  'python -m ',
  'get_ipython().run_cell_magic(',
  '\ue000',
  'é😀'
];

const soup = fc
  .array(fc.constantFrom(...PIECES), { maxLength: 40 })
  .map(pieces => pieces.join(''));
const anything = fc.oneof(fc.string({ unit: 'binary' }), soup);

/** Names that no tool takes for something else. */
const requirement = fc
  .tuple(
    fc.stringMatching(/^[a-z][a-z0-9]{1,8}$/),
    fc.constantFrom('', '==1.0', '>=2,<3', '[extra]', '[a,b]~=1.1')
  )
  .map(([name, rest]) => name + rest);

const COMMANDS = [
  '!pip install x',
  '%pip install x',
  'pip install x',
  '!python -m pip install x',
  '%conda install x',
  '!uv pip install x',
  'os.system("pip install x")'
];

it('never throws, and stays inside the cell', () => {
  fc.assert(
    fc.property(anything, cell => {
      for (const { start, end } of recognise(cell)) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(cell.length);
      }
    }),
    { numRuns: 1500 }
  );
});

it('finds nothing that the quick look denies', () => {
  fc.assert(
    fc.property(anything, cell => {
      expect(recognise(cell).length === 0 || mayChangePackages(cell)).toBe(
        true
      );
    }),
    { numRuns: 500 }
  );
});

it('is silent about commands in comments, strings and written files', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...COMMANDS),
      fc.constantFrom<(text: string) => string>(
        text => `# ${text}`,
        text => `x = 1  # ${text}`,
        text => `"""\n${text}\n"""`,
        text => `s = '''\n${text}\n'''\nprint(s)`,
        text => `print(${JSON.stringify(text)})`,
        text => `%%writefile a.txt\n${text}`,
        text => `%%html\n${text}`,
        text => `%%bash\n# ${text}`,
        text => `%%bash\ncat <<'END' > f\n${text}\nEND`,
        text => `if False:\n    ${text}`
      ),
      (command, wrap) => {
        expect(recognise(wrap(command))).toEqual([]);
      }
    )
  );
});

it('reads the same packages however they are spaced and quoted', () => {
  const word = fc.tuple(
    requirement,
    fc.constantFrom('"', "'"),
    fc.constantFrom(' ', '  ', '\t', ' \\\n  ')
  );
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1, maxLength: 5 }),
      fc.constantFrom(
        '!pip install',
        '%pip install',
        '!python3 -m pip install -q'
      ),
      fc.constantFrom('', '\n', 'import os\n', 'if x:\n    '),
      (words, command, before) => {
        const text = words
          .map(([name, quote, space]) => `${space}${quote}${name}${quote}`)
          .join('');
        const found = recognise(`${before}${command}${text}`);
        expect(found.map(({ packages }) => packages)).toEqual([
          words.map(([name]) => name)
        ]);
        expect(found[0].eaten).toEqual([]);
      }
    )
  );
});

it('reads the same in every form', () => {
  const forms: ((spec: string) => string)[] = [
    spec => `!pip install "${spec}"`,
    spec => `%pip install '${spec}'`,
    spec => `%%bash\npip install "${spec}"`,
    spec => `os.system("pip install '${spec}'")`,
    spec => `subprocess.run(["pip", "install", "${spec}"])`,
    spec => `get_ipython().system('pip install "${spec}"')`,
    spec => `p = "${spec}"\n!pip install "{p}"`,
    spec => `def go(p):\n  subprocess.run(["pip", "install", p])\ngo("${spec}")`
  ];
  fc.assert(
    fc.property(requirement, fc.constantFrom(...forms), (spec, form) => {
      expect(recognise(form(spec)).flatMap(({ packages }) => packages)).toEqual(
        [spec]
      );
    })
  );
});

it('takes no time worth naming for hostile texts', () => {
  const hostile = [
    '!pip install ' + '$('.repeat(5000),
    '!pip install ' + '{'.repeat(5000),
    'import pip # install\n' + '['.repeat(20000),
    'os.system("pip install " + ' + 'f('.repeat(5000),
    'a0 = "x"\n' +
      Array.from({ length: 60 }, (_, i) => `a${i + 1} = a${i} + a${i}`).join(
        '\n'
      ) +
      '\nos.system("pip install " + a60)',
    'def f(a):\n' +
      '  f(a)\n'.repeat(200) +
      '  os.system("pip install x")\nf(1)'
  ];
  for (const cell of hostile) {
    // A quadratic or exponential step would not end within Jest's time limit.
    expect(Array.isArray(recognise(cell))).toBe(true);
  }
});

describe('the quick look', () => {
  it.each([
    '!pip3.11 install x',
    '!$PYTHON -m pip install x',
    '!python -mpip install x',
    '!mim install mmcv',
    '!conda env update -f e.yml',
    '!conda update --all',
    '!mamba remove x',
    '!apt-get purge x',
    '!apt upgrade -y',
    '!easy_install x',
    '!python setup.py develop',
    '!poetry add x',
    '!pdm add x',
    '!pdm sync',
    '!uv sync',
    '!uv add x',
    '!uv remove x',
    '%uv pip sync r.txt',
    '!pixi add x',
    '!pipenv sync',
    'condacolab.install()',
    'subprocess.run([sys.executable, "-m", "pip", "install", x])',
    "pip.main(['uninstall', 'x'])"
  ])('says yes to %s', cell => {
    expect(mayChangePackages(cell)).toBe(true);
    expect(recognise(cell).length).toBeGreaterThan(0);
  });

  it.each([
    '',
    'import torch\nmodel = torch.nn.Linear(2, 3)',
    'sklearn.pipeline.Pipeline([])',
    'd.update(x); s.add(1); l.remove(2)',
    '!nvidia-smi',
    '# is it installed?'
  ])('says no to %j', cell => {
    expect(mayChangePackages(cell)).toBe(false);
  });
});
