/** Keeps what is known of the history of each environment, and carries out undos. */
import type { Kernel } from '@jupyterlab/services';
import { Signal, type ISignal } from '@lumino/signaling';
import type { IHistoryState, UndoState } from '../check/state';
import type { IMoment } from '../history/compare';
import type { IChange, IEntry } from '../history/types';
import type { IFacts } from '../facts/facts.generated';
import type { IRule } from '../rules/types';
import { text } from '../text/text';
import type { BackupOutcome } from './backup';
import { environmentKey } from './entry';
import { runProbe } from './run';

/** Milliseconds for which an answer of the kernel is awaited; an undo reads and writes many files. */
const PATIENCE = 30_000;
const UNDO = 300_000;

type Core = typeof import('./core');

/** What a keeper needs. */
export interface IKeeperOptions {
  loadCore(): Promise<Core>;
  /** Rules of other extensions. */
  extraRules(): readonly IRule[];
  /** An environment was read anew, because it had changed. */
  learnt(kernelId: string, facts: IFacts): void;
}

/** An install that ended. */
export interface IEnded {
  readonly kernel: Kernel.IKernelConnection;
  readonly before: IMoment;
  readonly after: IMoment;
  readonly entry: IEntry;
}

/** The histories of all environments that were looked at. */
export class HistoryKeeper {
  constructor(private readonly _options: IKeeperOptions) {}

  /** Emitted after every change of a state. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** The history of an environment; null: not read yet. */
  get(environment: string): IHistoryState | null {
    return this._states.get(environment) ?? null;
  }

  /** Installs of this kernel are looked after by the guard, or an undo runs. */
  isClaimed(kernelId: string): boolean {
    return (this._claims.get(kernelId) ?? 0) > 0;
  }

  /** Say that installs of this kernel are looked after; call the result when they have ended. */
  claim(kernelId: string): () => void {
    this._claims.set(kernelId, (this._claims.get(kernelId) ?? 0) + 1);
    let isOver = false;
    return () => {
      if (!isOver) {
        isOver = true;
        this._claims.set(kernelId, (this._claims.get(kernelId) ?? 1) - 1);
      }
    };
  }

  /** Read the history of the environment of a kernel. Never rejects. */
  async refresh(
    kernel: Kernel.IKernelConnection,
    moment: IMoment
  ): Promise<void> {
    const key = environmentKey(moment.facts);
    try {
      const core = await this._options.loadCore();
      const signal = this._signal;
      const read = await core.askHistory(kernel, { action: 'read' }, signal);
      const listed = await core.askBackup(
        kernel,
        { action: 'list' },
        { signal }
      );
      const halfway = await core.askBackup(
        kernel,
        { action: 'repair' },
        { signal }
      );
      const history = read.kind === 'answer' ? read.value : null;
      const backups = new Map<string, number>(
        listed.kind === 'listed'
          ? listed.backups.map(({ id, bytes }) => [id, bytes])
          : []
      );
      const entries = history?.entries ?? [];
      this._set(key, {
        entries,
        place: history?.place ?? 'none',
        skipped: history?.skipped ?? 0,
        backups,
        broken: core.brokenBy(entries, core.marksOf(moment.findings)),
        undo: this._states.get(key)?.undo ?? new Map(),
        halfway: halfway.kind === 'halfway' ? (halfway.ids[0] ?? null) : null,
        failure: read.kind === 'failure' ? read.failure.message : null
      });
    } catch (error) {
      // A history is a help; without it everything else works.
      console.warn('GPU Doctor: the history could not be read', error);
    }
  }

  /** The environment was read anew and is as it was. Never rejects. */
  async confirm(
    kernel: Kernel.IKernelConnection,
    moment: IMoment
  ): Promise<void> {
    this._options.learnt(kernel.id, moment.facts);
    await this.refresh(kernel, moment);
  }

