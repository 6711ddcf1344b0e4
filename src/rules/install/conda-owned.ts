import { conda, dist, environment, facts, record } from '../../facts/build';
import type { View } from '../../facts/view';
import { plan, request, row } from '../../plan/build';
import type { IPlacedRow } from '../../plan/change';
import { frameworkOf } from '../../plan/frameworks';
import { text } from '../../text/text';
import { condaOwns } from '../cuda';
import { INSTALLERS } from '../ownership';
import { moveEvidence, shown } from './say';
import { isCompiledCore, KERNEL_STACK } from './sets';
import {
  defineInstallRule,
  type IInstallContext,
  type IRiskEvidence
} from './types';

function ownerEvidence(view: View, name: string): IRiskEvidence {
  const owner = view.owner(name);
  return owner
    ? {
        text: text(
          '%1 %2 (record of conda)',
          owner.value.name,
          shown(owner.value.version)
        ),
        path: `/facts${owner.path}`
      }
    : {
        text: text('%1 was installed by conda', name),
        path: `/facts${view.dist(name)?.path ?? ''}`
      };
}

/** Frameworks that conda installed and that compute with a package: they were built against conda's copy. */
function sufferers(
  view: View,
  change: IInstallContext['change'],
  name: string
): string[] {
  return change
    .dependants(name)
    .filter(by => frameworkOf(by) !== null && change.row(by) === null)
    .sort();
}

export default defineInstallRule({
  id: 'conda-owned',
  code: 'P03',
  since: '0.1.0',
  docs: {
    summary: 'pip would replace a package that conda owns.',
    what: 'Looks for rows that change (or, with `--force-reinstall`, write again) a distribution whose files belong to conda, when pip or uv makes the change. pip, setuptools and wheel update themselves and are left out.',
    why: 'conda does not learn of it: `conda list` and `pip list` then tell two truths, packages that conda built against its own copy can fail, and the next conda command mixes the files.',
    example:
      '`!pip install focal-loss` replaces numpy 1.20.3 of a conda TensorFlow by a wheel 1.22; TensorFlow no longer sees the GPU.',
    fix: 'Let conda install the package, or install it without its requirements when they are all there.',
    safety: 'conda may move further packages: read its plan.',
    references: ['conda/conda-pack#35', 'spyder-ide/spyder#25516']
  },
  messages: {
    core: {
      title: 'pip would replace %1 %2 of conda',
      why: 'Packages that conda built against its own %1 can fail with pip’s copy, and conda does not learn of it.'
    },
    other: {
      title: 'pip would replace %1 %2 of conda',
      why: 'conda does not learn of it, and its next transaction mixes the files of both.'
    },
    others: {
      title: 'pip would replace %1 packages of conda',
      why: 'conda does not learn of it, and its next transaction mixes the files of both.'
    }
  },
  supersedes: ['two-managers', 'conda-removed-by-pip', 'duplicate-dist-info'],
  check({ change, before }, report) {
    if (change.byConda || change.option(one => one.options.user)) {
      return;
    }
    const found = [...change.moved, ...change.rewritten].filter(
      ({ value }) =>
        !INSTALLERS.has(value.name) && condaOwns(before, value.name)
    );
    const isGrave = ({ value }: IPlacedRow) =>
      isCompiledCore(value.name) || KERNEL_STACK.has(value.name);
    for (const one of found.filter(isGrave)) {
      const { name, from } = one.value;
      const suffering = sufferers(before, change, name);
      report({
        message: 'core',
        args: [name, shown(from)],
        severity: 'block',
        subject: name,
        about: [name, ...suffering],
        evidence: [
          moveEvidence(one),
          ownerEvidence(before, name),
          ...suffering.map(by => ({
            text: text(
              '%1 %2 computes with it',
              by,
              shown(before.dist(by)?.value.version)
            ),
            path: `/facts${before.dist(by)?.path ?? ''}`
          }))
        ]
      });
    }
    const rest = found
      .filter(one => !isGrave(one))
      .sort((a, b) => (a.value.name < b.value.name ? -1 : 1));
    if (rest.length > 0) {
      const [{ value }] = rest;
      report({
        message: rest.length === 1 ? 'other' : 'others',
        args:
          rest.length === 1
            ? [value.name, shown(value.from)]
            : [String(rest.length)],
        severity: 'warn',
        subject: rest.length === 1 ? value.name : null,
        about: rest.map(one => one.value.name),
        evidence: rest.flatMap(one => [
          moveEvidence(one),
          ownerEvidence(before, one.value.name)
        ])
      });
    }
  },
  examples: {
    flagged: [
      {
        name: 'numpy of conda under TensorFlow of conda, and absl-py with it',
        input: () => ({
          facts: facts({
            environment: environment('conda'),
            conda: conda([
              record('numpy', '1.20.3', { python_name: 'numpy' }),
              record('absl-py', '0.10.0', { python_name: 'absl-py' })
            ]),
            packages: [
              dist('numpy', '1.20.3', { manager: 'conda' }),
              dist('absl-py', '0.10.0', { manager: 'conda' })
            ]
          }),
          requests: [request(['focal-loss'])],
          plan: plan([
            row('focal-loss', null, '0.0.7'),
            row('numpy', '1.20.3', '1.22.4'),
            row('absl-py', '0.10.0', '1.0.0')
          ])
        }),
        risks: [
          { message: 'core', severity: 'block', about: ['numpy'] },
          { message: 'other', severity: 'warn', about: ['absl-py'] }
        ]
      },
      {
        name: 'two pure Python packages',
        input: () => ({
          facts: facts({
            packages: [
              dist('rich', '13.0.0', { manager: 'conda' }),
              dist('pygments', '2.15.0', { manager: 'conda' })
            ]
          }),
          requests: [request(['textual'])],
          plan: plan([
            row('textual', null, '1.0.0'),
            row('rich', '13.0.0', '14.0.0'),
            row('pygments', '2.15.0', '2.19.1')
          ])
        }),
        risks: [
          { message: 'others', severity: 'warn', about: ['pygments', 'rich'] }
        ]
      }
    ],
    clean: [
      {
        name: 'pip updates itself',
        input: () => ({
          facts: facts({
            packages: [dist('pip', '23.1', { manager: 'conda' })]
          }),
          requests: [request(['pip'], { options: { upgrade: true } })],
          plan: plan([row('pip', '23.1', '26.3')])
        })
      },
      {
        name: 'conda replaces its own package',
        input: () => ({
          facts: facts({
            packages: [dist('numpy', '1.26.4', { manager: 'conda' })]
          }),
          requests: [request(['numpy=2'], { tool: 'conda' })],
          plan: plan([row('numpy', '1.26.4', '2.1.0')], 'conda 26.7')
        })
      },
      {
        name: 'nobody knows who installed it',
        input: () => ({
          facts: facts({ packages: [dist('numpy', '1.26.4')] }),
          requests: [request(['numpy'], { options: { upgrade: true } })],
          plan: plan([row('numpy', '1.26.4', '2.1.0')])
        })
      }
    ]
  }
});
