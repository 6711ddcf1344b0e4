/** The examination of one held cell in its kernel: time limit, progress, what was answered before. */
import type { Kernel } from '@jupyterlab/services';
import { runPlan } from '../kernel/plan';
import { lookUpNames } from '../kernel/names';
import { runProbe, within, type RunOutcome } from '../kernel/run';
import type { Verdict } from '../plan/types';
import type { IRule } from '../rules/types';
import { text, type IText } from '../text/text';
import type { IExamined, IExamineOptions, IPorts, IUnplanned } from './examine';
import type { ISaferWay } from './safer';
import type { IGuardSettings, Threshold } from './settings';
import type { Activity, IAfter, IAsking, IWorking } from './types';

/** Milliseconds for which an answer of the kernel is awaited that needs no resolver. */
const READING = 30_000;

/** Milliseconds for which a safer way is looked for. */
const SEARCH = 60_000;

/** What was answered in this kernel. */
export interface IAnswers {
  /** Rules that are not asked about again. */
  readonly rules: Set<string>;
  /** Questions that were answered with "Install anyway". */
  readonly questions: Set<string>;
}

/** What an examination needs. */
export interface IExaminerOptions {
  readonly core: typeof import('../kernel/core');
  readonly kernel: Kernel.IKernelConnection;
  /** The probe, when it is under way already; see `readAhead`. */
  readonly reading: Promise<RunOutcome> | null;
  /** The cell. */
  readonly source: string;
  /** Aborted when nobody waits any more. */
  readonly signal: AbortSignal;
  readonly settings: IGuardSettings;
  /** Seconds after which a resolver ends by itself. */
  readonly limit: number;
  readonly extraRules: readonly IRule[];
  readonly memory: IAnswers;
  onWorking(state: IWorking): void;
}

/** What to do with the cell. */
export type Outcome =
  | { readonly kind: 'silent' }
  /** It runs, with a note. */
  | { readonly kind: 'unchecked'; readonly after: IAfter }
  | { readonly kind: 'asking'; readonly state: IAsking };

const RANK: Readonly<Record<Verdict, number>> = { ok: 0, warn: 1, block: 2 };
const FROM: Readonly<Record<Threshold, number>> = {
  block: 2,
  warn: 1,
  everything: 0
};

/** Why a resolver did not answer although it should have: worth a note. */
const TROUBLE: ReadonlySet<IUnplanned['kind']> = new Set<IUnplanned['kind']>([
  'network',
  'timeout',
  'deadline',
  'credentials',
  'no-planner',
  'crash',
  'failure',
  'other'
]);

/** Send the probe although earlier cells still run: its answer comes right behind theirs. Never rejects. */
export function readAhead(
  kernel: Kernel.IKernelConnection,
  core: typeof import('../kernel/core'),
  signal: AbortSignal
): Promise<RunOutcome> {
  const source = core.PROBE_SOURCE;
  return runProbe(kernel, { source, timeout: Infinity, signal });
}

/** Examines a cell, once or, with a new resolver, again. */
export class Examiner {
  constructor(private readonly _options: IExaminerOptions) {
    this.signal = _options.signal;
    this._reading = _options.reading;
    this.signal.addEventListener('abort', () => this._attempt?.abort());
  }

  readonly signal: AbortSignal;

  /** What is going on; null before and after. */
  get working(): IWorking | null {
    return this._working;
  }

  /** The cell with the safer way in it; null as long as there is none. */
  get saferSource(): string | null {
    return this._safer?.source ?? null;
  }

  /** What was found out; null as long as nothing is. */
  get examined(): IExamined | null {
    return this._examined;
  }

  /** The same for the safer way. */
  get saferExamined(): IExamined | null {
    const { _examined: examined, _safer: safer } = this;
    return examined && safer
      ? { ...examined, plan: safer.plan, unplanned: null, problem: null }
      : null;
  }

  /** Give it as much time again as the settings say. */
  waitLonger(): void {
    if (this._working?.until) {
      this._setLimit(this._working.until);
      this._tell({ until: this._until });
    }
  }

  /** Start anew: there is another resolver now. */
  again(): void {
    this._isAgain = true;
    this._attempt?.abort();
  }

  /** Read, resolve, judge. */
  async run(): Promise<Outcome> {
    const { core, source, settings } = this._options;
    for (;;) {
      this._isAgain = false;
      this._attempt = new AbortController();
      this._setLimit(Date.now());
      this._working = null;
      this._tell({ activity: 'reading' });
      const result = await core
        .examine(source, this._ports(), this._how())
        .finally(() => clearTimeout(this._timer));
      if (this._isAgain && !this.signal.aborted) {
        continue;
      }
      this._working = null;
      switch (result.kind) {
        case 'nothing':
          return { kind: 'silent' };
        case 'cancelled':
          return unchecked(
            text(
              'The kernel did not answer within %1 s.',
              String(settings.deadline)
            )
          );
        case 'failure':
          return unchecked(result.failure.message, result.failure.detail);
        case 'examined':
          return this._decide(result.value);
      }
    }
  }

