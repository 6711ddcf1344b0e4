import { capability, compareDotted, cudaOfLabel, majorOf } from './cuda';

describe('compareDotted', () => {
  it.each([
    ['535.104.05', '535.104.5', 0],
    ['535.54.03', '535.104.05', -1],
    ['12.10', '12.9', 1],
    ['13.0', '12.9', 1],
    ['8.6.0.163', '8.6.0.77', 1],
    ['8.1.0.77', '8.6', -1],
    ['11.2', '11.2.152', -1],
    ['12', '12.0.0', 0]
  ])('%s and %s: %s', (a, b, expected) => {
    expect(Math.sign(compareDotted(a, b) ?? NaN)).toBe(expected);
    expect(Math.sign(compareDotted(b, a) ?? NaN)).toBe(0 - expected);
  });

  it.each([
    ['', '1'],
    ['1', 'none']
  ])('cannot tell %j and %j', (a, b) => {
    expect(compareDotted(a, b)).toBeNull();
  });
});

describe('majorOf', () => {
  it.each([
    ['12.1', 12],
    ['13', 13],
    ['8.9.2.26', 8],
    ['', null],
    [null, null],
    [undefined, null],
    ['none', null]
  ])('%j is %s', (version, expected) => {
    expect(majorOf(version)).toBe(expected);
  });
});

describe('cudaOfLabel', () => {
  it.each([
    ['cu121', '12.1'],
    ['cu130', '13.0'],
    ['cu118', '11.8'],
    ['cu102', '10.2'],
    ['cu92', '9.2'],
    ['pt26cu124', '12.4'],
    ['cuda12', '12'],
    ['cuda12.cudnn89', '12'],
    ['cuda11.cudnn86', '11'],
    ['cuda110', '11.0'],
    ['cpu', null],
    ['rocm6.0', null],
    ['focus121', null],
    ['', null],
    [null, null]
  ])('%j is %s', (label, expected) => {
    expect(cudaOfLabel(label)).toBe(expected);
  });
});

describe('capability', () => {
  it.each([
    ['sm_86', [8, 6]],
    ['sm_120', [12, 0]],
    ['sm_90a', [9, 0]],
    ['compute_100f', [10, 0]],
    ['compute_90', [9, 0]],
    ['8.9', [8, 9]],
    ['12.1', [12, 1]],
    ['gfx90a', null],
    ['sm_5', null],
    ['8', null]
  ])('%s is %j', (text, expected) => {
    expect(capability(text)).toEqual(expected);
  });
});
