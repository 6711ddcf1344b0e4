/**
 * Pictures of every state of the install guard, light and dark, wide and narrow, for docs/pictures. Run by hand:
 *
 *   PICTURES=1 jlpm playwright test pictures-guard
 */
import type { Locator, Page } from '@playwright/test';
import { join } from 'node:path';
import { asked, card } from './guardCards';
import { CodeConsole } from './guardConsole';
import { copyEnvironment, makeKernel, silentIndex } from './guardKernels';
import {
  GUARD,
  openBeside,
  pageSettings,
  removeBeside,
  runInFront,
  THEMES
} from './guardPage';
import { Doctor } from './helpers';
import { expect, test, type Host } from './hosts/host';

const FOLDER = join(__dirname, '..', '..', 'docs', 'pictures');

/** NumPy 1 and a pandas that was built for it; the second one's index never answers. */
const KERNEL = `pictures-${process.pid}`;
const SLOW = `pictures-slow-${process.pid}`;
const undo: (() => void)[] = [];

/** What stands above the install. */
const ABOVE = [
  'import numpy as np\nimport pandas as pd',
  'runs = pd.DataFrame({"lr": [1e-3, 3e-4], "loss": [0.41, 0.38]})\nruns.loss.min()'
];

/** What stands below it. */
const BELOW = [
  'import ml_dtypes\n\nweights = np.zeros((4, 4), dtype=ml_dtypes.bfloat16)',
  'weights.sum()'
];

/** Where the install is. */
const AT = ABOVE.length;

const WIDE = { width: 1200, height: 1000 };
const NARROW = { width: 560, height: 1300 };
const HALF = { width: 815, height: 1200 };
const LOW = { width: 1200, height: 640 };

test.beforeAll(async () => {
  // Output of pip must not tell of this machine.
  const quiet = {
    PIP_CONFIG_FILE: '/dev/null',
    PIP_FIND_LINKS: '',
    PIP_EXTRA_INDEX_URL: ''
  };
  undo.push(makeKernel(KERNEL, KERNEL, quiet, 'Python 3.11'));
  const index = await silentIndex();
  undo.push(() => index.close());
  undo.push(makeKernel(SLOW, KERNEL, index.env, 'Python 3.11'));
});

// Some install.
test.beforeEach(() => {
  undo.push(copyEnvironment('guard-change', KERNEL));
});

test.afterAll(() => undo.reverse().forEach(one => one()));

