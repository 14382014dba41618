/** The command that a person names. */
import { nearest } from '../config/nearest.ts';
import { UserError } from '../errors.ts';
import { plainText } from '../service/log.ts';
import { type CommandName, entries, isCommand } from './list.ts';

export function named(name: string): CommandName {
  if (isCommand(name)) return name;
  const names = entries.map(([known]) => known);
  const meant = nearest(name, names);
  throw new UserError(`there is no command "${plainText(name)}"`, {
    hint: meant === undefined ? `commands: ${names.join(', ')}` : `did you mean ${meant}?`,
  });
}
