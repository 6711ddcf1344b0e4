/** What a failure of the GPU test means. */
import { text, type IText } from '../text/text';
import type { IFacts } from '../facts/facts.generated';
import { missedGpu } from './observations';
import type { IFrameworkTest, IGpuTestReport, Testable } from './types';

/** Explains the text of an error; null when it is not known. */
export type Explainer = (text: string) => IText | null;

/**
 * What the failures of a report mean, by framework; those nothing is known of are left out. A framework that computed on the
 * CPU has failed where the facts show a GPU for it.
 */
export function meaningsOf(
  report: IGpuTestReport,
  facts: IFacts | null,
  explainer?: Explainer
): Partial<Record<Testable, IText>> {
  const found: Partial<Record<Testable, IText>> = {};
  for (const test of report.frameworks) {
    const fails =
      test.outcome === 'failed' || (facts !== null && missedGpu(test, facts));
    const meaning = fails ? meaningOf(test, explainer) : null;
    if (meaning) {
      found[test.name] = meaning;
    }
  }
  return found;
}

function meaningOf(test: IFrameworkTest, explainer?: Explainer): IText | null {
  const { error, output, whyNot } = test;
  // The error first: what was printed before it may be about something else.
  for (const words of [error?.text, whyNot, output]) {
    const explained = words ? (explainer?.(words) ?? null) : null;
    if (explained) {
      return explained;
    }
  }
  return error && ofKind(test);
}

function ofKind({ error, steps }: IFrameworkTest): IText | null {
  const importing = steps[steps.length - 1]?.name === 'import';
  switch (error?.kind) {
    case 'crash':
      return error.signal === 'SIGKILL'
        ? text(
            'The system ended the process, as it does when memory runs out. Whether the GPU works was not seen.'
          )
        : text(
            'It crashed in compiled code, as it does when libraries of different builds meet in one process.'
          );
    case 'exit':
      return text('It ended the process by itself.');
    case 'timeout':
      return importing
        ? text(
            'The import did not end in time. The first import after an install can be slow; the time limit is in the settings.'
          )
        : text(
            'It did not end in time. The time limit is in the settings; below is where it was.'
          );
    case 'missing':
      return text('It is not installed for this interpreter.');
    case 'not-started':
      return text("The kernel's interpreter could not be started.");
    default:
      return null;
  }
}
