/** @jest-environment jsdom */
jest.mock('@jupyterlab/ui-components', () => {
  class LabIcon {
    react = () => null;
  }
  return new Proxy(
    { LabIcon },
    { get: (known, name) => (name === 'LabIcon' ? LabIcon : new LabIcon()) }
  );
});

import * as React from 'react';
import { createRoot, type Root } from 'react-dom/client';
import type {
  ICheckActions,
  IHistoryState,
  UndoState
} from '../../check/state';
import type { IChange, IFindingMark } from '../../history/types';
import { text } from '../../text/text';
import { changed, trans } from '../card/samples.testing';
import { PanelContext } from '../context';
import { revealSection } from '../section';
import { History } from './history';
import { at, entry, history, NOW, start } from './history.testing';

const { act } = React;

let host: HTMLDivElement;
let root: Root;
let opened: Map<string, boolean>;
const actions = {
  undo: jest.fn(),
  repair: jest.fn(),
  setWhy: jest.fn(),
  dropBackups: jest.fn(),
  restartKernel: jest.fn(),
  insertCell: jest.fn(() => true),
  copy: jest.fn(async () => undefined)
};

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  jest.useFakeTimers({ now: NOW });
  jest.clearAllMocks();
  opened = new Map([['history', true]]);
  host = document.body.appendChild(document.createElement('div'));
  root = createRoot(host);
});

afterEach(() => {
  act(() => root.unmount());
  host.remove();
  jest.useRealTimers();
});

function show(state: IHistoryState | null): void {
  const context = {
    trans,
    actions: actions as unknown as ICheckActions,
    sections: {
      isOpen: (id: string, fallback: boolean) => opened.get(id) ?? fallback,
      setOpen: (id: string, open: boolean) => void opened.set(id, open)
    },
    visible: true
  };
  act(() =>
    root.render(
      <PanelContext.Provider value={context}>
        <History history={state} />
      </PanelContext.Provider>
    )
  );
}

const all = <T extends HTMLElement = HTMLElement>(selector: string): T[] => [
  ...host.querySelectorAll<T>(selector)
];

const one = <T extends HTMLElement = HTMLElement>(selector: string): T => {
  const found = all<T>(selector);
  expect(found).toHaveLength(1);
  return found[0];
};

const words = (node: Element): string =>
  (node.querySelector('[data-shown=true]') ?? node).textContent ?? '';

const button = (name: string): HTMLButtonElement => {
  const found = all<HTMLButtonElement>('button').filter(
    node => (node.getAttribute('aria-label') ?? words(node)) === name
  );
  expect(found).toHaveLength(1);
  return found[0];
};

const has = (name: string) => all('button').some(node => words(node) === name);

const click = (node: HTMLElement) => act(async () => node.click());

const isOff = (name: string) =>
  button(name).getAttribute('aria-disabled') === 'true';

const mark = (
  title: string,
  severity: IFindingMark['severity'] = 'error'
): IFindingMark => ({ rule: 'numpy-abi', severity, about: ['numpy'], title });

const note = () => host.querySelector('.jp-GpuDoctor-sectionNote')?.textContent;

