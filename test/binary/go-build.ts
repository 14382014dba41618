/** Executables of tiny Go programs, built by real toolchains; the same program is built once. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Elf, parseElf } from '../../src/binary/elf.ts';

const run = promisify(execFile);

export interface Program {
  /** Path and text. go.mod is added. */
  readonly files: Readonly<Record<string, string>>;
  /** `go1.18.10`; undefined: the one that is installed. */
  readonly go?: string;
  readonly flags?: readonly string[];
  readonly ldflags?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Executable {
  readonly path: string;
  readonly elf: Elf;
}

const root = mkdtempSync(join(tmpdir(), 'perf-gate-binary-test-'));
const built = new Map<string, Promise<Executable>>();

export const removeExecutables = () => rmSync(root, { recursive: true, force: true });

/** The executable of the program, with the flags of a comparable build. */
export function goBuild(program: Program): Promise<Executable> {
  const key = JSON.stringify(program);
  const known = built.get(key) ?? build(program, join(root, `${built.size}`));
  built.set(key, known);
  return known;
}

async function build(
  { files, go, flags = [], ldflags = '', env = {} }: Program,
  directory: string,
): Promise<Executable> {
  for (const [name, text] of Object.entries({ 'go.mod': 'module example.com/tiny\n\ngo 1.18\n', ...files })) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  const path = join(directory, 'tiny');
  const args = ['build', '-trimpath', '-buildvcs=false', ...flags, `-ldflags=-buildid= ${ldflags}`, '-o', path, '.'];
  await run('go', args, {
    cwd: directory,
    env: { ...process.env, CGO_ENABLED: '0', ...(go === undefined ? {} : { GOTOOLCHAIN: go }), ...env },
  });
  return { path, elf: parseElf(readFileSync(path), path) };
}

/** What a Go tool writes about an executable. */
export async function goTool(...args: string[]): Promise<string> {
  return (await run('go', ['tool', ...args], { maxBuffer: 256 * 1024 * 1024 })).stdout;
}

export { run };
