import type { Kernel } from '@jupyterlab/services';
import { reachMainShell } from './barrier';
import { FakeClock, QueueKernel, settle } from './jupyter.testing';

function bench() {
  const kernel = new QueueKernel();
  const clock = new FakeClock();
  const abort = new AbortController();
  const run = (code: string, stop_on_error = true) =>
    kernel.requestExecute({ code, stop_on_error });
  const reach = () =>
    reachMainShell(
      kernel as unknown as Kernel.IKernelConnection,
      abort.signal,
      100,
      clock
    );
  return { kernel, clock, abort, run, reach };
}

test('it is reached at once in an idle kernel, and sent synchronously', async () => {
  const { kernel, clock, reach } = bench();
  const answer = reach();
  expect(kernel.sent).toEqual(['|']);
  expect(await answer).toEqual({ kind: 'reached' });
  expect(clock.pending).toBe(0);
});

test('it waits for earlier cells, however long they take', async () => {
  const { kernel, clock, run, reach } = bench();
  run('a');
  const seen = jest.fn();
  void reach().then(seen);
  clock.advance(1e7);
  await settle();
  expect(seen).not.toHaveBeenCalled();
  kernel.finish();
  await settle();
  expect(seen).toHaveBeenCalledWith({ kind: 'reached' });
});

test('it is aborted behind a failing cell, and reached behind a marked one', async () => {
  const { kernel, run, reach } = bench();
  run('a fails');
  const first = reach();
  kernel.finish();
  expect(await first).toEqual({ kind: 'aborted' });
  run('b fails', false);
  const second = reach();
  kernel.finish();
  expect(await second).toEqual({ kind: 'reached' });
});

test('it is lost in a restart', async () => {
  const { kernel, run, reach } = bench();
  run('a');
  const answer = reach();
  kernel.restart();
  expect(await answer).toEqual({ kind: 'lost' });
});

test('a kernel that stays idle without an answer is given up', async () => {
  const { kernel, clock, reach } = bench();
  kernel.barrierBroken = true;
  const seen = jest.fn();
  void reach().then(seen);
  clock.advance(90);
  // Something else ran in between.
  kernel.become('busy');
  clock.advance(1000);
  kernel.become('idle');
  clock.advance(99);
  await settle();
  expect(seen).not.toHaveBeenCalled();
  clock.advance(1);
  await settle();
  expect(seen).toHaveBeenCalledWith({ kind: 'failed' });
  expect(clock.pending).toBe(0);
});

test('nobody waits any more after an abort', async () => {
  const { clock, abort, run, reach } = bench();
  run('a');
  const answer = reach();
  abort.abort();
  expect((await answer).kind).toBe('failed');
  expect(clock.pending).toBe(0);
});

test('a dead kernel does not reject', async () => {
  const { kernel, reach } = bench();
  kernel.become('dead');
  expect((await reach()).kind).toBe('failed');
});
