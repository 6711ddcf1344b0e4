import { dist, environment, facts, python } from '../../facts/build';
import type { IFacts, IShadow } from '../../facts/facts.generated';
import type { IPlaced, View } from '../../facts/view';
import { text } from '../../text/text';
import { compareVersions } from '../../versions/pep440';
import { BACKPORTS } from '../backports';
import { importNames } from '../install/sets';
import { CORE } from '../ownership';
import { isInside, kernelEnv } from '../paths';
import { defineRule, type IEvidence, type IFix, type Severity } from '../types';
import { pipUninstall } from '../words';

/** Modules that nothing here needs: a folder `test` is in every second project. */
const IDLE =
  /^(test|this|antigravity|turtle|turtledemo|tkinter|idlelib|lib2to3|ensurepip|formatter|parser|symbol|chunk|binhex|smtpd|nntplib|telnetlib|cgi|cgitb|crypt|mailcap|pipes|xdrlib|uu|site|sitecustomize)$/;

/** Whether an entry of `sys.path` holds the standard library. */
function isStdlib(entry: string): boolean {
  return /[\\/](python\d\.\d+t?([\\/]lib-dynload)?|python\d+\.zip|Lib|DLLs)$/.test(
    entry
  );
}

function shadowsOf(view: View): IPlaced<IShadow>[] {
  return (view.facts.shadows ?? []).map((value, i) => ({
    value,
    path: `/shadows/${i}`
  }));
}

/** Distribution that a name stands for, when others here are hurt by a file of that name. */
function hurts(view: View, name: string): string | null {
  const own = view.framework(name)?.value.distribution;
  const [found] = [...view.names()]
    .map(([dist]) => dist)
    .filter(dist => dist === own || importNames(dist).includes(name))
    .sort();
  // Whoever works on a package stands in its folder.
  if (!found || view.copies(found).some(c => c.value.editable !== null)) {
    return null;
  }
  const wanted =
    CORE.has(found) ||
    view.framework(name) !== null ||
    [...view.names()].some(([, [one]]) =>
      view.requirements(one.value).some(r => r.name === found)
    );
  return wanted ? found : null;
}

/** Entries of a kind that go before modules of Python which something needs. */
function beforeStdlib(
  view: View,
  kind: IShadow['winner_kind']
): IPlaced<IShadow>[] {
  // What a backport brings is said of the backport.
  const said = Object.entries(BACKPORTS)
    .filter(([dist]) => view.has(dist))
    .map(([, [module]]) => module);
  return shadowsOf(view).filter(
    ({ value }) =>
      value.winner_kind === kind &&
      value.losers.some(isStdlib) &&
      !IDLE.test(value.name) &&
      !said.includes(value.name)
  );
}

function evidenceOf({ value, path }: IPlaced<IShadow>): IEvidence {
  return {
    text: value.winner
      ? text(
          '%1 in %2 goes before %3',
          value.name,
          value.winner,
          value.losers[0]
        )
      : text(
          '%1 in the working directory goes before %2',
          value.name,
          value.losers[0]
        ),
    path: `${path}/winner`
  };
}

/** A file or a folder: which of them it is, the facts do not tell. */
function rename({ name, winner }: IShadow): IFix {
  const folder = JSON.stringify(winner || '.');
  const names = JSON.stringify([`${name}.py`, name]);
  return {
    commands: [
      // A folder without __init__.py hides nothing: it may hold data.
      `import os; d = ${folder}; [os.rename(p, os.path.join(d, "my_" + n)) for n in ${names} for p in [os.path.join(d, n)] if os.path.isfile(p) or os.path.isfile(os.path.join(p, "__init__.py"))]`
    ],
    where: 'cell',
    restart: true,
    safety: 'review',
    note: text('Your own code must then import my_%1.', name)
  };
}

/** Without PYTHONPATH, for what lies in one of its folders. */
function withoutPath(): IFix {
  return {
    commands: [kernelEnv({ PYTHONPATH: '' })],
    where: 'kernelspec',
    restart: true,
    safety: 'review',
    note: text('Modules that only PYTHONPATH leads to will be missing.')
  };
}

/** Whether pip of the environment cannot reach a copy, because it lies in a folder of PYTHONPATH. */
function isOnPath(view: View, location: string | null): boolean {
  const folders = (view.facts.python?.pythonpath ?? []).filter(
    folder => folder !== '' && folder !== '.'
  );
  const prefix = view.facts.python?.prefix;
  return (
    location !== null &&
    folders.some(folder => isInside(location, folder)) &&
    !(prefix && isInside(location, prefix))
  );
}

