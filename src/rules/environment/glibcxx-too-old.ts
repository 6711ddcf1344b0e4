import {
  conda,
  dist,
  environment,
  facts,
  framework,
  platform,
  python,
  record
} from '../../facts/build';
import type { IFacts } from '../../facts/facts.generated';
import type { View } from '../../facts/view';
import { text } from '../../text/text';
import { compareDotted, majorOf } from '../../versions/cuda';
import { dirname, isInside, kernelEnv, samePath, shellPath } from '../paths';
import { defineRule, type IFix } from '../types';
import { condaInstall, pipInstall } from '../words';

const VARIABLE = 'LD_LIBRARY_PATH';

/** Release of GCC that brought a GLIBCXX version, by its last number (libstdc++ manual, ABI history). */
const GCC: Readonly<Record<number, number>> = {
  26: 9,
  27: 9,
  28: 9,
  29: 11,
  30: 12,
  31: 13,
  32: 13,
  33: 14,
  34: 15
};

/** `3.4.29` → 29. */
function level(version: string): number | null {
  const match = /^3\.4\.(\d+)$/.exec(version);
  return match ? Number(match[1]) : null;
}

/** Release of GCC that has this version; null when none is known to. */
function gccFor(version: string): number | null {
  const number = level(version);
  return number === null ? null : number < 26 ? 9 : (GCC[number] ?? null);
}

function fixOf(
  view: View,
  library: string,
  needed: string,
  wrong: readonly string[]
): IFix | null {
  const rest = { restart: true, safety: 'review' } as const;
  const { python: interpreter, environment: place } = view.facts;
  const prefix = interpreter?.prefix ?? null;
  const isConda = place?.kind === 'conda';
  const folders = (view.environ(VARIABLE) ?? '')
    .split(':')
    .filter(folder => folder !== '');
  const front = folders.find(folder => samePath(folder, dirname(library)));
  const gcc = gccFor(needed);
  const spec = gcc === null ? null : `libstdcxx-ng>=${gcc}`;
  const owner = view.record('libstdcxx') ?? view.record('libstdcxx-ng');
  const has = majorOf(owner?.value.version);
  const enough = gcc !== null && has !== null && has >= gcc;
  const own = prefix !== null && isInside(library, prefix);
  if (front !== undefined && !own) {
    const path = kernelEnv({
      [VARIABLE]: folders.filter(folder => folder !== front).join(':')
    });
    return {
      ...rest,
      commands: [
        ...(isConda && spec && !enough
          ? [condaInstall([spec], ['-c', 'conda-forge'])]
          : []),
        path
      ],
      where: isConda && spec && !enough ? 'cell' : 'kernelspec',
      note: text(
        'The entry belongs into kernel.json: %1 is what puts the older library in front.',
        VARIABLE
      )
    };
  }
  if (isConda) {
    return spec
      ? {
          ...rest,
          commands: [condaInstall([spec], ['-c', 'conda-forge'])],
          where: 'cell'
        }
      : null;
  }
  const base = interpreter?.base_prefix ?? null;
  if (place?.base_conda === true && base !== null && spec) {
    return {
      ...rest,
      commands: [
        `conda install --prefix ${shellPath(base)} -c conda-forge "${spec}"`
      ],
      where: 'terminal',
      note: text('The interpreter of this environment is the one of conda.')
    };
  }
  // Compiled here, a package asks for what this system has.
  const pinned = wrong.flatMap(name => {
    const version = view.dist(name)?.value.version ?? null;
    return version === null ? [] : [`${name}==${version}`];
  });
  return pinned.length > 0
    ? {
        ...rest,
        commands: [
          pipInstall(view, pinned, [
            '--force-reinstall',
            '--no-deps',
            '--no-cache-dir',
            ...wrong.map(name => `--no-binary ${name}`)
          ])
        ],
        where: 'cell',
        note: text('It is compiled here, which needs a compiler.')
      }
    : null;
}

/** A libstdc++ and what a distribution wants. */
function example(
  library: string | null,
  glibcxx: string | null,
  wanted: readonly (readonly [distribution: string | null, version: string])[],
  more: Partial<IFacts> = {}
) {
  return () =>
    facts({
      platform: platform('linux-x86_64', {
        libstdcxx: { path: library, glibcxx, mapped: true }
      }),
      environment: environment('venv'),
      packages: wanted.flatMap(([name]) =>
        name === null ? [] : [dist(name, '1.11.4', { manager: 'pip' })]
      ),
      needs_glibcxx: wanted.map(([distribution, version]) => ({
        distribution,
        file: `/e/site-packages/${distribution ?? 'x'}/_lib.so`,
        version
      })),
      ...more
    });
}

const SYSTEM = '/usr/lib/x86_64-linux-gnu/libstdc++.so.6';

