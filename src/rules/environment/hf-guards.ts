import { codeNeeds } from '../../compat/code';
import { dist, environment, facts } from '../../facts/build';
import type { IDistribution } from '../../facts/facts.generated';
import type { IPlaced, View } from '../../facts/view';
import { text } from '../../text/text';
import { satisfies } from '../../versions/pep440';
import { demandsOn, installEach, nearest } from '../demands';
import { defineRule, type IEvidence, type IFix } from '../types';
import { pipInstall } from '../words';

/** What transformers checks when it is imported, when its table was not read. */
const CHECKED: ReadonlySet<string> = new Set([
  'huggingface-hub',
  'tokenizers',
  'safetensors',
  'filelock',
  'packaging',
  'pyyaml',
  'regex',
  'requests',
  'tqdm'
]);

/** Packages that raise at their import. */
const GUARDED: readonly string[] = [
  'transformers',
  'diffusers',
  'accelerate',
  'peft',
  'sentence-transformers'
];

/** Something a package refuses when it is imported. */
interface IRefusal {
  readonly name: string;
  readonly specifier: string;
  readonly found: string;
  readonly evidence: IEvidence;
}

/** Guards, else requirements, of a package that are not met by what is installed. */
function refusals(view: View, by: IPlaced<IDistribution>): IRefusal[] {
  const { name, version } = by.value;
  const result = new Map<string, IRefusal>();
  const look = (
    target: string,
    specifier: string,
    path: string,
    source: string
  ) => {
    const found = view.dist(target)?.value.version ?? null;
    if (
      found !== null &&
      !result.has(target) &&
      satisfies(found, specifier) === false
    ) {
      result.set(target, {
        name: target,
        specifier,
        found,
        evidence: {
          text: text(
            '%1 %2 needs %3%4, found %5 (%6)',
            name,
            version ?? '?',
            target,
            specifier,
            found,
            source
          ),
          path
        }
      });
    }
  };
  const own = (view.facts.guards ?? []).flatMap((guard, i) =>
    guard.distribution === name ? [{ guard, path: `/guards/${i}` }] : []
  );
  for (const { guard, path } of own) {
    for (const one of view.requirements(guard)) {
      look(one.name, one.specifier, path, guard.source);
    }
  }
  if (own.length === 0 && name === 'transformers') {
    for (const one of view.requirements(by.value)) {
      if (CHECKED.has(one.name)) {
        look(one.name, one.specifier, `${by.path}/requires`, 'metadata');
      }
    }
  }
  const code =
    version === null ? null : codeNeeds(name, version, 'huggingface-hub');
  if (code) {
    look(
      'huggingface-hub',
      code.value.specifier,
      `${by.path}/version`,
      code.source
    );
  }
  return [...result.values()];
}

/** Last patches, for the case that no specifier names a version that fits. */
const HUB: readonly string[] = ['0.25.2', '0.36.0'];

function fixOf(
  view: View,
  by: IDistribution,
  refused: readonly IRefusal[]
): IFix {
  const wanted: { name: string; specifier: string }[] = [];
  for (const { name, specifier, found } of refused) {
    const all = [
      ...new Set([
        ...demandsOn(view, name).map(one => one.specifier),
        specifier
      ])
    ];
    if (!possible(name, found, all)) {
      return {
        commands: [pipInstall(view, [by.name], ['--upgrade'])],
        where: 'cell',
        restart: true,
        safety: 'review',
        note: text('Other packages here need another version of %1.', name)
      };
    }
    wanted.push({ name, specifier: all.join() });
  }
  return installEach(view, wanted);
}

/** Whether some version meets them all, tried with those that they name and their neighbours. */
function possible(
  name: string,
  found: string,
  specifiers: readonly string[]
): boolean {
  const named = specifiers.join().match(/\d+(?:\.\d+)+/g) ?? [];
  const tries = [
    ...(name === 'huggingface-hub' ? HUB : []),
    '0',
    ...named.flatMap(version => [version, `${version}.1`])
  ];
  return nearest(found, specifiers, tries) !== null;
}

