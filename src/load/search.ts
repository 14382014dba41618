/** Regular expressions of a config on what a service says: however the two fit, the program goes on. */
import { createContext, Script } from 'node:vm';

/** Far more than a sound pattern needs for the longest text, and some patterns take years. */
const LONGEST_MS = 1000;

const values: { pattern?: RegExp; text?: string } = {};
const context = createContext(values);
const script = new Script('pattern.exec(text)');

/** What the pattern matches; null: nothing. A text says that there is no telling. */
export function search(pattern: RegExp, text: string): RegExpExecArray | null | string {
  values.pattern = pattern;
  values.text = text;
  try {
    return script.runInContext(context, { timeout: LONGEST_MS });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    return `${pattern.source} was not matched within ${LONGEST_MS / 1000} s`;
  } finally {
    values.text = '';
  }
}
