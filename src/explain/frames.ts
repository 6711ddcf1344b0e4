/** Who is to blame in a traceback. */
import type { ISeen } from './types';

/** The installed package that asks another one for something; null when it is somebody's own code that asks. */
export function askerOf(seen: ISeen, asked: string): string | null {
  // A module's `__getattr__` is the innermost frame.
  const first = seen.frames.findIndex(name => name !== asked);
  return seen.frames[first] ?? null;
}