/** What a backport does here; null when it brings no module, or Python is too old or not known. */
function backport(
  view: View,
  name: string
): { severity: Severity; wins: boolean; path: string | null } | null {
  const [module, since] = Object.prototype.hasOwnProperty.call(BACKPORTS, name)
    ? BACKPORTS[name]
    : [];
  const version = view.facts.python?.version;
  if (
    !module ||
    !since ||
    !version ||
    (compareVersions(version, since) ?? -1) < 0
  ) {
    return null;
  }
  const shadow = shadowsOf(view).find(one => one.value.name === module);
  if (view.facts.shadows !== null && !shadow) {
    return null;
  }
  const wins = shadow !== undefined && shadow.value.winner_kind !== 'stdlib';
  return {
    // argparse of PyPI is complete, and does no harm behind Python's own.
    severity: wins ? 'error' : name === 'argparse' ? 'info' : 'warning',
    wins,
    path: shadow?.path ?? null
  };
}

export default defineRule({
  id: 'stdlib-shadowed',
  code: 'R16',
  since: '0.1.0',
  docs: {
    summary:
      'Something stands in front of a module of Python or of a framework.',
    what: 'Looks for backports such as `enum34`, `typing` or `dataclasses` on a Python that has the module itself: an error where the backport is found first, a warning where it stands behind (it comes first in some subprocesses of pip). And for files or folders of the working directory, or of PYTHONPATH, with the name of a standard module; of the working directory also those with the name of an installed package that others here need. Editable installs and modules that nothing needs (`test`, `turtle` …) are left out.',
    why: 'Packages import that file instead of the module, and miss the names that they need.',
    example:
      "`AttributeError: module 'enum' has no attribute 'IntFlag'`; `AttributeError: partially initialized module 'random' has no attribute …`.",
    fix: 'Uninstall the backport, or empty PYTHONPATH where it lies in one of its folders; give the file another name.',
    safety:
      'Where the backport stands in front, pip itself can fail: then run its command in a terminal as `python -S`, or delete the file. Code that imports a renamed file must be changed.',
    references: [
      'cardiffnlp/tweetnlp#4',
      'LLNL/maestrowf#175',
      'jupyter/notebook#1971'
    ]
  },
  messages: {
    wins: {
      title: '%1 hides a module of Python %2',
      why: 'The backport lacks names that other packages and Python itself use.'
    },
    behind: {
      title: '%1 is a backport of a module that Python %2 has',
      why: 'Where it is found first, as in builds by pip, packages miss names that the backport lacks.'
    },
    file: {
      title: '%1 in the working directory hides the module of that name',
      why: 'Packages that import %1 get that file instead, and miss the names that they need.'
    },
    path: {
      title: 'PYTHONPATH hides modules of Python: %1',
      why: 'Packages that import them get other files instead, made for another purpose or another Python.'
    }
  },
  supersedes: ['pythonpath-shadow'],
  check(view, report) {
    for (const [name, [{ value, path }]] of view.names()) {
      // conda's packages of these names are empty.
      const found = value.manager === 'conda' ? null : backport(view, name);
      if (!found) {
        continue;
      }
      report({
        message: found.wins ? 'wins' : 'behind',
        args: [name, view.facts.python?.version ?? ''],
        severity: found.severity,
        about: [name, 'python'],
        evidence: [
          {
            text: text(
              '%1 %2 in %3',
              name,
              value.version ?? '?',
              value.location ?? 'site-packages'
            ),
            path
          },
          ...(found.path
            ? [
                {
                  text: found.wins
                    ? text('its module goes before Python’s own')
                    : text('Python’s own module goes before it'),
                  path: found.path
                }
              ]
            : [])
        ],
        fix: isOnPath(view, value.location)
          ? withoutPath()
          : {
              commands: [pipUninstall(view, [name])],
              where: 'cell',
              restart: true,
              safety: 'safe'
            }
      });
    }
    const files = beforeStdlib(view, 'cwd');
    const installed = shadowsOf(view).filter(
      one =>
        one.value.winner_kind === 'cwd' &&
        one.value.losers.length > 0 &&
        !files.some(file => file.path === one.path) &&
        hurts(view, one.value.name) !== null
    );
    for (const one of [...files, ...installed]) {
      const { name } = one.value;
      report({
        message: 'file',
        args: [name],
        severity: 'error',
        about: files.includes(one)
          ? [name, 'python']
          : [hurts(view, name) ?? name],
        evidence: [evidenceOf(one)],
        fix: rename(one.value)
      });
    }
    const paths = beforeStdlib(view, 'pythonpath');
    if (paths.length > 0) {
      const names = paths.map(({ value }) => value.name);
      report({
        message: 'path',
        args: [names.slice(0, 5).join(', ')],
        severity: 'error',
        about: ['PYTHONPATH', 'python', ...names],
        evidence: paths.slice(0, 5).map(evidenceOf),
        fix: withoutPath()
      });
    }
  },
  examples: {
    flagged: [
      {
        name: 'enum34 behind the module of Python, or nobody looked where',
        facts: () => {
          const one = example([shadow('enum', 'stdlib', SITE, STDLIB)]);
          one.packages?.push(dist('enum34', '1.1.10', { location: SITE }));
          return one;
        },
        findings: [
          {
            message: 'behind',
            severity: 'warning',
            about: ['enum34', 'python']
          }
        ]
      },
      {
        name: 'two backports; that of argparse is whole',
        facts: () => ({
          ...example(null),
          packages: [dist('dataclasses', '0.6'), dist('argparse', '1.4.0')]
        }),
        findings: [
          {
            message: 'behind',
            severity: 'warning',
            about: ['dataclasses', 'python']
          },
          { message: 'behind', severity: 'info', about: ['argparse', 'python'] }
        ]
      },
      {
        name: 'typing goes before the module of Python',
        facts: () => {
          const one = example([shadow('typing', 'pythonpath', STDLIB, SITE)]);
          one.packages?.push(dist('typing', '3.7.4', { location: SITE }));
          return one;
        },
        findings: [
          { message: 'wins', severity: 'error', about: ['typing', 'python'] }
        ]
      },
      {
        name: 'random.py and numpy.py in the working directory',
        facts: () =>
          example([
            shadow('random', 'cwd', STDLIB, ''),
            shadow('numpy', 'cwd', SITE, '')
          ]),
        findings: [
          { message: 'file', severity: 'error', about: ['random', 'python'] },
          { message: 'file', severity: 'error', about: ['numpy'] }
        ]
      },
      {
        name: 'PYTHONPATH leads into another Python',
        facts: () =>
          example([
            shadow('enum', 'pythonpath', STDLIB, '/usr/lib/python3.8'),
            shadow('ast', 'pythonpath', STDLIB, '/usr/lib/python3.8')
          ]),
        findings: [
          {
            message: 'path',
            severity: 'error',
            about: ['PYTHONPATH', 'python', 'enum', 'ast']
          }
        ]
      }
    ],
    clean: [
      {
        name: 'the version of Python and the shadows are not known',
        facts: () => facts({ packages: [dist('enum34', '1.1.10')] })
      },
      {
        name: 'an old Python; a backport that brings no module; one of conda',
        facts: () => ({
          ...example([]),
          python: python('3.6.15'),
          packages: [
            dist('dataclasses', '0.8'),
            dist('typing', '3.10.0', { manager: 'pip' }),
            dist('enum34', '1.1.10', { manager: 'conda' })
          ]
        })
      },
      {
        name: 'backports under names of their own',
        facts: () => ({
          ...example([]),
          packages: [
            dist('typing-extensions', '4.12.2'),
            dist('importlib-metadata', '8.0.0')
          ]
        })
      },
      {
        name: 'folders of a project: test, its own package, one that nobody needs',
        facts: () => {
          const one = example([
            shadow('test', 'cwd', STDLIB, ''),
            shadow('mylib', 'cwd', SITE, ''),
            shadow('tool', 'cwd', SITE, ''),
            shadow('numpy', 'site', SITE, SITE)
          ]);
          one.packages?.push(
            dist('mylib', '0.1', { editable: '/home/u/mylib' }),
            dist('tool', '0.1')
          );
          return one;
        }
      },
      {
        name: 'whoever builds numpy stands in its folder',
        facts: () => ({
          ...example([shadow('numpy', 'cwd', SITE, '')]),
          packages: [dist('numpy', '2.2.0', { editable: '/home/u/numpy' })]
        })
      }
    ]
  }
});

const SITE = '/venv/lib/python3.11/site-packages';
const STDLIB = '/usr/lib/python3.11';

function shadow(
  name: string,
  kind: IShadow['winner_kind'],
  loser: string,
  winner: string
): IShadow {
  return { name, winner, winner_kind: kind, losers: [loser] };
}

function example(shadows: IShadow[] | null): IFacts {
  return facts({
    python: python('3.11.7'),
    environment: environment('venv'),
    packages: [dist('numpy', '1.26.4', { location: SITE })],
    shadows
  });
}
