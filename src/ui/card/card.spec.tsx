/** @jest-environment jsdom */
jest.mock('@jupyterlab/ui-components', () => {
  class LabIcon {
    react = () => null;
  }
  return {
    LabIcon,
    copyIcon: new LabIcon(),
    downloadIcon: new LabIcon(),
    closeIcon: new LabIcon()
  };
});

import * as React from 'react';
import { createRoot, type Root } from 'react-dom/client';
import type { CardState, ICardActions } from '../../guard/types';
import { text } from '../../text/text';
import { CardBoundary } from './boundary';
import { InstallCard } from './card';
import {
  after,
  asking,
  changed,
  done,
  risk,
  row,
  spies,
  trans,
  working
} from './samples.testing';

const { act } = React;

let host: HTMLDivElement;
let root: Root;
let actions: jest.Mocked<ICardActions>;

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  host = document.body.appendChild(document.createElement('div'));
  root = createRoot(host);
  actions = spies();
});

afterEach(() => {
  act(() => root.unmount());
  host.remove();
  jest.useRealTimers();
});

function show(state: CardState, visible = true): void {
  act(() =>
    root.render(
      <InstallCard
        state={state}
        actions={actions}
        trans={trans}
        visible={visible}
      />
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

const frame = () => one('[role=group][data-state]');

/** Words of a button without what an answering button hides. */
const label = (node: HTMLElement): string =>
  (node.querySelector('[data-shown=true]') ?? node).textContent ?? '';

const decisions = () => all('.jp-GpuDoctor-cardActions > button').map(label);

const button = (name: string): HTMLButtonElement => {
  const found = all<HTMLButtonElement>('button').filter(
    node => label(node) === name || node.getAttribute('aria-label') === name
  );
  expect(found).toHaveLength(1);
  return found[0];
};

const click = async (name: string) => {
  await act(async () => button(name).click());
};

const isOff = (name: string) =>
  button(name).getAttribute('aria-disabled') === 'true';

const calls = () =>
  Object.entries(actions)
    .filter(([, spy]) => spy.mock.calls.length > 0)
    .map(([name, spy]) => [name, ...spy.mock.calls]);

test('nothing to show: nothing drawn', () => {
  show(null);
  expect(host.innerHTML).toBe('');
});

describe('working', () => {
  test('activity, seconds that count up, buttons in order', () => {
    jest.useFakeTimers();
    show(working());
    expect(frame().dataset.tone).toBe('info');
    expect(one('h3').textContent).toBe(
      'Checking what this install would change…'
    );
    expect(decisions()).toEqual(['Run without waiting', 'Cancel']);
    expect(one('.jp-GpuDoctor-cardFact').textContent).toBe('resolving, 0.0 s');
    act(() => jest.advanceTimersByTime(800));
    expect(one('.jp-GpuDoctor-cardFact').textContent).toBe('resolving, 0.8 s');
    act(() => jest.advanceTimersByTime(11_200));
    expect(one('.jp-GpuDoctor-cardFact').textContent).toBe('resolving, 12 s');
  });

  test('no timer while nobody sees it', () => {
    jest.useFakeTimers();
    show(working(), false);
    expect(jest.getTimerCount()).toBe(0);
  });

  test('the countdown comes in the last seconds', async () => {
    const now = Date.now();
    show(working({ since: now - 3000, until: now + 7000 }));
    expect(host.textContent).not.toContain('runs unchecked');
    show(working({ since: now - 6000, until: now + 4000 }));
    expect(host.textContent).toContain('runs unchecked in 4 s');
    await click('Wait longer');
    expect(calls()).toEqual([['waitLonger', []]]);
  });

  test.each([
    ['Run without waiting', 'runNow'],
    ['Cancel', 'cancel']
  ])('%s', async (name, action) => {
    show(working());
    await click(name);
    expect(calls()).toEqual([[action, []]]);
  });

  test('uv can be fetched, once at a time', async () => {
    let done = (_: boolean) => {};
    actions.fetchUv.mockImplementation(
      () => new Promise(resolve => (done = resolve))
    );
    show(working({ activity: 'pip', canFetchUv: true }));
    const fetch = button('Fetch uv');
    await act(async () => fetch.click());
    await act(async () => fetch.click());
    expect(actions.fetchUv).toHaveBeenCalledTimes(1);
    expect(host.textContent).toContain('Fetching uv…');
    await act(async () => done(false));
    expect(label(fetch)).toBe('Failed');
  });
});

describe('saving', () => {
  test('a backup is made: what, for how long, and the ways out', async () => {
    jest.useFakeTimers();
    const until = Date.now() + 4000;
    show(working({ activity: 'saving', until }));
    expect(one('h3').textContent).toBe('Keeping a copy for undo…');
    expect(one('[role=progressbar]').getAttribute('aria-label')).toBe(
      'Keeping a copy for undo…'
    );
    expect(decisions()).toEqual(['Run without waiting', 'Cancel']);
    // It is a matter of undo, not of the check; and waiting longer is no choice.
    expect(one('.jp-GpuDoctor-cardEnd').textContent).toBe(
      'runs without undo in 4 s'
    );
    jest.useRealTimers();
    await click('Run without waiting');
    expect(calls()).toEqual([['runNow', []]]);
  });
});

describe('asking', () => {
  test.each([
    ['block', 'error', 'Harmful: '],
    ['warn', 'warning', 'Warning: '],
    ['ok', 'info', 'Note: ']
  ] as const)('%s: tone and word', (verdict, tone, word) => {
    show(asking({ verdict }));
    expect(frame().dataset.tone).toBe(tone);
    expect(one('h3').textContent).toBe(`${word}title of worst`);
    expect(frame().getAttribute('aria-labelledby')).toBe(one('h3').id);
  });

  test('size on the right; none without a resolver', () => {
    show(asking());
    const facts = '.jp-GpuDoctor-cardHead .jp-GpuDoctor-cardFact';
    expect(all(`${facts} > li`).map(label)).toEqual(['2 packages', '2.9 GB']);
    show(asking({ bytes: null }));
    expect(all(`${facts} > li`).map(label)).toEqual(['2 packages']);
    show(
      asking({ planner: null, seconds: null, unplanned: text('No network.') })
    );
    expect(all(facts)).toEqual([]);
    expect(one('[data-line=unplanned]').textContent).toBe(
      'No resolver answered; judged by the command alone. No network.'
    );
    expect(one('.jp-GpuDoctor-cardEnd > span').textContent).toBe(
      'not resolved'
    );
  });

  test('the worst risk is not told twice; symptoms are folded', () => {
    show(
      asking({
        risks: [
          risk('worst', 'block', {
            evidence: [{ text: text('seen in %1', 'row'), path: '/rows/0' }],
            symptoms: [risk('symptom', 'note')]
          }),
          risk('other', 'warn')
        ]
      })
    );
    expect(host.innerHTML.split('title of worst')).toHaveLength(
      // Heading, "Learn more: …", and the live region.
      4
    );
    expect(one('[data-rule=worst] .jp-GpuDoctor-evidence').textContent).toBe(
      'seen in row'
    );
    expect(one('[data-rule=symptom]').closest('details')?.open).toBe(false);
    expect(one('[data-rule=other]').dataset.tone).toBe('warning');
    expect(one('[data-rule=other]').textContent).toContain(
      'Warning: title of otherwhy of other'
    );
  });

  test('documentation of a risk', async () => {
    show(asking());
    await click('Learn more: title of other');
    expect(calls()).toEqual([['openRule', ['other']]]);
  });

  test('harmful rows at once, at most 8; the rest folded', () => {
    const harmful = Array.from({ length: 9 }, (_, i) =>
      row(`h${i}`, { harmful: true })
    );
    show(asking({ rows: [...harmful, row('x'), row('y')] }));
    expect(all('.jp-GpuDoctor-changes > table tbody tr')).toHaveLength(8);
    expect(one('.jp-GpuDoctor-changes summary').textContent).toBe(
      '3 more, 1 of them harmful'
    );
    show(asking({ rows: [harmful[0], row('x'), row('y')] }));
    expect(one('.jp-GpuDoctor-changes summary').textContent).toBe(
      '2 more, none of them harmful'
    );
    const rest = one('.jp-GpuDoctor-changes details');
    expect((rest as HTMLDetailsElement).open).toBe(false);
    expect(rest.querySelectorAll('tbody tr')).toHaveLength(2);
    expect(rest.querySelector<HTMLElement>('[tabindex="0"]')).not.toBeNull();
  });

  test('what a row says', () => {
    const harmful = true;
    show(
      asking({
        rows: [
          row('a', { harmful, from: null, owner: 'new', asked: true }),
          row('b', { harmful, to: null, becauseOf: ['x', 'y'] }),
          row('c', { harmful, to: '', owner: 'conda' }),
          row('d', { harmful, detail: text('CUDA %1', '13.2') })
        ]
      })
    );
    const cells = all('tbody tr').map(tr =>
      [...tr.children].map(td => td.textContent)
    );
    expect(cells).toEqual([
      ['a', '—not installed', '2.0', 'new', 'this cell'],
      ['b', '1.0', 'removed', 'pip', 'x, y'],
      ['c', '1.0', 'some version', 'conda', ''],
      ['d', '1.0', '2.0 (CUDA 13.2)', 'pip', '']
    ]);
  });

  test('notes', () => {
    show(asking({ notes: [text('One note.'), text('Another.')] }));
    expect(all('.jp-GpuDoctor-cardNotes > li').map(label)).toEqual([
      'One note.',
      'Another.'
    ]);
  });
});

describe('the decision', () => {
  test('a safer way: it comes first', async () => {
    show(asking());
    expect(decisions()).toEqual([
      'Install the safer way',
      'Install anyway',
      'Cancel'
    ]);
    expect(button('Install the safer way').dataset.kind).toBe('primary');
    await click('Install the safer way');
    expect(calls()).toEqual([['safer', []]]);
  });

  test('while it is looked for: there, but off', async () => {
    show(asking({ safer: { kind: 'looking', since: Date.now() } }));
    expect(decisions()[0]).toBe('Install the safer way');
    expect(isOff('Install the safer way')).toBe(true);
    expect(isOff('Install anyway')).toBe(false);
    await click('Install the safer way');
    expect(calls()).toEqual([]);
    expect(one('[data-safer]').dataset.searched).toBe('true');
  });

  test('none: Cancel is first and primary', async () => {
    show(asking({ safer: { kind: 'none' } }));
    expect(decisions()).toEqual(['Cancel', 'Install anyway']);
    expect(button('Cancel').dataset.kind).toBe('primary');
    expect(button('Install anyway').dataset.kind).toBeUndefined();
    expect(all('[data-safer]')).toEqual([]);
    await click('Cancel');
    expect(calls()).toEqual([['cancel', []]]);
  });

  test('none after a search: its place stays and says so', () => {
    show(asking({ safer: { kind: 'looking', since: Date.now() } }));
    show(asking({ safer: { kind: 'none' } }));
    expect(one('[data-safer=none]').textContent).toBe(
      'No safer way was found.'
    );
    // "Install anyway" must not come under the pointer: Cancel keeps the width.
    expect(decisions()).toEqual(['Cancel', 'Install anyway']);
    expect(button('Cancel').textContent).toContain('Install the safer way');
  });

  test('one that cannot be applied can be copied', async () => {
    const { safer } = asking();
    show(
      asking({
        safer: { ...safer, applicable: false, resolvedBy: null } as typeof safer
      })
    );
    expect(decisions()).toEqual(['Cancel', 'Install anyway']);
    expect(one('[data-safer] .jp-GpuDoctor-cardFact').textContent).toBe(
      'not resolved'
    );
    await click('Copy');
    expect(calls()).toEqual([['copy', ['%pip install torch==2.5.1']]]);
  });

  test('the resolver is named once, and once more only when it is another', () => {
    const { safer } = asking();
    show(asking());
    expect(host.textContent?.split('resolved by')).toHaveLength(2);
    show(
      asking({
        planner: null,
        safer: { ...safer, resolvedBy: null } as typeof safer
      })
    );
    expect(host.textContent?.split('not resolved')).toHaveLength(2);
    show(asking({ planner: 'pip 24.0' }));
    expect(one('[data-safer] .jp-GpuDoctor-cardFact').textContent).toBe(
      'resolved by uv 0.13.9 in 1.2 s'
    );
  });

  test('a caution', () => {
    const { safer } = asking();
    show(
      asking({ safer: { ...safer, caution: text('Older.') } as typeof safer })
    );
    expect(one('.jp-GpuDoctor-caution').textContent).toBe('Warning: Older.');
    expect(one('[data-safer] pre').textContent).toBe(
      '%pip install torch==2.5.1'
    );
  });

  test('nothing harmful: Install', async () => {
    show(asking({ verdict: 'ok', risks: [], rules: [] }));
    expect(decisions()).toEqual(['Install', 'Cancel']);
    expect(button('Install').dataset.kind).toBe('primary');
    expect(all('[data-safer], [aria-expanded]')).toEqual([]);
    await click('Install');
    expect(calls()).toEqual([['anyway', [[]]]]);
  });

  test("don't ask again takes effect with Install anyway", async () => {
    show(asking());
    const toggle = one<HTMLButtonElement>('button[aria-expanded]');
    expect(all('[type=checkbox]')).toEqual([]);
    act(() => toggle.click());
    const boxes = all<HTMLInputElement>('[type=checkbox]');
    expect(boxes.map(box => box.parentElement?.textContent)).toEqual([
      'the worst',
      'the other'
    ]);
    act(() => boxes[0].click());
    act(() => boxes[1].click());
    act(() => boxes[0].click());
    // Folded away, it still counts.
    act(() => toggle.click());
    expect(calls()).toEqual([]);
    await click('Install anyway');
    expect(calls()).toEqual([['anyway', [['other']]]]);
  });

  test('who resolved it, and when', () => {
    show(asking());
    const line = one('.jp-GpuDoctor-cardEnd > span');
    expect(line.textContent).toBe('resolved by uv 0.13.9 in 1.9 s');
    expect(line.title).toMatch(/^Resolved at .*\d/);
  });
});

describe('after', () => {
  test('one line', () => {
    show(after());
    expect(frame().dataset.tone).toBe('ok');
    expect(one('h3').textContent).toBe('Done: As planned');
    expect(all('button')).toHaveLength(1);
  });

  test('text, words of the resolver, and the ways on', async () => {
    show(
      after({
        tone: 'warning',
        text: text('Restart.'),
        detail: 'a\nb',
        canCheck: true,
        canFetchUv: true
      })
    );
    expect(host.textContent).toContain('Restart.');
    expect(one('pre').textContent).toBe('a\nb');
    expect(one<HTMLDetailsElement>('details').open).toBe(false);
    expect(button('Fetch uv')).toBeTruthy();
    await click('Check GPU env');
    await click('Dismiss');
    expect(calls()).toEqual([
      ['check', []],
      ['dismiss', []]
    ]);
  });
});

describe('after an install', () => {
  const HEAVY = {
    changed: [changed('numpy'), changed('torch', { to: null })],
    differences: [text('%1 is %2; %3 was planned.', 'numpy', '2.0', '2.1')],
    news: [
      {
        rule: 'numpy-abi',
        severity: 'error' as const,
        title: 'torch was built for `numpy` 1'
      }
    ],
    restart: ['numpy'],
    undo: 'possible' as const
  };

  test('all is well: one line, Undo, Dismiss', async () => {
    show(done());
    expect(frame().dataset.tone).toBe('ok');
    expect(one('h3').textContent).toBe('Done: tqdm 4.67.1 was added.');
    expect(one('.jp-GpuDoctor-cardFact').textContent).toBe('As planned.');
    expect(one('.jp-GpuDoctor-cardBody').innerHTML).toBe('');
    expect(all('.jp-GpuDoctor-cardActions, table')).toEqual([]);
    expect(all('button').map(label)).toEqual(['Undo', '']);
    await click('Undo');
    await click('Dismiss');
    expect(calls()).toEqual([
      ['undo', []],
      ['dismiss', []]
    ]);
  });

  test('no backup: no Undo', () => {
    show(done({ undo: null }));
    expect(all('button')).toHaveLength(1);
  });

  test('several: the table on demand', async () => {
    const rows = [
      changed('added', { from: null, ownerFrom: null }),
      changed('gone', { to: null, ownerTo: null }),
      changed('moved', { to: '1.0', ownerFrom: 'conda' }),
      changed('odd', { from: '', ownerFrom: 'unknown', ownerTo: 'unknown' })
    ];
    show(done({ changed: rows }, { title: text('4 packages changed.') }));
    expect(all('table')).toEqual([]);
    const toggle = one<HTMLButtonElement>('button[aria-expanded]');
    act(() => toggle.click());
    expect(toggle.getAttribute('aria-expanded')).toBe('true');
    expect(
      all('tbody tr').map(tr => [...tr.children].map(td => td.textContent))
    ).toEqual([
      ['added', '2.0 added', 'pip'],
      ['gone', '1.0 removed', 'pip'],
      ['moved', '1.0', 'conda → pip'],
      ['odd', 'unknown → 2.0', 'unknown']
    ]);
    expect(one('.jp-GpuDoctor-rest').tabIndex).toBe(0);
    act(() => toggle.click());
    expect(all('table')).toEqual([]);
  });

  test('why it ran unchecked stands below', () => {
    show(
      done(
        {},
        { tone: 'warning', text: text('No resolver.'), detail: 'uv: no' }
      )
    );
    expect(all('.jp-GpuDoctor-cardHead .jp-GpuDoctor-cardFact')).toEqual([]);
    expect(one('.jp-GpuDoctor-cardBody > p').textContent).toBe('No resolver.');
    expect(one('pre').textContent).toBe('uv: no');
    expect(button('Undo')).toBeTruthy();
  });

  test('it did not go well: findings, differences, restart, buttons', async () => {
    show(done(HEAVY, { tone: 'warning', text: null }));
    expect(frame().dataset.tone).toBe('warning');
    expect(one('[data-rule=numpy-abi]').dataset.tone).toBe('error');
    expect(one('[data-rule=numpy-abi] p').textContent).toBe(
      'Error: torch was built for numpy 1 Learn more'
    );
    expect(one('[data-line=differences]').textContent).toBe(
      'Not as planned:numpy is 2.0; 2.1 was planned.'
    );
    expect(one('[data-line=restart]').textContent).toBe(
      'numpy is loaded in this kernel and changed on disk.'
    );
    expect(decisions()).toEqual(['Restart kernel', 'Undo']);
    expect(button('Restart kernel').dataset.kind).toBe('primary');
    expect(one('summary').textContent).toBe('What changed');
    expect(all('table')).toEqual([]);
    act(() => one('summary').click());
    expect(all('tbody tr')).toHaveLength(2);
    await click('Learn more: torch was built for `numpy` 1');
    await click('Restart kernel');
    await click('Undo');
    await click('Show history');
    expect(calls()).toEqual([
      ['openRule', ['numpy-abi']],
      ['undo', []],
      ['restart', []],
      ['openHistory', []]
    ]);
  });

  test('no restart is offered where nothing loaded changed', () => {
    show(done({ ...HEAVY, restart: [] }, { tone: 'warning' }));
    expect(decisions()).toEqual(['Undo']);
    expect(all('[data-line=restart]')).toEqual([]);
  });

  test('many names are counted, many lines folded', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    show(
      done({
        restart: names,
        differences: names.map(name => text('%1 differs.', name))
      })
    );
    expect(one('[data-line=restart]').textContent).toBe(
      'a, b, c, d, e and 2 more are loaded in this kernel and changed on disk.'
    );
    expect(all('[data-line=differences] li')).toHaveLength(5);
    expect(one('summary').textContent).toBe('2 more');
    act(() => one('summary').click());
    expect(all('[data-line=differences] li')).toHaveLength(7);
  });

  describe('undo', () => {
    const since = Date.now();
    const refused = {
      phase: 'refused' as const,
      reason: text('A later install changed the same files.'),
      files: ['lib/a.py', 'lib/b.py'],
      command: '%pip install numpy==1.0'
    };

    test('runs: seconds, the button off and still with the focus', async () => {
      jest.useFakeTimers();
      show(done());
      button('Undo').focus();
      show(done({ undo: { phase: 'running', since: Date.now() } }));
      expect(frame().dataset.tone).toBe('info');
      act(() => jest.advanceTimersByTime(2100));
      expect(one('.jp-GpuDoctor-cardFact').textContent).toBe('Undoing… 2.1 s');
      expect(one('[role=progressbar]')).toBeTruthy();
      expect(document.activeElement).toBe(button('Undo'));
      expect(isOff('Undo')).toBe(true);
      jest.useRealTimers();
      await click('Undo');
      expect(calls()).toEqual([]);
    });

    test('runs in a card that has more to say', () => {
      show(
        done({ ...HEAVY, undo: { phase: 'running', since } }, { text: null })
      );
      expect(decisions()).toEqual(['Restart kernel', 'Undo']);
      expect(isOff('Undo')).toBe(true);
    });

    test('done: what was wrong is no longer told', () => {
      const undo = {
        phase: 'done' as const,
        text: text('Undone: %1 packages are as they were.', '2'),
        restart: []
      };
      show(done({ ...HEAVY, undo }, { tone: 'warning' }));
      expect(frame().dataset.tone).toBe('ok');
      expect(one('h3').textContent).toBe(
        'Done: Undone: 2 packages are as they were.'
      );
      expect(all('[data-rule], [data-line], summary')).toEqual([]);
      expect(all('button').map(label)).toEqual(['']);
    });

    test('done, and a loaded module changed', async () => {
      const undo = {
        phase: 'done' as const,
        text: text('Undone.'),
        restart: ['numpy', 'pandas']
      };
      show(done({ undo }));
      expect(frame().dataset.tone).toBe('warning');
      expect(one('[data-line=restart]').textContent).toBe(
        'numpy, pandas are loaded in this kernel and changed on disk.'
      );
      expect(decisions()).toEqual(['Restart kernel']);
    });

    test('refused: why, which files, what comes nearest', async () => {
      show(done({ undo: refused }));
      expect(frame().dataset.tone).toBe('warning');
      expect(one('[data-line=refused] > p:first-child').textContent).toBe(
        'Not undone. A later install changed the same files.'
      );
      expect(host.textContent).not.toContain('As planned.');
      expect(one('summary').textContent).toBe('2 files');
      expect(one('[data-line=refused] pre').textContent).toBe(refused.command);
      act(() => one('summary').click());
      expect(one('details pre').textContent).toBe('lib/a.py\nlib/b.py');
      await click('Copy');
      await click('Try again');
      expect(calls()).toEqual([
        ['copy', [refused.command]],
        ['undo', []]
      ]);
    });

    test('refused without files or command', () => {
      show(done({ undo: { ...refused, files: [], command: null } }));
      expect(all('summary, pre')).toEqual([]);
    });

    test('is read aloud', () => {
      const voice = () => one('[role=status][aria-live=polite]').textContent;
      show(done(HEAVY, { title: text('2 packages changed.') }));
      expect(voice()).toBe(
        '2 packages changed. torch was built for `numpy` 1 Not as planned. numpy is loaded in this kernel and changed on disk.'
      );
      show(done({ undo: { phase: 'running', since } }));
      expect(voice()).toBe('Undoing…');
      show(done({ undo: refused }));
      expect(voice()).toBe(
        'Not undone. A later install changed the same files.'
      );
      show(
        done({ undo: { phase: 'done', text: text('Undone.'), restart: [] } })
      );
      expect(voice()).toBe('Undone.');
    });
  });
});

describe('keys, focus and voice', () => {
  test('keys stay in the card; combinations go to the application', () => {
    show(asking());
    const notebook = jest.fn();
    const application: string[] = [];
    // React listens at `host` itself, as it does at the node of the widget.
    const outside = (event: Event) =>
      event.target !== document.body && notebook();
    document.body.addEventListener('keydown', outside);
    const listen = (event: KeyboardEvent) => {
      if (event.target === document.body) {
        application.push(event.key);
        event.preventDefault();
      }
    };
    document.addEventListener('keydown', listen, true);
    const press = (init: KeyboardEventInit) => {
      const event = new KeyboardEvent('keydown', {
        bubbles: true,
        cancelable: true,
        ...init
      });
      button('Install anyway').dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect(press({ key: 'd' })).toBe(false);
    expect(press({ key: 'Enter' })).toBe(false);
    expect(press({ key: 'Enter', shiftKey: true })).toBe(true);
    expect(press({ key: 'Enter', ctrlKey: true })).toBe(true);
    expect(press({ key: 's', ctrlKey: true })).toBe(true);
    document.removeEventListener('keydown', listen, true);
    document.body.removeEventListener('keydown', outside);
    expect(application).toEqual(['s']);
    expect(notebook).not.toHaveBeenCalled();
    expect(frame().hasAttribute('data-lm-suppress-shortcuts')).toBe(true);
  });

  test('Escape decides nothing and goes to the card itself', () => {
    show(asking());
    button('Install anyway').focus();
    button('Install anyway').dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })
    );
    expect(document.activeElement).toBe(frame());
    expect(calls()).toEqual([]);
  });

  test('a question does not take the focus, a lost focus comes to the card', () => {
    show(working());
    show(asking());
    expect(document.activeElement).toBe(document.body);
    button('Install the safer way').focus();
    show(after());
    expect(document.activeElement).toBe(frame());
  });

  test('a question is read aloud once, and its end', () => {
    show(working());
    const voice = one('[role=status][aria-live=polite]');
    expect(voice.textContent).toBe('');
    show(asking({ safer: { kind: 'looking', since: 0 } }));
    expect(voice.textContent).toBe('title of worst. Decide in the card.');
    const seen = jest.fn();
    const watcher = new MutationObserver(seen);
    watcher.observe(voice, { childList: true, characterData: true });
    show(asking());
    expect(watcher.takeRecords()).toEqual([]);
    show(after());
    expect(voice.textContent).toBe('As planned');
    watcher.disconnect();
  });
});

