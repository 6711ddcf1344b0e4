/** What surrounds an install that runs: a backup before it, and after it a comparison, a note, an entry in the history. */
import type { Kernel } from '@jupyterlab/services';
import { PromiseDelegate } from '@lumino/coreutils';
import type { UndoState } from '../check/state';
import type { IComparison, IMoment } from '../history/compare';
import type { IEntry } from '../history/types';
import { environmentKey } from '../kernel/entry';
import { newId, type HistoryKeeper } from '../kernel/historyKeeper';
import type { IRule } from '../rules/types';
import { render, text } from '../text/text';
import type { IExamined } from './examine';
import type { IUndoLimits } from './settings';
import type { IAfter } from './types';

/** Milliseconds that a cell waits for its backup at most; without it it runs all the same. */
const SAVING = 8_000;

/** Milliseconds for sealing a backup: what is new is hashed. */
const SEALING = 120_000;

type Core = typeof import('../kernel/core');

/** What it needs. */
export interface IAftermathOptions {
  readonly keeper: HistoryKeeper;
  loadCore(): Promise<Core>;
  /** Rules of other extensions. */
  extraRules(): readonly IRule[];
}

/** An install that will run. */
export interface IInstall {
  readonly kernel: Kernel.IKernelConnection;
  /** Path of its notebook; null when there is none. */
  readonly notebook: string | null;
  readonly examined: IExamined;
  /** Why it ran unchecked; null: it was checked. */
  readonly unchecked: IAfter | null;
}

/** How a backup is made. */
export interface ISavingOptions {
  /** The install runs without a question. */
  readonly starts: boolean;
  /** It does not even wait for the backup; see `Saving`. */
  readonly isAside: boolean;
}

/** Makes backups, and tells what became of installs. */
export class Aftermath {
  constructor(private readonly _options: IAftermathOptions) {}

  /** Whether the install can change anything that is worth a look afterwards. */
  static matters({ plan, unplanned, facts, requests }: IExamined): boolean {
    return (
      facts.packages !== null &&
      requests.length > 0 &&
      (plan === null || plan.rows.length > 0 || unplanned !== null)
    );
  }

  /** Say that an install is looked after; call the result when it has ended. */
  claim(install: IInstall): () => void {
    const { keeper } = this._options;
    const release = keeper.claim(install.kernel.id);
    this._running.add(install);
    return () => {
      release();
      // From then on the history tells of it.
      void keeper.recorded.finally(() => this._running.delete(install));
    };
  }

  /** Begin a backup. */
  save(
    install: IInstall,
    limits: IUndoLimits | null,
    how: ISavingOptions
  ): Saving {
    return new Saving(this._options, install, limits, how);
  }

  /** The install has run: compare, note, keep. null: nobody can tell, or there is nothing to tell. */
  async ended(
    install: IInstall,
    source: string,
    saving: Saving | null
  ): Promise<IAfter | null> {
    const { kernel, examined, unchecked } = install;
    const { keeper } = this._options;
    const core = await this._options.loadCore();
    const before = core.momentOf(examined.facts, this._options.extraRules());
    const after = await keeper.look(kernel);
    if (!after) {
      // Gone, or busy for long: the backup stays, and the history offers to repair.
      return null;
    }
    const found = await this._compare(core, install, before, after);
    const { changed, newFindings, restart } = found;
    const canUndo = await this._seal(core, install, saving, changed.length > 0);
    if (changed.length > 0) {
      const entry: IEntry = {
        ...core.EMPTY_ENTRY,
        ...core.commandsOf(source),
        id: newId(),
        kind: 'install',
        time: new Date().toISOString(),
        notebook: install.notebook,
        verdict: unchecked ? 'unchecked' : examined.judgement.verdict,
        planned: core.plannedOf(examined.plan),
        changed,
        newFindings,
        goneFindings: found.goneFindings,
        reality: found.reality,
        undo: canUndo && saving ? saving.id : null
      };
      // The note does not wait for it: a kernel that runs further cells takes its time.
      void keeper.record({ kernel, before, after, entry });
      this._last = { entry: entry.id, environment: keyOf(after) };
    } else {
      await keeper.confirm(kernel, after);
    }
    const news = core.isNews(found);
    const isCause = ({ rule, title }: { rule: string; title: string }) =>
      after.findings.some(
        one => one.rule === rule && render(one.title) === title
      );
    return {
      kind: 'after',
      tone: news ? 'warning' : unchecked ? unchecked.tone : 'ok',
      title: core.changeText(changed),
      text: unchecked
        ? text(
            'It ran unchecked. %1',
            unchecked.text ? render(unchecked.text) : ''
          )
        : found.reality === 'as-planned' && changed.length > 0
          ? text('As planned.')
          : null,
      detail: unchecked?.detail ?? '',
      canCheck: false,
      canFetchUv: unchecked?.canFetchUv ?? false,
      done: {
        changed,
        differences: found.differences.map(core.differenceText),
        // Consequences stand in the history; the card tells the causes.
        news: newFindings.filter(isCause).map(({ rule, severity, title }) => ({
          rule,
          severity,
          title
        })),
        restart,
        undo: canUndo ? 'possible' : null
      }
    };
  }

