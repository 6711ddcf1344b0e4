/** Checks the kernel in front and keeps, for each kernel, the last answer and how far it can be trusted. */
import type { Kernel, KernelMessage } from '@jupyterlab/services';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';
import {
  EMPTY_STATE,
  type ICheckResult,
  type ICheckState,
  type IKernelInfo,
  type IProgress
} from '../check/state';
import type { CostlyCache } from '../facts/costly';
import type { IFacts } from '../facts/facts.generated';
import { NO_TEST } from '../gputest/types';
import { mayChangePackages } from '../recognise/prescan';
import type { ICheckerOptions, ITarget } from './checkerOptions';
import {
  deadFailure,
  environmentKey,
  freshReport,
  markStale,
  newEntry,
  phaseOf,
  restartedFailure,
  type IEntry
} from './entry';
import { idle, READY } from './idle';
import { failure, runProbe, type RunOutcome } from './run';
import { HistoryKeeper } from './historyKeeper';
import { withSeparateKernel } from './separate';
import { testEntry } from './testEntry';

/** The model behind the panel, the status bar and the commands. */
export class Checker implements IDisposable {
  constructor(private readonly _options: ICheckerOptions) {
    _options.ignore.changed.connect(this._reevaluate, this);
    this.history = new HistoryKeeper({
      loadCore: () => _options.loadCore(),
      extraRules: () => _options.extraRules(),
      learnt: (kernelId, facts) => void this._learn(kernelId, facts)
    });
    this.history.changed.connect(this._update, this);
  }

  /** The histories of the environments. */
  readonly history: HistoryKeeper;

  /** The state of the kernel in front. */
  get state(): ICheckState {
    return this._state;
  }

  /** Emitted after every change of `state`. */
  get stateChanged(): ISignal<this, void> {
    return this._stateChanged;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    for (const entry of this._entries.values()) {
      entry.abort?.abort();
      entry.testAbort?.abort();
    }
    this._unfollow();
    Signal.clearData(this);
  }

  /** Follow another notebook or console; null when none is in front. */
  setTarget(target: ITarget | null): void {
    if (target?.context !== this._target?.context) {
      this._unfollow();
      this._target = target;
      const context = target?.context;
      context?.statusChanged.connect(this._onContext, this);
      context?.kernelChanged.connect(this._onContext, this);
      context?.disposed.connect(this._onGone, this);
    } else {
      this._target = target;
    }
    this._watch(this._kernel);
    this._update();
  }

  /** Check the kernel in front; when it is busy, wait for it. Resolves when there is an answer, or none to expect. */
  async check(): Promise<void> {
    const kernel = this._kernel;
    if (!kernel || !this._isPython(kernel)) {
      return;
    }
    const entry = this._entry(kernel.id);
    // One at most: a second press while one waits changes nothing.
    if (entry.progress) {
      return;
    }
    await this._run(entry, kernel.id, false, async (signal, ask) => {
      await this._options.loadCore();
      if (!READY.includes(kernel.status)) {
        this._progress(entry, { queued: true });
        if (!(await idle(kernel, signal))) {
          return signal.aborted
            ? { kind: 'cancelled' }
            : { kind: 'failure', failure: deadFailure() };
        }
        this._progress(entry, { queued: false, since: Date.now() });
      }
      return ask(kernel);
    });
  }

  /** Check in a kernel of the same kind that is started for it. */
  async checkSeparately(): Promise<void> {
    const kernel = this._kernel;
    const context = this._target?.context;
    if (!kernel || !context || !this._isPython(kernel)) {
      return;
    }
    const entry = this._entry(kernel.id);
    entry.abort?.abort();
    await this._run(entry, kernel.id, true, (signal, ask) =>
      withSeparateKernel(
        this._options.starter,
        { name: kernel.name, path: context.session?.path },
        signal,
        ask
      )
    );
  }

  /** Stop waiting for an answer. */
  cancel(): void {
    const kernel = this._kernel;
    if (kernel) {
      this._entry(kernel.id).abort?.abort();
    }
  }

  /** Test the frameworks on the GPU; checks first when there is no answer that holds. */
  async runGpuTest(): Promise<void> {
    const kernel = this._kernel;
    if (!kernel || !this._isPython(kernel)) {
      return;
    }
    const entry = this._entry(kernel.id);
    if (!entry.testAbort && (!entry.result || entry.stale)) {
      await this.check();
    }
    const isNew = await testEntry(entry, kernel, {
      loadCore: () => this._options.loadCore(),
      limit: () => this._options.testLimit(),
      changed: () => this._update()
    });
    if (isNew && entry.result) {
      const core = await this._options.loadCore();
      const { facts } = entry.result;
      const seen = core.withObservations(facts, freshReport(entry));
      this._reapply(entry, core, seen);
      this._update();
    }
  }

