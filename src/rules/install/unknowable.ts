import { dist, facts } from '../../facts/build';
import type { View } from '../../facts/view';
import { plan, request, row } from '../../plan/build';
import { asked } from '../../plan/asked';
import type { IInstallRequest } from '../../recognise/types';
import { normalise } from '../../versions/requirement';
import { text } from '../../text/text';
import { frameworkOf } from '../../plan/frameworks';
import { FOUNDATIONS, WATCHED } from './watch';
import { defineInstallRule } from './types';

/** What a package is known to move here: an installed framework. */
function moves(view: View, name: string): string | null {
  if (view.has(name) === true) {
    return null;
  }
  const found = WATCHED.find(
    one => one.name.test(name) && view.has(one.moves) === true
  );
  return found?.moves ?? null;
}

/** Framework names that stand in a text: `git+https://…/xformers.git@main`. */
function namesIn(words: string): string[] {
  return (words.match(/[A-Za-z][\w.-]*/g) ?? [])
    .map(word => normalise(word.replace(/\.git$/, '')))
    .filter(
      word =>
        frameworkOf(word) !== null || WATCHED.some(one => one.name.test(word))
    );
}

/** Names in a request that are watched here, with what they move. */
function watched(
  view: View,
  one: IInstallRequest
): { name: string; moves: string }[] {
  const result = new Map<string, string>();
  for (const { name, exact } of asked([one])) {
    const moved = moves(view, name);
    if (moved !== null && !asked([one]).some(other => other.name === moved)) {
      result.set(name, moved);
    } else if (
      one.options.upgrade &&
      exact === null &&
      FOUNDATIONS.has(name) &&
      view.has(name) === true
    ) {
      result.set(name, name);
    }
  }
  for (const unknown of one.unknowns) {
    if (unknown.kind === 'requirements-file') {
      continue;
    }
    for (const name of namesIn(unknown.text)) {
      const moved = moves(view, name);
      if (view.has(name) === true || moved !== null) {
        result.set(name, moved ?? name);
      }
    }
  }
  return [...result].map(([name, moved]) => ({ name, moves: moved }));
}

export default defineInstallRule({
  id: 'unknowable',
  code: 'P21',
  since: '0.1.0',
  docs: {
    summary: 'What the command changes could not be computed.',
    what: 'Speaks only when no resolver answered: a requirements file, an address, a local project or an expression in the command, or a failed plan. It is a note, unless the command names a package that is known to bring its own release of a framework that is installed here.',
    why: 'The framework can be replaced without a further question.',
    example:
      '`%pip install git+https://…/xformers.git` while no index can be reached.',
    fix: 'Pin the framework in the same command, so that pip stops instead of replacing it.',
    safety: 'pip may then find no solution and installs nothing.',
    references: ['facebookresearch/xformers#752', 'facebook/Ax#717']
  },
  messages: {
    watched: {
      title: '%1 may replace %2, and no plan could be computed',
      why: 'Releases of %1 ask for one release of %2, and the installed one can be another.'
    },
    upgrade: {
      title: '%1 may be upgraded, and no plan could be computed',
      why: 'Packages here can rely on the installed version of %1.'
    },
    unknown: {
      title: 'What this command changes could not be computed',
      why: 'It depends on %1.'
    }
  },
  check({ before, requests, plan: answer }, report) {
    if (answer !== null) {
      return;
    }
    requests.forEach((one, i) => {
      if (
        one.action === 'uninstall' ||
        one.tool === 'apt' ||
        one.tool === 'pipx' ||
        one.options.noDeps
      ) {
        return;
      }
      const path = `/requests/${i}`;
      const found = watched(before, one);
      for (const { name, moves: moved } of found) {
        const at = before.dist(moved);
        report({
          message: name === moved ? 'upgrade' : 'watched',
          args: [name, moved],
          severity: 'warn',
          subject: moved,
          about: [...new Set([name, moved])],
          evidence: [
            { text: text('the command names %1', name), path },
            ...(at
              ? [
                  {
                    text: text(
                      '%1 %2 is installed',
                      moved,
                      at.value.version ?? '?'
                    ),
                    path: `/facts${at.path}`
                  }
                ]
              : [])
          ]
        });
      }
      if (found.length === 0 && one.unknowns.length > 0) {
        report({
          message: 'unknown',
          args: [one.unknowns.map(unknown => unknown.text).join(', ')],
          severity: 'note',
          subject: null,
          about: [],
          evidence: one.unknowns.map(unknown => ({
            text: text('%1', unknown.text),
            path: `${path}/unknowns`
          }))
        });
      }
    });
  },
  examples: {
    flagged: [
      {
        name: 'xformers beside torch',
        input: () => ({
          facts: facts({ packages: [dist('torch', '2.3.1+cu121')] }),
          requests: [request(['xformers'])],
          plan: null
        }),
        risks: [
          { message: 'watched', severity: 'warn', about: ['xformers', 'torch'] }
        ]
      },
      {
        name: 'its repository, by address',
        input: () => ({
          facts: facts({ packages: [dist('torch', '2.3.1+cu121')] }),
          requests: [
            request([], {
              unknowns: [
                {
                  kind: 'direct-url',
                  text: 'git+https://example.org/research/xformers.git@main'
                }
              ]
            })
          ],
          plan: null
        }),
        risks: [
          { message: 'watched', severity: 'warn', about: ['xformers', 'torch'] }
        ]
      },
      {
        name: 'an upgrade to some version',
        input: () => ({
          facts: facts({ packages: [dist('tensorflow', '2.15.1')] }),
          requests: [request(['tensorflow'], { options: { upgrade: true } })],
          plan: null
        }),
        risks: [{ message: 'upgrade', severity: 'warn', about: ['tensorflow'] }]
      },
      {
        name: 'a file of requirements',
        input: () => ({
          facts: facts({ packages: [dist('torch', '2.3.1+cu121')] }),
          requests: [
            request([], {
              unknowns: [
                { kind: 'requirements-file', text: 'requirements.txt' }
              ]
            })
          ],
          plan: null
        }),
        risks: [{ message: 'unknown', severity: 'note', about: [] }]
      }
    ],
    clean: [
      {
        name: 'a resolver answered',
        input: () => ({
          facts: facts({ packages: [dist('torch', '2.10.0')] }),
          requests: [request(['xformers'])],
          plan: plan([row('xformers', null, '0.0.35')])
        })
      },
      {
        name: 'ordinary names; torch is not here',
        input: () => ({
          facts: facts({ packages: [dist('numpy', '1.26.4')] }),
          requests: [request(['ftfy', 'tqdm', 'xformers'])],
          plan: null
        })
      },
      {
        name: 'together with the torch that it should fit',
        input: () => ({
          facts: facts({ packages: [dist('torch', '2.3.1')] }),
          requests: [request(['torch==2.5.1', 'torchvision==0.20.1'])],
          plan: null
        })
      }
    ]
  }
});
