/** Times the panel in a real browser and counts what it loads. Prints one line of JSON. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { chromium } from '@playwright/test';

const HERE = dirname(fileURLToPath(import.meta.url));
const PORT = 8897;
const ROUNDS = 21;
const URL = `http://127.0.0.1:${PORT}`;
const folder = join(HERE, '..', '.cache', 'bench', 'notebooks');

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const server = spawn(
  'jupyter',
  [
    'lab',
    '--no-browser',
    '--allow-root',
    '--ServerApp.ip=127.0.0.1',
    `--ServerApp.port=${PORT}`,
    '--IdentityProvider.token=',
    '--LabApp.expose_app_in_browser=True',
    `--ServerApp.root_dir=${folder}`
  ],
  { stdio: 'ignore' }
);

async function ready() {
  for (let i = 0; i < 240; i++) {
    try {
      if ((await fetch(`${URL}/lab`)).ok) {
        return;
      }
    } catch {
      // Not up yet.
    }
    await new Promise(resolve => setTimeout(resolve, 250));
  }
  throw new Error('JupyterLab did not start');
}

async function measure() {
  await ready();
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
  const page = await browser.newPage();
  let phase = 'startup';
  const loaded = { startup: 0, later: 0 };
  const bodies = [];
  page.on('response', response => {
    if (
      /\/extensions\/jupyterlab-gpu-doctor\/static\/.*\.js/.test(response.url())
    ) {
      const at = phase;
      bodies.push(
        response.body().then(body => {
          loaded[at] += gzipSync(body).length;
        })
      );
    }
  });
  await page.goto(`${URL}/lab?reset`);
  await page.waitForFunction(() => window.jupyterapp?.restored);
  await page.evaluate(async () => {
    await window.jupyterapp.restored;
    const panel = await window.jupyterapp.commands.execute(
      'notebook:create-new',
      {
        kernelName: 'python3'
      }
    );
    await panel.sessionContext.ready;
    const { kernel } = panel.sessionContext.session;
    await kernel.info;
    window.requests = 0;
    kernel.anyMessage.connect((_, { msg, direction }) => {
      if (direction === 'send' && msg.header.msg_type === 'execute_request') {
        window.requests++;
      }
    });
    await new Promise(resolve => setTimeout(resolve, 3000));
  });
  const requests = await page.evaluate(() => window.requests);
  phase = 'later';
  await page.evaluate(() =>
    window.jupyterapp.commands.execute('gpu-doctor:show-panel')
  );
  await page.waitForSelector('.jp-GpuDoctor-view[data-phase="unchecked"]');
  const press = await page.evaluate(async rounds => {
    const times = [];
    const frame = () => new Promise(requestAnimationFrame);
    const age = () => document.querySelector('.jp-GpuDoctor-age')?.dateTime;
    const button = document.querySelector('.jp-GpuDoctor-header button');
    for (let i = 0; i <= rounds; i++) {
      const old = age();
      const start = performance.now();
      button.click();
      while (!age() || age() === old) {
        if (performance.now() - start > 30000) {
          throw new Error('no answer within 30 s');
        }
        await frame();
      }
      // The second frame begins after the first one was painted.
      await frame();
      await frame();
      // The first press loads the code; what users feel every time comes after it.
      if (i > 0) {
        times.push(performance.now() - start);
      }
      await new Promise(resolve => setTimeout(resolve, 300));
    }
    return times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
  }, ROUNDS);
  const distributions = await page.evaluate(() =>
    Number(
      document
        .querySelector('[data-section="packages"] .jp-GpuDoctor-sectionNote')
        ?.textContent?.match(/\d+/)?.[0] ?? 0
    )
  );
  await Promise.all(bodies);
  await browser.close();
  return { press, requests, distributions, ...loaded };
}

try {
  console.log(JSON.stringify(await measure()));
} finally {
  server.kill();
}
