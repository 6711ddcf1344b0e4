/**
 * One way to use every host of hosts.json: JupyterLab 4.4 to 4.6, Notebook 7, collaboration, server-side execution,
 * a remote kernel. Plain Playwright: Galata's page helpers know one version of JupyterLab only.
 *
 *   import { expect, test } from './host';
 *   test('…', async ({ host }) => {
 *     await host.openNotebook(['1 + 1', '2 + 2'], 'plain');
 *     await host.runAll();
 *     await host.settled();
 *     expect(await host.prompts()).toEqual(['[1]:', '[2]:']);
 *   });
 */
import {
  expect,
  test as base,
  type APIRequestContext,
  type BrowserContext,
  type JSHandle,
  type Locator,
  type Page
} from '@playwright/test';
import { randomBytes } from 'node:crypto';
import { hosts } from '../../hosts.json';
import { withoutSubprotocol } from '../sockets';
import type { ICell, IOutput, IPanel, ISession, IWindow } from './types';

/** How long a kernel may take to start, in milliseconds. */
const START = 40_000;

/** A page of one host with at most one notebook in it. */
export class Host {
  constructor(
    readonly page: Page,
    private readonly request: APIRequestContext,
    name: string
  ) {
    const entry = hosts.find(one => one.name === name);
    if (!entry) {
      throw new Error(`no host ${name} in hosts.json`);
    }
    this.name = entry.name;
    this.kind = entry.kind as 'lab' | 'notebook';
    page.on('pageerror', error => {
      if (`${error.stack}`.includes('gpu-doctor')) {
        this.errors.push(`${error.stack}`);
      }
    });
  }

  /** Name in hosts.json. */
  readonly name: string;
  readonly kind: 'lab' | 'notebook';

  /** Errors of the page that come out of our files; hosts have some of their own. */
  readonly errors: string[] = [];

  /**
   * Write a notebook, open it in a workspace of its own and wait until its kernel is idle. A cell is its source, or
   * nbformat. Gives the notebook's path.
   */
  async openNotebook(
    cells: readonly (string | ICell)[],
    kernel: string,
    name = `${this.name}-${randomBytes(4).toString('hex')}.ipynb`
  ): Promise<string> {
    this.opened.push(name);
    const written = await this.request.put(`/api/contents/${name}`, {
      data: {
        type: 'notebook',
        format: 'json',
        content: content(cells, kernel)
      }
    });
    expect(written.ok(), `${name}: ${written.status()}`).toBe(true);
    const workspace = randomBytes(4).toString('hex');
    await this.page.goto(
      this.kind === 'lab'
        ? `/lab/workspaces/${workspace}/tree/${name}`
        : `/notebooks/${name}`
    );
    this.panel = await this.findPanel(name, cells.length);
    await this.panel.evaluate(panel => {
      const heard = { ran: [] as string[], printed: '' };
      (window as unknown as IWindow).heard = heard;
      panel.sessionContext.iopubMessage.connect((_, { header, content }) => {
        if (header.msg_type === 'execute_input') {
          heard.ran.push(content.code ?? '');
        } else if (header.msg_type === 'stream') {
          heard.printed += content.text;
        }
      });
    });
    return name;
  }

  /**
   * Start a command. Its end is not waited for: some end with the dialog they show, or with the cell they run. `settled`
   * and `expect.poll` wait.
   */
  async command(id: string, args: Record<string, unknown> = {}): Promise<void> {
    await this.page.evaluate(
      ([id, args]) => {
        const page = window as unknown as IWindow;
        page.running = (page.running ?? 0) + 1;
        void page.jupyterapp.commands
          .execute(id, args)
          .finally(() => page.running--);
      },
      [id, args] as const
    );
  }

  /** Start Run All. */
  async runAll(): Promise<void> {
    await this.command('notebook:run-all-cells');
  }

  /** Make a cell the active one and start it. */
  async runCell(index: number): Promise<void> {
    await this.notebook.evaluate((panel, index) => {
      panel.content.deselectAll();
      panel.content.activeCellIndex = index;
    }, index);
    await this.command('notebook:run-cell');
  }

  /** Replace a cell's source, as typing does. */
  async setSource(index: number, source: string): Promise<void> {
    await this.notebook.evaluate(
      (panel, [index, source]) =>
        panel.content.widgets[index].model.sharedModel.setSource(source),
      [index, source] as const
    );
  }

  /**
   * The prompt of every cell, as shown: `[ ]:`, `[*]:`, `[1]:`; empty for text. jupyter-server-nbmodel without
   * collaboration shows no `[*]:`.
   */
  async prompts(): Promise<string[]> {
    return this.notebook.evaluate(panel =>
      panel.content.widgets.map(cell => cell.promptNode?.textContent ?? '')
    );
  }

