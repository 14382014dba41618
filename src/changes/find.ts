/**
 * Which functions a commit changes: builds the Go program in go/ with the service's own Go, so that whatever that Go can
 * compile can be parsed, and asks it.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Changes, parseChanges } from './changes.ts';
import assembly from './go/assembly.go';
import c from './go/c.go';
import changes from './go/changes.go';
import compare from './go/compare.go';
import mentions from './go/mentions.go';
import output from './go/output.go';
import packages from './go/packages.go';
import source from './go/source.go';
import tokens from './go/tokens.go';
import { type Environment, run } from './go-command.ts';
import type { GoPackage } from './list.ts';

const PROGRAM: Readonly<Record<string, string>> = {
  'go.mod': 'module perf-gate.local/changes\n\ngo 1.18\n',
  'assembly.go': assembly,
  'c.go': c,
  'changes.go': changes,
  'compare.go': compare,
  'mentions.go': mentions,
  'output.go': output,
  'packages.go': packages,
  'source.go': source,
  'tokens.go': tokens,
};

export interface FindChangesOptions {
  /** `go` if undefined. */
  readonly goCommand?: string;
  /** With GOTOOLCHAIN, where the service's go.mod asks for another Go than the command's own. */
  readonly env: Environment;
  /** What listPackages says of each side. */
  readonly base: readonly GoPackage[];
  readonly head: readonly GoPackage[];
  /** The Go versions differ, so the standard library may have changed too. */
  readonly hasOtherGo?: boolean;
  readonly temporaryDirectory: string;
  readonly signal?: AbortSignal | undefined;
}

/** The functions that differ between two lists of packages whose files are on disk. */
export async function findChanges(options: FindChangesOptions): Promise<Changes> {
  const { goCommand = 'go', base, head, temporaryDirectory, signal } = options;
  const directory = await mkdtemp(join(temporaryDirectory, 'perf-gate-changes-'));
  try {
    for (const [name, text] of Object.entries(PROGRAM)) await writeFile(join(directory, name), text);
    const env = outsideOfAnyModule(options.env);
    const binary = join(directory, 'changes');
    // -trimpath: without it the directory's random name would keep the compiled program out of the build cache.
    const args = ['build', '-trimpath', '-ldflags=-s -w', '-o', binary, '.'];
    await run({ command: goCommand, args, cwd: directory, env, signal });
    const input = JSON.stringify({
      base: { packages: base },
      head: { packages: head },
      standard: options.hasOtherGo === true,
    });
    return parseChanges(await run({ command: binary, args: [], cwd: directory, env, input, signal }));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** The environment of a plain build for this machine, whatever the service is built for and with. */
function outsideOfAnyModule(env: Environment): Environment {
  const service =
    /^(GOFLAGS|GOOS|GOARCH|GOAMD64|GOARM64|GOARM|GOEXPERIMENT|GODEBUG|GOWORK|GO111MODULE|GOENV|CGO_ENABLED)$/;
  const plain = Object.fromEntries(Object.entries(env).filter(([name]) => !service.test(name)));
  return { ...plain, GOENV: 'off', GOFLAGS: '', GOWORK: 'off', GO111MODULE: 'on', CGO_ENABLED: '0' };
}
