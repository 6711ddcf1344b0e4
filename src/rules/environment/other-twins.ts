import {
  conda,
  dist,
  environment,
  facts,
  gpus,
  record
} from '../../facts/build';
import type { View } from '../../facts/view';
import { text } from '../../text/text';
import { majorOf } from '../../versions/cuda';
import { publicVersion, samePublicVersion } from '../../versions/pep440';
import { driverCuda } from '../cuda';
import { OTHER_FAMILIES } from '../families';
import { twinsDraft, twinsOf, type TwinMessage } from '../twins';
import { defineRule, type IDraft } from '../types';
import { pipUninstall } from '../words';

/** Members of any family: one test for each name instead of one for each family. */
const ANY = new RegExp(
  OTHER_FAMILIES.map(family => family.members.source).join('|')
);

/** Plugins of JAX: folders of their own, but each registers itself as the one platform `cuda`. */
const PLUGIN = /^jax-cuda(\d+)-(plugin|pjrt)$/;

interface IPlugin {
  readonly name: string;
  readonly version: string;
  readonly major: number;
  readonly path: string;
}

function plugins(view: View): IPlugin[] {
  const result: IPlugin[] = [];
  for (const [name, [{ value, path }]] of view.names()) {
    const match = PLUGIN.exec(name);
    if (match && value.version !== null) {
      result.push({
        name,
        version: value.version,
        major: Number(match[1]),
        path
      });
    }
  }
  return result.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The CUDA major to keep: one that the driver serves and that fits jaxlib, the newest of those. */
function kept(view: View, all: readonly IPlugin[]): number {
  const limit = majorOf(driverCuda(view)?.value ?? '');
  const jaxlib = view.dist('jaxlib')?.value.version ?? null;
  const rank = (major: number): number => {
    const fits = all.some(
      one =>
        one.major === major &&
        jaxlib !== null &&
        samePublicVersion(one.version, publicVersion(jaxlib)) === true
    );
    return (
      (limit === null || major <= limit ? 1e6 : 0) + (fits ? 1e3 : 0) + major
    );
  };
  return [...new Set(all.map(one => one.major))].sort(
    (a, b) => rank(b) - rank(a)
  )[0];
}

function jaxDraft(view: View): IDraft<'plugins'> | null {
  const all = plugins(view);
  const majors = new Set(
    all.filter(one => one.name.endsWith('-plugin')).map(one => one.major)
  );
  if (majors.size < 2 || view.seenWorking('jax') === true) {
    return null;
  }
  const keep = kept(view, all);
  const go = all.filter(one => one.major !== keep).map(one => one.name);
  return {
    message: 'plugins',
    args: [[...majors].sort((a, b) => a - b).join(', ')],
    severity: 'warning',
    about: all.map(one => one.name),
    evidence: all.map(one => ({
      text: text('%1 %2', one.name, one.version),
      path: one.path
    })),
    fix: {
      commands: [pipUninstall(view, go)],
      where: 'cell',
      restart: true,
      safety: 'review',
      note: text('The plugin for CUDA %1 is kept.', String(keep))
    }
  };
}

export default defineRule<TwinMessage | 'plugins'>({
  id: 'other-twins',
  code: 'R30',
  since: '0.1.0',
  docs: {
    summary: 'Two distributions of one library are installed.',
    what: 'Counts the distributions that hold one import package, for families without a rule of their own: faiss, PaddlePaddle, psycopg2, `Crypto` (pycrypto and pycryptodome), PIL (Pillow and Pillow-SIMD), PyQt5 of conda and of pip, triton, DGL, MXNet, mmcv, XGBoost, python-magic, cudf, cuml, rmm, and the pairs of which one is another project (`fitz` and pymupdf, `umap` and umap-learn, `jwt` and pyjwt, `serial` and pyserial, `ffmpeg` and ffmpeg-python). It also finds the plugins of JAX for two CUDA versions.',
    why: 'Each writes its own files into one folder, so that Python loads a mixture, and uninstalling one breaks the other. Two plugins of JAX both want to be the platform `cuda`.',
    example:
      '`AttributeError: module ‘faiss’ has no attribute ‘StandardGpuResources’`; `ALREADY_EXISTS: PJRT_Api already exists for device type cuda`.',
    fix: 'Uninstall all of them, then install one. Of JAX’s plugins, uninstall those for the CUDA that does not fit.',
    safety: 'Between the two commands the import package is missing.',
    references: [
      'ContinuumIO/anaconda-issues#1970',
      'facebookresearch/faiss#2892'
    ]
  },
  messages: {
    shared: {
      title: '%1 and %2 share the folder %3',
      why: 'Python loads a mixture of their files, and uninstalling one breaks the other.'
    },
    hidden: {
      title: '%1 hides %2',
      why: 'Python imports %3 from the first; the second is never used.'
    },
    plugins: {
      title: 'JAX has plugins for CUDA %1',
      why: 'Both register themselves as the platform cuda, and the second one fails.'
    }
  },
  supersedes: ['unmet-requirement', 'triton-mismatch'],
  check(view, report) {
    const names = [...view.names()]
      .map(([name]) => name)
      .filter(name => ANY.test(name));
    for (const family of OTHER_FAMILIES) {
      const twins = names.some(name => family.members.test(name))
        ? twinsOf(view, family)
        : null;
      if (twins) {
        report(twinsDraft(view, family, twins, 'warning'));
      }
    }
    const jax = jaxDraft(view);
    if (jax) {
      report(jax);
    }
  },
  examples: {
    flagged: [
      {
        name: 'faiss for the CPU and for the GPU',
        facts: () =>
          facts({
            packages: [
              dist('faiss-cpu', '1.8.0', { manager: 'pip' }),
              dist('faiss-gpu', '1.7.2', { manager: 'pip' })
            ]
          }),
        findings: [
          {
            message: 'shared',
            severity: 'warning',
            about: ['faiss-cpu', 'faiss-gpu']
          }
        ]
      },
      {
        name: 'PyQt of conda and a wheel of PyQt5',
        facts: () =>
          facts({
            environment: environment('conda'),
            packages: [dist('pyqt5', '5.15.10', { manager: 'pip' })],
            conda: conda([record('pyqt', '5.9.2')])
          }),
        findings: [
          { message: 'shared', severity: 'warning', about: ['pyqt5', 'pyqt'] }
        ]
      },
      {
        name: 'psycopg2 in the user site and in the environment',
        facts: () =>
          facts({
            packages: [
              dist('psycopg2-binary', '2.9.9', {
                manager: 'pip',
                location: '/home/u/.local/lib/python3.11/site-packages',
                path_index: 3
              }),
              dist('psycopg2', '2.9.5', {
                manager: 'pip',
                location: '/usr/lib/python3/dist-packages',
                path_index: 4
              })
            ]
          }),
        findings: [
          {
            message: 'hidden',
            severity: 'warning',
            about: ['psycopg2-binary', 'psycopg2']
          }
        ]
      },
      {
        name: 'plugins of JAX for CUDA 12 and 13',
        facts: () =>
          facts({
            packages: [
              dist('jaxlib', '0.7.2', { manager: 'pip' }),
              dist('jax-cuda12-plugin', '0.7.2', { manager: 'pip' }),
              dist('jax-cuda12-pjrt', '0.7.2', { manager: 'pip' }),
              dist('jax-cuda13-plugin', '0.7.2', { manager: 'pip' }),
              dist('jax-cuda13-pjrt', '0.7.2', { manager: 'pip' })
            ],
            gpu: gpus('535.104.05', '12.2', null)
          }),
        findings: [
          {
            message: 'plugins',
            severity: 'warning',
            about: [
              'jax-cuda12-pjrt',
              'jax-cuda12-plugin',
              'jax-cuda13-pjrt',
              'jax-cuda13-plugin'
            ]
          }
        ]
      }
    ],
    clean: [
      { name: 'the packages are not known', facts: () => facts({}) },
      {
        name: 'one of each; names that only look alike',
        facts: () =>
          facts({
            packages: [
              dist('faiss-cpu', '1.8.0', { manager: 'pip' }),
              dist('pillow', '10.4.0', { manager: 'pip' }),
              dist('pycryptodome', '3.20.0', { manager: 'pip' }),
              dist('pycryptodomex', '3.20.0', { manager: 'pip' }),
              dist('pyqt5', '5.15.10', { manager: 'pip' }),
              dist('pyqt6', '6.7.0', { manager: 'pip' }),
              dist('jax-cuda12-plugin', '0.7.2', { manager: 'pip' }),
              dist('jax-cuda12-pjrt', '0.7.2', { manager: 'pip' })
            ]
          })
      },
      {
        name: 'conda’s one faiss under several names',
        facts: () =>
          facts({
            packages: [dist('faiss', '1.8.0', { manager: 'conda' })],
            conda: conda([
              record('faiss-cpu', '1.8.0'),
              record('faiss', '1.8.0', { python_name: 'faiss' }),
              record('libfaiss', '1.8.0')
            ])
          })
      }
    ]
  }
});