export default defineRule({
  id: 'glibcxx-too-old',
  code: 'R41',
  since: '0.1.0',
  docs: {
    summary: 'The C++ library is older than what compiled packages ask for.',
    what: 'Compares the newest `GLIBCXX_3.4.N` of the `libstdc++.so.6` that is loaded, or would be, with the newest one that the shared libraries of each distribution ask for. Reading those takes long, so it is done only where the library is old enough to matter.',
    why: 'The loader refuses a library that asks for a version which is not there.',
    example:
      "`ImportError: /usr/lib/x86_64-linux-gnu/libstdc++.so.6: version 'GLIBCXX_3.4.29' not found (required by …)`",
    fix: 'In a conda environment, a newer `libstdcxx-ng` from conda-forge; where `LD_LIBRARY_PATH` puts the older library in front, without that folder. Elsewhere the package is compiled here, against what this system has.',
    safety:
      'A newer libstdc++ serves older programs as well. Linking a newer file over the one of the system does harm.',
    references: [
      'vietanhdev/anylabeling#110',
      'NVlabs/BundleSDF#185',
      'ContinuumIO/anaconda-issues#13100'
    ]
  },
  messages: {
    old: {
      title: 'libstdc++ is older than what %1 asks for',
      why: '%1 asks for GLIBCXX_%2; the library goes up to GLIBCXX_%3, so it cannot be loaded.'
    }
  },
  costly(view) {
    const library = view.facts.platform?.libstdcxx;
    const number = library?.glibcxx ? level(library.glibcxx) : null;
    // Wheels are built to run on old systems; packages of conda-forge follow its newest compiler.
    const enough = view.facts.environment?.kind === 'conda' ? 33 : 30;
    return view.facts.platform?.system === 'Linux' &&
      number !== null &&
      number < enough
      ? ['needs_glibcxx']
      : [];
  },
  check(view, report) {
    const library = view.facts.platform?.libstdcxx;
    const rows = view.facts.needs_glibcxx;
    const has = library?.glibcxx ?? null;
    if (!library?.path || has === null || level(has) === null || !rows) {
      return;
    }
    const wrong = rows
      .map((row, i) => ({ row, i }))
      .filter(
        ({ row }) =>
          level(row.version) !== null &&
          (compareDotted(row.version, has) ?? 0) > 0
      )
      .sort(
        (a, b) =>
          (compareDotted(b.row.version, a.row.version) ?? 0) ||
          (a.row.distribution ?? a.row.file).localeCompare(
            b.row.distribution ?? b.row.file
          )
      );
    const newest = wrong[0]?.row.version;
    if (newest === undefined) {
      return;
    }
    const names = [
      ...new Set(wrong.flatMap(one => one.row.distribution ?? []))
    ];
    report({
      message: 'old',
      args: [names.join(', ') || wrong[0].row.file, newest, has],
      severity: 'error',
      about: ['libstdc++', ...names],
      evidence: [
        {
          text: text('%1 goes up to GLIBCXX_%2', library.path, has),
          path: '/platform/libstdcxx/glibcxx'
        },
        ...wrong.slice(0, 5).map(({ row, i }) => ({
          text: text('%1 asks for GLIBCXX_%2', row.file, row.version),
          path: `/needs_glibcxx/${i}`
        }))
      ],
      fix: fixOf(view, library.path, newest, names),
      stops: view
        .frameworks()
        .filter(one => names.includes(one.value.distribution ?? ''))
        .map(one => one.value.name)
    });
  },
  examples: {
    flagged: [
      {
        name: 'a package that was compiled with a newer compiler',
        facts: example(SYSTEM, '3.4.28', [['scipy', '3.4.29']]),
        findings: [
          { message: 'old', severity: 'error', about: ['libstdc++', 'scipy'] }
        ]
      },
      {
        name: 'LD_LIBRARY_PATH puts the library of the system before that of conda',
        facts: example(
          SYSTEM,
          '3.4.30',
          [
            ['torch', '3.4.32'],
            ['numpy', '3.4.22']
          ],
          {
            environment: environment('conda'),
            python: python('3.11.7', { prefix: '/opt/conda/envs/a' }),
            environ: { [VARIABLE]: '/usr/lib/x86_64-linux-gnu' },
            conda: conda([record('libstdcxx-ng', '13.2.0')]),
            frameworks: [framework('torch', '2.5.1', { distribution: 'torch' })]
          }
        ),
        findings: [
          { message: 'old', severity: 'error', about: ['libstdc++', 'torch'] }
        ]
      },
      {
        name: 'an old conda environment',
        facts: example(
          '/opt/conda/envs/a/lib/libstdc++.so.6',
          '3.4.26',
          [['open3d', '3.4.29']],
          {
            environment: environment('conda'),
            python: python('3.8.18', { prefix: '/opt/conda/envs/a' })
          }
        ),
        findings: [
          { message: 'old', severity: 'error', about: ['libstdc++', 'open3d'] }
        ]
      },
      {
        name: "a virtual environment on conda's interpreter",
        facts: example(
          '/opt/conda/lib/libstdc++.so.6',
          '3.4.28',
          [['scipy', '3.4.30']],
          {
            environment: environment('venv', { base_conda: true }),
            python: python('3.9.18', {
              prefix: '/home/u/.venv',
              base_prefix: '/opt/conda'
            })
          }
        ),
        findings: [
          { message: 'old', severity: 'error', about: ['libstdc++', 'scipy'] }
        ]
      }
    ],
    clean: [
      {
        name: 'new enough',
        facts: example(SYSTEM, '3.4.30', [
          ['scipy', '3.4.30'],
          ['numpy', '3.4.9']
        ])
      },
      {
        name: 'what the packages ask for has not been read',
        facts: example(SYSTEM, '3.4.28', [], { needs_glibcxx: null })
      },
      {
        name: 'the version of the library is not known',
        facts: example(SYSTEM, null, [['scipy', '3.4.30']])
      },
      {
        name: 'which library would be loaded is not known',
        facts: example(null, '3.4.28', [['scipy', '3.4.30']])
      }
    ]
  }
});
