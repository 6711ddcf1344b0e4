/** @jest-environment jsdom */
jest.mock('@jupyterlab/ui-components', () => {
  class Stub {
    react = () => null;
  }
  return new Proxy({}, { get: (_, name) => mocked(String(name)) });
  function mocked(name: string): unknown {
    return name === 'LabIcon' || name === 'ReactWidget' ? Stub : new Stub();
  }
});

import * as React from 'react';
import { createRoot, type Root } from 'react-dom/client';
import {
  EMPTY_STATE,
  type ICheckActions,
  type IHistoryState
} from '../check/state';
import { facts } from '../facts/build';
import { evaluate } from '../kernel/core';
import { trans } from './card/samples.testing';
import { PanelView } from './panel';
import { entry, history } from './sections/history.testing';

const { act } = React;

let host: HTMLDivElement;
let root: Root;

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  host = document.body.appendChild(document.createElement('div'));
  root = createRoot(host);
});

afterEach(() => {
  act(() => root.unmount());
  host.remove();
  jest.restoreAllMocks();
});

const result = evaluate(facts({ packages: [] }), [], new Set(), {
  checkedAt: 0,
  separate: false
});

function show(past: IHistoryState | null): void {
  act(() =>
    root.render(
      <PanelView
        state={{ ...EMPTY_STATE, phase: 'ready', result, history: past }}
        actions={{} as ICheckActions}
        trans={trans}
        sections={{ isOpen: () => true, setOpen: () => undefined }}
      />
    )
  );
}

const sections = () =>
  [...host.querySelectorAll<HTMLElement>('[data-section]')].map(
    node => node.dataset.section
  );

test('the history stands behind the packages, once it is read', () => {
  show(null);
  expect(sections()).not.toContain('history');
  show(history([entry('a')]));
  expect(sections().indexOf('history')).toBe(
    sections().indexOf('packages') + 1
  );
});

test('a history that cannot be drawn leaves the rest, the next one is drawn', () => {
  jest.spyOn(console, 'error').mockImplementation(() => {});
  show(history(null as never));
  expect(host.querySelector('.jp-GpuDoctor-crash')).not.toBeNull();
  expect(sections()).toContain('packages');
  show(history([entry('a')]));
  expect(host.querySelector('.jp-GpuDoctor-crash')).toBeNull();
  expect(host.querySelectorAll('[data-entry]')).toHaveLength(1);
});
