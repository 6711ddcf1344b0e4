/** Which kernels the gate looks at. */
import type { ISessionContext } from '@jupyterlab/apputils';
import type { Kernel } from '@jupyterlab/services';

/** Python in the browser: there is no environment that a package manager of ours could judge. */
const BROWSER = /pyodide|pyolite|jupyterlite|emscripten|wasm/i;

/** What kernels said of themselves, as far as it has arrived. */
const INFOS = new WeakMap<Kernel.IKernelConnection, string | null>();

/** The kernel that would run a cell now; null when the original has to deal with the situation. */
export function kernelOf(
  context: ISessionContext | undefined
): Kernel.IKernelConnection | null {
  const kernel = context?.session?.kernel;
  if (!kernel || context.isTerminating || kernel.status === 'dead') {
    return null;
  }
  return kernel;
}

/** Whether this is a Python kernel on a real machine. Answered synchronously from what is known. */
export function isExamined(
  context: ISessionContext,
  kernel: Kernel.IKernelConnection
): boolean {
  const spec = context.specsManager.specs?.kernelspecs[kernel.name];
  const known = info(kernel);
  const [language, implementation] = known?.split('\n') ?? [
    spec?.language ?? 'python',
    `${kernel.name} ${spec?.display_name ?? ''}`
  ];
  return language.toLowerCase() === 'python' && !BROWSER.test(implementation);
}

/** Language and implementation; null as long as the kernel has not answered. */
function info(kernel: Kernel.IKernelConnection): string | null {
  const known = INFOS.get(kernel);
  if (known === undefined) {
    INFOS.set(kernel, null);
    kernel.info.then(
      ({ language_info, implementation }) =>
        INFOS.set(kernel, `${language_info.name}\n${implementation}`),
      () => undefined
    );
  }
  return known ?? null;
}
