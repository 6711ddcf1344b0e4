/** What a user does while an install is held: it ends as it would have without the guard, and nothing runs twice or unasked. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  asked,
  card,
  cards,
  decide,
  entry,
  install,
  KERNEL,
  logged,
  openSecondView,
  runIn,
  START
} from './guardCards';
import { expect, test, type Host } from './hosts/host';
import type { INbOutput } from './hosts/types';

const INSTALL = install('i');
const B = `${entry('b')}; print("b")`;
const CELLS = [START, entry('a'), INSTALL, B, entry('c')];

/** What the kernel has run when CELLS are held. */
const BEFORE = [START, B, START, entry('a')];

/** Prompts when what was held did not run. */
const LEFT = ['[3]:', '[4]:', '[ ]:', '[2]:', '[ ]:'];

/** Run All of CELLS up to the question; the cell behind the install has an output of an earlier run. */
async function hold(host: Host): Promise<string> {
  const name = await host.openNotebook(CELLS, KERNEL);
  await host.runCell(0);
  await host.runCell(3);
  await host.settled();
  await host.runAll();
  await asked(host, 2);
  expect(await host.prompts()).toEqual([
    '[3]:',
    '[4]:',
    '[*]:',
    '[*]:',
    '[*]:'
  ]);
  return name;
}

/** Nothing of what was held ran, nothing waits, no card is there, and the output of the earlier run stands. */
async function expectLeft(host: Host, prompts = LEFT): Promise<void> {
  await host.settled();
  expect(await host.prompts()).toEqual(prompts);
  expect(await host.ran()).toEqual(BEFORE);
  expect(await host.outputs(3)).toEqual([{ type: 'stream', text: 'b\n' }]);
  await expect(cards(host)).toHaveCount(0);
}

/** All cells of CELLS run, once, in order, when the install is let through. */
async function expectRunsWhole(host: Host): Promise<void> {
  const before = (await host.ran()).length;
  await host.runAll();
  await decide(host, 2, 'Install anyway');
  await host.settled();
  expect((await host.ran()).slice(before)).toEqual(CELLS);
  expect(await logged(host)).toEqual(['a', 'i', 'b', 'c']);
}

/** Make a cell the active one. */
async function select(host: Host, index: number): Promise<void> {
  await host.cell(index).locator('.jp-InputPrompt').click();
  await expect(host.cell(index)).toHaveClass(/jp-mod-active/);
}

/** The page's objects for sessions. */
interface ISessions {
  readonly jupyterapp: {
    readonly shell: {
      readonly currentWidget: {
        readonly sessionContext: {
          shutdown(): Promise<void>;
          changeKernel(model: { name: string }): Promise<unknown>;
        };
      };
    };
  };
}

/** A notebook as the server gives it. */
interface ISaved {
  readonly cells: readonly {
    readonly source: string;
    readonly outputs: readonly INbOutput[];
  }[];
}

/** The notebook as it is on the disk; undefined while it is being written. */
async function saved(host: Host, name: string): Promise<ISaved | undefined> {
  const answer = await host.page.request.get(`/api/contents/${name}`);
  const { content }: { content?: ISaved } = await answer.json();
  return content;
}

/** Answer the dialog in front. */
async function answerDialog(
  host: Host,
  button: 'accept' | 'reject'
): Promise<void> {
  await host.page.locator(`.jp-Dialog .jp-mod-${button}`).click();
  await expect(host.page.locator('.jp-Dialog')).toHaveCount(0);
}

/** A cell that runs until `open` is called, and what it does then. */
function blocked(after: string): { source: string; open(): void } {
  const path = join(folder, 'go');
  return {
    source: [
      'import os, time',
      'print("going", flush=True)',
      `while not os.path.exists(${JSON.stringify(path)}): time.sleep(0.02)`,
      after
    ].join('\n'),
    open: () => writeFileSync(path, '')
  };
}

let folder: string;

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gpu-doctor-'));
});

test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('interrupt: what is held does not run, the kernel goes on', async ({
  host
}) => {
  await hold(host);
  await host.interrupt();
  await expectLeft(host);
  expect(await logged(host)).toEqual(['a']);
  await expectRunsWhole(host);
});

