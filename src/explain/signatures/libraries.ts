/** Errors of the loader about everything that is not CUDA: libstdc++, libc, OpenGL, OpenMP, MKL, Python itself. */
import { condaOwns } from '../../rules/cuda';
import { text } from '../../text/text';
import { condaInstall, pipInstall, pipUninstall } from '../../rules/words';
import { cellFix, reinstall } from '../advice';
import { distributionOf } from '../names';
import { defineSignature } from '../types';
import { ownerIn } from './loader';

export const glibcxx = defineSignature({
  id: 'libstdcxx-too-old',
  hints: ['GLIBCXX_', 'CXXABI_'],
  pattern:
    /(?<!\S)(?<file>[^\s:]{0,300}libstdc\+\+\.so\.6): version [`'"](?<version>(?:GLIBCXX|CXXABI)_[\d.]{1,12})['"`] not found(?: \(required by (?<by>[^)\n]{1,300})\))?/,
  grade: 'exact',
  title: '`%1` has no `%2`',
  why: 'A compiled module was built with a newer libstdc++ than the one that is loaded first.',
  args: seen => [seen.groups.file, seen.groups.version],
  about: seen => {
    const by = /(?:site|dist)-packages[\\/]([A-Za-z0-9_]+)/.exec(
      seen.groups.by
    )?.[1];
    return ['libstdc++', ...(by ? [distributionOf(by)] : [])];
  },
  rules: ['R41', 'R58'],
  advise: (_seen, view) => ({
    fix:
      view.facts.environment?.kind === 'conda'
        ? cellFix([condaInstall(['libstdcxx-ng'], ['-c', 'conda-forge'])])
        : null
  }),
  examples: [
    `ImportError                               Traceback (most recent call last)
Cell In[2], line 1
----> 1 from scipy.sparse import csr_matrix

File /opt/conda/envs/work/lib/python3.10/site-packages/scipy/sparse/__init__.py:267
    264 import warnings as _warnings
--> 267 from ._csr import *

ImportError: /lib/x86_64-linux-gnu/libstdc++.so.6: version \`GLIBCXX_3.4.29' not found (required by /opt/conda/envs/work/lib/python3.10/site-packages/scipy/sparse/_sparsetools.cpython-310-x86_64-linux-gnu.so)`
  ]
});

export const glibc = defineSignature({
  id: 'glibc-too-old',
  hints: ['GLIBC_'],
  pattern:
    /(?<!\S)(?<file>[^\s:]{0,300}lib(?:c|m|pthread|dl)\.so\.6): version [`'"](?<version>GLIBC_[\d.]{1,12})['"`] not found(?: \(required by (?<by>[^)\n]{1,300})\))?/,
  grade: 'exact',
  title: 'The C library of this system has no `%1`',
  why: 'A compiled module was built on a newer Linux than this one; the C library cannot be replaced by a package.',
  args: seen => [seen.groups.version],
  about: seen => {
    const by = /(?:site|dist)-packages[\\/]([A-Za-z0-9_]+)/.exec(
      seen.groups.by
    )?.[1];
    return by ? [distributionOf(by)] : ownerIn(seen);
  },
  rules: ['R44', 'R21'],
  examples: [
    `Traceback (most recent call last):
  File "<stdin>", line 1, in <module>
  File "/home/user/venv/lib/python3.8/site-packages/jaxlib/xla_client.py", line 27, in <module>
    from . import xla_extension as _xla
ImportError: /lib64/libm.so.6: version \`GLIBC_2.27' not found (required by /home/user/venv/lib/python3.8/site-packages/jaxlib/xla_extension.so)`
  ]
});

