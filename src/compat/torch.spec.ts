import {
  defaultFits,
  pairsWithTorch,
  torchArchs,
  torchCudaFor,
  torchDefaultCuda,
  torchPair,
  torchRelease,
  torchWheelFor
} from './torch';

const L4 = {
  driverCuda: '12.2',
  capability: '8.9',
  python: '3.11.7',
  platform: 'linux_x86_64'
} as const;

describe('pairsWithTorch', () => {
  it.each([
    ['torchvision', '0.18.1+cu121', '==2.3.*'],
    ['torchvision', '0.4.1', '==1.2.*'],
    ['torchvision', '0.4.3', '==1.3.*'],
    ['torchvision', '0.2.2', '<1.1'],
    ['torchvision', '0.29.2', '>=2.14.0'],
    ['torchaudio', '2.0.2', '==2.0.*'],
    ['torchaudio', '2.11.0', ''],
    ['torchtext', '0.15.2', '==2.0.*'],
    ['torchcodec', '0.8.1', '==2.9.*']
  ])('%s %s wants torch%s', (name, version, specifier) => {
    const found = pairsWithTorch(name, version);
    expect(found?.value).toBe(specifier);
    expect(found?.source).toMatch(/README|METADATA|installation/);
  });

  it.each([
    ['torchvision', '0.30.0'],
    ['torchvision', '0.29.1'],
    ['torchvision', '0.20.0a0+git1'],
    ['torchvision', 'none'],
    ['timm', '1.0.0']
  ])('%s %s is unknown', (name, version) => {
    expect(pairsWithTorch(name, version)).toBeNull();
  });
});

describe('torchPair', () => {
  it.each([
    ['2.5.1+cu124', 'torchvision', '==0.20.1'],
    ['2.5.0', 'torchvision', '==0.20.*'],
    ['2.3.0', 'torchvision', '==0.18.*'],
    ['2.3.0', 'torchaudio', '==2.3.*'],
    ['2.14.1', 'torchvision', '==0.29.2'],
    ['2.15.0', 'torchaudio', '==2.11.*'],
    ['1.3.0', 'torchvision', '==0.4.2']
  ])('torch %s: %s%s', (torch, name, specifier) => {
    expect(torchPair(torch)[name]?.value).toBe(specifier);
  });

  it('knows no companion of a torch that no row names', () => {
    expect(torchPair('2.6.0a0+git123')).toEqual({});
    expect(torchPair('3.0.0').torchtext?.value).toBe('==0.18.*');
    expect(torchPair('1.9.0').torchcodec).toBeUndefined();
  });
});

describe('torchArchs', () => {
  it.each([
    ['2.5.1+cu124', '12.4', 'linux_x86_64', 'sm_90', true],
    ['2.5.1', '12.4', 'linux_x86_64', 'sm_120', false],
    ['2.5.1', '12.4', 'windows', 'sm_61', true],
    ['2.11.0', '13.0', 'linux_x86_64', 'compute_120', true],
    ['2.11.0', '12.6', 'linux_aarch64', 'sm_75', false]
  ] as const)(
    'torch %s, CUDA %s, %s: %s %s',
    (version, cuda, platform, arch, there) => {
      expect(torchArchs(version, cuda, platform)?.value.includes(arch)).toBe(
        there
      );
    }
  );

  it.each([
    ['2.6.0', '12.4', 'linux_x86_64'],
    ['2.15.0', '13.2', 'linux_x86_64'],
    ['2.5.1', '12.6', 'linux_x86_64'],
    ['2.5.1', '12.4', 'linux_aarch64'],
    ['2.5.0a0+git', '12.4', 'linux_x86_64']
  ] as const)('torch %s, CUDA %s, %s is unknown', (version, cuda, platform) => {
    expect(torchArchs(version, cuda, platform)).toBeNull();
  });
});

describe('the default wheel', () => {
  it.each([
    ['2.5.0', '12.4'],
    ['2.11.0', '13.0'],
    ['2.15.0', '13.2'],
    ['1.10.0', '10.2'],
    ['2.16.0', undefined],
    ['2.6.0.dev20250101', undefined]
  ])('torch %s brings CUDA %s', (version, cuda) => {
    expect(torchDefaultCuda(version)?.value).toBe(cuda);
  });

  it.each([
    ['a CUDA 12 driver', {}, '2.10.0'],
    ['a CUDA 13 driver', { driverCuda: '13.0' }, '2.14.1'],
    ['a limit', { atMost: '2.5.1' }, '2.5.1'],
    ['a Pascal card', { capability: '6.1' }, '2.7.1'],
    // The wheel says 3.8, whatever its release notes say.
    ['Python 3.8', { python: '3.8.18' }, '2.5.1'],
    ['a GPU without code anywhere', { capability: '99.0' }, undefined],
    ['Windows', { platform: 'windows' }, undefined],
    ['a CUDA 11 driver', { driverCuda: '11.4' }, '2.0.1']
  ] as const)('for %s', (_, more, version) => {
    const python =
      'driverCuda' in more && more.driverCuda === '11.4' ? '3.10' : L4.python;
    expect(
      torchWheelFor({ ...L4, capability: '8.6', python, ...more })?.value
    ).toBe(version);
  });

  it('does not fit where nothing is known of it', () => {
    expect(defaultFits('2.5.1', L4)).toBe(true);
    expect(defaultFits('2.15.0', { ...L4, driverCuda: '13.2' })).toBe(false);
    expect(defaultFits('2.99.0', L4)).toBe(false);
  });

  it('has siblings for other CUDA versions', () => {
    const pascal = { ...L4, driverCuda: '13.0', capability: '6.1' };
    expect(torchCudaFor('2.14.0', pascal)?.value).toBe('12.6');
    expect(torchCudaFor('2.15.0', pascal)).toBeNull();
  });
});

it('knows releases', () => {
  expect(torchRelease('2.0.0')?.value.python).toEqual(['3.8', '3.11']);
  expect(torchRelease('2.99')).toBeNull();
});
