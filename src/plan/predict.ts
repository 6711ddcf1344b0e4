/** Facts after a plan: what the examination would say once the command has run. */
import { dist, record } from '../facts/build';
import type {
  ICondaRecord,
  IDistribution,
  IFacts
} from '../facts/facts.generated';
import type { IInstallRequest } from '../recognise/types';
import { pypiNameOf } from '../compat/names';
import { hintsOf, predictFrameworks } from './frameworks';
import { SOME_VERSION } from './assume';
import type { IPlan, IPlanRow } from './types';

/** Whether conda or one of its relatives made the plan. */
export function isCondaPlan(plan: Pick<IPlan, 'planner'>): boolean {
  return /^(conda|mamba|micromamba|pixi)\b/.test(plan.planner);
}

/** Wheels that carry CUDA libraries, or builds that bring them inside. */
const CUDA_PARTS =
  /^(nvidia-|cuda-|torch$|tensorflow|tf-nightly|cupy|jax|triton|cudatoolkit|cudnn|pytorch)/;

/**
 * Apply a plan. What a plan cannot tell becomes unknown: libraries on disk after CUDA packages moved, observations
 * after anything installed was replaced.
 *
 * @param requests the commands: with `--user` a copy is added in front of the one in the environment
 */
export function predict(
  facts: IFacts,
  plan: Pick<IPlan, 'rows' | 'planner'>,
  requests: readonly IInstallRequest[] = []
): IFacts {
  const rows = plan.rows.filter(row => row.from !== null || row.to !== null);
  if (rows.length === 0) {
    return facts;
  }
  const conda = isCondaPlan(plan);
  const user = requests.length > 0 && requests.every(one => one.options.user);
  const after: IFacts = {
    ...facts,
    packages: facts.packages && packagesAfter(facts, rows, conda, user),
    conda: facts.conda && condaAfter(facts.conda, rows, conda, user)
  };
  const changes = rows.filter(row => row.from !== row.to);
  if (changes.some(row => CUDA_PARTS.test(row.name))) {
    after.cuda_libraries = null;
  }
  if (changes.some(row => row.from !== null)) {
    after.observed = null;
  }
  forgetFiles(after, new Set(changes.map(row => row.name)));
  after.frameworks = predictFrameworks(
    facts,
    after,
    rows,
    hintsOf(requests, conda)
  );
  return after;
}

/** What was read in the files of packages says nothing of their other versions. */
function forgetFiles(facts: IFacts, moved: ReadonlySet<string>): void {
  const stays = ({ distribution }: { distribution: string | null }) =>
    distribution === null || !moved.has(distribution);
  facts.guards = facts.guards?.filter(stays) ?? null;
  facts.numpy_api = facts.numpy_api?.filter(stays) ?? null;
  facts.needs_glibcxx = facts.needs_glibcxx?.filter(stays) ?? null;
  facts.openmp = facts.openmp?.filter(stays) ?? null;
  facts.shared_files =
    facts.shared_files?.filter(
      one => !one.distributions.some(name => moved.has(name))
    ) ?? null;
}

function packagesAfter(
  facts: IFacts,
  rows: readonly IPlanRow[],
  conda: boolean,
  user: boolean
): IDistribution[] {
  let result = facts.packages ?? [];
  for (const row of rows) {
    const winner = winnerOf(result, row.name);
    if (row.to === null) {
      result = result.filter(one => one !== winner);
    } else if (!conda || winner || carriesPython(facts, row.name)) {
      const next = distAfter(row, winner, conda, user, facts);
      result =
        winner && !user
          ? result.map(one => (one === winner ? next : one))
          : [...result, next];
    }
  }
  return result;
}

/** A conda plan names C libraries too; only the tables and records tell which rows carry a distribution. */
function carriesPython(facts: IFacts, name: string): boolean {
  const known = pypiNameOf(name);
  return known
    ? known.value !== null
    : facts.conda?.records?.find(one => one.name === name)?.python_name !==
        null;
}

function winnerOf(
  packages: readonly IDistribution[],
  name: string
): IDistribution | null {
  let winner: IDistribution | null = null;
  for (const one of packages) {
    if (
      one.name === name &&
      (winner === null || (one.path_index ?? 1e6) < (winner.path_index ?? 1e6))
    ) {
      winner = one;
    }
  }
  return winner;
}

function distAfter(
  row: IPlanRow,
  old: IDistribution | null,
  conda: boolean,
  user: boolean,
  facts: IFacts
): IDistribution {
  const unchanged = row.from !== null && row.from === row.to;
  const owner = conda
    ? 'conda'
    : facts.environment?.kind === 'uv'
      ? 'uv'
      : 'pip';
  return dist(row.name, row.to === SOME_VERSION ? null : row.to, {
    project: old?.project ?? row.name,
    manager: owner,
    installer: owner,
    location: user
      ? (facts.python?.user_site?.path ?? null)
      : (old?.location ?? null),
    path_index: user ? -1 : (old?.path_index ?? null),
    requires:
      row.requires?.slice() ?? (unchanged ? (old?.requires ?? null) : null)
  });
}

function condaAfter(
  section: NonNullable<IFacts['conda']>,
  rows: readonly IPlanRow[],
  conda: boolean,
  user: boolean
): IFacts['conda'] {
  if (section.records === null || user) {
    return section;
  }
  if (!conda) {
    // pip takes conda's metadata directory away and leaves the record.
    const gone = new Set(
      rows.filter(row => row.from !== row.to).map(row => row.name)
    );
    return {
      ...section,
      records: section.records.map(one =>
        one.python_name !== null && gone.has(one.python_name)
          ? { ...one, dist_info_exists: false }
          : one
      )
    };
  }
  let records: ICondaRecord[] = section.records;
  for (const row of rows) {
    const mine = (one: ICondaRecord) =>
      one.name === row.name || one.python_name === row.name;
    const found = records.some(mine);
    if (row.to === null) {
      records = records.filter(one => !mine(one));
    } else if (found) {
      const to = row.to;
      records = records.map(one =>
        mine(one)
          ? {
              ...one,
              version: to,
              build: null,
              depends: null,
              overwritten: null
            }
          : one
      );
    } else {
      records = [...records, record(row.name, row.to)];
    }
  }
  return { ...section, records };
}
