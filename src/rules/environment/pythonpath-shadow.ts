import { dist, facts, framework, python } from '../../facts/build';
import type { IFacts } from '../../facts/facts.generated';
import type { View } from '../../facts/view';
import { text } from '../../text/text';
import { releasePrefix } from '../../versions/pep440';
import { isInside, kernelEnv } from '../paths';
import { hiddenBy, shadowsOf } from '../shadowing';
import { defineRule, type IFix } from '../types';

/** Entries of PYTHONPATH; the variable itself where the interpreter did not tell. */
function entriesOf(view: View): string[] {
  const variable = view.environ('PYTHONPATH') ?? '';
  // An empty entry means the working directory, which is no place to compare with.
  return (
    view.facts.python?.pythonpath ?? variable.split(/;|:(?![\\/])/)
  ).filter(entry => entry !== '' && entry !== '.');
}

/** Folders with the packages of another Python, by that Python's `3.9`. */
function foreign(
  view: View,
  folders: readonly string[]
): { folder: string; release: string }[] {
  const own = releasePrefix(view.facts.python?.version ?? '', 2);
  const located = (view.facts.packages ?? []).filter(
    one => one.location !== null
  );
  return folders.flatMap(folder => {
    const release =
      /[\\/]python(\d+\.\d+)[\\/](?:site|dist)-packages[\\/]?$/.exec(
        folder
      )?.[1];
    return release &&
      own &&
      release !== own &&
      // Where the places of packages are known, an empty folder is no harm.
      (located.length === 0 ||
        located.some(one => isInside(one.location ?? '', folder)))
      ? [{ folder, release }]
      : [];
  });
}

