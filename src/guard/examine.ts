/** From the text of a cell to a verdict: reads the facts, asks a resolver, judges. Pure; the kernel is behind `IPorts`. */
import type { IFailure } from '../check/state';
import type { IFacts } from '../facts/facts.generated';
import { View } from '../facts/view';
import { forgiveFix } from '../fixes/own';
import { judge, type IJudgement, type IJudgeOptions } from '../judge/judge';
import type {
  IPlanNote,
  IPlanProblem,
  IPlanProgress,
  PlanAnswer
} from '../plan/answer';
import { asked, isCondaTool } from '../plan/asked';
import { planRequest, unplannable, type IPlanRequest } from '../plan/command';
import { isSatisfied } from '../plan/satisfied';
import { placeOf } from '../plan/target';
import type { IPlan, IPlanRow, Verdict } from '../plan/types';
import type { IInstallRequest, IRecogniseContext } from '../recognise/types';
import { installsIn } from './installs';
import type { IGuardSettings } from './settings';
import type { Activity } from './types';

/** What an examination asks of a kernel. */
export interface IPorts {
  /** Read the environment; null: nobody waits any more. */
  facts(): Promise<{ facts: IFacts } | { failure: IFailure } | null>;
  /** Values of plain names; null when they cannot be had. */
  names(names: readonly string[]): Promise<IRecogniseContext | null>;
  /** Ask a resolver. */
  plan(
    request: IPlanRequest,
    onProgress: (progress: IPlanProgress) => void
  ): Promise<
    PlanAnswer | { kind: 'failure'; failure: IFailure } | { kind: 'cancelled' }
  >;
}

/** How to examine. */
export interface IExamineOptions {
  readonly settings: IGuardSettings;
  readonly judging: IJudgeOptions;
  /** Seconds after which a resolver ends by itself. */
  readonly limit: number;
  /** Told what is going on. */
  onActivity?(activity: Activity): void;
}

/** Why no resolver answered for a command of the cell. */
export interface IUnplanned {
  readonly kind:
    | IPlanProblem['kind']
    /** Nobody waited any longer. */
    | 'deadline'
    /** The planner failed in the kernel. */
    | 'failure'
    /** No resolver can tell: an expression, a tool without a dry run. */
    | 'unknowable'
    /** Switched off in the settings. */
    | 'off';
  /** The resolver's own words; empty when there are none. */
  readonly text: string;
}

/** What was found out. */
export interface IExamined {
  readonly facts: IFacts;
  readonly requests: readonly IInstallRequest[];
  readonly judgement: IJudgement;
  /** Answers of resolvers for this cell, joined; null when there is none. */
  readonly plan: IPlan | null;
  readonly unplanned: IUnplanned | null;
  /** What a resolver found to be impossible. */
  readonly problem: IPlanProblem | null;
  readonly notes: readonly IPlanNote[];
}

/** What came of an examination. */
export type Examination =
  | { readonly kind: 'examined'; readonly value: IExamined }
  /** There is nothing to look at. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'failure'; readonly failure: IFailure }
  | { readonly kind: 'cancelled' };

/** Problems of the command itself, not of the way to its answer. */
const IMPOSSIBLE: ReadonlySet<IPlanProblem['kind']> = new Set<
  IPlanProblem['kind']
>(['unsatisfiable', 'unknown-package']);

/** Resolvers asked for one cell at most; a cell with more commands is judged by their words. */
const MOST_PLANS = 12;

/** Examine a cell. */
export async function examine(
  source: string,
  ports: IPorts,
  options: IExamineOptions
): Promise<Examination> {
  let requests = installsIn(source);
  if (requests.length === 0) {
    return { kind: 'nothing' };
  }
  options.onActivity?.('reading');
  const wanted = namesIn(requests);
  if (wanted.length > 0 || requests.some(one => one.form === 'automagic')) {
    const context = await ports.names(wanted);
    requests = context ? installsIn(source, context) : requests;
    if (requests.length === 0) {
      return { kind: 'nothing' };
    }
  }
  if (isTrusted(requests, options.settings)) {
    return { kind: 'nothing' };
  }
  const read = await ports.facts();
  if (read === null) {
    return { kind: 'cancelled' };
  }
  if ('failure' in read) {
    return { kind: 'failure', failure: read.failure };
  }
  const value = await weighAll(read.facts, requests, ports, options);
  return { kind: 'examined', value };
}

