import { dist, facts } from '../../facts/build';
import { plan, request, row, uninstall } from '../../plan/build';
import { text } from '../../text/text';
import { moveEvidence, shown } from './say';
import { importedAt, importNames, KERNEL_HELPERS } from './sets';
import { defineInstallRule } from './types';

/** The kernel answers the browser with these: half old and half new, it stops answering. */
const LIFELINES: ReadonlySet<string> = new Set([
  'ipykernel',
  'traitlets',
  'tornado',
  'pyzmq'
]);

export default defineInstallRule({
  id: 'imported',
  code: 'P06',
  since: '0.1.0',
  docs: {
    summary: 'A package that this kernel has imported would change.',
    what: 'Looks for rows that change or remove a distribution whose module is in `sys.modules`. What keeps the kernel talking (ipykernel, traitlets, tornado, pyzmq) is asked about; small helpers that the kernel imports for itself (pygments, six …) are a note.',
    why: 'The kernel goes on with the old code in memory and loads new files beside it when it imports further modules.',
    example:
      '`numpy.dtype size changed, may indicate binary incompatibility. Expected 96 from C header, got 88 from PyObject`, gone after a restart.',
    fix: 'Install first, import afterwards; or restart the kernel after the install.',
    safety: 'A restart loses the variables of the kernel.',
    references: ['googlecolab/colabtools#5238', 'unslothai/notebooks#339']
  },
  messages: {
    restart: {
      title: '%1 is imported and would change',
      why: 'This kernel keeps using %1 %2 until it restarts, and mixes it with files of %3.'
    },
    lifeline: {
      title: '%1 runs this kernel and would change',
      why: 'The kernel can stop answering when files of %1 %3 meet the %2 in memory.'
    }
  },
  check({ before, change }, report) {
    for (const one of [...change.moved, ...change.removed]) {
      const { name, from, to } = one.value;
      const at = importedAt(before, name);
      if (at === null) {
        continue;
      }
      const lifeline = LIFELINES.has(name);
      report({
        message: lifeline ? 'lifeline' : 'restart',
        args: [name, shown(from), shown(to)],
        severity: lifeline
          ? 'block'
          : KERNEL_HELPERS.has(name)
            ? 'note'
            : 'warn',
        subject: name,
        about: [name],
        evidence: [
          {
            text: text('%1 is in sys.modules', importNames(name)[0]),
            path: at
          },
          moveEvidence(one)
        ]
      });
    }
  },
  examples: {
    flagged: [
      {
        name: 'numpy is imported',
        input: () => ({
          facts: facts({
            packages: [dist('numpy', '1.26.4')],
            modules: [{ name: 'numpy', version: null, file: null }]
          }),
          requests: [request(['numpy'], { options: { upgrade: true } })],
          plan: plan([row('numpy', '1.26.4', '2.1.0')])
        }),
        risks: [{ message: 'restart', severity: 'warn', about: ['numpy'] }]
      },
      {
        name: 'a helper of the kernel',
        input: () => ({
          facts: facts({
            packages: [dist('pygments', '2.15.0')],
            modules: [{ name: 'pygments', version: '2.15.0', file: null }]
          }),
          requests: [request(['rich'])],
          plan: plan([
            row('rich', null, '14.0.0'),
            row('pygments', '2.15.0', '2.19.1')
          ])
        }),
        risks: [{ message: 'restart', severity: 'note', about: ['pygments'] }]
      },
      {
        name: 'the kernel itself',
        input: () => ({
          facts: facts({
            packages: [dist('pyzmq', '25.1.0')],
            modules: [{ name: 'zmq', version: '25.1.0', file: null }]
          }),
          requests: [request(['some-notebook-tool'])],
          plan: plan([row('pyzmq', '25.1.0', '27.0.0')])
        }),
        risks: [{ message: 'lifeline', severity: 'block', about: ['pyzmq'] }]
      }
    ],
    clean: [
      {
        name: 'another package is imported',
        input: () => ({
          facts: facts({
            packages: [dist('numpy', '1.26.4'), dist('rich', '13.0.0')],
            modules: [{ name: 'numpy', version: null, file: null }]
          }),
          requests: [request(['rich'], { options: { upgrade: true } })],
          plan: plan([row('rich', '13.0.0', '14.0.0')])
        })
      },
      {
        name: 'nobody knows what is imported',
        input: () => ({
          facts: facts({ packages: [dist('numpy', '1.26.4')] }),
          requests: [uninstall(['numpy'])],
          plan: plan([row('numpy', '1.26.4', null)])
        })
      }
    ]
  }
});
