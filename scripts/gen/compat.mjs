/** compat/compat.json → the part of it that look-ups read, as typed constants that a bundler can drop one by one. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const HEAD =
  '// Generated from compat/compat.json by scripts/gen.mjs; do not edit.\n';

const minorOf = version => version.split('.').slice(0, 2).join('.');

/** `8.0` → `sm_80`. */
const sm = (capability, prefix = 'sm') =>
  `${prefix}_${capability.replace('.', '')}`;

const byVersion = (a, b) => {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  return left[0] - right[0] || (left[1] ?? 0) - (right[1] ?? 0);
};

/** `2.17+` → from 2.17 on; `2.18-2.20`; null for what names no stable range of releases. */
function range(text) {
  const match = /^(\d+\.\d+)(?:-(\d+\.\d+)|(\+))$/.exec(text);
  return match ? [match[1], match[2] ?? null] : null;
}

/**
 * Specifier of torch that a pairing row means. Patch releases of one minor share an ABI, and old rows name
 * only the minor, so that is what the table compares; the exact pins stand in the packages' own metadata.
 */
function torchSpecifier(row) {
  const minor = row.torch_minor ?? row.torch_version;
  if (minor) {
    const upTo = /^<=(\d+)\.(\d+)$/.exec(minor);
    return upTo
      ? `<${upTo[1]}.${Number(upTo[2]) + 1}`
      : `==${minorOf(minor)}.*`;
  }
  const pin = /^==(.+)$/.exec(row.torch_spec ?? '');
  return pin ? `==${minorOf(pin[1])}.*` : (row.torch_spec ?? '');
}

/** One row a release; where the patch releases of one differ, one row each. */
function pairings(rows) {
  const flat = rows.flatMap(row =>
    row.version
      .split('/')
      .map(version => ({ ...row, version: version.trim() }))
      .map(one => ({ ...one, torch: torchSpecifier(one) }))
  );
  const result = new Map();
  for (const row of flat) {
    const release = minorOf(row.version);
    const same = flat.filter(
      other =>
        other.library === row.library && minorOf(other.version) === release
    );
    // 0.4.1 went with another torch than 0.4.2: then 0.4 alone says nothing.
    const version = same.every(other => other.torch === row.torch)
      ? release
      : row.version;
    const key = `${row.library} ${version}`;
    if (!result.has(key)) {
      const pin = /^==(.+)$/.exec(row.torch_spec ?? '');
      result.set(key, {
        package: row.library,
        version,
        exact: pin ? [row.version, pin[1]] : null,
        torch: row.torch,
        source: row.source,
        read: row.read
      });
    }
  }
  return [...result.values()];
}

function platforms(text) {
  return text.split('+').map(one => one.trim());
}

function torchArchs(rows) {
  return rows.map(row => ({
    torch: row.torch,
    cuda: row.cuda,
    platforms: platforms(row.platform),
    archs: [
      ...row.arch.map(one => sm(one)),
      ...row.ptx.map(one => sm(one, 'compute'))
    ],
    source: row.source,
    read: row.read
  }));
}

/** What people call the package: the table of equivalents knows better than the file names do. */
function condaNames(data) {
  const names = new Map();
  for (const row of data.conda_pypi_map) {
    const list = row.pypi ?? [];
    const pypi = list.includes(row.conda) ? row.conda : (list[0] ?? null);
    names.set(row.conda, { conda: row.conda, pypi, source: row.source });
  }
  for (const row of data.conda_pypi_equivalents) {
    // nvidia-cudnn-cu11 or -cu12 or -cu13: the conda name does not tell.
    if (!/depends on CUDA major/.test(row.note ?? '')) {
      names.set(row.conda, {
        conda: row.conda,
        pypi: row.pypi,
        source: row.source,
        read: row.read
      });
    }
  }
  return [...names.values()];
}

/** One requirement, as one specifier set. Rows with markers say nothing that holds for every Python. */
function specifierOf(list) {
  return list.every(one => one.marker === null)
    ? list.map(one => one.spec).join()
    : null;
}

/** What TensorFlow asks of protobuf and of Keras, by its exact version: patch releases differ. */
function tensorflowNeeds(data) {
  const keras = new Map(data.keras_tf.map(row => [row.tensorflow, row]));
  return data.tensorflow_pins.flatMap(row => {
    const protobuf = specifierOf(row.protobuf);
    const own = keras.get(row.version);
    return protobuf === null || !own
      ? []
      : [
          {
            version: row.version,
            protobuf,
            keras: own.keras_spec.join(),
            source: row.source,
            read: row.read
          }
        ];
  });
}