for (const theme of ['light', 'dark'] as const) {
  test.describe(theme, () => {
    /** A notebook with this install in the middle, all cells run. */
    async function start(
      host: Host,
      install: string,
      {
        kernel = KERNEL,
        settings = {},
        run = true
      }: {
        kernel?: string;
        settings?: Record<string, unknown>;
        run?: boolean;
      } = {}
    ): Promise<string> {
      await host.page.setViewportSize(WIDE);
      await pageSettings(host.page, {
        [THEMES]: {
          theme: theme === 'light' ? 'JupyterLab Light' : 'JupyterLab Dark'
        },
        [GUARD]: settings
      });
      const path = await host.openNotebook(
        [...ABOVE, install, ...BELOW],
        kernel,
        'training.ipynb'
      );
      await host.command('application:toggle-left-area');
      await expect(host.page.locator('#jp-left-stack')).toBeHidden();
      if (run) {
        await host.runAll();
      }
      return path;
    }

    /** The cells around the card, as wide as the notebook. */
    async function shoot(
      host: Host,
      name: string,
      { from = 0, to = AT + 2 }: { from?: number; to?: number } = {}
    ): Promise<void> {
      const { page } = host;
      // Looked at from above, with nothing under the mouse.
      await host
        .cell(from)
        .evaluate(node => node.scrollIntoView({ block: 'start' }));
      await page.mouse.move(300, 5);
      const outer = await box(
        page.locator(
          '.jp-NotebookPanel:not(.lm-mod-hidden) .jp-WindowedPanel-outer'
        )
      );
      const first = await box(host.cell(from));
      const last = await box(host.cell(to));
      const top = Math.max(first.y - 4, outer.y);
      await save(page, name, {
        x: outer.x,
        y: top,
        width: outer.width,
        height: Math.min(last.y + last.height + 8, outer.y + outer.height) - top
      });
    }

    async function save(
      page: Page,
      name: string,
      clip?: { x: number; y: number; width: number; height: number }
    ): Promise<void> {
      await page.screenshot({
        path: join(FOLDER, `guard-${name}-${theme}.png`),
        animations: 'disabled',
        clip
      });
    }

    /** The same in a narrow window, where JupyterLab puts the prompts above the editors. */
    async function narrow(
      host: Host,
      name: string,
      cells: { from?: number; to?: number } = {}
    ): Promise<void> {
      await host.page.setViewportSize(NARROW);
      await shoot(host, `${name}-narrow`, cells);
      await host.page.setViewportSize(WIDE);
    }

    async function searched(question: Locator): Promise<void> {
      await expect(question.locator('.jp-GpuDoctor-bar')).toHaveCount(0, {
        timeout: 60_000
      });
    }

    test.beforeEach(() => {
      test.setTimeout(300_000);
    });

    test('a question', async ({ host }) => {
      await start(host, '%pip install -q ml_dtypes');
      const question = await asked(host, AT);
      await expect(question.locator('.jp-GpuDoctor-bar')).toBeVisible();
      await shoot(host, 'looking');
      await searched(question);
      await shoot(host, 'asking');
      await narrow(host, 'asking');
      // Half of a window that is shared with the panel: a notebook of 480 px, its prompts at the left.
      await host.page.setViewportSize(HALF);
      await host.command('application:toggle-left-area');
      await shoot(host, 'asking-half');
      await host.command('application:toggle-left-area');
      await host.page.setViewportSize(WIDE);
      await question.getByRole('button', { name: 'Cancel' }).click();
      await host.settled();
      await shoot(host, 'cancelled');
      await narrow(host, 'cancelled');

      await host.runAll();
      const again = await asked(host, AT);
      await searched(again);
      await again
        .getByRole('button', { name: 'Install the safer way' })
        .click();
      await host.settled(90_000);
      await expect(card(host, AT)).toContainText('was added.', {
        timeout: 40_000
      });
      await shoot(host, 'safer-ran');
      await narrow(host, 'safer-ran');
    });

    test('a warning without a safer way', async ({ host }) => {
      await start(host, '%pip install limits==3.13.0');
      const question = await asked(host, AT);
      await searched(question);
      await shoot(host, 'warning');
      await narrow(host, 'warning');
      await question.getByRole('button', { name: 'Cancel' }).click();
    });

    test('many packages', async ({ host }) => {
      await start(host, '%pip install jupyterlab ml_dtypes');
      const question = await asked(host, AT);
      await searched(question);
      await question
        .locator('.jp-GpuDoctor-changes details')
        .evaluate(node => node.setAttribute('open', ''));
      await question.getByRole('button', { name: "Don't ask again" }).click();
      await shoot(host, 'rows', { from: AT - 1, to: AT });
      await narrow(host, 'rows', { from: AT, to: AT });
      await question.getByRole('button', { name: 'Cancel' }).click();
    });

    test('checking, and unchecked', async ({ host }) => {
      await start(host, '%pip install -q ml_dtypes', {
        kernel: SLOW,
        settings: { deadline: 12 }
      });
      const shown = card(host, AT);
      await expect(shown).toContainText(/resolving, 2\.\d s/, {
        timeout: 40_000
      });
      await shoot(host, 'working');
      await narrow(host, 'working');
      await expect(shown).toContainText(/runs unchecked in 4 s/, {
        timeout: 15_000
      });
      await shoot(host, 'working-end');
      await expect(shown).toContainText('runs unchecked.', {
        timeout: 20_000
      });
      await shoot(host, 'unchecked');
      await narrow(host, 'unchecked');
      await host.interrupt();
    });

    test('in a code console', async ({ host }) => {
      const path = await start(host, '1', { run: false });
      const code = await CodeConsole.open(host, path, KERNEL);
      await code.type(ABOVE[0]);
      await expect.poll(() => code.prompts()).toEqual(['[1]:']);
      await code.type('%pip install ml_dtypes');
      await expect(code.dialog).toBeVisible({ timeout: 40_000 });
      await searched(code.dialog);
      await host.page.setViewportSize(LOW);
      await save(host.page, 'console');
      await code.dialog.getByRole('button', { name: 'Cancel' }).click();
    });

    test('out of sight', async ({ host }) => {
      const path = await start(
        host,
        'import time; time.sleep(4)\n%pip install ml_dtypes'
      );
      const beside = await openBeside(
        host,
        path,
        ABOVE,
        KERNEL,
        'evaluation.ipynb'
      );
      await expect(
        host.page
          .locator('.Toastify__toast')
          .filter({ hasText: 'waits for your decision' })
      ).toBeVisible({ timeout: 40_000 });
      await runInFront(host, 0);
      await expect(
        host.page
          .locator('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-InputPrompt')
          .first()
      ).toHaveText('[1]:');
      await host.page.setViewportSize(LOW);
      await save(host.page, 'away');
      await removeBeside(host, beside);
    });

    test('where cells are not seen', async ({ host }) => {
      await host.page.addInitScript(() => {
        const { set } = Reflect;
        // As if JupyterLab did not let its functions be exchanged.
        Reflect.set = (...args: Parameters<typeof set>) =>
          args[1] !== 'execute' && args[1] !== 'runCell' && set(...args);
      });
      await start(host, '1', { run: false });
      const doctor = new Doctor(host.page);
      await doctor.open();
      await expect(doctor.notice('not-covered')).toBeVisible();
      await host.page.setViewportSize(LOW);
      await doctor.panel
        .locator('xpath=ancestor-or-self::*[@id="jp-gpu-doctor"]')
        .screenshot({
          path: join(FOLDER, `guard-not-covered-${theme}.png`),
          animations: 'disabled'
        });
    });
  });
}

async function box(locator: Locator) {
  const found = await locator.boundingBox();
  if (!found) {
    throw new Error('not on the page');
  }
  return found;
}
