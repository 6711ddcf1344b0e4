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
import type { ExportKind } from '../report/export';
import {
  CommandIDs,
  IErrorExplainer,
  IGpuDoctor,
  IInstallGuard,
  PluginIDs
} from '../tokens';
import { doctorIcon } from '../ui/icons';
import { createActions } from './actions';
import type { Exporter } from './exporter';
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
    IInstallGuard,
    IErrorExplainer
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
    guard: IInstallGuard | null,
    explainer: IErrorExplainer | null
  ): void => {
    // Pages without notebooks and consoles (Notebook 7's file list) have no use for the panel.
    if (!notebooks && !consoles) {
      return;
    }
    const trans = (translator ?? nullTranslator).load('jupyterlab_gpu_doctor');
    const loadExporter = async () =>
      new (await import('./exporter')).Exporter({
        doctor,
        notebooks,
        consoles,
        contents: app.serviceManager.contents,
        open: path => void app.commands.execute('docmanager:open', { path }),
        trans
      });
    const exporter: Pick<Exporter, 'ask' | 'write'> = {
      ask: async () => (await loadExporter()).ask(),
      write: async (...args) => (await loadExporter()).write(...args)
    };
    const actions = createActions({
      doctor,
      exporter,
      notebooks,
      consoles,
      rendermime,
      trans,
      restartKernel: () => void app.commands.execute('kernelmenu:restart')
    });
    const panel = new PanelHost({
      doctor,
      guard,
      explainer,
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
    addExports(app, doctor, exporter, trans);
    const category = trans.__('GPU Doctor');
    for (const command of Object.values(CommandIDs)) {
      palette?.addItem({ command, category });
    }
  }
};

/** One command that asks, and one for each kind of file. */
function addExports(
  { commands }: JupyterFrontEnd,
  doctor: IGpuDoctor,
  exporter: Pick<Exporter, 'ask' | 'write'>,
  trans: TranslationBundle
): void {
  const isEnabled = () => doctor.state.result !== null;
  commands.addCommand(CommandIDs.exportEnvironment, {
    label: trans.__('Export environment…'),
    caption: trans.__('Take this environment along in a file'),
    isEnabled,
    describedBy: { args: { type: 'object', properties: {} } },
    execute: () => exporter.ask()
  });
  const kinds: readonly [string, ExportKind, string][] = [
    [
      CommandIDs.exportEnvironmentYml,
      'environment.yml',
      trans.__('Export environment.yml')
    ],
    [
      CommandIDs.exportRequirements,
      'requirements',
      trans.__('Export requirements.txt')
    ],
    [
      CommandIDs.exportConstraints,
      'constraints',
      trans.__('Export constraints.txt')
    ],
    [CommandIDs.exportNotes, 'notes', trans.__('Export requirements-notes.md')],
    [
      CommandIDs.exportRecreate,
      'recreate',
      trans.__('Export commands that make this environment again')
    ],
    [
      CommandIDs.exportVenv,
      'venv',
      trans.__('Export commands for a virtual environment like this one')
    ]
  ];
  for (const [id, kind, label] of kinds) {
    commands.addCommand(id, {
      label,
      isEnabled,
      describedBy: {
        args: {
          type: 'object',
          properties: {
            everything: {
              type: 'boolean',
              description: trans.__(
                'Every package, not only what was asked for'
              )
            },
            builds: {
              type: 'boolean',
              description: trans.__('With build strings of conda')
            },
            download: {
              type: 'boolean',
              description: trans.__(
                'Download it instead of saving it next to the notebook'
              )
            }
          }
        }
      },
      execute: args =>
        exporter.write(
          kind,
          {
            scope: args.everything === true ? 'everything' : 'asked',
            builds: args.builds === true
          },
          args.download === true ? 'download' : 'document'
        )
    });
  }
}

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
  commands.addCommand(CommandIDs.runGpuTest, {
    label: trans.__('Run GPU test'),
    caption: trans.__(
      'Import the frameworks in processes of their own and compute on the GPU'
    ),
    isEnabled: hasKernel,
    describedBy,
    execute: async () => {
      show();
      await doctor.runGpuTest();
    }
  });
  commands.addCommand(CommandIDs.showPanel, {
    label: trans.__('Show GPU Doctor'),
    describedBy,
    execute: show
  });
  commands.addCommand(CommandIDs.showHistory, {
    label: trans.__('Show history of installs'),
    isEnabled: hasKernel,
    describedBy,
    execute: async () => {
      show();
      if (!doctor.state.history) {
        await doctor.check();
      }
      const { revealSection } = await import('../ui/section');
      // It is drawn once the history has been read.
      for (let i = 0; i < 40 && !revealSection(panel.node, 'history'); i++) {
        await new Promise(resolve => setTimeout(resolve, 50));
      }
    }
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
  // Every cell changes the state twice, and JupyterLab looks through its menus and toolbars each time that it is told.
  let told = '';
  doctor.stateChanged.connect(() => {
    const now = `${hasKernel()} ${hasResult()}`;
    if (now !== told) {
      told = now;
      for (const command of Object.values(CommandIDs)) {
        commands.notifyCommandChanged(command);
      }
    }
  });
}
