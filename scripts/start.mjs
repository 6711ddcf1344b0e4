/** Sets everything up and starts JupyterLab with the extension and the demo notebook open. More arguments go to JupyterLab. */
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { environment, ROOT, setup, tool } from './setup.mjs';

setup();

// A copy, so that playing with it does not show up as a change of the repository.
const folder = join(ROOT, '.cache', 'demo');
const notebook = join(folder, 'gpu-doctor.ipynb');
mkdirSync(folder, { recursive: true });
if (!existsSync(notebook)) {
  copyFileSync(join(ROOT, 'demo', 'gpu-doctor.ipynb'), notebook);
}

const root = process.getuid?.() === 0 ? ['--allow-root'] : [];
const lab = spawn(
  tool('jupyter'),
  [
    'lab',
    `--ServerApp.root_dir=${folder}`,
    '--LabApp.default_url=/lab/tree/gpu-doctor.ipynb',
    ...root,
    ...process.argv.slice(2)
  ],
  { cwd: ROOT, stdio: 'inherit', env: environment() }
);
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => lab.kill(signal));
}
lab.on('exit', code => process.exit(code ?? 0));
