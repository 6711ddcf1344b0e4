/** Takes what is private out of texts that people paste into bug forms or share as files. */
import type { IFacts } from '../facts/facts.generated';

/** Values of environment variables with such a name are never shown. */
const SECRET = /token|secret|passw|credential|api_?key|access_?key/i;

/** Variables and options of pip whose value is the name of a host. */
const HOST = /proxy$|trusted[-_]host$|^host(?:name)?$/i;

const HOMES =
  /(?:\/home\/|\/Users\/|\\Users\\|\/mnt\/home\/|\/data\/home\/)[^/\\:\s"']+/g;

/** An address: its scheme, who logs in, its server, the rest. */
const ADDRESS =
  /(?<![a-z0-9+.-])([a-z][a-z0-9+.-]*):\/\/([^/\s"'`<>?#]*)([^\s"'`<>?#]*)(?:\?[^\s"'`<>#]*)?(#(?:egg|subdirectory)=[\w.-]+|#[^\s"'`<>]*)?/gi;

/**
 * A function that removes home folders, the user's name, names of hosts and credentials from a text.
 *
 * @param more further texts in which home folders may stand
 */
export function redactor(
  facts: IFacts | null,
  more: readonly string[] = []
): (text: string) => string {
  const homes = homesOf(facts, more);
  const users = new Set(
    homes
      .map(home => home.split(/[/\\]/).pop() ?? '')
      .filter(name => name.length > 2 && !COMMON.has(name.toLowerCase()))
  );
  return text => {
    let result = withoutHosts(text);
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

/** Servers, logins and tokens: of addresses, of `git@host:…`, of Windows shares, of options and variables. */
function withoutHosts(text: string): string {
  return text
    .replace(
      ADDRESS,
      (_, scheme: string, server: string, path: string, mark?: string) =>
        `${scheme}://${server === '' ? '' : '<host>'}${path.replace(
          /\/t\/[^/]+/,
          '/t/****'
        )}${mark && /^#(?:egg|subdirectory)=/.test(mark) ? mark : ''}`
    )
    .replace(
      /(?<![\w.+-])[\w.+-]+@(?:[\w-]+\.)+[a-z]{2,}(?![\w.-]*[\w-])/gi,
      '<user>@<host>'
    )
    .replace(/(^|[\s"'=(,;])\\\\[^\\\s"']+(?=\\)/g, '$1\\\\<host>')
    .replace(/(--(?:trusted-host|proxy)[= ]\s*)[^\s]+/gi, '$1****')
    .replace(
      /(?<![\w-])(--?[\w-]*(?:token|password|secret|api-?key)[= ]\s*)[^\s]+/gi,
      '$1****'
    )
    .replace(
      /\b(\w*(?:TOKEN|SECRET|PASSW|CREDENTIAL|API_?KEY|ACCESS_?KEY)\w*=)[^\s]+/gi,
      '$1****'
    );
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
function homesOf(facts: IFacts | null, more: readonly string[]): string[] {
  const paths = [
    facts?.python?.user_site?.path,
    facts?.python?.executable,
    facts?.python?.prefix,
    ...(facts?.python?.sys_path ?? [])
  ];
  const homes = new Set<string>();
  for (const path of paths) {
    const site = /^(.+?)[/\\]\.local[/\\]/.exec(path ?? '');
    if (site) {
      homes.add(site[1]);
    }
  }
  const places = [
    ...paths,
    ...(facts?.packages ?? []).flatMap(one => [
      one.location,
      one.editable,
      one.origin
    ]),
    ...(facts?.conda?.records ?? []).map(one => one.channel),
    ...Object.values(facts?.environ ?? {}),
    ...more
  ];
  for (const place of places) {
    for (const match of place?.match(HOMES) ?? []) {
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

/** An environment variable or an option as it may be shown. */
export function redactVariable(name: string, value: string): string {
  return SECRET.test(name) || HOST.test(name) ? '****' : value;
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
  if (result.pip_config) {
    result.pip_config = result.pip_config.map(one => ({
      ...one,
      value: redactVariable(one.name, one.value)
    }));
  }
  return result;
}
