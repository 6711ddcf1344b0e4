/** Commands that bring a GPU build that fits driver, GPU and Python. */
import { jaxExtraFor } from '../compat/jax';
import {
  tensorflowBuild,
  tensorflowFor,
  tensorflowRunsOn
} from '../compat/tensorflow';
import { cudaFits } from '../compat/driver';
import {
  defaultFits,
  torchCudaFor,
  torchDefaultCuda,
  torchPair,
  torchWheelFor,
  type IWanted
} from '../compat/torch';
import type { View } from '../facts/view';
import { text, type IText } from '../text/text';
import { majorOf } from '../versions/cuda';
import { compareVersions, publicVersion } from '../versions/pep440';
import { commonCapability, condaOwns, driverCuda, wheelPlatform } from './cuda';
import { orphanedWheels } from './cudaWheels';
import type { IFix } from './types';
import {
  condaInstall,
  lacksPip,
  pipInstall,
  pipUninstall,
  quote,
  uvPip
} from './words';

/** Distributions that must move together with torch. */
export const COMPANIONS: readonly string[] = [
  'torchvision',
  'torchaudio',
  'torchtext'
];

/** Names of conda packages that hold an environment to CPU builds. */
const CPU_SELECTORS: readonly string[] = [
  'cpuonly',
  'pytorch-cpu',
  'tensorflow-cpu'
];

/** `torch==V` and what was released for it, of the companions that are installed. */
export function torchFamily(view: View, version: string): string[] {
  const pair = torchPair(version);
  return [
    `torch==${version}`,
    ...COMPANIONS.filter(name => view.has(name) && !condaOwns(view, name)).map(
      name => `${name}${pair[name]?.value ?? ''}`
    )
  ];
}

/** `torch==2.3.0` → `torch`. */
function projectOf(requirement: string): string {
  return requirement.replace(/[=<>].*$/, '');
}

/** Install wheels of PyTorch's own index through uv, which finds it by the name of the backend. */
export function uvTorch(
  view: View,
  requirements: readonly string[],
  backend: string
): string[] {
  const names = requirements.map(projectOf);
  const bare = lacksPip(view) || view.has('uv');
  return [
    ...(bare ? [] : [pipInstall(view, ['uv'])]),
    [
      bare ? uvPip(view, 'install') : '%uv pip install',
      `--torch-backend=${backend}`,
      ...names.map(name => `--reinstall-package ${name}`),
      ...requirements.map(quote)
    ].join(' ')
  ];
}

/** What a PyTorch wheel must fit here; null when driver or platform is not known. */
export function wantedHere(
  view: View,
  capability: string | null = commonCapability(view)
): IWanted | null {
  const driver = driverCuda(view);
  const platform = wheelPlatform(view);
  return driver && platform
    ? {
        driverCuda: driver.value,
        capability,
        python: view.facts.python?.version ?? null,
        platform
      }
    : null;
}

function fix(commands: readonly string[], note?: IText): IFix {
  return {
    commands,
    where: 'cell',
    restart: true,
    safety: 'review',
    ...(note ? { note } : {})
  };
}

/**
 * A GPU build of PyTorch that fits here, of the installed version if there is one; null when none is known to.
 *
 * @param capability the GPU that counts; without it, the one that all GPUs share
 */
export function torchFix(
  view: View,
  installed: string | null,
  capability?: string
): IFix | null {
  const version = installed === null ? null : publicVersion(installed);
  if (condaOwns(view, 'torch')) {
    return condaGpu(view, 'pytorch', version);
  }
  const wanted = wantedHere(view, capability);
  if (!wanted) {
    return null;
  }
  const chosen =
    version !== null && defaultFits(version, wanted)
      ? version
      : (torchWheelFor(wanted)?.value ?? null);
  const sibling =
    version === null ? null : (torchCudaFor(version, wanted)?.value ?? null);
  const older =
    version !== null &&
    chosen !== null &&
    (compareVersions(chosen, version) ?? 0) < 0;
  if (chosen !== null && !(older && sibling !== null && hasUvMagic(wanted))) {
    const family = torchFamily(view, chosen);
    const names = family.map(projectOf);
    const left = orphanedWheels(
      view,
      names,
      majorOf(torchDefaultCuda(chosen)?.value)
    );
    return fix(
      [
        // pip takes a CPU build of the same version for the one asked for, so it must go first.
        pipUninstall(view, [...names, ...left]),
        pipInstall(view, family)
      ],
      chosen === version
        ? undefined
        : text('The plain wheel of torch %1 fits this driver and GPU.', chosen)
    );
  }
  if (version === null) {
    return null;
  }
  if (sibling !== null) {
    const family = torchFamily(view, version);
    const left = orphanedWheels(view, family.map(projectOf), majorOf(sibling));
    return fix([
      // Those of the CUDA that torch leaves would write the same files.
      ...(left.length > 0 ? [pipUninstall(view, left)] : []),
      ...uvTorch(view, family, `cu${sibling.replace('.', '')}`)
    ]);
  }
  return wanted.platform === 'windows'
    ? fix(
        uvTorch(view, torchFamily(view, version), 'auto'),
        text('On Windows the default index has CPU builds only.')
      )
    : null;
}

