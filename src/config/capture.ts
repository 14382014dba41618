/** What is taken from a response for the requests behind it: how that is written. */
import { UserError } from '../base/errors.ts';
import { quoted } from './show.ts';

/** A key of a map, or an index of a list. */
export type JsonStep = string | number;

const STEP = /\.([A-Za-z_$][\w$-]*)|\[(\d{1,9})\]|\[("(?:[^"\\]|\\.)*"|'[^']*')\]/y;

/** The steps of `$.items[0]["the id"]`. Throws a UserError that says what to write. */
export function parseJsonPath(text: string): readonly JsonStep[] {
  const steps: JsonStep[] = [];
  let at = text.startsWith('$') ? 1 : 0;
  while (at > 0 && at < text.length) {
    STEP.lastIndex = at;
    const [found, key, index, name] = STEP.exec(text) ?? [];
    if (found === undefined) break;
    steps.push(key ?? (index === undefined ? nameIn(name!) : Number(index)));
    at += found.length;
  }
  if (at === 0 || at < text.length) {
    throw new UserError(`${quoted(text)} is not a place in JSON`, {
      hint: 'write $.id or $.items[0].id; { header: location, match: "[0-9]+$" } takes a header, { match: "…" } the text',
    });
  }
  return steps;
}

function nameIn(written: string): string {
  return written.startsWith("'") ? written.slice(1, -1) : (JSON.parse(written) as string);
}

/** The names that a text would be filled with: `id` of `/orders/{id}`, in order. */
export const namesIn = (text: string): string[] => [...text.matchAll(CAPTURED)].map(([, name]) => name!);

/** What a captured value is called. */
export const CAPTURE_NAME = /^[A-Za-z][A-Za-z0-9_]*$/;

const CAPTURED = /\{([A-Za-z][A-Za-z0-9_]*)\}/g;
