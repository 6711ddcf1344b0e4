/**
 * Bring rows of compat/compat.json up to date that the metadata of wheels give.
 *
 *   node scripts/refresh_compat.mjs [--write] [NAME | NAME==VERSION …]
 *
 * Asks the configured package index through pip (`PYTHON`, default the one of .venv); no wheel is downloaded where the index
 * serves metadata. Without --write it only prints what would change. A row that is new or changed gets the day in "read".
 * --reports DIR takes pip's reports from files NAME.json, --data FILE another compat.json.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { put, requirement, TABLES } from './refresh/rows.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    write: { type: 'boolean', default: false },
    data: { type: 'string', default: join(ROOT, 'compat/compat.json') },
    reports: { type: 'string' },
    date: { type: 'string', default: new Date().toISOString().slice(0, 10) }
  }
});

/** Read with others: their rows take something from these. */
const BESIDE = { jax: ['jax-cuda12-plugin', 'jax-cuda13-plugin'] };

/** The newest first: a release names no wheel for a Python that came later. */
const PYTHONS = ['3.13', '3.12', '3.11', '3.10'];

function python() {
  const own = join(ROOT, '.venv/bin/python');
  return process.env.PYTHON ?? (existsSync(own) ? own : 'python3');
}

/** pip's report about one wheel for Linux x86_64; null when there is none. */
function ask(word) {
  const target = mkdtempSync(join(tmpdir(), 'refresh-'));
  try {
    for (const version of PYTHONS) {
      const args = [
        ...['-m', 'pip', 'install', '--quiet', '--dry-run', '--no-deps'],
        ...['--ignore-installed', '--only-binary', ':all:'],
        ...['--disable-pip-version-check', '--target', target],
        ...['--python-version', version],
        ...['2_34', '2_28', '2_27', '2_17'].flatMap(one => [
          '--platform',
          `manylinux_${one}_x86_64`
        ]),
        ...['--report', '-', word]
      ];
      try {
        return execFileSync(python(), args, {
          encoding: 'utf8',
          maxBuffer: 1 << 26,
          stdio: ['ignore', 'pipe', 'ignore']
        });
      } catch {
        // No wheel for this Python.
      }
    }
    return null;
  } finally {
    rmSync(target, { recursive: true, force: true });
  }
}

async function wheel(word) {
  const name = word.split('==')[0];
  const path = values.reports && join(values.reports, `${name}.json`);
  const text = path
    ? await readFile(path, 'utf8').catch(() => null)
    : ask(word);
  const one = text && JSON.parse(text).install?.[0];
  return one
    ? {
        name,
        version: one.metadata.version,
        requires_python: one.metadata.requires_python ?? null,
        requirements: (one.metadata.requires_dist ?? []).map(requirement),
        file: decodeURIComponent(basename(one.download_info.url))
      }
    : null;
}

const data = JSON.parse(await readFile(values.data, 'utf8'));
const words = positionals.length > 0 ? positionals : Object.keys(TABLES);
const changes = [];
let failed = 0;
for (const word of words) {
  const [name, version] = word.split('==');
  const found = TABLES[name] ? await wheel(word) : null;
  if (!found) {
    failed++;
    console.error(
      TABLES[name]
        ? `${word}: the index gave no wheel`
        : `${name}: not one of ${Object.keys(TABLES).join(', ')}`
    );
    continue;
  }
  const others = new Map();
  for (const beside of BESIDE[name] ?? []) {
    const one = await wheel(`${beside}==${version ?? found.version}`);
    if (one) {
      others.set(beside, one);
    }
  }
  const lines = put(data, found, others, values.date);
  changes.push(...lines);
  console.log(lines.join('\n') || `${name} ${found.version}: as in the tables`);
}
if (values.write && changes.length > 0) {
  const config = await resolveConfig(values.data);
  await writeFile(
    values.data,
    await format(JSON.stringify(data), { ...config, filepath: values.data })
  );
  console.log(
    `Wrote ${changes.length} rows. Now run: node scripts/gen.mjs, and read the difference.`
  );
}
process.exitCode = failed > 0 ? 1 : 0;
