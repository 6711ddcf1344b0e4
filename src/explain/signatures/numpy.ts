/** Compiled modules and the NumPy they were built for. */
import type { View } from '../../facts/view';
import { satisfies } from '../../versions/pep440';
import { text } from '../../text/text';
import { moveTo, reinstall, restartIfStale, versionOf } from '../advice';
import { askerOf } from '../frames';
import { distributionOf } from '../names';
import { defineSignature, type IAdvice, type ISeen } from '../types';

/** The package that was built for another NumPy: the innermost one of the traceback. */
function builtFor(seen: ISeen): string[] {
  const name = seen.packages.find(one => one !== 'numpy');
  return name ? [distributionOf(name)] : [];
}

/** Back to NumPy 1, unless it is there already and only the kernel is old. */
function backToNumpy1(_seen: ISeen, view: View): IAdvice | null {
  const stale = restartIfStale(view, ['numpy']);
  if (stale) {
    return stale;
  }
  const version = versionOf(view, 'numpy');
  if (version !== null && satisfies(version, '<2') === true) {
    return {};
  }
  return {
    fix: moveTo(
      view,
      'numpy',
      '<2',
      text('Or update what was built for NumPy 1.')
    )
  };
}

export const numpy1Module = defineSignature({
  id: 'numpy-1-module',
  hints: ['compiled using NumPy 1.x', '_ARRAY_API not found'],
  pattern:
    /A module that was compiled using NumPy 1\.x cannot be run in\s{1,4}NumPy (?<version>[\d.]{1,12}\d)|AttributeError: _ARRAY_API not found/,
  grade: 'exact',
  covers: ['numpy-core-import', 'numpy-not-available'],
  title: 'A module built for NumPy 1 meets NumPy 2',
  why: 'NumPy 2 changed its binary interface, so modules compiled for NumPy 1 cannot be loaded.',
  about: seen => ['numpy', ...builtFor(seen)],
  rules: ['R32', 'R19', 'R20', 'R01'],
  advise: backToNumpy1,
  examples: [
    `A module that was compiled using NumPy 1.x cannot be run in
NumPy 2.0.0 as it may crash. To support both 1.x and 2.x
versions of NumPy, modules must be compiled with NumPy 2.0.
Some module may need to rebuild instead e.g. with 'pybind11>=2.12'.

If you are a user of the module, the easiest solution will be to
downgrade to 'numpy<2' or try to upgrade the affected module.
We expect that some modules will need time to support NumPy 2.

Traceback (most recent call last):  File "<string>", line 1, in <module>
  File "/opt/conda/lib/python3.10/site-packages/matplotlib/__init__.py", line 131, in <module>
    from . import _api, cbook, colors as mcolors
  File "/opt/conda/lib/python3.10/site-packages/matplotlib/transforms.py", line 49, in <module>
    from matplotlib._path import (
AttributeError: _ARRAY_API not found
ImportError: numpy.core.multiarray failed to import`,
    `---------------------------------------------------------------------------
AttributeError                            Traceback (most recent call last)
AttributeError: _ARRAY_API not found`
  ]
});

export const numpyDtypeSize = defineSignature({
  id: 'numpy-size-changed',
  hints: ['size changed, may indicate binary incompatibility'],
  pattern:
    /numpy\.(?<type>dtype|ndarray|ufunc|generic|random\w{0,30}(?:\.\w{1,30}){0,3}) size changed, may indicate binary incompatibility\. Expected (?<expected>\d{1,6}) from C header, got (?<got>\d{1,6}) from PyObject/,
  grade: 'exact',
  title: 'A compiled module and NumPy do not fit together',
  why: 'The module was compiled for another NumPy than the one that is imported.',
  about: seen => ['numpy', ...builtFor(seen)],
  rules: ['R19', 'R32', 'R33', 'R02', 'R01', 'R11', 'R12', 'R20'],
  advise: (seen, view) => {
    const stale = restartIfStale(view, ['numpy', ...builtFor(seen)]);
    if (stale) {
      return stale;
    }
    // NumPy 1 has 96 bytes, NumPy 2 has 88: built for 1, run with 2.
    if (
      seen.groups.type === 'dtype' &&
      seen.groups.expected === '96' &&
      seen.groups.got === '88'
    ) {
      return backToNumpy1(seen, view);
    }
    const [owner] = builtFor(seen);
    return { fix: owner ? reinstall(view, owner) : null };
  },
  examples: [
    `---------------------------------------------------------------------------
ValueError                                Traceback (most recent call last)
Cell In[1], line 1
----> 1 import pandas as pd

File /opt/conda/lib/python3.10/site-packages/pandas/__init__.py:22
     20 del _hard_dependencies, _dependency, _missing_dependencies
     21 
---> 22 from pandas.compat import is_numpy_dev as _is_numpy_dev  # pyright: ignore # noqa:F401

File /opt/conda/lib/python3.10/site-packages/pandas/_libs/__init__.py:13
---> 13 from pandas._libs.interval import Interval

File pandas/_libs/interval.pyx:1, in init pandas._libs.interval()

ValueError: numpy.dtype size changed, may indicate binary incompatibility. Expected 96 from C header, got 88 from PyObject`,
    `RuntimeWarning: numpy.ufunc size changed, may indicate binary incompatibility. Expected 216 from C header, got 192 from PyObject`
  ]
});

