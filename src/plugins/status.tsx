import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ReactWidget } from '@jupyterlab/apputils';
import { IStatusBar } from '@jupyterlab/statusbar';
import {
  ITranslator,
  nullTranslator,
  type TranslationBundle
} from '@jupyterlab/translation';
import * as React from 'react';
import type { ICheckState } from '../check/state';
import { CommandIDs, IGpuDoctor, IInstallGuard, PluginIDs } from '../tokens';
import { doctorIcon, warningIcon } from '../ui/icons';

/** Two items in the status bar: the verdict on the kernel in front, and the installs that wait for a decision. */
export const statusPlugin: JupyterFrontEndPlugin<void> = {
  id: PluginIDs.status,
  description: 'Shows the verdict on the kernel in front in the status bar.',
  autoStart: true,
  requires: [IGpuDoctor],
  optional: [IStatusBar, ITranslator, IInstallGuard],
  activate: (
    app: JupyterFrontEnd,
    doctor: IGpuDoctor,
    statusBar: IStatusBar | null,
    translator: ITranslator | null,
    guard: IInstallGuard | null
  ): void => {
    if (!statusBar) {
      return;
    }
    const trans = (translator ?? nullTranslator).load('jupyterlab_gpu_doctor');
    const item = new StatusItem(doctor, trans, () => {
      void app.commands.execute(CommandIDs.showPanel);
    });
    statusBar.registerStatusItem(PluginIDs.status, {
      item,
      align: 'left',
      rank: 90,
      isActive: () => doctor.state.kernel !== null,
      activeStateChanged: doctor.stateChanged
    });
    if (guard) {
      statusBar.registerStatusItem(`${PluginIDs.guard}-waiting`, {
        item: new WaitingItem(guard, trans),
        align: 'left',
        rank: 91,
        isActive: () => guard.waiting > 0,
        activeStateChanged: guard.changed
      });
    }
  }
};

/** How many installs wait; a press leads to the first. */
class WaitingItem extends ReactWidget {
  constructor(
    private readonly _guard: IInstallGuard,
    private readonly _trans: TranslationBundle
  ) {
    super();
    this.addClass('jp-GpuDoctor-statusItem');
    _guard.changed.connect(() => this.update());
  }

  protected render(): React.ReactElement {
    const { waiting } = this._guard;
    return (
      <button
        type="button"
        className="jp-GpuDoctor-statusButton"
        data-verdict="warning"
        title={this._trans.__('Go to the cell that waits for a decision')}
        onClick={() => this._guard.revealWaiting()}
      >
        <warningIcon.react
          tag="span"
          aria-hidden="true"
          width="14px"
          height="14px"
        />
        <span>
          {this._trans._n('%1 install waits', '%1 installs wait', waiting)}
        </span>
      </button>
    );
  }
}

class StatusItem extends ReactWidget {
  constructor(
    private readonly _doctor: IGpuDoctor,
    private readonly _trans: TranslationBundle,
    private readonly _open: () => void
  ) {
    super();
    this.addClass('jp-GpuDoctor-statusItem');
    _doctor.stateChanged.connect(() => this.update());
  }

  protected render(): React.ReactElement {
    const { state } = this._doctor;
    const label = statusLabel(state, this._trans);
    const verdict = state.result?.summary.verdict ?? 'none';
    return (
      <button
        type="button"
        className="jp-GpuDoctor-statusButton"
        data-verdict={state.stale ? 'stale' : verdict}
        title={this._trans.__('Show GPU Doctor')}
        onClick={this._open}
      >
        <doctorIcon.react
          tag="span"
          aria-hidden="true"
          width="14px"
          height="14px"
        />
        <span>{label}</span>
      </button>
    );
  }
}

/** Words for the status bar: the verdict in a few words, never by colour alone. */
function statusLabel(state: ICheckState, trans: TranslationBundle): string {
  switch (state.phase) {
    case 'busy':
    case 'checking':
      return trans.__('GPU: checking…');
    case 'failed':
      return trans.__('GPU: check failed');
    case 'dead':
      return trans.__('GPU: kernel dead');
  }
  const { result } = state;
  if (!result) {
    return trans.__('GPU: not checked');
  }
  if (state.stale) {
    return trans.__('GPU: check again');
  }
  const count = (severity: string) =>
    result.findings.filter(one => one.severity === severity).length;
  const errors = count('error');
  const warnings = count('warning');
  if (errors > 0) {
    return trans._n('GPU: %1 error', 'GPU: %1 errors', errors);
  }
  if (warnings > 0) {
    return trans._n('GPU: %1 warning', 'GPU: %1 warnings', warnings);
  }
  return result.summary.frameworks.some(one => one.usable === 'yes')
    ? trans.__('GPU: OK')
    : trans.__('GPU: not used');
}
