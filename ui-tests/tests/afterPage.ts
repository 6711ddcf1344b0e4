/** What the tests of "after an install" share: an environment's files, seen from outside, and the history in the panel. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { card } from './guardCards';
import { Doctor } from './helpers';
import { expect, type Host } from './hosts/host';

const ENVIRONMENTS = join(__dirname, '..', '..', '.cache', 'ui', 'envs');

/** Every file of an environment, byte code and our own folder aside: path, then hash or target of a link. */
const FILES = `
import hashlib, json, os, sys
found = {}
for folder, folders, names in os.walk(sys.argv[1]):
    folders[:] = [one for one in folders if one not in (".gpu-doctor", "__pycache__")]
    for name in names + [one for one in folders if os.path.islink(os.path.join(folder, one))]:
        path = os.path.join(folder, name)
        if os.path.islink(path):
            found[os.path.relpath(path, sys.argv[1])] = "-> " + os.readlink(path)
        else:
            with open(path, "rb") as one:
                found[os.path.relpath(path, sys.argv[1])] = hashlib.sha256(one.read()).hexdigest()
print(json.dumps(found))
`;

/** The files of an environment, by path. */
export type Files = Readonly<Record<string, string>>;

/** Read an environment from outside of its kernel. */
export function filesOf(environment: string): Files {
  const output = execFileSync(
    'python',
    ['-c', FILES, join(ENVIRONMENTS, environment)],
    { maxBuffer: 64 << 20 }
  );
  return JSON.parse(output.toString()) as Files;
}

/** Paths that are not the same. */
export function differences(before: Files, after: Files): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter(path => before[path] !== after[path])
    .sort();
}

/** The first state of an environment of environments.py again. */
export function reset(environment: string): void {
  execFileSync('python', [
    join(__dirname, '..', 'environments.py'),
    'reset',
    environment
  ]);
}

/** An entry as it is kept beside the environment, as far as the tests look at it. */
export interface IKept {
  readonly kind: string;
  readonly command: string;
  readonly verdict: string;
  readonly notebook: string | null;
  readonly undone: string | null;
  readonly reality: string;
  readonly changed: readonly {
    readonly name: string;
    readonly from: string | null;
    readonly to: string | null;
  }[];
}

/** The history as it lies beside the environment. */
export function kept(environment: string): IKept[] {
  const path = join(ENVIRONMENTS, environment, '.gpu-doctor', 'history.jsonl');
  return existsSync(path)
    ? readFileSync(path, 'utf8')
        .split('\n')
        .filter(line => line !== '')
        .map(line => JSON.parse(line) as IKept)
    : [];
}

/** The version of a distribution by the metadata on the disk; null when it is not there. */
export function versionOf(environment: string, name: string): string | null {
  const code =
    'import importlib.metadata as m, sys; print(next((d.version for d in m.distributions() if (d.metadata["Name"] or "").lower() == sys.argv[1]), ""))';
  const python = join(ENVIRONMENTS, environment, 'bin', 'python');
  const output = execFileSync(python, ['-B', '-c', code, name]);
  return output.toString().trim() || null;
}

/** Wait for what a card says when the install has run and the environment was looked at again. */
export async function ranCard(
  host: Host,
  index: number,
  says: string | RegExp
): Promise<Locator> {
  const found = card(host, index);
  await expect(found).toContainText(says, { timeout: 60_000 });
  await expect(found).toHaveAttribute('data-state', 'after');
  return found;
}

/** Press *Undo* of a card and wait for its end. */
export async function undoOn(
  shown: Locator,
  says: string | RegExp
): Promise<void> {
  await shown.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(shown).toContainText(says, { timeout: 60_000 });
}

/** The history in the panel, after a check. */
export class History {
  constructor(host: Host) {
    this.doctor = new Doctor(host.page);
    this.section = this.doctor.panel.locator('[data-section="history"]');
    this.entries = this.section.locator('.jp-GpuDoctor-history > li');
  }

  readonly doctor: Doctor;
  readonly section: Locator;
  /** Newest first; without the start. */
  readonly entries: Locator;

  /** Check and open it. */
  async open(): Promise<void> {
    await this.doctor.check();
    await expect(this.section).toBeVisible({ timeout: 40_000 });
    await this.doctor.section('history');
  }

  /** The entry of an install by a part of its command. */
  install(command: string): Locator {
    return this.section
      .locator('li[data-kind="install"]')
      .filter({ hasText: command });
  }

  /** Press *Undo* of an entry and wait for its end. */
  async undo(entry: Locator): Promise<void> {
    await entry.getByRole('button', { name: 'Undo', exact: true }).click();
    await expect(entry.locator('[data-undo]')).toBeVisible({ timeout: 60_000 });
  }
}
