/** Loads `src/fixes` when something that needs it is shown. */
import * as React from 'react';

type Fixes = typeof import('../fixes');

let loaded: Fixes | null = null;

/** The module; null until it is there, and when it cannot be loaded. */
export function useFixes(): Fixes | null {
  const [fixes, setFixes] = React.useState(loaded);
  React.useEffect(() => {
    if (fixes) {
      return;
    }
    let mounted = true;
    import('../fixes').then(
      module => {
        loaded = module;
        if (mounted) {
          setFixes(module);
        }
      },
      // What needs it stays away; the findings are there without it.
      () => undefined
    );
    return () => {
      mounted = false;
    };
  }, [fixes]);
  return fixes;
}
