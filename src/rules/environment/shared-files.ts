import { conda, dist, facts, record } from '../../facts/build';
import type { ISharedFiles } from '../../facts/facts.generated';
import type { View } from '../../facts/view';
import { text } from '../../text/text';
import { normalise } from '../../versions/requirement';
import { FAMILIES, type IFamily } from '../families';
import { twinsDraft, twinsOf } from '../twins';
import { defineRule } from '../types';

/** Folders and files that many projects leave in site-packages by mistake; nobody imports them. */
const LEFTOVER =
  /^(tests?|testing|docs?|documentation|examples?|samples?|demos?|benchmarks?|bench|scripts?|tools?|build|dist|utils|src)\/|^(setup|conftest|noxfile|tasks|version|tests?|test_[^/]*)\.py$/i;

/** Whether a file is code that Python imports under a name that both distributions claim. */
function isCode(file: string): boolean {
  return (
    /\.(py|pyd|so|dylib)$|\.so\.\d/.test(file) &&
    !/^\.\.[/\\]|__pycache__/.test(file) &&
    !LEFTOVER.test(file)
  );
}

/** The import name that a file belongs to. */
function importNameOf(file: string): string {
  return file.split(/[/\\]/)[0].replace(/\.(py|pyd|so|dylib)$|\..*\.so$/, '');
}

/**
 * Packages that share nothing but `__init__.py` share a namespace (`google`), unless the name is that of one of
 * them (`nmap`).
 */
function isNamespaceOnly(row: ISharedFiles): boolean {
  return (
    row.count <= row.files.length &&
    row.files
      .filter(isCode)
      .every(
        file =>
          file.endsWith('__init__.py') &&
          !row.distributions.includes(normalise(importNameOf(file)))
      )
  );
}

/** Whether a rule about a family, or about NVIDIA's libraries, says it already. */
function isSaidElsewhere(names: readonly string[]): boolean {
  return (
    names.every(name => name.startsWith('nvidia-')) ||
    FAMILIES.some(
      family => names.filter(name => family.members.test(name)).length > 1
    )
  );
}

/** The distributions of one row as a family of their own. */
function familyOf(view: View, row: ISharedFiles): IFamily | null {
  const file = row.files.find(isCode);
  const names = row.distributions.filter(name => view.dist(name) !== null);
  if (!file || names.length < 2 || isSaidElsewhere(names)) {
    return null;
  }
  // conda sees to it by itself that its packages share nothing.
  if (names.every(name => view.dist(name)?.value.manager === 'conda')) {
    return null;
  }
  const escaped = names.map(name => name.replace(/[^a-z0-9]/g, '\\$&'));
  return {
    importName: importNameOf(file),
    members: new RegExp(`^(${escaped.join('|')})$`),
    records: /^$/
  };
}