/** Plain names in the parts of commands that cannot be known from the text. Expressions are never evaluated. */
function namesIn(requests: readonly IInstallRequest[]): string[] {
  const names = requests.flatMap(one =>
    one.unknowns.flatMap(({ text }) =>
      [...text.matchAll(/\{([A-Za-z_]\w*)\}|\$\{?([A-Za-z_]\w*)|^(\w+)$/g)].map(
        match => match[1] ?? match[2] ?? match[3]
      )
    )
  );
  return [...new Set(names)].filter(name => /^[A-Za-z_]/.test(name));
}

function isTrusted(
  requests: readonly IInstallRequest[],
  { trustedNames }: IGuardSettings
): boolean {
  return (
    trustedNames.size > 0 &&
    requests.every(
      one =>
        one.action === 'install' &&
        one.packages.length > 0 &&
        one.unknowns.length + one.eaten.length === 0 &&
        asked([one]).length === one.packages.length &&
        asked([one]).every(({ name }) => trustedNames.has(name))
    )
  );
}

/** A command with what a resolver said of it. */
interface IPlanned {
  readonly request: IInstallRequest;
  readonly plan: IPlan | null;
  readonly unplanned: IUnplanned | null;
  readonly problem: IPlanProblem | null;
  readonly notes: readonly IPlanNote[];
}

async function weighAll(
  facts: IFacts,
  requests: readonly IInstallRequest[],
  ports: IPorts,
  options: IExamineOptions
): Promise<IExamined> {
  const view = new View(facts);
  const all: IPlanned[] = [];
  for (const request of requests) {
    all.push(
      await planOne(view, request, ports, options, all.length < MOST_PLANS)
    );
  }
  // A plan speaks for its own commands only, and conda's for conda's: each group is judged apart.
  const byConda = (one: IPlanned) => isCondaTool(one.request.tool);
  const others = all.filter(one => one.plan === null);
  const problem = others.find(one => one.problem)?.problem ?? null;
  const judged = [
    all.filter(one => one.plan !== null && !byConda(one)),
    all.filter(one => one.plan !== null && byConda(one)),
    others
  ]
    .filter(group => group.length > 0)
    .map(group => {
      const plan = joinPlans(group.flatMap(one => one.plan ?? []));
      const judgement = judge(
        {
          facts,
          requests: group.map(one => one.request),
          plan,
          problem: plan === null ? problem : null
        },
        options.judging
      );
      return { plan, judgement };
    });
  const plan = joinPlans(judged.flatMap(one => one.plan ?? []));
  return {
    facts,
    requests,
    plan,
    judgement: forgiveFix(
      facts,
      joinJudgements(
        judged.map(one => one.judgement),
        requests
      ),
      options.judging
    ),
    unplanned: others.find(one => one.unplanned)?.unplanned ?? null,
    problem,
    notes: all.flatMap(one => one.notes)
  };
}

/** Ask a resolver about one command, when there is anything to ask. */
async function planOne(
  view: View,
  request: IInstallRequest,
  ports: IPorts,
  { settings, limit, onActivity }: IExamineOptions,
  mayAsk: boolean
): Promise<IPlanned> {
  const without = (
    unplanned: IUnplanned | null,
    problem: IPlanProblem | null = null,
    notes: readonly IPlanNote[] = []
  ): IPlanned => ({ request, plan: null, unplanned, problem, notes });
  if (placeOf(view, request).kernel === false) {
    // It changes nothing here; what it says of itself is judged.
    return without(null);
  }
  if (isSatisfied(view, request)) {
    const plan = { rows: [], planner: 'computed', duration: 0 };
    return { ...without(null), plan };
  }
  const why = unplannable(request);
  const ask = planRequest(request, {
    deadline: limit,
    planner: settings.planner === 'none' ? 'auto' : settings.planner
  });
  if (why !== null || ask === null || !mayAsk) {
    return without({ kind: 'unknowable', text: '' });
  }
  if (settings.planner === 'none') {
    return without({ kind: 'off', text: '' });
  }
  onActivity?.('resolving');
  const outcome = await ports.plan(ask, ({ phase }) => {
    if (phase === 'checking' || phase === 'pip' || phase === 'conda') {
      onActivity?.(phase);
    }
  });
  switch (outcome.kind) {
    case 'plan':
      return { ...without(null, null, outcome.notes), plan: outcome.plan };
    case 'problem': {
      const { problem, notes } = outcome;
      return without(
        { kind: problem.kind, text: problem.text },
        IMPOSSIBLE.has(problem.kind) ? problem : null,
        notes
      );
    }
    case 'failure':
      return without({ kind: 'failure', text: outcome.failure.detail });
    case 'cancelled':
      return without({ kind: 'deadline', text: '' });
  }
}

/** One plan of several; a later command has the last word on a package. */
function joinPlans(plans: readonly IPlan[]): IPlan | null {
  if (plans.length === 0) {
    return null;
  }
  const rows = new Map<string, IPlanRow>();
  for (const plan of plans) {
    for (const row of plan.rows) {
      const first = rows.get(row.name);
      rows.set(row.name, first ? { ...row, from: first.from } : row);
    }
  }
  return {
    rows: [...rows.values()],
    // A resolver that was asked says more than what was computed here.
    planner:
      [
        ...new Set(
          plans.map(one => one.planner).filter(one => one !== 'computed')
        )
      ].join(', ') || 'computed',
    duration: plans.reduce((sum, one) => sum + one.duration, 0)
  };
}

const RANK: Readonly<Record<Verdict, number>> = { ok: 0, warn: 1, block: 2 };

function joinJudgements(
  list: readonly IJudgement[],
  requests: readonly IInstallRequest[]
): IJudgement {
  const [worst] = [...list].sort((a, b) => RANK[b.verdict] - RANK[a.verdict]);
  const others = list.filter(one => one !== worst);
  return {
    ...worst,
    requests,
    risks: [...worst.risks, ...others.flatMap(one => one.risks)],
    notes: list.flatMap(one => one.notes),
    rows: list.flatMap(one => one.rows),
    failures: list.flatMap(one => one.failures),
    safer: requests.length === 1 ? worst.safer : null
  };
}