  /** Wait until the commands started here have ended, no cell is running or waiting, and the kernel is idle. */
  async settled(timeout = 30_000): Promise<void> {
    await expect
      .poll(
        async () => ({
          commands: await this.page.evaluate(
            () => (window as unknown as IWindow).running ?? 0
          ),
          waiting: (await this.prompts()).filter(one => one === '[*]:').length,
          kernel: await this.kernelStatus()
        }),
        { timeout, intervals: [50, 100, 250] }
      )
      .toEqual({ commands: 0, waiting: 0, kernel: 'idle' });
  }

  /**
   * The sources that the kernel ran since the notebook was opened, in its order; whoever sent them, silent ones left out.
   */
  async ran(): Promise<string[]> {
    return (await this.heard()).ran;
  }

  /**
   * What the kernel printed since the notebook was opened. Other than `outputs` it is there at once on every host:
   * jupyter-server-nbmodel shows a cell's output when the cell has ended.
   */
  async printed(): Promise<string> {
    return (await this.heard()).printed;
  }

  /** The outputs of a cell in the notebook's model, as text. */
  async outputs(index: number): Promise<IOutput[]> {
    const list = await this.notebook.evaluate(
      (panel, index) => panel.content.widgets[index].model.outputs.toJSON(),
      index
    );
    return list.map(output => ({
      type: output.output_type,
      text: joined(
        output.output_type === 'stream'
          ? output.text
          : output.output_type === 'error'
            ? `${output.ename}: ${output.evalue}`
            : output.data?.['text/plain']
      )
    }));
  }

  /** A cell on the page. */
  cell(index: number): Locator {
    return this.page
      .locator('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook .jp-Cell')
      .nth(index);
  }

  /**
   * The text/plain of an expression in the notebook's kernel, after `setup` has run there. No cell, no history, no count;
   * it waits its turn behind the cells that were sent before. Throws what Python raises.
   */
  async kernelEval(expression: string, setup = ''): Promise<string> {
    for (;;) {
      const reply = await this.notebook.evaluate(
        async (panel, [expression, code]) => {
          const kernel = panel.sessionContext.session?.kernel;
          if (!kernel) {
            throw new Error('no kernel');
          }
          const { content } = await kernel.requestExecute({
            code,
            silent: true,
            store_history: false,
            user_expressions: { value: expression },
            // The flag is global in ipykernel: false would break an input() of the notebook's.
            allow_stdin: true,
            stop_on_error: false
          }).done;
          return content;
        },
        [expression, setup] as const
      );
      const value =
        reply.status === 'ok' ? reply.user_expressions?.value : reply;
      if (value?.status === 'ok') {
        return value.data?.['text/plain'] ?? '';
      }
      // Behind a cell that failed, the kernel drops what is queued: ask again.
      if (reply.status !== 'aborted') {
        throw new Error(`${value?.ename}: ${value?.evalue}`);
      }
      await this.page.waitForTimeout(100);
    }
  }

  /** What the page knows of the kernel: `idle`, `busy`, `restarting` … */
  async kernelStatus(): Promise<string> {
    return this.notebook.evaluate(
      panel => panel.sessionContext.session?.kernel?.status ?? 'none'
    );
  }

  /**
   * Interrupt the kernel. A kernel that became busy a moment ago ignores it: let the cell print something, and wait for
   * `printed`.
   */
  async interrupt(): Promise<void> {
    await this.command('notebook:interrupt-kernel');
  }

  /** Restart the kernel, accept the dialog and wait until the new one is idle. */
  async restart(): Promise<void> {
    const done = this.page.evaluate(async () => {
      const { jupyterapp } = window as unknown as IWindow;
      await jupyterapp.commands.execute('notebook:restart-kernel', {});
    });
    await this.page.locator('.jp-Dialog .jp-mod-accept').click();
    await done;
    await expect
      .poll(() => this.kernelStatus(), { timeout: START })
      .toBe('idle');
  }

  /** Close the notebook without saving; the kernel stays. In Notebook 7 that is leaving the page. */
  async close(): Promise<void> {
    if (this.kind === 'notebook') {
      await this.page.goto('about:blank');
    } else {
      const panel = this.notebook;
      await panel.evaluate(panel => panel.close());
      const discard = this.page.locator('.jp-Dialog').getByRole('button', {
        name: 'Discard'
      });
      await expect
        .poll(async () => {
          if (await discard.isVisible()) {
            await discard.click();
          }
          return panel.evaluate(panel => panel.isDisposed);
        })
        .toBe(true);
    }
    this.panel = null;
  }

