/** Times the install guard in a real browser: Run All with and without us, and verdicts. Prints one line of JSON. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLab } from './benchServer.mjs';

const CELLS = 500;
const PAIRS = 5;
const ROUNDS = 15;

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function notebook(cells) {
  return JSON.stringify({
    cells: cells.map((source, i) => ({
      cell_type: 'code',
      id: `c${i}`,
      metadata: {},
      execution_count: null,
      outputs: [],
      source
    })),
    metadata: {
      kernelspec: {
        name: 'python3',
        display_name: 'Python',
        language: 'python'
      }
    },
    nbformat: 4,
    nbformat_minor: 5
  });
}

async function open({ url, browser, folder }, cells, withUs) {
  const workspace = `n${Math.random().toString(36).slice(2)}`;
  const name = `${workspace}.ipynb`;
  writeFileSync(join(folder, name), notebook(cells));
  const context = await browser.newContext();
  const page = await context.newPage();
  if (!withUs) {
    await page.route('**/extensions/jupyterlab-gpu-doctor/**', route =>
      route.abort()
    );
  }
  await page.goto(`${url}/lab/workspaces/${workspace}/tree/${name}`);
  await page.waitForFunction(
    () =>
      window.jupyterapp?.shell?.currentWidget?.sessionContext?.session?.kernel
        ?.status === 'idle',
    null,
    { timeout: 60_000 }
  );
  const loaded = await page.evaluate(() =>
    window.jupyterapp.hasPlugin('jupyterlab-gpu-doctor:guard')
  );
  if (loaded !== withUs) {
    throw new Error('the extension is not as it should be');
  }
  return { page, close: () => context.close() };
}

/** Milliseconds of Run All, from the command to the end of the last cell. */
async function runAll(lab, withUs) {
  const { page, close } = await open(lab, Array(CELLS).fill('x = 1'), withUs);
  const time = await page.evaluate(async () => {
    const start = performance.now();
    await window.jupyterapp.commands.execute('notebook:run-all-cells');
    return performance.now() - start;
  });
  await close();
  return time;
}

/** Milliseconds from the run of a cell to the moment when it is sent to the kernel; beside it, the resolver's own time. */
async function verdicts(lab) {
  const { page, close } = await open(lab, [''], true);
  const times = await page.evaluate(async rounds => {
    const panel = window.jupyterapp.shell.currentWidget;
    const [cell] = panel.content.widgets;
    const { kernel } = panel.sessionContext.session;
    let resolver = 0;
    let sent = () => undefined;
    let heard = 0;
    kernel.anyMessage.connect((_, { direction, msg }) => {
      heard = performance.now();
      if (direction === 'send') {
        sent(msg.content.code);
      }
    });
    // What comes after an install runs in the kernel too: the next one begins when all is quiet.
    const quiet = async () => {
      while (performance.now() - heard < 700 || kernel.status !== 'idle') {
        await new Promise(resolve => setTimeout(resolve, 50));
      }
    };
    kernel.iopubMessage.connect((_, { header, content }) => {
      if (header.msg_type === 'display_data') {
        const answer =
          content.data['application/vnd.jupyterlab-gpu-doctor.background+json']
            ?.answer;
        resolver += answer?.duration_ms ?? 0;
      }
    });
    const measure = async source => {
      resolver = 0;
      cell.model.sharedModel.setSource(source);
      panel.content.activeCellIndex = 0;
      const leaves = new Promise(resolve => {
        sent = code => code === source && resolve(performance.now());
      });
      const start = performance.now();
      void window.jupyterapp.commands.execute('notebook:run-cell');
      const total = (await leaves) - start;
      await quiet();
      return { total, resolver };
    };
    const result = { plain: [], satisfied: [], uv: [], resolver: [] };
    for (let i = 0; i <= rounds; i++) {
      const plain = await measure(`x = ${i}`);
      // The branch never runs: only the guard's time counts.
      const satisfied = await measure(
        `if [].append(${i}):\n    %pip install packaging`
      );
      const uv = await measure(
        `if [].append(${i}):\n    %pip install tqdm==4.66.0`
      );
      // The first round loads our code.
      if (i > 0) {
        result.plain.push(plain.total);
        result.satisfied.push(satisfied.total);
        result.uv.push(uv.total - uv.resolver);
        result.resolver.push(uv.resolver);
      }
    }
    return result;
  }, ROUNDS);
  await close();
  const plain = median(times.plain);
  return {
    satisfied: median(times.satisfied) - plain,
    uv: median(times.uv) - plain,
    resolver: median(times.resolver)
  };
}

async function measure(lab) {
  const ours = [];
  const theirs = [];
  for (let i = 0; i <= PAIRS; i++) {
    // Alternately first: the machine may get slower or quicker meanwhile.
    const order = i % 2 === 0 ? [true, false] : [false, true];
    for (const withUs of order) {
      const time = await runAll(lab, withUs);
      if (i > 0) {
        (withUs ? ours : theirs).push(time);
      }
    }
  }
  const ratios = ours.map((time, i) => time / theirs[i]);
  return {
    cells: CELLS,
    ours: median(ours),
    theirs: median(theirs),
    ratio: median(ratios),
    least: Math.min(...ratios),
    most: Math.max(...ratios),
    ...(await verdicts(lab))
  };
}

console.log(JSON.stringify(await withLab(8896, measure)));
