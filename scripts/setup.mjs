/**
 * Sets up everything a fresh clone needs, inside the clone: a virtual environment in .venv, npm packages, the built
 * extension. Needs Python 3.10 or newer and Node 20 or newer. What is up to date is left alone.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the clone. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

const WINDOWS = process.platform === 'win32';
const VENV = join(ROOT, '.venv');
const BIN = join(VENV, WINDOWS ? 'Scripts' : 'bin');
const STAMPS = join(ROOT, '.cache', 'stamps');

/** A program of the virtual environment. */
export function tool(name) {
  return join(BIN, WINDOWS ? `${name}.exe` : name);
}

/** Environment in which the virtual environment's programs come first. */
export function environment(extra = {}) {
  const inherited = { ...process.env };
  delete inherited.PYTHONPATH;
  return {
    ...inherited,
    VIRTUAL_ENV: VENV,
    PATH: `${BIN}${delimiter}${process.env.PATH}`,
    // Everything about Jupyter stays inside the clone: settings, kernels, workspaces.
    JUPYTER_CONFIG_DIR: join(ROOT, '.cache', 'jupyter', 'config'),
    JUPYTER_DATA_DIR: join(ROOT, '.cache', 'jupyter', 'data'),
    JUPYTERLAB_SETTINGS_DIR: join(ROOT, '.cache', 'jupyter', 'settings'),
    JUPYTERLAB_WORKSPACES_DIR: join(ROOT, '.cache', 'jupyter', 'workspaces'),
    ...extra
  };
}

/** Run a program to its end. Throws when it fails. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, {
    cwd: ROOT,
    stdio: 'inherit',
    env: environment(),
    ...options
  });
  if (result.error || result.status !== 0) {
    throw new Error(
      `${command} ${args.join(' ')}: ${result.error?.message ?? `exit status ${result.status}`}`
    );
  }
  return result;
}

/** A Python that is new enough. */
function findPython() {
  const code = 'import sys; sys.exit(sys.version_info < (3, 10))';
  for (const name of ['python3', 'python', 'python3.12', 'python3.11']) {
    if (spawnSync(name, ['-c', code]).status === 0) {
      return name;
    }
  }
  throw new Error('Python 3.10 or newer is needed');
}

/** Newest change in a tree, to see whether a build is out of date. */
function digest(paths) {
  const hash = createHash('sha256');
  const visit = path => {
    const info = statSync(path, { throwIfNoEntry: false });
    if (info?.isDirectory()) {
      readdirSync(path)
        .sort()
        .forEach(name => visit(join(path, name)));
    } else if (info && !/\.spec\.tsx?$|\.testing\.ts$|__pycache__/.test(path)) {
      hash.update(path.slice(ROOT.length)).update(readFileSync(path));
    }
  };
  paths.forEach(path => visit(join(ROOT, path)));
  return hash.digest('hex');
}

/** Do something unless it was done for the same inputs. */
function step(name, inputs, result, action) {
  const stamp = join(STAMPS, name);
  const wanted = digest(inputs);
  const fresh =
    existsSync(join(ROOT, result)) &&
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === wanted;
  if (fresh) {
    return;
  }
  const start = Date.now();
  console.log(`== ${name}`);
  action();
  mkdirSync(STAMPS, { recursive: true });
  // Generators may rewrite their inputs' neighbours, so the stamp is taken before; it stays true afterwards.
  writeFileSync(stamp, wanted);
  console.log(`== ${name}: ${((Date.now() - start) / 1000).toFixed(1)} s`);
}

/** Everything that a running extension needs. */
export function setup() {
  const [major] = process.versions.node.split('.').map(Number);
  if (major < 20) {
    throw new Error('Node 20 or newer is needed');
  }
  step('python packages', ['requirements/dev.txt'], '.venv', () => {
    run(findPython(), ['-m', 'venv', '--clear', VENV]);
    const uv = readFileSync(join(ROOT, 'requirements/dev.txt'), 'utf8').match(
      /^uv==\S+/m
    )[0];
    run(tool('python'), ['-m', 'pip', 'install', '--quiet', uv]);
    run(tool('uv'), [
      'pip',
      'install',
      '--quiet',
      '-r',
      'requirements/dev.txt'
    ]);
  });
  step('npm packages', ['package.json', 'yarn.lock'], 'node_modules', () =>
    run(tool('jlpm'), ['install', '--immutable'])
  );
  step(
    'extension',
    [
      'src',
      'style',
      'schema',
      'compat',
      'scripts/gen',
      'jupyterlab_gpu_doctor/kernel',
      'package.json',
      'tsconfig.json'
    ],
    'jupyterlab_gpu_doctor/labextension/package.json',
    () => {
      run(tool('jlpm'), ['build:prod']);
      run(tool('uv'), [
        'pip',
        'install',
        '--quiet',
        '--no-deps',
        '--no-build-isolation',
        '-e',
        '.'
      ]);
      run(tool('jupyter-builder'), ['develop', '--overwrite', '.']);
    }
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  setup();
}
