import { facts, python } from '../../facts/build';
import type { IFacts, IPipOption } from '../../facts/facts.generated';
import type { IPlaced, View } from '../../facts/view';
import { text } from '../../text/text';
import { isInside, isWindowsPath, kernelEnv, shellPath } from '../paths';
import { defineRule, type IFix } from '../types';

/** Options that send packages elsewhere, or leave some out. Those with `true` are switches. */
const OPTIONS: Readonly<Record<string, boolean>> = {
  target: false,
  prefix: false,
  user: true,
  'no-deps': true,
  constraint: false,
  'no-index': true
};

/** The options in force: of each name the last that is not empty, as pip reads them. */
function inForce(view: View): IPlaced<IPipOption>[] {
  const last = new Map<string, IPlaced<IPipOption>>();
  view.facts.pip_config?.forEach((value, i) => {
    if (
      Object.prototype.hasOwnProperty.call(OPTIONS, value.name) &&
      value.value.trim() !== ''
    ) {
      last.set(value.name, { value, path: `/pip_config/${i}` });
    }
  });
  return [...last.values()].filter(({ value }) =>
    OPTIONS[value.name]
      ? /^(1|y|yes|t|true|on)$/i.test(value.value.trim())
      : value.value.trim() !== view.facts.python?.prefix
  );
}

function isVariable({ source }: IPipOption): boolean {
  return source.startsWith('PIP_');
}

/** `pip config` writes one file at a time, named by its kind. */
function unset(view: View, { name, source }: IPipOption): string {
  const { executable, prefix } = view.facts.python ?? {};
  const kind =
    prefix && isInside(source, prefix)
      ? 'site'
      : /^\/(etc|Library)\/|^[A-Z]:\\ProgramData\\/i.test(source)
        ? 'global'
        : 'user';
  return `${shellPath(executable ?? 'python')} -m pip config --${kind} unset global.${name}`;
}

function fixOf(view: View, found: readonly IPipOption[]): IFix {
  const switches = found.every(
    one => isVariable(one) || OPTIONS[one.name] || one.name === 'constraint'
  );
  if (switches) {
    // pip skips an empty variable, and a variable goes before a file.
    const none = isWindowsPath(view.facts.python?.prefix ?? '')
      ? 'nul'
      : '/dev/null';
    const values = found.map(one => [
      `PIP_${one.name.toUpperCase().replace(/-/g, '_')}`,
      isVariable(one) ? '' : OPTIONS[one.name] ? '0' : none
    ]);
    return {
      commands: [kernelEnv(Object.fromEntries(values))],
      where: 'kernelspec',
      restart: true,
      safety: 'review'
    };
  }
  return {
    commands: [
      ...found.filter(one => !isVariable(one)).map(one => unset(view, one))
    ],
    where: 'terminal',
    restart: false,
    safety: 'review',
    note: text(
      'Every Python that reads the file installs otherwise afterwards. The file may have the option in another section: pip config debug shows it.'
    )
  };
}

export default defineRule({
  id: 'pip-config-redirect',
  code: 'R17',
  since: '0.1.0',
  docs: {
    summary: 'pip is set to install elsewhere, or to leave packages out.',
    what: 'Looks at the options `target`, `prefix`, `user`, `no-deps`, `constraint` and `no-index` in the variables `PIP_…` and in pip’s configuration files. Other indexes are left out: a mirror of a company is no fault.',
    why: 'An install says that it worked, and the package is not where this kernel looks, lacks its requirements, or has another version than asked for.',
    example:
      '`%pip install pandas` ends with `Successfully installed …`, and `import pandas` says `ModuleNotFoundError`.',
    fix: 'Switch the option off for this kernel, or take it out of the file.',
    safety:
      'Somebody set it on purpose: a constraints file in a container keeps its packages together.',
    references: ['pip: configuration files and environment variables']
  },
  messages: {
    one: {
      title: 'pip is set to %1 = %2',
      why: 'Installs do something else than their command says.'
    },
    several: {
      title: 'pip is set to %1',
      why: 'Installs do something else than their command says.'
    }
  },
  check(view, report) {
    const found = inForce(view);
    if (found.length === 0) {
      return;
    }
    const [first] = found;
    report({
      message: found.length === 1 ? 'one' : 'several',
      args:
        found.length === 1
          ? [first.value.name, first.value.value]
          : [found.map(one => one.value.name).join(', ')],
      severity: 'info',
      about: ['pip'],
      evidence: found.map(({ value, path }) => ({
        text: text('%1 = %2 (%3)', value.name, value.value, value.source),
        path
      })),
      fix: fixOf(
        view,
        found.map(one => one.value)
      )
    });
  },
  examples: {
    flagged: [
      {
        name: 'a target in a variable',
        facts: () => example(['target', '/srv/packages', 'PIP_TARGET']),
        findings: [{ message: 'one', severity: 'info', about: ['pip'] }]
      },
      {
        name: 'two switches in a file',
        facts: () =>
          example(
            ['user', 'true', '/home/u/.config/pip/pip.conf'],
            ['no-deps', '1', '/home/u/.config/pip/pip.conf']
          ),
        findings: [{ message: 'several', severity: 'info', about: ['pip'] }]
      },
      {
        name: 'a prefix in the file of the machine',
        facts: () => example(['prefix', '/srv/tools', '/etc/pip.conf']),
        findings: [{ message: 'one', severity: 'info', about: ['pip'] }]
      }
    ],
    clean: [
      { name: 'nobody read the configuration', facts: () => facts({}) },
      {
        name: 'the mirror of a company',
        facts: () =>
          example(
            ['index-url', 'https://mirror.example.org/simple', '/etc/pip.conf'],
            ['timeout', '60', '/etc/pip.conf']
          )
      },
      {
        name: 'switched off again, empty, or the prefix of this environment',
        facts: () =>
          example(
            ['user', 'true', '/etc/pip.conf'],
            ['user', 'no', 'PIP_USER'],
            ['target', '', 'PIP_TARGET'],
            ['prefix', '/venv', '/etc/pip.conf']
          )
      }
    ]
  }
});

function example(...options: readonly [string, string, string][]): IFacts {
  return facts({
    python: python('3.11.7', {
      prefix: '/venv',
      executable: '/venv/bin/python'
    }),
    pip_config: options.map(([name, value, source]) => ({
      name,
      value,
      source
    }))
  });
}
