/** A command that reaches the same with less risk, as far as that can be told without a resolver. */
import { View } from '../facts/view';
import { asked, isCondaTool, likelyCondaName } from '../plan/asked';
import type { IPlanRow, Verdict } from '../plan/types';
import type { IInstallRequest } from '../recognise/types';
import type { IRisk } from '../rules/install/types';
import { decoyOf } from '../rules/decoyNames';
import { insteadOf } from '../rules/families';
import { condaInstall, pipInstall, quote } from '../rules/words';
import { text, type IText } from '../text/text';
import { satisfies } from '../versions/pep440';
import { parseRequirement } from '../versions/requirement';
import type { IJudgeInput } from './judge';

/** A safer command. */
export interface ISafer {
  /** A line for a cell. */
  readonly command: string;
  /** Whether a resolver, or the facts alone, prove that it works and carries no risk. */
  readonly resolved: boolean;
  /** How it differs. */
  readonly why: IText;
}

/** What `weigh` found. */
interface IFound {
  readonly risks: readonly IRisk[];
  readonly rows: readonly IPlanRow[];
}

/** A command, or null. @param weighs the verdict on another change */
export function saferCommand(
  input: IJudgeInput,
  found: IFound,
  weighs: (input: IJudgeInput) => Verdict
): ISafer | null {
  const [request, ...others] = input.requests;
  if (others.length > 0 || request.action !== 'install') {
    return null;
  }
  const view = new View(input.facts);
  return (
    byRightName(view, request, found) ??
    sameForKernel(view, input, found, weighs) ??
    withoutRequirements(view, input, found, weighs) ??
    byConda(view, request, found) ??
    withPins(view, input, found)
  );
}

function isPip(request: IInstallRequest): boolean {
  return request.tool === 'pip' || request.tool === 'uv';
}

/** The package that was meant, where the name that was asked for is of another one. */
function byRightName(
  view: View,
  request: IInstallRequest,
  { risks }: IFound
): ISafer | null {
  const wrong = risks.some(
    one =>
      one.rule === 'wrong-name' ||
      one.symptoms.some(symptom => symptom.rule === 'wrong-name')
  );
  if (!wrong || request.unknowns.length > 0) {
    return null;
  }
  const words: string[] = [];
  for (const word of request.packages) {
    const name = parseRequirement(word)?.name ?? '';
    const decoy = decoyOf(name, null);
    if (decoy?.install === null) {
      return null;
    }
    // A version of the other project says nothing about this one.
    words.push(decoy?.install ?? word);
  }
  return {
    command: pipInstall(view, words, options(request)),
    resolved: false,
    why: text('The package with that import name that people mean.')
  };
}

/** The command as a magic, without what made it land elsewhere, with its versions quoted. */
function sameForKernel(
  view: View,
  input: IJudgeInput,
  { risks }: IFound,
  weighs: (input: IJudgeInput) => Verdict
): ISafer | null {
  const [request] = input.requests;
  const rules = new Set(risks.map(one => one.rule));
  const form = ['wrong-target', 'shell-eats-specifier', 'system-flag'];
  if (
    !form.some(rule => rules.has(rule)) ||
    request.packages.length === 0 ||
    request.unknowns.length > 0 ||
    request.tool === 'apt'
  ) {
    return null;
  }
  const packages =
    request.eaten.length > 0 && request.packages.length === 1
      ? [request.packages[0] + request.eaten.join(',')]
      : request.packages;
  if (request.eaten.length > 0 && packages === request.packages) {
    return null;
  }
  const clean: IInstallRequest = {
    ...request,
    packages,
    form: 'magic',
    eaten: [],
    lostActivation: false,
    target: { kind: 'kernel' },
    options: {
      ...request.options,
      user: false,
      sudo: false,
      breakSystemPackages: false
    }
  };
  // For the kernel it is another change, of which no resolver was asked.
  if (weighs({ ...input, requests: [clean], plan: null }) !== 'ok') {
    return null;
  }
  return {
    command: !isCondaTool(request.tool)
      ? pipInstall(view, packages, options(clean))
      : view.facts.environment?.kind === 'conda'
        ? condaInstall(packages, channels(request))
        : pipInstall(
            view,
            asked([request]).map(one => one.name + one.specifier)
          ),
    resolved: false,
    why: text('The same for the environment of this kernel.')
  };
}

/** Options that choose what is found, as far as they carry no secret. */
function options(request: IInstallRequest): string[] {
  const { upgrade, pre, noDeps, indexes, extraIndexes } = request.options;
  return [
    ...(upgrade ? ['--upgrade'] : []),
    ...(pre ? ['--pre'] : []),
    ...(noDeps ? ['--no-deps'] : []),
    ...indexes.flatMap(one =>
      one.startsWith('--') ? [one] : ['--index-url', quote(one)]
    ),
    ...extraIndexes.flatMap(one => ['--extra-index-url', quote(one)])
  ].filter(one => !one.includes('****'));
}

function channels(request: IInstallRequest): string[] {
  return request.options.channels.flatMap(one => ['-c', quote(one)]);
}

/**
 * `--no-deps` with what the plan adds, minus what does the harm: when every requirement is met by what is installed,
 * by a twin of it, or by the rest.
 */
