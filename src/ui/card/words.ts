/** Words and units of the install card. */
import type { TranslationBundle } from '@jupyterlab/translation';
import type { Activity, IChangeRow } from '../../guard/types';
import type { Verdict } from '../../plan/types';
import type { RiskSeverity } from '../../rules/install/types';
import type { Tone } from '../badges';

/** From here on whole seconds are enough. */
const TENTHS_BELOW = 10;

/** Decimal, as package indexes and networks count. */
const KB = 1e3;
const MB = 1e6;
const GB = 1e9;

/** A duration. @param value seconds; negative counts as none */
export function seconds(value: number, trans: TranslationBundle): string {
  const known = Math.max(0, value);
  return trans.__(
    '%1 s',
    known < TENTHS_BELOW
      ? // Cut and not rounded: 9.99 must not become "10.0".
        (Math.floor(known * 10 + 1e-6) / 10).toFixed(1)
      : String(Math.floor(known))
  );
}

/** An amount to download, in decimal units. @param bytes not negative */
export function download(bytes: number, trans: TranslationBundle): string {
  const kilobytes = Math.ceil(bytes / KB);
  const megabytes = Math.round(bytes / MB);
  // Decided after rounding: 999.6 MB is "1.0 GB" and not "1000 MB".
  if (kilobytes < KB) {
    return trans.__('%1 kB', kilobytes);
  }
  return megabytes < KB
    ? trans.__('%1 MB', megabytes)
    : trans.__('%1 GB', (bytes / GB).toFixed(1));
}

/** What the guard does. @param elapsed how long it has done so, as text */
export function activityText(
  activity: Activity,
  elapsed: string,
  trans: TranslationBundle
): string {
  switch (activity) {
    case 'reading':
      return trans.__('reading the environment, %1', elapsed);
    case 'resolving':
      return trans.__('resolving, %1', elapsed);
    case 'checking':
      return trans.__('checking the packages, %1', elapsed);
    case 'pip':
      return trans.__('pip resolves, %1', elapsed);
    case 'conda':
      return trans.__('conda resolves, %1', elapsed);
    case 'saving':
      return trans.__('linking files, %1', elapsed);
  }
}

/** The colour of a severity. */
export function riskTone(severity: RiskSeverity): Tone {
  switch (severity) {
    case 'block':
      return 'error';
    case 'warn':
      return 'warning';
    case 'note':
      return 'info';
  }
}

/** The word of a severity. */
export function riskWord(
  severity: RiskSeverity,
  trans: TranslationBundle
): string {
  switch (severity) {
    case 'block':
      return trans.__('Harmful');
    case 'warn':
      return trans.__('Warning');
    case 'note':
      return trans.__('Note');
  }
}

/** The severity that a verdict is shown with. */
export function verdictSeverity(verdict: Verdict): RiskSeverity {
  return verdict === 'ok' ? 'note' : verdict;
}

/** Who owns a package. */
export function ownerWord(
  owner: IChangeRow['owner'],
  trans: TranslationBundle
): string {
  switch (owner) {
    case 'new':
      return trans.__('new');
    case 'unknown':
      return trans.__('unknown');
    case 'pip':
    case 'conda':
    case 'uv':
      return owner;
  }
}

/** A time of day in the language of the browser. @param at milliseconds since the epoch */
export function clockTime(at: number): string {
  return new Date(at).toLocaleTimeString();
}
