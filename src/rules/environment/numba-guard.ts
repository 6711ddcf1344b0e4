import { numbaReleases, numpyForNumba } from '../../compat/numpyReleases';
import { dist, environment, facts } from '../../facts/build';
import type { View } from '../../facts/view';
import { text } from '../../text/text';
import { satisfies } from '../../versions/pep440';
import { demandsOn, installEach } from '../demands';
import { fittingNumpy, numpyOf } from '../numpyFit';
import { defineRule, type IEvidence, type IFix } from '../types';

/** What numba asks of NumPy: its own check, else its metadata, else the table. */
function limit(
  view: View,
  version: string,
  path: string
): { specifier: string; evidence: IEvidence } | null {
  const all = demandsOn(view, 'numpy').filter(one => one.by === 'numba');
  const checked = all.filter(one => one.path.startsWith('/guards/'));
  const own = checked.length > 0 ? checked : all;
  if (own.length > 0) {
    const specifier = own.map(one => one.specifier).join();
    const [{ path: place }] = own;
    const guard = /^\/guards\/(\d+)$/.exec(place);
    const source = guard && view.facts.guards?.[Number(guard[1])].source;
    return {
      specifier,
      evidence: {
        text: text(
          'numba %1 needs numpy%2 (%3)',
          version,
          specifier,
          source ?? 'metadata'
        ),
        path: place
      }
    };
  }
  const known = numpyForNumba(version);
  return known
    ? {
        specifier: known.value,
        evidence: {
          text: text(
            'numba %1 needs numpy%2 (%3)',
            version,
            known.value,
            known.source
          ),
          path: `${path}/version`
        }
      }
    : null;
}

/** Move NumPy where everybody accepts it, else numba. */
function fixOf(view: View, numpy: string, specifier: string): IFix | null {
  const one = fittingNumpy(view, numpy, [specifier]);
  if (one) {
    return installEach(view, [{ name: 'numpy', specifier: `==${one}` }]);
  }
  const newer = numbaReleases().find(
    row => satisfies(numpy, row.numpy) === true
  );
  return newer
    ? installEach(view, [{ name: 'numba', specifier: `>=${newer.numba}` }])
    : null;
}

export default defineRule({
  id: 'numba-guard',
  code: 'R34',
  since: '0.1.0',
  docs: {
    summary: 'numba refuses the installed NumPy.',
    what: 'Reads the range that numba checks when it is imported, from its own file; where that is not known, from its metadata, else from the table.',
    why: '`import numba` raises, and so do librosa, umap-learn, shap and everything else that stands on it.',
    example: '`ImportError: Numba needs NumPy 2.1 or less. Got NumPy 2.2.`',
    fix: 'Install the NumPy nearest to the present one that numba and all other packages accept; where there is none, a newer numba.',
    safety: 'One package changes.',
    references: ['numba/numba#10033']
  },
  messages: {
    refused: {
      title: 'numba %1 refuses NumPy %2',
      why: 'Importing numba, or a package that uses it, raises an ImportError.'
    }
  },
  supersedes: ['unmet-requirement', 'conda-depends-broken'],
  check(view, report) {
    const numpy = numpyOf(view);
    const numba = view.dist('numba');
    const version = numba?.value.version ?? null;
    if (!numpy || !numba || version === null) {
      return;
    }
    const wanted = limit(view, version, numba.path);
    if (wanted && satisfies(numpy.version, wanted.specifier) === false) {
      report({
        message: 'refused',
        args: [version, numpy.version],
        severity: 'error',
        about: ['numba', 'numpy'],
        evidence: [wanted.evidence, numpy.evidence],
        fix: fixOf(view, numpy.version, wanted.specifier)
      });
    }
  },
  examples: {
    flagged: [
      {
        name: 'its own check, which says more than its metadata',
        facts: () =>
          facts({
            environment: environment('venv'),
            packages: [
              dist('numba', '0.61.0', {
                manager: 'pip',
                requires: ['llvmlite<0.45,>=0.44.0dev0', 'numpy>=1.24']
              }),
              dist('numpy', '2.2.6', { manager: 'pip' })
            ],
            guards: [
              {
                distribution: 'numba',
                requires: ['numpy>=1.24', 'numpy<2.2', 'scipy>=1.0'],
                source: 'numba/__init__.py'
              }
            ]
          }),
        findings: [
          {
            message: 'refused',
            severity: 'error',
            about: ['numba', 'numpy']
          }
        ]
      },
      {
        name: 'by the table, from versions alone',
        facts: () =>
          facts({
            packages: [dist('numba', '0.56.4'), dist('numpy', '1.24.3')]
          }),
        findings: [
          {
            message: 'refused',
            severity: 'error',
            about: ['numba', 'numpy']
          }
        ]
      }
    ],
    clean: [
      {
        name: 'a version is not known; a numba that no table knows',
        facts: () =>
          facts({
            packages: [dist('numba', '0.99.0'), dist('numpy', '2.9.0')]
          })
      },
      {
        name: 'the newest NumPy that it accepts',
        facts: () =>
          facts({
            packages: [
              dist('numba', '0.60.0', { requires: ['numpy<2.1,>=1.22'] }),
              dist('numpy', '2.0.2')
            ]
          })
      },
      {
        name: 'its own check accepts what the table of its release does not',
        facts: () =>
          facts({
            packages: [dist('numba', '0.56.4'), dist('numpy', '1.24.3')],
            guards: [
              {
                distribution: 'numba',
                requires: ['numpy>=1.18,<1.25'],
                source: 'numba/__init__.py'
              }
            ]
          })
      }
    ]
  }
});
