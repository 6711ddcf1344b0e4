/** The scenarios of the product that begin before an install, on real kernels and the real index. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { expect, test, type Host } from './hosts/host';

test.use({ viewport: { width: 1500, height: 1000 } });

/** Run a cell and wait for the question under it. */
async function ask(host: Host, kernel: string, cell: string): Promise<Locator> {
  await host.openNotebook([cell], kernel);
  await host.runAll();
  const card = host.cell(0).locator('.jp-GpuDoctor-cardFrame');
  await expect(card).toHaveAttribute('data-state', 'asking', {
    timeout: 60_000
  });
  return card;
}

/** Wait until the search for a safer way has ended; its command, or null. */
async function saferWay(card: Locator): Promise<string | null> {
  await expect(card).not.toContainText('Looking for a safer way', {
    timeout: 90_000
  });
  const code = card.locator(
    '.jp-GpuDoctor-command code, .jp-GpuDoctor-command pre'
  );
  return (await code.count()) > 0 ? code.first().innerText() : null;
}

async function cancel(host: Host, card: Locator): Promise<void> {
  await card.getByRole('button', { name: 'Cancel' }).click();
  await host.settled();
  expect(await host.ran()).toEqual([]);
}

/** The row of a package in the table of changes. */
function row(card: Locator, name: string): Locator {
  return card.getByRole('row', { name: new RegExp(`^${name} `) });
}

function reset(name: string): void {
  execFileSync('python', [
    join(__dirname, '..', 'environments.py'),
    'reset',
    name
  ]);
}

test('S0a: pip would replace packages of conda under TensorFlow', async ({
  host
}) => {
  const card = await ask(host, 'guard-conda', '%pip install focal-loss');
  await expect(row(card, 'numpy')).toContainText('conda');
  await expect(row(card, 'numpy')).toContainText('1.26.4');
  await expect(row(card, 'absl-py')).toContainText('conda');
  await expect(card).toContainText('of conda');
  await expect(card).toContainText('tensorflow');
  expect(await saferWay(card)).toMatch(/--no-deps|==|%conda/);
  await cancel(host, card);
});

test('S1b: a version that was never released, and a second OpenCV', async ({
  host
}) => {
  const card = await ask(
    host,
    'guard-opencv',
    '%pip install imageai==2.1.6 opencv-python==4.7.0'
  );
  await expect(card).toContainText('There is no opencv-python 4.7.0');
  await expect(card).toContainText('4.7.0.72');
  await cancel(host, card);

  const three = await ask(
    host,
    'guard-opencv',
    '%pip install tensorflow==2.10.0 imageai==2.1.6 opencv-python==4.7.0'
  );
  await expect(three).toContainText(/There is no (tensorflow|opencv-python)/);
  await cancel(host, three);

  const twin = await ask(
    host,
    'guard-opencv',
    '%pip install opencv-python-headless==4.11.0.86'
  );
  await expect(twin).toContainText(
    'opencv-python-headless would overwrite files of opencv-python'
  );
  await cancel(host, twin);
});

test('S2a: sentence-transformers brings a PyTorch with its own CUDA into a TensorFlow 2.9 image', async ({
  host
}) => {
  const card = await ask(
    host,
    'guard-tf29',
    '%pip install sentence-transformers'
  );
  await expect(card).toHaveAttribute('data-tone', 'error');
  await expect(row(card, 'torch')).toContainText('new');
  await expect(row(card, 'torch')).toContainText('sentence-transformers');
  await expect(card).toContainText('CUDA');
  // The driver serves CUDA 11.4.
  await expect(card).toContainText(/CUDA 1[23]/);
  await cancel(host, card);
});

test('S2b: sentence-transformers moves transformers and the hub', async ({
  host
}) => {
  const card = await ask(
    host,
    'guard-hf',
    '%pip install sentence-transformers'
  );
  await expect(row(card, 'huggingface-hub')).toContainText('0.23.5');
  await expect(row(card, 'transformers')).toContainText('4.40.2');
  const safer = await saferWay(card);
  expect(safer).toContain('sentence-transformers==');
  expect(safer).toContain('transformers==4.40.2');
  await cancel(host, card);
});

test('S2d: before the install a safer command is offered that was itself resolved', async ({
  host
}) => {
  const card = await ask(host, 'guard-numpy', '%pip install -q ml_dtypes');
  expect(await saferWay(card)).toMatch(
    /^%pip install -q ml_dtypes==\S+ numpy==1\.26\.4$/
  );
  await expect(card).toContainText(/resolved by uv \S+ in [\d.]+ s/);
  await expect(
    card.getByRole('button', { name: 'Install the safer way' })
  ).toBeEnabled();
  await cancel(host, card);
});

test('S3d: ftfy is innocent; what moves PyTorch or breaks mmdet is not', async ({
  host
}) => {
  reset('guard-mmdet');
  await host.openNotebook(['%pip install -q ftfy'], 'guard-mmdet');
  await host.runAll();
  await host.settled(60_000);
  expect(await host.ran()).toEqual(['%pip install -q ftfy']);
  const line = host.cell(0).locator('.jp-GpuDoctor-cardFrame');
  await expect(line).toContainText('As planned.', { timeout: 40_000 });
  await expect(line).toHaveAttribute('data-tone', 'ok');

  const culprit = await ask(
    host,
    'guard-mmdet',
    '%pip install xformers==0.0.26.post1'
  );
  await expect(row(culprit, 'torch')).toContainText('2.3.0');
  await expect(row(culprit, 'torch')).toContainText('xformers');
  await expect(culprit).toContainText('torchvision');
  await cancel(host, culprit);

  const mmcv = await ask(host, 'guard-mmdet', '%pip install -U mmcv');
  await expect(mmcv).toContainText('mmdet 3.3.0 requires mmcv<2.2.0');
  await cancel(host, mmcv);
});
