import { facts, framework, gpu, gpus, noGpu } from '../facts/build';
import type { IFacts } from '../facts/facts.generated';
import { render, text } from '../text/text';
import { readGpuTest } from './answer';
import { meaningsOf, type Explainer } from './meaning';
import { answer, failing, onCpu, test as one } from './samples.testing';

const ENVIRONMENT: Partial<IFacts> = {
  frameworks: [
    framework('tensorflow', '2.10', { gpu_build: true, cuda: '11.2' })
  ],
  gpu: gpus('550.90.07', '12.4', [gpu('NVIDIA L4', '8.9')])
};

function meaning(
  test: Record<string, unknown>,
  explainer?: Explainer,
  parts: Partial<IFacts> = {}
): string | null {
  const read = readGpuTest(answer([test]));
  if (read.kind !== 'report') {
    throw new Error(read.detail);
  }
  const found = Object.values(
    meaningsOf(read.report, facts({ ...ENVIRONMENT, ...parts }), explainer)
  )[0];
  return found ? render(found) : null;
}

const knows =
  (words: string): Explainer =>
  given =>
    given.includes(words) ? text('explained: %1', words) : null;

test('the text of the error is explained', () => {
  const error = { kind: 'error', text: 'ImportError: libcublas.so.11: cannot' };
  const test = failing('torch', error);
  expect(meaning(test, knows('libcublas.so.11'))).toBe(
    'explained: libcublas.so.11'
  );
  // Not by guessing.
  expect(meaning(test, knows('libcudnn'))).toBeNull();
  expect(meaning(test)).toBeNull();
});

test('else what was printed: TensorFlow says there why it sees no GPU', () => {
  const output = 'W Could not load dynamic library libcudnn.so.8';
  const test = onCpu('tensorflow', { output });
  expect(meaning(test, knows('libcudnn.so.8'))).toBe(
    'explained: libcudnn.so.8'
  );
  expect(meaning(test)).toBeNull();
  // Where there is no GPU to see, there is nothing to explain.
  const known = knows('libcudnn.so.8');
  expect(meaning(test, known, { gpu: noGpu() })).toBeNull();
});

test('a success needs no explanation, whatever was printed', () => {
  const test = one('torch', { output: 'libcudnn.so.8' });
  expect(meaning(test, knows('libcudnn.so.8'))).toBeNull();
});

test.each([
  [{ kind: 'crash', text: '', signal: 'SIGKILL' }, 'memory runs out'],
  [{ kind: 'crash', text: '', signal: 'SIGSEGV' }, 'compiled code'],
  [{ kind: 'exit', text: '', exit_code: 1 }, 'by itself'],
  [{ kind: 'timeout', text: '' }, 'The import did not end in time'],
  [{ kind: 'missing', text: '' }, 'not installed'],
  [{ kind: 'not-started', text: '' }, 'could not be started']
])('%j', (error, words) => {
  expect(meaning(failing('torch', error))).toContain(words);
});
