/** Small marks: severities, states and labels, each an icon or a frame with a word. */
import type { TranslationBundle } from '@jupyterlab/translation';
import type { LabIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import type { Usable } from '../check/verdict';
import type { Severity } from '../rules/types';
import { errorIcon, infoIcon, okIcon, unknownIcon, warningIcon } from './icons';

/** How something is meant; CSS gives each its colour. */
export type Tone = 'ok' | 'warning' | 'error' | 'info';

const TONE_ICONS: Readonly<Record<Tone, LabIcon>> = {
  ok: okIcon,
  warning: warningIcon,
  error: errorIcon,
  info: infoIcon
};

/** The icon of a tone; decoration, a word must stand beside it. */
export function ToneIcon(props: { tone: Tone }): JSX.Element {
  return <Icon icon={TONE_ICONS[props.tone]} tone={props.tone} />;
}

/** An icon that screen readers skip. */
export function Icon(props: { icon: LabIcon; tone?: Tone }): JSX.Element {
  return (
    <span
      className="jp-GpuDoctor-icon"
      data-tone={props.tone}
      aria-hidden="true"
    >
      <props.icon.react tag="span" />
    </span>
  );
}

/** The word for a severity. */
export function severityWord(
  severity: Severity,
  trans: TranslationBundle
): string {
  switch (severity) {
    case 'error':
      return trans.__('Error');
    case 'warning':
      return trans.__('Warning');
    case 'info':
      return trans.__('Note');
  }
}

/** yes, no or unknown, as icon and word. */
export function UsableMark(props: {
  usable: Usable;
  /** Whether a no is a fault; a CPU-only environment may be meant so. */
  fault: boolean;
  trans: TranslationBundle;
}): JSX.Element {
  const { usable, fault, trans } = props;
  switch (usable) {
    case 'yes':
      return <Mark icon={okIcon} tone="ok" word={trans.__('yes')} />;
    case 'no':
      return (
        <Mark
          icon={errorIcon}
          tone={fault ? 'error' : undefined}
          word={trans.__('no')}
        />
      );
    case 'unknown':
      return <Mark icon={unknownIcon} word={trans.__('unknown')} />;
  }
}

/** An icon and a word. */
export function Mark(props: {
  icon: LabIcon;
  tone?: Tone;
  word: string;
  title?: string;
}): JSX.Element {
  return (
    <span
      className="jp-GpuDoctor-mark"
      data-tone={props.tone}
      title={props.title}
    >
      <Icon icon={props.icon} tone={props.tone} />
      {props.word}
    </span>
  );
}

/** A word in a frame. */
export function Badge(props: {
  children: React.ReactNode;
  tone?: Tone;
  title?: string;
}): JSX.Element {
  return (
    <span
      className="jp-GpuDoctor-badge"
      data-tone={props.tone}
      title={props.title}
    >
      {props.children}
    </span>
  );
}
