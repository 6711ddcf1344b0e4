import type { Kernel } from '@jupyterlab/services';
import { FakeKernel, programOf, type Request } from './fake.testing';
import { lookUpNames, NAMES_MIME, type ILookUpOptions } from './names';

function start(names: string[], more: Partial<ILookUpOptions> = {}) {
  const kernel = new FakeKernel();
  const abort = new AbortController();
  const outcome = lookUpNames(kernel as unknown as Kernel.IKernelConnection, {
    source: 'SOURCE',
    names,
    signal: abort.signal,
    ...more
  });
  return { sent: kernel.requests[0], outcome, abort, kernel };
}

function answer(sent: Request, payload: object, mime = NAMES_MIME): void {
  const nonce = /publish_names\("([0-9a-f]{32})"/.exec(programOf(sent))?.[1];
  sent.future.onIOPub({
    header: { msg_type: 'display_data' },
    content: { data: { [mime]: { nonce, ...payload } } }
  });
  sent.reply('ok');
}

it('asks silently for the names and reads their values', async () => {
  const { sent, outcome } = start(['pkg', 'n', 'many', 'HOME', 'constructor']);
  expect(sent.content).toMatchObject({
    code: '',
    silent: true,
    store_history: false
  });
  expect(programOf(sent)).toMatch(
    /^SOURCE\npublish_names\("[0-9a-f]{32}", \["pkg","n","many","HOME","constructor"\]\)\n$/
  );
  answer(sent, {
    names: { pkg: 'torch', n: 2, many: ['a', 'b'] },
    environ: { HOME: '/home/anna' },
    automagic: true
  });
  expect(await outcome).toEqual({
    names: { pkg: 'torch', n: 2, many: ['a', 'b'] },
    environ: { HOME: '/home/anna' },
    automagic: true
  });
  expect((await outcome)?.names.constructor).toBeUndefined();
});

it('leaves out what was not asked for or has another form', async () => {
  const { sent, outcome } = start(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
  answer(sent, {
    names: {
      other: 'x',
      a: 'x'.repeat(4097),
      b: 1.5,
      c: [1],
      d: Array.from({ length: 201 }, () => 'x'),
      e: null,
      f: { x: 1 },
      g: 'kept'
    },
    environ: { other: 'x', a: 5, g: ['x'] },
    automagic: 'yes'
  });
  expect(await outcome).toEqual({
    names: { g: 'kept' },
    environ: {},
    automagic: null
  });
});

it.each([
  {},
  { names: [], environ: {} },
  { names: {}, environ: null },
  { names: 'x', environ: {} }
])('takes %j for no answer', async payload => {
  const { sent, outcome } = start(['a']);
  answer(sent, payload);
  expect(await outcome).toBeNull();
});

it('has no answer when the kernel fails, is gone, or is too slow', async () => {
  const failed = start(['a']);
  failed.sent.error('NameError');
  expect(await failed.outcome).toBeNull();
  const lost = start(['a']);
  lost.sent.lose();
  expect(await lost.outcome).toBeNull();
  const slow = start(['a'], { timeout: 5 });
  expect(await slow.outcome).toBeNull();
});

it('stops waiting', async () => {
  const { outcome, abort } = start(['a']);
  abort.abort();
  expect(await outcome).toBeNull();
});
