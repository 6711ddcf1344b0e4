/**
 * Prints the numbers that the product promises, measured in one run. Nothing here is a test: a slow machine is no
 * failure of the code.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import { environment, ROOT, setup, tool } from './setup.mjs';

const OUT = join(ROOT, '.cache', 'bench');

function json(command, args, options = {}) {
  const done = spawnSync(command, args, {
    cwd: ROOT,
    env: environment(),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1 << 28,
    ...options
  });
  if (done.status !== 0) {
    throw new Error(`${command} ${args.join(' ')} failed`);
  }
  return JSON.parse(done.stdout.trim().split('\n').pop());
}

function row(what, value, goal) {
  console.log(`${what.padEnd(58)} ${value.padStart(16)}   ${goal}`);
}

const ms = value => `${value.toFixed(1)} ms`;

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** TypeScript of ours, in this process. */
async function load(name, contents) {
  const outfile = join(OUT, `${name}.cjs`);
  await build({
    stdin: { contents, resolveDir: ROOT, loader: 'ts' },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    outfile
  });
  return createRequire(import.meta.url)(outfile);
}

/** Rules over facts, in this process. */
async function rules() {
  const core = await load(
    'rules',
    `export { runRules } from './src/rules/engine';
    export { ENVIRONMENT_RULES } from './src/rules/environment/index.generated';`
  );
  const text = readFileSync(join(OUT, 'facts-500.json'), 'utf8');
  const times = [];
  for (let i = 0; i < 80; i++) {
    // Other names each time: what was parsed before must not help.
    const facts = JSON.parse(text.replaceAll('crowd-', `crowd${i}-`));
    const start = performance.now();
    core.runRules(core.ENVIRONMENT_RULES, facts);
    times.push(performance.now() - start);
  }
  return {
    first: times[0],
    // The engine compiles while it warms up.
    median: median(times.slice(20)),
    count: core.ENVIRONMENT_RULES.length
  };
}

/** What our wrapper adds to the run of a cell that installs nothing, in microseconds, by the length of the cell. */
async function wrapper() {
  const { attach, Gate, isInstall } = await load(
    'guard',
    `export { attach } from './src/gate/attach';
    export { Gate } from './src/gate/gate';
    export { isInstall } from './src/guard/installs';`
  );
  const done = Promise.resolve();
  const codeCell = { execute: () => done };
  const plain = codeCell.execute;
  attach({
    gate: new Gate({}),
    executor: null,
    codeCell,
    coreRunCell: () => done,
    executed: { connect: () => undefined },
    isInstall,
    warn: message => {
      throw new Error(message);
    }
  });
  const text = [
    'from sklearn.model_selection import train_test_split',
    'def load(path, capture=True):',
    '    """Load the data, mark what is seen, refresh the state."""',
    '    for row in csv.reader(open(path)):',
    '        seen.add(row[0].strip())',
    '    frame = frame.groupby("name").agg({"value": "mean"}).dropna()',
    '    return pd.DataFrame(sorted(seen)), train_test_split(frame)',
    'ax.plot(df.index, df["value"], label="adapted", color="tab:blue")'
  ];
  const result = [];
  for (const lines of [1, 30, 400]) {
    const source = Array.from(
      { length: lines },
      (_, i) => text[i % text.length]
    ).join('\n');
    const cell = {
      model: { type: 'code', sharedModel: { getSource: () => source } }
    };
    const kernel = { id: 'k', status: 'idle' };
    const context = { session: { kernel }, isTerminating: false };
    const time = execute => {
      const start = performance.now();
      for (let i = 0; i < 20_000; i++) {
        execute(cell, context);
      }
      return ((performance.now() - start) * 1000) / 20_000;
    };
    const rounds = Array.from(
      { length: 9 },
      () => time(codeCell.execute) - time(plain)
    );
    result.push([lines, median(rounds)]);
  }
  return result;
}

setup();
mkdirSync(OUT, { recursive: true });
const probe = json(tool('python'), ['scripts/bench/probe.py', OUT]);
const t = probe.milliseconds;
console.log(
  `\n${probe.distributions} distributions, medians of one run, side by side`
);
row('first probe of a kernel, request to answer', ms(t['first probe']), '');
row('later ones, compiled already', ms(t.probe), '');
row('costly facts, all of them', ms(t['costly facts']), '');
row('pip check', ms(t['pip check']), '');
row('uv pip check, as a process', ms(t['uv pip check']), '');
row('pip check / probe', (t['pip check'] / t.probe).toFixed(1), 'at least 10');
row(
  'later probe / uv pip check',
  (t.probe / t['uv pip check']).toFixed(2),
  'at most 2'
);
const r = await rules();
row(`${r.count} rules, median`, ms(r.median), 'under 10 ms');
row(`${r.count} rules, first run (code not yet compiled)`, ms(r.first), '');
const ui = json('node', ['bench.mjs'], { cwd: join(ROOT, 'ui-tests') });
row(
  `press to painted result, ${ui.distributions} distributions`,
  ms(ui.press),
  'under 300 ms'
);
row(
  'bundle loaded at start-up, gzipped',
  `${(ui.startup / 1024).toFixed(1)} KiB`,
  'under 60 KiB'
);
row(
  'bundle loaded at the first press, gzipped',
  `${(ui.later / 1024).toFixed(1)} KiB`,
  ''
);
row(
  'requests sent to the kernel before the first press',
  String(ui.requests),
  '0'
);

console.log('');
for (const [lines, time] of await wrapper()) {
  row(
    `wrapper, cell of ${lines} line${lines > 1 ? 's' : ''} that installs nothing`,
    `${time.toFixed(2)} µs`,
    'under 20 µs'
  );
}
const g = json('node', ['benchGuard.mjs'], { cwd: join(ROOT, 'ui-tests') });
row(
  `Run All of ${g.cells} cells, with / without us, paired`,
  g.ratio.toFixed(3),
  `within noise: pairs ${g.least.toFixed(3)} to ${g.most.toFixed(3)}`
);
row('the same, medians', `${ms(g.ours)} / ${ms(g.theirs)}`, '');
row('verdict when satisfied, kernel idle', ms(g.satisfied), 'under 100 ms');
row(
  "verdict with uv, beyond the resolver's own time",
  ms(g.uv),
  'at most 200 ms'
);
row("the resolver's own time", ms(g.resolver), '');
