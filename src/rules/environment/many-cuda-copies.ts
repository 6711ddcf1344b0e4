import {
  dist,
  facts,
  framework,
  gpu,
  gpus,
  library,
  noGpu,
  platform
} from '../../facts/build';
import type { ICudaLibrary, IFacts } from '../../facts/facts.generated';
import type { IPlaced, View } from '../../facts/view';
import { text } from '../../text/text';
import { compareDotted } from '../../versions/cuda';
import { cudaMinor, gpuBuilds } from '../cuda';
import { dirname, samePath } from '../paths';
import { defineRule, type IEvidence } from '../types';

type Placed = IPlaced<ICudaLibrary>;

/** Copies of one SONAME, in the order of the loader. */
function bySoname(view: View): Map<string, Placed[]> {
  const result = new Map<string, Placed[]>();
  (view.facts.cuda_libraries ?? []).forEach((value, i) => {
    const list = result.get(value.soname) ?? [];
    list.push({ value, path: `/cuda_libraries/${i}` });
    result.set(value.soname, list);
  });
  return result;
}

/** Those whose minor differs from that of the first. */
function different(copies: readonly Placed[]): Placed[] {
  const known = copies.filter(one => cudaMinor(one.value.version ?? ''));
  const [first, ...rest] = known;
  const others = rest.filter(
    one =>
      compareDotted(
        cudaMinor(one.value.version ?? '') ?? '',
        cudaMinor(first.value.version ?? '') ?? ''
      ) !== 0 && !samePath(dirname(one.value.path), dirname(first.value.path))
  );
  return others.length > 0 ? [first, ...others] : [];
}

function evidenceOf(copies: readonly Placed[]): IEvidence[] {
  return copies.slice(0, 6).map(one => ({
    text: text('%1 (%2)', one.value.path, one.value.version ?? '?'),
    path: one.path
  }));
}

/** Copies that the loader finds by their name alone. */
function isReachable({ value }: Placed): boolean {
  return value.origin === 'LD_LIBRARY_PATH' || value.origin === 'ld-cache';
}

/** A GPU build and these copies of libcublas.so.12. */
function copies(
  list: readonly (readonly [
    origin: ICudaLibrary['origin'],
    version: string | null,
    mapped?: boolean
  ])[],
  more: Partial<IFacts> = {}
) {
  return () =>
    facts({
      platform: platform('linux-x86_64'),
      packages: [dist('jax', '0.4.20', { manager: 'pip' })],
      frameworks: [framework('jax', '0.4.20', { gpu_build: true, cuda: '12' })],
      gpu: gpus('550.90.07', '12.4', [gpu('NVIDIA L4', '8.9')]),
      cuda_libraries: list.map(([origin, version, mapped], i) =>
        library('cublas', 'libcublas.so.12', `/x/${i}/libcublas.so.12`, {
          origin,
          version,
          distribution: origin === 'wheel' ? 'nvidia-cublas-cu12' : null,
          mapped: mapped ?? false
        })
      ),
      ...more
    });
}

export default defineRule({
  id: 'many-cuda-copies',
  code: 'R57',
  since: '0.1.0',
  docs: {
    summary: 'Several versions of one CUDA library can be loaded.',
    what: 'Groups the CUDA libraries on disk by file name. It is a warning when two versions of one library are loaded in this process, and a note when the loader finds two versions on `LD_LIBRARY_PATH` and in its cache and no wheel brings one. Copies that only wait on the disk are no finding: wheels bring their own nearly everywhere.',
    why: 'Which of them a framework gets depends on the order of the folders, or on what was imported first.',
    example:
      '`Found cuBLAS version 120205, but JAX was built against version 120304, which is newer. The copy of cuBLAS that is installed must be at least as new as the version against which JAX was built.`',
    fix: 'Keep one of the folders on `LD_LIBRARY_PATH`, in the `env` entry of kernel.json.',
    safety: 'Nothing is changed.',
    references: ['jax-ml/jax#18027']
  },
  messages: {
    loaded: {
      title: 'Two versions of %1 are loaded in this process',
      why: 'Frameworks that share the library can call functions that its other version does not have.'
    },
    found: {
      title: 'The loader finds two versions of %1',
      why: 'The order of the folders decides which one a framework gets.'
    }
  },
  check(view, report) {
    const builds = gpuBuilds(view);
    if (
      builds.length === 0 ||
      view.gpus?.length === 0 ||
      builds.every(one => view.seenWorking(one.name))
    ) {
      return;
    }
    const loaded = new Map<string, Placed[]>();
    const found = new Map<string, Placed[]>();
    for (const [soname, all] of bySoname(view)) {
      const mapped = different(all.filter(one => one.value.mapped === true));
      const reachable = different(all.filter(isReachable));
      if (mapped.length > 0) {
        loaded.set(soname, mapped);
      } else if (
        reachable.length > 0 &&
        !all.some(one => one.value.origin === 'wheel')
      ) {
        found.set(soname, reachable);
      }
    }
    const shown = loaded.size > 0 ? loaded : found;
    if (shown.size === 0) {
      return;
    }
    const all = [...shown.values()].flat();
    report({
      message: loaded.size > 0 ? 'loaded' : 'found',
      args: [[...shown.keys()].join(', ')],
      severity: loaded.size > 0 ? 'warning' : 'info',
      about: [
        ...new Set([
          ...builds.map(one => one.distribution),
          ...all.flatMap(one => one.value.distribution ?? []),
          ...(all.some(one => one.value.origin === 'LD_LIBRARY_PATH')
            ? ['LD_LIBRARY_PATH']
            : [])
        ])
      ],
      evidence: evidenceOf(all),
      fix: null
    });
  },
  examples: {
    flagged: [
      {
        name: 'the copies of the system and of a wheel are both loaded',
        facts: copies([
          ['LD_LIBRARY_PATH', '12.2.5', true],
          ['wheel', '12.4.5', true]
        ]),
        findings: [
          {
            message: 'loaded',
            severity: 'warning',
            about: ['jax', 'nvidia-cublas-cu12', 'LD_LIBRARY_PATH']
          }
        ]
      },
      {
        name: 'two toolkits in reach, and no wheel',
        facts: copies([
          ['LD_LIBRARY_PATH', '12.2.5'],
          ['ld-cache', '12.4.5']
        ]),
        findings: [
          {
            message: 'found',
            severity: 'info',
            about: ['jax', 'LD_LIBRARY_PATH']
          }
        ]
      }
    ],
    clean: [
      {
        name: 'the wheel beside a toolkit of the system',
        facts: copies([
          ['wheel', '12.4.5', true],
          ['ld-cache', '12.2.5'],
          ['usr-local-cuda', '12.1.3']
        ])
      },
      {
        name: 'two patches of one minor',
        facts: copies([
          ['LD_LIBRARY_PATH', '12.4.5'],
          ['ld-cache', '12.4.2']
        ])
      },
      {
        name: 'the versions are not known',
        facts: copies([
          ['LD_LIBRARY_PATH', null, true],
          ['ld-cache', null, true]
        ])
      },
      {
        name: 'no GPU here',
        facts: copies(
          [
            ['LD_LIBRARY_PATH', '12.2.5'],
            ['ld-cache', '12.4.5']
          ],
          { gpu: noGpu() }
        )
      }
    ]
  }
});
