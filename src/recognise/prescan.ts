/** The cheap question in front of every cell: could this text change the environment? */

const TOOL = /\b(?:pip|pip3|uv|conda|mamba|micromamba|mim|poetry|pdm|easy_install)\b/;
const VERB =
  /\b(?:install|uninstall|remove|update|upgrade|sync|add|create|easy_install)\b/;

/**
 * Whether running this text may change installed packages. It may say yes to a comment; it never says no to a
 * command of pip, uv or conda that changes something.
 */
export function mayChangePackages(code: string): boolean {
  return TOOL.test(code) && VERB.test(code);
}
