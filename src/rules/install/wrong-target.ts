import { dist, environment, facts, python } from '../../facts/build';
import type { View } from '../../facts/view';
import { plan, request, row } from '../../plan/build';
import { isCondaTool } from '../../plan/asked';
import { placeOf } from '../../plan/target';
import type { IInstallRequest } from '../../recognise/types';
import { text } from '../../text/text';
import { defineInstallRule, type IInstallContext } from './types';

/** Names for `about`: what the command wanted to change. */
function names(
  request: IInstallRequest,
  { change }: IInstallContext
): string[] {
  const own = request.packages.flatMap(word => {
    const name = /^[A-Za-z0-9][A-Za-z0-9._-]*/.exec(word)?.[0];
    return name ? [name.toLowerCase().replace(/[-_.]+/g, '-')] : [];
  });
  return own.length > 0 ? own : change.names;
}

/** Whether a copy in the per-user directory would hide one of the environment. */
function hides({ change }: IInstallContext): string | null {
  return change.moved[0]?.value.name ?? null;
}

/** conda environments see the per-user directory, whether they want to or not; virtual environments refuse it. */
function userMatters(view: View, context: IInstallContext): boolean {
  const environment = view.facts.environment;
  if (hides(context) !== null) {
    return true;
  }
  return environment?.kind !== 'system' && environment?.writable !== false;
}

