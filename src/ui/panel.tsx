/** The sidebar panel: a view of the check state, and the widget that holds it. */
import { ReactWidget } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { Message } from '@lumino/messaging';
import type { ISignal } from '@lumino/signaling';
import * as React from 'react';
import type { ICheckActions, ICheckResult, ICheckState } from '../check/state';
import type { IExplained } from '../explain/types';
import { PanelContext, usePanel, type ISectionStore } from './context';
import { ErrorBoundary } from './errorBoundary';
import { Header } from './header';
import { doctorIcon } from './icons';
import { GuardNotice, Notices, type IGuardState } from './notices';
import { sayPlain } from './say';
import { ExplainedError } from './sections/explained';
import { Findings, Ignored } from './sections/findings';
import { Frameworks } from './sections/frameworks';
import { Gpus } from './sections/gpus';
import { GpuTest } from './sections/gpuTest';
import { History } from './sections/history';
import { Libraries } from './sections/libraries';
import { Packages } from './sections/packages';
import { Problems } from './sections/problems';
import { Verdict, verdictAnnouncement } from './sections/verdict';

export type { ISectionStore } from './context';

/** Id of the panel's node. */
export const PANEL_ID = 'jp-gpu-doctor-panel';

/** The part of the explainer of errors that the panel shows. */
export interface IExplainerState {
  readonly explained: IExplained | null;
  dismiss(): void;
}

/** Properties of `PanelView`. */
export interface IPanelProps {
  readonly state: ICheckState;
  readonly actions: ICheckActions;
  readonly trans: TranslationBundle;
  readonly sections: ISectionStore;
  /** What the install guard sees; null when there is none. */
  readonly guard?: IGuardState | null;
  /** An error that was asked about, and how to put its explanation away. */
  readonly explainer?: IExplainerState | null;
  /** Whether the panel can be seen; true when not given. */
  readonly visible?: boolean;
}

/** The panel as a function of the state, apart from what is open and typed in it. */
export function PanelView(props: IPanelProps): JSX.Element {
  const { state, actions, trans, sections, guard, visible = true } = props;
  const { explainer = null } = props;
  const context = React.useMemo(
    () => ({ trans, actions, sections, visible }),
    [trans, actions, sections, visible]
  );
  const { phase, result } = state;
  const shown = phase === 'no-kernel' || phase === 'not-python' ? null : result;
  return (
    <PanelContext.Provider value={context}>
      <div className="jp-GpuDoctor-view" data-phase={phase}>
        <Guarded subject={state}>
          <Header
            state={shown === result ? state : { ...state, result: null }}
          />
        </Guarded>
        {explainer?.explained && (
          <Guarded subject={explainer.explained}>
            <ExplainedError
              explained={explainer.explained}
              state={state}
              onDismiss={() => explainer.dismiss()}
            />
          </Guarded>
        )}
        <Guarded subject={state}>
          <Notices state={state} />
          {guard && <GuardNotice guard={guard} state={state} />}
        </Guarded>
        {shown && <Answer result={shown} state={state} />}
        <Announcer state={state} trans={trans} />
      </div>
    </PanelContext.Provider>
  );
}

/** The answer, part by part: a crash in one leaves the others. */
function Answer(props: {
  result: ICheckResult;
  state: ICheckState;
}): JSX.Element {
  const { result, state } = props;
  return (
    <>
      {[
        <Verdict key="verdict" result={result} />,
        <Findings key="findings" result={result} />,
        <Frameworks key="frameworks" result={result} />,
        <GpuTest key="gpu-test" state={state} />,
        <Gpus key="gpus" result={result} />,
        <Libraries key="libraries" result={result} />,
        <Packages key="packages" result={result} />,
        <History key="history" history={state.history} />,
        <Ignored key="ignored" result={result} />,
        <Problems
          key="problems"
          result={result}
          open={state.phase === 'partial'}
        />
      ].map(part => (
        <Guarded
          key={part.key}
          subject={part.key === 'history' ? state.history : result}
        >
          {part}
        </Guarded>
      ))}
    </>
  );
}

function Guarded(props: {
  subject: unknown;
  children: React.ReactNode;
}): JSX.Element {
  const { trans } = usePanel();
  return (
    <ErrorBoundary trans={trans} subject={props.subject}>
      {props.children}
    </ErrorBoundary>
  );
}

/** Reads each new answer and each failure aloud, once; what was there before the panel is not news. */
function Announcer(props: {
  state: ICheckState;
  trans: TranslationBundle;
}): JSX.Element {
  const { result, failure } = props.state;
  const first = React.useRef(true);
  const [lines, setLines] = React.useState<readonly string[]>([]);
  const checkedAt = result?.checkedAt ?? null;
  React.useEffect(() => {
    if (!first.current && result) {
      setLines(verdictAnnouncement(result, props.trans));
    }
    // Only a new answer counts: ignoring a rule makes another object of the same one.
  }, [checkedAt]);
  React.useEffect(() => {
    if (!first.current && failure) {
      setLines([sayPlain(failure.message, props.trans)]);
    }
    first.current = false;
  }, [failure]);
  return (
    <div
      className="jp-GpuDoctor-srOnly jp-GpuDoctor-live"
      role="status"
      aria-live="polite"
    >
      {lines.map((line, i) => (
        <p key={i}>{line}</p>
      ))}
    </div>
  );
}

/** Where the panel gets its state from. */
export interface IPanelModel {
  readonly state: ICheckState;
  readonly stateChanged: ISignal<unknown, void>;
}

/** What a `DoctorPanel` needs. */
export interface IDoctorPanelOptions {
  readonly model: IPanelModel;
  readonly guard:
    (IGuardState & { readonly changed: ISignal<unknown, void> }) | null;
  readonly explainer:
    (IExplainerState & { readonly changed: ISignal<unknown, void> }) | null;
  readonly actions: ICheckActions;
  readonly trans: TranslationBundle;
  readonly sections: ISectionStore;
}

/** The widget for the side area. */
export class DoctorPanel extends ReactWidget {
  constructor(options: IDoctorPanelOptions) {
    super();
    this._options = options;
    const title = options.trans.__('GPU Doctor');
    this.id = PANEL_ID;
    this.addClass('jp-GpuDoctor');
    this.title.caption = title;
    this.title.icon = doctorIcon;
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', title);
    // The base class of widgets forgets this connection when it is disposed of.
    options.model.stateChanged.connect(this.update, this);
    options.guard?.changed.connect(this.update, this);
    options.explainer?.changed.connect(this.update, this);
  }

  protected render(): JSX.Element {
    const { model, guard, explainer, actions, trans, sections } = this._options;
    return (
      <PanelView
        state={model.state}
        actions={actions}
        trans={trans}
        sections={sections}
        guard={guard}
        explainer={explainer}
        visible={this._visible}
      />
    );
  }

  protected onAfterShow(msg: Message): void {
    super.onAfterShow(msg);
    this._see(true);
  }

  protected onAfterAttach(msg: Message): void {
    this._visible = this.isVisible;
    super.onAfterAttach(msg);
  }

  protected onBeforeHide(msg: Message): void {
    super.onBeforeHide(msg);
    this._see(false);
  }

  private _see(visible: boolean): void {
    this._visible = visible;
    this.update();
  }

  private readonly _options: IDoctorPanelOptions;
  private _visible = false;
}