export const numpyApiVersion = defineSignature({
  id: 'numpy-too-old-for-module',
  hints: ['module compiled against A', 'module was compiled against'],
  pattern:
    /RuntimeError: module (?:was )?compiled against (?:NumPy C-)?(?:API|ABI) version (?<built>0x[0-9a-f]{1,8})(?: \(NumPy [\d.]{1,8}\))? but this version of numpy is (?<has>0x[0-9a-f]{1,8})/,
  grade: 'exact',
  covers: ['numpy-core-import'],
  title: 'NumPy is older than a compiled module needs',
  why: 'The module was compiled with a newer NumPy and calls functions that this one lacks.',
  about: seen => ['numpy', ...builtFor(seen)],
  rules: ['R33', 'R19', 'R32', 'R02', 'R01', 'R20'],
  advise: (seen, view) =>
    restartIfStale(view, ['numpy', ...builtFor(seen)]) ?? {
      fix:
        seen.groups.built === '0x1000009' || seen.groups.built === '0x2000000'
          ? null
          : moveTo(view, 'numpy', '')
    },
  examples: [
    `RuntimeError: module compiled against API version 0xf but this version of numpy is 0xe
---------------------------------------------------------------------------
ImportError                               Traceback (most recent call last)
<ipython-input-3-4d4ff6a4c7a2> in <module>
----> 1 from transformers import AutoModel

/opt/conda/lib/python3.8/site-packages/pyarrow/__init__.py in <module>
     63 import pyarrow.lib as _lib

/opt/conda/lib/python3.8/site-packages/pyarrow/lib.pyx in init pyarrow.lib()

ImportError: numpy.core.multiarray failed to import`
  ]
});

export const numpyMultiarray = defineSignature({
  id: 'numpy-core-import',
  hints: ['multiarray failed to import', 'umath failed to import'],
  pattern:
    /ImportError: numpy\.(?<core>_?core)\.(?:multiarray|umath) failed to import/,
  title: 'A compiled module and NumPy do not fit together',
  why: 'The module was compiled for another NumPy than the one that is imported.',
  about: seen => ['numpy', ...builtFor(seen)],
  rules: ['R32', 'R33', 'R19', 'R02', 'R01', 'R20'],
  advise: (seen, view) =>
    restartIfStale(view, ['numpy', ...builtFor(seen)]) ??
    (versionOf(view, 'numpy') !== null &&
    satisfies(versionOf(view, 'numpy') ?? '', '>=2') === true
      ? backToNumpy1(seen, view)
      : {}),
  examples: [
    `Traceback (most recent call last):
  File "app.py", line 1, in <module>
    import cv2
  File "/usr/local/lib/python3.11/site-packages/cv2/__init__.py", line 181, in <module>
    bootstrap()
  File "/usr/local/lib/python3.11/site-packages/cv2/__init__.py", line 153, in bootstrap
    native_module = importlib.import_module("cv2")
ImportError: numpy.core.multiarray failed to import`
  ]
});