export default defineInstallRule({
  id: 'wrong-target',
  code: 'P17',
  since: '0.1.0',
  docs: {
    summary:
      'The command would change another environment than the one of this kernel.',
    what: 'Compares the pip, python or conda that the shell finds (or that the command names) with the prefix of the kernel; looks for `--user`, for `sudo`, and for an activation in another `!` line, which is lost because each line has a shell of its own. `--target` and environments that are named on purpose are left alone.',
    why: 'The install succeeds, and the import in the notebook still fails; or a copy in the per-user directory hides the one of the environment.',
    example:
      '`!pip install shapely` reports success, then `ModuleNotFoundError: No module named ‘shapely’`.',
    fix: 'Use `%pip` (or `%conda`), which always means the kernel.',
    safety: 'Safe.',
    references: [
      'jupyter/notebook#2563',
      'ipython/ipykernel#637',
      'pypa/pip#10599'
    ]
  },
  messages: {
    path: {
      title: '%1 belongs to another environment than this kernel',
      why: 'The package would land in %2, where this kernel does not look.'
    },
    named: {
      title: 'The command names another interpreter than this kernel’s',
      why: 'The package would land with %2, where this kernel does not look.'
    },
    user: {
      title: '%1 would be installed for the user, outside this environment',
      why: 'Every Python of the same version sees the per-user directory, and what lies there hides the packages of environments.'
    },
    sudo: {
      title: 'sudo installs with the Python of the administrator',
      why: 'The package lands outside this environment, in files that only the administrator can change.'
    },
    activation: {
      title: 'The activation in the line above is lost',
      why: 'Each shell line has a shell of its own, so %1 is installed with the first %2 on PATH.'
    }
  },
  supersedes: ['user-site-shadow'],
  check(context, report) {
    const { before, requests, facts: known } = context;
    requests.forEach((one, i) => {
      const about = names(one, context);
      const path = `/requests/${i}`;
      const what = about.join(', ') || one.tool;
      const place = placeOf(before, one);
      if (
        one.target.kind === 'folder' ||
        // Made by this very cell, so it is meant.
        (one.target.kind === 'named' && one.target.isNew) ||
        one.tool === 'pipx' ||
        one.tool === 'apt'
      ) {
        return;
      }
      if (one.options.sudo) {
        report({
          message: 'sudo',
          args: [what],
          severity: 'warn',
          subject: null,
          about: [...about, 'pip'],
          evidence: [{ text: text('the command begins with sudo'), path }]
        });
      } else if (
        one.lostActivation &&
        (place.kernel !== true || !known.python?.prefix)
      ) {
        report({
          message: 'activation',
          args: [what, one.tool],
          severity: 'warn',
          subject: null,
          about: [...about, isCondaTool(one.tool) ? 'conda' : 'pip', 'python'],
          evidence: [
            { text: text('an activation stands in another line'), path }
          ]
        });
      } else if (place.kernel === false && one.target.kind === 'path') {
        report({
          message: 'path',
          args: [one.target.command, place.other ?? '?'],
          severity: 'warn',
          subject: null,
          about: [...about, /conda|mamba/.test(one.tool) ? 'conda' : 'pip'],
          evidence: [
            {
              text: text('%1 is in %2', one.target.command, place.other ?? '?'),
              path: /conda|mamba/.test(one.tool)
                ? '/facts/environ'
                : '/facts/tools'
            },
            {
              text: text('this kernel is in %1', known.python?.prefix ?? '?'),
              path: known.python ? '/facts/python' : '/facts/environ'
            }
          ]
        });
      } else if (
        place.kernel === false &&
        one.target.kind === 'named' &&
        /python[\d.]*(\.exe)?$|[/\\]pip[\d.]*(\.exe)?$/.test(one.target.name)
      ) {
        report({
          message: 'named',
          args: [what, one.target.name],
          severity: 'warn',
          subject: null,
          about: [...about, 'python'],
          evidence: [
            { text: text('the command names %1', one.target.name), path },
            {
              text: text('this kernel is in %1', known.python?.prefix ?? '?'),
              path: known.python ? '/facts/python' : '/facts/environ'
            }
          ]
        });
      }
      if (one.options.user && userMatters(before, context)) {
        report({
          message: 'user',
          args: [what],
          severity: 'warn',
          subject: null,
          about: [...about, 'user-site'],
          evidence: [{ text: text('the command has %1', '--user'), path }]
        });
      }
    });
  },
  examples: {
    flagged: [
      {
        name: 'pip of the base environment',
        input: () => ({
          facts: facts({
            environment: environment('conda', { name: 'tf29' }),
            python: python('3.9.18', { prefix: '/opt/conda/envs/tf29' }),
            tools: [
              { name: 'pip', path: '/opt/conda/bin/pip', prefix: '/opt/conda' }
            ]
          }),
          requests: [
            request(['shapely'], {
              form: 'bang',
              target: { kind: 'path', command: 'pip' }
            })
          ],
          plan: null
        }),
        risks: [
          { message: 'path', severity: 'warn', about: ['shapely', 'pip'] }
        ]
      },
      {
        name: 'another interpreter by its path',
        input: () => ({
          facts: facts({
            python: python('3.11.7', {
              prefix: '/venv',
              executable: '/venv/bin/python'
            })
          }),
          requests: [
            request(['shapely'], {
              form: 'bang',
              target: { kind: 'named', name: '/opt/conda/bin/python' }
            })
          ],
          plan: null
        }),
        risks: [
          { message: 'named', severity: 'warn', about: ['shapely', 'python'] }
        ]
      },
      {
        name: 'for the user, in a conda environment',
        input: () => ({
          facts: facts({ environment: environment('conda') }),
          requests: [request(['shapely'], { options: { user: true } })],
          plan: plan([row('shapely', null, '2.0.6')])
        }),
        risks: [
          { message: 'user', severity: 'warn', about: ['shapely', 'user-site'] }
        ]
      },
      {
        name: 'with sudo',
        input: () => ({
          facts: facts({ environment: environment('venv') }),
          requests: [
            request(['shapely'], {
              form: 'bang',
              target: { kind: 'path', command: 'pip' },
              options: { sudo: true }
            })
          ],
          plan: null
        }),
        risks: [
          { message: 'sudo', severity: 'warn', about: ['shapely', 'pip'] }
        ]
      },
      {
        name: 'activated in another line',
        input: () => ({
          facts: facts({ environment: environment('conda') }),
          requests: [
            request(['shapely'], {
              form: 'bang',
              lostActivation: true,
              target: { kind: 'path', command: 'pip' }
            })
          ],
          plan: null
        }),
        risks: [
          {
            message: 'activation',
            severity: 'warn',
            about: ['shapely', 'pip', 'python']
          }
        ]
      }
    ],
    clean: [
      {
        name: 'pip on PATH is the one of the kernel',
        input: () => ({
          facts: facts({
            python: python('3.11.7', { prefix: '/venv' }),
            tools: [{ name: 'pip', path: '/venv/bin/pip', prefix: '/venv' }]
          }),
          requests: [
            request(['shapely'], {
              form: 'bang',
              target: { kind: 'path', command: 'pip' }
            })
          ],
          plan: null
        })
      },
      {
        name: 'nobody knows what is on PATH',
        input: () => ({
          facts: facts({ environment: environment('venv') }),
          requests: [
            request(['shapely'], {
              form: 'bang',
              target: { kind: 'path', command: 'pip' }
            })
          ],
          plan: null
        })
      },
      {
        name: 'a folder; a new package for the user of a system Python',
        input: () => ({
          facts: facts({
            environment: environment('system'),
            packages: [dist('six', '1.16.0')]
          }),
          requests: [
            request(['shapely'], {
              target: { kind: 'folder', path: './libs' }
            }),
            request(['tqdm'], { options: { user: true } })
          ],
          plan: plan([row('tqdm', null, '4.67.1')])
        })
      }
    ]
  }
});
