import {
  conda,
  dist,
  facts,
  platform,
  python,
  record
} from '../../facts/build';
import type { IFacts } from '../../facts/facts.generated';
import { text } from '../../text/text';
import { publicVersion, satisfies } from '../../versions/pep440';
import { condaOwns } from '../cuda';
import { defineRule } from '../types';
import { condaInstall, pipInstall, pipUninstall } from '../words';

/** Distributions that hold `triton`, as PyTorch asks for them. */
const NAMES = /^(?:triton|pytorch-triton(?:-rocm|-xpu)?)$/;

/** PyTorch with its requirement, and a triton. */
function pair(
  triton: string | null,
  requires: string[] | null = ['filelock', 'triton==3.1.0'],
  more: Partial<IFacts> = {}
) {
  return () =>
    facts({
      platform: platform('linux-x86_64'),
      packages: [
        dist('torch', '2.5.1', { manager: 'pip', requires }),
        dist('triton', triton, { manager: 'pip' })
      ],
      ...more
    });
}

export default defineRule({
  id: 'triton-mismatch',
  code: 'R72',
  since: '0.1.0',
  docs: {
    summary: 'triton is another version than PyTorch asks for.',
    what: 'Compares the installed `triton` (or `pytorch-triton`) with what the metadata of `torch` require.',
    why: 'PyTorch compiles its kernels through internal functions of one triton.',
    example:
      "`torch.compile` fails: `ImportError: cannot import name 'triton_key' from 'triton.compiler.compiler'`",
    fix: 'Install the triton that PyTorch asks for.',
    safety: 'A package that asked for the other triton loses it.',
    references: ['facebookresearch/xformers#1052']
  },
  messages: {
    version: {
      title: 'PyTorch %1 needs another version of triton',
      why: '`torch.compile`, and what is built on it, fails with %2 %3.'
    }
  },
  supersedes: ['unmet-requirement'],
  check(view, report) {
    const torch = view.dist('torch');
    if (!torch) {
      return;
    }
    for (const { name, specifier } of view.requirements(torch.value)) {
      const found = NAMES.test(name) ? view.dist(name) : null;
      const version = found?.value.version ?? null;
      if (
        !found ||
        version === null ||
        satisfies(
          specifier.includes('+') ? version : publicVersion(version),
          specifier
        ) !== false ||
        // conda's solver has paired them by its own metadata.
        (condaOwns(view, 'torch') && condaOwns(view, name))
      ) {
        continue;
      }
      const spec = specifier.replace(/\s+/g, '');
      const byConda = condaOwns(view, name);
      report({
        message: 'version',
        args: [torch.value.version ?? '', name, version],
        severity: 'warning',
        about: ['torch', name],
        evidence: [
          {
            text: text(
              'torch %1 requires %2%3',
              torch.value.version ?? '?',
              name,
              spec
            ),
            path: `${torch.path}/requires`
          },
          { text: text('%1 %2', name, version), path: `${found.path}/version` }
        ],
        fix: {
          commands: byConda
            ? [condaInstall([`${name}${spec}`], ['-c', 'conda-forge'])]
            : condaOwns(view, 'torch')
              ? [
                  pipUninstall(view, [name]),
                  condaInstall([`${name}${spec}`], ['--force-reinstall'])
                ]
              : [pipInstall(view, [`${name}${spec}`])],
          where: 'cell',
          restart: true,
          safety: 'review'
        }
      });
    }
  },
  examples: {
    flagged: [
      {
        name: 'triton went ahead',
        facts: pair('3.2.0'),
        findings: [
          {
            message: 'version',
            severity: 'warning',
            about: ['torch', 'triton']
          }
        ]
      },
      {
        name: 'triton stayed behind',
        facts: pair(
          '2.2.0',
          [
            'triton (==2.3.1) ; platform_system == "Linux" and platform_machine == "x86_64"'
          ],
          {
            python: python(null, {
              markers: { platform_system: 'Linux', platform_machine: 'x86_64' }
            })
          }
        ),
        findings: [
          {
            message: 'version',
            severity: 'warning',
            about: ['torch', 'triton']
          }
        ]
      },
      {
        name: "a wheel of triton under conda's PyTorch",
        facts: pair('3.3.0', ['triton==3.1.0'], {
          packages: [
            dist('torch', '2.5.1', {
              manager: 'conda',
              requires: ['triton==3.1.0']
            }),
            dist('triton', '3.3.0', { manager: 'pip' })
          ],
          conda: conda([record('pytorch', '2.5.1', { python_name: 'torch' })])
        }),
        findings: [
          {
            message: 'version',
            severity: 'warning',
            about: ['torch', 'triton']
          }
        ]
      },
      {
        name: "conda's triton beside a wheel of PyTorch",
        facts: pair(null, null, {
          packages: [
            dist('torch', '2.5.1', {
              manager: 'pip',
              requires: ['triton==3.1.0']
            }),
            dist('triton', '3.0.0', { manager: 'conda' })
          ]
        }),
        findings: [
          {
            message: 'version',
            severity: 'warning',
            about: ['torch', 'triton']
          }
        ]
      }
    ],
    clean: [
      { name: 'the triton of this PyTorch', facts: pair('3.1.0') },
      {
        name: 'a label behind the same version',
        facts: pair('3.1.0+git5b5a1ac')
      },
      { name: 'its version is not known', facts: pair(null) },
      {
        name: 'what PyTorch requires is not known',
        facts: pair('3.2.0', null)
      },
      {
        name: 'a range that holds',
        facts: pair('3.9.2', ['triton~=3.9.0'])
      },
      {
        name: "conda's pair",
        facts: pair(null, null, {
          packages: [
            dist('torch', '2.5.1', {
              manager: 'conda',
              requires: ['triton==3.1.0']
            }),
            dist('triton', '3.2.0', { manager: 'conda' })
          ]
        })
      }
    ]
  }
});
