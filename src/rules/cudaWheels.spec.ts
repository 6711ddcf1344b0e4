import {
  dist,
  facts,
  framework,
  gpu,
  gpus,
  platform,
  python
} from '../facts/build';
import type { IDistribution, IFacts } from '../facts/facts.generated';
import { View } from '../facts/view';
import { orphanedWheels } from './cudaWheels';
import { torchFix } from './gpuFix';

/** torch for CUDA 12.1 with two of its libraries. */
function torch(more: IDistribution[] = []): IFacts {
  return facts({
    python: python('3.11.7'),
    platform: platform('linux-x86_64'),
    packages: [
      dist('torch', '2.3.1', {
        manager: 'pip',
        requires: [
          'nvidia-cublas-cu12==12.1.3.1; platform_system == "Linux"',
          'nvidia-cusolver-cu12==11.4.5.107'
        ]
      }),
      dist('nvidia-cublas-cu12', '12.1.3.1', { manager: 'pip' }),
      dist('nvidia-cusolver-cu12', '11.4.5.107', {
        manager: 'pip',
        requires: ['nvidia-nvjitlink-cu12']
      }),
      dist('nvidia-nvjitlink-cu12', '12.9.86', { manager: 'pip' }),
      ...more
    ],
    frameworks: [
      framework('torch', '2.3.1+cu121', {
        distribution: 'torch',
        gpu_build: true,
        backend: 'cuda',
        cuda: '12.1'
      })
    ],
    gpu: gpus('470.223.02', '11.4', [gpu('Tesla V100', '7.0')])
  });
}

const OWN = [
  'nvidia-cublas-cu12',
  'nvidia-cusolver-cu12',
  'nvidia-nvjitlink-cu12'
];

describe('orphanedWheels', () => {
  it.each([
    ['what torch brought, also through one another', [], 11, OWN],
    ['the same major', [], 12, []],
    ['a major that is not known', [], null, []],
    [
      'not what somebody else put there',
      [dist('nvidia-cudnn-cu12', '9.1.0.70', { manager: 'pip' })],
      11,
      OWN
    ],
    [
      'not what CuPy needs too',
      [dist('cupy-cuda12x', '13.2.0', { manager: 'pip' })],
      11,
      []
    ],
    [
      'not what another package asks for',
      [dist('x', '1', { requires: ['nvidia-cublas-cu12'] })],
      11,
      []
    ]
  ] as [string, IDistribution[], number | null, string[]][])(
    '%s',
    (_, more, major, left) => {
      const view = new View(torch(more));
      expect(orphanedWheels(view, ['torch'], major)).toEqual(left);
    }
  );

  it('is empty where another framework is of an unknown CUDA', () => {
    const one = torch();
    one.frameworks?.push(framework('tensorflow', '9.9', { gpu_build: true }));
    expect(orphanedWheels(new View(one), ['torch'], 11)).toEqual([]);
  });

  it('goes first in the fix of torch', () => {
    const fix = torchFix(new View(torch()), '2.3.1+cu121');
    expect(fix?.commands).toEqual([
      `%pip uninstall -y ${OWN.join(' ')}`,
      '%pip install uv',
      '%uv pip install --torch-backend=cu118 --reinstall-package torch torch==2.3.1'
    ]);
  });
});
