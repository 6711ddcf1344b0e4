/** The fixes of several findings as one cell. */
import * as React from 'react';
import type { ICheckResult } from '../../check/state';
import type { ILeftOut } from '../../fixes/plan';
import { Button } from '../button';
import { Commands } from '../commands';
import { usePanel } from '../context';
import { useFixes } from '../fixes';
import { Prose } from '../prose';
import { say } from '../say';

/** A button that shows them; nothing where there are less than two to join. Notes are no faults and are left alone. */
export function FixAll(props: { result: ICheckResult }): JSX.Element | null {
  const { facts, findings } = props.result;
  const { trans } = usePanel();
  const fixes = useFixes();
  const [open, setOpen] = React.useState(false);
  const plan = React.useMemo(
    () =>
      fixes?.fixAll(
        facts,
        findings.filter(one => one.severity !== 'info')
      ) ?? null,
    [fixes, facts, findings]
  );
  if (!plan || plan.findings.length < 2) {
    return null;
  }
  const { elsewhere } = plan;
  return (
    <div className="jp-GpuDoctor-fixAll">
      <div className="jp-GpuDoctor-actions">
        <Button expanded={open} onClick={() => setOpen(!open)}>
          {trans._n(
            'Fix all (%1 finding)',
            'Fix all (%1 findings)',
            plan.findings.length
          )}
        </Button>
      </div>
      {open && (
        <Commands
          lines={plan.commands}
          cell={true}
          notes={[]}
          restart={plan.restart}
          review={plan.safety === 'review'}
        >
          {plan.leftOut.map((one, i) => (
            <LeftOut key={i} one={one} />
          ))}
          {elsewhere.length > 0 && (
            <p className="jp-GpuDoctor-small">
              {trans._n(
                '%1 more fix belongs in a terminal or in kernel.json: its finding shows it.',
                '%1 more fixes belong in a terminal or in kernel.json: their findings show them.',
                elsewhere.length
              )}
            </p>
          )}
        </Commands>
      )}
    </div>
  );
}

function LeftOut(props: { one: ILeftOut }): JSX.Element {
  const { finding, other, subject } = props.one;
  const { trans } = usePanel();
  return (
    <p className="jp-GpuDoctor-small">
      <Prose
        text={trans.__(
          'Left out: “%1”. Its fix and that of “%2” differ on %3.',
          say(finding.title, trans),
          say(other.title, trans),
          subject
        )}
      />
    </p>
  );
}