describe('the section', () => {
  test('nothing while the history is not read', () => {
    show(null);
    expect(host.innerHTML).toBe('');
  });

  test('nothing installed', () => {
    show(history([]));
    expect(one('.jp-GpuDoctor-empty').textContent).toBe(
      'Nothing was installed yet since GPU Doctor looks.'
    );
    expect(note()).toBeUndefined();
    expect(all('[data-entry], [data-line]')).toEqual([]);
  });

  test('a failure is not an empty history', () => {
    show(history([], { failure: text('It could not be read: %1', 'EIO') }));
    expect(one('[data-line=failure]').textContent).toBe(
      'It could not be read: EIO'
    );
    expect(all('.jp-GpuDoctor-empty')).toEqual([]);
    // What is known stays.
    show(history([entry('a')], { failure: text('No repair.') }));
    expect(all('[data-entry]')).toHaveLength(1);
  });

  test('open at first only when something needs a look; then as it was left', () => {
    opened.clear();
    const isOpen = () =>
      one('.jp-GpuDoctor-sectionToggle').getAttribute('aria-expanded');
    show(history([entry('a')]));
    expect(isOpen()).toBe('false');
    show(history([entry('a')], { halfway: 'b1' }));
    expect(isOpen()).toBe('true');
    act(() => one('.jp-GpuDoctor-sectionToggle').click());
    expect(isOpen()).toBe('false');
    expect(opened.get('history')).toBe(false);
  });

  test('can be opened from outside', () => {
    opened.set('history', false);
    expect(revealSection(host, 'history')).toBe(false);
    show(history([entry('a')]));
    act(() => void revealSection(host, 'history'));
    expect(all('[data-entry]')).toHaveLength(1);
    expect(document.activeElement).toBe(one('.jp-GpuDoctor-sectionToggle'));
    // Open already: it stays open.
    act(() => void revealSection(host, 'history'));
    expect(all('[data-entry]')).toHaveLength(1);
  });

  test('newest first, the start last, undos do not count as installs', () => {
    show(
      history([start(), entry('a'), entry('b'), entry('u', { kind: 'undo' })])
    );
    expect(all('[data-entry]').map(node => node.dataset.entry)).toEqual([
      'u',
      'b',
      'a'
    ]);
    expect(note()).toBe('2');
    expect(all('.jp-GpuDoctor-entry').pop()?.dataset.kind).toBe('start');
  });

  test('20 at first, all on demand', async () => {
    const many = Array.from({ length: 23 }, (_, i) => entry(`e${i}`));
    show(history([start(), ...many]));
    expect(all('[data-entry]')).toHaveLength(20);
    expect(one('.jp-GpuDoctor-more').textContent).toBe('20 of 23Show all');
    // The start is told either way.
    expect(all('[data-kind=start]')).toHaveLength(1);
    await click(button('Show all'));
    expect(all('[data-entry]')).toHaveLength(23);
    expect(has('Show all')).toBe(false);
    expect(document.activeElement).toBe(one('.jp-GpuDoctor-sectionToggle'));
  });

  test('the start: how many packages, which on demand', () => {
    show(history([start(), entry('a')]));
    const summary = one('[data-kind=start] summary');
    expect(summary.textContent).toBe('Before the first install: 53 packages');
    expect(all('[data-kind=start] tr')).toEqual([]);
    act(() => summary.click());
    expect(all('[data-kind=start] tbody tr')).toHaveLength(53);
    expect(one('[data-kind=start] tbody tr:first-child').textContent).toBe(
      'package-0unknownconda'
    );
    expect(one('[data-kind=start] time').textContent).toBe('1 d ago');
  });

  test.each([
    ['environment', []],
    ['user', ['Kept in your user folder, the environment is not writable.']],
    [
      'none',
      ['Not kept: neither the environment nor your user folder is writable.']
    ]
  ] as const)('place: %s', (place, lines) => {
    show(history([entry('a')], { place }));
    expect(all('[data-line=place]').map(words)).toEqual(lines);
  });

  test('lines that could not be read', () => {
    show(history([entry('a')], { skipped: 1 }));
    expect(one('[data-line=skipped]').textContent).toBe(
      '1 line of the history could not be read.'
    );
    show(history([entry('a')], { skipped: 3 }));
    expect(one('[data-line=skipped]').textContent).toContain('3 lines');
  });
});

