/** Packages that check the version of NumPy by themselves. */
import { text } from '../../text/text';
import { satisfies } from '../../versions/pep440';
import { moveTo, restartFix, restartIfStale, versionOf } from '../advice';
import { defineSignature } from '../types';

export const numbaNumpy = defineSignature({
  id: 'numba-needs-numpy',
  hints: ['Numba needs NumPy', 'initialization of _internal failed'],
  pattern:
    /ImportError: Numba needs NumPy (?<range>[\d.]{1,8}) or (?<way>less|greater)\.? ?(?:Got NumPy (?<has>[\d.]{1,8}\d))?|SystemError: initialization of _internal failed without raising an exception/,
  grade: 'exact',
  title: 'Numba and NumPy do not fit together',
  why: 'Numba checks the version of NumPy when it is imported, and refuses this one.',
  about: ['numba', 'numpy'],
  rules: ['R34', 'R19', 'R20'],
  advise: (seen, view) => {
    const stale = restartIfStale(view, ['numpy', 'numba']);
    if (stale) {
      return stale;
    }
    const { range, way } = seen.groups;
    if (!range) {
      return { fix: moveTo(view, 'numba', '') };
    }
    const [major, minor] = range.split('.').map(Number);
    const specifier =
      way === 'less' ? `<${major}.${(minor || 0) + 1}` : `>=${range}`;
    const has = versionOf(view, 'numpy');
    return has !== null && satisfies(has, specifier) === true
      ? { fix: restartFix() }
      : { fix: moveTo(view, 'numpy', specifier) };
  },
  examples: [
    `ImportError                               Traceback (most recent call last)
Cell In[1], line 1
----> 1 import librosa

File /opt/conda/lib/python3.11/site-packages/numba/__init__.py:59, in _ensure_critical_deps()
     57     msg = (f"Numba needs NumPy 2.1 or less. Got NumPy "
---> 59     raise ImportError(msg)

ImportError: Numba needs NumPy 2.1 or less. Got NumPy 2.2.`,
    `File /opt/conda/lib/python3.9/site-packages/numba/core/typeconv/typeconv.py", line 4, in <module>
    from numba.core.typeconv import castgraph, Conversion
SystemError: initialization of _internal failed without raising an exception`
  ]
});

export const scipyNumpy = defineSignature({
  id: 'scipy-needs-numpy',
  hints: ['is required for this version of SciPy'],
  pattern:
    /A NumPy version >=(?<from>[\d.]{1,10}) and <(?<to>[\d.]{1,10}) is required for this version of SciPy/,
  grade: 'exact',
  title: 'SciPy and NumPy do not fit together',
  why: 'This SciPy was built for NumPy %1 up to below %2.',
  args: seen => [seen.groups.from, seen.groups.to],
  about: ['scipy', 'numpy'],
  rules: ['R35', 'R20', 'R19'],
  advise: (seen, view) =>
    restartIfStale(view, ['numpy', 'scipy']) ?? {
      fix: moveTo(
        view,
        'numpy',
        `>=${seen.groups.from},<${seen.groups.to}`,
        text('Or update SciPy.')
      )
    },
  examples: [
    `/opt/conda/lib/python3.9/site-packages/scipy/__init__.py:146: UserWarning: A NumPy version >=1.16.5 and <1.23.0 is required for this version of SciPy (detected version 1.24.4
  warnings.warn(f"A NumPy version >={np_minversion} and <{np_maxversion}"`
  ]
});
