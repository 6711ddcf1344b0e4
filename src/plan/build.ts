/** Plans and requests made by hand: for examples and tests. */
import type { IInstallRequest, IOptions } from '../recognise/types';
import type { IPlan, IPlanRow } from './types';

/** A row; what is not given is unknown. */
export function row(
  name: string,
  from: string | null,
  to: string | null,
  more: Partial<IPlanRow> = {}
): IPlanRow {
  return { name, from, to, requires: null, build: null, size: null, ...more };
}

/** A plan of uv. */
export function plan(rows: readonly IPlanRow[], planner = 'uv 0.13.8'): IPlan {
  return { rows, planner, duration: 0 };
}

/** No option given. */
export const NO_OPTIONS: IOptions = {
  upgrade: false,
  eager: false,
  pre: false,
  forceReinstall: false,
  ignoreInstalled: false,
  noDeps: false,
  user: false,
  breakSystemPackages: false,
  sudo: false,
  yes: false,
  indexes: [],
  extraIndexes: [],
  channels: [],
  constraints: [],
  requirementFiles: [],
  editables: []
};

/** `%pip install …`. */
export function request(
  packages: readonly string[],
  more: Partial<Omit<IInstallRequest, 'options'>> & {
    options?: Partial<IOptions>;
  } = {}
): IInstallRequest {
  return {
    tool: 'pip',
    form: 'magic',
    action: 'install',
    packages,
    target: { kind: 'kernel' },
    args: packages,
    unknowns: [],
    eaten: [],
    directory: null,
    lostActivation: false,
    start: 0,
    end: 0,
    ...more,
    options: { ...NO_OPTIONS, ...more.options }
  };
}

/** `%pip uninstall -y …`. */
export function uninstall(
  packages: readonly string[],
  more: Parameters<typeof request>[1] = {}
): IInstallRequest {
  return request(packages, { action: 'uninstall', ...more });
}
