/** A user reads a finding and takes its fix along. */
import { expect, test } from '@jupyterlab/galata';
import { readFileSync } from 'node:fs';
import { Doctor, openNotebook } from './helpers';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('copy the fix, insert it as a cell, ignore the rule and take that back', async ({
  page,
  tmpPath
}) => {
  await openNotebook(page, tmpPath, 'conda', ['a = 1', 'b = 2']);
  const doctor = new Doctor(page);
  await doctor.check();
  const finding = doctor.finding('two-managers');
  const commands = (await finding.locator('pre').innerText()).trim();
  expect(commands).toContain('%conda install --force-reinstall numpy=1.24.4');

  await finding.getByRole('button', { name: 'Copy' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    commands
  );

  await page.notebook.selectCells(0);
  await finding.getByRole('button', { name: 'Insert as cell' }).click();
  await expect.poll(() => page.notebook.getCellCount()).toBe(3);
  expect((await page.notebook.getCellTextInput(1)).trim()).toBe(commands);
  // Inserted, not run.
  expect(await page.notebook.getCellTextOutput(1)).toBeNull();

  await finding.getByRole('button', { name: 'Ignore here' }).click();
  await expect(finding).toHaveCount(0);
  await doctor.button.click();
  await doctor.phase('ready');
  await expect(finding).toHaveCount(0);
  const ignored = await doctor.section('ignored');
  await expect(ignored).toContainText('two-managers');
  await ignored.getByRole('button', { name: 'Show again' }).click();
  await expect(finding).toHaveCount(1);
});

test('the documentation of a rule', async ({ page, tmpPath }) => {
  await openNotebook(page, tmpPath, 'conda');
  const doctor = new Doctor(page);
  await doctor.check();
  await doctor
    .finding('two-managers')
    .getByRole('button', { name: 'Learn more' })
    .click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('two-managers');
  await expect(
    dialog.getByRole('heading', { name: 'Why this is bad' })
  ).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
});

test('copy the report and save the facts', async ({ page, tmpPath }) => {
  await openNotebook(page, tmpPath, 'gpus');
  const doctor = new Doctor(page);
  await doctor.check();
  await doctor.panel.getByRole('button', { name: 'Copy report' }).click();
  await expect(
    doctor.panel.getByRole('button', { name: 'Copied' })
  ).toBeVisible();
  const report = await page.evaluate(() => navigator.clipboard.readText());
  expect(report).toContain('# GPU Doctor report');
  expect(report).toContain('PyTorch 2.3.1+cpu is a CPU-only build');

  const download = page.waitForEvent('download');
  await doctor.panel.getByRole('button', { name: 'Save facts' }).click();
  const path = await (await download).path();
  const facts = JSON.parse(readFileSync(path, 'utf8'));
  expect(facts.schema).toBe('jupyterlab-gpu-doctor/facts');
  expect(facts.gpu.devices).toHaveLength(2);
});
