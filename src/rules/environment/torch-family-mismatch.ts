import { pairsWithTorch, torchDefaultCuda } from '../../compat/torch';
import {
  dist,
  facts,
  framework,
  gpus,
  noGpu,
  platform,
  record
} from '../../facts/build';
import type { View } from '../../facts/view';
import { text } from '../../text/text';
import { cudaOfLabel } from '../../versions/cuda';
import {
  localLabel,
  publicVersion,
  releasePrefix,
  satisfies
} from '../../versions/pep440';
import { condaOwns, cudaMinor, wheelPlatform } from '../cuda';
import { COMPANIONS, torchFamily, uvTorch } from '../gpuFix';
import { defineRule, type IEvidence, type IFix } from '../types';
import { condaInstall, pipInstall, pipUninstall } from '../words';

interface IMember {
  name: string;
  version: string;
  /** `cpu` or a CUDA version; null when not known. */
  computes: string | null;
  evidence: IEvidence;
}

/** A member of the family: its own files know more (the label) than its metadata. */
function member(view: View, name: string): IMember | null {
  const found = view.framework(name);
  const dist = view.dist(name);
  const version = found?.value.version ?? dist?.value.version ?? null;
  const path = found?.value.version ? found.path : dist?.path;
  if (version === null || path === undefined) {
    return null;
  }
  const label =
    found?.value.local ??
    localLabel(version) ??
    localLabel(dist?.value.version ?? '');
  return {
    name,
    version,
    computes:
      label === 'cpu' || found?.value.backend === 'cpu'
        ? 'cpu'
        : (cudaOfLabel(label) ?? cudaMinor(found?.value.cuda ?? '')),
    evidence: {
      text: text(
        '%1 %2 (%3)',
        name,
        version,
        found?.value.source ?? 'metadata'
      ),
      path: `${path}/version`
    }
  };
}

/** The last torchtext asks for any later torch, but its compiled part loads with one alone. */
const LAST_TORCHTEXT = {
  release: '0.18',
  value: '==2.3.*',
  source: 'pytorch/text#2288'
};

/** What the companion asks of torch, when the installed torch is not that; null when all is well or unknown. */
function refusal(view: View, torch: IMember, one: IMember): IEvidence | null {
  const dist = view.dist(one.name);
  const pins = dist
    ? view
        .requirements(dist.value)
        .filter(r => r.name === 'torch' && r.specifier !== '')
    : [];
  for (const { specifier } of pins) {
    const version = specifier.includes('+')
      ? torch.version
      : publicVersion(torch.version);
    if (satisfies(version, specifier) === false) {
      return {
        text: text('%1 %2 requires torch%3', one.name, one.version, specifier),
        path: `${dist?.path}/requires`
      };
    }
  }
  const last =
    one.name === 'torchtext' &&
    releasePrefix(one.version, 2) === LAST_TORCHTEXT.release
      ? LAST_TORCHTEXT
      : null;
  // Its metadata outrank the table; conda rebuilds old companions for new releases.
  if (
    (pins.length > 0 && !last) ||
    (condaOwns(view, one.name) && condaOwns(view, 'torch'))
  ) {
    return null;
  }
  const pair = last ?? pairsWithTorch(one.name, one.version);
  const plain = publicVersion(torch.version);
  return pair &&
    /^[\d.]+$/.test(plain) &&
    satisfies(plain, pair.value) === false
    ? {
        text: text(
          '%1 %2 was released for torch%3 (%4)',
          one.name,
          one.version,
          pair.value,
          pair.source
        ),
        path: one.evidence.path
      }
    : null;
}

/** The name of uv's backend: `cpu` or `cu121`. */
function backend(computes: string): string {
  return computes === 'cpu' ? 'cpu' : `cu${computes.replace('.', '')}`;
}

/** Name of the channel that torch came from; records may hold its whole address. */
function channelOf(view: View): string {
  const parts = (view.record('pytorch')?.value.channel ?? '')
    .split('/')
    .filter(
      part => part !== '' && !/^(?:noarch|(?:linux|osx|win)-\w+)$/.test(part)
    );
  const name = parts.pop() ?? '';
  return parts.includes('pkgs')
    ? 'defaults'
    : /^[A-Za-z0-9._-]+$/.test(name)
      ? name
      : 'conda-forge';
}

