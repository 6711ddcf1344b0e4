/** The question of the install guard, as a user meets it: by keyboard, out of sight, twice, with other settings. */
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import {
  asked,
  card,
  decide,
  entry,
  install,
  KERNEL,
  logged,
  START
} from './guardCards';
import { makeKernel, silentIndex } from './guardKernels';
import {
  openBeside,
  pageSettings,
  removeBeside,
  THEMES,
  watchCards,
  working
} from './guardPage';
import { Doctor } from './helpers';
import { expect, test, type Host } from './hosts/host';

/** A requirement that a safer way is found for: its newest release wants NumPy 2. */
const SAFER = 'ml_dtypes';

/** A kernel whose index never answers. */
const SLOW = `guard-slow-${process.pid}`;
const undo: (() => void)[] = [];

test.beforeAll(async () => {
  const index = await silentIndex();
  undo.push(() => index.close(), makeKernel(SLOW, KERNEL, index.env));
});

test.afterAll(() => undo.forEach(one => one()));

/** Wait until the safer way of a question has been found; its button. */
async function saferButton(question: Locator): Promise<Locator> {
  const button = question.getByRole('button', {
    name: 'Install the safer way'
  });
  await expect(question.locator('[data-safer="found"]')).toBeVisible({
    timeout: 40_000
  });
  await expect(button).not.toHaveAttribute('aria-disabled', 'true');
  return button;
}

/** What has the focus: the text of a button, `frame` for the card itself, null outside of cards. */
async function focused(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const one = document.activeElement;
    const frame = one?.closest('.jp-GpuDoctor-cardFrame');
    return !frame
      ? null
      : one === frame
        ? 'frame'
        : (one?.getAttribute('aria-label') ??
          one?.querySelector('[data-shown="true"]')?.textContent ??
          one?.textContent ??
          '');
  });
}

/** The source of a cell as the editor shows it. */
async function source(host: Host, index: number): Promise<string> {
  return (await host.cell(index).locator('.cm-line').allTextContents()).join(
    '\n'
  );
}

