/** Whether a new environment is an honest answer to a finding. Apart, because it is asked before anything is loaded. */
import type { IFinding } from '../rules/types';

/** Rules whose state is easier left than mended: base in use, half conda and half pip, wrong Python, two CUDAs. */
const ALWAYS: ReadonlySet<string> = new Set([
  'R07',
  'R08',
  'R10',
  'R15',
  'R21',
  'R55',
  'R63'
]);

/** Rules whose fix is short as long as nothing but a few packages is concerned. */
const GRAVE: ReadonlySet<string> = new Set(['R01', 'R02', 'R22', 'R25']);

/** Whether a new environment is an honest answer to a finding. */
export function suggestsNew({ code, severity }: IFinding): boolean {
  return ALWAYS.has(code) || (GRAVE.has(code) && severity === 'error');
}
