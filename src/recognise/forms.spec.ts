/** Every way to write a command: what is recognised, where it stands, which Python it means. */
import { recognise } from './index';
import type { IInstallRequest } from './types';

/** `tool form action packages @target`. */
function brief(request: IInstallRequest): string {
  const { tool, form, action, packages, target } = request;
  const place =
    target.kind === 'kernel'
      ? 'kernel'
      : target.kind === 'path'
        ? target.command
        : `${target.kind}:${target.kind === 'named' ? target.name : target.path}`;
  return [tool, form, action, packages.join(','), `@${place}`].join(' ');
}

type Row = [cell: string, requests: string[], slices?: string[]];

function check(rows: readonly Row[]): void {
  const full = rows.map(row => [row[0], row[1], row[2] ?? null] as const);
  it.each(full)('%j', (cell, requests, slices) => {
    const found = recognise(cell);
    expect(found.map(brief)).toEqual(requests);
    const texts = found.map(({ start, end }) => cell.slice(start, end));
    if (slices) {
      expect(texts).toEqual(slices);
    } else {
      expect(texts.every(text => text === text.trim() && text !== '')).toBe(
        true
      );
    }
  });
}

describe('IPython lines', () => {
  check([
    [
      '%pip install -q -U x',
      ['pip magic install x @kernel'],
      ['pip install -q -U x']
    ],
    ['%pip install "x>=1,<2" y', ['pip magic install x>=1,<2,y @kernel']],
    ['_ = %pip install x', ['pip magic install x @kernel'], ['pip install x']],
    ['%conda install -y -c conda-forge x', ['conda magic install x @kernel']],
    ['%mamba install x', ['mamba magic install x @kernel']],
    ['%micromamba update x', ['micromamba magic update x @kernel']],
    [
      '%uv pip install -q x',
      ['uv magic install x @kernel'],
      ['uv pip install -q x']
    ],
    ['pip install tensorflow', ['pip automagic install tensorflow @kernel']],
    [
      '  pip install x  # why',
      ['pip automagic install x @kernel'],
      ['pip install x']
    ],
    ['conda install x', ['conda automagic install x @kernel']],
    ['uv pip install x', ['uv automagic install x @kernel']],
    ['!pip install x', ['pip bang install x @pip'], ['pip install x']],
    ['! pip install x', ['pip bang install x @pip'], ['pip install x']],
    ['!!pip install x', ['pip bang install x @pip'], ['pip install x']],
    ['out = !pip install x', ['pip bang install x @pip'], ['pip install x']],
    ['a, b = !pip install x', ['pip bang install x @pip']],
    ['o["k"] = !pip install x', ['pip bang install x @pip']],
    [
      'if kaggle:\n    !pip install -Uqq fastai',
      ['pip bang install fastai @pip']
    ],
    [
      'try:\n  import x\nexcept ImportError:\n\t%pip install x',
      ['pip magic install x @kernel']
    ],
    ['def f():\n    !pip install x', ['pip bang install x @pip']],
    [
      '!pip install a\nimport a\n!pip install b',
      ['pip bang install a @pip', 'pip bang install b @pip'],
      ['pip install a', 'pip install b']
    ],
    [
      '!pip install \\\n  -q \\\n  x==1',
      ['pip bang install x==1 @pip'],
      ['pip install \\\n  -q \\\n  x==1']
    ],
    [
      '%pip install \\\r\n  x',
      ['pip magic install x @kernel'],
      ['pip install \\\r\n  x']
    ],
    [
      's = """\n!pip install no\n"""\n!pip install y',
      ['pip bang install y @pip'],
      ['pip install y']
    ],
    ['x = [\n 1,\n]\n!pip install y', ['pip bang install y @pip']],
    ['>>> !pip install x', ['pip bang install x @pip'], ['pip install x']],
    [
      'In [3]: %pip install x',
      ['pip magic install x @kernel'],
      ['pip install x']
    ],
    ['%time !pip install x', ['pip bang install x @pip'], ['pip install x']],
    ['%system pip install x', ['pip bang install x @pip']],
    [
      'if False:\n    !pip install a\n!pip install b',
      ['pip bang install b @pip']
    ]
  ]);
});

