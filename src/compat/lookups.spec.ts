import { cudaFits, driverMinimum, driverServes } from './driver';
import { archSupports, computeCapabilityOf, gpuGeneration } from './gpu';
import { jaxExtraFor } from './jax';
import { brief } from './look';
import { condaNameOf, pypiNameOf } from './names';
import { tensorflowBuild, tensorflowFor, tensorflowGap } from './tensorflow';
import * as tables from './tables.generated';

describe('brief', () => {
  it.each([
    [
      'PyPI wheel METADATA pandas-2.2.2-cp310-cp310-manylinux_2_17_x86_64.whl ; PyPI wheel METADATA pandas-2.2.1-cp310-cp310-win_amd64.whl',
      'metadata of pandas-2.2.2'
    ],
    [
      'tensorflow/docs site/en/install/source.md',
      'tensorflow/docs site/en/install/source.md'
    ]
  ])('%s', (source, short) => {
    expect(brief(source)).toBe(short);
  });
});

describe('archSupports', () => {
  it.each([
    [['sm_80'], '8.0', true],
    [['sm_80'], '8.9', true],
    [['sm_86'], '8.0', false],
    [['sm_80'], '9.0', false],
    [['sm_80', 'compute_80'], '12.0', true],
    [['compute_90'], '8.9', false],
    [['sm_90a'], '9.0', true],
    [['sm_90a'], '9.1', false],
    [['compute_90a'], '12.0', false],
    [['sm_100f'], '10.3', true],
    [['compute_100f'], '12.0', false],
    [['sm_120'], '12.1', true],
    [['sm_37'], '3.5', false],
    [['gfx90a'], '8.0', null],
    [[], '8.0', null],
    [['sm_80'], 'eight', null]
  ])('%j on %s: %s', (archs, capability, expected) => {
    expect(archSupports(archs, capability)).toBe(expected);
  });
});

describe('computeCapabilityOf', () => {
  it.each([
    ['NVIDIA L4', '8.9'],
    ['NVIDIA L40S', '8.9'],
    ['Tesla T4', '7.5'],
    ['NVIDIA A100-SXM4-40GB', '8.0'],
    ['NVIDIA H200', '9.0'],
    ['NVIDIA GeForce RTX 5090', '12.0'],
    ['NVIDIA GeForce GTX 1080 Ti', '6.1'],
    ['GeForce GTX TITAN X', '5.2'],
    ['Tesla V100-SXM2-16GB', '7.0'],
    ['Tesla K80', '3.7'],
    ['NVIDIA GeForce RTX 9090', undefined],
    ['', undefined]
  ])('%s: %s', (name, capability) => {
    expect(computeCapabilityOf(name)?.value).toBe(capability);
  });

  it('knows generations', () => {
    expect(gpuGeneration('7.0')?.value).toMatchObject({
      name: 'Volta',
      last: '12.x'
    });
    expect(gpuGeneration('13.0')).toBeNull();
  });
});

describe('driver', () => {
  it.each([
    ['535.104.05', '12.2'],
    ['550.90.07', '12.4'],
    ['580.65.06', '13.0'],
    ['565.57.01', undefined],
    ['999.1', undefined],
    ['?', undefined]
  ])('%s serves %s', (version, cuda) => {
    expect(driverServes(version)?.value).toBe(cuda);
  });

  it.each([
    [12, 'Linux', '525.60.13'],
    [12, 'Windows', '528.33'],
    [13, 'Linux', '580.65.06'],
    [13, 'Windows', undefined],
    [14, 'Linux', undefined]
  ])('CUDA %d on %s needs %s', (major, system, version) => {
    expect(driverMinimum(major, system)?.value).toBe(version);
  });

  it.each([
    ['11.7', '12.2', true],
    ['12.4', '12.2', true],
    ['13.0', '12.9', false],
    ['10.2', '10.1', false],
    ['10.1', '10.2', true],
    ['10.2', '12.2', true],
    ['?', '12.2', false]
  ])('CUDA %s under a driver for %s: %s', (cuda, driver, fits) => {
    expect(cudaFits(cuda, driver)).toBe(fits);
  });
});

