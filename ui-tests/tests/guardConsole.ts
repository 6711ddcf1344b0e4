/** A code console for the tests of the install guard. */
import type { Locator } from '@playwright/test';
import type { IFront } from './guardPage';
import { expect, type Host } from './hosts/host';

/** A code console in the page of a notebook. */
export class CodeConsole {
  private constructor(
    readonly host: Host,
    readonly path: string
  ) {
    this.panel = host.page.locator('.jp-CodeConsole');
    this.prompt = this.panel.locator('.jp-CodeConsole-promptCell');
    this.dialog = host.page.getByRole('dialog', { name: 'Install guard' });
  }

  readonly panel: Locator;
  /** The cell to type in. */
  readonly prompt: Locator;
  /** The question. */
  readonly dialog: Locator;

  /**
   * Open one and wait for its kernel.
   *
   * @param path of the notebook; what lies "in" it is cleaned up with it
   * @param kernel a kernelspec, for a kernel of its own, or null for the notebook's kernel
   */
  static async open(
    host: Host,
    path: string,
    kernel: string | null
  ): Promise<CodeConsole> {
    const { page } = host;
    if (kernel === null) {
      await host.command('notebook:create-console');
    } else {
      await host.command('console:create', {
        basePath: path,
        kernelPreference: { name: kernel }
      });
    }
    const session = await page.waitForFunction(
      () => {
        const front = (window as unknown as IFront).jupyterapp.shell
          .currentWidget;
        const session = front?.console ? front.sessionContext.session : null;
        return session?.kernel?.status === 'idle' ? session.path : null;
      },
      undefined,
      { polling: 100, timeout: 40_000 }
    );
    await page.evaluate(() => {
      const panel = (window as unknown as IFront).jupyterapp.shell
        .currentWidget as unknown as {
        sessionContext: {
          iopubMessage: {
            connect(
              slot: (
                sender: unknown,
                message: {
                  header: { msg_type: string };
                  content: { code?: string };
                }
              ) => void
            ): void;
          };
        };
      };
      const ran: string[] = [];
      (window as unknown as { consoleRan: string[] }).consoleRan = ran;
      panel.sessionContext.iopubMessage.connect((_, message) => {
        if (message.header.msg_type === 'execute_input') {
          ran.push(message.content.code ?? '');
        }
      });
    });
    const opened = new CodeConsole(host, `${await session.jsonValue()}`);
    await expect(opened.prompt.locator('.cm-content')).toBeVisible();
    return opened;
  }

  /** Type at the prompt and run it. */
  async type(code: string): Promise<void> {
    await this.prompt.locator('.cm-content').click();
    await this.host.page.keyboard.insertText(code);
    await this.host.page.keyboard.press('Shift+Enter');
  }

  /** Run code as other extensions do; its end is not waited for. */
  async inject(code: string): Promise<void> {
    await this.host.command('console:inject', { path: this.path, code });
  }

  /** The prompts of what was submitted: `[*]:`, `[1]:`, `[ ]:`. */
  async prompts(): Promise<string[]> {
    return this.panel
      .locator('.jp-CodeConsole-content .jp-CodeCell .jp-InputPrompt')
      .allTextContents();
  }

  /** The sources that its kernel ran since the console was opened. */
  async ran(): Promise<string[]> {
    return this.host.page.evaluate(
      () => (window as unknown as { consoleRan: string[] }).consoleRan
    );
  }
}
