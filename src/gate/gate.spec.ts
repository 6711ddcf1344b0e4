/** The ten rules of the gate, one by one. */
import { Gate } from './gate';
import { FakeClock, settle } from './jupyter.testing';
import type {
  BarrierAnswer,
  CancelReason,
  IAnalysis,
  IGateItem,
  IGateOptions,
  OpenReason
} from './types';

/** A run whose text is its name; a text with "install" is one. */
class Run implements IGateItem {
  constructor(
    public text: string,
    private readonly _log: string[],
    readonly onSend?: () => void
  ) {}

  reason: CancelReason | null = null;

  isInstall(): boolean {
    return this.text.includes('install');
  }

  read(): string {
    return this.text;
  }

  write(source: string): void {
    this.text = source;
  }

  send(): void {
    // Listeners hear of a run before its message leaves, as in the core.
    try {
      this.onSend?.();
    } finally {
      this._log.push(this.text);
    }
  }

  cancel(reason: CancelReason): void {
    this.reason = reason;
    this._log.push(`-${this.text}`);
  }
}

/** Somebody else's promise, settled by hand. */
interface IAsked<T> {
  readonly run: Run;
  readonly signal: AbortSignal;
  readonly source: string;
  answer(value: T): void;
  fail(error: Error): void;
}

/** A gate with everything around it driven by hand. */
function bench(more: Partial<IGateOptions<Run, string>> = {}) {
  const log: string[] = [];
  const barriers: IAsked<BarrierAnswer>[] = [];
  const analyses: IAsked<IAnalysis<string>>[] = [];
  const opened: [string, OpenReason][] = [];
  const clock = new FakeClock();
  const gate = new Gate<Run, string>({
    barrier: (run, signal) =>
      new Promise((answer, fail) =>
        barriers.push({ run, signal, source: run.text, answer, fail })
      ),
    analyse: (run, { source, signal }) =>
      new Promise((answer, fail) =>
        analyses.push({ run, signal, source, answer, fail })
      ),
    deadline: () => 1000,
    opened: (run, reason) => opened.push([run.text, reason]),
    clock,
    ...more
  });
  const submit = (text: string, kernel = 'k', onSend?: () => void) => {
    const run = new Run(text, log, onSend);
    const verdict = gate.submit(kernel, run);
    if (verdict === 'pass') {
      run.send();
    }
    return run;
  };
  const phases = () => gate.held().map(({ phase }) => phase);
  /** Let the first one reach the question. */
  const ask = async (data = 'risk', key: string | null = null) => {
    barriers[barriers.length - 1].answer({ kind: 'reached', facts: 'facts' });
    await settle();
    analyses[analyses.length - 1].answer({ ask: true, data, key });
    await settle();
    expect(phases()[0]).toBe('asking');
  };
  return {
    gate,
    log,
    barriers,
    analyses,
    opened,
    clock,
    submit,
    phases,
    ask
  };
}

describe('rule 1: nothing held and no install', () => {
  test('passes synchronously and leaves no trace', async () => {
    const { gate, log, submit, barriers } = bench();
    const changes = jest.fn();
    gate.onChange(changes);
    submit('a');
    submit('b');
    expect(log).toEqual(['a', 'b']);
    await settle();
    expect(changes).not.toHaveBeenCalled();
    expect(barriers).toHaveLength(0);
    expect(gate.holds('k')).toBe(false);
  });

  test('of another kernel passes while cells are held', () => {
    const { log, submit } = bench();
    submit('install');
    submit('other', 'k2');
    expect(log).toEqual(['other']);
  });
});

describe('rule 2: anything held', () => {
  test('whatever is run joins the tail', () => {
    const { gate, log, submit, phases, barriers } = bench();
    submit('install');
    submit('a');
    submit('install 2');
    expect(log).toEqual([]);
    expect(phases()).toEqual(['barrier', 'waiting', 'waiting']);
    expect(gate.held().map(({ position }) => position)).toEqual([0, 1, 2]);
    expect(barriers).toHaveLength(1);
  });
});