function fixOf(view: View, torch: IMember, wrong: readonly IMember[]): IFix {
  const version = publicVersion(torch.version);
  const names = wrong.map(one => one.name);
  const rest = { where: 'cell', restart: true, safety: 'review' } as const;
  if (condaOwns(view, 'torch')) {
    const wheels = names.filter(name => !condaOwns(view, name));
    return {
      ...rest,
      commands: [
        ...(wheels.length > 0 ? [pipUninstall(view, wheels)] : []),
        condaInstall([`pytorch=${version}`, ...names], ['-c', channelOf(view)])
      ]
    };
  }
  const family = torchFamily(view, version);
  const plain =
    wheelPlatform(view) === 'windows'
      ? 'cpu'
      : (torchDefaultCuda(version)?.value ?? null);
  if (torch.computes !== null && torch.computes !== plain) {
    return {
      ...rest,
      commands: uvTorch(view, family, backend(torch.computes))
    };
  }
  return {
    ...rest,
    // pip takes another build of the same version for the one asked for, so the companions must go first.
    commands: [pipUninstall(view, names), pipInstall(view, family)]
  };
}

export default defineRule({
  id: 'torch-family-mismatch',
  code: 'R37',
  since: '0.1.0',
  docs: {
    summary:
      'torchvision, torchaudio or torchtext was built for another PyTorch.',
    what: 'Compares the installed PyTorch with what the metadata of its companions require, and, where they require nothing, with the release pairs of the tables. Then compares the builds: CUDA version against CUDA version, CUDA against CPU. Wheels of torchtext are CPU builds for every PyTorch, so they are left out there.',
    why: 'The companions are compiled against one PyTorch: their operators do not load in another.',
    example:
      '`RuntimeError: operator torchvision::nms does not exist`; `OSError: libtorchaudio.so: undefined symbol: _ZN3c10…`; `Detected that PyTorch and torchvision were compiled with different CUDA major versions.`',
    fix: 'Install the companions that were released for this PyTorch, as the same build.',
    safety: 'PyTorch keeps its version and its build; the companions change.',
    references: [
      'pytorch/vision#9174',
      'pytorch/vision#8985',
      'vladmandic/sdnext#3531',
      'facebookresearch/xformers#1052'
    ]
  },
  messages: {
    release: {
      title: 'PyTorch %2 does not fit %1',
      why: 'The compiled operators of %1 do not load with PyTorch %2.'
    },
    build: {
      title: 'PyTorch %2 is another build than %1',
      why: 'The compiled operators of %1 need other CUDA libraries than PyTorch %2 loads.'
    }
  },
  supersedes: ['unmet-requirement'],
  check(view, report) {
    const torch = member(view, 'torch');
    if (!torch) {
      return;
    }
    const companions = COMPANIONS.flatMap(name =>
      view.seenWorking(name) ? [] : (member(view, name) ?? [])
    );
    const say = (
      message: 'release' | 'build',
      wrong: readonly IMember[],
      evidence: readonly IEvidence[]
    ) => {
      if (wrong.length > 0) {
        report({
          message,
          args: [
            wrong.map(one => `${one.name} ${one.version}`).join(', '),
            torch.version
          ],
          severity: 'error',
          about: ['torch', ...wrong.map(one => one.name)],
          evidence: [torch.evidence, ...evidence],
          fix: fixOf(view, torch, wrong),
          stops: wrong.map(one => one.name)
        });
      }
    };
    const refused = companions.flatMap(one => {
      const evidence = refusal(view, torch, one);
      return evidence ? [{ one, evidence }] : [];
    });
    say(
      'release',
      refused.map(r => r.one),
      refused.map(r => r.evidence)
    );
    const other = companions.filter(
      one =>
        one.name !== 'torchtext' &&
        // conda's solver has paired the builds, and its build strings are coarser than the versions.
        !(condaOwns(view, one.name) && condaOwns(view, 'torch')) &&
        !refused.some(r => r.one === one) &&
        one.computes !== null &&
        torch.computes !== null &&
        one.computes !== torch.computes
    );
    say(
      'build',
      other,
      other.map(one => one.evidence)
    );
  },
  examples: {
    flagged: [
      {
        name: 'the last torchtext, which asks for any later torch',
        facts: () =>
          facts({
            packages: [
              dist('torch', '2.6.0+cu124', { manager: 'pip' }),
              dist('torchtext', '0.18.0', {
                manager: 'pip',
                requires: ['torch>=2.3.0']
              })
            ]
          }),
        findings: [
          {
            message: 'release',
            severity: 'error',
            about: ['torch', 'torchtext']
          }
        ]
      },
      {
        name: 'torch moved, its companions require the old one',
        facts: () =>
          facts({
            platform: platform('linux-x86_64'),
            packages: [
              dist('torch', '2.3.0', { manager: 'pip' }),
              dist('torchvision', '0.18.1+cu121', {
                manager: 'pip',
                requires: ['numpy', 'torch (==2.3.1)']
              }),
              dist('torchaudio', '2.3.1+cu121', {
                manager: 'pip',
                requires: ['torch==2.3.1']
              })
            ]
          }),
        findings: [
          {
            message: 'release',
            severity: 'error',
            about: ['torch', 'torchvision', 'torchaudio']
          }
        ]
      },
      {
        name: "a wheel of torchvision over conda's torch",
        facts: () =>
          facts({
            packages: [
              dist('torch', '2.3.0', { manager: 'conda' }),
              dist('torchvision', '0.18.1', {
                manager: 'pip',
                requires: ['torch==2.3.1']
              })
            ],
            conda: {
              present: true,
              records: [
                record('pytorch', '2.3.0', {
                  channel: 'https://conda.example.org/pytorch/linux-64',
                  python_name: 'torch'
                })
              ],
              last_change: null,
              pinned: null
            }
          }),
        findings: [
          {
            message: 'release',
            severity: 'error',
            about: ['torch', 'torchvision']
          }
        ]
      },
      {
        name: 'no requirement in the metadata: by the table',
        facts: () =>
          facts({
            packages: [
              dist('torch', '2.1.0', { manager: 'pip' }),
              dist('torchvision', '0.18.0', {
                manager: 'pip',
                requires: ['numpy', 'torch']
              })
            ]
          }),
        findings: [
          {
            message: 'release',
            severity: 'error',
            about: ['torch', 'torchvision']
          }
        ]
      },
      {
        name: 'a CPU torchvision beside a CUDA torch',
        facts: () =>
          facts({
            packages: [
              dist('torch', '2.3.1+cu121'),
              dist('torchvision', '0.18.1+cpu', { requires: ['torch==2.3.1'] })
            ],
            gpu: noGpu()
          }),
        findings: [
          {
            message: 'build',
            severity: 'error',
            about: ['torch', 'torchvision']
          }
        ]
      },
      {
        name: 'two CUDA versions, from version.py',
        facts: () =>
          facts({
            platform: platform('linux-x86_64'),
            packages: [
              dist('torch', '2.5.1'),
              dist('torchaudio', '2.5.1', { requires: ['torch==2.5.1'] })
            ],
            frameworks: [
              framework('torch', '2.5.1+cu118', {
                cuda: '11.8',
                local: 'cu118',
                source: 'torch/version.py'
              }),
              framework('torchaudio', '2.5.1+cu124', {
                cuda: '12.4',
                local: 'cu124'
              })
            ],
            gpu: gpus('550.90.07', '12.4', null)
          }),
        findings: [
          {
            message: 'build',
            severity: 'error',
            about: ['torch', 'torchaudio']
          }
        ]
      }
    ],
    clean: [
      {
        name: 'the pair that was released together',
        facts: () =>
          facts({
            packages: [
              dist('torch', '2.5.1+cu124'),
              dist('torchvision', '0.20.1+cu124', {
                requires: ['torch (==2.5.1)']
              }),
              dist('torchaudio', '2.5.1+cu124', {
                requires: ['torch (==2.5.1)']
              })
            ]
          })
      },
      {
        name: 'releases that no table knows',
        facts: () =>
          facts({
            packages: [
              dist('torch', '3.1.0'),
              dist('torchvision', '0.45.0', { requires: ['torch'] })
            ]
          })
      },
      {
        name: 'an unlabelled torchvision beside a labelled torch',
        facts: () =>
          facts({
            packages: [
              dist('torch', '2.3.1+cu121'),
              dist('torchvision', '0.18.1', { requires: ['torch==2.3.1'] })
            ]
          })
      },
      {
        name: 'torchtext, which is a CPU build for every torch',
        facts: () =>
          facts({
            packages: [
              dist('torch', '2.2.2+cu121'),
              dist('torchtext', '0.17.2+cpu', { requires: ['torch==2.2.2'] })
            ]
          })
      },
      {
        name: "a vendor's build from source",
        facts: () =>
          facts({
            packages: [
              dist('torch', '2.6.0a0+df5bbc09d1.nv24.11', { manager: 'pip' }),
              dist('torchvision', '0.20.0a0', {
                manager: 'pip',
                requires: ['torch']
              })
            ]
          })
      },
      {
        name: "conda's rebuild of an older torchvision",
        facts: () =>
          facts({
            packages: [
              dist('torch', '2.7.1', { manager: 'conda' }),
              dist('torchvision', '0.21.0', {
                manager: 'conda',
                requires: ['torch']
              })
            ]
          })
      },
      {
        name: "conda's builds for two minors of CUDA",
        facts: () =>
          facts({
            packages: [
              dist('torch', '2.5.1', { manager: 'conda' }),
              dist('torchvision', '0.20.1', { manager: 'conda' })
            ],
            frameworks: [
              framework('torch', '2.5.1', { cuda: '12.6' }),
              framework('torchvision', '0.20.1', { cuda: '12.0' })
            ]
          })
      },
      {
        name: 'torch is not installed',
        facts: () =>
          facts({
            packages: [
              dist('torchvision', '0.18.1', { requires: ['torch==2.3.1'] })
            ]
          })
      }
    ]
  }
});
