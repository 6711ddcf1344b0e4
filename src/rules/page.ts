/** Documentation pages of rules, as Markdown: for docs/rules/ and for the panel's "Learn more". */
import type { IInstallRule } from './install/types';
import type { IMessage, IRule, IRuleDocs } from './types';

/** What every kind of rule has. */
interface IDocumented {
  readonly id: string;
  readonly code: string;
  readonly since: string;
  readonly docs: IRuleDocs;
  readonly messages: Readonly<Record<string, IMessage>>;
  readonly supersedes?: readonly string[];
}

/** How the pages of one kind of rule differ from those of the other. */
export interface IPages<Rule extends IDocumented> {
  /** Title and introduction of the index. */
  readonly title: string;
  readonly intro: string;
  /** What the levels are called: severity or verdict. */
  readonly levelWord: string;
  /** Levels that the examples of a rule show, gravest first. */
  levels(rule: Rule): string[];
  /** Headings of the sections. */
  readonly sections: readonly (readonly [keyof IRuleDocs & string, string])[];
}

function inOrder(order: readonly string[], shown: readonly string[]): string[] {
  return order.filter(name => shown.includes(name));
}

/** Pages of the rules about an environment. */
export const ENVIRONMENT_PAGES: IPages<IRule> = {
  title: 'Rules',
  intro:
    'What GPU Doctor looks for in an environment. A rule is silent when a fact that it needs is not known.',
  levelWord: 'Severity',
  levels: rule =>
    inOrder(
      ['error', 'warning', 'info'],
      rule.examples.flagged.flatMap(one => one.findings.map(f => f.severity))
    ),
  sections: [
    ['what', 'What it does'],
    ['why', 'Why this is bad'],
    ['example', 'Example'],
    ['fix', 'Fix'],
    ['safety', 'Fix safety']
  ]
};

/** Pages of the rules about a change. */
export const INSTALL_PAGES: IPages<IInstallRule> = {
  title: 'Install rules',
  intro:
    'What GPU Doctor says about a command before it runs. A rule is silent when a fact that it needs is not known, and about what was wrong before. `block` waits for a decision, `warn` asks for attention once, `note` is shown only when something else is.',
  levelWord: 'Verdict',
  levels: rule =>
    inOrder(
      ['block', 'warn', 'note'],
      rule.examples.flagged.flatMap(one => one.risks.map(r => r.severity))
    ),
  sections: [
    ['what', 'What it does'],
    ['why', 'Why this is bad'],
    ['example', 'Example'],
    ['fix', 'What to do instead'],
    ['safety', 'Safety']
  ]
};

/**
 * Write the page of a rule.
 *
 * @param link address of another rule's page; null when there is none
 */
export function rulePage<Rule extends IDocumented>(
  rule: Rule,
  pages: IPages<Rule>,
  link: (id: string) => string | null = () => null
): string {
  const lines = [
    `# ${rule.id} (${rule.code})`,
    '',
    rule.docs.summary.trim(),
    '',
    `${pages.levelWord}: ${pages.levels(rule).join(', ')}. Since ${rule.since}.`
  ];
  if (rule.supersedes?.length) {
    lines.push('', `Supersedes: ${supersedes(rule.supersedes, link)}.`);
  }
  for (const [part, title] of pages.sections) {
    lines.push('', `## ${title}`, '', String(rule.docs[part]).trim());
  }
  lines.push('', '## Messages', '');
  lines.push('| id | title | consequence |', '| --- | --- | --- |');
  for (const [id, message] of Object.entries(rule.messages)) {
    const words = [message.title, message.why].map(placeholders).map(cell);
    lines.push(`| \`${id}\` | ${words.join(' | ')} |`);
  }
  lines.push('', '## References', '');
  lines.push(...rule.docs.references.map(one => `- ${one}`), '');
  return lines.join('\n');
}

/** The index of all rules of a kind. */
export function ruleIndex<Rule extends IDocumented>(
  rules: readonly Rule[],
  pages: IPages<Rule>
): string {
  return [
    `# ${pages.title}`,
    '',
    pages.intro,
    '',
    ruleTable(rules, pages),
    ''
  ].join('\n');
}

/** Their table alone. @param folder where the pages stand, with a slash at its end */
export function ruleTable<Rule extends IDocumented>(
  rules: readonly Rule[],
  pages: IPages<Rule>,
  folder = ''
): string {
  const rows = [...rules]
    .sort((a, b) => (a.code < b.code ? -1 : 1))
    .map(
      rule =>
        `| ${rule.code} | [\`${rule.id}\`](${folder}${rule.id}.md) | ${pages.levels(rule).join(', ')} | ${cell(rule.docs.summary)} |`
    );
  return [
    `| code | rule | ${pages.levelWord.toLowerCase()} | summary |`,
    '| --- | --- | --- | --- |',
    ...rows
  ].join('\n');
}

function supersedes(
  entries: readonly string[],
  link: (id: string) => string | null
): string {
  return entries
    .map(entry => {
      const id = entry.replace(/\*$/, '');
      const address = link(id);
      const name = address ? `[\`${id}\`](${address})` : `\`${id}\``;
      return entry.endsWith('*') ? `${name} (about anything)` : name;
    })
    .join(', ');
}

/** Text for a cell of a Markdown table. */
function cell(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/\|/g, '\\|').trim();
}

/** `%1` … as a reader understands them. */
function placeholders(text: string): string {
  return text.replace(/%([1-9])/g, '⟨$1⟩');
}
