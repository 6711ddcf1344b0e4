/** How an install ended, in a tone and a line. */
import type { TranslationBundle } from '@jupyterlab/translation';
import type { UndoState } from '../../check/state';
import type { IAfter, IDone } from '../../guard/types';
import type { Tone } from '../badges';
import { restartText } from '../changed';
import { sayPlain } from '../say';

/** How far an undo is; null: nobody has asked for it. */
export function undoOf(done: IDone | undefined): UndoState | null {
  const undo = done?.undo;
  return typeof undo === 'object' ? undo : null;
}

/** What of an install still counts: after an undo only what that left behind. */
export function remaining(
  done: IDone
): Pick<IDone, 'news' | 'differences' | 'restart'> {
  const undo = undoOf(done);
  return undo?.phase === 'done'
    ? { news: [], differences: [], restart: undo.restart }
    : done;
}

/** The tone of the card: an undo has one of its own. */
export function afterTone({ tone, done }: IAfter): Tone {
  const undo = undoOf(done);
  switch (undo?.phase) {
    case 'running':
      return 'info';
    case 'refused':
      return 'warning';
    case 'done':
      return undo.restart.length > 0 ? 'warning' : 'ok';
    case undefined:
      return tone;
  }
}

/** The word of a tone, for screen readers. */
export function toneWord(
  tone: Tone,
  trans: TranslationBundle
): string | undefined {
  return tone === 'warning' || tone === 'error'
    ? trans.__('Warning')
    : tone === 'ok'
      ? trans.__('Done')
      : undefined;
}

/** What is read aloud. */
export function afterLine(state: IAfter, trans: TranslationBundle): string {
  const { title, done } = state;
  const undo = undoOf(done);
  if (undo?.phase === 'running') {
    return trans.__('Undoing…');
  }
  if (undo?.phase === 'refused') {
    return trans.__('Not undone. %1', sayPlain(undo.reason, trans));
  }
  const { news, differences, restart } = done
    ? remaining(done)
    : { news: [], differences: [], restart: [] };
  return [
    sayPlain(undo?.phase === 'done' ? undo.text : title, trans),
    ...news.map(one => one.title),
    ...(differences.length > 0 ? [trans.__('Not as planned.')] : []),
    ...(restart.length > 0 ? [restartText(restart, trans)] : [])
  ].join(' ');
}
