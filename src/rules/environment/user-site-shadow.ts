import { dist, environment, facts, python } from '../../facts/build';
import type { IFacts } from '../../facts/facts.generated';
import type { View } from '../../facts/view';
import { text } from '../../text/text';
import { CORE } from '../ownership';
import { isInside, kernelEnv } from '../paths';
import { hiddenBy, type IHidden } from '../shadowing';
import { defineRule, type IFix, type Severity } from '../types';
import { pipUninstall } from '../words';

/** A user site is meant to go before a system interpreter, and never before an environment. */
function severityOf(view: View, hidden: readonly IHidden[]): Severity {
  const kind = view.facts.environment?.kind ?? null;
  if (kind === null || kind === 'system') {
    return 'info';
  }
  return hidden.some(one => CORE.has(one.name)) ? 'error' : 'warning';
}

function fixOf(
  view: View,
  hidden: readonly IHidden[],
  isUser: (location: string) => boolean
): IFix {
  const only = [...view.names()]
    .filter(([, list]) => list.every(c => isUser(c.value.location ?? '')))
    .map(([name]) => name);
  if (view.facts.environment?.kind === 'system' || only.includes('ipykernel')) {
    // Without the user site this kernel would not start: take the copies away instead.
    return {
      commands: [
        pipUninstall(
          view,
          hidden.map(one => one.name)
        )
      ],
      where: 'cell',
      restart: true,
      safety: 'review',
      note: text(
        'pip removes the copy that is imported, which is the one in the user site.'
      )
    };
  }
  return {
    commands: [kernelEnv({ PYTHONNOUSERSITE: '1' })],
    where: 'kernelspec',
    restart: true,
    safety: only.length > 0 ? 'review' : 'safe',
    note:
      only.length > 0
        ? text(
            '%1 packages exist in the user site only and will be missing.',
            String(only.length)
          )
        : undefined
  };
}

export default defineRule({
  id: 'user-site-shadow',
  code: 'R11',
  since: '0.1.0',
  docs: {
    summary:
      'Packages of the per-user directory hide those of the environment.',
    what: 'Looks for distributions in the user site that stand before another version of themselves on `sys.path`. Copies of the same version are left out. For a system interpreter, where the user site is meant to go first, it is a note.',
    why: 'The environment is not what its package list says: `pip install --user` for one Python changes every environment of the same Python version.',
    example:
      '`conda list` says numpy 1.26.4, and `numpy.__file__` lies in `~/.local/lib/python3.11/site-packages`.',
    fix: 'Switch the user site off for this kernel, in its kernel.json.',
    safety:
      'Packages that exist in the user site only are missing afterwards. When the kernel itself is one of them, the copies are uninstalled instead, which changes the other environments too.',
    references: ['conda/conda#448', 'conda/conda#7173', 'conda/conda#13746']
  },
  messages: {
    one: {
      title: '%1 of the user site hides the one of the environment',
      why: 'Python imports %2 from the user site instead of %3.'
    },
    several: {
      title: '%1 packages of the user site hide those of the environment',
      why: 'Python imports other versions than the environment lists.'
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
    const site = view.facts.python?.user_site;
    if (!site?.path || site.enabled !== true) {
      return;
    }
    const { path } = site;
    const isUser = (location: string) => isInside(location, path);
    const hidden = hiddenBy(view, isUser);
    if (hidden.length === 0) {
      return;
    }
    const [{ name, winner, loser }] = hidden;
    report({
      message: hidden.length === 1 ? 'one' : 'several',
      args:
        hidden.length === 1
          ? [name, winner.value.version ?? '', loser.value.version ?? '']
          : [String(hidden.length)],
      severity: severityOf(view, hidden),
      about: ['user-site', ...hidden.map(one => one.name)],
      evidence: hidden.slice(0, 5).map(one => ({
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
      fix: fixOf(view, hidden, isUser)
    });
  },
  examples: {
    flagged: [
      {
        name: 'numpy 2 of the user site in a conda environment',
        facts: () => example('conda', [['numpy', '2.1.0', '1.26.4']]),
        findings: [
          { message: 'one', severity: 'error', about: ['user-site', 'numpy'] }
        ]
      },
      {
        name: 'two pure packages',
        facts: () =>
          example('conda', [
            ['requests', '2.32.3', '2.28.1'],
            ['click', '8.1.7', '8.0.0']
          ]),
        findings: [
          {
            message: 'several',
            severity: 'warning',
            about: ['user-site', 'click', 'requests']
          }
        ]
      },
      {
        name: 'a system interpreter, where the user site is meant to win',
        facts: () => example('system', [['numpy', '2.1.0', '1.26.4']]),
        findings: [
          { message: 'one', severity: 'info', about: ['user-site', 'numpy'] }
        ]
      }
    ],
    clean: [
      {
        name: 'the places are not known',
        facts: () => ({
          ...example('conda', []),
          packages: [dist('numpy', '2.1.0'), dist('numpy', '1.26.4')]
        })
      },
      {
        name: 'both have the same version; another one exists in the user site only',
        facts: () => {
          const one = example('conda', [['numpy', '1.26.4', '1.26.4']]);
          one.packages?.push(
            dist('black', '24.1.0', { location: USER, path_index: 3 })
          );
          return one;
        }
      },
      {
        name: 'the user site is switched off',
        facts: () => {
          const one = example('conda', [['numpy', '2.1.0', '1.26.4']]);
          one.python = python('3.11.7', {
            user_site: { path: USER, enabled: false, exists: true }
          });
          return one;
        }
      }
    ]
  }
});

const USER = '/home/u/.local/lib/python3.11/site-packages';

/** Packages as [name, version in the user site, version in the environment]. */
function example(
  kind: 'conda' | 'system',
  packages: [string, string, string][]
): IFacts {
  return facts({
    python: python('3.11.7', {
      user_site: { path: USER, enabled: true, exists: true }
    }),
    environment: environment(kind),
    packages: packages.flatMap(([name, user, own]) => [
      dist(name, user, { location: USER, path_index: 3, manager: 'pip' }),
      dist(name, own, {
        location: '/opt/conda/envs/a/lib/python3.11/site-packages',
        path_index: 4
      })
    ])
  });
}
