import { recognise } from '../recognise';
import { rewriteCell } from './rewrite';

const LINE = '%pip install "a==1" b==2';

function rewrite(source: string, line = LINE, executable = '/env/bin/python') {
  return rewriteCell(source, recognise(source)[0], line, executable);
}

it.each([
  ['%pip install a', LINE],
  ['pip install a', LINE],
  ['!pip install -q a  # why', `${LINE}  # why`],
  ['! pip install a', LINE],
  ['!!pip install a', LINE],
  [
    'x = 1\nif x:\n    !pip install a\nprint(x)',
    `x = 1\nif x:\n    ${LINE}\nprint(x)`
  ],
  ['%pip install \\\n  a \\\n  c\nimport a', `${LINE}\nimport a`],
  ['!pip install a && echo done', `${LINE} && echo done`],
  ['%%time\n%pip install a', `%%time\n${LINE}`],
  [
    'import subprocess, sys\nsubprocess.check_call([sys.executable, "-m", "pip", "install", "a"])\nprint(1)',
    `import subprocess, sys\n${LINE}\nprint(1)`
  ],
  [
    '%%bash\nset -e\npip install a\nls',
    '%%bash\nset -e\n/env/bin/python -m pip install "a==1" b==2\nls'
  ],
  ['log = !pip install a', 'log = !/env/bin/python -m pip install "a==1" b==2']
])('changes %j', (source, expected) => {
  expect(rewrite(source)).toBe(expected);
});

it.each([
  ['inside a Python string', 'import os\nos.system("pip install a && ls")'],
  [
    'as part of an expression',
    'x = subprocess.run(["pip", "install", "a"]).returncode'
  ]
])('leaves alone what stands %s', (_, source) => {
  expect(rewrite(source)).toBeNull();
});

it('puts conda into a shell by its name', () => {
  expect(rewrite('%%bash\npip install a', '%conda install a=1')).toBe(
    '%%bash\nconda install a=1'
  );
});

it('needs the interpreter where no magic can stand', () => {
  expect(
    rewriteCell(
      '%%bash\npip install a',
      recognise('%%bash\npip install a')[0],
      LINE,
      null
    )
  ).toBeNull();
});

it('quotes an interpreter with a space', () => {
  expect(rewrite('%%bash\npip install a', LINE, '/my env/python')).toBe(
    '%%bash\n"/my env/python" -m pip install "a==1" b==2'
  );
});