test('interrupt while the install waits behind a running cell', async ({
  host
}) => {
  const cells = [START, blocked('pass').source, INSTALL, entry('b')];
  await host.openNotebook(cells, KERNEL);
  await host.runAll();
  await expect.poll(() => host.printed()).toContain('going');
  expect(await host.prompts()).toEqual(['[1]:', '[*]:', '[*]:', '[*]:']);
  await host.interrupt();
  await host.settled();
  expect((await host.outputs(1)).map(one => one.text)).toEqual([
    'going\n',
    'KeyboardInterrupt: '
  ]);
  expect(await host.prompts()).toEqual(['[1]:', '[2]:', '[ ]:', '[ ]:']);
  expect(await host.ran()).toEqual(cells.slice(0, 2));
  expect(await logged(host)).toEqual([]);
});

test('an error of the cell that the install waits for', async ({ host }) => {
  const { source, open } = blocked('1 / 0');
  const cells = [START, source, INSTALL, entry('b')];
  await host.openNotebook(cells, KERNEL);
  await host.runAll();
  await expect.poll(() => host.printed()).toContain('going');
  open();
  await host.settled();
  expect(await host.prompts()).toEqual(['[1]:', '[2]:', '[ ]:', '[ ]:']);
  expect(await host.ran()).toEqual(cells.slice(0, 2));
  await expect(cards(host)).toHaveCount(0);
});

test('an error that the notebook expects: then the install is asked about', async ({
  host
}) => {
  const { source, open } = blocked('1 / 0');
  const cells = [START, source, INSTALL, entry('b')];
  await host.openNotebook(
    [
      START,
      {
        cell_type: 'code',
        source,
        metadata: { tags: ['raises-exception'] }
      },
      INSTALL,
      entry('b')
    ],
    KERNEL
  );
  await host.runAll();
  await expect.poll(() => host.printed()).toContain('going');
  open();
  await asked(host, 2);
  // JupyterLab takes the marks of waiting cells away at every error, expected or not.
  expect((await host.prompts()).slice(0, 2)).toEqual(['[1]:', '[2]:']);
  expect(await host.ran()).toEqual(cells.slice(0, 2));
  await decide(host, 2, 'Install anyway');
  await host.settled();
  expect(await host.ran()).toEqual(cells);
  expect(await logged(host)).toEqual(['i', 'b']);
});

test('restart: what was held never runs', async ({ host }) => {
  await hold(host);
  await host.restart();
  await expectLeft(host);
  expect(await host.kernelEval('"log" in globals()')).toBe('False');
  await expectRunsWhole(host);
});

test('Restart and run all: only the new run runs, and it asks', async ({
  host
}) => {
  await hold(host);
  await host.command('notebook:restart-run-all');
  await answerDialog(host, 'accept');
  await expect
    .poll(host.prompts.bind(host), { timeout: 40_000 })
    .toEqual(['[1]:', '[2]:', '[*]:', '[*]:', '[*]:']);
  await decide(host, 2, 'Install anyway');
  await host.settled();
  expect(await host.ran()).toEqual([...BEFORE, ...CELLS]);
  expect(await host.prompts()).toEqual([
    '[1]:',
    '[2]:',
    '[3]:',
    '[4]:',
    '[5]:'
  ]);
  expect(await logged(host)).toEqual(['a', 'i', 'b', 'c']);
});

test('restart thought better of: everything is still held', async ({
  host
}) => {
  await hold(host);
  await host.command('notebook:restart-kernel');
  await answerDialog(host, 'reject');
  await expect(card(host, 2)).toHaveAttribute('data-state', 'asking');
  await decide(host, 2, 'Install anyway');
  await host.settled();
  expect(await host.ran()).toEqual([...BEFORE, INSTALL, B, entry('c')]);
  expect(await logged(host)).toEqual(['a', 'i', 'b', 'c']);
});

test('the notebook is closed: nothing ran, and it opens clean', async ({
  host
}) => {
  const name = await hold(host);
  await host.close();
  const file = await saved(host, name);
  expect(file?.cells.map(one => one.outputs)).toEqual(Array(5).fill([]));
  await host.openNotebook(CELLS, KERNEL, name);
  // The kernel was left running.
  expect(await logged(host)).toEqual(['a']);
  expect(await host.prompts()).toEqual(Array(5).fill('[ ]:'));
  await expect(cards(host)).toHaveCount(0);
  await expectRunsWhole(host);
});

