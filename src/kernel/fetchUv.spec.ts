import type { Kernel } from '@jupyterlab/services';
import { FakeKernel, news, programOf, settle } from './fake.testing';
import { fetchUv, type IFetchUvOptions } from './fetchUv';

function start(more: Partial<IFetchUvOptions> = {}) {
  const kernel = new FakeKernel();
  const abort = new AbortController();
  const outcome = fetchUv(kernel as unknown as Kernel.IKernelConnection, {
    source: 'SOURCES',
    signal: abort.signal,
    ...more
  });
  return { kernel, sent: kernel.requests[0], outcome, abort };
}

it('tells the phases and then the version', async () => {
  const seen: unknown[] = [];
  const { kernel, sent, outcome } = start({
    deadline: 7,
    onProgress: one => seen.push(one.phase)
  });
  expect(programOf(sent)).toMatch(/compile\("SOURCES"[^]*fetch\(/);
  expect(programOf(sent)).toContain(
    JSON.stringify(JSON.stringify({ deadline: 7 }))
  );
  news(sent, { progress: { phase: 'downloading', seconds: 0.1 } });
  await settle();
  news(kernel.requests[1], { progress: 5 });
  await settle();
  news(kernel.requests[2], { answer: { path: '/x/uv', version: '0.13.9' } });
  expect(await outcome).toEqual({ ok: true, version: '0.13.9' });
  expect(seen).toEqual(['downloading']);
});

it.each([
  ['network', 'The package index could not be reached.'],
  ['no-pip', 'There is no pip here to download uv with.'],
  ['no-space', 'There is no space left for uv.'],
  ['read-only', 'The folder for uv cannot be written.'],
  ['a later kind', 'uv could not be downloaded.']
])('says why there is none: %s', async (kind, template) => {
  const { sent, outcome } = start();
  news(sent, { answer: { error: { kind, text: 'x'.repeat(500) } } });
  expect(await outcome).toEqual({
    ok: false,
    message: { template, args: [] },
    detail: 'x'.repeat(400)
  });
});

it.each([
  null,
  5,
  'x',
  {},
  { version: 5 },
  { version: '<b>' },
  { error: 'no' },
  { error: { kind: {}, text: 1 } }
])('takes %j for a failure', async answer => {
  const { sent, outcome } = start();
  news(sent, { answer });
  expect(await outcome).toEqual({
    ok: false,
    message: { template: 'uv could not be downloaded.', args: [] },
    detail: ''
  });
});

it('stops', async () => {
  const { kernel, outcome, abort } = start();
  abort.abort();
  expect(await outcome).toMatchObject({
    ok: false,
    message: { template: 'The download of uv was stopped.' }
  });
  expect(programOf(kernel.requests[1])).toContain('stop.set()');
});

it('passes on what the kernel says', async () => {
  const { sent, outcome } = start();
  sent.lose();
  expect(await outcome).toMatchObject({
    ok: false,
    message: { template: 'The kernel was restarted during the check.' }
  });
});
