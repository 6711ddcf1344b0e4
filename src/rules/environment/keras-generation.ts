import { kerasForTensorflow, tfKerasFor } from '../../compat/keras';
import { dist, environment, facts } from '../../facts/build';
import type { IDistribution } from '../../facts/facts.generated';
import type { IPlaced, View } from '../../facts/view';
import { text } from '../../text/text';
import {
  compareVersions,
  publicVersion,
  releasePrefix
} from '../../versions/pep440';
import { condaOwns } from '../cuda';
import { demandsOn, installEach, meetsAll } from '../demands';
import { copiesOf, TENSORFLOW } from '../families';
import { defineRule, type IEvidence, type IFix } from '../types';
import { condaInstall, pipInstall } from '../words';

/** A package, with its version known. */
interface IKnown {
  readonly name: string;
  readonly version: string;
  readonly evidence: IEvidence;
}

function known(found: IPlaced<IDistribution> | null): IKnown | null {
  const version = found?.value.version ?? null;
  return found && version !== null
    ? {
        name: found.value.name,
        version,
        evidence: {
          text: text('%1 %2', found.value.name, version),
          path: `${found.path}/version`
        }
      }
    : null;
}

/** The TensorFlow that Python imports. */
function tensorflowOf(view: View): IKnown | null {
  const [copy] = copiesOf(view, TENSORFLOW);
  return copy ? known(view.dist(copy.name)) : null;
}

function atLeast(version: string, limit: string): boolean | null {
  const order = compareVersions(publicVersion(version), limit);
  return order === null ? null : order >= 0;
}

/** TensorFlow reads exactly these (KerasLazyLoader). */
function wantsLegacy(view: View): boolean {
  return ['1', 'true', 'True'].includes(
    view.environ('TF_USE_LEGACY_KERAS') ?? ''
  );
}

/** What transformers takes for yes (utils/import_utils.py). */
const YES: readonly string[] = ['1', 'ON', 'YES', 'TRUE'];

/** Whether transformers is told to do without TensorFlow. */
function leavesTensorflowOut(view: View): boolean {
  const tensorflow = (view.environ('USE_TF') ?? 'AUTO').toUpperCase();
  const torch = (view.environ('USE_TORCH') ?? 'AUTO').toUpperCase();
  return YES.includes(torch) || ![...YES, 'AUTO'].includes(tensorflow);
}

/** tf-keras of the release of TensorFlow. */
function addTfKeras(view: View, tensorflow: IKnown): IFix {
  const release = releasePrefix(tensorflow.version, 2) ?? '';
  const specifier = tfKerasFor(tensorflow.version)?.value ?? '';
  // tf-keras requires the name `tensorflow`, which other builds do not have.
  const options = tensorflow.name === 'tensorflow' ? [] : ['--no-deps'];
  return {
    commands: [
      condaOwns(view, tensorflow.name)
        ? condaInstall([`tf-keras=${release}`])
        : pipInstall(view, [`tf-keras${specifier}`], options)
    ],
    where: 'cell',
    restart: true,
    safety: 'safe'
  };
}

/** The Keras that goes with this TensorFlow, where everybody here accepts one. */
function changeKeras(view: View, tensorflow: IKnown): IFix | null {
  const release = releasePrefix(tensorflow.version, 2);
  const old = atLeast(tensorflow.version, '2.16') === false;
  const demands = demandsOn(view, 'keras').map(one => one.specifier);
  const wanted =
    kerasForTensorflow(tensorflow.version)?.value ??
    (old ? `==${release}.*` : '>=3');
  const first = old ? `${release}.0` : '3.5.0';
  // 3.5.0 stands for the newest here, so only an upper limit of somebody can refuse it.
  if (meetsAll(first, demands)) {
    return installEach(view, [{ name: 'keras', specifier: wanted }]);
  }
  return {
    commands: [
      condaOwns(view, tensorflow.name)
        ? `%conda update ${view.owner(tensorflow.name)?.value.name ?? tensorflow.name}`
        : pipInstall(view, [tensorflow.name], ['--upgrade'])
    ],
    where: 'cell',
    restart: true,
    safety: 'review',
    note: text('Other packages here need this generation of Keras.')
  };
}

