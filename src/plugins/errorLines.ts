/** The line under the output of a cell that failed with a known error. It is no output: nothing of it is saved. */
import type { Cell, CodeCell } from '@jupyterlab/cells';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { PanelLayout, Widget } from '@lumino/widgets';
import type { IMatch } from '../explain/types';

/** Errors of the user's own code: they need no signatures, so none are loaded for them. */
const ORDINARY: ReadonlySet<string> = new Set([
  'NameError',
  'SyntaxError',
  'IndentationError',
  'TabError',
  'KeyboardInterrupt',
  'KeyError',
  'IndexError',
  'ZeroDivisionError',
  'UnboundLocalError',
  'StopIteration',
  'RecursionError',
  'NotImplementedError',
  'EOFError',
  'SystemExit'
]);

/** An output of the type `error`. It comes from the kernel or a file: anything may be missing. */
interface IError {
  readonly ename?: unknown;
  readonly evalue?: unknown;
  readonly traceback?: unknown;
}

/** What the lines need. */
export interface IErrorLinesOptions {
  readonly trans: TranslationBundle;
  /** What is known of an error; null when nothing is. */
  known(text: string, kernelId: string): Promise<IMatch | null>;
  /** Show the explanation. */
  explain(text: string, kernelId: string): void;
}

/** Shows the line of each cell that has one. */
export class ErrorLines {
  constructor(private readonly _options: IErrorLinesOptions) {}

  /** A cell has failed. */
  async failed(cell: Cell, kernelId: string | undefined): Promise<void> {
    if (cell.model.type !== 'code' || !kernelId) {
      return;
    }
    const code = cell as CodeCell;
    this.clear(code);
    const error = errorOf(code);
    if (!error || ORDINARY.has(String(error.ename))) {
      return;
    }
    const text = textOf(error);
    try {
      const match = await this._options.known(text, kernelId);
      // Run again or edited away meanwhile.
      if (!match || code.isDisposed || errorOf(code)?.evalue !== error.evalue) {
        return;
      }
      await this._place(code, match, text, kernelId);
    } catch (reason) {
      // The server is gone, or newer than the page. The error itself is there; only our line is not.
      console.warn('GPU Doctor could not look at an error.', reason);
    }
  }

  /** Take the line of a cell away. */
  clear(cell: Cell): void {
    this._remove.get(cell)?.();
  }

  private async _place(
    cell: CodeCell,
    match: IMatch,
    text: string,
    kernelId: string
  ): Promise<void> {
    const { ErrorLineWidget } = await import('../ui/card/errorLine');
    // Cells out of sight are built when they are first shown.
    await cell.ready;
    if (cell.isDisposed || !errorOf(cell)) {
      return;
    }
    this.clear(cell);
    const line: Widget = new ErrorLineWidget({
      title: match.title,
      trans: this._options.trans,
      onExplain: () => this._options.explain(text, kernelId),
      onDismiss: () => remove()
    });
    const { outputs } = cell.model;
    const check = () => {
      if (!errorOf(cell)) {
        remove();
      }
    };
    const remove = () => {
      outputs.changed.disconnect(check);
      cell.disposed.disconnect(remove);
      this._remove.delete(cell);
      line.dispose();
    };
    outputs.changed.connect(check);
    cell.disposed.connect(remove);
    this._remove.set(cell, remove);
    const layout = cell.layout as PanelLayout;
    const output = layout.widgets.findIndex(one =>
      one.hasClass('jp-Cell-outputWrapper')
    );
    layout.insertWidget(output < 0 ? layout.widgets.length : output + 1, line);
  }

  private readonly _remove = new WeakMap<Cell, () => void>();
}

/** The error among the outputs of a cell; null when there is none. */
function errorOf(cell: CodeCell): IError | null {
  const { outputs } = cell.model;
  for (let i = outputs.length - 1; i >= 0; i--) {
    if (outputs.get(i).type === 'error') {
      return outputs.get(i).toJSON() as unknown as IError;
    }
  }
  return null;
}

/** The text as a terminal would show it. */
function textOf(error: IError): string {
  const lines = Array.isArray(error.traceback) ? error.traceback : [];
  return [...lines, `${error.ename}: ${error.evalue}`].map(String).join('\n');
}