test('the install is deleted, and brought back', async ({ host }) => {
  await hold(host);
  await select(host, 2);
  await host.command('notebook:delete-cell');
  await host.settled();
  expect(await host.prompts()).toEqual(['[3]:', '[4]:', '[2]:', '[ ]:']);
  expect(await host.ran()).toEqual(BEFORE);
  await host.command('notebook:undo-cell-action');
  await expect.poll(async () => (await host.prompts()).length).toBe(5);
  await expectLeft(host);
  await expectRunsWhole(host);
});

test('the install is moved: it and what is behind it does not run', async ({
  host
}) => {
  await hold(host);
  await select(host, 2);
  await host.command('notebook:move-cell-up');
  await expectLeft(host, ['[3]:', '[ ]:', '[4]:', '[2]:', '[ ]:']);
});

test('a cell behind the install is deleted: what stands before it is held', async ({
  host
}) => {
  await hold(host);
  await select(host, 3);
  await host.command('notebook:delete-cell');
  await expect
    .poll(() => host.prompts())
    .toEqual(['[3]:', '[4]:', '[*]:', '[ ]:']);
  await decide(host, 2, 'Install anyway');
  await host.settled();
  expect(await host.ran()).toEqual([...BEFORE, INSTALL]);
});

test('the page is reloaded: nothing ran, nothing waits', async ({ host }) => {
  const name = await hold(host);
  await host.command('docmanager:save');
  await expect
    .poll(async () => (await saved(host, name))?.cells[3].outputs.length)
    .toBe(1);
  await host.page.reload();
  const prompts = host.page.locator('.jp-Notebook .jp-InputPrompt');
  await expect(prompts).toHaveText(['[3]:', '[4]:', '[ ]:', '[2]:', '[ ]:'], {
    timeout: 40_000
  });
  await host.openNotebook(CELLS, KERNEL, name);
  expect(await logged(host)).toEqual(['a']);
  expect(await host.prompts()).toEqual(Array(5).fill('[ ]:'));
  await expectRunsWhole(host);
});

test('the kernel dies: nothing runs by itself afterwards', async ({ host }) => {
  await hold(host);
  const pid = Number(await host.kernelEval('os.getpid()', 'import os'));
  process.kill(pid, 'SIGKILL');
  // "The kernel appears to have died. It will restart automatically."
  await host.page
    .locator('.jp-Dialog .jp-mod-accept')
    .click({ timeout: 40_000 });
  await expect.poll(() => host.prompts()).toEqual(LEFT);
  expect(Number(await host.kernelEval('os.getpid()', 'import os'))).not.toBe(
    pid
  );
  expect(await host.kernelEval('"log" in globals()')).toBe('False');
  await expectLeft(host);
  await expectRunsWhole(host);
});

test('the kernel is shut down', async ({ host }) => {
  await hold(host);
  await host.page.evaluate(async () => {
    const { shell } = (window as unknown as ISessions).jupyterapp;
    await shell.currentWidget.sessionContext.shutdown();
  });
  await expect.poll(() => host.kernelStatus()).toBe('none');
  await expect.poll(() => host.prompts()).toEqual(LEFT);
  expect(await host.ran()).toEqual(BEFORE);
  expect(await host.outputs(3)).toEqual([{ type: 'stream', text: 'b\n' }]);
  await expect(cards(host)).toHaveCount(0);
});

test('another kernel is chosen', async ({ host }) => {
  await hold(host);
  await host.page.evaluate(async () => {
    const { shell } = (window as unknown as ISessions).jupyterapp;
    await shell.currentWidget.sessionContext.changeKernel({ name: 'plain' });
  });
  await expectLeft(host);
  expect(await host.kernelEval('"log" in globals()')).toBe('False');
});

test('the install is edited away: what stands there now runs, once', async ({
  host
}) => {
  await hold(host);
  const harmless = entry('harmless');
  await host.setSource(2, harmless);
  await decide(host, 2, 'Install anyway');
  await host.settled();
  expect(await host.ran()).toEqual([...BEFORE, harmless, B, entry('c')]);
  expect(await logged(host)).toEqual(['a', 'harmless', 'b', 'c']);
});

