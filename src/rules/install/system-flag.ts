import { environment, facts, platform } from '../../facts/build';
import { plan, request, row } from '../../plan/build';
import { text } from '../../text/text';
import { defineInstallRule } from './types';

/** System packages that meddle with drivers, CUDA or the system's Python. */
const SYSTEM =
  /^(nvidia-(driver|utils|cuda|dkms|kernel|modprobe|headless)|libnvidia|cuda(-|$)|libcudnn|libcublas|python3-(pip|numpy|scipy|pandas|torch|opencv|matplotlib|sklearn|tk$)|python3?-?(pip)?$)/;

export default defineInstallRule({
  id: 'system-flag',
  code: 'P19',
  since: '0.1.0',
  docs: {
    summary:
      'The command works against the Python or the drivers of the operating system.',
    what: 'Looks for `--break-system-packages` outside a container, for an environment that its operating system declared as its own (PEP 668), and for system packages of drivers, CUDA or Python.',
    why: 'Tools of the operating system use that Python; a second CUDA or another driver does not fit the kernel module that is loaded.',
    example: '`error: externally-managed-environment`',
    fix: 'Work in a virtual environment with a kernel of its own.',
    safety: 'The system stays as it is.',
    references: ['PEP 668']
  },
  messages: {
    flag: {
      title: 'The option overrides the protection of the system’s Python',
      why: 'Packages of the operating system that use this Python can stop working.'
    },
    refused: {
      title: 'pip will refuse to install here',
      why: 'The operating system manages this Python and marked it as its own.'
    },
    system: {
      title: '%1 changes the system under this kernel',
      why: 'A driver or CUDA of another version does not fit what is loaded, or belongs to another Python than this kernel’s.'
    }
  },
  check({ facts: known, requests, change }, report) {
    const managed = known.environment?.externally_managed === true;
    requests.forEach((one, i) => {
      const path = `/requests/${i}`;
      if (one.tool === 'apt') {
        const names = one.packages.filter(name => SYSTEM.test(name));
        if (names.length > 0 && one.action !== 'uninstall') {
          report({
            message: 'system',
            args: [names.join(', ')],
            severity: 'warn',
            subject: null,
            about: [
              ...names,
              names.some(name => /^python/.test(name)) ? 'python' : 'driver'
            ],
            evidence: [
              { text: text('the command installs %1', names.join(', ')), path }
            ]
          });
        }
        return;
      }
      if (!['pip', 'uv'].includes(one.tool) || one.target.kind === 'folder') {
        return;
      }
      if (one.options.breakSystemPackages) {
        // In a container nobody else uses that Python; what pip replaces there is told by other rules.
        const apart =
          known.platform?.container === true && change.moved.length === 0;
        if (
          !apart &&
          known.environment?.kind !== 'venv' &&
          known.environment?.kind !== 'uv'
        ) {
          report({
            message: 'flag',
            args: [],
            severity: 'warn',
            subject: null,
            about: [...change.names, 'python'],
            evidence: [
              {
                text: text('the command has %1', '--break-system-packages'),
                path
              }
            ]
          });
        }
      } else if (managed && one.target.kind === 'kernel') {
        report({
          message: 'refused',
          args: [],
          severity: 'warn',
          subject: null,
          about: [...change.names, 'python'],
          evidence: [
            {
              text: text(
                'EXTERNALLY-MANAGED stands beside the standard library'
              ),
              path: '/facts/environment/externally_managed'
            }
          ]
        });
      }
    });
  },
  examples: {
    flagged: [
      {
        name: 'the flag on a system Python',
        input: () => ({
          facts: facts({ environment: environment('system') }),
          requests: [
            request(['tqdm'], { options: { breakSystemPackages: true } })
          ],
          plan: plan([row('tqdm', null, '4.67.1')])
        }),
        risks: [
          { message: 'flag', severity: 'warn', about: ['tqdm', 'python'] }
        ]
      },
      {
        name: 'a managed Python without the flag',
        input: () => ({
          facts: facts({
            environment: environment('system', { externally_managed: true })
          }),
          requests: [request(['tqdm'])],
          plan: null
        }),
        risks: [
          { message: 'refused', severity: 'warn', about: ['tqdm', 'python'] }
        ]
      },
      {
        name: 'a CUDA of the system',
        input: () => ({
          facts: facts({}),
          requests: [
            request(['nvidia-cuda-toolkit', 'git'], {
              tool: 'apt',
              form: 'bang'
            })
          ],
          plan: null
        }),
        risks: [
          {
            message: 'system',
            severity: 'warn',
            about: ['nvidia-cuda-toolkit', 'driver']
          }
        ]
      }
    ],
    clean: [
      {
        name: 'the flag in a container, where nothing moves',
        input: () => ({
          facts: facts({
            environment: environment('system', { externally_managed: true }),
            platform: platform('linux-x86_64', { container: true })
          }),
          requests: [
            request(['tqdm'], { options: { breakSystemPackages: true } })
          ],
          plan: plan([row('tqdm', null, '4.67.1')])
        })
      },
      {
        name: 'a system tool; nobody knows who manages this Python',
        input: () => ({
          facts: facts({ environment: environment('system') }),
          requests: [
            request(['ffmpeg', 'git'], { tool: 'apt', form: 'bang' }),
            request(['tqdm'])
          ],
          plan: null
        })
      }
    ]
  }
});
