import { dist, facts, python } from '../../facts/build';
import type { View } from '../../facts/view';
import { text } from '../../text/text';
import { importNames } from '../install/sets';
import { isInside, isWindowsPath, shellPath } from '../paths';
import { defineRule, type IFix } from '../types';

/** Packages that need not be registered any more to be recognised. */
const KNOWN = ['numpy', 'scipy', 'torch', 'tensorflow', 'protobuf', 'pandas'];

/**
 * The package a leftover belonged to; null when that cannot be told. pip writes `~` over the first letter of
 * `torch` and `torch-2.5.1.dist-info`, and one more sign for each name that is taken.
 */
function ownerOf(view: View, leftover: string): string | null {
  const stem = leftover
    .replace(/-[^-]*\.(dist|egg)-info$/, '')
    .replace(/\.(libs|py|pth|data)$/, '');
  const rest = stem.replace(/^~[-~.=%0-9]*/, '').toLowerCase();
  const cut = stem.length - rest.length;
  const fits = (name: string) =>
    name.length === rest.length + cut && name.toLowerCase().endsWith(rest);
  if (rest === '') {
    return null;
  }
  const installed = [...view.names()].map(([name]) => name);
  const found = [...installed, ...KNOWN].filter(name =>
    [name.replace(/-/g, '_'), ...importNames(name)].some(fits)
  );
  return new Set(found).size === 1 ? found[0] : null;
}

/** The one site directory of the environment; null when there are several or none is known. */
function siteOf(view: View): string | null {
  const { sys_path: path, prefix } = view.facts.python ?? {};
  const sites = (path ?? []).filter(entry =>
    /[\\/](site|dist)-packages[\\/]?$/.test(entry)
  );
  return sites.length === 1 && prefix && isInside(sites[0], prefix)
    ? sites[0].replace(/[\\/]$/, '')
    : null;
}

function fixOf(view: View, names: readonly string[]): IFix {
  const site = siteOf(view);
  const rest = {
    restart: false,
    safety: 'review',
    note: text('Stop other kernels of this environment first.')
  } as const;
  return site && !isWindowsPath(site)
    ? {
        commands: names.map(name => `rm -r ${shellPath(`${site}/${name}`)}`),
        where: 'terminal',
        ...rest
      }
    : {
        // Which directory holds them is not known, or the system has no rm.
        commands: [
          `import os, shutil, sys; [shutil.rmtree(p) if os.path.isdir(p) else os.remove(p) for d in sys.path for n in ${JSON.stringify(names)} for p in [os.path.join(d, n)] if os.path.exists(p)]`
        ],
        where: 'cell',
        ...rest
      };
}

export default defineRule({
  id: 'interrupted-uninstall',
  code: 'R05',
  since: '0.1.0',
  docs: {
    summary: 'A removal by pip was interrupted and left files behind.',
    what: 'Looks for entries of site-packages that begin with `~`. pip moves a package to such a name before it deletes it. The package is named when exactly one installed or well-known name fits.',
    why: 'pip warns about them on every run, they keep their space, and the package that was being replaced may lack files.',
    example: '`WARNING: Ignoring invalid distribution -orch`.',
    fix: 'Delete the entries.',
    safety:
      'They are copies of files that pip was about to delete. On Windows a running kernel can still hold them open.',
    references: ['facebookresearch/xformers#823']
  },
  messages: {
    one: {
      title: '%1 is left from an interrupted removal',
      why: 'pip warns about it on every run, and the package that was being replaced may lack files.'
    },
    several: {
      title: '%1 entries are left from an interrupted removal',
      why: 'pip warns about them on every run, and the packages that were being replaced may lack files.'
    }
  },
  check(view, report) {
    // What holds a line break or a separator is no name that pip made.
    const names = (view.facts.leftovers ?? []).filter(name =>
      /^~[^\\/\p{C}]+$/u.test(name)
    );
    if (names.length === 0) {
      return;
    }
    const owners = names.flatMap(name => ownerOf(view, name) ?? []);
    report({
      message: names.length === 1 ? 'one' : 'several',
      args: [names.length === 1 ? names[0] : String(names.length)],
      severity: 'warning',
      about: [...new Set(owners), 'pip'],
      evidence: [
        {
          text: text('%1 in site-packages', names.slice(0, 8).join(', ')),
          path: '/leftovers'
        }
      ],
      fix: fixOf(view, names)
    });
  },
  examples: {
    flagged: [
      {
        name: 'the folder and the metadata of torch, which is there again',
        facts: () =>
          facts({
            python: python('3.11.7', {
              prefix: '/venv',
              sys_path: [
                '/usr/lib/python3.11',
                '/venv/lib/python3.11/site-packages'
              ]
            }),
            packages: [dist('torch', '2.5.1', { manager: 'pip' })],
            leftovers: ['~orch', '~orch-2.4.1.dist-info']
          }),
        findings: [
          { message: 'several', severity: 'warning', about: ['torch', 'pip'] }
        ]
      },
      {
        name: 'nobody knows whose it was, nor where it lies',
        facts: () => facts({ packages: [], leftovers: ['~~x.libs'] }),
        findings: [{ message: 'one', severity: 'warning', about: ['pip'] }]
      },
      {
        name: 'numpy is gone, its first letter too',
        facts: () => facts({ leftovers: ['~umpy.libs'] }),
        findings: [
          { message: 'one', severity: 'warning', about: ['numpy', 'pip'] }
        ]
      }
    ],
    clean: [
      {
        name: 'nobody looked',
        facts: () => facts({ packages: [dist('torch', '2.5.1')] })
      },
      {
        name: 'nothing is left',
        facts: () =>
          facts({ packages: [dist('torch', '2.5.1')], leftovers: [] })
      },
      {
        name: 'a name that pip did not make',
        facts: () => facts({ leftovers: ['~a/b'] })
      }
    ]
  }
});
