/** Runs a program under valgrind's callgrind and takes what it writes. Knows valgrind's options, nothing of Go. */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { execa } from 'execa';
import { MeasurementError } from '../base/errors.ts';
import { plainText } from '../base/text.ts';
import type { World } from '../base/world.ts';
import { type CallgrindProfile, parseCallgrind } from '../profile/callgrind.ts';
import type { SideName } from './manifest.ts';

/** The oldest release that the output format was tried with. */
const OLDEST = [3, 15] as const;

export type Valgrind = { readonly version: string } | { readonly missing: string; readonly hint: string };

/** valgrind's version, or why it cannot be used. */
export async function findValgrind(world: World): Promise<Valgrind> {
  const hint = "install the distribution's package: apt-get install valgrind, dnf install valgrind, apk add valgrind";
  if (world.platform !== 'linux')
    return {
      missing: `valgrind counts instructions on Linux only, this is ${world.platform}`,
      hint: 'run perf-gate on Linux, for example in CI',
    };
  const env = world.env as Record<string, string>;
  const run = (command: string) =>
    execa(command, ['--version'], { env, extendEnv: false, reject: false, timeout: 20_000 });
  const valgrind = await run('valgrind');
  const version = /^valgrind-(\d+)\.(\d+)/.exec(typeof valgrind.stdout === 'string' ? valgrind.stdout : '');
  if (version === null)
    return { missing: valgrind.code === 'ENOENT' ? 'valgrind is not installed' : doesNotRun(valgrind.stderr), hint };
  const [major, minor] = [Number(version[1]), Number(version[2])];
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    return {
      missing: `valgrind ${major}.${minor} is too old`,
      hint: `perf-gate needs valgrind ${OLDEST.join('.')} or newer`,
    };
  }
  return { version: valgrind.stdout.trim().replace('valgrind-', '') };
}

function doesNotRun(stderr: string | undefined): string {
  const [said = ''] = plainText(stderr ?? '').split('\n');
  return said === '' ? 'valgrind does not run' : `valgrind does not run: ${said}`;
}

export interface Callgrind {
  readonly wrapper: { readonly command: string; readonly args: readonly string[] };
  /** What was written since it was last taken: the counts of one `startCount` to `stopCount` of the agent. */
  take(): Uint8Array;
}

/**
 * callgrind, not counting yet, with `callers` levels of callers kept for each function. `files` is the prefix of its
 * files: a path in a private directory.
 */
export function callgrind(files: string, callers: number): Callgrind {
  const output = `${files}.out`;
  const log = `${files}.log`;
  return {
    wrapper: {
      command: 'valgrind',
      args: [
        '--tool=callgrind',
        '--instr-atstart=no',
        '--dump-instr=yes',
        '--dump-line=no',
        `--separate-callers=${callers}`,
        '--separate-recs=1',
        '--child-silent-after-fork=yes',
        '--vgdb=no',
        `--callgrind-out-file=${output}`,
        `--log-file=${log}`,
      ],
    },
    take: () => {
      const written = readdirSync(dirname(output)).find((name) => name.startsWith(`${basename(output)}.`));
      if (written === undefined) throw new MeasurementError('valgrind wrote no counts', { detail: lastWords(log) });
      const file = join(dirname(output), written);
      const bytes = readFileSync(file);
      rmSync(file);
      return bytes;
    },
  };
}

/** The counts that callgrind wrote, which are more than nothing. */
export function countedBy(counter: Callgrind, side: SideName): CallgrindProfile {
  const profile = parseCallgrind(counter.take(), `the counts of ${side}`);
  if (profile.total === 0) throw new MeasurementError(`valgrind counted no instruction of ${side}`);
  return profile;
}

/** The end of valgrind's own log. */
function lastWords(log: string): string {
  try {
    return readFileSync(log, 'utf8').split('\n').slice(-20).join('\n');
  } catch {
    return ''; // it had not got so far as to write one
  }
}
