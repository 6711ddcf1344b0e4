/** Sentences about what an install or an undo did. */
import { text, type IText } from '../text/text';
import type { IComparison, IDifference } from './compare';
import type { IChange } from './types';

/** What changed, in one sentence. */
export function changeText(changed: readonly IChange[]): IText {
  if (changed.length === 0) {
    return text('Nothing changed.');
  }
  if (changed.length > 1) {
    return text('%1 packages changed.', String(changed.length));
  }
  const [{ name, from, to }] = changed;
  if (from === null) {
    return text('%1 %2 was added.', name, to ?? '');
  }
  return to === null
    ? text('%1 %2 was removed.', name, from)
    : from === to
      ? text('%1 %2 was installed again.', name, to)
      : text('%1 went from %2 to %3.', name, from, to);
}

/** What an undo did. */
export function undoneText(changed: readonly IChange[]): IText {
  return changed.length === 1
    ? text('Undone: %1 is as it was.', changed[0].name)
    : text('Undone: %1 packages are as they were.', String(changed.length));
}

/** Where reality and plan part. */
export function differenceText({ name, planned, found }: IDifference): IText {
  if (planned === undefined) {
    return found === null
      ? text('%1 was removed; the plan did not say so.', name)
      : text('%1 is %2 now; the plan did not say so.', name, found);
  }
  if (planned === null) {
    return text('%1 is still here; the plan was to remove it.', name);
  }
  return found === null
    ? text('%1 %2 was planned and is not installed.', name, planned)
    : text('%1 is %2; %3 was planned.', name, found, planned);
}

/** Why an undo is refused. */
export function refusalText(kind: string): IText {
  return REFUSALS.get(kind) ?? text('It could not be undone.');
}

const REFUSALS: ReadonlyMap<string, IText> = new Map([
  [
    'files-changed-later',
    text('A later install changed the same files. Undo that one first.')
  ],
  [
    'newer-install',
    text('A later install changed the same files. Undo that one first.')
  ],
  ['modified-in-place', text('Files were edited since the backup was made.')],
  [
    'incomplete',
    text('The install changed files that the backup does not hold.')
  ],
  ['gone', text('The backup is no longer there.')],
  ['read-only', text('The environment is not writable.')],
  ['no-space', text('There is no space left on the disk.')],
  [
    'verify-failed',
    text('Not every file is as it was. The backup is kept; try again.')
  ],
  ['stopped', text('It was stopped.')]
]);

/** Whether a comparison is worth more than a quiet line. */
export function isNews(one: IComparison): boolean {
  return (
    one.newFindings.length + one.differences.length + one.restart.length > 0
  );
}
