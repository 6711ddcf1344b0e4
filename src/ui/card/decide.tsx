/** The buttons of a question, and what need not be asked again. */
import * as React from 'react';
import type { IAskedRule, IAsking } from '../../guard/types';
import { Button } from '../button';
import { Prose } from '../prose';
import { say } from '../say';
import { useCard } from './context';
import { clockTime, seconds } from './words';

/** Properties of `Decide`. */
export interface IDecideProps {
  readonly state: IAsking;
  /** A safer way was looked for. */
  readonly searched: boolean;
}

/** The last line of a question. */
export function Decide(props: IDecideProps): JSX.Element {
  const { state, searched } = props;
  const { rules } = state;
  const { trans } = useCard();
  const [open, setOpen] = React.useState(false);
  const [checked, setChecked] = React.useState<ReadonlySet<string>>(new Set());
  const quiet = rules.map(one => one.id).filter(id => checked.has(id));
  return (
    <>
      <div className="jp-GpuDoctor-cardActions">
        <Buttons state={state} searched={searched} quiet={quiet} />
        <div className="jp-GpuDoctor-cardEnd">
          <Resolved state={state} />
          {rules.length > 0 && (
            <Button kind="link" expanded={open} onClick={() => setOpen(!open)}>
              {trans.__("Don't ask again")}
              <span aria-hidden="true">{open ? '▴' : '▾'}</span>
            </Button>
          )}
        </div>
      </div>
      {open && rules.length > 0 && (
        <Quiet rules={rules} checked={checked} onChange={setChecked} />
      )}
    </>
  );
}

/** Safest first. */
function Buttons(
  props: IDecideProps & { quiet: readonly string[] }
): JSX.Element {
  const { state, searched, quiet } = props;
  const { verdict, safer } = state;
  const { trans, actions } = useCard();
  const cancel = (kind?: 'primary', instead?: string) => (
    <Button key="cancel" kind={kind} onClick={() => actions.cancel()}>
      <Instead of={instead}>{trans.__('Cancel')}</Instead>
    </Button>
  );
  const anyway = (label: string, kind?: 'primary') => (
    <Button key="anyway" kind={kind} onClick={() => actions.anyway(quiet)}>
      {label}
    </Button>
  );
  if (verdict === 'ok') {
    return <>{[anyway(trans.__('Install'), 'primary'), cancel()]}</>;
  }
  const label = trans.__('Install anyway');
  const best = trans.__('Install the safer way');
  if (safer.kind === 'none' || (safer.kind === 'found' && !safer.applicable)) {
    return (
      <>{[cancel('primary', searched ? best : undefined), anyway(label)]}</>
    );
  }
  return (
    <>
      {[
        <Button
          key="safer"
          kind="primary"
          off={safer.kind === 'looking'}
          onClick={() => actions.safer()}
        >
          {best}
        </Button>,
        anyway(label),
        cancel()
      ]}
    </>
  );
}

/**
 * A label as wide as the one that stood there: who was about to press "Install the safer way"
 * must not hit "Install anyway" because the search ended.
 */
function Instead(props: { of?: string; children: string }): JSX.Element {
  return props.of === undefined ? (
    <>{props.children}</>
  ) : (
    <span className="jp-GpuDoctor-swap">
      <span data-shown="true">{props.children}</span>
      <span data-shown="false">{props.of}</span>
    </span>
  );
}

/** Where the answer comes from. */
function Resolved(props: { state: IAsking }): JSX.Element {
  const { planner, checkedAt } = props.state;
  const { trans } = useCard();
  const at = clockTime(checkedAt);
  if (planner === null) {
    return (
      <span
        className="jp-GpuDoctor-small"
        title={trans.__('Checked at %1', at)}
      >
        {trans.__('not resolved')}
      </span>
    );
  }
  return (
    <span className="jp-GpuDoctor-small" title={trans.__('Resolved at %1', at)}>
      {props.state.seconds === null
        ? trans.__('resolved by %1', planner)
        : trans.__(
            'resolved by %1 in %2',
            planner,
            seconds(props.state.seconds, trans)
          )}
    </span>
  );
}

/** The rules of this card, to be chosen from. */
function Quiet(props: {
  rules: readonly IAskedRule[];
  checked: ReadonlySet<string>;
  onChange: (checked: ReadonlySet<string>) => void;
}): JSX.Element {
  const { rules, checked, onChange } = props;
  const { trans } = useCard();
  const toggle = (id: string, on: boolean) => {
    const next = new Set(checked);
    if (on) {
      next.add(id);
    } else {
      next.delete(id);
    }
    onChange(next);
  };
  return (
    <fieldset className="jp-GpuDoctor-quiet">
      <legend>{trans.__("In this kernel, don't ask again about:")}</legend>
      {rules.map(({ id, title }) => (
        <label key={id}>
          <input
            type="checkbox"
            checked={checked.has(id)}
            onChange={event => toggle(id, event.target.checked)}
          />
          <span>
            <Prose text={say(title, trans)} />
          </span>
        </label>
      ))}
      <p className="jp-GpuDoctor-small">
        {trans.__('Takes effect with Install anyway.')}
      </p>
    </fieldset>
  );
}
