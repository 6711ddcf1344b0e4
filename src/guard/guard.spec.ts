/** The guard between gate and card: what is asked, remembered, and done about each decision. */
import type { CodeCell } from '@jupyterlab/cells';
import type { Kernel } from '@jupyterlab/services';
import { dist, facts } from '../facts/build';
import type { CancelReason } from '../gate/types';
import type { IHeldCell } from '../gate/item';
import { judge } from '../judge/judge';
import { FakeKernel, settle } from '../kernel/fake.testing';
import { plan, request, row } from '../plan/build';
import type { IPlan } from '../plan/types';
import { text } from '../text/text';
import type { IInstall, Saving } from './aftermath';
import { askingCard, unplannedText, withSymptoms } from './card';
import type {
  Examination,
  IExamined,
  IExamineOptions,
  IPorts
} from './examine';
import { Examiner, readAhead } from './examiner';
import { Guard } from './guard';
import type { CardModel } from './model';
import { DEFAULT_SETTINGS, type IGuardSettings } from './settings';
import type { IAfter } from './types';

const FACTS = facts({
  packages: [
    dist('numpy', '1.26.4', { manager: 'pip' }),
    dist('pandas', '2.1.4', { manager: 'pip', requires: ['numpy<2'] })
  ]
});
const HARM = plan([row('cv', null, '5'), row('numpy', '1.26.4', '2.4.6')]);
const GOOD = plan([row('cv', null, '4')]);

function examined(
  answer: IPlan | null,
  unplanned: IExamined['unplanned'] = null
): Examination {
  const requests = [request(['cv'])];
  return {
    kind: 'examined',
    value: {
      facts: FACTS,
      requests,
      judgement: judge({ facts: FACTS, requests, plan: answer }),
      plan: answer,
      unplanned,
      problem: null,
      notes: []
    }
  };
}

/** A held cell that notes what becomes of it. */
class Item implements IHeldCell {
  constructor(
    readonly kernel: Kernel.IKernelConnection,
    public source = '%pip install cv',
    readonly cell = { isDisposed: false } as CodeCell
  ) {}

  private _resolve: (value: unknown) => void = () => undefined;
  readonly context = {} as IHeldCell['context'];
  readonly result = new Promise(resolve => (this._resolve = resolve));
  readonly log: string[] = [];
  cancelled = false;

  earlier = () => null;
  isInstall = () => this.source.includes('install');
  read = () => this.source;
  write(source: string): void {
    this.source = source;
  }
  send(): void {
    this.log.push(`ran ${this.source}`);
  }
  cancel(reason: CancelReason): void {
    this.cancelled = true;
    this.log.push(`cancelled: ${reason}`);
    this._resolve(null);
  }
  end(): void {
    this._resolve(null);
  }
}

/** The kernel has finished every earlier cell. */
function reach(kernel: FakeKernel): void {
  for (const { future } of kernel.requests.splice(0)) {
    const { onReply } = future as unknown as {
      onReply?(message: unknown): void;
    };
    // The probe behind the barrier has no such listener.
    onReply?.({ content: { status: 'ok' } });
  }
}

interface ICall {
  readonly ports: IPorts;
  readonly how: IExamineOptions;
}

