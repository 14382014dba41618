/**
 * The real toolchain, which the tests of this folder compare with: `go tool pprof`, and profiles that Go itself wrote.
 * Without Go they fail and say so; none is skipped.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeProfile } from '../../src/profile/decode.ts';

const PROGRAM = fileURLToPath(new URL('../fixtures/profiles', import.meta.url));

/** Output of a go command; throws with its standard error, or with what to do when there is no Go. */
export function go(args: readonly string[], cwd?: string): string {
  const result = spawnSync('go', args, { encoding: 'utf8', cwd, maxBuffer: 1 << 28 });
  if (result.error !== undefined) {
    throw new Error('these tests compare with the real `go tool pprof`: install Go and put it on PATH', {
      cause: result.error,
    });
  }
  if (result.status !== 0) throw new Error(`go ${args.join(' ')}\n${result.stderr}`);
  return result.stdout;
}

let executable: string | undefined;

/** The pprof that `go tool pprof` runs; since Go 1.25 it is built when first asked for. */
export function pprofExecutable(): string {
  executable ??= go(['tool', '-n', 'pprof']).trim();
  return executable;
}

/** Output of `go tool pprof`; throws with its standard error. */
export function pprof(args: readonly string[]): string {
  const result = spawnSync(pprofExecutable(), args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (result.status !== 0) throw new Error(`go tool pprof ${args.join(' ')}\n${result.stderr}`);
  return result.stdout;
}

/** A directory that is gone when the tests of the file are through: `using`. */
export class Scratch implements Disposable {
  readonly path = mkdtempSync(join(tmpdir(), 'perf-gate-profile-'));

  file(name: string, bytes: Uint8Array): string {
    const path = join(this.path, name);
    writeFileSync(path, bytes);
    return path;
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** Runs test/fixtures/profiles and gives the paths of what it wrote into `directory`. */
export function recordProfiles(scratch: Scratch, name: string, rounds: number, extra: number) {
  const executable = join(scratch.path, 'profiles');
  if (!existsSync(executable)) go(['build', '-o', executable, '.'], PROGRAM);
  const directory = mkdtempSync(join(scratch.path, `${name}-`));
  execFileSync(executable, [directory, String(rounds), String(extra)]);
  const at = (file: string) => join(directory, file);
  return { cpu: at('cpu.pb.gz'), allocs: at('allocs.pb.gz'), allocsBefore: at('allocs-before.pb.gz') };
}

/** The profile that the Go distribution optimises its own compiler with: the largest real one at hand. */
export function compilerProfile(): string {
  const path = join(go(['env', 'GOROOT']).trim(), 'src/cmd/compile/default.pgo');
  if (!existsSync(path)) throw new Error(`${path} is missing: this Go distribution came without its sources`);
  return path;
}

export type Figures = Map<string, { readonly flat: number; readonly cum: number }>;

/** What `go tool pprof -topproto` says of each function of one sample type, in the profile's own unit. */
export function pprofTable(scratch: Scratch, type: string, unit: string, args: readonly string[]): Figures {
  const output = join(scratch.path, 'top.pb.gz');
  const flags = [
    '-topproto',
    `-output=${output}`,
    '-trim=false',
    '-symbolize=none',
    `-sample_index=${type}`,
    `-unit=${unit}`,
  ];
  pprof([...flags, ...args]);
  const { samples, locations, functions } = decodeProfile(readFileSync(output), 'topproto');
  const figures: Figures = new Map();
  for (let i = 0; i < samples.count; i++) {
    const [line] = locations[samples.stacks[i]!]!.lines;
    figures.set(functions[line!.fn]!.name, { cum: samples.values[2 * i]!, flat: samples.values[2 * i + 1]! });
  }
  return figures;
}

/** The rows of `go tool pprof -top`, for nameless nodes, which -topproto throws together. */
export function pprofTop(unit: string, args: readonly string[]): Figures {
  const text = pprof(['-top', '-trim=false', '-symbolize=none', `-unit=${unit}`, ...args]);
  const figures: Figures = new Map();
  for (const [, flat, cum, name] of text.matchAll(/^ *(-?\d+)\S* +\S+% +\S+% +(-?\d+)\S* +\S+% {2}(.*)$/gm)) {
    figures.set(name!.replace(/ \((partial-)?inline\)$/, ''), { flat: Number(flat), cum: Number(cum) });
  }
  return figures;
}

/** Does `go tool pprof` open these bytes? */
export function isAccepted(scratch: Scratch, bytes: Uint8Array): boolean {
  const file = scratch.file('candidate.pb.gz', bytes);
  return spawnSync(pprofExecutable(), ['-top', '-symbolize=none', file]).status === 0;
}