test.describe('by keyboard', () => {
  test('a question takes neither the focus nor the keys of who types elsewhere', async ({
    host
  }) => {
    const { page } = host;
    await host.openNotebook([START, install('i'), ''], KERNEL);
    await host.runAll();
    await host.cell(2).locator('.cm-content').click();
    let typed = '';
    const question = card(host, 1);
    while (
      (await question.getAttribute('data-state').catch(() => '')) !== 'asking'
    ) {
      expect(typed.length).toBeLessThan(4000);
      await page.keyboard.type('x');
      typed += 'x';
    }
    await page.keyboard.type('.end');
    await expect(host.cell(2).locator('.cm-content')).toBeFocused();
    expect(await source(host, 2)).toBe(`${typed}.end`);
    await expect(question).toHaveAttribute('data-state', 'asking');
    await question.getByRole('button', { name: 'Cancel' }).click();
    await host.settled();
    expect(await logged(host)).toEqual([]);
  });

  test('Tab goes through the card as it is shown; Enter and Space press, Escape decides nothing, other keys stay in it', async ({
    host
  }) => {
    const { page } = host;
    await host.openNotebook([START, install('i', SAFER), entry('c')], KERNEL);
    await host.runAll();
    const question = await asked(host, 1);
    await saferButton(question);

    // From the cell itself, as after Escape in its editor.
    await host.cell(1).locator('.cm-content').click();
    await page.keyboard.press('Escape');
    const reached: string[] = [];
    const places: { x: number; y: number }[] = [];
    for (let i = 0; i < 40; i++) {
      await page.keyboard.press('Tab');
      const name = await focused(page);
      if (name === null) {
        if (reached.length > 0) {
          break;
        }
        continue;
      }
      reached.push(name);
      places.push(
        await page.evaluate(() => {
          const { x, y, height } = (
            document.activeElement as HTMLElement
          ).getBoundingClientRect();
          return { x, y: Math.round((y + height / 2) / 12) };
        })
      );
    }
    const buttons = ['Install the safer way', 'Install anyway', 'Cancel'];
    expect(reached.filter(one => buttons.includes(one))).toEqual(buttons);
    expect(reached.some(one => one.startsWith('Learn more'))).toBe(true);
    expect(reached.some(one => one.startsWith('Copy'))).toBe(true);
    expect(reached.at(-1)).toMatch(/^Don't ask again/);
    expect([...places].sort((a, b) => a.y - b.y || a.x - b.x)).toEqual(places);

    // Space and Enter press what has the focus.
    const quiet = question.getByRole('button', { name: "Don't ask again" });
    await quiet.focus();
    await page.keyboard.press('Space');
    await expect(quiet).toHaveAttribute('aria-expanded', 'true');
    await page.keyboard.press('Enter');
    await expect(quiet).toHaveAttribute('aria-expanded', 'false');

    // Keys that mean something to a notebook.
    const anyway = question.getByRole('button', { name: 'Install anyway' });
    await anyway.focus();
    for (const key of [
      'Escape',
      'd',
      'd',
      'x',
      'b',
      'm',
      '0',
      '0',
      'ArrowUp',
      'ArrowDown',
      'Shift+Enter',
      'Control+Enter',
      'Alt+Enter'
    ]) {
      await page.keyboard.press(key);
    }
    expect(await focused(page)).toBe('frame');
    await anyway.focus();
    for (const key of ['d', 'd', 'b', 'k', 'Shift+Enter', 'Control+Enter']) {
      await page.keyboard.press(key);
    }
    await expect(anyway).toBeFocused();
    await expect(question).toHaveAttribute('data-state', 'asking');
    expect(await host.prompts()).toEqual(['[1]:', '[*]:', '[*]:']);
    await expect(page.locator('.jp-Notebook .jp-Cell.jp-CodeCell')).toHaveCount(
      3
    );
    expect(await host.ran()).toEqual([START]);

    // A combination is the application's.
    const saved = page.waitForRequest(
      request =>
        request.method() === 'PUT' && request.url().includes('/api/contents/')
    );
    await page.keyboard.press('Control+s');
    await saved;
    await expect(anyway).toBeFocused();

    await question.getByRole('button', { name: 'Cancel' }).focus();
    await page.keyboard.press('Enter');
    await expect(card(host, 1)).toHaveAttribute('data-state', 'after');
    await host.settled();
    expect(await host.prompts()).toEqual(['[1]:', '[ ]:', '[ ]:']);
    expect(await host.ran()).toEqual([START]);
    // The focus stays at the cell: in its card, or on the cell itself.
    const atCell = () =>
      host
        .cell(1)
        .evaluate(
          node =>
            node === document.activeElement ||
            document.activeElement?.closest('.jp-GpuDoctor-cardFrame') !== null
        );
    expect(await atCell()).toBe(true);
    await card(host, 1).getByRole('button', { name: 'Dismiss' }).focus();
    await page.keyboard.press('Space');
    await expect(card(host, 1)).toHaveCount(0);
    expect(await atCell()).toBe(true);
  });
});

test('the card stands under the editor, in a wide window and in a narrow one, and its buttons stay where they are', async ({
  host
}) => {
  const { page } = host;
  await host.openNotebook([START, install('i', SAFER)], KERNEL);
  // Where "Install anyway" was at every frame.
  await page.evaluate(() => {
    const seen: string[] = [];
    (window as unknown as { places: string[] }).places = seen;
    const look = () => {
      const button = [
        ...document.querySelectorAll('.jp-GpuDoctor-cardFrame button')
      ].find(one => one.textContent === 'Install anyway');
      const card = button?.closest('.jp-GpuDoctor-cardFrame');
      if (button && card?.querySelector('[data-safer]')) {
        const at = button.getBoundingClientRect();
        const from = card.getBoundingClientRect();
        const place = `${Math.round(at.x - from.x)} ${Math.round(at.y - from.y)}`;
        if (!seen.includes(place)) {
          seen.push(place);
        }
      }
      requestAnimationFrame(look);
    };
    look();
  });
  await host.runAll();
  const question = await asked(host, 1);
  await saferButton(question);
  expect(
    await page.evaluate(
      () => (window as unknown as { places: string[] }).places
    )
  ).toHaveLength(1);

  const edges = async (locator: Locator) => {
    const { x = NaN, width = NaN } = (await locator.boundingBox()) ?? {};
    return [x, x + width];
  };
  await host.command('application:toggle-left-area');
  for (const width of [1400, 900, 700, 420]) {
    await page.setViewportSize({ width, height: 900 });
    await expect
      .poll(async () => {
        const [left, right] = await edges(question);
        const editor = await edges(
          host.cell(1).locator('.jp-InputArea-editor')
        );
        return Math.max(
          Math.abs(left - editor[0]),
          Math.abs(right - editor[1])
        );
      })
      .toBeLessThan(2);
    expect(
      await question.evaluate(node => node.scrollWidth - node.clientWidth)
    ).toBeLessThanOrEqual(0);
  }
  await decide(host, 1, 'Cancel');
});

test.describe('not asked twice', () => {
  test("Don't ask again: the rule is quiet in this kernel, in another one and in a new page it is not", async ({
    host
  }) => {
    const { page } = host;
    const cells = [
      START,
      install('i', 'numpy==2.0.0'),
      install('j', 'numpy==2.1.0')
    ];
    const path = await host.openNotebook(cells, KERNEL);
    await host.runCell(0);
    await host.runCell(1);
    const question = await asked(host, 1);
    await question.getByRole('button', { name: "Don't ask again" }).click();
    const rules = question.getByRole('checkbox');
    await expect(rules.first()).not.toBeChecked();
    for (const rule of await rules.all()) {
      await rule.check();
    }
    await question.getByRole('button', { name: 'Install anyway' }).click();
    await host.settled();
    expect(await logged(host)).toEqual(['i']);

    const seen = await watchCards(page);
    await host.runCell(2);
    await host.settled(60_000);
    expect(await logged(host)).toEqual(['i', 'j']);
    expect((await seen()).filter(one => one === 'asking')).toEqual([]);

    // Another kernel of the same notebook.
    await page.evaluate(async () => {
      const { shell } = (
        window as unknown as {
          jupyterapp: {
            shell: {
              currentWidget: {
                sessionContext: {
                  changeKernel(model: { name: string }): Promise<unknown>;
                };
              };
            };
          };
        }
      ).jupyterapp;
      await shell.currentWidget.sessionContext.changeKernel({
        name: 'guard-numpy'
      });
    });
    await host.settled();
    await host.runCell(0);
    await host.runCell(2);
    await decide(host, 2, 'Install anyway');
    await host.settled();
    expect(await logged(host)).toEqual(['j']);

    // The same kernel in a page that was loaded again.
    await host.openNotebook(cells, KERNEL, path);
    expect(await logged(host)).toEqual(['j']);
    await host.runCell(2);
    await decide(host, 2, 'Cancel');
    await host.settled();
    expect(await logged(host)).toEqual(['j']);
  });

  test('the same question after Cancel, but not after Install anyway', async ({
    host
  }) => {
    await host.openNotebook([START, install('i')], KERNEL);
    await host.runAll();
    await decide(host, 1, 'Cancel');
    await host.settled();
    await host.runCell(1);
    await decide(host, 1, 'Install anyway');
    await host.settled();
    expect(await logged(host)).toEqual(['i']);
    const seen = await watchCards(host.page);
    await host.runCell(1);
    await host.settled(60_000);
    expect(await logged(host)).toEqual(['i', 'i']);
    expect((await seen()).filter(one => one === 'asking')).toEqual([]);
  });
});

test.describe('the safer way', () => {
  test('its line takes the place of the old one; one undo brings that back', async ({
    host
  }) => {
    const { page } = host;
    const before = install('i', SAFER);
    await host.openNotebook([START, before, entry('c')], KERNEL);
    await host.runAll();
    const question = await asked(host, 1);
    const button = await saferButton(question);
    const command = await question
      .locator('.jp-GpuDoctor-command pre')
      .innerText();
    expect(command).toMatch(/^%pip install ml_dtypes==\S+ numpy==1\.26\.4$/);
    await button.click();
    await host.settled(60_000);
    const after = `if log.append("i"):\n    ${command}`;
    expect(await source(host, 1)).toBe(after);
    expect((await host.ran())[1]).toBe(after);
    expect(await logged(host)).toEqual(['i', 'c']);
    // The branch was never taken.
    await expect(card(host, 1)).toContainText('Nothing changed.', {
      timeout: 20_000
    });
    await host.cell(1).locator('.cm-content').click();
    await page.keyboard.press('Control+z');
    await expect.poll(() => source(host, 1)).toBe(before);
    await page.keyboard.press('Control+Shift+z');
    await expect.poll(() => source(host, 1)).toBe(after);
  });

  test('Copy puts it on the clipboard; Learn more opens the page of the rule; neither decides', async ({
    host
  }) => {
    const { page } = host;
    await page
      .context()
      .grantPermissions(['clipboard-read', 'clipboard-write']);
    await host.openNotebook([START, install('i', SAFER)], KERNEL);
    await host.runAll();
    const question = await asked(host, 1);
    await saferButton(question);
    await question
      .locator('.jp-GpuDoctor-command')
      .getByRole('button', { name: 'Copy' })
      .click();
    await expect(question.locator('.jp-GpuDoctor-command')).toContainText(
      'Copied'
    );
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      await question.locator('.jp-GpuDoctor-command pre').innerText()
    );
    await question.getByRole('button', { name: 'Learn more' }).first().click();
    const rule = page.locator('.jp-Dialog .jp-GpuDoctor-rulePage');
    await expect(rule.getByRole('heading').first()).toBeVisible();
    await expect(rule).toContainText('NumPy');
    await page
      .locator('.jp-Dialog')
      .getByRole('button', { name: 'Close' })
      .click();
    await expect(question).toHaveAttribute('data-state', 'asking');
    await decide(host, 1, 'Cancel');
  });
});

