import { builtFor, type IHere } from './wheelTags';

const LINUX: IHere = { python: '3.11', system: 'Linux', machine: 'x86_64' };
const MAC: IHere = { python: '3.11', system: 'Darwin', machine: 'arm64' };
const WINDOWS: IHere = { python: '3.11', system: 'Windows', machine: 'AMD64' };

describe('builtFor', () => {
  it.each([
    ['cp310-cp310-manylinux_2_17_x86_64', LINUX, 'Python 3.10'],
    [
      'cp310-cp310-manylinux_2_17_x86_64.manylinux2014_x86_64',
      LINUX,
      'Python 3.10'
    ],
    ['cp39-cp39-manylinux2010_x86_64', LINUX, 'Python 3.9'],
    ['cp37-cp37m-manylinux1_x86_64', LINUX, 'Python 3.7'],
    ['cp310-cp310-win_amd64', WINDOWS, 'Python 3.10'],
    ['cp311-cp311-win_amd64', LINUX, 'Windows'],
    ['py3-none-win32', LINUX, 'Windows'],
    ['cp311-cp311-macosx_11_0_arm64', LINUX, 'macOS'],
    ['cp311-cp311-manylinux_2_17_aarch64', LINUX, 'aarch64'],
    ['cp311-cp311-macosx_10_9_x86_64', MAC, 'x86_64'],
    ['py3-none-manylinux1_x86_64', WINDOWS, 'Linux']
  ])('%s: another one', (tag, here, wanted) => {
    expect(builtFor([tag], here)).toBe(wanted);
  });

  it.each([
    ['cp311-cp311-manylinux_2_17_x86_64', LINUX],
    ['cp311-cp311-linux_x86_64', LINUX],
    ['cp311-cp311-musllinux_1_2_x86_64', LINUX],
    ['cp311-cp311-manylinux_2_17_i686', LINUX],
    ['cp311-cp311-linux_armv7l', { ...LINUX, machine: 'aarch64' }],
    ['cp36-abi3-manylinux2010_x86_64', LINUX],
    ['cp310-none-any', LINUX],
    ['cp310-none-manylinux2014_x86_64', LINUX],
    ['py2-none-any', LINUX],
    ['py2.py3-none-any', LINUX],
    ['py39-none-any', LINUX],
    ['pp310-pypy310_pp73-manylinux_2_17_x86_64', LINUX],
    ['cp311-cp311t-manylinux_2_17_x86_64', LINUX],
    ['cp311-cp311-something_new', LINUX],
    ['cp311-cp311-android_21_x86_64', LINUX],
    ['nonsense', LINUX],
    ['cp311-cp311-macosx_10_9_universal2', MAC],
    ['cp311-cp311-macosx_10_9_intel', MAC],
    ['cp311-cp311-win_arm64', WINDOWS]
  ])('%s: fits, or nobody knows', (tag, here) => {
    expect(builtFor([tag], here)).toBeNull();
  });

  it('is silent when one of several tags fits, and without tags', () => {
    expect(
      builtFor(['cp310-cp310-linux_x86_64', 'cp311-cp311-linux_x86_64'], LINUX)
    ).toBeNull();
    expect(builtFor(['cp310.cp311-abi3-linux_x86_64'], LINUX)).toBeNull();
    expect(builtFor([], LINUX)).toBeNull();
  });
});
