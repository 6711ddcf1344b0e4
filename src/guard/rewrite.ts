/** Puts another command in the place of one in a cell. Pure. */
import { isCondaTool } from '../plan/asked';
import { recognise } from '../recognise';
import type { IInstallRequest } from '../recognise/types';
import { quote } from '../rules/words';

/**
 * The cell with this line in the place of the request, everything else as it was; null where that cannot be done safely, such
 * as inside a Python string. The result is read again: it must ask for what the line asks for, and for nothing else.
 *
 * @param line a magic, `%pip install …` or `%conda install …`, or a `!` line
 * @param executable interpreter of the kernel, for places where no magic can stand; null when it is not known
 */
export function rewriteCell(
  source: string,
  request: IInstallRequest,
  line: string,
  executable: string | null
): string | null {
  const wanted = recognise(line);
  const before = source.slice(0, request.start);
  const after = source.slice(request.end);
  if (wanted.length !== 1) {
    return null;
  }
  const marker = /(?<=^[ \t]*)(?:!!|[!%])[ \t]*$/m.exec(before);
  const head = marker ? before.slice(0, marker.index) : before;
  const alone = /(?:^|\n)[ \t]*$/.test(head);
  const ends = /^[ \t]*(?:#.*)?(?:\n|$)/.test(after);
  const isCall =
    request.form === 'python-call' || request.form === 'ipython-call';
  if (request.form !== 'cell-magic' && alone && (ends || (marker && !isCall))) {
    return checked(head + line + after, source, request, wanted[0]);
  }
  if (request.form === 'cell-magic' || request.form === 'bang') {
    const shell = shellForm(line, wanted[0], executable);
    return shell && checked(before + shell + after, source, request, wanted[0]);
  }
  return null;
}

/** The same for a shell: the interpreter by its path, so that it is certainly the kernel's. */
function shellForm(
  line: string,
  { tool }: IInstallRequest,
  executable: string | null
): string | null {
  if (isCondaTool(tool) || line.startsWith('!')) {
    return line.replace(/^[!%]/, '');
  }
  return executable && tool === 'pip'
    ? line.replace(/^%pip\b/, () => `${quote(executable)} -m pip`)
    : null;
}

function checked(
  result: string,
  source: string,
  request: IInstallRequest,
  wanted: IInstallRequest
): string | null {
  const others = recognise(source).length - 1;
  const found = recognise(result);
  const same = found.some(
    one =>
      one.tool === wanted.tool && one.args.join('\n') === wanted.args.join('\n')
  );
  return same && found.length === others + 1 ? result : null;
}
