/** From the probe's raw answer to facts. Runs on untrusted input; never throws. */
import type { IFailure } from '../check/state';
import type { IFacts } from '../facts/facts.generated';
import { describeProblem, parseFacts } from '../facts/parse';
import { text } from '../text/text';
import { failure, MAX_ANSWER } from './run';

/** Read the payload `{nonce, facts}` or `{nonce, encoding: "deflate+base64", data}`. */
export async function readAnswer(
  payload: unknown
): Promise<{ facts: IFacts } | { failure: IFailure }> {
  let value: unknown;
  try {
    value = await unpack(payload);
  } catch (error) {
    return {
      failure: failure(
        error instanceof TooLarge ? 'too-large' : 'not-facts',
        error instanceof TooLarge
          ? 'The answer is too large to be shown.'
          : 'The answer could not be read.',
        String(error)
      )
    };
  }
  const parsed = parseFacts(value);
  if (parsed.ok) {
    return { facts: parsed.facts };
  }
  return {
    failure: {
      kind: parsed.problem.kind,
      message: text(SENTENCES[parsed.problem.kind]),
      detail: describeProblem(parsed.problem)
    }
  };
}

const SENTENCES = {
  'not-facts': 'The answer does not come from the inspection code.',
  'other-version':
    'The answer has another format version; reload the page to get the matching one.',
  invalid: 'The answer does not have the agreed form.'
} as const;

class TooLarge extends Error {}

/** Large answers come compressed: Jupyter servers drop output above 3 MB within 3 s. */
async function unpack(payload: unknown): Promise<unknown> {
  const { facts, encoding, data } = payload as Record<string, unknown>;
  if (encoding === undefined) {
    return facts;
  }
  if (encoding !== 'deflate+base64' || typeof data !== 'string') {
    throw new Error(`unknown encoding ${String(encoding).slice(0, 40)}`);
  }
  if (data.length > MAX_ANSWER) {
    throw new TooLarge();
  }
  const bytes = Uint8Array.from(atob(data), char => char.charCodeAt(0));
  const reader = new Blob([bytes])
    .stream()
    .pipeThrough(new DecompressionStream('deflate'))
    .getReader();
  const decoder = new TextDecoder();
  let json = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return JSON.parse(json + decoder.decode());
    }
    json += decoder.decode(value, { stream: true });
    if (json.length > MAX_ANSWER) {
      await reader.cancel();
      throw new TooLarge();
    }
  }
}
