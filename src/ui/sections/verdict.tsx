/** The answer in one sentence. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { ICheckResult } from '../../check/state';
import type { IFinding, Severity } from '../../rules/types';
import { ToneIcon, type Tone } from '../badges';
import { usePanel } from '../context';
import { Prose } from '../prose';
import { say, sayPlain } from '../say';

/** Icon, word, headline, detail and counts. */
export function Verdict(props: { result: ICheckResult }): JSX.Element {
  const { summary, findings } = props.result;
  const { trans } = usePanel();
  const tone = verdictTone(props.result);
  const counts = countTexts(findings, trans);
  return (
    <div className="jp-GpuDoctor-verdict" data-tone={tone}>
      <ToneIcon tone={tone} />
      <div className="jp-GpuDoctor-noticeText">
        <span className="jp-GpuDoctor-severity">
          {verdictWord(props.result, trans)}
        </span>
        <strong>
          <Prose text={say(summary.headline, trans)} />
        </strong>
        {summary.detail && (
          <p>
            <Prose text={say(summary.detail, trans)} />
          </p>
        )}
        {counts.length > 0 && (
          <ul className="jp-GpuDoctor-inlineList">
            {counts.map(count => (
              <li key={count}>{count}</li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

/** Green needs a framework that can use the GPU: an empty or unknown environment is not "fine". */
export function verdictTone(result: ICheckResult): Tone {
  const { verdict, frameworks } = result.summary;
  if (verdict !== 'ok') {
    return verdict;
  }
  return frameworks.some(one => one.usable === 'yes') ? 'ok' : 'info';
}

/** The sentences that are read aloud after a check. */
export function verdictAnnouncement(
  result: ICheckResult,
  trans: TranslationBundle
): readonly string[] {
  const { summary, findings } = result;
  return [
    verdictWord(result, trans),
    sayPlain(summary.headline, trans),
    ...(summary.detail ? [sayPlain(summary.detail, trans)] : []),
    ...countTexts(findings, trans)
  ];
}

function verdictWord(result: ICheckResult, trans: TranslationBundle): string {
  switch (verdictTone(result)) {
    case 'ok':
      return trans.__('GPU ready');
    case 'error':
      return trans.__('Error');
    case 'warning':
      return trans.__('Warning');
    case 'info':
      return quietWord(result, trans);
  }
}

/** Nothing is wrong, and nothing was found that can use the GPU. */
function quietWord(result: ICheckResult, trans: TranslationBundle): string {
  const { frameworks } = result.summary;
  if (
    result.facts.frameworks === null ||
    frameworks.some(one => one.usable === 'unknown')
  ) {
    return trans.__('Not known');
  }
  return frameworks.length > 0 ? trans.__('CPU only') : trans.__('Note');
}

function countTexts(
  findings: readonly IFinding[],
  trans: TranslationBundle
): string[] {
  const count = (severity: Severity) =>
    findings.filter(one => one.severity === severity).length;
  const errors = count('error');
  const warnings = count('warning');
  const notes = count('info');
  return [
    ...(errors ? [trans._n('%1 error', '%1 errors', errors)] : []),
    ...(warnings ? [trans._n('%1 warning', '%1 warnings', warnings)] : []),
    ...(notes ? [trans._n('%1 note', '%1 notes', notes)] : [])
  ];
}