  /** End the GPU test. */
  cancelGpuTest(): void {
    const kernel = this._kernel;
    if (kernel) {
      this._entry(kernel.id).testAbort?.abort();
    }
  }

  /** Undo an install in the environment in front. @param id of its entry */
  async undo(id: string): Promise<void> {
    await this._inFront((kernel, { facts }) =>
      this.history.undo(kernel, environmentKey(facts), id)
    );
  }

  /** Put back what was killed half-way. @param backup its id */
  async repair(backup: string): Promise<void> {
    await this._inFront((kernel, { facts }) =>
      this.history.repair(kernel, environmentKey(facts), backup)
    );
  }

  /** Keep what an install was for. */
  async setWhy(entry: string, why: string): Promise<void> {
    await this._inFront((kernel, result) =>
      this.history.setWhy(kernel, result, entry, why)
    );
  }

  /** Delete the backups of the environment in front. */
  async dropBackups(): Promise<void> {
    await this._inFront((kernel, result) =>
      this.history.dropBackups(kernel, result)
    );
  }

  private async _inFront(
    action: (
      kernel: Kernel.IKernelConnection,
      result: ICheckResult
    ) => Promise<unknown>
  ): Promise<void> {
    const kernel = this._kernel;
    const result = this._state.result;
    if (kernel && result) {
      await action(kernel, result);
    }
  }

  /** Hide a rule in the environment of the last answer, or show it again. */
  setIgnored(rule: string, ignored: boolean): void {
    const facts = this._state.result?.facts;
    if (!facts) {
      return;
    }
    const rules = new Set(this._options.ignore.get(environmentKey(facts)));
    if (ignored) {
      rules.add(rule);
    } else {
      rules.delete(rule);
    }
    this._options.ignore.set(environmentKey(facts), rules);
    void this._reevaluate();
  }

  private async _run(
    entry: IEntry,
    kernelId: string,
    separate: boolean,
    body: (
      signal: AbortSignal,
      ask: (kernel: Kernel.IKernelConnection) => Promise<RunOutcome>
    ) => Promise<RunOutcome>
  ): Promise<void> {
    // A former run may still look closer.
    entry.abort?.abort();
    const abort = new AbortController();
    entry.abort = abort;
    const { signal } = abort;
    // Superseded by a later run, or the kernel is gone: nobody waits for this one.
    const isWanted = () =>
      entry.abort === abort && this._entries.get(kernelId) === entry;
    const ask = async (kernel: Kernel.IKernelConnection) => {
      const core = await this._options.loadCore();
      const timeout = this._options.timeout();
      const source = core.PROBE_SOURCE;
      const outcome = await runProbe(kernel, {
        source,
        timeout,
        signal,
        onWaiting: queued => {
          if (isWanted()) {
            this._progress(
              entry,
              queued ? { queued } : { queued, since: Date.now() }
            );
          }
        }
      });
      if (outcome.kind === 'answer' && isWanted()) {
        await this._accept(entry, outcome.value, separate, isWanted);
        if (!entry.failure && isWanted()) {
          // The answer is shown at once.
          entry.progress = null;
          this._update();
          await this._lookCloser(entry, kernel, signal, isWanted);
          if (
            entry.result &&
            !separate &&
            isWanted() &&
            this._options.showsHistory()
          ) {
            void this.history.refresh(kernel, entry.result);
          }
        }
      }
      return outcome;
    };
    entry.failure = null;
    entry.progress = { since: Date.now(), queued: false, separate };
    this._update();
    let outcome: RunOutcome;
    try {
      outcome = await body(signal, ask);
    } catch (error) {
      outcome = {
        kind: 'failure',
        failure: failure(
          separate ? 'separate-kernel' : 'unexpected',
          separate
            ? 'The separate kernel could not be used.'
            : 'The check stopped with an error of its own.',
          String(error)
        )
      };
    }
    if (!isWanted()) {
      return;
    }
    if (outcome.kind === 'failure') {
      entry.failure = outcome.failure;
    }
    entry.abort = null;
    entry.progress = null;
    this._update();
  }

