/** S3c: a user tests the frameworks on the GPU. They are imitated (tests/frameworks.py); the processes are real. */
import { expect, test, type IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { Locator } from '@playwright/test';
import { command, Doctor, kernelIdle, openNotebook } from './helpers';

/** A cell that has the imitated PyTorch run this at import. */
const atImport = (code: string) =>
  `import os\nos.environ["FAKE_TORCH"] = ${JSON.stringify(code)}`;

/** The processes of the test that run. */
const PROCESSES =
  'import subprocess\nprint("left:", subprocess.run(["pgrep", "-fc", "gpu-test-[0-9a-f]"], capture_output=True, text=True).stdout.strip())';

async function ended(section: Locator): Promise<void> {
  await expect(section.getByRole('button', { name: 'Run again' })).toBeVisible({
    timeout: 40_000
  });
}

async function output(
  page: IJupyterLabPageFixture,
  cell: number
): Promise<string> {
  await page.notebook.runCell(cell);
  return (await page.notebook.getCellTextOutput(cell))?.join('') ?? '';
}

test('S3c: the GPU test itself', async ({ page, tmpPath }) => {
  await openNotebook(page, tmpPath, 'gpu-test', [
    PROCESSES,
    'import sys; print("imported:", "torch" in sys.modules)'
  ]);
  const doctor = new Doctor(page);
  await doctor.check();
  // What the tables say.
  await expect(doctor.verdict).toContainText(
    'PyTorch, TensorFlow cannot use the GPU'
  );
  expect(await doctor.grave()).toContain('cuda-newer-than-driver');
  const section = await doctor.section('gpu-test');
  await expect(section).toContainText('Imports PyTorch, TensorFlow');

  await section.getByRole('button', { name: 'Run GPU test' }).click();
  // It grows line by line.
  const torch = section.locator('[data-framework="torch"]');
  await expect(torch.locator('[data-line="import"]')).toContainText('running');
  await expect(section.getByRole('button', { name: 'Cancel' })).toBeVisible();
  await ended(section);
  await expect(torch).toContainText('2.11.0+cu130');
  await expect(torch).toContainText('works on the GPU');
  const line = (key: string) => torch.locator(`[data-line="${key}"]`);
  await expect(line('import')).toContainText(/1\.\d s/);
  await expect(line('devices')).toContainText(
    'NVIDIA L4 · compute 8.9 and 1 more'
  );
  await expect(line('sum')).toContainText('[5, 7, 9]');
  await expect(line('product')).toContainText('as by Python');
  await expect(line('memory')).toContainText(
    '8 MiB allocated, 22 MiB reserved'
  );
  await expect(line('cudnn')).toContainText('9.13.0');
  await expect(section.locator('[data-framework="tensorflow"]')).toContainText(
    'works on the CPU'
  );

  // What was seen outranks the tables.
  await expect(doctor.verdict).toContainText(
    'PyTorch can use the GPU; TensorFlow cannot'
  );
  expect(await doctor.grave()).not.toContain('cuda-newer-than-driver');
  await expect(await doctor.section('frameworks')).toContainText(
    'Seen to compute on the GPU'
  );
  // Nothing of it is in the kernel, and nothing is left.
  expect(await output(page, 0)).toContain('left: 0');
  expect(await output(page, 1)).toContain('imported: False');

  await command(page, 'notebook:restart-kernel');
  await page.getByRole('button', { name: 'Confirm Kernel Restart' }).click();
  await expect(section).toContainText('From before the restart of the kernel.');
  await kernelIdle(page);
  await doctor.button.click();
  await doctor.phase(/ready|partial/);
  await expect(doctor.verdict).toContainText(
    'PyTorch, TensorFlow cannot use the GPU'
  );
});

test('the test is cancelled while a framework hangs, and the kernel is free meanwhile', async ({
  page,
  tmpPath
}) => {
  await openNotebook(page, tmpPath, 'gpu-test', [
    atImport('time.sleep(120)'),
    'print("free:", 6 * 7)',
    PROCESSES
  ]);
  await page.notebook.runCell(0);
  // From the palette, without a check before.
  const doctor = new Doctor(page);
  await command(page, 'gpu-doctor:show-panel');
  void command(page, 'gpu-doctor:run-gpu-test');
  const section = doctor.panel.locator('[data-section="gpu-test"]');
  const cancel = section.getByRole('button', { name: 'Cancel' });
  await expect(section.locator('[data-line="import"]')).toContainText(
    'running',
    { timeout: 40_000 }
  );
  expect(await output(page, 1)).toContain('free: 42');
  expect(await output(page, 2)).toContain('left: 1');
  await cancel.click();
  await expect(
    section.getByRole('button', { name: 'Run GPU test' })
  ).toBeVisible();
  await expect.poll(() => output(page, 2)).toContain('left: 0');
});

test('a framework that cannot be imported, then one that crashes', async ({
  page,
  tmpPath
}) => {
  const words = 'libcublas.so.11: cannot open shared object file';
  await openNotebook(page, tmpPath, 'gpu-test', [
    atImport(`raise ImportError("${words}")`),
    atImport('import signal; os.kill(os.getpid(), signal.SIGSEGV)')
  ]);
  await page.notebook.runCell(0);
  const doctor = new Doctor(page);
  await doctor.check();
  const section = await doctor.section('gpu-test');
  await section.getByRole('button', { name: 'Run GPU test' }).click();
  await ended(section);
  const torch = section.locator('[data-framework="torch"]');
  await expect(torch).toHaveAttribute('data-outcome', 'failed');
  await expect(torch.locator('[data-line="import"]')).toContainText('failed');
  await expect(torch).toContainText(`ImportError: ${words}`);
  // It is a known error: what it means stands beside it.
  await expect(torch.locator('.jp-GpuDoctor-testMeaning')).toContainText(
    'libcublas.so.11'
  );
  await torch.getByText('What it printed').click();
  await expect(torch.locator('pre')).toContainText(
    'Traceback (most recent call last)'
  );
  // One that fails does not take the other along.
  await expect(section.locator('[data-framework="tensorflow"]')).toContainText(
    'works on the CPU'
  );
  await expect(doctor.verdict).toContainText(
    'PyTorch, TensorFlow cannot use the GPU'
  );

  await page.notebook.runCell(1);
  await section.getByRole('button', { name: 'Run again' }).click();
  await expect(torch).toHaveAttribute('data-outcome', 'running');
  await ended(section);
  await expect(torch).toContainText('crashed');
  await expect(torch).toContainText('The process was ended by SIGSEGV.');
  await expect(torch).toContainText('libraries of different builds');
});