describe('programs', () => {
  check([
    ['!pip3 install x', ['pip bang install x @pip3']],
    ['!pip2 install x', ['pip bang install x @pip2']],
    ['!pip3.11 install x', ['pip bang install x @pip3.11']],
    ['!python -m pip install x', ['pip bang install x @python']],
    ['!python3.11 -Im pip install x', ['pip bang install x @python3.11']],
    ['!python -mpip install x', ['pip bang install x @python']],
    ['!python -W ignore -m pip install x', ['pip bang install x @python']],
    ['!py -3.11 -m pip install x', ['pip bang install x @py']],
    [
      '!/opt/conda/bin/python -m pip install x',
      ['pip bang install x @named:/opt/conda/bin/python']
    ],
    ['!./venv/bin/pip install x', ['pip bang install x @named:./venv/bin/pip']],
    [
      '!C:\\Python\\python.exe -m pip install x',
      ['pip bang install x @named:C:\\Python\\python.exe']
    ],
    [
      'import sys\n!{sys.executable} -m pip install x',
      ['pip bang install x @kernel'],
      ['{sys.executable} -m pip install x']
    ],
    [
      '!"{sys.executable}" -m pip install x',
      ['pip bang install x @kernel'],
      ['"{sys.executable}" -m pip install x']
    ],
    ['!$sys.executable -m pip install x', ['pip bang install x @kernel']],
    ['!{sys.prefix}/bin/pip install x', ['pip bang install x @kernel']],
    [
      'PY = sys.executable\n!{PY} -m pip install x',
      ['pip bang install x @kernel']
    ],
    ['!$PYTHON -m pip install x', ['pip bang install x @named:$PYTHON']],
    ['!$(which python) -m pip install x', ['pip bang install x @python']],
    [
      '!pip --python /p/bin/python install x',
      ['pip bang install x @named:/p/bin/python']
    ],
    [
      '!sudo -H pip install -U x',
      ['pip bang install x @pip'],
      ['sudo -H pip install -U x']
    ],
    ['!sudo -u root -E env "A=$B" pip install x', ['pip bang install x @pip']],
    [
      '!VAR=1 W="2 3" pip install x',
      ['pip bang install x @pip'],
      ['VAR=1 W="2 3" pip install x']
    ],
    ['!env -u A VAR=1 pip install x', ['pip bang install x @pip']],
    ['!nohup pip install x &', ['pip bang install x @pip']],
    [
      '!time -p timeout -k 5 60 nice -n 5 pip install x',
      ['pip bang install x @pip']
    ],
    ['!conda run -n foo pip install x', ['pip bang install x @named:foo']],
    [
      '!bash -lc "pip install x"',
      ['pip bang install x @pip'],
      ['pip install x']
    ],
    ['!eval pip install x', ['pip bang install x @pip']],
    [
      '!yes | pip uninstall x',
      ['pip bang uninstall x @pip'],
      ['pip uninstall x']
    ],
    ['!easy_install x', ['easy_install bang install x @easy_install']],
    ['!mim install mmcv', ['mim bang install mmcv @mim']],
    ['!poetry add x', ['poetry bang install x @poetry']],
    ['!pdm add x', ['pdm bang install x @pdm']],
    ['!pixi add x', ['pixi bang install x @pixi']],
    ['!python setup.py install', ['setup.py bang install  @python']],
    [
      '!sudo apt-get install -y -qq nvidia-cuda-toolkit',
      ['apt bang install nvidia-cuda-toolkit @apt-get']
    ],
    ['!apt remove -y x', ['apt bang uninstall x @apt']],
    [
      "!python -c \"import pip; pip.main(['install', 'x'])\"",
      ['pip bang install x @python']
    ]
  ]);
});

