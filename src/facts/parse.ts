/** From an untrusted answer to facts, or to a problem that can be shown. */
import type { IFacts } from './facts.generated';
import validate from './validate.generated';

/** The contract this code understands. */
export const FACTS_SCHEMA = 'jupyterlab-gpu-doctor/facts';
export const FACTS_SCHEMA_VERSION = 1;

/** What is wrong with an answer. */
export type FactsProblem =
  | { kind: 'not-facts' }
  | { kind: 'other-version'; version: string }
  | { kind: 'invalid'; path: string; message: string };

export type ParsedFacts =
  { ok: true; facts: IFacts } | { ok: false; problem: FactsProblem };

/**
 * Check an unknown value against the schema. Never throws. Facts that its probe did not know of are filled in as
 * null, in the value itself.
 */
export function parseFacts(value: unknown): ParsedFacts {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, problem: { kind: 'not-facts' } };
  }
  const document = value as Record<string, unknown>;
  if (document.schema !== FACTS_SCHEMA) {
    return { ok: false, problem: { kind: 'not-facts' } };
  }
  if (document.schema_version !== FACTS_SCHEMA_VERSION) {
    const version = String(document.schema_version).slice(0, 20);
    return { ok: false, problem: { kind: 'other-version', version } };
  }
  const check = validate as unknown as IValidator;
  if (!check(value)) {
    const error = check.errors?.[0];
    return {
      ok: false,
      problem: {
        kind: 'invalid',
        path: error?.instancePath ?? '',
        message: error?.message ?? ''
      }
    };
  }
  return { ok: true, facts: value as IFacts };
}

/** One English line for a problem. */
export function describeProblem(problem: FactsProblem): string {
  switch (problem.kind) {
    case 'not-facts':
      return 'This is not a facts document of GPU Doctor.';
    case 'other-version':
      return `The facts have schema version ${problem.version}; this version of GPU Doctor reads ${FACTS_SCHEMA_VERSION}.`;
    case 'invalid':
      return `The facts are not valid at ${problem.path || '/'}: ${problem.message}.`;
  }
}

interface IValidator {
  (value: unknown): boolean;
  errors?: { instancePath?: string; message?: string }[] | null;
}
