import { dist, facts } from '../../facts/build';
import type { IDistribution } from '../../facts/facts.generated';
import type { View } from '../../facts/view';
import { plan, request, row, uninstall } from '../../plan/build';
import type { Change } from '../../plan/change';
import { text } from '../../text/text';
import {
  compareVersions,
  releasePrefix,
  satisfies
} from '../../versions/pep440';
import type { IRequirement } from '../../versions/requirement';
import { insteadOf } from '../families';
import { INSTALLERS } from '../ownership';
import { causeEvidence, moveEvidence, shown } from './say';
import { importedAt, isCore, JUPYTER_STACK } from './sets';
import { undeclared } from './undeclared';
import { defineInstallRule, type RiskSeverity } from './types';

/** A requirement that is not met. */
interface IBroken {
  /** Who requires it. */
  readonly by: IDistribution;
  readonly path: string;
  readonly requirement: IRequirement;
}

/** Whether a requirement is not met; null: cannot tell. */
function isUnmet(
  view: View,
  { name, specifier, url }: IRequirement
): boolean | null {
  if (url !== null) {
    return null;
  }
  const found = view.dist(name);
  if (found === null) {
    return view.facts.packages === null ? null : insteadOf(view, name) === null;
  }
  const { version } = found.value;
  return version === null ? null : satisfies(version, specifier) === false;
}

/** Requirements of what stays that the change makes false. What was broken before is not blamed on it. */
function newlyBroken(
  before: View,
  after: View,
  change: Change
): Map<string, IBroken[]> {
  const result = new Map<string, IBroken[]>();
  for (const [name, [{ value: by, path }]] of before.names()) {
    const own = change.row(name)?.value;
    const left = after.dist(name)?.value ?? null;
    // A resolver looked after what it moves itself.
    if (INSTALLERS.has(name) || left === null || (own && own.from !== own.to)) {
      continue;
    }
    for (const requirement of [
      ...before.requirements(by),
      ...undeclared(name, by.version, by.requires === null)
    ]) {
      const moved = change.row(requirement.name);
      if (
        moved &&
        requirement.name !== name &&
        isUnmet(after, requirement) === true &&
        isUnmet(before, requirement) === false
      ) {
        const list = result.get(requirement.name) ?? [];
        if (!list.some(one => one.by === by)) {
          list.push({ by, path, requirement });
          result.set(requirement.name, list);
        }
      }
    }
  }
  return result;
}

/** A limit within the same major is often a precaution; a pin, another major or a version below the floor is not. */
function isHard(to: string, specifier: string): boolean {
  return specifier.split(',').some(clause => {
    const match = /^\s*(===?|>=|>|~=|<=?)\s*([^\s]+)\s*$/.exec(clause);
    if (!match || satisfies(to, clause) !== false) {
      return false;
    }
    const [, operator, limit] = match;
    if (!operator.startsWith('<')) {
      return true;
    }
    // `<2` is left by 2.0 on, `<2.1` by 2.1 on: the first is a major, the second is not.
    const plain = limit.replace(/\.?\*$/, '');
    return (
      releasePrefix(to, 1) !== releasePrefix(plain, 1) ||
      compareVersions(plain, `${releasePrefix(plain, 1)}.0`) === 0
    );
  });
}

function severityOf(
  before: View,
  to: string | null,
  list: readonly IBroken[]
): RiskSeverity {
  return list.some(
    ({ by, requirement }) =>
      isCore(by.name) ||
      JUPYTER_STACK.has(by.name) ||
      importedAt(before, by.name) !== null ||
      to === null ||
      isHard(to, requirement.specifier)
  )
    ? 'block'
    : 'warn';
}

