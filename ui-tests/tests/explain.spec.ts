/** Errors of cells, explained: the scenarios on real kernels, with stub modules that raise the real texts. */
import type { Locator } from '@playwright/test';
import { CodeConsole } from './guardConsole';
import { pageSettings } from './guardPage';
import { expect, test, type Host } from './hosts/host';

/** A module that is nowhere but in this kernel, and fails like the real one when it is imported. */
function stub(name: string, body: readonly string[]): string {
  return [
    'import os, sys, tempfile',
    'folder = os.path.join(tempfile.mkdtemp(), "site-packages")',
    `os.makedirs(os.path.join(folder, ${JSON.stringify(name)}))`,
    `open(os.path.join(folder, ${JSON.stringify(name)}, "__init__.py"), "w").write(${JSON.stringify(body.join('\n'))})`,
    'sys.path.insert(0, folder)'
  ].join('\n');
}

/** A known error, raised by hand. */
const FAILS = 'raise RuntimeError("Numpy is not available")';

/** The line under the output of a cell. */
function line(host: Host, index: number): Locator {
  return host.cell(index).locator('.jp-GpuDoctor-errorLine');
}

function explained(host: Host): Locator {
  return host.page.locator('[data-explained]');
}

test('S2a: libcublas.so.11 is explained', async ({ host }) => {
  await host.openNotebook(
    [
      stub('tensorflow_text', [
        'import ctypes',
        'ctypes.CDLL("libcublas.so.11")'
      ]),
      'import tensorflow_text',
      'after = 1'
    ],
    'guard-tf29'
  );
  await host.runCell(0);
  await host.settled();
  await host.runCell(1);
  const offer = line(host, 1);
  await expect(offer).toContainText('libcublas.so.11 cannot be found', {
    timeout: 30_000
  });
  // Under the output, and in no output.
  expect(
    await offer.evaluate(node =>
      node.previousElementSibling?.classList.contains('jp-Cell-outputWrapper')
    )
  ).toBe(true);
  expect(JSON.stringify(await host.outputs(1))).not.toContain('Explain');
  await offer.getByRole('button', { name: 'Explain' }).click();
  const section = explained(host);
  await expect(section).toContainText('Error explained');
  // The facts have come: TensorFlow of this kernel was built for the CUDA that the library belongs to.
  await expect(section).toContainText('built for CUDA 11.2', {
    timeout: 40_000
  });
  await expect(section).toContainText('tensorflow 2.9.3');
  await expect(section).toHaveAttribute(
    'data-explained',
    'cuda-library-missing'
  );
});

test('S2b: the cache_folder error is explained', async ({ host }) => {
  await host.openNotebook(
    [
      'class SentenceTransformer:\n    def __init__(self, name):\n        pass',
      'SentenceTransformer("all-MiniLM-L6-v2", cache_folder="models")',
      'print("fine")'
    ],
    'guard-hf'
  );
  await host.runCell(0);
  await host.settled();
  await host.runCell(1);
  const offer = line(host, 1);
  await expect(offer).toContainText('cache_folder', { timeout: 30_000 });
  await offer.getByRole('button', { name: 'Explain' }).click();
  const section = explained(host);
  await expect(section).toContainText('huggingface-hub 0.23.5', {
    timeout: 40_000
  });
  await expect(section).toContainText('transformers 4.40.2');
  await expect(section.locator('pre').first()).toContainText(
    'sentence-transformers'
  );
  // The fix goes below the failed cell, and nothing runs.
  const before = await host.ran();
  await section.getByRole('button', { name: 'Insert as cell' }).first().click();
  await expect(host.cell(2)).toContainText('sentence-transformers');
  expect(await host.ran()).toEqual(before);
  // Put away, in the panel and in the notebook.
  await section.getByRole('button', { name: 'Dismiss' }).click();
  await expect(section).toHaveCount(0);
  await offer.getByRole('button', { name: 'Dismiss' }).click();
  await expect(offer).toHaveCount(0);
});

test('an ordinary error has no line, and a cell that is run again loses its own', async ({
  host
}) => {
  await host.openNotebook(
    [
      'undefined_name',
      '{}["x"]',
      'import utlis_of_mine',
      'import warnings; raise ValueError("shapes (3,) and (2,) not aligned")',
      FAILS
    ],
    'plain'
  );
  for (const index of [0, 1, 2, 3]) {
    await host.runCell(index);
    await host.settled();
    expect((await host.outputs(index))[0].type).toBe('error');
  }
  // The last one shows that lines were possible all the while.
  await host.runCell(4);
  await expect(line(host, 4)).toContainText('PyTorch cannot use NumPy', {
    timeout: 30_000
  });
  await expect(host.page.locator('.jp-GpuDoctor-errorLine')).toHaveCount(1);
  await host.setSource(4, 'fine = 1');
  await host.runCell(4);
  await host.settled();
  await expect(host.page.locator('.jp-GpuDoctor-errorLine')).toHaveCount(0);
});

test('nothing of it is saved', async ({ host }) => {
  const path = await host.openNotebook([FAILS], 'plain');
  await host.runCell(0);
  await expect(line(host, 0)).toBeVisible({ timeout: 30_000 });
  await host.command('docmanager:save');
  await host.settled();
  const saved = await host.page.evaluate(
    async path => (await fetch(`/api/contents/${path}`)).text(),
    path
  );
  expect(saved).toContain('Numpy is not available');
  expect(saved).not.toMatch(/GpuDoctor|cannot use NumPy/);
});

test('no line when the setting is off', async ({ host }) => {
  await pageSettings(host.page, {
    'jupyterlab-gpu-doctor:explain': { enabled: false }
  });
  await host.openNotebook([FAILS, 'done = 1'], 'plain');
  await host.runCell(0);
  await host.settled();
  expect((await host.outputs(0))[0].type).toBe('error');
  // As much time as a line would have had.
  await host.runCell(1);
  await host.settled();
  await expect(line(host, 0)).toHaveCount(0);
});

test('in a code console too', async ({ host }) => {
  const path = await host.openNotebook(['1'], 'plain');
  const code = await CodeConsole.open(host, path, null);
  const lines = code.panel.locator('.jp-GpuDoctor-errorLine');
  await code.inject('undefined_name');
  await expect(code.panel.locator('.jp-OutputArea-output')).toContainText([
    'NameError'
  ]);
  await code.inject(FAILS);
  await expect(lines).toHaveCount(1, { timeout: 30_000 });
  await lines.getByRole('button', { name: 'Explain' }).click();
  await expect(explained(host)).toContainText('PyTorch cannot use NumPy');
});
