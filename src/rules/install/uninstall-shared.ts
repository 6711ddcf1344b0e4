import { conda, dist, facts, record } from '../../facts/build';
import type { View } from '../../facts/view';
import { plan, row, uninstall, request } from '../../plan/build';
import { text } from '../../text/text';
import { condaOwns } from '../cuda';
import {
  copiesOf,
  CUPY,
  insteadOf,
  ONNXRUNTIME,
  OPENCV,
  TENSORFLOW
} from '../families';
import { moveEvidence, shown } from './say';
import { importedAt, isCore, JUPYTER_STACK } from './sets';
import { defineInstallRule } from './types';

/** Other distributions that hold files of this one. */
function sharers(view: View, name: string): string[] {
  return [OPENCV, TENSORFLOW, ONNXRUNTIME, CUPY]
    .filter(one => one.members.test(name))
    .flatMap(one => copiesOf(view, one))
    .filter(copy => copy.name !== name)
    .map(copy => copy.name);
}

export default defineInstallRule({
  id: 'uninstall-shared',
  code: 'P13',
  since: '0.1.0',
  docs: {
    summary: 'Removing the package would damage what stays.',
    what: 'Looks at what a command removes: distributions that share its files, packages that stay and require it, conda as the owner of its files, and frameworks and libraries such as NumPy that conda would take along unasked.',
    why: 'pip deletes every file that it recorded for the package, also those that another distribution wrote or needs.',
    example:
      '`pip uninstall tensorflow` beside tensorflow-gpu: `module ‘tensorflow’ has no attribute ‘Variable’`.',
    fix: 'Uninstall all distributions that share the files and install one of them again; remove conda’s packages with conda.',
    safety: 'Between the two commands the package is missing.',
    references: ['tensorflow/tensorflow#18043', 'tensorflow/tensorflow#18889']
  },
  messages: {
    shared: {
      title: 'Removing %1 would delete files of %2',
      why: 'Both hold the same folder; %2 is incomplete afterwards.'
    },
    required: {
      title: '%1 is required by %2',
      why: '%2 fails when it imports %1.'
    },
    along: {
      title: '%1 would be removed as well',
      why: 'The command does not name it; conda takes away what depends on %2, or what it cannot keep.'
    },
    conda: {
      title: 'pip would remove %1 of conda',
      why: 'conda goes on listing %1 and relying on its files.'
    }
  },
  supersedes: ['conda-removed-by-pip', 'unmet-requirement'],
  check({ before, after, change }, report) {
    for (const one of change.removed) {
      const { name } = one.value;
      const found = before.dist(name);
      const shared = sharers(before, name).filter(other => {
        const row = change.row(other);
        return row === null || row.value.to !== null;
      });
      const dependants =
        insteadOf(after, name) || after.has(name)
          ? []
          : change
              .dependants(name)
              .filter(
                by =>
                  by !== name &&
                  after.has(by) === true &&
                  // conda takes its own dependants along.
                  !(change.byConda && condaOwns(before, by))
              )
              .filter(by => {
                const row = change.row(by)?.value;
                return !row || row.from === row.to;
              })
              .sort();
      const at = `/facts${found?.path ?? ''}`;
      if (
        change.byConda &&
        !change.isAsked(name) &&
        isCore(name) &&
        insteadOf(after, name) === null
      ) {
        report({
          message: 'along',
          args: [name, change.names.join(', ') || 'what is asked for'],
          severity: 'block',
          subject: name,
          about: [name, ...change.names],
          evidence: [moveEvidence(one)]
        });
      }
      if (shared.length > 0) {
        report({
          message: 'shared',
          args: [name, shared.join(', ')],
          severity: 'block',
          subject: name,
          about: [name, ...shared],
          evidence: [
            moveEvidence(one),
            { text: text('%1 is installed too', shared.join(', ')), path: at }
          ]
        });
      }
      if (found && condaOwns(before, name) && !change.byConda) {
        report({
          message: 'conda',
          args: [name],
          severity: 'block',
          subject: name,
          about: [name, 'conda'],
          evidence: [
            moveEvidence(one),
            {
              text: text(
                '%1 %2 was installed by conda',
                name,
                shown(found.value.version)
              ),
              path: at
            }
          ]
        });
      }
      if (dependants.length > 0) {
        const grave =
          isCore(name) ||
          dependants.some(
            by =>
              isCore(by) ||
              JUPYTER_STACK.has(by) ||
              importedAt(before, by) !== null
          );
        report({
          message: 'required',
          args: [name, dependants.join(', ')],
          severity: grave ? 'block' : 'warn',
          subject: name,
          about: [name, ...dependants],
          evidence: [
            moveEvidence(one),
            ...dependants.slice(0, 8).map(by => ({
              text: text('%1 requires %2', by, name),
              path: `/facts${before.dist(by)?.path ?? ''}/requires`
            }))
          ]
        });
      }
    }
  },
  examples: {
    flagged: [
      {
        name: 'two TensorFlows share their files',
        input: () => ({
          facts: facts({
            packages: [
              dist('tensorflow', '1.7.0', { manager: 'pip' }),
              dist('tensorflow-gpu', '1.7.0', { manager: 'pip' })
            ]
          }),
          requests: [uninstall(['tensorflow'])],
          plan: plan([row('tensorflow', '1.7.0', null)])
        }),
        risks: [
          {
            message: 'shared',
            severity: 'block',
            about: ['tensorflow', 'tensorflow-gpu']
          }
        ]
      },
      {
        name: 'another package requires it, without a resolver',
        input: () => ({
          facts: facts({
            packages: [
              dist('rich', '13.0.0', { requires: ['pygments>=2.13'] }),
              dist('pygments', '2.15.0')
            ]
          }),
          requests: [uninstall(['Pygments'])],
          plan: null
        }),
        risks: [
          { message: 'required', severity: 'warn', about: ['pygments', 'rich'] }
        ]
      },
      {
        name: 'conda takes a framework along',
        input: () => ({
          facts: facts({
            conda: conda([
              record('tensorflow', '2.1.0', { python_name: 'tensorflow' }),
              record('tensorboard', '2.1.1', { python_name: 'tensorboard' })
            ]),
            packages: [
              dist('tensorflow', '2.1.0', { manager: 'conda' }),
              dist('tensorboard', '2.1.1', { manager: 'conda' })
            ]
          }),
          requests: [uninstall(['tensorboard'], { tool: 'conda' })],
          plan: plan(
            [
              row('tensorboard', '2.1.1', null),
              row('tensorflow', '2.1.0', null)
            ],
            'conda 26.7'
          )
        }),
        risks: [
          {
            message: 'along',
            severity: 'block',
            about: ['tensorflow', 'tensorboard']
          }
        ]
      },
      {
        name: 'the files belong to conda',
        input: () => ({
          facts: facts({
            conda: conda([record('scipy', '1.11.4', { python_name: 'scipy' })]),
            packages: [dist('scipy', '1.11.4', { manager: 'conda' })]
          }),
          requests: [uninstall(['scipy'])],
          plan: plan([row('scipy', '1.11.4', null)])
        }),
        risks: [
          { message: 'conda', severity: 'block', about: ['scipy', 'conda'] }
        ]
      }
    ],
    clean: [
      {
        name: 'nobody needs it',
        input: () => ({
          facts: facts({
            packages: [dist('tqdm', '4.67.1'), dist('rich', '13.0.0')]
          }),
          requests: [uninstall(['tqdm'])],
          plan: plan([row('tqdm', '4.67.1', null)])
        })
      },
      {
        name: 'it is not installed',
        input: () => ({
          facts: facts({ packages: [dist('rich', '13.0.0')] }),
          requests: [uninstall(['tensorflow'])],
          plan: null
        })
      },
      {
        name: 'removed and installed again in one cell',
        input: () => ({
          facts: facts({
            packages: [
              dist('torch', '2.3.1'),
              dist('timm', '1.0', { requires: ['torch'] })
            ]
          }),
          requests: [uninstall(['torch']), request(['torch==2.5.1'])],
          plan: null
        })
      },
      {
        name: 'all OpenCVs go, one comes back',
        input: () => ({
          facts: facts({
            packages: [
              dist('opencv-python', '4.10.0.84', { manager: 'pip' }),
              dist('opencv-python-headless', '4.10.0.84', { manager: 'pip' })
            ]
          }),
          requests: [uninstall(['opencv-python', 'opencv-python-headless'])],
          plan: plan([
            row('opencv-python', '4.10.0.84', null),
            row('opencv-python-headless', '4.10.0.84', null)
          ])
        })
      }
    ]
  }
});
