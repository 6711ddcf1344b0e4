import { conda, dist, environment, facts, record } from '../../facts/build';
import type { IDistribution, IFacts } from '../../facts/facts.generated';
import type { IPlaced, View } from '../../facts/view';
import { text } from '../../text/text';
import { satisfies } from '../../versions/pep440';
import { joinSpecifiers } from '../../versions/specifier';
import { isPip } from '../families';
import { KERNEL_STACK } from '../install/sets';
import { condaSpec } from '../ownership';
import { defineRule, type IFix } from '../types';
import { condaInstall, pipInstall, pipUninstall } from '../words';

/** A kernel starts without them. */
const OPTIONAL: ReadonlySet<string> = new Set(['debugpy', 'matplotlib-inline']);

interface IBroken {
  readonly by: IPlaced<IDistribution>;
  readonly name: string;
  readonly specifier: string;
  readonly found: IPlaced<IDistribution> | null;
}

function broken(view: View): IBroken[] {
  const result: IBroken[] = [];
  for (const owner of KERNEL_STACK) {
    const by = view.dist(owner);
    for (const { name, specifier, url } of by
      ? view.requirements(by.value)
      : []) {
      const found = view.dist(name);
      if (!by || !KERNEL_STACK.has(name) || url !== null || name === owner) {
        continue;
      }
      const wrong = found
        ? found.value.version !== null &&
          satisfies(found.value.version, specifier) === false
        : // A list without places may be an excerpt.
          by.value.location !== null && !OPTIONAL.has(name);
      // conda solved its own set with its own metadata.
      const solved =
        by.value.manager === 'conda' &&
        (found === null || found.value.manager === 'conda');
      if (wrong && !solved) {
        result.push({ by, name, specifier, found });
      }
    }
  }
  return result;
}

/** What the stack asks of a package. Others that ask for something else come second to a kernel that starts. */
function wanted(view: View, name: string): string {
  const all: string[] = [];
  for (const owner of KERNEL_STACK) {
    const by = view.dist(owner);
    for (const one of by ? view.requirements(by.value) : []) {
      if (one.name === name && one.specifier !== '') {
        all.push(one.specifier);
      }
    }
  }
  return joinSpecifiers(all);
}

function fixOf(view: View, list: readonly IBroken[]): IFix {
  const byPip = new Set<string>();
  const byConda = new Set<string>();
  const uninstall = new Set<string>();
  for (const { name, by, found } of list) {
    const owner = view.owner(name)?.value;
    const specifier = wanted(view, name);
    if (owner || (found ?? by).value.manager === 'conda') {
      byConda.add(
        owner?.version && satisfies(owner.version, specifier) === true
          ? condaSpec(owner)
          : `${owner?.name ?? name}${specifier}`
      );
      if (found && isPip(found.value)) {
        uninstall.add(name);
      }
    } else {
      byPip.add(`${name}${specifier}`);
    }
  }
  return {
    commands: [
      ...(uninstall.size > 0 ? [pipUninstall(view, [...uninstall])] : []),
      ...(byConda.size > 0
        ? [
            condaInstall(
              [...byConda],
              // conda’s record may fit already: then it would do nothing.
              uninstall.size > 0 ? ['--force-reinstall'] : []
            )
          ]
        : []),
      ...(byPip.size > 0 ? [pipInstall(view, [...byPip])] : [])
    ],
    where: 'cell',
    restart: true,
    safety: 'review',
    note: text(
      'Run it while this kernel lives. If it does not start any more, run it in a terminal of this environment.'
    )
  };
}

