import type { Kernel } from '@jupyterlab/services';
import { readBackup, runBackup, type BackupRequest } from './backup';
import { FakeKernel, news, programOf, settle } from './fake.testing';

const BEGIN: BackupRequest = {
  action: 'begin',
  id: 'b1',
  mode: 'auto',
  names: ['numpy'],
  limits: { megabytes: 100, days: 30, generations: 1 },
  tool: 'pip',
  starts: false
};

function start(request: BackupRequest, timeout?: number) {
  const kernel = new FakeKernel();
  const abort = new AbortController();
  const outcome = runBackup(
    kernel as unknown as Kernel.IKernelConnection,
    'SOURCES',
    request,
    { signal: abort.signal, timeout }
  );
  return { kernel, sent: kernel.requests[0], outcome, abort };
}

it('sends the request as a string and waits for the answer', async () => {
  const { kernel, sent, outcome } = start(BEGIN);
  expect(programOf(sent)).toMatch(/compile\("SOURCES"[^]*backup\(/);
  expect(programOf(sent)).toContain(JSON.stringify(JSON.stringify(BEGIN)));
  news(sent, { progress: { phase: 'keeping', seconds: 0.4 } });
  await settle();
  const answer = { id: 'b1', mode: 'tree', files: 9, bytes: 5, seconds: 1 };
  news(kernel.requests[1], { answer });
  expect(await outcome).toEqual({ kind: 'begun' });
});

it('stops a backup that nobody waits for', async () => {
  const { kernel, outcome, abort } = start(BEGIN);
  abort.abort();
  expect(await outcome).toEqual({ kind: 'cancelled' });
  expect(programOf(kernel.requests[1])).toContain('stop.set()');
});

it('passes on what the kernel says', async () => {
  const lost = start({ action: 'undo', id: 'b1' });
  lost.sent.lose();
  expect(await lost.outcome).toMatchObject({
    kind: 'failure',
    failure: { kind: 'restarted' }
  });
  const failed = start({ action: 'undo', id: 'b1' });
  news(failed.sent, { error: 'MemoryError: ' });
  expect(await failed.outcome).toMatchObject({
    kind: 'failure',
    failure: { kind: 'python-error', detail: 'MemoryError: ' }
  });
});

it('reads what came of each action', () => {
  const seal = { id: 'b1', added: 1, removed: 0, replaced: 2, bytes: 5 };
  expect(readBackup('seal', { ...seal, complete: true })).toEqual({
    kind: 'sealed',
    complete: true
  });
  expect(readBackup('seal', { ...seal, complete: 'yes' })).toEqual({
    kind: 'sealed',
    complete: false
  });
  expect(readBackup('undo', { restored: 1, verified: true })).toEqual({
    kind: 'undone'
  });
  expect(readBackup('undo', { restored: 1, verified: 1 })).toEqual({
    kind: 'refused',
    reason: 'verify-failed',
    files: []
  });
  expect(readBackup('start', { id: 'b1' })).toEqual({ kind: 'done' });
  expect(readBackup('drop', { id: 'b1' })).toEqual({ kind: 'done' });
});

it('lists what can be read', () => {
  const backups = [
    { id: 'a', bytes: 5, mode: 'tree' },
    { id: 5, bytes: 5 },
    { id: 'b', bytes: 'many' },
    { id: 'c', bytes: Infinity },
    { id: 'd', bytes: -1 },
    null,
    'x'
  ];
  expect(readBackup('list', { backups, bytes: 5 })).toEqual({
    kind: 'listed',
    backups: [
      { id: 'a', bytes: 5 },
      { id: 'd', bytes: 0 }
    ]
  });
  const found = [
    { id: 'a', state: 'unsealed', alive: false, started: true },
    { id: 'q', state: 'unsealed', alive: false, started: false },
    { id: 'b', state: 'unsealed', alive: true, started: true },
    { id: 'c', state: 'undoing' },
    { id: null },
    7
  ];
  expect(readBackup('repair', { found, leftovers: [] })).toEqual({
    kind: 'halfway',
    ids: ['a', 'c']
  });
  expect(readBackup('list', { backups: 5 })).toEqual({
    kind: 'listed',
    backups: []
  });
});

it('tells why not, with few names of files', () => {
  const files = [5, null, 'x'.repeat(900), ...Array(30).fill('a')];
  const answer = readBackup('undo', {
    error: { kind: 'files-changed-later', text: 'why', files }
  });
  expect(answer).toMatchObject({
    kind: 'refused',
    reason: 'files-changed-later'
  });
  expect(answer).toHaveProperty('files.length', 20);
  expect(answer).toHaveProperty('files.0', 'x'.repeat(400));
  expect(readBackup('begin', { error: 'no' })).toEqual({
    kind: 'refused',
    reason: '',
    files: []
  });
});

it.each([null, undefined, 5, 'x', [], {}, { ok: true }])(
  'takes %j for no answer, whatever was asked',
  value => {
    const actions = ['begin', 'start', 'seal', 'undo', 'drop'] as const;
    for (const action of [...actions, 'list', 'repair'] as const) {
      expect(readBackup(action, value)).toMatchObject({
        kind: 'failure',
        failure: { kind: 'invalid' }
      });
    }
  }
);
