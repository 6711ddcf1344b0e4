import {
  ILabShell,
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IConsoleTracker } from '@jupyterlab/console';
import { INotebookTracker } from '@jupyterlab/notebook';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { IStateDB } from '@jupyterlab/statedb';
import {
  ITranslator,
  nullTranslator,
  type TranslationBundle
} from '@jupyterlab/translation';
import type { ICheckActions } from '../check/state';
import { CommandIDs, IGpuDoctor, IInstallGuard, PluginIDs } from '../tokens';
import { doctorIcon } from '../ui/icons';
import { createActions } from './actions';
import { PanelHost } from './panelHost';
import { SectionStore } from './stores';

/** The panel in the sidebar, and the commands. */
export const panelPlugin: JupyterFrontEndPlugin<void> = {
  id: PluginIDs.panel,
  description: 'Shows what GPU environment the kernel in front has.',
  autoStart: true,
  requires: [IGpuDoctor],
  optional: [
    INotebookTracker,
    IConsoleTracker,
    ITranslator,
    ICommandPalette,
    ILayoutRestorer,
    ISettingRegistry,
    IStateDB,
    IRenderMimeRegistry,
    ILabShell,
    IInstallGuard
  ],
  activate: (
    app: JupyterFrontEnd,
    doctor: IGpuDoctor,
    notebooks: INotebookTracker | null,
    consoles: IConsoleTracker | null,
    translator: ITranslator | null,
    palette: ICommandPalette | null,
    restorer: ILayoutRestorer | null,
    settings: ISettingRegistry | null,
    state: IStateDB | null,
    rendermime: IRenderMimeRegistry | null,
    labShell: ILabShell | null,
    guard: IInstallGuard | null
  ): void => {
    // Pages without notebooks and consoles (Notebook 7's file list) have no use for the panel.
    if (!notebooks && !consoles) {
      return;
    }
    const trans = (translator ?? nullTranslator).load('jupyterlab_gpu_doctor');
    const actions = createActions({
      doctor,
      notebooks,
      consoles,
      rendermime,
      trans
    });
    const panel = new PanelHost({
      doctor,
      guard,
      actions,
      trans,
      sections: new SectionStore(state)
    });
    if (labShell) {
      app.shell.add(panel, 'left', { rank: 800 });
      restorer?.add(panel, panel.id);
    } else {
      // Notebook 7 has pages without notebooks, such as the file list: there is nothing to check there.
      const place = () => {
        if (!panel.isAttached) {
          app.shell.add(panel, 'right', { rank: 800 });
        }
      };
      for (const tracker of [notebooks, consoles]) {
        tracker?.forEach(place);
        tracker?.widgetAdded.connect(place);
      }
    }

    let checkOnOpen = false;
    settings?.load(PluginIDs.panel).then(
      loaded => {
        const read = () => {
          checkOnOpen = loaded.get('checkOnOpen').composite === true;
        };
        loaded.changed.connect(read);
        read();
      },
      () => undefined
    );
    panel.opened.connect(() => {
      if (checkOnOpen && doctor.state.phase === 'unchecked') {
        void doctor.check();
      }
    });

    addCommands(app, panel, doctor, actions, trans);
    const category = trans.__('GPU Doctor');
    for (const command of Object.values(CommandIDs)) {
      palette?.addItem({ command, category });
    }
  }
};

function addCommands(
  app: JupyterFrontEnd,
  panel: PanelHost,
  doctor: IGpuDoctor,
  actions: ICheckActions,
  trans: TranslationBundle
): void {
  const show = () => app.shell.activateById(panel.id);
  const hasKernel = () =>
    !['no-kernel', 'not-python'].includes(doctor.state.phase);
  const hasResult = () => doctor.state.result !== null;
  const describedBy = { args: { type: 'object', properties: {} } } as const;
  const { commands } = app;

  commands.addCommand(CommandIDs.check, {
    label: trans.__('Check GPU env'),
    caption: trans.__('Check whether this kernel can use the GPU'),
    icon: doctorIcon,
    isEnabled: hasKernel,
    describedBy,
    execute: async () => {
      show();
      await doctor.check();
    }
  });
  commands.addCommand(CommandIDs.checkSeparately, {
    label: trans.__('Check GPU env in a separate kernel'),
    caption: trans.__(
      'Start a kernel of the same kind, check there, and shut it down'
    ),
    isEnabled: hasKernel,
    describedBy,
    execute: async () => {
      show();
      await doctor.checkSeparately();
    }
  });
  commands.addCommand(CommandIDs.showPanel, {
    label: trans.__('Show GPU Doctor'),
    describedBy,
    execute: show
  });
  commands.addCommand(CommandIDs.copyReport, {
    label: trans.__('Copy GPU environment report'),
    isEnabled: hasResult,
    describedBy,
    execute: () => actions.copyReport()
  });
  commands.addCommand(CommandIDs.saveFacts, {
    label: trans.__('Save GPU environment facts'),
    isEnabled: hasResult,
    describedBy,
    execute: () => actions.saveFacts()
  });
  doctor.stateChanged.connect(() => {
    for (const command of Object.values(CommandIDs)) {
      commands.notifyCommandChanged(command);
    }
  });
}
