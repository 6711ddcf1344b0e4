/** Questions that rules ask of facts, answered from indexes that are built once. */
import { evaluateMarker } from '../versions/marker';
import {
  normalise,
  parseRequirement,
  type IRequirement
} from '../versions/requirement';
import type {
  ICondaRecord,
  IDistribution,
  IFacts,
  IFramework,
  IGpu
} from './facts.generated';

const NONE: readonly string[] = [];

/** A distribution together with where it stands in the document. */
export interface IPlaced<T> {
  readonly value: T;
  /** JSON pointer into the facts. */
  readonly path: string;
}

/** Facts with indexes. */
export class View {
  constructor(readonly facts: IFacts) {
    facts.packages?.forEach((value, i) => {
      const list = this._dists.get(value.name);
      const placed = { value, path: `/packages/${i}` };
      if (list) {
        list.push(placed);
      } else {
        this._dists.set(value.name, [placed]);
      }
    });
    for (const list of this._dists.values()) {
      // Python takes the first entry of sys.path; among equals the order of the document stands.
      list.sort(
        (a, b) => (a.value.path_index ?? 1e6) - (b.value.path_index ?? 1e6)
      );
    }
    facts.conda?.records?.forEach((value, i) => {
      const placed = { value, path: `/conda/records/${i}` };
      this._records.set(value.name, placed);
      if (value.python_name) {
        this._owners.set(value.python_name, placed);
      }
    });
    facts.frameworks?.forEach((value, i) => {
      this._frameworks.set(value.name, { value, path: `/frameworks/${i}` });
    });
  }

  /** The distribution of this name that Python imports; null when there is none or nothing is known. */
  dist(name: string): IPlaced<IDistribution> | null {
    return this._dists.get(normalise(name))?.[0] ?? null;
  }

  /** All distributions of this name, the one that wins first. */
  copies(name: string): readonly IPlaced<IDistribution>[] {
    return this._dists.get(normalise(name)) ?? [];
  }

  /** Every name with its copies. */
  names(): IterableIterator<[string, IPlaced<IDistribution>[]]> {
    return this._dists.entries();
  }

  /** Whether a distribution is installed; null when the packages are not known. */
  has(name: string): boolean | null {
    return this.facts.packages === null ? null : this.dist(name) !== null;
  }

  /** The conda record of this conda name. */
  record(name: string): IPlaced<ICondaRecord> | null {
    return this._records.get(name) ?? null;
  }

  /** The conda record that carries this Python distribution. */
  owner(distribution: string): IPlaced<ICondaRecord> | null {
    return this._owners.get(normalise(distribution)) ?? null;
  }

  /** A framework by import name. */
  framework(name: string): IPlaced<IFramework> | null {
    return this._frameworks.get(name) ?? null;
  }

  /** The frameworks, or an empty list when not known. */
  frameworks(): IPlaced<IFramework>[] {
    return [...this._frameworks.values()];
  }

  /** NVIDIA GPUs; null when not known. */
  get gpus(): readonly IGpu[] | null {
    return this.facts.gpu?.devices ?? null;
  }

  /** An environment variable: its text, null when it is not set, undefined when not known. */
  environ(name: string): string | null | undefined {
    return this.facts.environ === null
      ? undefined
      : (this.facts.environ[name] ?? null);
  }

  /** Requirements of a distribution that apply here (markers evaluated, no extras); empty when not known. */
  requirements(dist: Pick<IDistribution, 'requires'>): readonly IRequirement[] {
    const lines = dist.requires ?? NONE;
    const known = this._requirements.get(lines);
    if (known) {
      return known;
    }
    const markers = this.facts.python?.markers ?? null;
    const result: IRequirement[] = [];
    for (const line of lines) {
      const requirement = parseRequirement(line);
      if (
        requirement &&
        (requirement.marker === null ||
          evaluateMarker(requirement.marker, markers) === true)
      ) {
        result.push(requirement);
      }
    }
    this._requirements.set(lines, result);
    return result;
  }

  /** Whether this framework was seen to compute on a GPU; null when nobody looked. */
  seenWorking(framework: string): boolean | null {
    const seen = this.facts.observed?.filter(o => o.framework === framework);
    if (!seen || seen.length === 0) {
      return null;
    }
    return seen.some(o => o.gpu_works === true);
  }

  /** Many rules ask for the same. */
  private _requirements = new Map<readonly string[], IRequirement[]>();
  private _dists = new Map<string, IPlaced<IDistribution>[]>();
  private _records = new Map<string, IPlaced<ICondaRecord>>();
  private _owners = new Map<string, IPlaced<ICondaRecord>>();
  private _frameworks = new Map<string, IPlaced<IFramework>>();
}
