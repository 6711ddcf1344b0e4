/**
 * The outside commands (docs/commands.md):
 *
 *   node scripts/doctor.mjs check facts.json
 *   node scripts/doctor.mjs judge case.json
 *   node scripts/doctor.mjs explain traceback.txt [facts.json]
 *   node scripts/doctor.mjs export facts.json environment.yml|requirements|constraints|notes|recreate|venv
 *     [--all] [--builds] [--history history.jsonl]
 *
 * Bad input: one line on stderr, exit status 2, nothing on stdout.
 */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

/** The TypeScript core, bundled from its sources in memory: never stale, 0.1 s. */
async function loadCore() {
  const { build } = await import('esbuild');
  const result = await build({
    entryPoints: [join(ROOT, 'src/cli.ts')],
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
    logLevel: 'silent'
  });
  const code = Buffer.from(result.outputFiles[0].contents).toString('base64');
  return import(`data:text/javascript;base64,${code}`);
}

async function readText(path) {
  return readFile(path, 'utf8').catch(error => {
    throw new Error(`cannot read ${path}: ${error.code ?? error.message}`);
  });
}

async function readJson(path) {
  const text = await readText(path);
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${path} is not JSON`);
  }
}

const COMMANDS = {
  check: async (core, [path]) => core.check(await readJson(path)),
  judge: async (core, [path]) => core.judge(await readJson(path)),
  explain: async (core, [path, facts]) =>
    core.explain(
      await readText(path),
      facts === undefined ? null : await readJson(facts)
    ),
  compare: async (core, [before, after, plan]) =>
    core.compare(
      await readJson(before),
      await readJson(after ?? ''),
      plan === undefined ? null : await readJson(plan)
    ),
  export: async (core, [path, ...words]) => {
    const { values, positionals } = parseArgs({
      args: words,
      allowPositionals: true,
      options: {
        all: { type: 'boolean', default: false },
        builds: { type: 'boolean', default: false },
        history: { type: 'string' }
      }
    });
    return core.exportText(await readJson(path), positionals, {
      ...values,
      history:
        values.history === undefined ? null : await readText(values.history)
    });
  }
};

const USAGE =
  'usage: node scripts/doctor.mjs check|judge FILE.json, explain FILE.txt [FACTS.json], compare BEFORE.json AFTER.json [PLAN.json], or export FACTS.json KIND [--all]';

async function main([name, ...args]) {
  if (!Object.hasOwn(COMMANDS, name ?? '') || args.length === 0) {
    throw new Error(USAGE);
  }
  const core = await loadCore();
  const answer = await COMMANDS[name](core, args);
  process.stdout.write(
    typeof answer === 'string' ? answer : `${JSON.stringify(answer, null, 2)}\n`
  );
}

main(process.argv.slice(2)).catch(error => {
  process.stderr.write(`doctor: ${String(error.message).split('\n')[0]}\n`);
  process.exitCode = 2;
});