export default defineRule({
  id: 'pythonpath-shadow',
  code: 'R12',
  since: '0.1.0',
  docs: {
    summary: 'A folder of PYTHONPATH hides packages of the environment.',
    what: 'Looks for distributions in a folder of `PYTHONPATH` that stand before another version of themselves, and for folders or files there that have the import name of an installed package. Copies of the same version are left out. And for folders with the packages of another Python.',
    why: 'Python imports something else than the environment lists, in every kernel that inherits the variable.',
    example:
      '`numpy.__file__` lies in another environment; `ImportError` about a compiled module that was built for another Python.',
    fix: 'Empty the variable for this kernel, in its kernel.json.',
    safety:
      'Modules that are found through PYTHONPATH only are missing afterwards.',
    references: ['jupyter/notebook#3311', 'spyder-ide/spyder#8886']
  },
  messages: {
    one: {
      title: '%1 is imported from PYTHONPATH',
      why: 'The copy of the environment is hidden by the one in %2.'
    },
    foreign: {
      title: 'PYTHONPATH leads to the packages of Python %1',
      why: 'This kernel runs Python %2, which looks there first and cannot load what was compiled for the other one.'
    },
    several: {
      title: '%1 packages are imported from PYTHONPATH',
      why: 'The copies of the environment are hidden by those in %2.'
    }
  },
  supersedes: [
    'unmet-requirement',
    'torch-family-mismatch',
    'numpy2-abi',
    'numpy-too-old',
    'numpy-range',
    'numba-guard',
    'protobuf-generation',
    'keras-generation',
    'hf-guards',
    'jax-family'
  ],
  check(view, report) {
    const folders = entriesOf(view);
    if (folders.length === 0) {
      return;
    }
    const isThere = (location: string) =>
      folders.some(folder => isInside(location, folder));
    const hidden = hiddenBy(view, isThere);
    const shadows = shadowsOf(view, 'pythonpath', isThere);
    const names = [
      ...hidden.map(one => one.name),
      ...shadows.map(({ value }) => value.name)
    ];
    const fix: IFix = {
      commands: [kernelEnv({ PYTHONPATH: '' })],
      where: 'kernelspec',
      restart: true,
      safety: 'review',
      note: text('Modules that only PYTHONPATH leads to will be missing.')
    };
    const [other] = foreign(view, folders);
    if (names.length === 0 && other) {
      report({
        message: 'foreign',
        args: [other.release, view.facts.python?.version ?? ''],
        severity: 'warning',
        about: ['PYTHONPATH', 'python'],
        evidence: [
          {
            text: text('PYTHONPATH has %1', other.folder),
            path: view.facts.python?.pythonpath
              ? '/python/pythonpath'
              : '/environ/PYTHONPATH'
          }
        ],
        fix
      });
    }
    if (names.length === 0) {
      return;
    }
    const place = hidden[0]?.winner.value.location ?? shadows[0]?.value.winner;
    report({
      message: names.length === 1 ? 'one' : 'several',
      args: [names.length === 1 ? names[0] : String(names.length), place ?? ''],
      severity: 'warning',
      about: ['PYTHONPATH', ...names],
      evidence: [
        ...hidden.slice(0, 5).map(one => ({
          text: text(
            '%1 %2 in %3 goes before %4 in %5',
            one.name,
            one.winner.value.version ?? '?',
            one.winner.value.location ?? '?',
            one.loser.value.version ?? '?',
            one.loser.value.location ?? '?'
          ),
          path: `${one.winner.path}/location`
        })),
        ...shadows.slice(0, 5).map(({ value, path }) => ({
          text: text(
            '%1 in %2 goes before %3',
            value.name,
            value.winner,
            value.losers[0]
          ),
          path: `${path}/winner`
        }))
      ],
      fix
    });
  },
  examples: {
    flagged: [
      {
        name: 'packages of ROS for Python 2.7',
        facts: () =>
          facts({
            python: python('3.6.8'),
            packages: [dist('numpy', '1.16.2')],
            environ: {
              PYTHONPATH: '/opt/ros/kinetic/lib/python2.7/dist-packages'
            }
          }),
        findings: [
          {
            message: 'foreign',
            severity: 'warning',
            about: ['PYTHONPATH', 'python']
          }
        ]
      },
      {
        name: 'numpy of another Python',
        facts: () => example('1.21.0', '1.26.4'),
        findings: [
          {
            message: 'one',
            severity: 'warning',
            about: ['PYTHONPATH', 'numpy']
          }
        ]
      },
      {
        name: 'a folder named torch, and another numpy',
        facts: () => ({
          ...example('1.21.0', '1.26.4', '2.5.1'),
          frameworks: [framework('torch', '2.5.1', { distribution: 'torch' })],
          shadows: [
            {
              name: 'torch',
              winner: '/home/u/src',
              winner_kind: 'pythonpath',
              losers: [SITE]
            }
          ]
        }),
        findings: [
          {
            message: 'several',
            severity: 'warning',
            about: ['PYTHONPATH', 'numpy', 'torch']
          }
        ]
      }
    ],
    clean: [
      {
        name: 'PYTHONPATH is not known',
        facts: () => ({
          ...example('1.21.0', '1.26.4'),
          python: python('3.11.7')
        })
      },
      {
        name: 'the same version there and in the environment',
        facts: () => example('1.26.4', '1.26.4', undefined, '3.11')
      },
      {
        name: 'a folder of another Python in which there is nothing',
        facts: () => example(null, '1.26.4')
      },
      {
        name: 'a project folder whose names are not installed',
        facts: () => ({
          ...example(null, '1.26.4'),
          shadows: [
            {
              name: 'utils',
              winner: '/home/u/src',
              winner_kind: 'pythonpath',
              losers: [SITE]
            }
          ]
        })
      }
    ]
  }
});

const SITE = '/venv/lib/python3.11/site-packages';

/** numpy in a PYTHONPATH folder and in the environment, and torch in the environment. */
function example(
  there: string | null,
  here: string,
  torch?: string,
  release = '3.9'
): IFacts {
  const other = `/opt/old/lib/python${release}/site-packages`;
  return facts({
    python: python('3.11.7', { pythonpath: [other, '/home/u/src'] }),
    packages: [
      ...(there
        ? [dist('numpy', there, { location: other, path_index: 0 })]
        : []),
      dist('numpy', here, { location: SITE, path_index: 4 }),
      ...(torch
        ? [dist('torch', torch, { location: SITE, path_index: 4 })]
        : [])
    ]
  });
}