export const openGl = defineSignature({
  id: 'libgl-missing',
  hints: ['libGL.so.1', 'libgthread-2.0.so.0'],
  pattern:
    /ImportError: (?<file>lib(?:GL|gthread-2\.0)\.so\.\d): cannot open shared object file/,
  grade: 'exact',
  covers: ['shared-library-missing'],
  accept: seen =>
    seen.packages.length === 0 ||
    seen.packages.some(name => name === 'cv2' || name === 'open3d'),
  title: 'OpenCV needs `%1`, which this system does not have',
  why: 'The plain OpenCV wheels link to the libraries of a desktop; servers and containers have none.',
  args: seen => [seen.groups.file],
  about: ['opencv-python'],
  rules: ['R24'],
  advise: (seen, view) => {
    if (seen.packages[0] && seen.packages[0] !== 'cv2') {
      return { about: [distributionOf(seen.packages[0], view)] };
    }
    const name = distributionOf('cv2', view);
    if (condaOwns(view, name)) {
      return {};
    }
    const version = view.dist(name)?.value.version;
    const headless = name.endsWith('-headless') ? name : `${name}-headless`;
    return {
      about: [name],
      fix: cellFix(
        [
          pipUninstall(view, [name]),
          pipInstall(view, [version ? `${headless}==${version}` : headless])
        ],
        text('The headless form has everything but windows.')
      )
    };
  },
  examples: [
    `ImportError                               Traceback (most recent call last)
<ipython-input-1-c8ec22b3e787> in <module>
----> 1 import cv2

/opt/conda/lib/python3.9/site-packages/cv2/__init__.py in <module>
      6 from .cv2 import *

ImportError: libGL.so.1: cannot open shared object file: No such file or directory`
  ]
});

export const mklSymbol = defineSignature({
  id: 'mkl-too-new',
  hints: ['iJIT_NotifyEvent', 'iJIT_IsProfilingActive'],
  pattern:
    /(?<!\S)(?<file>[^\s:]{1,300}libtorch_cpu\.so): undefined symbol: iJIT_\w{1,40}/,
  grade: 'exact',
  title: 'MKL 2024.1 or newer lacks a function that this PyTorch calls',
  why: 'PyTorch of conda is linked to the MKL of the environment, and MKL dropped `iJIT_NotifyEvent` in 2024.1.',
  about: ['torch', 'mkl'],
  rules: ['R22', 'R01'],
  advise: (_seen, view) => ({
    evidence: view.record('mkl')
      ? [
          {
            text: text(
              'conda has mkl %1',
              view.record('mkl')?.value.version ?? '?'
            ),
            path: view.record('mkl')?.path ?? ''
          }
        ]
      : [],
    fix: cellFix([condaInstall(['mkl<2024.1'])])
  }),
  examples: [
    `Traceback (most recent call last):
  File "<stdin>", line 1, in <module>
  File "/opt/conda/envs/open-mmlab/lib/python3.8/site-packages/torch/__init__.py", line 197, in <module>
    from torch._C import *  # noqa: F403
ImportError: /opt/conda/envs/open-mmlab/lib/python3.8/site-packages/torch/lib/libtorch_cpu.so: undefined symbol: iJIT_NotifyEvent`
  ]
});

export const openmpTwice = defineSignature({
  id: 'openmp-twice',
  hints: ['OMP: Error #15', 'MKL_THREADING_LAYER=INTEL'],
  pattern:
    /OMP: Error #15: Initializing (?<new>[^\s,]{1,80}), but found (?<old>[^\s,]{1,80}) already initialized|MKL_THREADING_LAYER=INTEL is incompatible with (?<other>[^\s,]{1,80}) library/,
  grade: 'exact',
  title: 'Two OpenMP runtimes in one process',
  why: 'Two packages bring an OpenMP runtime of their own; together they can stop the process or compute wrongly.',
  about: seen => ['mkl', ...ownerIn(seen)],
  rules: ['R42'],
  examples: [
    `OMP: Error #15: Initializing libiomp5.so, but found libomp.so already initialized.
OMP: Hint This means that multiple copies of the OpenMP runtime have been linked into the program. That is dangerous, since it can degrade performance or cause incorrect results.`,
    `Error: mkl-service + Intel(R) MKL: MKL_THREADING_LAYER=INTEL is incompatible with libgomp.so.1 library.
	Try to import numpy first or set the threading layer accordingly. Set MKL_SERVICE_FORCE_INTEL to force it.`
  ]
});

