/** The commands of a cell as a history keeps them. */
import { recognise } from '../recognise';
import { mask } from '../recognise/source';

/** Characters that are kept. */
const MOST = 2000;

/** Its commands, one to a line, without credentials. */
export function commandsOf(source: string): { tool: string; command: string } {
  const requests = recognise(source);
  return {
    tool: requests[0]?.tool ?? '',
    command: requests
      .map(({ start, end }) => {
        const sign = /[!%]*$/.exec(source.slice(0, start))?.[0] ?? '';
        return sign + mask(source.slice(start, end)).trim();
      })
      .join('\n')
      .slice(0, MOST)
  };
}
