/** The card as a modal dialog: for code consoles, and where the settings say so. */
import type { TranslationBundle } from '@jupyterlab/translation';
import { DisposableDelegate, type IDisposable } from '@lumino/disposable';
import { Widget } from '@lumino/widgets';
import type { ICardModel } from '../../guard/types';
import { CardWidget } from './widget';

/**
 * Show a model in a dialog of the browser; it goes away when it is disposed of. Escape cancels, it never proceeds.
 * JupyterLab's own dialog takes Enter as its default button wherever the focus is, so it is not used here.
 */
export function openCardDialog(
  model: ICardModel,
  trans: TranslationBundle
): IDisposable {
  const node = document.createElement('dialog');
  node.className = 'jp-GpuDoctor-dialog jp-ThemedContainer';
  node.setAttribute('aria-label', trans.__('Install guard'));
  document.body.append(node);
  const card = new CardWidget({ model, trans });
  Widget.attach(card, node);
  const before = document.activeElement;
  node.addEventListener('cancel', event => {
    event.preventDefault();
    model.actions.cancel();
  });
  // The dialog itself has the focus: no button is chosen for the user.
  node.autofocus = true;
  node.showModal();
  return new DisposableDelegate(() => {
    card.dispose();
    node.close();
    node.remove();
    if (before instanceof HTMLElement && before.isConnected) {
      before.focus({ preventScroll: true });
    }
  });
}
