/** How a format shows what others wrote. */
import { cleanCommand, cleanName, cleanProse } from './clean.ts';

/** How a format shows what others wrote: one line each, harmless and bounded. */
export interface Marks {
  /** Functions, files, commits. */
  name(text: string): string;
  /** Sentences. */
  prose(text: string): string;
  /** Something to type. */
  command(text: string): string;
}

/** Without any format of its own. */
export const PLAIN_MARKS: Marks = { name: cleanName, prose: cleanProse, command: cleanCommand };
