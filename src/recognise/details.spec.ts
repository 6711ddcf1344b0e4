/** Options, unknowns, redirections, folders, activations. */
import { recognise } from './index';
import type { IInstallRequest, IRecogniseContext } from './types';

function one(cell: string, context?: IRecogniseContext): IInstallRequest {
  const found = recognise(cell, context);
  expect(found).toHaveLength(1);
  return found[0];
}

describe('options', () => {
  it.each([
    ['-U', 'upgrade'],
    ['-Uqq', 'upgrade'],
    ['-qU', 'upgrade'],
    ['--upgrade-strategy eager', 'eager'],
    ['--upgrade-strategy=eager', 'eager'],
    ['--pre', 'pre'],
    ['--force-reinstall', 'forceReinstall'],
    ['--force-r', 'forceReinstall'],
    ['-I', 'ignoreInstalled'],
    ['--no-deps', 'noDeps'],
    ['--no-dependencies', 'noDeps'],
    ['--user', 'user'],
    ['--break-system-packages', 'breakSystemPackages']
  ])('pip %s', (text, name) => {
    const { options, packages, args } = one(`!pip install ${text} x`);
    const set = Object.entries(options).filter(([, value]) => value === true);
    expect(set).toEqual([[name, true]]);
    expect(packages).toEqual(['x']);
    expect(args).toEqual([...text.split(' '), 'x']);
  });

  it('takes no value of an option for a package', () => {
    const { packages } = one(
      '!pip install --progress-bar off --root-user-action ignore --only-binary :all: --trusted-host h --cert c -C a=b x'
    );
    expect(packages).toEqual(['x']);
  });

  it('reads indexes, files and constraints', () => {
    const { options, unknowns } = one(
      '!PIP_INDEX_URL=https://e/s pip install -r a.txt -rb.txt -c c.txt --extra-index-url="https://f https://g" -f https://h -e ./p'
    );
    expect(options.indexes).toEqual(['https://e/s']);
    expect(options.extraIndexes).toEqual([
      'https://f',
      'https://g',
      'https://h'
    ]);
    expect(options.constraints).toEqual(['c.txt']);
    expect(options.requirementFiles).toEqual(['a.txt', 'b.txt']);
    expect(options.editables).toEqual(['./p']);
    expect(unknowns.map(({ kind }) => kind)).toEqual([
      'requirements-file',
      'requirements-file',
      'local-project'
    ]);
  });

  it('masks credentials everywhere but in args', () => {
    const request = one(
      '!pip install git+https://me:pw@h/x.git https://tok@h/y.whl -i https://u:pw@h/s?token=pw -r https://u:pw@h/r.txt'
    );
    const { args, ...shown } = request;
    expect(JSON.stringify(shown)).not.toMatch(/pw@|tok@|=pw/);
    expect(args).toContain('git+https://me:pw@h/x.git');
    expect(request.packages[0]).toBe('git+https://****@h/x.git');
    expect(one('!pip install git+ssh://git@h/x.git').packages).toEqual([
      'git+ssh://git@h/x.git'
    ]);
  });

  it('knows sudo, yes and channels', () => {
    expect(one('!sudo pip install x').options.sudo).toBe(true);
    expect(one('!pip uninstall -y x').options.yes).toBe(true);
    expect(one('!conda install x').options.yes).toBe(false);
    expect(one('%conda install x').options.yes).toBe(true);
    expect(one('!conda install -c a --channel=b x').options.channels).toEqual([
      'a',
      'b'
    ]);
  });

  it('tells folders and prefixes', () => {
    const target = (text: string) => one(`!pip install ${text} x`).target;
    expect(target('--target /t')).toEqual({ kind: 'folder', path: '/t' });
    expect(target('-t=/t')).toEqual({ kind: 'folder', path: '/t' });
    expect(target('--root /r')).toEqual({ kind: 'folder', path: '/r' });
    expect(target('--prefix=/p')).toEqual({ kind: 'named', name: '/p' });
    expect(target('--prefix {sys.prefix}')).toEqual({ kind: 'kernel' });
  });
});

