import {
  dist,
  environment,
  facts,
  framework,
  platform,
  python
} from '../../facts/build';
import type { View } from '../../facts/view';
import { text } from '../../text/text';
import { isPip } from '../families';
import { inPrefix, INSTALLERS } from '../ownership';
import { isWindowsPath, shellPath } from '../paths';
import { defineRule, type IEvidence, type IFix } from '../types';

/** What pip put into the interpreter's own directories, or into the user's. */
function pipInstalled(view: View) {
  return [...view.names()]
    .map(([, list]) => list[0])
    .filter(({ value }) => isPip(value) && !INSTALLERS.has(value.name));
}

/** A new conda environment with its kernel. */
function condaFix(view: View): IFix {
  const version = view.facts.python?.version?.split('.').slice(0, 2).join('.');
  return {
    commands: [
      `conda create -y -n gpu ${version ? `python=${version}` : 'python'} ipykernel`,
      'conda run -n gpu python -m ipykernel install --user --name gpu --display-name "Python (gpu)"'
    ],
    where: 'terminal',
    restart: false,
    safety: 'safe',
    note: text('Then choose the kernel "Python (gpu)" for the notebook.')
  };
}

/** A new virtual environment with its kernel. */
function venvFix(view: View): IFix {
  const executable = view.facts.python?.executable ?? 'python3';
  const windows = isWindowsPath(executable);
  const folder = windows ? '%USERPROFILE%\\gpu-env' : '~/gpu-env';
  const inner = windows
    ? '%USERPROFILE%\\gpu-env\\Scripts\\python'
    : '~/gpu-env/bin/python';
  return {
    commands: [
      `${shellPath(executable)} -m venv ${folder}`,
      `${inner} -m pip install ipykernel`,
      `${inner} -m ipykernel install --user --name gpu --display-name "Python (gpu)"`
    ],
    where: 'terminal',
    restart: false,
    safety: 'safe',
    note: text('Then choose the kernel "Python (gpu)" for the notebook.')
  };
}

