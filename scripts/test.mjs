/**
 * Sets everything up and runs all tests. The last line is `N passed, N failed`, summed over all suites.
 *
 *   node scripts/test.mjs            everything
 *   node scripts/test.mjs jest …     only the suites named: checks, jest, pytest, galata
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { environment, ROOT, run, setup, tool } from './setup.mjs';

const RESULTS = join(ROOT, '.cache', 'results');
const totals = { passed: 0, failed: 0 };

/** Count what a suite reports; a suite that dies without a report is one failure. */
function count(name, { passed, failed }) {
  totals.passed += passed;
  totals.failed += failed;
  console.log(`== ${name}: ${passed} passed, ${failed} failed`);
}

function attempt(command, args, options = {}) {
  return (
    spawnSync(command, args, {
      cwd: ROOT,
      stdio: 'inherit',
      env: environment(options.env),
      ...options.spawn
    }).status === 0
  );
}

function report(name) {
  const path = join(RESULTS, name);
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

/** One test each: nothing generated is out of date, types, lint, format, Python lint. */
function checks() {
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
    const ok = attempt(command, args);
    console.log(`${ok ? 'ok' : 'FAILED'}: ${name}`);
    passed += ok ? 1 : 0;
  }
  count('checks', { passed, failed: list.length - passed });
}

function jest() {
  const ok = attempt(tool('jlpm'), [
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

function pytest() {
  compiler();
  const ok = attempt(tool('python'), [
    '-m',
    'pytest',
    'tests',
    '-q',
    `--junitxml=${join(RESULTS, 'pytest.xml')}`
  ]);
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

function galata() {
  compiler();
  const env = { CHROMIUM: chromium() };
  const folder = join(ROOT, 'ui-tests');
  const spawn = { cwd: folder };
  if (!attempt(tool('jlpm'), ['install', '--immutable'], { spawn })) {
    count('galata', { passed: 0, failed: 1 });
    return;
  }
  const ok =
    attempt(tool('python'), ['environments.py'], { spawn }) &&
    attempt(tool('python'), ['hosts.py'], { spawn }) &&
    attempt(tool('jlpm'), ['playwright', 'test'], {
      spawn,
      env: {
        ...env,
        HOSTS: process.env.HOSTS ?? 'all',
        PLAYWRIGHT_JSON_OUTPUT_NAME: join(RESULTS, 'galata.json')
      }
    });
  const text = report('galata.json');
  const stats = text ? JSON.parse(text).stats : null;
  count('galata', {
    passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0),
    failed: stats ? stats.unexpected + (ok || stats.unexpected ? 0 : 1) : 1
  });
}

const SUITES = { checks, jest, pytest, galata };

const wanted = process.argv.slice(2);
const unknown = wanted.filter(name => !(name in SUITES));
if (unknown.length > 0) {
  console.error(`unknown suite: ${unknown.join(', ')}`);
  process.exit(2);
}
try {
  setup();
} catch (error) {
  console.error(String(error));
  console.log('0 passed, 1 failed');
  process.exit(1);
}
rmSync(RESULTS, { recursive: true, force: true });
mkdirSync(RESULTS, { recursive: true });
for (const [name, suite] of Object.entries(SUITES)) {
  if (wanted.length > 0 && !wanted.includes(name)) {
    continue;
  }
  const start = Date.now();
  try {
    suite();
  } catch (error) {
    console.error(String(error));
    count(name, { passed: 0, failed: 1 });
  }
  console.log(`== ${name}: ${((Date.now() - start) / 1000).toFixed(0)} s`);
}
console.log(`${totals.passed} passed, ${totals.failed} failed`);
process.exit(totals.failed > 0 ? 1 : 0);
