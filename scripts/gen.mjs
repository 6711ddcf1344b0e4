/**
 * Writes every generated file of the project; `--check` only compares and exits 1 on drift.
 *
 * Each generator in scripts/gen/ returns a map from path to text. Adding one means adding a file there and a
 * line to GENERATORS.
 */
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { compat } from './gen/compat.mjs';
import { embed } from './gen/embed.mjs';
import { factsTypes } from './gen/facts.mjs';
import { rules } from './gen/rules.mjs';

/** In order: the rule pages are made from rule files that import what the others write. */
const GENERATORS = [factsTypes, compat, embed, rules];

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const check = process.argv.includes('--check');

async function current(path) {
  return readFile(path, 'utf8').catch(() => null);
}

async function pretty(path, text) {
  // Pages come formatted; a bundled validator is not for reading.
  if (path.endsWith('.md') || text.startsWith('// @ts-nocheck')) {
    return text;
  }
  const config = await resolveConfig(path);
  return format(text, { ...config, filepath: path });
}

let drift = 0;
for (const generator of GENERATORS) {
  const { files, owned = [] } = await generator(ROOT);
  for (const [name, text] of Object.entries(files)) {
    const path = join(ROOT, name);
    const wanted = await pretty(path, text);
    if ((await current(path)) === wanted) {
      continue;
    }
    drift++;
    if (check) {
      console.error(`${name} is out of date: run "jlpm gen"`);
    } else {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, wanted);
      console.error(`wrote ${name}`);
    }
  }
  // A page whose rule is gone must go too.
  for (const folder of owned) {
    const entries = await readdir(join(ROOT, folder), {
      withFileTypes: true
    }).catch(() => []);
    for (const entry of entries) {
      const path = join(ROOT, folder, entry.name);
      if (entry.isFile() && !(relative(ROOT, path) in files)) {
        drift++;
        console.error(`${relative(ROOT, path)} has no source any more`);
        if (!check) {
          await rm(path);
        }
      }
    }
  }
}
if (check && drift > 0) {
  process.exit(1);
}
