/** What the UI tests share: opening a notebook on one of our kernels, and the parts of the panel. */
import { expect, type IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { Locator, Page } from '@playwright/test';

/** A notebook with these code cells. */
export function notebook(
  kernel: string | null,
  cells: readonly string[] = ['']
) {
  return {
    cells: cells.map((source, i) => ({
      cell_type: 'code',
      id: `cell-${i}`,
      metadata: {},
      execution_count: null,
      outputs: [],
      source
    })),
    metadata: kernel
      ? {
          kernelspec: { name: kernel, display_name: kernel, language: 'python' }
        }
      : {},
    nbformat: 4,
    nbformat_minor: 5
  };
}

/** Write a notebook, open it and wait until its kernel is idle. */
export async function openNotebook(
  page: IJupyterLabPageFixture,
  tmpPath: string,
  kernel: string,
  cells: readonly string[] = [''],
  name = `${kernel}.ipynb`
): Promise<void> {
  // Galata answers every POST below kernels with 201, which JupyterLab takes for a restart that failed.
  await page.route('**/api/kernels/*/restart*', route => route.continue());
  await page.contents.uploadContent(
    JSON.stringify(notebook(kernel, cells)),
    'text',
    `${tmpPath}/${name}`
  );
  // Not through the file browser: the panel takes its place.
  await command(page, 'docmanager:open', { path: `${tmpPath}/${name}` });
  await expect(
    page.getByRole('main').getByRole('tab', { name }).first()
  ).toHaveAttribute('aria-selected', 'true');
  await kernelIdle(page);
}

/** Wait until the kernel of the notebook in front is idle. */
export async function kernelIdle(page: Page): Promise<void> {
  await expect
    .poll(
      () =>
        page.evaluate(
          () =>
            (
              window as unknown as {
                jupyterapp: {
                  shell: {
                    currentWidget: {
                      sessionContext?: {
                        session?: { kernel?: { status: string } };
                      };
                    } | null;
                  };
                };
              }
            ).jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel
              ?.status
        ),
      { timeout: 60_000 }
    )
    .toBe('idle');
}

/** The parts of the panel as a user knows them. */
export class Doctor {
  constructor(readonly page: Page) {
    this.panel = page.locator('.jp-GpuDoctor-view');
    this.button = this.panel.getByRole('button', { name: 'Check GPU env' });
    this.header = this.panel.locator('.jp-GpuDoctor-header');
    this.verdict = this.panel.locator('.jp-GpuDoctor-verdict');
  }

  readonly panel: Locator;
  readonly button: Locator;
  readonly header: Locator;
  readonly verdict: Locator;

  /** Press the button of the notebook's toolbar; it opens the panel. */
  async press(): Promise<void> {
    await this.page
      .locator(
        '.jp-NotebookPanel:not(.lm-mod-hidden) [data-command="gpu-doctor:check"]'
      )
      .click();
  }

  /** Press the toolbar's button and wait for an answer. */
  async check(): Promise<void> {
    await this.press();
    await this.phase(/ready|partial/);
  }

  /** Wait for a phase. */
  async phase(phase: string | RegExp): Promise<void> {
    await expect(this.panel).toHaveAttribute('data-phase', phase, {
      timeout: 30_000
    });
  }

  /** Show the panel without checking. */
  async open(): Promise<void> {
    await command(this.page, 'gpu-doctor:show-panel');
    await expect(this.panel).toBeVisible();
  }

  /** A section by its id, opened. */
  async section(id: string): Promise<Locator> {
    const section = this.panel.locator(`[data-section="${id}"]`);
    const toggle = section.locator('.jp-GpuDoctor-sectionToggle');
    if ((await toggle.getAttribute('aria-expanded')) !== 'true') {
      await toggle.click();
    }
    return section;
  }

  /** The findings of a rule. */
  finding(rule: string): Locator {
    return this.panel.locator(`.jp-GpuDoctor-finding[data-rule="${rule}"]`);
  }

  /** Rules of errors and warnings, in the order shown. */
  async grave(): Promise<string[]> {
    return this.panel
      .locator(
        '.jp-GpuDoctor-finding[data-tone="error"], .jp-GpuDoctor-finding[data-tone="warning"]'
      )
      .evaluateAll(list =>
        list.map(one => one.getAttribute('data-rule') ?? '')
      );
  }

  /** Unfold the findings that are only information. */
  async notes(): Promise<void> {
    await this.panel.locator('.jp-GpuDoctor-notes > summary').click();
  }

  /** A notice by its id. */
  notice(id: string): Locator {
    return this.panel.locator(`[data-notice="${id}"]`);
  }
}

/** Start a command of JupyterLab; some only end with the dialog they show, or with the cell they run. */
export async function command(
  page: Page,
  id: string,
  args: Record<string, unknown> = {}
): Promise<void> {
  await page.evaluate(
    ([name, values]) => {
      void (
        window as unknown as {
          jupyterapp: {
            commands: { execute(id: string, args: unknown): Promise<void> };
          };
        }
      ).jupyterapp.commands.execute(name as string, values);
    },
    [id, args] as const
  );
}

/** Run the active cell without waiting for its end. */
export async function startCell(page: Page): Promise<void> {
  await command(page, 'notebook:run-cell');
  await expect(
    page
      .locator('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-InputPrompt')
      .first()
  ).toContainText('[*]');
}
