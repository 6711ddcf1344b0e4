/** Every signature explains its real texts, and no ordinary error. */
import fc from 'fast-check';
import { render } from '../text/text';
import { clean } from './clean';
import { explain } from './engine';
import { ORDINARY } from './ordinary.testing';
import { SIGNATURES } from './signatures';

const ids = SIGNATURES.map(one => one.id);

/** Signatures that say something only with facts. */
const SILENT = ['installed-module-missing'];

test('there are enough, each once, each with a real text', () => {
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThanOrEqual(45);
  for (const one of SIGNATURES) {
    expect(one.examples.length).toBeGreaterThan(0);
    expect(one.hints.length).toBeGreaterThan(0);
    expect(one.pattern.flags).toBe('');
    expect(one.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    for (const code of one.rules) {
      expect(code).toMatch(/^R(0[1-9]|[1-3]\d|4[0-4]|5\d|6\d|7[0-3])$/);
    }
    for (const id of one.covers ?? []) {
      expect(ids).toContain(id);
    }
  }
});

describe.each(SIGNATURES.filter(one => !SILENT.includes(one.id)))(
  '$id',
  signature => {
    test.each(signature.examples.map((text, i) => [i, text] as const))(
      'explains its text %d first',
      (_, text) => {
        const [first] = explain(text, null);
        expect(first?.signature).toBe(signature.id);
        expect(first.finding).toBeNull();
        expect(first.about.length).toBeGreaterThan(0);
        for (const name of first.about) {
          expect(name).toMatch(/^([a-z0-9][a-z0-9+-]*|[A-Z][A-Z_]+)$/);
        }
        for (const sentence of [first.title, first.why]) {
          expect(render(sentence)).not.toMatch(/%\d|undefined|null|illegal/);
          expect(render(sentence)).not.toBe('');
        }
        expect(render(first.title)).toMatch(/[^.]$/);
        expect(render(first.why)).toMatch(/\.$/);
        for (const command of first.fix?.commands ?? []) {
          expect(command).toMatch(/^(%pip|%conda|"env": )/);
          expect(command).not.toMatch(/undefined|https?:/);
        }
      }
    );

    test('explains it in colours, with Windows lines, inside of a longer text', () => {
      const text = signature.examples[0];
      const coloured = text
        .split('\n')
        .map(line => `\u001b[0;31m${line}\u001b[0m`)
        .join('\r\n');
      const inside = `${'Epoch 1/10 loss 0.3\n'.repeat(30)}${coloured}\r\nshutting down\n`;
      expect(explain(inside, null)[0]?.signature).toBe(signature.id);
    });
  }
);

test('a module that nothing is known of is not explained', () => {
  const signature = SIGNATURES.find(one => one.id === SILENT[0]);
  expect(explain(signature?.examples[0] ?? '', null)).toEqual([]);
});

test('at least 25 kinds of ordinary errors', () => {
  expect(Object.keys(ORDINARY).length).toBeGreaterThanOrEqual(25);
});

test.each(Object.entries(ORDINARY))('%s is not explained', (_, text) => {
  expect(explain(text, null)).toEqual([]);
});

test('at most three explanations, of one weight', () => {
  const all = SIGNATURES.flatMap(one => one.examples).join('\n\n');
  const matches = explain(all, null);
  expect(matches.length).toBe(3);
  const text = `${SIGNATURES.find(one => one.id === 'numpy-1-module')?.examples[0]}`;
  expect(explain(text, null).map(one => one.signature)).toEqual([
    'numpy-1-module'
  ]);
});

describe('linear', () => {
  /** Every hint, so that every pattern is tried. */
  const hints = [...new Set(SIGNATURES.flatMap(one => one.hints))];

  /** Milliseconds. */
  function time(text: string): number {
    const start = performance.now();
    explain(text, null);
    return performance.now() - start;
  }

  const bricks = [
    ...hints,
    'lib',
    'libcudnn',
    '.so',
    ' ',
    '\n',
    '\t',
    'a',
    '0',
    '_',
    '/',
    '.',
    "'",
    'site-packages/',
    'File "',
    'Error: ',
    'version ',
    'cannot import name ',
    'undefined symbol: ',
    '\u001b[',
    '0;31m',
    'ERROR: Cannot uninstall ',
    'requires '
  ];

  test('long junk of the very words that patterns look for', () => {
    for (const brick of bricks) {
      const text = `${hints.join('\n')}\n${brick.repeat(Math.ceil(60_000 / brick.length))}`;
      expect([brick, time(text) < 500]).toEqual([brick, true]);
    }
  });

  test('any mixture of them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...bricks), { minLength: 1, maxLength: 12 }),
        words => {
          const brick = words.join('');
          const text = `${hints.join('\n')}\n${brick.repeat(Math.ceil(30_000 / brick.length))}`;
          return time(text) < 500;
        }
      ),
      { numRuns: 60 }
    );
  }, 60_000);

  test('a text of 20 MB costs no more than its ends', () => {
    const [text] = SIGNATURES[0].examples;
    const long = `${'x'.repeat(99)}\n`.repeat(200_000);
    expect(time(long + text)).toBeLessThan(500);
    expect(explain(long + text, null)[0]?.signature).toBe(SIGNATURES[0].id);
    expect(explain(text + long, null)[0]?.signature).toBe(SIGNATURES[0].id);
  });

  test('any text at all', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400 }), text => {
        explain(text, null);
        return true;
      })
    );
  });
});

describe('clean', () => {
  test.each([
    ['\u001b[0;31mE\u001b[0m\u001b[38;5;241;43mx\u001b[39;49m', 'Ex'],
    ['a\r\nb\rc', 'a\nb\nc'],
    ['----> 3 import torch\n      4 x = 1\nE: y', 'E: y'],
    [
      '  File "a.py", line 3, in f\n    raise ValueError("x")\n    ^^^^^\nValueError: x',
      '  File "a.py", line 3, in f\nValueError: x'
    ],
    ['2023-04-06 12:44: E tensorflow', '2023-04-06 12:44: E tensorflow']
  ])('%j', (text, expected) => {
    expect(clean(text)).toBe(expected);
  });
});