/** Extensions whose wheels ask for one torch, from the metadata of the wheels themselves. */
function xformers(data) {
  return data.packages
    .filter(row => row.package === 'xformers')
    .flatMap(row => {
      const torch = row.requires_dist
        .map(one => /^torch\s*\(?\s*([=<>!~][^);]*)\)?$/.exec(one)?.[1])
        .find(Boolean);
      return torch
        ? [
            {
              version: row.version,
              torch: torch.replace(/\s+/g, ''),
              source: row.source,
              read: row.read
            }
          ]
        : [];
    });
}

/** Name of the constant → interface and rows. `read` is the day of a row that was read later than the table. */
function tables(data) {
  return {
    TENSORFLOW_BUILDS: [
      'ITensorFlowBuild',
      data.tensorflow_gpu_builds.map(row => ({
        version: row.minor,
        package: row.pip_package,
        python: [row.python_min, row.python_max],
        cuda: row.cuda,
        cudnn: row.cudnn,
        source: row.source,
        read: row.read
      }))
    ],
    TENSORFLOW_GAPS: [
      'ITensorFlowGap',
      data.tensorflow_gpu_arch.flatMap(row => {
        const versions = range(row.versions);
        const capabilities = row.removed_cc ?? row.problem_cc;
        return versions && capabilities
          ? [
              {
                versions,
                kind: row.removed_cc ? 'missing' : 'trouble',
                capabilities,
                source: row.source,
                read: row.read
              }
            ]
          : [];
      })
    ],
    TORCH_RELEASES: [
      'ITorchRelease',
      data.pytorch_releases.map(row => ({
        version: row.version,
        python: [row.python_min, row.python_max],
        cuda: row.stable_cuda,
        source: row.source,
        read: row.read
      }))
    ],
    TORCH_DEFAULTS: [
      'ITorchDefault',
      data.pytorch_pypi_default.map(row => ({
        version: row.version,
        cuda: row.default_cuda_linux_x86_64,
        python: row.requires_python,
        source: row.source,
        read: row.read
      }))
    ],
    TORCH_ARCHS: ['ITorchArchs', torchArchs(data.pytorch_wheel_archs)],
    TORCH_PAIRINGS: ['ITorchPairing', pairings(data.torch_pairings)],
    DRIVER_MINIMUMS: [
      'IDriverMinimum',
      data.cuda_minor_compat.map(row => ({
        cuda: Number(row.cuda_major),
        linux: row.min_linux_ga,
        windows: row.min_windows,
        source: row.source,
        read: row.read
      }))
    ],
    DRIVER_BRANCHES: [
      'IDriverBranch',
      data.driver_branch_max_cuda
        .map(row => ({
          branch: Number(row.branch),
          cuda: row.max_cuda,
          source: row.source,
          read: row.read
        }))
        .sort((a, b) => a.branch - b.branch)
    ],
    CUDA_ARCHS: [
      'ICudaArchs',
      data.cuda_arch_support
        .map(row => ({
          name: row.arch,
          capabilities: row.cc,
          first: row.first_cuda,
          last: row.last_cuda,
          source: row.source,
          read: row.read
        }))
        .sort((a, b) => byVersion(b.capabilities[0], a.capabilities[0]))
    ],
    GPU_NAMES: [
      'IGpuName',
      [...data.gpu_name_patterns]
        .sort((a, b) => a.order - b.order)
        .map(row => ({
          pattern: row.pattern,
          capability: row.cc,
          source: row.source,
          read: row.read
        }))
    ],
    JAX_FLAVOURS: [
      'IJaxFlavour',
      data.jax_cuda_rules
        .filter(row => row.wheel)
        .map(row => ({
          extra: row.wheel,
          cuda: Number(row.wheel.replace('cuda', '')),
          capability: row.min_cc,
          source: row.source,
          read: row.read
        }))
    ],
    TENSORFLOW_NEEDS: ['ITensorFlowNeeds', tensorflowNeeds(data)],
    TF_KERAS: [
      'ITfKeras',
      data.tf_keras.map(row => ({
        version: row.tf_keras,
        tensorflow: row.tensorflow_spec,
        source: row.source,
        read: row.read
      }))
    ],
    XFORMERS: ['IXformers', xformers(data)],
    MMCV_RANGES: [
      'IMmcvRange',
      data.mmcv_ranges
        .filter(row => row.mmcv)
        .map(row => ({
          package: row.package,
          version: row.version,
          mmcv: row.mmcv,
          source: row.source,
          read: row.read
        }))
    ],
    MMCV_WHEELS: [
      'IMmcvWheel',
      data.mmcv_wheels.map(row => ({
        package: row.package,
        version: row.mmcv ?? null,
        cuda: row.cuda_tag,
        torch: row.torch,
        source: row.source,
        read: row.read
      }))
    ],
    JAX_RELEASES: [
      'IJaxRelease',
      data.jax_releases.map(row => ({
        version: row.jax,
        python: row.requires_python,
        jaxlib: row.jaxlib,
        numpy: row.numpy.join(),
        source: row.source,
        read: row.read
      }))
    ],
    NUMPY2: [
      'INumpy2',
      data.numpy2_first_support.map(row => ({
        package: row.package,
        first: row.first,
        platform: row.platform ?? null,
        source: row.source,
        read: row.read
      }))
    ],
    NUMPY_RELEASES: [
      'INumpyRelease',
      data.numpy_releases
        .map(row => ({
          version: row.version,
          python: [row.python_min, row.python_max],
          source: row.source,
          read: row.read
        }))
        .sort((a, b) => byVersion(b.version, a.version))
    ],
    NUMPY_C_API: [
      'INumpyCApi',
      data.numpy_c_api.map(row => ({
        numpy: row.numpy,
        api: row.api,
        source: row.source,
        read: row.read
      }))
    ],
    NUMBA_NUMPY: [
      'INumbaNumpy',
      data.numba_numpy
        .map(row => ({
          numba: minorOf(row.version),
          numpy: row.numpy,
          source: row.source,
          read: row.read
        }))
        .sort((a, b) => byVersion(a.numba, b.numba))
    ],
    CODE_NEEDS: [
      'ICodeNeed',
      data.code_needs.map(row => ({
        package: row.package,
        before: row.before,
        requirement: row.requirement,
        specifier: row.specifier,
        source: row.source,
        read: row.read
      }))
    ],
    CONDA_NAMES: ['ICondaName', condaNames(data)]
  };
}

