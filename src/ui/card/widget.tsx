/** The widget that holds an install card, for the layout of a cell. */
import { ReactWidget } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { Message } from '@lumino/messaging';
import * as React from 'react';
import type { ICardModel } from '../../guard/types';
import { CardBoundary } from './boundary';
import { InstallCard } from './card';

/** What a `CardWidget` needs. */
export interface ICardWidgetOptions {
  readonly model: ICardModel;
  readonly trans: TranslationBundle;
}

/** Draws a model, and hides while there is nothing to show. */
export class CardWidget extends ReactWidget {
  constructor(options: ICardWidgetOptions) {
    super();
    this._model = options.model;
    this._trans = options.trans;
    this.addClass('jp-GpuDoctor-card');
    this._unsubscribe = this._model.onChange(() => this._refresh());
    this._refresh();
  }

  dispose(): void {
    if (this.isDisposed) {
      return;
    }
    this._unsubscribe();
    super.dispose();
  }

  protected render(): JSX.Element {
    const { state, actions } = this._model;
    return (
      <CardBoundary subject={state} actions={actions} trans={this._trans}>
        <InstallCard
          state={state}
          actions={actions}
          trans={this._trans}
          visible={this._visible}
          heard={this._heard}
        />
      </CardBoundary>
    );
  }

  protected onAfterShow(msg: Message): void {
    super.onAfterShow(msg);
    this._see(true);
  }

  protected onAfterAttach(msg: Message): void {
    this._visible = this.isVisible;
    super.onAfterAttach(msg);
  }

  protected onBeforeHide(msg: Message): void {
    super.onBeforeHide(msg);
    this._see(false);
  }

  private _refresh(): void {
    const empty = this._model.state === null;
    if (empty && this.node.contains(document.activeElement)) {
      // Hiding what has the focus would leave the user nowhere.
      this.node
        .closest<HTMLElement>('.jp-Notebook .jp-Cell')
        ?.focus({ preventScroll: true });
    }
    this.setHidden(empty);
    this.update();
  }

  private _see(visible: boolean): void {
    this._visible = visible;
    this.update();
  }

  private readonly _model: ICardModel;
  private readonly _trans: TranslationBundle;
  private readonly _unsubscribe: () => void;
  private readonly _heard = { current: '' };
  private _visible = false;
}
