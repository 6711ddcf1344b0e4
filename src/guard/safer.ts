/** The safer way: the same request with the endangered packages held, resolved and judged like the first. Pure. */
import { View } from '../facts/view';
import { judge, type IJudgement } from '../judge/judge';
import { asked, isCondaTool } from '../plan/asked';
import { planRequest, protectedPins } from '../plan/command';
import type { IPlan, IPlanRow, Verdict } from '../plan/types';
import { recognise } from '../recognise';
import { mask } from '../recognise/source';
import type { IInstallRequest } from '../recognise/types';
import { lacksPip, quote, uvPip } from '../rules/words';
import { text, type IText } from '../text/text';
import { compareVersions } from '../versions/pep440';
import { normalise } from '../versions/requirement';
import type { IExamined, IExamineOptions, IPorts } from './examine';
import { rewriteCell } from './rewrite';
import type { SaferState } from './types';

/** A safer command, for the card and for the cell. */
export interface ISaferWay {
  readonly state: Extract<SaferState, { kind: 'found' }>;
  /** The cell with it; null when the cell cannot be changed. */
  readonly source: string | null;
  /** What a resolver said of it; null when none did. */
  readonly plan: IPlan | null;
}

/** Holding one package can move another, which is then held as well. */
const ROUNDS = 3;

/** Ages that are told, in years. */
const AGES = [1, 2, 3, 5];

/** A line that could stand in the cell. */
interface ICandidate {
  readonly line: string;
  readonly why: IText;
  /** Whether it is worth showing although no resolver could confirm it. */
  readonly alone: boolean;
}

/** Find one; null when there is none. @param source the cell that was examined @param now milliseconds since the epoch */
export async function findSafer(
  source: string,
  examined: IExamined,
  ports: IPorts,
  options: IExamineOptions,
  now: number
): Promise<ISaferWay | null> {
  const { requests, judgement, facts } = examined;
  const [request] = requests;
  if (!maySearch(examined)) {
    return null;
  }
  const view = new View(facts);
  const finder = new Finder(view, examined, ports, options, now);
  let best: ISaferWay | null = null;
  for (const next of [
    () => finder.nearest(),
    () => finder.held(),
    () => finder.told(judgement)
  ]) {
    const candidate = await next();
    const state = candidate && (await finder.confirm(candidate));
    if (candidate && state && (!best || isBetter(state, best.state))) {
      const { python } = facts;
      const changed = rewriteCell(
        source,
        request,
        candidate.line,
        python?.executable ?? null
      );
      best = {
        state: { ...state, applicable: changed !== null },
        source: changed,
        plan: finder.plan
      };
    }
    if (best?.state.caution === null) {
      break;
    }
  }
  return best;
}

/** Whether there is anything to look for. */
export function maySearch({ requests, judgement }: IExamined): boolean {
  return (
    judgement.verdict !== 'ok' &&
    requests.length === 1 &&
    requests[0].action === 'install'
  );
}

/** An old release is taken only when there is nothing else that a resolver confirms. */
function isBetter(a: ISaferWay['state'], b: ISaferWay['state']): boolean {
  return b.caution !== null && a.caution === null && a.resolvedBy !== null;
}

const RANK: Readonly<Record<Verdict, number>> = { ok: 0, warn: 1, block: 2 };

class Finder {
  /** What a resolver said of the candidate that was confirmed last. */
  plan: IPlan | null = null;

  constructor(
    private readonly _view: View,
    private readonly _examined: IExamined,
    private readonly _ports: IPorts,
    private readonly _options: IExamineOptions,
    private readonly _now: number
  ) {
    [this._request] = _examined.requests;
  }

  /** The version or the name that exists, where the command names one that does not. */
  nearest(): ICandidate | null {
    const { problem } = this._examined;
    if (!problem?.nearest || isCondaTool(this._request.tool)) {
      return null;
    }
    const { nearest, package: name, kind } = problem;
    const replaced = this._words(one =>
      one.name !== name
        ? null
        : kind === 'unknown-package'
          ? one.word.replace(/^[\w.-]+/, () => nearest)
          : `${one.bare}==${nearest}`
    );
    return replaced && (name ?? '') !== ''
      ? {
          line: replaced,
          why:
            kind === 'unknown-package'
              ? text('The similar name that exists.')
              : text('The nearest release that exists.'),
          alone: false
        }
      : null;
  }

