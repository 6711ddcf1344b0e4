import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = join(__dirname, '../..');

type Data = Record<string, Record<string, unknown>[]>;

/** What the generator makes of changed data: its text, or why it stops. */
function generate(change: (data: Data) => void): string {
  const root = mkdtempSync(join(tmpdir(), 'compat-'));
  const path = 'compat/compat.json';
  const data = JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as Data;
  change(data);
  mkdirSync(join(root, 'compat'));
  writeFileSync(join(root, path), JSON.stringify(data));
  const module = pathToFileURL(join(ROOT, 'scripts/gen/compat.mjs')).href;
  const program = `import { compat } from ${JSON.stringify(module)};
    compat(${JSON.stringify(root)}).then(
      ({ files }) => console.log(Object.values(files)[0]),
      error => console.log('stopped: ' + error.message));`;
  return execFileSync(
    process.execPath,
    ['--input-type=module', '-e', program],
    { encoding: 'utf8', maxBuffer: 1 << 24 }
  );
}

it('generates from the tables as they are', () => {
  expect(generate(() => undefined)).toMatch(/^\/\/ Generated/);
});

it.each([
  ['torch_pairings', undefined],
  ['jax_releases', ''],
  ['keras_tf', '-'],
  // Read by no look-up.
  ['error_signatures', null]
])('stops at a row of %s with the source %j', (table, source) => {
  expect(
    generate(data => {
      data[table][0].source = source;
    })
  ).toMatch(new RegExp(`^stopped: .* a row of ${table} has no source`));
});

it('keeps the date of a row that was read later', () => {
  const text = generate(data => {
    data.jax_releases[0].read = '2027-01-31';
  });
  expect(text).toContain('"date":"2027-01-31"');
});

it('stops at a date that is none', () => {
  expect(
    generate(data => {
      data.jax_releases[0].read = 'yesterday';
    })
  ).toMatch(/^stopped: .*no date/);
});
