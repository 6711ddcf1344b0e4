import { dist, facts } from '../../facts/build';
import { plan, request, row } from '../../plan/build';
import { releasePrefix, satisfies } from '../../versions/pep440';
import { asker, causeEvidence, moveEvidence, shown } from './say';
import { defineInstallRule } from './types';

/** Frameworks: another minor is another program. torch has a rule of its own. */
const FRAMEWORKS =
  /^(tensorflow(-(cpu|gpu|macos|intel))?|jax|jaxlib|keras|tf-keras|cupy(-.+)?|xformers|flash-attn|vllm|mmcv(-full)?)$/;

/** Libraries whose next major changes the functions that notebooks call. */
const LIBRARIES =
  /^(transformers|huggingface-hub|pandas|scikit-learn|pydantic|sqlalchemy|pytorch-lightning|lightning|datasets|accelerate|diffusers|langchain|openai|gradio|spacy)$/;

export default defineInstallRule({
  id: 'framework-moved',
  code: 'P23',
  since: '0.1.0',
  docs: {
    summary:
      'A framework or a widely used library would move along with something else.',
    what: 'Looks for frameworks that change their major or minor version, and for libraries that change their major version, when no command names them.',
    why: 'Code and saved models of the notebook were written for the installed version.',
    example:
      '`%pip install sentence-transformers` takes transformers from 4.40 to 5.x: `TypeError: … got an unexpected keyword argument ‘cache_folder’`.',
    fix: 'Ask for a release of the package that is content with the installed version.',
    safety: 'The installed version stays.',
    references: ['huggingface/transformers#34761']
  },
  messages: {
    framework: {
      title: '%1 would go from %2 to %3',
      why: '%4 brings another release of a framework that nobody asked for.'
    },
    keras: {
      title: 'Keras would go from %1 to %2',
      why: '%3 work with Keras 2, and tf-keras, which holds it, is not installed.'
    },
    library: {
      title: '%1 would go from %2 to %3',
      why: '%4 brings another major version, which changes functions that code here can call.'
    }
  },
  check({ before, after, change }, report) {
    const keras = change.row('keras');
    const users = ['transformers', 'tensorflow-addons'].filter(name => {
      const version = after.dist(name)?.value.version ?? null;
      return version !== null && satisfies(version, '<5') === true;
    });
    if (
      keras?.value.from &&
      keras.value.to &&
      satisfies(keras.value.from, '<3') === true &&
      satisfies(keras.value.to, '>=3') === true &&
      change.isExpected('keras') &&
      before.has('tensorflow') === true &&
      after.has('tf-keras') === false &&
      users.length > 0
    ) {
      report({
        message: 'keras',
        args: [keras.value.from, keras.value.to, users.join(', ')],
        severity: 'warn',
        subject: 'keras',
        about: ['keras', ...users],
        evidence: [moveEvidence(keras), ...causeEvidence(change, 'keras')]
      });
    }
    for (const found of change.moved) {
      const { name, from, to } = found.value;
      const framework = FRAMEWORKS.test(name);
      if (
        (!framework && !LIBRARIES.test(name)) ||
        change.isExpected(name) ||
        !from ||
        !to ||
        (change.direction(found) ?? 0) <= 0
      ) {
        continue;
      }
      const count = framework ? 2 : 1;
      const old = releasePrefix(from, count);
      const next = releasePrefix(to, count);
      if (old === null || next === null || old === next) {
        continue;
      }
      report({
        message: framework ? 'framework' : 'library',
        args: [name, shown(from), shown(to), asker(change, name)],
        severity: 'warn',
        subject: name,
        about: [name],
        evidence: [moveEvidence(found), ...causeEvidence(change, name)]
      });
    }
  },
  examples: {
    flagged: [
      {
        name: 'TensorFlow moves with an add-on',
        input: () => ({
          facts: facts({ packages: [dist('tensorflow', '2.15.1')] }),
          requests: [request(['tensorflow-text'])],
          plan: plan([
            row('tensorflow-text', null, '2.20.1', {
              requires: ['tensorflow<2.21,>=2.20.0']
            }),
            row('tensorflow', '2.15.1', '2.20.0')
          ])
        }),
        risks: [
          { message: 'framework', severity: 'warn', about: ['tensorflow'] }
        ]
      },
      {
        name: 'Keras 3 comes with the TensorFlow that was asked for',
        input: () => ({
          facts: facts({
            packages: [
              dist('tensorflow', '2.15.1', { requires: ['keras<2.16,>=2.15'] }),
              dist('keras', '2.15.0'),
              dist('transformers', '4.41.0')
            ]
          }),
          requests: [request(['tensorflow'], { options: { upgrade: true } })],
          plan: plan([
            row('tensorflow', '2.15.1', '2.18.0', { requires: ['keras>=3.5'] }),
            row('keras', '2.15.0', '3.8.0')
          ])
        }),
        risks: [
          {
            message: 'keras',
            severity: 'warn',
            about: ['keras', 'transformers']
          }
        ]
      },
      {
        name: 'transformers takes a major step',
        input: () => ({
          facts: facts({ packages: [dist('transformers', '4.40.2')] }),
          requests: [request(['sentence-transformers'])],
          plan: plan([
            row('sentence-transformers', null, '6.2.0'),
            row('transformers', '4.40.2', '5.23.0')
          ])
        }),
        risks: [
          { message: 'library', severity: 'warn', about: ['transformers'] }
        ]
      }
    ],
    clean: [
      {
        name: 'a patch release',
        input: () => ({
          facts: facts({ packages: [dist('tensorflow', '2.15.0')] }),
          requests: [request(['tensorflow-text'])],
          plan: plan([
            row('tensorflow-text', null, '2.15.0'),
            row('tensorflow', '2.15.0', '2.15.1')
          ])
        })
      },
      {
        name: 'asked for by name',
        input: () => ({
          facts: facts({ packages: [dist('pandas', '2.2.3')] }),
          requests: [request(['pandas'], { options: { upgrade: true } })],
          plan: plan([row('pandas', '2.2.3', '3.0.1')])
        })
      },
      {
        name: 'the version is not known',
        input: () => ({
          facts: facts({ packages: [dist('keras', null)] }),
          requests: [request(['keras-cv'])],
          plan: plan([row('keras', null, '3.6.0')])
        })
      }
    ]
  }
});
