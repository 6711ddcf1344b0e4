import { conda, dist, environment, facts, record } from '../../facts/build';
import type { ICopy } from '../families';
import { OPENCV } from '../families';
import { mostWanted, twinsDraft, twinsOf } from '../twins';
import { defineRule } from '../types';

export default defineRule({
  id: 'opencv-twins',
  code: 'R24',
  since: '0.1.0',
  docs: {
    summary: 'Two distributions of OpenCV are installed.',
    what: 'Counts the distributions that hold the folder `cv2`: `opencv-python`, `opencv-contrib-python`, their `-headless` forms and conda’s OpenCV. What conda owns is one copy, although it registers several names. It is an error when versions differ in one folder, otherwise a warning.',
    why: 'Each of them writes its own files into one folder, so that Python loads a mixture, and uninstalling one breaks the other.',
    example:
      "`AttributeError: partially initialized module 'cv2' has no attribute 'gapi_wip_gst_GStreamerPipeline'`.",
    fix: 'Uninstall all of them, then install one: the contrib form where one was installed, else the one that most packages ask for.',
    safety:
      'Between the two commands `cv2` is missing. The headless forms have no windows, the others need libGL.',
    references: [
      'opencv/opencv-python#467',
      'opencv/opencv-python#591',
      'opencv/opencv-python#962'
    ]
  },
  messages: {
    shared: {
      title: '%1 and %2 share the folder %3',
      why: 'Python loads a mixture of their files, and uninstalling one breaks the other.'
    },
    hidden: {
      title: '%1 hides %2',
      why: 'Python imports %3 from the first; the second is never used.'
    }
  },
  supersedes: ['unmet-requirement'],
  check(view, report) {
    const twins = twinsOf(view, OPENCV);
    if (!twins) {
      return;
    }
    const severity =
      twins.mixed && twins.message === 'shared' ? 'error' : 'warning';
    report(
      twinsDraft(view, OPENCV, twins, severity, copies => {
        const contrib: ICopy[] = copies.filter(c => c.name.includes('contrib'));
        return mostWanted(view, contrib.length > 0 ? contrib : copies);
      })
    );
  },
  examples: {
    flagged: [
      {
        name: 'two wheels of different versions',
        facts: () =>
          facts({
            packages: [
              dist('opencv-python', '4.10.0.84', { manager: 'pip' }),
              dist('opencv-python-headless', '4.11.0.86', { manager: 'pip' })
            ]
          }),
        findings: [
          {
            message: 'shared',
            severity: 'error',
            about: ['opencv-python', 'opencv-python-headless']
          }
        ]
      },
      {
        name: 'a wheel beside the OpenCV of conda, which has no metadata',
        facts: () =>
          facts({
            environment: environment('conda'),
            packages: [
              dist('opencv-contrib-python', '4.6.0', { manager: 'pip' })
            ],
            conda: conda([
              record('libopencv', '4.6.0'),
              record('py-opencv', '4.6.0')
            ])
          }),
        findings: [
          {
            message: 'shared',
            severity: 'warning',
            about: ['opencv-contrib-python', 'py-opencv']
          }
        ]
      },
      {
        name: 'one in the user site, one in the environment',
        facts: () =>
          facts({
            packages: [
              dist('opencv-python', '4.10.0.84', {
                manager: 'pip',
                location: '/home/u/.local/lib/python3.11/site-packages',
                path_index: 3
              }),
              dist('opencv-python-headless', '4.9.0.80', {
                manager: 'pip',
                location: '/usr/local/lib/python3.11/dist-packages',
                path_index: 4
              })
            ]
          }),
        findings: [
          {
            message: 'hidden',
            severity: 'warning',
            about: ['opencv-python', 'opencv-python-headless']
          }
        ]
      }
    ],
    clean: [
      { name: 'the packages are not known', facts: () => facts({}) },
      {
        name: 'conda’s one copy under two names',
        facts: () =>
          facts({
            packages: [
              dist('opencv-python', '4.10.0', { manager: 'conda' }),
              dist('opencv-python-headless', '4.10.0', { manager: 'conda' })
            ],
            conda: conda([
              record('opencv', '4.10.0'),
              record('py-opencv', '4.10.0', {
                python_name: 'opencv-python',
                dist_info_exists: true
              })
            ])
          })
      },
      {
        name: 'a wheel beside the C++ library of conda',
        facts: () =>
          facts({
            packages: [dist('opencv-python', '4.10.0.84', { manager: 'pip' })],
            conda: conda([record('libopencv', '4.9.0')])
          })
      }
    ]
  }
});
