/**
 * Is reading a profile and making its table as cheap as `go tool pprof -top`? Prints both CPU times (user + system of a
 * whole process, median of 5 interleaved runs) and their ratio, after checking that both say the same of each function.
 *
 *   npx esbuild bench/profile.ts --bundle --platform=node --format=esm --outfile=/tmp/bench-profile.mjs
 *   node /tmp/bench-profile.mjs
 *
 * The time of pprof is that of its own executable (`go tool -n pprof`), without the go command in front of it.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { Profile as Reference } from 'pprof-format';
import { type BuilderLocation, ProfileBuilder } from '../src/profile/builder.ts';
import { decodeProfile } from '../src/profile/decode.ts';
import { encodeProfile } from '../src/profile/encode.ts';
import { tableOf } from '../src/profile/table.ts';

const RUNS = 5;
const SAMPLES = 25_000;
const FUNCTIONS = 20_000;

const [, script, task, file] = process.argv;
if (task === 'table') table(readFileSync(file!));
else if (task === 'reference') Reference.decode(gunzipSync(readFileSync(file!)));
else if (task === undefined) compare();

function table(bytes: Uint8Array): void {
  const { rows } = tableOf(decodeProfile(bytes, 'bench'), { type: 'cpu' });
  if (rows.length === 0) throw new Error('no rows');
}

function compare(): void {
  const directory = mkdtempSync(join(tmpdir(), 'perf-gate-bench-'));
  try {
    const profile = join(directory, 'synthetic.pb.gz');
    const bytes = synthetic();
    writeFileSync(profile, bytes);
    const pprof = execFileSync('go', ['tool', '-n', 'pprof'], { encoding: 'utf8' }).trim();
    checkEquality(pprof, profile);
    const node = [process.execPath, fileURLToPath(`file://${script}`)];
    const candidates = {
      'go tool pprof -top': [pprof, '-top', '-symbolize=none', profile],
      'perf-gate decode + table': [...node, 'table', profile],
      'pprof-format decode alone': [...node, 'reference', profile],
      'node, doing nothing': [...node, 'nothing', profile],
    };
    const seconds = new Map<string, number[]>();
    for (let run = 0; run < RUNS; run++) {
      for (const [name, command] of Object.entries(candidates)) {
        seconds.set(name, [...(seconds.get(name) ?? []), cpuSeconds(command)]);
      }
    }
    const megabytes = gunzipSync(bytes).length / 1e6;
    console.log(`${megabytes.toFixed(1)} MB raw, ${SAMPLES} samples, ${FUNCTIONS} functions; same figures as pprof`);
    const reference = median(seconds.get('go tool pprof -top')!);
    for (const [name, all] of seconds) {
      const time = median(all);
      console.log(
        `${name.padEnd(28)} ${(time * 1000).toFixed(0).padStart(6)} ms CPU   ratio ${(time / reference).toFixed(2)}`,
      );
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** A profile like one of a large service: deep stacks with common roots, some recursion, a third of the calls inlined. */
function synthetic(): Uint8Array {
  const random = generator(1);
  const builder = new ProfileBuilder({
    sampleTypes: [
      { type: 'samples', unit: 'count' },
      { type: 'cpu', unit: 'nanoseconds' },
    ],
    periodType: { type: 'cpu', unit: 'nanoseconds' },
    period: 10_000_000,
    timeNanos: 1_700_000_000_000_000_000,
    durationNanos: 30_000_000_000,
  });
  builder.mapping('/srv/bin/service', '', { start: 0x400000, limit: 0x4000000 });
  const frame = (fn: number, line: number) => ({
    fn: `example.com/company/service/internal/package${fn % 300}.(*Type${fn % 40}).Method${fn}`,
    file: `/build/example.com/company/service/internal/package${fn % 300}/file${fn % 7}.go`,
    line,
    startLine: fn % 900,
  });
  const locations: BuilderLocation[] = Array.from({ length: 3 * FUNCTIONS }, (_, i) => {
    const frames = [frame(i % FUNCTIONS, 1 + (i % 1000))];
    if (i % 3 === 0) frames.unshift(frame((i * 7) % FUNCTIONS, 1 + (i % 500)));
    return { address: 0x400000 + i * 16, frames };
  });
  // Each location calls a few others, the first of them most often, as in a real program: stacks share their roots.
  const callee = (caller: number) => (caller * 5 + 1 + Math.floor(random() ** 2 * 8)) % locations.length;
  for (let i = 0; i < SAMPLES; i++) {
    const stack = [Math.floor(random() * 20)];
    const depth = 15 + Math.floor(random() * 30);
    while (stack.length < depth) stack.unshift(callee(stack[0]!));
    const count = 1 + Math.floor(random() * 3);
    builder.add(
      stack.map((index) => locations[index]!),
      [count, count * 10_000_000],
    );
  }
  return encodeProfile(builder.build());
}

function checkEquality(pprof: string, file: string): void {
  const output = `${file}.top`;
  const flags = ['-topproto', `-output=${output}`, '-trim=false', '-symbolize=none', '-unit=ns'];
  execFileSync(pprof, [...flags, file], { stdio: 'pipe' });
  const theirs = decodeProfile(readFileSync(output), 'pprof');
  const expected = new Map<string, string>();
  for (let i = 0; i < theirs.samples.count; i++) {
    const [line] = theirs.locations[theirs.samples.stacks[i]!]!.lines;
    expected.set(
      theirs.functions[line!.fn]!.name,
      `${theirs.samples.values[2 * i + 1]} ${theirs.samples.values[2 * i]}`,
    );
  }
  const { rows } = tableOf(decodeProfile(readFileSync(file), 'ours'), { type: 'cpu' });
  const wrong = rows.filter(({ name, flat, cum }) => expected.get(name) !== `${flat} ${cum}`);
  if (rows.length !== expected.size || wrong.length > 0) {
    throw new Error(
      `${wrong.length} of ${rows.length} functions differ from pprof's ${expected.size}: ${wrong[0]?.name}`,
    );
  }
}

/** User and system time of a child process; the shell's own share is some tenths of a millisecond. */
function cpuSeconds(command: readonly string[]): number {
  // `time` reports on bash's standard error, the command's own goes away.
  const script = 'TIMEFORMAT="%3U %3S"; { time "$@" >/dev/null 2>/dev/null; } 2>&1';
  const output = execFileSync('bash', ['-c', script, 'bash', ...command], { encoding: 'utf8' });
  const [user, system] = output.trim().split(' ').map(Number);
  return user! + system!;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

/** mulberry32: the same profile in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
