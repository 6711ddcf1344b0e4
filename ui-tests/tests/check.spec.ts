/** A user presses the button and reads what the panel says of three real environments. */
import { expect, test } from '@jupyterlab/galata';
import { Doctor, openNotebook } from './helpers';

test('a virtual environment without a GPU: no problem, nothing to fix', async ({
  page,
  tmpPath
}) => {
  await openNotebook(page, tmpPath, 'plain');
  const doctor = new Doctor(page);
  await doctor.check();
  await expect(doctor.verdict).toContainText(
    'No GPU and no GPU framework here'
  );
  expect(await doctor.grave()).toEqual([]);
  await expect(await doctor.section('gpus')).toContainText(
    'No NVIDIA driver was found'
  );
  await expect(doctor.header).toContainText('venv');
  const packages = await doctor.section('packages');
  await packages.getByRole('searchbox').fill('ipykernel');
  await expect(packages.locator('tbody tr')).toHaveCount(1);
  await expect(packages.locator('tbody')).toContainText('uv');
});

test("a conda environment in which pip replaced conda's numpy", async ({
  page,
  tmpPath
}) => {
  await openNotebook(page, tmpPath, 'conda');
  const doctor = new Doctor(page);
  await doctor.check();
  expect(await doctor.grave()).toEqual(['two-managers']);
  const finding = doctor.finding('two-managers');
  await expect(finding).toContainText('numpy is owned by conda and by pip');
  await expect(finding).toContainText('numpy 1.24.4');
  await expect(finding).toContainText('numpy 1.26.4');
  await expect(doctor.header).toContainText('conda');
  await expect(doctor.verdict).toContainText('Error');
  const packages = await doctor.section('packages');
  await packages.getByRole('checkbox').check();
  await expect(packages.locator('tbody')).toContainText('numpy');
});

test('two GPUs and a CPU build of PyTorch', async ({ page, tmpPath }) => {
  await openNotebook(page, tmpPath, 'gpus');
  const doctor = new Doctor(page);
  await doctor.check();
  await expect(doctor.verdict).toContainText('PyTorch cannot use the GPU here');
  expect(await doctor.grave()).toEqual(['cpu-build-on-gpu']);
  const gpus = await doctor.section('gpus');
  await expect(gpus.locator('.jp-GpuDoctor-gpu')).toHaveCount(2);
  await expect(gpus).toContainText('driver 535.104.05 · CUDA ≤ 12.2');
  await expect(gpus).toContainText('NVIDIA L4');
  await expect(gpus).toContainText('compute 8.9');
  await expect(gpus.locator('meter').first()).toHaveAttribute(
    'aria-valuetext',
    /12\.1 of 22\.5 GiB/
  );
  await expect(gpus).toContainText('this kernel 5.0 GiB');
  const torch = (await doctor.section('frameworks')).locator(
    '[data-framework="torch"]'
  );
  await expect(torch).toContainText('2.3.1+cpu');
  await expect(torch).toContainText('no');
});

test('the check leaves no trace in the kernel', async ({ page, tmpPath }) => {
  const look =
    'print(sorted(n for n in dir() if not n.startswith("_")), len(In))';
  await openNotebook(page, tmpPath, 'plain', ['x = 1', look, look]);
  const doctor = new Doctor(page);
  await page.notebook.runCell(0);
  await page.notebook.runCell(1);
  const before = await page.notebook.getCellTextOutput(1);
  await doctor.check();
  await doctor.button.click();
  await doctor.phase('ready');
  await page.notebook.runCell(2);
  const after = await page.notebook.getCellTextOutput(2);
  // One more input, the cell itself; no other name.
  expect(before?.[0]).toContain('3');
  expect(after?.[0]).toBe(before?.[0].replace('3', '4'));
  await expect(page.locator('.jp-Cell .jp-InputPrompt').nth(2)).toContainText(
    '[3]'
  );
});
