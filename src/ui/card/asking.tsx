/** The card when a decision is needed. */
import * as React from 'react';
import type { IAsking } from '../../guard/types';
import { Prose } from '../prose';
import { say } from '../say';
import { Changes } from './changes';
import { useCard } from './context';
import { Decide } from './decide';
import { FetchUv, Heading } from './parts';
import { Risks } from './risks';
import { Safer, useSearched } from './safer';
import { download, riskTone, riskWord, verdictSeverity } from './words';

/** What would happen, why that is bad, what would be better, and the buttons. */
export function Asking(props: { state: IAsking }): JSX.Element {
  const { state } = props;
  const { verdict, title, risks, notes, rows, planner, unplanned } = state;
  const { trans } = useCard();
  const searched = useSearched(state.safer);
  const severity = verdictSeverity(verdict);
  return (
    <>
      <Heading
        tone={riskTone(severity)}
        word={riskWord(severity, trans)}
        side={planner !== null && <Size state={state} />}
      >
        <Prose text={say(title, trans)} />
      </Heading>
      <div className="jp-GpuDoctor-cardBody">
        <Risks risks={risks} />
        {unplanned && (
          <p className="jp-GpuDoctor-small" data-line="unplanned">
            {trans.__('No resolver answered; judged by the command alone.')}{' '}
            <Prose text={say(unplanned, trans)} />
          </p>
        )}
        {notes.length > 0 && (
          <ul className="jp-GpuDoctor-cardNotes">
            {notes.map((note, i) => (
              <li key={i}>
                <Prose text={say(note, trans)} />
              </li>
            ))}
          </ul>
        )}
        <Changes rows={rows} planned={planner !== null} />
        {verdict !== 'ok' && (
          <Safer safer={state.safer} planner={planner} searched={searched} />
        )}
      </div>
      {state.canFetchUv && <FetchUv />}
      <Decide state={state} searched={searched} />
    </>
  );
}

/** How much would change. */
function Size(props: { state: IAsking }): JSX.Element {
  const { rows, bytes } = props.state;
  const { trans } = useCard();
  return (
    <ul className="jp-GpuDoctor-cardFact jp-GpuDoctor-inlineList">
      <li>{trans._n('%1 package', '%1 packages', rows.length)}</li>
      {bytes !== null && <li>{download(bytes, trans)}</li>}
    </ul>
  );
}
