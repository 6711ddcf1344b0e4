/** Evidence that several install rules give. */
import type { Change, IPlacedRow } from '../../plan/change';
import { parseRequirement } from '../../versions/requirement';
import { text } from '../../text/text';
import type { IRiskEvidence } from './types';

/** A version for a sentence: `?` for one that is not known. */
export function shown(version: string | null | undefined): string {
  return version ? version : '?';
}

/** `numpy 1.26.4 → 2.4.6`. */
export function moveEvidence({ value, path }: IPlacedRow): IRiskEvidence {
  const { name, from, to } = value;
  return {
    text:
      to === null
        ? text('%1 %2 would be removed', name, shown(from))
        : from === null
          ? text('%1 %2 would be added', name, shown(to))
          : text('%1 %2 → %3', name, shown(from), shown(to)),
    path
  };
}

/** `xformers 0.0.26 requires torch==2.3.0`; empty when the plan does not tell who asked. */
export function causeEvidence(change: Change, name: string): IRiskEvidence[] {
  const cause = change.cause(name);
  if (!cause) {
    return [];
  }
  const { value, path } = cause.row;
  const specifier = parseRequirement(cause.requirement)?.specifier ?? '';
  return [
    {
      text: text(
        '%1 %2 requires %3',
        value.name,
        shown(value.to),
        `${name}${specifier}`
      ),
      path: `${path}/requires`
    }
  ];
}

/** Name and version of who asked for it, or the words of the command; for a title. */
export function asker(change: Change, name: string): string {
  return change.cause(name)?.row.value.name ?? (change.names.join(', ') || '?');
}
