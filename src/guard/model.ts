/** The state of one card and who wants to hear of it. */
import type { CardState, ICardActions, ICardModel } from './types';

/** A card's data; `state` is set by the guard. */
export class CardModel implements ICardModel {
  constructor(readonly actions: ICardActions) {}

  get state(): CardState {
    return this._state;
  }

  set state(state: CardState) {
    if (state !== this._state) {
      this._state = state;
      [...this._listeners].forEach(listener => listener());
    }
  }

  onChange(listener: () => void): () => void {
    this._listeners.add(listener);
    return () => void this._listeners.delete(listener);
  }

  private readonly _listeners = new Set<() => void>();
  private _state: CardState = null;
}
