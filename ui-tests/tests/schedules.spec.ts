/**
 * Generated schedules on a real kernel: runs of several cells from two views, decisions, errors, interrupts and restarts. What
 * the kernel ran, and in which order, is compared with a model of JupyterLab in which the kernel itself asks.
 *
 * SEED=123 repeats the schedules of another run; the seed is in the name of each step.
 */
import {
  entry,
  install,
  KERNEL,
  openSecondView,
  runIn,
  withSettings
} from './guardCards';
import { expect, test, type Host } from './hosts/host';

const SEED = Number(process.env.SEED ?? 20261121);
const SCHEDULES = 24;
const CELLS = 5;

type Kind = 'plain' | 'install' | 'error' | 'expected-error';

/** Cells of one view that are run by one command. */
interface IRun {
  readonly view: 0 | 1;
  readonly from: number;
  readonly to: number;
}

/** What the user does when a question is there. */
type Choice =
  | { readonly do: 'anyway' | 'cancel' | 'interrupt' | 'restart' }
  | { readonly do: 'run'; readonly run: IRun };

interface ISchedule {
  readonly cells: readonly Kind[];
  /** Started right after each other; the next ones when nothing runs or waits any more. */
  readonly bursts: readonly (readonly IRun[])[];
  /** For one question after the other; then "anyway". */
  readonly choices: readonly Choice[];
}

/** The same numbers for the same seed, from 0 to below 1. */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

function generate(seed: number): ISchedule {
  const next = numbers(seed);
  const pick = <T>(...list: readonly T[]): T =>
    list[Math.floor(next() * list.length)];
  const many = <T>(least: number, most: number, make: () => T): T[] =>
    Array.from(
      { length: least + Math.floor(next() * (most - least + 1)) },
      make
    );
  const run = (): IRun => {
    const ends = [pick(0, 1, 2, 3, 4), pick(0, 1, 2, 3, 4)];
    const all = next() < 0.4;
    return {
      view: pick(0, 0, 1),
      from: all ? 0 : Math.min(...ends),
      to: all ? CELLS - 1 : Math.max(...ends)
    };
  };
  const cells = many<Kind>(CELLS, CELLS, () =>
    pick('plain', 'plain', 'plain', 'install', 'error', 'expected-error')
  );
  cells[pick(1, 2, 3)] = 'install';
  return {
    cells,
    bursts: many(1, 2, () => many(1, 2, run)),
    choices: many<Choice>(4, 8, () => {
      const what = pick(
        ...(['anyway', 'anyway', 'anyway', 'run', 'run'] as const),
        ...(['cancel', 'interrupt', 'restart'] as const)
      );
      return what === 'run' ? { do: what, run: run() } : { do: what };
    })
  };
}

/** A run of a cell that was submitted. */
interface ISubmitted {
  readonly view: 0 | 1;
  readonly cell: number;
}

/** JupyterLab and a kernel that asks by itself: one queue, first in first out. */
class Model {
  constructor(private readonly cells: readonly Kind[]) {}

  /** The cells that ran, in order. */
  readonly ran: number[] = [];

  submit(...runs: readonly IRun[]): void {
    for (const { view, from, to } of runs) {
      for (let cell = from; cell <= to; cell++) {
        this.queue.push({ view, cell });
      }
    }
    this.advance();
  }

  /** The install that is asked about. */
  get question(): ISubmitted | undefined {
    return this.queue[0];
  }

  anyway(): void {
    // The same question is asked once in a kernel.
    this.allowed.add(this.queue[0].cell);
    this.advance();
  }

  /** Whatever the kernel was told to do is forgotten. */
  drop(): void {
    this.queue = [];
  }

  private advance(): void {
    for (let head = this.queue[0]; head; head = this.queue[0]) {
      const kind = this.cells[head.cell];
      if (kind === 'install' && !this.allowed.has(head.cell)) {
        return;
      }
      this.queue.shift();
      this.ran.push(head.cell);
      if (kind === 'error') {
        this.drop();
      }
    }
  }

  private queue: ISubmitted[] = [];
  private readonly allowed = new Set<number>();
}

/** The text of a cell; every install is a question of its own. */
function sourceOf(kind: Kind, name: string, serial: string): string {
  switch (kind) {
    case 'plain':
      return entry(name);
    case 'install':
      return install(name, `numpy==2.0.0 pandas!=0.0.${serial}`);
    case 'error':
    case 'expected-error':
      // What is queued behind it has to have arrived when it fails, or no kernel would drop it.
      return `${entry(name)}\nimport time; time.sleep(0.3); 1 / 0`;
  }
}

