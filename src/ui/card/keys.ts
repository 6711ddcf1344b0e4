/** Keys and focus: what is pressed in a card must not reach the notebook around it. */
import * as React from 'react';

/**
 * Keep a key press in the card.
 *
 * JupyterLab matches its shortcuts after the card has heard of a key; applications that match them
 * before are kept away by the attribute `data-lm-suppress-shortcuts` of the card. The notebook,
 * which moves the focus at a key press, does not hear of it either. Escape leaves what has the focus
 * without deciding anything, and a combination such as Ctrl+S is handed to the application as if it
 * had been pressed outside of any notebook.
 */
export function keepKeys(event: React.KeyboardEvent<HTMLElement>): void {
  event.stopPropagation();
  if (event.key === 'Escape') {
    event.currentTarget.focus({ preventScroll: true });
    return;
  }
  const combined = event.ctrlKey || event.metaKey || event.altKey;
  if (event.key === 'Enter' && (combined || event.shiftKey)) {
    // The habit of running a cell must not press a button.
    event.preventDefault();
  } else if (combined) {
    const copy = new KeyboardEvent('keydown', event.nativeEvent);
    if (!document.body.dispatchEvent(copy)) {
      event.preventDefault();
    }
  }
}

/**
 * A ref for the card's root. When an update removes the focused element, the root gets the focus,
 * so that Tab goes on from the card; a card without the focus is left alone.
 */
export function useKeptFocus(): React.RefObject<HTMLDivElement> {
  const root = React.useRef<HTMLDivElement>(null);
  const had = root.current?.contains(document.activeElement) ?? false;
  React.useEffect(() => {
    const active = document.activeElement;
    if (had && (active === null || active === document.body)) {
      root.current?.focus({ preventScroll: true });
    }
  });
  return root;
}
