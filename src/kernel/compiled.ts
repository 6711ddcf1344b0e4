/**
 * Python needs about 50 ms to compile a program of 2,000 lines, each time that it gets its text. So the kernel is asked for
 * the compiled form once (without docstrings) and gets it back with each later request: it is kept here, and nothing is left
 * behind in the kernel.
 */
import type { Kernel } from '@jupyterlab/services';
import type { IFailure } from '../check/state';

/** MIME type under which a kernel sends compiled code. */
export const CODE_MIME = 'application/vnd.jupyterlab-gpu-doctor.code+json';

/** Characters of compiled code that are kept at most. */
const MOST = 4 * 1024 * 1024;

/** What Python says when the code is of another Python: the kernel's environment was changed under the connection. */
const STALE = 'gpu-doctor: compiled by another Python';

/** Definitions as one kernel compiled them. */
export interface ICompiled {
  /** The program with the definitions in front. */
  around(program: string, nonce: string): string;
  /** Keep what the kernel sent; unchecked. */
  keep(data: unknown, nonce: string): void;
  /** Whether the request failed because the compiled form no longer fits; then it is forgotten, and nothing ran. */
  refused(failure: IFailure): boolean;
}

// A kernel gets back only what it sent itself.
const KNOWN = new WeakMap<Kernel.IKernelConnection, Map<string, string>>();

/** The compiled form of definitions in this kernel. */
export function compiledFor(
  kernel: Kernel.IKernelConnection,
  library: string
): ICompiled {
  const known = KNOWN.get(kernel) ?? new Map<string, string>();
  KNOWN.set(kernel, known);
  return {
    around(program, nonce) {
      const code = known.get(library);
      return code === undefined
        ? `__library__ = compile(${JSON.stringify(library)}, "<gpu-doctor>", "exec", optimize=2)\nexec(__library__)\n${program}\n${send(nonce)}`
        : `${load(code)}\n${program}`;
    },
    keep(data, nonce) {
      const { nonce: told, code } = (data ?? {}) as Record<string, unknown>;
      // Only what can stand in a Python string as it is.
      if (
        told === nonce &&
        typeof code === 'string' &&
        code.length <= MOST &&
        /^[A-Za-z0-9+/=]+$/.test(code)
      ) {
        known.set(library, code);
      }
    },
    refused({ detail }) {
      return detail.includes(STALE) && known.delete(library);
    }
  };
}

/** Python that sends the compiled form; what goes wrong with it is no harm. */
function send(nonce: string): string {
  return `
try:
    from base64 import b64encode
    from importlib.util import MAGIC_NUMBER
    from marshal import dumps
    from zlib import compress
    from IPython.display import publish_display_data
    publish_display_data({${JSON.stringify(CODE_MIME)}: {"nonce": ${JSON.stringify(nonce)}, "code": b64encode(MAGIC_NUMBER + compress(dumps(__library__), 6)).decode()}})
except Exception:
    pass
`;
}

/** Python that runs the compiled form. */
function load(code: string): string {
  return `
from base64 import b64decode
from importlib.util import MAGIC_NUMBER
from marshal import loads
from zlib import decompress
__library__ = b64decode("${code}")
if __library__[:4] != MAGIC_NUMBER:
    raise ImportError("${STALE}")
exec(loads(decompress(__library__[4:])))
`;
}
