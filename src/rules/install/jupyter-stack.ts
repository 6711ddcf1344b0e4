import { dist, facts } from '../../facts/build';
import { plan, request, row } from '../../plan/build';
import { asker, causeEvidence, moveEvidence, shown } from './say';
import { JUPYTER_STACK, KERNEL_STACK } from './sets';
import { defineInstallRule } from './types';

export default defineInstallRule({
  id: 'jupyter-stack',
  code: 'P11',
  since: '0.1.0',
  docs: {
    summary:
      'Packages that run this kernel or serve the notebook would change.',
    what: 'Looks for rows that change installed packages of the Jupyter stack (ipykernel, IPython, tornado, pyzmq, traitlets, jupyter_client, the servers). Additions, such as ipywidgets, are not mentioned.',
    why: 'These packages are released in step: a kernel or a server with a foreign part does not start again.',
    example:
      'After `pip install jupyterthemes`: `RuntimeWarning: coroutine ‘WebSocketHandler.get’ was never awaited`, and no kernel connects.',
    fix: 'Install the package in an environment of its own, or with the installed versions as constraints.',
    safety: 'The kernel goes on as it is.',
    references: ['dunovank/jupyter-themes#328', 'open-atmos/PySDM#584']
  },
  messages: {
    kernel: {
      title: '%1, which runs this kernel, would go from %2 to %3',
      why: '%4 changes a part that must fit the others; if it does not, the kernel fails to start the next time.'
    },
    server: {
      title: '%1, which serves notebooks, would go from %2 to %3',
      why: '%4 changes files of a server that can be running from this environment.'
    }
  },
  check({ change }, report) {
    for (const found of change.moved) {
      const { name, from, to } = found.value;
      if (!JUPYTER_STACK.has(name)) {
        continue;
      }
      const kernel = KERNEL_STACK.has(name);
      const down = (change.direction(found) ?? 0) < 0;
      report({
        message: kernel ? 'kernel' : 'server',
        args: [name, shown(from), shown(to), asker(change, name)],
        severity: down && kernel && !change.isAsked(name) ? 'block' : 'warn',
        subject: name,
        about: [name],
        evidence: [moveEvidence(found), ...causeEvidence(change, name)]
      });
    }
  },
  examples: {
    flagged: [
      {
        name: 'tornado goes back',
        input: () => ({
          facts: facts({ packages: [dist('tornado', '6.4')] }),
          requests: [request(['old-dashboard'])],
          plan: plan([
            row('old-dashboard', null, '1.0', { requires: ['tornado<6'] }),
            row('tornado', '6.4', '5.1.1')
          ])
        }),
        risks: [{ message: 'kernel', severity: 'block', about: ['tornado'] }]
      },
      {
        name: 'another notebook server',
        input: () => ({
          facts: facts({ packages: [dist('notebook', '7.2.0')] }),
          requests: [request(['jupyterthemes'])],
          plan: plan([
            row('jupyterthemes', null, '0.20.0'),
            row('notebook', '7.2.0', '6.5.7')
          ])
        }),
        risks: [{ message: 'server', severity: 'warn', about: ['notebook'] }]
      }
    ],
    clean: [
      {
        name: 'widgets are added',
        input: () => ({
          facts: facts({ packages: [dist('ipykernel', '6.29.5')] }),
          requests: [request(['ipywidgets'])],
          plan: plan([
            row('ipywidgets', null, '8.1.5'),
            row('jupyterlab-widgets', null, '3.0.13'),
            row('widgetsnbextension', null, '4.0.13')
          ])
        })
      },
      {
        name: 'the stack is not here',
        input: () => ({
          facts: facts({ packages: [] }),
          requests: [request(['ipykernel'])],
          plan: plan([
            row('ipykernel', null, '6.29.5'),
            row('tornado', null, '6.4')
          ])
        })
      }
    ]
  }
});
