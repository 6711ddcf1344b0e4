/** Kernels and sessions for tests: only what the checker touches, driven by hand. */
import type { ISessionContext } from '@jupyterlab/apputils';
import type { Kernel } from '@jupyterlab/services';
import { PromiseDelegate } from '@lumino/coreutils';
import { Signal } from '@lumino/signaling';
import { unknownFacts } from '../facts/build';
import type { IFacts } from '../facts/facts.generated';
import { BACKGROUND_MIME } from './background';
import type { ITarget } from './checkerOptions';
import { FACTS_MIME } from './run';

type Future = {
  onIOPub: (message: unknown) => void;
  done: Promise<unknown>;
  dispose(): void;
};

/** A request that reached the fake kernel. */
export class Request {
  constructor(
    readonly content: Record<string, unknown>,
    readonly future: Future,
    private readonly _reply: PromiseDelegate<unknown>
  ) {}

  /** Send the answer of the probe. */
  answer(
    facts: unknown = unknownFacts(),
    nonce = nonceOf(JSON.stringify(this.content))
  ): void {
    this.publish({ nonce, facts });
    this.reply('ok');
  }

  publish(payload: unknown, mime = FACTS_MIME): void {
    this.future.onIOPub({
      header: { msg_type: 'display_data' },
      content: { data: { [mime]: payload } }
    });
  }

  /** The kernel begins with it. */
  begin(): void {
    this.future.onIOPub({
      header: { msg_type: 'status' },
      content: { execution_state: 'busy' }
    });
  }

  error(ename: string): void {
    this.future.onIOPub({
      header: { msg_type: 'error' },
      content: { ename, evalue: '', traceback: [] }
    });
    this.reply('error');
  }

  print(text: string): void {
    this.future.onIOPub({
      header: { msg_type: 'stream' },
      content: { name: 'stdout', text }
    });
  }

  reply(status: string, more: Record<string, unknown> = {}): void {
    this._reply.resolve({ content: { status, ...more } });
  }

  /** The nonce that the request asks for. */
  get nonce(): string {
    return nonceOf(JSON.stringify(this.content));
  }

  lose(): void {
    this._reply.reject(new Error('Canceled future for execute_request'));
  }
}

function nonceOf(request: string): string {
  return /(?:publish|news)\([\\"]+([0-9a-f]{32})/.exec(request)?.[1] ?? '';
}

/** A kernel that answers when the test says so. */
export class FakeKernel {
  constructor(
    readonly id = 'kernel-1',
    readonly name = 'python3',
    language = 'python'
  ) {
    this.info = Promise.resolve({ language_info: { name: language } });
  }

  readonly info: Promise<unknown>;
  readonly statusChanged = new Signal<this, Kernel.Status>(this);
  readonly iopubMessage = new Signal<this, unknown>(this);
  readonly disposed = new Signal<this, void>(this);
  readonly requests: Request[] = [];
  status: Kernel.Status = 'idle';
  isDisposed = false;
  shutdowns = 0;

  requestExecute(content: Record<string, unknown>): Future {
    const reply = new PromiseDelegate<unknown>();
    const future: Future = {
      onIOPub: () => undefined,
      done: reply.promise,
      dispose: () => undefined
    };
    reply.promise.catch(() => undefined);
    this.requests.push(new Request(content, future, reply));
    return future;
  }

  /** Change the status as the kernel would report it. */
  become(status: Kernel.Status): void {
    this.status = status;
    this.statusChanged.emit(status);
  }

  /** A cell runs, from whatever view. */
  runs(code: string): void {
    this.iopubMessage.emit({
      header: { msg_type: 'execute_input' },
      content: { code }
    });
    this.iopubMessage.emit({
      header: { msg_type: 'status' },
      content: { execution_state: 'idle' }
    });
  }

  async shutdown(): Promise<void> {
    this.shutdowns++;
  }

  dispose(): void {
    this.isDisposed = true;
    this.disposed.emit();
  }
}

/** A notebook with this kernel. */
export function target(kernel: FakeKernel | null): ITarget {
  const owner = {};
  const context = {
    session: kernel ? { kernel, path: 'a.ipynb' } : null,
    kernelDisplayName: 'Python 3',
    specsManager: { specs: { kernelspecs: {} } },
    statusChanged: new Signal(owner),
    kernelChanged: new Signal(owner),
    disposed: new Signal(owner),
    isReady: true
  };
  return {
    context: context as unknown as ISessionContext,
    source: 'notebook',
    title: 'a.ipynb'
  };
}

/** Let promises settle. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) {
    await Promise.resolve();
  }
  await new Promise(resolve => setTimeout(resolve, 0));
}

/** Facts of an environment with this prefix. */
export function factsOf(prefix: string, more: Partial<IFacts> = {}): IFacts {
  return {
    ...unknownFacts(),
    python: {
      version: '3.11.7',
      implementation: 'CPython',
      executable: `${prefix}/bin/python`,
      executable_real: null,
      prefix,
      base_prefix: null,
      isolated: null,
      sys_path: null,
      pythonpath: null,
      user_site: null,
      markers: null
    },
    ...more
  };
}

/** The Python statements of a request. */
export function programOf(sent: Request): string {
  const [expression] = Object.values(
    sent.content.user_expressions as Record<string, string>
  );
  return JSON.parse(/compile\(("(?:[^"\\]|\\.)*")/.exec(expression)?.[1] ?? '');
}

/** Answer a request for news of what runs in the background. */
export function news(
  sent: Request,
  payload: object,
  mime = BACKGROUND_MIME
): void {
  const nonce = /news\("([0-9a-f]{32})"/.exec(programOf(sent))?.[1];
  sent.future.onIOPub({
    header: { msg_type: 'display_data' },
    content: { data: { [mime]: { nonce, ...payload } } }
  });
  sent.reply('ok');
}
