/** What every part of the panel needs. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { ICheckActions } from '../check/state';

/** Remembers which sections are open. */
export interface ISectionStore {
  /** Whether a section is open. @param fallback when nobody opened or closed it yet */
  isOpen(id: string, fallback: boolean): boolean;
  /** Remember it. */
  setOpen(id: string, open: boolean): void;
}

/** What `PanelView` hands down to its parts. */
export interface IPanelContext {
  readonly trans: TranslationBundle;
  readonly actions: ICheckActions;
  readonly sections: ISectionStore;
  /** Whether the panel can be seen; texts that count time stand still when not. */
  readonly visible: boolean;
}

/** Provided by `PanelView`. */
export const PanelContext = React.createContext<IPanelContext | null>(null);

/** The context. @throws Error outside `PanelView` */
export function usePanel(): IPanelContext {
  const context = React.useContext(PanelContext);
  if (!context) {
    throw new Error('Used outside PanelView');
  }
  return context;
}
