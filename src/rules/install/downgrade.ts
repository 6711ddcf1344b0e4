import { dist, facts } from '../../facts/build';
import { plan, request, row } from '../../plan/build';
import { INSTALLERS } from '../ownership';
import { asker, causeEvidence, moveEvidence } from './say';
import { isCore, JUPYTER_STACK } from './sets';
import { defineInstallRule } from './types';

export default defineInstallRule({
  id: 'downgrade',
  code: 'P02',
  since: '0.1.0',
  docs: {
    summary: 'An installed package would go back to an older version.',
    what: 'Looks for rows whose version number falls. A package that a command names is left out (that is what was asked for), and so is what serves nobody but it, such as triton beside torch.',
    why: 'What was written or saved with the newer version can fail with the older one.',
    example:
      '`%pip install spacy-huggingface-hub` takes huggingface-hub from 0.12.0 to 0.8.1, and transformers no longer imports.',
    fix: 'Ask for a newer release of the package, or install it without its requirements.',
    safety: 'Nothing else moves.',
    references: ['explosion/spacy-huggingface-hub#13', 'Comfy-Org/ComfyUI#77']
  },
  messages: {
    core: {
      title: '%1 would go back from %2 to %3',
      why: '%4 asks for an older %1, and other packages here are built on it.'
    },
    plain: {
      title: '%1 would go back from %2 to %3',
      why: '%4 asks for an older version; what relies on the newer one can fail.'
    }
  },
  check({ change, before }, report) {
    for (const found of change.moved) {
      const { name, from, to } = found.value;
      const order = change.direction(found);
      if (
        order === null ||
        order >= 0 ||
        INSTALLERS.has(name) ||
        change.isExpected(name)
      ) {
        continue;
      }
      const core = isCore(name) || JUPYTER_STACK.has(name);
      report({
        message: core ? 'core' : 'plain',
        args: [name, from ?? '', to ?? '', asker(change, name)],
        severity: core && before.has(name) !== false ? 'block' : 'warn',
        subject: name,
        about: [name],
        evidence: [moveEvidence(found), ...causeEvidence(change, name)]
      });
    }
  },
  examples: {
    flagged: [
      {
        name: 'numpy goes back for a new package',
        input: () => ({
          facts: facts({ packages: [dist('numpy', '1.26.4')] }),
          requests: [request(['numba==0.56.4'])],
          plan: plan([
            row('numba', null, '0.56.4', { requires: ['numpy<1.24,>=1.18'] }),
            row('numpy', '1.26.4', '1.23.5')
          ])
        }),
        risks: [{ message: 'core', severity: 'block', about: ['numpy'] }]
      },
      {
        name: 'a small package goes back',
        input: () => ({
          facts: facts({ packages: [dist('fsspec', '2025.3.0')] }),
          requests: [request(['datasets'])],
          plan: plan([
            row('datasets', null, '2.14.4'),
            row('fsspec', '2025.3.0', '2024.6.1')
          ])
        }),
        risks: [{ message: 'plain', severity: 'warn', about: ['fsspec'] }]
      }
    ],
    clean: [
      {
        name: 'an older version was asked for by name',
        input: () => ({
          facts: facts({ packages: [dist('pandas', '2.2.3')] }),
          requests: [request(['pandas==2.0.3'])],
          plan: plan([row('pandas', '2.2.3', '2.0.3')])
        })
      },
      {
        name: 'triton follows the torch that was asked for',
        input: () => ({
          facts: facts({
            packages: [
              dist('torch', '2.5.1', { requires: ['triton==3.1.0'] }),
              dist('triton', '3.1.0')
            ]
          }),
          requests: [request(['torch==2.3.1'])],
          plan: plan([
            row('torch', '2.5.1', '2.3.1', { requires: ['triton==2.3.1'] }),
            row('triton', '3.1.0', '2.3.1')
          ])
        })
      },
      {
        name: 'versions that are no versions',
        input: () => ({
          facts: facts({ packages: [dist('x', 'dev')] }),
          requests: [request(['y'])],
          plan: plan([row('x', 'dev', 'older')])
        })
      }
    ]
  }
});
