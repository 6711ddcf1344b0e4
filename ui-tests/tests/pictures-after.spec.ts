/**
 * Pictures of what follows an install, light and dark, wide and narrow, for docs/pictures. Run by hand:
 *
 *   PICTURES=1 jlpm playwright test pictures-after
 */
import type { Locator } from '@playwright/test';
import { join } from 'node:path';
import { History, ranCard, reset, undoOn } from './afterPage';
import { decide } from './guardCards';
import { copyEnvironment, makeKernel } from './guardKernels';
import { GUARD, pageSettings, THEMES } from './guardPage';
import { expect, test, type Host } from './hosts/host';

const FOLDER = join(__dirname, '..', '..', 'docs', 'pictures');

/** NumPy 1 and a pandas that was built for it. */
const KERNEL = `pictures-after-${process.pid}`;
const undo: (() => void)[] = [];

/** The notebook: what it imports, two harmless installs, a harmful one. */
const CELLS = [
  'import numpy as np\nimport pandas as pd',
  '%pip install -q tqdm==4.66.5',
  '%pip install -q tqdm==4.66.6',
  '%pip install -q numpy==2.0.0',
  'np.zeros(3).sum()'
];

const WIDE = { width: 1200, height: 1000 };
const NARROW = { width: 560, height: 1000 };
const PANEL = { width: 1200, height: 900 };

test.beforeAll(() => {
  // Output of pip must not tell of this machine.
  const quiet = { PIP_CONFIG_FILE: '/dev/null', PIP_FIND_LINKS: '' };
  undo.push(makeKernel(KERNEL, KERNEL, quiet, 'Python 3.11'));
});

test.beforeEach(() => {
  test.setTimeout(300_000);
  undo.push(copyEnvironment('after-numpy', KERNEL));
});

test.afterAll(() => undo.reverse().forEach(one => one()));

for (const theme of ['light', 'dark'] as const) {
  test.describe(theme, () => {
    async function start(host: Host, cells: readonly string[], kernel: string) {
      await host.page.setViewportSize(WIDE);
      await pageSettings(host.page, {
        [THEMES]: {
          theme: theme === 'light' ? 'JupyterLab Light' : 'JupyterLab Dark'
        },
        [GUARD]: { undoGenerations: 2 }
      });
      await host.openNotebook(cells, kernel, `training-${theme}.ipynb`);
      await host.command('application:toggle-left-area');
      await expect(host.page.locator('#jp-left-stack')).toBeHidden();
    }

    async function shoot(of: Locator, name: string): Promise<void> {
      await of.page().mouse.move(300, 5);
      await of.screenshot({
        path: join(FOLDER, `after-${name}-${theme}.png`),
        animations: 'disabled'
      });
    }

    /** A cell with its card, in a wide window and in a narrow one. */
    async function shootCell(
      host: Host,
      index: number,
      name: string
    ): Promise<void> {
      await shoot(host.cell(index), name);
      await host.page.setViewportSize(NARROW);
      await shoot(host.cell(index), `${name}-narrow`);
      await host.page.setViewportSize(WIDE);
    }

    async function anyway(host: Host, index: number): Promise<void> {
      await host.runCell(index);
      await decide(host, index, 'Install anyway');
      await host.settled(90_000);
    }

    test('a line, a refused undo, a restart, an undo that is done', async ({
      host
    }) => {
      await start(host, CELLS, KERNEL);
      await host.runCell(0);
      await host.runCell(1);
      const first = await ranCard(host, 1, 'tqdm 4.66.5 was added.');
      await shootCell(host, 1, 'line');
      await host.runCell(2);
      await ranCard(host, 2, 'tqdm went from');
      await undoOn(first, 'Not undone.');
      await shootCell(host, 1, 'refused');
      await anyway(host, 3);
      const card = await ranCard(host, 3, 'numpy went from');
      await shootCell(host, 3, 'restart');
      await undoOn(card, 'Undone:');
      await shootCell(host, 3, 'undone');
    });

    test('the history with the step that broke it', async ({ host }) => {
      reset('after-mmdet');
      await start(
        host,
        ['%pip install -q ftfy', '%pip install -q -U mmcv'],
        'after-mmdet'
      );
      await host.runCell(0);
      await ranCard(host, 0, 'ftfy 6.3.1 was added.');
      await anyway(host, 1);
      await ranCard(host, 1, 'mmcv went from');
      const history = new History(host);
      await history.open();
      await expect(
        history.section.locator('[data-line="broke"]')
      ).toBeVisible();
      await host.page.setViewportSize(PANEL);
      await shoot(history.section, 'history');
      await history.undo(history.install('mmcv'));
      await shoot(history.section, 'history-undone');
    });
  });
}
