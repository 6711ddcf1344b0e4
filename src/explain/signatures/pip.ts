/** What pip and conda say. */
import { condaInstall, pipInstall } from '../../rules/words';
import { normalise, parseRequirement } from '../../versions/requirement';
import { cellFix, moveTo } from '../advice';
import { defineSignature } from '../types';

export const pipConflict = defineSignature({
  id: 'pip-conflict',
  hints: ['which is incompatible.', 'which is not installed.'],
  pattern:
    /(?:^|\n)(?:ERROR: )?(?<by>[A-Za-z0-9][\w.-]{0,60}) (?<version>\d[\w.+!-]{0,30}) (?:has requirement|requires) (?<requirement>[A-Za-z0-9][^\n]{1,160}?), (?:but you(?:'ll)? have (?<has>\S{1,60} \S{1,40}) which is incompatible|which is not installed)/,
  title: '%1 %2 does not fit what is installed now',
  why: 'The install moved a package out of the range that %1 asks for.',
  args: seen => [seen.groups.by, seen.groups.version],
  about: seen => [
    normalise(seen.groups.by),
    parseRequirement(seen.groups.requirement)?.name ?? 'pip'
  ],
  rules: ['R20', 'R60', 'R37', 'R40'],
  advise: (seen, view) => {
    const wanted = parseRequirement(seen.groups.requirement);
    return wanted ? { fix: moveTo(view, wanted.name, wanted.specifier) } : {};
  },
  examples: [
    `ERROR: pip's dependency resolver does not currently take into account all the packages that are installed. This behaviour is the source of the following dependency conflicts.
torchvision 0.18.1+cu121 requires torch==2.3.1, but you have torch 2.3.0 which is incompatible.`
  ]
});

export const pipCannotUninstall = defineSignature({
  id: 'pip-cannot-uninstall',
  hints: [
    'Cannot uninstall',
    'Unable to uninstall',
    'uninstall-no-record-file'
  ],
  pattern:
    /(?:Cannot|Unable to) uninstall '?(?<name>[A-Za-z0-9][\w.-]{0,60}?)'?(?:[. ]|,)[^\n]{0,40}?(?:It is a distutils installed project|no RECORD file was found|The package's contents are unknown)|Cannot uninstall (?<name2>[A-Za-z0-9][\w.-]{0,60}) [\w.+-]{1,30}\s{1,4}[^\n]{0,120}no RECORD file was found/,
  grade: 'exact',
  title: 'pip cannot remove %1',
  why: 'Nothing lists the files of the installed copy, so pip stops before it changes anything.',
  args: seen => [seen.groups.name || seen.groups.name2],
  about: seen => [normalise(seen.groups.name || seen.groups.name2), 'pip'],
  rules: ['R06', 'R01'],
  advise: (seen, view) => {
    const owner = view.owner(seen.groups.name || seen.groups.name2);
    return {
      fix: owner ? cellFix([condaInstall([owner.value.name])]) : null
    };
  },
  examples: [
    `  Attempting uninstall: llvmlite
    Found existing installation: llvmlite 0.31.0
ERROR: Cannot uninstall 'llvmlite'. It is a distutils installed project and thus we cannot accurately determine which files belong to it which would lead to only a partial uninstall.`
  ]
});

export const pipLeftover = defineSignature({
  id: 'pip-invalid-distribution',
  hints: ['Ignoring invalid distribution'],
  pattern:
    /WARNING: Ignoring invalid distribution (?<name>[~-]\S{1,60})(?: \((?<path>[^)\n]{1,300})\))?/,
  grade: 'general',
  title: 'An interrupted removal left `%1`',
  why: 'pip renames a package before it deletes it; the rest of one is still in site-packages.',
  args: seen => [seen.groups.name.replace(/^-/, '~')],
  about: ['pip'],
  rules: ['R05'],
  examples: [
    'WARNING: Ignoring invalid distribution -orch (/opt/conda/lib/python3.10/site-packages)'
  ]
});

export const pipPlatform = defineSignature({
  id: 'wheel-not-for-here',
  hints: ['is not a supported wheel on this platform'],
  pattern:
    /ERROR: (?<file>[^\s/]{1,200}\.whl) is not a supported wheel on this platform/,
  grade: 'exact',
  title: '`%1` is for another Python or another system',
  why: 'The tags in its name do not fit this interpreter, so pip refuses it.',
  args: seen => [seen.groups.file],
  about: seen => [normalise(seen.groups.file.split('-')[0]), 'python'],
  rules: ['R21', 'R44'],
  examples: [
    'ERROR: torch-1.8.1+cu111-cp38-cp38-linux_x86_64.whl is not a supported wheel on this platform.'
  ]
});

export const pipDecoy = defineSignature({
  id: 'pip-decoy',
  hints: [
    'You tried to install "pytorch"',
    "The 'sklearn' PyPI package is deprecated",
    '"tensorflow-gpu" package has been removed'
  ],
  pattern:
    /You tried to install "(?<pytorch>pytorch)"|The '(?<sklearn>sklearn)' PyPI package is deprecated|The "(?<gpu>tensorflow-gpu)" package has been removed/,
  grade: 'exact',
  title: '`%1` is not the name of the package',
  why: 'The name exists on the index only to say that another one is meant.',
  args: seen => [seen.groups.pytorch || seen.groups.sklearn || seen.groups.gpu],
  about: seen => [
    seen.groups.pytorch
      ? 'torch'
      : seen.groups.sklearn
        ? 'scikit-learn'
        : 'tensorflow'
  ],
  rules: ['R31'],
  advise: (seen, view) => ({
    fix: cellFix([
      pipInstall(view, [
        seen.groups.pytorch
          ? 'torch'
          : seen.groups.sklearn
            ? 'scikit-learn'
            : 'tensorflow[and-cuda]'
      ])
    ])
  }),
  examples: [
    'Exception: You tried to install "pytorch". The package named for PyTorch is "torch"',
    `  The 'sklearn' PyPI package is deprecated, use 'scikit-learn'
  rather than 'sklearn' for pip commands.`,
    'The "tensorflow-gpu" package has been removed!'
  ]
});

export const externallyManaged = defineSignature({
  id: 'externally-managed',
  hints: ['externally-managed-environment'],
  pattern: /error: externally-managed-environment/,
  grade: 'exact',
  title: 'pip may not install into this Python',
  why: 'It belongs to the system or to conda, which marks it so; packages belong into an environment of their own.',
  about: ['pip', 'python'],
  rules: ['R08'],
  examples: [
    `error: externally-managed-environment

× This environment is externally managed
╰─> To install Python packages system-wide, try apt install
    python3-xyz, where xyz is the package you are trying to
    install.`
  ]
});

export const versionConflict = defineSignature({
  id: 'pkg-resources-conflict',
  hints: [
    'ContextualVersionConflict',
    'pkg_resources.VersionConflict',
    'DistributionNotFound'
  ],
  pattern:
    /pkg_resources\.(?:ContextualVersionConflict|VersionConflict): \((?<name>[A-Za-z0-9][\w.-]{0,60}) (?<has>\S{1,40}) \([^)\n]{1,300}\), Requirement\.parse\('(?<requirement>[^'\n]{1,120})'\)|pkg_resources\.DistributionNotFound: The '(?<missing>[^'\n]{1,120})' distribution was not found/,
  grade: 'exact',
  title: '`%1` is asked for, and not what is installed',
  why: 'A package checks its requirements when it is imported, and refuses this one.',
  args: seen => [seen.groups.requirement || seen.groups.missing],
  about: seen => [
    parseRequirement(seen.groups.requirement || seen.groups.missing)?.name ??
      'pip'
  ],
  rules: ['R20', 'R40', 'R19'],
  advise: (seen, view) => {
    const wanted = parseRequirement(
      seen.groups.requirement || seen.groups.missing
    );
    return wanted ? { fix: moveTo(view, wanted.name, wanted.specifier) } : {};
  },
  examples: [
    `pkg_resources.ContextualVersionConflict: (numpy 1.17.4 (/opt/conda/lib/python3.7/site-packages), Requirement.parse('numpy>=1.18.0'), {'numba'})`
  ]
});

export const condaPack = defineSignature({
  id: 'conda-files-overwritten',
  hints: ['Files managed by conda were found to have been deleted/overwritten'],
  pattern:
    /Files managed by conda were found to have been deleted\/overwritten in the\s{1,4}following packages:\s{1,6}(?:- )?(?<list>[^\n]{1,400})/,
  grade: 'exact',
  title: 'pip replaced files that belong to conda',
  why: 'conda still believes in its own versions, and its next command mixes the two.',
  about: seen => [
    ...seen.groups.list
      .split(/[\s,]+/)
      .map(one => normalise(one.replace(/=.*$/, '')))
      .filter(one => /^[a-z][a-z0-9-]*$/.test(one)),
    'conda'
  ],
  rules: ['R02', 'R01', 'R03'],
  advise: (seen, view) => {
    const names = seen.groups.list
      .split(/[\s,]+/)
      .map(one => one.replace(/ .*$/, ''))
      .filter(one => view.record(one));
    return {
      fix:
        names.length > 0
          ? cellFix([condaInstall(names, ['--force-reinstall'])])
          : null
    };
  },
  examples: [
    `CondaPackError: 
Files managed by conda were found to have been deleted/overwritten in the
following packages:

- numpy 1.20.3:
    lib/python3.8/site-packages/numpy/__init__.py
    lib/python3.8/site-packages/numpy/__config__.py
    + 212 others`
  ]
});