test('the install is edited to another one: that one is asked about', async ({
  host
}) => {
  await hold(host);
  const other = install('j', 'numpy==2.0.1');
  await expect(card(host, 2)).toContainText('2.0.0');
  await host.setSource(2, other);
  await decide(host, 2, 'Install anyway');
  await expect(card(host, 2)).toContainText('2.0.1', { timeout: 40_000 });
  await asked(host, 2);
  expect(await host.ran()).toEqual(BEFORE);
  await decide(host, 2, 'Install anyway');
  await host.settled();
  expect(await host.ran()).toEqual([...BEFORE, other, B, entry('c')]);
  expect(await logged(host)).toEqual(['a', 'j', 'b', 'c']);
});

test('a second view of the notebook joins the queue', async ({ host }) => {
  await hold(host);
  const [first, second] = await openSecondView(host, 5);
  // Its cells wait as those of the first view do.
  await expect(
    host.page.locator(`[id="${second}"] .jp-InputPrompt`).nth(4)
  ).toHaveText('[*]:');
  await runIn(
    host,
    { view: second, from: 1 },
    { view: first, from: 4 },
    { view: second, from: 3 }
  );
  expect(await host.ran()).toEqual(BEFORE);
  await decide(host, 2, 'Install anyway');
  await host.settled();
  expect(await logged(host)).toEqual(['a', 'i', 'b', 'c', 'a', 'c', 'b']);
  await expect(cards(host)).toHaveCount(1);
});

test('cells run while it asks: they queue, and each runs as often as it was run', async ({
  host
}) => {
  await hold(host);
  await host.runCell(1);
  await host.runCell(4);
  await host.runCell(2);
  await host.runCell(1);
  expect(await host.ran()).toEqual(BEFORE);
  expect(await host.prompts()).toEqual([
    '[3]:',
    '[*]:',
    '[*]:',
    '[*]:',
    '[*]:'
  ]);
  await decide(host, 2, 'Install anyway');
  await host.settled();
  // The same question in the same kernel is not asked twice.
  expect(await logged(host)).toEqual('a i b c a c i a'.split(' '));
  expect(await host.ran()).toEqual([
    ...BEFORE,
    ...CELLS.slice(2),
    ...[1, 4, 2, 1].map(index => CELLS[index])
  ]);
});

test('Shift+Enter while it asks', async ({ host }) => {
  await hold(host);
  await select(host, 1);
  await host.page.keyboard.press('Escape');
  await host.page.keyboard.press('Shift+Enter');
  await expect
    .poll(() => host.prompts())
    .toEqual(['[3]:', '[*]:', '[*]:', '[*]:', '[*]:']);
  expect(await host.ran()).toEqual(BEFORE);
  await decide(host, 2, 'Install anyway');
  await host.settled();
  expect(await logged(host)).toEqual(['a', 'i', 'b', 'c', 'a']);
});

test('cancelled, and run again: asked again; the file knows nothing of us', async ({
  host
}) => {
  const name = await hold(host);
  await decide(host, 2, 'Cancel');
  await host.settled();
  expect(await host.prompts()).toEqual(LEFT);
  for (const index of [2, 3, 4]) {
    await expect(card(host, index)).toHaveAttribute('data-state', 'after');
    await expect(card(host, index)).toContainText('did not run');
  }
  expect(await host.outputs(3)).toEqual([{ type: 'stream', text: 'b\n' }]);
  await host.runCell(3);
  await host.settled();
  await expect(card(host, 3)).toHaveCount(0);
  await expect(card(host, 4)).toHaveAttribute('data-state', 'after');
  await host.runAll();
  await asked(host, 2);
  await expect(card(host, 4)).toHaveCount(0);
  await host.command('docmanager:save');
  await decide(host, 2, 'Cancel');
  await host.command('docmanager:save');
  await host.settled();
  const file = await saved(host, name);
  expect(JSON.stringify(file)).not.toMatch(/gpu.?doctor|did not run/i);
  expect(file?.cells.map(one => one.source)).toEqual(CELLS);
  expect(file?.cells.flatMap(one => one.outputs)).toEqual([
    { name: 'stdout', output_type: 'stream', text: 'b\n' }
  ]);
});
