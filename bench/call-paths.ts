/**
 * What does it take to turn callgrind's counts into call paths where goroutines hand over to each other all the time? Makes
 * a file of that shape: each goroutine that is resumed makes chains of its own, as callgrind takes whoever ran before for
 * its caller. Prints CPU time, how long garbage was collected, the highest memory, and a digest of the
 * profile, by which two versions of the program can be compared.
 *
 *   node bench/run.mjs call-paths [SWITCHES]
 */
import { createHash } from 'node:crypto';
import { PerformanceObserver } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { gunzipSync } from 'node:zlib';
import { pathsProfile } from '../src/measure/instruction-profiles.ts';
import { parseCallgrind } from '../src/profile/callgrind.ts';
import { callPaths, type Symbols } from '../src/profile/callgrind-stacks.ts';
import { encodeProfile } from '../src/profile/encode.ts';

const CALLERS = 32;
const SWITCHES = Number(process.argv[2] ?? 3000);
const FUNCTIONS = 2000;
/** What a goroutine calls between two switches. */
const CALLS = 16;

// As the program's doors do.
setFlagsFromString('--heap-growing-percent=20');

let collectingMs = 0;
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) collectingMs += duration;
}).observe({ entryTypes: ['gc'] });

const bytes = new TextEncoder().encode(callgrindFile());
console.log(`${(bytes.length / 1e6).toFixed(1)} MB, ${SWITCHES} switches`);
let used = process.cpuUsage();
const step = (name: string) => {
  const { user, system } = process.cpuUsage(used);
  console.log(`${name.padEnd(10)} ${Math.round((user + system) / 1000)} ms CPU`);
  used = process.cpuUsage();
};
const counted = parseCallgrind(bytes, 'counts');
step('parse');
const symbols: Symbols = {
  executable: '/srv/service',
  entryOf: (symbol) => (symbol.startsWith('go@') ? Number.parseInt(symbol.slice(3), 16) : undefined),
  framesAt,
};
const paths = callPaths(counted, symbols, CALLERS);
const profile = pathsProfile(paths, '/srv/service');
step('paths');
const encoded = encodeProfile(profile);
step('encode');
// Observers are told later.
await new Promise((resolve) => setTimeout(resolve, 10));
const raw = gunzipSync(encoded);
console.log(
  `${counted.contexts.length} contexts -> ${profile.samples.count} paths, ${(raw.length / 1e6).toFixed(1)} MB`,
);
console.log(
  `collecting garbage ${Math.round(collectingMs)} ms, highest memory ${Math.round(process.resourceUsage().maxRSS / 1000)} MB`,
);
console.log(createHash('sha256').update(raw).digest('hex').slice(0, 16), Math.round(paths.truncated));

// ---- a file

function entryOf(fn: number): number {
  return 0x400000 + fn * 0x100;
}

function symbolOf(fn: number): string {
  return `go@${entryOf(fn).toString(16)}`;
}

function framesAt(address: number) {
  const fn = Math.floor((address - 0x400000) / 0x100);
  const frame = (of: number, line: number) => ({
    fn: `example.com/company/service/internal/package${of % 50}.(*Type${of % 9}).Method${of}`,
    file: `example.com/company/service/internal/package${of % 50}/file.go`,
    line,
    startLine: 10,
  });
  const line = 10 + ((address & 0xff) >> 2);
  if (fn === 1) return [{ fn: 'runtime.gogo', file: 'asm_amd64.s', line, startLine: 10 }];
  return fn % 7 === 3 ? [frame((fn + 1) % FUNCTIONS, 12), frame(fn, line)] : [frame(fn, line)];
}

/** Positions are absolute, names are given where they are first used. */
function callgrindFile(): string {
  const random = generator(11);
  const lines = [
    'version: 1',
    'creator: callgrind-3.19.0',
    'positions: instr',
    'events: Ir',
    '',
    'ob=(1) /srv/service',
  ];
  const names = new Map<string, number>();
  const named = (chain: string) => {
    const known = names.get(chain);
    if (known !== undefined) return `(${known})`;
    names.set(chain, names.size + 1);
    return `(${names.size}) ${chain}`;
  };
  let total = 0;
  const rows = new Map<string, string[]>();
  const rowsOf = (chain: readonly number[]) => {
    const name = chain.map(symbolOf).join("'");
    let own = rows.get(name);
    if (own === undefined) {
      own = [];
      rows.set(name, own);
    }
    return own;
  };
  const run = (chain: readonly number[], resumed: boolean) => {
    const own = rowsOf(chain);
    for (let i = 0; i < 4; i++) {
      const count = 1 + Math.floor(random() * 200);
      own.push(`0x${(entryOf(chain[0]!) + (resumed ? 0x40 : 0) + i * 8).toString(16)} ${count}`);
      total += count;
    }
  };
  const call = (caller: readonly number[], callee: readonly number[], offset: number) => {
    const site = (entryOf(caller[0]!) + 4 * Math.floor(random() * 12)).toString(16);
    const target = (entryOf(callee[0]!) + offset).toString(16);
    rowsOf(caller).push(
      `cfn=@${callee.map(symbolOf).join("'")}`,
      `calls=${1 + Math.floor(random() * 3)} 0x${target}`,
      `0x${site} 9`,
    );
  };
  const cut = (chain: readonly number[]) => chain.slice(0, CALLERS + 1);
  // Goroutines are as deep as they are where they wait.
  const goroutines = Array.from({ length: 64 }, (_, g) =>
    Array.from({ length: 6 + (g % 9) }, (_, level) => 2 + (((g % 8) * 131 + level * 17) % (FUNCTIONS - 2))),
  );
  let before: readonly number[] = [0];
  for (let i = 0; i < SWITCHES; i++) {
    const goroutine = goroutines[Math.floor(random() * goroutines.length)]!;
    let chain = cut([goroutine[0]!, ...(i % 3 === 0 ? goroutine.slice(1) : before)]);
    const isWhole = i % 3 === 0;
    if (!isWhole) call(before, chain, 0x40);
    run(chain, !isWhole);
    for (let calls = 0; calls < CALLS; calls++) {
      const fn = 2 + ((chain[0]! * 5 + Math.floor(random() ** 2 * 3)) % (FUNCTIONS - 2));
      const callee = cut([fn, ...chain]);
      call(chain, callee, 0);
      run(callee, false);
      chain = calls % 4 === 3 ? cut(callee.slice(4)) : callee;
      if (chain.length === 0) chain = cut(goroutine);
    }
    before = chain;
  }
  for (const [chain, own] of rows) {
    lines.push(`fn=${named(chain)}`);
    for (const row of own) lines.push(row.startsWith('cfn=@') ? `cfn=${named(row.slice(5))}` : row);
  }
  return `${lines.join('\n')}\n\ntotals: ${total}\n`;
}

/** mulberry32: the same file in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
