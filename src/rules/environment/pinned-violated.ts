import { pypiNameOf } from '../../compat/names';
import { dist, environment, facts, record } from '../../facts/build';
import type { ICondaRecord, IFacts } from '../../facts/facts.generated';
import type { View } from '../../facts/view';
import { text } from '../../text/text';
import { parseCondaSpec, satisfiesConda } from '../../versions/conda';
import { publicVersion } from '../../versions/pep440';
import { normalise } from '../../versions/requirement';
import { isPip } from '../families';
import { backToConda, inPrefix } from '../ownership';
import { defineRule, type IFix } from '../types';
import { condaInstall, pipUninstall } from '../words';

/** What stands where a pin wants another version. */
interface IViolated {
  /** The pin as written, and its index. */
  readonly spec: string;
  readonly index: number;
  /** conda name and version spec of the pin. */
  readonly condaName: string;
  readonly wanted: string;
  /** Python name, or conda's where there is none. */
  readonly name: string;
  readonly version: string;
  readonly path: string;
  readonly record: ICondaRecord | null;
  /** pip or uv installed it. */
  readonly byPip: boolean;
}

/** The installed package that a pin is about; null when there is none or its version is not known. */
function pinned(
  view: View,
  condaName: string
): Pick<IViolated, 'name' | 'version' | 'path' | 'record' | 'byPip'> | null {
  const owner = view.record(condaName);
  const carried = owner
    ? owner.value.python_name
    : (pypiNameOf(condaName)?.value ?? normalise(condaName));
  const copy = carried
    ? view
        .copies(carried)
        .find(({ value }) => isPip(value) && inPrefix(view, value))
    : undefined;
  const name = carried ?? condaName;
  const record = owner?.value ?? null;
  if (copy) {
    const { version } = copy.value;
    const path = `${copy.path}/version`;
    return version === null
      ? null
      : { name, version: publicVersion(version), path, record, byPip: true };
  }
  return owner?.value.version
    ? {
        name,
        version: owner.value.version,
        path: `${owner.path}/version`,
        record,
        byPip: false
      }
    : null;
}

function violated(view: View): IViolated[] {
  return (view.facts.conda?.pinned ?? []).flatMap((spec, index) => {
    const parsed = parseCondaSpec(spec);
    const found = parsed && pinned(view, parsed.name);
    return found && satisfiesConda(found.version, parsed.version) === false
      ? [
          {
            spec,
            index,
            condaName: parsed.name,
            wanted: parsed.version,
            ...found
          }
        ]
      : [];
  });
}

function fixOf(view: View, one: IViolated): IFix {
  const { name, record, wanted } = one;
  if (
    one.byPip &&
    record?.version &&
    satisfiesConda(record.version, wanted) === true
  ) {
    const [copy] = view.copies(name).filter(c => isPip(c.value));
    return backToConda(view, [{ name, record, dist: copy.value }]);
  }
  return {
    commands: [
      ...(one.byPip ? [pipUninstall(view, [name])] : []),
      condaInstall([condaText(one)])
    ],
    where: 'cell',
    restart: true,
    safety: 'review'
  };
}

/** The pin in one word: `numpy=1.26.*`, `numpy>=1.22,<2`; what stands alone in the file is exact. */
function condaText({ condaName, wanted }: IViolated): string {
  const operator = /^[=<>!~]/.test(wanted)
    ? ''
    : wanted.includes('*')
      ? '='
      : '==';
  return `${condaName}${operator}${wanted}`;
}

export default defineRule({
  id: 'pinned-violated',
  code: 'R09',
  since: '0.1.0',
  docs: {
    summary:
      'An installed package is not the version that conda is told to keep.',
    what: 'Compares the specs in `conda-meta/pinned` with what is installed: pip’s copy where pip installed one, else conda’s record. Specs in another notation than name, version and build are left out.',
    why: 'Somebody pinned the version because the environment needs it; pip does not read the file, and conda will move the package at its next chance.',
    example:
      '`conda-meta/pinned` says `numpy 1.26.*`, and `numpy.__version__` is 2.1.0.',
    fix: 'Let conda install a version that fits the pin, after pip’s copy was taken away.',
    safety: 'conda may move further packages: read its plan first.',
    references: ['conda: `conda doctor` checks the format of the file only']
  },
  messages: {
    pin: {
      title: '%1 %2 is not what conda-meta/pinned asks for',
      why: 'The environment was pinned to %3, and conda will move the package at its next chance.'
    }
  },
  check(view, report) {
    for (const one of violated(view)) {
      report({
        message: 'pin',
        args: [one.name, one.version, one.spec],
        severity: 'warning',
        about: [one.name],
        evidence: [
          {
            text: text('%1 (conda-meta/pinned)', one.spec),
            path: `/conda/pinned/${one.index}`
          },
          {
            text: one.byPip
              ? text('%1 %2 (not installed by conda)', one.name, one.version)
              : text('%1 %2 (record of conda)', one.name, one.version),
            path: one.path
          }
        ],
        fix: fixOf(view, one)
      });
    }
  },
  examples: {
    flagged: [
      {
        name: 'pip went past the pin, conda’s own version fits',
        facts: () => example(['numpy 1.26.*'], '2.1.0', '1.26.4'),
        findings: [{ message: 'pin', severity: 'warning', about: ['numpy'] }]
      },
      {
        name: 'conda’s own package, pinned afterwards; Python too',
        facts: () => {
          const one = example(
            ['conda-forge::scipy >=1.11,<1.12', 'python=3.10'],
            '1.26.4',
            '1.26.4'
          );
          one.conda?.records?.push(
            record('scipy', '1.13.0', { python_name: 'scipy' }),
            record('python', '3.11.7')
          );
          return one;
        },
        findings: [
          { message: 'pin', severity: 'warning', about: ['scipy'] },
          { message: 'pin', severity: 'warning', about: ['python'] }
        ]
      },
      {
        name: 'a package of pip alone, under its name at conda',
        facts: () => {
          const one = example(['pytorch 2.3.1'], '1.26.4', '1.26.4');
          one.packages?.push(dist('torch', '2.5.1+cu124', { manager: 'pip' }));
          return one;
        },
        findings: [{ message: 'pin', severity: 'warning', about: ['torch'] }]
      }
    ],
    clean: [
      {
        name: 'nobody read the pins',
        facts: () => example(null, '2.1.0', '1.26.4')
      },
      {
        name: 'all pins are met, or about packages that are not here',
        facts: () =>
          example(
            ['numpy 1.26.*', 'numpy=1.26', 'tensorflow 2.15.*'],
            '1.26.4',
            '1.26.4'
          )
      },
      {
        name: 'a local label; a notation of its own; only the build differs',
        facts: () => {
          const one = example(
            ['pytorch 2.3.1', "numpy[version='1.*']", 'blas * *openblas'],
            '2.1.0',
            '2.1.0'
          );
          one.packages?.push(dist('torch', '2.3.1+cu121', { manager: 'pip' }));
          one.conda?.records?.push(record('blas', '2.120', { build: 'mkl' }));
          return one;
        }
      }
    ]
  }
});

function example(pins: string[] | null, pip: string, own: string): IFacts {
  return facts({
    environment: environment('conda'),
    packages: [dist('numpy', pip, { manager: pip === own ? 'conda' : 'pip' })],
    conda: {
      present: true,
      records: [record('numpy', own, { python_name: 'numpy' })],
      last_change: null,
      pinned: pins
    }
  });
}
