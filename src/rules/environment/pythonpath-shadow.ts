import { dist, facts, framework, python } from '../../facts/build';
import type { IFacts } from '../../facts/facts.generated';
import { text } from '../../text/text';
import { isInside, kernelEnv } from '../paths';
import { hiddenBy, shadowsOf } from '../shadowing';
import { defineRule } from '../types';

export default defineRule({
  id: 'pythonpath-shadow',
  code: 'R12',
  since: '0.1.0',
  docs: {
    summary: 'A folder of PYTHONPATH hides packages of the environment.',
    what: 'Looks for distributions in a folder of `PYTHONPATH` that stand before another version of themselves, and for folders or files there that have the import name of an installed package. Copies of the same version are left out.',
    why: 'Python imports something else than the environment lists, in every kernel that inherits the variable.',
    example:
      '`numpy.__file__` lies in another environment; `ImportError` about a compiled module that was built for another Python.',
    fix: 'Empty the variable for this kernel, in its kernel.json.',
    safety:
      'Modules that are found through PYTHONPATH only are missing afterwards.',
    references: ['jupyter/notebook#3311']
  },
  messages: {
    one: {
      title: '%1 is imported from PYTHONPATH',
      why: 'The copy of the environment is hidden by the one in %2.'
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
    const entries = view.facts.python?.pythonpath ?? [];
    // An empty entry means the working directory, which is no place to compare with.
    const folders = entries.filter(entry => entry !== '' && entry !== '.');
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
      fix: {
        commands: [kernelEnv({ PYTHONPATH: '' })],
        where: 'kernelspec',
        restart: true,
        safety: 'review',
        note: text('Modules that only PYTHONPATH leads to will be missing.')
      }
    });
  },
  examples: {
    flagged: [
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
        facts: () => example('1.26.4', '1.26.4')
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
function example(there: string | null, here: string, torch?: string): IFacts {
  const other = '/opt/old/lib/python3.9/site-packages';
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
