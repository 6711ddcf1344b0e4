/** Where cards are shown: in the cell, in a dialog, and, for a card that is out of sight, a notification that leads to it. */
import {
  Dialog,
  MainAreaWidget,
  Notification,
  showDialog
} from '@jupyterlab/apputils';
import type { CodeCell } from '@jupyterlab/cells';
import { CodeConsole } from '@jupyterlab/console';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { IDisposable } from '@lumino/disposable';
import type { PanelLayout, Widget } from '@lumino/widgets';
import type { ICardModel } from '../guard/types';

/** What the cards need of the page. */
export interface ICardsOptions {
  readonly trans: TranslationBundle;
  /** Whether questions are asked in a dialog. */
  inDialog(): boolean;
  /** Bring a cell into view. */
  reveal(cell: CodeCell): void;
  /** Name of the document that holds a cell. */
  titleOf(cell: CodeCell): string;
}

/** Shows the card of each cell that has one. */
export class Cards {
  constructor(private readonly _options: ICardsOptions) {}

  /** A cell has a card from now on. */
  show(cell: CodeCell, model: ICardModel): void {
    // The card of an earlier run.
    this._remove.get(cell)?.();
    const isDialog = this._options.inDialog() || isInConsole(cell);
    let placed: Promise<Widget | null> | null = null;
    let dialog: Promise<IDisposable | null> | null = null;
    let notice: string | null = null;
    const update = () => {
      const { state } = model;
      const asking = state?.kind === 'asking';
      if (state && !placed && !(asking && isDialog)) {
        placed = this._place(cell, isDialog ? withoutQuestions(model) : model);
      }
      if (asking && isDialog && !dialog) {
        dialog = this._openDialog(model);
      } else if (!asking && dialog) {
        void dialog.then(one => one?.dispose());
        dialog = null;
      }
      if (asking && !isDialog && notice === null) {
        // The card is in its place at the next frame; only then can it be seen or not.
        notice = '';
        requestAnimationFrame(() => {
          if (notice === '' && !isInSight(cell)) {
            notice = this._notify(cell);
          }
        });
      } else if (!asking && notice !== null) {
        if (notice) {
          Notification.dismiss(notice);
        }
        notice = null;
      }
    };
    const stop = model.onChange(update);
    const remove = () => {
      stop();
      void placed?.then(one => one?.dispose());
      void dialog?.then(one => one?.dispose());
      if (notice) {
        Notification.dismiss(notice);
      }
      cell.disposed.disconnect(remove);
    };
    this._remove.set(cell, remove);
    cell.disposed.connect(remove);
    update();
  }

  /** Put the card between input and output. It is no output: nothing of it is saved or cleared. */
  private async _place(
    cell: CodeCell,
    model: ICardModel
  ): Promise<Widget | null> {
    const { trans } = this._options;
    try {
      const { CardWidget } = await import('../ui/card/widget');
      // Cells out of sight are built when they are first shown.
      await cell.ready;
      if (cell.isDisposed) {
        return null;
      }
      const layout = cell.layout as PanelLayout;
      const input = layout.widgets.findIndex(one =>
        one.hasClass('jp-Cell-inputWrapper')
      );
      const card = new CardWidget({ model, trans });
      layout.insertWidget(input + 1, card);
      return card;
    } catch {
      this._askPlainly(model);
      return null;
    }
  }

  private async _openDialog(model: ICardModel): Promise<IDisposable | null> {
    try {
      const { openCardDialog } = await import('../ui/card/dialog');
      return model.state?.kind === 'asking'
        ? openCardDialog(model, this._options.trans)
        : null;
    } catch {
      this._askPlainly(model);
      return null;
    }
  }

  /** The card could not be loaded: the server is gone, or newer than the page. The cell must not hang on that. */
  private _askPlainly(model: ICardModel): void {
    const { trans } = this._options;
    const ask = () => {
      if (model.state?.kind !== 'asking') {
        return;
      }
      stop();
      void showDialog({
        title: trans.__('This install may do harm'),
        body: trans.__(
          'The details could not be loaded. Reload the page to see them.'
        ),
        buttons: [
          Dialog.cancelButton(),
          Dialog.warnButton({ label: trans.__('Install anyway') })
        ],
        defaultButton: 0
      }).then(({ button }) =>
        button.accept ? model.actions.anyway([]) : model.actions.cancel()
      );
    };
    const stop = model.onChange(ask);
    ask();
  }

  private _notify(cell: CodeCell): string {
    const { trans, reveal, titleOf } = this._options;
    return Notification.warning(
      trans.__('An install in %1 waits for your decision.', titleOf(cell)),
      {
        autoClose: false,
        actions: [
          { label: trans.__('Go to cell'), callback: () => reveal(cell) }
        ]
      }
    );
  }

  private readonly _remove = new WeakMap<CodeCell, () => void>();
}

function isInConsole(cell: CodeCell): boolean {
  for (let widget = cell.parent; widget; widget = widget.parent) {
    if (widget instanceof CodeConsole) {
      return true;
    }
    if (widget instanceof MainAreaWidget) {
      return false;
    }
  }
  return false;
}

/** Whether the upper edge of what follows the input can be seen. */
function isInSight(cell: CodeCell): boolean {
  const view = cell.node.closest('.jp-WindowedPanel-outer, .jp-Notebook');
  if (!cell.isVisible || !view) {
    return false;
  }
  const outer = view.getBoundingClientRect();
  const inner = cell.node.getBoundingClientRect();
  return inner.bottom - 40 < outer.bottom && inner.bottom > outer.top + 20;
}

/** A view of a model that leaves the questions to a dialog. */
function withoutQuestions(model: ICardModel): ICardModel {
  return {
    get state() {
      return model.state?.kind === 'asking' ? null : model.state;
    },
    onChange: listener => model.onChange(listener),
    actions: model.actions
  };
}
