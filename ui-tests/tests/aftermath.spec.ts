/** What follows an install, on a real kernel with real wheels: one line or the card, the history, and the way back. */
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  differences,
  filesOf,
  History,
  kept,
  ranCard,
  reset,
  undoOn,
  versionOf
} from './afterPage';
import { asked, cards, decide, withSettings } from './guardCards';
import {
  openBeside,
  removeBeside,
  runInFront,
  watchCards,
  type IFront
} from './guardPage';
import { expect, test, type Host } from './hosts/host';

/** An environment with NumPy 1 and a pandas that was built for it; reset before every test. */
const ENV = 'after-numpy';

/** Harmful: pandas was built for NumPy 1. */
const MOVES = '%pip install -q numpy==2.0.0';

test.use({ viewport: { width: 1500, height: 1000 } });

test.beforeEach(() => reset(ENV));

/** Run a harmful install in a cell. */
async function installAnyway(host: Host, index: number): Promise<void> {
  await host.runCell(index);
  await decide(host, index, 'Install anyway');
  await host.settled(90_000);
}

test('a harmless install: one quiet line and an entry; Undo gives back every file', async ({
  host
}) => {
  const before = filesOf(ENV);
  const name = await host.openNotebook(
    ['%pip install -q tqdm==4.66.5', 'import tqdm; tqdm.__version__'],
    ENV
  );
  const seen = await watchCards(host.page);
  await host.runAll();
  const line = await ranCard(host, 0, 'tqdm 4.66.5 was added.');
  await expect(line).toContainText('As planned.');
  await expect(line).toHaveAttribute('data-tone', 'ok');
  await expect(line.locator('[data-line="restart"]')).toHaveCount(0);
  await expect(
    line.getByRole('button', { name: 'Restart kernel' })
  ).toHaveCount(0);
  expect(await seen()).toEqual(['after']);
  expect((await host.outputs(1)).map(one => one.text)).toEqual(["'4.66.5'"]);
  expect(differences(before, filesOf(ENV))).not.toEqual([]);

  const history = new History(host);
  await history.open();
  await expect(history.entries).toHaveCount(1);
  const entry = history.install('pip install -q tqdm==4.66.5');
  await expect(entry).toContainText('tqdm 4.66.5 was added.');
  await expect(entry).toContainText('no risk');
  await expect(entry.locator(`li[title="${name}"]`)).toBeVisible();
  await expect(history.section.locator('[data-kind="start"]')).toContainText(
    'Before the first install'
  );

  await undoOn(line, 'Undone: tqdm is as it was.');
  expect(differences(before, filesOf(ENV))).toEqual([]);
  // tqdm was imported: its modules are gone from the disk.
  await expect(line.locator('[data-line="restart"]')).toContainText('tqdm');
  await expect(history.entries).toHaveCount(2);
  await expect(history.entries.first()).toHaveAttribute('data-kind', 'undo');
  await expect(entry).toHaveAttribute('data-undone', 'true');
  expect(kept(ENV).map(one => one.kind)).toEqual(['start', 'install', 'undo']);
  expect(kept(ENV)[1]).toMatchObject({
    notebook: name,
    verdict: 'ok',
    changed: [{ name: 'tqdm', from: null, to: '4.66.5' }]
  });
  expect(kept(ENV)[1].undone).not.toBeNull();
});

test('an install that changes nothing leaves nothing: no line, no entry', async ({
  host
}) => {
  await host.openNotebook(['%pip install -q "numpy<2"'], ENV);
  const seen = await watchCards(host.page);
  await host.runAll();
  await host.settled(60_000);
  const history = new History(host);
  await history.open();
  await expect(history.section).toContainText('Nothing was installed yet');
  expect(await seen()).toEqual([]);
  await expect(cards(host)).toHaveCount(0);
  expect(kept(ENV)).toEqual([]);
});

