/** What happens to the panel when the kernel is busy, restarts, changes, dies, or is none of ours. */
import { expect, test } from '@jupyterlab/galata';
import {
  command,
  Doctor,
  kernelIdle,
  openNotebook,
  startCell
} from './helpers';

test('a busy kernel: the check waits, then answers', async ({
  page,
  tmpPath
}) => {
  await openNotebook(page, tmpPath, 'plain', [
    'import time; time.sleep(6); print("done")'
  ]);
  const doctor = new Doctor(page);
  await startCell(page);
  await doctor.press();
  await doctor.phase('busy');
  await expect(doctor.notice('busy')).toContainText('The kernel is busy');
  await doctor.phase('ready');
  expect((await page.notebook.getCellTextOutput(0))?.[0]).toContain('done');
});

test('a busy kernel: cancel, and check in a separate kernel', async ({
  page,
  tmpPath
}) => {
  await openNotebook(page, tmpPath, 'gpus', ['import time; time.sleep(45)']);
  const doctor = new Doctor(page);
  const before = await kernels(page);
  await startCell(page);
  await doctor.press();
  await doctor.phase('busy');
  await page.waitForTimeout(500);
  await doctor.panel.getByRole('button', { name: 'Cancel' }).click();
  await doctor.phase('unchecked');
  await doctor.press();
  await doctor.phase('busy');
  await doctor.panel
    .getByRole('button', { name: 'Check in a separate kernel' })
    .click();
  await doctor.phase('ready');
  await expect(doctor.notice('separate')).toBeVisible();
  expect(await doctor.grave()).toEqual(['cpu-build-on-gpu']);
  // The separate kernel is gone, the user's cell still runs.
  await expect.poll(() => kernels(page)).toBe(before);
  await expect(page.locator('.jp-InputPrompt').first()).toContainText('[*]');
});

test('restart, switch, no kernel, kernel killed', async ({ page, tmpPath }) => {
  await openNotebook(page, tmpPath, 'plain', [
    'import os, signal; os.kill(os.getpid(), signal.SIGKILL)'
  ]);
  const doctor = new Doctor(page);
  await doctor.check();

  // Restart: the answer stays, marked as old.
  await command(page, 'kernelmenu:restart');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: 'Confirm Kernel Restart' })
    .click();
  await expect(doctor.notice('stale')).toContainText('restarted');
  await kernelIdle(page);
  await doctor
    .notice('stale')
    .getByRole('button', { name: 'Check again' })
    .click();
  await expect(doctor.notice('stale')).toHaveCount(0);
  await doctor.phase('ready');

  // Switch: another kernel, nothing known of it yet.
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
    await shell.currentWidget.sessionContext.changeKernel({ name: 'conda' });
  });
  await doctor.phase('unchecked');
  await kernelIdle(page);
  await doctor.check();
  expect(await doctor.grave()).toEqual(['two-managers']);

  // Killed: restarted by the server, the answer is old.
  await command(page, 'notebook:run-cell');
  await expect(doctor.notice('stale')).toContainText('restarted', {
    timeout: 30_000
  });

  // Shut down: no kernel.
  await command(page, 'kernelmenu:shutdown');
  await doctor.phase('no-kernel');
  await expect(doctor.notice('no-kernel')).toBeVisible();
  await expect(doctor.button).toHaveAttribute('aria-disabled', 'true');
});

test('an install in the notebook makes the facts old, until they were read again', async ({
  page,
  tmpPath
}) => {
  await openNotebook(page, tmpPath, 'plain', [
    'print(1)',
    // It is there already, so nobody asks.
    '%pip install -q pip',
    'import time; time.sleep(8)'
  ]);
  const doctor = new Doctor(page);
  await doctor.check();
  await page.notebook.runCell(0);
  await expect(doctor.notice('stale')).toHaveCount(0);
  await command(page, 'notebook:run-all-cells');
  // The third cell keeps the kernel from being read.
  await expect(doctor.notice('stale')).toContainText('Packages changed', {
    timeout: 30_000
  });
  await expect(doctor.notice('stale')).toHaveCount(0, { timeout: 30_000 });
  await expect(doctor.header).toContainText(/checked (just now|\d s ago)/);
});

test('a bash kernel is named and left alone', async ({ page, tmpPath }) => {
  await openNotebook(page, tmpPath, 'bash', ['echo hi']);
  const doctor = new Doctor(page);
  await doctor.open();
  await doctor.phase('not-python');
  await expect(doctor.notice('not-python')).toContainText('bash');
});

test('a code console is followed as well', async ({ page, tmpPath }) => {
  await openNotebook(page, tmpPath, 'plain');
  const doctor = new Doctor(page);
  await doctor.check();
  await command(page, 'console:create', {
    kernelPreference: { name: 'conda' },
    path: tmpPath
  });
  await expect(page.locator('.jp-CodeConsole')).toBeVisible();
  await doctor.phase(/unchecked|starting/);
  await doctor.phase('unchecked');
  await doctor.button.click();
  await doctor.phase('ready');
  expect(await doctor.grave()).toEqual(['two-managers']);
  await doctor
    .finding('two-managers')
    .getByRole('button', { name: 'Insert as cell' })
    .click();
  await expect(page.locator('.jp-CodeConsole-promptCell')).toContainText(
    '%conda install --force-reinstall numpy=1.24.4'
  );
});

/** Number of kernels on the server. */
async function kernels(page: {
  evaluate<T>(f: () => Promise<T>): Promise<T>;
}): Promise<number> {
  return page.evaluate(async () => {
    const response = await fetch('/api/kernels');
    return ((await response.json()) as unknown[]).length;
  });
}
