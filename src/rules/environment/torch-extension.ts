import { pairsWithTorch } from '../../compat/torch';
import { torchForXformers, xformersFor } from '../../compat/xformers';
import {
  conda,
  dist,
  environment,
  facts,
  framework,
  platform,
  record
} from '../../facts/build';
import type { IDistribution } from '../../facts/facts.generated';
import type { IPlaced, View } from '../../facts/view';
import { text } from '../../text/text';
import { cudaOfLabel, majorOf } from '../../versions/cuda';
import {
  compareVersions,
  localLabel,
  publicVersion,
  releasePrefix,
  satisfies
} from '../../versions/pep440';
import { condaOwns, cudaMinor } from '../cuda';
import { defineRule, type IEvidence, type IFix, type Severity } from '../types';
import { condaInstall, pipInstall, pipUninstall } from '../words';

/** Packages with operators compiled against one PyTorch: import name by distribution. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  xformers: 'xformers',
  'flash-attn': 'flash_attn',
  'torch-scatter': 'torch_scatter',
  'torch-sparse': 'torch_sparse',
  'torch-cluster': 'torch_cluster',
  'torch-spline-conv': 'torch_spline_conv',
  'pyg-lib': 'pyg_lib',
  mmcv: 'mmcv',
  'mmcv-full': 'mmcv',
  detectron2: 'detectron2'
};

/** `pt26cu124`, `pt2.4.1cu124` and `cu12torch2.4cxx11abifalse` → `2.6`, `2.4.1`, `2.4`; null without a PyTorch. */
function torchOfLabel(label: string | null): string | null {
  const dotted = /(?:pt|torch)(\d+\.\d+(?:\.\d+)?)/.exec(label ?? '');
  const packed = /(?:^|[._-])pt(\d)(\d{1,2})(?=cu|cpu|rocm|[._-]|$)/.exec(
    label ?? ''
  );
  return dotted ? dotted[1] : packed ? `${packed[1]}.${packed[2]}` : null;
}

interface IMember {
  name: string;
  importName: string;
  version: string;
  dist: IPlaced<IDistribution> | null;
  /** PyTorch that it was compiled for; null when not known. */
  built: string | null;
  /** `cpu` or a CUDA version; null when not known. */
  computes: string | null;
  path: string;
}

/** `cpu` or a CUDA version; null when not known. */
function computes(
  backend: string | null,
  label: string | null,
  cuda: string | null
): string | null {
  // `pt2.1.2cu118` and `cu12torch2.4` glue it to other words.
  const glued = /cu\d{2,3}(?!\d)/.exec(label ?? '')?.[0];
  return backend === 'cpu' || /cpu/.test(label ?? '')
    ? 'cpu'
    : (cudaMinor(cuda ?? '') ?? cudaOfLabel(label) ?? cudaOfLabel(glued));
}

function member(view: View, name: string, importName: string): IMember | null {
  const placed = view.dist(name);
  const found = view.framework(importName);
  const own =
    found && (found.value.distribution ?? name) === name ? found : null;
  const version = own?.value.version ?? placed?.value.version ?? null;
  if (version === null || (!own && !placed)) {
    return null;
  }
  const label =
    own?.value.local ??
    localLabel(version) ??
    localLabel(placed?.value.version ?? '');
  return {
    name,
    importName,
    version,
    dist: placed,
    built: own?.value.built_torch ?? torchOfLabel(label),
    computes: computes(
      own?.value.backend ?? null,
      label,
      own?.value.cuda ?? null
    ),
    path: own?.path ?? placed?.path ?? ''
  };
}

/** A CUDA build beside a CPU build, or beside another CUDA major. */
function differs(one: string, torch: string): boolean {
  return torch === 'cpu'
    ? one !== 'cpu'
    : one !== 'cpu' && majorOf(one) !== majorOf(torch);
}

interface IReason {
  severity: Severity;
  /** The PyTorch it is for, as the title says it. */
  wanted: string;
  /** Version to install conda's PyTorch by; null when not known. */
  built: string | null;
  evidence: IEvidence;
}

/** Whether two versions have the same first two numbers; null when one has none. */
function sameRelease(a: string, b: string): boolean | null {
  const left = releasePrefix(a, 2);
  const right = releasePrefix(b, 2);
  return left === null || right === null ? null : left === right;
}

/** From 0.0.34 on the wheels of xformers load in newer releases of PyTorch (stable ABI). */
function hasStableAbi(one: IMember): boolean {
  return (
    one.name === 'xformers' &&
    (compareVersions(publicVersion(one.version), '0.0.34') ?? -1) >= 0
  );
}