/** The parts of a notebook's model that are changed. */
interface IModels {
  readonly jupyterapp: {
    readonly shell: {
      widgets(area: 'main'): Iterable<{
        readonly id: string;
        readonly content: {
          readonly widgets: readonly {
            readonly model: {
              readonly sharedModel: {
                setSource(source: string): void;
                setMetadata(key: string, value: unknown): void;
              };
            };
          }[];
        };
      }>;
    };
  };
}

/** Put other cells in the place of those of the last schedule. */
async function write(
  host: Host,
  view: string,
  cells: readonly { source: string; tags: string[] }[]
): Promise<void> {
  await host.page.evaluate(
    ([view, cells]) => {
      const { shell } = (window as unknown as IModels).jupyterapp;
      const { content } = [...shell.widgets('main')].find(
        one => one.id === view
      )!;
      content.widgets.forEach(({ model }, i) => {
        model.sharedModel.setSource(cells[i].source);
        model.sharedModel.setMetadata('tags', cells[i].tags);
      });
    },
    [view, cells] as const
  );
}

/** Play a schedule on the page and on the model. */
async function play(
  host: Host,
  views: readonly string[],
  { cells, bursts, choices }: ISchedule,
  serial: number
): Promise<void> {
  const names = cells.map((_, i) => `c${i}`);
  const sources = cells.map((kind, i) =>
    sourceOf(kind, names[i], `${serial}${i}`)
  );
  await write(
    host,
    views[0],
    cells.map((kind, i) => ({
      source: sources[i],
      tags: kind === 'expected-error' ? ['raises-exception'] : []
    }))
  );
  await host.kernelEval('0', 'log = []');
  const before = (await host.ran()).length;
  const model = new Model(cells);
  const left = [...choices];
  const start = (...runs: IRun[]) =>
    runIn(host, ...runs.map(run => ({ ...run, view: views[run.view] })));
  let restartedAt = 0;
  for (const burst of bursts) {
    await start(...burst);
    model.submit(...burst);
    for (let asks = model.question; asks; asks = model.question) {
      const choice = left.shift() ?? { do: 'anyway' };
      const card = host.page
        .locator(`[id="${views[asks.view]}"] .jp-Cell`)
        .nth(asks.cell)
        .locator('.jp-GpuDoctor-cardFrame');
      await expect(card).toHaveAttribute('data-state', 'asking', {
        timeout: 40_000
      });
      const ran = (await host.ran()).slice(before);
      expect(ran).toEqual(model.ran.map(index => sources[index]));
      switch (choice.do) {
        case 'anyway':
          await card.getByRole('button', { name: 'Install anyway' }).click();
          model.anyway();
          break;
        case 'cancel':
          await card.getByRole('button', { name: 'Cancel' }).click();
          model.drop();
          break;
        case 'interrupt':
          await host.interrupt();
          model.drop();
          break;
        case 'restart':
          await host.restart();
          model.drop();
          restartedAt = model.ran.length;
          await host.kernelEval('0', 'log = []');
          break;
        case 'run':
          await start(choice.run);
          model.submit(choice.run);
      }
    }
    await host.settled();
  }
  const ran = (await host.ran()).slice(before);
  expect(ran).toEqual(model.ran.map(index => sources[index]));
  expect(await host.kernelEval('" ".join(log)')).toBe(
    `'${model.ran
      .slice(restartedAt)
      .map(index => names[index])
      .join(' ')}'`
  );
}

test('whatever is run, decided and interrupted: the kernel runs what it would have run', async ({
  host
}) => {
  // What is compared is the order: the command alone tells enough to ask.
  await withSettings(host.page, { planner: 'none' });
  test.setTimeout(240_000);
  await host.openNotebook(Array(CELLS).fill('pass'), KERNEL);
  const views = await openSecondView(host, CELLS);
  let questions = 0;
  for (let serial = 0; serial < SCHEDULES; serial++) {
    const schedule = generate(SEED + serial);
    questions += schedule.cells.filter(kind => kind === 'install').length;
    await test.step(`SEED=${SEED + serial} ${JSON.stringify(schedule)}`, () =>
      play(host, views, schedule, serial));
  }
  expect(questions).toBeGreaterThan(SCHEDULES);
});
