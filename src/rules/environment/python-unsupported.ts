import { tensorflowBuild } from '../../compat/tensorflow';
import { torchRelease } from '../../compat/torch';
import { dist, facts, framework, platform, python } from '../../facts/build';
import type { IDistribution, IFacts } from '../../facts/facts.generated';
import type { IPlaced, View } from '../../facts/view';
import { text } from '../../text/text';
import {
  compareVersions,
  publicVersion,
  releasePrefix,
  satisfies
} from '../../versions/pep440';
import { condaOwns } from '../cuda';
import { isPip } from '../families';
import { defineRule, type IDraft } from '../types';
import { builtFor, systemName } from '../wheelTags';
import { frameworkName, pipInstall } from '../words';

type Message = 'refused' | 'untested' | 'elsewhere' | 'several';

/** A wheel that was built for another Python or another system. */
interface IForeign {
  readonly name: string;
  readonly dist: IPlaced<IDistribution>;
  /** `Python 3.10`, `Windows`. */
  readonly target: string;
}

/** Wheels of which every tag excludes this Python, or this system: copied from elsewhere, or forced. */
function foreign(view: View, minor: string): IForeign[] {
  const { system, machine } = view.facts.platform ?? {};
  if (view.facts.python?.implementation !== 'CPython' || !system || !machine) {
    return [];
  }
  const result: IForeign[] = [];
  for (const [name, [one]] of view.names()) {
    const { tags, editable } = one.value;
    const target =
      // Those of Debian hold modules for several Pythons, and the tag of one.
      isPip(one.value) && tags && editable === null
        ? builtFor(tags, { python: minor, system, machine })
        : null;
    const works = view
      .frameworks()
      .some(
        ({ value }) =>
          value.distribution === name && view.seenWorking(value.name) === true
      );
    if (target !== null && !works) {
      result.push({ name, dist: one, target });
    }
  }
  return result.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** One finding for all: a copied environment has many. */
function elsewhere(
  view: View,
  minor: string,
  found: readonly IForeign[]
): IDraft<Message> {
  const [first] = found;
  const version = first.dist.value.version ?? '';
  const names = found.map(one => one.name);
  const isPython = first.target.startsWith('Python');
  return {
    message: found.length === 1 ? 'elsewhere' : 'several',
    args:
      found.length === 1
        ? [
            first.name,
            version,
            first.target,
            isPython
              ? `Python ${minor}`
              : systemName(
                  view.facts.platform?.system ?? '',
                  view.facts.platform?.machine ?? ''
                )
          ]
        : [String(found.length)],
    severity: 'error',
    about: names,
    evidence: found
      .slice(0, 8)
      .map(({ name, dist: { value, path }, target }) => ({
        text: text(
          '%1 %2 is a wheel for %3 (%4)',
          name,
          value.version ?? '?',
          target,
          value.tags?.[0] ?? ''
        ),
        path: `${path}/tags`
      })),
    fix: {
      commands: [
        pipInstall(
          view,
          found.map(({ name, dist: { value } }) =>
            value.version === null
              ? name
              : `${name}==${publicVersion(value.version)}`
          ),
          ['--force-reinstall', '--no-deps']
        )
      ],
      where: 'cell',
      restart: true,
      safety: 'review',
      note: text(
        'Where a version has no wheel for this Python, leave the version out.'
      )
    },
    stops: view
      .frameworks()
      .filter(({ value }) => names.includes(value.distribution ?? ''))
      .map(({ value }) => value.name)
  };
}

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
    what: 'Evaluates the `Requires-Python` of every distribution, reads the tags in the WHEEL file of those that pip or uv installed (a wheel for another Python or another system was copied here, or forced), and compares PyTorch and TensorFlow with the Pythons that their official wheels were made for.',
    why: 'Compiled modules are made for one Python; on another one they fail to load, or parts of them do.',
    example:
      "`ImportError: … undefined symbol: _PyThreadState_…`, or `ModuleNotFoundError: No module named 'torch._C'`.",
    fix: 'Make an environment with a Python that the package supports, or take a release of the package that supports this Python. A wheel for another Python or system: install the package again.',
    safety:
      'A new environment leaves this one as it is. Installing again changes no version.',
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
    elsewhere: {
      title: '%1 %2 was built for %3, this is %4',
      why: 'Its compiled modules cannot be loaded here.'
    },
    several: {
      title: '%1 packages were built for another Python or system',
      why: 'Their compiled modules cannot be loaded here.'
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
    const minor = releasePrefix(here, 2);
    const others = minor === null ? [] : foreign(view, minor);
    const built =
      minor !== null && others.length > 0
        ? [elsewhere(view, minor, others)]
        : [];
    const named = new Set([...refused, ...built].flatMap(one => one.about));
    [
      ...refused,
      ...built,
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
      },
      {
        name: 'site-packages of Python 3.10 were copied',
        facts: () => wheels('cp310-cp310-manylinux_2_17_x86_64'),
        findings: [
          {
            message: 'several',
            severity: 'error',
            about: ['markupsafe', 'numpy']
          }
        ]
      },
      {
        name: 'a wheel for Windows was unpacked by hand',
        facts: () => wheels('cp311-cp311-win_amd64', ['contourpy']),
        findings: [
          { message: 'elsewhere', severity: 'error', about: ['contourpy'] }
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
        name: 'the stable ABI, pure wheels, wheels for several systems',
        facts: () => {
          const one = wheels('cp36-abi3-manylinux2014_x86_64');
          one.packages?.push(
            dist('six', '1.16.0', {
              manager: 'pip',
              tags: ['py2-none-any', 'py3-none-any']
            }),
            dist('nvidia-cublas-cu12', '12.1.3.1', {
              manager: 'pip',
              tags: ['py3-none-manylinux1_x86_64']
            })
          );
          return one;
        }
      },
      {
        name: 'Debian’s own packages, which hold modules for two Pythons',
        facts: () => {
          const one = wheels('cp310-cp310-manylinux_2_17_x86_64');
          one.packages = (one.packages ?? []).map(value => ({
            ...value,
            manager: null
          }));
          return one;
        }
      },
      {
        name: 'another implementation, or one that is not known',
        facts: () => ({
          ...wheels('cp310-cp310-manylinux_2_17_x86_64'),
          python: python('3.11.7', { implementation: 'PyPy' })
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

/** Wheels with one tag under CPython 3.11 on Linux. */
function wheels(
  tag: string,
  names: readonly string[] = ['numpy', 'markupsafe']
): IFacts {
  return facts({
    python: python('3.11.7', { implementation: 'CPython' }),
    platform: platform('linux-x86_64'),
    packages: names.map(name =>
      dist(name, '1.2.1', { manager: 'pip', tags: [tag] })
    )
  });
}
