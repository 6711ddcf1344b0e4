import { dist, environment, facts, python } from '../../facts/build';
import type { IFacts, ITool } from '../../facts/facts.generated';
import type { IPlaced, View } from '../../facts/view';
import { text } from '../../text/text';
import { dirname, isWindowsPath, kernelEnv, samePath } from '../paths';
import { defineRule } from '../types';

/** Prefixes that are this environment's, by all its names. */
function ownPrefixes(view: View): string[] {
  const python = view.facts.python;
  const kind = view.facts.environment?.kind;
  const programs = [
    python?.executable,
    // Behind the link of a virtual environment stands another one's interpreter.
    kind === 'venv' || kind === 'uv' ? null : python?.executable_real
  ];
  return [
    ...(python?.prefix ? [python.prefix] : []),
    ...programs.flatMap(path => (path ? [dirname(dirname(path))] : []))
  ];
}

function tool(view: View, name: string): IPlaced<ITool> | null {
  const index = view.facts.tools?.findIndex(one => one.name === name) ?? -1;
  const value = view.facts.tools?.[index];
  return value ? { value, path: `/tools/${index}` } : null;
}

export default defineRule({
  id: 'pip-elsewhere',
  code: 'R13',
  since: '0.1.0',
  docs: {
    summary: 'The pip on PATH belongs to another environment than the kernel.',
    what: 'Compares the environment of the `pip` that a shell would find with that of the interpreter. Kernels are rarely started from an activated environment, so by itself this is a note; it is a warning when the environment of the kernel has no pip of its own, because then `%pip` fails and the shell’s pip is the one that people turn to. Environments of uv have no pip by design and get the note.',
    why: '`!pip install` ends with success and installs into the other environment.',
    example: '`Successfully installed …`, then `ModuleNotFoundError`.',
    fix: 'Put the environment of the kernel first on PATH, in its kernel.json; where pip is missing, install it. `%pip` always means the kernel.',
    safety: 'Only what the kernel’s own shell commands find is changed.',
    references: [
      'jupyter/notebook#2563',
      'jupyter/notebook#2359',
      'ipython/ipykernel#637'
    ]
  },
  messages: {
    elsewhere: {
      title: 'pip on PATH belongs to another environment',
      why: '!pip installs into %1, and the kernel runs in %2.'
    },
    missing: {
      title:
        'The environment of the kernel has no pip, and the one on PATH is another’s',
      why: '%pip fails here, and !pip installs into %1.'
    }
  },
  supersedes: ['env-variable-elsewhere'],
  check(view, report) {
    const pip = tool(view, 'pip');
    const own = ownPrefixes(view);
    const prefix = view.facts.python?.prefix;
    if (
      !pip?.value.path ||
      !pip.value.prefix ||
      !prefix ||
      own.some(one => samePath(one, pip.value.prefix ?? ''))
    ) {
      return;
    }
    const kind = view.facts.environment?.kind ?? null;
    const missing =
      view.has('pip') === false && (kind === 'conda' || kind === 'venv');
    const path = isWindowsPath(prefix)
      ? `${prefix};${prefix}\\Scripts;\${PATH}`
      : `${prefix}/bin:\${PATH}`;
    report({
      message: missing ? 'missing' : 'elsewhere',
      args: [pip.value.prefix, prefix],
      severity: missing ? 'warning' : 'info',
      about: ['pip', 'python'],
      evidence: [
        {
          text: text('pip is %1, of %2', pip.value.path, pip.value.prefix),
          path: `${pip.path}/path`
        },
        { text: text('the kernel runs in %1', prefix), path: '/python/prefix' }
      ],
      fix: missing
        ? {
            commands: [
              kind === 'conda'
                ? '%conda install pip'
                : 'import ensurepip; ensurepip.bootstrap()'
            ],
            where: 'cell',
            restart: false,
            safety: 'safe'
          }
        : {
            commands: [kernelEnv({ PATH: path })],
            where: 'kernelspec',
            restart: true,
            safety: 'safe'
          }
    });
  },
  examples: {
    flagged: [
      {
        name: 'the kernel of another environment than the server’s',
        facts: () => example('/opt/conda', true),
        findings: [
          { message: 'elsewhere', severity: 'info', about: ['pip', 'python'] }
        ]
      },
      {
        name: 'the same, and the environment has no pip',
        facts: () => example('/opt/conda', false),
        findings: [
          { message: 'missing', severity: 'warning', about: ['pip', 'python'] }
        ]
      }
    ],
    clean: [
      {
        name: 'there is no pip on PATH',
        facts: () => example(null, true)
      },
      {
        name: 'the prefix is not known',
        facts: () => ({ ...example('/opt/conda', true), python: null })
      },
      {
        name: 'pip of this environment, written with a slash at the end',
        facts: () => example('/opt/conda/envs/tf29/', true)
      },
      {
        name: 'the prefix is a link, pip names the real folder',
        facts: () => ({
          ...example('/data/envs/tf29', true),
          python: python('3.9.1', {
            prefix: '/opt/conda/envs/tf29',
            executable_real: '/data/envs/tf29/bin/python3.9'
          })
        })
      }
    ]
  }
});

/** A conda kernel, and the environment of the pip on PATH. */
function example(prefix: string | null, hasPip: boolean): IFacts {
  return facts({
    python: python('3.9.1', {
      prefix: '/opt/conda/envs/tf29',
      executable: '/opt/conda/envs/tf29/bin/python'
    }),
    environment: environment('conda', { base: false }),
    packages: [
      dist('numpy', '1.26.4'),
      ...(hasPip ? [dist('pip', '24.0')] : [])
    ],
    tools: [
      {
        name: 'pip',
        path: prefix && `${prefix}/bin/pip`.replace('//', '/'),
        prefix
      }
    ]
  });
}
