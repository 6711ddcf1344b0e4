/** The wrappers: what they see, and what they leave as it was. */
import type { CodeCell } from '@jupyterlab/cells';
import type { INotebookCellExecutor } from '@jupyterlab/notebook';
import { attach, type IAttachOptions } from './attach';
import { reachMainShell } from './barrier';
import { Gate } from './gate';
import type { IHeldCell } from './item';
import {
  FakeCell,
  FakeClock,
  FakeContext,
  Lab,
  QueueKernel,
  settle
} from './jupyter.testing';
import type { Decision } from './types';

type Options = INotebookCellExecutor.IRunCellOptions;
type Make = (lab: Lab) => INotebookCellExecutor;

const frozen: Make = lab => Object.freeze({ runCell: lab.runCell });
const mutable: Make = lab => ({ runCell: lab.runCell });
const foreign: Make = lab =>
  Object.freeze({ runCell: (options: Options) => lab.runCell(options) });

/** A server-side executor: a class that sends by itself and says `true` after an error, too. */
class ServerExecutor implements INotebookCellExecutor {
  readonly posted: string[] = [];
  private readonly _pending: (() => void)[] = [];

  runCell({ cell, onCellExecuted }: Options): Promise<boolean> {
    const source = cell.model.sharedModel.getSource();
    this.posted.push(source.split(' ')[0]);
    return new Promise(resolve =>
      this._pending.push(() => {
        onCellExecuted({ cell, success: !source.includes('fails') });
        resolve(true);
      })
    );
  }

  finish(): void {
    this._pending.shift()?.();
  }
}

function bench(
  make: Make = frozen,
  more: Partial<IAttachOptions<string>> = {}
) {
  const lab = new Lab();
  const kernel = new QueueKernel();
  const context = new FakeContext(kernel);
  const executor = make(lab);
  const original = lab.codeCell.execute;
  const warn = jest.fn();
  const gate = new Gate<IHeldCell, string>({
    barrier: (item, signal) =>
      reachMainShell(item.kernel, signal, 1, new FakeClock()),
    analyse: async (_, { source }) => ({ ask: true, data: source, key: null }),
    deadline: () => 1000,
    clock: new FakeClock()
  });
  const attachment = attach<string>({
    gate,
    executor,
    codeCell: lab.codeCell,
    coreRunCell: lab.runCell,
    executed: lab.executed,
    isInstall: source => source.includes('install'),
    warn,
    ...more
  });
  const decide = (decision: Decision) =>
    gate.decide(gate.held()[0].item, decision);
  const names = () => gate.held().map(({ item }) => item.read().split(' ')[0]);
  const run = (...cells: FakeCell[]) => lab.run(executor, context, cells);
  const execute = (cell: FakeCell) =>
    lab.codeCell.execute(cell.cell, context.context, {});
  return {
    lab,
    kernel,
    context,
    executor,
    original,
    warn,
    gate,
    attachment,
    decide,
    names,
    run,
    execute
  };
}

const a = () => new FakeCell('a');
const install = () => new FakeCell('i install');

describe('what is covered', () => {
  const locked = (lab: Lab): { execute: typeof CodeCell.execute } =>
    Object.freeze({ ...lab.codeCell });

  test.each<[string, Make, boolean, unknown]>([
    ['core', frozen, true, ['codecell', 'codecell', null]],
    ['mutable', mutable, true, ['executor', 'codecell', null]],
    ['class', () => new ServerExecutor(), true, ['executor', 'codecell', null]],
    ['frozen', foreign, true, ['not-covered', 'codecell', 'foreign-executor']],
    ['locked', frozen, false, ['not-covered', 'not-covered', 'not-writable']],
    ['half', mutable, false, ['executor', 'not-covered', 'not-writable']]
  ])('%s', (_, make, writable, expected) => {
    const { attachment } = bench(
      make,
      writable ? {} : { codeCell: locked(new Lab()) }
    );
    const { notebooks, consoles, reason } = attachment.coverage;
    expect([notebooks, consoles, reason]).toEqual(expected);
  });

  test('no executor at all: the core runs cells', () => {
    const { attachment } = bench(frozen, { executor: null });
    expect(attachment.coverage.notebooks).toBe('codecell');
  });

  test('a method that only looks writable', () => {
    const { attachment } = bench(() => {
      const executor = {};
      Object.defineProperty(executor, 'runCell', {
        value: async () => true,
        configurable: true
      });
      return executor as INotebookCellExecutor;
    });
    expect(attachment.coverage).toEqual({
      notebooks: 'not-covered',
      consoles: 'codecell',
      reason: 'foreign-executor'
    });
  });
});

