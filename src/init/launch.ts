/** A way to start a service, and how it is shown to people. Pure. */

import { redact } from '../base/redact.ts';
import { shellWord } from '../process/command.ts';
import type { PortWay } from './port.ts';

/** One way to start it; the values are templates. */
export interface Launch {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Texts by their paths in the service's directory. */
  readonly files: Readonly<Record<string, string>>;
  /** What tells it its port; undefined where the person has said so. */
  readonly way: PortWay | undefined;
}

/** `PORT={port} serve -v`, without the name of the program, and without passwords. */
export function shownLaunch({ args, env }: Pick<Launch, 'args' | 'env'>): string {
  const words = [...Object.entries(env).map(([name, value]) => `${name}=${value}`), ...args.map(shownWord)];
  return words.length === 0 ? 'no arguments' : redact(words.join(' '));
}

const shownWord = (word: string) => (/^[\w@%+=:,./{}-]+$/.test(word) ? word : shellWord(word));
