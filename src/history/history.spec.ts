/** Which step broke it, untrusted histories, and the command that comes nearest. */
import fc from 'fast-check';
import { commandsOf } from './command';
import { EMPTY } from './compare';
import { brokenBy } from './marker';
import { nearestCommand } from './nearest';
import { parseEntry, parseHistory } from './parse';
import type { IChange, IEntry, IFindingMark } from './types';

const mark = (rule: string, ...about: string[]): IFindingMark => ({
  rule,
  severity: 'error',
  about,
  title: rule
});

const entry = (id: string, more: Partial<IEntry> = {}): IEntry => ({
  ...EMPTY,
  id,
  kind: 'install',
  time: '2026-11-21T10:00:00Z',
  ...more
});

const change = (
  name: string,
  from: string | null,
  to: string | null,
  ownerFrom: IChange['ownerFrom'] = from === null ? null : 'pip'
): IChange => ({
  name,
  from,
  to,
  ownerFrom,
  ownerTo: to === null ? null : 'pip'
});

describe('the step that broke it', () => {
  const bad = mark('numpy2-abi', 'pandas');

  it('is the first after which the finding stayed', () => {
    const entries = [
      entry('1', { newFindings: [bad] }),
      entry('2', { goneFindings: [bad] }),
      entry('3', { newFindings: [mark('other', 'x')] }),
      entry('4', { newFindings: [bad] }),
      entry('5', { newFindings: [bad] })
    ];
    expect([...brokenBy(entries, [bad])]).toEqual([['4', [bad]]]);
  });

  it('is not one that was undone, nor known when the finding is gone or older', () => {
    const entries = [entry('1', { newFindings: [bad], undone: 'then' })];
    expect(brokenBy(entries, [bad]).size).toBe(0);
    expect(brokenBy([entry('1', { newFindings: [bad] })], []).size).toBe(0);
    expect(brokenBy([entry('1')], [bad]).size).toBe(0);
  });
});

describe('a history from a disk', () => {
  it('comes back as it was written', () => {
    const one = entry('1', {
      command: 'pip install tqdm',
      changed: [change('tqdm', null, '4.67.1')],
      planned: [{ name: 'tqdm', from: null, to: '4.67.1' }],
      newFindings: [mark('r', 'a')],
      undo: 'b1'
    });
    const start = {
      ...entry('0', { kind: 'start' }),
      packages: [{ name: 'a', version: '1', owner: 'conda' as const }]
    };
    const value = JSON.parse(
      JSON.stringify({ entries: [start, one], place: 'user', skipped: 2 })
    );
    expect(parseHistory(value)).toEqual({
      entries: [start, one],
      place: 'user',
      skipped: 2
    });
  });

  it('leaves out and counts what it cannot read', () => {
    const value = {
      entries: [
        entry('1'),
        null,
        5,
        { ...entry('2'), schema: 9 },
        { ...entry('3'), time: 'noon' },
        { ...entry('4'), changed: [{ name: 7 }, 'x'], verdict: '<b>' }
      ],
      place: 'moon',
      skipped: -4
    };
    const read = parseHistory(value);
    expect(read?.entries.map(one => one.id)).toEqual(['1', '4']);
    expect(read).toMatchObject({ place: 'none', skipped: 4 });
    expect(read?.entries[1]).toMatchObject({ changed: [], verdict: 'unseen' });
    expect(parseHistory(null)).toBeNull();
    expect(parseHistory({ entries: 'x' })).toBeNull();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.anything(), value => {
        parseHistory(value);
        parseEntry(value);
        parseHistory({ entries: [value] });
      })
    );
  });
});

describe('the nearest command', () => {
  it('removes what is new and brings back what was there, conda’s by conda', () => {
    expect(
      nearestCommand([
        change('tqdm', null, '4'),
        change('numpy', '1.26.4', '2.0.0', 'conda'),
        change('pandas', '2.1.4', null)
      ])
    ).toBe(
      '%pip uninstall -y tqdm\n%conda install --yes --force-reinstall numpy=1.26.4\n%pip install --force-reinstall --no-deps pandas==2.1.4'
    );
  });

  it('writes no hostile name into a cell', () => {
    expect(nearestCommand([change('x; rm -rf ~', null, '1')])).toBeNull();
    expect(nearestCommand([change('x', '1\n!ls', '2')])).toBeNull();
    expect(nearestCommand([])).toBeNull();
  });
});

it('keeps the commands of a cell without credentials', () => {
  expect(
    commandsOf(
      'import os\n%pip install -q tqdm\n!pip install --index-url https://me:secret@host.example/simple rich'
    )
  ).toEqual({
    tool: 'pip',
    command:
      '%pip install -q tqdm\n!pip install --index-url https://****@host.example/simple rich'
  });
});