test('a loaded module changed: only then a restart is offered; Undo works in the new kernel', async ({
  host
}) => {
  const before = filesOf(ENV);
  await host.openNotebook(
    ['import numpy', MOVES, 'numpy.__version__', 'import pandas'],
    ENV
  );
  await host.runCell(0);
  await installAnyway(host, 1);
  const shown = await ranCard(host, 1, 'numpy went from 1.26.4 to 2.0.0.');
  await expect(shown).toHaveAttribute('data-tone', 'warning');
  await expect(shown.locator('[data-line="restart"]')).toHaveText(
    'numpy is loaded in this kernel and changed on disk.'
  );
  // What it broke, not only what it changed.
  await expect(shown.locator('[data-rule="numpy2-abi"]')).toContainText(
    'pandas'
  );
  await host.runCell(2);
  await host.settled();
  expect((await host.outputs(2)).map(one => one.text)).toEqual(["'1.26.4'"]);

  await shown.getByRole('button', { name: 'Restart kernel' }).click();
  await host.page.locator('.jp-Dialog .jp-mod-accept').click();
  await expect
    .poll(() => host.kernelEval('"numpy" in globals()').catch(() => ''), {
      timeout: 40_000
    })
    .toBe('False');
  await host.settled();

  const history = new History(host);
  await history.open();
  const entry = history.install('numpy==2.0.0');
  await expect(entry).toContainText('numpy went from 1.26.4 to 2.0.0.');
  await expect(entry).toContainText('harmful');
  await expect(entry.locator('[data-line="broke"]')).toContainText('pandas');
  await history.undo(entry);
  await expect(entry.locator('[data-undo="done"]')).toContainText(
    'Undone: numpy is as it was.'
  );
  await expect(entry.locator('[data-line="broke"]')).toHaveCount(0);
  expect(differences(before, filesOf(ENV))).toEqual([]);
  await host.runCell(3);
  await host.settled();
  expect(await host.outputs(3)).toEqual([]);
});

test('the same install where the module was never imported: no restart', async ({
  host
}) => {
  await host.openNotebook([MOVES], ENV);
  await installAnyway(host, 0);
  const shown = await ranCard(host, 0, 'numpy went from 1.26.4 to 2.0.0.');
  await expect(shown.locator('[data-rule="numpy2-abi"]')).toBeVisible();
  await expect(shown.locator('[data-line="restart"]')).toHaveCount(0);
  await expect(
    shown.getByRole('button', { name: 'Restart kernel' })
  ).toHaveCount(0);
});

test('undo is refused when a later install changed the same files, until that one is undone', async ({
  host
}) => {
  await withSettings(host.page, { undoGenerations: 2 });
  const before = filesOf(ENV);
  const cells = [
    '%pip install -q tqdm==4.66.5',
    '%pip install -q tqdm==4.66.6'
  ];
  await host.openNotebook(cells, ENV);
  await host.runCell(0);
  const first = await ranCard(host, 0, 'tqdm 4.66.5 was added.');
  const between = filesOf(ENV);
  await host.runCell(1);
  const second = await ranCard(host, 1, 'tqdm went from 4.66.5 to 4.66.6.');
  const last = filesOf(ENV);

  await undoOn(first, 'Not undone.');
  const refused = first.locator('[data-line="refused"]');
  await expect(refused).toContainText(
    'A later install changed the same files.'
  );
  await expect(refused.locator('pre').last()).toHaveText(
    '%pip uninstall -y tqdm'
  );
  expect(differences(last, filesOf(ENV))).toEqual([]);

  await undoOn(second, 'Undone: tqdm is as it was.');
  expect(differences(between, filesOf(ENV))).toEqual([]);
  await first.getByRole('button', { name: 'Try again' }).click();
  await expect(first).toContainText('Undone: tqdm is as it was.', {
    timeout: 60_000
  });
  expect(differences(before, filesOf(ENV))).toEqual([]);
});

test('one generation by default: the backup of an older install is gone, and it says so', async ({
  host
}) => {
  await host.openNotebook(
    ['%pip install -q tqdm==4.66.5', '%pip install -q tqdm==4.66.6'],
    ENV
  );
  await host.runCell(0);
  const first = await ranCard(host, 0, 'tqdm 4.66.5 was added.');
  await host.runCell(1);
  await ranCard(host, 1, 'tqdm went from 4.66.5 to 4.66.6.');
  await undoOn(first, 'The backup is no longer there.');
  expect(versionOf(ENV, 'tqdm')).toBe('4.66.6');
  const history = new History(host);
  await history.open();
  await expect(
    history.install('tqdm==4.66.5').getByRole('button', { name: 'Undo' })
  ).toHaveCount(0);
  await expect(
    history.install('tqdm==4.66.6').getByRole('button', { name: 'Undo' })
  ).toBeVisible();
});

