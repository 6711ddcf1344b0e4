/** Numbers as people read them. */
import type { TranslationBundle } from '@jupyterlab/translation';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MONTH = 30 * DAY;
const MIB = 2 ** 20;
const GIB = 2 ** 30;

/** How long ago the check was. @param ms its age in milliseconds; a clock that went back counts as now */
export function checkedAgo(ms: number, trans: TranslationBundle): string {
  if (!(ms >= SECOND)) {
    return trans.__('checked just now');
  }
  if (ms < MINUTE) {
    return trans.__('checked %1 s ago', Math.floor(ms / SECOND));
  }
  if (ms < HOUR) {
    return trans.__('checked %1 min ago', Math.floor(ms / MINUTE));
  }
  if (ms < DAY) {
    return trans.__('checked %1 h ago', Math.floor(ms / HOUR));
  }
  return trans.__('checked %1 d ago', Math.floor(ms / DAY));
}

/** How long ago something was; of more than a month, its day. @param at milliseconds since the epoch */
export function ago(at: number, now: number, trans: TranslationBundle): string {
  const ms = now - at;
  if (!(ms >= MINUTE)) {
    return trans.__('just now');
  }
  if (ms < HOUR) {
    return trans.__('%1 min ago', Math.floor(ms / MINUTE));
  }
  if (ms < DAY) {
    return trans.__('%1 h ago', Math.floor(ms / HOUR));
  }
  return ms < MONTH
    ? trans.__('%1 d ago', Math.floor(ms / DAY))
    : new Date(at).toLocaleDateString();
}

/** Milliseconds until the text of `checkedAgo` changes: each second in the first minute, then each minute. */
export function untilNextAge(ms: number): number {
  const age = Math.max(0, ms);
  const step = age < MINUTE ? SECOND : MINUTE;
  return step - (age % step);
}

/** An amount of memory, in MiB below one GiB. @param bytes not negative */
export function memory(bytes: number, trans: TranslationBundle): string {
  return bytes < GIB
    ? trans.__('%1 MiB', Math.round(bytes / MIB))
    : trans.__('%1 GiB', (bytes / GIB).toFixed(1));
}

/** An amount on a disk. @param bytes not negative */
export function diskSize(bytes: number, trans: TranslationBundle): string {
  return bytes < MIB ? trans.__('< 1 MiB') : memory(bytes, trans);
}

/** Used memory of a total, in the unit of the total. */
export function memoryOf(
  used: number,
  total: number,
  trans: TranslationBundle
): string {
  return total < GIB
    ? trans.__('%1 of %2 MiB', Math.round(used / MIB), Math.round(total / MIB))
    : trans.__(
        '%1 of %2 GiB',
        (used / GIB).toFixed(1),
        (total / GIB).toFixed(1)
      );
}

/** A share of a whole in percent, between 0 and 100; 0 when there is no whole. */
export function percent(part: number, whole: number): number {
  return whole > 0 ? Math.min(100, Math.max(0, (100 * part) / whole)) : 0;
}