function setUp(
  answer: Examination | ((call: ICall) => Examination | Promise<Examination>),
  settings: Partial<IGuardSettings> = {},
  safer: { source: string } | null = null
) {
  const kernel = new FakeKernel();
  const models = new Map<CodeCell, CardModel>();
  const calls: ICall[] = [];
  const core = {
    examine: async (source: string, ports: IPorts, how: IExamineOptions) => {
      const call = { ports, how };
      calls.push(call);
      return typeof answer === 'function' ? answer(call) : answer;
    },
    findSafer: async () =>
      safer && {
        source: safer.source,
        plan: GOOD,
        state: {
          kind: 'found' as const,
          command: safer.source,
          why: text('It keeps numpy.'),
          resolvedBy: 'uv 0.13.9',
          seconds: 1,
          caution: null,
          applicable: true
        }
      },
    fetchUv: async () => ({ ok: true, version: '0.13.9' }),
    maySearch: () => true,
    judging: (_: unknown, ignored: ReadonlySet<string>) => ({ ignored }),
    askingCard,
    unplannedText,
    withSymptoms,
    Examiner,
    readAhead,
    readAnswer: () => ({ facts: FACTS }),
    PROBE_SOURCE: '',
    BACKGROUND_SOURCE: '',
    PLAN_SOURCE: '',
    FETCH_UV_SOURCE: ''
  };
  const check = jest.fn();
  const release = jest.fn();
  const ended: IInstall[] = [];
  const saving = {
    id: 'b',
    ready: Promise.resolve(true),
    started: Promise.resolve(),
    settled: async () => undefined,
    start: jest.fn(async () => undefined),
    drop: jest.fn(async () => undefined)
  };
  const after: IAfter = {
    kind: 'after',
    tone: 'ok',
    title: text('cv 4 was added.'),
    text: null,
    detail: '',
    canCheck: false,
    canFetchUv: false,
    done: {
      changed: [
        { name: 'cv', from: null, to: '4', ownerFrom: null, ownerTo: 'pip' }
      ],
      differences: [],
      news: [],
      restart: [],
      undo: 'possible'
    }
  };
  const guard = new Guard({
    settings: () => ({ ...DEFAULT_SETTINGS, ...settings }),
    loadCore: async () => core as unknown as typeof import('../kernel/core'),
    extraRules: () => [],
    show: (cell, model) => void models.set(cell, model),
    copy: async () => undefined,
    openRule: () => undefined,
    check,
    aftermath: {
      save: () => saving as unknown as Saving,
      claim: () => release,
      last: { entry: 'e', environment: '/env' },
      ended: async install => {
        ended.push(install);
        return after;
      },
      undo: async () => ({ phase: 'done', text: text('Undone.'), restart: [] })
    },
    pathOf: () => null,
    restart: () => undefined,
    openHistory: () => undefined
  });
  const submit = async (item = new Item(kernel as never)) => {
    const outcome = guard.gate.submit(kernel.id, item);
    // The barrier.
    reach(kernel);
    await settle();
    return { item, outcome, model: models.get(item.cell) };
  };
  return {
    guard,
    kernel,
    submit,
    calls,
    models,
    check,
    ended,
    saving,
    release
  };
}

it('runs what does no harm, without a word', async () => {
  const { submit } = setUp(examined(GOOD));
  const { item, model } = await submit();
  expect(item.log).toEqual(['ran %pip install cv']);
  expect(model?.state).toBeNull();
});

it('asks about harm, runs it on demand, and does not ask the same again', async () => {
  const { submit, guard, saving, release } = setUp(examined(HARM));
  const first = await submit();
  expect(first.item.log).toEqual([]);
  expect(first.model?.state).toMatchObject({
    kind: 'asking',
    verdict: 'block'
  });
  expect(guard.asking).toEqual([first.item]);
  first.model?.actions.anyway([]);
  await settle();
  expect(first.item.log).toEqual(['ran %pip install cv']);
  expect(first.model?.state).toBeNull();
  first.item.end();
  await settle();
  expect(first.model?.state).toMatchObject({
    kind: 'after',
    done: { undo: 'possible' }
  });
  expect([saving.start, release].map(one => one.mock.calls.length)).toEqual([
    1, 1
  ]);
  first.model?.actions.undo();
  await settle();
  expect(first.model?.state).toMatchObject({
    done: { undo: { phase: 'done' } }
  });
  expect((await submit()).item.log).toEqual(['ran %pip install cv']);
  expect(guard.asking).toEqual([]);
});

it('tells what a harmless install did once it has run, and looks after nothing that changes nothing', async () => {
  const { submit, ended, release } = setUp(examined(GOOD));
  const { item, model } = await submit();
  expect([item.log, ended, model?.state]).toEqual([
    ['ran %pip install cv'],
    [],
    null
  ]);
  item.end();
  await settle();
  expect(ended).toHaveLength(1);
  expect(release).toHaveBeenCalledTimes(1);
  expect(model?.state).toMatchObject({ kind: 'after', tone: 'ok' });
  const satisfied = setUp(examined(plan([])));
  const other = await satisfied.submit();
  other.item.end();
  await settle();
  expect([other.item.log.length, satisfied.ended]).toEqual([1, []]);
});

it('drops the backup of what is cancelled', async () => {
  const { submit, saving, ended } = setUp(examined(HARM));
  const { model } = await submit();
  model?.actions.cancel();
  await settle();
  expect(saving.drop).toHaveBeenCalledTimes(1);
  expect(ended).toEqual([]);
});

