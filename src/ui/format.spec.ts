import type { TranslationBundle } from '@jupyterlab/translation';
import { render, text } from '../text/text';
import {
  ago,
  checkedAgo,
  diskSize,
  memory,
  memoryOf,
  percent,
  untilNextAge
} from './format';

const trans = {
  __: (template: string, ...args: unknown[]) =>
    render(text(template, ...args.map(String)))
} as unknown as TranslationBundle;

describe('checkedAgo', () => {
  it.each([
    [0, 'checked just now'],
    [-5000, 'checked just now'],
    [NaN, 'checked just now'],
    [999, 'checked just now'],
    [1000, 'checked 1 s ago'],
    [59_999, 'checked 59 s ago'],
    [60_000, 'checked 1 min ago'],
    [3_599_999, 'checked 59 min ago'],
    [3_600_000, 'checked 1 h ago'],
    [86_400_000, 'checked 1 d ago']
  ])('says %d ms as "%s"', (ms, expected) => {
    expect(checkedAgo(ms, trans)).toBe(expected);
  });
});

describe('ago', () => {
  const now = Date.UTC(2026, 10, 21, 12);

  it.each([
    [-5000, 'just now'],
    [NaN, 'just now'],
    [59_999, 'just now'],
    [60_000, '1 min ago'],
    [3_599_999, '59 min ago'],
    [3_600_000, '1 h ago'],
    [86_400_000, '1 d ago'],
    [29 * 86_400_000, '29 d ago']
  ])('says %d ms as "%s"', (ms, expected) => {
    expect(ago(now - ms, now, trans)).toBe(expected);
  });

  it('tells the day of what is older than a month', () => {
    const then = now - 40 * 86_400_000;
    expect(ago(then, now, trans)).toBe(new Date(then).toLocaleDateString());
  });
});

describe('untilNextAge', () => {
  it.each([
    [0, 1000],
    [-700, 1000],
    [1250, 750],
    [59_999, 1],
    [60_000, 60_000],
    [90_000, 30_000]
  ])('waits after %d ms for %d ms', (age, expected) => {
    expect(untilNextAge(age)).toBe(expected);
  });
});

describe('memory', () => {
  it('counts in MiB below one GiB and in GiB above', () => {
    expect(memory(0, trans)).toBe('0 MiB');
    expect(memory(312 * 2 ** 20, trans)).toBe('312 MiB');
    expect(memory(2 ** 30, trans)).toBe('1.0 GiB');
    expect(memory(5.04 * 2 ** 30, trans)).toBe('5.0 GiB');
  });

  it('calls nothing on a disk 0 MiB', () => {
    expect(diskSize(312_000, trans)).toBe('< 1 MiB');
    expect(diskSize(66 * 2 ** 20, trans)).toBe('66 MiB');
  });

  it('writes a share in the unit of its total', () => {
    expect(memoryOf(2 ** 28, 22.5 * 2 ** 30, trans)).toBe('0.3 of 22.5 GiB');
    expect(memoryOf(2 ** 28, 2 ** 29, trans)).toBe('256 of 512 MiB');
  });
});

describe('percent', () => {
  it('stays between 0 and 100', () => {
    expect(percent(1, 4)).toBe(25);
    expect(percent(9, 4)).toBe(100);
    expect(percent(-1, 4)).toBe(0);
    expect(percent(1, 0)).toBe(0);
  });
});
