/** The scenarios of the product that begin after an install, and those that take the environment along. */
import { readFileSync } from 'node:fs';
import type { Locator } from '@playwright/test';
import {
  differences,
  filesOf,
  History,
  ranCard,
  reset,
  undoOn
} from './afterPage';
import { decide } from './guardCards';
import { expect, test, type Host } from './hosts/host';

test.use({ viewport: { width: 1500, height: 1000 } });

/** Run a harmful install in spite of the question; the card that says what it did. */
async function anyway(
  host: Host,
  index: number,
  says: string | RegExp
): Promise<Locator> {
  await host.runCell(index);
  await decide(host, index, 'Install anyway');
  await host.settled(90_000);
  return ranCard(host, index, says);
}

/** Take the environment along by one of the commands; the text of the download. */
async function exported(
  host: Host,
  command: string,
  args: Record<string, unknown> = {}
): Promise<string> {
  const download = host.page.waitForEvent('download');
  await host.command(`gpu-doctor:export-${command}`, {
    ...args,
    download: true
  });
  return readFileSync(await (await download).path(), 'utf8');
}

/** Lines that are neither empty nor comments. */
function lines(text: string): string[] {
  return text.split('\n').filter(line => line && !/^\s*#/.test(line));
}

test('S0c: the environment again, conda first and pip last, as a file and as commands; or a virtual environment', async ({
  host
}) => {
  await host.openNotebook([''], 'conda');
  const { doctor } = new History(host);
  await doctor.check();

  const yml = lines(await exported(host, 'environment-yml'));
  const at = (pattern: RegExp) => yml.findIndex(line => pattern.test(line));
  expect(at(/^channels:$/)).toBeLessThan(at(/^dependencies:$/));
  expect(at(/^dependencies:$/)).toBeLessThan(at(/^ {2}- python=/));
  // Its conda part, then what pip put over it, at the very end.
  expect(at(/^ {2}- pip:$/)).toBeGreaterThan(at(/^ {2}- python=/));
  const own = yml.slice(at(/^ {2}- pip:$/) + 1);
  expect(own.every(line => /^ {6}- /.test(line))).toBe(true);
  expect(own).toContain('      - numpy==1.26.4');

  const commands = lines(await exported(host, 'recreate'));
  expect(commands[0]).toMatch(/^(conda|mamba|micromamba) create -y -n \S+ /);
  expect(commands[0]).toMatch(/ -c conda-forge .*\bpython=/);
  expect(commands[0]).not.toContain('numpy==');
  expect(commands[1]).toMatch(
    / run -n \S+ python -m pip install .*numpy==1\.26\.4/
  );
  expect(commands.at(-1)).toMatch(/ python -m ipykernel install --user /);
  expect(commands.join('\n')).not.toContain(process.env.HOME ?? '/root');

  const apart = lines(await exported(host, 'venv'));
  expect(apart[0]).toMatch(/-m venv ~\/\S+-env$/);
  expect(apart.join('\n')).toMatch(
    /bin\/python -m pip install .*numpy==1\.26\.4/
  );
  expect(apart.at(-1)).toMatch(/-m ipykernel install --user --name \S+/);
});

test('S2d: the import is tried right after, and the notes say why each package of pip is there', async ({
  host
}) => {
  reset('after-numpy');
  await host.openNotebook(
    ['%pip install -q tqdm==4.66.5', 'import tqdm; print(tqdm.__version__)'],
    'after-numpy'
  );
  await host.runAll();
  const line = await ranCard(host, 0, 'tqdm 4.66.5 was added.');
  await expect(line).toContainText('As planned.');
  expect((await host.outputs(1)).map(one => one.text)).toEqual(['4.66.5\n']);

  const history = new History(host);
  await history.open();
  const entry = history.install('tqdm==4.66.5');
  await entry.getByRole('button', { name: 'What was it for?' }).click();
  await entry
    .getByRole('textbox', { name: 'What was it for?' })
    .fill('bars | for <training>');
  await entry.getByRole('button', { name: 'Save' }).click();
  await expect(entry).toContainText('bars | for <training>');
  await expect(
    entry.getByRole('button', { name: 'Edit what it was for' })
  ).toBeVisible();
  // Kept, not only shown.
  await history.open();
  await expect(entry).toContainText('bars | for <training>');

  const notes = await exported(host, 'notes');
  const row = notes.split('\n').find(one => one.startsWith('| tqdm |')) ?? '';
  const cells = row.split(' | ').map(one => one.trim());
  expect(cells[1]).toBe('4.66.5');
  expect(cells[2]).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d$/);
  expect(cells[3]).toContain('pip install -q tqdm');
  expect(cells[4]).toBe('bars &#124; for &lt;training&gt;');
});

test('S3c: the history says which step broke it', async ({ host }) => {
  reset('after-mmdet');
  await host.openNotebook(
    ['%pip install -q ftfy', '%pip install -q -U mmcv', '%pip install -q tqdm'],
    'after-mmdet'
  );
  await host.runCell(0);
  await ranCard(host, 0, 'ftfy 6.3.1 was added.');
  await anyway(host, 1, 'mmcv went from 2.1.0 to 2.2.0.');
  await host.runCell(2);
  await ranCard(host, 2, 'tqdm 4.67.1 was added.');

  const history = new History(host);
  await history.open();
  await expect(history.entries).toHaveCount(3);
  await expect(history.section).toContainText('3 · 1 broke it');
  const broke = (command: string) =>
    history.install(command).locator('[data-line="broke"]');
  await expect(broke('mmcv')).toContainText('mmdet');
  await expect(broke('ftfy')).toHaveCount(0);
  await expect(broke('tqdm')).toHaveCount(0);
});

