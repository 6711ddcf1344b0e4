import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { IConsoleTracker, type ConsolePanel } from '@jupyterlab/console';
import { INotebookTracker, NotebookActions } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { CommandIDs, IErrorExplainer, IGpuDoctor, PluginIDs } from '../tokens';
import { ErrorLines } from './errorLines';
import { Explainer } from './explainer';

/** Offers to explain known errors of cells. */
export const explainPlugin: JupyterFrontEndPlugin<IErrorExplainer> = {
  id: PluginIDs.explain,
  description: 'Explains errors whose cause lies in the environment.',
  autoStart: true,
  provides: IErrorExplainer,
  requires: [IGpuDoctor],
  optional: [INotebookTracker, IConsoleTracker, ISettingRegistry, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    doctor: IGpuDoctor,
    notebooks: INotebookTracker | null,
    consoles: IConsoleTracker | null,
    registry: ISettingRegistry | null,
    translator: ITranslator | null
  ): IErrorExplainer => {
    const trans = (translator ?? nullTranslator).load('jupyterlab_gpu_doctor');
    const explainer = new Explainer({
      doctor,
      load: () => import('../explain/core')
    });
    const lines = new ErrorLines({
      trans,
      known: (text, kernelId) => explainer.known(text, kernelId),
      explain: (text, kernelId) => {
        void app.commands.execute(CommandIDs.showPanel);
        void explainer.explain(text, kernelId);
      }
    });
    let enabled = true;
    NotebookActions.executionScheduled.connect((_, { cell }) =>
      lines.clear(cell)
    );
    NotebookActions.executed.connect((_, { notebook, cell, success }) => {
      if (!success && enabled) {
        const panel = notebooks?.find(one => one.content === notebook);
        const kernel = panel?.sessionContext.session?.kernel;
        void lines.failed(cell, kernel?.id);
      }
    });
    const watch = ({ console: code, sessionContext }: ConsolePanel) => {
      code.executed.connect(() => {
        const cell = code.cells.get(code.cells.length - 1);
        if (cell && enabled) {
          void lines.failed(cell, sessionContext.session?.kernel?.id);
        }
      });
    };
    consoles?.forEach(watch);
    consoles?.widgetAdded.connect((_, panel) => watch(panel));
    registry?.load(PluginIDs.explain).then(
      loaded => {
        const read = () => {
          enabled = loaded.get('enabled').composite !== false;
        };
        loaded.changed.connect(read);
        read();
      },
      // Without settings the defaults hold.
      () => undefined
    );
    return explainer;
  }
};
