/** What is wrong with a config: every problem with its place, and the one error that carries them all. */
import { UserError } from '../base/errors.ts';
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
    else super(`${sourcesOf(fileName, ordered)} ${ordered.length} problems`, { detail: [first, ...others].join('\n') });
    this.fileName = fileName;
    this.problems = ordered;
  }
}

function inOrder(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems
    .toSorted((a, b) => a.line - b.line || a.column - b.column)
    .filter(({ line, column, flag, message }) => {
      const key = `${flag ?? ''} ${line}:${column} ${message}`;
      return !seen.has(key) && seen.add(key);
    });
}

function sourcesOf(fileName: string, problems: readonly Problem[]): string {
  const set = problems.filter(({ flag }) => flag !== undefined);
  if (set.length === 0) return `${fileName} has`;
  return set.length === problems.length ? 'the flags have' : `the flags and ${fileName} have`;
}

/** A flag is named after the key already, so that the message need not begin with it. */
const begun = (fileName: string, { message, line, column, flag }: Problem) =>
  flag === undefined ? `${fileName}:${line}:${column}  ${message}` : `${flag}: ${message.replace(/^[\w.-]+: /, '')}`;

function listed(fileName: string, problems: readonly Problem[]): string[] {
  const lines = problems
    .slice(0, SHOWN)
    .map((problem) => `${begun(fileName, problem)}${problem.hint === undefined ? '' : ` / ${problem.hint}`}`);
  if (problems.length > SHOWN) lines.push(`and ${problems.length - SHOWN} more problems in ${fileName}`);
  return lines;
}
