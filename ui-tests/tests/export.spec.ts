/** A user takes the environment along: files next to the notebook, downloads, and what happens where no file can be saved. */
import { expect, test, type IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { Locator } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { command, Doctor, openNotebook } from './helpers';

/** Open the dialog by its button. */
async function dialogOf(
  page: IJupyterLabPageFixture,
  doctor: Doctor
): Promise<Locator> {
  await doctor.panel
    .getByRole('button', { name: 'Export environment…' })
    .click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Export environment');
  return dialog;
}

/** Text of a file on the server. */
async function textOf(
  page: IJupyterLabPageFixture,
  path: string
): Promise<string> {
  return page.evaluate(async name => {
    const { contents } = (
      window as unknown as {
        jupyterapp: {
          serviceManager: {
            contents: {
              get(path: string, options: object): Promise<{ content: string }>;
            };
          };
        };
      }
    ).jupyterapp.serviceManager;
    return (
      await contents.get(name, { type: 'file', format: 'text', content: true })
    ).content;
  }, path);
}

test('environment.yml next to the notebook; a second one gets a number', async ({
  page,
  tmpPath
}) => {
  await openNotebook(page, tmpPath, 'conda');
  const doctor = new Doctor(page);
  await doctor.check();
  for (const name of ['environment.yml', 'environment-1.yml']) {
    const dialog = await dialogOf(page, doctor);
    await dialog.getByRole('radio', { name: 'Everything' }).check();
    await dialog
      .getByRole('button', { name: 'Save next to the notebook' })
      .click();
    await expect(dialog).toHaveCount(0);
    await expect(
      page.locator('.Toastify__toast', { hasText: `Saved as ${name}.` })
    ).toBeVisible();
  }
  const text = await textOf(page, `${tmpPath}/environment.yml`);
  expect(text).toBe(await textOf(page, `${tmpPath}/environment-1.yml`));
  const [conda, pip] = text.split('  - pip:\n');
  expect(conda).toContain('channels:\n  - conda-forge\n');
  expect(conda).toMatch(/\n {2}- ipykernel=/);
  expect(conda).not.toMatch(/\n {2}- numpy=/);
  expect(pip).toContain('      - numpy==1.26.4\n');
});

test('the keyboard alone: another file, as a download', async ({
  page,
  tmpPath
}) => {
  await openNotebook(page, tmpPath, 'conda');
  const doctor = new Doctor(page);
  await doctor.check();
  await doctor.panel
    .getByRole('button', { name: 'Export environment…' })
    .focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  // The dialog takes the focus when it is there.
  await expect(
    dialog.getByRole('button', { name: 'Save next to the notebook' })
  ).toBeFocused();
  await dialog.getByRole('radio', { name: /environment\.yml/ }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(
    dialog.getByRole('radio', { name: /requirements\.txt/ })
  ).toBeChecked();
  // Build strings are a matter of conda.
  await expect(dialog.getByRole('checkbox')).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Download' }).focus();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.keyboard.press('Enter')
  ]);
  expect(download.suggestedFilename()).toBe('requirements.txt');
  const text = readFileSync(await download.path(), 'utf8');
  expect(text).toContain('\nnumpy==1.26.4\n');
  expect(text).not.toContain('ipykernel');
  await expect(dialog).toHaveCount(0);

  await doctor.panel
    .getByRole('button', { name: 'Export environment…' })
    .press('Enter');
  await expect(
    dialog.getByRole('button', { name: 'Save next to the notebook' })
  ).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
});

test('constraints always hold everything', async ({ page, tmpPath }) => {
  await openNotebook(page, tmpPath, 'conda');
  const doctor = new Doctor(page);
  await doctor.check();
  const dialog = await dialogOf(page, doctor);
  await dialog.getByRole('radio', { name: /constraints\.txt/ }).check();
  await expect(dialog.getByRole('radio', { name: 'Everything' })).toBeChecked();
  await expect(
    dialog.getByRole('radio', { name: 'Everything' })
  ).toBeDisabled();
  await page.keyboard.press('Escape');
});

test('every kind of file by its command', async ({ page, tmpPath }) => {
  await openNotebook(page, tmpPath, 'conda');
  const doctor = new Doctor(page);
  await doctor.check();
  for (const [id, name, part] of [
    ['export-constraints', 'constraints.txt', '\nnumpy==1.26.4\n'],
    ['export-notes', 'requirements-notes.md', '\n| numpy | 1.26.4 |'],
    ['export-recreate', 'recreate.sh', '-m pip install numpy==1.26.4\n'],
    ['export-requirements', 'requirements.txt', '\nnumpy==1.26.4\n'],
    ['export-environment-yml', 'environment.yml', '      - numpy==1.26.4\n']
  ]) {
    await command(page, `gpu-doctor:${id}`);
    await expect(
      page.locator('.Toastify__toast', { hasText: `Saved as ${name}.` })
    ).toBeVisible();
    expect(await textOf(page, `${tmpPath}/${name}`)).toContain(part);
  }
});

test('a folder that takes no files: a message, and the download', async ({
  page,
  tmpPath
}) => {
  await openNotebook(page, tmpPath, 'conda');
  const doctor = new Doctor(page);
  await doctor.check();
  await page.route(/\/api\/contents\/.*constraints/, async (route, request) =>
    request.method() === 'PUT'
      ? route.fulfill({
          status: 403,
          contentType: 'application/json',
          body: JSON.stringify({
            message: 'Permission denied: constraints.txt'
          })
        })
      : route.fallback()
  );
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    command(page, 'gpu-doctor:export-constraints')
  ]);
  expect(download.suggestedFilename()).toBe('constraints.txt');
  await expect(
    page.locator('.Toastify__toast', {
      hasText:
        'constraints.txt could not be saved here (Permission denied: constraints.txt). It was downloaded instead.'
    })
  ).toBeVisible();
});

for (const theme of ['JupyterLab Light', 'JupyterLab Dark']) {
  test(`the dialog can be read: ${theme}`, async ({ page, tmpPath }) => {
    await page.theme.setTheme(theme);
    await openNotebook(page, tmpPath, 'conda');
    const doctor = new Doctor(page);
    await doctor.check();
    const dialog = await dialogOf(page, doctor);
    // The contrast of each text with what is behind it, as WCAG counts it.
    const lowest = await dialog.evaluate(node => {
      // Text that is half transparent is mixed with what is behind it.
      const channels = (color: string, under: number[] = [0, 0, 0]) => {
        const [r, g, b, alpha = 1] = (color.match(/[\d.]+/g) ?? []).map(Number);
        return [r, g, b].map((one, i) => one * alpha + under[i] * (1 - alpha));
      };
      const light = (color: number[]) => {
        const [r, g, b] = color.map(value => {
          const part = value / 255;
          return part <= 0.03928
            ? part / 12.92
            : ((part + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const behind = (one: Element | null): string => {
        const color = one
          ? getComputedStyle(one).backgroundColor
          : 'rgb(0,0,0)';
        return /, 0\)$|transparent/.test(color)
          ? behind(one?.parentElement ?? null)
          : color;
      };
      return Math.min(
        ...[
          ...node.querySelectorAll(
            '.jp-GpuDoctor-export :is(legend, strong, small)'
          )
        ].map(one => {
          const under = channels(behind(one));
          const [a, b] = [
            light(channels(getComputedStyle(one).color, under)),
            light(under)
          ].sort((x, y) => y - x);
          return (a + 0.05) / (b + 0.05);
        })
      );
    });
    expect(lowest).toBeGreaterThan(4.5);
    await page.keyboard.press('Escape');
  });
}
