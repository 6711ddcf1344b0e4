/** The findings, root causes first, and those that the user ignores here. */
import * as React from 'react';
import type { ICheckResult } from '../../check/state';
import type { IFacts } from '../../facts/facts.generated';
import type { IFinding } from '../../rules/types';
import { severityWord } from '../badges';
import { Button } from '../button';
import { usePanel } from '../context';
import { FindingCard } from '../findingCard';
import { Prose } from '../prose';
import { say } from '../say';
import { Section, focusSection } from '../section';
import { FixAll } from './fixAll';

/** So many findings show their fix at once. */
const OPEN_FIXES = 2;

/** Errors and warnings; notes folded below. Nothing when there are none. */
export function Findings(props: { result: ICheckResult }): JSX.Element | null {
  const { facts, findings } = props.result;
  const { trans } = usePanel();
  if (findings.length === 0) {
    return null;
  }
  const grave = findings.filter(one => one.severity !== 'info');
  const notes = findings.filter(one => one.severity === 'info');
  return (
    <Section
      id="findings"
      title={trans.__('Findings')}
      note={String(findings.length)}
      open={true}
    >
      <FixAll result={props.result} />
      <FindingList findings={grave} facts={facts} open={OPEN_FIXES} />
      {notes.length > 0 && (
        <details className="jp-GpuDoctor-notes">
          <summary>{trans._n('%1 note', '%1 notes', notes.length)}</summary>
          <FindingList findings={notes} facts={facts} open={0} />
        </details>
      )}
    </Section>
  );
}

function FindingList(props: {
  findings: readonly IFinding[];
  facts: IFacts;
  open: number;
}): JSX.Element | null {
  if (props.findings.length === 0) {
    return null;
  }
  return (
    <ul className="jp-GpuDoctor-findings">
      {keyed(props.findings).map(([key, finding], i) => (
        <FindingCard
          key={key}
          finding={finding}
          facts={props.facts}
          open={i < props.open}
        />
      ))}
    </ul>
  );
}

/** A key that survives a new check, so that an opened fix stays open. */
function keyed(findings: readonly IFinding[]): [string, IFinding][] {
  const seen = new Map<string, number>();
  return findings.map(finding => {
    const name = [finding.rule, finding.message, ...finding.about].join(' ');
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return [`${name} ${count}`, finding];
  });
}

/** Rules that are ignored in this environment. Nothing when there are none. */
export function Ignored(props: { result: ICheckResult }): JSX.Element | null {
  const { ignored } = props.result;
  const { trans, actions } = usePanel();
  if (ignored.length === 0) {
    return null;
  }
  const rules = new Map<string, IFinding[]>();
  for (const one of ignored) {
    rules.set(one.rule, [...(rules.get(one.rule) ?? []), one]);
  }
  const restore = (event: React.MouseEvent<HTMLElement>, rule: string) => {
    if (rules.size > 1) {
      focusSection(event.currentTarget);
    } else {
      // The whole section goes away with its last rule.
      event.currentTarget
        .closest('.jp-GpuDoctor-view')
        ?.querySelector<HTMLElement>('.jp-GpuDoctor-header button')
        ?.focus();
    }
    actions.restore(rule);
  };
  return (
    <Section
      id="ignored"
      title={trans.__('Ignored')}
      note={String(rules.size)}
      open={false}
    >
      <ul className="jp-GpuDoctor-items">
        {[...rules].map(([rule, findings]) => (
          <li key={rule} data-rule={rule}>
            {findings.map((one, i) => (
              <div key={i}>
                <span className="jp-GpuDoctor-small">
                  {severityWord(one.severity, trans)}
                </span>{' '}
                <Prose text={say(one.title, trans)} />
              </div>
            ))}
            <div className="jp-GpuDoctor-actions">
              <Button
                label={trans.__('Show again: %1', rule)}
                onClick={event => restore(event, rule)}
              >
                {trans.__('Show again')}
              </Button>
              <span className="jp-GpuDoctor-mono">{rule}</span>
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}