  /** The endangered packages held at their installed versions; the resolver then finds other releases of what was asked for. */
  async held(): Promise<ICandidate | null> {
    const { plan, judgement } = this._examined;
    const request = this._request;
    if (
      plan === null ||
      isCondaTool(request.tool) ||
      request.unknowns.length > 0 ||
      asked([request]).length !== request.packages.length
    ) {
      return null;
    }
    const names = new Set(endangered(judgement));
    let pins: string[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const next = protectedPins(this._view, names, request);
      if (next.length === pins.length) {
        return null;
      }
      pins = next;
      const found = await this._plan(request, pins);
      if (!found) {
        return null;
      }
      const again = this._judge([request], found);
      if (again.verdict === 'ok') {
        return this._pinned(found, pins);
      }
      endangered(again).forEach(name => names.add(name));
    }
    return null;
  }

  /** What the verdict itself proposes. */
  told({ safer }: IJudgement): ICandidate | null {
    return safer && { line: safer.command, why: safer.why, alone: true };
  }

  /** Resolve exactly this line and judge it: less harmful than what was asked for, or nothing. */
  async confirm({
    line,
    why,
    alone
  }: ICandidate): Promise<Extract<SaferState, { kind: 'found' }> | null> {
    this.plan = null;
    const [request, ...others] = recognise(line);
    if (!request || others.length > 0) {
      return null;
    }
    const base = {
      kind: 'found' as const,
      command: mask(line),
      why,
      resolvedBy: null,
      seconds: null,
      caution: null,
      applicable: false
    };
    const ask = planRequest(request, this._planOptions());
    const outcome = ask && (await this._ports.plan(ask, () => undefined));
    if (outcome?.kind === 'cancelled') {
      return null;
    }
    if (outcome?.kind !== 'plan') {
      const refused =
        outcome?.kind === 'problem' &&
        ['unsatisfiable', 'unknown-package', 'usage', 'needs-build'].includes(
          outcome.problem.kind
        );
      return alone && !refused ? base : null;
    }
    const { plan } = outcome;
    const { verdict } = this._judge([request], plan);
    const before = this._examined.judgement.verdict;
    if (RANK[verdict] >= RANK[before] || verdict === 'block') {
      return null;
    }
    this.plan = plan;
    return {
      ...base,
      resolvedBy: plan.planner,
      seconds: plan.duration / 1000,
      caution: await this._caution(plan)
    };
  }

  /** `%pip install` with the versions that were found, and the pins of what must stay. */
  private _pinned(found: IPlan, pins: readonly string[]): ICandidate | null {
    const rows = new Map(found.rows.map(row => [row.name, row]));
    const line = this._words(
      one => {
        const to = rows.get(one.name)?.to;
        return to ? `${one.bare}==${to}` : null;
      },
      pins.filter(pin => this._wouldMove(pin))
    );
    return line === null
      ? null
      : {
          line,
          why: text('It keeps %1 as installed.', listed(pins)),
          alone: false
        };
  }

  /** Whether the command as it stands would move what this pin holds. */
  private _wouldMove(pin: string): boolean {
    const name = normalise(pin.split('==')[0]);
    const row = this._examined.judgement.rows.find(one => one.name === name);
    return row !== undefined && row.to !== row.from;
  }

