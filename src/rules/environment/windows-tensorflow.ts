import {
  dist,
  facts,
  framework,
  gpu,
  gpus,
  noGpu,
  platform
} from '../../facts/build';
import type { IFacts } from '../../facts/facts.generated';
import { text } from '../../text/text';
import { compareVersions, publicVersion } from '../../versions/pep440';
import { frameworkName } from '../words';
import { defineRule } from '../types';

/** TensorFlow on native Windows. */
function windows(version: string | null, more: Partial<IFacts> = {}) {
  return () =>
    facts({
      platform: platform('win-amd64'),
      packages: [dist('tensorflow', version, { manager: 'pip' })],
      frameworks: [
        framework('tensorflow', version, { distribution: 'tensorflow' })
      ],
      gpu: gpus('551.61', '12.4', [gpu('NVIDIA GeForce RTX 4090', '8.9')]),
      ...more
    });
}

export default defineRule({
  id: 'windows-tensorflow',
  code: 'R71',
  since: '0.1.0',
  docs: {
    summary: 'TensorFlow after 2.10 computes on the CPU in native Windows.',
    what: 'Reads the version of TensorFlow on Windows, outside WSL. The DirectML plugin, and machines without an NVIDIA GPU, are left out.',
    why: 'TensorFlow 2.10 is the last release with GPU builds for native Windows.',
    example:
      "`tf.config.list_physical_devices('GPU')` is `[]`, without a word.",
    fix: 'Run the notebook in WSL2, where the Linux builds use the GPU.',
    safety: 'WSL2 is a Linux beside Windows, with an environment of its own.',
    references: ['tensorflow/docs site/en/install/pip.md']
  },
  messages: {
    cpu: {
      title: '%1 %2 has no GPU build for native Windows',
      why: 'It computes on the CPU; 2.10 was the last release that used a GPU here.'
    }
  },
  supersedes: ['cpu-build-on-gpu'],
  check(view, report) {
    const found = view.framework('tensorflow');
    const version = found?.value.version ?? null;
    const devices = view.gpus;
    if (
      view.facts.platform?.system !== 'Windows' ||
      !found ||
      version === null ||
      (compareVersions(publicVersion(version), '2.11') ?? -1) < 0 ||
      found.value.gpu_build === true ||
      devices?.length === 0 ||
      (devices === null && view.facts.gpu?.driver?.present === false) ||
      view.has('tensorflow-directml-plugin') ||
      view.seenWorking('tensorflow')
    ) {
      return;
    }
    const distribution = found.value.distribution ?? 'tensorflow';
    report({
      message: 'cpu',
      args: [frameworkName('tensorflow'), version],
      severity: 'info',
      about: [distribution, 'gpu'],
      evidence: [
        {
          text: text('%1 %2', distribution, version),
          path: `${found.path}/version`
        },
        { text: text('Windows'), path: '/platform/system' }
      ],
      fix: {
        commands: [
          'wsl --install',
          `wsl -- python3 -m pip install "tensorflow[and-cuda]==${publicVersion(version)}" ipykernel`
        ],
        where: 'terminal',
        restart: false,
        safety: 'review',
        note: text('The second command belongs into an environment inside WSL.')
      },
      stops: ['tensorflow']
    });
  },
  examples: {
    flagged: [
      {
        name: 'TensorFlow 2.15 on Windows with a GPU',
        facts: windows('2.15.1'),
        findings: [
          { message: 'cpu', severity: 'info', about: ['tensorflow', 'gpu'] }
        ]
      },
      {
        name: 'which GPU there is, is not known',
        facts: windows('2.18.0', {
          gpu: null,
          frameworks: [
            framework('tensorflow', '2.18.0', {
              distribution: 'tensorflow-intel',
              gpu_build: false
            })
          ]
        }),
        findings: [
          {
            message: 'cpu',
            severity: 'info',
            about: ['tensorflow-intel', 'gpu']
          }
        ]
      }
    ],
    clean: [
      { name: 'the last release with a GPU build', facts: windows('2.10.1') },
      {
        name: 'Linux',
        facts: windows('2.15.1', { platform: platform('linux-x86_64') })
      },
      { name: 'no GPU', facts: windows('2.15.1', { gpu: noGpu() }) },
      { name: 'the version is not known', facts: windows(null) },
      {
        name: 'the system is not known',
        facts: windows('2.15.1', { platform: null })
      },
      {
        name: 'the DirectML plugin',
        facts: windows('2.11.0', {
          packages: [
            dist('tensorflow', '2.11.0'),
            dist('tensorflow-directml-plugin', '0.4.0')
          ]
        })
      }
    ]
  }
});