  /** Leave the page, shut down the kernels of its notebooks, delete their files. */
  async cleanup(): Promise<void> {
    // First, or the page would start the kernel again.
    await this.page.goto('about:blank');
    const list = await this.request.get('/api/sessions');
    const sessions: ISession[] = list.ok() ? await list.json() : [];
    for (const name of this.opened) {
      const stem = name.replace(/\.ipynb$/, '');
      // Consoles of a notebook have its name in theirs.
      for (const session of sessions.filter(one => one.path.includes(stem))) {
        await this.request.delete(`/api/sessions/${session.id}`);
      }
      await this.request.delete(`/api/contents/${name}`);
    }
    this.opened = [];
    this.panel = null;
  }

  private async heard(): Promise<IWindow['heard']> {
    return this.page.evaluate(() => (window as unknown as IWindow).heard);
  }

  /** The notebook's widget in the page. */
  private get notebook(): JSHandle<IPanel> {
    if (!this.panel) {
      throw new Error('no notebook is open');
    }
    return this.panel;
  }

  /** Wait for the notebook in front: its cells are there (by websocket, on some hosts), its kernel is idle. */
  private async findPanel(
    path: string,
    cells: number
  ): Promise<JSHandle<IPanel>> {
    const found = await this.page.waitForFunction(
      ([path, cells]) => {
        const { jupyterapp: app } = window as unknown as Partial<IWindow>;
        const panel = app?.shell.currentWidget;
        const ready =
          app?.commands.isEnabled('notebook:run-all-cells') &&
          // Collaboration puts a drive in front.
          panel?.context?.path.endsWith(path) &&
          panel.context.isReady &&
          panel.content.widgets.length === cells &&
          panel.content.widgets.every(cell => cell.promptNode) &&
          panel.sessionContext.session?.kernel?.status === 'idle';
        return ready ? panel : null;
      },
      [path, cells] as const,
      { polling: 100, timeout: START }
    );
    return found as JSHandle<IPanel>;
  }

  private panel: JSHandle<IPanel> | null = null;
  private opened: string[] = [];
}

/** A notebook in nbformat. */
function content(cells: readonly (string | ICell)[], kernel: string) {
  return {
    cells: cells.map((cell, i) => {
      const { cell_type, source, metadata } =
        typeof cell === 'string'
          ? { cell_type: 'code', source: cell, metadata: {} }
          : { metadata: {}, ...cell };
      const code = { execution_count: null, outputs: [] };
      return {
        id: `cell-${i}`,
        cell_type,
        source,
        metadata,
        ...(cell_type === 'code' ? code : {})
      };
    }),
    metadata: {
      kernelspec: { name: kernel, display_name: kernel, language: 'python' }
    },
    nbformat: 4,
    nbformat_minor: 5
  };
}

/** Multi-line strings of nbformat may be lists. */
function joined(text: string | string[] | undefined): string {
  return Array.isArray(text) ? text.join('') : (text ?? '');
}

/** Playwright's `test` with `host`; what a test opened is gone after it, and errors of ours fail it. */
export const test = base.extend<
  { host: Host },
  { hostName: string; quiet: void; warm: BrowserContext }
>({
  hostName: ['lab46', { option: true, scope: 'worker' }],
  // One context for all tests of a host: with JupyterLab's files in its cache a page is there in half the time.
  warm: [
    async ({ browser }, use, { project }) => {
      const { baseURL, viewport } = project.use;
      const context = await browser.newContext({ baseURL, viewport });
      if (project.name === 'gateway') {
        await withoutSubprotocol(context);
      }
      await use(context);
      await context.close();
    },
    { scope: 'worker' }
  ],
  page: async ({ warm }, use) => {
    const page = await warm.newPage();
    await use(page);
    await page.close();
  },
  // JupyterLab asks whether it may fetch news; the question covers what is below it.
  quiet: [
    async ({ playwright }, use, { project }) => {
      const request = await playwright.request.newContext({
        baseURL: project.use.baseURL
      });
      await request.put(
        '/lab/api/settings/@jupyterlab/apputils-extension:notification',
        { data: { raw: '{"fetchNews": "false", "checkForUpdates": false}' } }
      );
      await request.dispose();
      await use();
    },
    { scope: 'worker', auto: true }
  ],
  host: async ({ page, request, hostName }, use) => {
    const host = new Host(page, request, hostName);
    await use(host);
    await host.cleanup();
    expect(host.errors).toEqual([]);
  }
});

export { expect };
