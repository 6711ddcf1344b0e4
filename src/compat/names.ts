/** conda names and PyPI names. */
import { answer } from './look';
import { CONDA_NAMES } from './tables.generated';
import type { IAnswer } from './types';

/**
 * Name of the Python distribution that a conda package carries or stands for. The answer null: it carries none
 * (a C library, a selector). No answer: not in the table.
 */
export function pypiNameOf(condaName: string): IAnswer<string | null> | null {
  const row = CONDA_NAMES.find(one => one.conda === condaName);
  return row ? answer(row.pypi, row) : null;
}

/** Name under which conda-forge carries a Python distribution; null when not in the table. */
export function condaNameOf(distribution: string): IAnswer<string> | null {
  const rows = CONDA_NAMES.filter(one => one.pypi === distribution);
  const row = rows.find(one => one.conda === distribution) ?? rows[0];
  return row ? answer(row.conda, row) : null;
}
