/** Exchanging a method of somebody else's object, so that it can be taken back. */

/**
 * Put a wrapper in the place of `target[key]`. Returns what takes it away, or null when the object does not let itself be
 * changed. Wrappers of others stack: when one was put on top of ours, ours stays in the chain and becomes transparent.
 */
export function decorate<
  K extends string,
  F extends (...args: never[]) => unknown
>(
  target: { [key in K]: F },
  key: K,
  wrap: (original: F) => F
): (() => void) | null {
  const original = target[key];
  const own = Object.getOwnPropertyDescriptor(target, key);
  const wrapped = wrap(original);
  let active = true;
  const wrapper = function (this: unknown, ...args: never[]) {
    return Reflect.apply(active ? wrapped : original, this, args);
  } as F;
  if (!assign(target, key, wrapper)) {
    return null;
  }
  return () => {
    active = false;
    if (target[key] !== wrapper) {
      return;
    }
    if (own) {
      assign(target, key, original);
    } else {
      // It came from the prototype.
      Reflect.deleteProperty(target, key);
    }
  };
}

/** Assign without throwing; whether it had an effect. */
function assign<K extends string, F>(
  target: { [key in K]: F },
  key: K,
  value: F
): boolean {
  return (
    !Object.isFrozen(target) &&
    Reflect.set(target, key, value) &&
    target[key] === value
  );
}
