import { dist, environment, facts, python } from '../../facts/build';
import type { IDistribution, IFacts } from '../../facts/facts.generated';
import type { IPlaced, View } from '../../facts/view';
import { text } from '../../text/text';
import { INSTALLERS } from '../ownership';
import { isInside, isWindowsPath, program, shellPath } from '../paths';
import { defineRule, type IFix } from '../types';

/** Packages that Python takes from outside the environment, but for the user site and PYTHONPATH. */
function outside(view: View): IPlaced<IDistribution>[] {
  const { prefix, user_site: user, pythonpath } = view.facts.python ?? {};
  if (!prefix) {
    return [];
  }
  const others = [prefix, user?.path ?? '', ...(pythonpath ?? [])].filter(
    folder => folder !== ''
  );
  return [...view.names()]
    .filter(([name]) => !INSTALLERS.has(name))
    .map(([, [first]]) => first)
    .filter(
      ({ value }) =>
        value.location !== null &&
        value.path_index !== null &&
        value.editable === null &&
        /[\\/](site|dist)-packages[\\/]?$/.test(value.location) &&
        !others.some(folder => isInside(value.location ?? '', folder))
    )
    .sort((a, b) => (a.value.name < b.value.name ? -1 : 1));
}

/** The interpreter that the environment was made with. */
function baseInterpreter(view: View): string | null {
  const { executable_real: real, prefix } = view.facts.python ?? {};
  if (real && prefix && !isInside(real, prefix)) {
    return real;
  }
  const home = view.facts.environment?.home;
  return home
    ? isWindowsPath(home)
      ? `${home}\\python.exe`
      : `${home}/python3`
    : null;
}

/** Making the environment again in its place keeps what is in it. */
function fixOf(view: View, names: readonly string[]): IFix | null {
  const prefix = view.facts.python?.prefix;
  const base = baseInterpreter(view);
  if (!prefix || !base) {
    return null;
  }
  const uv = view.facts.environment?.kind === 'uv';
  const own = shellPath(program(prefix, 'python'));
  const make = uv
    ? `uv venv --allow-existing --python ${shellPath(base)} ${shellPath(prefix)}`
    : `${shellPath(base)} -m venv ${shellPath(prefix)}`;
  const install = uv
    ? `uv pip install --python ${own}`
    : `${own} -m pip install`;
  return {
    commands: [
      make,
      ...(names.includes('ipykernel') ? [`${install} ipykernel`] : [])
    ],
    where: 'terminal',
    restart: true,
    safety: 'review',
    note: text(
      '%1 packages come from outside: install those that you need into the environment.',
      String(names.length)
    )
  };
}