test('an install while the guard is off is seen and kept', async ({ host }) => {
  await withSettings(host.page, { enabled: false });
  await host.openNotebook(['%pip install -q tqdm==4.66.5'], ENV);
  const history = new History(host);
  await history.open();
  await host.runAll();
  await host.settled(60_000);
  const entry = history.install('tqdm==4.66.5');
  await expect(entry).toContainText('tqdm 4.66.5 was added.', {
    timeout: 40_000
  });
  await expect(entry).toContainText('without guard');
  await expect(entry.getByRole('button', { name: 'Undo' })).toHaveCount(0);
  await expect(cards(host)).toHaveCount(0);
  expect(kept(ENV).map(one => one.verdict)).toEqual(['unseen', 'unseen']);
});

test('the history outlives the kernel, and another notebook has it too', async ({
  host
}) => {
  const before = filesOf(ENV);
  const name = await host.openNotebook(['%pip install -q tqdm==4.66.5'], ENV);
  await host.runAll();
  await ranCard(host, 0, 'tqdm 4.66.5 was added.');
  await host.restart();
  const history = new History(host);
  const entry = history.install('tqdm==4.66.5');
  await history.open();
  await expect(entry.locator(`li[title="${name}"]`)).toBeVisible();

  await host.openNotebook(['1'], ENV);
  await history.open();
  await expect(entry.locator(`li[title="${name}"]`)).toBeVisible();
  // From there it can be undone as well.
  await history.undo(entry);
  expect(versionOf(ENV, 'tqdm')).toBeNull();
  expect(differences(before, filesOf(ENV))).toEqual([]);
});

test('two notebooks install at once: the history has both; undo of the first does it right, or changes nothing', async ({
  host
}) => {
  await withSettings(host.page, { undoGenerations: 2 });
  const before = filesOf(ENV);
  const name = await host.openNotebook(['%pip install -q tqdm==4.66.5'], ENV);
  const beside = await openBeside(
    host,
    name,
    ['%pip install -q colorama==0.4.6'],
    ENV
  );
  await runInFront(host, 0);
  await host.command('docmanager:open', { path: name });
  await host.page.waitForFunction(
    path =>
      (window as unknown as IFront).jupyterapp.shell.currentWidget?.context
        ?.path === path,
    name
  );
  await runInFront(host, 0);
  await expect
    .poll(() => kept(ENV).filter(one => one.kind === 'install').length, {
      timeout: 90_000
    })
    .toBe(2);
  const commands = kept(ENV).map(one => one.command);
  // The one that ended second knows what is not its own.
  const last = kept(ENV).at(-1);
  expect(last?.changed.map(one => one.name)).toEqual([
    last?.command.includes('tqdm') ? 'tqdm' : 'colorama'
  ]);
  expect(last?.reality).toBe('as-planned');
  expect(commands.filter(one => one.includes('tqdm'))).toHaveLength(1);
  expect(commands.filter(one => one.includes('colorama'))).toHaveLength(1);
  expect(versionOf(ENV, 'tqdm')).toBe('4.66.5');
  expect(versionOf(ENV, 'colorama')).toBe('0.4.6');
  const both = filesOf(ENV);
  const added = differences(before, both);

  const history = new History(host);
  await history.open();
  await expect(history.entries).toHaveCount(2);
  const first = history.entries.last();
  await history.undo(first);
  const after = filesOf(ENV);
  if (await first.locator('[data-undo="done"]').isVisible()) {
    // Nothing of the other one is missing, nothing of its own is left.
    const own = (await first.innerText()).includes('pip install -q tqdm')
      ? /tqdm/
      : /colorama/;
    expect(differences(both, after)).toEqual(
      added.filter(path => own.test(path))
    );
    expect(differences(before, after)).toEqual(
      added.filter(path => !own.test(path))
    );
  } else {
    await expect(first.locator('[data-undo="refused"]')).toContainText(
      /A later install changed the same files|the backup does not hold/
    );
    expect(differences(both, after)).toEqual([]);
  }
  await removeBeside(host, beside);
});

