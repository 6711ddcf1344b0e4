import {
  conda,
  dist,
  environment,
  facts,
  python,
  record
} from '../../facts/build';
import type { IDistribution, IFacts } from '../../facts/facts.generated';
import type { IPlaced, View } from '../../facts/view';
import { satisfies } from '../../versions/pep440';
import type { IRequirement } from '../../versions/requirement';
import { joinSpecifiers } from '../../versions/specifier';
import { text } from '../../text/text';
import { isBuiltIn } from '../backports';
import { insteadOf, isPip } from '../families';
import { INSTALLERS } from '../ownership';
import { defineRule, type IEvidence, type IFix, type Severity } from '../types';
import { condaInstall, pipInstall } from '../words';

/** A requirement that is not met; `found` is null when the package is not there at all. */
interface IUnmet {
  readonly requirement: IRequirement;
  readonly found: IPlaced<IDistribution> | null;
  /** Place of the Requires-Dist line. */
  readonly path: string;
}

/** The line of a requirement, by its parsed form: parsed lines come in the order of the metadata. */
function unmetOf(view: View, requirer: IPlaced<IDistribution>): IUnmet[] {
  const { value: by, path } = requirer;
  const result = new Map<string, IUnmet>();
  for (const requirement of view.requirements(by)) {
    const { name, specifier, url } = requirement;
    if (url !== null || name === by.name || result.has(name)) {
      continue;
    }
    const found = view.dist(name);
    const wrong =
      found === null
        ? isMissing(view, by, name)
        : found.value.version !== null &&
          satisfies(found.value.version, specifier) === false;
    if (wrong) {
      result.set(name, { requirement, found, path: `${path}/requires` });
    }
  }
  return [...result.values()];
}

/** A list of packages without places may be an excerpt: then a package that it lacks can still be there. */
function isMissing(view: View, by: IDistribution, name: string): boolean {
  return (
    (by.location !== null || by.metadata !== null) &&
    insteadOf(view, name) === null &&
    !isBuiltIn(name, view.facts.python?.version ?? null)
  );
}

/** conda checks its own recipes, and leaves optional requirements out on purpose. */
function severityOf(by: IDistribution, unmet: readonly IUnmet[]): Severity {
  return by.manager === 'conda' &&
    unmet.every(u => u.found === null || u.found.value.manager === 'conda')
    ? 'info'
    : 'warning';
}

/** What all winners together ask of a package. */
function demands(view: View, name: string): string[] {
  const result = new Set<string>();
  for (const [, list] of view.names()) {
    for (const one of view.requirements(list[0].value)) {
      if (one.name === name && one.specifier !== '') {
        result.add(one.specifier);
      }
    }
  }
  return [...result];
}

/** Whether some version meets all demands, tried with the versions that they name and their neighbours. */
function areCompatible(specifiers: readonly string[]): boolean {
  const named = specifiers.join(',').match(/\d[\w.!+]*/g) ?? [];
  const tries = ['0', ...named.flatMap(v => [v, `${v}.1`])];
  return tries.some(version =>
    specifiers.every(specifier => satisfies(version, specifier) === true)
  );
}

function fixOf(
  view: View,
  by: IPlaced<IDistribution>,
  unmet: readonly IUnmet[]
): IFix | null {
  // What a recipe of conda leaves out, conda has no package for, or one without Python metadata.
  if (by.value.manager === 'conda' && unmet.every(one => one.found === null)) {
    return null;
  }
  const byPip: string[] = [];
  const byConda: string[] = [];
  for (const { requirement, found } of unmet) {
    const { name, specifier } = requirement;
    const all = demands(view, name);
    if (!areCompatible(all)) {
      return upgrade(view, by.value, name);
    }
    const owner = view.owner(name)?.value;
    const condas =
      (found ?? by).value.manager === 'conda' && !(found && isPip(found.value));
    const spec = joinSpecifiers(all.length > 0 ? all : [specifier]);
    if (condas) {
      byConda.push(`${owner?.name ?? name}${spec}`);
    } else {
      byPip.push(`${name}${spec}`);
    }
  }
  return {
    // conda first: it would undo what pip did.
    commands: [
      ...(byConda.length > 0 ? [condaInstall(byConda)] : []),
      ...(byPip.length > 0 ? [pipInstall(view, byPip)] : [])
    ],
    where: 'cell',
    restart: true,
    safety: 'review'
  };
}

/** No version of the requirement suits everybody: only another release of the requirer can help. */
function upgrade(view: View, by: IDistribution, name: string): IFix {
  return {
    commands: [
      by.manager === 'conda'
        ? `%conda update ${view.owner(by.name)?.value.name ?? by.name}`
        : pipInstall(view, [by.name], ['--upgrade'])
    ],
    where: 'cell',
    restart: true,
    safety: 'review',
    note: text('Other packages here need another version of %1.', name)
  };
}

