/** The contract of an install rule: a change in, risks out; pure, synchronous, silent on what is not known. */
import type { IFacts } from '../../facts/facts.generated';
import type { View } from '../../facts/view';
import type { Change } from '../../plan/change';
import type { IPlanProblem } from '../../plan/answer';
import type { IPlan } from '../../plan/types';
import type { IInstallRequest } from '../../recognise/types';
import type { IText } from '../../text/text';
import type { IFinding, IMessage, IRuleDocs } from '../types';

/** `note`: worth a line when the card is open anyway, never a reason to open it. */
export type RiskSeverity = 'note' | 'warn' | 'block';

/** What a rule may look at. */
export interface IInstallContext {
  /** The environment now. */
  readonly before: View;
  /** The environment as predicted. */
  readonly after: View;
  readonly facts: IFacts;
  readonly predicted: IFacts;
  /** Every command of the cell. */
  readonly requests: readonly IInstallRequest[];
  /** What a resolver answered; null when none did. */
  readonly plan: IPlan | null;
  /** The change of the kernel's environment: from the plan, or from the commands alone. */
  readonly change: Change;
  /** What the environment rules say after and did not say before. */
  readonly newFindings: readonly IFinding[];
  /** Why a resolver found no plan; null when it found one, or was not asked. */
  readonly problem: IPlanProblem | null;
  /** Normalised names of packages that the user wants to stay as they are. */
  readonly protectedNames: ReadonlySet<string>;
}

/** What was read, and where: a JSON pointer into `{facts, predicted, rows, requests}`. */
export interface IRiskEvidence {
  readonly text: IText;
  readonly path: string;
}

/** What a rule says. */
export interface IRiskDraft<Message extends string = string> {
  readonly message: Message;
  /** Values for `%1` … in the message's title and why. */
  readonly args?: readonly string[];
  readonly severity: RiskSeverity;
  /** The package whose change is the cause; null when it is the command itself. One cause is told once. */
  readonly subject: string | null;
  /** Normalised package names, or the words of contract.md section 2. */
  readonly about: readonly string[];
  readonly evidence: readonly IRiskEvidence[];
}

/** A risk, ready to be shown. */
export interface IRisk {
  /** Id of the rule that said it, or of an environment rule. */
  readonly rule: string;
  readonly code: string;
  readonly message: string;
  readonly severity: RiskSeverity;
  readonly title: IText;
  readonly why: IText;
  readonly subject: string | null;
  readonly about: readonly string[];
  readonly evidence: readonly IRiskEvidence[];
  /** Risks with the same cause. */
  readonly symptoms: readonly IRisk[];
}

/** An example: what is installed, what is asked for, what a resolver answered. */
export interface IInstallExample {
  readonly name: string;
  readonly input: () => {
    readonly facts: IFacts;
    readonly requests: readonly IInstallRequest[];
    readonly plan: IPlan | null;
    readonly problem?: IPlanProblem;
    readonly protectedNames?: readonly string[];
  };
}

/** What an example expects, compared with the drafts of the rule alone. */
export interface IExpectedRisk {
  readonly message: string;
  readonly severity: RiskSeverity;
  readonly about: readonly string[];
}

/** An example that the rule must flag. */
export interface IFlaggedInstall extends IInstallExample {
  readonly risks: readonly IExpectedRisk[];
}

/** A rule about a change. One file each, named like its id. */
export interface IInstallRule<Message extends string = string> {
  /** Names the risk: `torch-swap`. */
  readonly id: string;
  /** Number in the research notes, `P01`. */
  readonly code: string;
  readonly since: string;
  readonly docs: IRuleDocs;
  readonly messages: Readonly<Record<Message, IMessage>>;
  /** Risks and environment findings that are consequences when they share a name; `*` after an id: in any case. */
  readonly supersedes?: readonly string[];
  check(
    context: IInstallContext,
    report: (draft: IRiskDraft<Message>) => void
  ): void;
  readonly examples: {
    readonly flagged: readonly IFlaggedInstall[];
    readonly clean: readonly IInstallExample[];
  };
}

/** Declare a rule; only for its types. */
export function defineInstallRule<Message extends string>(
  rule: IInstallRule<Message>
): IInstallRule {
  return rule as unknown as IInstallRule;
}