export default defineRule({
  id: 'jupyter-stack-broken',
  code: 'R23',
  since: '0.1.0',
  docs: {
    summary: 'Packages that run the kernel do not fit each other.',
    what: 'Evaluates the requirements that ipykernel, IPython, traitlets, tornado, pyzmq, jupyter_client, jupyter_core, comm and debugpy have of each other. Packages that are all conda’s are left out: conda solved them with its own metadata.',
    why: 'These packages are released in step. The kernel runs on with what it has loaded, and does not start the next time.',
    example:
      "The kernel keeps dying; `RuntimeWarning: coroutine 'WebSocketHandler.get' was never awaited`; `ModuleNotFoundError: No module named 'comm'`.",
    fix: 'Install versions that the stack itself accepts.',
    safety:
      'A package that asked for the other version may complain: it belongs into an environment of its own.',
    references: ['dunovank/jupyter-themes#328', 'open-atmos/PySDM#584']
  },
  messages: {
    version: {
      title: '%1, which runs this kernel, needs another version of %2',
      why: 'The kernel is likely not to start the next time.'
    },
    missing: {
      title: '%1, which runs this kernel, needs %2, which is not installed',
      why: 'The kernel does not start the next time.'
    },
    several: {
      title: '%1 requirements of the packages that run this kernel are unmet',
      why: 'The kernel is likely not to start the next time.'
    }
  },
  supersedes: ['unmet-requirement'],
  check(view, report) {
    if (!view.has('ipykernel')) {
      return;
    }
    const list = broken(view);
    if (list.length === 0) {
      return;
    }
    const [first] = list;
    report({
      message:
        list.length > 1 ? 'several' : first.found ? 'version' : 'missing',
      args:
        list.length > 1
          ? [String(list.length)]
          : [first.by.value.name, first.name],
      severity: 'error',
      // What has the wrong version is the subject.
      about: [
        ...new Set([
          ...list.map(one => one.name),
          ...list.map(one => one.by.value.name)
        ])
      ],
      evidence: list.map(({ by, name, specifier, found }) => ({
        text: found
          ? text(
              '%1 %2 requires %3%4, found %5',
              by.value.name,
              by.value.version ?? '?',
              name,
              specifier,
              found.value.version ?? '?'
            )
          : text(
              '%1 %2 requires %3%4, not found',
              by.value.name,
              by.value.version ?? '?',
              name,
              specifier
            ),
        path: `${by.path}/requires`
      })),
      fix: fixOf(view, list)
    });
  },
  examples: {
    flagged: [
      {
        name: 'an old tornado came with a dashboard',
        facts: () => example([dist('tornado', '5.1.1', { manager: 'pip' })]),
        findings: [
          {
            message: 'version',
            severity: 'error',
            about: ['tornado', 'ipykernel']
          }
        ]
      },
      {
        name: 'comm is gone',
        facts: () =>
          example([
            dist('tornado', '6.4', { manager: 'pip' }),
            dist('ipython', '8.20.0', {
              manager: 'pip',
              location: SITE,
              requires: ['comm>=0.1', 'matplotlib-inline', 'jedi>=0.16']
            })
          ]),
        findings: [
          { message: 'missing', severity: 'error', about: ['comm', 'ipython'] }
        ]
      },
      {
        name: 'pip replaced two packages of conda',
        facts: () => {
          const one = example(
            [dist('tornado', '5.1.1', { manager: 'pip' })],
            '4.3.3'
          );
          one.environment = environment('conda');
          one.conda = conda([
            record('tornado', '6.4', { python_name: 'tornado' }),
            record('traitlets', '5.14.0', { python_name: 'traitlets' })
          ]);
          return one;
        },
        findings: [
          {
            message: 'several',
            severity: 'error',
            about: ['tornado', 'traitlets', 'ipykernel']
          }
        ]
      }
    ],
    clean: [
      {
        name: 'the packages are an excerpt, requirements are not known',
        facts: () =>
          facts({
            packages: [
              dist('ipykernel', '6.29.5'),
              dist('ipython', '8.20.0', { requires: ['comm>=0.1'] })
            ]
          })
      },
      {
        name: 'everything fits; what others miss is no matter of the kernel',
        facts: () =>
          example([
            dist('tornado', '6.4', { manager: 'pip' }),
            dist('ipython', '7.34.0', {
              location: SITE,
              requires: ['jedi>=0.16', 'debugpy', 'tornado>=6.1']
            }),
            dist('old-dashboard', '1.0', { requires: ['tornado<6'] })
          ])
      },
      {
        name: 'all of it is conda’s',
        facts: () => {
          const one = example([dist('tornado', '5.1.1', { manager: 'conda' })]);
          one.packages?.forEach(dist => {
            dist.manager = 'conda';
          });
          return one;
        }
      },
      {
        name: 'there is no kernel in this environment',
        facts: () =>
          facts({
            packages: [
              dist('jupyter-client', '8.6.0', {
                location: SITE,
                requires: ['tornado>=6.2']
              }),
              dist('tornado', '5.1.1', { location: SITE })
            ]
          })
      }
    ]
  }
});

const SITE = '/venv/lib/python3.11/site-packages';

function example(packages: IDistribution[], traitlets = '5.14.0'): IFacts {
  return facts({
    environment: environment('venv'),
    packages: [
      dist('ipykernel', '6.29.5', {
        manager: 'pip',
        location: SITE,
        requires: [
          'tornado>=6.1',
          'traitlets>=5.4.0',
          'psutil',
          'debugpy>=1.6.5'
        ]
      }),
      dist('traitlets', traitlets, { manager: 'pip' }),
      ...packages
    ]
  });
}
