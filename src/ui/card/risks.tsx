/** What speaks against an install. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { brief } from '../../compat/look';
import type { IRisk } from '../../rules/install/types';
import { ToneIcon } from '../badges';
import { Button } from '../button';
import { Prose } from '../prose';
import { say, sayPlain } from '../say';
import { useCard } from './context';
import { SrOnly } from './parts';
import { riskTone, riskWord } from './words';

/** Reasons of the risk that the heading names, then the other risks. */
export function Risks(props: { risks: readonly IRisk[] }): JSX.Element | null {
  const [worst, ...others] = props.risks;
  const { trans } = useCard();
  return worst ? (
    <>
      <div className="jp-GpuDoctor-worst" data-rule={worst.rule}>
        <Why risk={worst} />
        {worst.evidence.length > 0 && (
          <ul
            className="jp-GpuDoctor-evidence"
            aria-label={trans.__('Evidence')}
          >
            {worst.evidence.map((one, i) => (
              <li key={i} title={one.path}>
                {sayPlain(
                  { ...one.text, args: one.text.args.map(brief) },
                  trans
                )}
              </li>
            ))}
          </ul>
        )}
        <Symptoms risks={worst.symptoms} />
      </div>
      {others.length > 0 && (
        <ul className="jp-GpuDoctor-risks">
          {others.map((risk, i) => (
            <Risk key={i} risk={risk} trans={trans} />
          ))}
        </ul>
      )}
    </>
  ) : null;
}

function Risk(props: { risk: IRisk; trans: TranslationBundle }): JSX.Element {
  const { risk, trans } = props;
  const tone = riskTone(risk.severity);
  return (
    <li data-tone={tone} data-rule={risk.rule}>
      <ToneIcon tone={tone} />
      <div>
        <p className="jp-GpuDoctor-riskTitle">
          <SrOnly>{`${riskWord(risk.severity, trans)}: `}</SrOnly>
          <Prose text={say(risk.title, trans)} />
        </p>
        <Why risk={risk} />
        <Symptoms risks={risk.symptoms} />
      </div>
    </li>
  );
}

/** The reason and a way to the whole story. */
function Why(props: { risk: IRisk }): JSX.Element {
  const { risk } = props;
  const { trans, actions } = useCard();
  return (
    <p className="jp-GpuDoctor-why">
      <Prose text={say(risk.why, trans)} />{' '}
      <Button
        kind="link"
        label={trans.__('Learn more: %1', sayPlain(risk.title, trans))}
        onClick={() => actions.openRule(risk.rule)}
      >
        {trans.__('Learn more')}
      </Button>
    </p>
  );
}

function Symptoms(props: { risks: readonly IRisk[] }): JSX.Element | null {
  const { risks } = props;
  const { trans } = useCard();
  return risks.length > 0 ? (
    <details className="jp-GpuDoctor-symptoms">
      <summary>
        {trans._n('%1 consequence', '%1 consequences', risks.length)}
      </summary>
      <ul>
        {risks.map((one, i) => (
          <li key={i} data-rule={one.rule}>
            <Prose text={say(one.title, trans)} />
            <p className="jp-GpuDoctor-why">
              <Prose text={say(one.why, trans)} />
            </p>
            <Symptoms risks={one.symptoms} />
          </li>
        ))}
      </ul>
    </details>
  ) : null;
}
