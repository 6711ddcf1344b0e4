import { dist, facts, framework, platform } from '../../facts/build';
import { plan, request, row } from '../../plan/build';
import { samePublicVersion } from '../../versions/pep440';
import { asker, causeEvidence, moveEvidence, shown } from './say';
import { defineInstallRule } from './types';

export default defineInstallRule({
  id: 'torch-swap',
  code: 'P01',
  since: '0.1.0',
  docs: {
    summary: 'PyTorch would be replaced, although nobody asked for it.',
    what: 'Looks for a row of the plan that changes the version or the build (the local label, `+cu121`) of an installed PyTorch, when no command of the cell names `torch`.',
    why: 'Everything compiled against PyTorch (torchvision, torchaudio, extensions) loads with one version only, and the new build can be for another CUDA than the driver serves.',
    example:
      '`%pip install xformers==0.0.26.post1` replaces torch 2.3.1+cu121 by 2.3.0: `torchvision 0.18.1+cu121 requires torch==2.3.1, but you have torch 2.3.0 which is incompatible`; later `operator torchvision::nms does not exist`.',
    fix: 'Ask for the release of the package that was made for the installed PyTorch, or install it without its requirements when they are all there.',
    safety: 'The installed PyTorch stays as it is.',
    references: [
      'facebookresearch/xformers#1052',
      'facebookresearch/xformers#752',
      'vladmandic/sdnext#3531',
      'Comfy-Org/ComfyUI#77'
    ]
  },
  messages: {
    version: {
      title: 'PyTorch %1 would be replaced by %2',
      why: '%3 brings another PyTorch; packages that were compiled against %1 stop loading.'
    },
    build: {
      title: 'PyTorch %1 would be replaced by the build %2',
      why: '%3 brings a build for another CUDA; packages that were compiled against %1 stop loading.'
    }
  },
  supersedes: ['torch-family-mismatch'],
  check({ change }, report) {
    const found = change.row('torch');
    if (!found || change.isAsked('torch')) {
      return;
    }
    const { from, to } = found.value;
    if (from === null || to === null || from === to) {
      return;
    }
    report({
      message: samePublicVersion(from, to) === true ? 'build' : 'version',
      args: [from, shown(to), asker(change, 'torch')],
      severity: 'block',
      subject: 'torch',
      about: ['torch'],
      evidence: [moveEvidence(found), ...causeEvidence(change, 'torch')]
    });
  },
  examples: {
    flagged: [
      {
        name: 'a package that pins another PyTorch',
        input: () => ({
          facts: facts({
            packages: [dist('torch', '2.3.1+cu121', { manager: 'pip' })]
          }),
          requests: [request(['xformers==0.0.26.post1'])],
          plan: plan([
            row('torch', '2.3.1+cu121', '2.3.0'),
            row('xformers', null, '0.0.26.post1', {
              requires: ['torch==2.3.0']
            })
          ])
        }),
        risks: [{ message: 'version', severity: 'block', about: ['torch'] }]
      },
      {
        name: 'the same version for another CUDA',
        input: () => ({
          facts: facts({
            platform: platform('linux-x86_64'),
            packages: [dist('torch', '2.5.1+cu118', { manager: 'pip' })],
            frameworks: [
              framework('torch', '2.5.1+cu118', {
                cuda: '11.8',
                local: 'cu118'
              })
            ]
          }),
          requests: [request(['auto-gptq'])],
          plan: plan([
            row('auto-gptq', null, '0.7.1'),
            row('torch', '2.5.1+cu118', '2.5.1+cu124')
          ])
        }),
        risks: [{ message: 'build', severity: 'block', about: ['torch'] }]
      }
    ],
    clean: [
      {
        name: 'torch is asked for by name',
        input: () => ({
          facts: facts({ packages: [dist('torch', '2.3.1+cu121')] }),
          requests: [request(['torch==2.5.1', 'torchvision==0.20.1'])],
          plan: plan([
            row('torch', '2.3.1+cu121', '2.5.1'),
            row('torchvision', null, '0.20.1')
          ])
        })
      },
      {
        name: 'torch is new here',
        input: () => ({
          facts: facts({ packages: [dist('numpy', '1.26.4')] }),
          requests: [request(['sentence-transformers'])],
          plan: plan([
            row('sentence-transformers', null, '5.1.0', {
              requires: ['torch>=1.11.0']
            }),
            row('torch', null, '2.8.0')
          ])
        })
      },
      {
        name: 'a package that is content with the installed one',
        input: () => ({
          facts: facts({ packages: [dist('torch', '2.3.1+cu121')] }),
          requests: [request(['timm'])],
          plan: plan([row('timm', null, '1.0.15', { requires: ['torch'] })])
        })
      }
    ]
  }
});
