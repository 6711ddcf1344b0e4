/** What the panel shows first for the broken samples. */
import { readFileSync } from 'fs';
import { join } from 'path';
import { parseFacts } from '../facts/parse';
import { runRules } from './engine';
import { ENVIRONMENT_RULES } from './environment/index.generated';
import type { IFinding } from './types';

function findings(name: string): readonly IFinding[] {
  const path = join(__dirname, '../facts/samples', `${name}.json`);
  const parsed = parseFacts(JSON.parse(readFileSync(path, 'utf8')));
  if (!parsed.ok) {
    throw new Error(`${name} is not valid`);
  }
  const result = runRules(ENVIRONMENT_RULES, parsed.facts);
  expect(result.failures).toEqual([]);
  return result.findings;
}

function shown(list: readonly IFinding[]): string[] {
  return list
    .filter(one => one.severity !== 'info')
    .map(one => `${one.severity} ${one.rule} ${one.about.join(' ')}`);
}

describe('broken-conda-numpy', () => {
  const list = findings('broken-conda-numpy');

  it('names numpy first, then the helper and the variable', () => {
    expect(shown(list).slice(0, 2)).toEqual([
      'error two-managers numpy',
      'warning two-managers absl-py'
    ]);
    expect(list.map(one => one.rule)).toContain('cuda-home-elsewhere');
  });

  it('says that TensorFlow is stopped by it', () => {
    expect(list[0].stops).toEqual(['tensorflow']);
  });

  it('takes pip’s copy away before conda writes its own', () => {
    expect(list[0].fix?.commands).toEqual([
      '%pip uninstall -y numpy',
      '%conda install --force-reinstall numpy=1.20.3'
    ]);
    expect(list[0].fix?.restart).toBe(true);
  });
});

describe('broken-cuda-major', () => {
  const list = findings('broken-cuda-major');

  it('names the driver first, and nothing besides', () => {
    expect(shown(list)).toEqual(['error cuda-newer-than-driver torch driver']);
    expect(list[0].stops).toEqual(['torch']);
  });
});