  /** Read the environment again. null: there is no answer. */
  async look(kernel: Kernel.IKernelConnection): Promise<IMoment | null> {
    const core = await this._options.loadCore();
    const outcome = await runProbe(kernel, {
      source: core.PROBE_SOURCE,
      timeout: PATIENCE,
      signal: this._signal
    });
    const read =
      outcome.kind === 'answer' ? await core.readAnswer(outcome.value) : null;
    return read && 'facts' in read
      ? core.momentOf(read.facts, this._options.extraRules())
      : null;
  }

  /** What installs of other kernels did in this environment after a time (UTC, ISO 8601). */
  async changesSince(
    kernel: Kernel.IKernelConnection,
    time: string
  ): Promise<readonly IChange[]> {
    const core = await this._options.loadCore();
    const read = await core.askHistory(
      kernel,
      { action: 'read' },
      this._signal
    );
    return read.kind === 'answer'
      ? read.value.entries
          .filter(one => Date.parse(one.time) > Date.parse(time))
          .flatMap(one => one.changed)
      : [];
  }

  /** Resolves when what was given to `record` last is kept. */
  get recorded(): Promise<void> {
    return this._recording;
  }

  /** Keep an install that ended. Never rejects. */
  record(ended: IEnded): Promise<void> {
    this._recording = this._record(ended);
    return this._recording;
  }

  private async _record({
    kernel,
    before,
    after,
    entry
  }: IEnded): Promise<void> {
    try {
      const core = await this._options.loadCore();
      const read = await core.askHistory(
        kernel,
        { action: 'read' },
        this._signal
      );
      const isFirst = read.kind === 'answer' && read.value.entries.length === 0;
      if (isFirst) {
        const start = core.startEntry(before.facts, newId(), entry.time);
        await core.askHistory(
          kernel,
          { action: 'append', entry: start },
          this._signal
        );
      }
      await core.askHistory(kernel, { action: 'append', entry }, this._signal);
    } catch (error) {
      console.warn('GPU Doctor: the history could not be written', error);
    }
    this._options.learnt(kernel.id, after.facts);
    await this.refresh(kernel, after);
  }

  /** An install was seen that the guard did not look after. @param before the environment as it was known */
  async observe(
    kernel: Kernel.IKernelConnection,
    before: IMoment,
    source: string
  ): Promise<void> {
    const core = await this._options.loadCore();
    const after = await this.look(kernel);
    if (!after) {
      return;
    }
    const { changed, newFindings, goneFindings } = core.compare(
      before,
      after,
      null
    );
    if (changed.length === 0) {
      this._options.learnt(kernel.id, after.facts);
      return;
    }
    const entry: IEntry = {
      ...core.EMPTY_ENTRY,
      ...core.commandsOf(source),
      id: newId(),
      kind: 'install',
      time: new Date().toISOString(),
      changed,
      newFindings,
      goneFindings
    };
    await this.record({ kernel, before, after, entry });
  }

  /** Undo an install. Never rejects; what came of it stands in the state too. */
  async undo(
    kernel: Kernel.IKernelConnection,
    environment: string,
    entryId: string
  ): Promise<UndoState> {
    const release = this.claim(kernel.id);
    const set = (state: UndoState): UndoState => {
      const old = this._states.get(environment);
      if (old) {
        const undo = new Map(old.undo).set(entryId, state);
        this._set(environment, { ...old, undo });
      }
      return state;
    };
    set({ phase: 'running', since: Date.now() });
    try {
      // The card of an install is there before its entry.
      await this._recording;
      const entry = this.get(environment)?.entries.find(
        one => one.id === entryId
      );
      return set(await this._undo(kernel, environment, entry ?? null));
    } catch (error) {
      return set({
        phase: 'refused',
        reason: text('It could not be undone: %1', String(error)),
        files: [],
        command: null
      });
    } finally {
      release();
    }
  }

