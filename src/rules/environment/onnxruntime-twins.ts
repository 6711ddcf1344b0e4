import {
  conda,
  dist,
  facts,
  gpu,
  gpus,
  noGpu,
  record
} from '../../facts/build';
import { ONNXRUNTIME } from '../families';
import { mostWanted, twinsDraft, twinsOf } from '../twins';
import { defineRule } from '../types';

export default defineRule({
  id: 'onnxruntime-twins',
  code: 'R26',
  since: '0.1.0',
  docs: {
    summary: 'Two distributions of ONNX Runtime are installed.',
    what: 'Counts the distributions that hold the folder `onnxruntime`: `onnxruntime`, `-gpu`, `-directml`, `-openvino`, nightly builds and conda’s.',
    why: 'They write into one folder, and the one that was installed last decides which execution providers exist.',
    example:
      "`Specified provider 'CUDAExecutionProvider' is not in available provider names`.",
    fix: 'Uninstall all of them, then install one: the GPU form on a machine with an NVIDIA GPU, the plain form on a machine without.',
    safety: 'Between the two commands ONNX Runtime is missing.',
    references: ['microsoft/onnxruntime#26996', 'microsoft/onnxruntime#3326']
  },
  messages: {
    shared: {
      title: '%1 and %2 share the folder %3',
      why: 'The one that was installed last decides whether the GPU can be used.'
    },
    hidden: {
      title: '%1 hides %2',
      why: 'Python imports %3 from the first; the second is never used.'
    }
  },
  supersedes: ['unmet-requirement'],
  check(view, report) {
    const twins = twinsOf(view, ONNXRUNTIME);
    if (!twins) {
      return;
    }
    const devices = view.gpus;
    report(
      twinsDraft(view, ONNXRUNTIME, twins, 'warning', copies => {
        const cuda = copies.find(c => c.name === 'onnxruntime-gpu');
        const plain = copies.find(c => c.name === 'onnxruntime');
        const special = copies.filter(c => c !== plain);
        if (devices?.length === 0 && plain) {
          return plain;
        }
        return (
          (devices && devices.length > 0 && cuda) || mostWanted(view, special)
        );
      })
    );
  },
  examples: {
    flagged: [
      {
        name: 'the plain form came after the GPU form',
        facts: () =>
          facts({
            packages: [
              dist('onnxruntime', '1.19.2', { manager: 'pip' }),
              dist('onnxruntime-gpu', '1.18.0', { manager: 'pip' })
            ],
            gpu: gpus('550.90.07', '12.4', [gpu('NVIDIA L4', '8.9')])
          }),
        findings: [
          {
            message: 'shared',
            severity: 'warning',
            about: ['onnxruntime', 'onnxruntime-gpu']
          }
        ]
      },
      {
        name: 'OpenVINO beside the plain form, no NVIDIA GPU; one hides the other',
        facts: () =>
          facts({
            packages: [
              dist('onnxruntime', '1.19.2', {
                manager: 'pip',
                location: '/home/u/.local/lib/python3.11/site-packages',
                path_index: 3
              }),
              dist('onnxruntime-openvino', '1.18.0', {
                manager: 'pip',
                location: '/venv/lib/python3.11/site-packages',
                path_index: 4
              })
            ],
            gpu: noGpu()
          }),
        findings: [
          {
            message: 'hidden',
            severity: 'warning',
            about: ['onnxruntime', 'onnxruntime-openvino']
          }
        ]
      }
    ],
    clean: [
      { name: 'the packages are not known', facts: () => facts({}) },
      {
        name: 'the GPU form beside packages with similar names',
        facts: () =>
          facts({
            packages: [
              dist('onnxruntime-gpu', '1.18.0', { manager: 'pip' }),
              dist('onnxruntime-extensions', '0.12.0', { manager: 'pip' }),
              dist('onnxruntime-genai', '0.4.0', { manager: 'pip' })
            ]
          })
      },
      {
        name: 'conda’s copy with its C++ library',
        facts: () =>
          facts({
            packages: [dist('onnxruntime', '1.17.1', { manager: 'conda' })],
            conda: conda([
              record('onnxruntime-cpp', '1.17.1'),
              record('onnxruntime', '1.17.1', { python_name: 'onnxruntime' })
            ])
          })
      }
    ]
  }
});
