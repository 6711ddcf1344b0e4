/** What every part of an install card needs. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { ICardActions } from '../../guard/types';

/** What `InstallCard` hands down to its parts. */
export interface ICardContext {
  readonly trans: TranslationBundle;
  readonly actions: ICardActions;
  /** Whether the card can be seen; texts that count time stand still when not. */
  readonly visible: boolean;
  /** Id of the heading, which names the card. */
  readonly headingId: string;
}

/** Provided by `InstallCard`. */
export const CardContext = React.createContext<ICardContext | null>(null);

/** The context. @throws Error outside `InstallCard` */
export function useCard(): ICardContext {
  const context = React.useContext(CardContext);
  if (!context) {
    throw new Error('Used outside InstallCard');
  }
  return context;
}
