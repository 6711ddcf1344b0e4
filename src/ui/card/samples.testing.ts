/** States of a card for tests. */
import type {
  IAfter,
  IAsking,
  ICardActions,
  IChangeRow,
  IDone,
  IWorking
} from '../../guard/types';
import type { IChange } from '../../history/types';
import type { IRisk, RiskSeverity } from '../../rules/install/types';
import { text } from '../../text/text';
import type { TranslationBundle } from '@jupyterlab/translation';

/** Templates filled in, nothing translated. */
export const trans = {
  __: fill,
  gettext: fill,
  _n: (one: string, many: string, n: number, ...args: unknown[]) =>
    fill(n === 1 ? one : many, n, ...args)
} as unknown as TranslationBundle;

function fill(template: string, ...args: unknown[]): string {
  return template.replace(/%(\d)/g, (_, n) => String(args[Number(n) - 1]));
}

/** Actions that remember their calls. */
export function spies(): jest.Mocked<ICardActions> {
  return {
    runNow: jest.fn(),
    waitLonger: jest.fn(),
    anyway: jest.fn(),
    safer: jest.fn(),
    cancel: jest.fn(),
    copy: jest.fn<Promise<void>, [string]>(() => Promise.resolve()),
    openRule: jest.fn(),
    fetchUv: jest.fn(async () => true),
    check: jest.fn(),
    undo: jest.fn(),
    restart: jest.fn(),
    openHistory: jest.fn(),
    dismiss: jest.fn()
  };
}

/** A risk. */
export function risk(
  rule: string,
  severity: RiskSeverity,
  more: Partial<IRisk> = {}
): IRisk {
  return {
    rule,
    code: 'P00',
    message: 'm',
    severity,
    title: text('title of %1', rule),
    why: text('why of %1', rule),
    subject: null,
    about: [],
    evidence: [],
    symptoms: [],
    ...more
  };
}

/** A row. */
export function row(name: string, more: Partial<IChangeRow> = {}): IChangeRow {
  return {
    name,
    from: '1.0',
    to: '2.0',
    owner: 'pip',
    becauseOf: [],
    asked: false,
    harmful: false,
    detail: null,
    ...more
  };
}

/** The guard resolves. */
export function working(more: Partial<IWorking> = {}): IWorking {
  return {
    kind: 'working',
    activity: 'resolving',
    since: Date.now(),
    until: null,
    canFetchUv: false,
    ...more
  };
}

/** A question with a safer way. */
export function asking(more: Partial<IAsking> = {}): IAsking {
  return {
    kind: 'asking',
    verdict: 'block',
    title: text('title of %1', 'worst'),
    risks: [risk('worst', 'block'), risk('other', 'warn')],
    notes: [],
    rows: [row('torch', { harmful: true }), row('regex')],
    bytes: 2_900_000_000,
    planner: 'uv 0.13.9',
    unplanned: null,
    seconds: 1.94,
    checkedAt: Date.UTC(2026, 10, 21, 12),
    safer: {
      kind: 'found',
      command: '%pip install torch==2.5.1',
      why: text('It keeps TensorFlow.'),
      resolvedBy: 'uv 0.13.9',
      seconds: 1.2,
      caution: null,
      applicable: true
    },
    rules: [
      { id: 'worst', title: text('the worst') },
      { id: 'other', title: text('the other') }
    ],
    canFetchUv: false,
    ...more
  };
}

/** The end. */
export function after(more: Partial<IAfter> = {}): IAfter {
  return {
    kind: 'after',
    tone: 'ok',
    title: text('As planned'),
    text: null,
    detail: '',
    canCheck: false,
    canFetchUv: false,
    ...more
  };
}

/** A package that an install changed. */
export function changed(name: string, more: Partial<IChange> = {}): IChange {
  return {
    name,
    from: '1.0',
    to: '2.0',
    ownerFrom: 'pip',
    ownerTo: 'pip',
    ...more
  };
}

/** The end of an install that ran as planned. */
export function done(
  more: Partial<IDone> = {},
  rest: Partial<IAfter> = {}
): IAfter {
  return after({
    title: text('%1 %2 was added.', 'tqdm', '4.67.1'),
    text: text('As planned.'),
    done: {
      changed: [changed('tqdm', { from: null, to: '4.67.1', ownerFrom: null })],
      differences: [],
      news: [],
      restart: [],
      undo: 'possible',
      ...more
    },
    ...rest
  });
}