describe('rule 3: the first one is an install', () => {
  test('it is analysed, asked about and sent; the rest follows at once, in order', async () => {
    const { gate, log, submit, phases, ask, analyses, barriers } = bench();
    const install = submit('install');
    submit('a');
    submit('b');
    submit('install 2');
    submit('c');
    await ask();
    expect(gate.held()[0].analysis).toBe('risk');
    expect(analyses[0].source).toBe('install');
    expect(log).toEqual([]);
    expect(gate.decide(install, { kind: 'send' })).toBe(true);
    // Synchronously, up to the next install, whose barrier stands right behind them.
    expect(log).toEqual(['install', 'a', 'b']);
    expect(phases()).toEqual(['barrier', 'waiting']);
    expect(barriers[1].run.text).toBe('install 2');
  });

  test('one without risk is sent without a question', async () => {
    const { gate, log, submit, barriers, analyses } = bench();
    submit('install');
    submit('a');
    barriers[0].answer({ kind: 'reached' });
    await settle();
    analyses[0].answer({ ask: false, data: '', key: null });
    await settle();
    expect(log).toEqual(['install', 'a']);
    expect(gate.held()).toEqual([]);
    expect(gate.holds('k')).toBe(false);
  });

  test('what is submitted while cells are being sent comes after them', async () => {
    const { gate, log, submit, ask } = bench();
    const install = submit('install', 'k', () => submit('late'));
    submit('a');
    await ask();
    gate.decide(install, { kind: 'send' });
    expect(log).toEqual(['install', 'a', 'late']);
  });

  test('"run without waiting" skips what is left, for the first one and for one behind', async () => {
    const { gate, log, submit, barriers, analyses, opened } = bench();
    const first = submit('install');
    const second = submit('install 2');
    submit('a');
    expect(gate.decide(second, { kind: 'send' })).toBe(true);
    expect(log).toEqual([]);
    gate.decide(first, { kind: 'send' });
    expect(log).toEqual(['install', 'install 2', 'a']);
    expect(barriers[0].signal.aborted).toBe(true);
    barriers[0].answer({ kind: 'reached' });
    await settle();
    expect(analyses).toHaveLength(0);
    expect(opened).toEqual([]);
  });

  test('the safer way replaces the source and runs without another question', async () => {
    const { gate, log, submit, ask, analyses } = bench();
    const install = submit('install');
    await ask();
    expect(
      gate.decide(install, { kind: 'edit', source: 'install safer' })
    ).toBe(true);
    expect(log).toEqual(['install safer']);
    expect(analyses).toHaveLength(1);
  });

  test('the safer way that cannot be written keeps asking', async () => {
    const { gate, log, submit, ask, phases } = bench();
    const install = submit('install');
    install.write = () => {
      throw new Error('read-only');
    };
    await ask();
    expect(
      gate.decide(install, { kind: 'edit', source: 'install safer' })
    ).toBe(false);
    expect(log).toEqual([]);
    expect(phases()).toEqual(['asking']);
  });

  test('"don\'t ask again" sends the same risk without a question, in this kernel only', async () => {
    const { gate, log, submit, ask, barriers, analyses, phases } = bench();
    const install = submit('install');
    await ask('risk', 'torch-swap');
    gate.decide(install, { kind: 'send', remember: true });
    submit('install');
    barriers[1].answer({ kind: 'reached' });
    await settle();
    analyses[1].answer({ ask: true, data: 'risk', key: 'torch-swap' });
    await settle();
    expect(log).toEqual(['install', 'install']);
    submit('install', 'k2');
    await ask('risk', 'torch-swap');
    expect(phases()).toEqual(['asking']);
  });
});

