/** The part of js-yaml, the oracle of a test, that is used. */
declare module 'js-yaml' {
  export function load(text: string): unknown;
}
