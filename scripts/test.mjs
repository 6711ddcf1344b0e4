/**
 * Sets everything up and runs all tests. The last line is `N passed, N failed`, summed over all suites.
 *
 *   node scripts/test.mjs            everything
 *   node scripts/test.mjs jest …     only the suites named: checks, jest, pytest, galata
 *
 * The UI tests of JupyterLab itself take longest; pytest and the UI tests on other hosts run beside them. They share no
 * server and no environment that a test changes.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { environment, ROOT, run, setup, tool } from './setup.mjs';

const RESULTS = join(ROOT, '.cache', 'results');
const UI = join(ROOT, 'ui-tests');
const totals = { passed: 0, failed: 0 };

/** Count what a suite reports; a suite that dies without a report is one failure. */
function count(name, { passed, failed }) {
  totals.passed += passed;
  totals.failed += failed;
  console.log(`== ${name}: ${passed} passed, ${failed} failed`);
}

/** Run a program to its end; whether it succeeded. Its lines carry the name of what runs beside others. */
function attempt(command, args, { env, cwd = ROOT, label } = {}) {
  const child = spawn(command, args, {
    cwd,
    stdio: label ? ['inherit', 'pipe', 'pipe'] : 'inherit',
    env: environment(env)
  });
  for (const stream of label ? [child.stdout, child.stderr] : []) {
    createInterface({ input: stream }).on('line', line =>
      console.log(`[${label}] ${line}`)
    );
  }
  return new Promise(resolve => {
    child.on('error', () => resolve(false));
    child.on('close', status => resolve(status === 0));
  });
}

function report(name) {
  const path = join(RESULTS, name);
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

/** One test each: nothing generated is out of date, types, lint, format, Python lint. */
async function checks() {
  const list = [
    ['generated files', tool('jlpm'), ['gen:check']],
    ['types', tool('jlpm'), ['check:types']],
    ['eslint', tool('jlpm'), ['eslint:check']],
    ['prettier', tool('jlpm'), ['prettier:check']],
    ['stylelint', tool('jlpm'), ['stylelint:check']],
    ['ruff', tool('ruff'), ['check', '.']]
  ];
  let passed = 0;
  for (const [name, command, args] of list) {
    const ok = await attempt(command, args);
    console.log(`${ok ? 'ok' : 'FAILED'}: ${name}`);
    passed += ok ? 1 : 0;
  }
  count('checks', { passed, failed: list.length - passed });
}

async function jest() {
  const ok = await attempt(tool('jlpm'), [
    'jest',
    '--json',
    `--outputFile=${join(RESULTS, 'jest.json')}`
  ]);
  const text = report('jest.json');
  const result = text ? JSON.parse(text) : null;
  const broken = result?.numRuntimeErrorTestSuites ?? 0;
  count('jest', {
    passed: result?.numPassedTests ?? 0,
    failed: result ? result.numFailedTests + broken : ok ? 0 : 1
  });
}

async function pytest() {
  const ok = await attempt(
    tool('python'),
    [
      '-m',
      'pytest',
      'tests',
      '-q',
      `--junitxml=${join(RESULTS, 'pytest.xml')}`
    ],
    { label: 'pytest' }
  );
  const suite = report('pytest.xml')?.match(/<testsuite [^>]*>/)?.[0] ?? '';
  const number = name =>
    Number(suite.match(new RegExp(`\\b${name}="(\\d+)"`))?.[1] ?? 0);
  const failed = number('failures') + number('errors');
  count('pytest', {
    passed: number('tests') - failed - number('skipped'),
    failed: failed || (ok ? 0 : 1)
  });
}

/** Install a package of Debian, where that is possible; else say what is missing. */
function debian(name, hint) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new Error(`${name} is missing: ${hint}`);
  }
  run('apt-get', ['update', '-qq']);
  run('apt-get', ['install', '-y', '-qq', name]);
}

/** The compiler of the fake NVML. */
function compiler() {
  if (spawnSync('gcc', ['--version']).error) {
    debian('gcc', 'install a C compiler');
  }
}

/** Debian's Chromium; Playwright's own download is not used. */
function chromium() {
  const path = process.env.CHROMIUM ?? '/usr/bin/chromium';
  if (!existsSync(path)) {
    debian('chromium', 'install it, or set CHROMIUM to the path of one');
  }
  return path;
}

/** Everything that the UI tests stand on; the path of Chromium. */
function prepareUi() {
  const path = chromium();
  run(tool('jlpm'), ['install', '--immutable'], { cwd: UI });
  run(tool('python'), ['environments.py'], { cwd: UI });
  run(tool('python'), ['hosts.py'], { cwd: UI });
  return path;
}

/** UI tests. @param name of the suite @param hosts projects of playwright.config.js */
async function galata(name, hosts, path) {
  const ok = await attempt(tool('jlpm'), ['playwright', 'test'], {
    cwd: UI,
    label: name,
    env: {
      CHROMIUM: path,
      HOSTS: hosts,
      PLAYWRIGHT_JSON_OUTPUT_NAME: join(RESULTS, `${name}.json`)
    }
  });
  const text = report(`${name}.json`);
  const stats = text ? JSON.parse(text).stats : null;
  count(name, {
    passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0),
    failed: stats ? stats.unexpected + (ok || stats.unexpected ? 0 : 1) : 1
  });
}

/** Run a suite, with its time; one that throws is one failure. */
async function timed(name, suite) {
  const start = Date.now();
  try {
    await suite();
  } catch (error) {
    console.error(String(error));
    count(name, { passed: 0, failed: 1 });
  }
  console.log(`== ${name}: ${((Date.now() - start) / 1000).toFixed(0)} s`);
}

const SUITES = ['checks', 'jest', 'pytest', 'galata'];

const wanted = process.argv.slice(2);
const unknown = wanted.filter(name => !SUITES.includes(name));
if (unknown.length > 0) {
  console.error(`unknown suite: ${unknown.join(', ')}`);
  process.exit(2);
}
const isWanted = name => wanted.length === 0 || wanted.includes(name);
try {
  setup();
  compiler();
} catch (error) {
  console.error(String(error));
  console.log('0 passed, 1 failed');
  process.exit(1);
}
rmSync(RESULTS, { recursive: true, force: true });
mkdirSync(RESULTS, { recursive: true });
if (isWanted('checks')) {
  await timed('checks', checks);
}
if (isWanted('jest')) {
  await timed('jest', jest);
}
let path = null;
if (isWanted('galata')) {
  await timed('UI environments', () => {
    path = prepareUi();
  });
}
const beside = async () => {
  if (isWanted('pytest')) {
    await timed('pytest', pytest);
  }
  if (path) {
    await timed('hosts', () => galata('hosts', 'hosts', path));
  }
};
await Promise.all([
  path ? timed('galata', () => galata('galata', 'main', path)) : null,
  beside()
]);
console.log(`${totals.passed} passed, ${totals.failed} failed`);
process.exit(totals.failed > 0 ? 1 : 0);
