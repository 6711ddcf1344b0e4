/** The few parts of JupyterLab's objects that the tests touch in the page; the same in every version tested. */

/** The page. */
export interface IWindow {
  readonly jupyterapp: IApp;
  /** How many commands of the test have not ended. */
  running: number;
  /** What came from the kernel since the notebook was opened. */
  heard: { readonly ran: string[]; readonly printed: string };
}

/** JupyterLab or Notebook 7. */
export interface IApp {
  readonly shell: { readonly currentWidget: IPanel | null };
  readonly commands: {
    execute(id: string, args: Record<string, unknown>): Promise<unknown>;
    isEnabled(id: string): boolean;
  };
}

/** A notebook's widget. */
export interface IPanel {
  readonly context?: { readonly path: string; readonly isReady: boolean };
  readonly content: {
    readonly widgets: readonly ICellWidget[];
    activeCellIndex: number;
    deselectAll(): void;
  };
  readonly sessionContext: {
    readonly session: { readonly kernel: IKernel | null } | null;
    /** Everything the kernel publishes, whoever asked for it. */
    readonly iopubMessage: {
      connect(slot: (sender: unknown, message: IMessage) => void): boolean;
    };
  };
  readonly isDisposed: boolean;
  close(): void;
}

/** A cell's widget; null for a prompt that was not drawn yet. */
export interface ICellWidget {
  readonly promptNode: HTMLElement | null;
  readonly model: {
    readonly outputs: { toJSON(): INbOutput[] };
    readonly sharedModel: { setSource(source: string): void };
  };
}

/** The page's connection to a kernel. */
export interface IKernel {
  readonly status: string;
  requestExecute(content: Record<string, unknown>): {
    readonly done: Promise<{ readonly content: IReply }>;
  };
}

/** What a kernel publishes: what it runs, what it prints. */
export interface IMessage {
  readonly header: { readonly msg_type: string };
  readonly content: { readonly code?: string; readonly text?: string };
}

/** The kernel's answer, or that of one expression. */
export interface IReply {
  readonly status: string;
  readonly ename?: string;
  readonly evalue?: string;
  readonly data?: Record<string, string>;
  readonly user_expressions?: Record<string, IReply>;
}

/** An output in nbformat. */
export interface INbOutput {
  readonly output_type: string;
  readonly text?: string | string[];
  readonly ename?: string;
  readonly evalue?: string;
  readonly data?: Record<string, string | string[]>;
}

/** An output: its nbformat type and its text (`ValueError: message` for an error). */
export interface IOutput {
  readonly type: string;
  readonly text: string;
}

/** A cell in nbformat. */
export interface ICell {
  readonly cell_type: 'code' | 'markdown' | 'raw';
  readonly source: string;
  readonly metadata?: Record<string, unknown>;
}

/** A session as the server lists it. */
export interface ISession {
  readonly id: string;
  readonly path: string;
}
