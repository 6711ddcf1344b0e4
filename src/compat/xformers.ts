/** xformers and PyTorch. Up to 0.0.33 its wheels ask for one torch; from 0.0.34 on for any newer one (stable ABI). */
import { publicVersion, satisfies } from '../versions/pep440';
import { answer, isPreview, rowOf } from './look';
import { XFORMERS } from './tables.generated';
import type { IAnswer } from './types';

/** Specifier set of the torch that this xformers asks for; null: not known. */
export function torchForXformers(version: string): IAnswer<string> | null {
  const row = rowOf(XFORMERS, version);
  return row ? answer(row.torch, row) : null;
}

/** Newest known xformers that takes this torch, `==0.0.33.post2`; null: none is known. */
export function xformersFor(torch: string): IAnswer<string> | null {
  const plain = publicVersion(torch);
  const row = isPreview(torch)
    ? undefined
    : XFORMERS.find(one => satisfies(plain, one.torch) === true);
  return row ? answer(`==${row.version}`, row) : null;
}
