/** What the panel's buttons do. */
import {
  Clipboard,
  Dialog,
  Notification,
  showDialog
} from '@jupyterlab/apputils';
import type { IConsoleTracker } from '@jupyterlab/console';
import { NotebookActions, type INotebookTracker } from '@jupyterlab/notebook';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { TranslationBundle } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import type { ICheckActions } from '../check/state';
import type { IGpuDoctor } from '../tokens';
import { download } from './download';
import type { Exporter } from './exporter';

/** What the actions need. */
export interface IActionsOptions {
  readonly doctor: IGpuDoctor;
  readonly notebooks: INotebookTracker | null;
  readonly consoles: IConsoleTracker | null;
  readonly rendermime: IRenderMimeRegistry | null;
  readonly trans: TranslationBundle;
  /** Restart the kernel in front, after a question. */
  restartKernel(): void;
  readonly exporter: Pick<Exporter, 'ask'>;
}

/** Make the actions. */
export function createActions(options: IActionsOptions): ICheckActions {
  const { doctor, trans } = options;
  return {
    check: () => void doctor.check(),
    checkSeparately: () => void doctor.checkSeparately(),
    cancel: () => doctor.cancel(),
    runTest: () => void doctor.runGpuTest(),
    cancelTest: () => doctor.cancelGpuTest(),
    undo: entry => void doctor.undo(entry),
    repair: backup => void doctor.repair(backup),
    setWhy: (entry, why) => void doctor.setWhy(entry, why),
    dropBackups: () => void doctor.dropBackups(),
    restartKernel: () => options.restartKernel(),
    copy: async text => copyText(text, trans),
    insertCell: source => insertCell(options, source),
    ignore: rule => doctor.setIgnored(rule, true),
    restore: rule => doctor.setIgnored(rule, false),
    copyReport: async () => {
      const { result } = doctor.state;
      if (result) {
        const { markdownReport } = await import('../report/markdown');
        await copyText(markdownReport(result), trans);
        Notification.success(trans.__('Report copied.'), { autoClose: 3000 });
      }
    },
    saveFacts: async () => {
      const { result } = doctor.state;
      if (result) {
        const { redactFacts } = await import('../report/redact');
        download(
          'gpu-doctor-facts.json',
          JSON.stringify(redactFacts(result.facts), null, 1),
          'application/json'
        );
      }
    },
    exportEnvironment: () => options.exporter.ask(),
    openRule: rule => void showRule(rule, options.rendermime, trans)
  };
}

/** The browser's clipboard is missing on pages without https; JupyterLab's own way works there. */
export async function copyText(
  text: string,
  trans: TranslationBundle
): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    try {
      Clipboard.copyToSystem(text);
    } catch (error) {
      Notification.error(
        trans.__('The text could not be copied: %1', String(error))
      );
    }
  }
}

/** Insert a code cell below the active one, or fill the prompt of a console. Nothing is run. */
function insertCell(
  { doctor, notebooks, consoles }: IActionsOptions,
  source: string
): boolean {
  if (doctor.state.kernel?.source === 'console') {
    const prompt = consoles?.currentWidget?.console.promptCell;
    prompt?.model.sharedModel.setSource(source);
    prompt?.editor?.focus();
    return !!prompt;
  }
  const panel = notebooks?.currentWidget;
  if (!panel?.content.model || panel.content.model.readOnly) {
    return false;
  }
  NotebookActions.insertBelow(panel.content);
  const cell = panel.content.activeCell;
  if (!cell) {
    return false;
  }
  if (cell.model.type !== 'code') {
    NotebookActions.changeCellType(panel.content, 'code');
  }
  panel.content.activeCell?.model.sharedModel.setSource(source);
  void panel.content.scrollToCell(panel.content.activeCell ?? cell);
  return true;
}

/** Show the documentation of a rule in a dialog. */
export async function showRule(
  id: string,
  rendermime: IRenderMimeRegistry | null,
  trans: TranslationBundle
): Promise<void> {
  const { rulePage } = await import('../kernel/core');
  const page = rulePage(id);
  if (page === null) {
    return;
  }
  let body: Widget;
  if (rendermime) {
    const renderer = rendermime.createRenderer('text/markdown');
    await renderer.renderModel(
      rendermime.createModel({ data: { 'text/markdown': page } })
    );
    body = renderer;
  } else {
    body = new Widget();
    body.node.textContent = page;
  }
  body.addClass('jp-GpuDoctor-rulePage');
  await showDialog({
    title: trans.__('About this rule'),
    body,
    buttons: [Dialog.okButton({ label: trans.__('Close') })]
  });
  body.dispose();
}