it('sends the probe right behind the barrier, once our code is loaded', async () => {
  const seen: unknown[] = [];
  const { guard, kernel } = setUp(async ({ ports }) => {
    seen.push(await ports.facts());
    return examined(GOOD);
  });
  const first = new Item(kernel as never);
  guard.gate.submit(kernel.id, first);
  expect(kernel.requests).toHaveLength(1);
  reach(kernel);
  await settle();
  expect(kernel.requests).toHaveLength(1);
  kernel.requests.splice(0)[0].answer();
  await settle();
  first.end();
  const second = new Item(kernel as never);
  guard.gate.submit(kernel.id, second);
  await settle();
  const [barrier, probe] = kernel.requests;
  probe.answer();
  reach({ requests: [barrier] } as never);
  await settle();
  expect(second.log).toEqual(['ran %pip install cv']);
  expect(seen).toEqual([{ facts: expect.anything() }, seen[0]]);
  expect(kernel.requests).toHaveLength(2);
});

it('asks again after a cancel, and says that nothing ran', async () => {
  const { submit, guard, kernel, models } = setUp(examined(HARM));
  const { item, model } = await submit();
  const behind = new Item(kernel as never, 'x = 1');
  expect(guard.gate.submit(kernel.id, behind)).toBe('held');
  model?.actions.cancel();
  expect([item.log, behind.log]).toEqual([
    ['cancelled: user'],
    ['cancelled: user']
  ]);
  expect(model?.state?.kind).toBe('after');
  expect(models.get(behind.cell)?.state?.kind).toBe('after');
  guard.started(item.cell);
  expect(model?.state).toBeNull();
  expect((await submit()).model?.state?.kind).toBe('asking');
});

it('puts the safer way into the cell and runs that', async () => {
  const { submit } = setUp(
    examined(HARM),
    {},
    { source: '%pip install cv==4' }
  );
  const { item, model } = await submit();
  expect(model?.state).toMatchObject({
    safer: { kind: 'found', command: '%pip install cv==4' }
  });
  model?.actions.safer();
  await settle();
  expect(item.log).toEqual(['ran %pip install cv==4']);
});

it('only lets the safer way be copied where the cell cannot be changed', async () => {
  const { submit } = setUp(
    examined(HARM),
    {},
    { source: '%pip install cv==4' }
  );
  const { item, model } = await submit();
  item.write = () => undefined;
  model?.actions.safer();
  await settle();
  expect(item.log).toEqual([]);
  expect(model?.state).toMatchObject({ safer: { applicable: false } });
  model?.actions.anyway([]);
  await settle();
  expect(item.log).toEqual(['ran %pip install cv']);
});

it('does nothing for a safer way that is not there', async () => {
  const { submit } = setUp(examined(HARM));
  const { item, model } = await submit();
  expect(model?.state).toMatchObject({ safer: { kind: 'none' } });
  model?.actions.safer();
  await settle();
  expect(item.log).toEqual([]);
});

it('remembers rules that are not asked about, for this kernel', async () => {
  const { submit, calls } = setUp(examined(HARM));
  const { model } = await submit();
  expect([...(calls[0].how.judging.ignored ?? [])]).toEqual([]);
  model?.actions.anyway(['abi-swap']);
  await settle();
  await submit();
  // What the rule explained would come forward without it.
  const ignored = [...(calls[1].how.judging.ignored ?? [])];
  expect(ignored).toContain('abi-swap');
  expect(ignored).toContain('breaks-dependant');
});

it('asks from the threshold on', async () => {
  expect(
    (await setUp(examined(GOOD), { threshold: 'everything' }).submit()).model
      ?.state
  ).toMatchObject({
    kind: 'asking',
    verdict: 'ok'
  });
  const nothing = setUp(examined(plan([])), { threshold: 'everything' });
  expect((await nothing.submit()).item.log).toHaveLength(1);
  const warn = examined(
    plan([row('cv', null, '5'), row('pandas', '2.1.4', '2.1.3')])
  );
  const kinds = await Promise.all(
    (['warn', 'block'] as const).map(
      async threshold =>
        (await setUp(warn, { threshold }).submit()).item.log.length
    )
  );
  expect(kinds[0]).toBe(0);
});