  /** What `ended` kept last; for *Undo* of its card. */
  get last(): { readonly entry: string; readonly environment: string } | null {
    return this._last;
  }

  /** Undo an install that `ended` told of. */
  undo(
    kernel: Kernel.IKernelConnection,
    { entry, environment }: { entry: string; environment: string }
  ): Promise<UndoState> {
    return this._options.keeper.undo(kernel, environment, entry);
  }

  /** What is not as planned may be the doing of another notebook that installed meanwhile, or still does. */
  private async _compare(
    core: Core,
    install: IInstall,
    before: IMoment,
    after: IMoment
  ): Promise<IComparison> {
    const { kernel, examined } = install;
    const found = core.compare(before, after, examined.plan);
    const { started } = before.facts.probe;
    if (
      found.changed.length === 0 ||
      found.reality === 'as-planned' ||
      !started
    ) {
      return found;
    }
    const beside = [...this._running].filter(
      one => one !== install && keyOf(one.examined) === keyOf(before)
    );
    const others = [
      ...beside.flatMap(one => core.plannedOf(one.examined.plan) ?? []),
      ...(await this._options.keeper.changesSince(kernel, started))
    ];
    return core.compare(before, after, examined.plan, others);
  }

  private async _seal(
    core: Core,
    { kernel }: IInstall,
    saving: Saving | null,
    hasChanged: boolean
  ): Promise<boolean> {
    if (!saving || !(await saving.ready)) {
      return false;
    }
    const { signal } = new AbortController();
    if (!hasChanged) {
      // A reinstall of the same versions writes files too, but nobody wants the same version back.
      await core.askBackup(
        kernel,
        { action: 'drop', id: saving.id },
        { signal }
      );
      return false;
    }
    const sealed = await core.askBackup(
      kernel,
      { action: 'seal', id: saving.id },
      { signal, timeout: SEALING }
    );
    return sealed.kind === 'sealed' && sealed.complete;
  }

  private _last: { entry: string; environment: string } | null = null;
  private readonly _running = new Set<IInstall>();
}

/**
 * A backup in the making. One that is made aside holds only what a plan names, while the package manager starts: it needs longer
 * to begin than such a backup takes, and backup.py gives up when a file changed meanwhile.
 */
export class Saving {
  constructor(
    private readonly _options: IAftermathOptions,
    private readonly _install: IInstall,
    limits: IUndoLimits | null,
    private readonly _how: ISavingOptions
  ) {
    this.ready = (
      limits ? this._begin(limits) : Promise.resolve(false)
    ).finally(() => this._started.resolve());
  }

  readonly id = newId();

  /** Resolves when it is finished; false: there is none. Never rejects. */
  readonly ready: Promise<boolean>;

  /** Resolves when the kernel has begun with it, or has not and will not. */
  get started(): Promise<void> {
    return this._started.promise;
  }

  /** Resolves when it is finished, or when the cell should not wait any longer; then it is given up. */
  async settled(): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<void>(resolve => {
      timer = setTimeout(() => {
        this.giveUp();
        resolve();
      }, SAVING);
    });
    await Promise.race([this.ready, late]);
    clearTimeout(timer);
  }

  /** The install starts now; what another one changed since the backup was made is not its doing. */
  async start(): Promise<void> {
    if (await this.ready) {
      const core = await this._options.loadCore();
      await core.askBackup(
        this._install.kernel,
        { action: 'start', id: this.id },
        { signal: new AbortController().signal }
      );
    }
  }

  /** Nobody waits for it. */
  giveUp(): void {
    this._abort.abort();
  }

  /** The cell will not run. */
  async drop(): Promise<void> {
    this.giveUp();
    if (await this.ready) {
      const core = await this._options.loadCore();
      await core.askBackup(
        this._install.kernel,
        { action: 'drop', id: this.id },
        { signal: new AbortController().signal }
      );
    }
  }

  private async _begin(limits: IUndoLimits): Promise<boolean> {
    const { kernel, examined } = this._install;
    try {
      const core = await this._options.loadCore();
      const outcome = await core.askBackup(
        kernel,
        {
          action: 'begin',
          id: this.id,
          mode: this._how.isAside ? 'plan' : 'auto',
          tool: examined.requests[0]?.tool ?? 'pip',
          starts: this._how.starts,
          // New ones too: backup.py knows which families write the same files.
          names: examined.plan?.rows.map(row => row.name) ?? null,
          limits
        },
        {
          signal: this._abort.signal,
          isAside: this._how.isAside,
          onStarted: () => this._started.resolve()
        }
      );
      return outcome.kind === 'begun';
    } catch (error) {
      console.warn('GPU Doctor: no backup was made', error);
      return false;
    }
  }

  private readonly _abort = new AbortController();
  private readonly _started = new PromiseDelegate<void>();
}

function keyOf(one: Pick<IMoment, 'facts'>): string {
  return environmentKey(one.facts);
}
