/**
 * The rights of a step lie in its environment, and /proc/PID/environ shows to every program of the same user what a process
 * was started with, whatever it deletes afterwards. So the action replaces itself by itself, without them, before anything
 * of a pull request runs; they are handed on in a file that is gone at once, and then live in its memory alone.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The rights that come with a job of GitHub's, and the files by which a step speaks to its runner. */
export const NOT_FOR_CHILDREN = /^(INPUT_|ACTIONS_|GITHUB_(OUTPUT|ENV|PATH|STATE|STEP_SUMMARY)$)/;

type Variables = Record<string, string | undefined>;

/** What of a process is needed to replace it. */
export interface Replaceable {
  readonly argv: readonly string[];
  readonly execArgv: readonly string[];
  readonly execPath: string;
  readonly platform: string;
  /** Written to as well: what is set later does not come into /proc/PID/environ. */
  readonly env: Variables;
  /** From Node 22.15 on; it does not return. */
  execve?(file: string, args: readonly string[], env: Variables): void;
}

/** Does not return where this process can be replaced; returns at once in the one that has replaced it. */
export function startAfresh(own: Replaceable, temporaryDirectory: string): void {
  const [, script = '', handedOn] = own.argv;
  if (handedOn !== undefined) {
    Object.assign(own.env, JSON.parse(readFileSync(handedOn, 'utf8')));
    rmSync(dirname(handedOn), { recursive: true });
    return;
  }
  if (own.execve === undefined || own.platform === 'win32') return;
  const variables = Object.entries(own.env);
  const kept = variables.filter(([name]) => !NOT_FOR_CHILDREN.test(name));
  const rights = variables.filter(([name]) => NOT_FOR_CHILDREN.test(name));
  const file = join(mkdtempSync(join(temporaryDirectory, 'perf-gate-step-')), 'rights');
  writeFileSync(file, JSON.stringify(Object.fromEntries(rights)), { mode: 0o600 });
  // By SIGUSR1 anybody of the same user could open a debugger in it.
  const args = [own.execPath, ...own.execArgv, '--disable-sigusr1', script, file];
  own.execve(own.execPath, args, Object.fromEntries(kept));
}