describe('rule 4: an earlier cell failed', () => {
  test('every held cell of the kernel is cancelled', async () => {
    const { gate, log, submit, ask } = bench();
    const install = submit('install');
    submit('a');
    await ask();
    submit('install', 'k2');
    gate.failed('k');
    expect(log).toEqual(['-install', '-a']);
    expect(install.reason).toBe('earlier-error');
    expect(gate.holds('k2')).toBe(true);
  });

  test('the barrier is answered "aborted"', async () => {
    const { gate, log, submit, barriers } = bench();
    submit('install');
    submit('a');
    barriers[0].answer({ kind: 'aborted' });
    await settle();
    expect(log).toEqual(['-install', '-a']);
    expect(gate.holds('k')).toBe(false);
  });

  test('a failure in the same queue leaves the word to the barrier', async () => {
    const { gate, log, submit, barriers, phases } = bench();
    submit('install');
    gate.failed('k', true);
    expect(log).toEqual([]);
    // The failed cell was not the kernel's reason to drop anything.
    barriers[0].answer({ kind: 'reached' });
    await settle();
    expect(phases()).toEqual(['analysing']);
  });

  test('a failure in the same queue counts when the barrier is broken', async () => {
    const { gate, log, submit, barriers } = bench();
    submit('install');
    gate.failed('k', true);
    barriers[0].answer({ kind: 'failed' });
    await settle();
    expect(log).toEqual(['-install']);
  });

  test('a failure counts for the barrier that was waiting, not for a later one', async () => {
    const { gate, log, submit, barriers, ask, opened } = bench();
    const install = submit('install');
    submit('install 2');
    gate.failed('k', true);
    await ask();
    gate.decide(install, { kind: 'send' });
    barriers[1].answer({ kind: 'failed' });
    await settle();
    expect(log).toEqual(['install', 'install 2']);
    expect(opened).toEqual([['install 2', 'barrier']]);
  });

  test('a failure with nothing held changes nothing later', () => {
    const { gate, log, submit, phases } = bench();
    gate.failed('k');
    submit('install');
    expect(log).toEqual([]);
    expect(phases()).toEqual(['barrier']);
  });
});

describe('rule 5: the user cancels', () => {
  test('that cell and everything behind it', async () => {
    const { gate, log, submit, phases } = bench();
    submit('install');
    submit('a');
    const second = submit('install 2');
    submit('b');
    gate.decide(second, { kind: 'cancel' });
    expect(log).toEqual(['-install 2', '-b']);
    expect(phases()).toEqual(['barrier', 'waiting']);
    expect(second.reason).toBe('user');
  });

  test('a decision about a cell that is gone does nothing', async () => {
    const { gate, log, submit, ask } = bench();
    const install = submit('install');
    await ask();
    gate.decide(install, { kind: 'cancel' });
    expect(gate.decide(install, { kind: 'send' })).toBe(false);
    expect(log).toEqual(['-install']);
  });
});

describe('rule 6: the kernel is interrupted, restarted or gone', () => {
  test.each<CancelReason>(['interrupt', 'restart', 'kernel-gone', 'closed'])(
    '%s cancels everything held, and what was under way ends',
    async reason => {
      const { gate, log, submit, barriers, analyses } = bench();
      const install = submit('install');
      submit('a');
      barriers[0].answer({ kind: 'reached' });
      await settle();
      gate.cancel('k', reason);
      expect(log).toEqual(['-install', '-a']);
      expect(install.reason).toBe(reason);
      expect(analyses[0].signal.aborted).toBe(true);
      analyses[0].answer({ ask: false, data: '', key: null });
      await settle();
      expect(log).toEqual(['-install', '-a']);
    }
  );

  test('the barrier was lost in a restart', async () => {
    const { log, submit, barriers } = bench();
    const install = submit('install');
    barriers[0].answer({ kind: 'lost' });
    await settle();
    expect(log).toEqual(['-install']);
    expect(install.reason).toBe('kernel-gone');
  });

  test('a deleted cell takes those behind it along, not those before it', () => {
    const { gate, log, submit, phases } = bench();
    submit('install');
    const deleted = submit('a');
    submit('b');
    gate.withdraw(deleted, 'closed');
    expect(log).toEqual(['-a', '-b']);
    expect(phases()).toEqual(['barrier']);
  });

  test('what is submitted after a restart starts a new queue', async () => {
    const { gate, log, submit, barriers } = bench();
    submit('install');
    gate.cancel('k', 'restart');
    submit('a');
    const again = submit('install 2');
    barriers[0].answer({ kind: 'aborted' });
    await settle();
    expect(log).toEqual(['-install', 'a']);
    expect(again.reason).toBeNull();
  });
});

