/** Answers of the GPU test for tests, as gputest.py writes them. */

type Fields = Record<string, unknown>;

const NOTHING = { allocated: null, reserved: null };

/** One framework that computed on a GPU. */
export function test(name: string, more: Fields = {}): Fields {
  return {
    name,
    outcome: 'gpu',
    step: null,
    steps: [
      { name: 'import', ok: true, ms: 2310.5 },
      { name: 'devices', ok: true, ms: 90 },
      { name: 'sum', ok: true, ms: 12.4 },
      { name: 'product', ok: true, ms: 30 },
      { name: 'convolution', ok: true, ms: 410 }
    ],
    duration_ms: 3100,
    error: null,
    output: '',
    version: '2.5.1+cu124',
    file: '/env/lib/python3.11/site-packages/torch/__init__.py',
    cuda: '12.4',
    hip: null,
    devices: [
      {
        kind: 'gpu',
        name: 'NVIDIA L4',
        compute_capability: '8.9',
        memory: 24152899584
      }
    ],
    why_not: null,
    against: 'NumPy',
    memory: {
      before: { allocated: 0, reserved: 0 },
      peak: { allocated: 8519680, reserved: 23068672 },
      process: 1288490188
    },
    cudnn: '9.1.0',
    ...more
  };
}

/** One that computed on the CPU. */
export function onCpu(name: string, more: Fields = {}): Fields {
  return test(name, {
    outcome: 'cpu',
    steps: ['import', 'devices', 'sum', 'product'].map(step => ({
      name: step,
      ok: true,
      ms: 5
    })),
    devices: [
      { kind: 'cpu', name: null, compute_capability: null, memory: null }
    ],
    memory: { before: NOTHING, peak: NOTHING, process: 236118016 },
    cudnn: null,
    ...more
  });
}

/** One that failed in a step. */
export function failing(
  name: string,
  error: Fields,
  step = 'import',
  more: Fields = {}
): Fields {
  return test(name, {
    outcome: 'failed',
    steps: [{ name: step, ok: false, ms: null }],
    error: { signal: null, exit_code: null, ...error },
    devices: null,
    memory: null,
    cudnn: null,
    against: null,
    ...more
  });
}

/** An answer. */
export function answer(frameworks: readonly Fields[], more: Fields = {}) {
  return {
    schema: 'jupyterlab-gpu-doctor/gputest',
    schema_version: 1,
    executable: '/env/bin/python',
    duration_ms: 3200,
    frameworks,
    added_folders: [],
    error: null,
    ...more
  };
}
