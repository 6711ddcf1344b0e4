/** Every signature. */
import type { ISignature } from '../types';
import * as gpu from './gpu';
import * as huggingface from './huggingface';
import * as jax from './jax';
import * as libraries from './libraries';
import {
  cudaLibraryMissing,
  cudaLibrarySymbol,
  driverLibraryMissing,
  nvjitlinkSymbol
} from './loader';
import * as numpy from './numpy';
import * as numpyRanges from './numpyRanges';
import * as packages from './packages';
import * as pip from './pip';
import * as python from './python';
import * as tensorflow from './tensorflow';
import * as torch from './torch';

/** In no order of weight: the engine decides by grade and place. */
export const SIGNATURES: readonly ISignature[] = [
  cudaLibraryMissing,
  driverLibraryMissing,
  nvjitlinkSymbol,
  cudaLibrarySymbol,
  ...Object.values(libraries),
  ...Object.values(numpy),
  ...Object.values(numpyRanges),
  ...Object.values(torch),
  ...Object.values(gpu),
  ...Object.values(tensorflow),
  ...Object.values(jax),
  ...Object.values(huggingface),
  ...Object.values(packages),
  ...Object.values(pip),
  ...Object.values(python)
];
