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
import type { ICheckActions, ICheckResult } from '../check/state';
import { pairsWithTorch, torchRelease } from '../compat/torch';
import {
  dist,
  environment,
  facts,
  framework,
  platform,
  python
} from '../facts/build';
import type { IFacts } from '../facts/facts.generated';
import type { FixPlace, IFinding } from '../rules/types';
import { text } from '../text/text';
import { trans } from './card/samples.testing';
import { PanelContext } from './context';
import { Findings } from './sections/findings';
import { Frameworks } from './sections/frameworks';

const { act } = React;

let host: HTMLDivElement;
let root: Root;
const insertCell = jest.fn<boolean, [string]>(() => true);
const copy = jest.fn(async (source: string) => undefined);

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  host = document.body.appendChild(document.createElement('div'));
  root = createRoot(host);
  insertCell.mockClear();
  copy.mockClear();
});

afterEach(() => {
  act(() => root.unmount());
  host.remove();
});

const FACTS = facts({
  python: python('3.11.7', { prefix: '/env', executable: '/env/bin/python' }),
  environment: environment('venv', { name: 'ml' }),
  platform: platform('linux-x86_64'),
  packages: [dist('pandas', '2.2.2', { manager: 'pip' })],
  frameworks: [framework('torch', '2.5.1'), framework('torch_scatter', '9.9')]
});

function finding(
  code: string,
  commands: readonly string[],
  more: Partial<IFinding> & { where?: FixPlace } = {}
): IFinding {
  const { where = 'cell', ...rest } = more;
  return {
    rule: `rule-${code}`,
    code,
    message: 'm',
    severity: 'warning',
    title: text('Title of %1', code),
    why: text('why'),
    about: [],
    evidence: [],
    fix:
      commands.length > 0
        ? { commands, where, restart: true, safety: 'review' }
        : null,
    stops: [],
    symptoms: [],
    ...rest
  };
}

async function show(
  findings: readonly IFinding[],
  document: IFacts = FACTS
): Promise<void> {
  const result: ICheckResult = {
    facts: document,
    findings,
    ignored: [],
    failures: [],
    summary: {
      verdict: 'ok',
      headline: text('h'),
      detail: null,
      frameworks: []
    },
    checkedAt: 0,
    separate: false
  };
  const context = {
    trans,
    actions: { insertCell, copy } as unknown as ICheckActions,
    sections: {
      isOpen: (id: string, fallback: boolean) => fallback,
      setOpen: () => undefined
    },
    visible: true
  };
  await act(async () => {
    root.render(
      <PanelContext.Provider value={context}>
        <Findings result={result} />
        <Frameworks result={result} />
      </PanelContext.Provider>
    );
    await import('../fixes');
  });
}

function button(label: RegExp, within: Element = host): HTMLButtonElement {
  const found = [...within.querySelectorAll('button')].find(one =>
    label.test(one.getAttribute('aria-label') ?? one.textContent ?? '')
  );
  if (!found) {
    throw new Error(`No button ${label}`);
  }
  return found;
}

const has = (label: RegExp) =>
  [...host.querySelectorAll('button')].some(one =>
    label.test(one.getAttribute('aria-label') ?? one.textContent ?? '')
  );

const press = (one: HTMLButtonElement) => act(async () => one.click());

