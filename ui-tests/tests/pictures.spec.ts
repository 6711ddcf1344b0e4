/**
 * Pictures of every state of the panel, light and dark, for docs/pictures. Run by hand:
 *
 *   PICTURES=1 jlpm playwright test pictures
 */
import { expect, galata, test } from '@jupyterlab/galata';
import type { IJupyterLabPageFixture } from '@jupyterlab/galata';
import { join } from 'node:path';
import { command, Doctor, openNotebook, startCell } from './helpers';

const FOLDER = join(__dirname, '..', '..', 'docs', 'pictures');
const DEMO = [
  "import tensorflow as tf\ntf.config.list_physical_devices('GPU')",
  'model = tf.keras.Sequential([tf.keras.layers.Dense(8)])'
];

for (const theme of ['light', 'dark'] as const) {
  test.describe(theme, () => {
    test.use({
      mockSettings: {
        ...galata.DEFAULT_SETTINGS,
        '@jupyterlab/apputils-extension:themes': {
          ...galata.DEFAULT_SETTINGS['@jupyterlab/apputils-extension:themes'],
          theme: theme === 'light' ? 'JupyterLab Light' : 'JupyterLab Dark'
        }
      },
      viewport: { width: 1180, height: 1000 }
    });

    /** The panel alone, or the whole window. */
    async function shoot(
      page: IJupyterLabPageFixture,
      name: string,
      whole = false
    ): Promise<void> {
      await page.mouse.move(700, 900);
      await anonymise(page);
      const target = whole ? page : page.locator('#jp-gpu-doctor');
      await target.screenshot({
        path: join(FOLDER, `${name}-${theme}.png`),
        animations: 'disabled'
      });
    }

    /** Pictures show an ordinary machine, not the one they were made on. */
    async function anonymise(page: IJupyterLabPageFixture): Promise<void> {
      await page.evaluate(() => {
        const panel = document.querySelector('#jp-gpu-doctor');
        panel?.querySelectorAll('[data-part="environ"] dt').forEach(name => {
          if (name.textContent?.startsWith('PIP_')) {
            name.nextElementSibling?.remove();
            name.remove();
          }
        });
        const walker = document.createTreeWalker(
          panel ?? document.body,
          NodeFilter.SHOW_TEXT
        );
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          node.textContent = (node.textContent ?? '')
            .replace(/\/\S*?\/\.cache\/ui\/envs\//g, '/opt/conda/envs/')
            .replace(/\/\S*?\/\.cache\/ui\//g, '/usr/local/');
        }
      });
    }

    async function widen(
      page: IJupyterLabPageFixture,
      width: number
    ): Promise<void> {
      await page.sidebar.setWidth(width, 'left');
    }

    test('answers', async ({ page, tmpPath }) => {
      test.setTimeout(300_000);
      const doctor = new Doctor(page);
      await doctor.open();
      await widen(page, 360);
      await shoot(page, 'panel-no-kernel');

      await openNotebook(page, tmpPath, 'demo', DEMO, 'training.ipynb');
      await doctor.phase('unchecked');
      await shoot(page, 'panel-unchecked');
      await doctor.check();
      await shoot(page, 'panel-error', true);
      await (await doctor.section('libraries')).scrollIntoViewIfNeeded();
      const packages = await doctor.section('packages');
      await packages.getByRole('checkbox').check();
      await packages.scrollIntoViewIfNeeded();
      await shoot(page, 'panel-packages');
      await widen(page, 240);
      await doctor.header.scrollIntoViewIfNeeded();
      await shoot(page, 'panel-narrow');
      await widen(page, 560);
      await shoot(page, 'panel-wide');
      await widen(page, 360);

      await command(page, 'kernelmenu:restart');
      await page
        .getByRole('dialog')
        .getByRole('button', { name: 'Confirm Kernel Restart' })
        .click();
      await expect(doctor.notice('stale')).toBeVisible();
      await shoot(page, 'panel-stale');

      await openNotebook(page, tmpPath, 'gpus', DEMO);
      await doctor.check();
      await shoot(page, 'panel-warning');
      await openNotebook(page, tmpPath, 'cuda-117', DEMO);
      await doctor.check();
      await shoot(page, 'panel-ok');
      await openNotebook(page, tmpPath, 'cuda-130', DEMO);
      await doctor.check();
      await shoot(page, 'panel-driver');
      await openNotebook(page, tmpPath, 'bash', ['echo hi']);
      await doctor.phase('not-python');
      await shoot(page, 'panel-not-python');
    });

    test('trouble', async ({ page, tmpPath }) => {
      test.setTimeout(300_000);
      const doctor = new Doctor(page);
      await doctor.open();
      await widen(page, 360);
      await openNotebook(page, tmpPath, 'hung');
      await doctor.press();
      await doctor.phase('checking');
      await shoot(page, 'panel-checking');
      await doctor.phase('partial');
      await shoot(page, 'panel-partial');

      await openNotebook(page, tmpPath, 'gpus', [
        'import time; time.sleep(25)'
      ]);
      await doctor.check();
      await startCell(page);
      await doctor.press();
      await doctor.phase('busy');
      await page.waitForTimeout(1500);
      await shoot(page, 'panel-busy');
      await doctor.panel
        .getByRole('button', { name: 'Check in a separate kernel' })
        .click();
      await doctor.phase('ready');
      await shoot(page, 'panel-separate');

      await openNotebook(page, tmpPath, 'plain', [
        'import builtins; builtins.compile = None'
      ]);
      await page.notebook.runCell(0);
      await doctor.press();
      await doctor.phase('failed');
      await shoot(page, 'panel-failed');
    });
  });
}
