/** One finding: what is wrong, what was read, why it matters, the exact fix. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { IFacts } from '../facts/facts.generated';
import { suggestsNew } from '../fixes/suggests';
import type { IEvidence, IFinding, IFix } from '../rules/types';
import { ToneIcon, severityWord } from './badges';
import { Button } from './button';
import { Commands } from './commands';
import { usePanel } from './context';
import { useFixes } from './fixes';
import { Prose } from './prose';
import { say, sayPlain } from './say';
import { focusSection } from './section';
import { Sources } from './sources';

/** Properties of `FindingCard`. */
export interface IFindingCardProps {
  readonly finding: IFinding;
  /** Whether the fix is shown from the start. */
  readonly open: boolean;
  /** What was read; without it no new environment is offered. */
  readonly facts?: IFacts;
}

/** A finding with its actions. */
export function FindingCard(props: IFindingCardProps): JSX.Element {
  const { finding, facts } = props;
  const { trans, actions } = usePanel();
  const [open, setOpen] = React.useState(props.open);
  const [anew, setAnew] = React.useState(false);
  const title = sayPlain(finding.title, trans);
  const ignore = (event: React.MouseEvent<HTMLElement>) => {
    focusSection(event.currentTarget);
    actions.ignore(finding.rule);
  };
  return (
    <li
      className="jp-GpuDoctor-finding"
      data-tone={finding.severity}
      data-rule={finding.rule}
    >
      <ToneIcon tone={finding.severity} />
      <div className="jp-GpuDoctor-findingText">
        <FindingText finding={finding} />
        {finding.fix && open && <Fix fix={finding.fix} />}
        {facts && anew && <NewEnvironment facts={facts} />}
        {finding.symptoms.length > 0 && (
          <Symptoms symptoms={finding.symptoms} />
        )}
        <div className="jp-GpuDoctor-actions">
          {finding.fix && !props.open && (
            <Button expanded={open} onClick={() => setOpen(!open)}>
              {open ? trans.__('Hide fix') : trans.__('Show fix')}
            </Button>
          )}
          {facts?.packages && suggestsNew(finding) && (
            <Button
              expanded={anew}
              label={trans.__('New environment: %1', title)}
              onClick={() => setAnew(!anew)}
            >
              {trans.__('New environment…')}
            </Button>
          )}
          <span className="jp-GpuDoctor-links">
            <Button
              kind="link"
              label={trans.__('Ignore here: %1', title)}
              title={trans.__('Hide this rule in this environment')}
              onClick={ignore}
            >
              {trans.__('Ignore here')}
            </Button>
            <Button
              kind="link"
              label={trans.__('Learn more: %1', title)}
              onClick={() => actions.openRule(finding.rule)}
            >
              {trans.__('Learn more')}
            </Button>
          </span>
        </div>
      </div>
    </li>
  );
}

function FindingText(props: { finding: IFinding }): JSX.Element {
  const { finding } = props;
  const { trans } = usePanel();
  const why = say(finding.why, trans);
  return (
    <>
      <h4>
        <span className="jp-GpuDoctor-severity">
          {severityWord(finding.severity, trans)}
        </span>
        <Prose text={say(finding.title, trans)} />
      </h4>
      {why && (
        <p className="jp-GpuDoctor-why">
          <Prose text={why} />
        </p>
      )}
      {finding.evidence.length > 0 && <Evidence list={finding.evidence} />}
    </>
  );
}

/** What was read. A source of a table is long, so it is shown on demand. */
function Evidence(props: { list: readonly IEvidence[] }): JSX.Element {
  const { list } = props;
  const { trans } = usePanel();
  const fixes = useFixes();
  const sources = fixes?.sourcesAmong(list.flatMap(one => one.text.args)) ?? [];
  const texts = new Set(sources.map(one => one.text));
  return (
    <>
      <ul className="jp-GpuDoctor-evidence" aria-label={trans.__('Evidence')}>
        {list.map(({ text, path }, i) => (
          <li key={i} title={path}>
            {sayPlain(
              {
                ...text,
                args: text.args.map(one =>
                  texts.has(one) ? trans.__('see the source') : one
                )
              },
              trans
            )}
          </li>
        ))}
      </ul>
      <Sources sources={sources} />
    </>
  );
}

/** Commands that mend something, with what can be done with them. */
export function Fix(props: { fix: IFix }): JSX.Element {
  const { fix } = props;
  const { trans } = usePanel();
  return (
    <Commands
      lines={fix.commands}
      cell={fix.where === 'cell'}
      place={placeText(fix, trans)}
      notes={fix.note ? [fix.note] : []}
      restart={fix.restart}
      review={fix.safety === 'review'}
    />
  );
}

/** Commands for an environment with what was asked for in this one. */
function NewEnvironment(props: { facts: IFacts }): JSX.Element | null {
  const { facts } = props;
  const { trans } = usePanel();
  const fixes = useFixes();
  const made = React.useMemo(
    () => fixes?.environmentLike(facts) ?? null,
    [fixes, facts]
  );
  return (
    made && (
      <Commands
        lines={made.commands}
        cell={false}
        place={trans.__('In a terminal, for a new environment:')}
        notes={made.notes}
        restart={false}
        review={false}
      />
    )
  );
}

function placeText(fix: IFix, trans: TranslationBundle): string | null {
  switch (fix.where) {
    case 'cell':
      return null;
    case 'terminal':
      return trans.__('In a terminal:');
    case 'kernelspec':
      return trans.__('In the kernel.json of this kernel:');
  }
}

function Symptoms(props: { symptoms: readonly IFinding[] }): JSX.Element {
  const { symptoms } = props;
  const { trans } = usePanel();
  return (
    <details className="jp-GpuDoctor-symptoms">
      <summary>
        {trans._n('%1 consequence', '%1 consequences', symptoms.length)}
      </summary>
      <ul className="jp-GpuDoctor-plainList">
        {symptoms.map((one, i) => (
          <li key={i} data-rule={one.rule}>
            <Prose text={say(one.title, trans)} />
            <p className="jp-GpuDoctor-why">
              <Prose text={say(one.why, trans)} />
            </p>
            {one.symptoms.length > 0 && <Symptoms symptoms={one.symptoms} />}
          </li>
        ))}
      </ul>
    </details>
  );
}
