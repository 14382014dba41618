/**
 * Runs a program under valgrind's callgrind and switches its counting on and off from outside. Knows valgrind's options
 * and vgdb; knows nothing of Go.
 */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { execa } from 'execa';
import { MeasurementError } from '../errors.ts';
import { resume } from '../service/group.ts';
import { plainText } from '../service/log.ts';
import type { World } from '../world.ts';

/** The oldest release that the output format and vgdb's commands were tried with. */
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
  if ((await run('vgdb')).code === 'ENOENT') return { missing: 'vgdb, a part of valgrind, is not installed', hint };
  return { version: valgrind.stdout.trim().replace('valgrind-', '') };
}

function doesNotRun(stderr: string | undefined): string {
  const [said = ''] = plainText(stderr ?? '').split('\n');
  return said === '' ? 'valgrind does not run' : `valgrind does not run: ${said}`;
}

export interface Callgrind {
  readonly wrapper: { readonly command: string; readonly args: readonly string[] };
  /** Starts counting in the process with this id. */
  on(pid: number): Promise<void>;
  /** Ends counting and returns what callgrind wrote since `on`. */
  off(pid: number): Promise<Uint8Array>;
}

/**
 * callgrind, not counting yet, with `callers` levels of callers kept for each function. `files` is the prefix of its
 * files: a short path in a private directory.
 */
export function callgrind(files: string, callers: number, world: World, signal: AbortSignal): Callgrind {
  const output = `${files}.out`;
  const log = `${files}.log`;
  const pipes = `${files}.vgdb`;
  const env = world.env as Record<string, string>;
  const command = async (pid: number, ...commands: string[]) => {
    const args = [
      `--vgdb-prefix=${pipes}`,
      `--pid=${pid}`,
      ...commands.flatMap((words) => ['-c', ...words.split(' ')]),
    ];
    const done = await execa('vgdb', args, {
      env,
      extendEnv: false,
      reject: false,
      timeout: 60_000,
      cancelSignal: signal,
      all: true,
    });
    signal.throwIfAborted();
    if (done.failed) {
      // vgdb wakes a service that waits by tracing it (ptrace), which a container may forbid.
      throw new MeasurementError('valgrind does not answer: has it the right to trace (--cap-add SYS_PTRACE)?', {
        detail: `$ vgdb ${args.join(' ')}\n${done.all}\n${lastWords(log)}`,
      });
    }
  };
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
        `--callgrind-out-file=${output}`,
        `--log-file=${log}`,
        `--vgdb-prefix=${pipes}`,
      ],
    },
    on: (pid) => command(pid, 'instrumentation on'),
    off: async (pid) => {
      await command(pid, 'instrumentation off', 'dump');
      const written = readdirSync(dirname(output))
        .filter((name) => name.startsWith(`${basename(output)}.`))
        .sort((a, b) => Number(a.slice(a.lastIndexOf('.') + 1)) - Number(b.slice(b.lastIndexOf('.') + 1)))
        .at(-1);
      if (written === undefined) throw new MeasurementError('valgrind wrote no counts', { detail: lastWords(log) });
      const file = join(dirname(output), written);
      const bytes = readFileSync(file);
      rmSync(file);
      return bytes;
    },
  };
}

/** How often a counted service should be looked after with `resumeStopped`. */
export const STOPPED_CHECK_MS = 100;

/**
 * Lets a service go on that vgdb (3.19) left stopped, at once or at its next signal: signals that come while it traces the service,
 * those of a profiler a hundred times a second, make it forget one stop.
 */
export function resumeStopped(pid: number): void {
  let status: string;
  try {
    status = readFileSync(`/proc/${pid}/status`, 'latin1');
  } catch {
    return; // it has ended, which whoever asks it next will hear
  }
  if (/^State:\tT /m.test(status) && /^TracerPid:\t0$/m.test(status)) resume(pid);
}

/** The end of valgrind's own log. */
function lastWords(log: string): string {
  try {
    return readFileSync(log, 'utf8').split('\n').slice(-20).join('\n');
  } catch {
    return ''; // it had not got so far as to write one
  }
}
