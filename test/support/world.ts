/** A World for tests: the real machine, with both outputs kept as text. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secrets } from '../../src/base/redact.ts';
import { processWorld, type World } from '../../src/base/world.ts';
import { main } from '../../src/main.ts';

export interface TestWorld extends World {
  readonly out: () => string;
  readonly err: () => string;
}

export function testWorld(cwd: string, changes: Partial<World> = {}): TestWorld {
  let out = '';
  let err = '';
  return {
    ...processWorld(new AbortController().signal),
    secrets: new Secrets(changes.env ?? process.env),
    cwd,
    stdout: {
      write: (text) => {
        out += text;
      },
      isTerminal: false,
    },
    stderr: {
      write: (text) => {
        err += text;
      },
      isTerminal: false,
    },
    ...changes,
    out: () => out,
    err: () => err,
  };
}

/** Runs the program as a person would in `cwd`. */
export async function perfGate(cwd: string, args: readonly string[], changes: Partial<World> = {}) {
  const world = testWorld(cwd, changes);
  const code = await main(args, world);
  return { code, out: world.out(), err: world.err() };
}

/** A directory that is removed at the end of the test file. */
export function scratchDirectory(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'perf-gate-test-')));
}

export const removeDirectory = (path: string) => rmSync(path, { recursive: true, force: true, maxRetries: 3 });
