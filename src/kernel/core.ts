/**
 * What is needed once somebody presses the button: Python sources, validator, rules, tables. Loaded on demand, so
 * that JupyterLab starts without it.
 */
import type { Kernel } from '@jupyterlab/services';
import type { ICheckResult } from '../check/state';
import { summarise } from '../check/verdict';
import type { IFacts } from '../facts/facts.generated';
import type { CostlyFact } from '../facts/costly';
import type { IMoment } from '../history/compare';
import { runRules, wantedCostly } from '../rules/engine';
import { ENVIRONMENT_RULES } from '../rules/environment/index.generated';
import { meaningsOf } from '../gputest/meaning';
import type { IGpuTestReport, IGpuTestState } from '../gputest/types';
import type { IJudgeOptions } from '../judge/judge';
import { INSTALL_RULES } from '../rules/install/index.generated';
import {
  ENVIRONMENT_PAGES,
  INSTALL_PAGES,
  rulePage as pageOf
} from '../rules/page';
import type { IRule } from '../rules/types';
import {
  runBackup,
  type BackupOutcome,
  type BackupRequest,
  type IBackupOptions
} from './backup';
import {
  BACKGROUND_SOURCE,
  BACKUP_SOURCE,
  HISTORY_SOURCE
} from './embedded.generated';
import {
  runHistory,
  type HistoryOutcome,
  type HistoryRequest
} from './history';

export { askingCard, unplannedText, withSymptoms } from '../guard/card';
export { examine } from '../guard/examine';
export { Examiner, readAhead } from '../guard/examiner';
export { commandsOf } from '../history/command';
export {
  compare,
  EMPTY as EMPTY_ENTRY,
  marksOf,
  plannedOf,
  startEntry
} from '../history/compare';
export { brokenBy } from '../history/marker';
export { nearestCommand } from '../history/nearest';
export {
  changeText,
  differenceText,
  isNews,
  refusalText,
  undoneText
} from '../history/words';
export { findSafer, maySearch } from '../guard/safer';
export { mergeCostly } from '../facts/costly';
export { withObservations } from '../gputest/observations';
export { readAnswer } from './answer';
export { readCostly } from './costly';
export {
  BACKGROUND_SOURCE,
  FETCH_UV_SOURCE,
  GPU_TEST_CHILD_SOURCE,
  GPU_TEST_SOURCE,
  NAMES_SOURCE,
  PLAN_SOURCE,
  PROBE_SOURCE
} from './embedded.generated';
export { fetchUv } from './fetchUv';
export { runGpuTest } from './gpuTest';

/** Apply the rules. @param ignored ids of rules that are ignored in this environment */
export function evaluate(
  facts: IFacts,
  extra: readonly IRule[],
  ignored: ReadonlySet<string>,
  how: { checkedAt: number; separate: boolean }
): ICheckResult {
  const all = runRules([...ENVIRONMENT_RULES, ...extra], facts);
  const findings = all.findings.filter(one => !ignored.has(one.rule));
  return {
    facts,
    findings,
    ignored: all.findings.filter(one => ignored.has(one.rule)),
    failures: all.failures,
    summary: summarise(facts, findings),
    ...how
  };
}

/** Ask backup.py. Never rejects. */
export function askBackup(
  kernel: Kernel.IKernelConnection,
  request: BackupRequest,
  how: IBackupOptions
): Promise<BackupOutcome> {
  const source = `${BACKGROUND_SOURCE}\n${BACKUP_SOURCE}`;
  return runBackup(kernel, source, request, how);
}

/** Ask history.py. Never rejects. */
export function askHistory(
  kernel: Kernel.IKernelConnection,
  request: HistoryRequest,
  signal: AbortSignal
): Promise<HistoryOutcome> {
  const source = `${BACKGROUND_SOURCE}\n${HISTORY_SOURCE}`;
  return runHistory(kernel, source, request, signal);
}

/** Facts with what all rules say of them. */
export function momentOf(facts: IFacts, extra: readonly IRule[]): IMoment {
  const { findings } = runRules([...ENVIRONMENT_RULES, ...extra], facts);
  return { facts, findings };
}

/** Costly facts that the rules want to know of this environment. */
export function costlyFor(
  facts: IFacts,
  extra: readonly IRule[]
): CostlyFact[] {
  return wantedCostly([...ENVIRONMENT_RULES, ...extra], facts);
}

/** What failures of a GPU test mean. @param result of the environment it ran in */
export async function testMeanings(
  report: IGpuTestReport,
  { facts, findings }: ICheckResult
): Promise<IGpuTestState['meanings']> {
  const { explain, View } = await import('../explain/core');
  const known = { view: new View(facts), findings };
  return meaningsOf(
    report,
    facts,
    words => explain(words, known)[0]?.title ?? null
  );
}

/** How the guard judges. @param ignored ids of rules that are not asked about */
export function judging(
  extra: readonly IRule[],
  ignored: ReadonlySet<string>,
  protectedNames: ReadonlySet<string>
): IJudgeOptions {
  return {
    environmentRules: [...ENVIRONMENT_RULES, ...extra],
    ignored,
    protectedNames
  };
}

/** Documentation of a rule as Markdown; null when there is no such rule. */
export function rulePage(id: string): string | null {
  const rule = ENVIRONMENT_RULES.find(one => one.id === id);
  if (rule) {
    return pageOf(rule, ENVIRONMENT_PAGES);
  }
  const install = INSTALL_RULES.find(one => one.id === id);
  return install ? pageOf(install, INSTALL_PAGES) : null;
}
