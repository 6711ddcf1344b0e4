/** From an install request to what the planner in the kernel is asked. */
import type { View } from '../facts/view';
import type { IInstallRequest } from '../recognise/types';
import { condaNameOf } from '../compat/names';
import { asked, isCondaTool } from './asked';

/** Package managers that can be planned. */
export type PlannedTool = 'pip' | 'uv' | 'conda' | 'mamba' | 'micromamba';

/** What `plan(request)` of plan.py takes. */
export interface IPlanRequest {
  readonly tool: PlannedTool;
  readonly action: IInstallRequest['action'];
  /** The words behind `pip install`, exactly; may hold credentials. */
  readonly args: readonly string[];
  /** Folder the command runs in; relative to that of the kernel. */
  readonly cwd: string;
  /** Seconds after which the planner and all its processes end. */
  readonly deadline: number;
  readonly planner: 'auto' | 'uv' | 'pip';
  /** Pins that must hold: `["numpy==1.26.4"]`, for conda `["numpy=1.26.4"]`. */
  readonly constraints: readonly string[];
  /** Where else uv may be found. */
  readonly uv_paths: readonly string[];
  /** Folder for uv's cache; null: the planner's own. */
  readonly uv_cache: string | null;
}

/** What the request itself does not say. */
export interface IPlanOptions {
  /** Seconds. */
  readonly deadline: number;
  readonly planner?: IPlanRequest['planner'];
  readonly constraints?: readonly string[];
  readonly uvPaths?: readonly string[];
  readonly uvCache?: string | null;
}

/**
 * Why no resolver can be asked.
 *
 * - `tool`: one that has no dry run
 * - `unknown-words`: a part of the command is known only when it runs
 * - `environment-file`: conda has no dry run for one; `uv sync` reads a project
 * - `nothing`: the command names nothing
 */
export type Unplannable =
  'tool' | 'unknown-words' | 'environment-file' | 'nothing';

const TOOLS: ReadonlySet<string> = new Set<PlannedTool>([
  'pip',
  'uv',
  'conda',
  'mamba',
  'micromamba'
]);

const RUNTIME = new Set(['expression', 'substitution', 'variable']);

/** Why a request cannot be planned; null when it can. Whether it changes this environment is not asked here. */
export function unplannable(request: IInstallRequest): Unplannable | null {
  if (!TOOLS.has(request.tool)) {
    return 'tool';
  }
  if (request.unknowns.some(one => RUNTIME.has(one.kind))) {
    return 'unknown-words';
  }
  const conda = isCondaTool(request.tool);
  const files = request.options.requirementFiles;
  if (
    request.action === 'update' &&
    (!conda ||
      files.length > 0 ||
      request.args.some(word => /\.ya?ml$/.test(word)))
  ) {
    return 'environment-file';
  }
  return request.args.length === 0 && request.action !== 'update'
    ? 'nothing'
    : null;
}

/** What to ask the planner; null when it cannot be asked. */
export function planRequest(
  request: IInstallRequest,
  options: IPlanOptions
): IPlanRequest | null {
  if (unplannable(request) !== null) {
    return null;
  }
  return {
    tool: request.tool as PlannedTool,
    action: request.action,
    args: request.args,
    cwd: request.directory ?? '.',
    deadline: options.deadline,
    planner: options.planner ?? 'auto',
    constraints: options.constraints ?? [],
    uv_paths: options.uvPaths ?? [],
    uv_cache: options.uvCache ?? null
  };
}

/** A name and a version that a resolver accepts in a constraints file. */
const PLAIN = /^[A-Za-z0-9][\w.!+-]*$/;

/**
 * Pins of packages at their installed versions, for the safer way. What the command itself names is left out: a
 * constraint on it would forbid the command.
 *
 * @param names normalised names of the packages to protect
 */
export function protectedPins(
  view: View,
  names: Iterable<string>,
  request: IInstallRequest
): string[] {
  const named = new Set(asked([request]).map(one => one.name));
  const conda = isCondaTool(request.tool);
  const pins: string[] = [];
  for (const name of [...new Set(names)].sort()) {
    const version = view.dist(name)?.value.version;
    if (!version || named.has(name) || !PLAIN.test(version)) {
      continue;
    }
    pins.push(
      conda
        ? `${condaNameOf(name)?.value ?? name}=${version.split('+')[0]}`
        : `${name}==${version}`
    );
  }
  return pins;
}
