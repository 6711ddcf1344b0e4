import { Signal } from '@lumino/signaling';
import { FakeContext, QueueKernel } from './jupyter.testing';
import { Lifecycle } from './lifecycle';
import type { CancelReason } from './types';

function bench() {
  const kernel = new QueueKernel();
  const context = new FakeContext(kernel);
  const other = new FakeContext(kernel);
  const held = new Set(['k1']);
  const cancelled: [string, CancelReason][] = [];
  const listeners: (() => void)[] = [];
  const gate = {
    holds: (id: string) => held.has(id),
    cancel: (id: string, reason: CancelReason) => {
      cancelled.push([id, reason]);
    },
    onChange: (listener: () => void) => {
      listeners.push(listener);
      return () => void listeners.splice(listeners.indexOf(listener), 1);
    }
  };
  const release = () => {
    held.clear();
    [...listeners].forEach(listener => listener());
  };
  const commands = {
    commandExecuted: new Signal<unknown, { id: string }>({})
  };
  const lifecycle = new Lifecycle({
    gate,
    commands,
    contextOf: id => (id.startsWith('console') ? other : context).context
  });
  const give = (id: string) => commands.commandExecuted.emit({ id });
  return {
    kernel,
    context,
    other,
    held,
    cancelled,
    listeners,
    release,
    lifecycle,
    give
  };
}

test.each([
  'notebook:interrupt-kernel',
  'console:interrupt-kernel',
  'kernelmenu:interrupt'
])('%s cancels', id => {
  const { give, cancelled } = bench();
  give(id);
  expect(cancelled).toEqual([['k1', 'interrupt']]);
});

test.each([
  'notebook:run-all-cells',
  'notebook:restart-kernel',
  'kernelmenu:shutdownAll'
])('%s itself does not', id => {
  const { give, cancelled } = bench();
  give(id);
  expect(cancelled).toEqual([]);
});

test.each([
  ['restarting', 'restart'],
  ['autorestarting', 'restart'],
  ['terminating', 'kernel-gone'],
  ['dead', 'kernel-gone']
] as const)('a kernel that is %s cancels', (status, reason) => {
  const { kernel, context, lifecycle, cancelled } = bench();
  lifecycle.watch(context.context, 'k1');
  kernel.become('busy');
  kernel.become('idle');
  expect(cancelled).toEqual([]);
  kernel.become(status);
  expect(cancelled).toEqual([['k1', reason]]);
});

test('a restart in another view of the kernel cancels, but only when it happens', () => {
  const { other, lifecycle, context, give, cancelled } = bench();
  lifecycle.watch(context.context, 'k1');
  give('console:restart-kernel');
  expect(cancelled).toEqual([]);
  other.statusChanged.emit('restarting');
  expect(cancelled).toEqual([['k1', 'restart']]);
});

test('what is submitted during a restart outlives the end of it', () => {
  const { context, kernel, lifecycle, cancelled } = bench();
  kernel.status = 'restarting';
  lifecycle.watch(context.context, 'k1');
  // As SessionContext.restartKernel ends.
  context.statusChanged.emit('restarting');
  context.kernelChanged.emit({ newValue: kernel });
  expect(cancelled).toEqual([]);
});

test('another kernel, none, and a closed session cancel', () => {
  const { context, lifecycle, cancelled } = bench();
  lifecycle.watch(context.context, 'k1');
  context.changeKernel(new QueueKernel('k2'));
  context.changeKernel(null);
  context.disposed.emit();
  expect(cancelled).toEqual([
    ['k1', 'kernel-gone'],
    ['k1', 'kernel-gone'],
    ['k1', 'closed']
  ]);
});

test('nothing is followed when nothing is held', () => {
  const { context, kernel, lifecycle, release, cancelled, held } = bench();
  lifecycle.watch(context.context, 'k1');
  release();
  kernel.become('dead');
  lifecycle.watch(context.context, 'k1');
  kernel.become('restarting');
  expect(cancelled).toEqual([]);
  // And again when something is.
  held.add('k1');
  lifecycle.watch(context.context, 'k1');
  kernel.become('dead');
  expect(cancelled).toEqual([['k1', 'kernel-gone']]);
});

test('a disposed lifecycle hears nothing', () => {
  const { context, kernel, lifecycle, give, cancelled, listeners } = bench();
  lifecycle.watch(context.context, 'k1');
  lifecycle.dispose();
  kernel.become('dead');
  give('notebook:interrupt-kernel');
  lifecycle.watch(context.context, 'k1');
  kernel.become('restarting');
  expect(cancelled).toEqual([]);
  expect(listeners).toEqual([]);
});
