/** Which cells concern the guard. Loaded at start-up, unlike the rest of an examination. */
import { recognise } from '../recognise';
import { mayChangePackages } from '../recognise/prescan';
import type { IInstallRequest, IRecogniseContext } from '../recognise/types';

/** Whether this text can change an environment. Asked for every cell that runs. */
export function isInstall(source: string): boolean {
  return mayChangePackages(source) && installsIn(source).length > 0;
}

/** The commands of a cell that can change an environment of Python; the system's own packages are not ours to judge. */
export function installsIn(
  source: string,
  context: IRecogniseContext = {}
): IInstallRequest[] {
  return recognise(source, context).filter(one => one.tool !== 'apt');
}
