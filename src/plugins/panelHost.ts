import type { TranslationBundle } from '@jupyterlab/translation';
import type { Message } from '@lumino/messaging';
import { Signal, type ISignal } from '@lumino/signaling';
import { Panel } from '@lumino/widgets';
import type { ICheckActions } from '../check/state';
import type { IErrorExplainer, IGpuDoctor, IInstallGuard } from '../tokens';
import { doctorIcon } from '../ui/icons';
import type { SectionStore } from './stores';

/** Options of the host. */
export interface IPanelHostOptions {
  readonly doctor: IGpuDoctor;
  readonly guard: IInstallGuard | null;
  readonly explainer: IErrorExplainer | null;
  readonly actions: ICheckActions;
  readonly trans: TranslationBundle;
  readonly sections: SectionStore;
}

/** The place in the sidebar; what is in it is loaded when it is first shown. */
export class PanelHost extends Panel {
  constructor(private readonly _options: IPanelHostOptions) {
    super();
    const { trans } = _options;
    this.id = 'jp-gpu-doctor';
    this.addClass('jp-GpuDoctor-host');
    this.title.icon = doctorIcon;
    this.title.caption = trans.__('GPU Doctor');
  }

  /** Emitted each time the panel becomes visible. */
  get opened(): ISignal<this, void> {
    return this._opened;
  }

  protected onAfterShow(message: Message): void {
    super.onAfterShow(message);
    this._load();
    this._opened.emit();
  }

  protected onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    if (this.isVisible) {
      this._load();
    }
  }

  private _load(): void {
    if (this._loading) {
      return;
    }
    this._loading = true;
    const { doctor, guard, explainer, actions, trans, sections } =
      this._options;
    void Promise.all([import('../ui/panel'), sections.ready]).then(
      ([{ DoctorPanel }]) => {
        this.addWidget(
          new DoctorPanel({
            model: doctor,
            guard,
            explainer,
            actions,
            trans,
            sections
          })
        );
      },
      (error: unknown) => {
        // The server is gone or the page is older than the installed files; a later opening tries again.
        this._loading = false;
        this.node.textContent = trans.__(
          'GPU Doctor could not be loaded: %1. Reload the page to try again.',
          String(error)
        );
      }
    );
  }

  private _loading = false;
  private _opened = new Signal<this, void>(this);
}
