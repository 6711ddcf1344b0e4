/** The Python sources that run in the kernel → TypeScript strings (the bundler has no rule for .py files). */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const SOURCES = {
  PROBE_SOURCE: 'jupyterlab_gpu_doctor/kernel/probe.py',
  BACKGROUND_SOURCE: 'jupyterlab_gpu_doctor/kernel/background.py',
  PLAN_SOURCE: 'jupyterlab_gpu_doctor/kernel/plan.py',
  NAMES_SOURCE: 'jupyterlab_gpu_doctor/kernel/names.py',
  FETCH_UV_SOURCE: 'jupyterlab_gpu_doctor/kernel/fetch_uv.py'
};

export async function embed(root) {
  let text =
    '// Generated from jupyterlab_gpu_doctor/kernel/*.py by scripts/gen.mjs; do not edit.\n';
  for (const [name, path] of Object.entries(SOURCES)) {
    const source = await readFile(join(root, path), 'utf8');
    text += `\n/** Text of ${path}. */\nexport const ${name} = ${JSON.stringify(source)};\n`;
  }
  return { files: { 'src/kernel/embedded.generated.ts': text } };
}
