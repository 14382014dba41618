/** The command that a person names. */

import { UserError } from '../base/errors.ts';
import { nearest } from '../base/nearest.ts';
import { plainText } from '../base/text.ts';
import { type CommandName, entries, isCommand } from './spec.ts';

export function named(name: string): CommandName {
  if (isCommand(name)) return name;
  const names = entries.map(([known]) => known);
  const meant = nearest(name, names);
  throw new UserError(`there is no command "${plainText(name)}"`, {
    hint: meant === undefined ? `commands: ${names.join(', ')}` : `did you mean ${meant}?`,
  });
}