describe('a cell that installs nothing', () => {
  test('the original gets the same arguments at once, and its own promise comes back', () => {
    const promise = Promise.resolve(true);
    const runCell = jest.fn(() => promise);
    const { executor, context, lab } = bench(() => ({ runCell }));
    const options = {
      cell: a().cell,
      sessionContext: context.context
    } as unknown as Options;
    expect(executor.runCell(options)).toBe(promise);
    expect(runCell).toHaveBeenCalledTimes(1);
    expect((runCell.mock.calls as unknown[][])[0]).toEqual([options]);
    expect((runCell.mock.calls as unknown[][])[0][0]).toBe(options);
    expect((runCell.mock.contexts as unknown[])[0]).toBe(executor);
    void lab;
  });

  test('CodeCell.execute, too', () => {
    const promise = Promise.resolve();
    const execute = jest.fn(() => promise);
    const codeCell = { execute } as unknown as {
      execute: typeof CodeCell.execute;
    };
    const { context } = bench(frozen, { codeCell });
    const cell = a();
    const metadata = { recordTiming: true };
    expect(codeCell.execute(cell.cell, context.context, metadata)).toBe(
      promise
    );
    const [args] = execute.mock.calls as unknown[][];
    expect(args[0]).toBe(cell);
    expect(args[1]).toBe(context);
    expect(args[2]).toBe(metadata);
    expect(cell.states).toEqual([]);
  });

  test('is gone synchronously', () => {
    const { kernel, run } = bench();
    void run(a(), new FakeCell('b'));
    expect(kernel.sent).toEqual(['a', 'b']);
  });
});

describe.each([
  ['the core', frozen, 1],
  ['an executor that calls the core', mutable, 1]
])('run all with %s', (_, make) => {
  test('order holds, the install is asked about once, results are those of the core', async () => {
    const { kernel, lab, run, decide, names } = bench(make);
    const cells = [a(), install(), new FakeCell('b')];
    const result = run(...cells);
    expect(kernel.sent).toEqual(['a', '|']);
    expect(cells[1].states).toEqual(['running']);
    expect(cells[2].states).toEqual(['running']);
    kernel.finish();
    await settle();
    expect(names()).toEqual(['i', 'b']);
    decide({ kind: 'send' });
    expect(kernel.sent).toEqual(['a', '|', 'i', 'b']);
    kernel.finish();
    kernel.finish();
    expect(await result).toBe(true);
    expect(lab.calls).toHaveLength(3);
  });

  test('cancelling leaves the cells idle, without outputs and without an error', async () => {
    const { kernel, lab, run, decide } = bench(make);
    const executed = jest.fn();
    lab.executed.connect(executed);
    const cells = [install(), a()];
    const result = run(...cells);
    await settle();
    decide({ kind: 'cancel' });
    expect(await result).toBe(false);
    expect(cells.map(({ states }) => states)).toEqual([
      ['running', 'idle'],
      ['running', 'idle']
    ]);
    expect(executed).not.toHaveBeenCalled();
    expect(lab.calls).toHaveLength(0);
    expect(kernel.log).toEqual([]);
  });

  test('a failing cell takes the held ones along', async () => {
    const { kernel, gate, run } = bench(make);
    const result = run(new FakeCell('a fails'), install(), new FakeCell('b'));
    kernel.finish();
    expect(await result).toBe(false);
    expect(gate.held()).toEqual([]);
    expect(kernel.log).toEqual(['a']);
  });

  test('a failing cell that is marked does not', async () => {
    const { kernel, run, names } = bench(make);
    void run(new FakeCell('a fails', 'code', ['raises-exception']), install());
    kernel.finish();
    await settle();
    expect(names()).toEqual(['i']);
  });

  test('the safer way is what the kernel gets', async () => {
    const { kernel, run, decide } = bench(make);
    const cell = install();
    void run(cell);
    await settle();
    decide({ kind: 'edit', source: 'safer install' });
    expect(kernel.log).toEqual(['safer']);
    expect(cell.source).toBe('safer install');
  });

  test('the next run of a cell that was admitted is asked about again', async () => {
    const { kernel, run, decide, names } = bench(make);
    const cell = install();
    void run(cell);
    await settle();
    decide({ kind: 'send' });
    kernel.finish();
    await settle();
    void run(cell);
    expect(names()).toEqual(['i']);
  });
});

