import { trans } from './samples.testing';
import { activityText, download, ownerWord, riskTone, seconds } from './words';

test.each([
  [0, '0.0 s'],
  [-3, '0.0 s'],
  [0.84, '0.8 s'],
  [1.94, '1.9 s'],
  [9.99, '9.9 s'],
  [10, '10 s'],
  [61.7, '61 s']
])('%d seconds', (value, expected) => {
  expect(seconds(value, trans)).toBe(expected);
});

test.each([
  [0, '0 kB'],
  [1, '1 kB'],
  [999_001, '1 MB'],
  [41_300_000, '41 MB'],
  [999_600_000, '1.0 GB'],
  [2_900_000_000, '2.9 GB']
])('%d bytes', (value, expected) => {
  expect(download(value, trans)).toBe(expected);
});

test('every activity has its own words', () => {
  const all = [
    'reading',
    'resolving',
    'checking',
    'pip',
    'conda',
    'saving'
  ] as const;
  const words = all.map(one => activityText(one, '1 s', trans));
  expect(new Set(words).size).toBe(all.length);
  expect(words.every(one => one.includes('1 s'))).toBe(true);
});

test('tones and owners', () => {
  expect(riskTone('block')).toBe('error');
  expect(riskTone('warn')).toBe('warning');
  expect(riskTone('note')).toBe('info');
  expect(ownerWord('conda', trans)).toBe('conda');
  expect(ownerWord('new', trans)).toBe('new');
});
