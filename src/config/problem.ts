/** What is wrong with a config: every problem with its place, and the one error that carries them all. */
import { UserError } from '../errors.ts';
import type { Position } from './lines.ts';

export interface Problem extends Position {
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string | undefined;
}

/** More than anybody repairs in one go; `problems` has them all. */
const SHOWN = 50;

/** The config cannot be used; `problems` is ascending by position, without repetitions and never empty. */
export class ConfigError extends UserError {
  readonly fileName: string;
  readonly problems: readonly Problem[];

  constructor(fileName: string, problems: readonly Problem[]) {
    const ordered = inOrder(problems);
    const [first = '', ...others] = listed(fileName, ordered);
    if (others.length === 0) super(first);
    else super(`${fileName} has ${ordered.length} problems`, { detail: [first, ...others].join('\n') });
    this.fileName = fileName;
    this.problems = ordered;
  }
}

function inOrder(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems
    .toSorted((a, b) => a.line - b.line || a.column - b.column)
    .filter(({ line, column, message }) => {
      const key = `${line}:${column} ${message}`;
      return !seen.has(key) && seen.add(key);
    });
}

function listed(fileName: string, problems: readonly Problem[]): string[] {
  const lines = problems
    .slice(0, SHOWN)
    .map(
      ({ message, hint, line, column }) =>
        `${fileName}:${line}:${column}  ${message}${hint === undefined ? '' : ` / ${hint}`}`,
    );
  if (problems.length > SHOWN) lines.push(`and ${problems.length - SHOWN} more problems in ${fileName}`);
  return lines;
}
