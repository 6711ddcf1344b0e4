import { conda, dist, facts, record } from '../../facts/build';
import type { View } from '../../facts/view';
import { plan, request, row } from '../../plan/build';
import { text } from '../../text/text';
import { copiesOf, FAMILIES, type ICopy, type IFamily } from '../families';
import { causeEvidence, moveEvidence, shown } from './say';
import { defineInstallRule } from './types';

/** A copy that the change puts beside another one. */
interface IClash {
  readonly added: ICopy;
  readonly others: readonly ICopy[];
}

function clashOf(before: View, after: View, one: IFamily): IClash | null {
  const old = new Set(copiesOf(before, one).map(copy => copy.name));
  const all = copiesOf(after, one);
  const added = all.find(copy => !old.has(copy.name));
  const others = all.filter(copy => copy !== added);
  return added && others.length > 0 ? { added, others } : null;
}

export default defineInstallRule({
  id: 'shares-files',
  code: 'P08',
  since: '0.1.0',
  docs: {
    summary: 'A new distribution would write the files of an installed one.',
    what: 'Counts, before and after, the distributions that hold one import package (`cv2`, `tensorflow`, `onnxruntime`, `cupy`, `faiss` …) and reports a new one beside an old one.',
    why: 'Both write one folder: Python then loads a mixture, and uninstalling either of them deletes files of the other.',
    example:
      '`pip install easyocr` brings opencv-python-headless beside opencv-python: `module ‘cv2’ has no attribute ‘gapi_wip_gst_GStreamerPipeline’`.',
    fix: 'Keep one of them: install the new package without its requirements, or uninstall the old one first.',
    safety:
      'Code that needs windows (`cv2.imshow`) does not work with a headless form.',
    references: [
      'opencv/opencv-python#467',
      'microsoft/onnxruntime#26996',
      'rapidsai-community/rapidsai-csp-utils#138'
    ]
  },
  messages: {
    twin: {
      title: '%1 would overwrite files of %2',
      why: 'Both hold %3, so Python loads a mixture of them, and uninstalling one breaks the other.'
    }
  },
  supersedes: [
    'opencv-twins',
    'tensorflow-twins',
    'onnxruntime-twins',
    'cupy-twins',
    'other-twins',
    'wrong-name'
  ],
  check({ before, after, change }, report) {
    for (const one of FAMILIES) {
      const clash = clashOf(before, after, one);
      if (!clash) {
        continue;
      }
      const { added, others } = clash;
      const found = change.row(added.name);
      const names = others.map(copy => copy.name);
      report({
        message: 'twin',
        args: [added.name, names.join(', '), one.importName],
        severity: 'block',
        subject: added.name,
        about: [added.name, ...names],
        evidence: [
          ...(found ? [moveEvidence(found)] : []),
          ...causeEvidence(change, added.name),
          ...others.map(copy => ({
            text: text('%1 %2 is installed', copy.name, shown(copy.version)),
            path: `/predicted${copy.path}`
          }))
        ]
      });
    }
  },
  examples: {
    flagged: [
      {
        name: 'a second OpenCV, as a requirement',
        input: () => ({
          facts: facts({
            packages: [dist('opencv-python', '4.10.0.84', { manager: 'pip' })]
          }),
          requests: [request(['easyocr'])],
          plan: plan([
            row('easyocr', null, '1.7.1', {
              requires: ['opencv-python-headless']
            }),
            row('opencv-python-headless', null, '4.11.0.86')
          ])
        }),
        risks: [
          {
            message: 'twin',
            severity: 'block',
            about: ['opencv-python-headless', 'opencv-python']
          }
        ]
      },
      {
        name: 'a wheel over the OpenCV of conda, without a resolver',
        input: () => ({
          facts: facts({
            conda: conda([record('py-opencv', '4.9.0')]),
            packages: [dist('numpy', '1.26.4', { manager: 'conda' })]
          }),
          requests: [request(['opencv-python'])],
          plan: null
        }),
        risks: [
          {
            message: 'twin',
            severity: 'block',
            about: ['opencv-python', 'py-opencv']
          }
        ]
      }
    ],
    clean: [
      {
        name: 'the first one here',
        input: () => ({
          facts: facts({ packages: [dist('numpy', '1.26.4')] }),
          requests: [request(['opencv-python'])],
          plan: plan([row('opencv-python', null, '4.11.0.86')])
        })
      },
      {
        name: 'twins that are there already, one of which moves',
        input: () => ({
          facts: facts({
            packages: [
              dist('opencv-python', '4.10.0.84', { manager: 'pip' }),
              dist('opencv-python-headless', '4.10.0.84', { manager: 'pip' })
            ]
          }),
          requests: [
            request(['opencv-python'], { options: { upgrade: true } })
          ],
          plan: plan([row('opencv-python', '4.10.0.84', '4.11.0.86')])
        })
      },
      {
        name: 'one goes, the other comes',
        input: () => ({
          facts: facts({
            packages: [dist('onnxruntime', '1.18.0', { manager: 'pip' })]
          }),
          requests: [request(['onnxruntime-gpu'])],
          plan: plan([
            row('onnxruntime', '1.18.0', null),
            row('onnxruntime-gpu', null, '1.18.0')
          ])
        })
      }
    ]
  }
});
