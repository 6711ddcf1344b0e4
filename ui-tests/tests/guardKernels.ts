/** Kernels that a test of the install guard makes for itself, and an index that never answers. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const CACHE = join(__dirname, '..', '..', '.cache', 'ui');

/** A kernelspec on an environment of environments.py or of `copyEnvironment`; the result removes it. Before the page loads. */
export function makeKernel(
  name: string,
  environment: string,
  env: Record<string, string> = {},
  display = name
): () => void {
  const folder = join(CACHE, 'jupyter', 'kernels', name);
  const python = join(CACHE, 'envs', environment, 'bin', 'python');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'kernel.json'),
    JSON.stringify({
      argv: [python, '-m', 'ipykernel_launcher', '-f', '{connection_file}'],
      display_name: display,
      language: 'python',
      env
    })
  );
  return () => rmSync(folder, { recursive: true, force: true });
}

/** A copy of an environment of environments.py in its first state, for tests that install; the result removes it. */
export function copyEnvironment(name: string, copy: string): () => void {
  const target = join(CACHE, 'envs', copy);
  const remove = () => rmSync(target, { recursive: true, force: true });
  remove();
  // Hard links will do: pip writes new files, it changes none.
  execFileSync('cp', ['-al', join(CACHE, 'envs', `${name}.first`), target]);
  return remove;
}

/** A package index that takes every request and never answers: what a kernel needs to use it, and how to end it. */
export async function silentIndex(): Promise<{
  readonly env: Record<string, string>;
  close(): void;
}> {
  const server = createServer(() => undefined);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    env: {
      PIP_INDEX_URL: `http://127.0.0.1:${port}/simple`,
      PIP_EXTRA_INDEX_URL: '',
      PIP_FIND_LINKS: '',
      PIP_CONFIG_FILE: '/dev/null'
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    }
  };
}
