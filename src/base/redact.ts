/** Takes secrets out of what other programs and servers say, before a person or a log sees it. */

/** The text with user and password of URLs and the given secrets replaced by `***`. */
export function redact(text: string, secrets: readonly (string | undefined)[] = []): string {
  let clean = text;
  // One may be the beginning of another.
  const longestFirst = secrets.flatMap((secret) => secret || []).sort((a, b) => b.length - a.length);
  for (const secret of longestFirst) clean = clean.replaceAll(secret, '***');
  return clean.replace(/[^\s"<>]+/g, withoutUser);
}

/**
 * A URL that does not begin with its host. `db:5432/` may be a user and the beginning of a password; behind localhost and
 * behind an address a number is surely a port.
 */
const URL_OF_USER = /\w:\/\/(?!(?:[^:@/?#]*|(?:localhost|[\d.]+|\[[\da-f:.]+\])(?::\d+)?)(?:[/?#]|$))/i;

/** Up to the last @: a password that nobody has escaped may hold every character of a URL. */
function withoutUser(word: string): string {
  const start = word.search(URL_OF_USER) + 'x://'.length;
  const end = word.lastIndexOf('@');
  return start < 'x://'.length || end < start ? word : `${word.slice(0, start)}***${word.slice(end)}`;
}

const SECRET_NAME = /token|secret|passw|passphrase|credential|(?:api|access|private|signing|encryption)[-_.]?key/i;
/** A shorter one would be taken out of words that it is no part of. */
const SHORTEST_SECRET = 6;

/** The values of variables that are called like secrets. */
export function secretsOf(env: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(env).flatMap(([name, value = '']) =>
    SECRET_NAME.test(name) && value.length >= SHORTEST_SECRET ? [value] : [],
  );
}

/** The arguments of a command with the values of flags that are called like secrets replaced by `***`. */
export function redactArgs(args: readonly string[]): string[] {
  return args.map((arg, i) => {
    const name = /^--?([^=]+)=/.exec(arg)?.[1];
    if (name !== undefined) return SECRET_NAME.test(name) ? `${arg.slice(0, arg.indexOf('=') + 1)}***` : arg;
    const flag = /^--?([^=]+)$/.exec(args[i - 1] ?? '')?.[1];
    return flag !== undefined && SECRET_NAME.test(flag) && !arg.startsWith('-') ? '***' : arg;
  });
}