/** `%uv` came with an IPython that needs Python 3.10. */
function hasUvMagic(wanted: IWanted): boolean {
  return (
    wanted.python !== null &&
    (compareVersions(wanted.python, '3.10') ?? -1) >= 0
  );
}

/** A GPU build from conda-forge, held to the driver's CUDA major. */
export function condaGpu(
  view: View,
  name: string,
  version: string | null
): IFix {
  const selectors = CPU_SELECTORS.filter(one => view.record(one) !== null);
  const major = majorOf(driverCuda(view)?.value);
  return fix([
    ...(selectors.length > 0 ? [`%conda remove ${selectors.join(' ')}`] : []),
    condaInstall(
      [
        `${name}=${version ?? '*'}=*cuda*`,
        ...(major === null ? [] : [`cuda-version<${major + 1}`])
      ],
      ['-c', 'conda-forge']
    )
  ]);
}

/** A GPU build of TensorFlow that fits here. @param installed the version to keep; null: the newest that fits */
export function tensorflowFix(
  view: View,
  distribution: string,
  installed: string | null
): IFix | null {
  if (condaOwns(view, distribution)) {
    return condaGpu(
      view,
      'tensorflow',
      installed === null ? null : publicVersion(installed)
    );
  }
  const driver = driverCuda(view);
  // The wheels for other platforms hold no GPU code.
  if (!driver || wheelPlatform(view) !== 'linux_x86_64') {
    return null;
  }
  const python = view.facts.python?.version ?? null;
  const own = installed === null ? null : tensorflowBuild(installed);
  const version =
    installed !== null &&
    own &&
    cudaFits(own.value.cuda, driver.value) &&
    tensorflowRunsOn(own.value, python)
      ? publicVersion(installed)
      : null;
  const release =
    version ??
    tensorflowFor(driver.value, python, commonCapability(view))?.value.version;
  if (!release) {
    return null;
  }
  // The extra with the CUDA libraries exists from 2.14 on.
  const name =
    (compareVersions(release, '2.14') ?? -1) >= 0
      ? 'tensorflow[and-cuda]'
      : 'tensorflow';
  const cuda = tensorflowBuild(release)?.value.cuda;
  return fix([
    pipUninstall(view, [
      distribution,
      ...orphanedWheels(view, [distribution], majorOf(cuda))
    ]),
    pipInstall(view, [`${name}==${release}${version ? '' : '.*'}`])
  ]);
}

/** JAX with the CUDA plugin that driver and GPU serve. */
export function jaxFix(view: View, installed: string | null): IFix | null {
  const version = installed === null ? null : publicVersion(installed);
  if (condaOwns(view, 'jaxlib')) {
    return condaGpu(view, 'jaxlib', version);
  }
  const major = majorOf(driverCuda(view)?.value);
  const extra =
    version === null || major === null
      ? null
      : (jaxExtraFor(version, major, commonCapability(view))?.value ?? null);
  if (extra === null || view.facts.platform?.system !== 'Linux') {
    return null;
  }
  const others = [...view.names()]
    .map(([name]) => name)
    .filter(
      name => /^jax-cuda\d+-/.test(name) && !name.startsWith(`jax-${extra}-`)
    );
  const cuda = Number(/\d+$/.exec(extra)?.[0]);
  const left = orphanedWheels(view, ['jax', 'jaxlib', ...others], cuda);
  const gone = [...others, ...left];
  return fix([
    ...(gone.length > 0 ? [pipUninstall(view, gone)] : []),
    pipInstall(view, [`jax[${extra}]==${version}`])
  ]);
}
