/** The kernel runs elsewhere: JupyterLab talks to a Kernel Gateway, as on hubs and clusters. */
import { expect, test } from '@jupyterlab/galata';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Doctor, openNotebook, startCell } from './helpers';
import { withoutSubprotocol } from './sockets';

const LOCAL = 'http://127.0.0.1:8888';
const REMOTE = 'http://127.0.0.1:8889';

/** Where the text of the local panel is kept until the remote one is there. */
const SEEN = join(__dirname, '..', '..', '.cache', 'ui', 'seen');

/**
 * What the panel says, without what may differ between two runs: the age, and the list of environment variables (a
 * gateway hands only few of its own on to a kernel).
 */
async function panelText(doctor: Doctor): Promise<string> {
  for (const id of ['frameworks', 'gpus', 'libraries', 'packages']) {
    await doctor.section(id);
  }
  // It is read after the check.
  await expect(doctor.panel.locator('[data-section="history"]')).toBeVisible();
  await doctor.panel
    .locator('.jp-GpuDoctor-age, [data-part="environ"]')
    .evaluateAll(list => list.forEach(one => one.remove()));
  return (await doctor.panel.innerText()).replace(/process \d+/g, 'process');
}

test.describe.configure({ mode: 'serial' });

for (const kernel of ['conda', 'gpus']) {
  test.describe('local', () => {
    test.use({ baseURL: LOCAL });
    test(`the panel of a local kernel: ${kernel}`, async ({
      page,
      tmpPath
    }) => {
      await openNotebook(page, tmpPath, kernel);
      const doctor = new Doctor(page);
      await doctor.check();
      mkdirSync(SEEN, { recursive: true });
      writeFileSync(join(SEEN, `${kernel}.txt`), await panelText(doctor));
    });
  });
  test.describe('remote', () => {
    test.use({ baseURL: REMOTE });
    test.beforeEach(({ context }) => withoutSubprotocol(context));
    test(`the panel of the same kernel behind a gateway: ${kernel}`, async ({
      page,
      tmpPath
    }) => {
      await openNotebook(page, tmpPath, kernel);
      const doctor = new Doctor(page);
      await doctor.check();
      expect(await doctor.grave()).toHaveLength(1);
      expect(await panelText(doctor)).toBe(
        readFileSync(join(SEEN, `${kernel}.txt`), 'utf8')
      );
    });
  });
}

test.describe('a remote kernel', () => {
  test.use({ baseURL: REMOTE });
  test.beforeEach(({ context }) => withoutSubprotocol(context));
  test('is busy, and a separate one is started there', async ({
    page,
    tmpPath
  }) => {
    await openNotebook(page, tmpPath, 'plain', ['import time; time.sleep(30)']);
    const doctor = new Doctor(page);
    await doctor.check();
    await startCell(page);
    await doctor.press();
    await doctor.phase('busy');
    await doctor.panel
      .getByRole('button', { name: 'Check in a separate kernel' })
      .click();
    await doctor.phase('ready');
    await expect(doctor.notice('separate')).toBeVisible();
  });
});