describe('Fix all', () => {
  it('inserts the fixes of several findings as one cell', async () => {
    await show([
      finding('R01', ['%pip install a==1.0']),
      finding('R02', ['%pip uninstall -y b', '%pip install b==2.0']),
      finding('R03', ['%pip install a==2.0']),
      finding('R04', ['"env": {}'], { where: 'kernelspec' })
    ]);
    const all = button(/^Fix all/);
    expect(all.textContent).toBe('Fix all (2 findings)');
    expect(host.querySelector('.jp-GpuDoctor-fixAll pre')).toBeNull();
    await press(all);
    const block = host.querySelector('.jp-GpuDoctor-fixAll') as HTMLElement;
    await press(button(/Insert as cell/, block));
    expect(insertCell).toHaveBeenCalledWith(
      '%pip uninstall -y b\n%pip install a==1.0 b==2.0'
    );
    expect(block.textContent).toContain(
      'Left out: “Title of R03”. Its fix and that of “Title of R01” differ on a.'
    );
    expect(block.textContent).toContain('1 more fix belongs in a terminal');
    expect(block.querySelectorAll('[title]')).toHaveLength(1);
  });

  it.each([
    ['one fix', [finding('R01', ['%pip install a'])]],
    [
      'a fix for a cell and one for a terminal',
      [
        finding('R01', ['%pip install a']),
        finding('R02', ['conda create'], { where: 'terminal' })
      ]
    ],
    [
      'notes',
      [
        finding('R01', ['%pip install a'], { severity: 'info' }),
        finding('R02', ['%pip install b'], { severity: 'info' })
      ]
    ],
    [
      'two fixes that exclude each other',
      [
        finding('R01', ['%pip install a==1.0']),
        finding('R02', ['%pip install a==2.0'])
      ]
    ]
  ])('is not there for %s', async (name, findings) => {
    await show(findings);
    expect(has(/^Fix all/)).toBe(false);
  });
});

describe('New environment', () => {
  it('shows commands for a terminal and copies them', async () => {
    await show([finding('R21', [])]);
    const open = button(/^New environment: Title of R21/);
    expect(open.getAttribute('aria-expanded')).toBe('false');
    await press(open);
    const card = host.querySelector('[data-rule="rule-R21"]') as HTMLElement;
    expect(card.querySelector('pre')?.textContent).toBe(
      [
        '/env/bin/python -m venv /env-new',
        '/env-new/bin/python -m pip install ipykernel pandas',
        '/env-new/bin/python -m ipykernel install --user --name ml-new --display-name "Python (ml-new)"'
      ].join('\n')
    );
    await press(button(/^Copy/, card));
    expect(copy).toHaveBeenCalledWith(expect.stringContaining('-m venv'));
    expect(card.textContent).not.toContain('Insert as cell');
  });

  it('is not offered where mending is short, or nothing is known', async () => {
    await show([finding('R20', [])]);
    expect(has(/^New environment/)).toBe(false);
    await show([finding('R21', [])], facts({}));
    expect(has(/^New environment/)).toBe(false);
  });
});

describe('the source of a table', () => {
  it('stands under the evidence that names it', async () => {
    const pair = pairsWithTorch('torchvision', '0.18.1');
    const source = pair?.source ?? '';
    await show([
      finding('R37', [], {
        evidence: [{ text: text('for torch (%1)', source), path: '/x' }]
      })
    ]);
    const card = host.querySelector('[data-rule="rule-R37"]') as HTMLElement;
    expect(card.querySelector('li')?.textContent).toBe(
      'for torch (see the source)'
    );
    const shown = card.querySelector('details') as HTMLElement;
    expect(shown.querySelector('summary')?.textContent).toBe('Source');
    expect(shown.textContent).toContain(source);
    expect(shown.textContent).toContain(`read on ${pair?.date}`);
  });

  it('is a link where it is an https address', async () => {
    const source =
      'https://github.com/tensorflow/tensorflow/releases/tag/v2.17.0';
    await show([
      finding('R54', [], {
        evidence: [{ text: text('%1', source), path: '/x' }]
      })
    ]);
    const link = host.querySelector('a');
    expect(link?.href).toBe(source);
    expect(link?.target).toBe('_blank');
    expect(link?.rel).toContain('noopener');
  });

  it('is nothing for text of the kernel', async () => {
    await show([
      finding('R20', [], {
        evidence: [{ text: text('%1', 'https://evil.example'), path: '/x' }]
      })
    ]);
    const card = host.querySelector('[data-rule="rule-R20"]') as HTMLElement;
    expect(card.querySelector('details')).toBeNull();
    expect(host.querySelector('a')).toBeNull();
  });

  it('stands in the row of a framework that the tables know', async () => {
    await show([]);
    const [table] = host.getElementsByTagName('table');
    expect(table.querySelectorAll('details')).toHaveLength(1);
    expect(table.textContent).toContain(torchRelease('2.5.1')?.source);
  });
});
