/** Times the panel in a real browser and counts what it loads. Prints one line of JSON. */
import { gzipSync } from 'node:zlib';
import { withLab } from './benchServer.mjs';

const ROUNDS = 21;

async function measure({ url, browser }) {
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
  await page.goto(`${url}/lab?reset`);
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
  return { press, requests, distributions, ...loaded };
}

console.log(JSON.stringify(await withLab(8897, measure)));
