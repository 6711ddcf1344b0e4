/** The documentation page of a rule, as Markdown: for docs/rules/ and for the panel's "Learn more". */
import type { IRule } from './types';

/** Write the page. */
export function rulePage(rule: IRule): string {
  const { docs } = rule;
  const section = (title: string, body: string) => [`## ${title}`, '', body, ''];
  return [
    `# ${rule.id} (${rule.code})`,
    '',
    docs.summary,
    '',
    ...section('What it does', docs.what),
    ...section('Why this is bad', docs.why),
    ...section('Example', docs.example),
    ...section('Fix', docs.fix),
    ...section('Fix safety', docs.safety),
    ...section(
      'Messages',
      Object.entries(rule.messages)
        .map(([id, message]) => `- \`${id}\`: ${message.title}. ${message.why}`)
        .join('\n')
    ),
    ...(rule.supersedes?.length
      ? section(
          'Supersedes',
          rule.supersedes.map(id => `- \`${id.replace('*', '')}\``).join('\n')
        )
      : []),
    ...section(
      'References',
      docs.references.map(one => `- ${one}`).join('\n')
    ),
    `Since ${rule.since}.`,
    ''
  ].join('\n');
}
