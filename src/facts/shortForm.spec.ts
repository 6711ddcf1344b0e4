import { parseFacts } from './parse';
import { factsFromShortForm, shortFormProblem } from './shortForm';

describe('factsFromShortForm', () => {
  it('knows nothing when nothing is said', () => {
    const facts = factsFromShortForm({});
    expect(parseFacts(facts).ok).toBe(true);
    const known = Object.entries(facts).filter(
      ([key, value]) =>
        !['schema', 'schema_version', 'probe', 'problems'].includes(key) &&
        value !== null
    );
    expect(known).toEqual([]);
  });

  it('reads a conda TensorFlow with a wheel of cuDNN beside it', () => {
    const facts = factsFromShortForm({
      platform: 'linux-x86_64',
      environment: 'conda',
      conda: [
        { name: 'cudnn', version: '8.1.0.77' },
        { name: 'cudatoolkit', version: '11.2.2' }
      ],
      packages: [
        { name: 'tensorflow', version: '2.12.0', manager: 'pip' },
        { name: 'nvidia-cudnn-cu11', version: '8.6.0.163', manager: 'pip' }
      ],
      tensorflow: { version: '2.12.0', cuda: '11.8', cudnn: '8.6' },
      environ: { LD_LIBRARY_PATH: '/opt/conda/envs/tf/lib' }
    });
    expect(parseFacts(facts)).toMatchObject({ ok: true });
    expect(facts.environment?.kind).toBe('conda');
    expect(facts.platform?.system).toBe('Linux');
    expect(facts.python?.markers).toMatchObject({ sys_platform: 'linux' });
    expect(facts.packages?.map(p => [p.name, p.version, p.manager])).toEqual([
      ['tensorflow', '2.12.0', 'pip'],
      ['nvidia-cudnn-cu11', '8.6.0.163', 'pip']
    ]);
    expect(facts.conda?.records?.map(r => [r.name, r.python_name])).toEqual([
      ['cudnn', null],
      ['cudatoolkit', null]
    ]);
    expect(facts.frameworks).toHaveLength(1);
    expect(facts.frameworks?.[0]).toMatchObject({
      name: 'tensorflow',
      distribution: 'tensorflow',
      cuda: '11.8',
      cudnn: '8.6',
      gpu_build: true
    });
    expect(facts.gpu).toBeNull();
    expect(facts.environ).toEqual({
      LD_LIBRARY_PATH: '/opt/conda/envs/tf/lib'
    });
  });

  it('reads a container that was started without its GPUs', () => {
    const facts = factsFromShortForm({
      container: true,
      gpus: [],
      driver: null,
      driver_cuda: null,
      packages: [{ name: 'torch', version: '1.7.0', manager: 'pip' }],
      torch: { version: '1.7.0+cu110', cuda: '11.0' }
    });
    expect(facts.gpu?.devices).toEqual([]);
    expect(facts.gpu?.driver?.present).toBe(false);
    expect(facts.platform?.container).toBe(true);
    expect(facts.frameworks?.[0]).toMatchObject({
      version: '1.7.0+cu110',
      local: 'cu110',
      cuda: '11.0',
      gpu_build: true
    });
  });

  it.each([
    ['2.5.1+cu124', undefined, '12.4', true],
    ['2.5.1+cpu', undefined, null, false],
    ['2.5.1', undefined, null, null],
    ['2.5.1', 'py3.10_cuda12.1_cudnn8_0', '12.1', true],
    ['2.5.1', 'cuda112py39h9333c2f_0', '11.2', true],
    ['2.5.1', 'cpu_py310h1234_0', null, false]
  ])('builds of torch: %s, conda build %s', (version, build, cuda, gpu) => {
    const facts = factsFromShortForm({
      packages: [{ name: 'torch', version }],
      conda: build ? [{ name: 'pytorch', version: '2.5.1', build }] : undefined
    });
    expect(facts.frameworks?.[0]).toMatchObject({ cuda, gpu_build: gpu });
  });

  it('gives a conda record the Python name that is listed', () => {
    const facts = factsFromShortForm({
      packages: [
        { name: 'torch', version: '2.5.1' },
        { name: 'typing_extensions', version: '4.12.2' }
      ],
      conda: [
        { name: 'pytorch', version: '2.5.1' },
        { name: 'typing_extensions', version: '4.12.2' },
        { name: 'openssl', version: '3.3.2' }
      ]
    });
    expect(facts.conda?.records?.map(r => r.python_name)).toEqual([
      'torch',
      'typing-extensions',
      null
    ]);
  });

  it('an empty list of packages says that no framework is there', () => {
    expect(factsFromShortForm({ packages: [] }).frameworks).toEqual([]);
  });
});

describe('shortFormProblem', () => {
  it.each([
    [{}],
    [{ python: '3.11' }],
    [{ packages: [{ name: 'x', version: '1' }], gpus: null }],
    [{ driver: null }]
  ])('is the short form: %j', value => {
    expect(shortFormProblem(value)).toBeNull();
  });

  it.each([
    [null],
    [[]],
    ['x'],
    [{ nothing: 'of it' }],
    [{ python: 3.11 }],
    [{ packages: {} }],
    [{ packages: [{ name: 'x' }] }],
    [{ conda: [null] }],
    [{ imported: 'numpy' }],
    [{ gpus: [{ compute_capability: '8.9' }] }]
  ])('is not: %j', value => {
    expect(shortFormProblem(value)).not.toBeNull();
  });
});
