/** JSON for people and machines, in which no line reads like a command to a CI system's runner. */

/** With an end of line. GitHub's runner obeys `##[…]` wherever it stands in a line; the value stays the same. */
export const jsonText = (value: unknown): string =>
  `${JSON.stringify(value, undefined, 2).replaceAll('##[', '#\\u0023[')}\n`;
