/**
 * What JupyterLab does without the gate, were the kernel itself to ask about installs: one queue, in which an install stops
 * when it is reached. Written without looking at the gate: a list, and what happens to it.
 */

/** How the judgement on an install comes out. */
export type Judgement =
  /** No risk: nothing is asked. */
  | 'quiet'
  | 'asks'
  /** The analysis fails. */
  | 'breaks'
  /** The analysis gives no answer. */
  | 'hangs';

/** One cell, as a text that the fake kernel and the fake analysis can read. */
export interface IText {
  readonly install: boolean;
  readonly judgement: Judgement;
  readonly fails: boolean;
}

/** What the safer way makes of a text: another install. */
export function saferText(text: IText): IText {
  return { ...text, install: true };
}

/** A run of a cell. */
interface IRun {
  readonly cell: IModelCell;
  /** The kernel has its text; editing the cell changes nothing any more. */
  sent: boolean;
  /** It was told to run, whatever it is. */
  told: boolean;
  /** It was an install when its turn to leave the page came; it stays until it is reached and decided. */
  stopped: boolean;
  /** The analysis of it gives no answer. */
  thinking: boolean;
  /** Text of the cell when it was asked about. */
  asked: IText | null;
}

/** A cell of the model. */
export interface IModelCell {
  readonly name: string;
  readonly raises: boolean;
  text: IText;
}

/** The reference. */
export class Reference {
  /** Names of what ran, in order. */
  readonly log: string[] = [];

  submit(cell: IModelCell): void {
    this._queue.push({
      cell,
      sent: false,
      told: false,
      stopped: false,
      thinking: false,
      asked: null
    });
    this._step();
  }

  /** The running cell ends. */
  finish(): void {
    this._end(this._running?.text.fails ?? false);
  }

  interrupt(): void {
    this._queue = this._queue.filter(run => run.sent);
    this._end(true);
  }

  restart(): void {
    this._queue = [];
    this._running = null;
  }

  /** The user decides about what is held at this place: 0 is the first install. Safe: nothing there, nothing done. */
  decide(index: number, choice: 'send' | 'cancel' | 'edit'): void {
    const held = this._queue.filter(run => !run.sent);
    const run = held[index];
    if (!run) {
      return;
    }
    if (choice === 'cancel') {
      this._queue.splice(this._queue.indexOf(run));
      return;
    }
    if (choice === 'edit') {
      if (!run.asked) {
        return;
      }
      run.cell.text = saferText(run.cell.text);
      run.asked = run.cell.text;
    }
    if (run.asked && run.asked !== run.cell.text && run.cell.text.install) {
      // It is another install than the one that was asked about.
      run.asked = null;
      run.thinking = false;
    } else {
      run.told = true;
    }
    this._step();
  }

  /** The time for an analysis is over. */
  timeout(): void {
    const head = this._queue[0];
    if (head?.thinking && !head.sent) {
      head.told = true;
      this._step();
    }
  }

  /** A cell was deleted. What the kernel has of it runs all the same. */
  close(cell: IModelCell): void {
    const index = this._queue.findIndex(run => !run.sent && run.cell === cell);
    if (index >= 0) {
      this._queue.splice(index);
    }
  }

  /** Names of what is held, in order. */
  get held(): string[] {
    return this._queue.filter(run => !run.sent).map(run => run.cell.name);
  }

  get isRunning(): boolean {
    return this._running !== null;
  }

  /** Sends what may be sent, and runs what is reached. */
  private _step(): void {
    for (;;) {
      this._send();
      const head = this._queue[0];
      if (this._running || !head) {
        return;
      }
      if (head.sent) {
        this._queue.shift();
        this._running = { ...head.cell, text: this._texts.get(head)! };
        this.log.push(head.cell.name);
      } else if (!this._mayGo(head)) {
        return;
      }
    }
  }

  /** An install is reached: whether it goes on at once. */
  private _mayGo(head: IRun): boolean {
    if (head.asked || head.thinking) {
      return false;
    }
    const { text } = head.cell;
    head.thinking = text.install && text.judgement === 'hangs';
    head.asked = text.install && text.judgement === 'asks' ? text : null;
    head.told = !head.asked && !head.thinking;
    return head.told;
  }

  /** Everything up to the first install that nobody decided about leaves the page. */
  private _send(): void {
    for (const run of this._queue) {
      if (run.sent) {
        continue;
      }
      run.stopped = run.stopped || run.cell.text.install;
      if (run.stopped && !run.told) {
        return;
      }
      run.sent = true;
      this._texts.set(run, run.cell.text);
    }
  }

  private _end(failed: boolean): void {
    const cell = this._running;
    if (!cell) {
      return;
    }
    this._running = null;
    if (failed && !cell.raises) {
      this._queue = [];
    }
    this._step();
  }

  private _queue: IRun[] = [];
  private _running: IModelCell | null = null;
  private readonly _texts = new WeakMap<IRun, IText>();
}
