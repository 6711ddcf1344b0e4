/** The Python sources that run in the kernel → TypeScript strings (the bundler has no rule for .py files). */
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

const SOURCES = {
  PROBE_SOURCE: 'jupyterlab_gpu_doctor/kernel/probe.py',
  COSTLY_SOURCE: 'jupyterlab_gpu_doctor/kernel/costly.py',
  BACKGROUND_SOURCE: 'jupyterlab_gpu_doctor/kernel/background.py',
  PLAN_SOURCE: 'jupyterlab_gpu_doctor/kernel/plan.py',
  NAMES_SOURCE: 'jupyterlab_gpu_doctor/kernel/names.py',
  FETCH_UV_SOURCE: 'jupyterlab_gpu_doctor/kernel/fetch_uv.py',
  GPU_TEST_SOURCE: 'jupyterlab_gpu_doctor/kernel/gputest.py',
  GPU_TEST_CHILD_SOURCE: 'jupyterlab_gpu_doctor/kernel/gputest_child.py',
  BACKUP_SOURCE: [
    'jupyterlab_gpu_doctor/kernel/locking.py',
    'jupyterlab_gpu_doctor/kernel/backup_tree.py',
    'jupyterlab_gpu_doctor/kernel/backup_restore.py',
    'jupyterlab_gpu_doctor/kernel/backup.py'
  ],
  HISTORY_SOURCE: [
    'jupyterlab_gpu_doctor/kernel/locking.py',
    'jupyterlab_gpu_doctor/kernel/history.py'
  ]
};

/** One text of several files: what they import of each other is there already. */
async function joined(root, paths) {
  const sources = await Promise.all(
    paths.map(path => readFile(join(root, path), 'utf8'))
  );
  const names = paths.map(path => basename(path, '.py')).join('|');
  const imports = new RegExp(
    `^from (?:${names}) import (?:\\([^)]*\\)|.*)\n`,
    'gm'
  );
  return sources.map(source => source.replace(imports, '')).join('\n');
}

export async function embed(root) {
  let text =
    '// Generated from jupyterlab_gpu_doctor/kernel/*.py by scripts/gen.mjs; do not edit.\n';
  for (const [name, place] of Object.entries(SOURCES)) {
    const paths = [place].flat();
    const source = await joined(root, paths);
    text += `\n/** Text of ${paths.join(', ')}. */\nexport const ${name} = ${JSON.stringify(source)};\n`;
  }
  return { files: { 'src/kernel/embedded.generated.ts': text } };
}
