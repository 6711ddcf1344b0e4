/** The way out where two frameworks cannot share an environment: one of them gets its own, with a kernel. */
import type { View } from '../facts/view';
import { text } from '../text/text';
import { majorOf } from '../versions/cuda';
import { compareVersions, publicVersion } from '../versions/pep440';
import { condaOwns, type IBuild } from './cuda';
import { COMPANIONS } from './gpuFix';
import { isWindowsPath, shellPath } from './paths';
import type { IFix } from './types';
import { frameworkName, lacksPip, quote } from './words';

/** What to ask for in the new environment. */
export function requirementOf(build: IBuild): string {
  const version = publicVersion(build.framework.version ?? '');
  const pin = version === '' ? '' : `==${version}`;
  switch (build.name) {
    case 'tensorflow':
      return (compareVersions(version, '2.14') ?? -1) >= 0
        ? `tensorflow[and-cuda]${pin}`
        : `${build.distribution}${pin}`;
    case 'jax':
      return `jax[cuda${majorOf(build.cuda) ?? 12}]${pin}`;
    default:
      return `${build.distribution}${pin}`;
  }
}

/** Distributions that go with it. */
function membersOf(view: View, build: IBuild): string[] {
  const names = [...view.names()].map(([name]) => name);
  return build.name === 'torch'
    ? [build.distribution, ...COMPANIONS.filter(name => view.has(name))]
    : build.name === 'jax'
      ? names.filter(name => /^jax(?:lib)?$|^jax-cuda\d+-/.test(name)).sort()
      : [build.distribution];
}

/**
 * Commands for a terminal that make a new environment for one framework and take it out of this one.
 *
 * @param build the framework that moves out
 * @param more distributions that nothing needs here then
 * @param restored requirements that bring back what the removal took along
 */
export function moveOut(
  view: View,
  build: IBuild,
  more: readonly string[],
  restored: readonly string[]
): IFix {
  const python = view.facts.python;
  const executable = python?.executable ?? 'python';
  const name = `${build.name}-gpu`;
  const title = `Python (${name})`;
  const wanted = `"${requirementOf(build)}" ipykernel`;
  const register = `-m ipykernel install --user --name ${name} --display-name "${title}"`;
  const version = python?.version?.split('.').slice(0, 2).join('.');
  const windows = isWindowsPath(executable);
  const folder = windows ? `%USERPROFILE%\\${name}` : `~/${name}`;
  const inner = windows ? `${folder}\\Scripts\\python` : `${folder}/bin/python`;
  const byConda = view.facts.environment?.kind === 'conda';
  const here = shellPath(executable);
  const pip = (words: string) =>
    lacksPip(view)
      ? `uv pip ${words.replace(/^uninstall -y/, 'uninstall')} --python ${here}`
      : `${here} -m pip ${words}`;
  const gone = [...membersOf(view, build), ...more];
  return {
    commands: [
      ...(byConda
        ? [
            `conda create -y -n ${name} python${version ? `=${version}` : ''} pip`,
            `conda run -n ${name} python -m pip install ${wanted}`,
            `conda run -n ${name} python ${register}`
          ]
        : [
            `${here} -m venv ${folder}`,
            `${inner} -m pip install ${wanted}`,
            `${inner} ${register}`
          ]),
      condaOwns(view, build.distribution)
        ? `conda remove -y --prefix ${shellPath(python?.prefix ?? '.')} ${build.name === 'torch' ? 'pytorch' : build.name}`
        : pip(`uninstall -y ${gone.map(quote).join(' ')}`),
      ...(restored.length > 0
        ? [
            pip(
              `install --force-reinstall --no-deps ${restored.map(quote).join(' ')}`
            )
          ]
        : [])
    ],
    where: 'terminal',
    restart: true,
    safety: 'review',
    note: text(
      'Choose the kernel "%1" for notebooks with %2. To keep both here, let one of them be a CPU build.',
      title,
      frameworkName(build.name)
    )
  };
}
