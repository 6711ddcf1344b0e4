/** What is remembered across sessions: ignored rules, and which sections of the panel are open. */
import type { IStateDB } from '@jupyterlab/statedb';
import { Signal, type ISignal } from '@lumino/signaling';
import type { IIgnoreStore } from '../kernel/checkerOptions';
import type { ISectionStore } from '../ui/context';

const IGNORED = 'jupyterlab-gpu-doctor:ignored';
const SECTIONS = 'jupyterlab-gpu-doctor:sections';

/** Ignored rules by environment. Works without a database; then nothing outlives the page. */
export class IgnoreStore implements IIgnoreStore {
  constructor(private readonly _db: IStateDB | null) {
    void load(_db, IGNORED).then(stored => {
      for (const [key, rules] of Object.entries(stored)) {
        if (Array.isArray(rules) && !this._rules.has(key)) {
          this._rules.set(key, new Set(rules.map(String)));
        }
      }
      this._changed.emit();
    });
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get(environment: string): ReadonlySet<string> {
    return this._rules.get(environment) ?? new Set();
  }

  set(environment: string, rules: ReadonlySet<string>): void {
    this._rules.set(environment, rules);
    save(
      this._db,
      IGNORED,
      Object.fromEntries([...this._rules].map(([key, set]) => [key, [...set]]))
    );
  }

  private _rules = new Map<string, ReadonlySet<string>>();
  private _changed = new Signal<this, void>(this);
}

/** Which sections are open. */
export class SectionStore implements ISectionStore {
  constructor(private readonly _db: IStateDB | null) {
    this.ready = load(_db, SECTIONS).then(stored => {
      for (const [id, open] of Object.entries(stored)) {
        this._open.set(id, open === true);
      }
    });
  }

  /** Resolves when the stored values have been loaded. */
  readonly ready: Promise<void>;

  isOpen(id: string, fallback: boolean): boolean {
    return this._open.get(id) ?? fallback;
  }

  setOpen(id: string, open: boolean): void {
    this._open.set(id, open);
    save(this._db, SECTIONS, Object.fromEntries(this._open));
  }

  private _open = new Map<string, boolean>();
}

async function load(
  db: IStateDB | null,
  key: string
): Promise<Record<string, unknown>> {
  try {
    const value = await db?.fetch(key);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : {};
  } catch {
    // A broken database must not keep the panel from working; it starts with nothing remembered.
    return {};
  }
}

function save(
  db: IStateDB | null,
  key: string,
  value: Record<string, string[] | boolean>
): void {
  db?.save(key, value).catch(() => undefined);
}
