/** Time for texts that grow old. */
import * as React from 'react';
import { untilNextAge } from './format';

/**
 * Milliseconds since a moment, kept up to date.
 *
 * No timer runs without a moment, while the panel is hidden or while the
 * browser tab is in the background.
 *
 * @param since milliseconds since the epoch, or null
 * @param visible whether anybody can see the text
 */
export function useAge(since: number | null, visible: boolean): number {
  const [now, setNow] = React.useState(() => Date.now());
  React.useEffect(() => {
    if (since === null || !visible) {
      return;
    }
    let timer = 0;
    const tick = () => {
      window.clearTimeout(timer);
      if (document.visibilityState === 'hidden') {
        return;
      }
      const at = Date.now();
      setNow(at);
      timer = window.setTimeout(tick, untilNextAge(at - since));
    };
    tick();
    document.addEventListener('visibilitychange', tick);
    return () => {
      window.clearTimeout(timer);
      document.removeEventListener('visibilitychange', tick);
    };
  }, [since, visible]);
  return since === null ? 0 : Math.max(0, now - since);
}