  private async _undo(
    kernel: Kernel.IKernelConnection,
    environment: string,
    entry: IEntry | null
  ): Promise<UndoState> {
    const core = await this._options.loadCore();
    const refused = (kind: string, files: readonly string[]): UndoState => ({
      phase: 'refused',
      reason: core.refusalText(kind),
      files,
      command: entry && core.nearestCommand(entry.changed)
    });
    const before = await this.look(kernel);
    if (!entry?.undo || !before) {
      return refused(before ? 'gone' : 'failure', []);
    }
    const outcome: BackupOutcome = await core.askBackup(
      kernel,
      { action: 'undo', id: entry.undo },
      { signal: this._signal, timeout: UNDO }
    );
    if (outcome.kind !== 'undone') {
      return outcome.kind === 'refused'
        ? refused(outcome.reason, outcome.files)
        : refused('failure', []);
    }
    const time = new Date().toISOString();
    await core.askHistory(
      kernel,
      { action: 'update', id: entry.id, patch: { undone: time } },
      this._signal
    );
    const after = await this.look(kernel);
    if (after) {
      const found = core.compare(before, after, null);
      await this.record({
        kernel,
        before,
        after,
        entry: {
          ...core.EMPTY_ENTRY,
          id: newId(),
          kind: 'undo',
          time,
          tool: entry.tool,
          command: entry.command,
          verdict: 'ok',
          changed: found.changed,
          newFindings: found.newFindings,
          goneFindings: found.goneFindings
        }
      });
      return {
        phase: 'done',
        text: core.undoneText(found.changed),
        restart: found.restart
      };
    }
    return { phase: 'done', text: core.undoneText(entry.changed), restart: [] };
  }

  /** Put back what a killed install or undo left half-way. Never rejects. */
  async repair(
    kernel: Kernel.IKernelConnection,
    environment: string,
    backup: string
  ): Promise<void> {
    const release = this.claim(kernel.id);
    try {
      const core = await this._options.loadCore();
      const outcome = await core.askBackup(
        kernel,
        { action: 'undo', id: backup },
        { signal: this._signal, timeout: UNDO }
      );
      const state = this._states.get(environment);
      if (state && outcome.kind !== 'undone') {
        this._set(environment, {
          ...state,
          failure: core.refusalText(
            outcome.kind === 'refused' ? outcome.reason : ''
          )
        });
      }
      const after = await this.look(kernel);
      if (after && outcome.kind === 'undone') {
        this._options.learnt(kernel.id, after.facts);
        await this.refresh(kernel, after);
      }
    } catch (error) {
      const state = this._states.get(environment);
      if (state) {
        const reason = text('It could not be repaired: %1', String(error));
        this._set(environment, { ...state, failure: reason });
      }
    } finally {
      release();
    }
  }

  /** Keep what an install was for. */
  async setWhy(
    kernel: Kernel.IKernelConnection,
    moment: IMoment,
    entry: string,
    why: string
  ): Promise<void> {
    const core = await this._options.loadCore();
    await core.askHistory(
      kernel,
      { action: 'update', id: entry, patch: { why: why.trim() || null } },
      this._signal
    );
    await this.refresh(kernel, moment);
  }

  /** Delete all backups of an environment. */
  async dropBackups(
    kernel: Kernel.IKernelConnection,
    moment: IMoment
  ): Promise<void> {
    const core = await this._options.loadCore();
    const state = this.get(environmentKey(moment.facts));
    for (const id of state?.backups.keys() ?? []) {
      await core.askBackup(
        kernel,
        { action: 'drop', id },
        { signal: this._signal }
      );
    }
    await this.refresh(kernel, moment);
  }

  private _set(environment: string, state: IHistoryState): void {
    this._states.set(environment, state);
    this._changed.emit();
  }

  private _recording: Promise<void> = Promise.resolve();
  /** Nothing here is given up half-way. */
  private readonly _signal = new AbortController().signal;
  private readonly _states = new Map<string, IHistoryState>();
  private readonly _claims = new Map<string, number>();
  private readonly _changed = new Signal<this, void>(this);
}

/** An id that is a safe file name. */
export function newId(): string {
  return `${Date.now().toString(36)}-${crypto.getRandomValues(new Uint32Array(1))[0].toString(36)}`;
}
