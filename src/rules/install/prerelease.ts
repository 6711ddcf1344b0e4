import { facts } from '../../facts/build';
import { plan, request, row } from '../../plan/build';
import { parse } from '@renovatebot/pep440';
import { text } from '../../text/text';
import { moveEvidence } from './say';
import { defineInstallRule } from './types';

/** Alpha, beta, release candidate or development version. */
function isPrerelease(version: string | null): boolean {
  const parsed = version ? parse(version) : null;
  return (
    parsed !== null &&
    ((parsed.pre?.length ?? 0) > 0 || (parsed.dev?.length ?? 0) > 0)
  );
}

export default defineInstallRule({
  id: 'prerelease',
  code: 'P22',
  since: '0.1.0',
  docs: {
    summary: 'A prerelease or a nightly build would be installed.',
    what: 'Looks for `--pre` and for rows with a development, alpha, beta or candidate version. A note, never a reason to ask.',
    why: 'Tables and metadata do not know such builds, so that checks say less about them.',
    example: '`%pip install --pre torch` installs `2.9.0.dev20250801+cu128`.',
    fix: 'Leave `--pre` out for a release.',
    safety: 'Safe.',
    references: ['PEP 440']
  },
  messages: {
    version: {
      title: '%1 %2 is a prerelease',
      why: 'Tables do not know what is in it.'
    },
    option: {
      title: 'Prereleases are allowed for everything in this command',
      why: 'Requirements can come as prereleases too.'
    }
  },
  check({ change, requests }, report) {
    const rows = change.placed.filter(({ value }) => isPrerelease(value.to));
    for (const one of rows) {
      report({
        message: 'version',
        args: [one.value.name, one.value.to ?? ''],
        severity: 'note',
        subject: null,
        about: [one.value.name],
        evidence: [moveEvidence(one)]
      });
    }
    const at = requests.findIndex(one => one.options.pre);
    if (at >= 0 && rows.length === 0) {
      report({
        message: 'option',
        args: [],
        severity: 'note',
        subject: null,
        about: change.names,
        evidence: [
          { text: text('the command has %1', '--pre'), path: `/requests/${at}` }
        ]
      });
    }
  },
  examples: {
    flagged: [
      {
        name: 'a nightly build',
        input: () => ({
          facts: facts({ packages: [] }),
          requests: [request(['torch'], { options: { pre: true } })],
          plan: plan([row('torch', null, '2.9.0.dev20250801+cu128')])
        }),
        risks: [{ message: 'version', severity: 'note', about: ['torch'] }]
      },
      {
        name: 'the option alone',
        input: () => ({
          facts: facts({ packages: [] }),
          requests: [request(['scipy'], { options: { pre: true } })],
          plan: null
        }),
        risks: [{ message: 'option', severity: 'note', about: ['scipy'] }]
      }
    ],
    clean: [
      {
        name: 'a post release',
        input: () => ({
          facts: facts({ packages: [] }),
          requests: [request(['xformers'])],
          plan: plan([row('xformers', null, '0.0.28.post3')])
        })
      },
      {
        name: 'no plan, no option',
        input: () => ({
          facts: facts({ packages: [] }),
          requests: [request(['scipy'])],
          plan: null
        })
      }
    ]
  }
});
