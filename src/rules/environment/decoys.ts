import { dist, environment, facts } from '../../facts/build';
import { text } from '../../text/text';
import { decoyOf } from '../decoyNames';
import { defineRule } from '../types';
import { pipInstall, pipUninstall } from '../words';

export default defineRule({
  id: 'decoys',
  code: 'R31',
  since: '0.1.0',
  docs: {
    summary:
      'A distribution has the name that people guess, and not the code that they mean.',
    what: 'Looks for `sklearn`, `skimage`, `pytorch`, `cv2`, and `tensorflow-gpu` from 2.12 on, which hold a notice or nothing at all; and for `apex`, `docx`, `ffmpeg`, `fitz`, `jwt`, `serial`, `umap` and `whisper` where what people mean by that import name is not there: these are other projects. Silent where another installed package asks for that name, because then it must stay.',
    why: 'The name holds no code, and an install or upgrade of it fails with a notice; or it holds the code of somebody else.',
    example:
      "`The \"tensorflow-gpu\" package has been removed!`; `The 'sklearn' PyPI package is deprecated, use 'scikit-learn' rather than 'sklearn' for pip commands.`",
    fix: 'Uninstall it, and install the package itself where it is not there.',
    safety:
      'An empty name has no code that could be missed; of another project, make sure that nobody uses it.',
    references: [
      'PyPI: pages of sklearn, pytorch and tensorflow-gpu',
      'NVIDIA/apex#1063',
      'lmcinnes/umap#24',
      'pymupdf/PyMuPDF#1537'
    ]
  },
  messages: {
    missing: {
      title: '%1 is not %2',
      why: 'The distribution %1 holds no code, and %2 is not installed.'
    },
    another: {
      title: '%1 is another project than %2',
      why: 'The import name is the same, so code that was written for %2 fails with it.'
    },
    beside: {
      title: '%1 is an empty name beside %2',
      why: 'The distribution %1 holds no code, and an install or upgrade of it fails.'
    }
  },
  check(view, report) {
    for (const [name, [{ value, path }]] of view.names()) {
      // conda has packages of its own under such names.
      const decoy =
        value.version === null || value.manager === 'conda'
          ? null
          : decoyOf(name, value.version);
      const asked =
        decoy !== null &&
        [...view.names()].some(([, [one]]) =>
          view.requirements(one.value).some(r => r.name === name)
        );
      if (!decoy || asked) {
        continue;
      }
      const there = view.has(decoy.real);
      if (decoy.isProject && there) {
        // Which of them wrote a file last is the question of `other-twins`.
        continue;
      }
      report({
        message: decoy.isProject ? 'another' : there ? 'beside' : 'missing',
        args: [name, decoy.real],
        severity: 'info',
        about: [name, ...(decoy.install === null ? [] : [decoy.real])],
        evidence: [{ text: text('%1 %2', name, value.version ?? '?'), path }],
        fix: {
          commands: [
            pipUninstall(view, [name]),
            ...(there || decoy.install === null
              ? []
              : [pipInstall(view, [decoy.install])])
          ],
          where: 'cell',
          restart: decoy.isProject,
          safety: decoy.isProject ? 'review' : 'safe'
        }
      });
    }
  },
  examples: {
    flagged: [
      {
        name: 'tensorflow-gpu after it was given up, and no TensorFlow',
        facts: () =>
          facts({
            environment: environment('venv'),
            packages: [dist('tensorflow-gpu', '2.12.0', { manager: 'pip' })]
          }),
        findings: [
          {
            message: 'missing',
            severity: 'info',
            about: ['tensorflow-gpu', 'tensorflow']
          }
        ]
      },
      {
        name: 'umap of another project',
        facts: () =>
          facts({
            environment: environment('venv'),
            packages: [dist('umap', '0.1.1', { manager: 'pip' })]
          }),
        findings: [
          {
            message: 'another',
            severity: 'info',
            about: ['umap', 'umap-learn']
          }
        ]
      },
      {
        name: 'sklearn beside scikit-learn',
        facts: () =>
          facts({
            packages: [
              dist('sklearn', '0.0', { requires: ['scikit-learn'] }),
              dist('scikit-learn', '1.4.0')
            ]
          }),
        findings: [
          {
            message: 'beside',
            severity: 'info',
            about: ['sklearn', 'scikit-learn']
          }
        ]
      }
    ],
    clean: [
      {
        name: 'the version is not known',
        facts: () => facts({ packages: [dist('tensorflow-gpu', null)] })
      },
      {
        name: 'tensorflow-gpu when it was real; the package itself',
        facts: () =>
          facts({
            packages: [
              dist('tensorflow-gpu', '2.11.0'),
              dist('scikit-learn', '1.4.0'),
              dist('torch', '2.5.1')
            ]
          })
      },
      {
        name: 'two projects side by side; conda has a package of its own',
        facts: () =>
          facts({
            packages: [
              dist('whisper', '1.1.10', { manager: 'pip' }),
              dist('openai-whisper', '20240930', { manager: 'pip' }),
              dist('apex', '0.1', { manager: 'conda' })
            ]
          })
      },
      {
        name: 'a package asks for the name',
        facts: () =>
          facts({
            packages: [
              dist('old-tool', '1.0', { requires: ['sklearn'] }),
              dist('sklearn', '0.0')
            ]
          })
      }
    ]
  }
});
