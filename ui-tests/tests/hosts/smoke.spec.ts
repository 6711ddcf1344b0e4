/** What every host must do before anything else is worth testing there: cells run in order, errors stop, the panel answers. */
import { Doctor } from '../helpers';
import { expect, test } from './host';

test('Run All keeps the order, and the panel answers', async ({ host }) => {
  const cells = [
    'log = ["a"]',
    'import time; time.sleep(0.5); log += ["b"]',
    'log += "c"'
  ];
  await host.openNotebook(cells, 'plain');
  await host.runAll();
  await host.settled();
  expect(await host.prompts()).toEqual(['[1]:', '[2]:', '[3]:']);
  expect(await host.ran()).toEqual(cells);
  expect(await host.kernelEval('log')).toBe("['a', 'b', 'c']");

  const doctor = new Doctor(host.page);
  await doctor.check();
  await expect(doctor.verdict).toContainText('No GPU');
  // The check left no trace in the kernel.
  expect(await host.kernelEval('len(In)')).toBe('4');
});

test('an error stops what comes after it', async ({ host }) => {
  await host.openNotebook(
    [
      'import time; time.sleep(0.5); print("one")',
      'raise ValueError("two")',
      'done = True'
    ],
    'plain'
  );
  await host.runAll();
  await host.settled();
  expect(await host.prompts()).toEqual(['[1]:', '[2]:', '[ ]:']);
  expect(await host.outputs(0)).toEqual([{ type: 'stream', text: 'one\n' }]);
  expect(await host.outputs(1)).toEqual([
    { type: 'error', text: 'ValueError: two' }
  ]);
  expect(await host.outputs(2)).toEqual([]);
  expect(await host.kernelEval('"done" in globals()')).toBe('False');
});

test('a cell is changed, interrupted and run; the kernel restarts; the notebook closes', async ({
  host
}) => {
  await host.openNotebook(
    [{ cell_type: 'markdown', source: 'Text' }, 'x = 1'],
    'plain'
  );
  await host.setSource(1, 'import time; print("begun"); time.sleep(60)');
  await host.runCell(1);
  await expect.poll(() => host.printed()).toBe('begun\n');
  expect(await host.kernelStatus()).toBe('busy');
  const star = host.name === 'nbmodel' ? '[ ]:' : '[*]:';
  expect(await host.prompts()).toEqual(['', star]);
  await host.interrupt();
  await host.settled();
  expect((await host.outputs(1)).at(-1)?.text).toContain('KeyboardInterrupt');
  expect(await host.kernelEval('x', 'x = 2')).toBe('2');
  await host.restart();
  await expect(host.kernelEval('x')).rejects.toThrow('NameError');
  await host.close();
  await expect(host.page.locator('.jp-NotebookPanel')).toHaveCount(0);
});
