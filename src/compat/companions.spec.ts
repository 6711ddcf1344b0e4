import { satisfies } from '../versions/pep440';
import { jaxRelease } from './jax';
import {
  kerasForTensorflow,
  protobufForTensorflow,
  tensorflowForTfKeras,
  tfKerasFor
} from './keras';
import { mmcvFor, mmcvWheels } from './mmcv';
import { numpy2Since } from './numpy';
import { SOURCES } from './tables.generated';
import { tensorflowBuild } from './tensorflow';
import { pairsWithTorch, torchRelease } from './torch';
import { torchForXformers, xformersFor } from './xformers';

describe('Keras', () => {
  it.each([
    ['2.15.1', '2.15.0', true],
    ['2.15.1', '3.0.0', false],
    ['2.16.1', '2.15.0', false],
    ['2.16.1', '3.6.0', true],
    ['2.21.0', '3.11.0', false]
  ])('TensorFlow %s with Keras %s: %s', (tensorflow, keras, fits) => {
    const wanted = kerasForTensorflow(tensorflow);
    expect(satisfies(keras, wanted?.value ?? '')).toBe(fits);
    expect(wanted?.source).toContain('tensorflow-');
  });

  it('tells "asks for none" from "not known"', () => {
    expect(kerasForTensorflow('2.4.4')?.value).toBe('');
    expect(kerasForTensorflow('2.4.99')).toBeNull();
    expect(kerasForTensorflow('2.40.0')).toBeNull();
  });

  it.each([
    ['2.16.0', '2.16.2', true],
    ['2.16.3', '2.17.0', false],
    ['2.99.0', '2.99.0', undefined],
    ['2.17.0rc0', '2.17.0', undefined]
  ])('tf-keras %s with TensorFlow %s: %s', (own, tensorflow, fits) => {
    const wanted = tensorflowForTfKeras(own)?.value;
    expect(wanted && satisfies(tensorflow, wanted)).toBe(fits);
  });

  it.each([
    ['2.16.1', '==2.16.*'],
    ['2.13.1', undefined],
    ['2.99.0', undefined]
  ])('tf-keras for TensorFlow %s: %s', (tensorflow, wanted) => {
    expect(tfKerasFor(tensorflow)?.value).toBe(wanted);
  });
});

describe('protobuf', () => {
  it.each([
    ['2.11.1', '3.19.6', true],
    ['2.11.1', '3.20.0', false],
    ['2.17.0', '4.25.3', true],
    ['2.17.0', '5.26.0', false],
    ['2.21.0', '5.29.0', false],
    ['2.21.0', '7.35.0', true],
    ['2.40.0', '7.35.0', undefined]
  ])('TensorFlow %s with protobuf %s: %s', (tensorflow, protobuf, fits) => {
    const wanted = protobufForTensorflow(tensorflow)?.value;
    expect(wanted && satisfies(protobuf, wanted)).toBe(fits);
  });
});

describe('xformers', () => {
  it.each([
    ['0.0.33.post2', '==2.9.1'],
    ['0.0.28.post3+cu124', '==2.5.1'],
    ['0.0.20', '==2.0.1'],
    ['0.0.35', '>=2.10'],
    // Another post release asks for another torch.
    ['0.0.33', undefined],
    ['0.0.99', undefined]
  ])('%s asks for torch%s', (version, torch) => {
    expect(torchForXformers(version)?.value).toBe(torch);
  });

  it.each([
    ['2.5.1+cu124', '==0.0.28.post3'],
    ['2.12.0', '==0.0.35'],
    ['2.2.2', undefined],
    ['2.12.0.dev20260101', undefined]
  ])('for torch %s: %s', (torch, version) => {
    expect(xformersFor(torch)?.value).toBe(version);
  });
});

describe('mmcv', () => {
  it.each([
    ['3.3.0', '2.1.0', true],
    ['3.3.0', '2.2.0', false],
    ['2.28.2', '1.7.2', true],
    ['3.4.0', '2.1.0', undefined]
  ])('mmdet %s with mmcv %s: %s', (mmdet, mmcv, fits) => {
    const wanted = mmcvFor('mmdet', mmdet)?.value;
    expect(wanted && satisfies(mmcv, wanted)).toBe(fits);
  });

  it('has wheels for a torch and a CUDA', () => {
    expect(mmcvWheels('2.4.0', '12.1').map(one => one.value)).toMatchObject([
      { package: 'mmcv', version: '2.2.0' }
    ]);
    expect(
      mmcvWheels('1.10.2', '11.3').map(one => one.value.package)
    ).toStrictEqual(['mmcv-full']);
    expect(mmcvWheels('2.5.0', '12.4')).toStrictEqual([]);
  });
});

describe('NumPy 2', () => {
  it.each([
    ['pandas', 'Linux', '2.2.2'],
    ['torch', 'Linux', '2.3.0'],
    ['torch', 'Darwin', '2.3.0'],
    ['torch', 'Windows', '2.4.1'],
    ['torch', null, undefined],
    ['never-heard-of', 'Linux', undefined]
  ])('%s on %s since %s', (name, system, first) => {
    expect(numpy2Since(name, system)?.value).toBe(first);
  });
});

describe('JAX', () => {
  it.each([
    ['0.8.3', '>=3.11'],
    ['0.8.0', '>=3.11'],
    ['0.99.0', undefined],
    ['0.8.3.dev1', undefined]
  ])('%s asks for Python %s', (version, python) => {
    expect(jaxRelease(version)?.value.python).toBe(python);
  });
});

it('does not know a release newer than its tables', () => {
  for (const newer of ['99.0.0', '2.99.0', '3.0.0']) {
    expect([
      torchRelease(newer),
      tensorflowBuild(newer),
      pairsWithTorch('torchvision', newer),
      kerasForTensorflow(newer),
      protobufForTensorflow(newer),
      tfKerasFor(newer),
      jaxRelease(newer),
      torchForXformers(newer),
      mmcvFor('mmcv', newer)
    ]).toStrictEqual(Array(9).fill(null));
  }
});

it('dates every answer', () => {
  const answers = [
    torchRelease('2.5.1'),
    jaxRelease('0.8.3'),
    numpy2Since('pandas', null)
  ];
  for (const one of answers) {
    expect(one?.date).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(SOURCES).toContainEqual({ text: one?.source, date: one?.date });
  }
});