/** Why its operators do not load in this PyTorch; null when they do, or when that is not known. */
function refusal(view: View, torch: string, one: IMember): IReason | null {
  const installed = publicVersion(torch);
  const built = one.built === null ? null : publicVersion(one.built);
  const older = built === null ? null : compareVersions(installed, built);
  if (
    built !== null &&
    sameRelease(built, installed) === false &&
    !(hasStableAbi(one) && older !== null && older > 0)
  ) {
    return {
      severity: 'error',
      wanted: built,
      built,
      evidence: {
        text: text(
          '%1 %2 was compiled for torch %3',
          one.name,
          one.version,
          one.built ?? built
        ),
        path:
          view.framework(one.importName)?.value.built_torch === one.built
            ? `${one.path}/built_torch`
            : one.path
      }
    };
  }
  // Whoever says what it was compiled for needs no pin.
  const pins = (one.dist ? view.requirements(one.dist.value) : []).filter(
    requirement => requirement.name === 'torch' && requirement.specifier !== ''
  );
  const known =
    one.name === 'xformers'
      ? torchForXformers(one.version)
      : pairsWithTorch(one.name, one.version);
  const spec =
    pins.find(({ specifier }) => satisfies(installed, specifier) === false)
      ?.specifier ?? (pins.length === 0 ? (known?.value ?? '') : '');
  if (spec === '' || satisfies(installed, spec) !== false) {
    return null;
  }
  const pinned = /^\s*==\s*([\d.]+)$/.exec(spec)?.[1] ?? null;
  return {
    // Operators of one release often load in its next patch.
    severity:
      pinned !== null && sameRelease(pinned, installed) === true
        ? 'warning'
        : 'error',
    wanted: pinned ?? spec.replace(/\s+/g, ''),
    built: pinned,
    evidence: {
      text: text(
        '%1 %2 requires torch%3',
        one.name,
        one.version,
        spec.replace(/\s+/g, '')
      ),
      path: pins.length > 0 && one.dist ? `${one.dist.path}/requires` : one.path
    }
  };
}

function fixOf(
  view: View,
  torch: string,
  one: IMember,
  built: string | null
): IFix | null {
  const rest = { where: 'cell', restart: true, safety: 'review' } as const;
  const installed = publicVersion(torch);
  if (condaOwns(view, one.name)) {
    const spec = `pytorch=${built ? releasePrefix(built, 2) : '*'}`;
    return condaOwns(view, 'torch')
      ? {
          ...rest,
          commands: [condaInstall([one.name, `pytorch=${installed}`])]
        }
      : {
          ...rest,
          commands: [
            pipUninstall(view, ['torch']),
            condaInstall([spec, one.name], ['--force-reinstall'])
          ],
          note: text('conda built %1 for its own PyTorch.', one.name)
        };
  }
  if (one.name === 'xformers') {
    const fitting = xformersFor(installed)?.value ?? '';
    return {
      ...rest,
      // PyTorch is named so that pip looks for the xformers that takes it.
      commands: [
        pipUninstall(view, ['xformers']),
        pipInstall(view, [`xformers${fitting}`, `torch==${installed}`])
      ]
    };
  }
  return {
    ...rest,
    commands: [
      ...(one.name === 'detectron2'
        ? [
            pipInstall(
              view,
              ['git+https://github.com/facebookresearch/detectron2.git'],
              ['--no-build-isolation', '--no-deps', '--force-reinstall']
            )
          ]
        : [
            pipInstall(
              view,
              [`${one.name}==${publicVersion(one.version)}`],
              [
                '--no-build-isolation',
                '--no-cache-dir',
                '--no-deps',
                '--force-reinstall'
              ]
            )
          ])
    ],
    note: text(
      'Without a ready wheel it is compiled here against torch %1, which needs nvcc and a compiler.',
      torch
    )
  };
}

/** An extension beside a PyTorch wheel. */
function beside(
  torch: string,
  name: string,
  version: string,
  more: { requires?: string[]; built?: string; cuda?: string } = {}
) {
  return () =>
    facts({
      platform: platform('linux-x86_64'),
      packages: [
        dist('torch', torch, { manager: 'pip' }),
        dist(name, version, { manager: 'pip', requires: more.requires ?? null })
      ],
      frameworks: [
        framework('torch', torch, {
          distribution: 'torch',
          local: localLabel(torch),
          cuda: cudaOfLabel(localLabel(torch))
        }),
        framework(EXTENSIONS[name], version, {
          distribution: name,
          local: localLabel(version),
          cuda: more.cuda ?? null,
          built_torch: more.built ?? null
        })
      ]
    });
}

