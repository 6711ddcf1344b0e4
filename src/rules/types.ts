/** The contract of a rule: facts in, findings out; pure, synchronous, silent on what is not known. */
import type { CostlyFact } from '../facts/costly';
import type { IFacts } from '../facts/facts.generated';
import type { View } from '../facts/view';
import type { IText } from '../text/text';

export type { CostlyFact } from '../facts/costly';

/** How bad: broken now, likely to break or silently wrong, good to know. */
export type Severity = 'error' | 'warning' | 'info';

/** What was read, and where it stands in the facts. */
export interface IEvidence {
  readonly text: IText;
  /** JSON pointer into the facts, for example `/packages/12/version`. */
  readonly path: string;
}

/** Where the text of a fix belongs. */
export type FixPlace =
  /** A notebook cell (`%pip …`, `%conda …`). */
  | 'cell'
  /** A terminal: it concerns another environment, or needs a shell. */
  | 'terminal'
  /** The `env` entry of the kernel's kernel.json. */
  | 'kernelspec';

/** What mends it. */
export interface IFix {
  /** Exact commands (or the exact kernel.json text), in order. */
  readonly commands: readonly string[];
  readonly where: FixPlace;
  /** Whether the kernel must be restarted afterwards. */
  readonly restart: boolean;
  /** `safe`: changes nothing but what is broken. `review`: look at it before you run it. */
  readonly safety: 'safe' | 'review';
  /** A sentence about it. */
  readonly note?: IText;
}

/** What a rule says. */
export interface IDraft<Message extends string = string> {
  readonly message: Message;
  /** Values for `%1` … in the message's title and why. */
  readonly args?: readonly string[];
  readonly severity: Severity;
  /** Normalised package names, or the words of contract.md section 2. */
  readonly about: readonly string[];
  readonly evidence: readonly IEvidence[];
  readonly fix?: IFix | null;
  /** Import names of the frameworks that cannot use the GPU, or cannot be imported, because of this. */
  readonly stops?: readonly string[];
}

/** A finding: what a rule said, ready to be shown. */
export interface IFinding {
  readonly rule: string;
  readonly code: string;
  readonly message: string;
  readonly severity: Severity;
  readonly title: IText;
  readonly why: IText;
  readonly about: readonly string[];
  readonly evidence: readonly IEvidence[];
  readonly fix: IFix | null;
  readonly stops: readonly string[];
  /** Findings that are consequences of this one. */
  readonly symptoms: readonly IFinding[];
}

/** The words of one message. `why` is one sentence of consequence; advice belongs in the fix. */
export interface IMessage {
  readonly title: string;
  readonly why: string;
}

/** Documentation of a rule: one page is generated from it. Markdown is allowed. */
export interface IRuleDocs {
  /** One line for the index. */
  readonly summary: string;
  /** What it does: which facts it looks at. */
  readonly what: string;
  /** Why this is bad. */
  readonly why: string;
  /** What users see, with the real error text where there is one. */
  readonly example: string;
  /** How to mend it. */
  readonly fix: string;
  /** Whether the fix can do harm. */
  readonly safety: string;
  /** Where this was reported or specified. */
  readonly references: readonly string[];
}

/** What an example expects, compared with the drafts of the rule alone. */
export interface IExpected {
  readonly message: string;
  readonly severity: Severity;
  readonly about: readonly string[];
}

/** Facts of an example; a function, so that nothing is built before it is used. */
export interface IExample {
  readonly name: string;
  readonly facts: () => IFacts;
}

/** An example that the rule must flag. */
export interface IFlagged extends IExample {
  readonly findings: readonly IExpected[];
}

/** A rule about an environment. One file each, in `environment/`, named like its id. */
export interface IRule<Message extends string = string> {
  /** Names the bad state: `torch-family-mismatch`. */
  readonly id: string;
  /** Number in the research notes, `R37`. */
  readonly code: string;
  /** Version that brought the rule. */
  readonly since: string;
  readonly docs: IRuleDocs;
  readonly messages: Readonly<Record<Message, IMessage>>;
  /** Rules whose findings about the same subject are consequences of this one; `*` after an id: about anything. */
  readonly supersedes?: readonly string[];
  /** Costly facts that this rule could use, given the cheap ones: as few as possible, and none on most machines. */
  costly?(view: View): readonly CostlyFact[];
  check(view: View, report: (draft: IDraft<Message>) => void): void;
  readonly examples: {
    readonly flagged: readonly IFlagged[];
    /** At least two, one of them with the deciding facts unknown. */
    readonly clean: readonly IExample[];
  };
}

/** Declare a rule; only for its types. */
export function defineRule<Message extends string>(
  rule: IRule<Message>
): IRule {
  return rule as unknown as IRule;
}