describe('a server-side executor', () => {
  const server = new WeakMap<Lab, ServerExecutor>();
  const make: Make = lab => {
    const executor = new ServerExecutor();
    server.set(lab, executor);
    return executor;
  };

  test('is held and released in order, and cancelled with false', async () => {
    const { lab, run, decide, executor } = bench(make);
    const { posted } = executor as ServerExecutor;
    const first = run(a(), install(), new FakeCell('b'));
    await settle();
    expect(posted).toEqual(['a']);
    decide({ kind: 'send' });
    expect(posted).toEqual(['a', 'i', 'b']);
    [1, 2, 3].forEach(() => server.get(lab)?.finish());
    expect(await first).toBe(true);
    const second = run(install(), a());
    await settle();
    decide({ kind: 'cancel' });
    expect(await second).toBe(false);
    expect(posted).toEqual(['a', 'i', 'b']);
    expect(lab.calls).toEqual([]);
  });

  test('a held cell knows when the runs before it have ended: a request of ours could overtake them', async () => {
    const { lab, gate, run } = bench(make);
    void run(a(), install());
    await settle();
    const [{ item }] = gate.held();
    let ended = false;
    void item.earlier()?.then(() => (ended = true));
    await settle();
    expect(ended).toBe(false);
    server.get(lab)?.finish();
    await settle();
    expect(ended).toBe(true);
    expect(item.earlier()).toBeNull();
  });

  test('an admission ends with the run', async () => {
    const { lab, run, decide, execute, names } = bench(make);
    const cell = install();
    void run(cell);
    await settle();
    decide({ kind: 'send' });
    server.get(lab)?.finish();
    await settle();
    // Another extension runs the same cell by CodeCell.execute.
    void execute(cell);
    expect(names()).toEqual(['i']);
  });

  test('a failure is seen by the signal, whatever runCell says', async () => {
    const { lab, gate, run } = bench(make);
    void run(new FakeCell('a fails'), install(), new FakeCell('b'));
    await settle();
    expect(gate.held()).toHaveLength(2);
    server.get(lab)?.finish();
    expect(gate.held()).toEqual([]);
  });

  test('a failure that is marked is not one', async () => {
    const { lab, gate, run } = bench(make);
    void run(new FakeCell('a fails', 'code', ['raises-exception']), install());
    await settle();
    server.get(lab)?.finish();
    expect(gate.held()).toHaveLength(1);
  });
});

describe('a code console', () => {
  test('is held, joins the queue of the notebook, and is told "Canceled"', async () => {
    const { kernel, run, execute, decide, names } = bench();
    void run(install());
    const one = execute(new FakeCell('c'));
    const two = execute(new FakeCell('d'));
    one.catch(() => undefined);
    await settle();
    expect(names()).toEqual(['i', 'c', 'd']);
    decide({ kind: 'cancel' });
    await expect(one).rejects.toThrow(/^Canceled/);
    await expect(two).rejects.toThrow(/^Canceled/);
    expect(kernel.log).toEqual([]);
  });
});

