/**
 * `{env:NAME}` in what is sent: a secret stands in the environment, and the config has its name alone. What it stands
 * for is put in at the last moment and is in no file that perf-gate writes.
 */
import { UserError } from '../base/errors.ts';
import { quoted } from './show.ts';

const SECRET = /\{env:([^{}]*)\}/g;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** The names of the variables in a text, in order. Throws a UserError where one cannot be a name. */
export function secretsIn(text: string): string[] {
  const foreign = /\$\{?([A-Za-z_]\w*)\}|\$([A-Z_][A-Z0-9_]{2,})\b/.exec(text);
  if (foreign !== null) {
    throw new UserError(`${quoted(foreign[0])} would be sent as it stands`, {
      hint: `write {env:${foreign[1] ?? foreign[2]}} for what the environment has`,
    });
  }
  return [...text.matchAll(SECRET)].map(([written, name]) => {
    if (NAME.test(name!)) return name!;
    throw new UserError(`${quoted(written)} does not name an environment variable`, { hint: 'write {env:NAME}' });
  });
}

/** The text with what `lookUp` says in the place of each variable. */
export const withSecrets = (text: string, lookUp: (name: string) => string): string =>
  text.replaceAll(SECRET, (_, name: string) => lookUp(name));
