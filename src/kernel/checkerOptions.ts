/** What a checker needs from the outside. */
import type { ISessionContext } from '@jupyterlab/apputils';
import type { ISignal } from '@lumino/signaling';
import type { IKernelInfo } from '../check/state';
import type { IRule } from '../rules/types';
import type { IKernelStarter } from './separate';

/** What is in front: a notebook or a console with its session. */
export interface ITarget {
  readonly context: ISessionContext;
  readonly source: IKernelInfo['source'];
  readonly title: string;
}

/** Remembers, per environment, which rules are not to be shown. */
export interface IIgnoreStore {
  get(environment: string): ReadonlySet<string>;
  set(environment: string, rules: ReadonlySet<string>): void;
  /** Emitted when the stored values have been loaded. */
  readonly changed: ISignal<unknown, void>;
}

/** Options of a checker. */
export interface ICheckerOptions {
  readonly starter: IKernelStarter;
  readonly ignore: IIgnoreStore;
  /** Rules of other extensions. */
  extraRules(): readonly IRule[];
  /** Milliseconds to wait for an answer. */
  timeout(): number;
  /** Seconds that the GPU test of a framework may take. */
  testLimit(): number;
  /** Whether the history of installs is read with each check. */
  showsHistory(): boolean;
  /** Loads rules, tables and sources. */
  loadCore(): Promise<typeof import('./core')>;
}