describe('passes untouched', () => {
  test('markdown, also while cells are held', async () => {
    const runCell = jest.fn(async () => true);
    const { run, gate } = bench(() => ({ runCell }));
    void run(install());
    await run(new FakeCell('pip install', 'markdown'));
    expect(runCell).toHaveBeenCalledTimes(1);
    expect(gate.held()).toHaveLength(1);
  });

  test('an empty cell, also while cells are held: it never reaches the kernel', async () => {
    const { run, gate, lab } = bench();
    void run(install());
    await run(new FakeCell('  \n'));
    expect(gate.held()).toHaveLength(1);
    expect(lab.calls).toHaveLength(1);
  });

  test.each<[string, (context: FakeContext) => void]>([
    ['without a kernel', context => context.changeKernel(null)],
    ['terminating', context => (context.isTerminating = true)],
    ['dead', context => context.session?.kernel?.become('dead')],
    ['pending input', context => (context.pendingInput = true)],
    [
      'another language',
      context => context.changeKernel(new QueueKernel('r', 'ir', 'R'))
    ],
    [
      'Python in the browser',
      context => context.changeKernel(new QueueKernel('p', 'pyodide'))
    ]
  ])('%s', async (_, prepare) => {
    for (const make of [frozen, mutable]) {
      const { run, context, gate } = bench(make);
      prepare(context);
      if (context.session?.kernel?.name === 'ir') {
        // The specification of the kernel tells; so does the kernel, a moment later.
        Object.assign(context.specsManager.specs.kernelspecs, {
          ir: { language: 'R' }
        });
      }
      run(install()).catch(() => undefined);
      expect(gate.held()).toEqual([]);
    }
  });

  test('when the guard is off; but what comes behind a held cell stays behind it', async () => {
    let on = true;
    const { run, names } = bench(frozen, { enabled: () => on });
    void run(install());
    on = false;
    void run(new FakeCell('b install'));
    expect(names()).toEqual(['i', 'b']);
    const other = bench(frozen, { enabled: () => false });
    void other.run(install());
    expect(other.kernel.log).toEqual(['i']);
  });
});

describe('errors of ours', () => {
  test('the cell runs, once, and one warning is given', async () => {
    for (const make of [frozen, mutable]) {
      const { kernel, lab, run, warn } = bench(make, {
        isInstall: () => {
          throw new Error('ours');
        }
      });
      void run(a(), new FakeCell('b'));
      expect(kernel.sent).toEqual(['a', 'b']);
      expect(lab.calls).toHaveLength(2);
      expect(warn).toHaveBeenCalledTimes(1);
    }
  });

  test('the queue breaks: the cell runs, once', async () => {
    const { kernel, gate, run, warn } = bench();
    gate.submit = (_, item) => {
      item.send();
      throw new Error('ours');
    };
    void run(install());
    gate.submit = () => {
      throw new Error('ours');
    };
    void run(new FakeCell('j install'));
    expect(kernel.sent).toEqual(['i', 'j']);
    expect(warn).toHaveBeenCalledTimes(1);
  });

  test('whoever is told of a held cell throws: it is held all the same', async () => {
    const { names, run, warn } = bench(frozen, {
      onHeld: () => {
        throw new Error('card');
      }
    });
    void run(install());
    expect(names()).toEqual(['i']);
    expect(warn).toHaveBeenCalledTimes(1);
  });
});

describe('marks', () => {
  test('a cell whose earlier run is still going on keeps its mark', async () => {
    const { run, decide, kernel, names } = bench();
    const cell = new FakeCell('slow');
    void run(cell, install(), cell);
    kernel.finish();
    cell.model.executionState = 'running';
    await settle();
    expect(names()).toEqual(['i', 'slow']);
    cell.states.length = 0;
    decide({ kind: 'cancel' });
    expect(cell.states).toEqual([]);
  });

  test('a cell that is deleted while it is held is cancelled', async () => {
    const { run, names } = bench();
    const cell = new FakeCell('b');
    const result = run(install(), cell);
    cell.dispose();
    expect(names()).toEqual(['i']);
    expect(cell.states).toEqual(['running']);
    void result;
  });
});

describe('dispose', () => {
  test('puts the originals back', () => {
    const { lab, executor, original, attachment } = bench(mutable);
    expect(lab.codeCell.execute).not.toBe(original);
    attachment.dispose();
    expect(attachment.isDisposed).toBe(true);
    expect(lab.codeCell.execute).toBe(original);
    expect(executor.runCell).toBe(lab.runCell);
  });

  test('leaves a method of a class to the class', () => {
    const { executor, attachment } = bench(() => new ServerExecutor());
    expect(Object.keys(executor)).toContain('runCell');
    attachment.dispose();
    expect(Object.keys(executor)).not.toContain('runCell');
    expect(executor.runCell).toBe(ServerExecutor.prototype.runCell);
  });

  test('a wrapper that somebody put on top keeps working, and ours lets everything pass', () => {
    const { lab, attachment, execute, kernel } = bench();
    const inner = lab.codeCell.execute;
    const seen = jest.fn();
    lab.codeCell.execute = (...args) => {
      seen();
      return inner(...args);
    };
    attachment.dispose();
    void execute(install());
    expect(seen).toHaveBeenCalledTimes(1);
    expect(kernel.log).toEqual(['i']);
  });
});
