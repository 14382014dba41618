/** Room for what a run writes: private checkouts, builds and sockets in the temporary directory, results beside the work tree. */
import { constants } from 'node:fs';
import { access, realpath, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LONGEST_SOCKET } from '../agent/client.ts';
import type { World } from '../base/world.ts';
import type { Repository } from '../git/repository.ts';
import { type Finding, ok, warning } from './finding.ts';
import { mountOf, parseMounts } from './mounts.ts';
import { formatSize } from './size.ts';
import type { ReadText } from './system-text.ts';

/** What go works on and the executables of both sides, beside the two checkouts. */
const BUILDS_BYTES = 1e9;
/** Profiles, call paths and logs of both sides. */
const RESULTS_BYTES = 0.1e9;
/** sun_path without its end: unix(7); shorter in BSD and its heirs. */
const SOCKET_PATH_BYTES = { linux: 107, others: 103 };

export interface Place {
  readonly path: string;
  /** Else all here is of the nearest directory above it. */
  readonly isThere: boolean;
  readonly freeBytes: number;
  readonly mayWrite: boolean;
  /** Nothing in it can be started. */
  readonly isNoExec: boolean;
  readonly device: number;
}

export interface DiskFacts {
  readonly temporary: Place;
  readonly output: Place;
  /** Of the files of one checkout. */
  readonly checkoutBytes: number;
  readonly platform: string;
}

export async function diskFacts(
  { temporaryDirectory, platform }: World,
  read: ReadText,
  { output, repo }: { readonly output: string; readonly repo: Repository | undefined },
): Promise<DiskFacts> {
  const [temporary, results, checkoutBytes] = await Promise.all([
    placeOf(temporaryDirectory, read),
    placeOf(output, read),
    repo === undefined ? 0 : trackedBytes(repo),
  ]);
  return { temporary, output: results, checkoutBytes, platform };
}

async function placeOf(path: string, read: ReadText): Promise<Place> {
  const found = await realpath(path).catch(() => undefined);
  if (found === undefined) return { ...(await placeOf(dirname(path), read)), path, isThere: false };
  const [{ bavail, bsize }, { dev }] = await Promise.all([statfs(found), stat(found)]);
  const mayWrite = await access(found, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  const mount = mountOf(found, parseMounts(read('/proc/self/mountinfo') ?? ''));
  const isNoExec = mount?.options.includes('noexec') === true;
  return { path: found, isThere: true, freeBytes: bavail * bsize, mayWrite, isNoExec, device: dev };
}

/** Of the files in git's index, as it remembers them: nothing of the files or of the history is read. */
async function trackedBytes({ git }: Repository): Promise<number> {
  const listed = await git.run(['ls-files', '--debug']);
  return [...listed.matchAll(/^ {2}size: (\d+)\t/gm)].reduce((sum, [, size]) => sum + Number(size), 0);
}

export function judgeDisk({ temporary, output, checkoutBytes, platform }: DiskFacts): Finding {
  const { path } = temporary;
  const another = 'name another directory for temporary files: TMPDIR=DIR perf-gate';
  const error = (text: string): Finding => ({ name: 'disk', level: 'error', text, remedy: another, fault: 'here' });
  if (!temporary.isThere) return error(`there is no directory ${path} for temporary files`);
  if (!temporary.mayWrite) return error(`temporary files cannot be written to ${path}`);
  if (temporary.isNoExec) return error(`${path} is mounted noexec: a service that is built there cannot be started`);
  const longest = platform === 'linux' ? SOCKET_PATH_BYTES.linux : SOCKET_PATH_BYTES.others;
  if (Buffer.byteLength(join(path, LONGEST_SOCKET)) > longest) {
    return error(`the path of the temporary directory is too long for a socket: ${path}`);
  }
  const isOne = temporary.device === output.device;
  const wanted = 2 * checkoutBytes + BUILDS_BYTES + (isOne ? RESULTS_BYTES : 0);
  const inTemporary = `${formatSize(temporary.freeBytes)} free in ${path}`;
  const text = `${inTemporary}${isOne ? '' : `, ${formatSize(output.freeBytes)} in ${output.path}`}`;
  if (temporary.freeBytes < wanted) {
    return warning('disk', `${inTemporary}; a run wants about ${formatSize(wanted)}`, `make room, or ${another}`);
  }
  if (!isOne && output.freeBytes < RESULTS_BYTES) {
    const short = `${formatSize(output.freeBytes)} free in ${output.path}; the results want about ${formatSize(RESULTS_BYTES)}`;
    return warning('disk', short, 'make room, or name another place with --output');
  }
  return ok('disk', `${text}; a run wants about ${formatSize(wanted)}`);
}