export default defineInstallRule({
  id: 'breaks-dependant',
  code: 'P05',
  since: '0.1.0',
  docs: {
    summary: 'An installed package would lose what it requires.',
    what: 'Evaluates the Requires-Dist lines of everything that stays (and the few conditions that packages check only on import), before and after, and reports what only the change makes false. Neither pip nor uv looks at installed packages that a command does not touch; pip says so after the fact. A pin, another major version, a version below the floor and every package that others stand on are asked about, an exceeded limit within a major is told.',
    why: 'The package was made for other versions and fails when it is imported, or later.',
    example:
      '`transformers 4.56.1 requires huggingface-hub<1.0,>=0.34.0, but you have huggingface-hub 1.0.0 which is incompatible.`',
    fix: 'Ask for a version that all packages accept, or for the dependent package in the same command.',
    safety:
      'pip then finds versions that fit together, or says that there are none.',
    references: [
      'pytorch/executorch#15398',
      'explosion/spacy-huggingface-hub#13',
      'facebookresearch/xformers#1052'
    ]
  },
  messages: {
    one: {
      title: '%1 %2 does not suit %3',
      why: '%3 %4 requires %5, and can fail with %2.'
    },
    several: {
      title: '%1 %2 does not suit %3 packages',
      why: '%4 require other versions of it, and can fail with %2.'
    },
    missing: {
      title: '%3 would lose %1',
      why: '%3 %4 requires %5.'
    }
  },
  supersedes: ['unmet-requirement'],
  check({ before, after, change }, report) {
    for (const [name, list] of newlyBroken(before, after, change)) {
      const moved = change.row(name);
      // What goes away has a rule of its own.
      if (!moved || (moved.value.to === null && !change.resolved)) {
        continue;
      }
      if (moved.value.to === null && change.isAsked(name)) {
        continue;
      }
      const { to } = moved.value;
      const names = list.map(one => one.by.name).sort();
      const [{ by, requirement }] = list;
      report({
        message: to === null ? 'missing' : list.length > 1 ? 'several' : 'one',
        args:
          list.length > 1 && to !== null
            ? [name, shown(to), String(list.length), names.join(', ')]
            : [
                name,
                shown(to),
                by.name,
                shown(by.version),
                `${name}${requirement.specifier}`
              ],
        severity: severityOf(before, to, list),
        subject: name,
        about: [name, ...names],
        evidence: [
          moveEvidence(moved),
          ...causeEvidence(change, name),
          ...list.slice(0, 8).map(one => ({
            text: text(
              '%1 %2 requires %3',
              one.by.name,
              shown(one.by.version),
              `${name}${one.requirement.specifier}`
            ),
            path: `/facts${one.path}/requires`
          }))
        ]
      });
    }
  },
  examples: {
    flagged: [
      {
        name: 'the hub goes past what transformers accepts',
        input: () => ({
          facts: facts({
            packages: [
              dist('transformers', '4.56.1', {
                requires: ['huggingface-hub<1.0,>=0.34.0']
              }),
              dist('huggingface-hub', '0.35.3')
            ]
          }),
          requests: [
            request(['huggingface_hub'], { options: { upgrade: true } })
          ],
          plan: plan([row('huggingface-hub', '0.35.3', '1.0.0')])
        }),
        risks: [
          {
            message: 'one',
            severity: 'block',
            about: ['huggingface-hub', 'transformers']
          }
        ]
      },
      {
        name: 'two packages with a cautious limit',
        input: () => ({
          facts: facts({
            packages: [
              dist('spam', '1.0', { requires: ['attrs<24.2'] }),
              dist('eggs', '1.0', { requires: ['attrs~=24.1.0'] }),
              dist('ham', '1.0', { requires: ['attrs<24.2'] }),
              dist('attrs', '24.1.0')
            ]
          }),
          requests: [request(['bacon'])],
          plan: plan([
            row('bacon', null, '2.0', { requires: ['attrs>=24.2'] }),
            row('attrs', '24.1.0', '24.2.0')
          ])
        }),
        risks: [
          {
            message: 'several',
            severity: 'block',
            about: ['attrs', 'eggs', 'ham', 'spam']
          }
        ]
      },
      {
        name: 'a limit within the same major',
        input: () => ({
          facts: facts({
            packages: [
              dist('spam', '1.0', { requires: ['attrs<24.2'] }),
              dist('attrs', '24.1.0')
            ]
          }),
          requests: [request(['attrs'], { options: { upgrade: true } })],
          plan: plan([row('attrs', '24.1.0', '24.2.0')])
        }),
        risks: [{ message: 'one', severity: 'warn', about: ['attrs', 'spam'] }]
      },
      {
        name: 'what mmdet checks when it is imported',
        input: () => ({
          facts: facts({
            packages: [
              dist('mmdet', '3.3.0', { requires: ['numpy'] }),
              dist('mmcv', '2.1.0')
            ]
          }),
          requests: [request(['mmcv'], { tool: 'mim' })],
          plan: plan([row('mmcv', '2.1.0', '2.2.0')])
        }),
        risks: [{ message: 'one', severity: 'warn', about: ['mmcv', 'mmdet'] }]
      },
      {
        name: 'conda takes a package away from pip’s',
        input: () => ({
          facts: facts({
            packages: [
              dist('spam', '1.0', { manager: 'pip', requires: ['attrs'] }),
              dist('attrs', '24.1.0', { manager: 'conda' })
            ]
          }),
          requests: [request(['python=3.12'], { tool: 'conda' })],
          plan: plan([row('attrs', '24.1.0', null)], 'conda 26.7')
        }),
        risks: [
          { message: 'missing', severity: 'block', about: ['attrs', 'spam'] }
        ]
      }
    ],
    clean: [
      {
        name: 'a jaxlib that jax accepts',
        input: () => ({
          facts: facts({
            packages: [dist('jax', '0.4.30'), dist('jaxlib', '0.4.28')]
          }),
          requests: [request(['jaxlib==0.4.30'])],
          plan: plan([row('jaxlib', '0.4.28', '0.4.30')])
        })
      },
      {
        name: 'it was broken before',
        input: () => ({
          facts: facts({
            packages: [
              dist('spam', '1.0', { requires: ['attrs<22'] }),
              dist('attrs', '24.1.0')
            ]
          }),
          requests: [request(['attrs'], { options: { upgrade: true } })],
          plan: plan([row('attrs', '24.1.0', '24.2.0')])
        })
      },
      {
        name: 'the dependent package moves along',
        input: () => ({
          facts: facts({
            packages: [
              dist('torchvision', '0.18.1', { requires: ['torch==2.3.1'] }),
              dist('torch', '2.3.1')
            ]
          }),
          requests: [request(['torch==2.5.1', 'torchvision==0.20.1'])],
          plan: plan([
            row('torch', '2.3.1', '2.5.1'),
            row('torchvision', '0.18.1', '0.20.1')
          ])
        })
      },
      {
        name: 'requirements that nobody could read, and a removal that was asked for',
        input: () => ({
          facts: facts({
            packages: [
              dist('spam', '1.0'),
              dist('eggs', '1.0', { requires: ['attrs', 'cattrs'] }),
              dist('attrs', '24.1.0'),
              dist('cattrs', '24.1.0')
            ]
          }),
          requests: [uninstall(['attrs'])],
          plan: plan([row('attrs', '24.1.0', null)])
        })
      }
    ]
  }
});
