import { environment, facts, python } from '../../facts/build';
import type { IFacts } from '../../facts/facts.generated';
import type { View } from '../../facts/view';
import { text } from '../../text/text';
import { dirname, kernelEnv, samePath } from '../paths';
import { defineRule } from '../types';

/** Whether a variable names this environment, or the one that a virtual environment was made from. */
function isOwn(view: View, value: string): boolean {
  const {
    prefix,
    base_prefix: base,
    executable,
    executable_real: real
  } = view.facts.python ?? {};
  return [
    prefix,
    base,
    executable && dirname(dirname(executable)),
    real && dirname(dirname(real))
  ].some(one => !!one && samePath(one, value));
}

export default defineRule({
  id: 'env-variable-elsewhere',
  code: 'R14',
  since: '0.1.0',
  docs: {
    summary:
      'CONDA_PREFIX or VIRTUAL_ENV names another environment than the kernel’s.',
    what: 'Compares `CONDA_PREFIX` (for a kernel in a conda environment) and `VIRTUAL_ENV` with the prefix of the interpreter. A kernel inherits both from the server, so this is a note and never more: `%conda` and `%pip` are not misled.',
    why: 'Programs that read the variable, `!conda` and `!uv pip` among them, work on the other environment, and the activation scripts of the kernel’s own environment did not run.',
    example: '`!conda install` changes the environment of the server.',
    fix: 'Set the variable for this kernel, in its kernel.json.',
    safety: 'Only this kernel sees the value.',
    references: ['jupyter/notebook#2563']
  },
  messages: {
    conda: {
      title: 'CONDA_PREFIX names another environment',
      why: '!conda works on %1, and the activation scripts of %2 did not run.'
    },
    venv: {
      title: 'VIRTUAL_ENV names another environment',
      why: 'Programs such as uv work on %1, and the kernel runs in %2.'
    }
  },
  check(view, report) {
    const prefix = view.facts.python?.prefix;
    const kind = view.facts.environment?.kind;
    if (!prefix || !kind) {
      return;
    }
    const names = {
      // For other kinds of environments conda plays no part.
      conda: kind === 'conda' ? 'CONDA_PREFIX' : null,
      venv: 'VIRTUAL_ENV'
    };
    for (const message of ['conda', 'venv'] as const) {
      const name = names[message];
      const value = name && view.environ(name);
      if (!name || !value || isOwn(view, value)) {
        continue;
      }
      report({
        message,
        args: [value, prefix],
        severity: 'info',
        about: message === 'conda' ? ['conda', 'python'] : ['python'],
        evidence: [
          { text: text('%1=%2', name, value), path: `/environ/${name}` },
          {
            text: text('the kernel runs in %1', prefix),
            path: '/python/prefix'
          }
        ],
        fix: {
          commands: [
            kernelEnv({
              [name]:
                message === 'venv' && kind !== 'venv' && kind !== 'uv'
                  ? ''
                  : prefix
            })
          ],
          where: 'kernelspec',
          restart: true,
          safety: 'safe'
        }
      });
    }
  },
  examples: {
    flagged: [
      {
        name: 'a conda kernel of a server in base',
        facts: () => example('conda', { CONDA_PREFIX: '/opt/conda' }),
        findings: [
          { message: 'conda', severity: 'info', about: ['conda', 'python'] }
        ]
      },
      {
        name: 'a kernel outside the virtual environment of the server',
        facts: () => example('system', { VIRTUAL_ENV: '/home/u/jupyter' }),
        findings: [{ message: 'venv', severity: 'info', about: ['python'] }]
      }
    ],
    clean: [
      {
        name: 'the variables are not known',
        facts: () => ({ ...example('conda', {}), environ: null })
      },
      {
        name: 'the variable names this environment',
        facts: () => example('conda', { CONDA_PREFIX: '/opt/envs/a/' })
      },
      {
        name: 'a virtual environment while base is activated',
        facts: () => example('venv', { CONDA_PREFIX: '/opt/conda' })
      }
    ]
  }
});

function example(
  kind: 'conda' | 'venv' | 'system',
  environ: Record<string, string>
): IFacts {
  return facts({
    python: python('3.11.7', { prefix: '/opt/envs/a' }),
    environment: environment(kind),
    environ
  });
}
