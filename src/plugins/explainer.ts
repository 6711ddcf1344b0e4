/** Holds the error that the user asked about, and joins it with what the check finds. */
import { Signal, type ISignal } from '@lumino/signaling';
import type { ICheckState } from '../check/state';
import type { explain } from '../explain/engine';
import type { IExplained, IMatch } from '../explain/types';
import type { View } from '../facts/view';
import type { IErrorExplainer } from '../tokens';

/** Older facts are read again. In milliseconds. */
const FRESH = 60_000;

/** What is loaded when a cell fails. */
export interface IExplainCore {
  readonly explain: typeof explain;
  readonly View: typeof View;
}

/** What the explainer needs. */
export interface IExplainerOptions {
  readonly doctor: {
    readonly state: ICheckState;
    readonly stateChanged: ISignal<unknown, void>;
    check(): Promise<void>;
  };
  /** Load signatures and rules; nothing of them is needed before an error. */
  load(): Promise<IExplainCore>;
  /** Milliseconds since the epoch. */
  now?(): number;
}

/** The model behind "Error explained". */
export class Explainer implements IErrorExplainer {
  constructor(private readonly _options: IExplainerOptions) {
    _options.doctor.stateChanged.connect(this._join, this);
  }

  get explained(): IExplained | null {
    return this._explained;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** What is known of an error at once, with the facts at hand; null when nothing is. */
  async known(text: string, kernelId: string): Promise<IMatch | null> {
    const core = await this._options.load();
    const [match] = this._explain(core, text, kernelId).matches;
    return match ?? null;
  }

  async explain(text: string, kernelId: string): Promise<void> {
    this._core = await this._options.load();
    this._text = text;
    this._asked++;
    this._set(kernelId);
    const { state } = this._options.doctor;
    if (state.kernel?.id === kernelId && !this._isFresh(state)) {
      await this._options.doctor.check();
    }
  }

  dismiss(): void {
    this._explained = null;
    this._changed.emit();
  }

  /** There may be new facts. */
  private _join(): void {
    const kernelId = this._explained?.kernelId;
    const { state } = this._options.doctor;
    if (
      kernelId !== undefined &&
      state.kernel?.id === kernelId &&
      state.result !== this._joined
    ) {
      this._set(kernelId);
    }
  }

  private _set(kernelId: string): void {
    if (!this._core) {
      return;
    }
    const { matches, withFacts } = this._explain(
      this._core,
      this._text,
      kernelId
    );
    this._joined = this._options.doctor.state.result;
    this._explained =
      matches.length > 0
        ? { kernelId, matches, withFacts, asked: this._asked }
        : null;
    this._changed.emit();
  }

  private _explain(
    core: IExplainCore,
    text: string,
    kernelId: string
  ): { matches: readonly IMatch[]; withFacts: boolean } {
    const { state } = this._options.doctor;
    const result = state.kernel?.id === kernelId ? state.result : null;
    if (!result || state.stale) {
      return { matches: core.explain(text, null), withFacts: false };
    }
    const view = new core.View(result.facts);
    const joined = core.explain(text, { view, findings: result.findings });
    return {
      matches:
        joined.length > 0
          ? joined
          : // The facts speak against what would mend it; what the words mean stays true.
            core.explain(text, null).map(one => ({ ...one, fix: null })),
      withFacts: true
    };
  }

  private _isFresh({ result, stale }: ICheckState): boolean {
    const now = (this._options.now ?? Date.now)();
    return result !== null && stale === null && now - result.checkedAt < FRESH;
  }

  private _core: IExplainCore | null = null;
  private _text = '';
  private _asked = 0;
  private _explained: IExplained | null = null;
  private _joined: ICheckState['result'] = null;
  private _changed = new Signal<this, void>(this);
}
