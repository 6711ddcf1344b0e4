import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const TABLES = join(ROOT, 'compat/compat.json');

type Row = Record<string, unknown>;

interface IMetadata {
  readonly version: string;
  readonly requires_python?: string;
  readonly requires_dist?: readonly string[];
}

/** Run the script on reports of pip that were made by hand. */
function refresh(reports: Record<string, IMetadata>, ...words: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'refresh-'));
  const data = join(folder, 'compat.json');
  writeFileSync(data, readFileSync(TABLES));
  for (const [name, metadata] of Object.entries(reports)) {
    const file = `${name.replace(/-/g, '_')}-${metadata.version}-py3-none-any.whl`;
    const install = [{ metadata, download_info: { url: `file:///w/${file}` } }];
    writeFileSync(join(folder, `${name}.json`), JSON.stringify({ install }));
  }
  const output = execFileSync(
    process.execPath,
    [
      join(ROOT, 'scripts/refresh_compat.mjs'),
      ...['--data', data, '--reports', folder, '--date', '2027-01-31'],
      ...words
    ],
    { encoding: 'utf8' }
  );
  const tables = JSON.parse(readFileSync(data, 'utf8')) as Record<
    string,
    Row[]
  >;
  return { output, tables };
}

const TORCH = {
  version: '2.99.1',
  requires_python: '>=3.12',
  requires_dist: [
    'filelock',
    'cuda-toolkit[cublas,cudart]==14.1.2 ; platform_system == "Linux"',
    'nvidia-cudnn-cu14==10.1.0 ; platform_system == "Linux"',
    'nvidia-nccl-cu14==2.40.1 ; platform_system == "Linux"',
    'triton~=4.0.0 ; platform_system == "Linux"',
    'opt-einsum>=3.3 ; extra == "opt-einsum"'
  ]
};

it('adds a row for a new release, newest first, with its source and its day', () => {
  const { output, tables } = refresh({ torch: TORCH }, '--write', 'torch');
  expect(output).toContain('pytorch_pypi_default: 2.99.1: new');
  expect(tables.pytorch_pypi_default[0]).toStrictEqual({
    version: '2.99.1',
    minor: '2.99',
    requires_python: '>=3.12',
    default_cuda_linux_x86_64: '14.1',
    cudnn: '10.1.0',
    nccl: '2.40.1',
    triton: { spec: '~=4.0.0', marker: 'platform_system == "Linux"' },
    nvidia_pkgs_pinned: [
      'cuda-toolkit[cublas,cudart]==14.1.2',
      'nvidia-cudnn-cu14==10.1.0',
      'nvidia-nccl-cu14==2.40.1'
    ],
    source: 'wheel METADATA torch-2.99.1-py3-none-any.whl',
    read: '2027-01-31'
  });
});

it('only says so without --write', () => {
  const { output, tables } = refresh({ torch: TORCH }, 'torch');
  expect(output).toContain('new');
  expect(tables).toStrictEqual(JSON.parse(readFileSync(TABLES, 'utf8')));
});

it('leaves a row as it is when the metadata say the same in other words', () => {
  const { output, tables } = refresh(
    {
      xformers: {
        version: '0.0.35',
        requires_python: '>=3.9',
        requires_dist: ['torch (>=2.10)', 'numpy']
      }
    },
    '--write',
    'xformers'
  );
  expect(output).toContain('as in the tables');
  expect(tables.packages[0]).not.toHaveProperty('read');
});

it('changes what changed and keeps the rest of the row', () => {
  const { output, tables } = refresh(
    {
      torchvision: {
        version: '0.29.2',
        requires_python: '>=3.10,!=3.14.1',
        requires_dist: ['torch==2.15.0']
      }
    },
    '--write',
    'torchvision'
  );
  expect(output).toContain('torch_spec, exact_pin changed');
  expect(
    tables.torch_pairings.find(
      one => one.library === 'torchvision' && one.version === '0.29.2'
    )
  ).toMatchObject({ torch_spec: '==2.15.0', read: '2027-01-31' });
});

it('puts TensorFlow into both of its tables', () => {
  const { tables } = refresh(
    {
      tensorflow: {
        version: '2.99.0',
        requires_dist: [
          'protobuf<9,>=7',
          'keras>=4.0.0',
          'nvidia-cudnn-cu14<11.0,>=10.1 ; extra == "and-cuda"'
        ]
      }
    },
    '--write',
    'tensorflow'
  );
  expect(tables.keras_tf[tables.keras_tf.length - 1]).toMatchObject({
    tensorflow: '2.99.0',
    keras_spec: ['>=4.0.0'],
    keras_major: '4'
  });
  expect(
    tables.tensorflow_pins[tables.tensorflow_pins.length - 1]
  ).toMatchObject({
    version: '2.99.0',
    protobuf: [{ spec: '<9,>=7', marker: null }],
    and_cuda_extra: { 'nvidia-cudnn-cu14': '<11.0,>=10.1' }
  });
});

it('reads the CUDA libraries of JAX from its plugins, and keeps what it cannot read', () => {
  const jax = {
    version: '0.99.0',
    requires_python: '>=3.13',
    requires_dist: ['jaxlib<=0.99.0,>=0.98.0', 'numpy>=2.4', 'scipy>=1.17']
  };
  const plugin = {
    version: '0.99.0',
    requires_dist: ['nvidia-cublas>=13.1 ; extra == "with-cuda"']
  };
  const both = refresh({ jax, 'jax-cuda13-plugin': plugin }, '--write', 'jax');
  expect(both.tables.jax_releases[0]).toMatchObject({
    jax: '0.99.0',
    plugins: { 'jax-cuda13-plugin': { 'nvidia-cublas': '>=13.1' } }
  });
  const old = (
    JSON.parse(readFileSync(TABLES, 'utf8')) as Record<string, Row[]>
  ).jax_releases[0];
  const again = refresh(
    { jax: { ...jax, version: String(old.jax) } },
    '--write',
    'jax'
  );
  expect(again.tables.jax_releases[0].plugins).toStrictEqual(old.plugins);
});

it('fails for a name that it has no table for', () => {
  expect(() => refresh({}, 'numpy')).toThrow(/not one of torch/);
});