export default defineRule({
  id: 'torch-extension',
  code: 'R39',
  since: '0.1.0',
  docs: {
    summary: 'An extension was compiled for another PyTorch.',
    what: 'Reads what xformers, flash-attn, the packages of PyTorch Geometric, mmcv and detectron2 were compiled for: `xformers/cpp_lib.json`, a label such as `+pt26cu124` or `+torch2.4`, an exact requirement of their metadata, or the table of xformers. Compares the release of PyTorch (the first two numbers), then the CUDA major, and CUDA with CPU. xformers from 0.0.34 on loads in newer releases as well.',
    why: 'Their operators call the C++ interface of one PyTorch; in another they do not load, or the package goes on without them.',
    example:
      "`xFormers can't load C++/CUDA extensions. xFormers was built for: PyTorch 2.3.0+cu121 with CUDA 1201 (you have 2.5.1+cu124)`; `undefined symbol: _ZN3c10…`; `RuntimeError: Not compiled with CUDA support`",
    fix: 'Install the release of xformers that takes this PyTorch; the others are built again against it.',
    safety:
      'PyTorch keeps its version. A build takes minutes to an hour, and needs nvcc when no ready wheel is found.',
    references: [
      'facebookresearch/xformers: xformers/_cpp_lib.py',
      'facebookresearch/xformers#1052',
      'pyg-team/pytorch_geometric: installation'
    ]
  },
  messages: {
    torch: {
      title: '%1 %2 is made for torch %3, not for %4',
      why: 'The compiled operators of %1 do not load with this PyTorch.'
    },
    patch: {
      title: '%1 %2 is made for torch %3, not for %4',
      why: 'The compiled operators of %1 can fail to load with another patch release of PyTorch.'
    },
    cuda: {
      title: '%1 %2 is built for CUDA %3, PyTorch %4 for another',
      why: 'The compiled operators of %1 look for CUDA libraries that this PyTorch does not bring.'
    },
    cpu: {
      title: '%1 %2 is a CPU build beside a CUDA build of PyTorch',
      why: 'Operators of %1 fail on tensors that are on the GPU.'
    }
  },
  supersedes: ['unmet-requirement'],
  check(view, report) {
    const found = view.framework('torch');
    const placed = view.dist('torch');
    const torch = found?.value.version ?? placed?.value.version ?? null;
    // A vendor's build from source compiles its extensions along.
    if (torch === null || !/^\d+(?:\.\d+)+$/.test(publicVersion(torch))) {
      return;
    }
    const torchEvidence: IEvidence = {
      text: text('torch %1 (%2)', torch, found?.value.source ?? 'metadata'),
      path: `${found?.value.version ? found.path : placed?.path}/version`
    };
    const own = computes(
      found?.value.backend ?? null,
      found?.value.local ?? localLabel(torch),
      found?.value.cuda ?? null
    );
    for (const [name, importName] of Object.entries(EXTENSIONS)) {
      const one = member(view, name, importName);
      if (
        !one ||
        view.seenWorking(importName) ||
        (condaOwns(view, name) && condaOwns(view, 'torch'))
      ) {
        continue;
      }
      const reason = refusal(view, torch, one);
      if (reason) {
        report({
          message: reason.severity === 'error' ? 'torch' : 'patch',
          args: [name, one.version, reason.wanted, torch],
          severity: reason.severity,
          about: [name, 'torch'],
          evidence: [reason.evidence, torchEvidence],
          fix: fixOf(view, torch, one, reason.built),
          stops: reason.severity === 'error' ? [importName] : []
        });
        continue;
      }
      if (own === null || one.computes === null) {
        continue;
      }
      const cpu = one.computes === 'cpu' && own !== 'cpu';
      if (cpu || differs(one.computes, own)) {
        report({
          message: cpu ? 'cpu' : 'cuda',
          args: [name, one.version, one.computes, torch],
          severity: cpu ? 'warning' : 'error',
          about: [name, 'torch'],
          evidence: [
            {
              text: text('%1 %2', name, one.version),
              path: one.path
            },
            torchEvidence
          ],
          fix: fixOf(view, torch, one, null),
          stops: cpu ? [] : [importName]
        });
      }
    }
  },
  examples: {
    flagged: [
      {
        name: 'xformers for 2.3 beside torch 2.5, by its own file',
        facts: beside('2.5.1+cu124', 'xformers', '0.0.26.post1', {
          built: '2.3.0+cu121',
          cuda: '12.1'
        }),
        findings: [
          { message: 'torch', severity: 'error', about: ['xformers', 'torch'] }
        ]
      },
      {
        name: 'a label that names the release',
        facts: () =>
          facts({
            packages: [
              dist('torch', '2.4.1', { manager: 'pip' }),
              dist('torch-scatter', '2.1.2+pt26cu124', { manager: 'pip' })
            ]
          }),
        findings: [
          {
            message: 'torch',
            severity: 'error',
            about: ['torch-scatter', 'torch']
          }
        ]
      },
      {
        name: 'the pin of xformers, by the table',
        facts: () =>
          facts({
            packages: [
              dist('torch', '2.3.1', { manager: 'pip' }),
              dist('xformers', '0.0.28.post3', { manager: 'pip' })
            ]
          }),
        findings: [
          { message: 'torch', severity: 'error', about: ['xformers', 'torch'] }
        ]
      },
      {
        name: 'another patch release than the pin',
        facts: beside('2.3.1+cu121', 'xformers', '0.0.26.post1', {
          requires: ['numpy', 'torch ==2.3.0']
        }),
        findings: [
          {
            message: 'patch',
            severity: 'warning',
            about: ['xformers', 'torch']
          }
        ]
      },
      {
        name: 'flash-attn for another PyTorch',
        facts: beside('2.5.1+cu124', 'flash-attn', '2.6.3', { built: '2.4' }),
        findings: [
          {
            message: 'torch',
            severity: 'error',
            about: ['flash-attn', 'torch']
          }
        ]
      },
      {
        name: 'detectron2 for CUDA 11 beside a torch for CUDA 12',
        facts: beside('2.1.2+cu121', 'detectron2', '0.6+pt2.1.2cu118'),
        findings: [
          { message: 'cuda', severity: 'error', about: ['detectron2', 'torch'] }
        ]
      },
      {
        name: 'a CPU build of torch-sparse',
        facts: beside('2.6.0+cu124', 'torch-sparse', '0.6.18+pt26cpu'),
        findings: [
          {
            message: 'cpu',
            severity: 'warning',
            about: ['torch-sparse', 'torch']
          }
        ]
      },
      {
        name: "a wheel of torch under conda's xformers",
        facts: () =>
          facts({
            environment: environment('conda'),
            packages: [
              dist('torch', '2.6.0', { manager: 'pip' }),
              dist('xformers', '0.0.28.post3', {
                manager: 'conda',
                requires: ['torch==2.5.1']
              })
            ],
            conda: conda([
              record('xformers', '0.0.28.post3', { python_name: 'xformers' })
            ])
          }),
        findings: [
          { message: 'torch', severity: 'error', about: ['xformers', 'torch'] }
        ]
      }
    ],
    clean: [
      {
        name: 'the xformers of this torch',
        facts: beside('2.5.1+cu124', 'xformers', '0.0.28.post3', {
          built: '2.5.1+cu124',
          cuda: '12.4',
          requires: ['torch==2.5.1']
        })
      },
      {
        name: 'another patch release than it was compiled for, no pin',
        facts: beside('2.6.1+cu124', 'torch-cluster', '1.6.3+pt26cu124')
      },
      {
        name: 'xformers with the stable ABI beside a newer torch',
        facts: beside('2.11.0+cu130', 'xformers', '0.0.35', {
          built: '2.10.0+cu128',
          requires: ['torch>=2.10']
        })
      },
      {
        name: 'another minor of the same CUDA',
        facts: beside('2.4.1+cu124', 'torch-scatter', '2.1.2+pt24cu121')
      },
      {
        name: 'what mmcv was compiled for is not known',
        facts: beside('2.1.0+cu118', 'mmcv', '2.1.0')
      },
      {
        name: 'a release of xformers that no table knows',
        facts: () =>
          facts({
            packages: [dist('torch', '2.99.0'), dist('xformers', '0.0.99')]
          })
      },
      {
        name: "a vendor's torch",
        facts: beside('2.6.0a0+df5bbc09d1.nv24.11', 'flash-attn', '2.4.2', {
          built: '2.4'
        })
      },
      {
        name: "conda's pair",
        facts: () =>
          facts({
            packages: [
              dist('torch', '2.5.1', { manager: 'conda' }),
              dist('xformers', '0.0.28.post3', {
                manager: 'conda',
                requires: ['torch==2.5.0']
              })
            ]
          })
      }
    ]
  }
});
