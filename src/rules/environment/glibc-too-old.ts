import { dist, facts, platform } from '../../facts/build';
import type { IFacts } from '../../facts/facts.generated';
import type { View } from '../../facts/view';
import { text } from '../../text/text';
import { compareDotted } from '../../versions/cuda';
import { isPip } from '../families';
import { loaded } from '../ownership';
import { defineRule } from '../types';
import { pipInstall, pipUninstall } from '../words';

/** glibc of the names that came before `manylinux_2_17` (PEP 600). */
const OLD: Readonly<Record<string, string>> = {
  manylinux1: '2.5',
  manylinux2010: '2.12',
  manylinux2014: '2.17'
};

/** The oldest glibc that a wheel promises to run on; null when its tags promise nothing, or something else besides. */
function glibcOf(tags: readonly string[]): string | null {
  let oldest: string | null = null;
  for (const tag of tags) {
    // One line may hold several platforms: `cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64`.
    for (const one of (tag.split('-')[2] ?? '').split('.')) {
      const match = /^manylinux_(\d+)_(\d+)_|^(manylinux(?:1|2010|2014))_/.exec(
        one
      );
      if (!match) {
        return null;
      }
      const version = match[3] ? OLD[match[3]] : `${match[1]}.${match[2]}`;
      if (oldest === null || (compareDotted(version, oldest) ?? 0) < 0) {
        oldest = version;
      }
    }
  }
  return oldest;
}

/** Import names of distributions that hold a framework. */
function stopped(view: View, names: readonly string[]): string[] {
  return view
    .frameworks()
    .filter(
      ({ value }) =>
        value.distribution !== null && names.includes(value.distribution)
    )
    .map(({ value }) => value.name);
}

export default defineRule({
  id: 'glibc-too-old',
  code: 'R44',
  since: '0.1.0',
  docs: {
    summary: 'A wheel needs a newer glibc than this system has.',
    what: 'Compares the C library of the system with the `manylinux` tags in the WHEEL file of each distribution that pip or uv installed; the most tolerant tag counts. What is imported already is left out.',
    why: 'The dynamic loader refuses libraries that ask for symbols of a newer glibc.',
    example:
      "`ImportError: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.28' not found`",
    fix: 'Install the package again on this machine: pip then takes the newest release that has a wheel for this glibc. A container image or a conda environment made on a newer system brings it about.',
    safety: 'The version of the package may change.',
    references: ['jax-ml/jax#5272', 'PEP 600']
  },
  messages: {
    old: {
      title: 'glibc %1 is too old for %2',
      why: 'Importing it fails, as the loader misses symbols of glibc %3.'
    }
  },
  check(view, report) {
    const libc = view.facts.platform?.libc;
    if (libc?.name !== 'glibc' || !libc.version) {
      return;
    }
    const own = libc.version;
    const all = [...view.names()].flatMap(([name, [{ value, path }]]) => {
      const wanted =
        isPip(value) && value.tags && value.tags.length > 0
          ? glibcOf(value.tags)
          : null;
      const order = wanted === null ? null : compareDotted(own, wanted);
      return wanted !== null &&
        order !== null &&
        order < 0 &&
        !loaded(view, name) &&
        view.seenWorking(name) !== true
        ? [{ name, version: value.version, path, wanted }]
        : [];
    });
    if (all.length === 0) {
      return;
    }
    all.sort((a, b) => (a.name < b.name ? -1 : 1));
    const names = all.map(one => one.name);
    const newest = all
      .map(one => one.wanted)
      .sort((a, b) => compareDotted(b, a) ?? 0)[0];
    report({
      message: 'old',
      args: [own, names.join(', '), newest],
      severity: 'error',
      about: names,
      evidence: [
        { text: text('glibc %1', own), path: '/platform/libc/version' },
        ...all.map(one => ({
          text: text(
            '%1 %2 was built for glibc %3',
            one.name,
            one.version ?? '?',
            one.wanted
          ),
          path: `${one.path}/tags`
        }))
      ],
      fix: {
        // A forced reinstall would take all requirements along; without them a new release may lack some.
        commands: [
          pipUninstall(view, names),
          pipInstall(view, names, ['--only-binary=:all:'])
        ],
        where: 'cell',
        restart: true,
        safety: 'review',
        note: text('The newest release that runs with glibc %1 is taken.', own)
      },
      stops: stopped(view, names)
    });
  },
  examples: {
    flagged: [
      {
        name: 'an environment that was made on a newer system',
        facts: () =>
          onGlibc('2.17', {
            packages: [
              dist('jaxlib', '0.4.35', {
                manager: 'pip',
                tags: ['cp311-cp311-manylinux_2_28_x86_64']
              }),
              dist('numpy', '1.26.4', {
                manager: 'pip',
                tags: [
                  'cp311-cp311-manylinux_2_17_x86_64',
                  'cp311-cp311-manylinux2014_x86_64'
                ]
              })
            ]
          }),
        findings: [{ message: 'old', severity: 'error', about: ['jaxlib'] }]
      },
      {
        name: 'two wheels, one with its tags in one line',
        facts: () =>
          onGlibc('2.26', {
            packages: [
              dist('pyarrow', '17.0.0', {
                manager: 'uv',
                tags: ['cp311-cp311-manylinux_2_28_x86_64']
              }),
              dist('onnxruntime', '1.19.0', {
                manager: 'pip',
                tags: [
                  'cp311-cp311-manylinux_2_27_x86_64.manylinux_2_28_x86_64'
                ]
              })
            ]
          }),
        findings: [
          {
            message: 'old',
            severity: 'error',
            about: ['onnxruntime', 'pyarrow']
          }
        ]
      }
    ],
    clean: [
      {
        name: 'the C library is not known; the tags are not known',
        facts: () =>
          facts({
            platform: platform('linux-x86_64'),
            packages: [
              dist('jaxlib', '0.4.35', {
                manager: 'pip',
                tags: ['cp311-cp311-manylinux_2_28_x86_64']
              })
            ]
          })
      },
      {
        name: 'one of its tags fits; built here; pure Python; conda’s',
        facts: () =>
          onGlibc('2.17', {
            packages: [
              dist('a', '1.0', {
                manager: 'pip',
                tags: [
                  'cp311-cp311-manylinux_2_28_x86_64',
                  'cp311-cp311-manylinux2014_x86_64'
                ]
              }),
              dist('b', '1.0', {
                manager: 'pip',
                tags: ['cp311-cp311-linux_x86_64']
              }),
              dist('c', '1.0', { manager: 'pip', tags: ['py3-none-any'] }),
              dist('d', '1.0', {
                manager: 'conda',
                tags: ['cp311-cp311-manylinux_2_28_x86_64']
              })
            ]
          })
      },
      {
        name: 'it is imported already; another C library',
        facts: () =>
          onGlibc('2.17', {
            packages: [
              dist('jaxlib', '0.4.35', {
                manager: 'pip',
                tags: ['cp311-cp311-manylinux_2_28_x86_64']
              })
            ],
            modules: [{ name: 'jaxlib', version: '0.4.35', file: null }]
          })
      }
    ]
  }
});

function onGlibc(version: string, parts: Partial<IFacts>): IFacts {
  return facts({
    platform: platform('linux-x86_64', { libc: { name: 'glibc', version } }),
    ...parts
  });
}