export default defineRule({
  id: 'base-environment',
  code: 'R08',
  since: '0.1.0',
  docs: {
    summary:
      'The kernel runs in the base environment of conda or in the interpreter of the system.',
    what: 'Reads what kind of environment the interpreter belongs to. It is a note only, in a container always, because an image is an environment of its own. It is a warning on a machine that is known to be no container, when pip installed packages into the base environment of conda, or installed a framework for a system interpreter that the operating system manages.',
    why: 'Whatever is installed there changes the programs that run on the same interpreter: conda itself, or tools of the operating system. Nothing can be thrown away and made again.',
    example:
      '`conda` stops working after a `pip install`; `error: externally-managed-environment`.',
    fix: 'Make an environment for the notebook, and a kernel for it.',
    safety:
      'The commands add an environment and a kernel and leave the rest alone.',
    references: ['ContinuumIO/anaconda-issues#1970', 'PEP 668']
  },
  messages: {
    base: {
      title: 'The kernel runs in the base environment of conda',
      why: 'conda itself runs on these packages, and each install here can change it.'
    },
    mixed: {
      title: 'pip installed %1 packages into the base environment of conda',
      why: 'conda itself runs on these packages, and its next update will meet files that it does not know.'
    },
    system: {
      title: 'The kernel runs in the interpreter of the system',
      why: 'Projects share one set of packages there, and an install for one changes them all.'
    },
    managed: {
      title:
        'Frameworks were installed by pip for the interpreter of the system',
      why: 'The operating system manages that interpreter, and its packages mix with those of pip.'
    }
  },
  check(view, report) {
    const kind = view.facts.environment?.kind ?? null;
    const base = kind === 'conda' && view.facts.environment?.base === true;
    if (!base && kind !== 'system') {
      return;
    }
    const bare = view.facts.platform?.container === false;
    const added = pipInstalled(view);
    const evidence: IEvidence[] = [
      base
        ? {
            text: text(
              '%1 is the prefix of a conda installation',
              prefix(view)
            ),
            path: '/environment/base'
          }
        : {
            text: text('%1 belongs to no environment', prefix(view)),
            path: '/environment/kind'
          }
    ];
    if (base) {
      const mine = added.filter(({ value }) => inPrefix(view, value));
      const mixed = bare && mine.length > 0;
      report({
        message: mixed ? 'mixed' : 'base',
        args: mixed ? [String(mine.length)] : [],
        severity: mixed ? 'warning' : 'info',
        about: ['conda', 'python'],
        evidence: [
          ...evidence,
          ...(mixed ? mine.slice(0, 3).map(installedEvidence) : [])
        ],
        fix: condaFix(view)
      });
      return;
    }
    const names = new Set(view.frameworks().map(f => f.value.distribution));
    const frameworks = added.filter(({ value }) => names.has(value.name));
    const managed =
      bare &&
      view.facts.environment?.externally_managed === true &&
      frameworks.length > 0;
    report({
      message: managed ? 'managed' : 'system',
      severity: managed ? 'warning' : 'info',
      about: ['python'],
      evidence: [
        ...evidence,
        ...(managed ? frameworks.map(installedEvidence) : [])
      ],
      fix: venvFix(view)
    });
  },
  examples: {
    flagged: [
      {
        name: 'base environment, everything by conda',
        facts: () =>
          facts({
            python: python('3.12.4', { prefix: '/opt/conda' }),
            environment: environment('conda', { base: true }),
            platform: platform('linux-x86_64', { container: false }),
            packages: [dist('numpy', '1.26.4', { manager: 'conda' })]
          }),
        findings: [
          { message: 'base', severity: 'info', about: ['conda', 'python'] }
        ]
      },
      {
        name: 'torch by pip in the base environment of a workstation',
        facts: () =>
          facts({
            python: python('3.12.4', { prefix: '/opt/conda' }),
            environment: environment('conda', { base: true }),
            platform: platform('linux-x86_64', { container: false }),
            packages: [
              dist('numpy', '1.26.4', { manager: 'conda' }),
              dist('torch', '2.5.1', {
                manager: 'pip',
                location: '/opt/conda/lib/python3.12/site-packages'
              })
            ]
          }),
        findings: [
          { message: 'mixed', severity: 'warning', about: ['conda', 'python'] }
        ]
      },
      {
        name: 'an image whose system Python is its environment',
        facts: () =>
          facts({
            environment: environment('system'),
            platform: platform('linux-x86_64', { container: true }),
            packages: [dist('torch', '2.5.1', { manager: 'pip' })]
          }),
        findings: [{ message: 'system', severity: 'info', about: ['python'] }]
      },
      {
        name: 'TensorFlow by pip for the Python of the operating system',
        facts: () =>
          facts({
            environment: environment('system', { externally_managed: true }),
            platform: platform('linux-x86_64', { container: false }),
            packages: [dist('tensorflow', '2.15.1', { manager: 'pip' })],
            frameworks: [
              framework('tensorflow', '2.15.1', { distribution: 'tensorflow' })
            ]
          }),
        findings: [
          { message: 'managed', severity: 'warning', about: ['python'] }
        ]
      }
    ],
    clean: [
      {
        name: 'whether it is the base is not known',
        facts: () => facts({ environment: environment('conda') })
      },
      {
        name: 'a named conda environment with packages by pip',
        facts: () =>
          facts({
            environment: environment('conda', { base: false }),
            platform: platform('linux-x86_64', { container: false }),
            packages: [dist('torch', '2.5.1', { manager: 'pip' })]
          })
      }
    ]
  }
});

function prefix(view: View): string {
  return view.facts.python?.prefix ?? view.facts.python?.executable ?? 'Python';
}

function installedEvidence(
  one: ReturnType<typeof pipInstalled>[number]
): IEvidence {
  return {
    text: text(
      '%1 %2 (installed by %3)',
      one.value.name,
      one.value.version ?? '?',
      one.value.manager ?? 'pip'
    ),
    path: one.path
  };
}