/**
 * Every row of every table must say where it was read, whether a look-up reads it yet or not.
 *
 * @throws Error with the table and the row
 */
function demandSources(path, data) {
  for (const [table, rows] of Object.entries(data)) {
    for (const row of Array.isArray(rows) ? rows : []) {
      const { source, read } = row;
      if (typeof source !== 'string' || !/\w{3}/.test(source)) {
        throw new Error(
          `${path}: a row of ${table} has no source: ${JSON.stringify(row)}`
        );
      }
      if (read !== undefined && !/^\d{4}-\d\d-\d\d$/.test(read)) {
        throw new Error(
          `${path}: a row of ${table} has no date in "read": ${JSON.stringify(row)}`
        );
      }
    }
  }
}

/** @throws Error when a row names no source */
export async function compat(root) {
  const path = 'compat/compat.json';
  const data = JSON.parse(await readFile(join(root, path), 'utf8'));
  demandSources(path, data);
  const { date } = data.meta;
  const sources = new Map();
  const indexOf = ({ source, read = date }) => {
    const key = `${read} ${source}`;
    if (!sources.has(key)) {
      sources.set(key, { text: source, date: read });
    }
    return [...sources.keys()].indexOf(key);
  };
  let body = '';
  const types = new Set(['ISource']);
  for (const [name, [type, rows]] of Object.entries(tables(data))) {
    types.add(type);
    const indexed = rows.map(({ read, ...row }) => ({
      ...row,
      source: indexOf({ source: row.source, read })
    }));
    body += `\nexport const ${name}: readonly ${type}[] = ${JSON.stringify(indexed)};\n`;
  }
  const list = JSON.stringify([...sources.values()]);
  const text =
    `${HEAD}import type { ${[...types].sort().join(', ')} } from './types';\n` +
    `\n/** Where and when rows were read. */\nexport const SOURCES: readonly ISource[] = ${list};\n${body}`;
  return { files: { 'src/compat/tables.generated.ts': text } };
}
