/** Signatures of errors: what a text of a known error looks like, and what it means here. */
import type { View } from '../facts/view';
import type { IEvidence, IFinding, IFix } from '../rules/types';
import type { IText } from '../text/text';

/** What was read in an error text. */
export interface ISeen {
  /** Named groups of the pattern; a group that took no part is empty. */
  readonly groups: Readonly<Record<string, string>>;
  /** Import names of the installed packages in the traceback, the innermost first, each once. */
  readonly packages: readonly string[];
  /** The frames of the traceback, the innermost first; null is code of nobody's package, such as a cell. */
  readonly frames: readonly (string | null)[];
  /** The error text without colours and source lines. */
  readonly text: string;
}

/** What the facts add. */
export interface IAdvice {
  /** Further names it is about, in front of the others. */
  readonly about?: readonly string[];
  /** What was read in the facts. */
  readonly evidence?: readonly IEvidence[];
  /** What mends it; used where no finding of the rules has a fix. */
  readonly fix?: IFix | null;
}

/** How much a signature says: an exact one wins over a usual one, and that over a general one. */
export type Grade = 'exact' | 'usual' | 'general';

/** One known error. */
export interface ISignature {
  /** Names the bad state: `cuda-library-missing`. */
  readonly id: string;
  /** Texts of which the error holds at least one; looked for before the pattern is tried. */
  readonly hints: readonly string[];
  /** Matches the error text without its source lines, in linear time; named groups are kept. */
  readonly pattern: RegExp;
  /** `usual` when not given. */
  readonly grade?: Grade;
  /** Signatures that say less than this one where both match. */
  readonly covers?: readonly string[];
  /** Whether what was seen counts; for what a pattern cannot say. */
  readonly accept?: (seen: ISeen) => boolean;
  /** `%1` … `%9` stand for `args`. */
  readonly title: string;
  /** One sentence of consequence. */
  readonly why: string;
  readonly args?: (seen: ISeen) => readonly string[];
  /** Normalised package names, or the words of contract.md section 2. */
  readonly about: readonly string[] | ((seen: ISeen) => readonly string[]);
  /** Codes of rules whose findings it is a sign of, the likeliest first. */
  readonly rules: readonly string[];
  /**
   * What to do. Called with empty facts too, for advice that holds anywhere; null: without a finding of the rules there
   * is no match, because the facts speak against it or do not show it.
   */
  readonly advise?: (seen: ISeen, view: View) => IAdvice | null;
  /** Real, complete error texts. */
  readonly examples: readonly string[];
}

/** An explained error. */
export interface IMatch {
  /** Id of the signature. */
  readonly signature: string;
  readonly title: IText;
  readonly why: IText;
  readonly about: readonly string[];
  readonly evidence: readonly IEvidence[];
  readonly fix: IFix | null;
  /** The finding of the rules that it is a sign of; the root cause where findings are folded. */
  readonly finding: IFinding | null;
}

/** What the panel shows of an error that the user asked about. */
export interface IExplained {
  /** The kernel that raised it. */
  readonly kernelId: string;
  /** The best first; never empty. */
  readonly matches: readonly IMatch[];
  /** Whether the facts of the kernel were at hand; without them it is explained by its words alone. */
  readonly withFacts: boolean;
  /** Counts the times that somebody asked. */
  readonly asked: number;
}

/** Declare a signature; only for its types. */
export function defineSignature(signature: ISignature): ISignature {
  return signature;
}
