/** @jest-environment jsdom */
// It extends DragEvent, which jsdom lacks.
jest.mock('@lumino/dragdrop', () => ({ Drag: class {} }));

jest.mock('@jupyterlab/ui-components', () => {
  const { Widget } = jest.requireActual('@lumino/widgets');
  const { createRoot } = jest.requireActual('react-dom/client');
  class LabIcon {
    react = () => null;
  }
  /** What `CardWidget` needs of the real one, which Jest cannot load. */
  class ReactWidget extends Widget {
    private _root = createRoot(this.node);
    onUpdateRequest() {
      this._root.render(this.render());
    }
    onAfterAttach() {
      this.update();
    }
  }
  return {
    LabIcon,
    ReactWidget,
    copyIcon: new LabIcon(),
    downloadIcon: new LabIcon(),
    closeIcon: new LabIcon()
  };
});

import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import * as React from 'react';
import type { CardState } from '../../guard/types';
import { after, asking, spies, trans, working } from './samples.testing';
import { CardWidget } from './widget';

const { act } = React;

class Model {
  readonly actions = spies();
  readonly listeners = new Set<() => void>();

  constructor(public state: CardState) {}

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  set(state: CardState): void {
    act(() => {
      this.state = state;
      this.listeners.forEach(listener => listener());
      MessageLoop.flush();
    });
  }
}

let cell: HTMLElement;
let model: Model;
let card: CardWidget;

function start(state: CardState): void {
  model = new Model(state);
  act(() => {
    card = new CardWidget({ model, trans });
    Widget.attach(card, cell);
    MessageLoop.flush();
  });
}

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  document.body.innerHTML =
    '<div class="jp-Notebook"><div class="jp-Cell" tabindex="-1"></div></div>';
  cell = document.body.querySelector('.jp-Cell') as HTMLElement;
});

afterEach(() => act(() => card.dispose()));

test('hidden while there is nothing to show', () => {
  start(null);
  expect(card.hasClass('jp-GpuDoctor-card')).toBe(true);
  expect(card.isHidden).toBe(true);
  model.set(working());
  expect(card.isHidden).toBe(false);
  expect(card.node.querySelector('[data-state=working]')).not.toBeNull();
  model.set(null);
  expect(card.isHidden).toBe(true);
  expect(card.node.querySelector('[data-state]')).toBeNull();
});

test('the focus goes back to the cell when the card goes', () => {
  start(asking());
  card.node.querySelector('button')?.focus();
  expect(cell.contains(document.activeElement)).toBe(true);
  model.set(null);
  expect(document.activeElement).toBe(cell);
});

test('the focus elsewhere is left there', () => {
  start(asking());
  model.set(null);
  expect(document.activeElement).toBe(document.body);
});

test('a rendering error leaves buttons, the next state recovers', () => {
  jest.spyOn(console, 'error').mockImplementation(() => {});
  start(asking({ rows: null as never }));
  expect(card.node.querySelectorAll('button')).toHaveLength(2);
  model.set(after());
  expect(card.node.querySelector('[data-state=after]')).not.toBeNull();
  jest.restoreAllMocks();
});

test('no listener is left behind', () => {
  start(asking());
  expect(model.listeners.size).toBe(1);
  act(() => card.dispose());
  expect(model.listeners.size).toBe(0);
});
