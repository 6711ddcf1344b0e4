import { dist, environment, facts } from '../../facts/build';
import type { IDistribution } from '../../facts/facts.generated';
import { text } from '../../text/text';
import { satisfies } from '../../versions/pep440';
import { defineRule } from '../types';
import { pipInstall, pipUninstall } from '../words';

/** A name on PyPI that is not the package people mean. */
interface IDecoy {
  /** The right distribution. */
  readonly real: string;
  /** What to install, where that is not the bare name. */
  readonly install?: string;
  /** Only these versions are decoys. */
  readonly versions?: string;
}

const DECOYS: Readonly<Record<string, IDecoy>> = {
  sklearn: { real: 'scikit-learn' },
  skimage: { real: 'scikit-image' },
  pytorch: { real: 'torch' },
  cv2: { real: 'opencv-python' },
  'tensorflow-gpu': {
    real: 'tensorflow',
    install: 'tensorflow[and-cuda]',
    versions: '>=2.12'
  }
};

function decoyOf({ name, version, manager }: IDistribution): IDecoy | null {
  const decoy = Object.prototype.hasOwnProperty.call(DECOYS, name)
    ? DECOYS[name]
    : null;
  // conda has packages of its own under such names.
  if (!decoy || version === null || manager === 'conda') {
    return null;
  }
  return decoy.versions === undefined ||
    satisfies(version, decoy.versions) === true
    ? decoy
    : null;
}

export default defineRule({
  id: 'decoys',
  code: 'R31',
  since: '0.1.0',
  docs: {
    summary:
      'A distribution has the name that people guess, and not the code that they mean.',
    what: 'Looks for `sklearn`, `skimage`, `pytorch`, `cv2`, and `tensorflow-gpu` from 2.12 on, which hold a notice or nothing at all. Silent where another installed package asks for that name, because then it must stay.',
    why: 'The name holds no code, and an install or upgrade of it fails with a notice.',
    example:
      "`The \"tensorflow-gpu\" package has been removed!`; `The 'sklearn' PyPI package is deprecated, use 'scikit-learn' rather than 'sklearn' for pip commands.`",
    fix: 'Uninstall it, and install the package itself where it is not there.',
    safety: 'The decoy has no code that could be missed.',
    references: ['PyPI: pages of sklearn, pytorch and tensorflow-gpu']
  },
  messages: {
    missing: {
      title: '%1 is not %2',
      why: 'The distribution %1 holds no code, and %2 is not installed.'
    },
    beside: {
      title: '%1 is an empty name beside %2',
      why: 'The distribution %1 holds no code, and an install or upgrade of it fails.'
    }
  },
  check(view, report) {
    for (const [name, [{ value, path }]] of view.names()) {
      const decoy = decoyOf(value);
      const asked =
        decoy !== null &&
        [...view.names()].some(([, [one]]) =>
          view.requirements(one.value).some(r => r.name === name)
        );
      if (!decoy || asked) {
        continue;
      }
      const there = view.has(decoy.real);
      report({
        message: there ? 'beside' : 'missing',
        args: [name, decoy.real],
        severity: 'info',
        about: [name, decoy.real],
        evidence: [{ text: text('%1 %2', name, value.version ?? '?'), path }],
        fix: {
          commands: [
            pipUninstall(view, [name]),
            ...(there ? [] : [pipInstall(view, [decoy.install ?? decoy.real])])
          ],
          where: 'cell',
          restart: false,
          safety: 'safe'
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
