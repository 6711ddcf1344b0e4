import {
  conda,
  dist,
  environment,
  facts,
  python,
  record
} from '../../facts/build';
import type { View } from '../../facts/view';
import type { IFamily } from '../families';
import { inPrefix } from '../ownership';
import { twinsDraft, twinsOf, type ITwins } from '../twins';
import { defineRule } from '../types';

/**
 * Packages that conda and PyPI call by different names. Families with a rule of their own (OpenCV, TensorFlow,
 * ONNX Runtime, CuPy) are not repeated; where conda registers the wheel's name, `two-managers` speaks.
 */
const FAMILIES: readonly IFamily[] = [
  family('torch', /^(torch|torch-nightly|pytorch)$/, /^pytorch$/),
  family('faiss', /^faiss(-cpu|-gpu|-gpu-cu\d+)?$/, /^faiss(-cpu|-gpu)?$/),
  family('PIL', /^pillow(-simd)?$/, /^pillow(-simd)?$/),
  family('psycopg2', /^psycopg2(-binary)?$/, /^psycopg2$/),
  family('PyQt5', /^pyqt5?$/, /^pyqt$/),
  family('Crypto', /^pycrypto(dome)?$/, /^pycryptodome$/),
  family('msgpack', /^(msgpack|msgpack-python)$/, /^msgpack-python$/),
  family('tables', /^(tables|pytables)$/, /^pytables$/)
];

function family(importName: string, members: RegExp, records: RegExp): IFamily {
  return { importName, members, records };
}

/** conda's copy and a wheel in one folder; null when there is nothing to tell. */
function clash(view: View, one: IFamily): ITwins | null {
  const twins = twinsOf(view, one);
  if (
    twins?.message !== 'shared' ||
    !twins.copies.some(copy => copy.conda) ||
    // A wheel in the user site hides conda's copy, and shares nothing with it.
    !twins.copies.every(
      copy => copy.conda || inPrefix(view, dist('', null, copy))
    ) ||
    new Set(twins.copies.map(copy => copy.name)).size < 2
  ) {
    return null;
  }
  return twins;
}

export default defineRule({
  id: 'two-names',
  code: 'R10',
  since: '0.1.0',
  docs: {
    summary:
      'One package is installed by conda and by pip under different names.',
    what: 'Looks for packages that conda and PyPI name differently and that share an import folder: conda’s `pytorch` and the wheel `torch`, `faiss` and `faiss-cpu`, `pillow` and `pillow-simd`, `psycopg2` and `psycopg2-binary`, `pyqt` and `PyQt5` … OpenCV, TensorFlow, ONNX Runtime and CuPy have rules of their own.',
    why: 'Both write into one folder, so that Python loads libraries of one build with code of the other.',
    example: '`ImportError: …/libtorch_python.so: undefined symbol: _ZN3c10…`.',
    fix: 'Uninstall the wheel, then let conda write its files again.',
    safety: 'Between the two commands the package is incomplete.',
    references: ['pytorch/pytorch#12470', 'facebookresearch/detectron2#593']
  },
  messages: {
    shared: {
      title: '%1 of pip and %2 of conda share the folder %3',
      why: 'Python loads a mixture of two builds, and removing one breaks the other.'
    }
  },
  supersedes: [
    'unmet-requirement',
    'clobbered',
    'conda-depends-broken',
    'other-twins',
    'shared-files'
  ],
  check(view, report) {
    for (const one of FAMILIES) {
      const twins = clash(view, one);
      if (twins) {
        // The wheel came last in almost every case; it is named first.
        const copies = [...twins.copies].sort(
          (a, b) => Number(a.conda) - Number(b.conda)
        );
        const draft = twinsDraft(view, one, { ...twins, copies }, 'error');
        report({ ...draft, message: 'shared' });
      }
    }
  },
  examples: {
    flagged: [
      {
        name: 'pytorch of conda without metadata, and the wheel torch',
        facts: () =>
          facts({
            environment: environment('conda'),
            packages: [dist('torch', '2.4.0', { manager: 'pip' })],
            conda: conda([record('pytorch', '2.3.1')])
          }),
        findings: [
          { message: 'shared', severity: 'error', about: ['torch', 'pytorch'] }
        ]
      },
      {
        name: 'faiss of conda, and the wheel faiss-cpu',
        facts: () =>
          facts({
            environment: environment('conda'),
            packages: [
              dist('faiss', '1.7.4', { manager: 'conda' }),
              dist('faiss-cpu', '1.8.0', { manager: 'pip' })
            ],
            conda: conda([
              record('faiss-cpu', '1.7.4', {
                python_name: 'faiss',
                dist_info_exists: true
              })
            ])
          }),
        findings: [
          {
            message: 'shared',
            severity: 'error',
            about: ['faiss-cpu', 'faiss']
          }
        ]
      }
    ],
    clean: [
      {
        name: 'nobody knows who installed it',
        facts: () =>
          facts({
            packages: [dist('torch', '2.4.0')],
            conda: conda([record('pytorch', '2.3.1')])
          })
      },
      {
        name: 'conda registers the wheel’s name: another rule',
        facts: () =>
          facts({
            packages: [dist('torch', '2.4.0', { manager: 'pip' })],
            conda: conda([
              record('pytorch', '2.3.1', {
                python_name: 'torch',
                dist_info_exists: false
              })
            ])
          })
      },
      {
        name: 'the wheel beside the C++ library of conda',
        facts: () =>
          facts({
            packages: [dist('torch', '2.4.0', { manager: 'pip' })],
            conda: conda([record('libtorch', '2.3.1')])
          })
      },
      {
        name: 'the wheel lies in the user site',
        facts: () => ({
          ...facts({
            packages: [
              dist('torch', '2.4.0', {
                manager: 'pip',
                location: '/home/u/.local/lib/python3.11/site-packages'
              })
            ],
            conda: conda([record('pytorch', '2.3.1')])
          }),
          python: python('3.11.7', { prefix: '/opt/conda/envs/a' })
        })
      }
    ]
  }
});
