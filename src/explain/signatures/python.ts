/** Modules that are missing or hidden, and Jupyter's own stack. */
import { condaInstall, pipInstall, pipUninstall } from '../../rules/words';
import { text } from '../../text/text';
import { cellFix, moveTo, restartFix } from '../advice';
import { distributionOf, isKnown } from '../names';
import { defineSignature } from '../types';

export const moduleMissing = defineSignature({
  id: 'installed-module-missing',
  hints: ['No module named'],
  pattern: /ModuleNotFoundError: No module named '(?<name>\w{1,60})'/,
  title: '`%1` is not there for this kernel',
  why: 'It was installed, but not where this Python imports from, or it was removed again.',
  args: seen => [seen.groups.name],
  about: seen => [distributionOf(seen.groups.name)],
  rules: ['R03', 'R18', 'R05'],
  // Nearly always a package that nobody installed; only facts can say that it is something else.
  advise: (seen, view) => {
    const { name } = seen.groups;
    const distribution = distributionOf(name, view);
    const record = view.owner(distribution) ?? view.record(distribution);
    const found = view.has(distribution);
    if (found === false && record?.value.dist_info_exists === false) {
      return {
        fix: cellFix([condaInstall([record.value.name], ['--force-reinstall'])])
      };
    }
    const pip = view.facts.tools?.findIndex(one => one.name === 'pip') ?? -1;
    const other = view.facts.tools?.[pip];
    const prefix = view.facts.python?.prefix;
    if (
      found === false &&
      isKnown(name) &&
      other?.path &&
      other.prefix &&
      prefix &&
      other.prefix !== prefix
    ) {
      return {
        about: ['pip'],
        evidence: [
          {
            text: text(
              '`pip` is %1 and installs into %2',
              other.path,
              other.prefix
            ),
            path: `/tools/${pip}`
          },
          {
            text: text('this kernel runs in %1', prefix),
            path: '/python/prefix'
          }
        ],
        fix: cellFix([pipInstall(view, [distribution])])
      };
    }
    return null;
  },
  examples: [
    `ModuleNotFoundError                       Traceback (most recent call last)
Cell In[1], line 1
----> 1 import numpy as np

ModuleNotFoundError: No module named 'numpy'`
  ]
});

export const stdlibShadowed = defineSignature({
  id: 'standard-library-shadowed',
  hints: ["module 'enum' has no attribute", "'Callable' has no attribute"],
  pattern:
    /AttributeError: (?:partially initialized )?module '(?<module>enum)' has no attribute 'IntFlag'|AttributeError: (?:type object|module) '(?<callable>Callable)' has no attribute '_abc_registry'/,
  grade: 'exact',
  title: 'A package hides `%1` of Python itself',
  why: 'An old backport of a standard module is installed, and this Python imports it in place of its own.',
  args: seen => [seen.groups.module || 'typing'],
  about: seen => [seen.groups.module ? 'enum34' : 'typing', 'python'],
  rules: ['R16', 'R12', 'R11'],
  advise: (seen, view) => {
    const name = seen.groups.module ? 'enum34' : 'typing';
    return view.has(name) === false
      ? {}
      : { fix: cellFix([pipUninstall(view, [name])]) };
  },
  examples: [
    `  File "/opt/conda/lib/python3.7/re.py", line 143, in <module>
    class RegexFlag(enum.IntFlag):
AttributeError: module 'enum' has no attribute 'IntFlag'`,
    `  File "/opt/conda/lib/python3.7/site-packages/typing.py", line 1004, in __new__
    self._abc_registry = extra._abc_registry
AttributeError: type object 'Callable' has no attribute '_abc_registry'`
  ]
});