/** In the PYTHONPATH of pip: its n-th change in the environment never comes; the file tells who waits there. */
const STOPS = `
import os, sys
if "install" in sys.orig_argv and "pip" in sys.orig_argv:
    prefix, left = os.path.join(sys.prefix, ""), [40]
    def hook(event, arguments):
        writes = event == "open" and isinstance(arguments[1], str) and arguments[1].strip("rbtU")
        if (writes or event in ("os.rename", "os.remove", "shutil.move")) and any(
            isinstance(one, str) and one.startswith(prefix) for one in arguments[:2]
        ):
            left[0] -= 1
            if left[0] == 0:
                import time
                path = os.path.join(os.path.dirname(__file__), "stopped")
                descriptor = os.open(path + ".new", os.O_CREAT | os.O_WRONLY)
                os.write(descriptor, str(os.getpid()).encode())
                os.close(descriptor)
                os.rename(path + ".new", path)
                time.sleep(600)
    sys.addaudithook(hook)
`;

test.describe('killed in the middle of an install', () => {
  let folder: string;

  test.beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gpu-doctor-'));
    writeFileSync(join(folder, 'sitecustomize.py'), STOPS);
  });

  test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Run a harmful install up to the middle of its changes; gives what ends the kernel and pip, and the notebook. */
  async function halfway(host: Host) {
    const name = await host.openNotebook([MOVES], ENV);
    const pid = Number(
      await host.kernelEval(
        'os.getpid()',
        `import os; os.environ["PYTHONPATH"] = ${JSON.stringify(folder)}`
      )
    );
    await host.runCell(0);
    await decide(host, 0, 'Install anyway');
    const stopped = () => {
      const path = join(folder, 'stopped');
      return existsSync(path) ? Number(readFileSync(path, 'utf8')) : 0;
    };
    await expect.poll(stopped, { timeout: 60_000 }).not.toBe(0);
    return {
      name,
      kill: () => {
        process.kill(pid, 'SIGKILL');
        try {
          process.kill(stopped(), 'SIGKILL');
        } catch {
          // It went with its terminal.
        }
      }
    };
  }

  test('the card says what is left, and Undo gives back every file', async ({
    host
  }) => {
    const before = filesOf(ENV);
    const { kill } = await halfway(host);
    kill();
    // "The kernel appears to have died. It will restart automatically."
    await host.page
      .locator('.jp-Dialog .jp-mod-accept')
      .click({ timeout: 40_000 });
    const shown = await ranCard(host, 0, 'numpy 1.26.4 was removed.');
    await expect(shown.locator('[data-line="differences"]')).toContainText(
      'numpy 2.0.0 was planned and is not installed.'
    );
    await expect(
      shown.locator('[data-rule="unmet-requirement"]')
    ).toContainText('pandas needs numpy');
    expect(differences(before, filesOf(ENV))).not.toEqual([]);
    await undoOn(shown, 'Undone: numpy is as it was.');
    expect(differences(before, filesOf(ENV))).toEqual([]);
  });

  test('while nobody looked: the panel says so, and Repair gives back every file', async ({
    host
  }) => {
    const before = filesOf(ENV);
    const { name, kill } = await halfway(host);
    await host.page.goto('about:blank');
    kill();
    await host.openNotebook([MOVES], ENV, name);
    expect(differences(before, filesOf(ENV))).not.toEqual([]);
    const history = new History(host);
    await history.open();
    const notice = history.doctor.notice('halfway');
    await expect(notice).toBeVisible({ timeout: 40_000 });
    await notice.getByRole('button', { name: 'Repair' }).click();
    await expect(notice).toHaveCount(0, { timeout: 60_000 });
    expect(differences(before, filesOf(ENV))).toEqual([]);
    await expect(history.doctor.finding('interrupted-uninstall')).toHaveCount(
      0
    );
  });
});

test('a question that was left behind is no interrupted install', async ({
  host
}) => {
  const name = await host.openNotebook([MOVES], ENV);
  await host.runCell(0);
  const question = await asked(host, 0);
  await expect(question.locator('.jp-GpuDoctor-bar')).toHaveCount(0, {
    timeout: 60_000
  });
  await host.openNotebook([MOVES], ENV, name);
  await host.restart();
  const history = new History(host);
  await history.open();
  await expect(history.section).toContainText('Nothing was installed yet');
  await expect(history.doctor.notice('halfway')).toHaveCount(0);
});