  private async _accept(
    entry: IEntry,
    payload: unknown,
    separate: boolean,
    isWanted: () => boolean
  ): Promise<void> {
    const core = await this._options.loadCore();
    const answer = await core.readAnswer(payload);
    if (!isWanted()) {
      return;
    }
    if ('failure' in answer) {
      entry.failure = answer.failure;
      return;
    }
    entry.result = core.evaluate(
      core.withObservations(answer.facts, freshReport(entry)),
      this._options.extraRules(),
      this._options.ignore.get(environmentKey(answer.facts)),
      { checkedAt: Date.now(), separate }
    );
    entry.stale = null;
    entry.failure = null;
  }

  /** Read what the rules want to know and what takes longer; when that fails, the answer stays as it is. */
  private async _lookCloser(
    entry: IEntry,
    kernel: Kernel.IKernelConnection,
    signal: AbortSignal,
    isWanted: () => boolean
  ): Promise<void> {
    const core = await this._options.loadCore();
    const extra = this._options.extraRules();
    const wanted = entry.result
      ? core.costlyFor(entry.result.facts, extra)
      : [];
    if (!entry.result || wanted.length === 0) {
      return;
    }
    const key = environmentKey(entry.result.facts);
    const outcome = await core.readCostly(kernel, {
      wanted,
      cache: this._caches.get(key) ?? {},
      signal,
      timeout: this._options.timeout()
    });
    if (outcome.kind !== 'answer' || !isWanted()) {
      return;
    }
    const { facts, checkedAt, separate } = entry.result;
    const more = core.mergeCostly(facts, outcome.value);
    if (more) {
      this._caches.set(key, more.cache);
      entry.result = core.evaluate(
        more.facts,
        extra,
        this._options.ignore.get(key),
        { checkedAt, separate }
      );
    }
  }

  /** The environment of a kernel was read by somebody else. A kernel that nobody asked about stays unchecked. */
  private async _learn(kernelId: string, facts: IFacts): Promise<void> {
    const core = await this._options.loadCore();
    const entry = this._entries.get(kernelId);
    if (entry?.result && !entry.progress) {
      entry.result = core.evaluate(
        core.withObservations(facts, freshReport(entry)),
        this._options.extraRules(),
        this._options.ignore.get(environmentKey(facts)),
        { checkedAt: Date.now(), separate: false }
      );
      entry.stale = null;
      this._update();
    }
  }

  /** Apply the rules again to the facts at hand: the ignored rules have changed. */
  private async _reevaluate(): Promise<void> {
    const core = this._entries.size > 0 ? await this._options.loadCore() : null;
    for (const entry of this._entries.values()) {
      if (core && entry.result) {
        this._reapply(entry, core, entry.result.facts);
      }
    }
    this._update();
  }

  /** Apply the rules to other facts of the same check. */
  private _reapply(
    entry: IEntry,
    core: typeof import('./core'),
    facts: IFacts
  ): void {
    if (entry.result) {
      const { checkedAt, separate } = entry.result;
      entry.result = core.evaluate(
        facts,
        this._options.extraRules(),
        this._options.ignore.get(environmentKey(facts)),
        { checkedAt, separate }
      );
    }
  }

  private get _kernel(): Kernel.IKernelConnection | null {
    return this._target?.context.session?.kernel ?? null;
  }

  private _entry(kernelId: string): IEntry {
    let entry = this._entries.get(kernelId);
    if (!entry) {
      entry = newEntry();
      this._entries.set(kernelId, entry);
    }
    return entry;
  }

  private _progress(entry: IEntry, change: Partial<IProgress>): void {
    if (entry.progress) {
      entry.progress = { ...entry.progress, ...change };
      this._update();
    }
  }

  private _onContext(): void {
    this._watch(this._kernel);
    this._update();
  }

  private _onGone(): void {
    this.setTarget(null);
  }

  private _unfollow(): void {
    const context = this._target?.context;
    context?.statusChanged.disconnect(this._onContext, this);
    context?.kernelChanged.disconnect(this._onContext, this);
    context?.disposed.disconnect(this._onGone, this);
  }

  /** Listen to a kernel as long as its connection lives, also while another one is in front. */
  private _watch(kernel: Kernel.IKernelConnection | null): void {
    if (!kernel || kernel.isDisposed || this._watched.has(kernel)) {
      return;
    }
    this._watched.add(kernel);
    kernel.statusChanged.connect(this._onStatus, this);
    kernel.iopubMessage.connect(this._onMessage, this);
    kernel.disposed.connect(this._onClosed, this);
    // Details of the language arrive later than the kernel.
    void kernel.info.then(
      info => {
        this._languages.set(kernel, info.language_info.name.toLowerCase());
        this._update();
      },
      () => undefined
    );
  }

