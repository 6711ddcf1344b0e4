/** One finding: what is wrong, what was read, why it matters, the exact fix. */
import { addIcon, copyIcon } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { IFinding, IFix } from '../rules/types';
import { Badge, ToneIcon, severityWord } from './badges';
import { AnsweringButton, Button } from './button';
import { usePanel } from './context';
import { Prose } from './prose';
import { say, sayPlain } from './say';
import { focusSection } from './section';

/** Properties of `FindingCard`. */
export interface IFindingCardProps {
  readonly finding: IFinding;
  /** Whether the fix is shown from the start. */
  readonly open: boolean;
}

/** A finding with its actions. */
export function FindingCard(props: IFindingCardProps): JSX.Element {
  const { finding } = props;
  const { trans, actions } = usePanel();
  const [open, setOpen] = React.useState(props.open);
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
        {finding.symptoms.length > 0 && (
          <Symptoms symptoms={finding.symptoms} />
        )}
        <div className="jp-GpuDoctor-actions">
          {finding.fix && !props.open && (
            <Button expanded={open} onClick={() => setOpen(!open)}>
              {open ? trans.__('Hide fix') : trans.__('Show fix')}
            </Button>
          )}
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
      {finding.evidence.length > 0 && (
        <ul className="jp-GpuDoctor-evidence" aria-label={trans.__('Evidence')}>
          {finding.evidence.map((one, i) => (
            <li key={i} title={one.path}>
              {sayPlain(one.text, trans)}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Fix(props: { fix: IFix }): JSX.Element {
  const { fix } = props;
  const { trans, actions } = usePanel();
  const source = fix.commands.join('\n');
  const place = placeText(fix, trans);
  return (
    <div className="jp-GpuDoctor-fix">
      {place && <p className="jp-GpuDoctor-small">{place}</p>}
      {source && <pre className="jp-GpuDoctor-code">{source}</pre>}
      {fix.note && (
        <p className="jp-GpuDoctor-small">
          <Prose text={say(fix.note, trans)} />
        </p>
      )}
      <div className="jp-GpuDoctor-actions">
        {source && fix.where === 'cell' && (
          <AnsweringButton
            label={trans.__('Insert as cell')}
            done={trans.__('Inserted')}
            failed={trans.__('No notebook')}
            icon={addIcon}
            act={() => actions.insertCell(source)}
          />
        )}
        {source && (
          <AnsweringButton
            label={trans.__('Copy')}
            done={trans.__('Copied')}
            failed={trans.__('Failed')}
            icon={copyIcon}
            act={() => actions.copy(source)}
          />
        )}
        {fix.safety === 'review' && (
          <Badge
            tone="warning"
            title={trans.__('It changes more than what is broken')}
          >
            {trans.__('review first')}
          </Badge>
        )}
        {fix.restart && <Badge>{trans.__('restart needed')}</Badge>}
      </div>
    </div>
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