export default defineRule({
  id: 'unmet-requirement',
  code: 'R20',
  since: '0.1.0',
  docs: {
    summary:
      'A package needs another version of a package, or one that is missing.',
    what: 'Evaluates the Requires-Dist lines of every distribution that Python would import, markers included, extras left out, and reports once per requiring package. A requirement counts as met when another member of the same family is there (`onnxruntime-gpu` for `onnxruntime`), or when Python itself has what a backport brings (`dataclasses`, `enum34`, `typing`). Among packages of conda it is a note, because conda solved that set with its own metadata.',
    why: 'The package was written for other versions; it can fail when it is imported or, worse, later.',
    example:
      '`ERROR: transformers 4.56.1 requires huggingface-hub<1.0,>=0.34.0, but you have huggingface-hub 1.0.0 which is incompatible.`',
    fix: 'Install a version that all packages here accept. When none can exist, another release of the requiring package is needed.',
    safety: 'pip or conda may move further packages: read the plan first.',
    references: ['pip: `pip check`', 'huggingface/huggingface_hub#2377']
  },
  messages: {
    version: {
      title: '%1 needs another version of %2',
      why: '%1 %3 was made for other versions and can fail with this one.'
    },
    missing: {
      title: '%1 needs %2, which is not installed',
      why: 'Parts of %1 %3 fail when they import it.'
    },
    several: {
      title: '%1 lacks %2 of its requirements',
      why: '%1 %3 was made for packages that are missing or have another version here.'
    }
  },
  check(view, report) {
    for (const [name, [by]] of view.names()) {
      const unmet = INSTALLERS.has(name) ? [] : unmetOf(view, by);
      if (unmet.length === 0) {
        continue;
      }
      const [first] = unmet;
      const evidence: IEvidence[] = unmet.map(one => ({
        text: one.found
          ? text(
              '%1 %2 requires %3%4, found %5',
              name,
              by.value.version ?? '?',
              one.requirement.name,
              one.requirement.specifier,
              one.found.value.version ?? '?'
            )
          : text(
              '%1 %2 requires %3%4, not found',
              name,
              by.value.version ?? '?',
              one.requirement.name,
              one.requirement.specifier
            ),
        path: one.path
      }));
      report({
        message:
          unmet.length > 1 ? 'several' : first.found ? 'version' : 'missing',
        args: [
          name,
          unmet.length > 1 ? String(unmet.length) : first.requirement.name,
          by.value.version ?? ''
        ],
        severity: severityOf(by.value, unmet),
        about: [name, ...unmet.map(one => one.requirement.name)],
        evidence,
        fix: fixOf(view, by, unmet)
      });
    }
  },
  examples: {
    flagged: [
      {
        name: 'huggingface-hub went past what transformers accepts',
        facts: () =>
          facts({
            environment: environment('venv'),
            packages: [
              dist('transformers', '4.56.1', {
                manager: 'pip',
                requires: ['huggingface-hub<1.0,>=0.34.0']
              }),
              dist('huggingface-hub', '1.0.0', { manager: 'pip' })
            ]
          }),
        findings: [
          {
            message: 'version',
            severity: 'warning',
            about: ['transformers', 'huggingface-hub']
          }
        ]
      },
      {
        name: 'a helper is missing, the marker applies',
        facts: () =>
          withMarkers([
            dist('rich', '14.0.0', {
              manager: 'pip',
              location: SITE,
              requires: [
                'pygments>=2.13; python_version >= "3.8"',
                'colorama; sys_platform == "win32"',
                'ipywidgets; extra == "jupyter"'
              ]
            })
          ]),
        findings: [
          {
            message: 'missing',
            severity: 'warning',
            about: ['rich', 'pygments']
          }
        ]
      },
      {
        name: 'one finding for a package with many unmet requirements',
        facts: () =>
          withMarkers([
            dist('broken', '1.0', {
              manager: 'pip',
              location: SITE,
              requires: ['a>=2', 'b', 'c==1.0']
            }),
            dist('a', '1.0', { manager: 'pip' }),
            dist('c', '1.0+cu121', { manager: 'pip' })
          ]),
        findings: [
          {
            message: 'several',
            severity: 'warning',
            about: ['broken', 'a', 'b']
          }
        ]
      },
      {
        name: 'conda left a requirement out',
        facts: () => ({
          ...withMarkers([
            dist('dask', '2024.5.0', {
              manager: 'conda',
              location: SITE,
              requires: ['importlib-metadata>=4.13.0']
            })
          ]),
          conda: conda([record('dask', '2024.5.0', { python_name: 'dask' })])
        }),
        findings: [
          {
            message: 'missing',
            severity: 'info',
            about: ['dask', 'importlib-metadata']
          }
        ]
      }
    ],
    clean: [
      {
        name: 'backports of what this Python has',
        facts: () =>
          withMarkers([
            dist('old', '1.0', {
              manager: 'pip',
              location: SITE,
              requires: ['enum34', 'futures>=3', 'typing', 'configparser']
            })
          ])
      },
      {
        name: 'the metadata cannot be read; an excerpt without the package; no markers known',
        facts: () =>
          facts({
            packages: [
              dist('a', '1.0'),
              dist('b', '1.0', { requires: ['not-listed', 'c>=2'] }),
              dist('c', null),
              dist('d', '1.0', { requires: ['a>=2; python_version < "3.8"'] })
            ]
          })
      },
      {
        name: 'local labels, a twin in its place, and a hidden copy',
        facts: () =>
          withMarkers([
            dist('torchvision', '0.20.1+cu124', {
              location: SITE,
              requires: ['torch (==2.5.1)', 'onnxruntime>=1.15']
            }),
            dist('torch', '2.5.1+cu124', { location: SITE, path_index: 3 }),
            dist('torch', '2.0.0', {
              location: '/usr/lib/python3/dist-packages',
              path_index: 5,
              requires: ['nothing-of-that-name']
            }),
            dist('onnxruntime-gpu', '1.18.0', { location: SITE })
          ])
      }
    ]
  }
});

const SITE = '/venv/lib/python3.11/site-packages';

function withMarkers(packages: IDistribution[]): IFacts {
  return facts({
    environment: environment('venv'),
    python: python('3.11.7', {
      markers: { python_version: '3.11', sys_platform: 'linux' }
    }),
    packages
  });
}