test('a card that is drawn anew tells no question twice', () => {
  const heard = { current: '' };
  const voices = ['first', 'second'].map(key => {
    act(() =>
      root.render(
        <InstallCard
          key={key}
          state={asking()}
          actions={actions}
          trans={trans}
          heard={heard}
        />
      )
    );
    return one('[role=status][aria-live=polite]').textContent;
  });
  expect(voices).toEqual(['title of worst. Decide in the card.', '']);
});

test('hostile text is text', () => {
  const evil = '<img src=x onerror=alert(1)>';
  const worst = risk(evil, 'block', {
    title: text(evil),
    why: text(evil),
    evidence: [{ text: text(evil), path: evil }],
    symptoms: [risk(evil, 'note', { title: text('%1', evil) })]
  });
  show(
    asking({
      title: text('%1', evil),
      risks: [worst, worst],
      notes: [text(evil)],
      rows: [
        row(evil, {
          harmful: true,
          from: evil,
          to: evil,
          becauseOf: [evil],
          detail: text(evil)
        })
      ],
      planner: evil,
      unplanned: text(evil),
      safer: {
        kind: 'found',
        command: evil,
        why: text(evil),
        resolvedBy: evil,
        seconds: 1,
        caution: text(evil),
        applicable: true
      },
      rules: [{ id: evil, title: text(evil) }]
    })
  );
  expect(all('img')).toEqual([]);
  expect(one('tbody th').textContent).toBe(evil);
  expect(one('[data-safer] pre').textContent).toBe(evil);
  show(after({ title: text(evil), text: text(evil), detail: evil }));
  expect(all('img')).toEqual([]);
  expect(one('pre').textContent).toBe(evil);
  show(
    done({
      changed: [changed(evil, { from: evil, to: evil }), changed(evil)],
      differences: [text('%1', evil)],
      news: [{ rule: evil, severity: 'warning', title: evil }],
      restart: [evil],
      undo: {
        phase: 'refused',
        reason: text('%1', evil),
        files: [evil],
        command: evil
      }
    })
  );
  all('summary').forEach(node => act(() => node.click()));
  expect(all('img')).toEqual([]);
  expect(all('pre').map(node => node.textContent)).toEqual([evil, evil]);
});

describe('a card that cannot be drawn', () => {
  const broken = asking({ rows: null as never });

  function guarded(state: CardState): void {
    act(() =>
      root.render(
        <CardBoundary subject={state} actions={actions} trans={trans}>
          <InstallCard state={state} actions={actions} trans={trans} />
        </CardBoundary>
      )
    );
  }

  beforeEach(() => {
    jest.spyOn(console, 'error').mockImplementation(() => {});
    guarded(broken);
  });

  afterEach(() => jest.restoreAllMocks());

  test('still lets the cell go', async () => {
    expect(frame().dataset.state).toBe('crash');
    expect(decisions()).toEqual(['Cancel', 'Install anyway']);
    await click('Install anyway');
    await click('Cancel');
    expect(calls()).toEqual([
      ['anyway', [[]]],
      ['cancel', []]
    ]);
  });

  test('recovers with the next state', () => {
    guarded(after());
    expect(frame().dataset.state).toBe('after');
  });
});
