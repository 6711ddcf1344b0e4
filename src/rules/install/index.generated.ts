// Generated from the files of this folder by scripts/gen.mjs; do not edit.
import type { IInstallRule } from './types';
import abiSwap from './abi-swap';
import archLost from './arch-lost';
import beyondDriver from './beyond-driver';
import breaksDependant from './breaks-dependant';
import cannotResolve from './cannot-resolve';
import condaAfterPip from './conda-after-pip';
import condaOwned from './conda-owned';
import downgrade from './downgrade';
import forced from './forced';
import frameworkMoved from './framework-moved';
import gpuToCpu from './gpu-to-cpu';
import imported from './imported';
import jupyterStack from './jupyter-stack';
import ownCudaRuntime from './own-cuda-runtime';
import prerelease from './prerelease';
import protectedPackage from './protected-package';
import sharesFiles from './shares-files';
import shellEatsSpecifier from './shell-eats-specifier';
import sourceBuild from './source-build';
import stdlibShadow from './stdlib-shadow';
import systemFlag from './system-flag';
import torchSwap from './torch-swap';
import uninstallShared from './uninstall-shared';
import unknowable from './unknowable';
import willFailUninstall from './will-fail-uninstall';
import wrongName from './wrong-name';
import wrongTarget from './wrong-target';

/** Every rule about a change of an environment, by name. */
export const INSTALL_RULES: readonly IInstallRule[] = [
  abiSwap,
  archLost,
  beyondDriver,
  breaksDependant,
  cannotResolve,
  condaAfterPip,
  condaOwned,
  downgrade,
  forced,
  frameworkMoved,
  gpuToCpu,
  imported,
  jupyterStack,
  ownCudaRuntime,
  prerelease,
  protectedPackage,
  sharesFiles,
  shellEatsSpecifier,
  sourceBuild,
  stdlibShadow,
  systemFlag,
  torchSwap,
  uninstallShared,
  unknowable,
  willFailUninstall,
  wrongName,
  wrongTarget
];
