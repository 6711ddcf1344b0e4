/** What was found out, as a card shows it. Pure. */
import { View } from '../facts/view';
import type { IPlanNote } from '../plan/answer';
import { asked } from '../plan/asked';
import type { IPlanRow } from '../plan/types';
import { render, text, type IText } from '../text/text';
import { parseRequirement } from '../versions/requirement';
import type { IExamined, IUnplanned } from './examine';
import type { IAskedRule, IAsking, IChangeRow } from './types';

/** The card of a verdict; its safer way is looked for later. @param now milliseconds since the epoch */
export function askingCard(examined: IExamined, now: number): IAsking {
  const { judgement, plan, unplanned, problem, notes } = examined;
  const { verdict, risks } = judgement;
  // A command that cannot be carried out changes nothing.
  const rows = problem && plan === null ? [] : changeRows(examined);
  const isResolved = plan !== null && plan.planner !== 'computed';
  const bytes = judgement.rows.map(one => one.size);
  const known = bytes.filter((one): one is number => one !== null);
  return {
    kind: 'asking',
    verdict,
    title: risks[0]?.title ?? text('This command changes the environment'),
    risks,
    notes: [
      ...judgement.notes.map(one => one.title),
      ...notes.map(planNote)
    ].filter(unique),
    rows,
    bytes:
      known.length > 0 && known.length === bytes.length
        ? known.reduce((sum, one) => sum + one, 0)
        : null,
    planner: plan?.planner ?? null,
    // That there is no solution is what the risk says.
    unplanned: unplanned && !problem ? unplannedText(unplanned) : null,
    seconds: isResolved ? plan.duration / 1000 : null,
    checkedAt: now,
    safer: { kind: 'none' },
    rules: rulesOf(examined),
    canFetchUv: plan?.planner.startsWith('pip ') ?? needsUv(unplanned)
  };
}

/** Whether uv would have helped. */
export function needsUv(unplanned: IUnplanned | null): boolean {
  return unplanned?.kind === 'no-planner';
}

function unique(one: IText, index: number, all: readonly IText[]): boolean {
  return all.findIndex(other => render(other) === render(one)) === index;
}

function planNote(note: IPlanNote): IText {
  return text('%1', note.text);
}

/** Why no resolver answered. */
export function unplannedText({ kind }: IUnplanned): IText {
  switch (kind) {
    case 'network':
      return text('The package index could not be reached.');
    case 'timeout':
    case 'deadline':
      return text('The resolver took too long.');
    case 'credentials':
      return text('The package index refused the credentials.');
    case 'no-planner':
      return text('There is neither uv nor pip to ask.');
    case 'needs-build':
      return text('Something must be built from source.');
    case 'missing-file':
      return text('A file that the command names is missing.');
    case 'unsatisfiable':
    case 'unknown-package':
      return text('There is no solution.');
    case 'usage':
      return text('The resolver does not understand the command.');
    case 'off':
      return text('Resolving is switched off in the settings.');
    case 'unknowable':
      return text('What it installs is known only when it runs.');
    default:
      return text('The resolver failed.');
  }
}

/** Each rule once; what it explains would come forward without it, so it goes along. */
function rulesOf({ judgement }: IExamined): IAskedRule[] {
  const rules = new Map<string, IAskedRule>();
  for (const { rule, title } of judgement.risks) {
    if (!rules.has(rule)) {
      rules.set(rule, { id: rule, title });
    }
  }
  return [...rules.values()];
}

/** Ids of rules together with those of the risks that they explain here. */
export function withSymptoms(
  { judgement }: IExamined,
  ids: readonly string[]
): string[] {
  return [
    ...new Set([
      ...ids,
      ...judgement.risks
        .filter(one => ids.includes(one.rule))
        .flatMap(one => one.symptoms.map(symptom => symptom.rule))
    ])
  ];
}

function changeRows({ facts, judgement, requests }: IExamined): IChangeRow[] {
  const view = new View(facts);
  const predicted = new View(judgement.predicted);
  const named = new Set(asked(requests).map(one => one.name));
  const order = new Map<string, number>();
  judgement.risks.forEach((risk, i) => {
    for (const name of [risk.subject, ...risk.about]) {
      if (name !== null && !order.has(name)) {
        order.set(name, i);
      }
    }
  });
  const askers = askersOf(judgement.rows);
  const rows = judgement.rows
    .filter(one => one.from !== one.to)
    .map((row): IChangeRow => {
      const { name, from, to } = row;
      return {
        name,
        from,
        to,
        owner: ownerOf(view, name, from),
        becauseOf: named.has(name) ? [] : (askers.get(name) ?? []).slice(0, 3),
        asked: named.has(name),
        harmful: order.has(name),
        detail: detailOf(row, view, predicted)
      };
    });
  const rank = (one: IChangeRow) =>
    order.get(one.name) ?? (one.from !== null ? 1e6 : 2e6);
  return rows.sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
}

function ownerOf(
  view: View,
  name: string,
  from: string | null
): IChangeRow['owner'] {
  return from === null
    ? 'new'
    : (view.dist(name)?.value.manager ??
        (view.owner(name) === null ? 'unknown' : 'conda'));
}

/** Who requires what, by the plan. */
function askersOf(rows: readonly IPlanRow[]): Map<string, string[]> {
  const askers = new Map<string, string[]>();
  for (const { name, requires } of rows) {
    for (const line of requires ?? []) {
      const wanted = parseRequirement(line)?.name;
      if (wanted && wanted !== name) {
        const list = askers.get(wanted) ?? [];
        askers.set(wanted, list.includes(name) ? list : [...list, name]);
      }
    }
  }
  return askers;
}

function detailOf(
  { name, to, build }: IPlanRow,
  before: View,
  after: View
): IText | null {
  if (build === 'sdist') {
    return text('built from source');
  }
  const cuda = (view: View) =>
    view
      .frameworks()
      .find(({ value }) => value.distribution === name && value.gpu_build)
      ?.value.cuda ?? null;
  const next = to === null ? null : cuda(after);
  return next !== null && next !== cuda(before) ? text('CUDA %1', next) : null;
}
