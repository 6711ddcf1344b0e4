/** A question that is out of sight: a notification and the status bar lead to it. */
import type { Page } from '@playwright/test';
import {
  card,
  cards,
  decide,
  install,
  KERNEL,
  logged,
  START
} from './guardCards';
import {
  NOTEBOOKS,
  openBeside,
  pageSettings,
  removeBeside,
  runInFront
} from './guardPage';
import { expect, test } from './hosts/host';

/** Sixty cells, the first for the log; `at` is the install, the one before it takes a while. */
const long = (at: number) =>
  Array.from({ length: 60 }, (_, i) =>
    i === at
      ? install('i')
      : i === at - 1
        ? `${START}\nimport time; time.sleep(3)`
        : `# ${i}\n# a cell\n# of three lines`
  );
const notification = (page: Page) =>
  page
    .locator('.Toastify__toast')
    .filter({ hasText: 'waits for your decision' });
const status = (page: Page, text: string) =>
  page.locator('#jp-main-statusbar').getByRole('button', { name: text });

/** Scroll until the install cannot be seen; a notebook that is still building its cells scrolls back. */
async function leave(page: Page, to: 'top' | 'end'): Promise<void> {
  const front = page.locator('.jp-NotebookPanel:not(.lm-mod-hidden)');
  await expect(async () => {
    await front
      .locator('.jp-WindowedPanel-outer')
      .evaluate(
        (node, to) => node.scrollTo(0, to === 'top' ? 0 : node.scrollHeight),
        to
      );
    await expect(
      front.locator('.jp-CodeCell', { hasText: 'log.append' })
    ).not.toBeInViewport({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
}

for (const windowing of ['contentVisibility', 'full']) {
  for (const [at, shown] of [
    [58, 'top'],
    [2, 'end']
  ] as const) {
    test(`far from what is shown (${windowing}, cell ${at}): a notification leads to it`, async ({
      host
    }) => {
      const { page } = host;
      await pageSettings(page, { [NOTEBOOKS]: { windowingMode: windowing } });
      const first = await host.openNotebook(['1'], KERNEL);
      const beside = await openBeside(host, first, long(at), KERNEL);
      await runInFront(host, at - 1);
      await runInFront(host, at);
      await leave(page, shown);
      await expect(notification(page)).toBeVisible({ timeout: 40_000 });
      await expect(notification(page)).toContainText('beside');
      await expect(status(page, '1 install waits')).toBeVisible();
      await notification(page)
        .getByRole('button', { name: 'Go to cell' })
        .click();
      const question = cards(host);
      await expect(question).toBeInViewport();
      await expect(question).toHaveAttribute('data-state', 'asking');
      // Away again, and back by the status bar.
      await leave(page, shown);
      await status(page, '1 install waits').click();
      await expect(question).toBeInViewport();
      await question.getByRole('button', { name: 'Cancel' }).click();
      await expect(question).toHaveAttribute('data-state', 'after');
      await expect(notification(page)).toHaveCount(0);
      await expect(status(page, 'waits')).toHaveCount(0);
      await removeBeside(host, beside);
    });
  }
}

test('another notebook in front: the notification leads there, and goes when it is decided; two that wait are counted', async ({
  host
}) => {
  const { page } = host;
  const first = await host.openNotebook(
    [START, 'import time; time.sleep(4)', install('i')],
    KERNEL
  );
  await host.runAll();
  const beside = await openBeside(host, first, [START, install('j')], KERNEL);
  await expect(notification(page)).toHaveCount(1, { timeout: 40_000 });
  await expect(notification(page)).toContainText(first);
  await runInFront(host, 0);
  await runInFront(host, 1);
  await expect(cards(host)).toHaveAttribute('data-state', 'asking', {
    timeout: 40_000
  });
  await expect(status(page, '2 installs wait')).toBeVisible();
  // The second is in sight: no notification for it.
  await expect(notification(page)).toHaveCount(1);
  await cards(host).getByRole('button', { name: 'Cancel' }).click();
  await expect(status(page, '1 install waits')).toBeVisible();
  await expect(notification(page)).toHaveCount(1);
  await status(page, '1 install waits').click();
  await expect(
    page.getByRole('main').getByRole('tab', { name: first }).first()
  ).toHaveAttribute('aria-selected', 'true');
  await expect(card(host, 2)).toBeInViewport();
  await decide(host, 2, 'Install anyway');
  await expect(notification(page)).toHaveCount(0);
  await expect(status(page, 'wait')).toHaveCount(0);
  await host.settled();
  expect(await logged(host)).toEqual(['i']);
  await removeBeside(host, beside);
});
