/** The error that the user asked about: what it means, what was read, what mends it. */
import * as React from 'react';
import type { ICheckState } from '../../check/state';
import type { IExplained, IMatch } from '../../explain/types';
import { ToneIcon, severityWord } from '../badges';
import { Button } from '../button';
import { usePanel } from '../context';
import { Fix } from '../findingCard';
import { Prose } from '../prose';
import { say, sayPlain } from '../say';
import { Section } from '../section';

/** Properties of `ExplainedError`. */
export interface IExplainedErrorProps {
  readonly explained: IExplained;
  readonly state: ICheckState;
  readonly onDismiss: () => void;
}

/** At the top of the panel, for the kernel that raised the error; nothing for others. */
export function ExplainedError(
  props: IExplainedErrorProps
): JSX.Element | null {
  const { explained, state, onDismiss } = props;
  const { trans, visible } = usePanel();
  const root = React.useRef<HTMLDivElement>(null);
  const shown = state.kernel?.id === explained.kernelId;
  React.useEffect(() => {
    // Who pressed "Explain" goes on here.
    if (shown && visible) {
      root.current
        ?.querySelector<HTMLElement>('.jp-GpuDoctor-sectionToggle')
        ?.focus();
    }
  }, [explained.asked, shown && visible]);
  if (!shown) {
    return null;
  }
  const [first, ...others] = explained.matches;
  return (
    <div ref={root} data-explained={first.signature}>
      <Section id="explained" title={trans.__('Error explained')} open={true}>
        <ul className="jp-GpuDoctor-findings">
          <Explanation match={first} />
        </ul>
        {others.length > 0 && (
          <details className="jp-GpuDoctor-notes">
            <summary>
              {trans._n(
                '%1 more explanation',
                '%1 more explanations',
                others.length
              )}
            </summary>
            <ul className="jp-GpuDoctor-findings">
              {others.map(match => (
                <Explanation key={match.signature} match={match} />
              ))}
            </ul>
          </details>
        )}
        <Basis explained={explained} state={state} />
        <div className="jp-GpuDoctor-actions jp-GpuDoctor-explainedEnd">
          <Button kind="link" onClick={onDismiss}>
            {trans.__('Dismiss')}
          </Button>
        </div>
      </Section>
    </div>
  );
}

function Explanation(props: { match: IMatch }): JSX.Element {
  const { match } = props;
  const { trans, actions } = usePanel();
  const { finding } = match;
  const show = (event: React.MouseEvent<HTMLElement>) => {
    const rule = finding?.rule ?? '';
    const found = [
      ...(event.currentTarget
        .closest('.jp-GpuDoctor-view')
        ?.querySelectorAll<HTMLElement>('.jp-GpuDoctor-finding') ?? [])
    ].find(one => one.dataset.rule === rule);
    found?.scrollIntoView({ block: 'nearest' });
    found?.querySelector('button')?.focus();
  };
  return (
    <li
      className="jp-GpuDoctor-finding"
      data-tone="error"
      data-signature={match.signature}
    >
      <ToneIcon tone="error" />
      <div className="jp-GpuDoctor-findingText">
        <h4>
          <span className="jp-GpuDoctor-severity">
            {severityWord('error', trans)}
          </span>
          <Prose text={say(match.title, trans)} />
        </h4>
        <p className="jp-GpuDoctor-why">
          <Prose text={say(match.why, trans)} />
        </p>
        {match.evidence.length > 0 && (
          <ul
            className="jp-GpuDoctor-evidence"
            aria-label={trans.__('Evidence')}
          >
            {match.evidence.map((one, i) => (
              <li key={i} title={one.path}>
                {sayPlain(one.text, trans)}
              </li>
            ))}
          </ul>
        )}
        {finding && (
          <p className="jp-GpuDoctor-why">
            {trans.__('Cause here:')} <Prose text={say(finding.title, trans)} />
          </p>
        )}
        {match.fix && <Fix fix={match.fix} />}
        {finding && (
          <div className="jp-GpuDoctor-actions">
            <Button kind="link" onClick={show}>
              {trans.__('Go to finding')}
            </Button>
            <Button kind="link" onClick={() => actions.openRule(finding.rule)}>
              {trans.__('Learn more')}
            </Button>
          </div>
        )}
      </div>
    </li>
  );
}

/** On what it rests, where that is not the facts. */
function Basis(props: {
  explained: IExplained;
  state: ICheckState;
}): JSX.Element | null {
  const { explained, state } = props;
  const { trans, actions } = usePanel();
  if (state.progress) {
    return (
      <p className="jp-GpuDoctor-small jp-GpuDoctor-group">
        {trans.__('The environment is being read…')}
      </p>
    );
  }
  return explained.withFacts ? null : (
    <div className="jp-GpuDoctor-group">
      <p className="jp-GpuDoctor-small">
        {trans.__('By its words alone: the environment has not been read.')}
      </p>
      <div className="jp-GpuDoctor-actions">
        <Button onClick={() => actions.check()}>
          {trans.__('Check GPU env')}
        </Button>
      </div>
    </div>
  );
}