export default defineRule({
  id: 'leaky-venv',
  code: 'R15',
  since: '0.1.0',
  docs: {
    summary: 'A virtual environment is not closed against its base.',
    what: 'Looks at `include-system-site-packages` in pyvenv.cfg, and for packages that Python then takes from the base interpreter; and whether the base interpreter belongs to a conda environment. Packages of the user site and of PYTHONPATH are other rules’ business.',
    why: 'Packages that the environment does not list are imported, and whoever updates the base changes them.',
    example: '`pip list --local` does not show the numpy that is imported.',
    fix: 'Make the environment again in its place without the option: what is installed in it stays.',
    safety:
      'Packages that came from the base are missing afterwards, and must be installed into the environment.',
    references: ['Python: `venv`, `--system-site-packages`']
  },
  messages: {
    one: {
      title: '%1 comes from outside this virtual environment',
      why: 'It was made with system site packages: whoever updates %2 changes what this kernel imports.'
    },
    several: {
      title: '%1 packages come from outside this virtual environment',
      why: 'It was made with system site packages: whoever updates %2 changes what this kernel imports.'
    },
    conda: {
      title:
        'This virtual environment runs on the Python of a conda environment',
      why: 'It takes system libraries from %1, and an update or removal there can break it.'
    }
  },
  check(view, report) {
    const { environment: env, python: own } = view.facts;
    if (env?.kind !== 'venv' && env?.kind !== 'uv') {
      return;
    }
    const base = own?.base_prefix ?? env.home;
    if (env.base_conda === true && base) {
      report({
        message: 'conda',
        args: [base],
        severity: 'info',
        about: ['python', 'conda'],
        evidence: [
          {
            text: text('the base interpreter is in %1', base),
            path: '/environment/base_conda'
          }
        ],
        fix: null
      });
    }
    const found = env.system_site_packages === true ? outside(view) : [];
    if (found.length === 0) {
      return;
    }
    const names = found.map(({ value }) => value.name);
    report({
      message: found.length === 1 ? 'one' : 'several',
      args: [
        found.length === 1 ? names[0] : String(found.length),
        found[0].value.location ?? ''
      ],
      severity: 'info',
      about: ['python', ...names],
      evidence: [
        {
          text: text('include-system-site-packages = true (pyvenv.cfg)'),
          path: '/environment/system_site_packages'
        },
        ...found.slice(0, 5).map(({ value, path }) => ({
          text: text(
            '%1 %2 in %3',
            value.name,
            value.version ?? '?',
            value.location ?? '?'
          ),
          path: `${path}/location`
        }))
      ],
      fix: fixOf(view, names)
    });
  },
  examples: {
    flagged: [
      {
        name: 'numpy of the system in a virtual environment',
        facts: () => example(true, [['numpy', SYSTEM]]),
        findings: [
          { message: 'one', severity: 'info', about: ['python', 'numpy'] }
        ]
      },
      {
        name: 'the kernel itself comes from outside',
        facts: () =>
          example(true, [
            ['torch', OWN],
            ['numpy', SYSTEM],
            ['ipykernel', SYSTEM]
          ]),
        findings: [
          {
            message: 'several',
            severity: 'info',
            about: ['python', 'ipykernel', 'numpy']
          }
        ]
      },
      {
        name: 'a virtual environment on the Python of conda',
        facts: () =>
          facts({
            python: python('3.11.7', {
              prefix: '/work/.venv',
              base_prefix: '/opt/conda/envs/a'
            }),
            environment: environment('venv', {
              system_site_packages: false,
              base_conda: true
            })
          }),
        findings: [
          { message: 'conda', severity: 'info', about: ['python', 'conda'] }
        ]
      }
    ],
    clean: [
      {
        name: 'whether it is closed is not known',
        facts: () => example(null, [['numpy', SYSTEM]])
      },
      {
        name: 'open, but everything that counts is its own or of the user site',
        facts: () =>
          example(true, [
            ['numpy', OWN],
            ['pip', SYSTEM],
            ['black', USER]
          ])
      },
      {
        name: 'closed: nothing comes from the system',
        facts: () => example(false, [['numpy', OWN]])
      },
      {
        name: 'a conda environment',
        facts: () => ({
          ...example(true, [['numpy', SYSTEM]]),
          environment: environment('conda', { base_conda: true })
        })
      }
    ]
  }
});

const OWN = '/work/.venv/lib/python3.11/site-packages';
const SYSTEM = '/usr/lib/python3/dist-packages';
const USER = '/home/u/.local/lib/python3.11/site-packages';

function example(
  open: boolean | null,
  packages: readonly (readonly [string, string])[]
): IFacts {
  return facts({
    python: python('3.11.7', {
      prefix: '/work/.venv',
      base_prefix: '/usr',
      executable_real: '/usr/bin/python3.11',
      user_site: { path: USER, enabled: true, exists: true }
    }),
    environment: environment('venv', {
      system_site_packages: open,
      base_conda: false
    }),
    packages: packages.map(([name, location], index) =>
      dist(name, '1.0', { location, path_index: index + 3 })
    )
  });
}
