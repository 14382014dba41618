import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);

// src/base/redact.ts
function redact(text, secrets = []) {
  let clean = text;
  const longestFirst = secrets.flatMap((secret) => secret || []).sort((a, b) => b.length - a.length);
  for (const secret of longestFirst) clean = clean.replaceAll(secret, "***");
  return clean.replace(/[^\s"<>]+/g, withoutUser);
}
var URL_OF_USER = /\w:\/\/(?!(?:[^:@/?#]*|(?:localhost|[\d.]+|\[[\da-f:.]+\])(?::\d+)?)(?:[/?#]|$))/i;
function withoutUser(word) {
  const start = word.search(URL_OF_USER) + "x://".length;
  const end = word.lastIndexOf("@");
  return start < "x://".length || end < start ? word : `${word.slice(0, start)}***${word.slice(end)}`;
}
var SECRET_NAME = /token|secret|passw|passphrase|credential|(?:api|access|private|signing|encryption)[-_.]?key/i;
var SHORTEST_SECRET = 6;
function secretsOf(env) {
  return Object.entries(env).flatMap(
    ([name, value = ""]) => SECRET_NAME.test(name) && value.length >= SHORTEST_SECRET ? [value] : []
  );
}
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
  secretsOf,
  redactArgs
};
