/** Definitions are compiled once per kernel; what a kernel sends is checked. */
import type { Kernel } from '@jupyterlab/services';
import { compiledFor } from './compiled';
import { failure } from './request';

const kernel = () => ({}) as Kernel.IKernelConnection;
const stale = failure(
  'python-error',
  'x',
  'ImportError: gpu-doctor: compiled by another Python'
);

it('sends the text first and then what the kernel made of it', () => {
  const one = kernel();
  const first = compiledFor(one, 'def f(): pass');
  expect(first.around('f()', 'n')).toContain('"def f(): pass"');
  first.keep({ nonce: 'n', code: 'QUJD' }, 'n');
  const program = compiledFor(one, 'def f(): pass').around('f()', 'm');
  expect(program).toContain('"QUJD"');
  expect(program).not.toContain('def f');
  expect(program.endsWith('\nf()')).toBe(true);
});

it('never gives a kernel what another one sent, nor other definitions', () => {
  const one = kernel();
  compiledFor(one, 'a').keep({ nonce: 'n', code: 'QUJD' }, 'n');
  expect(compiledFor(one, 'b').around('', 'm')).not.toContain('QUJD');
  expect(compiledFor(kernel(), 'a').around('', 'm')).not.toContain('QUJD');
});

it.each([
  [{ nonce: 'x', code: 'QUJD' }],
  [{ nonce: 'n', code: '")\nimport os#' }],
  [{ nonce: 'n', code: 5 }],
  [null],
  ['n']
])('keeps nothing of %j', data => {
  const one = compiledFor(kernel(), 'a');
  one.keep(data, 'n');
  expect(one.around('', 'm')).toContain('compile("a"');
});

it('sends the text again when the Python is another one', () => {
  const one = compiledFor(kernel(), 'a');
  expect(one.refused(stale)).toBe(false);
  one.keep({ nonce: 'n', code: 'QUJD' }, 'n');
  expect(one.refused(failure('python-error', 'x', 'ValueError'))).toBe(false);
  expect(one.refused(stale)).toBe(true);
  expect(one.around('', 'm')).toContain('compile("a"');
});
