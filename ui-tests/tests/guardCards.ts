/** What the tests of the install guard share: cells that can be asked about without harm, their cards, the settings. */
import type { Locator, Page } from '@playwright/test';
import { expect, type Host } from './hosts/host';

/** An environment with NumPy 1 and a pandas that was built for it. */
export const KERNEL = 'guard-numpy';

/** The cell that makes the log the others write to. */
export const START = 'log = []';

/** A cell that only leaves its name in the log. */
export function entry(name: string): string {
  return `log.append(${JSON.stringify(name)})`;
}

/**
 * A cell that leaves its name in the log and is asked about, but installs nothing: `append` returns None, so the branch
 * never runs.
 */
export function install(name: string, requirements = 'numpy==2.0.0'): string {
  return `if ${entry(name)}:\n    %pip install ${requirements}`;
}

/** The names in the log, in the order in which cells ran. */
export async function logged(host: Host): Promise<string[]> {
  const text = await host.kernelEval('"|".join(log)');
  return text === "''" ? [] : text.slice(1, -1).split('|');
}

/** The card of a cell. */
export function card(host: Host, index: number): Locator {
  return host.cell(index).locator('.jp-GpuDoctor-cardFrame');
}

/** Every card that is shown. */
export function cards(host: Host): Locator {
  return host.page.locator(
    '.jp-NotebookPanel:not(.lm-mod-hidden) .jp-GpuDoctor-cardFrame'
  );
}

/** Wait for the question under a cell. */
export async function asked(host: Host, index: number): Promise<Locator> {
  const found = card(host, index);
  await expect(found).toHaveAttribute('data-state', 'asking', {
    timeout: 40_000
  });
  return found;
}

/** Wait for the question under a cell and press a button of it. */
export async function decide(
  host: Host,
  index: number,
  button: 'Install anyway' | 'Install the safer way' | 'Install' | 'Cancel'
): Promise<void> {
  const question = await asked(host, index);
  await question.getByRole('button', { name: button, exact: true }).click();
}

/** Answer the page's request for the guard's settings with these; nothing is written to the server. Before the page loads. */
export async function withSettings(
  page: Page,
  values: Record<string, unknown>
): Promise<void> {
  await page.route(/\/lab\/api\/settings(\/|\?|$)/, async route => {
    if (route.request().method() !== 'GET') {
      return route.fallback();
    }
    const response = await route.fetch();
    const answer: { settings: unknown } = await response.json();
    // One plugin, or a list of all.
    const list = Array.isArray(answer.settings) ? answer.settings : [answer];
    for (const one of list as ISetting[]) {
      if (one.id === 'jupyterlab-gpu-doctor:guard') {
        one.raw = JSON.stringify(values);
        one.settings = values;
      }
    }
    await route.fulfill({ response, json: answer });
  });
}

/** A plugin's settings as the server gives them. */
interface ISetting {
  readonly id: string;
  raw: string;
  settings: Record<string, unknown>;
}

/** The parts of a page with several notebook views that the tests touch. */
interface IViews {
  /** How many commands of the test have not ended. */
  running: number;
  readonly jupyterapp: {
    readonly shell: {
      readonly currentWidget: { readonly id: string } | null;
      widgets(area: 'main'): Iterable<IView>;
    };
    readonly commands: {
      execute(id: string, args: Record<string, unknown>): Promise<unknown>;
    };
  };
}

/** A view of a notebook. */
interface IView {
  readonly id: string;
  readonly content: {
    activeCellIndex: number;
    deselectAll(): void;
    extendContiguousSelectionTo(index: number): void;
  };
}

/** The id of the view in front. */
export async function viewInFront(page: Page): Promise<string> {
  return page.evaluate(
    () => (window as unknown as IViews).jupyterapp.shell.currentWidget?.id ?? ''
  );
}

/** Open a second view of the notebook in front; gives the ids of both. */
export async function openSecondView(
  host: Host,
  cells: number
): Promise<[string, string]> {
  const first = await viewInFront(host.page);
  await host.command('docmanager:clone');
  await expect.poll(() => viewInFront(host.page)).not.toBe(first);
  const second = await viewInFront(host.page);
  await expect(
    host.page.locator(`[id="${second}"] .jp-CodeCell .jp-InputPrompt`)
  ).toHaveCount(cells);
  return [first, second];
}

/** Cells of a view that one command runs. */
export interface IRun {
  readonly view: string;
  readonly from: number;
  /** The last one; `from` when not given. */
  readonly to?: number;
}

/** Give these commands, one right after the other; `settled` waits for their end. */
export async function runIn(host: Host, ...runs: IRun[]): Promise<void> {
  await host.page.evaluate(runs => {
    const page = window as unknown as IViews;
    const { shell, commands } = page.jupyterapp;
    for (const { view, from, to } of runs) {
      const { content } = [...shell.widgets('main')].find(
        one => one.id === view
      )!;
      content.deselectAll();
      content.activeCellIndex = from;
      if (to !== undefined && to !== from) {
        content.extendContiguousSelectionTo(to);
      }
      page.running = (page.running ?? 0) + 1;
      void commands
        .execute('notebook:run-cell', { semanticWidget: view })
        .finally(() => page.running--);
    }
  }, runs);
}
