/** The scenarios of the product that a check must answer, each on a real kernel. */
import { expect, test } from '@jupyterlab/galata';
import { Doctor, openNotebook } from './helpers';

test('S0b: CUDA_PATH points to another CUDA than conda and TensorFlow use', async ({
  page,
  tmpPath
}) => {
  await openNotebook(page, tmpPath, 'cuda-path');
  const doctor = new Doctor(page);
  await doctor.check();
  const finding = doctor.finding('cuda-home-elsewhere');
  await expect(finding).toContainText('CUDA_PATH');
  await expect(finding).toContainText('12.4');
  await expect(finding).toContainText('11.8');
  // Three things named apart: CUDA libraries, Python packages, system paths.
  const libraries = await doctor.section('libraries');
  await expect(libraries).toContainText('libcudart.so.11.0');
  await expect(libraries).toContainText('CUDA_PATH');
  await expect(await doctor.section('frameworks')).toContainText('TensorFlow');
});

test('S1a: two distributions own the tensorflow import', async ({
  page,
  tmpPath
}) => {
  await openNotebook(page, tmpPath, 'twins');
  const doctor = new Doctor(page);
  await doctor.check();
  expect((await doctor.grave())[0]).toBe('tensorflow-twins');
  const finding = doctor.finding('tensorflow-twins');
  await expect(finding).toContainText('tensorflow-gpu 2.10.0');
  await expect(finding).toContainText('would be imported from');
  await expect(finding).toContainText(
    '%pip uninstall -y tensorflow tensorflow-gpu'
  );
});

test('S1c: no environment at all', async ({ page, tmpPath }) => {
  await openNotebook(page, tmpPath, 'system');
  const doctor = new Doctor(page);
  await doctor.check();
  const finding = doctor.finding('base-environment');
  await doctor.notes();
  await expect(finding).toContainText('interpreter of the system');
  await finding.getByRole('button', { name: 'Show fix' }).click();
  await expect(finding).toContainText('-m venv');
  await expect(finding).toContainText('-m ipykernel install');
  await expect(doctor.header).toContainText('system');
});

test('S2c: conda and pip disagree about numpy', async ({ page, tmpPath }) => {
  await openNotebook(page, tmpPath, 'conda', ['import numpy']);
  const doctor = new Doctor(page);
  await page.notebook.runCell(0);
  await doctor.check();
  const finding = doctor.finding('two-managers');
  await expect(finding).toContainText('numpy 1.24.4');
  await expect(finding).toContainText('numpy 1.26.4');
  // What is really imported.
  await expect(finding).toContainText(/imported/i);
});

test('S3a: CUDA 11.7 under a driver for 12.2 is no problem, and it says why', async ({
  page,
  tmpPath
}) => {
  await openNotebook(page, tmpPath, 'cuda-117');
  const doctor = new Doctor(page);
  await doctor.check();
  expect(await doctor.grave()).toEqual([]);
  await expect(doctor.verdict).toContainText('PyTorch can use the GPU');
  await expect(doctor.verdict).toContainText(
    'PyTorch was built for CUDA 11.7; driver 535.104.05 serves CUDA 12.2 and every older one.'
  );
});

test('S3b: a build for CUDA 13 on a driver for CUDA 12', async ({
  page,
  tmpPath
}) => {
  await openNotebook(page, tmpPath, 'cuda-130');
  const doctor = new Doctor(page);
  await doctor.check();
  expect(await doctor.grave()).toEqual(['cuda-newer-than-driver']);
  await expect(doctor.verdict).toContainText('PyTorch cannot use the GPU here');
});

test('S4b: the user site and PYTHONPATH reach into an environment', async ({
  page,
  tmpPath
}) => {
  await openNotebook(page, tmpPath, 'pythonpath');
  const doctor = new Doctor(page);
  await doctor.check();
  const path = doctor.finding('pythonpath-shadow');
  await expect(path).toContainText('protobuf 3.20.3');
  await expect(path).toContainText('4.25.3');
  await openNotebook(page, tmpPath, 'user-site');
  await doctor.check();
  await doctor.notes();
  await expect(doctor.finding('user-site-shadow')).toContainText(
    'protobuf 3.20.3'
  );
});

test('S4c: LD_LIBRARY_PATH, with the exact entry of kernel.json', async ({
  page,
  tmpPath
}) => {
  await openNotebook(page, tmpPath, 'ld-path');
  const doctor = new Doctor(page);
  await doctor.check();
  const finding = doctor.finding('ld-library-path-wins');
  if (!(await finding.isVisible())) {
    await doctor.notes();
  }
  await expect(finding).toContainText('libcudart.so.12');
  const show = finding.getByRole('button', { name: 'Show fix' });
  if (await show.isVisible()) {
    await show.click();
  }
  await expect(finding).toContainText('In the kernel.json of this kernel');
  await expect(finding.locator('pre')).toContainText('"LD_LIBRARY_PATH"');
  const libraries = await doctor.section('libraries');
  await expect(libraries).toContainText('wins');
});
