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
import {
  compareVersions,
  localLabel,
  publicVersion,
  releasePrefix,
  samePublicVersion,
  satisfies
} from '../../versions/pep440';
import { parseRequirement } from '../../versions/requirement';
import { condaOwns } from '../cuda';
import { defineRule, type IEvidence, type IFix } from '../types';
import { condaInstall, pipInstall, pipUninstall } from '../words';

type Placed = IPlaced<IDistribution>;

/** Version without its label; null for nightlies and the like, which JAX compares in ways of its own. */
function plain(placed: Placed | null): string | null {
  const version = publicVersion(placed?.value.version ?? '');
  return /^\d+(?:\.\d+)+$/.test(version) ? version : null;
}

function label(placed: Placed): string {
  return `${placed.value.name} ${placed.value.version ?? '?'}`;
}

/** Why `import jax` refuses this jaxlib; null when it does not, or when that is not known. */
function refusal(view: View, jax: Placed, lib: Placed): IEvidence | null {
  const version = plain(jax);
  const own = plain(lib);
  if (version === null || own === null) {
    return null;
  }
  const wanted = view
    .requirements(jax.value)
    .find(one => one.name === 'jaxlib' && one.specifier !== '');
  if (wanted && satisfies(own, wanted.specifier) === false) {
    return {
      text: text(
        '%1 requires jaxlib%2',
        label(jax),
        wanted.specifier.replace(/\s+/g, '')
      ),
      path: `${jax.path}/requires`
    };
  }
  // The checks at its import; the older releases had none.
  if ((compareVersions(version, '0.4') ?? -1) < 0) {
    return null;
  }
  const path = `${lib.path}/version`;
  if ((compareVersions(own, version) ?? 0) > 0) {
    return { text: text('jaxlib %1 is newer than jax %2', own, version), path };
  }
  // jax/version.py, `_minimum_jaxlib_version`: never of an earlier series.
  const series = releasePrefix(version, 2) ?? '0';
  return (compareVersions(own, series) ?? 0) < 0
    ? { text: text('jax %1 needs jaxlib %2 at least', version, series), path }
    : null;
}

/** Plugins for CUDA and their PJRT part, by name. */
function plugins(view: View): Placed[] {
  return [...view.names()]
    .filter(([name]) => /^jax-cuda\d+-(?:plugin|pjrt)$/.test(name))
    .map(([, copies]) => copies[0])
    .sort((a, b) => a.value.name.localeCompare(b.value.name));
}

/** Why JAX leaves a part of the plugin out; null when it does not, or when that is not known. */
function misfit(
  view: View,
  jax: Placed,
  lib: Placed,
  part: Placed
): IEvidence | null {
  const own = plain(lib);
  const version = plain(part);
  if (own === null || version === null) {
    return null;
  }
  // What jax asks of its plugin stands behind an extra; it holds for everybody who has the plugin.
  const wanted = (jax.value.requires ?? [])
    .map(line => parseRequirement(line))
    .find(one => one?.name === part.value.name && one.specifier !== '');
  if (wanted && satisfies(version, wanted.specifier) === false) {
    return {
      text: text(
        '%1 requires %2%3',
        label(jax),
        wanted.name,
        wanted.specifier.replace(/\s+/g, '')
      ),
      path: `${jax.path}/requires`
    };
  }
  // From 0.5 on jaxlib compares the versions itself; the parts before it work with their neighbours.
  return (compareVersions(own, '0.5') ?? -1) >= 0 &&
    samePublicVersion(version, own) === false
    ? { text: text('%1', label(lib)), path: `${lib.path}/version` }
    : null;
}

/** Bring the whole family to one version. */
function fixOf(view: View, jax: Placed, lib: Placed): IFix {
  const rest = { where: 'cell', restart: true, safety: 'review' } as const;
  const version = plain(jax) ?? '';
  const byConda = (one: Placed) => condaOwns(view, one.value.name);
  const wheels = plugins(view).filter(one => !byConda(one));
  if (byConda(jax) && byConda(lib)) {
    return {
      ...rest,
      commands: [
        ...(wheels.length > 0
          ? [
              pipUninstall(
                view,
                wheels.map(one => one.value.name)
              )
            ]
          : []),
        condaInstall([`jax=${version}`, 'jaxlib'], ['-c', 'conda-forge'])
      ]
    };
  }
  if (byConda(jax)) {
    return {
      ...rest,
      commands: [
        pipUninstall(view, ['jaxlib', ...wheels.map(one => one.value.name)]),
        condaInstall(
          [`jax=${version}`, 'jaxlib'],
          ['--force-reinstall', '-c', 'conda-forge']
        )
      ]
    };
  }
  // conda's jaxlib, and one with a label, which the default index does not have, keep their version.
  if (byConda(lib) || localLabel(lib.value.version ?? '') !== null) {
    return {
      ...rest,
      commands: [pipInstall(view, [`jax==${plain(lib) ?? version}`])]
    };
  }
  const flavour = /^jax-(cuda\d+)-/.exec(wheels[0]?.value.name ?? '')?.[1];
  return {
    ...rest,
    commands: [
      pipInstall(view, [`jax${flavour ? `[${flavour}]` : ''}==${version}`])
    ]
  };
}