describe('requirements', () => {
  it.each([
    ['\'x; python_version<"3.9"\'', ['x; python_version<"3.9"'], []],
    ['x[a,b]==1', ['x[a,b]==1'], []],
    ['x == 1', ['x', '==', '1'], []],
    ['torch==2.1.0+cu118', ['torch==2.1.0+cu118'], []],
    ['"b @ git+https://h/b"', ['b @ git+https://h/b'], ['direct-url']],
    [
      'git+https://h/b.git@v1#egg=b',
      ['git+https://h/b.git@v1#egg=b'],
      ['direct-url']
    ],
    [
      'https://h/y-1-py3-none-any.whl',
      ['https://h/y-1-py3-none-any.whl'],
      ['direct-url']
    ],
    ['./y-1-py3-none-any.whl', ['./y-1-py3-none-any.whl'], ['local-project']],
    ['.', ['.'], ['local-project']],
    ['.[dev]', ['.[dev]'], ['local-project']],
    ['{x}', [], ['variable']],
    ['x=={v}', [], ['variable']],
    ["{' '.join(missing)}", [], ['expression']],
    ['{"a -U" if stable else "b"} y', ['y'], ['expression']],
    ['$X ${Y} y', ['y'], ['variable', 'variable']],
    ['$(cat r.txt)', [], ['substitution']],
    ['`cat r.txt` y', ['y'], ['substitution']]
  ])('%s', (text, packages, kinds) => {
    const request = one(`!pip install ${text}`);
    expect(request.packages).toEqual(packages);
    expect(request.unknowns.map(({ kind }) => kind)).toEqual(kinds);
  });

  it('keeps what is unknown as the cell writes it', () => {
    const { unknowns, args } = one('!pip install torch=={version}');
    expect(unknowns).toEqual([{ kind: 'variable', text: 'torch=={version}' }]);
    expect(args).toEqual(['torch=={version}']);
    expect(one('!cat r.txt | xargs -n 1 pip install').unknowns).toEqual([
      { kind: 'substitution', text: 'xargs' }
    ]);
  });
});

describe('names', () => {
  it('come from the kernel', () => {
    const names = { v: '1.2', n: 3, list: ['a', 'b'] };
    const packages = (cell: string) => one(cell, { names }).packages;
    expect(packages('!pip install x=={v}')).toEqual(['x==1.2']);
    expect(packages('!pip install x==$v')).toEqual(['x==1.2']);
    expect(packages('%pip install {list}')).toEqual(['a', 'b']);
    expect(packages("!pip install {' '.join(list)}")).toEqual(['a', 'b']);
    expect(packages('os.system(f"pip install x=={n}")')).toEqual(['x==3']);
    expect(packages('subprocess.run(["pip", "install", *list])')).toEqual([
      'a',
      'b'
    ]);
    expect(packages('%%bash\npip install x $v')).toEqual(['x']);
  });

  it('come from the cell itself when it says them once', () => {
    const names = { v: 'kernel' };
    const packages = (cell: string) => one(cell, { names }).packages;
    expect(packages('v = "1"\n!pip install x=={v}')).toEqual(['x==1']);
    expect(packages('!pip install x=={v}\nv = "1"')).toEqual(['x==kernel']);
    expect(
      packages('if a:\n  v = "1"\nelse:\n  v = "2"\n!pip install x=={v} y')
    ).toEqual(['y']);
    expect(packages('v = f()\n!pip install x=={v} y')).toEqual(['y']);
    expect(packages('v: str = "1"\n!pip install x=={v}')).toEqual(['x==1']);
  });

  it('are inserted before the shell splits words', () => {
    const names = { spec: 'a b>=2' };
    const request = one('!pip install {spec}', { names });
    expect(request.packages).toEqual(['a', 'b']);
    expect(request.eaten).toEqual(['b>=2']);
  });
});

