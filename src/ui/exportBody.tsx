/** The question in which file an environment is taken along: the body of a dialog. */
import type { Dialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import * as React from 'react';
import type { Scope } from '../report/contents';
import { EXPORTS, type ExportKind } from '../report/export';

/** What was chosen. */
export interface IExportChoice {
  readonly kind: ExportKind;
  readonly scope: Scope;
  readonly builds: boolean;
}

/** What the body needs. */
export interface IExportBodyOptions {
  readonly trans: TranslationBundle;
  /** The facts are older than the last change. */
  readonly stale: boolean;
  /** The environment is one of conda: a virtual environment is another way then. */
  readonly isConda: boolean;
}

/** The body; the choices are kept until the dialog is closed. */
export class ExportBody
  extends ReactWidget
  implements Dialog.IBodyWidget<IExportChoice>
{
  constructor(private readonly _options: IExportBodyOptions) {
    super();
    this.addClass('jp-GpuDoctor-export');
  }

  getValue(): IExportChoice {
    return this._choice;
  }

  protected render(): JSX.Element {
    return (
      <ExportForm
        {...this._options}
        choice={this._choice}
        onChange={choice => {
          this._choice = choice;
          this.update();
        }}
      />
    );
  }

  private _choice: IExportChoice = {
    kind: 'environment.yml',
    scope: 'asked',
    builds: false
  };
}

/** The form as a function of what is chosen. */
export function ExportForm(
  props: IExportBodyOptions & {
    readonly choice: IExportChoice;
    readonly onChange: (choice: IExportChoice) => void;
  }
): JSX.Element {
  const { trans, stale, isConda, choice, onChange } = props;
  // A constraints file always holds everything.
  const fixed = choice.kind === 'constraints';
  return (
    <>
      {stale && (
        <p className="jp-GpuDoctor-exportNote">
          {trans.__(
            'The last check is older than the last change. Check again for the present state.'
          )}
        </p>
      )}
      <fieldset>
        <legend>{trans.__('File')}</legend>
        {EXPORTS.filter(kind => kind !== 'venv' || isConda).map(kind => (
          <label key={kind}>
            <input
              type="radio"
              name="kind"
              value={kind}
              checked={choice.kind === kind}
              onChange={() => onChange({ ...choice, kind })}
            />
            <span>
              <strong>{fileLabel(kind, trans)}</strong>
              <small>{fileCaption(kind, trans)}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <fieldset disabled={fixed}>
        <legend>{trans.__('Packages')}</legend>
        {(['asked', 'everything'] as const).map(scope => (
          <label key={scope}>
            <input
              type="radio"
              name="scope"
              value={scope}
              checked={(fixed ? 'everything' : choice.scope) === scope}
              onChange={() => onChange({ ...choice, scope })}
            />
            <span>
              {scope === 'asked'
                ? trans.__('Only what was asked for')
                : trans.__('Everything')}
            </span>
          </label>
        ))}
      </fieldset>
      {choice.kind === 'environment.yml' && (
        <label>
          <input
            type="checkbox"
            name="builds"
            checked={choice.builds}
            onChange={event =>
              onChange({ ...choice, builds: event.target.checked })
            }
          />
          <span>
            {trans.__('With build strings of conda, for the same platform')}
          </span>
        </label>
      )}
    </>
  );
}

/** Name of a kind of file. */
export function fileLabel(kind: ExportKind, trans: TranslationBundle): string {
  switch (kind) {
    case 'requirements':
      return 'requirements.txt';
    case 'constraints':
      return 'constraints.txt';
    case 'notes':
      return 'requirements-notes.md';
    case 'recreate':
      return trans.__('Commands');
    case 'venv':
      return trans.__('Commands, without conda');
    default:
      return kind;
  }
}

function fileCaption(kind: ExportKind, trans: TranslationBundle): string {
  switch (kind) {
    case 'requirements':
      return trans.__('What pip installed, pinned');
    case 'constraints':
      return trans.__('Every version, to hold them during an install');
    case 'notes':
      return trans.__('When, by which command and why, for each pip package');
    case 'recreate':
      return trans.__('A new environment and its kernel, in a terminal');
    case 'venv':
      return trans.__('A separate virtual environment, from wheels alone');
    default:
      return trans.__('For conda: its packages, then those of pip');
  }
}
