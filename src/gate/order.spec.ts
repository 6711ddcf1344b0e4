/** Whatever happens, in whatever order: the kernel sees what it would have seen without the gate. */
import type { ISessionContext } from '@jupyterlab/apputils';
import { Signal } from '@lumino/signaling';
import fc from 'fast-check';
import { attach } from './attach';
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
import { Lifecycle } from './lifecycle';
import {
  Reference,
  saferText,
  type IModelCell,
  type IText,
  type Judgement
} from './model.testing';

const DEADLINE = 1000;

type Step =
  | { do: 'run'; view: 0 | 1; cells: number[] }
  | { do: 'finish' }
  | { do: 'interrupt'; view: 0 | 1 }
  | { do: 'restart'; view: 0 | 1 }
  | { do: 'timeout' }
  | { do: 'decide'; index: number; choice: 'send' | 'cancel' | 'edit' }
  | { do: 'edit'; cell: number; text: IText }
  | { do: 'close'; cell: number };

interface ISchedule {
  /** Whether the notebook's executor is the core's frozen one, or an object that lets itself be changed. */
  executor: 'frozen' | 'mutable';
  cells: { view: 0 | 1; raises: boolean; text: IText }[];
  steps: Step[];
}

const view = fc.constantFrom<0 | 1>(0, 1);
const text: fc.Arbitrary<IText> = fc.record({
  install: fc.boolean(),
  judgement: fc.constantFrom<Judgement>(
    'quiet',
    'asks',
    'asks',
    'breaks',
    'hangs'
  ),
  fails: fc.oneof(
    { weight: 3, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) }
  )
});
const raises = fc.constantFrom(false, false, true);
const place = fc.nat({ max: 5 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('run' as const),
      view,
      // Empty: "Run all".
      cells: fc.array(place, { maxLength: 4 })
    })
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('finish' as const) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('decide' as const),
      index: fc.oneof(fc.constant(0), fc.nat({ max: 3 })),
      choice: fc.constantFrom(
        'send' as const,
        'send' as const,
        'cancel' as const,
        'edit' as const
      )
    })
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('interrupt' as const), view })
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('restart' as const), view })
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('timeout' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('edit' as const),
      cell: place,
      text
    })
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('close' as const), cell: place })
  }
);
const schedule: fc.Arbitrary<ISchedule> = fc.record({
  executor: fc.constantFrom<'frozen' | 'mutable'>('frozen', 'mutable'),
  cells: fc.array(fc.record({ view, raises, text }), {
    minLength: 2,
    maxLength: 6
  }),
  steps: fc.array(step, { minLength: 4, maxLength: 30 })
});

/** A notebook and a code console with one kernel, with the gate, beside the reference. */
class Bench {
  constructor({ executor, cells }: ISchedule) {
    this.executor =
      executor === 'frozen'
        ? Object.freeze({ runCell: this.lab.runCell })
        : { runCell: this.lab.runCell };
    attach({
      gate: this.gate,
      executor: this.executor,
      codeCell: this.lab.codeCell,
      coreRunCell: this.lab.runCell,
      executed: this.lab.executed,
      isInstall: source => source.includes(' install '),
      onHeld: item => this.lifecycle.watch(item.context, item.kernel.id),
      warn: (_, error) => {
        throw error;
      }
    });
    this.cells = cells.map(({ raises, text, view }, index) => {
      const name = `c${index}`;
      return {
        view,
        model: { name, raises, text },
        fake: new FakeCell(
          this.write(name, text),
          'code',
          raises ? ['raises-exception'] : undefined
        )
      };
    });
  }

  readonly lab = new Lab();
  readonly kernel = new QueueKernel();
  readonly views = [
    new FakeContext(this.kernel),
    new FakeContext(this.kernel)
  ] as const;
  readonly clock = new FakeClock();
  readonly executor: { runCell: Lab['runCell'] };
  readonly cells: { view: 0 | 1; model: IModelCell; fake: FakeCell }[];
  readonly reference = new Reference();
  readonly gate: Gate<IHeldCell, string> = new Gate({
    barrier: (item, signal) =>
      reachMainShell(item.kernel, signal, 1, new FakeClock()),
    analyse: async (_, { source }) => {
      if (source.includes('breaks')) {
        throw new Error('broken');
      }
      if (source.includes('hangs')) {
        await new Promise(() => undefined);
      }
      return { ask: source.includes('asks'), data: source, key: null };
    },
    deadline: () => DEADLINE,
    clock: this.clock
  });
  readonly commands = {
    commandExecuted: new Signal<unknown, { id: string }>(this)
  };
  readonly lifecycle = new Lifecycle({
    gate: this.gate,
    commands: this.commands,
    contextOf: id => this.views[Number(id.startsWith('console'))].context
  });
  submitted = 0;
  settled = 0;

