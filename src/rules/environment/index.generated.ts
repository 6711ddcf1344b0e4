// Generated from the files of this folder by scripts/gen.mjs; do not edit.
import type { IRule } from '../types';
import baseEnvironment from './base-environment';
import condaRemovedByPip from './conda-removed-by-pip';
import containerWithoutGpu from './container-without-gpu';
import cpuBuildOnGpu from './cpu-build-on-gpu';
import cudaHomeElsewhere from './cuda-home-elsewhere';
import cudaMinorAboveDriver from './cuda-minor-above-driver';
import cudaNewerThanDriver from './cuda-newer-than-driver';
import cudaWheelsMixed from './cuda-wheels-mixed';
import cupyTwins from './cupy-twins';
import duplicateDistInfo from './duplicate-dist-info';
import envVariableElsewhere from './env-variable-elsewhere';
import gpuArchitectureMissing from './gpu-architecture-missing';
import gpuBuildWithoutDriver from './gpu-build-without-driver';
import gpusHidden from './gpus-hidden';
import ldLibraryPathWins from './ld-library-path-wins';
import onnxruntimeTwins from './onnxruntime-twins';
import opencvTwins from './opencv-twins';
import pipElsewhere from './pip-elsewhere';
import pythonUnsupported from './python-unsupported';
import pythonpathShadow from './pythonpath-shadow';
import tensorflowLibrariesMissing from './tensorflow-libraries-missing';
import tensorflowTwins from './tensorflow-twins';
import torchFamilyMismatch from './torch-family-mismatch';
import twoManagers from './two-managers';
import unmetRequirement from './unmet-requirement';
import userSiteShadow from './user-site-shadow';

/** Every rule about an environment, by name. */
export const ENVIRONMENT_RULES: readonly IRule[] = [
  baseEnvironment,
  condaRemovedByPip,
  containerWithoutGpu,
  cpuBuildOnGpu,
  cudaHomeElsewhere,
  cudaMinorAboveDriver,
  cudaNewerThanDriver,
  cudaWheelsMixed,
  cupyTwins,
  duplicateDistInfo,
  envVariableElsewhere,
  gpuArchitectureMissing,
  gpuBuildWithoutDriver,
  gpusHidden,
  ldLibraryPathWins,
  onnxruntimeTwins,
  opencvTwins,
  pipElsewhere,
  pythonUnsupported,
  pythonpathShadow,
  tensorflowLibrariesMissing,
  tensorflowTwins,
  torchFamilyMismatch,
  twoManagers,
  unmetRequirement,
  userSiteShadow
];
