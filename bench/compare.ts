/**
 * Is `perf-gate compare` quick on the sides of a very large service? Makes two of 20,000 functions each, through the real
 * encoder: executed instructions with their lines in two replicates, call paths, allocations in two replicates. Prints the
 * wall time, CPU time and highest memory of the whole process, median of some runs.
 *
 *   node bench/run.mjs compare             of the program as it is in src/
 *   node bench/run.mjs compare --keep DIR  leaves the sides and the program there, to be profiled:
 *                                          cd DIR && node --cpu-prof program/cli.js compare run/base run/head
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { MANIFEST_SCHEMA, type Manifest, type SideName } from '../src/measure/manifest.ts';
import { writeManifest } from '../src/measure/side-directory.ts';
import { type BuilderLocation, ProfileBuilder } from '../src/profile/builder.ts';
import { encodeProfile } from '../src/profile/encode.ts';
import { mergeProfiles } from '../src/profile/merge.ts';
import type { Profile } from '../src/profile/profile.ts';
import { tableOf } from '../src/profile/table.ts';

const RUNS = 7;
const FUNCTIONS = 20_000;
const INSTRUCTIONS_OF_EACH = 1;
const PATHS = 60_000;
const ALLOCATING_PATHS = 6000;
const REQUESTS = 200;
const CHANGED = [123, 4567, 13_000];

const at = process.argv.indexOf('--keep');
const directory = at < 0 ? mkdtempSync(join(tmpdir(), 'perf-gate-bench-')) : resolve(process.argv[at + 1]!);
try {
  mkdirSync(directory, { recursive: true });
  const counts = { base: writeSide('base'), head: writeSide('head') };
  writeChanges();
  writeFileSync(join(directory, 'perf-gate.yml'), 'service: { package: . }\nload: { requests: [GET /] }\n');
  execFileSync('node', ['build.mjs', '--outdir', join(directory, 'program')]);
  console.log(`samples of all profiles: base ${counts.base}, head ${counts.head}; ${FUNCTIONS} functions each`);
  const runs = Array.from({ length: RUNS }, compare);
  const middle = (of: (run: ReturnType<typeof compare>) => number) => runs.map(of).sort((a, b) => a - b)[RUNS >> 1]!;
  const [wall, cpu, memory] = [middle(({ wallMs }) => wallMs), middle(({ cpuMs }) => cpuMs), middle(({ mb }) => mb)];
  console.log(`wall ${Math.round(wall)} ms   CPU ${Math.round(cpu)} ms   highest memory ${Math.round(memory)} MB`);
} finally {
  if (at < 0) rmSync(directory, { recursive: true });
}

/** One `perf-gate compare` as a process; what it used by the kernel's own account. */
function compare() {
  const script =
    "process.on('exit', () => { const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage(); " +
    "require('node:fs').writeFileSync(process.env.USAGE, JSON.stringify([userCPUTime + systemCPUTime, maxRSS])); });";
  const [preload, usage] = [join(directory, 'usage.cjs'), join(directory, 'usage.json')];
  writeFileSync(preload, script);
  const args = ['--require', preload, join(directory, 'program/cli.js'), 'compare', 'run/base', 'run/head'];
  const startedMs = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: directory,
    encoding: 'utf8',
    env: { ...process.env, USAGE: usage },
  });
  const wallMs = performance.now() - startedMs;
  // The changed functions are a little dearer in the head.
  if (status !== 1 || !stdout.includes(nameOf(CHANGED[0]!))) throw new Error(`exit ${status}: ${stdout}${stderr}`);
  const [cpuUs, rssKb] = JSON.parse(readFileSync(usage, 'utf8')) as [number, number];
  return { wallMs, cpuMs: cpuUs / 1000, mb: rssKb / 1000 };
}

// ---- a service

function nameOf(fn: number): string {
  const owner = `example.com/company/service/internal/package${fn % 300}`;
  return fn % 3 === 0 ? `${owner}.Function${fn}` : `${owner}.(*Type${fn % 40}).Method${fn}`;
}

function fileOf(fn: number): string {
  return `example.com/company/service/internal/package${fn % 300}/file${fn % 7}.go`;
}

/** The instruction of a function; every fifth function is inlined into the one before it. */
function locationOf(fn: number, instruction: number): BuilderLocation {
  const frame = (of: number) => ({
    fn: nameOf(of),
    file: fileOf(of),
    line: 10 + (of % 900) + instruction,
    startLine: 10 + (of % 900),
  });
  const frames = fn % 5 === 4 ? [frame(fn), frame(fn - 1)] : [frame(fn)];
  return { address: 0x400000 + (fn * 16 + instruction) * 4, frames };
}

/** Costs of a changed function in the head. */
function dearer(side: SideName, fn: number): number {
  return side === 'head' && CHANGED.includes(fn) ? 50 : 1;
}