/** jax, jaxlib and parts of its plugin as wheels. */
function wheels(
  versions: Readonly<Record<string, string>>,
  ...wanted: readonly string[]
) {
  return () =>
    facts({
      platform: platform('linux-x86_64'),
      packages: Object.entries(versions).map(([name, version]) =>
        dist(name, version, {
          manager: 'pip',
          requires: name === 'jax' && wanted.length > 0 ? [...wanted] : null
        })
      ),
      frameworks: [
        framework('jax', versions.jax ?? null, { distribution: 'jax' })
      ]
    });
}

export default defineRule({
  id: 'jax-family',
  code: 'R38',
  since: '0.1.0',
  docs: {
    summary: 'jax, jaxlib and the CUDA plugin are of different releases.',
    what: 'Compares the version of `jaxlib` with what the metadata of `jax` require and with `jax` itself, which refuses a newer one; and the versions of `jax-cuda…-plugin` and `jax-cuda…-pjrt` with what `jax` asks for and, from 0.5 on, with `jaxlib`, which takes only its own.',
    why: 'With another jaxlib `import jax` raises an error. A plugin of another version is left out, and JAX computes on the CPU.',
    example:
      '`RuntimeError: jaxlib version 0.4.26 is newer than and incompatible with jax version 0.4.25.`; `JAX plugin jax_cuda12_plugin version 0.6.0 is installed, but it is not compatible with the installed jaxlib version 0.6.2, so it will not be used.`; `Mismatched PJRT plugin PJRT API version`',
    fix: 'Install the family as a whole, `jax[cuda12]==VERSION`, so that pip picks the parts that belong together.',
    safety:
      'jax keeps its version; the other parts follow. Where conda brought jaxlib, or its label names a CUDA version, jax follows jaxlib.',
    references: [
      'jax-ml/jax#22416',
      'xai-org/grok-1#315',
      'jax-ml/jax: jax/_src/lib/__init__.py, jaxlib/plugin_support.py'
    ]
  },
  messages: {
    jaxlib: {
      title: 'jaxlib %1 does not fit jax %2',
      why: '`import jax` fails.'
    },
    plugin: {
      title: '%1 does not fit jaxlib %2',
      why: 'JAX leaves the plugin out and computes on the CPU.'
    }
  },
  supersedes: ['unmet-requirement', 'cpu-build-on-gpu'],
  check(view, report) {
    const jax = view.dist('jax');
    const lib = view.dist('jaxlib');
    if (!jax || !lib || plain(lib) === null || view.seenWorking('jax')) {
      return;
    }
    const evidence = refusal(view, jax, lib);
    if (evidence) {
      report({
        message: 'jaxlib',
        args: [lib.value.version ?? '', jax.value.version ?? ''],
        severity: 'error',
        about: ['jax', 'jaxlib'],
        evidence: [
          evidence,
          { text: text('%1', label(lib)), path: `${lib.path}/version` }
        ],
        fix: fixOf(view, jax, lib),
        stops: ['jax']
      });
    }
    const misfits = plugins(view).flatMap(one => {
      const why = misfit(view, jax, lib, one);
      return why ? [{ one, why }] : [];
    });
    const other = misfits.map(({ one }) => one);
    if (other.length > 0) {
      report({
        message: 'plugin',
        args: [other.map(label).join(', '), lib.value.version ?? ''],
        severity: 'error',
        about: ['jax', 'jaxlib', ...other.map(one => one.value.name)],
        evidence: [
          ...other.map(one => ({
            text: text('%1', label(one)),
            path: `${one.path}/version`
          })),
          misfits[0].why
        ],
        fix: fixOf(view, jax, lib),
        stops: ['jax']
      });
    }
  },
  examples: {
    flagged: [
      {
        name: 'jaxlib of an earlier series',
        facts: wheels({ jax: '0.4.6', jaxlib: '0.3.25' }),
        findings: [
          { message: 'jaxlib', severity: 'error', about: ['jax', 'jaxlib'] }
        ]
      },
      {
        name: 'jaxlib went past jax',
        facts: wheels({ jax: '0.4.25', jaxlib: '0.4.26' }),
        findings: [
          { message: 'jaxlib', severity: 'error', about: ['jax', 'jaxlib'] }
        ]
      },
      {
        name: 'a jaxlib for CUDA that is older than jax takes',
        facts: wheels(
          { jax: '0.4.30', jaxlib: '0.4.20+cuda12.cudnn89' },
          'jaxlib<=0.4.30,>=0.4.27'
        ),
        findings: [
          { message: 'jaxlib', severity: 'error', about: ['jax', 'jaxlib'] }
        ]
      },
      {
        name: 'the plugin stayed behind',
        facts: wheels(
          {
            jax: '0.6.2',
            jaxlib: '0.6.2',
            'jax-cuda12-plugin': '0.6.0',
            'jax-cuda12-pjrt': '0.6.0'
          },
          'jaxlib<=0.6.2,>=0.6.2'
        ),
        findings: [
          {
            message: 'plugin',
            severity: 'error',
            about: ['jax', 'jaxlib', 'jax-cuda12-pjrt', 'jax-cuda12-plugin']
          }
        ]
      },
      {
        name: 'a plugin that this jax does not ask for, by its metadata',
        facts: wheels(
          {
            jax: '0.4.35',
            jaxlib: '0.4.34',
            'jax-cuda12-plugin': '0.4.30'
          },
          'jaxlib<=0.4.35,>=0.4.34',
          'jax-cuda12-plugin[with-cuda]<=0.4.35,>=0.4.34; extra == "cuda12"'
        ),
        findings: [
          {
            message: 'plugin',
            severity: 'error',
            about: ['jax', 'jaxlib', 'jax-cuda12-plugin']
          }
        ]
      },
      {
        name: "a wheel of jaxlib over conda's",
        facts: () =>
          facts({
            environment: environment('conda'),
            packages: [
              dist('jax', '0.4.35', { manager: 'conda' }),
              dist('jaxlib', '0.5.3', { manager: 'pip' })
            ],
            conda: conda([record('jax', '0.4.35', { python_name: 'jax' })])
          }),
        findings: [
          { message: 'jaxlib', severity: 'error', about: ['jax', 'jaxlib'] }
        ]
      },
      {
        name: 'two builds of conda, moved by hand',
        facts: () =>
          facts({
            environment: environment('conda'),
            packages: [
              dist('jax', '0.4.31', { manager: 'conda' }),
              dist('jaxlib', '0.4.35', { manager: 'conda' })
            ]
          }),
        findings: [
          { message: 'jaxlib', severity: 'error', about: ['jax', 'jaxlib'] }
        ]
      }
    ],
    clean: [
      {
        name: 'one family',
        facts: wheels(
          {
            jax: '0.6.2',
            jaxlib: '0.6.2',
            'jax-cuda12-plugin': '0.6.2',
            'jax-cuda12-pjrt': '0.6.2'
          },
          'jaxlib<=0.6.2,>=0.6.2'
        )
      },
      {
        name: 'an older jaxlib that jax takes',
        facts: wheels(
          { jax: '0.4.30', jaxlib: '0.4.28' },
          'jaxlib<=0.4.30,>=0.4.27'
        )
      },
      {
        name: 'the neighbour of a plugin before jaxlib compared them',
        facts: wheels({
          jax: '0.4.35',
          jaxlib: '0.4.34',
          'jax-cuda12-plugin': '0.4.35'
        })
      },
      {
        name: 'the same release with a label',
        facts: wheels({ jax: '0.4.25', jaxlib: '0.4.25+cuda12.cudnn89' })
      },
      {
        name: 'an old jax, which took any jaxlib',
        facts: wheels({ jax: '0.2.26', jaxlib: '0.3.0' })
      },
      {
        name: 'a nightly',
        facts: wheels({ jax: '0.7.0.dev20250701', jaxlib: '0.7.1' })
      },
      {
        name: 'the version of jaxlib is not known',
        facts: () =>
          facts({ packages: [dist('jax', '0.6.2'), dist('jaxlib', null)] })
      }
    ]
  }
});