describe('uv and conda', () => {
  check([
    ['!uv pip install --system x', ['uv bang install x @python']],
    ['!uv pip install x', ['uv bang install x @uv']],
    [
      '!uv pip install --python {sys.executable} x',
      ['uv bang install x @kernel']
    ],
    [
      '!uv pip install -p .venv/bin/python x',
      ['uv bang install x @named:.venv/bin/python']
    ],
    [
      '!uv pip install --index-strategy unsafe-best-match -P y x',
      ['uv bang install x @uv']
    ],
    ['!VIRTUAL_ENV=.venv uv pip install x', ['uv bang install x @named:.venv']],
    ['!uv pip sync r.txt', ['uv bang update  @uv']],
    ['!uv add --dev x', ['uv bang install x @uv']],
    ['!uv remove x', ['uv bang uninstall x @uv']],
    ['!uv sync', ['uv bang update  @uv']],
    ['!python -m uv pip uninstall x', ['uv bang uninstall x @python']],
    [
      '!conda install -c conda-forge folium=0.5.0 --yes',
      ['conda bang install folium=0.5.0 @conda']
    ],
    [
      '!conda install --yes --prefix {sys.prefix} numpy',
      ['conda bang install numpy @kernel']
    ],
    ['!conda install -n foo x', ['conda bang install x @named:foo']],
    [
      '!conda env update -n foo -f e.yml --prune',
      ['conda bang update  @named:foo']
    ],
    ['!conda update --all', ['conda bang update  @conda']],
    ['!conda remove x', ['conda bang uninstall x @conda']],
    ['!mamba install -y "a<2" b', ['mamba bang install a<2,b @mamba']],
    [
      '!micromamba install -n base -f e.yml',
      ['micromamba bang install  @named:base']
    ],
    [
      'import condacolab\ncondacolab.install()',
      ['conda python-call install  @kernel'],
      ['condacolab.install()']
    ]
  ]);
});

describe('cell magics', () => {
  check([
    [
      '%%bash\npip install a\npip install b # c',
      ['pip cell-magic install a @pip', 'pip cell-magic install b @pip'],
      ['pip install a', 'pip install b']
    ],
    ['\n%%sh\npip install a', ['pip cell-magic install a @pip']],
    [
      '%%script --out o bash -e\npip install a',
      ['pip cell-magic install a @pip']
    ],
    ['%%system\npip install a', ['pip cell-magic install a @pip']],
    ['%%!\npip install a', ['pip cell-magic install a @pip']],
    ['%%capture --no-stderr\n%pip install a', ['pip magic install a @kernel']],
    ['%%time\n!pip install a', ['pip bang install a @pip'], ['pip install a']],
    ['%%timeit -n1\n!pip install a', ['pip bang install a @pip']],
    [
      '%%capture out\n%%bash\npip install a',
      ['pip cell-magic install a @pip'],
      ['pip install a']
    ],
    [
      '%%bash\nif true; then pip install a; else pip install b; fi',
      ['pip cell-magic install a @pip', 'pip cell-magic install b @pip'],
      ['pip install a', 'pip install b']
    ],
    [
      '%%bash\nfor p in a b; do\n  pip install $p\ndone',
      ['pip cell-magic install a,b @pip'],
      ['pip install $p']
    ],
    [
      '%%bash\nset -e\nPKG=torch\nf() { pip install "$PKG==2"; }\nf',
      ['pip cell-magic install torch==2 @pip'],
      ['pip install "$PKG==2"']
    ],
    [
      '%%bash\ncat > r.txt <<EOF\npip install no\nEOF\npip install y',
      ['pip cell-magic install y @pip']
    ],
    [
      '%%bash\nbash <<-EOF\n\tpip install y\n\tEOF\necho',
      ['pip cell-magic install y @pip']
    ],
    [
      '%%bash\nsource activate foo\npip install x',
      ['pip cell-magic install x @named:foo']
    ],
    [
      '%%bash\nconda activate foo\nconda install -y x\nconda deactivate\npip install y',
      ['conda cell-magic install x @named:foo', 'pip cell-magic install y @pip']
    ],
    [
      '%%python\nimport os\nos.system("pip install x")',
      ['pip cell-magic install x @pip']
    ]
  ]);
});