describe('an entry', () => {
  test('time, notebook, command, what changed', async () => {
    const command =
      '%pip install tqdm --index-url https://***@host\n%pip install b';
    show(history([entry('a', { command })]));
    const time = one('time');
    expect(time.textContent).toBe('1 h ago');
    expect(time.title).toBe(new Date(at(60)).toLocaleString());
    expect(time.getAttribute('datetime')).toBe(at(60));
    const notebook = one('[title="work/training.ipynb"]');
    expect(notebook.textContent).toBe('training.ipynb');
    const line = one('.jp-GpuDoctor-entryCommand summary');
    expect(line.textContent).toBe(
      '%pip install tqdm --index-url https://***@host …'
    );
    expect(all('pre')).toEqual([]);
    act(() => line.click());
    expect(one('pre').textContent).toBe(command);
    await click(button('Copy'));
    expect(actions.copy).toHaveBeenCalledWith(command);
    expect(one('[data-entry=a]').textContent).toContain(
      'tqdm 4.67.1 was added.'
    );
  });

  test('from → to on demand, the count in the line', () => {
    const rows: IChange[] = [changed('numpy'), changed('torch')];
    show(history([entry('a', { changed: rows, reality: 'different' })]));
    const summary = all('summary')[1];
    expect(summary.textContent).toBe('2 packages changed. not as planned');
    expect(all('table')).toEqual([]);
    act(() => summary.click());
    expect(all('tbody tr').map(words)).toEqual([
      'numpy1.0 → 2.0pip',
      'torch1.0 → 2.0pip'
    ]);
  });

  test('grows older', () => {
    show(history([entry('a', { time: at(0) })]));
    expect(one('time').textContent).toBe('just now');
    act(() => jest.advanceTimersByTime(61_000));
    expect(one('time').textContent).toBe('1 min ago');
  });

  test.each([
    ['ok', 'ok', 'no risk'],
    ['warn', 'warning', 'warned'],
    ['block', 'error', 'harmful'],
    ['unchecked', undefined, 'unchecked'],
    ['unseen', undefined, 'without guard']
  ] as const)('verdict %s', (verdict, tone, word) => {
    show(history([entry('a', { verdict })]));
    const badge = one('.jp-GpuDoctor-entryHead > .jp-GpuDoctor-mark');
    expect(badge.textContent).toBe(word);
    expect(badge.dataset.tone).toBe(tone);
    expect(badge.querySelector('.jp-GpuDoctor-icon')).not.toBeNull();
  });

  test('broke it', () => {
    const broken = new Map([
      ['a', [mark('torch was built for `numpy` 1'), mark('other', 'warning')]]
    ]);
    show(history([entry('a'), entry('b')], { broken }));
    const found = one('[data-line=broke]');
    expect(found.closest('[data-entry]')?.getAttribute('data-entry')).toBe('a');
    expect(found.dataset.tone).toBe('error');
    expect(found.querySelector('strong')?.textContent).toBe('Broke it');
    expect([...found.querySelectorAll('li')].map(words)).toEqual([
      'Error: torch was built for numpy 1',
      'Warning: other'
    ]);
    expect(note()).toBe('2 · 1 broke it');
    show(
      history([entry('a')], {
        broken: new Map([['a', [mark('x', 'warning')]]])
      })
    );
    expect(one('[data-line=broke]').dataset.tone).toBe('warning');
  });

  test('undone: since when, and no Undo', () => {
    show(
      history([entry('a', { undo: 'b1', undone: at(5) })], {
        backups: new Map([['b1', 2 ** 20]])
      })
    );
    expect(one('[data-undone]').dataset.entry).toBe('a');
    expect(one('.jp-GpuDoctor-badge').textContent).toBe('undone 5 min ago');
    expect(all('.jp-GpuDoctor-entryHead > .jp-GpuDoctor-mark')).toEqual([]);
    expect(has('Undo')).toBe(false);
  });

  test('an undo is a step of its own', () => {
    show(history([entry('u', { kind: 'undo', notebook: null })]));
    expect(one('.jp-GpuDoctor-badge').textContent).toBe('undo');
    expect(has('What was it for?')).toBe(false);
  });
});

