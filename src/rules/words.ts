/** Words and commands that several rules need, fitted to the environment at hand. */
import type { View } from '../facts/view';

const NAMES: Readonly<Record<string, string>> = {
  torch: 'PyTorch',
  tensorflow: 'TensorFlow',
  jax: 'JAX',
  keras: 'Keras',
  tf_keras: 'tf-keras',
  cupy: 'CuPy',
  onnxruntime: 'ONNX Runtime'
};

/** Name of a framework as its makers write it. */
export function frameworkName(importName: string): string {
  return NAMES[importName] ?? importName;
}

/** Quote a word for a `%pip` line: `%pip` lines are shell lines, in which `<`, `>` and spaces have a meaning. */
export function quote(word: string): string {
  return /^[A-Za-z0-9._+=:/@%-]+$/.test(word)
    ? word
    : `"${word.replace(/[\\"$`]/g, '\\$&')}"`;
}

/** `%pip install …` (or `%uv pip install …` where uv made the environment and it has no pip). */
export function pipInstall(
  view: View,
  requirements: readonly string[],
  options: readonly string[] = []
): string {
  return [pip(view), 'install', ...options, ...requirements.map(quote)].join(' ');
}

/** `%pip uninstall -y …`. */
export function pipUninstall(view: View, names: readonly string[]): string {
  const command = pip(view);
  const yes = command.startsWith('%uv') ? [] : ['-y'];
  return [command, 'uninstall', ...yes, ...names.map(quote)].join(' ');
}

/** `%conda install …`. */
export function condaInstall(
  specs: readonly string[],
  options: readonly string[] = []
): string {
  return ['%conda install', ...options, ...specs.map(quote)].join(' ');
}

function pip(view: View): string {
  return view.facts.environment?.kind === 'uv' && view.has('pip') === false
    ? '%uv pip'
    : '%pip';
}
