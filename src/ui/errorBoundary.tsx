/** Keeps a crash in one section from emptying the panel. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

/** Properties of `ErrorBoundary`. */
export interface IErrorBoundaryProps {
  readonly trans: TranslationBundle;
  /** What is drawn; after a crash another value means: try again. */
  readonly subject: unknown;
  readonly children: React.ReactNode;
}

interface IErrorBoundaryState {
  readonly message: string | null;
  readonly subject: unknown;
}

/** Shows its children, or an alert when they cannot be drawn. */
export class ErrorBoundary extends React.Component<
  IErrorBoundaryProps,
  IErrorBoundaryState
> {
  static getDerivedStateFromError(
    error: unknown
  ): Partial<IErrorBoundaryState> {
    return { message: String(error) };
  }

  static getDerivedStateFromProps(
    props: IErrorBoundaryProps,
    state: IErrorBoundaryState
  ): IErrorBoundaryState | null {
    return props.subject === state.subject
      ? null
      : { message: null, subject: props.subject };
  }

  state: IErrorBoundaryState = { message: null, subject: this.props.subject };

  render(): React.ReactNode {
    const { trans, children } = this.props;
    if (this.state.message === null) {
      return children;
    }
    return (
      <div className="jp-GpuDoctor-crash" role="alert">
        <p>{trans.__('This part could not be shown.')}</p>
        <p className="jp-GpuDoctor-mono">{this.state.message}</p>
      </div>
    );
  }
}
