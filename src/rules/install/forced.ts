import { dist, facts } from '../../facts/build';
import { plan, request, row } from '../../plan/build';
import { text } from '../../text/text';
import { INSTALLERS } from '../ownership';
import { isCore, JUPYTER_STACK } from './sets';
import { moveEvidence } from './say';
import { defineInstallRule } from './types';

export default defineInstallRule({
  id: 'forced',
  code: 'P12',
  since: '0.1.0',
  docs: {
    summary: 'An option makes the command move packages that it does not name.',
    what: 'Looks at `--force-reinstall`, `--ignore-installed` and the eager upgrade strategy (uv’s plain `-U`), and at the installed packages that they move or write again beside those that are named. Without a plan the option is told when it stands without `--no-deps` in front of something installed.',
    why: 'Every requirement is installed again in its newest version, although the installed one would do.',
    example:
      '`pip install --force-reinstall unsloth` moved 27 packages, numpy among them; with `--no-deps` one.',
    fix: 'Add `--no-deps`, or leave the option out.',
    safety: 'With `--no-deps` only what is named moves.',
    references: ['unslothai/notebooks#339']
  },
  messages: {
    moves: {
      title: '%1 would move %2 more installed packages',
      why: 'The option installs requirements again that are met already.'
    },
    unknown: {
      title: '%1 installs every requirement again',
      why: 'Requirements of %2 that are met already would be replaced by their newest versions.'
    }
  },
  check({ change, plan: answer, requests, before }, report) {
    const at = requests.findIndex(
      ({ options, action }) =>
        action !== 'uninstall' &&
        !options.noDeps &&
        (options.forceReinstall || options.ignoreInstalled || options.eager)
    );
    if (at < 0 || change.byConda) {
      return;
    }
    const { options } = requests[at];
    const option = options.forceReinstall
      ? '--force-reinstall'
      : options.ignoreInstalled
        ? '--ignore-installed'
        : requests[at].tool === 'uv'
          ? '--upgrade'
          : '--upgrade-strategy eager';
    const evidence = {
      text: text('the command has %1', option),
      path: `/requests/${at}`
    };
    if (answer === null) {
      const names = change.names.filter(name => before.has(name));
      const core = names.some(
        name => (before.dist(name)?.value.requires ?? []).length > 0
      );
      if (core || options.forceReinstall) {
        report({
          message: 'unknown',
          args: [option, change.names.join(', ') || '?'],
          severity: names.length > 0 ? 'warn' : 'note',
          subject: null,
          about: change.names,
          evidence: [evidence]
        });
      }
      return;
    }
    const moved = [...change.moved, ...change.rewritten]
      .filter(
        ({ value }) =>
          !change.isAsked(value.name) && !INSTALLERS.has(value.name)
      )
      .sort((a, b) => (a.value.name < b.value.name ? -1 : 1));
    if (moved.length === 0) {
      return;
    }
    const names = moved.map(one => one.value.name);
    const grave = moved.some(
      ({ value }) =>
        value.from !== value.to &&
        (isCore(value.name) || JUPYTER_STACK.has(value.name))
    );
    report({
      message: 'moves',
      args: [option, String(moved.length)],
      severity: grave ? 'block' : 'warn',
      subject: null,
      about: names,
      evidence: [evidence, ...moved.slice(0, 8).map(moveEvidence)]
    });
  },
  examples: {
    flagged: [
      {
        name: 'the whole tree is installed again',
        input: () => ({
          facts: facts({
            packages: [
              dist('unsloth', '2025.1.1'),
              dist('numpy', '1.26.4'),
              dist('tqdm', '4.67.0')
            ]
          }),
          requests: [
            request(['unsloth'], { options: { forceReinstall: true } })
          ],
          plan: plan([
            row('unsloth', '2025.1.1', '2025.9.1'),
            row('numpy', '1.26.4', '2.2.6'),
            row('tqdm', '4.67.0', '4.67.1')
          ])
        }),
        risks: [
          { message: 'moves', severity: 'block', about: ['numpy', 'tqdm'] }
        ]
      },
      {
        name: 'no resolver answered',
        input: () => ({
          facts: facts({
            packages: [dist('spam', '1.0', { requires: ['numpy'] })]
          }),
          requests: [request(['spam'], { options: { forceReinstall: true } })],
          plan: null
        }),
        risks: [{ message: 'unknown', severity: 'warn', about: ['spam'] }]
      }
    ],
    clean: [
      {
        name: 'only what is named',
        input: () => ({
          facts: facts({ packages: [dist('six', '1.16.0')] }),
          requests: [request(['six'], { options: { forceReinstall: true } })],
          plan: plan([row('six', '1.16.0', '1.16.0')])
        })
      },
      {
        name: 'without requirements',
        input: () => ({
          facts: facts({
            packages: [dist('spam', '1.0', { requires: ['numpy'] })]
          }),
          requests: [
            request(['spam'], {
              options: { forceReinstall: true, noDeps: true }
            })
          ],
          plan: null
        })
      },
      {
        name: 'eager, and nothing else is out of date',
        input: () => ({
          facts: facts({ packages: [dist('pandas', '2.2.2')] }),
          requests: [
            request(['pandas'], { options: { upgrade: true, eager: true } })
          ],
          plan: plan([row('pandas', '2.2.2', '2.2.3')])
        })
      }
    ]
  }
});
