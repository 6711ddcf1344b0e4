import type { Kernel } from '@jupyterlab/services';
import { EMPTY } from '../history/compare';
import type { IEntry } from '../history/types';
import { FakeKernel, news, programOf } from './fake.testing';
import { readHistory, runHistory, type HistoryRequest } from './history';

const ENTRY: IEntry = {
  ...EMPTY,
  id: 'e1',
  kind: 'install',
  time: '2026-11-21T18:00:00Z',
  command: '%pip install "a"\n\'); import os #'
};

function start(request: HistoryRequest) {
  const kernel = new FakeKernel();
  const abort = new AbortController();
  const outcome = runHistory(
    kernel as unknown as Kernel.IKernelConnection,
    'SOURCES',
    request,
    abort.signal
  );
  return { kernel, sent: kernel.requests[0], outcome, abort };
}

it('appends an entry, which is sent as a string', async () => {
  const request = { action: 'append', entry: ENTRY } as const;
  const { sent, outcome } = start(request);
  expect(programOf(sent)).toMatch(/compile\("SOURCES"[^]*history\(/);
  expect(programOf(sent)).toContain(JSON.stringify(JSON.stringify(request)));
  news(sent, { answer: { id: 'e1', place: 'environment' } });
  expect(await outcome).toEqual({ kind: 'written' });
});

it('reads entries and leaves out what is none', async () => {
  const { sent, outcome } = start({ action: 'read' });
  news(sent, {
    answer: { entries: [ENTRY, 5, { id: 'x' }], place: 'user', skipped: 2 }
  });
  expect(await outcome).toMatchObject({
    kind: 'answer',
    value: {
      entries: [{ id: 'e1', command: ENTRY.command }],
      place: 'user',
      skipped: 4
    }
  });
});

it('says why it was not written', () => {
  const error = { kind: 'no-space', text: 'x'.repeat(900) };
  expect(readHistory('append', { error })).toMatchObject({
    kind: 'failure',
    failure: {
      kind: 'unexpected',
      message: {
        template: 'The history could not be kept: %1',
        args: ['x'.repeat(400)]
      }
    }
  });
  expect(readHistory('update', { error: 'no' })).toMatchObject({
    kind: 'failure'
  });
});

it.each([null, undefined, 5, 'x', [], {}, { id: 5 }, { entries: 5 }])(
  'takes %j for no answer',
  value => {
    for (const action of ['read', 'append', 'update'] as const) {
      expect(readHistory(action, value)).toMatchObject({
        kind: 'failure',
        failure: { kind: 'invalid' }
      });
    }
  }
);

it('is cancelled, and passes on what the kernel says', async () => {
  const first = start({ action: 'read' });
  first.abort.abort();
  expect(await first.outcome).toEqual({ kind: 'cancelled' });
  const second = start({ action: 'read' });
  second.sent.lose();
  expect(await second.outcome).toMatchObject({
    kind: 'failure',
    failure: { kind: 'restarted' }
  });
});
