import {
  conda,
  dist,
  facts,
  framework,
  gpu,
  gpus,
  noGpu,
  python,
  record
} from './build';
import { View } from './view';

describe('View', () => {
  const view = new View(
    facts({
      python: python('3.11.7', { markers: { python_version: '3.11' } }),
      packages: [
        dist('numpy', '1.26.4', { path_index: 4 }),
        dist('numpy', '2.0.0', { path_index: 3 }),
        dist('numpy', '0.0.1'),
        dist('rich', '14.0.0', {
          requires: [
            'pygments>=2.13',
            'tomli; python_version < "3.11"',
            'ipywidgets; extra == "jupyter"',
            'attrs; sys_platform == "linux"',
            'not a requirement'
          ]
        })
      ],
      conda: conda([record('pytorch', '2.5.1', { python_name: 'torch' })]),
      frameworks: [framework('torch', '2.5.1')],
      environ: { CUDA_HOME: '' },
      observed: [
        { framework: 'torch', gpu_works: false, source: 'this kernel' },
        { framework: 'torch', gpu_works: true, source: 'GPU test' },
        { framework: 'jax', gpu_works: null, source: 'GPU test' }
      ]
    })
  );

  it('gives the copy that stands first on sys.path, with its place in the document', () => {
    expect(view.dist('NumPy')).toMatchObject({
      path: '/packages/1',
      value: { version: '2.0.0' }
    });
    expect(view.copies('numpy').map(c => c.path)).toEqual([
      '/packages/1',
      '/packages/0',
      '/packages/2'
    ]);
    expect(view.dist('torch')).toBeNull();
    expect(view.copies('torch')).toEqual([]);
  });

  it('evaluates markers, and leaves out what cannot be decided', () => {
    const rich = view.dist('rich');
    expect(rich && view.requirements(rich.value).map(r => r.name)).toEqual([
      'pygments'
    ]);
  });

  it('finds conda records by both names', () => {
    expect(view.record('pytorch')?.path).toBe('/conda/records/0');
    expect(view.owner('torch')?.path).toBe('/conda/records/0');
    expect(view.record('torch')).toBeNull();
    expect(view.owner('pytorch')).toBeNull();
  });

  it('tells not set from not known', () => {
    expect(view.environ('CUDA_HOME')).toBe('');
    expect(view.environ('CUDA_PATH')).toBeNull();
    expect(new View(facts({})).environ('CUDA_HOME')).toBeUndefined();
  });

  it('tells not installed from not known', () => {
    expect(view.has('numpy')).toBe(true);
    expect(view.has('scipy')).toBe(false);
    expect(new View(facts({})).has('numpy')).toBeNull();
  });

  it('counts one success, and tells failure from nobody looked', () => {
    expect(view.seenWorking('torch')).toBe(true);
    expect(view.seenWorking('tensorflow')).toBeNull();
  });

  it('tells no GPU from not known', () => {
    expect(view.gpus).toBeNull();
    expect(new View(facts({ gpu: noGpu() })).gpus).toEqual([]);
    const some = facts({ gpu: gpus('535.1', '12.2', [gpu('L4', '8.9')]) });
    expect(new View(some).gpus).toHaveLength(1);
  });

  it('knows nothing of unknown facts', () => {
    const none = new View(facts({}));
    expect(none.frameworks()).toEqual([]);
    expect([...none.names()]).toEqual([]);
    expect(none.framework('torch')).toBeNull();
  });
});
