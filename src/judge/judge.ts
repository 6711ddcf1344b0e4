/** The verdict on a cell before it runs: what the environment rules would newly say, plus rules about the change. */
import type { IFacts } from '../facts/facts.generated';
import { View } from '../facts/view';
import { distributionOf, isCondaTool } from '../plan/asked';
import { assume } from '../plan/assume';
import { Change } from '../plan/change';
import type { IPlanProblem } from '../plan/answer';
import { isCondaPlan, predict } from '../plan/predict';
import { placeOf } from '../plan/target';
import type { IPlan, IPlanRow, Verdict } from '../plan/types';
import type { IInstallRequest } from '../recognise/types';
import { runRules } from '../rules/engine';
import { ENVIRONMENT_RULES } from '../rules/environment/index.generated';
import { runInstallRules } from '../rules/install/engine';
import { INSTALL_RULES } from '../rules/install/index.generated';
import type { IInstallRule, IRisk } from '../rules/install/types';
import type { IRule } from '../rules/types';
import { newFindings } from './news';
import { saferCommand, type ISafer } from './safer';

/** What is judged. */
export interface IJudgeInput {
  readonly facts: IFacts;
  /** Every command of the cell that changes an environment. */
  readonly requests: readonly IInstallRequest[];
  /** What a resolver answered for all of them; null when none did. */
  readonly plan: IPlan | null;
  /** Why a resolver found no plan. */
  readonly problem?: IPlanProblem | null;
}

/** What may be replaced, for other extensions and for settings. */
export interface IJudgeOptions {
  readonly environmentRules?: readonly IRule[];
  readonly installRules?: readonly IInstallRule[];
  /** Ids of rules that the user does not want to hear of. */
  readonly ignored?: ReadonlySet<string>;
  /** Normalised names of packages that the user wants to stay as they are. */
  readonly protectedNames?: ReadonlySet<string>;
}

/** The verdict with its reasons. */
export interface IJudgement {
  readonly verdict: Verdict;
  readonly requests: readonly IInstallRequest[];
  /** Worst first. Empty when the verdict is ok. */
  readonly risks: readonly IRisk[];
  /** Worth a line when the card is open anyway. */
  readonly notes: readonly IRisk[];
  /** A command that reaches the same with less risk; null when none can be told without a resolver. */
  readonly safer: ISafer | null;
  /** The environment afterwards, as far as it can be told. */
  readonly predicted: IFacts;
  /** What would change: the plan, or what the commands alone tell. */
  readonly rows: readonly IPlanRow[];
  /** Rules that threw: their id and the message. */
  readonly failures: readonly { rule: string; message: string }[];
}

/** Judge. Pure; does not throw, whatever the rules do. */
export function judge(
  input: IJudgeInput,
  options: IJudgeOptions = {}
): IJudgement {
  const found = weigh(input, options);
  const safer =
    found.verdict === 'ok'
      ? null
      : saferCommand(input, found, other => weigh(other, options).verdict);
  return { ...found, safer };
}

/** Everything but the safer command, which itself needs judging. */
function weigh(
  { facts, requests, plan, problem = null }: IJudgeInput,
  {
    environmentRules = ENVIRONMENT_RULES,
    installRules = INSTALL_RULES,
    ignored = new Set(),
    protectedNames = new Set()
  }: IJudgeOptions
): Omit<IJudgement, 'safer'> {
  const silent = {
    verdict: 'ok' as const,
    requests,
    risks: [],
    notes: [],
    predicted: facts,
    rows: [],
    failures: []
  };
  if (requests.length === 0) {
    return silent;
  }
  const before = new View(facts);
  // A command for another place changes nothing here, whatever a plan says.
  const mine = requests.filter(one => placeOf(before, one).kernel !== false);
  const rows =
    mine.length === 0
      ? []
      : plan
        ? planned(before, plan, mine)
        : assume(before, mine);
  const planner = isByConda(plan, mine)
    ? 'conda'
    : (plan?.planner ?? 'computed');
  const predicted = predict(facts, { rows, planner }, mine);
  const after = new View(predicted);
  const result = runInstallRules(
    installRules,
    {
      before,
      after,
      facts,
      predicted,
      requests,
      plan,
      problem,
      protectedNames,
      change: new Change(before, rows, mine, plan !== null),
      // Where nothing changes there is nothing new, and most installs of a notebook are such.
      newFindings:
        rows.length === 0
          ? []
          : newFindings(
              runRules(environmentRules, facts, ignored),
              runRules(environmentRules, predicted, ignored)
            )
    },
    ignored
  );
  return {
    ...silent,
    verdict: verdictOf(result.risks),
    risks: result.risks,
    notes: result.notes,
    predicted,
    rows,
    failures: result.failures
  };
}

function verdictOf(risks: readonly IRisk[]): Verdict {
  return risks.some(one => one.severity === 'block')
    ? 'block'
    : risks.length > 0
      ? 'warn'
      : 'ok';
}

function isByConda(
  plan: IPlan | null,
  requests: readonly IInstallRequest[]
): boolean {
  return (
    (plan !== null && isCondaPlan(plan)) ||
    (requests.length > 0 && requests.every(one => isCondaTool(one.tool)))
  );
}

/** The rows of a plan in one order, one for each name; those of conda under the names of Python distributions. */
function planned(
  view: View,
  plan: IPlan,
  requests: readonly IInstallRequest[]
): IPlanRow[] {
  const conda = isByConda(plan, requests);
  const rows = new Map<string, IPlanRow>();
  for (const one of plan.rows) {
    const name = conda ? distributionOf(one.name) : one.name;
    // `--ignore-installed`: the resolver calls new what is here.
    const from =
      one.from === null && !conda
        ? (view.dist(name)?.value.version ?? null)
        : one.from;
    const row = { ...one, name, from };
    const known = rows.get(name);
    // `pytorch` and `pytorch-gpu` stand for one distribution; the row that says most stays.
    if (!known || said(row) > said(known)) {
      rows.set(name, row);
    }
  }
  return [...rows.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** For choosing between two rows of one name, whatever their order. */
function said(one: IPlanRow): string {
  return [
    one.to === null ? 0 : 1,
    one.from === null ? 0 : 1,
    one.requires?.join() ?? '',
    one.to ?? '',
    one.from ?? '',
    one.build ?? ''
  ].join('\n');
}
