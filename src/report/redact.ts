/** Takes what is private out of texts that people paste into bug forms. */
import type { IFacts } from '../facts/facts.generated';

/** Values of environment variables with such a name are never shown. */
const SECRET = /token|secret|passw|credential|api_?key|access_?key/i;

const HOMES =
  /(?:\/home\/|\/Users\/|\\Users\\|\/mnt\/home\/|\/data\/home\/)[^/\\:\s"']+/g;

/** A function that removes home folders, the user's name and credentials from a text. */
export function redactor(facts: IFacts | null): (text: string) => string {
  const homes = facts ? homesOf(facts) : [];
  const users = new Set(
    homes
      .map(home => home.split(/[/\\]/).pop() ?? '')
      .filter(name => name.length > 2 && !COMMON.has(name.toLowerCase()))
  );
  return text => {
    let result = text.replace(/\/\/[^/@\s]+@/g, '//****@');
    for (const home of homes) {
      result = result.split(home).join('~');
    }
    result = result
      .replace(HOMES, '~')
      .replace(/(^|[\s:="'])\/root(?=[/\s:"']|$)/g, '$1~');
    for (const user of users) {
      result = result.replace(
        new RegExp(`(?<![A-Za-z0-9])${escape(user)}(?![A-Za-z0-9])`, 'g'),
        '<user>'
      );
    }
    return result;
  };
}

/** User names that say nothing about a person, and would hit ordinary words. */
const COMMON = new Set([
  'jovyan',
  'root',
  'user',
  'ubuntu',
  'home',
  'conda',
  'admin'
]);

/** Home folders that occur in the facts: what stands before `.local`, and the usual places. */
function homesOf(facts: IFacts): string[] {
  const paths = [
    facts.python?.user_site?.path,
    facts.python?.executable,
    facts.python?.prefix,
    ...(facts.python?.sys_path ?? [])
  ];
  const homes = new Set<string>();
  for (const path of paths) {
    const site = /^(.+?)[/\\]\.local[/\\]/.exec(path ?? '');
    if (site) {
      homes.add(site[1]);
    }
    for (const match of (path ?? '').match(HOMES) ?? []) {
      homes.add(match);
    }
  }
  return [...homes]
    .filter(home => home.length > 3)
    .sort((a, b) => b.length - a.length);
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** An environment variable as it may be shown. */
export function redactVariable(name: string, value: string): string {
  return SECRET.test(name) ? '****' : value;
}

/** The facts without what is private, for saving and for reports. Keeps the form of the document. */
export function redactFacts(facts: IFacts): IFacts {
  const clean = redactor(facts);
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') {
      return clean(value);
    }
    if (Array.isArray(value)) {
      return value.map(walk);
    }
    if (value !== null && typeof value === 'object') {
      return Object.fromEntries(
        Object.entries(value).map(([key, inner]) => [key, walk(inner)])
      );
    }
    return value;
  };
  const result = walk(facts) as IFacts;
  if (result.environ) {
    result.environ = Object.fromEntries(
      Object.entries(result.environ).map(([name, value]) => [
        name,
        redactVariable(name, value)
      ])
    );
  }
  return result;
}
