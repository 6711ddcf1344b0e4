/** Which rows of the tables something rests on, for showing where they were read. */
import type { IFramework } from '../facts/facts.generated';
import { jaxRelease } from './jax';
import { kerasForTensorflow } from './keras';
import { SOURCES } from './tables.generated';
import { tensorflowBuild } from './tensorflow';
import { pairsWithTorch, torchDefaultCuda, torchRelease } from './torch';
import { torchForXformers } from './xformers';
import type { ISource } from './types';

/** Those of these texts that are sources of a table. */
export function sourcesAmong(texts: readonly string[]): ISource[] {
  return SOURCES.filter(one => texts.includes(one.text));
}

/** Where the tables know a framework's release from; empty for a release that no row names. */
export function sourcesOf({ name, version }: IFramework): ISource[] {
  if (version === null) {
    return [];
  }
  const answers =
    name === 'torch'
      ? [torchRelease(version), torchDefaultCuda(version)]
      : name === 'tensorflow'
        ? [tensorflowBuild(version), kerasForTensorflow(version)]
        : name === 'jax'
          ? [jaxRelease(version)]
          : name === 'xformers'
            ? [torchForXformers(version)]
            : [pairsWithTorch(name, version)];
  const texts = answers.flatMap(one => (one ? [one.source] : []));
  return sourcesAmong(texts);
}