export default defineRule({
  id: 'hf-guards',
  code: 'R40',
  since: '0.1.0',
  docs: {
    summary: 'transformers refuses a package when it is imported.',
    what: 'Reads the versions that transformers and diffusers check when they are imported (`dependency_versions_table.py`), else what the metadata of transformers require of the same packages. It also knows the releases of sentence-transformers and diffusers that import `cached_download`, which huggingface-hub 0.26 removed.',
    why: 'The check raises, so that nothing of the package can be used.',
    example:
      "`ImportError: huggingface-hub>=0.19.3,<1.0 is required for a normal functioning of this module, but found huggingface-hub==1.0.0.`; `ImportError: cannot import name 'cached_download' from 'huggingface_hub'`.",
    fix: 'Install a version that all packages here accept; where there is none, upgrade the package that refuses.',
    safety: 'Other packages of the same family may have to move along.',
    references: [
      'huggingface/huggingface_hub#2377',
      'pytorch/executorch#15398',
      'huggingface/sentence-transformers#3001',
      'huggingface/huggingface_hub: release notes of 0.26.0'
    ]
  },
  messages: {
    refused: {
      title: '%1 refuses %2',
      why: 'Importing %1 %3 raises an ImportError.'
    }
  },
  supersedes: ['unmet-requirement'],
  check(view, report) {
    for (const name of GUARDED) {
      const by = view.dist(name);
      const refused = by ? refusals(view, by) : [];
      if (by && refused.length > 0) {
        report({
          message: 'refused',
          args: [
            name,
            refused.map(one => `${one.name} ${one.found}`).join(', '),
            by.value.version ?? ''
          ],
          severity: 'error',
          about: [name, ...refused.map(one => one.name)],
          evidence: refused.map(one => one.evidence),
          fix: fixOf(view, by.value, refused)
        });
      }
    }
  },
  examples: {
    flagged: [
      {
        name: 'what transformers checks',
        facts: () =>
          facts({
            environment: environment('venv'),
            packages: [
              dist('transformers', '4.40.0', { manager: 'pip' }),
              dist('huggingface-hub', '1.0.0', { manager: 'pip' }),
              dist('tokenizers', '0.19.1', { manager: 'pip' })
            ],
            guards: [
              {
                distribution: 'transformers',
                requires: [
                  'huggingface-hub>=0.19.3,<1.0',
                  'tokenizers>=0.19,<0.20'
                ],
                source: 'transformers/dependency_versions_table.py'
              }
            ]
          }),
        findings: [
          {
            message: 'refused',
            severity: 'error',
            about: ['transformers', 'huggingface-hub']
          }
        ]
      },
      {
        name: 'by its metadata, two packages at once',
        facts: () =>
          facts({
            packages: [
              dist('transformers', '4.57.1', {
                requires: [
                  'huggingface-hub<1.0,>=0.34.0',
                  'tokenizers<=0.23.0,>=0.22.0'
                ]
              }),
              dist('huggingface-hub', '1.2.0'),
              dist('tokenizers', '0.19.1')
            ]
          }),
        findings: [
          {
            message: 'refused',
            severity: 'error',
            about: ['transformers', 'huggingface-hub', 'tokenizers']
          }
        ]
      },
      {
        name: 'a name that huggingface-hub no longer has',
        facts: () =>
          facts({
            packages: [
              dist('sentence-transformers', '2.2.2', {
                manager: 'pip',
                requires: ['huggingface-hub>=0.4.0']
              }),
              dist('huggingface-hub', '0.30.2', { manager: 'pip' })
            ]
          }),
        findings: [
          {
            message: 'refused',
            severity: 'error',
            about: ['sentence-transformers', 'huggingface-hub']
          }
        ]
      }
    ],
    clean: [
      {
        name: 'versions and requirements are not known',
        facts: () =>
          facts({
            packages: [
              dist('transformers', '4.40.0'),
              dist('huggingface-hub', '1.0.0'),
              dist('sentence-transformers', null)
            ]
          })
      },
      {
        name: 'within the range; newer releases without the old name',
        facts: () =>
          facts({
            packages: [
              dist('transformers', '4.57.1', {
                requires: ['huggingface-hub<1.0,>=0.34.0']
              }),
              dist('huggingface-hub', '0.36.0'),
              dist('sentence-transformers', '3.4.1', {
                requires: ['huggingface-hub>=0.20.0']
              }),
              dist('diffusers', '0.30.3')
            ]
          })
      },
      {
        name: 'the check is met although the metadata say more',
        facts: () =>
          facts({
            packages: [
              dist('transformers', '4.40.0', {
                requires: ['tokenizers<0.20,>=0.19.1', 'tqdm>=9']
              }),
              dist('tokenizers', '0.19.0'),
              dist('tqdm', '4.66.0')
            ],
            guards: [
              {
                distribution: 'transformers',
                requires: ['tokenizers>=0.19,<0.20', 'tqdm>=4.27'],
                source: 'transformers/dependency_versions_table.py'
              }
            ]
          })
      }
    ]
  }
});