export default defineRule({
  id: 'keras-generation',
  code: 'R29',
  since: '0.1.0',
  docs: {
    summary: 'Keras is of another generation than TensorFlow or transformers.',
    what: 'Compares the major version of Keras with the release of TensorFlow: 2.5 to 2.14 take `tf.keras` from modules that only Keras 2 has, 2.15 takes it from either, from 2.16 on Keras 3 is asked for. With Keras 3 it also looks for `tf-keras`, which transformers 4 and `TF_USE_LEGACY_KERAS` need.',
    why: 'Keras 3 is another program under the same name: `tf.keras` of an old TensorFlow, and the TensorFlow models of transformers 4, cannot use it.',
    example:
      '`ValueError: Your currently installed version of Keras is Keras 3, but this is not yet supported in Transformers. Please install the backwards-compatible tf-keras package with `pip install tf-keras`.`; `ImportError: Keras cannot be imported. Check that it is installed.`',
    fix: 'Install `tf-keras` of the release of TensorFlow, or the Keras that TensorFlow asks for.',
    safety:
      '`tf-keras` is a package of its own and changes nothing else. A change of `keras` concerns all code that imports it.',
    references: [
      'huggingface/transformers#34761',
      'huggingface/transformers#36410',
      'tensorflow/tensorflow: release notes of 2.16.1'
    ]
  },
  messages: {
    transformers: {
      title: 'transformers %1 cannot use Keras %2',
      why: 'Importing its trainer or a TensorFlow model raises a ValueError, as tf-keras is missing.'
    },
    legacy: {
      title: 'TF_USE_LEGACY_KERAS is set, but tf-keras is missing',
      why: '`tf.keras` of TensorFlow %1 cannot be imported.'
    },
    newer: {
      title: 'Keras %2 is too new for TensorFlow %1',
      why: '`tf.keras` of that release takes its code from Keras 2, and fails with Keras 3.'
    },
    older: {
      title: 'Keras %2 is too old for TensorFlow %1',
      why: '`tf.keras` of that release is made for Keras 3.'
    }
  },
  supersedes: ['unmet-requirement'],
  check(view, report) {
    // All that is said needs one of them, or the variable.
    if (!view.has('keras') && !wantsLegacy(view)) {
      return;
    }
    const tensorflow = tensorflowOf(view);
    if (!tensorflow) {
      return;
    }
    const keras = known(view.dist('keras'));
    // From 2.15 on TensorFlow takes the Keras that it finds (KerasLazyLoader).
    const routed = atLeast(tensorflow.version, '2.15.0rc0');
    const three = atLeast(tensorflow.version, '2.16.0rc0');
    const split = atLeast(tensorflow.version, '2.5');
    const isThree = keras && atLeast(keras.version, '3.0.0rc0');
    if (keras && routed === false && split && isThree) {
      report({
        message: 'newer',
        args: [tensorflow.version, keras.version],
        severity: 'error',
        about: [tensorflow.name, 'keras'],
        evidence: [tensorflow.evidence, keras.evidence],
        fix: changeKeras(view, tensorflow)
      });
      return;
    }
    if (keras && three && isThree === false) {
      report({
        message: 'older',
        args: [tensorflow.version, keras.version],
        severity: 'warning',
        about: [tensorflow.name, 'keras'],
        evidence: [tensorflow.evidence, keras.evidence],
        fix: changeKeras(view, tensorflow)
      });
      return;
    }
    if (!routed || view.has('tf-keras') !== false) {
      return;
    }
    if (wantsLegacy(view)) {
      report({
        message: 'legacy',
        args: [tensorflow.version],
        severity: 'warning',
        about: [tensorflow.name, 'tf-keras'],
        evidence: [
          tensorflow.evidence,
          {
            text: text(
              'TF_USE_LEGACY_KERAS=%1',
              view.environ('TF_USE_LEGACY_KERAS') ?? ''
            ),
            path: '/environ/TF_USE_LEGACY_KERAS'
          }
        ],
        fix: addTfKeras(view, tensorflow)
      });
      return;
    }
    const transformers = known(view.dist('transformers'));
    if (
      keras &&
      isThree &&
      transformers &&
      atLeast(transformers.version, '5.0.0.dev0') === false &&
      !leavesTensorflowOut(view)
    ) {
      report({
        message: 'transformers',
        args: [transformers.version, keras.version],
        severity: 'warning',
        about: ['transformers', 'keras', 'tf-keras', tensorflow.name],
        evidence: [transformers.evidence, keras.evidence, tensorflow.evidence],
        fix: addTfKeras(view, tensorflow)
      });
    }
  },
  examples: {
    flagged: [
      {
        name: 'transformers 4 beside Keras 3, without tf-keras',
        facts: () =>
          facts({
            environment: environment('venv'),
            packages: [
              dist('tensorflow', '2.18.0', { manager: 'pip' }),
              dist('keras', '3.6.0', { manager: 'pip' }),
              dist('transformers', '4.46.3', { manager: 'pip' })
            ]
          }),
        findings: [
          {
            message: 'transformers',
            severity: 'warning',
            about: ['transformers', 'keras', 'tf-keras', 'tensorflow']
          }
        ]
      },
      {
        name: 'the variable asks for tf-keras, which is not there',
        facts: () =>
          facts({
            packages: [
              dist('tensorflow-cpu', '2.17.1', { manager: 'pip' }),
              dist('keras', '3.5.0', { manager: 'pip' })
            ],
            environ: { TF_USE_LEGACY_KERAS: '1' }
          }),
        findings: [
          {
            message: 'legacy',
            severity: 'warning',
            about: ['tensorflow-cpu', 'tf-keras']
          }
        ]
      },
      {
        name: 'Keras 3 under a TensorFlow that takes its code from Keras 2',
        facts: () =>
          facts({
            packages: [
              dist('tensorflow', '2.13.1', {
                manager: 'pip',
                requires: ['keras<2.14,>=2.13.1']
              }),
              dist('keras', '3.0.5', { manager: 'pip' })
            ]
          }),
        findings: [
          {
            message: 'newer',
            severity: 'error',
            about: ['tensorflow', 'keras']
          }
        ]
      },
      {
        name: 'Keras 2 left behind by an upgrade of TensorFlow',
        facts: () =>
          facts({
            packages: [
              dist('tensorflow', '2.16.1', { manager: 'pip' }),
              dist('keras', '2.15.0', { manager: 'pip' })
            ]
          }),
        findings: [
          {
            message: 'older',
            severity: 'warning',
            about: ['tensorflow', 'keras']
          }
        ]
      }
    ],
    clean: [
      {
        name: 'TensorFlow 2.15 takes Keras 3 where it finds it',
        facts: () =>
          facts({
            packages: [
              dist('tensorflow', '2.15.1'),
              dist('keras', '3.0.5'),
              dist('transformers', '5.0.0')
            ]
          })
      },
      {
        name: 'versions are not known; Keras alone',
        facts: () =>
          facts({
            packages: [
              dist('tensorflow', null),
              dist('keras', '3.6.0'),
              dist('transformers', '4.46.3')
            ]
          })
      },
      {
        name: 'with tf-keras beside it',
        facts: () =>
          facts({
            packages: [
              dist('tensorflow', '2.18.0'),
              dist('keras', '3.6.0'),
              dist('tf-keras', '2.18.0'),
              dist('transformers', '4.46.3')
            ],
            environ: { TF_USE_LEGACY_KERAS: '1' }
          })
      },
      {
        name: 'transformers 5; transformers 4 that is told to leave TensorFlow out',
        facts: () =>
          facts({
            packages: [
              dist('tensorflow', '2.20.0'),
              dist('keras', '3.12.0'),
              dist('transformers', '4.57.1')
            ],
            environ: { USE_TF: '0' }
          })
      },
      {
        name: 'a TensorFlow with a Keras of its own, and Keras 3 for others',
        facts: () =>
          facts({
            packages: [
              dist('tensorflow', '2.4.4'),
              dist('keras', '3.6.0'),
              dist('transformers', '4.30.0')
            ]
          })
      }
    ]
  }
});
