/** Asks a kernel for the values of variables that an install command names. */
import type { Kernel } from '@jupyterlab/services';
import { askKernel } from './request';

/** MIME type of the answer. */
export const NAMES_MIME = 'application/vnd.jupyterlab-gpu-doctor.names+json';

/** The value of a Python variable; numbers that JavaScript would write otherwise, and truth values, come as text. */
export type NamedValue = string | number | readonly string[];

/** What the kernel told. A name that is missing, like a secret's, or holds something else is in neither map. */
export interface INamedValues {
  /** Python variables: text as `str(value)` writes it, or a list of text. */
  readonly names: Readonly<Record<string, NamedValue>>;
  /** Variables of the process, where no Python variable has that name. */
  readonly environ: Readonly<Record<string, string>>;
  /** Whether `pip install` works without `%`; null: not told. */
  readonly automagic: boolean | null;
}

/** Options of a look-up. */
export interface ILookUpOptions {
  /** Python source that defines `publish_names(nonce, names)`. */
  readonly source: string;
  /** Plain names, without `$`; at most 200. */
  readonly names: readonly string[];
  /** Stops waiting. */
  readonly signal: AbortSignal;
  /** Milliseconds after which no answer is awaited any more. Default 3000. */
  readonly timeout?: number;
}

const MAX_NAMES = 200;
const MAX_ITEMS = 200;
const MAX_TEXT = 4096;

/** Look names up in this kernel. Never rejects; null: there is no answer. */
export async function lookUpNames(
  kernel: Kernel.IKernelConnection,
  { source, names, signal, timeout = 3000 }: ILookUpOptions
): Promise<INamedValues | null> {
  const wanted = new Set(names.slice(0, MAX_NAMES));
  const list = JSON.stringify([...wanted]);
  const outcome = await askKernel(kernel, {
    // A JSON list of text is a Python list of text.
    program: nonce =>
      `${source}\npublish_names(${JSON.stringify(nonce)}, ${list})\n`,
    mime: NAMES_MIME,
    timeout,
    signal
  });
  return outcome.kind === 'answer' ? readNames(outcome.value, wanted) : null;
}

/** Read an answer; what was not asked for or has another form is left out. */
function readNames(
  value: unknown,
  wanted: ReadonlySet<string>
): INamedValues | null {
  const answer = value as Record<string, unknown>;
  const { names, environ, automagic } = answer;
  if (!isRecord(names) || !isRecord(environ)) {
    return null;
  }
  return {
    names: pick(names, wanted, isNamedValue),
    environ: pick(environ, wanted, isText),
    automagic: typeof automagic === 'boolean' ? automagic : null
  };
}

function pick<T>(
  values: Readonly<Record<string, unknown>>,
  wanted: ReadonlySet<string>,
  fits: (value: unknown) => value is T
): Record<string, T> {
  // Without a prototype: a variable may be called `constructor`.
  const picked: Record<string, T> = Object.create(null);
  for (const [name, value] of Object.entries(values)) {
    if (wanted.has(name) && fits(value)) {
      picked[name] = value;
    }
  }
  return picked;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_TEXT;
}

function isNamedValue(value: unknown): value is NamedValue {
  return (
    isText(value) ||
    Number.isSafeInteger(value) ||
    (Array.isArray(value) && value.length <= MAX_ITEMS && value.every(isText))
  );
}
