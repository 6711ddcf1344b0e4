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

/** `%pip install …`, or what does the same where uv made the environment without pip. */
export function pipInstall(
  view: View,
  requirements: readonly string[],
  options: readonly string[] = []
): string {
  const words = [...options, ...requirements.map(quote)];
  return [
    lacksPip(view) ? uvPip(view, 'install') : '%pip install',
    ...words
  ].join(' ');
}

/** `%pip uninstall -y …`, or what does the same where uv made the environment without pip. */
export function pipUninstall(view: View, names: readonly string[]): string {
  const command = lacksPip(view)
    ? uvPip(view, 'uninstall')
    : '%pip uninstall -y';
  return [command, ...names.map(quote)].join(' ');
}

/** Whether uv made this environment and put no pip into it. */
export function lacksPip(view: View): boolean {
  return view.facts.environment?.kind === 'uv' && view.has('pip') === false;
}

/** `%uv pip …` is `python -m uv`, so it needs uv in the environment; else the one on PATH is told which Python. */
export function uvPip(view: View, subcommand: 'install' | 'uninstall'): string {
  if (view.has('uv')) {
    return `%uv pip ${subcommand}`;
  }
  const python = view.facts.python?.executable;
  return `!uv pip ${subcommand}${python ? ` --python ${quote(python)}` : ''}`;
}

/** `%conda install …`. */
export function condaInstall(
  specs: readonly string[],
  options: readonly string[] = []
): string {
  return ['%conda install', ...options, ...specs.map(quote)].join(' ');
}
