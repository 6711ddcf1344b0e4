// Generated from the files of this folder by scripts/gen.mjs; do not edit.
import type { IRule } from '../types';
import baseEnvironment from './base-environment';
import blasMix from './blas-mix';
import clobbered from './clobbered';
import condaAndWheelCuda from './conda-and-wheel-cuda';
import condaChangedAfterPip from './conda-changed-after-pip';
import condaDependsBroken from './conda-depends-broken';
import condaRemovedByPip from './conda-removed-by-pip';
import containerWithoutGpu from './container-without-gpu';
import cpuBuildOnGpu from './cpu-build-on-gpu';
import cudaHomeElsewhere from './cuda-home-elsewhere';
import cudaMinorAboveDriver from './cuda-minor-above-driver';
import cudaNewerThanDriver from './cuda-newer-than-driver';
import cudaWheelsMixed from './cuda-wheels-mixed';
import cudnnMismatch from './cudnn-mismatch';
import cupyTwins from './cupy-twins';
import danglingEditable from './dangling-editable';
import decoys from './decoys';
import driverSplit from './driver-split';
import duplicateDistInfo from './duplicate-dist-info';
import envVariableElsewhere from './env-variable-elsewhere';
import glibcTooOld from './glibc-too-old';
import glibcxxTooOld from './glibcxx-too-old';
import gpuArchitectureMissing from './gpu-architecture-missing';
import gpuBuildWithoutDriver from './gpu-build-without-driver';
import gpuEnvVars from './gpu-env-vars';
import gpusHidden from './gpus-hidden';
import hfGuards from './hf-guards';
import interruptedUninstall from './interrupted-uninstall';
import jaxFamily from './jax-family';
import jupyterStackBroken from './jupyter-stack-broken';
import kerasGeneration from './keras-generation';
import ldLibraryPathWins from './ld-library-path-wins';
import leakyVenv from './leaky-venv';
import manyCudaCopies from './many-cuda-copies';
import migSingleInstance from './mig-single-instance';
import numbaGuard from './numba-guard';
import numpyRange from './numpy-range';
import numpyTooOld from './numpy-too-old';
import numpy2Abi from './numpy2-abi';
import nvidiaPin from './nvidia-pin';
import onnxruntimeTwins from './onnxruntime-twins';
import opencvTwins from './opencv-twins';
import otherTwins from './other-twins';
import pinnedViolated from './pinned-violated';
import pipConfigRedirect from './pip-config-redirect';
import pipElsewhere from './pip-elsewhere';
import protobufGeneration from './protobuf-generation';
import pythonUnsupported from './python-unsupported';
import pythonpathShadow from './pythonpath-shadow';
import sharedFiles from './shared-files';
import staleModule from './stale-module';
import stdlibShadowed from './stdlib-shadowed';
import stubLibrary from './stub-library';
import tensorflowLibrariesMissing from './tensorflow-libraries-missing';
import tensorflowTwins from './tensorflow-twins';
import torchExtension from './torch-extension';
import torchFamilyMismatch from './torch-family-mismatch';
import tritonMismatch from './triton-mismatch';
import twoCudas from './two-cudas';
import twoManagers from './two-managers';
import twoNames from './two-names';
import twoOpenmp from './two-openmp';
import unmetRequirement from './unmet-requirement';
import unremovable from './unremovable';
import userSiteShadow from './user-site-shadow';
import uvmMissing from './uvm-missing';
import windowsTensorflow from './windows-tensorflow';
import wslDriver from './wsl-driver';

/** Every rule about an environment, by name. */
export const ENVIRONMENT_RULES: readonly IRule[] = [
  baseEnvironment,
  blasMix,
  clobbered,
  condaAndWheelCuda,
  condaChangedAfterPip,
  condaDependsBroken,
  condaRemovedByPip,
  containerWithoutGpu,
  cpuBuildOnGpu,
  cudaHomeElsewhere,
  cudaMinorAboveDriver,
  cudaNewerThanDriver,
  cudaWheelsMixed,
  cudnnMismatch,
  cupyTwins,
  danglingEditable,
  decoys,
  driverSplit,
  duplicateDistInfo,
  envVariableElsewhere,
  glibcTooOld,
  glibcxxTooOld,
  gpuArchitectureMissing,
  gpuBuildWithoutDriver,
  gpuEnvVars,
  gpusHidden,
  hfGuards,
  interruptedUninstall,
  jaxFamily,
  jupyterStackBroken,
  kerasGeneration,
  ldLibraryPathWins,
  leakyVenv,
  manyCudaCopies,
  migSingleInstance,
  numbaGuard,
  numpyRange,
  numpyTooOld,
  numpy2Abi,
  nvidiaPin,
  onnxruntimeTwins,
  opencvTwins,
  otherTwins,
  pinnedViolated,
  pipConfigRedirect,
  pipElsewhere,
  protobufGeneration,
  pythonUnsupported,
  pythonpathShadow,
  sharedFiles,
  staleModule,
  stdlibShadowed,
  stubLibrary,
  tensorflowLibrariesMissing,
  tensorflowTwins,
  torchExtension,
  torchFamilyMismatch,
  tritonMismatch,
  twoCudas,
  twoManagers,
  twoNames,
  twoOpenmp,
  unmetRequirement,
  unremovable,
  userSiteShadow,
  uvmMissing,
  windowsTensorflow,
  wslDriver
];
