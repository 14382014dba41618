/** Which programs can be run. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Whether a program with this environment finds the command. */
export function isOnPath(command: string, env: Readonly<Record<string, string | undefined>>): boolean {
  // Without PATH, execvp(3) looks here.
  const path = env['PATH'] ?? '/usr/bin:/bin';
  return path.split(delimiter).some((directory) => isExecutable(join(directory, command)));
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false; // whatever the reason, it cannot be run
  }
}
