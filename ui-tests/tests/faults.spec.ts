/**
 * When something is wrong with the index, the network, the resolver or the kernel: the cell runs once, or the question says
 * what is wrong. The kernel's environment variables make the fault, as `%env` would.
 */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import {
  asked,
  card,
  decide,
  entry,
  install,
  KERNEL,
  logged,
  withSettings
} from './guardCards';
import { expect, test, type Host } from './hosts/host';

/** No such distribution is on any index. */
const UNKNOWN = 'gpu-doctor-no-such-distribution';

let folder: string;
const servers: Server[] = [];

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gpu-doctor-'));
});

test.afterEach(() => {
  servers.splice(0).forEach(one => one.close());
  rmSync(folder, { recursive: true, force: true });
});

/** Serve on a free port of this machine; gives the port. */
async function serve(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** Open a notebook of these cells on a kernel that has an empty log and these variables. */
async function open(
  host: Host,
  cells: readonly string[],
  environ: Record<string, string>,
  setup = ''
): Promise<void> {
  await host.openNotebook(cells, KERNEL);
  await host.kernelEval(
    '0',
    [
      'import os, sys',
      'log = []',
      `os.environ.update(${JSON.stringify(environ)})`,
      setup
    ].join('\n')
  );
}

/** Variables with which pip and uv ask this index and no other. */
function onlyIndex(url: string): Record<string, string> {
  return {
    PIP_CONFIG_FILE: '/dev/null',
    PIP_INDEX_URL: url,
    PIP_EXTRA_INDEX_URL: '',
    PIP_FIND_LINKS: '',
    PIP_NO_INDEX: '',
    PIP_RETRIES: '0'
  };
}

/** Python in which neither pip nor uv is found: not beside the kernel, the server, on PATH or in the folder of our own. */
function withoutPlanners(): { environ: Record<string, string>; setup: string } {
  return {
    environ: { PATH: folder, XDG_DATA_HOME: folder },
    // The process that a kernel takes for the server's tells where the server's uv is.
    setup:
      'os.environ["JPY_PARENT_PID"] = str(os.getpid()); sys.modules["pip"] = None'
  };
}

/** The quiet note under a cell that ran unchecked and installed nothing. */
async function ranUnchecked(host: Host, index: number): Promise<Locator> {
  const note = card(host, index);
  await expect(note).toHaveAttribute('data-state', 'after', {
    timeout: 60_000
  });
  await host.settled();
  // Looked at again when it has run; the reason stays.
  await expect(note).toContainText('Nothing changed.', { timeout: 40_000 });
  await expect(note).toHaveAttribute('data-tone', 'info');
  return note;
}

/** Processes that the kernel started and that are there now. */
async function children(host: Host): Promise<string> {
  return host.kernelEval(
    '_children()',
    [
      'def _children():',
      '    import os',
      '    found = []',
      '    for pid in filter(str.isdigit, os.listdir("/proc")):',
      '        try:',
      '            with open(f"/proc/{pid}/stat") as one:',
      '                state, parent = one.read().rpartition(")")[2].split()[:2]',
      '        except OSError:',
      '            continue',
      '        if int(parent) == os.getpid() and state != "Z":',
      '            found.append(int(pid))',
      '    return found'
    ].join('\n')
  );
}

test('no network: the cell runs once, and a note says why it was not checked', async ({
  host
}) => {
  const cells = [install('u', UNKNOWN), entry('b'), install('i')];
  await open(host, cells, onlyIndex('http://127.0.0.1:9/simple'));
  await host.runCell(0);
  await host.runCell(1);
  const note = await ranUnchecked(host, 0);
  await expect(note).toContainText('The package index could not be reached.');
  expect(await host.ran()).toEqual(cells.slice(0, 2));
  expect(await logged(host)).toEqual(['u', 'b']);

  // What the command alone tells is asked about, and that it is no more than that.
  await host.runCell(2);
  await expect(
    (await asked(host, 2)).locator('[data-line="unplanned"]')
  ).toContainText('The package index could not be reached.');
  await decide(host, 2, 'Cancel');
  await host.settled();
  expect(await logged(host)).toEqual(['u', 'b']);
});

test('an index that never answers', async ({ host }) => {
  const port = await serve(createServer(() => undefined));
  await withSettings(host.page, { deadline: 5 });
  const cells = ['x', 'y', 'z'].map(name => install(name, UNKNOWN));
  await open(host, cells, onlyIndex(`http://127.0.0.1:${port}/simple`));
  const press = (index: number, name: string) =>
    card(host, index).getByRole('button', { name }).click();
  const working = async (index: number) => {
    await host.runCell(index);
    await expect(card(host, index)).toHaveAttribute('data-state', 'working');
    await expect.poll(() => children(host)).not.toBe('[]');
  };

  await test.step('the time limit passes', async () => {
    await working(0);
    await expect(card(host, 0)).toContainText('Checking');
    const note = await ranUnchecked(host, 0);
    await expect(note).toContainText('took too long');
    expect(await logged(host)).toEqual(['x']);
    await expect.poll(() => children(host)).toBe('[]');
  });
  await test.step('Run without waiting', async () => {
    await working(1);
    await press(1, 'Run without waiting');
    await host.settled();
    expect(await logged(host)).toEqual(['x', 'y']);
    await expect.poll(() => children(host)).toBe('[]');
  });
  await test.step('Wait longer, then Cancel', async () => {
    await working(2);
    const longer = card(host, 2).getByRole('button', { name: 'Wait longer' });
    await longer.click();
    // It is offered again when the new limit is near.
    await expect(longer).toBeHidden();
    await expect(longer).toBeVisible();
    await press(2, 'Cancel');
    await host.settled();
    await expect(card(host, 2)).toContainText('did not run');
    expect(await logged(host)).toEqual(['x', 'y']);
    await expect.poll(() => children(host)).toBe('[]');
  });
  expect(await host.ran()).toEqual(cells.slice(0, 2));
});

test('a name and a version that do not exist: the question tells the nearest', async ({
  host
}) => {
  const cells = [
    install('u', 'sentence-transformerz'),
    install('v', 'opencv-python==4.7.0')
  ];
  await open(host, cells, {});
  for (const [index, nearest] of [
    'sentence-transformers',
    '4.7.0.72'
  ].entries()) {
    await host.runCell(index);
    await expect(await asked(host, index)).toContainText(nearest);
    await decide(host, index, 'Cancel');
    await host.settled();
  }
  expect(await host.ran()).toEqual([]);
});

test('a requirements file that is missing, and a large one', async ({
  host
}) => {
  const large = join(folder, 'large.txt');
  writeFileSync(
    large,
    [
      'numpy==2.0.0',
      ...Array.from({ length: 2999 }, (_, i) => `pandas!=0.0.${i}`)
    ].join('\n')
  );
  const cells = [
    install('m', `-r ${join(folder, 'missing.txt')}`),
    install('l', `-r ${large}`),
    ''
  ];
  await open(host, cells, {});
  await host.runCell(0);
  await host.settled();
  expect(await logged(host)).toEqual(['m']);

  await host.runCell(1);
  await asked(host, 1);
  // The page is not kept busy: one can go on typing.
  await host.cell(2).locator('.cm-content').click();
  await host.page.keyboard.type('log.append("typed")');
  await decide(host, 1, 'Install anyway');
  await host.settled();
  await host.runCell(2);
  await host.settled();
  expect(await logged(host)).toEqual(['m', 'l', 'typed']);
});

for (const [what, status, state] of [
  ['refuses the password', 401, 'after'],
  ['knows no package', 404, 'asking']
] as const) {
  test(`a private index that ${what}: the password is nowhere on the page`, async ({
    host
  }) => {
    const secret = 'secret-word-of-the-index';
    const sent: string[] = [];
    const port = await serve(
      createHttpServer((request, response) => {
        const [, words = ''] = (request.headers.authorization ?? '').split(' ');
        sent.push(Buffer.from(words, 'base64').toString());
        response.writeHead(status, { 'WWW-Authenticate': 'Basic realm="x"' });
        response.end();
      })
    );
    const told: string[] = [];
    host.page.on('console', message => told.push(message.text()));
    await open(
      host,
      [install('u', UNKNOWN)],
      onlyIndex(`http://user:${secret}@127.0.0.1:${port}/simple`)
    );
    await host.runAll();
    await expect(card(host, 0)).toHaveAttribute('data-state', state, {
      timeout: 60_000
    });
    const details = card(host, 0).locator('details > summary');
    for (const one of await details.all()) {
      await one.click();
    }
    expect(await host.page.content()).not.toContain(secret);
    if (state === 'asking') {
      await decide(host, 0, 'Install anyway');
    } else {
      await expect(card(host, 0)).toContainText('refused the credentials');
    }
    await host.settled();
    expect(await logged(host)).toEqual(['u']);
    expect(await host.page.content()).not.toContain(secret);
    expect(told.join('\n')).not.toContain(secret);
    // It was used.
    expect(sent).toContain(`user:${secret}`);
  });
}

test('neither pip nor uv: the cell runs once, and uv is offered', async ({
  host
}) => {
  const { environ, setup } = withoutPlanners();
  await open(host, [install('u', UNKNOWN)], environ, setup);
  await host.runAll();
  const note = await ranUnchecked(host, 0);
  await expect(note).toContainText('There is neither uv nor pip to ask.');
  await expect(note.getByRole('button', { name: 'Fetch uv' })).toBeVisible();
  expect(await logged(host)).toEqual(['u']);
});

test('a resolver that prints nonsense: pip is asked, or the cell runs once', async ({
  host
}) => {
  const path = join(folder, 'uv');
  writeFileSync(
    path,
    '#!/bin/sh\n[ "$1" = --version ] && echo "uv 0.13.9" || echo "{nonsense"\n'
  );
  chmodSync(path, 0o755);
  const { environ, setup } = withoutPlanners();
  // pip reads wheels to resolve: that takes its time.
  await withSettings(host.page, { deadline: 60 });
  const cells = [install('u', UNKNOWN), install('p', 'numpy==2.0.0')];
  await open(host, cells, environ, setup);
  await host.runCell(0);
  const note = await ranUnchecked(host, 0);
  await expect(note).toContainText('The resolver failed.');
  expect(await logged(host)).toEqual(['u']);

  await host.kernelEval('0', 'import sys; del sys.modules["pip"]');
  await host.runCell(1);
  await expect(await asked(host, 1)).toContainText('resolved by pip');
  await decide(host, 1, 'Cancel');
  await host.settled();
  expect(await host.ran()).toEqual(cells.slice(0, 1));
});

test('a kernel of another language: the cell runs at once, without a card', async ({
  host
}) => {
  // A function of that name: nothing is installed.
  const cells = [
    'pip() { echo "pip was given $@"; }',
    'pip install numpy==2.0.0'
  ];
  await host.openNotebook(cells, 'bash');
  await host.page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    new MutationObserver(() =>
      document
        .querySelectorAll('.jp-GpuDoctor-cardFrame')
        .forEach(one => seen.push(one.getAttribute('data-state') ?? ''))
    ).observe(document.body, { childList: true, subtree: true });
  });
  await host.runAll();
  await host.settled();
  expect(await host.outputs(1)).toEqual([
    { type: 'stream', text: 'pip was given install numpy==2.0.0\n' }
  ]);
  expect(await host.prompts()).toEqual(['[1]:', '[2]:']);
  expect(
    await host.page.evaluate(() => (window as unknown as ISeen).seen)
  ).toEqual([]);
});

/** What the observer of cards noted down. */
interface ISeen {
  readonly seen: readonly string[];
}