describe('rule 7: held cells say so', () => {
  test('held cells and their phases are told; every change is told', async () => {
    const { gate, submit, ask, clock } = bench();
    const changes = jest.fn();
    const stop = gate.onChange(changes);
    clock.advance(5);
    const install = submit('install');
    expect(gate.held()).toEqual([
      {
        item: install,
        kernelId: 'k',
        phase: 'barrier',
        since: 5,
        position: 0,
        analysis: null
      }
    ]);
    expect(changes).toHaveBeenCalledTimes(1);
    await ask();
    expect(changes).toHaveBeenCalledTimes(3);
    gate.decide(install, { kind: 'send' });
    expect(changes).toHaveBeenCalledTimes(4);
    stop();
    submit('install');
    expect(changes).toHaveBeenCalledTimes(4);
  });

  test('a listener that throws, or that decides, disturbs nobody', async () => {
    const { gate, log, submit, barriers, analyses } = bench();
    gate.onChange(() => {
      throw new Error('drawing failed');
    });
    gate.onChange(() => {
      const head = gate.held()[0];
      if (head?.phase === 'analysing') {
        gate.decide(head.item, { kind: 'send' });
      }
    });
    submit('install');
    submit('a');
    barriers[0].answer({ kind: 'reached' });
    await settle();
    expect(log).toEqual(['install', 'a']);
    expect(analyses).toHaveLength(0);
  });
});

describe('rule 8: the source is read again', () => {
  test('another install is analysed before it is sent', async () => {
    const { gate, log, submit, ask, analyses, phases } = bench();
    const install = submit('install');
    await ask();
    install.text = 'install other';
    gate.decide(install, { kind: 'send' });
    expect(log).toEqual([]);
    expect(phases()).toEqual(['analysing']);
    expect(analyses[1].source).toBe('install other');
    analyses[1].answer({ ask: false, data: '', key: null });
    await settle();
    expect(log).toEqual(['install other']);
  });

  test('what is no install any more is sent', async () => {
    const { gate, log, submit, ask, barriers } = bench();
    const install = submit('install');
    await ask();
    install.text = 'print()';
    gate.decide(install, { kind: 'send' });
    const second = submit('install');
    second.text = 'print(2)';
    barriers[1].answer({ kind: 'reached' });
    await settle();
    expect(log).toEqual(['print()', 'print(2)']);
  });

  test('a waiting cell that became an install is held, one that was is not', async () => {
    const { gate, log, submit, ask, phases } = bench();
    const install = submit('install');
    const a = submit('a');
    const b = submit('install b');
    b.text = 'b';
    await ask();
    gate.decide(install, { kind: 'send' });
    a.text = 'a';
    expect(log).toEqual(['install', 'a', 'b']);
    const again = submit('install');
    const c = submit('c');
    c.text = 'install c';
    gate.decide(again, { kind: 'send' });
    expect(phases()).toEqual(['barrier']);
  });
});