it('lets the cell run, with a note, when nobody could be asked', async () => {
  const { submit } = setUp(
    examined(null, { kind: 'network', text: 'no route' })
  );
  const { item, model } = await submit();
  expect(item.log).toHaveLength(1);
  expect(model?.state).toMatchObject({
    kind: 'after',
    tone: 'info',
    detail: 'no route'
  });
});

it('lets the cell run when we fail', async () => {
  const { submit } = setUp(() => {
    throw new Error('a fault of ours');
  });
  const { item, model } = await submit();
  expect(item.log).toHaveLength(1);
  expect(model?.state).toMatchObject({
    kind: 'after',
    tone: 'warning',
    detail: 'Error: a fault of ours'
  });
});

it('lets the cell run when the environment cannot be read', async () => {
  const { submit } = setUp({
    kind: 'failure',
    failure: { kind: 'invalid', message: text('Odd.'), detail: 'why' }
  });
  const { item, model } = await submit();
  expect(item.log).toHaveLength(1);
  expect(model?.state).toMatchObject({ kind: 'after', detail: 'why' });
});

describe('time', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  function slow() {
    let aborted = 0;
    const done: ((value: Examination) => void)[] = [];
    const set = setUp(
      ({ how }) =>
        new Promise<Examination>(resolve => {
          how.onActivity?.('resolving');
          done.push(resolve);
        })
    );
    return { ...set, done, aborted: () => aborted++ };
  }

  async function start(set: ReturnType<typeof slow>) {
    const item = new Item(set.kernel as never);
    set.guard.gate.submit(set.kernel.id, item);
    reach(set.kernel);
    await jest.advanceTimersByTimeAsync(0);
    return { item, model: set.models.get(item.cell) };
  }

  it('shows what it does only after a second', async () => {
    const set = slow();
    const { model } = await start(set);
    await jest.advanceTimersByTimeAsync(900);
    expect(model?.state).toBeNull();
    await jest.advanceTimersByTimeAsync(200);
    expect(model?.state).toMatchObject({
      kind: 'working',
      activity: 'resolving'
    });
    set.done[0](examined(GOOD));
    await jest.advanceTimersByTimeAsync(0);
    expect(model?.state).toBeNull();
  });

  it('runs without waiting, and stops what it started', async () => {
    const set = slow();
    const { item, model } = await start(set);
    const [{ ports }] = set.calls;
    const planning = ports.plan(
      {
        tool: 'pip',
        action: 'install',
        args: ['cv'],
        cwd: '.',
        deadline: 5,
        planner: 'auto',
        constraints: [],
        uv_paths: [],
        uv_cache: null
      },
      () => undefined
    );
    const before = set.kernel.requests.length;
    model?.actions.runNow();
    // The resolver is told to stop before the cell is sent.
    expect(set.kernel.requests.length).toBe(before + 1);
    expect(item.log).toHaveLength(1);
    expect(await planning).toEqual({ kind: 'cancelled' });
  });

  it('stops the resolver at the time limit, later when asked to wait', async () => {
    const set = slow();
    const { model } = await start(set);
    const stopped = jest.fn();
    void set.calls[0].ports
      .plan(
        {
          tool: 'pip',
          action: 'install',
          args: ['cv'],
          cwd: '.',
          deadline: 99,
          planner: 'auto',
          constraints: [],
          uv_paths: [],
          uv_cache: null
        },
        () => undefined
      )
      .then(({ kind }) => stopped(kind));
    await jest.advanceTimersByTimeAsync(9000);
    model?.actions.waitLonger();
    await jest.advanceTimersByTimeAsync(10_000);
    expect(stopped).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(1000);
    expect(stopped).toHaveBeenCalledWith('cancelled');
  });
});

it('judges anew with the uv that was fetched', async () => {
  let count = 0;
  const { submit } = setUp(() => examined(count++ === 0 ? HARM : GOOD));
  const { item, model } = await submit();
  expect(model?.state?.kind).toBe('asking');
  expect(await model?.actions.fetchUv()).toBe(true);
  await settle();
  expect(item.log).toHaveLength(1);
});

it('cancels everything when the page goes', async () => {
  const { submit, guard } = setUp(examined(HARM));
  const { item } = await submit();
  guard.cancelAll();
  expect(item.log).toEqual(['cancelled: closed']);
});
