import {
  conda,
  dist,
  environment,
  facts,
  framework,
  record
} from '../../facts/build';
import { TENSORFLOW } from '../families';
import { twinsDraft, twinsOf } from '../twins';
import { defineRule } from '../types';

export default defineRule({
  id: 'tensorflow-twins',
  code: 'R25',
  since: '0.1.0',
  docs: {
    summary: 'Two distributions of TensorFlow are installed.',
    what: 'Counts the distributions that hold the folder `tensorflow`: `tensorflow`, `-cpu`, `-gpu`, `tf-nightly`, `intel-tensorflow` and conda’s TensorFlow, which is one copy whatever its packages are called. Parts that `tensorflow` itself requires (`tensorflow-intel`, `-macos`, `-cpu-aws`) and the empty `tensorflow-gpu` from 2.12 on are no copies. It is a warning instead of an error when one copy hides the other, or when TensorFlow was seen to compute on the GPU.',
    why: 'Both write into one folder: which build is imported depends on the order in which they were installed, and uninstalling one takes files of the other away.',
    example:
      "`AttributeError: module 'tensorflow' has no attribute 'Variable'`; a GPU build that finds no GPU because the CPU build was installed last.",
    fix: 'Uninstall all of them, then install one.',
    safety: 'Between the two commands TensorFlow is missing.',
    references: ['tensorflow/tensorflow#18043', 'tensorflow/tensorflow#18889']
  },
  messages: {
    shared: {
      title: '%1 and %2 share the folder %3',
      why: 'Which build is imported depends on the order of the installs, and uninstalling one breaks the other.'
    },
    hidden: {
      title: '%1 hides %2',
      why: 'Python imports %3 from the first; the second is never used.'
    }
  },
  supersedes: ['unmet-requirement', 'cpu-build-on-gpu'],
  check(view, report) {
    const twins = twinsOf(view, TENSORFLOW);
    if (!twins) {
      return;
    }
    const broken =
      twins.message === 'shared' && view.seenWorking('tensorflow') !== true;
    report(twinsDraft(view, TENSORFLOW, twins, broken ? 'error' : 'warning'));
  },
  examples: {
    flagged: [
      {
        name: 'the CPU build beside the GPU build',
        facts: () =>
          facts({
            packages: [
              dist('tensorflow', '1.7.0', { manager: 'pip' }),
              dist('tensorflow-gpu', '1.7.0', { manager: 'pip' })
            ]
          }),
        findings: [
          {
            message: 'shared',
            severity: 'error',
            about: ['tensorflow', 'tensorflow-gpu']
          }
        ]
      },
      {
        name: 'a wheel beside the TensorFlow of conda',
        facts: () =>
          facts({
            environment: environment('conda'),
            packages: [
              dist('tensorflow', '2.15.0', { manager: 'conda' }),
              dist('tensorflow-cpu', '2.16.1', { manager: 'pip' })
            ],
            conda: conda([
              record('tensorflow', '2.15.0'),
              record('tensorflow-base', '2.15.0', {
                python_name: 'tensorflow',
                dist_info_exists: true
              })
            ])
          }),
        findings: [
          {
            message: 'shared',
            severity: 'error',
            about: ['tensorflow-cpu', 'tensorflow']
          }
        ]
      },
      {
        name: 'the user site hides the global one',
        facts: () =>
          facts({
            packages: [
              dist('tensorflow', '2.10.0', {
                manager: 'pip',
                location: '/usr/local/lib/python3.9/dist-packages',
                path_index: 5
              }),
              dist('tensorflow-cpu', '2.11.0', {
                manager: 'pip',
                location: '/home/u/.local/lib/python3.9/site-packages',
                path_index: 4
              })
            ],
            frameworks: [
              framework('tensorflow', '2.11.0', {
                location:
                  '/home/u/.local/lib/python3.9/site-packages/tensorflow'
              })
            ]
          }),
        findings: [
          {
            message: 'hidden',
            severity: 'warning',
            about: ['tensorflow-cpu', 'tensorflow']
          }
        ]
      }
    ],
    clean: [
      { name: 'the packages are not known', facts: () => facts({}) },
      {
        name: 'Windows: tensorflow and the part that it requires',
        facts: () =>
          facts({
            packages: [
              dist('tensorflow', '2.15.0', {
                manager: 'pip',
                requires: ['tensorflow-intel==2.15.0']
              }),
              dist('tensorflow-intel', '2.15.0', { manager: 'pip' }),
              dist('tensorflow-estimator', '2.15.0', { manager: 'pip' }),
              dist('tensorflow-io-gcs-filesystem', '0.31.0', { manager: 'pip' })
            ]
          })
      },
      {
        name: 'a Mac, without requirements; the empty tensorflow-gpu',
        facts: () =>
          facts({
            packages: [
              dist('tensorflow', '2.13.0', { manager: 'pip' }),
              dist('tensorflow-macos', '2.13.0', { manager: 'pip' }),
              dist('tensorflow-gpu', '2.12.0', { manager: 'pip' })
            ]
          })
      },
      {
        name: 'conda: three packages, one build',
        facts: () =>
          facts({
            packages: [dist('tensorflow', '2.7.0', { manager: 'conda' })],
            conda: conda([
              record('tensorflow-gpu', '2.7.0'),
              record('tensorflow', '2.7.0'),
              record('tensorflow-base', '2.7.0', { python_name: 'tensorflow' })
            ])
          })
      },
      {
        name: 'pip’s copy stands in the place of conda’s: another rule',
        facts: () =>
          facts({
            packages: [dist('tensorflow', '2.15.0', { manager: 'pip' })],
            conda: conda([
              record('tensorflow', '2.7.0'),
              record('tensorflow-base', '2.7.0', {
                python_name: 'tensorflow',
                dist_info_exists: false
              })
            ])
          })
      }
    ]
  }
});
