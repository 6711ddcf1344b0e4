import { tensorflowBuild } from '../../compat/tensorflow';
import { torchRelease } from '../../compat/torch';
import { dist, facts, framework, python } from '../../facts/build';
import type { View } from '../../facts/view';
import { text } from '../../text/text';
import {
  compareVersions,
  releasePrefix,
  satisfies
} from '../../versions/pep440';
import { condaOwns } from '../cuda';
import { frameworkName } from '../words';
import { defineRule, type IDraft } from '../types';

type Message = 'refused' | 'untested';

/** The range of Pythons that the official wheels of a release were made for, and who says so. */
function supported(
  name: string,
  version: string
): { min: string | null; max: string | null; source: string } | null {
  const row =
    name === 'torch'
      ? torchRelease(version)
      : name === 'tensorflow'
        ? tensorflowBuild(version)
        : null;
  return (
    row && {
      min: row.value.python[0],
      max: row.value.python[1],
      source: row.source
    }
  );
}

/** Distributions whose own metadata refuse this Python. */
function refusals(view: View, here: string): IDraft<Message>[] {
  const drafts: IDraft<Message>[] = [];
  for (const [name, copies] of view.names()) {
    const { value, path } = copies[0];
    if (
      value.requires_python !== null &&
      satisfies(here, value.requires_python) === false
    ) {
      drafts.push({
        message: 'refused',
        args: [name, value.version ?? '?', here],
        severity: 'error',
        about: [name, 'python'],
        evidence: [
          {
            text: text(
              '%1 %2 requires Python %3',
              name,
              value.version ?? '?',
              value.requires_python
            ),
            path: `${path}/requires_python`
          },
          { text: text('this is Python %1', here), path: '/python/version' }
        ],
        fix: null
      });
    }
  }
  return drafts;
}

/** Frameworks whose official wheels were never made for this Python. */
function untested(view: View, here: string): IDraft<Message>[] {
  const minor = releasePrefix(here, 2);
  const drafts: IDraft<Message>[] = [];
  for (const { value, path } of view.frameworks()) {
    const distribution = value.distribution ?? value.name;
    const range =
      value.version === null || condaOwns(view, distribution)
        ? null
        : supported(value.name, value.version);
    if (!minor || !range || view.seenWorking(value.name)) {
      continue;
    }
    const below =
      range.min !== null && (compareVersions(minor, range.min) ?? 0) < 0;
    const above =
      range.max !== null && (compareVersions(minor, range.max) ?? 0) > 0;
    if (below || above) {
      drafts.push({
        message: 'untested',
        args: [frameworkName(value.name), value.version ?? '?', minor],
        severity: 'warning',
        about: [distribution, 'python'],
        evidence: [
          {
            text: text(
              '%1 %2 has wheels for Python %3 to %4',
              value.name,
              value.version ?? '?',
              range.min ?? '…',
              range.max ?? '…'
            ),
            path: `${path}/version`
          },
          { text: text('this is Python %1', here), path: '/python/version' }
        ],
        fix: null
      });
    }
  }
  return drafts;
}

export default defineRule<Message>({
  id: 'python-unsupported',
  code: 'R21',
  since: '0.1.0',
  docs: {
    summary: 'A package that does not support the Python it runs on.',
    what: 'Evaluates the `Requires-Python` of every distribution, and compares PyTorch and TensorFlow with the Pythons that their official wheels were made for.',
    why: 'Compiled modules are made for one Python; on another one they fail to load, or parts of them do.',
    example:
      "`ImportError: … undefined symbol: _PyThreadState_…`, or `ModuleNotFoundError: No module named 'torch._C'`.",
    fix: 'Make an environment with a Python that the package supports, or take a release of the package that supports this Python.',
    safety: 'A new environment leaves this one as it is.',
    references: [
      'pytorch/pytorch RELEASE.md, release compatibility matrix',
      'tensorflow/docs site/en/install/source.md, tested build configurations'
    ]
  },
  messages: {
    refused: {
      title: '%1 %2 does not support Python %3',
      why: 'It may fail to import, or fail later where it uses what this Python lacks.'
    },
    untested: {
      title: '%1 %2 was not made for Python %3',
      why: 'Its compiled parts may fail to load.'
    }
  },
  check(view, report) {
    const here = view.facts.python?.version;
    if (!here) {
      return;
    }
    const refused = /^\d+\.\d+$/.test(here) ? [] : refusals(view, here);
    const named = new Set(refused.flatMap(one => one.about));
    [
      ...refused,
      ...untested(view, here).filter(one => !named.has(one.about[0]))
    ].forEach(report);
  },
  examples: {
    flagged: [
      {
        name: 'a package that ended with Python 3.10',
        facts: () =>
          facts({
            python: python('3.12.1'),
            packages: [
              dist('oldthing', '1.0', { requires_python: '>=3.7,<3.11' })
            ]
          }),
        findings: [
          {
            message: 'refused',
            severity: 'error',
            about: ['oldthing', 'python']
          }
        ]
      },
      {
        name: 'torch 2.0 on Python 3.12',
        facts: () =>
          facts({
            python: python('3.12.1'),
            frameworks: [
              framework('torch', '2.0.0+cu117', { distribution: 'torch' })
            ]
          }),
        findings: [
          {
            message: 'untested',
            severity: 'warning',
            about: ['torch', 'python']
          }
        ]
      },
      {
        name: 'TensorFlow 2.10 on Python 3.11',
        facts: () =>
          facts({
            python: python('3.11.7'),
            frameworks: [
              framework('tensorflow', '2.10.0', { distribution: 'tensorflow' })
            ]
          }),
        findings: [
          {
            message: 'untested',
            severity: 'warning',
            about: ['tensorflow', 'python']
          }
        ]
      }
    ],
    clean: [
      {
        name: 'nothing is known of the Python',
        facts: () =>
          facts({
            packages: [dist('oldthing', '1.0', { requires_python: '<3.11' })],
            frameworks: [framework('torch', '2.0.0+cu117')]
          })
      },
      {
        name: 'torch 2.0 on Python 3.10',
        facts: () =>
          facts({
            python: python('3.10.13'),
            packages: [dist('torch', '2.0.0', { requires_python: '>=3.8.0' })],
            frameworks: [
              framework('torch', '2.0.0+cu117', { distribution: 'torch' })
            ]
          })
      },
      {
        name: 'a release that is newer than the tables',
        facts: () =>
          facts({
            python: python('3.16.0'),
            frameworks: [framework('torch', '9.1.0', { distribution: 'torch' })]
          })
      }
    ]
  }
});
