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
import type { Examiner } from './examiner';
import {
  Aftermath,
  type IInstall,
  type ISavingOptions,
  type Saving
} from './aftermath';
import type { IExamined } from './examine';
import { CardModel } from './model';
import type { IGuardSettings } from './settings';
import type { UndoState } from '../check/state';
import type { IAfter, ICardActions, IWorking } from './types';

/** What is shown at once would flicker: most installs are judged in less time. Milliseconds. */
const SHOW_AFTER = 1000;

/** A backup that is finished in this time is not worth a word. Milliseconds. */
const SHORT = 150;

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
  /** Looks after installs that run; null: nobody does. */
  readonly aftermath: Pick<
    Aftermath,
    'save' | 'ended' | 'claim' | 'last' | 'undo'
  > | null;
  /** Path of the notebook of a cell; null when it is in none. */
  pathOf(cell: CodeCell): string | null;
  /** Restart the kernel of a cell, after a question. */
  restart(cell: CodeCell): void;
  /** Show the history in the panel. */
  openHistory(): void;
}

/** A card and what stands behind it. */
interface ICard {
  readonly model: CardModel;
  readonly item: IHeldCell;
  examiner: Examiner | null;
  /** Its backup, once there is one to be made. */
  saving: Saving | null;
  /** Shown already: what happens is not too quick to be seen. */
  seen: boolean;
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
      this._core?.readAhead(item.kernel, this._core, ahead.signal) ?? null;
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
      examiner: null,
      saving: null,
      seen: false
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
    const examiner = new core.Examiner({
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
        if (card.seen) {
          card.model.state = state;
        }
      }
    });
    card.examiner = examiner;
    this._later(signal, () => {
      card.seen = true;
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
        await this._keep(card, examiner.examined, null);
        model.state = null;
        return false;
      case 'unchecked':
        await this._keep(card, examiner.examined, result.after);
        model.state = result.after;
        return false;
      case 'asking':
        model.state = result.state;
        // While the user reads.
        card.saving = this._save(card, examiner.examined, null, {
          starts: false,
          isAside: false
        });
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
      runNow: () => {
        card()?.saving?.giveUp();
        this.gate.decide(item, { kind: 'send' });
      },
      waitLonger: () => card()?.examiner?.waitLonger(),
      anyway: quiet => {
        const examiner = card()?.examiner;
        examiner?.remember(quiet);
        this._admit(item, { kind: 'send' }, examiner?.examined ?? null);
      },
      safer: () => {
        const examiner = card()?.examiner;
        const source = examiner?.saferSource;
        if (examiner && source) {
          this._admit(item, { kind: 'edit', source }, examiner.saferExamined);
        }
      },
      cancel: () => this._cancel(item),
      copy: words => this._options.copy(words),
      openRule: rule => this._options.openRule(rule),
      fetchUv: () => this._fetchUv(item),
      check: () => this._options.check(),
      undo: () => void this._undo(item),
      restart: () => this._options.restart(item.cell),
      openHistory: () => this._options.openHistory(),
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
    void this._cards.get(item)?.saving?.drop();
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

  /** The user decided that it runs: not before its backup is made, as long as that does not take long. */
  private _admit(
    item: IHeldCell,
    decision: { kind: 'send' } | { kind: 'edit'; source: string },
    examined: IExamined | null
  ): void {
    const card = this._cards.get(item);
    const state = card?.model.state;
    if (!card || state?.kind !== 'asking') {
      return;
    }
    const { saving } = card;
    const send = () => {
      if (this._cards.get(item) !== card) {
        return;
      }
      if (this.gate.decide(item, decision)) {
        const install = this._install(item, examined, null);
        this._follow(item, install, saving, true);
      } else {
        card.model.state = state;
        card.examiner?.cannotApply();
      }
    };
    if (saving) {
      void this._saved(card, saving).then(send);
    } else {
      send();
    }
  }

  private async _saved({ model }: ICard, saving: Saving): Promise<void> {
    if (!(await within(SHORT, saving.ready))) {
      model.state = savingState();
      await saving.settled();
    }
    await saving.start();
  }

  /** It will run without a question: make a backup first. */
  private async _keep(
    card: ICard,
    examined: IExamined | null,
    unchecked: IAfter | null
  ): Promise<void> {
    const { item, model } = card;
    // uv is done before such a backup is.
    const isAside =
      !!examined?.plan && examined.requests.every(one => one.tool === 'pip');
    const saving = this._save(card, examined, unchecked, {
      starts: true,
      isAside
    });
    if (!saving) {
      return;
    }
    card.saving = saving;
    if (isAside) {
      await saving.started;
    } else {
      if (card.seen) {
        model.state = savingState();
      }
      await saving.settled();
    }
    if (!card.examiner?.signal.aborted) {
      this._follow(
        item,
        this._install(item, examined, unchecked),
        saving,
        unchecked !== null
      );
    }
  }

  private _save(
    { item }: ICard,
    examined: IExamined | null,
    unchecked: IAfter | null,
    how: ISavingOptions
  ): Saving | null {
    const install = this._install(item, examined, unchecked);
    const { aftermath } = this._options;
    return install && aftermath
      ? aftermath.save(install, this._options.settings().undo, how)
      : null;
  }

  private _install(
    item: IHeldCell,
    examined: IExamined | null,
    unchecked: IAfter | null
  ): IInstall | null {
    return examined && Aftermath.matters(examined)
      ? {
          kernel: item.kernel,
          notebook: this._options.pathOf(item.cell),
          examined,
          unchecked
        }
      : null;
  }

  /** When the run of this item ends, tell what it did. @param always also when it did nothing */
  private _follow(
    item: IHeldCell,
    install: IInstall | null,
    saving: Saving | null,
    always: boolean
  ): void {
    const { aftermath } = this._options;
    if (!install || !aftermath) {
      return;
    }
    const release = aftermath.claim(install);
    const source = item.read();
    const end = async () => {
      const state = item.cancelled
        ? null
        : await aftermath.ended(install, source, saving);
      const { last } = aftermath;
      if (state && (always || state.done?.changed.length)) {
        if (last) {
          this._undoable.set(item, last);
        }
        if (!item.cell.isDisposed) {
          this._leave(item, state);
        }
      }
    };
    const ended = () =>
      end()
        .catch(error => console.warn('GPU Doctor: after an install', error))
        .finally(release);
    item.result.then(ended, ended);
  }

  private async _undo(item: IHeldCell): Promise<void> {
    const what = this._undoable.get(item);
    const model = this._shown.get(item.cell);
    const { aftermath } = this._options;
    const state = model?.state;
    if (
      !what ||
      !aftermath ||
      !model ||
      state?.kind !== 'after' ||
      !state.done
    ) {
      return;
    }
    const show = (undo: UndoState) => {
      const { state: now } = model;
      if (now?.kind === 'after' && now.done) {
        model.state = { ...now, done: { ...now.done, undo } };
      }
    };
    show({ phase: 'running', since: Date.now() });
    show(await aftermath.undo(item.kernel, what));
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
  private readonly _undoable = new WeakMap<
    IHeldCell,
    { entry: string; environment: string }
  >();
  private readonly _shown = new WeakMap<CodeCell, CardModel>();
  private readonly _memory = new Map<
    string,
    { rules: Set<string>; questions: Set<string> }
  >();
}

function savingState(): IWorking {
  return {
    kind: 'working',
    activity: 'saving',
    since: Date.now(),
    until: null,
    canFetchUv: false
  };
}

/** Whether a promise resolves in so many milliseconds. */
function within(
  milliseconds: number,
  promise: Promise<unknown>
): Promise<boolean> {
  return Promise.race([
    promise.then(() => true),
    new Promise<boolean>(resolve =>
      setTimeout(() => resolve(false), milliseconds)
    )
  ]);
}
