/**
 * What `perf-gate --version`, `--help` and completion cost over Node itself: node bench/run.mjs cold-start [dist]
 *
 * Prints the CPU time (user + system of the whole process, median of interleaved runs), what of it is beyond a Node that
 * does nothing, with the goal beside it, and the ratio of both. Needs dist/ to be current.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const RUNS = 21;
const CLI = join(process.argv[2] ?? 'dist', 'cli.js');
const GOAL_MS = 60;

const candidates: Readonly<Record<string, readonly string[]>> = {
  'node -e 0': ['-e', '0'],
  'perf-gate --version': [CLI, '--version'],
  'perf-gate --help': [CLI, '--help'],
  'perf-gate run --help': [CLI, 'run', '--help'],
  'perf-gate completion bash': [CLI, 'completion', 'bash'],
};
const times = new Map(Object.keys(candidates).map((name) => [name, [] as number[]]));
for (let run = 0; run < RUNS; run++) {
  for (const [name, args] of Object.entries(candidates)) times.get(name)!.push(cpuMs(args));
}
const [bare] = [...times.values()].map(median);
for (const [name, all] of times) {
  const ms = median(all);
  const beyond = `${(ms - bare!).toFixed(0)}`.padStart(4);
  console.log(
    `${name.padEnd(26)} ${ms.toFixed(0).padStart(4)} ms CPU   ${beyond} ms beyond node, goal ${GOAL_MS}   ratio ${(ms / bare!).toFixed(2)}`,
  );
}

/** User and system time of a Node with these arguments, in milliseconds. */
function cpuMs(args: readonly string[]): number {
  // `time` reports on bash's standard error, the program's own output goes away.
  const script = 'TIMEFORMAT="%3U %3S"; { time "$@" >/dev/null 2>/dev/null; } 2>&1';
  const output = execFileSync('bash', ['-c', script, 'bash', process.execPath, ...args], { encoding: 'utf8' });
  const [user, system] = output.trim().split(' ').map(Number);
  return (user! + system!) * 1000;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
