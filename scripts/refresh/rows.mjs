/** Metadata of a wheel → rows of compat/compat.json. Pure. */

/** `torch (==2.0.1) ; extra == "x"` → its parts. */
export function requirement(line) {
  const [left, marker = null] = line.split(/\s*;\s*/, 2);
  const match = /^([\w.-]+)\s*(?:\[([^\]]*)\])?\s*\(?([^)]*)\)?$/.exec(
    left.trim()
  );
  return {
    name: match[1].toLowerCase().replace(/[-_.]+/g, '-'),
    spec: match[3].replace(/\s+/g, ''),
    text: left.replace(/\s+/g, ''),
    extra: /extra\s*==\s*["']([^"']+)["']/.exec(marker ?? '')?.[1] ?? null,
    marker
  };
}

const minorOf = version => version.split('.').slice(0, 2).join('.');

/** Value of an `==` pin of the first package whose name matches; null without one. */
function pinned(list, name) {
  const one = list.find(r => name.test(r.name) && /^==/.test(r.spec));
  return one ? one.spec.slice(2) : null;
}

const NVIDIA = /^(?:nvidia-|cuda-)/;

function torch({ version, requires_python, requirements }) {
  const base = requirements.filter(one => one.extra === null);
  const cuda =
    pinned(base, /^cuda-toolkit$/) ?? pinned(base, /^nvidia-cuda-runtime/);
  const triton = base.find(one => one.name === 'triton');
  return {
    version,
    minor: minorOf(version),
    requires_python,
    default_cuda_linux_x86_64: cuda && minorOf(cuda),
    cudnn: pinned(base, /^nvidia-cudnn-/),
    nccl: pinned(base, /^nvidia-nccl-/),
    triton: triton ? { spec: triton.spec, marker: triton.marker } : null,
    nvidia_pkgs_pinned: base
      .filter(one => NVIDIA.test(one.name))
      .map(one => one.text)
  };
}

const specs = (requirements, name) =>
  requirements
    .filter(one => one.name === name && one.extra === null)
    .map(({ spec, marker }) => ({ spec, marker }));

function tensorflow({ version, requires_python, requirements }) {
  const libraries = requirements.filter(one => one.extra === 'and-cuda');
  return {
    version,
    requires_python,
    ...Object.fromEntries(
      [
        'numpy',
        'protobuf',
        'keras',
        'tensorflow_estimator',
        'tensorboard',
        'h5py',
        'ml_dtypes',
        'typing_extensions',
        'wrapt'
      ].map(name => [name, specs(requirements, name.replace('_', '-'))])
    ),
    and_cuda_extra: Object.fromEntries(
      libraries.map(one => [one.name, one.spec])
    )
  };
}

/** TensorFlow stands in two tables. */
function keras({ version, requirements }) {
  const keras_spec = specs(requirements, 'keras').map(one => one.spec);
  const major = /(?:>=|~=|==)(\d+)/.exec(keras_spec[0] ?? '');
  return { tensorflow: version, keras_spec, keras_major: major?.[1] ?? null };
}

function jax({ version, requires_python, requirements }, others) {
  const plugins = {};
  for (const name of ['jax-cuda12-plugin', 'jax-cuda13-plugin']) {
    const own = others.get(name);
    if (own && own.version === version) {
      plugins[name] = Object.fromEntries(
        own.requirements
          .filter(one => one.extra === 'with-cuda')
          .map(one => [one.name, one.spec])
      );
    }
  }
  const of = name => specs(requirements, name).map(one => one.spec);
  return {
    jax: version,
    requires_python,
    jaxlib: of('jaxlib')[0] ?? null,
    numpy: of('numpy'),
    scipy: of('scipy'),
    // Not read is not empty.
    ...(Object.keys(plugins).length > 0 ? { plugins } : {})
  };
}

const pairing =
  library =>
  ({ version, requires_python, requirements }) => {
    const spec = specs(requirements, 'torch')[0]?.spec ?? null;
    return {
      library,
      version,
      torch_spec: spec,
      requires_python,
      exact_pin: spec?.startsWith('==') ?? false
    };
  };

function tfKeras({ version, requirements }) {
  return {
    tf_keras: version,
    tensorflow_spec: specs(requirements, 'tensorflow')[0]?.spec ?? ''
  };
}

function xformers({ version, requires_python, requirements }) {
  return {
    package: 'xformers',
    version,
    requires_python,
    requires_dist: requirements
      .filter(one => one.extra === null)
      .map(one => one.text),
    pulls: ['torch']
  };
}

/** Distribution → tables it has a row in, the fields that name the row, and what makes it. */
export const TABLES = {
  torch: [['pytorch_pypi_default', ['version'], torch]],
  torchvision: [
    ['torch_pairings', ['library', 'version'], pairing('torchvision')]
  ],
  torchaudio: [
    ['torch_pairings', ['library', 'version'], pairing('torchaudio')]
  ],
  tensorflow: [
    ['tensorflow_pins', ['version'], tensorflow],
    ['keras_tf', ['tensorflow'], keras]
  ],
  'tf-keras': [['tf_keras', ['tf_keras'], tfKeras]],
  jax: [['jax_releases', ['jax'], jax]],
  xformers: [['packages', ['package', 'version'], xformers]]
};

/** Tables that begin with the oldest row; all others begin with the newest. */
const OLDEST_FIRST = new Set(['tensorflow_pins', 'keras_tf', 'tf_keras']);

/** Two writings of one thing: metadata put spaces and brackets where they like, and clauses in any order. */
function same(a, b) {
  const plain = value =>
    JSON.stringify(value, (key, one) =>
      typeof one === 'string'
        ? one
            .replace(/[\s()]/g, '')
            .split(',')
            .sort()
            .join()
        : one
    );
  return plain(a) === plain(b);
}

/**
 * Put what a wheel says into the tables.
 *
 * @param data compat.json, which is changed
 * @param wheel name, version, requires_python, requirements and file of one wheel
 * @param others wheels that were read with it, by name
 * @param date today, `2026-11-21`
 * @returns what changed, one line each
 */
export function put(data, wheel, others, date) {
  const changes = [];
  for (const [table, keys, make] of TABLES[wheel.name] ?? []) {
    const made = make(wheel, others);
    const rows = data[table];
    const label = `${table}: ${keys.map(key => made[key]).join(' ')}`;
    const old = rows.find(row => keys.every(key => row[key] === made[key]));
    const source = `wheel METADATA ${wheel.file}`;
    if (!old) {
      const row = { ...made, source, read: date };
      if (OLDEST_FIRST.has(table)) {
        rows.push(row);
      } else {
        const first = rows.findIndex(
          other => keys.length < 2 || other[keys[0]] === made[keys[0]]
        );
        rows.splice(Math.max(first, 0), 0, row);
      }
      changes.push(`${label}: new`);
      continue;
    }
    const changed = Object.keys(made).filter(
      key => !same(made[key] ?? null, old[key] ?? null)
    );
    if (changed.length > 0) {
      for (const key of changed) {
        old[key] = made[key];
      }
      Object.assign(old, { source, read: date });
      changes.push(`${label}: ${changed.join(', ')} changed`);
    }
  }
  return changes;
}
