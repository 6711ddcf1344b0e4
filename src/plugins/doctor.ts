import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { IConsoleTracker } from '@jupyterlab/console';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { IStateDB } from '@jupyterlab/statedb';
import { Checker } from '../kernel/checker';
import { follow } from '../kernel/tracker';
import { IGpuDoctor, IRuleRegistry, PluginIDs } from '../tokens';
import { IgnoreStore } from './stores';

/** Seconds to wait for an answer when the settings say nothing. */
const DEFAULT_TIMEOUT = 20;

/** Seconds for the GPU test of a framework when the settings say nothing. */
const DEFAULT_TEST_LIMIT = 120;

/** Provides the checker of the kernel in front. */
export const doctorPlugin: JupyterFrontEndPlugin<IGpuDoctor> = {
  id: PluginIDs.doctor,
  description: 'Checks whether the kernel in front can use the GPU.',
  autoStart: true,
  provides: IGpuDoctor,
  requires: [IRuleRegistry],
  optional: [INotebookTracker, IConsoleTracker, ISettingRegistry, IStateDB],
  activate: (
    app: JupyterFrontEnd,
    rules: IRuleRegistry,
    notebooks: INotebookTracker | null,
    consoles: IConsoleTracker | null,
    settings: ISettingRegistry | null,
    state: IStateDB | null
  ): IGpuDoctor => {
    let timeout = DEFAULT_TIMEOUT;
    let testLimit = DEFAULT_TEST_LIMIT;
    let showsHistory = true;
    const checker = new Checker({
      starter: app.serviceManager.kernels,
      ignore: new IgnoreStore(state),
      extraRules: () => rules.added,
      timeout: () => timeout * 1000,
      testLimit: () => testLimit,
      showsHistory: () => showsHistory,
      loadCore: () => import('../kernel/core')
    });
    follow(checker, notebooks, consoles);
    settings?.load(PluginIDs.panel).then(
      loaded => {
        const read = () => {
          timeout = (loaded.get('timeout').composite as number) ?? timeout;
          testLimit =
            (loaded.get('testLimit').composite as number) ?? testLimit;
          showsHistory = loaded.get('history').composite !== false;
        };
        loaded.changed.connect(read);
        read();
      },
      // Without settings the defaults hold.
      () => undefined
    );
    return checker;
  }
};