  step(step: Step): void {
    const { kernel, reference, commands } = this;
    switch (step.do) {
      case 'run':
        this.run(step.view, step.cells);
        break;
      case 'finish':
        kernel.finish();
        reference.finish();
        break;
      case 'interrupt':
        commands.commandExecuted.emit({ id: command(step, 'interrupt') });
        kernel.interrupt();
        reference.interrupt();
        break;
      case 'restart':
        commands.commandExecuted.emit({ id: command(step, 'restart') });
        this.views[step.view].restart();
        reference.restart();
        break;
      case 'timeout':
        this.clock.advance(DEADLINE);
        reference.timeout();
        break;
      case 'decide':
        this.decide(step.index, step.choice);
        break;
      case 'edit': {
        const cell = this.cells[step.cell];
        if (cell) {
          cell.model.text = step.text;
          cell.fake.source = this.write(cell.model.name, step.text);
        }
        break;
      }
      case 'close': {
        const cell = this.cells[step.cell];
        if (cell && !cell.fake.isDisposed) {
          cell.fake.dispose();
          reference.close(cell.model);
        }
        break;
      }
    }
  }

  decide(index: number, choice: 'send' | 'cancel' | 'edit'): void {
    const held = this.gate.held()[index];
    if (held) {
      const { model } = this.cells.find(
        ({ fake }) => fake.cell === held.item.cell
      )!;
      this.gate.decide(
        held.item,
        choice === 'edit'
          ? {
              kind: choice,
              source: this.write(model.name, saferText(model.text))
            }
          : { kind: choice }
      );
    }
    this.reference.decide(index, choice);
  }

  /** "Run selected" in one of the views. */
  run(view: 0 | 1, indexes: number[]): void {
    const own = this.cells.filter(
      cell => cell.view === view && !cell.fake.isDisposed
    );
    const cells =
      indexes.length === 0 || own.length === 0
        ? own
        : indexes.map(index => own[index % own.length]);
    const free = this.reference.held.length === 0;
    const before = this.kernel.sent.filter(one => one !== '|').length;
    const fakes = cells.map(({ fake }) => fake);
    const context = this.views[view];
    if (view === 0) {
      this.follow(this.lab.run(this.executor, context, fakes));
    } else {
      fakes.forEach(({ cell }) =>
        this.follow(
          this.lab.codeCell.execute(cell, context.context as ISessionContext)
        )
      );
    }
    // Nothing held and nothing to install: it has left before anything else can happen.
    const first = cells.findIndex(({ model }) => model.text.install);
    const passed = !free ? 0 : first < 0 ? cells.length : first;
    const after = this.kernel.sent.filter(one => one !== '|').length;
    expect(after - before).toBe(passed);
    cells.forEach(({ model }) => this.reference.submit(model));
  }

  compare(): void {
    expect(this.kernel.log).toEqual(this.reference.log);
    const names = this.gate.held().map(({ item }) => item.read().split(' ')[0]);
    expect(names).toEqual(this.reference.held);
    expect(this.kernel.isRunning).toBe(this.reference.isRunning);
  }

  /** Let everything come to its end. */
  async finish(): Promise<void> {
    for (let i = 0; i < 500; i++) {
      if (!this.kernel.isRunning && this.gate.held().length === 0) {
        break;
      }
      this.step({ do: 'finish' });
      await settle();
      this.decide(0, 'send');
      await settle();
    }
    this.compare();
    expect(this.gate.held()).toEqual([]);
    expect(this.settled).toBe(this.submitted);
    // Every call of the original made one message, and none was made twice.
    const sent = this.kernel.sent.filter(one => one !== '|');
    expect(this.lab.calls).toHaveLength(sent.length);
    expect(this.clock.pending).toBe(0);
    expect(this.gate.holds(this.kernel.id)).toBe(false);
  }

  private follow(promise: Promise<unknown>): void {
    this.submitted++;
    const done = () => void this.settled++;
    promise.then(done, (reason: Error) => {
      expect(reason.message).toMatch(/^Canceled/);
      done();
    });
  }

  /** A new text every time. */
  private write(name: string, { install, judgement, fails }: IText): string {
    const words = [name, install ? 'install' : 'plain', judgement];
    return [...words, fails ? 'fails' : 'works', `v${this._version++}`].join(
      ' '
    );
  }

  private _version = 0;
}

function command({ view }: { view: 0 | 1 }, verb: string): string {
  return `${view === 0 ? 'notebook' : 'console'}:${verb}-kernel`;
}

test('the kernel runs the same cells in the same order as without the gate', async () => {
  const seen = { cells: 0, held: 0 };
  await fc.assert(
    fc.asyncProperty(schedule, async plan => {
      const bench = new Bench(plan);
      for (const one of plan.steps) {
        bench.step(one);
        seen.held += bench.gate.held().length > 0 ? 1 : 0;
        await settle();
        bench.compare();
      }
      await bench.finish();
      seen.cells += bench.kernel.log.length;
    }),
    { numRuns: 1500 }
  );
  // The schedules are not empty ones.
  expect(seen.cells).toBeGreaterThan(3000);
  expect(seen.held).toBeGreaterThan(3000);
}, 120000);