describe('undo', () => {
  const backups = new Map([['b1', 66 * 2 ** 20]]);
  const show1 = (undo?: UndoState, more: Partial<IHistoryState> = {}) =>
    show(
      history([entry('a', { undo: 'b1' })], {
        backups,
        undo: new Map(undo ? [['a', undo]] : []),
        ...more
      })
    );
  const refused: UndoState = {
    phase: 'refused',
    reason: text('Files were edited since the backup was made.'),
    files: ['lib/a.py'],
    command: '%pip uninstall -y tqdm\n%pip install b'
  };

  test('where there is a backup, with its size', async () => {
    show1();
    expect(
      one('[data-entry=a] .jp-GpuDoctor-actions .jp-GpuDoctor-small')
        .textContent
    ).toBe('66 MiB');
    await click(button('Undo'));
    expect(actions.undo.mock.calls).toEqual([['a']]);
    show(history([entry('a', { undo: 'gone' }), entry('b')], { backups }));
    expect(has('Undo')).toBe(false);
  });

  test('runs: seconds, and nothing else can be undone meanwhile', async () => {
    show1();
    button('Undo').focus();
    show1({ phase: 'running', since: NOW });
    act(() => jest.advanceTimersByTime(2500));
    expect(one('.jp-GpuDoctor-progressText').textContent).toBe('Undoing… 2 s');
    expect(isOff('Undo')).toBe(true);
    expect(isOff('Delete backups')).toBe(true);
    expect(document.activeElement).toBe(button('Undo'));
    await click(button('Undo'));
    expect(actions.undo).not.toHaveBeenCalled();
  });

  test('done: the focus stays with the entry; restart only where needed', async () => {
    show1();
    button('Undo').focus();
    const done = (restart: string[]) =>
      show(
        history([entry('a', { undo: 'b1', undone: at(0) })], {
          backups,
          undo: new Map([
            ['a', { phase: 'done' as const, text: text('Undone.'), restart }]
          ])
        })
      );
    done([]);
    expect(one('[data-undo=done]').textContent).toBe('Undone.');
    expect(document.activeElement).toBe(one('[data-entry=a] > div'));
    expect(has('Restart kernel')).toBe(false);
    done(['numpy']);
    expect(one('[data-undo=done]').textContent).toContain(
      'numpy is loaded in this kernel and changed on disk.'
    );
    await click(button('Restart kernel'));
    expect(actions.restartKernel).toHaveBeenCalledTimes(1);
  });

  test('refused: why, files, the nearest command, again', async () => {
    show1(refused);
    const box = one('[data-undo=refused]');
    expect(box.textContent).toContain(
      'Not undone. Files were edited since the backup was made.'
    );
    expect(box.querySelector('summary')?.textContent).toBe('1 file');
    expect(box.querySelector('pre')?.textContent).toBe(
      '%pip uninstall -y tqdm\n%pip install b'
    );
    await click(button('Insert as cell'));
    expect(actions.insertCell).toHaveBeenCalledWith(
      '%pip uninstall -y tqdm\n%pip install b'
    );
    await click(button('Try again'));
    expect(actions.undo.mock.calls).toEqual([['a']]);
  });

  test('is read aloud, but not what was there before', () => {
    const voice = () => one('[role=status][aria-live=polite]').textContent;
    show1(refused);
    expect(voice()).toBe('');
    show1({ phase: 'running', since: NOW });
    expect(voice()).toBe('Undoing…');
    show1({ ...refused });
    expect(voice()).toBe(
      'Not undone. Files were edited since the backup was made.'
    );
  });
});

