/**
 * Go programs of ours, built with the service's own Go, so that whatever that Go can compile they can parse. Knows how
 * they are built and asked, not what about.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Environment, run } from './go-command.ts';

export interface GoProgram {
  readonly name: string;
  /** Text by file name, without go.mod. */
  readonly files: Readonly<Record<string, string>>;
}

export interface GoProgramOptions {
  /** `go` if undefined. */
  readonly goCommand?: string | undefined;
  /** With GOTOOLCHAIN, where the service's go.mod asks for another Go than the command's own. */
  readonly env: Environment;
  readonly temporaryDirectory: string;
  readonly signal?: AbortSignal | undefined;
}

/** What the program answers to the input, as text; throws a MeasurementError where it cannot be built or fails. */
export async function askGoProgram(program: GoProgram, input: unknown, options: GoProgramOptions): Promise<string> {
  const { goCommand = 'go', temporaryDirectory, signal } = options;
  const directory = await mkdtemp(join(temporaryDirectory, `perf-gate-${program.name}-`));
  try {
    await writeFile(join(directory, 'go.mod'), `module perf-gate.local/${program.name}\n\ngo 1.18\n`);
    for (const [name, text] of Object.entries(program.files)) await writeFile(join(directory, name), text);
    const env = outsideOfAnyModule(options.env);
    const binary = join(directory, program.name);
    // -trimpath: without it the directory's random name would keep the compiled program out of the build cache.
    const args = ['build', '-trimpath', '-ldflags=-s -w', '-o', binary, '.'];
    await run({ command: goCommand, args, cwd: directory, env, signal });
    return await run({ command: binary, args: [], cwd: directory, env, input: JSON.stringify(input), signal });
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