  private _onClosed(kernel: Kernel.IKernelConnection): void {
    this._watched.delete(kernel);
    if (![...this._watched].some(other => other.id === kernel.id)) {
      // Nobody listens to this kernel any more, so nothing could tell when its facts become stale.
      this._entries.get(kernel.id)?.abort?.abort();
      this._entries.get(kernel.id)?.testAbort?.abort();
      this._entries.delete(kernel.id);
    }
    this._update();
  }

  private _onStatus(
    kernel: Kernel.IKernelConnection,
    status: Kernel.Status
  ): void {
    const entry = this._entries.get(kernel.id);
    if (entry && (status === 'restarting' || status === 'autorestarting')) {
      markStale(entry, 'restarted');
      entry.installing = false;
      // A check that still waits runs in the new process; one that runs is lost.
      const { progress } = entry;
      if (progress && !progress.queued && !progress.separate) {
        entry.failure = restartedFailure();
        entry.abort?.abort();
      }
    } else if (entry && status === 'dead' && !entry.progress?.separate) {
      entry.abort?.abort();
    }
    this._update();
  }

  /** Whoever sent it: an install makes the facts stale. */
  private _onMessage(
    kernel: Kernel.IKernelConnection,
    message: KernelMessage.IIOPubMessage
  ): void {
    const entry = this._entries.get(kernel.id);
    if (!entry?.result) {
      return;
    }
    if (message.header.msg_type === 'execute_input') {
      const { code } = (message as KernelMessage.IExecuteInputMsg).content;
      if (mayChangePackages(code)) {
        entry.installing = true;
        entry.source = code;
      }
    } else if (
      message.header.msg_type === 'status' &&
      entry.installing &&
      (message as KernelMessage.IStatusMsg).content.execution_state === 'idle'
    ) {
      entry.installing = false;
      const known = entry.stale ? null : entry.result;
      markStale(entry, 'packages-changed');
      this._update();
      if (known && !known.separate && !this.history.isClaimed(kernel.id)) {
        // It ran without the guard: switched off, or sent by somebody else.
        void this.history.observe(kernel, known, entry.source);
      }
    }
  }

  private _isPython(kernel: Kernel.IKernelConnection): boolean {
    return this._language(kernel) === 'python';
  }

  /** Language of a kernel in lower case; empty while not known. */
  private _language(kernel: Kernel.IKernelConnection): string {
    const specs = this._target?.context.specsManager.specs?.kernelspecs;
    const spec = specs?.[kernel.name]?.language.toLowerCase();
    return this._languages.get(kernel) ?? spec ?? '';
  }

  private _update(): void {
    if (this._isDisposed) {
      return;
    }
    this._state = this._compute();
    this._stateChanged.emit();
  }

  private _compute(): ICheckState {
    const target = this._target;
    const context = target?.context;
    const kernel = this._kernel;
    if (!target || !context || !kernel) {
      const starting = context && (!context.isReady || context.pendingInput);
      return {
        ...EMPTY_STATE,
        phase: starting && context.session ? 'starting' : 'no-kernel'
      };
    }
    const info: IKernelInfo = {
      id: kernel.id,
      displayName: context.kernelDisplayName,
      language: this._language(kernel),
      source: target.source,
      title: target.title
    };
    const entry = this._entries.get(kernel.id);
    const result = entry?.result ?? null;
    return {
      phase: phaseOf(kernel.status, info.language, entry),
      kernel: info,
      result,
      stale: entry?.stale ?? null,
      progress: entry?.progress ?? null,
      failure: entry?.failure ?? null,
      test: entry?.test ?? NO_TEST,
      history: result && this.history.get(environmentKey(result.facts))
    };
  }

  private _target: ITarget | null = null;
  private _watched = new Set<Kernel.IKernelConnection>();
  private _languages = new WeakMap<Kernel.IKernelConnection, string>();
  private _entries = new Map<string, IEntry>();
  /** What was read of large files, by environment. */
  private _caches = new Map<string, CostlyCache>();
  private _state: ICheckState = EMPTY_STATE;
  private _isDisposed = false;
  private _stateChanged = new Signal<this, void>(this);
}
