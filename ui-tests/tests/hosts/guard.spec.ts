/** The install guard on every host: a real harmful install on a real kernel, in the middle of Run All. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { expect, test, type Host } from './host';

/** Its newest release wants NumPy 2; pandas 2.1 was built for NumPy 1. */
const HARMFUL = '%pip install -q ml_dtypes';

/** The card of a cell. */
function card(host: Host, index: number): Locator {
  return host.cell(index).locator('.jp-GpuDoctor-cardFrame');
}

/** Wait for the question under a cell, and for the end of the search for a safer way. */
async function asked(host: Host, index: number): Promise<Locator> {
  const found = card(host, index);
  await expect(found).toHaveAttribute('data-state', 'asking', {
    timeout: 40_000
  });
  return found;
}

async function version(host: Host, name: string): Promise<string> {
  return host.kernelEval(
    `next((d.version for d in M.distributions() if d.metadata["Name"].replace("-", "_") == ${JSON.stringify(name)}), None)`,
    'import importlib.metadata as M'
  );
}

test.beforeEach(() => {
  execFileSync('python', [
    join(__dirname, '..', '..', 'environments.py'),
    'reset',
    'guard-change'
  ]);
});

test('Cancel: the install and what is behind it do not run', async ({
  host
}) => {
  const cells = [
    'log = ["a"]',
    'import time; time.sleep(0.3); log += ["b"]',
    HARMFUL,
    'log += ["c"]'
  ];
  await host.openNotebook(cells, 'guard-change');
  await host.runAll();
  const question = await asked(host, 2);
  expect(await host.prompts()).toEqual(['[1]:', '[2]:', '[*]:', '[*]:']);
  await expect(question).toHaveAttribute('data-tone', 'error');
  await expect(question).toContainText('numpy');
  await expect(question).toContainText('pandas');
  await question.getByRole('button', { name: 'Cancel' }).click();
  await host.settled();
  expect(await host.prompts()).toEqual(['[1]:', '[2]:', '[ ]:', '[ ]:']);
  expect(await host.ran()).toEqual(cells.slice(0, 2));
  await expect(card(host, 2)).toHaveAttribute('data-state', 'after');
  await expect(card(host, 3)).toHaveAttribute('data-state', 'after');
  expect(await version(host, 'numpy')).toBe("'1.26.4'");
  expect(await version(host, 'ml_dtypes')).toBe('None');
});

test('The safer way: the cell is changed, and NumPy stays', async ({
  host
}) => {
  await host.openNotebook(
    ['log = ["a"]', HARMFUL, 'log += ["b"]'],
    'guard-change'
  );
  await host.runAll();
  const question = await asked(host, 1);
  const button = question.getByRole('button', {
    name: 'Install the safer way'
  });
  await expect(button).not.toHaveAttribute('aria-disabled', 'true', {
    timeout: 40_000
  });
  await expect(question).toContainText('resolved by uv');
  await button.click();
  await host.settled(90_000);
  expect(await host.prompts()).toEqual(['[1]:', '[2]:', '[3]:']);
  const [, installed, after] = await host.ran();
  expect(installed).toMatch(/^%pip install -q ml_dtypes==\S+ numpy==1\.26\.4$/);
  expect(after).toBe('log += ["b"]');
  expect(await version(host, 'numpy')).toBe("'1.26.4'");
  expect(`ml_dtypes==${await version(host, 'ml_dtypes')}`).toBe(
    `ml_dtypes=='${/==(\S+)/.exec(installed)?.[1]}'`
  );
  expect(await host.kernelEval('log')).toBe("['a', 'b']");
});

test('Install anyway: it runs as it was written', async ({ host }) => {
  const cells = ['log = ["a"]', HARMFUL, 'log += ["b"]'];
  await host.openNotebook(cells, 'guard-change');
  await host.runAll();
  const question = await asked(host, 1);
  await question.getByRole('button', { name: 'Install anyway' }).click();
  await host.settled(90_000);
  expect(await host.ran()).toEqual(cells);
  expect(await version(host, 'numpy')).toMatch(/^'2\./);
  expect(await host.kernelEval('log')).toBe("['a', 'b']");
});

test('no question about what does no harm, and a quiet line only where something changed', async ({
  host
}) => {
  const cells = [
    '%pip install -q tqdm',
    '%pip install -q "numpy<2" pandas',
    '# pip install numpy==2.0.0',
    'print("pip install numpy==2.0.0")'
  ];
  await host.openNotebook(cells, 'guard-change');
  await host.page.evaluate(() => {
    const seen: string[] = [];
    (window as unknown as { seen: string[] }).seen = seen;
    new MutationObserver(() =>
      document
        .querySelectorAll('.jp-GpuDoctor-cardFrame')
        .forEach(one => seen.push(one.getAttribute('data-state') ?? ''))
    ).observe(document.body, { childList: true, subtree: true });
  });
  await host.runAll();
  await host.settled(60_000);
  expect(await host.ran()).toEqual(cells);
  const line = card(host, 0);
  await expect(line).toHaveAttribute('data-state', 'after', {
    timeout: 40_000
  });
  await expect(line).toHaveAttribute('data-tone', 'ok');
  await expect(line).toContainText(/tqdm \S+ was added\./);
  await expect(line).toContainText('As planned.');
  for (const index of [1, 2, 3]) {
    await expect(card(host, index)).toHaveCount(0);
  }
  const seen = await host.page.evaluate(
    () => (window as unknown as { seen: string[] }).seen
  );
  // "Checking…" may be seen on a slow machine; a question may not.
  expect(seen).not.toContain('asking');
  expect(await version(host, 'tqdm')).not.toBe('None');
});

test('an error before it: the install does not run, as without us', async ({
  host
}) => {
  const cells = [
    'import time; time.sleep(0.5); raise ValueError("x")',
    HARMFUL,
    'after = 1'
  ];
  await host.openNotebook(cells, 'guard-change');
  await host.runAll();
  await host.settled();
  expect(await host.prompts()).toEqual(['[1]:', '[ ]:', '[ ]:']);
  expect(await host.ran()).toEqual(cells.slice(0, 1));
  await expect(host.page.locator('.jp-GpuDoctor-cardFrame')).toHaveCount(0);
  expect(await host.kernelEval('"after" in globals()')).toBe('False');
});
