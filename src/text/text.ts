/** Sentences as data: a template and its values, so that the user interface can translate the template. */

/** A sentence: `%1` … `%9` stand for the arguments. */
export interface IText {
  readonly template: string;
  readonly args: readonly string[];
}

/** Make a sentence. */
export function text(template: string, ...args: string[]): IText {
  return { template, args };
}

/** The sentence as plain text. @param translate from English to the user's language, template by template */
export function render(
  sentence: IText,
  translate: (template: string) => string = template => template
): string {
  return translate(sentence.template).replace(
    /%([1-9])/g,
    (whole, digit) => sentence.args[Number(digit) - 1] ?? whole
  );
}
