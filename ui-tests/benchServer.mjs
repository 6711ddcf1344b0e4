/** A JupyterLab for benchmarks, and a browser for it. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';

const HERE = dirname(fileURLToPath(import.meta.url));

/** Start a server on a port, wait until it answers, hand over its address and a browser; end both. */
export async function withLab(port, body) {
  const folder = join(HERE, '..', '.cache', 'bench', 'notebooks');
  const url = `http://127.0.0.1:${port}`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const server = spawn(
    'jupyter',
    [
      'lab',
      '--no-browser',
      '--allow-root',
      '--ServerApp.ip=127.0.0.1',
      `--ServerApp.port=${port}`,
      '--IdentityProvider.token=',
      '--LabApp.expose_app_in_browser=True',
      `--ServerApp.root_dir=${folder}`
    ],
    { stdio: 'ignore' }
  );
  try {
    await ready(url);
    const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
    const browser = await chromium.launch({
      ...(existsSync(executablePath) ? { executablePath } : {}),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--no-first-run',
        '--disable-background-networking'
      ]
    });
    try {
      return await body({ url, folder, browser });
    } finally {
      await browser.close();
    }
  } finally {
    server.kill();
  }
}

async function ready(url) {
  for (let i = 0; i < 240; i++) {
    try {
      if ((await fetch(`${url}/lab`)).ok) {
        return;
      }
    } catch {
      // Not up yet.
    }
    await new Promise(resolve => setTimeout(resolve, 250));
  }
  throw new Error('JupyterLab did not start');
}
