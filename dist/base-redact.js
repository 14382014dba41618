import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);

// src/base/redact.ts
var redact = (text) => text.replace(/[^\s"<>]+/g, withoutUser);
var URL_OF_USER = /\w:\/\/(?!(?:[^:@/?#]*|(?:localhost|[\d.]+|\[[\da-f:.]+\])(?::\d+)?)(?:[/?#]|$))/i;
function withoutUser(word) {
  const start = word.search(URL_OF_USER) + "x://".length;
  const end = word.lastIndexOf("@");
  return start < "x://".length || end < start ? word : `${word.slice(0, start)}***${word.slice(end)}`;
}
var SECRET_NAME = /token|secret|passw|passphrase|credential|(?:api|access|private|signing|encryption)[-_.]?key/i;
var SHORTEST_SECRET = 6;
var Secrets = class {
  #values = /* @__PURE__ */ new Set();
  /** The values of variables that are called like secrets are known from the start. */
  constructor(env = {}) {
    this.addFrom(env);
  }
  add(...values) {
    for (const value of values) if (value !== "") this.#values.add(value);
  }
  /** The values of variables that are called like secrets. */
  addFrom(env) {
    for (const [name, value = ""] of Object.entries(env)) {
      if (SECRET_NAME.test(name) && value.length >= SHORTEST_SECRET) this.add(value);
    }
  }
  /** The values of flags that are called like secrets. */
  addFromArgs(args) {
    for (const [i, shown] of redactArgs(args).entries()) {
      const arg = args[i] ?? "";
      if (shown !== arg && arg.length - shown.length + 3 >= SHORTEST_SECRET) this.add(arg.slice(shown.length - 3));
    }
  }
  /** The text without them, and without users and passwords of URLs. */
  clean = (text) => {
    let clean = text;
    const longestFirst = [...this.#values].sort((a, b) => b.length - a.length);
    for (const secret of longestFirst) clean = clean.replaceAll(secret, "***");
    return redact(clean);
  };
};
function redactArgs(args) {
  return args.map((arg, i) => {
    const name = /^--?([^=]+)=/.exec(arg)?.[1];
    if (name !== void 0) return SECRET_NAME.test(name) ? `${arg.slice(0, arg.indexOf("=") + 1)}***` : arg;
    const flag = /^--?([^=]+)$/.exec(args[i - 1] ?? "")?.[1];
    return flag !== void 0 && SECRET_NAME.test(flag) && !arg.startsWith("-") ? "***" : arg;
  });
}

export {
  redact,
  Secrets,
  redactArgs
};
