/**
 * The guard: holds installs at the gate, has them examined, keeps the state of their cards, and carries out what is decided.
 * Knows kernels and cells of JupyterLab, but not where cards are shown.
 */
import type { CodeCell } from '@jupyterlab/cells';
import type { Kernel } from '@jupyterlab/services';
import { reachMainShell } from '../gate/barrier';
import { Gate } from '../gate/gate';
import type { IHeldCell } from '../gate/item';
import type {
  BarrierAnswer,
  IAnalysis,
  IQuestion,
  OpenReason
} from '../gate/types';
import type { RunOutcome } from '../kernel/run';
import type { IRule } from '../rules/types';
import { text } from '../text/text';
import { Examiner, readAhead } from './examiner';
import { CardModel } from './model';
import type { IGuardSettings } from './settings';
import type { IAfter, ICardActions } from './types';

/** What is shown at once would flicker: most installs are judged in less time. Milliseconds. */
const SHOW_AFTER = 1000;

/** Seconds beyond the time limit of the settings for which a resolver goes on when the user waits longer. */
const EXTRA = 120;

/** What the guard needs of the page. */
export interface IGuardOptions {
  settings(): IGuardSettings;
  loadCore(): Promise<typeof import('../kernel/core')>;
  /** Environment rules of other extensions. */
  extraRules(): readonly IRule[];
  /** A cell has a card from now on. */
  show(cell: CodeCell, model: CardModel): void;
  copy(text: string): Promise<void>;
  openRule(rule: string): void;
  /** Show the panel and check the kernel in front. */
  check(): void;
}

/** A card and what stands behind it. */
interface ICard {
  readonly model: CardModel;
  readonly item: IHeldCell;
  examiner: Examiner | null;
}

/** Holds, examines, asks. */
export class Guard {
  constructor(private readonly _options: IGuardOptions) {
    this.gate = new Gate<IHeldCell, null>({
      barrier: (item, signal) => {
        this._prepare(item);
        return this._reach(item, signal);
      },
      analyse: (item, question) => this._analyse(item, question),
      // Our own time limit comes first; this one is for a fault of ours.
      deadline: () => (_options.settings().deadline + EXTRA + 30) * 1000,
      opened: (item, reason, error) => this._opened(item, reason, error)
    });
    this.gate.onChange(() => this._sweep());
  }

  readonly gate: Gate<IHeldCell, null>;

  /** Cells that wait for a decision. */
  get asking(): IHeldCell[] {
    return this.gate
      .held()
      .filter(one => one.phase === 'asking')
      .map(one => one.item);
  }

  /** Nothing that is held runs any more. */
  cancelAll(): void {
    new Set(this.gate.held().map(one => one.kernelId)).forEach(kernelId =>
      this.gate.cancel(kernelId, 'closed')
    );
  }

  /** A cell starts to run: what an earlier run left under it is out of date. */
  started(cell: CodeCell): void {
    const model = this._shown.get(cell);
    if (model?.state?.kind === 'after') {
      model.state = null;
    }
  }

  /** Wait for what was sent before. Without an executor of its own kind the marker leaves at once. */
  private async _reach(
    item: IHeldCell,
    signal: AbortSignal
  ): Promise<BarrierAnswer> {
    const earlier = item.earlier();
    if (earlier !== null) {
      await earlier;
    }
    if (signal.aborted) {
      return { kind: 'failed' };
    }
    const barrier = reachMainShell(item.kernel, signal);
    // Not the barrier's own signal: that ends with the barrier.
    const ahead = new AbortController();
    const facts =
      this._core && readAhead(item.kernel, this._core, ahead.signal);
    const answer = await barrier;
    if (answer.kind === 'reached') {
      return { ...answer, facts };
    }
    ahead.abort();
    return answer;
  }

  /** Make a card. As long as earlier cells run it shows nothing: the cell waits as it would without us. */
  private _prepare(item: IHeldCell): void {
    // Loaded while earlier cells run; a failure shows in the analysis.
    this._options.loadCore().then(
      core => (this._core = core),
      () => undefined
    );
    const card: ICard = {
      model: new CardModel(this._actions(item)),
      item,
      examiner: null
    };
    this._cards.set(item, card);
    this._show(item.cell, card.model);
  }

  private async _analyse(
    item: IHeldCell,
    { source, facts, signal }: IQuestion
  ): Promise<IAnalysis<null>> {
    const card = this._cards.get(item);
    const none = { ask: false, data: null, key: null };
    if (!card) {
      return none;
    }
    const core = await this._options.loadCore();
    const settings = this._options.settings();
    let seen = false;
    const examiner = new Examiner({
      core,
      kernel: item.kernel,
      reading: facts as Promise<RunOutcome> | null,
      source,
      signal,
      settings,
      limit: settings.deadline + EXTRA,
      extraRules: this._options.extraRules(),
      memory: this._memoryOf(item.kernel),
      onWorking: state => {
        if (seen) {
          card.model.state = state;
        }
      }
    });
    card.examiner = examiner;
    this._later(signal, () => {
      seen = true;
      if (card.model.state === null && examiner.working) {
        card.model.state = examiner.working;
      }
    });
    return { ...none, ask: await this._judge(card, examiner) };
  }

  /** Examine and show what came of it; whether to ask. */
  private async _judge(card: ICard, examiner: Examiner): Promise<boolean> {
    const { model } = card;
    const result = await examiner.run();
    if (examiner.signal.aborted) {
      return false;
    }
    switch (result.kind) {
      case 'silent':
        model.state = null;
        return false;
      case 'unchecked':
        model.state = result.after;
        return false;
      case 'asking':
        model.state = result.state;
        void examiner.safer(state => {
          if (!examiner.signal.aborted) {
            model.state = state;
          }
        });
        return true;
    }
  }