describe('what it was for', () => {
  const input = () => one<HTMLInputElement>('input');
  const type = (value: string) =>
    act(() => {
      Object.getOwnPropertyDescriptor(
        HTMLInputElement.prototype,
        'value'
      )?.set?.call(input(), value);
      input().dispatchEvent(new Event('input', { bubbles: true }));
    });
  const submit = () =>
    act(() => {
      one('form').dispatchEvent(
        new Event('submit', { bubbles: true, cancelable: true })
      );
    });

  test('asked of pip and uv, not of conda', () => {
    show(history([entry('a', { tool: 'uv' })]));
    expect(has('What was it for?')).toBe(true);
    show(history([entry('a', { tool: 'conda' })]));
    expect(has('What was it for?')).toBe(false);
  });

  test('written, shown at once, kept by the action', async () => {
    show(history([entry('a')]));
    await click(button('What was it for?'));
    expect(document.activeElement).toBe(input());
    expect(input().maxLength).toBe(200);
    type('  progress bars ');
    submit();
    expect(actions.setWhy.mock.calls).toEqual([['a', 'progress bars']]);
    expect(one('.jp-GpuDoctor-entryWhy > span').textContent).toBe(
      'progress bars'
    );
    expect(document.activeElement).toBe(button('Edit what it was for'));
    // The history has the last word.
    show(history([entry('a', { why: 'bars' })]));
    expect(one('.jp-GpuDoctor-entryWhy > span').textContent).toBe('bars');
  });

  test('changed, and taken away', async () => {
    show(history([entry('a', { why: 'bars' })]));
    await click(button('Edit what it was for'));
    expect(input().value).toBe('bars');
    submit();
    expect(actions.setWhy).not.toHaveBeenCalled();
    await click(button('Edit what it was for'));
    type('');
    submit();
    expect(actions.setWhy.mock.calls).toEqual([['a', '']]);
    expect(has('What was it for?')).toBe(true);
  });

  test('Escape keeps what was there', async () => {
    show(history([entry('a', { why: 'bars' })]));
    await click(button('Edit what it was for'));
    type('other');
    act(() => {
      input().dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })
      );
    });
    expect(actions.setWhy).not.toHaveBeenCalled();
    expect(one('.jp-GpuDoctor-entryWhy > span').textContent).toBe('bars');
    expect(document.activeElement).toBe(button('Edit what it was for'));
  });
});

describe('backups', () => {
  const backups = new Map([
    ['b1', 66 * 2 ** 20],
    ['b2', 0]
  ]);

  test('the sum, and a question before they are deleted', async () => {
    show(history([entry('a')], { backups }));
    const line = () => one('[data-line=backups] > span:first-child');
    expect(line().textContent).toBe('Backups: 66 MiB');
    await click(button('Delete backups'));
    expect(line().textContent).toBe(
      'Delete 66 MiB? Then nothing here can be undone.'
    );
    // Not the one that deletes.
    expect(document.activeElement).toBe(button('Keep'));
    await click(button('Keep'));
    expect(document.activeElement).toBe(button('Delete backups'));
    expect(actions.dropBackups).not.toHaveBeenCalled();
    await click(button('Delete backups'));
    await click(button('Delete'));
    expect(actions.dropBackups).toHaveBeenCalledTimes(1);
    expect(document.activeElement).toBe(one('.jp-GpuDoctor-sectionToggle'));
  });

  test('none: nothing', () => {
    show(history([entry('a')]));
    expect(all('[data-line=backups]')).toEqual([]);
  });
});

describe('half-way', () => {
  test('Repair, once for each state that is known', async () => {
    show(history([entry('a')], { halfway: 'b1' }));
    expect(one('[data-notice=halfway] strong').textContent).toBe(
      'An install was not followed to its end.'
    );
    await click(button('Repair'));
    expect(isOff('Repair')).toBe(true);
    await click(button('Repair'));
    expect(actions.repair.mock.calls).toEqual([['b1']]);
    show(history([entry('a')], { halfway: 'b1', failure: text('No.') }));
    expect(isOff('Repair')).toBe(false);
    show(history([entry('a')]));
    expect(all('[data-notice]')).toEqual([]);
  });
});

test('hostile text is text', () => {
  const evil = '<img src=x onerror=alert(1)>';
  show(
    history(
      [
        entry(evil, {
          command: `${evil}\n${evil}`,
          notebook: evil,
          changed: [changed(evil, { from: evil, to: evil }), changed(evil)],
          why: evil
        })
      ],
      {
        broken: new Map([[evil, [mark(evil)]]]),
        undo: new Map([
          [
            evil,
            {
              phase: 'refused' as const,
              reason: text('%1', evil),
              files: [evil],
              command: evil
            }
          ]
        ]),
        failure: text('%1', evil)
      }
    )
  );
  all('summary').forEach(node => act(() => node.click()));
  expect(all('img')).toEqual([]);
  expect(host.textContent?.split(evil).length).toBeGreaterThan(9);
});