function executed(side: SideName): Profile {
  const builder = new ProfileBuilder({ sampleTypes: types('calls', 'instructions') });
  const random = generator(3);
  for (let fn = 0; fn < FUNCTIONS; fn++) {
    const often = 1 + Math.floor(1000 * random() ** 4);
    for (let i = 0; i < INSTRUCTIONS_OF_EACH; i++) {
      builder.add([locationOf(fn, i)], [0, often * (1 + Math.floor(random() * 5)) * REQUESTS * dearer(side, fn)]);
    }
    builder.add([locationOf(fn, 15)], [often * REQUESTS, 0]);
  }
  return builder.build();
}

/**
 * Samples over a tree of calls that grows as a program runs: each path goes on from one of those before it. Every function
 * is on some path.
 */
function paths(side: SideName, count: number, sampleTypes: readonly string[], seed: number): Profile {
  const builder = new ProfileBuilder({ sampleTypes: types(...sampleTypes) });
  const random = generator(seed);
  const tree: BuilderLocation[][] = [];
  for (let path = 0; path < count; path++) {
    const fn = path % FUNCTIONS;
    const above = tree[Math.max(0, tree.length - 1 - Math.floor(random() * 400))] ?? [];
    // A third of the samples are other instructions of a function that is there.
    if (path < FUNCTIONS || random() < 0.5) tree.push(above.length < 34 ? [locationOf(fn, path % 3), ...above] : []);
    const [self = locationOf(fn, 0), ...callers] = tree.at(-1)!;
    const value = 1 + Math.floor(random() * 50);
    builder.add(
      [path < FUNCTIONS ? self : locationOf(fn, 1), ...callers],
      sampleTypes.map((_, i) => value * (i === 0 ? 1 : 48) * REQUESTS * dearer(side, fn)),
    );
  }
  return builder.build();
}

function types(...names: readonly string[]) {
  return names.map((type) => ({ type, unit: 'count' }));
}

/** Returns how many samples its profiles have. */
function writeSide(side: SideName): number {
  const counted = executed(side);
  const allocated = paths(side, ALLOCATING_PATHS, ['alloc_objects', 'alloc_space'], 7);
  const files: Record<string, Profile> = {
    'instructions/replicate-1.pb.gz': counted,
    'instructions/replicate-2.pb.gz': counted,
    'instructions.pb.gz': mergeProfiles([counted, counted], 'all replicates'),
    'paths.pb.gz': paths(side, PATHS, ['instructions'], 5),
    'allocs/replicate-1.pb.gz': allocated,
    'allocs/replicate-2.pb.gz': allocated,
    'allocs.pb.gz': mergeProfiles([allocated, allocated], 'all replicates'),
  };
  const target = join(directory, 'run', side);
  for (const [name, profile] of Object.entries(files)) {
    mkdirSync(dirname(join(target, name)), { recursive: true });
    writeFileSync(join(target, name), encodeProfile(profile));
  }
  const totalOf = (profile: Profile, type: string) => tableOf(profile, { type }).total / REQUESTS;
  const manifest: Manifest = {
    schema: MANIFEST_SCHEMA,
    tool: 'bench',
    side,
    service: 'large',
    commit: (side === 'base' ? 'b' : 'a').repeat(40),
    version: 'v1.0.0',
    isDirty: false,
    measuredAt: '2026-01-01T00:00:00.000Z',
    fingerprint: { go: 'go1.26.0' },
    missing: [],
    warnings: [],
    instruments: {
      instructions: {
        requests: REQUESTS,
        valgrind: '3.19.0',
        replicates: [1, 2].map((i) => ({
          profile: `instructions/replicate-${i}.pb.gz`,
          requests: REQUESTS,
          mutator: totalOf(counted, 'instructions'),
          user: totalOf(counted, 'instructions'),
          collection: 0,
          collections: 6,
        })),
        paths: { requests: REQUESTS, callers: 32, truncated: 0 },
      },
      allocs: {
        requests: REQUESTS,
        replicates: [1, 2].map((i) => ({
          profile: `allocs/replicate-${i}.pb.gz`,
          requests: REQUESTS,
          objects: totalOf(allocated, 'alloc_objects'),
          bytes: totalOf(allocated, 'alloc_space'),
          mallocs: totalOf(allocated, 'alloc_objects'),
          totalAlloc: totalOf(allocated, 'alloc_space'),
        })),
      },
    },
  };
  writeManifest(target, manifest);
  return Object.values(files).reduce((sum, { samples }) => sum + samples.count, 0);
}

function writeChanges(): void {
  const record = {
    schema: 1,
    changed: CHANGED.map((fn) => ({ key: nameOf(fn), reason: 'source' })),
    declared: Array.from({ length: FUNCTIONS }, (_, fn) => nameOf(fn)).sort(),
    renamed: [],
    files: { base: [], head: [] },
    diff: [],
  };
  writeFileSync(join(directory, 'run/changes.json'), JSON.stringify(record));
}

/** mulberry32: the same sides in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