  /** Look for a safer way; `show` is called when the card changes. */
  async safer(show: (state: IAsking) => void): Promise<void> {
    const examined = this._examined;
    const state = this._state;
    if (!examined || !state || !this._options.core.maySearch(examined)) {
      return;
    }
    const attempt = (this._attempt = new AbortController());
    const limit = setTimeout(() => attempt.abort(), SEARCH);
    this._safer = null;
    const update = (this._show = (safer: IAsking['safer']) => {
      if (this._state === state) {
        show({ ...state, safer });
      }
    });
    const { core, source } = this._options;
    update({ kind: 'looking', since: Date.now() });
    try {
      this._safer = await core.findSafer(
        source,
        examined,
        this._ports(),
        { ...this._how(), onActivity: undefined },
        Date.now()
      );
    } finally {
      clearTimeout(limit);
      update(this._safer?.state ?? { kind: 'none' });
    }
  }

  /** The cell could not be changed, such as in a notebook that is read-only: then the command can only be copied. */
  cannotApply(): void {
    if (this._safer) {
      const state = { ...this._safer.state, applicable: false };
      this._safer = { ...this._safer, state, source: null };
      this._show?.(state);
    }
  }

  /** "Install anyway": the same question is not asked twice, and nothing about these rules. */
  remember(quiet: readonly string[]): void {
    const { memory, core } = this._options;
    if (this._examined) {
      memory.questions.add(questionOf(this._examined));
      core
        .withSymptoms(this._examined, quiet)
        .forEach(rule => memory.rules.add(rule));
    }
  }

  private _decide(examined: IExamined): Outcome {
    const { settings, memory, core } = this._options;
    const { judgement, unplanned } = examined;
    const { verdict, rows } = judgement;
    const changes = verdict !== 'ok' || rows.some(one => one.from !== one.to);
    this._examined = examined;
    if (
      RANK[verdict] >= FROM[settings.threshold] &&
      changes &&
      !memory.questions.has(questionOf(examined))
    ) {
      this._state = core.askingCard(examined, Date.now());
      return { kind: 'asking', state: this._state };
    }
    return unplanned && TROUBLE.has(unplanned.kind)
      ? unchecked(
          core.unplannedText(unplanned),
          unplanned.text,
          unplanned.kind === 'no-planner'
        )
      : { kind: 'silent' };
  }

  private _ports(): IPorts {
    const { core, kernel } = this._options;
    const { signal } = this._attempt ?? this._options;
    return {
      facts: async () => {
        const outcome = await within(
          READING,
          signal,
          this._reading ?? readAhead(kernel, core, signal)
        );
        this._reading = null;
        return outcome.kind === 'answer'
          ? core.readAnswer(outcome.value)
          : outcome.kind === 'failure'
            ? outcome
            : null;
      },
      names: async names => {
        const source = core.NAMES_SOURCE;
        const found = await lookUpNames(kernel, { source, names, signal });
        return (
          found && {
            names: { ...found.environ, ...found.names },
            automagic: found.automagic ?? undefined
          }
        );
      },
      plan: (request, onProgress) =>
        runPlan(kernel, {
          source: `${core.BACKGROUND_SOURCE}\n${core.PLAN_SOURCE}`,
          request,
          signal,
          onProgress
        })
    };
  }

  private _how(): IExamineOptions {
    const { core, settings, limit, memory, extraRules } = this._options;
    return {
      settings,
      limit,
      judging: core.judging(extraRules, memory.rules, settings.protectedNames),
      onActivity: activity => this._tell({ activity })
    };
  }

  private _setLimit(from: number): void {
    this._until = from + this._options.settings.deadline * 1000;
    clearTimeout(this._timer);
    this._timer = setTimeout(
      () => this._attempt?.abort(),
      this._until - Date.now()
    );
  }

  private _tell(change: { activity?: Activity; until?: number }): void {
    const activity = change.activity ?? this._working?.activity ?? 'reading';
    this._working = {
      kind: 'working',
      activity,
      since:
        this._working?.activity === activity ? this._working.since : Date.now(),
      until: this._until,
      canFetchUv:
        activity === 'pip' && this._options.settings.planner === 'auto'
    };
    this._options.onWorking(this._working);
  }

  private _reading: Promise<RunOutcome> | null;
  private _attempt: AbortController | null = null;
  private _isAgain = false;
  private _until = 0;
  private _timer: ReturnType<typeof setTimeout> | undefined;
  private _working: IWorking | null = null;
  private _examined: IExamined | null = null;
  private _state: IAsking | null = null;
  private _safer: ISaferWay | null = null;
  private _show: ((safer: IAsking['safer']) => void) | null = null;
}

/** Names a question, without anything secret. */
function questionOf({ judgement, requests }: IExamined): string {
  return JSON.stringify([
    requests.map(one => [one.tool, one.action, one.packages]),
    judgement.risks.map(one => [one.rule, one.message, one.about])
  ]);
}

function unchecked(reason: IText, detail = '', canFetchUv = false): Outcome {
  return {
    kind: 'unchecked',
    after: {
      kind: 'after',
      tone: 'info',
      title: text('This install runs unchecked.'),
      text: reason,
      detail,
      canCheck: false,
      canFetchUv
    }
  };
}
