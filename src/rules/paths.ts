/** Paths of the examined machine, which need not be a machine like this one. */

/** One form for comparing: no trailing separator, `/` throughout, one case where the system ignores it. */
export function normalisePath(path: string): string {
  const windows = /^[A-Za-z]:[\\/]|^\\\\/.test(path);
  const text = windows ? path.replace(/\\/g, '/').toLowerCase() : path;
  const short = text.replace(/\/{2,}/g, '/').replace(/(?!^)\/+$/, '');
  // A merged /usr: `/bin/python3` belongs to the prefix /usr.
  return short === '' || short === '/' ? '/usr' : short;
}

/** Whether two paths are written the same way. Links are not followed. */
export function samePath(a: string, b: string): boolean {
  return normalisePath(a) === normalisePath(b);
}

/** Whether a path is a folder or lies in it. */
export function isInside(path: string, folder: string): boolean {
  const inner = normalisePath(path);
  const outer = normalisePath(folder);
  return inner === outer || inner.startsWith(`${outer}/`);
}

/** Folder of a path; the path itself when it has none. */
export function dirname(path: string): string {
  const at = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  return at > 0 ? path.slice(0, at) : path;
}

/** Whether a prefix is one of a Windows system. */
export function isWindowsPath(path: string): boolean {
  return /^[A-Za-z]:[\\/]/.test(path);
}

/** Path of a program of an environment. */
export function program(prefix: string, name: string): string {
  return isWindowsPath(prefix)
    ? `${prefix}\\${name === 'python' ? '' : 'Scripts\\'}${name}.exe`
    : `${prefix}/bin/${name}`;
}

/** Quote a path for a terminal when it needs it. */
export function shellPath(path: string): string {
  if (/^[A-Za-z0-9._/:~\\-]+$/.test(path)) {
    return path;
  }
  return isWindowsPath(path)
    ? `"${path}"`
    : `"${path.replace(/[\\"$`]/g, '\\$&')}"`;
}

/** An `env` entry of a kernel.json. */
export function kernelEnv(values: Readonly<Record<string, string>>): string {
  return `"env": ${JSON.stringify(values)}`;
}
