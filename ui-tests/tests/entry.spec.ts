/** The ways in: status bar, command palette, menu, and the setting that checks on opening. */
import { expect, galata, test } from '@jupyterlab/galata';
import { Doctor, openNotebook } from './helpers';

test('the status bar tells the verdict and opens the panel', async ({
  page,
  tmpPath
}) => {
  await openNotebook(page, tmpPath, 'conda');
  const doctor = new Doctor(page);
  const item = page
    .locator('.jp-GpuDoctor-statusButton')
    .filter({ hasText: 'GPU:' });
  await expect(item).toContainText('GPU: not checked');
  await item.click();
  await expect(doctor.panel).toBeVisible();
  await doctor.phase('unchecked');
  await doctor.button.click();
  await doctor.phase('ready');
  await expect(item).toContainText('GPU: 1 error');
  await page.menu.clickMenuItem('Kernel>Restart Kernel…');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: 'Confirm Kernel Restart' })
    .click();
  await expect(item).toContainText('GPU: check again');
});

test('the command palette and the kernel menu', async ({ page, tmpPath }) => {
  await openNotebook(page, tmpPath, 'plain');
  const doctor = new Doctor(page);
  await page.menu.clickMenuItem('Kernel>Check GPU env');
  await doctor.phase('ready');
  await page.keyboard.press('Control+Shift+c');
  const palette = page.locator('.lm-CommandPalette');
  await palette.locator('input').fill('GPU');
  for (const label of [
    'Check GPU env',
    'Check GPU env in a separate kernel',
    'Show GPU Doctor',
    'Copy GPU environment report',
    'Save GPU environment facts'
  ]) {
    await expect(
      palette.getByText(label, { exact: true }).first()
    ).toBeVisible();
  }
});

test.describe('with "check when the panel opens"', () => {
  test.use({
    mockSettings: {
      ...galata.DEFAULT_SETTINGS,
      'jupyterlab-gpu-doctor:panel': { checkOnOpen: true, timeout: 20 }
    }
  });

  test('opening the panel is asking', async ({ page, tmpPath }) => {
    await openNotebook(page, tmpPath, 'plain');
    const doctor = new Doctor(page);
    await doctor.open();
    await doctor.phase('ready');
  });
});
