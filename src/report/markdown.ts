/** A check as Markdown, for a bug form: in English, without private data. */
import type { ICheckResult } from '../check/state';
import { frameworkName } from '../rules/words';
import type { IFinding } from '../rules/types';
import { render } from '../text/text';
import { redactFacts, redactor } from './redact';

const WORDS = { error: 'Error', warning: 'Warning', info: 'Information' };

/** Write the report. Text from the kernel is put into code spans, so that it cannot become markup. */
export function markdownReport(result: ICheckResult): string {
  const clean = redactor(result.facts);
  const facts = redactFacts(result.facts);
  const { summary, findings } = result;
  const lines: string[] = [
    '# GPU Doctor report',
    '',
    `**${escape(clean(render(summary.headline)))}**`,
    '',
    ...(summary.detail ? [escape(clean(render(summary.detail))), ''] : []),
    `Checked ${new Date(result.checkedAt).toISOString()}${result.separate ? ' in a separate kernel' : ''}.`,
    '',
    '## Environment',
    '',
    ...row('Python', facts.python?.version, facts.python?.executable),
    ...row('Environment', facts.environment?.kind, facts.environment?.name),
    ...row(
      'Platform',
      facts.platform?.tag,
      facts.platform?.libc &&
        `${facts.platform.libc.name ?? ''} ${facts.platform.libc.version ?? ''}`
    ),
    ...row(
      'NVIDIA driver',
      facts.gpu?.driver?.version,
      facts.gpu?.driver?.cuda && `CUDA ≤ ${facts.gpu.driver.cuda}`
    ),
    ...(facts.gpu?.devices ?? []).flatMap((gpu, i) =>
      row(
        `GPU ${gpu.index ?? i}`,
        gpu.name,
        gpu.compute_capability && `compute capability ${gpu.compute_capability}`
      )
    ),
    ...(facts.frameworks ?? []).flatMap(one =>
      row(
        frameworkName(one.name),
        one.version,
        one.cuda ? `CUDA ${one.cuda}` : one.backend
      )
    ),
    '',
    '## Findings',
    '',
    ...(findings.length === 0 ? ['None.', ''] : []),
    ...findings.flatMap(one => finding(one, clean)),
    ...environ(facts.environ),
    ...(facts.packages
      ? [
          '<details><summary>Packages</summary>',
          '',
          '```',
          ...facts.packages.map(one =>
            fence(`${one.name} ${one.version ?? '?'} (${one.manager ?? '?'})`)
          ),
          '```',
          '',
          '</details>',
          ''
        ]
      : [])
  ];
  return lines.join('\n');
}

function row(
  label: string,
  ...values: (string | null | undefined)[]
): string[] {
  const known = values.filter((one): one is string => !!one);
  return known.length > 0 ? [`- ${label}: ${known.map(code).join(' · ')}`] : [];
}

function finding(
  one: IFinding,
  clean: (text: string) => string,
  level = 3
): string[] {
  return [
    `${'#'.repeat(level)} ${WORDS[one.severity]}: ${escape(clean(render(one.title)))} (${one.code})`,
    '',
    escape(clean(render(one.why))),
    '',
    ...one.evidence.map(item => `- ${code(clean(render(item.text)))}`),
    '',
    ...(one.fix && one.fix.commands.length > 0
      ? ['```', ...one.fix.commands.map(line => fence(clean(line))), '```', '']
      : []),
    ...one.symptoms.flatMap(symptom => finding(symptom, clean, 4))
  ];
}

function environ(values: Record<string, string> | null): string[] {
  const entries = Object.entries(values ?? {});
  return entries.length === 0
    ? []
    : [
        '## Environment variables',
        '',
        ...entries.map(([name, value]) => `- ${code(`${name}=${value}`)}`),
        ''
      ];
}

function code(text: string): string {
  const flat = text.replace(/\s+/g, ' ');
  return flat.includes('`') ? `\`\` ${flat} \`\`` : `\`${flat}\``;
}

function fence(text: string): string {
  return text.replace(/`{3,}/g, "'''");
}

function escape(text: string): string {
  return text.replace(/[\\`*_[\]<>#|]/g, '\\$&').replace(/\s+/g, ' ');
}
