/** JAX, jaxlib and its CUDA plugins. */
import type { View } from '../../facts/view';
import { jaxFix } from '../../rules/gpuFix';
import { pipInstall } from '../../rules/words';
import { cellFix, restartIfStale, versionOf } from '../advice';
import { defineSignature, type IAdvice } from '../types';

/** The parts of the installed JAX, of one release. */
function alignJax(view: View): IAdvice {
  const stale = restartIfStale(view, ['jax', 'jaxlib']);
  if (stale) {
    return stale;
  }
  const version = versionOf(view, 'jax');
  const plugin = [...view.names()]
    .map(([name]) => /^jax-(cuda\d+)-plugin$/.exec(name)?.[1])
    .find(Boolean);
  return {
    about: plugin ? [`jax-${plugin}-plugin`] : [],
    fix: version
      ? cellFix([
          pipInstall(view, [
            plugin ? `jax[${plugin}]==${version}` : `jax==${version}`,
            ...(plugin ? [] : [`jaxlib==${version}`])
          ])
        ])
      : null
  };
}

export const jaxlibVersion = defineSignature({
  id: 'jax-family-differs',
  hints: ['jaxlib version', 'jaxlib is version'],
  pattern:
    /jaxlib version (?<jaxlib>[\w.]{1,20}) is newer than and incompatible with jax version (?<jax>[\w.]{1,20}\w)|jaxlib is version (?<jaxlib2>[\w.]{1,20}), but this version of jax requires version >= ?(?<needs>[\w.]{1,20}\w)/,
  grade: 'exact',
  title: 'jax and jaxlib are of different releases',
  why: 'jax checks jaxlib when it is imported, and refuses this pair.',
  about: ['jax', 'jaxlib'],
  rules: ['R38', 'R20', 'R19'],
  advise: (_seen, view) => alignJax(view),
  examples: [
    `Traceback (most recent call last):
  File "<stdin>", line 1, in <module>
  File "/opt/conda/lib/python3.10/site-packages/jax/_src/lib/__init__.py", line 84, in check_jaxlib_version
    raise RuntimeError(msg)
RuntimeError: jaxlib version 0.4.26 is newer than and incompatible with jax version 0.4.25. Please update your jax and/or jaxlib packages.`,
    `RuntimeError: jaxlib is version 0.1.68, but this version of jax requires version >= 0.1.69.`
  ]
});

export const jaxPlugin = defineSignature({
  id: 'jax-plugin-differs',
  hints: ['Mismatched PJRT plugin PJRT API version', 'JAX plugin jax_cuda'],
  pattern:
    /Mismatched PJRT plugin PJRT API version \((?<plugin>[\d.]{1,8})\) and framework PJRT API version (?<framework>[\d.]{1,8}\d)|JAX plugin (?<name>jax_cuda\d{2}_plugin) version (?<has>[\w.]{1,20}) is installed, but it is not compatible with the installed jaxlib version (?<jaxlib>[\w.]{1,20})/,
  grade: 'exact',
  title: 'The GPU plugin of JAX is of another release than jaxlib',
  why: 'The two do not understand each other, so JAX computes on the CPU or stops.',
  about: ['jax', 'jaxlib'],
  rules: ['R38', 'R20', 'R30'],
  advise: (_seen, view) => alignJax(view),
  examples: [
    `RuntimeError: Unable to initialize backend 'cuda': INVALID_ARGUMENT: Mismatched PJRT plugin PJRT API version (0.54) and framework PJRT API version 0.51). (you may need to uninstall the failing plugin package, or set JAX_PLATFORMS=cpu to skip this backend.)`,
    `/opt/conda/lib/python3.11/site-packages/jax_plugins/xla_cuda12/__init__.py:74: UserWarning: JAX plugin jax_cuda12_plugin version 0.4.34 is installed, but it is not compatible with the installed jaxlib version 0.4.35, so it will not be used.`
  ]
});

export const jaxCpu = defineSignature({
  id: 'jax-cpu-build',
  hints: ['a CUDA-enabled jaxlib is not installed'],
  pattern:
    /An NVIDIA GPU may be present on this machine, but a CUDA-enabled jaxlib is not installed/,
  title: 'This JAX cannot use the GPU',
  why: 'jaxlib alone computes on the CPU; the GPU needs its CUDA plugin.',
  about: ['jax', 'jaxlib'],
  rules: ['R51', 'R38'],
  advise: (_seen, view) => ({ fix: jaxFix(view, versionOf(view, 'jax')) }),
  examples: [
    `WARNING:2024-08-20 11:16:02,134:jax._src.xla_bridge:987: An NVIDIA GPU may be present on this machine, but a CUDA-enabled jaxlib is not installed. Falling back to cpu.`
  ]
});

export const jaxLibraryOlder = defineSignature({
  id: 'jax-cuda-library-older',
  hints: ['but JAX was built against version', 'Outdated cu', 'Outdated CUDA'],
  pattern:
    /Found (?<library>CUDA|cu[A-Z]{3,7}) version (?<found>\d{3,7}), but JAX was built against version (?<built>\d{3,7})|Outdated (?<library2>CUDA|cu[A-Z]{3,7}) installation found/,
  grade: 'exact',
  covers: ['jax-cuda-not-loaded', 'jax-cpu-build'],
  title: 'JAX finds an older %1 than it was built with',
  why: 'The copy that is found must be at least as new as that of the build; another one stands in front of it.',
  args: seen => [seen.groups.library || seen.groups.library2],
  about: ['jax', 'LD_LIBRARY_PATH'],
  rules: ['R57', 'R58', 'R60', 'R56', 'R55'],
  examples: [
    `CUDA backend failed to initialize: Found cuBLAS version 120205, but JAX was built against version 120304, which is newer. The copy of cuBLAS that is installed must be at least as new as the version against which JAX was built. (Set TF_CPP_MIN_LOG_LEVEL=0 and rerun for more info.)`
  ]
});

export const jaxNotLoaded = defineSignature({
  id: 'jax-cuda-not-loaded',
  hints: ['Unable to load cu', 'Unable to load CU'],
  pattern:
    /RuntimeError: Unable to load (?<library>CU\w{2,8}|cu\w{2,8})\. Is it installed\?|Unable to use CUDA because of the following issues with CUDA components:\s{1,3}Unable to load (?<library2>CU\w{2,8}|cu\w{2,8})\./,
  grade: 'exact',
  covers: ['jax-cpu-build'],
  title: 'JAX cannot load %1',
  why: 'The library is missing, or `LD_LIBRARY_PATH` puts another CUDA in front of the one that JAX was installed with.',
  args: seen => [seen.groups.library || seen.groups.library2],
  about: ['jax', 'LD_LIBRARY_PATH'],
  rules: ['R58', 'R57', 'R60', 'R55', 'R56', 'R20'],
  examples: [
    `Traceback (most recent call last):
  File "/opt/conda/envs/rl/lib/python3.11/site-packages/jax/_src/xla_bridge.py", line 442, in discover_pjrt_plugins
    plugin_module.initialize()
  File "/opt/conda/envs/rl/lib/python3.11/site-packages/jax_plugins/xla_cuda12/__init__.py", line 139, in _version_check
    raise RuntimeError(err_msg) from e
RuntimeError: Unable to load cuSPARSE. Is it installed?`
  ]
});
