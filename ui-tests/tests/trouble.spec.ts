/** Bad input from the kernel: a clear state, the rest still shown, nothing lost. */
import { expect, test } from '@jupyterlab/galata';
import { Doctor, openNotebook } from './helpers';

test('hostile names and broken metadata are shown as text', async ({
  page,
  tmpPath
}) => {
  let dialogs = 0;
  page.on('dialog', dialog => {
    dialogs++;
    void dialog.dismiss();
  });
  await openNotebook(page, tmpPath, 'hostile');
  const doctor = new Doctor(page);
  await doctor.check();
  const packages = await doctor.section('packages');
  await packages.getByRole('searchbox').fill('img src');
  await expect(packages.locator('tbody')).toContainText('<script>1');
  await expect(doctor.panel.locator('img')).toHaveCount(0);
  expect(dialogs).toBe(0);
});

test('an NVML that hangs: the rest is shown, the GPUs are not known', async ({
  page,
  tmpPath
}) => {
  await openNotebook(page, tmpPath, 'hung');
  const doctor = new Doctor(page);
  await doctor.press();
  await doctor.phase('partial');
  await expect(doctor.notice('partial')).toBeVisible();
  await expect(await doctor.section('gpus')).toContainText(
    'Whether there is an NVIDIA GPU could not be told'
  );
  await expect(await doctor.section('frameworks')).toContainText('2.3.1+cpu');
});

test('a kernel that prints at start-up', async ({ page, tmpPath }) => {
  await openNotebook(page, tmpPath, 'noisy');
  const doctor = new Doctor(page);
  await doctor.check();
  await doctor.phase('ready');
});

test('code of the user that breaks ours: failed, then well again', async ({
  page,
  tmpPath
}) => {
  await openNotebook(page, tmpPath, 'plain', [
    'import builtins; kept = builtins.compile; builtins.compile = lambda *a, **k: 1/0 if "<gpu-doctor>" in a else kept(*a, **k)',
    'builtins.compile = kept'
  ]);
  const doctor = new Doctor(page);
  await page.notebook.runCell(0);
  await doctor.press();
  await doctor.phase('failed');
  await expect(doctor.notice('failed')).toContainText(
    'The inspection code failed in the kernel'
  );
  await doctor.notice('failed').getByText('Technical detail').click();
  await expect(doctor.notice('failed')).toContainText('ZeroDivisionError');
  await page.notebook.runCell(1);
  await doctor
    .notice('failed')
    .getByRole('button', { name: 'Try again' })
    .click();
  await doctor.phase('ready');
});

test('names of the user that shadow builtins do no harm', async ({
  page,
  tmpPath
}) => {
  await openNotebook(page, tmpPath, 'plain', [
    'exec = compile = print = json = os = sys = "mine"',
    'assert (exec, compile, json, os, sys) == ("mine",) * 5'
  ]);
  const doctor = new Doctor(page);
  await page.notebook.runCell(0);
  await doctor.check();
  await page.notebook.runCell(1);
  expect(await page.notebook.getCellTextOutput(1)).toBeNull();
});