export const stdlibRemoved = defineSignature({
  id: 'python-too-new',
  hints: [
    "No module named 'distutils",
    "No module named 'imp'",
    'ImpImporter',
    "from 'collections'",
    "module 'collections' has no attribute"
  ],
  pattern:
    /ModuleNotFoundError: No module named '(?<module>distutils|imp)(?:\.\w{1,30})?'|module 'pkgutil' has no attribute '(?<name>ImpImporter)'|(?:cannot import name '(?<name2>Mapping|MutableMapping|Iterable|Callable|Sequence|Hashable)' from 'collections'|module 'collections' has no attribute '(?<name3>Mapping|MutableMapping|Iterable|Callable|Sequence|Hashable)')/,
  grade: 'exact',
  covers: ['name-of-other-version'],
  accept: seen => typeof seen.frames[0] === 'string',
  title: '%1 is too old for this Python',
  why: 'It uses `%2`, which newer versions of Python no longer have.',
  args: seen => [
    distributionOf(seen.packages[0]),
    seen.groups.module ||
      seen.groups.name ||
      `collections.${seen.groups.name2 || seen.groups.name3}`
  ],
  about: seen => [distributionOf(seen.packages[0]), 'python'],
  rules: ['R21', 'R20'],
  advise: (seen, view) => ({
    fix: moveTo(view, distributionOf(seen.packages[0], view), '')
  }),
  examples: [
    `Traceback (most recent call last):
  File "<stdin>", line 1, in <module>
  File "/opt/venv/lib/python3.12/site-packages/numba/core/config.py", line 6, in <module>
    from distutils.version import LooseVersion
ModuleNotFoundError: No module named 'distutils'`,
    `  File "/opt/venv/lib/python3.12/site-packages/pkg_resources/__init__.py", line 2172, in <module>
    register_finder(pkgutil.ImpImporter, find_on_path)
AttributeError: module 'pkgutil' has no attribute 'ImpImporter'. Did you mean: 'zipimporter'?`
  ]
});

export const pkgResources = defineSignature({
  id: 'setuptools-missing',
  hints: ["No module named 'pkg_resources'"],
  pattern: /ModuleNotFoundError: No module named 'pkg_resources'/,
  grade: 'exact',
  covers: ['installed-module-missing'],
  accept: seen => typeof seen.frames[0] === 'string',
  title: '%1 needs `pkg_resources`, which is not there',
  why: 'It came with setuptools, which new environments no longer have and newer releases dropped.',
  args: seen => [distributionOf(seen.packages[0])],
  about: seen => ['setuptools', distributionOf(seen.packages[0])],
  rules: ['R20'],
  advise: (_seen, view) => ({ fix: moveTo(view, 'setuptools', '<81') }),
  examples: [
    `Traceback (most recent call last):
  File "<stdin>", line 1, in <module>
  File "/opt/venv/lib/python3.12/site-packages/tensorflow_hub/__init__.py", line 61, in <module>
    from pkg_resources import parse_version
ModuleNotFoundError: No module named 'pkg_resources'`
  ]
});

export const websocket = defineSignature({
  id: 'tornado-differs',
  hints: [
    "coroutine 'WebSocketHandler.get' was never awaited",
    "coroutine 'ZMQ"
  ],
  pattern:
    /RuntimeWarning: coroutine '(?:WebSocketHandler\.get|ZMQTerminalInteractiveShell\.\w{1,40})' was never awaited/,
  grade: 'exact',
  title: 'Tornado is newer than the notebook server',
  why: 'The server does not wait for what this Tornado hands it, so kernels cannot be reached.',
  about: ['tornado', 'notebook', 'jupyter-server'],
  rules: ['R23', 'R20'],
  examples: [
    `/opt/conda/lib/python3.7/site-packages/notebook/base/zmqhandlers.py:284: RuntimeWarning: coroutine 'WebSocketHandler.get' was never awaited
  super(AuthenticatedZMQStreamHandler, self).get(*args, **kwargs)`
  ]
});

export const iprogress = defineSignature({
  id: 'ipywidgets-missing',
  hints: ['IProgress not found'],
  pattern:
    /ImportError: IProgress not found\. Please update jupyter and ipywidgets/,
  grade: 'exact',
  title: 'Progress bars need ipywidgets in the kernel',
  why: 'tqdm draws them as widgets in notebooks, and `ipywidgets` cannot be imported here.',
  about: ['ipywidgets', 'tqdm'],
  rules: ['R20'],
  advise: (_seen, view) => ({
    fix: view.has('ipywidgets') ? restartFix() : moveTo(view, 'ipywidgets', '')
  }),
  examples: [
    `ImportError                               Traceback (most recent call last)
File /opt/conda/lib/python3.10/site-packages/tqdm/notebook.py:103, in tqdm_notebook.status_printer(_, total, desc, ncols)
ImportError: IProgress not found. Please update jupyter and ipywidgets. See https://ipywidgets.readthedocs.io/en/stable/user_install.html`
  ]
});
