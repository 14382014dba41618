/** Takes secrets out of what other programs and servers say, before a person or a log sees it. */

/** The text with user and password of URLs replaced by `***`. */
export const redact = (text: string): string => text.replace(/[^\s"<>]+/g, withoutUser);

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

/** What a run must not tell anybody. One for all of a program; whoever puts a secret into something adds it. */
export class Secrets {
  readonly #values = new Set<string>();

  /** The values of variables that are called like secrets are known from the start. */
  constructor(env: Readonly<Record<string, string | undefined>> = {}) {
    this.addFrom(env);
  }

  add(...values: readonly string[]): void {
    for (const value of values) if (value !== '') this.#values.add(value);
  }

  /** The values of variables that are called like secrets. */
  addFrom(env: Readonly<Record<string, string | undefined>>): void {
    for (const [name, value = ''] of Object.entries(env)) {
      if (SECRET_NAME.test(name) && value.length >= SHORTEST_SECRET) this.add(value);
    }
  }

  /** The values of flags that are called like secrets. */
  addFromArgs(args: readonly string[]): void {
    for (const [i, shown] of redactArgs(args).entries()) {
      const arg = args[i] ?? '';
      if (shown !== arg && arg.length - shown.length + 3 >= SHORTEST_SECRET) this.add(arg.slice(shown.length - 3));
    }
  }

  /** The text without them, and without users and passwords of URLs. */
  readonly clean = (text: string): string => {
    let clean = text;
    // One may be the beginning of another.
    const longestFirst = [...this.#values].sort((a, b) => b.length - a.length);
    for (const secret of longestFirst) clean = clean.replaceAll(secret, '***');
    return redact(clean);
  };
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
