/** A plan with the questions that rules ask of it. */
import type { View } from '../facts/view';
import type { IInstallRequest } from '../recognise/types';
import { compareVersions, publicVersion } from '../versions/pep440';
import { parseRequirement } from '../versions/requirement';
import { asked, isCondaTool, type IAsked } from './asked';
import type { IPlanRow } from './types';

/** A row together with its place in the plan. */
export interface IPlacedRow {
  readonly value: IPlanRow;
  /** JSON pointer into the context of the rules, `/rows/3`. */
  readonly path: string;
}

/** Libraries and compilers that frameworks bring along for themselves. */
const PARTS =
  /^(nvidia-(?!ml-py)|cuda-(?!python)|triton$|pytorch-triton|jaxlib$|jax-cuda\d+-|libclang$|tensorflow-(intel|io-gcs-filesystem|estimator|macos|cpu-aws)$|llvmlite$|tokenizers$)/;

/** What a command changes. Rows of a conda plan carry the names of Python distributions here. */
export class Change {
  constructor(
    /** The environment before. */
    private readonly before: View,
    readonly rows: readonly IPlanRow[],
    readonly requests: readonly IInstallRequest[],
    /** Whether a resolver answered; else the rows are only what the command itself tells. */
    readonly resolved: boolean
  ) {
    this.placed = rows.map((value, i) => ({ value, path: `/rows/${i}` }));
    this._rows = new Map(this.placed.map(one => [one.value.name, one]));
    for (const one of asked(requests)) {
      this._asked.set(one.name, [...(this._asked.get(one.name) ?? []), one]);
    }
  }

  readonly placed: readonly IPlacedRow[];

  /** The row of a distribution. */
  row(name: string): IPlacedRow | null {
    return this._rows.get(name) ?? null;
  }

  /** Rows that replace one version by another. */
  get moved(): IPlacedRow[] {
    return this.placed.filter(
      ({ value }) =>
        value.from !== null && value.to !== null && value.from !== value.to
    );
  }

  /** Rows of what is installed anew. */
  get added(): IPlacedRow[] {
    return this.placed.filter(
      ({ value }) => value.from === null && value.to !== null
    );
  }

  /** Rows of what goes away. */
  get removed(): IPlacedRow[] {
    return this.placed.filter(
      ({ value }) => value.to === null && this.before.has(value.name) !== false
    );
  }

  /** Rows that write the same version again. */
  get rewritten(): IPlacedRow[] {
    return this.placed.filter(
      ({ value }) => value.to !== null && value.from === value.to
    );
  }

  /** What the commands say of a distribution by name; empty when they do not name it. */
  asked(name: string): readonly IAsked[] {
    return this._asked.get(name) ?? [];
  }

  /** Whether the commands name it. */
  isAsked(name: string): boolean {
    return this._asked.has(name);
  }

  /** All names in the commands. */
  get names(): string[] {
    return [...this._asked.keys()];
  }

  /** Whether a version number falls (negative), rises, or stays; null when one is not a version. */
  direction({ value }: IPlacedRow): number | null {
    return value.from === null || value.to === null
      ? null
      : compareVersions(publicVersion(value.to), publicVersion(value.from));
  }

  /** Distributions that require this one before the change. */
  dependants(name: string): string[] {
    if (!this._dependants) {
      this._dependants = new Map();
      for (const [by, [first]] of this.before.names()) {
        for (const requirement of this.before.requirements(first.value)) {
          const list = this._dependants.get(requirement.name);
          if (list) {
            list.add(by);
          } else {
            this._dependants.set(requirement.name, new Set([by]));
          }
        }
      }
    }
    return [...(this._dependants.get(name) ?? [])];
  }

  /**
   * Whether a distribution serves nobody but what was asked for by name: its moves are then no surprise. triton and
   * the CUDA wheels belong to the framework that brings them.
   */
  isPart(name: string, seen: ReadonlySet<string> = new Set()): boolean {
    if (this.isAsked(name) || seen.has(name)) {
      return false;
    }
    const dependants = this.dependants(name).filter(by => by !== name);
    if (dependants.length === 0) {
      return PARTS.test(name) && this.asksFramework();
    }
    const next = new Set([...seen, name]);
    return dependants.every(
      by => this.isAsked(by) || (seen.size < 8 && this.isPart(by, next))
    );
  }

  /** Whether a command names it, or names something it is a part of. */
  isExpected(name: string): boolean {
    return this.isAsked(name) || this.isPart(name);
  }

  /**
   * The package whose change is the cause of this one's: torch for what moves with it and serves nobody else. A
   * package that stands on its own is its own cause.
   */
  subject(name: string): string {
    const torch = this.row('torch')?.value;
    if (!torch || torch.from === null || torch.from === torch.to) {
      return name;
    }
    const dependants = this.dependants(name).filter(by => by !== name);
    const serves =
      dependants.length > 0 && dependants.every(by => by === 'torch');
    const part =
      dependants.length === 0 && /^(nvidia-|triton$|cuda-toolkit$)/.test(name);
    return serves || part ? 'torch' : name;
  }

  /** Who brought a row into the plan: a row whose requirements name it, the ones asked for first. */
  cause(name: string): { row: IPlacedRow; requirement: string } | null {
    let found: { row: IPlacedRow; requirement: string } | null = null;
    for (const one of this.placed) {
      for (const line of one.value.requires ?? []) {
        if (
          one.value.name !== name &&
          parseRequirement(line)?.name === name &&
          (found === null || this.isAsked(one.value.name))
        ) {
          found = { row: one, requirement: line };
        }
      }
    }
    return found;
  }

  /** Whether conda makes the change. */
  get byConda(): boolean {
    return (
      this.requests.length > 0 &&
      this.requests.every(one => isCondaTool(one.tool))
    );
  }

  /** Whether any request carries this option. */
  option(test: (request: IInstallRequest) => boolean): boolean {
    return this.requests.some(test);
  }

  private asksFramework(): boolean {
    return ['torch', 'tensorflow', 'jax', 'transformers', 'numba'].some(name =>
      this.isAsked(name)
    );
  }

  private _rows: Map<string, IPlacedRow>;
  private _asked = new Map<string, IAsked[]>();
  private _dependants: Map<string, Set<string>> | null = null;
}
