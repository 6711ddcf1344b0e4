/** Which environment a request changes, held against the facts. */
import type { View } from '../facts/view';
import type { IInstallRequest } from '../recognise/types';

/** Where a request goes. */
export interface IPlace {
  /** Whether it changes the environment of the kernel; null when that cannot be told. */
  readonly kernel: boolean | null;
  /** What is known of the other place: a prefix or an interpreter. */
  readonly other: string | null;
}

const KERNEL: IPlace = { kernel: true, other: null };
const UNKNOWN: IPlace = { kernel: null, other: null };

/** Where a request goes. */
export function placeOf(view: View, request: IInstallRequest): IPlace {
  if (request.tool === 'pipx') {
    return elsewhere('pipx');
  }
  if (request.tool === 'apt') {
    return elsewhere('apt');
  }
  const { target } = request;
  switch (target.kind) {
    case 'kernel':
      return KERNEL;
    case 'folder':
      return elsewhere(target.path);
    case 'named':
      return target.isNew ? elsewhere(target.name) : named(view, target.name);
    case 'path':
      return onPath(view, target.command);
  }
}

function elsewhere(other: string): IPlace {
  return { kernel: false, other };
}

function same(a: string, b: string | null | undefined): boolean {
  return !!b && trimmed(a) === trimmed(b);
}

function trimmed(path: string): string {
  return path.replace(/\\/g, '/').replace(/\/+$/, '');
}

/** An interpreter, a prefix or the name of an environment. */
function named(view: View, name: string): IPlace {
  const { python, environment } = view.facts;
  const own = python?.prefix ?? activePrefix(view);
  const prefix = trimmed(name).replace(
    /\/(?:bin|Scripts)\/[^/]+$|\/python(?:\.exe)?$/,
    ''
  );
  if (
    same(name, python?.executable) ||
    same(name, python?.executable_real) ||
    same(prefix, own) ||
    (environment?.name && name === environment.name)
  ) {
    return KERNEL;
  }
  const absolute = /^(?:\/|[A-Za-z]:)/.test(name);
  const known = absolute ? own : environment?.name;
  return known ? elsewhere(name) : UNKNOWN;
}

/** The first program of that name on PATH. */
function onPath(view: View, command: string): IPlace {
  const { python, tools, environment } = view.facts;
  if (/^(?:conda|mamba|micromamba)$/.test(command)) {
    const active = view.environ('CONDA_PREFIX');
    const kind = environment?.kind;
    if (kind && kind !== 'conda') {
      return elsewhere(active ?? 'conda');
    }
    return !active || !python?.prefix
      ? UNKNOWN
      : same(active, python.prefix)
        ? KERNEL
        : elsewhere(active);
  }
  const prefix = python?.prefix ?? activePrefix(view);
  const found =
    tools?.find(one => one.name === command)?.prefix ??
    (tools === null ? firstOnPath(view, prefix) : null);
  if (!found || !prefix) {
    return UNKNOWN;
  }
  return same(found, prefix) ? KERNEL : elsewhere(found);
}

/** The environment that the variables name, when the interpreter did not tell its own. */
function activePrefix(view: View): string | null {
  return view.environ('VIRTUAL_ENV') || view.environ('CONDA_PREFIX') || null;
}

/** The first environment on PATH; null when the system's folders come first. */
function firstOnPath(view: View, prefix: string | null): string | null {
  const [first] = (view.environ('PATH') ?? '').split(':').filter(Boolean);
  const folder = /^(\/.+)\/bin\/?$/.exec(first ?? '')?.[1] ?? null;
  return folder === null || prefix === null || /^\/usr(\/local)?$/.test(folder)
    ? null
    : folder;
}