export const pythonSymbol = defineSignature({
  id: 'built-for-other-python',
  hints: ['undefined symbol: '],
  pattern:
    /(?<!\S)(?<file>[^\s:]{1,300}\.so): undefined symbol: (?<symbol>_?Py[A-Z]\w{1,60})/,
  grade: 'exact',
  title: 'A compiled module was built for another Python',
  why: '`%1` is no function of this Python, so the module cannot be loaded.',
  args: seen => [seen.groups.symbol],
  about: seen => [...ownerIn(seen), 'python'],
  rules: ['R21', 'R12', 'R11'],
  advise: (seen, view) => {
    const [owner] = ownerIn(seen);
    return { fix: owner ? reinstall(view, owner) : null };
  },
  examples: [
    `Traceback (most recent call last):
  File "<stdin>", line 1, in <module>
  File "/home/user/.local/lib/python3.11/site-packages/yaml/cyaml.py", line 7, in <module>
    from yaml._yaml import CParser, CEmitter
ImportError: /home/user/.local/lib/python3.11/site-packages/yaml/_yaml.so: undefined symbol: _PyGen_Send`
  ]
});

/** Libraries that environments bring along, and the conda package that holds them. */
const HOLDERS: readonly (readonly [RegExp, string])[] = [
  [/libmkl_/, 'mkl'],
  [/libffi\./, 'libffi'],
  [/lib(?:ssl|crypto)\./, 'openssl'],
  [/libgdal\./, 'libgdal'],
  [/libproj\./, 'proj'],
  [/lib(?:tinfow?|ncursesw?)\./, 'ncurses'],
  [/libgfortran\./, 'libgfortran'],
  [/libarrow\w*\./, 'pyarrow'],
  [/libhdf5\w*\./, 'hdf5'],
  [/libpython3/, 'python']
];

function holderOf(file: string): string[] {
  return HOLDERS.filter(([pattern]) => pattern.test(file)).map(
    ([, name]) => name
  );
}

export const sharedLibraryMissing = defineSignature({
  id: 'shared-library-missing',
  hints: ['cannot open shared object file'],
  pattern:
    /(?:ImportError|OSError): (?<file>(?:\/[^\s:]{1,300})?lib[\w.+-]{1,60}\.so[.\d]{0,12}): cannot open shared object file/,
  grade: 'general',
  title: '`%1` cannot be found',
  why: 'A compiled module is linked to this library, and the loader finds no copy of exactly this name.',
  args: seen => [seen.groups.file],
  about: seen => [...ownerIn(seen), ...holderOf(seen.groups.file)],
  rules: ['R03', 'R22', 'R02', 'R01', 'R20'],
  advise: (seen, view) => {
    const [owner] = ownerIn(seen);
    const [holder] = holderOf(seen.groups.file);
    const held = holder === undefined ? null : view.record(holder);
    return {
      fix: owner
        ? reinstall(view, owner)
        : held
          ? cellFix([
              condaInstall(
                [`${held.value.name}=${held.value.version}`],
                ['--force-reinstall']
              )
            ])
          : null
    };
  },
  examples: [
    `<ipython-input-2-0b1f4f7b7a2d> in <module>
----> 1 import ctypes

~/anaconda3/envs/sim/lib/python3.8/ctypes/__init__.py in <module>
----> 7 from _ctypes import Union, Structure, Array

ImportError: libffi.so.7: cannot open shared object file: No such file or directory`,
    `Traceback (most recent call last):
  File "/opt/conda/lib/python3.9/site-packages/mkl/__init__.py", line 54, in <module>
    from ._mkl_service import *
ImportError: libmkl_rt.so.1: cannot open shared object file: No such file or directory`
  ]
});
