/** Seconds that count up while somebody looks. */
import * as React from 'react';

const SECOND = 1000;
const TENTH = 100;

/** Tenths are shown below this, whole seconds above; milliseconds. */
const TENTHS_BELOW = 10 * SECOND;

/**
 * Milliseconds since the epoch, kept up to date: tenths of seconds at first, then seconds.
 *
 * No timer runs while the card is hidden or the browser tab is in the background.
 *
 * @param since when the counting began, in milliseconds since the epoch
 * @param visible whether anybody can see the text
 */
export function useNow(since: number, visible: boolean): number {
  const [now, setNow] = React.useState(() => Date.now());
  React.useEffect(() => {
    if (!visible) {
      return;
    }
    let timer = 0;
    const tick = () => {
      window.clearTimeout(timer);
      if (document.visibilityState === 'hidden') {
        return;
      }
      const at = Date.now();
      const age = Math.max(0, at - since);
      const step = age < TENTHS_BELOW ? TENTH : SECOND;
      setNow(at);
      timer = window.setTimeout(tick, step - (age % step));
    };
    tick();
    document.addEventListener('visibilitychange', tick);
    return () => {
      window.clearTimeout(timer);
      document.removeEventListener('visibilitychange', tick);
    };
  }, [since, visible]);
  return now;
}
