import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import type { ISessionContext } from '@jupyterlab/apputils';
import { CodeCell } from '@jupyterlab/cells';
import { IConsoleTracker } from '@jupyterlab/console';
import {
  INotebookCellExecutor,
  INotebookTracker,
  NotebookActions,
  runCell,
  type NotebookPanel
} from '@jupyterlab/notebook';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { Signal } from '@lumino/signaling';
import type { Widget } from '@lumino/widgets';
import { attach } from '../gate/attach';
import { Lifecycle } from '../gate/lifecycle';
import { Aftermath } from '../guard/aftermath';
import { Guard } from '../guard/guard';
import { isInstall } from '../guard/installs';
import { DEFAULT_SETTINGS, readSettings } from '../guard/settings';
import {
  CommandIDs,
  IGpuDoctor,
  IInstallGuard,
  IRuleRegistry,
  PluginIDs
} from '../tokens';
import { copyText, showRule } from './actions';
import { Cards } from './guardCards';

/**
 * Looks at installs before they run. It must not provide what notebooks are made of, nor require their tracker in the place
 * of the executor: either would keep JupyterLab from starting.
 */
export const guardPlugin: JupyterFrontEndPlugin<IInstallGuard> = {
  id: PluginIDs.guard,
  description: 'Warns before a cell changes the environment of its kernel.',
  autoStart: true,
  provides: IInstallGuard,
  requires: [IRuleRegistry],
  optional: [
    IGpuDoctor,
    INotebookCellExecutor,
    INotebookTracker,
    IConsoleTracker,
    ISettingRegistry,
    IRenderMimeRegistry,
    ITranslator
  ],
  activate: (
    app: JupyterFrontEnd,
    rules: IRuleRegistry,
    doctor: IGpuDoctor | null,
    executor: INotebookCellExecutor | null,
    notebooks: INotebookTracker | null,
    consoles: IConsoleTracker | null,
    registry: ISettingRegistry | null,
    rendermime: IRenderMimeRegistry | null,
    translator: ITranslator | null
  ): IInstallGuard => {
    const trans = (translator ?? nullTranslator).load('jupyterlab_gpu_doctor');
    let settings = DEFAULT_SETTINGS;
    const find = (cell: CodeCell): NotebookPanel | undefined =>
      notebooks?.find(panel => panel.content.widgets.includes(cell));
    const reveal = (cell: CodeCell): void => {
      const panel = find(cell);
      if (panel) {
        app.shell.activateById(panel.id);
        panel.content.activeCellIndex = panel.content.widgets.indexOf(cell);
        void panel.content.scrollToCell(cell);
      } else {
        cell.node.scrollIntoView({ block: 'nearest' });
      }
    };
    const cards = new Cards({
      trans,
      inDialog: () => settings.place === 'dialog',
      reveal,
      titleOf: cell => find(cell)?.title.label ?? trans.__('a notebook')
    });
    const guard = new Guard({
      settings: () => settings,
      loadCore: () => import('../kernel/core'),
      extraRules: () => rules.added,
      show: (cell, model) => cards.show(cell, model),
      copy: text => copyText(text, trans),
      openRule: rule => void showRule(rule, rendermime, trans),
      check: () => {
        if (doctor) {
          void app.commands.execute(CommandIDs.check);
        }
      },
      aftermath:
        doctor &&
        new Aftermath({
          keeper: doctor.history,
          loadCore: () => import('../kernel/core'),
          extraRules: () => rules.added
        }),
      pathOf: cell => find(cell)?.context.path ?? null,
      restart: cell => {
        const panel = find(cell);
        if (panel) {
          app.shell.activateById(panel.id);
        }
        void app.commands.execute('kernelmenu:restart');
      },
      openHistory: () => {
        if (doctor) {
          void app.commands.execute(CommandIDs.showHistory);
        }
      }
    });
    const lifecycle = new Lifecycle({
      gate: guard.gate,
      commands: app.commands,
      contextOf: command =>
        contextOf(
          command.startsWith('notebook:')
            ? notebooks?.currentWidget
            : command.startsWith('console:')
              ? consoles?.currentWidget
              : app.shell.currentWidget
        )
    });
    const { coverage } = attach({
      gate: guard.gate,
      executor,
      codeCell: CodeCell,
      coreRunCell: runCell,
      executed: NotebookActions.executed,
      isInstall,
      enabled: () => settings.enabled,
      onHeld: item => lifecycle.watch(item.context, item.kernel.id),
      // An error of ours must be seen by whoever looks for it, and by nobody else.
      warn: (message, error) => console.warn(message, error)
    });
    NotebookActions.executionScheduled.connect((_, { cell }) =>
      guard.started(cell as CodeCell)
    );
    // A shared document would keep the mark of a cell that waits for a page that is gone.
    window.addEventListener('pagehide', () => guard.cancelAll());

    const owner = {};
    const changed = new Signal<object, void>(owner);
    let waiting = 0;
    guard.gate.onChange(() => {
      if (guard.asking.length !== waiting) {
        waiting = guard.asking.length;
        changed.emit();
      }
    });
    registry?.load(PluginIDs.guard).then(
      loaded => {
        const read = () => {
          settings = readSettings(loaded.composite as Record<string, unknown>);
          changed.emit();
        };
        loaded.changed.connect(read);
        read();
      },
      // Without settings the defaults hold.
      () => undefined
    );
    return {
      coverage,
      changed,
      get enabled() {
        return settings.enabled;
      },
      get waiting() {
        return waiting;
      },
      revealWaiting: () => {
        const [first] = guard.asking;
        if (first) {
          reveal(first.cell);
        }
      }
    };
  }
};

/** The session of a notebook or console. */
function contextOf(widget: Widget | null | undefined): ISessionContext | null {
  const { sessionContext } = (widget ?? {}) as {
    sessionContext?: ISessionContext;
  };
  return sessionContext ?? null;
}