export default defineRule({
  id: 'shared-files',
  code: 'R28',
  since: '0.1.0',
  docs: {
    summary: 'Two distributions wrote the same files.',
    what: 'Compares the RECORD files of all distributions. It counts importable code only: files such as `tests/__init__.py`, `setup.py` or `LICENSE` that projects leave behind by mistake do not count, nor does a common namespace (`google/__init__.py`). Families that are known by name have rules of their own and are left to them.',
    why: 'The one that was installed last has overwritten the other, and uninstalling either of them deletes files of both.',
    example:
      "`pip install nmap` over `python-nmap`: `AttributeError: module 'nmap' has no attribute 'PortScanner'`.",
    fix: 'Uninstall all of them, then install the one that is wanted.',
    safety:
      'Between the two commands the import package is missing. Which of them is wanted, only you know.',
    references: [
      'pypa/pip#4625',
      'pypa/pip#5030',
      'pypa/pip#7282',
      'prefix-dev/pixi: pixi_install_pypi/src/conda_pypi_clobber.rs'
    ]
  },
  messages: {
    shared: {
      title: '%1 and %2 wrote the same files of %3',
      why: 'Python loads the files of the one that came last, and uninstalling either breaks the other.'
    }
  },
  supersedes: ['unmet-requirement'],
  costly(view) {
    return view.facts.packages !== null && view.facts.shared_files === null
      ? ['shared_files']
      : [];
  },
  check(view, report) {
    view.facts.shared_files?.forEach((row, i) => {
      const family = isNamespaceOnly(row) ? null : familyOf(view, row);
      const twins = family && twinsOf(view, family);
      if (!family || twins?.message !== 'shared') {
        return;
      }
      const draft = twinsDraft(view, family, twins, 'warning');
      report({
        ...draft,
        message: 'shared',
        evidence: [
          {
            text: text(
              '%1 files in the RECORD of each, for example %2',
              String(row.count),
              row.files.find(isCode) ?? ''
            ),
            path: `/shared_files/${i}`
          },
          ...draft.evidence
        ]
      });
    });
  },
  examples: {
    flagged: [
      {
        name: 'nmap and python-nmap',
        facts: () =>
          facts({
            packages: [
              dist('python-nmap', '0.7.1', { manager: 'pip' }),
              dist('nmap', '0.0.1', { manager: 'pip' })
            ],
            shared_files: [
              {
                distributions: ['nmap', 'python-nmap'],
                count: 1,
                files: ['nmap/__init__.py']
              }
            ]
          }),
        findings: [
          {
            message: 'shared',
            severity: 'warning',
            about: ['nmap', 'python-nmap']
          }
        ]
      },
      {
        name: 'a wheel over a package of conda with another name',
        facts: () =>
          facts({
            packages: [
              dist('pymongo', '4.6.0', { manager: 'conda' }),
              dist('bson', '0.5.10', { manager: 'pip' })
            ],
            conda: conda([
              record('pymongo', '4.6.0', { python_name: 'pymongo' })
            ]),
            shared_files: [
              {
                distributions: ['bson', 'pymongo'],
                count: 9,
                files: ['bson/__init__.py', 'bson/codec.py']
              }
            ]
          }),
        findings: [
          { message: 'shared', severity: 'warning', about: ['bson', 'pymongo'] }
        ]
      }
    ],
    clean: [
      {
        name: 'not asked for yet',
        facts: () =>
          facts({
            packages: [
              dist('python-nmap', '0.7.1', { manager: 'pip' }),
              dist('nmap', '0.0.1', { manager: 'pip' })
            ]
          })
      },
      {
        name: 'leftovers, a namespace, and what lies outside of site-packages',
        facts: () =>
          facts({
            packages: [
              dist('a', '1.0', { manager: 'pip' }),
              dist('b', '1.0', { manager: 'pip' })
            ],
            shared_files: [
              {
                distributions: ['a', 'b'],
                count: 5,
                files: [
                  'LICENSE',
                  'tests/__init__.py',
                  'tests/test_all.py',
                  '../../../bin/x.py',
                  'google/__init__.py'
                ]
              }
            ]
          })
      },
      {
        name: 'a family that has a rule of its own; libraries of NVIDIA',
        facts: () =>
          facts({
            packages: [
              dist('opencv-python', '4.10.0.84', { manager: 'pip' }),
              dist('opencv-python-headless', '4.10.0.84', { manager: 'pip' }),
              dist('nvidia-cudnn-cu12', '9.1.0.70', { manager: 'pip' }),
              dist('nvidia-cudnn-cu13', '9.12.0.46', { manager: 'pip' })
            ],
            shared_files: [
              {
                distributions: ['opencv-python', 'opencv-python-headless'],
                count: 20,
                files: ['cv2/__init__.py', 'cv2/config.py']
              },
              {
                distributions: ['nvidia-cudnn-cu12', 'nvidia-cudnn-cu13'],
                count: 12,
                files: ['nvidia/cudnn/lib/libcudnn.so.9']
              }
            ]
          })
      },
      {
        name: 'conda’s own packages; a package and the part that it requires',
        facts: () =>
          facts({
            packages: [
              dist('c', '1.0', { manager: 'conda' }),
              dist('d', '1.0', { manager: 'conda' }),
              dist('whole', '1.0', { manager: 'pip', requires: ['part'] }),
              dist('part', '1.0', { manager: 'pip' })
            ],
            shared_files: [
              {
                distributions: ['c', 'd'],
                count: 2,
                files: ['x/a.py', 'x/b.py']
              },
              {
                distributions: ['part', 'whole'],
                count: 2,
                files: ['w/a.py', 'w/b.py']
              }
            ]
          })
      }
    ]
  }
});
