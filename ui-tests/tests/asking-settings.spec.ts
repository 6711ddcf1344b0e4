/** The settings of the install guard, the last of them the time limit: an index that does not answer. */
import {
  asked,
  card,
  cards,
  decide,
  entry,
  install,
  KERNEL,
  logged,
  START
} from './guardCards';
import { makeKernel, silentIndex } from './guardKernels';
import { GUARD, pageSettings, watchCards, working } from './guardPage';
import { expect, test } from './hosts/host';

/** A requirement that takes packaging back to an older version: a warning, not more. */
const WARNED = 'limits==3.13.0';

/** A kernel whose index never answers. */
const SLOW = `guard-slow-${process.pid}`;
const undo: (() => void)[] = [];

test.beforeAll(async () => {
  const index = await silentIndex();
  undo.push(() => index.close(), makeKernel(SLOW, KERNEL, index.env));
});

test.afterAll(() => undo.forEach(one => one()));

test('threshold: a warning is asked about, but not "only when something would break"', async ({
  host
}) => {
  const cells = [START, install('i', WARNED)];
  await host.openNotebook(cells, KERNEL);
  await host.runAll();
  const question = await asked(host, 1);
  await expect(question).toHaveAttribute('data-tone', 'warning');
  await expect(question.locator('[data-rule="downgrade"]')).toBeVisible();
  await expect(question).toContainText('packaging');
  await decide(host, 1, 'Cancel');

  await pageSettings(host.page, { [GUARD]: { threshold: 'block' } });
  await host.openNotebook(cells, KERNEL);
  const seen = await watchCards(host.page);
  await host.runAll();
  await host.settled(60_000);
  expect(await logged(host)).toEqual(['i']);
  expect(await seen()).toEqual([]);
});

test('threshold everything: asks before a harmless install, with a button Install', async ({
  host
}) => {
  await pageSettings(host.page, { [GUARD]: { threshold: 'everything' } });
  await host.openNotebook([START, install('i', 'tqdm')], KERNEL);
  await host.runAll();
  const question = await asked(host, 1);
  await expect(question).toHaveAttribute('data-tone', 'info');
  await expect(question).toContainText('tqdm');
  const buttons = question.locator(
    '.jp-GpuDoctor-cardActions > .jp-GpuDoctor-button'
  );
  await expect(buttons).toHaveText(['Install', 'Cancel']);
  await decide(host, 1, 'Install');
  await host.settled();
  expect(await logged(host)).toEqual(['i']);
});

test('switched off in the settings editor: the next install runs at once; switched on: it is held', async ({
  host
}) => {
  const { page } = host;
  const kept = await pageSettings(page, { [GUARD]: {} });
  const path = await host.openNotebook(
    [START, install('i'), install('j', 'numpy==2.1.0')],
    KERNEL
  );
  await host.runCell(0);
  await host.settled();
  await host.command('settingeditor:open', { query: 'install guard' });
  const box = page.getByRole('checkbox', {
    name: /Look at installs before they run/
  });
  await box.uncheck();
  await expect.poll(() => kept[GUARD].enabled).toBe(false);
  await host.command('docmanager:open', { path });
  const seen = await watchCards(page);
  await host.runCell(1);
  await host.settled();
  expect(await logged(host)).toEqual(['i']);
  expect(await seen()).toEqual([]);

  await host.command('settingeditor:open', { query: 'install guard' });
  await box.check();
  await expect.poll(() => kept[GUARD].enabled).not.toBe(false);
  await host.command('docmanager:open', { path });
  await host.runCell(2);
  await decide(host, 2, 'Cancel');
  await host.settled();
  expect(await logged(host)).toEqual(['i']);
});

test('in a dialog: it is modal, Escape cancels, the focus goes back', async ({
  host
}) => {
  const { page } = host;
  await pageSettings(page, { [GUARD]: { place: 'dialog' } });
  await host.openNotebook([START, install('i'), ''], KERNEL);
  await host.runAll();
  await host.cell(2).locator('.cm-content').click();
  const dialog = page.getByRole('dialog', { name: 'Install guard' });
  await expect(dialog).toBeVisible({ timeout: 40_000 });
  await expect(dialog.locator('.jp-GpuDoctor-cardFrame')).toHaveAttribute(
    'data-state',
    'asking'
  );
  await expect(dialog).toContainText('pandas');
  await expect(cards(host)).toHaveCount(0);
  // No button is chosen: what is typed decides nothing.
  await page.keyboard.press('Enter');
  await page.keyboard.press('Space');
  await expect(dialog).toBeVisible();
  // What is behind it cannot be reached, by mouse or by Tab.
  await expect(
    host.cell(2).locator('.cm-content').click({ timeout: 1000 })
  ).rejects.toThrow(/intercepts pointer events/);
  for (let i = 0; i < 12; i++) {
    await page.keyboard.press('Tab');
    expect(
      await page.evaluate(
        () =>
          document.activeElement === document.body ||
          document.activeElement?.closest('dialog') !== null
      )
    ).toBe(true);
  }
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await host.settled();
  expect(await host.prompts()).toEqual(['[1]:', '[ ]:', '[ ]:']);
  expect(await logged(host)).toEqual([]);
  await expect(card(host, 1)).toHaveAttribute('data-state', 'after');
  await expect(host.cell(2).locator('.cm-content')).toBeFocused();
});