describe('tensorflow', () => {
  it.each([
    ['2.15.1', '12.2', '8.9'],
    ['2.7.0', '11.2', '8.1'],
    ['2.3.4', '10.1', '7.6'],
    ['1.15.5', '10.0', '7.4']
  ])('%s: CUDA %s, cuDNN %s', (version, cuda, cudnn) => {
    expect(tensorflowBuild(version)?.value).toMatchObject({ cuda, cudnn });
    expect(tensorflowBuild(version)?.source).toContain('tensorflow/docs');
  });

  it('knows neither newer releases nor previews', () => {
    expect(tensorflowBuild('2.22.0')).toBeNull();
    expect(tensorflowBuild('2.21.0.dev20260308')).toBeNull();
  });

  it.each([
    ['12.2', '3.11', '2.21'],
    ['11.4', '3.10', '2.14'],
    ['12.2', '3.7', '2.11'],
    ['12.2', '3.15', undefined],
    ['9.0', '3.7', undefined]
  ])('for CUDA %s and Python %s: %s', (cuda, python, version) => {
    expect(tensorflowFor(cuda, python)?.value.version).toBe(version);
  });

  it('passes over releases without code for the GPU', () => {
    expect(tensorflowFor('12.2', '3.11', '5.2')?.value.version).toBe('2.16');
  });

  it.each([
    ['2.17.0', '5.2', 'missing'],
    ['2.16.1', '5.2', undefined],
    ['2.19.0', '12.0', 'trouble'],
    ['2.21.0', '12.0', undefined],
    ['2.30.0', '5.2', undefined]
  ])('%s on %s: %s', (version, capability, kind) => {
    expect(tensorflowGap(version, capability)?.value).toBe(kind);
  });
});

it.each([
  ['0.8.3', 13, '9.0', 'cuda13'],
  ['0.8.3', 13, '7.0', 'cuda12'],
  ['0.6.2', 13, '9.0', 'cuda12'],
  ['0.8.3', 12, null, 'cuda12'],
  ['0.8.3', 11, null, undefined],
  ['0.4.10', 12, null, undefined]
])('jax %s, CUDA %d, %s: %s', (version, major, capability, extra) => {
  expect(jaxExtraFor(version, major, capability)?.value).toBe(extra);
});

describe('names', () => {
  it.each([
    ['pytorch', 'torch'],
    ['pytorch-gpu', 'torch'],
    ['pytorch-cpu', 'torch'],
    ['tensorflow-gpu', 'tensorflow'],
    ['tensorflow-cpu', 'tensorflow'],
    ['tensorflow-base', 'tensorflow'],
    ['py-opencv', 'opencv-python'],
    ['opencv', 'opencv-python'],
    ['matplotlib-base', 'matplotlib'],
    ['jaxlib', 'jaxlib'],
    ['libtorch', null],
    ['cudatoolkit', null],
    ['cudnn', null],
    ['never-heard-of', undefined]
  ])('%s is %s', (conda, pypi) => {
    expect(pypiNameOf(conda)?.value).toBe(pypi);
  });

  it('goes back', () => {
    expect(condaNameOf('torch')?.value).toBe('pytorch');
    expect(condaNameOf('tensorflow')?.value).toBe('tensorflow');
    expect(condaNameOf('never-heard-of')).toBeNull();
  });
});

it('has a source for every row', () => {
  const { SOURCES, ...rest } = tables;
  for (const rows of Object.values(rest)) {
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      expect(SOURCES[row.source].text).toMatch(/\w{3}/);
      expect(SOURCES[row.source].date).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
  }
});

it('compiles every pattern of a GPU name', () => {
  for (const row of tables.GPU_NAMES) {
    expect(() => new RegExp(row.pattern)).not.toThrow();
  }
});
