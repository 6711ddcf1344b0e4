import { dist, facts } from '../../facts/build';
import { plan, request, row } from '../../plan/build';
import { isCondaTool } from '../../plan/asked';
import { text } from '../../text/text';
import { decoyOf } from '../decoyNames';
import { moveEvidence } from './say';
import { defineInstallRule } from './types';

export default defineInstallRule({
  id: 'wrong-name',
  code: 'P27',
  since: '0.1.0',
  docs: {
    summary: 'The name that is asked for is not the package that people mean.',
    what: 'Looks for names in the command that the package index gives to an empty notice (`sklearn`, `pytorch`) or to another project with the import name of a well-known one (`fitz`, `umap`, `whisper`, `apex` …). Silent for what is installed already, for what only another package requires, and for conda, which has packages of its own under such names.',
    why: 'The install fails with a notice, or succeeds and the import gives other code.',
    example:
      '`pip install umap`: `AttributeError: module ‘umap’ has no attribute ‘UMAP’`',
    fix: 'Ask for the right name.',
    safety: 'Safe.',
    references: [
      'lmcinnes/umap#24',
      'pymupdf/PyMuPDF#1537',
      'NVIDIA/apex#1063',
      'jpadilla/pyjwt#374'
    ]
  },
  messages: {
    empty: {
      title: '%1 is an empty name; the package is %2',
      why: 'The distribution %1 holds no code, and its install fails or does nothing.'
    },
    another: {
      title: '%1 is another project than %2',
      why: 'The install succeeds, and code that was written for %2 fails.'
    }
  },
  check({ change, requests }, report) {
    if (requests.some(one => isCondaTool(one.tool))) {
      return;
    }
    for (const one of change.added) {
      const { name, to } = one.value;
      const decoy = change.isAsked(name) ? decoyOf(name, to) : null;
      if (decoy) {
        report({
          message: decoy.isProject ? 'another' : 'empty',
          args: [name, decoy.real],
          severity: 'warn',
          subject: name,
          about: [name, ...(decoy.install === null ? [] : [decoy.real])],
          evidence: [
            moveEvidence(one),
            { text: text('told in %1', decoy.source), path: '/requests/0' }
          ]
        });
      }
    }
  },
  examples: {
    flagged: [
      {
        name: 'umap',
        input: () => ({
          facts: facts({ packages: [] }),
          requests: [request(['umap'])],
          plan: plan([row('umap', null, '0.1.1')])
        }),
        risks: [
          {
            message: 'another',
            severity: 'warn',
            about: ['umap', 'umap-learn']
          }
        ]
      },
      {
        name: 'sklearn, without a resolver',
        input: () => ({
          facts: facts({ packages: [dist('numpy', '1.26.4')] }),
          requests: [request(['sklearn'])],
          plan: null
        }),
        risks: [
          {
            message: 'empty',
            severity: 'warn',
            about: ['sklearn', 'scikit-learn']
          }
        ]
      },
      {
        name: 'apex, of which the index has no other',
        input: () => ({
          facts: facts({ packages: [dist('torch', '2.5.1')] }),
          requests: [request(['apex'])],
          plan: plan([row('apex', null, '0.9.10.dev0')])
        }),
        risks: [{ message: 'another', severity: 'warn', about: ['apex'] }]
      }
    ],
    clean: [
      {
        name: 'installed already; required by another package',
        input: () => ({
          facts: facts({ packages: [dist('jwt', '1.3.1')] }),
          requests: [request(['jwt', 'old-tool'])],
          plan: plan([
            row('old-tool', null, '0.1', { requires: ['serial'] }),
            row('serial', null, '0.0.97')
          ])
        })
      },
      {
        name: 'ffmpeg of conda; tensorflow-gpu when it was real',
        input: () => ({
          facts: facts({ packages: [] }),
          requests: [
            request(['ffmpeg', 'tensorflow-gpu=2.4.1'], { tool: 'conda' })
          ],
          plan: plan([
            row('ffmpeg', null, '6.1'),
            row('tensorflow-gpu', null, '2.4.1')
          ])
        })
      },
      {
        name: 'a git address of that name',
        input: () => ({
          facts: facts({ packages: [] }),
          requests: [request(['git+https://forge.example/openai/whisper.git'])],
          plan: plan([row('openai-whisper', null, '20240930')])
        })
      }
    ]
  }
});