test('when it has run the environment is looked at again: the card says that nothing changed, and the panel knows', async ({
  host
}) => {
  await host.openNotebook([START, install('i')], KERNEL);
  const doctor = new Doctor(host.page);
  await doctor.check();
  await host.runAll();
  await decide(host, 1, 'Install anyway');
  await host.settled();
  const after = card(host, 1);
  await expect(after).toContainText('Nothing changed.', { timeout: 20_000 });
  await expect(after.locator('[data-line="differences"]')).toContainText(
    'numpy is 1.26.4; 2.0.0 was planned.'
  );
  for (const name of ['Undo', 'Restart kernel', 'Check GPU env']) {
    await expect(after.getByRole('button', { name })).toHaveCount(0);
  }
  await expect(doctor.notice('stale')).toHaveCount(0);
  await doctor.phase('ready');
});

test.describe('for everybody', () => {
  for (const theme of ['JupyterLab Light', 'JupyterLab Dark']) {
    test(`${theme}: no accessibility violation in any state, and the question is read aloud`, async ({
      host
    }) => {
      const { page } = host;
      await pageSettings(page, { [THEMES]: { theme } });
      const violations = async () =>
        (
          await new AxeBuilder({ page })
            .include(
              '.jp-NotebookPanel:not(.lm-mod-hidden) .jp-GpuDoctor-card:not(.lm-mod-hidden)'
            )
            .analyze()
        ).violations.map(one => ({
          id: one.id,
          nodes: one.nodes.map(node => node.html)
        }));
      const path = await host.openNotebook([START, install('i')], SLOW);
      await expect(page.locator('body')).toHaveAttribute(
        'data-jp-theme-name',
        theme
      );
      await host.runCell(0);
      const checking = await working(host, 1);
      expect(await violations()).toEqual([]);
      await expect(checking).toHaveAttribute('data-state', 'working');
      await checking.getByRole('button', { name: 'Cancel' }).click();

      const beside = await openBeside(
        host,
        path,
        [START, install('i', SAFER), entry('c')],
        KERNEL
      );
      await host.runAll();
      const question = await asked(host, 1);
      await saferButton(question);
      await question.getByRole('button', { name: "Don't ask again" }).click();
      for (const closed of await question.locator('details').all()) {
        await closed.evaluate(node => node.setAttribute('open', ''));
      }
      expect(await violations()).toEqual([]);
      await expect(question).toHaveAttribute('role', 'group');
      await expect(
        page.getByRole('group', { name: /^Harmful: .*numpy/i })
      ).toBeVisible();
      const live = host.cell(1).locator('.jp-GpuDoctor-card > [role="status"]');
      await expect(live).toHaveAttribute('aria-live', 'polite');
      await expect(live).toContainText('Decide in the card.');
      await decide(host, 1, 'Cancel');
      await expect(card(host, 1)).toHaveAttribute('data-state', 'after');
      await expect(live).toContainText('Cancelled');
      expect(await violations()).toEqual([]);
      await removeBeside(host, beside);
    });
  }
});