test('no resolver: judged by the command alone, and it says so', async ({
  host
}) => {
  await pageSettings(host.page, { [GUARD]: { planner: 'none' } });
  await host.openNotebook([START, install('i', 'numpy==2.0.0')], KERNEL);
  await host.runAll();
  const question = await asked(host, 1);
  await expect(question.locator('[data-line="unplanned"]')).toContainText(
    'switched off'
  );
  await expect(question.locator('.jp-GpuDoctor-cardEnd')).toContainText(
    'not resolved'
  );
  await decide(host, 1, 'Cancel');
});

test('trusted packages run without a question, unless others come along', async ({
  host
}) => {
  await pageSettings(host.page, { [GUARD]: { trustedPackages: ['NumPy'] } });
  await host.openNotebook(
    [START, install('i'), install('j', 'numpy==2.0.0 tqdm')],
    KERNEL
  );
  const seen = await watchCards(host.page);
  await host.runCell(0);
  await host.runCell(1);
  await host.settled(60_000);
  expect(await logged(host)).toEqual(['i']);
  expect(await seen()).toEqual([]);
  await host.runCell(2);
  await decide(host, 2, 'Cancel');
  await host.settled();
  expect(await logged(host)).toEqual(['i']);
});

test('a protected package: asked even when only harm is asked about', async ({
  host
}) => {
  await pageSettings(host.page, {
    [GUARD]: { threshold: 'block', protectedPackages: ['Packaging'] }
  });
  await host.openNotebook([START, install('i', WARNED)], KERNEL);
  await host.runAll();
  const question = await asked(host, 1);
  await expect(question).toHaveAttribute('data-tone', 'error');
  await expect(question).toContainText('packaging is protected');
  await decide(host, 1, 'Cancel');
});

test.describe('an index that does not answer', () => {
  test('it says what goes on, with seconds; Run without waiting runs, Cancel does not', async ({
    host
  }) => {
    await pageSettings(host.page, { [GUARD]: { deadline: 120 } });
    await host.openNotebook([START, install('i'), entry('c')], SLOW);
    await host.runCell(0);
    const first = await working(host, 1);
    await expect(first).toContainText(
      'Checking what this install would change…'
    );
    const fact = first.locator('.jp-GpuDoctor-cardFact');
    const elapsed = async () =>
      Number(/resolving, ([\d.]+) s/.exec(await fact.innerText())?.[1] ?? 0);
    await expect.poll(elapsed).toBeGreaterThan(0);
    const once = await elapsed();
    await expect.poll(elapsed).toBeGreaterThan(once + 1);
    await host.runCell(2);
    expect(await host.prompts()).toEqual(['[1]:', '[*]:', '[*]:']);
    await first.getByRole('button', { name: 'Run without waiting' }).click();
    await host.settled();
    expect(await logged(host)).toEqual(['i', 'c']);

    const second = await working(host, 1);
    await host.runCell(2);
    await second.getByRole('button', { name: 'Cancel' }).click();
    await host.settled();
    expect(await logged(host)).toEqual(['i', 'c']);
    await expect(card(host, 1)).toHaveAttribute('data-state', 'after');
  });

  test('the time limit: it says when it ends, Wait longer puts that off, then it runs with a note', async ({
    host
  }) => {
    await pageSettings(host.page, { [GUARD]: { deadline: 5 } });
    await host.openNotebook([START, install('i', 'tqdm')], SLOW);
    await host.runCell(0);
    const shown = await working(host, 1);
    const end = shown.locator('.jp-GpuDoctor-cardEnd');
    await expect(end).toContainText(/runs unchecked in \d s/);
    await end.getByRole('button', { name: 'Wait longer' }).click();
    await expect(end).toHaveCount(0);
    await expect(end).toContainText(/runs unchecked in \d s/, {
      timeout: 15_000
    });
    await host.settled(30_000);
    expect(await logged(host)).toEqual(['i']);
    await expect(card(host, 1)).toHaveAttribute('data-state', 'after');
    await expect(card(host, 1)).toContainText('It ran unchecked.', {
      timeout: 40_000
    });
    await expect(card(host, 1)).toContainText('took too long');
  });
});