test('S3e: saved beside the notebook, and the commands that make it again', async ({
  host
}) => {
  const { page } = host;
  const folder = `saved-${process.pid}`;
  const url = `/api/contents/${folder}`;
  await page.request.put(url, { data: { type: 'directory' } });
  try {
    await host.openNotebook([''], 'after-numpy', `${folder}/along.ipynb`);
    const { doctor } = new History(host);
    await doctor.check();
    const save = async (file: string) => {
      await doctor.panel
        .getByRole('button', { name: 'Export environment…' })
        .click();
      const dialog = page.locator('.jp-Dialog');
      await dialog.getByRole('radio', { name: file }).check();
      await dialog
        .getByRole('button', { name: 'Save next to the notebook' })
        .click();
      await expect(dialog).toHaveCount(0);
    };
    const read = async (file: string): Promise<string> => {
      let text = '';
      await expect
        .poll(async () => {
          const answer = await page.request.get(`${url}/${file}`);
          if (answer.ok()) {
            const { content } = (await answer.json()) as { content?: string };
            text = content ?? '';
          }
          return answer.status();
        })
        .toBe(200);
      return text;
    };
    await save('requirements.txt');
    const pins = lines(await read('requirements.txt'));
    expect(pins).toContain('pandas==2.1.4');
    await save('Commands');
    const script = lines(await read('recreate.sh'));
    expect(script[0]).toMatch(/venv /);
    expect(script.join('\n')).toContain('pandas==2.1.4');
    expect(script.at(-1)).toContain('-m ipykernel install --user');
    // A file that is there is never replaced.
    await save('requirements.txt');
    expect(lines(await read('requirements-1.txt'))).toEqual(pins);
  } finally {
    for (const file of [
      'requirements.txt',
      'requirements-1.txt',
      'recreate.sh',
      'along.ipynb'
    ]) {
      await page.request.delete(`${url}/${file}`);
    }
    await page.request.delete(url);
  }
});

test('S2a: after the install the card says that the new PyTorch cannot use this driver; the missing library is explained', async ({
  host
}) => {
  reset('after-tf29');
  const before = filesOf('after-tf29');
  await host.openNotebook(
    [
      '%pip install -q sentence-transformers',
      'raise ImportError("libcublas.so.11: cannot open shared object file: No such file or directory")'
    ],
    'after-tf29'
  );
  const shown = await anyway(host, 0, 'packages changed.');
  await expect(shown).toHaveAttribute('data-tone', 'warning');
  await expect(
    shown.locator('[data-rule="cuda-newer-than-driver"]')
  ).toContainText('PyTorch');

  await host.runCell(1);
  const offer = host.cell(1).locator('.jp-GpuDoctor-errorLine');
  await offer.getByRole('button', { name: 'Explain' }).click();
  const explained = host.page.locator('[data-explained]');
  await expect(explained).toContainText('libcublas.so.11', { timeout: 40_000 });
  // Whose it would be: TensorFlow's CUDA, not that of the wheels that came.
  await expect(explained).toContainText('tensorflow 2.9.3');
  await expect(explained).toContainText('CUDA 11.2');

  await undoOn(shown, 'packages are as they were.');
  expect(differences(before, filesOf('after-tf29'))).toEqual([]);
});

test('S2b: after the install the card says that transformers refuses the new hub', async ({
  host
}) => {
  reset('after-hf');
  const before = filesOf('after-hf');
  await host.openNotebook(
    ['%pip install -q sentence-transformers'],
    'after-hf'
  );
  const shown = await anyway(host, 0, 'packages changed.');
  await expect(shown.locator('[data-rule="hf-guards"]')).toContainText(
    'transformers refuses huggingface-hub 1.0.0'
  );
  await shown.getByText('What changed').click();
  await expect(
    shown.getByRole('row', { name: /^huggingface-hub / })
  ).toContainText('0.23.5 → 1.0.0');
  await undoOn(shown, 'packages are as they were.');
  expect(differences(before, filesOf('after-hf'))).toEqual([]);
});

test('S3d: after the install the card names what moved PyTorch and what that broke; ftfy did nothing', async ({
  host
}) => {
  reset('after-mmdet');
  await host.openNotebook(
    ['%pip install -q ftfy', '%pip install -q xformers==0.0.26.post1'],
    'after-mmdet'
  );
  await host.runCell(0);
  const innocent = await ranCard(host, 0, 'ftfy 6.3.1 was added.');
  await expect(innocent).toHaveAttribute('data-tone', 'ok');
  const before = filesOf('after-mmdet');
  const shown = await anyway(host, 1, '2 packages changed.');
  await expect(shown.getByRole('list', { name: 'New findings' })).toContainText(
    'torchvision'
  );
  await shown.getByText('What changed').click();
  await expect(shown.getByRole('row', { name: /^torch / })).toContainText(
    '2.3.1 → 2.3.0'
  );
  const history = new History(host);
  await history.open();
  await expect(
    history.install('xformers').locator('[data-line="broke"]')
  ).toContainText('torchvision');
  await expect(
    history.install('ftfy').locator('[data-line="broke"]')
  ).toHaveCount(0);
  await undoOn(shown, 'packages are as they were.');
  expect(differences(before, filesOf('after-mmdet'))).toEqual([]);
});