function withoutRequirements(
  view: View,
  input: IJudgeInput,
  { rows, risks }: IFound,
  weighs: (input: IJudgeInput) => Verdict
): ISafer | null {
  const { plan, facts } = input;
  const [request] = input.requests;
  if (
    plan === null ||
    !isPip(request) ||
    request.options.noDeps ||
    request.unknowns.length > 0
  ) {
    return null;
  }
  const names = new Set(asked([request]).map(one => one.name));
  const harmful = new Set(risks.flatMap(one => one.about));
  const kept = rows.filter(
    row =>
      row.to !== null &&
      (names.has(row.name) || (row.from === null && !harmful.has(row.name)))
  );
  const wanted = kept.filter(row => names.has(row.name));
  if (
    wanted.length === 0 ||
    kept.length === rows.length ||
    wanted.some(row => row.requires === null) ||
    !kept.every(row => isContent(view, row, kept))
  ) {
    return null;
  }
  const bare: IInstallRequest = {
    ...request,
    options: { ...request.options, noDeps: true }
  };
  const change = { facts, requests: [bare], plan: { ...plan, rows: kept } };
  return weighs(change) === 'ok'
    ? {
        command: pipInstall(
          view,
          [...wanted, ...kept.filter(row => !names.has(row.name))].map(
            row => `${row.name}==${row.to}`
          ),
          ['--no-deps', ...options(bare).filter(one => one !== '--no-deps')]
        ),
        resolved: kept.every(row => row.requires !== null),
        why: text(
          'What it requires is installed already; nothing installed moves.'
        )
      }
    : null;
}

/** Whether the requirements of a row, as far as they are known, are met without the rest of the plan. */
function isContent(
  view: View,
  row: IPlanRow,
  kept: readonly IPlanRow[]
): boolean {
  const probe = { ...emptyDist, requires: row.requires?.slice() ?? null };
  return view.requirements(probe).every(({ name, specifier, url }) => {
    const version =
      kept.find(one => one.name === name)?.to ??
      view.dist(name)?.value.version ??
      null;
    return (
      url === null &&
      (version === null
        ? view.dist(name) === null && insteadOf(view, name) !== null
        : satisfies(version, specifier) === true)
    );
  });
}

/** A distribution without anything; only its requirements are asked for. */
const emptyDist = {
  name: '',
  project: '',
  version: null,
  manager: null,
  installer: null,
  location: null,
  path_index: null,
  metadata: null,
  requires: null,
  requires_python: null,
  editable: null
};

/** conda, when what would be replaced is conda's. */
function byConda(
  view: View,
  request: IInstallRequest,
  { risks, rows }: IFound
): ISafer | null {
  const owned = risks.some(
    one =>
      one.rule === 'conda-owned' ||
      one.symptoms.some(symptom => symptom.rule === 'conda-owned')
  );
  if (
    !owned ||
    !isPip(request) ||
    request.unknowns.length > 0 ||
    request.options.indexes.length + request.options.extraIndexes.length > 0 ||
    view.facts.environment?.kind !== 'conda'
  ) {
    return null;
  }
  const specs: string[] = [];
  for (const one of asked([request])) {
    const name = one.extras.length > 0 ? null : likelyCondaName(one.name);
    if (name === null) {
      return null;
    }
    specs.push(
      one.exact === null ? name + one.specifier : `${name}=${one.exact}`
    );
  }
  return specs.length > 0 && rows.length > 0
    ? {
        command: condaInstall(specs, ['-c', 'conda-forge']),
        resolved: false,
        why: text('conda keeps its own packages in step.')
      }
    : null;
}

/** The same with the endangered packages held at their installed versions; pip then looks for another release. */
function withPins(
  view: View,
  input: IJudgeInput,
  { risks, rows }: IFound
): ISafer | null {
  const [request] = input.requests;
  if (!isPip(request) || request.unknowns.length > 0) {
    return null;
  }
  const mine = asked([request]);
  const names = new Set(mine.map(one => one.name));
  const moved = new Set(
    rows
      .filter(row => row.from !== null && row.to !== row.from)
      .map(row => row.name)
  );
  const held = new Map<string, string>();
  for (const name of risks.flatMap(one => one.about)) {
    const version = view.dist(name)?.value.version ?? null;
    if (moved.has(name) && !names.has(name) && version !== null) {
      held.set(name, version);
    }
  }
  // A resolver keeps what is installed when it can. With a pin for all that was asked for, it could not.
  const hopeless =
    mine.every(one => one.exact !== null) ||
    rows.some(
      row =>
        mine.some(one => one.name === row.name && one.exact !== null) &&
        (row.requires ?? []).some(line => {
          const requirement = parseRequirement(line);
          const version = requirement && held.get(requirement.name);
          return (
            version !== undefined &&
            version !== null &&
            satisfies(version, requirement?.specifier ?? '') === false
          );
        })
    );
  if (held.size === 0 || hopeless || request.packages.length === 0) {
    return null;
  }
  const pins = [...held].sort().map(([name, version]) => `${name}==${version}`);
  return {
    command: pipInstall(view, [...request.packages, ...pins], options(request)),
    resolved: false,
    why: text(
      'pip looks for a release that is content with %1.',
      pins.join(', ')
    )
  };
}
