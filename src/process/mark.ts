/**
 * The mark by which a run knows again what it has started, whatever that made of itself since: a soft limit on the
 * resident set (RLIMIT_RSS) far above any memory, which Linux does not enforce. Every child inherits it, also one that
 * left its group and its session, emptied its environment, changed its directory and lost its parent; nobody else has
 * it. prlimit (util-linux) sets it; without that, and on other systems, processes go unmarked.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isExecutable, isOnPath } from '../base/on-path.ts';

/** A limit in bytes, as decimal digits: some 20 PB. */
type Mark = string;

const RUN_DIGITS = 12;
const GROUP_DIGITS = 4;

/** What the marks of all that a run in this directory starts begin with. */
const markOfRun = (directory: string): string => {
  const hash = createHash('sha256').update(directory).digest().readBigUInt64LE();
  return `2${String(hash % 10n ** BigInt(RUN_DIGITS)).padStart(RUN_DIGITS, '0')}`;
};

let groups = 0;

export interface Marked {
  readonly command: string;
  readonly args: readonly string[];
  /** Undefined where it goes unmarked. */
  readonly mark: Mark | undefined;
}

export interface MarkOptions {
  /** The run's temporary directory; undefined where it belongs to none. */
  readonly run?: string | undefined;
  readonly cwd: string;
  /** The environment that the command will have. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The command, marked; as it is where that cannot be, or where the command is not there: that is told by who starts it. */
export async function marked(
  { command, args }: Pick<Marked, 'command' | 'args'>,
  { run, cwd, env }: MarkOptions,
): Promise<Marked> {
  const prlimit = PLACES.find(isExecutable);
  if (run === undefined || prlimit === undefined || !isThere(command, cwd, env) || !(await canMark(prlimit))) {
    return { command, args, mark: undefined };
  }
  groups = (groups + 1) % 10 ** GROUP_DIGITS;
  const mark = `${markOfRun(run)}${String(groups).padStart(GROUP_DIGITS, '0')}`;
  return { command: prlimit, args: [`--rss=${mark}:`, command, ...args], mark };
}

/** Whether a process carries this mark. */
export const carries = (pid: string, mark: Mark): boolean => markOf(pid) === mark;

/** Tells the processes that carry a mark of a run in this directory. */
export function carriesMarkOf(directory: string): (pid: string) => boolean {
  const start = markOfRun(directory);
  return (pid) => {
    const mark = markOf(pid);
    return mark?.length === start.length + GROUP_DIGITS && mark.startsWith(start);
  };
}

/** Where distributions put it: PATH may be the service's own. */
const PLACES = ['/usr/bin/prlimit', '/bin/prlimit'];

const isThere = (command: string, cwd: string, env: MarkOptions['env']) =>
  command.includes('/') ? isExecutable(join(command.startsWith('/') ? '' : cwd, command)) : isOnPath(command, env);

const answers = new Map<string, Promise<boolean>>();

/** Tried once: a hard limit may be lower, and not every sandbox has this call. */
function canMark(prlimit: string): Promise<boolean> {
  const known = answers.get(prlimit) ?? tryToMark(prlimit);
  answers.set(prlimit, known);
  return known;
}

async function tryToMark(prlimit: string): Promise<boolean> {
  if (markOf('self') === undefined) return false;
  const trial = markOfRun('');
  const args = [`--rss=${trial}:`, prlimit, '--rss', '--noheadings', '--raw', '--output=SOFT'];
  const { stdout } = await promisify(execFile)(prlimit, args).catch(() => ({ stdout: '' }));
  return stdout.trim() === trial;
}

/** The soft limit as it stands in /proc; undefined for a process that has ended. */
function markOf(pid: string): string | undefined {
  const file = `/proc/${pid}/limits`;
  if (!existsSync(file)) return undefined;
  try {
    return /^Max resident set +(\w+)/m.exec(readFileSync(file, 'latin1'))?.[1];
  } catch {
    return undefined; // it has just ended
  }
}