  private _actions(item: IHeldCell): ICardActions {
    const card = () => this._cards.get(item);
    return {
      runNow: () => void this.gate.decide(item, { kind: 'send' }),
      waitLonger: () => card()?.examiner?.waitLonger(),
      anyway: quiet => {
        const examiner = card()?.examiner;
        examiner?.remember(quiet);
        if (this.gate.decide(item, { kind: 'send' })) {
          this._done(item, text('The install ran as it was written.'));
        }
      },
      safer: () => {
        const source = card()?.examiner?.saferSource;
        if (!source) {
          return;
        }
        if (this.gate.decide(item, { kind: 'edit', source })) {
          this._done(item, text('The safer way ran.'));
        } else {
          card()?.examiner?.cannotApply();
        }
      },
      cancel: () => this._cancel(item),
      copy: words => this._options.copy(words),
      openRule: rule => this._options.openRule(rule),
      fetchUv: () => this._fetchUv(item),
      check: () => this._options.check(),
      dismiss: () => {
        const model = this._shown.get(item.cell);
        if (model?.state?.kind === 'after') {
          model.state = null;
        }
      }
    };
  }

  /** Cancel it and what waits behind it, and say so under each. */
  private _cancel(item: IHeldCell): void {
    const held = this.gate
      .held()
      .filter(one => one.kernelId === item.kernel.id);
    const at = held.findIndex(one => one.item === item);
    if (at < 0) {
      return;
    }
    // Before they are let go: a card that is empty in between is hidden, and loses the focus.
    held.slice(at).forEach(({ item: one }, i) => {
      if (!one.cell.isDisposed) {
        this._leave(one, {
          kind: 'after',
          tone: 'info',
          title:
            i === 0
              ? text('Cancelled. This cell did not run.')
              : text(
                  'This cell did not run: an install before it was cancelled.'
                ),
          text: null,
          detail: '',
          canCheck: false,
          canFetchUv: false
        });
      }
    });
    this.gate.decide(item, { kind: 'cancel' });
  }

  /** When the run of this item ends, say so. */
  private _done(item: IHeldCell, title: IAfter['title']): void {
    const state: IAfter = {
      kind: 'after',
      tone: 'info',
      title,
      text: text('What was known of this environment is out of date.'),
      detail: '',
      canCheck: true,
      canFetchUv: false
    };
    const leave = () => {
      if (!item.cell.isDisposed && !item.cancelled) {
        this._leave(item, state);
      }
    };
    item.result.then(leave, leave);
  }

  private _opened(item: IHeldCell, reason: OpenReason, error: unknown): void {
    this._leave(item, {
      kind: 'after',
      tone: 'warning',
      title: text('This install ran unchecked.'),
      text:
        reason === 'barrier'
          ? text('The kernel did not answer.')
          : reason === 'deadline'
            ? text('It took too long.')
            : text('GPU Doctor failed while looking at it.'),
      detail: error === undefined ? '' : String(error),
      canCheck: false,
      canFetchUv: false
    });
  }

  /** Leave a note under a cell. */
  private _leave(item: IHeldCell, state: IAfter): void {
    const known = this._cards.get(item)?.model ?? this._shown.get(item.cell);
    const model = known ?? new CardModel(this._actions(item));
    model.state = state;
    this._show(item.cell, model);
  }

  /** Cards of what is no longer held go away; notes stay. */
  private _sweep(): void {
    const held = new Set(this.gate.held().map(one => one.item));
    for (const [item, { model }] of this._cards) {
      if (!held.has(item)) {
        this._cards.delete(item);
        if (model.state?.kind !== 'after') {
          model.state = null;
        }
      }
    }
  }

  private async _fetchUv(item: IHeldCell): Promise<boolean> {
    const core = await this._options.loadCore();
    const card = this._cards.get(item);
    const outcome = await core.fetchUv(item.kernel, {
      source: `${core.BACKGROUND_SOURCE}\n${core.FETCH_UV_SOURCE}`,
      signal: card?.examiner?.signal ?? new AbortController().signal
    });
    if (outcome.ok && card?.examiner && this._cards.get(item) === card) {
      const { examiner } = card;
      if (card.model.state?.kind === 'asking') {
        if (!(await this._judge(card, examiner))) {
          this.gate.decide(item, { kind: 'send' });
        }
      } else {
        examiner.again();
      }
    }
    return outcome.ok;
  }

  private _show(cell: CodeCell, model: CardModel): void {
    if (this._shown.get(cell) !== model) {
      const before = this._shown.get(cell);
      if (before) {
        before.state = null;
      }
      this._shown.set(cell, model);
      this._options.show(cell, model);
    }
  }

  private _memoryOf(kernel: Kernel.IKernelConnection) {
    let memory = this._memory.get(kernel.id);
    if (!memory) {
      memory = { rules: new Set<string>(), questions: new Set<string>() };
      this._memory.set(kernel.id, memory);
    }
    return memory;
  }

  private _later(signal: AbortSignal, action: () => void): void {
    const timer = setTimeout(action, SHOW_AFTER);
    signal.addEventListener('abort', () => clearTimeout(timer));
  }

  private _core: typeof import('../kernel/core') | null = null;
  private readonly _cards = new Map<IHeldCell, ICard>();
  private readonly _shown = new WeakMap<CodeCell, CardModel>();
  private readonly _memory = new Map<
    string,
    { rules: Set<string>; questions: Set<string> }
  >();
}
