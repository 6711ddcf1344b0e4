/** More of the page for the tests of the install guard: settings, a second notebook, what was ever shown. */
import type { Locator, Page } from '@playwright/test';
import { card } from './guardCards';
import { expect, type Host } from './hosts/host';
import type { ISession } from './hosts/types';

/** Ids of the plugins whose settings the tests set. */
export const GUARD = 'jupyterlab-gpu-doctor:guard';
export const THEMES = '@jupyterlab/apputils-extension:themes';
export const NOTEBOOKS = '@jupyterlab/notebook-extension:tracker';

/**
 * Settings of this page alone, by plugin: what it asks the server for is answered with these, what it saves is kept here.
 * Before the page loads; the result may be changed and holds from the next load on.
 */
export async function pageSettings(
  page: Page,
  values: Record<string, Record<string, unknown>>
): Promise<Record<string, Record<string, unknown>>> {
  await page.route(/\/lab\/api\/settings(\/|\?|$)/, async route => {
    const id = Object.keys(values).find(one =>
      decodeURIComponent(route.request().url()).includes(`/settings/${one}`)
    );
    if (id && route.request().method() === 'PUT') {
      const { raw } = route.request().postDataJSON() as { raw: string };
      values[id] = JSON.parse(raw) as Record<string, unknown>;
      await route.fulfill({ status: 204 });
      return;
    }
    const response = await route.fetch();
    if (route.request().method() !== 'GET') {
      await route.fulfill({ response });
      return;
    }
    const answer: unknown = await response.json();
    // One plugin, or the list of all of them.
    const { settings } = answer as { settings: unknown };
    for (const one of Array.isArray(settings)
      ? (settings as ISetting[])
      : [answer as ISetting]) {
      if (values[one.id]) {
        one.raw = JSON.stringify(values[one.id]);
        one.settings = values[one.id];
      }
    }
    await route.fulfill({ response, json: answer });
  });
  return values;
}

/** A plugin's settings as the server gives them. */
interface ISetting {
  readonly id: string;
  raw: string;
  settings: Record<string, unknown>;
}

/** Note from now on every state that a card shows, and every dialog. Before the page loads, or after. */
export async function watchCards(page: Page): Promise<() => Promise<string[]>> {
  const watch = () => {
    const seen: string[] = [];
    (window as unknown as { seenCards: string[] }).seenCards = seen;
    new MutationObserver(() => {
      for (const one of document.querySelectorAll(
        '.jp-GpuDoctor-cardFrame, dialog[open]'
      )) {
        const state = one.getAttribute('data-state') ?? 'dialog';
        if (seen.at(-1) !== state) {
          seen.push(state);
        }
      }
    }).observe(document, {
      childList: true,
      subtree: true,
      attributeFilter: ['data-state', 'open']
    });
  };
  await page.evaluate(watch);
  // "Checking…" may be seen on a slow machine.
  return async () =>
    (
      await page.evaluate(
        () => (window as unknown as { seenCards: string[] }).seenCards
      )
    ).filter(state => state !== 'working');
}

/** What is in front, as far as the tests need it in the page. */
export interface IFront {
  readonly jupyterapp: {
    readonly shell: {
      readonly currentWidget: {
        readonly context?: { readonly path: string };
        /** Of a console only. */
        readonly console?: unknown;
        readonly content: {
          readonly widgets: readonly unknown[];
          activeCellIndex: number;
          deselectAll(): void;
        };
        readonly sessionContext: {
          readonly session: {
            readonly path: string;
            readonly kernel: { readonly status: string } | null;
          } | null;
        };
      } | null;
    };
    readonly commands: {
      execute(id: string, args: Record<string, unknown>): Promise<unknown>;
    };
  };
}

/** Open one more notebook in the page of the notebook `path`; it comes to the front. Gives its path. */
export async function openBeside(
  host: Host,
  path: string,
  cells: readonly string[],
  kernel: string,
  beside = path.replace(/\.ipynb$/, '-beside.ipynb')
): Promise<string> {
  const { page } = host;
  const written = await page.request.put(`/api/contents/${beside}`, {
    data: {
      type: 'notebook',
      format: 'json',
      content: {
        cells: cells.map((source, i) => ({
          id: `cell-${i}`,
          cell_type: 'code',
          source,
          metadata: {},
          execution_count: null,
          outputs: []
        })),
        metadata: {
          kernelspec: { name: kernel, display_name: kernel, language: 'python' }
        },
        nbformat: 4,
        nbformat_minor: 5
      }
    }
  });
  expect(written.ok()).toBe(true);
  await host.command('docmanager:open', { path: beside });
  await page.waitForFunction(
    ([path, cells]) => {
      const front = (window as unknown as IFront).jupyterapp.shell
        .currentWidget;
      return (
        front?.context?.path === path &&
        front.content.widgets.length === cells &&
        front.sessionContext.session?.kernel?.status === 'idle'
      );
    },
    [beside, cells.length] as const,
    { polling: 100, timeout: 40_000 }
  );
  return beside;
}

/** Make a cell of the notebook in front the active one and start it. */
export async function runInFront(host: Host, index: number): Promise<void> {
  await host.page.evaluate(index => {
    const content = (window as unknown as IFront).jupyterapp.shell.currentWidget
      ?.content;
    if (content) {
      content.deselectAll();
      content.activeCellIndex = index;
    }
  }, index);
  await host.command('notebook:run-cell');
}

/** Shut down and delete what `openBeside` made. */
export async function removeBeside(host: Host, path: string): Promise<void> {
  const { request } = host.page;
  const list = await request.get('/api/sessions');
  for (const session of (await list.json()) as ISession[]) {
    if (session.path === path) {
      await request.delete(`/api/sessions/${session.id}`);
    }
  }
  await request.delete(`/api/contents/${path}`);
}

/** Run a cell and wait for the card that says what goes on. */
export async function working(host: Host, index: number): Promise<Locator> {
  await host.runCell(index);
  const found = card(host, index);
  await expect(found).toHaveAttribute('data-state', 'working', {
    timeout: 20_000
  });
  return found;
}