describe('Python calls', () => {
  check([
    [
      "get_ipython().system('pip install x')",
      ['pip ipython-call install x @pip'],
      ['pip install x']
    ],
    [
      "get_ipython().run_line_magic('pip', 'install x')",
      ['pip ipython-call install x @kernel']
    ],
    [
      "get_ipython().run_cell_magic('bash', '', 'pip install x\\npip install y')",
      ['pip ipython-call install x @pip', 'pip ipython-call install y @pip'],
      ['pip install x', 'pip install y']
    ],
    [
      "get_ipython().run_cell_magic('capture', '', '!pip install x')",
      ['pip ipython-call install x @pip']
    ],
    [
      "get_ipython().magic('pip install x')",
      ['pip ipython-call install x @kernel']
    ],
    [
      "y = get_ipython().getoutput('pip install x')",
      ['pip ipython-call install x @pip']
    ],
    ["ip.system('pip install x')", ['pip ipython-call install x @pip']],
    [
      'os.system("pip install x && pip install y")',
      ['pip python-call install x @pip', 'pip python-call install y @pip'],
      ['pip install x', 'pip install y']
    ],
    [
      'import os as o\no.popen("pip install x").read()',
      ['pip python-call install x @pip']
    ],
    [
      'subprocess.check_call([sys.executable,"-m","pip","install","x>=2", "-q"])',
      ['pip python-call install x>=2 @kernel']
    ],
    [
      'subprocess.run(\n  ["pip",\n   "install", # no\n   "x"],\n  check=True)',
      ['pip python-call install x @pip']
    ],
    [
      'subprocess.run("pip install x", shell=True)',
      ['pip python-call install x @pip'],
      ['pip install x']
    ],
    [
      'subprocess.run(["pip install x"], shell=True)',
      ['pip python-call install x @pip']
    ],
    [
      'subprocess.run(args=["pip", "install", "x"])',
      ['pip python-call install x @pip']
    ],
    [
      'subprocess.Popen(["bash", "-c", "pip install x"])',
      ['pip python-call install x @pip']
    ],
    [
      'import subprocess as sp\nsp.call("pip install x".split())',
      ['pip python-call install x @pip']
    ],
    [
      'from subprocess import run as r\nr(shlex.split("pip install x"))',
      ['pip python-call install x @pip']
    ],
    [
      'check_call(["pip", "install"] + ["a"] + ["b"])',
      ['pip python-call install a,b @pip']
    ],
    [
      'await asyncio.create_subprocess_exec("pip", "install", "x")',
      ['pip python-call install x @pip']
    ],
    [
      'print(subprocess.getoutput("pip install x"))',
      ['pip python-call install x @pip']
    ],
    [
      "import pip\npip.main(['install', 'x'])",
      ['pip python-call install x @kernel']
    ],
    [
      "from pip._internal import main as go\ngo(['install', '-U', 'x'])",
      ['pip python-call install x @kernel']
    ],
    [
      "from pip._internal.cli.main import main\nmain(['install', 'x'])",
      ['pip python-call install x @kernel']
    ],
    [
      "pip._internal.main(['uninstall', '-y', 'x'])",
      ['pip python-call uninstall x @kernel']
    ],
    [
      'os.system(f"{sys.executable} -m pip install x")',
      ['pip python-call install x @kernel']
    ],
    [
      'os.system("pip install {}".format("x"))',
      ['pip python-call install x @pip']
    ],
    [
      'os.system("pip install %s==%s" % ("x", 1))',
      ['pip python-call install x==1 @pip']
    ],
    ['os.system("pip " "install x")', ['pip python-call install x @pip']],
    ['if a: os.system("pip install x")', ['pip python-call install x @pip']],
    [
      "os.system('''\npip install x\npip install y\n''')",
      ['pip python-call install x @pip', 'pip python-call install y @pip'],
      ['pip install x', 'pip install y']
    ],
    [
      'cmd = "pip install x"\nos.system(cmd)',
      ['pip python-call install x @pip']
    ],
    [
      'if c:\n  cmd = "pip install a"\nelse:\n  cmd = "pip install b"\nos.system(cmd)',
      ['pip python-call install a @pip', 'pip python-call install b @pip']
    ],
    [
      'cmd = [sys.executable, "-m", "pip", "install"]\ncmd += ["a"]\ncmd.append("b")\nsubprocess.run(cmd)',
      ['pip python-call install a,b @kernel'],
      ['subprocess.run(cmd)']
    ],
    [
      'for p in ["a", "b"]:\n    subprocess.run(["pip", "install", p])',
      ['pip python-call install a,b @pip']
    ],
    [
      'def install(p):\n    subprocess.run([sys.executable, "-m", "pip", "install", p])\ninstall("a==1")\ninstall(p="b")',
      [
        'pip python-call install a==1 @kernel',
        'pip python-call install b @kernel'
      ],
      ['install("a==1")', 'install(p="b")']
    ],
    [
      'def sh(c): return os.system(c)\nsh("pip install x")',
      ['pip python-call install x @pip']
    ]
  ]);
});
