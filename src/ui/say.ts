/** Sentences of rules in the language of the user. */
import type { TranslationBundle } from '@jupyterlab/translation';
import { render, type IText } from '../text/text';

/**
 * The places of a template, standing for themselves: `gettext` would write
 * `undefined` where it has no argument, and `render` fills them in later.
 */
const PLACES = ['%1', '%2', '%3', '%4', '%5', '%6', '%7', '%8', '%9'];

/** The sentence, translated. Its template stands in a rule: the one place where a message is no literal. */
export function say(sentence: IText, bundle: TranslationBundle): string {
  return render(sentence, template => bundle.gettext(template, ...PLACES));
}

/** The sentence without the backticks that mark code, for places that show plain text only. */
export function sayPlain(sentence: IText, bundle: TranslationBundle): string {
  return say(sentence, bundle).replace(/`/g, '');
}
