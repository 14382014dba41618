/** What the kernel says in its files; whoever judges it is handed a reader, so that it can be recorded in a test. */
import { closeSync, openSync, readSync } from 'node:fs';

/** The text of a file below /proc or /sys; undefined where there is none, or it may not be read. */
export type ReadText = (path: string) => string | undefined;

/** More than any file that is asked for; /proc/stat of a machine with many interrupts is the longest. */
const MOST_BYTES = 1 << 20;

export const readSystemText: ReadText = (path) => {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return undefined; // not this kernel's, not this system's, or not for us
  }
  try {
    const bytes = Buffer.alloc(MOST_BYTES);
    let length = 0;
    for (let read = -1; read !== 0 && length < MOST_BYTES; length += read) {
      read = readSync(file, bytes, length, MOST_BYTES - length, null);
    }
    return bytes.toString('utf8', 0, length);
  } catch {
    return undefined; // some can be opened and then refuse
  } finally {
    closeSync(file);
  }
};
