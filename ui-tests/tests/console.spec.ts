/** The install guard in code consoles: a dialog asks, and what is typed meanwhile waits its turn. */
import {
  card,
  decide,
  entry,
  install,
  KERNEL,
  logged,
  START
} from './guardCards';
import { CodeConsole } from './guardConsole';
import { watchCards } from './guardPage';
import { expect, test, type Host } from './hosts/host';

const LONG = { timeout: 40_000 };

/** A console with a kernel of its own, in which the log was made. */
async function open(host: Host): Promise<CodeConsole> {
  const path = await host.openNotebook(['1'], 'plain');
  const code = await CodeConsole.open(host, path, KERNEL);
  await code.type(START);
  await expect.poll(() => code.prompts()).toEqual(['[1]:']);
  return code;
}

test('a harmless install: no dialog, and inputs keep their order', async ({
  host
}) => {
  const code = await open(host);
  const seen = await watchCards(host.page);
  const inputs = [entry('a'), install('i', 'tqdm'), entry('b')];
  for (const input of inputs) {
    await code.type(input);
  }
  await code.type('print("|".join(log))');
  await expect
    .poll(() => code.prompts(), LONG)
    .toEqual(['[1]:', '[2]:', '[3]:', '[4]:', '[5]:']);
  expect((await code.ran()).slice(1, 4)).toEqual(inputs);
  await expect(code.panel.locator('.jp-OutputArea-output').last()).toHaveText(
    /a\|i\|b/
  );
  expect(await seen()).toEqual([]);
});

test('a harmful install: a dialog with the details; Escape and Cancel run nothing, and the prompt is of use', async ({
  host
}) => {
  const code = await open(host);
  await code.type(install('i'));
  await expect(code.dialog).toBeVisible(LONG);
  const question = code.dialog.locator('.jp-GpuDoctor-cardFrame');
  await expect(question).toHaveAttribute('data-state', 'asking');
  await expect(question).toHaveAttribute('data-tone', 'error');
  await expect(question).toContainText('pandas');
  await expect(question.getByRole('table')).toContainText('1.26.4');
  // No button is chosen: Enter decides nothing.
  await host.page.keyboard.press('Enter');
  await expect(code.dialog).toBeVisible();
  // In the middle of the page, and wide enough to be read.
  const area = await code.dialog.boundingBox();
  expect(area?.width).toBeGreaterThan(500);
  expect(
    Math.abs(area!.x + area!.width / 2 - host.page.viewportSize()!.width / 2)
  ).toBeLessThan(20);
  expect(await code.prompts()).toEqual(['[1]:', '[*]:']);
  await host.page.keyboard.press('Escape');
  await expect(code.dialog).toHaveCount(0);
  await expect.poll(() => code.prompts()).toEqual(['[1]:', '[ ]:']);
  // The focus is back where one types.
  await expect(code.prompt.locator('.cm-content')).toBeFocused();
  await host.page.keyboard.insertText(entry('after'));
  await host.page.keyboard.press('Shift+Enter');
  await expect.poll(() => code.prompts()).toEqual(['[1]:', '[ ]:', '[2]:']);

  await code.type(install('j'));
  await expect(code.dialog).toBeVisible(LONG);
  await code.dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(code.dialog).toHaveCount(0);
  await expect
    .poll(() => code.prompts())
    .toEqual(['[1]:', '[ ]:', '[2]:', '[ ]:']);
  expect(await code.ran()).toEqual([START, entry('after')]);
});

test('Install anyway: it runs once, and what was submitted meanwhile comes after it', async ({
  host
}) => {
  const code = await open(host);
  await code.type(install('i'));
  await expect(code.dialog).toBeVisible(LONG);
  await code.inject(entry('later'));
  await code.inject('print("|".join(log))');
  await expect
    .poll(() => code.prompts())
    .toEqual(['[1]:', '[*]:', '[*]:', '[*]:']);
  expect(await code.ran()).toEqual([START]);
  await code.dialog.getByRole('button', { name: 'Install anyway' }).click();
  await expect(code.dialog).toHaveCount(0);
  await expect
    .poll(() => code.prompts(), LONG)
    .toEqual(['[1]:', '[2]:', '[3]:', '[4]:']);
  expect(await code.ran()).toEqual([
    START,
    install('i'),
    entry('later'),
    'print("|".join(log))'
  ]);
  await expect(code.panel.locator('.jp-OutputArea-output').last()).toHaveText(
    /i\|later/
  );
});

test('interrupting the kernel closes the dialog, and nothing runs', async ({
  host
}) => {
  const code = await open(host);
  await code.type(install('i'));
  await expect(code.dialog).toBeVisible(LONG);
  await code.inject(entry('later'));
  await host.command('console:interrupt-kernel');
  await expect(code.dialog).toHaveCount(0);
  await expect.poll(() => code.prompts()).toEqual(['[1]:', '[ ]:', '[ ]:']);
  await code.type(entry('after'));
  await expect
    .poll(() => code.prompts())
    .toEqual(['[1]:', '[ ]:', '[ ]:', '[2]:']);
  expect(await code.ran()).toEqual([START, entry('after')]);
});

test('a notebook and a console of one kernel are one queue', async ({
  host
}) => {
  const path = await host.openNotebook(
    [START, install('i'), entry('n')],
    KERNEL
  );
  const code = await CodeConsole.open(host, path, null);
  // A question in the notebook: the console waits.
  await host.command('docmanager:open', { path });
  await host.runCell(0);
  await host.runCell(1);
  await expect(card(host, 1)).toHaveAttribute('data-state', 'asking', LONG);
  await code.inject(entry('c'));
  await expect.poll(() => code.prompts()).toEqual(['[*]:']);
  await decide(host, 1, 'Install anyway');
  await host.settled();
  await expect.poll(async () => (await code.prompts())[0]).toMatch(/\d/);
  expect(await logged(host)).toEqual(['i', 'c']);

  // A question in the console: the notebook waits, and Cancel is for both.
  await code.type(install('j', 'numpy==2.1.0'));
  await expect(code.dialog).toBeVisible(LONG);
  await host.runCell(2);
  expect((await host.prompts())[2]).toBe('[*]:');
  await code.dialog.getByRole('button', { name: 'Cancel' }).click();
  await host.settled();
  expect((await host.prompts())[2]).toBe('[ ]:');
  expect(await logged(host)).toEqual(['i', 'c']);
});
