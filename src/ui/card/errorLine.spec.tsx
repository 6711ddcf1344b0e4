/** @jest-environment jsdom */
jest.mock('@jupyterlab/ui-components', () => {
  class LabIcon {
    react = () => null;
  }
  return {
    LabIcon,
    ReactWidget: class {},
    addIcon: new LabIcon(),
    caretDownIcon: new LabIcon(),
    caretRightIcon: new LabIcon(),
    closeIcon: new LabIcon(),
    copyIcon: new LabIcon()
  };
});

import * as React from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { EMPTY_STATE, type ICheckState } from '../../check/state';
import type { IExplained, IMatch } from '../../explain/types';
import type { IFinding } from '../../rules/types';
import { text } from '../../text/text';
import { PanelContext } from '../context';
import { ExplainedError } from '../sections/explained';
import { ErrorLine } from './errorLine';
import { trans } from './samples.testing';

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
});

const one = (selector: string): HTMLElement => {
  const found = host.querySelectorAll<HTMLElement>(selector);
  expect(found).toHaveLength(1);
  return found[0];
};

const buttons = () =>
  [...host.querySelectorAll('button')].map(
    button =>
      button.getAttribute('aria-label') ??
      button.querySelector('[data-shown=true]')?.textContent ??
      button.textContent
  );

const press = (name: string): Promise<void> =>
  act(async () => {
    host.querySelectorAll('button')[buttons().indexOf(name)].click();
  });

describe('ErrorLine', () => {
  const onExplain = jest.fn();
  const onDismiss = jest.fn();

  beforeEach(() => {
    jest.clearAllMocks();
    act(() =>
      root.render(
        <ErrorLine
          title={text('`%1` cannot be found', '<b>libcublas.so.11</b>')}
          trans={trans}
          onExplain={onExplain}
          onDismiss={onDismiss}
        />
      )
    );
  });

  test('says what it is, as text, and has two buttons', () => {
    const frame = one('[data-state=explain]');
    const heading = one('h3');
    expect(frame.getAttribute('aria-labelledby')).toBe(heading.id);
    expect(heading.textContent).toBe('<b>libcublas.so.11</b> cannot be found');
    expect(heading.querySelector('b')).toBeNull();
    expect(heading.querySelector('code')).not.toBeNull();
    expect(buttons()).toEqual(['Explain', 'Dismiss']);
  });

  test('Explain and Dismiss', async () => {
    await press('Explain');
    expect([onExplain, onDismiss].map(f => f.mock.calls.length)).toEqual([
      1, 0
    ]);
    await press('Dismiss');
    expect([onExplain, onDismiss].map(f => f.mock.calls.length)).toEqual([
      1, 1
    ]);
  });

  test('keys do not reach the notebook', () => {
    const heard = jest.fn();
    document.body.addEventListener('keydown', heard);
    const key = (target: HTMLElement) =>
      target.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'd', bubbles: true })
      );
    key(one('[data-state=explain]'));
    expect(heard).not.toHaveBeenCalled();
    key(host);
    expect(heard).toHaveBeenCalledTimes(1);
    document.body.removeEventListener('keydown', heard);
  });
});

describe('ExplainedError', () => {
  const actions = {
    check: jest.fn(),
    copy: jest.fn(() => Promise.resolve()),
    insertCell: jest.fn(() => true),
    openRule: jest.fn()
  };
  const finding = {
    rule: 'torch-family-mismatch',
    code: 'R37',
    message: 'm',
    severity: 'error',
    title: text('torchvision was built for another torch'),
    why: text('why'),
    about: [],
    evidence: [],
    fix: null,
    stops: [],
    symptoms: []
  } satisfies IFinding;
  const match: IMatch = {
    signature: 'torchvision-operator',
    title: text('torchvision was built for another PyTorch'),
    why: text('Its compiled operators are not there.'),
    about: ['torchvision'],
    evidence: [
      {
        text: text('torchvision %1 is installed', '0.18.1'),
        path: '/packages/1'
      }
    ],
    fix: {
      commands: ['%pip install torchvision==0.18.0'],
      where: 'cell',
      restart: true,
      safety: 'review'
    },
    finding
  };
  const state = {
    ...EMPTY_STATE,
    phase: 'ready',
    kernel: {
      id: 'k',
      displayName: 'Python',
      language: 'python',
      source: 'notebook',
      title: 'n'
    }
  } as ICheckState;

  function show(
    more: Partial<IExplained> = {},
    where: Partial<ICheckState> = {}
  ): jest.Mock {
    jest.clearAllMocks();
    const onDismiss = jest.fn();
    const sections = {
      isOpen: (_: string, open: boolean) => open,
      setOpen() {}
    };
    act(() =>
      root.render(
        <PanelContext.Provider
          value={
            {
              trans,
              actions,
              sections,
              visible: true
            } as unknown as React.ContextType<typeof PanelContext>
          }
        >
          <ExplainedError
            explained={{
              kernelId: 'k',
              matches: [match],
              withFacts: true,
              asked: 1,
              ...more
            }}
            state={{ ...state, ...where }}
            onDismiss={onDismiss}
          />
        </PanelContext.Provider>
      )
    );
    return onDismiss;
  }

  test('title, why, what was read, the cause, the fix', () => {
    show();
    expect(one('h4').textContent).toBe(
      'Errortorchvision was built for another PyTorch'
    );
    expect(one('.jp-GpuDoctor-evidence').textContent).toBe(
      'torchvision 0.18.1 is installed'
    );
    expect(host.textContent).toContain(
      'Cause here: torchvision was built for another torch'
    );
    expect(one('pre').textContent).toBe('%pip install torchvision==0.18.0');
    expect(buttons()).toEqual([
      'Error explained',
      'Insert as cell',
      'Copy',
      'Go to finding',
      'Learn more',
      'Dismiss'
    ]);
    expect(document.activeElement?.textContent).toBe('Error explained');
  });

  test('the fix goes below the active cell', async () => {
    show();
    await press('Insert as cell');
    expect(actions.insertCell).toHaveBeenCalledWith(
      '%pip install torchvision==0.18.0'
    );
    await press('Learn more');
    expect(actions.openRule).toHaveBeenCalledWith('torch-family-mismatch');
  });

  test('put away', async () => {
    const onDismiss = show();
    await press('Dismiss');
    expect(onDismiss).toHaveBeenCalledTimes(1);
  });

  test('nothing for another kernel', () => {
    show({ kernelId: 'other' });
    expect(host.textContent).toBe('');
  });

  test('without facts it says so, and offers the check', async () => {
    show({
      withFacts: false,
      matches: [{ ...match, finding: null, fix: null }]
    });
    expect(host.textContent).toContain('By its words alone');
    await press('Check GPU env');
    expect(actions.check).toHaveBeenCalledTimes(1);
    show(
      { withFacts: false },
      { progress: { since: 0, queued: false, separate: false } }
    );
    expect(host.textContent).toContain('is being read');
    expect(buttons()).not.toContain('Check GPU env');
  });

  test('further explanations are folded', () => {
    show({
      matches: [match, { ...match, signature: 'other', title: text('Other') }]
    });
    expect(one('details > summary').textContent).toBe('1 more explanation');
  });
});
