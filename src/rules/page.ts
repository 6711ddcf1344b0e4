/** The documentation page of a rule, as Markdown: for docs/rules/ and for the panel's "Learn more". */
import type { IRule, IRuleDocs } from './types';

/** Sections of a page: part of the docs and its heading. */
const SECTIONS: readonly (readonly [keyof IRuleDocs & string, string])[] = [
  ['what', 'What it does'],
  ['why', 'Why this is bad'],
  ['example', 'Example'],
  ['fix', 'Fix'],
  ['safety', 'Fix safety']
];

/**
 * Write the page.
 *
 * @param linked ids of the rules that have a page beside this one
 */
export function rulePage(
  rule: IRule,
  linked: ReadonlySet<string> = new Set()
): string {
  const lines = [
    `# ${rule.id} (${rule.code})`,
    '',
    rule.docs.summary.trim(),
    '',
    `Severity: ${severities(rule).join(', ')}. Since ${rule.since}.`
  ];
  if (rule.supersedes?.length) {
    lines.push('', `Supersedes: ${supersedes(rule, linked)}.`);
  }
  for (const [part, title] of SECTIONS) {
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

/** The index of all rules as a table. */
export function ruleIndex(rules: readonly IRule[]): string {
  const rows = [...rules]
    .sort((a, b) => (a.code < b.code ? -1 : 1))
    .map(
      rule =>
        `| ${rule.code} | [\`${rule.id}\`](${rule.id}.md) | ${cell(rule.docs.summary)} |`
    );
  return [
    '# Rules',
    '',
    'What GPU Doctor looks for in an environment. A rule is silent when a fact that it needs is not known.',
    '',
    '| code | rule | summary |',
    '| --- | --- | --- |',
    ...rows,
    ''
  ].join('\n');
}

/** The severities that the examples of a rule show, worst first. */
function severities(rule: IRule): string[] {
  const shown = new Set<string>(
    rule.examples.flagged.flatMap(one => one.findings.map(f => f.severity))
  );
  return ['error', 'warning', 'info'].filter(name => shown.has(name));
}

/** The ids that a rule supersedes, as links where a page exists. */
function supersedes(rule: IRule, linked: ReadonlySet<string>): string {
  return (rule.supersedes ?? [])
    .map(entry => {
      const id = entry.replace(/\*$/, '');
      const name = linked.has(id) ? `[\`${id}\`](${id}.md)` : `\`${id}\``;
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
