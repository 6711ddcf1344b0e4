/** The cheap question in front of every cell: could this text change the environment? */

/**
 * Names of the tools, wherever they stand: `pip3.11`, `-mpip`, `pipmain`, `condacolab`. Only the short names that are
 * parts of ordinary words need a boundary.
 */
const TOOL =
  /pip|conda|mamba|easy_install|setup\.py|poetry|pixi|\buv\b|\bmim\b|\bpdm\b|\bapt(?:-get|-fast|itude)?\b/;

/**
 * Verbs of conda, uv, poetry, pdm, apt and setup.py as words of a command; all of pip's contain "install". Methods
 * (`seen.add(x)`) are none, and most cells end here.
 */
const VERB =
  /[\s"'](?:(?:auto)?remove|update|(?:dist-|full-)?upgrade|sync|add|develop|purge|build-dep)\b/;

/** The tools whose verbs are not all "install". */
const OTHER_TOOL =
  /conda|mamba|setup\.py|poetry|pixi|pipenv|\buv\b|\bpdm\b|\bapt(?:-get|-fast|itude)?\b/;

/**
 * The same tools for a plain search, which is quicker than a pattern by far where letters are rare: so some are preceded
 * by a part of their name that begins with a rarer letter.
 */
const NAMES = [
  ['conda'],
  ['ba', 'mamba'],
  ['setup.py'],
  ['poetry'],
  ['pixi'],
  ['pipenv'],
  ['uv'],
  ['pdm'],
  ['pt', 'apt']
];

/**
 * Whether running this text may change installed packages. It may say yes to a comment; it never says no to a command
 * that `recognise` finds. What is hidden in a variable of an earlier cell (`!{command}`) cannot be seen here.
 */
export function mayChangePackages(code: string): boolean {
  // Half of the word: V8 finds this pattern twice as fast as the plain text "install" in ordinary code.
  if (/nstall/.test(code)) {
    return TOOL.test(code);
  }
  return (
    VERB.test(code) &&
    NAMES.some(parts => parts.every(part => code.includes(part))) &&
    OTHER_TOOL.test(code)
  );
}
