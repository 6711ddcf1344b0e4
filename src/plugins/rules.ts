import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { DisposableDelegate } from '@lumino/disposable';
import type { IRule } from '../rules/types';
import { IRuleRegistry, PluginIDs } from '../tokens';

/** Lets other extensions add rules. */
export const rulesPlugin: JupyterFrontEndPlugin<IRuleRegistry> = {
  id: PluginIDs.rules,
  description: 'Takes environment rules of other extensions.',
  autoStart: true,
  provides: IRuleRegistry,
  activate: () => {
    const rules = new Map<string, IRule>();
    return {
      add: rule => {
        if (rules.has(rule.id)) {
          throw new Error(`A rule with the id "${rule.id}" is there already.`);
        }
        rules.set(rule.id, rule);
        return new DisposableDelegate(() => rules.delete(rule.id));
      },
      get added() {
        return [...rules.values()];
      }
    };
  }
};
