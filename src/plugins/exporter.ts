/** Takes an environment along: in a file next to the document in front, or as a download. */
import { Dialog, Notification, showDialog } from '@jupyterlab/apputils';
import type { IConsoleTracker } from '@jupyterlab/console';
import { PathExt } from '@jupyterlab/coreutils';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { Contents } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { IExportFile, ExportKind, IExportOptions } from '../report/export';
import type { IGpuDoctor } from '../tokens';
import { download } from './download';

/** What the exporter needs. */
export interface IExporterOptions {
  readonly doctor: IGpuDoctor;
  readonly notebooks: INotebookTracker | null;
  readonly consoles: IConsoleTracker | null;
  readonly contents: Contents.IManager;
  /** Open a file. */
  readonly open: (path: string) => void;
  readonly trans: TranslationBundle;
}

/** Where a file goes. */
export type Place = 'document' | 'download';

/** Writes the files. */
export class Exporter {
  constructor(private readonly _options: IExporterOptions) {}

  /** Ask what to write and where, and write it. */
  async ask(): Promise<void> {
    const { doctor, trans } = this._options;
    const { result, stale, kernel } = doctor.state;
    if (!result) {
      return;
    }
    const { ExportBody } = await import('../ui/exportBody');
    const place = this._folder();
    const answer = await showDialog({
      title: trans.__('Export environment'),
      body: new ExportBody({
        trans,
        stale: stale !== null,
        isConda: result.facts.environment?.kind === 'conda'
      }),
      buttons: [
        Dialog.cancelButton(),
        Dialog.createButton({
          label: trans.__('Download'),
          actions: ['download'],
          accept: true
        }),
        ...(place === null
          ? []
          : [
              Dialog.okButton({
                label:
                  kernel?.source === 'console'
                    ? trans.__('Save next to the console')
                    : trans.__('Save next to the notebook')
              })
            ])
      ]
    });
    if (answer.button.accept && answer.value) {
      const { kind, ...options } = answer.value;
      await this.write(
        kind,
        options,
        answer.button.actions.includes('download') ? 'download' : 'document'
      );
    }
  }

  /** Write one. A folder that takes no files gets a message, and the user the download. */
  async write(
    kind: ExportKind,
    options: Omit<IExportOptions, 'history'>,
    place: Place
  ): Promise<void> {
    const { doctor, trans } = this._options;
    const { result, history } = doctor.state;
    if (!result) {
      return;
    }
    const { exportFile } = await import('../report/export');
    const file = exportFile(kind, result.facts, {
      ...options,
      history: history?.entries ?? []
    });
    if (!file) {
      Notification.error(
        trans.__('Nothing to export: the packages could not be read.')
      );
      return;
    }
    if (place === 'download') {
      download(file.name, file.text, 'text/plain');
      return;
    }
    const folder = this._folder();
    try {
      if (folder === null) {
        throw new Error(trans.__('no notebook or console is in front'));
      }
      this._tell(await this._save(folder, file));
    } catch (error) {
      download(file.name, file.text, 'text/plain');
      Notification.warning(
        trans.__(
          '%1 could not be saved here (%2). It was downloaded instead.',
          file.name,
          error instanceof Error ? error.message : String(error)
        ),
        { autoClose: 10_000 }
      );
    }
  }

  private _tell(path: string): void {
    const { trans, open, doctor } = this._options;
    const name = PathExt.basename(path);
    Notification.success(
      doctor.state.stale === 'packages-changed'
        ? trans.__(
            'Saved as %1, from the last check. Packages changed since.',
            name
          )
        : trans.__('Saved as %1.', name),
      {
        autoClose: 5000,
        actions: [{ label: trans.__('Open'), callback: () => open(path) }]
      }
    );
  }

  /** Write a new file; one that is there is never replaced. Gives its path. */
  private async _save(folder: string, file: IExportFile): Promise<string> {
    const { contents } = this._options;
    const { numbered } = await import('../report/export');
    const listing = await contents.get(folder, {
      type: 'directory',
      content: true
    });
    const names = (listing.content as Contents.IModel[]).map(one => one.name);
    const name = numbered(file.name, names);
    const path =
      folder === '' || folder.endsWith(':')
        ? folder + name
        : `${folder}/${name}`;
    await contents.save(path, {
      type: 'file',
      format: 'text',
      content: file.text
    });
    return path;
  }

  /** Folder of the document in front, with its drive; null when nothing is. */
  private _folder(): string | null {
    const { doctor, notebooks, consoles, contents } = this._options;
    const path =
      doctor.state.kernel?.source === 'console'
        ? consoles?.currentWidget?.console.sessionContext.path
        : notebooks?.currentWidget?.context.path;
    if (!path) {
      return null;
    }
    const drive = contents.driveName(path);
    const folder = PathExt.dirname(contents.localPath(path));
    // The drive of real-time collaboration stands on the plain one, which takes plain files.
    return drive === '' || drive === 'RTC' ? folder : `${drive}:${folder}`;
  }
}
