/**
 * `check` of scripts/doctor.mjs for many facts in one process: a path a line on stdin, an answer a line on stdout.
 * Started anew, each would bundle the rules again.
 */
import { build } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

const { outputFiles } = await build({
  entryPoints: [join(ROOT, 'src/cli.ts')],
  bundle: true,
  format: 'esm',
  platform: 'node',
  write: false,
  logLevel: 'silent'
});
const code = Buffer.from(outputFiles[0].contents).toString('base64');
const { check } = await import(`data:text/javascript;base64,${code}`);
for await (const path of createInterface({ input: process.stdin })) {
  const answer = check(JSON.parse(await readFile(path, 'utf8')));
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