  /** The command with other words for what it names; options stay, but for `--upgrade`, which exact versions replace. */
  private _words(
    replace: (one: {
      word: string;
      bare: string;
      name: string;
    }) => string | null,
    more: readonly string[] = []
  ): string | null {
    const request = this._request;
    let changed = false;
    const words = request.args.flatMap(word => {
      const [one] = request.packages.includes(mask(word))
        ? asked([{ ...request, packages: [word] }])
        : [];
      if (!one) {
        return /^(?:-U|--upgrade)$/.test(word) ? [] : [word];
      }
      const extras = one.extras.length > 0 ? `[${one.extras.join()}]` : '';
      const marker = /;.*$/.exec(word)?.[0] ?? '';
      const bare = `${/^[\w.-]+/.exec(word)?.[0] ?? one.name}${extras}`;
      const next = replace({ word, bare, name: one.name });
      changed = changed || next !== null;
      return [next === null ? word : next + marker];
    });
    if (!changed && more.length === 0) {
      return null;
    }
    const command =
      request.tool === 'uv' || lacksPip(this._view)
        ? uvPip(this._view, 'install')
        : '%pip install';
    return [command, ...[...words, ...more].map(quote)].join(' ');
  }

  private _planOptions(constraints: readonly string[] = []) {
    const { settings, limit } = this._options;
    return {
      deadline: limit,
      planner:
        settings.planner === 'none' ? ('auto' as const) : settings.planner,
      constraints
    };
  }

  private async _plan(
    request: IInstallRequest,
    constraints: readonly string[]
  ): Promise<IPlan | null> {
    const ask = planRequest(request, this._planOptions(constraints));
    const outcome = ask && (await this._ports.plan(ask, () => undefined));
    return outcome?.kind === 'plan' ? outcome.plan : null;
  }

  private _judge(
    requests: readonly IInstallRequest[],
    plan: IPlan
  ): IJudgement {
    const { facts } = this._examined;
    return judge({ facts, requests, plan }, this._options.judging);
  }

  /** What must be known of an older release: that it is another major version, or how old it is. */
  private async _caution(found: IPlan): Promise<IText | null> {
    const before = new Map(
      this._examined.judgement.rows.map(row => [row.name, row])
    );
    const names = new Set(asked([this._request]).map(one => one.name));
    const older = found.rows.filter(row => names.has(row.name) && isOlder(row));
    for (const { name, to } of older) {
      const newest = before.get(name)?.to ?? '';
      if (to && majorOf(to) !== majorOf(newest)) {
        return text(
          '%1 %2 is an older major version than %3.',
          name,
          to,
          newest
        );
      }
    }
    for (const { name, to } of older) {
      const years = await this._age(`${name}==${to}`);
      if (years > 0) {
        return years === 1
          ? text('%1 %2 was released more than a year ago.', name, to ?? '')
          : text(
              '%1 %2 was released more than %3 years ago.',
              name,
              to ?? '',
              String(years)
            );
      }
    }
    return null;

    function isOlder({ name, to }: IPlanRow): boolean {
      const newest = before.get(name)?.to;
      return !!to && !!newest && (compareVersions(to, newest) ?? 0) < 0;
    }
  }

  /** Whole years since a release, as far as they are told: it is found although nothing younger may be taken. */
  private async _age(pin: string): Promise<number> {
    let years = 0;
    for (const age of AGES) {
      const date = new Date(this._now);
      date.setFullYear(date.getFullYear() - age);
      const words = [
        '--no-deps',
        '--uploaded-prior-to',
        date.toISOString().slice(0, 10),
        pin
      ];
      const [request] = recognise(`%pip install ${words.join(' ')}`);
      if (!request || !(await this._plan(request, []))) {
        break;
      }
      years = age;
    }
    return years;
  }

  private readonly _request: IInstallRequest;
}

/** Installed packages that the risks are about and that would move. */
function endangered({ risks, rows }: IJudgement): string[] {
  const moved = new Set(
    rows
      .filter(one => one.from !== null && one.to !== one.from)
      .map(one => one.name)
  );
  return [...new Set(risks.flatMap(one => one.about))].filter(name =>
    moved.has(name)
  );
}

function majorOf(version: string): string {
  return version.split('.')[0];
}

/** Names of pins, for a sentence. */
function listed(pins: readonly string[]): string {
  const names = pins.map(pin => pin.split(/={1,2}/)[0]);
  return names.length > 4
    ? `${names.slice(0, 3).join(', ')} (+${names.length - 3})`
    : names.join(', ');
}
