/** --set, and the flags that are short for it. */

import { UserError } from '../base/errors.ts';
import { plainText } from '../base/text.ts';
import type { Setting } from '../config/settings.ts';
import { type Flag, SETTINGS } from './flag.ts';

/** What the flags of a command set, `--set` first; the values of other flags are left alone. */
export function settingsOf(values: Readonly<Record<string, unknown>>): Setting[] {
  const set = (values['set'] ?? []) as readonly string[];
  const short = Object.entries<Flag>(SETTINGS).flatMap(([name, { sets, isList }]): Setting[] => {
    const text = values[name];
    if (sets === undefined || typeof text !== 'string') return [];
    return [{ flag: `--${name}`, key: sets, text: isList ? `[${text}]` : text }];
  });
  return [...set.map(readSetting), ...short];
}

function readSetting(text: string): Setting {
  const [, key, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (key !== undefined && value !== undefined) return { flag: `--set ${plainText(key)}`, key, text: value };
  throw new UserError(`--set takes KEY=VALUE, not "${plainText(text)}"`, {
    hint: 'for example --set limits.instructions.total=+1%',
  });
}