export const numpyNotAvailable = defineSignature({
  id: 'numpy-not-available',
  hints: ['Failed to initialize NumPy', 'Numpy is not available'],
  pattern:
    /Failed to initialize NumPy: (?<reason>[^\n(]{1,120})|RuntimeError: Numpy is not available/,
  grade: 'exact',
  title: 'PyTorch cannot use NumPy',
  why: 'This PyTorch was built for NumPy 1; with another NumPy `.numpy()` and `from_numpy()` fail.',
  about: ['torch', 'numpy'],
  rules: ['R32', 'R19', 'R33', 'R01'],
  advise: (seen, view) => {
    if (view.has('numpy') === false) {
      return { fix: moveTo(view, 'numpy', '') };
    }
    return backToNumpy1(seen, view);
  },
  examples: [
    `/usr/local/lib/python3.10/site-packages/torch/nn/modules/transformer.py:20: UserWarning: Failed to initialize NumPy: _ARRAY_API not found (Triggered internally at ../torch/csrc/utils/tensor_numpy.cpp:84.)
  device: torch.device = torch.device(torch._C._get_default_device()),  # torch.device('cpu'),`,
    `RuntimeError                              Traceback (most recent call last)
Cell In[4], line 1
----> 1 x = torch.ones(3).numpy()

RuntimeError: Numpy is not available`
  ]
});

export const numpyCoreRenamed = defineSignature({
  id: 'numpy-2-pickle',
  hints: ["No module named 'numpy._core"],
  pattern: /ModuleNotFoundError: No module named 'numpy\._core(?:\.\w{1,30})?'/,
  grade: 'exact',
  title: 'Something made with NumPy 2 meets NumPy 1',
  why: 'A pickled file or a compiled module from NumPy 2 names `numpy._core`, which NumPy 1 does not have.',
  about: ['numpy'],
  rules: ['R19', 'R33', 'R20'],
  advise: (_seen, view) =>
    restartIfStale(view, ['numpy']) ??
    (satisfies(versionOf(view, 'numpy') ?? '', '>=2') === true
      ? null
      : {
          fix: moveTo(
            view,
            'numpy',
            '>=2',
            text('Or write the file again with NumPy 1.')
          )
        }),
  examples: [
    `Traceback (most recent call last):
  File "predict.py", line 9, in <module>
    model = joblib.load("model.joblib")
  File "/opt/conda/lib/python3.10/site-packages/joblib/numpy_pickle.py", line 658, in load
    obj = _unpickle(fobj, filename, mmap_mode)
  File "/opt/conda/lib/python3.10/pickle.py", line 1213, in load
    dispatch[key[0]](self)
ModuleNotFoundError: No module named 'numpy._core'`
  ]
});

export const numpyAlias = defineSignature({
  id: 'numpy-alias-removed',
  hints: [
    "module 'numpy' has no attribute",
    'was removed in the NumPy 2.0 release'
  ],
  pattern:
    /AttributeError: module 'numpy' has no attribute '(?<name>float|int|bool|object|str|complex|long|unicode|typeDict|float_|Inf|NaN|product|cumproduct|in1d|row_stack|trapz)'|AttributeError: `np\.(?<name2>\w{1,30})` was removed in the NumPy 2\.0 release/,
  grade: 'exact',
  covers: ['attribute-of-other-version'],
  // In the user's own code it is an ordinary error that says what to write.
  accept: seen => askerOf(seen, 'numpy') !== null,
  title: '%2 uses `np.%1`, which this NumPy no longer has',
  why: 'The package was written for an older NumPy.',
  args: seen => [
    seen.groups.name || seen.groups.name2,
    builtFor(seen)[0] ?? 'a package'
  ],
  about: seen => [...builtFor(seen), 'numpy'],
  rules: ['R20', 'R32', 'R19'],
  advise: (seen, view) => {
    const stale = restartIfStale(view, ['numpy', ...builtFor(seen)]);
    const limit = seen.groups.name2 ? '<2' : '<1.24';
    const [owner] = builtFor(seen);
    return (
      stale ?? {
        fix: owner
          ? moveTo(view, owner, '', text('Or keep it, with NumPy %1.', limit))
          : null
      }
    );
  },
  examples: [
    `AttributeError                            Traceback (most recent call last)
Cell In[2], line 1
----> 1 from tensorboard.plugins.hparams import api

File /opt/conda/lib/python3.9/site-packages/tensorboard/compat/tensorflow_stub/dtypes.py:326
    325 _np_bfloat16 = pywrap_tensorflow.TF_bfloat16_type()
--> 326 np.dtype(np.bool): bool,

File /opt/conda/lib/python3.9/site-packages/numpy/__init__.py:305, in __getattr__(attr)
    303 if attr in __former_attrs__:
--> 305     raise AttributeError(__former_attrs__[attr])

AttributeError: module 'numpy' has no attribute 'bool'.
\`np.bool\` was a deprecated alias for the builtin \`bool\`.`
  ]
});

export const numpyBroken = defineSignature({
  id: 'numpy-import-failed',
  hints: [
    'Importing the numpy C-extensions failed',
    "No module named 'numpy.core._multiarray_umath'",
    'you should not try to import numpy from'
  ],
  pattern:
    /Importing the numpy C-extensions failed|No module named 'numpy\.core\._multiarray_umath'|Error importing numpy: you should not try to import numpy from/,
  grade: 'usual',
  title: 'NumPy itself cannot be imported',
  why: 'Its compiled part is missing or belongs to another NumPy or another Python, as after two installs on top of each other.',
  about: ['numpy'],
  rules: ['R02', 'R01', 'R04', 'R11', 'R12', 'R21', 'R05'],
  advise: (_seen, view) =>
    restartIfStale(view, ['numpy']) ?? { fix: reinstall(view, 'numpy') },
  examples: [
    `ImportError: 

IMPORTANT: PLEASE READ THIS FOR ADVICE ON HOW TO SOLVE THIS ISSUE!

Importing the numpy C-extensions failed. This error can happen for
many reasons, often due to issues with your setup or how NumPy was
installed.

Please note and check the following:

  * The Python version is: Python3.9 from "/opt/conda/bin/python"
  * The NumPy version is: "1.22.3"

and make sure that they are the versions you expect.

Original error was: No module named 'numpy.core._multiarray_umath'`
  ]
});