describe('rule 9: our own trouble never stops a cell', () => {
  test('the deadline passes: it runs, with a note, and a late answer is ignored', async () => {
    const { log, submit, barriers, analyses, opened, clock } = bench();
    submit('install');
    submit('a');
    // The barrier itself has no limit: an earlier cell may take hours.
    clock.advance(1e7);
    expect(log).toEqual([]);
    barriers[0].answer({ kind: 'reached' });
    await settle();
    clock.advance(999);
    expect(log).toEqual([]);
    clock.advance(1);
    expect(log).toEqual(['install', 'a']);
    expect(opened).toEqual([['install', 'deadline']]);
    expect(analyses[0].signal.aborted).toBe(true);
    analyses[0].answer({ ask: true, data: 'risk', key: null });
    await settle();
    expect(log).toEqual(['install', 'a']);
    expect(clock.pending).toBe(0);
  });

  test('the analysis fails', async () => {
    const { log, submit, barriers, analyses, opened, clock } = bench();
    submit('install');
    barriers[0].answer({ kind: 'reached' });
    await settle();
    analyses[0].fail(new Error('ours'));
    await settle();
    expect(log).toEqual(['install']);
    expect(opened).toEqual([['install', 'error']]);
    expect(clock.pending).toBe(0);
  });

  test.each<[string, Partial<IGateOptions<Run, string>>, OpenReason]>([
    [
      'the barrier throws',
      {
        barrier: () => {
          throw new Error('dead');
        }
      },
      'barrier'
    ],
    [
      'the analysis throws at once',
      {
        barrier: async () => ({ kind: 'reached' }),
        analyse: () => {
          throw new Error('ours');
        }
      },
      'error'
    ],
    [
      'the analysis says nothing',
      {
        barrier: async () => ({ kind: 'reached' }),
        analyse: async () => undefined as unknown as IAnalysis<string>
      },
      'error'
    ],
    [
      'the setting cannot be read',
      {
        barrier: async () => ({ kind: 'reached' }),
        deadline: () => {
          throw new Error('ours');
        }
      },
      'error'
    ]
  ])('%s', async (_, options, reason) => {
    const { log, submit, opened, gate } = bench(options);
    submit('install');
    submit('a');
    await settle();
    expect(log).toEqual(['install', 'a']);
    expect(opened).toEqual([['install', reason]]);
    expect(gate.holds('k')).toBe(false);
  });

  test('recognising throws: the cell passes', () => {
    const { gate, log, opened } = bench();
    const run = new Run('install', log);
    run.isInstall = () => {
      throw new Error('ours');
    };
    expect(gate.submit('k', run)).toBe('pass');
    expect(opened).toEqual([['install', 'error']]);
  });

  test('a cell that throws when it is sent does not hold up the others', async () => {
    const { gate, log, submit, ask } = bench();
    const install = submit('install', 'k', () => {
      throw new Error('core');
    });
    submit('a');
    await ask();
    gate.decide(install, { kind: 'send' });
    expect(log).toEqual(['install', 'a']);
  });

  test('a note that cancels and runs again starts a new queue', async () => {
    const { gate, log, submit, barriers } = bench({
      opened: () => {
        gate.cancel('k', 'user');
        submit('install again');
      }
    });
    submit('install');
    barriers[0].answer({ kind: 'failed' });
    await settle();
    expect(log).toEqual(['-install']);
    expect(gate.held().map(({ item }) => item.text)).toEqual(['install again']);
    expect(gate.holds('k')).toBe(true);
  });

  test('a gate that is disposed lets everything run, in order, and holds no more', async () => {
    const { gate, log, submit } = bench();
    submit('install', 'k', () => submit('install late'));
    submit('install 2');
    gate.dispose();
    submit('install 3');
    expect(log).toEqual(['install', 'install 2', 'install late', 'install 3']);
    expect(gate.held()).toEqual([]);
  });
});

describe('rule 10: two views of one kernel', () => {
  test('are one queue', async () => {
    // Both views submit with the id of the kernel; there is nothing else to tell them apart.
    const { gate, log, submit, ask } = bench();
    const install = submit('install in the notebook', 'k');
    submit('a in the console', 'k');
    submit('b in the notebook', 'k');
    await ask();
    gate.decide(install, { kind: 'send' });
    expect(log).toEqual([
      'install in the notebook',
      'a in the console',
      'b in the notebook'
    ]);
  });
});