describe('shell', () => {
  it.each([
    ['x>=2', ['x'], ['x>=2']],
    ['x>=1.2,<2 y', ['x', 'y'], ['x>=1.2,<2']],
    ['x<2', ['x'], ['x<2']],
    ['x >= 1', ['x', '1'], ['x>=']],
    ['"x>=2"', ['x>=2'], []],
    ['x>log', ['x'], []],
    ['x > /dev/null 2>&1', ['x'], []],
    ['x &> log', ['x'], []],
    ['x 2>>e <in', ['x'], []],
    ['x # y>=2', ['x'], []]
  ])('pip install %s', (text, packages, eaten) => {
    for (const escape of ['!', '%', '']) {
      const request = one(`${escape}pip install ${text}`);
      expect(request.packages).toEqual(packages);
      expect(request.eaten).toEqual(eaten);
    }
  });

  it.each([
    ['!cd foo && pip install .', 'foo'],
    ['%%bash\ncd foo\ncd bar\npip install .', 'foo/bar'],
    ['!(cd foo) && pip install .', null],
    ['!cd foo\n!pip install .', null],
    ['%cd foo\n!pip install .', 'foo'],
    ['os.chdir("/a")\n%cd b\n!pip install .', '/a/b'],
    ['subprocess.run(["pip", "install", "."], cwd="foo")', 'foo']
  ])('%j runs in %j', (cell, directory) => {
    expect(one(cell).directory).toBe(directory);
  });

  it.each([
    ['!source venv/bin/activate\n!pip install x', true],
    ['!conda activate foo\n!python -m pip install x', true],
    ['!source venv/bin/activate\n%pip install x', false],
    ['!source venv/bin/activate && pip install x', false],
    ['%%bash\nsource venv/bin/activate\npip install x', false],
    ['!pip install x', false]
  ])('%j loses an activation: %j', (cell, lost) => {
    expect(one(cell).lostActivation).toBe(lost);
  });

  it.each([
    ['!python -m venv --clear /tmp/a && /tmp/a/bin/pip install x', true],
    ['!python3.9 -m venv a\n!./a/bin/python -m pip install x', true],
    ['!virtualenv -p python3.8 a\n!a/bin/pip install x', true],
    ['!uv venv --python 3.9 a\n!uv pip install --python a/bin/python x', true],
    ['!uv venv\n!uv pip install -p .venv x', true],
    [
      '%%bash\nconda create -y -n old python=3.9\nconda run -n old pip install x',
      true
    ],
    [
      '%%bash\nconda create -y -n old python=3.9\nconda activate old\npip install x',
      true
    ],
    ['!mamba create --prefix=/tmp/a\n!mamba install -p /tmp/a x', true],
    ['!python -m venv a\n!b/bin/pip install x', undefined],
    ['!conda create -n old\n!conda install -n older x', undefined],
    ['!a/bin/pip install x', undefined]
  ])('%j goes to an environment that the cell makes: %j', (cell, isNew) => {
    expect(one(cell).target).toMatchObject({ kind: 'named' });
    expect((one(cell).target as { isNew?: boolean }).isNew).toBe(isNew);
  });

  it('follows an activation within one shell', () => {
    const name = (cell: string) => one(cell).target;
    expect(name('!source venv/bin/activate && pip install x')).toEqual({
      kind: 'named',
      name: 'venv'
    });
    expect(name('!. venv/bin/activate; python -m pip install x')).toEqual({
      kind: 'named',
      name: 'venv'
    });
  });

  it('reads all parts of a line', () => {
    const found = recognise(
      '%pip install a && pip install b; false || pip3 install c | tail -1'
    );
    expect(found.map(({ packages }) => packages)).toEqual([
      ['a'],
      ['b'],
      ['c']
    ]);
    expect(found.map(({ target }) => target.kind)).toEqual([
      'kernel',
      'path',
      'path'
    ]);
  });
});

it('can do without automagic', () => {
  expect(recognise('pip install x', { automagic: false })).toEqual([]);
  expect(recognise('%pip install x', { automagic: false })).toHaveLength(1);
});
