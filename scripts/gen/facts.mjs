/** facts.schema.json → the TypeScript types and the validator that the browser loads (no ajv in the bundle). */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import Ajv from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { compile } from 'json-schema-to-typescript';

const HEAD =
  '// Generated from facts.schema.json by scripts/gen.mjs; do not edit.\n';

/**
 * The schema as code sees it. Without its open ends: extra keys are allowed in a document, but no code may read
 * them. And a property with a default is always there: the validator fills it in.
 */
function closed(node) {
  if (Array.isArray(node)) {
    return node.map(closed);
  }
  if (node === null || typeof node !== 'object') {
    return node;
  }
  const copy = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, closed(value)])
  );
  if (copy.additionalProperties === true) {
    copy.additionalProperties = false;
  }
  if (Array.isArray(copy.required) && copy.properties) {
    const filled = Object.entries(copy.properties)
      .filter(([, property]) => 'default' in property)
      .map(([name]) => name);
    copy.required = [...copy.required, ...filled];
  }
  return copy;
}

/** The schema without its words, which ajv's code would carry into the browser. */
function wordless(node) {
  if (Array.isArray(node)) {
    return node.map(wordless);
  }
  if (node === null || typeof node !== 'object') {
    return node;
  }
  // A property may be called like a keyword: the words are those whose value is a text.
  return Object.fromEntries(
    Object.entries(node)
      .filter(
        ([key, value]) =>
          !(
            (key === 'description' || key === 'title') &&
            typeof value === 'string'
          )
      )
      .map(([key, value]) => [key, wordless(value)])
  );
}

export async function factsTypes(root) {
  const schema = JSON.parse(
    await readFile(join(root, 'src/facts/facts.schema.json'), 'utf8')
  );
  const types = await compile(closed(schema), 'IFacts', {
    bannerComment: HEAD,
    format: false,
    additionalProperties: false
  });
  // Facts that are younger than the contract have a default: a document of an older probe stays valid. Inlined
  // references would lose it, because ajv fills in nothing directly below an anyOf.
  const ajv = new Ajv({
    code: { source: true, esm: true },
    allErrors: false,
    useDefaults: true,
    inlineRefs: false
  });
  const code = standaloneCode(ajv, ajv.compile(wordless(schema)));
  // Bundled, because ajv's standalone code may require() small helpers of ajv.
  const bundled = await build({
    stdin: { contents: code, resolveDir: root, loader: 'js' },
    bundle: true,
    format: 'esm',
    target: 'es2018',
    write: false,
    minify: true
  });
  const body = bundled.outputFiles[0].text;
  return {
    files: {
      'src/facts/facts.generated.ts': types,
      'src/facts/validate.generated.ts': `// @ts-nocheck\n/* eslint-disable */\n${HEAD}${body}`
    }
  };
}
